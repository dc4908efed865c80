// Animated PNG: the image data of PNG, in rectangles, with a control chunk before each.

#include <cmath>
#include <numeric>
#include <vector>

#include "render/png_chunk.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

namespace {

void append_u16(std::string& out, std::int64_t value) {
  out += static_cast<char>(value >> 8 & 255);
  out += static_cast<char>(value & 255);
}

/// Ticks in which frames of that duration are whole numbers: thousandths, or what the duration is a
/// fraction of (30 frames a second).
std::int64_t ticks_per_second(double frame_seconds) {
  double const thousandths = frame_seconds * 1000;
  if (std::abs(thousandths - std::round(thousandths)) < 1e-6) return 1000;
  auto const denominator = ratio_of(frame_seconds).denominator;
  return denominator <= 1001 ? denominator : 1000;
}

class ApngEncoder : public VideoEncoder {
 public:
  explicit ApngEncoder(VideoTarget const& target)
      : file_(&target.file()),
        loop_(target.options().loop),
        ticks_per_second_(ticks_per_second(target.options().frame_seconds)),
        clock_(static_cast<double>(ticks_per_second_), 1) {
    std::string out("\x89PNG\r\n\x1a\n", 8);
    std::string data;
    append_u32(data, static_cast<std::uint32_t>(target.options().width_px));
    append_u32(data, static_cast<std::uint32_t>(target.options().height_px));
    data += std::string("\x08\x06\x00\x00\x00", 5);  // 8 bits, RGBA, deflate, filters, no interlace
    append_chunk(out, "IHDR", data);
    append_chunk(out, "sRGB", std::string(1, '\0'));
    append_text(out, "Title", target.options().title);
    control_at_ = out.size();
    append_control(out);
    file_->write(out);
  }

  void write(VideoFrame const& frame) override {
    std::string out;
    append_frame_control(out, frame);
    auto const pixels = compressed(frame);
    if (frames_ == 0) {
      append_chunk(out, "IDAT", pixels);
    } else {
      std::string data;
      append_u32(data, sequence_++);
      data += pixels;
      append_chunk(out, "fdAT", data);
    }
    ++frames_;
    file_->write(out);
  }

  void finish() override {
    std::string out;
    append_chunk(out, "IEND", {});
    file_->write(out);
    out.clear();
    append_control(out);
    file_->overwrite(control_at_, out);
  }

 private:
  void append_control(std::string& out) const {
    std::string data;
    append_u32(data, frames_);
    append_u32(data, static_cast<std::uint32_t>(loop_));
    append_chunk(out, "acTL", data);
  }

  void append_frame_control(std::string& out, VideoFrame const& frame) {
    // Both numbers of the duration have 16 bits: a long one is told in coarser ticks.
    std::int64_t ticks = clock_.take(frame.seconds);
    std::int64_t of = ticks_per_second_;
    auto const divisor = std::gcd(ticks, of);
    ticks /= divisor;
    of /= divisor;
    while (ticks > 65535) {
      ticks = (ticks + 1) / 2;
      of = std::max<std::int64_t>(1, of / 2);
    }
    std::string data;
    append_u32(data, sequence_++);
    append_u32(data, static_cast<std::uint32_t>(frame.changed.width()));
    append_u32(data, static_cast<std::uint32_t>(frame.changed.height()));
    append_u32(data, static_cast<std::uint32_t>(frame.changed.x0));
    append_u32(data, static_cast<std::uint32_t>(frame.changed.y0));
    append_u16(data, ticks);
    append_u16(data, of);
    data += '\0';                        // stays where it is afterwards
    data += frames_ == 0 ? '\0' : '\1';  // the first replaces, the others lie over
    append_chunk(out, "fcTL", data);
  }

  std::string compressed(VideoFrame const& frame) {
    auto const width = static_cast<std::size_t>(frame.changed.width());
    row_.resize(width);
    return deflated_rows({width * 4, static_cast<std::size_t>(frame.changed.height()), 4,
                          [&](std::size_t y, std::uint8_t* to) {
                            delta_row(frame, frame.changed.y0 + static_cast<int>(y), row_.data());
                            for (auto const argb : row_) {
                              *to++ = static_cast<std::uint8_t>(argb >> 16);
                              *to++ = static_cast<std::uint8_t>(argb >> 8);
                              *to++ = static_cast<std::uint8_t>(argb);
                              *to++ = static_cast<std::uint8_t>(argb >> 24);
                            }
                          }});
  }

  base::AtomicFile* file_;
  int loop_;
  std::int64_t ticks_per_second_;
  TickClock clock_;
  std::uint64_t control_at_ = 0;
  std::uint32_t frames_ = 0;
  std::uint32_t sequence_ = 0;
  std::vector<std::uint32_t> row_;
};

}  // namespace

std::unique_ptr<VideoEncoder> make_apng_encoder(VideoTarget const& target) {
  return std::make_unique<ApngEncoder>(target);
}

}  // namespace hachure::render
