#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "render/changed_segments.hpp"
#include "render/png.hpp"

namespace hachure::render {

/// What encoding a frame took, for measurements.
struct FrameCost {
  std::size_t segments = 0;  ///< pieces of rows that a frame has
  std::size_t changed = 0;   ///< of them, those whose pixels are not those of the base
  std::size_t compressed =
      0;               ///< of them, those compressed anew, the others being as in the frame before
  bool whole = false;  ///< most had changed: the frame was compressed as a picture of its own
};

/// Writes PNGs of frames that differ from one base picture in places only. The base is compressed
/// once, row by row in short segments whose codes (RFC 1951, section 3.2.7) end at their edges and
/// never change; a frame copies the bits of the segments that it shares with the base and
/// compresses the others. The bytes depend on the base, the pixels of the frame and the words of
/// the PNG alone: not on frames encoded before, nor on threads.
class FrameEncoder {
 public:
  /// @param threads that prepare the base; the bytes do not depend on it
  /// @throws Error defect if the base has no pixels
  FrameEncoder(Raster const& base, PngInfo const& info, int threads = 1);
  ~FrameEncoder();
  FrameEncoder(FrameEncoder const&) = delete;
  FrameEncoder& operator=(FrameEncoder const&) = delete;

  /// The frame as a PNG of 8-bit RGB. Several threads may call it at a time. A frame among others
  /// takes less time in a Series.
  /// @throws Error defect if the frame is not of the base's size
  std::string encode(Raster const& frame, FrameCost* cost = nullptr) const;

  /// Frames that one thread encodes one after the other: each is made of the one before.
  class Series {
   public:
    /// @param encoder outlives the series
    explicit Series(FrameEncoder const& encoder);
    ~Series();
    Series(Series&&) noexcept;

    /// As FrameEncoder::encode.
    /// @param changes where the frame may differ from the last one of the series; everywhere for
    /// the first one
    std::string encode(Raster const& frame, ChangedSegments const& changes,
                       FrameCost* cost = nullptr);

   private:
    struct Last;
    friend class FrameEncoder;
    FrameEncoder const* encoder_;
    std::unique_ptr<Last> last_;
  };

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
