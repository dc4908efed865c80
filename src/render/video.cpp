#include "render/video.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

namespace {

constexpr std::array<std::string_view, 1> webp_names{".webp"};
constexpr std::array<std::string_view, 2> png_names{".png", ".apng"};
constexpr std::array<std::string_view, 1> gif_names{".gif"};
constexpr std::array<std::string_view, 2> mp4_names{".mp4", ".m4v"};
constexpr std::array<std::string_view, 1> webm_names{".webm"};

VideoFormat::Missing nothing_missing() {
  return {};
}

base::Origin origin_of(std::filesystem::path const& file) {
  return {.file = file.string(), .line = 0, .place = {}, .field = {}};
}

std::string size_text(int width_px, int height_px) {
  return std::to_string(width_px) + " x " + std::to_string(height_px) + " pixels";
}

VideoFormat const& format_of(std::filesystem::path const& file) {
  auto const extension = file.extension().string();
  if (auto const* const format = find_video_format(extension)) return *format;
  std::vector<std::string> known;
  for (auto const& format : video_formats()) {
    for (auto const name : format.extensions) known.emplace_back(name);
  }
  throw base::Error(base::Fault::usage, origin_of(file),
                    extension.empty() ? "the name has no extension to tell the video format"
                                      : "\"" + extension + "\" is not a video format",
                    base::hint_of(base::to_lower(extension), known));
}

void check_size(VideoFormat const& format, std::filesystem::path const& file,
                VideoOptions const& options) {
  int const width = options.width_px;
  int const height = options.height_px;
  if (std::min(width, height) < 1 || std::max(width, height) > format.max_side_px) {
    throw base::Error(base::Fault::input, origin_of(file),
                      "frames of " + size_text(width, height) + ": a side of " +
                          std::string(format.extensions[0]) + " has 1 to " +
                          std::to_string(format.max_side_px) + " pixels",
                      "choose another --size or --dpi");
  }
  if (format.even_sides && (width % 2 != 0 || height % 2 != 0)) {
    throw base::Error(base::Fault::input, origin_of(file),
                      "frames of " + size_text(width, height) + ": the sides of " +
                          std::string(format.extensions[0]) + " are even",
                      "--size " + std::to_string(width + width % 2) + "x" +
                          std::to_string(height + height % 2) + " is the next even size");
  }
}

void check_options(VideoFormat const& format, std::filesystem::path const& file,
                   VideoOptions const& options) {
  check_size(format, file, options);
  double const least_s = format.shortest_frame_s;
  double const most_s = base::limits::max_frame_seconds;
  if (!(options.frame_seconds >= least_s * 0.999 && options.frame_seconds <= most_s)) {
    throw base::Error(base::Fault::input, origin_of(file),
                      "a frame of " + base::to_text(options.frame_seconds, 4) + " s: one of " +
                          std::string(format.extensions[0]) + " is shown for " +
                          base::to_text(least_s) + " to " + base::to_text(most_s) + " s",
                      options.frame_seconds < least_s ? "fewer frames per second, or .mp4" : "");
  }
  if (options.loop < 0 || options.loop > 65535) {
    throw base::Error(base::Fault::usage, origin_of(file),
                      "a video cannot be played " + std::to_string(options.loop) +
                          " times: 0 (for ever) to 65535");
  }
  if (!options.quality) return;
  if (!format.has_quality) {
    throw base::Error(base::Fault::usage, origin_of(file),
                      std::string(format.extensions[0]) + " has no quality to choose",
                      "leave the quality out, or write .webp, .mp4 or .webm");
  }
  if (*options.quality < 0 || *options.quality > 100) {
    throw base::Error(base::Fault::usage, origin_of(file),
                      "quality " + std::to_string(*options.quality) + " is not within 0 to 100");
  }
}

/// Pixels `begin` to `end` of two rows, compared without the unused byte.
bool same_pixel(std::uint8_t const* a, std::uint8_t const* b, std::size_t x) {
  return std::memcmp(a + x * 4, b + x * 4, 3) == 0;
}

/// The box of the pixels that differ; empty if none does.
PixelBox changed_box(Raster const& a, Raster const& b) {
  PixelBox box{a.width_px, a.height_px, 0, 0};
  auto const width = static_cast<std::size_t>(a.width_px);
  for (int y = 0; y < a.height_px; ++y) {
    auto const* const row_a = a.bgrx.data() + static_cast<std::size_t>(y) * width * 4;
    auto const* const row_b = b.bgrx.data() + static_cast<std::size_t>(y) * width * 4;
    if (std::memcmp(row_a, row_b, width * 4) == 0) continue;
    std::size_t first = 0;
    while (first < width && same_pixel(row_a, row_b, first)) ++first;
    if (first == width) continue;
    std::size_t last = width - 1;
    while (same_pixel(row_a, row_b, last)) --last;
    box.x0 = std::min(box.x0, static_cast<int>(first));
    box.x1 = std::max(box.x1, static_cast<int>(last) + 1);
    box.y0 = std::min(box.y0, y);
    box.y1 = y + 1;
  }
  return box;
}

}  // namespace

std::span<VideoFormat const> video_formats() {
  // The sides: 14 bits in WebP, 16 in GIF, level 6.2 of H.264 and its like of VP9; Cairo's beyond.
  // The shortest frames: browsers show those of GIF below 20 ms, of WebP and PNG below 11 ms, for
  // 100 ms instead.
  static constexpr std::array<VideoFormat, 5> table{{
      {"webp", webp_names, "lossless animation for web pages, small", 16'383, false, true, 0.011,
       nothing_missing, make_webp_encoder},
      {"png", png_names, "lossless animation for web pages and archives",
       base::limits::max_pixels_side, false, false, 0.011, nothing_missing, make_apng_encoder},
      {"gif", gif_names, "animation of 256 colours, for where nothing else is shown",
       base::limits::max_pixels_side, false, false, 0.02, nothing_missing, make_gif_encoder},
      {"mp4", mp4_names, "film (H.264) for editing programs, slides and players", 8192, true, true,
       1.0 / 240, missing_for_mp4, make_mp4_encoder},
      {"webm", webm_names, "film (VP9) for web pages, without patents", 8192, false, true,
       1.0 / 240, missing_for_webm, make_webm_encoder},
  }};
  return table;
}

VideoFormat const* find_video_format(std::string_view extension) {
  auto const wanted = base::to_lower(extension);
  for (auto const& format : video_formats()) {
    for (auto const name : format.extensions) {
      if (name == wanted) return &format;
    }
  }
  return nullptr;
}

void VideoTarget::refuse(std::string const& message, std::string const& hint) const {
  throw base::Error(base::Fault::input, origin_of(file_->path()), message, hint);
}

std::uint32_t rgb_at(std::uint8_t const* bgrx, int row_px, int x, int y) {
  auto const* const p = bgrx + (static_cast<std::size_t>(y) * static_cast<std::size_t>(row_px) +
                                static_cast<std::size_t>(x)) *
                                   4;
  return static_cast<std::uint32_t>(p[2] << 16 | p[1] << 8 | p[0]);
}

void delta_row(VideoFrame const& frame, int y, std::uint32_t* to) {
  // A stretch shorter than this costs less as it is than the two changes of alpha around it.
  constexpr int worth_while_px = 8;
  int const x0 = frame.changed.x0;
  int const width = frame.changed.width();
  int same = worth_while_px;  // outside the box nothing changes
  for (int x = 0; x < width; ++x) {
    auto const now = rgb_at(frame.bgrx, frame.width_px, x0 + x, y);
    if (frame.before != nullptr && rgb_at(frame.before, frame.width_px, x0 + x, y) == now) {
      to[x] = 0;
      ++same;
      continue;
    }
    if (same < worth_while_px) {
      for (int k = x - same; k < x; ++k) {
        to[k] = 0xFF000000U | rgb_at(frame.bgrx, frame.width_px, x0 + k, y);
      }
    }
    to[x] = 0xFF000000U | now;
    same = 0;
  }
}

std::int64_t TickClock::take(double seconds) {
  end_s_ += seconds;
  auto const end = std::llround(end_s_ * ticks_per_second_);
  auto const count = std::max<std::int64_t>(least_, end - ticks_);
  ticks_ += count;
  return count;
}

Ratio ratio_of(double value) {
  Ratio before{1, 0};
  Ratio now{static_cast<std::int64_t>(std::floor(value)), 1};
  double rest = value - std::floor(value);
  while (std::abs(static_cast<double>(now.numerator) / static_cast<double>(now.denominator) -
                  value) > value * 1e-9 &&
         rest > 1e-9) {
    double const inverse = 1 / rest;
    auto const whole = static_cast<std::int64_t>(std::floor(inverse));
    Ratio const next{whole * now.numerator + before.numerator,
                     whole * now.denominator + before.denominator};
    if (next.denominator > 100'000) break;
    before = std::exchange(now, next);
    rest = inverse - std::floor(inverse);
  }
  return now;
}

/// The frame that was added last waits here: it may still become longer.
struct VideoWriter::State {
  State(std::filesystem::path const& path, VideoOptions const& given)
      : options(given), file(path) {}

  VideoOptions options;
  base::AtomicFile file;
  std::unique_ptr<VideoEncoder> encoder;
  Raster waiting;
  Raster written;
  PixelBox changed;
  double seconds = 0;
  bool has_waiting = false;
  bool has_written = false;
  bool finished = false;

  void write_waiting() {
    encoder->write({options.width_px, waiting.bgrx.data(),
                    has_written ? written.bgrx.data() : nullptr, changed, seconds});
    std::swap(waiting, written);
    has_written = true;
    has_waiting = false;
  }
};

VideoWriter::VideoWriter(VideoFormat const& format, std::filesystem::path const& file,
                         VideoOptions const& options) {
  check_options(format, file, options);
  if (auto const missing = format.missing(); !missing.what.empty()) {
    throw base::Error(base::Fault::environment, origin_of(file),
                      "cannot be written: " + missing.what, missing.hint);
  }
  state_ = std::make_unique<State>(file, options);
  state_->encoder = format.encoder({state_->file, state_->options});
}

VideoWriter::~VideoWriter() = default;

void VideoWriter::add(Raster const& frame) {
  add(frame, state_->options.frame_seconds);
}

void VideoWriter::add(Raster const& frame, double seconds) {
  auto& s = *state_;
  auto const bytes = static_cast<std::size_t>(s.options.width_px) *
                     static_cast<std::size_t>(s.options.height_px) * 4;
  if (s.finished || frame.width_px != s.options.width_px ||
      frame.height_px != s.options.height_px || frame.bgrx.size() != bytes || !(seconds > 0) ||
      seconds > base::limits::max_frame_seconds) {
    throw base::Error(base::Fault::defect, {},
                      "a frame of a video has another size or no duration");
  }
  PixelBox changed{0, 0, s.options.width_px, s.options.height_px};
  if (s.has_waiting) {
    changed = changed_box(s.waiting, frame);
    if (changed.height() <= 0) {
      if (s.seconds + seconds <= base::limits::max_frame_seconds) {
        s.seconds += seconds;
        return;
      }
      changed = {0, 0, 1, 1};  // longer than one frame can be shown: a second one like it
    }
    s.write_waiting();
  }
  s.waiting.width_px = frame.width_px;
  s.waiting.height_px = frame.height_px;
  s.waiting.bgrx.assign(frame.bgrx.begin(), frame.bgrx.end());
  s.changed = changed;
  s.seconds = seconds;
  s.has_waiting = true;
}

void VideoWriter::finish() {
  auto& s = *state_;
  if (s.finished) throw base::Error(base::Fault::defect, {}, "a video is finished twice");
  if (!s.has_waiting) {
    throw base::Error(base::Fault::input, origin_of(s.file.path()), "a video without frames");
  }
  s.write_waiting();
  s.encoder->finish();
  s.file.commit();
  s.finished = true;
}

std::unique_ptr<VideoWriter> make_video_writer(std::filesystem::path const& file,
                                               VideoOptions const& options) {
  return std::make_unique<VideoWriter>(format_of(file), file, options);
}

}  // namespace hachure::render
