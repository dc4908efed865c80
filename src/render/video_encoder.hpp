#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/file.hpp"
#include "render/video.hpp"

/// What the writers of the video formats share: the frames they are handed and the counting of
/// time.
namespace hachure::render {

/// Where an encoder writes, and what was asked for.
class VideoTarget {
 public:
  VideoTarget(base::AtomicFile& file, VideoOptions const& options)
      : file_(&file), options_(&options) {}
  base::AtomicFile& file() const { return *file_; }
  VideoOptions const& options() const { return *options_; }
  /// @throws Error input with the name of the file
  [[noreturn]] void refuse(std::string const& message, std::string const& hint) const;

 private:
  base::AtomicFile* file_;
  VideoOptions const* options_;
};

/// Whole pixels, the upper bounds excluded.
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

/// A frame as the encoders get it.
struct VideoFrame {
  int width_px = 0;
  std::uint8_t const* bgrx = nullptr;    ///< as in Raster
  std::uint8_t const* before = nullptr;  ///< the frame before it, null for the first
  PixelBox changed;  ///< holds all pixels that differ from `before`; at least one pixel
  double seconds = 0;
};

/// Colour of a pixel as 0xRRGGBB; `row_px` is the width of the raster.
std::uint32_t rgb_at(std::uint8_t const* bgrx, int row_px, int x, int y);

/// Pixels `changed.x0` to `x1` of row `y` as 0xAARRGGBB into `to`: opaque where the frame differs
/// from the one before, transparent black over longer stretches where it does not, so that two
/// small movements far apart do not cost what lies between them.
void delta_row(VideoFrame const& frame, int y, std::uint32_t* to);

/// Turns seconds into whole ticks such that the sum of the ticks follows the sum of the seconds.
class TickClock {
 public:
  /// @pre least >= 1
  TickClock(double ticks_per_second, std::int64_t least)
      : ticks_per_second_(ticks_per_second), least_(least) {}
  /// Ticks of the next frame, at least `least`.
  std::int64_t take(double seconds);

 private:
  double ticks_per_second_;
  std::int64_t least_;
  double end_s_ = 0;
  std::int64_t ticks_ = 0;
};

/// A positive number as a fraction.
struct Ratio {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
};

/// The simplest fraction within a billionth of `value` (continued fraction), its denominator
/// not above 100,000. @pre 0 < value < 1e6
Ratio ratio_of(double value);

/// A container with its codec. One object writes one file.
class VideoEncoder {
 public:
  VideoEncoder() = default;
  VideoEncoder(VideoEncoder const&) = delete;
  VideoEncoder& operator=(VideoEncoder const&) = delete;
  virtual ~VideoEncoder() = default;
  virtual void write(VideoFrame const& frame) = 0;
  /// Writes what stands at the end; commit() is the caller's.
  virtual void finish() = 0;
};

/// Animated PNG (PNG third edition, W3C 2023, section 11.3.6), of RGBA: what a frame leaves
/// unchanged is transparent.
std::unique_ptr<VideoEncoder> make_apng_encoder(VideoTarget const& target);

/// Animated WebP (RFC 9649, section 2.7), lossless unless a quality is given.
std::unique_ptr<VideoEncoder> make_webp_encoder(VideoTarget const& target);

/// GIF89a, undithered, of a palette that stays.
std::unique_ptr<VideoEncoder> make_gif_encoder(VideoTarget const& target);

/// H.264 in MP4 and VP9 in WebM by libav, which is loaded when a film is asked for: linked, it
/// would lengthen every start of the program by two fifths.
std::unique_ptr<VideoEncoder> make_mp4_encoder(VideoTarget const& target);
std::unique_ptr<VideoEncoder> make_webm_encoder(VideoTarget const& target);
/// What libav lacks here for each of them.
VideoFormat::Missing missing_for_mp4();
VideoFormat::Missing missing_for_webm();

}  // namespace hachure::render
