#include "render/png.hpp"

#include <cairo.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "render/cairo.hpp"

namespace hachure::render {

namespace {

// --- the container (ISO/IEC 15948, section 5) --------------------------------------------------

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255U);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_u32(out, static_cast<std::uint32_t>(data.size()));
  auto const begin = out.size();
  out += type;
  out += data;
  auto const* const bytes = reinterpret_cast<unsigned char const*>(out.data()) + begin;
  append_u32(out, crc32_gzip_refl(0, bytes, out.size() - begin));
}

/// A keyword with its text: tEXt holds Latin-1 alone, so anything beyond ASCII goes into iTXt.
void append_text(std::string& out, std::string_view keyword, std::string const& text) {
  if (text.empty()) return;
  bool const ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\n'; });
  std::string data(keyword);
  data += '\0';
  if (!ascii) data.append(4, '\0');  // not compressed, no language, no translated keyword
  data += text;
  append_chunk(out, ascii ? "tEXt" : "iTXt", data);
}

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

std::string header(int width_px, int height_px, PngInfo const& info) {
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

// --- the pixels --------------------------------------------------------------------------------

/// Feeds rows to ISA-L a few at a time: a whole page of RGB would cost more in fresh memory than in
/// compression.
class RowDeflater {
 public:
  explicit RowDeflater(std::size_t row_bytes) : row_bytes_(row_bytes) {
    isal_deflate_init(&stream_);
    stream_.level = 1;
    stream_.level_buf = level_buffer_.data();
    stream_.level_buf_size = static_cast<std::uint32_t>(level_buffer_.size());
    stream_.gzip_flag = IGZIP_ZLIB;
  }

  /// Compresses `rows` (each begun by its filter byte) and appends to `out`.
  void feed(std::string& out, std::vector<std::uint8_t>& rows, bool last) {
    stream_.next_in = rows.data();
    stream_.avail_in = static_cast<std::uint32_t>(rows.size());
    stream_.end_of_stream = last ? 1 : 0;
    do {
      stream_.next_out = output_.data();
      stream_.avail_out = static_cast<std::uint32_t>(output_.size());
      if (isal_deflate(&stream_) != COMP_OK) {
        throw base::Error(base::Fault::defect, {}, "isal_deflate failed");
      }
      out.append(reinterpret_cast<char const*>(output_.data()), output_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  std::size_t rows_at_once() const { return std::max<std::size_t>(1, (128U << 10) / row_bytes_); }

 private:
  std::size_t row_bytes_;
  isal_zstream stream_{};
  std::vector<std::uint8_t> level_buffer_ = std::vector<std::uint8_t>(ISAL_DEF_LVL1_DEFAULT);
  std::vector<std::uint8_t> output_ = std::vector<std::uint8_t>(256U << 10);
};

enum class Filter : std::uint8_t { none = 0, sub = 1, up = 2 };

/// Writes filter byte and filtered bytes of `row` (ISO/IEC 15948, section 9); `above` is the row
/// before it.
void append_filtered(std::vector<std::uint8_t>& out, Filter filter,
                     std::vector<std::uint8_t> const& row, std::vector<std::uint8_t> const& above) {
  auto const begin = out.size();
  out.resize(begin + row.size() + 1);
  auto* const to = out.data() + begin + 1;
  out[begin] = static_cast<std::uint8_t>(filter);
  std::copy(row.begin(), row.end(), to);
  if (filter == Filter::sub) {
    for (std::size_t i = 3; i < row.size(); ++i) {
      to[i] = static_cast<std::uint8_t>(row[i] - row[i - 3]);
    }
  } else if (filter == Filter::up) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      to[i] = static_cast<std::uint8_t>(row[i] - above[i]);
    }
  }
}

/// The filter under which a few rows become smallest: none on flat map art, another one on relief.
template <class FillRow>
Filter best_filter(std::size_t row_bytes, std::size_t height, FillRow const& fill_row) {
  constexpr std::size_t samples = 24;
  std::vector<std::uint8_t> row(row_bytes);
  std::vector<std::uint8_t> above(row_bytes);
  std::array<std::vector<std::uint8_t>, 3> filtered;
  for (std::size_t k = 0; k < samples && height > 1; ++k) {
    std::size_t const y = 1 + k * (height - 1) / samples;
    fill_row(y - 1, above.data());
    fill_row(y, row.data());
    for (auto const filter : {Filter::none, Filter::sub, Filter::up}) {
      append_filtered(filtered[static_cast<std::size_t>(filter)], filter, row, above);
    }
  }
  auto const cost = [&](Filter filter) {
    std::string compressed;
    RowDeflater(row_bytes + 1).feed(compressed, filtered[static_cast<std::size_t>(filter)], true);
    return static_cast<double>(compressed.size());
  };
  // Flat art compresses faster and better as it is, whatever a sample of it says.
  auto best = Filter::none;
  double smallest = cost(Filter::none);
  if (smallest < 0.15 * static_cast<double>(filtered[0].size())) return best;
  smallest *= 0.9;
  for (auto const filter : {Filter::sub, Filter::up}) {
    double const size = cost(filter);
    if (size < smallest) best = filter;
    smallest = std::min(smallest, size);
  }
  return best;
}

/// PNG whose row `y` is written by `fill_row(y, to)` as 3 bytes a pixel.
template <class FillRow>
std::string encode(int width_px, int height_px, PngInfo const& info, FillRow const& fill_row) {
  auto const row_bytes = static_cast<std::size_t>(width_px) * 3;
  auto const height = static_cast<std::size_t>(height_px);
  auto const filter = best_filter(row_bytes, height, fill_row);
  RowDeflater deflater(row_bytes + 1);
  std::string compressed;
  std::vector<std::uint8_t> rows;
  std::vector<std::uint8_t> row(row_bytes);
  std::vector<std::uint8_t> above(row_bytes);
  for (std::size_t y = 0; y < height;) {
    auto const end = std::min(height, y + deflater.rows_at_once());
    rows.clear();
    for (; y < end; ++y) {
      fill_row(y, row.data());
      append_filtered(rows, filter, row, above);
      std::swap(row, above);
    }
    deflater.feed(compressed, rows, y == height);
  }
  std::string out = header(width_px, height_px, info);
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
