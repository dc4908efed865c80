#include "render/png.hpp"

#include <cairo.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "render/cairo.hpp"
#include "render/png_chunk.hpp"

namespace hachure::render {

namespace {

// --- the container (ISO/IEC 15948, section 5) --------------------------------------------------

/// Gregorian date of a day number (H. Hinnant, "chrono-compatible low-level date algorithms",
/// civil_from_days).
void append_time(std::string& out, std::int64_t epoch_s) {
  if (epoch_s <= 0) return;
  std::int64_t const day = epoch_s / 86400;
  auto const second = static_cast<std::uint32_t>(epoch_s % 86400);
  std::int64_t const shifted = day + 719468;
  std::int64_t const era = shifted / 146097;
  auto const of_era = static_cast<std::uint32_t>(shifted - era * 146097);
  std::uint32_t const year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  std::uint32_t const of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::uint32_t const m = (5 * of_year + 2) / 153;
  std::uint32_t const month = m < 10 ? m + 3 : m - 9;
  auto const year = static_cast<std::uint32_t>(era) * 400 + year_of_era + (month <= 2 ? 1U : 0U);
  std::string data;
  for (std::uint32_t const byte : {year >> 8, year & 255U, month, of_year - (153 * m + 2) / 5 + 1,
                                   second / 3600, second / 60 % 60, second % 60}) {
    data += static_cast<char>(byte);
  }
  append_chunk(out, "tIME", data);
}

// --- the pixels --------------------------------------------------------------------------------

/// PNG whose row `y` is written by `fill_row(y, to)` as 3 bytes a pixel.
template <class FillRow>
std::string encode(int width_px, int height_px, PngInfo const& info, FillRow const& fill_row) {
  auto const compressed = deflated_rows(
      {static_cast<std::size_t>(width_px) * 3, static_cast<std::size_t>(height_px), 3, fill_row});
  std::string out = png_header(width_px, height_px, info);
  out.reserve(out.size() + compressed.size() + 24);
  append_chunk(out, "IDAT", compressed);
  append_chunk(out, "IEND", {});
  return out;
}

void check_size(double width_px, double height_px) {
  if (width_px >= 1 && height_px >= 1 && width_px <= base::limits::max_pixels_side &&
      height_px <= base::limits::max_pixels_side) {
    return;
  }
  auto const whole = [](double v) { return std::to_string(std::llround(v)); };
  throw base::Error(base::Fault::input, {},
                    "a PNG of " + whole(width_px) + " x " + whole(height_px) +
                        " pixels cannot be painted: a side has 1 to " +
                        std::to_string(base::limits::max_pixels_side) + " pixels",
                    "choose another --dpi, or the format svg or pdf");
}

struct SurfaceDeleter {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
};
struct ContextDeleter {
  void operator()(cairo_t* c) const { cairo_destroy(c); }
};

/// Calls `draw` with a context in page millimetres for the rows `begin` to `end` of the raster.
template <class Draw>
void with_rows(Raster& raster, int begin, int end, double scale_x, double scale_y,
               Draw const& draw) {
  int const stride = raster.width_px * 4;
  auto* const first =
      raster.bgrx.data() + static_cast<std::size_t>(begin) * static_cast<std::size_t>(stride);
  std::unique_ptr<cairo_surface_t, SurfaceDeleter> const surface(
      cairo_image_surface_create_for_data(first, CAIRO_FORMAT_RGB24, raster.width_px, end - begin,
                                          stride));
  {
    std::unique_ptr<cairo_t, ContextDeleter> const cr(cairo_create(surface.get()));
    cairo_translate(cr.get(), 0, -begin);
    cairo_scale(cr.get(), scale_x, scale_y);
    draw(cr.get());
    if (auto const status = cairo_status(cr.get()); status != CAIRO_STATUS_SUCCESS) {
      throw base::Error(
          base::Fault::defect, {},
          std::string("painting pixels failed in cairo: ") + cairo_status_to_string(status));
    }
  }
  cairo_surface_flush(surface.get());
}

/// How a page lies on a raster.
struct Placing {
  double scale_x = 1;  ///< pixels per millimetre
  double scale_y = 1;
  bool with_background = true;
};

/// Rows painted by one painter. Fixed, so that the pixels do not depend on the number of threads.
/// A frame of video is one band: its letters would only be made twice.
constexpr int band_px = 1300;

void paint_band(Raster& raster, draw::Drawing const& drawing, Placing const& placing, int begin) {
  int const end = std::min(begin + band_px, raster.height_px);
  with_rows(raster, begin, end, placing.scale_x, placing.scale_y, [&](cairo_t* cr) {
    CairoPainter painter(cr, CairoTarget::pixels);
    if (end - begin < raster.height_px) {
      painter.set_visible(draw::Box::of(0, begin / placing.scale_y,
                                        raster.width_px / placing.scale_x,
                                        (end - begin) / placing.scale_y));
    }
    if (placing.with_background) painter.paint_background(drawing);
    painter.paint(drawing.root);
  });
}

/// Calls `work(i)` for each i below `count` on `threads` threads; the first exception is passed on.
template <class Work>
void in_parallel(int count, int threads, Work const& work) {
  std::atomic<int> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  auto const loop = [&] {
    for (int i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        std::lock_guard const lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < std::min(threads, count); ++i) others.emplace_back(loop);
    loop();
  }
  if (failure) std::rethrow_exception(failure);
}

void paint_rows(Raster& raster, draw::Drawing const& drawing, Placing const& placing, int threads) {
  int const bands = (raster.height_px + band_px - 1) / band_px;
  in_parallel(bands, threads,
              [&](int band) { paint_band(raster, drawing, placing, band * band_px); });
}

}  // namespace

std::string png_header(int width_px, int height_px, PngInfo const& info) {
  std::string out("\x89PNG\r\n\x1a\n", 8);
  std::string data;
  append_u32(data, static_cast<std::uint32_t>(width_px));
  append_u32(data, static_cast<std::uint32_t>(height_px));
  data += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, RGB, deflate, filters, not interlaced
  append_chunk(out, "IHDR", data);
  append_chunk(out, "sRGB", std::string(1, '\0'));  // perceptual
  if (info.dpi > 0) {
    data.clear();
    auto const per_metre = static_cast<std::uint32_t>(std::lround(info.dpi / 0.0254));
    append_u32(data, per_metre);
    append_u32(data, per_metre);
    data += '\1';
    append_chunk(out, "pHYs", data);
  }
  append_time(out, info.created_epoch_s);
  append_text(out, "Title", info.title);
  append_text(out, "Author", info.author);
  append_text(out, "Copyright", info.rights);
  append_text(out, "Software", info.software);
  return out;
}

Raster rasterised(draw::Drawing const& drawing, PaintOptions const& options) {
  double width_px = std::round(drawing.width_mm / 25.4 * options.dpi);
  double height_px = std::round(drawing.height_mm / 25.4 * options.dpi);
  double scale_x = options.dpi / 25.4;
  double scale_y = scale_x;
  if (options.size_px) {
    width_px = options.size_px->first;
    height_px = options.size_px->second;
    scale_x = width_px / drawing.width_mm;
    scale_y = height_px / drawing.height_mm;
  }
  check_size(width_px, height_px);
  Raster raster{static_cast<int>(width_px), static_cast<int>(height_px), scale_x * 25.4, {}};
  // White, should the background of the drawing not be opaque: a page has no transparency.
  raster.bgrx.assign(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) * 4,
                     255);
  paint_rows(raster, drawing, {scale_x, scale_y, true}, options.threads);
  return raster;
}

void paint_over(Raster& raster, draw::Drawing const& drawing, PaintOptions const& options) {
  Placing const placing{raster.width_px / drawing.width_mm, raster.height_px / drawing.height_mm,
                        false};
  paint_rows(raster, drawing, placing, options.threads);
}

std::string encode_png(RgbView const& pixels, PngInfo const& info) {
  auto const row_bytes = static_cast<std::size_t>(pixels.width_px) * 3;
  return encode(pixels.width_px, pixels.height_px, info, [&](std::size_t y, std::uint8_t* to) {
    std::copy_n(pixels.rgb + y * row_bytes, row_bytes, to);
  });
}

std::string encode_png(Raster const& raster, PngInfo const& info) {
  auto const width = static_cast<std::size_t>(raster.width_px);
  return encode(raster.width_px, raster.height_px, info, [&](std::size_t y, std::uint8_t* to) {
    auto const* from = raster.bgrx.data() + y * width * 4;
    for (std::size_t x = 0; x < width; ++x, from += 4, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  });
}

std::string paint_png(draw::Drawing const& drawing, PaintOptions const& options) {
  auto const raster = rasterised(drawing, options);
  return encode_png(raster, {raster.dpi, drawing.title, drawing.author, drawing.rights,
                             options.software, drawing.created_epoch_s});
}

}  // namespace hachure::render
