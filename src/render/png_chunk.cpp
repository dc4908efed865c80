#include "render/png_chunk.hpp"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace hachure::render {

namespace {

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

/// A row of pixels, the row before it, and the distance of a byte from the same byte of the pixel
/// to its left.
struct Row {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> above;
  std::size_t pixel_bytes;
};

/// Writes filter byte and filtered bytes of a row (ISO/IEC 15948, section 9).
void append_filtered(std::vector<std::uint8_t>& out, Filter filter, Row const& of) {
  auto const& [row, above, pixel_bytes] = of;
  auto const begin = out.size();
  out.resize(begin + row.size() + 1);
  auto* const to = out.data() + begin + 1;
  out[begin] = static_cast<std::uint8_t>(filter);
  std::copy(row.begin(), row.end(), to);
  if (filter == Filter::sub) {
    for (std::size_t i = pixel_bytes; i < row.size(); ++i) {
      to[i] = static_cast<std::uint8_t>(row[i] - row[i - pixel_bytes]);
    }
  } else if (filter == Filter::up) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      to[i] = static_cast<std::uint8_t>(row[i] - above[i]);
    }
  }
}

Row blank_row(PixelRows const& pixels) {
  std::vector<std::uint8_t> const zero(pixels.row_bytes);
  return {zero, zero, pixels.pixel_bytes};
}

}  // namespace

void append_u32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255U);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data,
                  std::string_view end_of_data) {
  append_u32(out, static_cast<std::uint32_t>(data.size() + end_of_data.size()));
  auto const begin = out.size();
  out += type;
  out += data;
  out += end_of_data;
  auto const* const bytes = reinterpret_cast<unsigned char const*>(out.data()) + begin;
  append_u32(out, crc32_gzip_refl(0, bytes, out.size() - begin));
}

// tEXt holds Latin-1 alone, so anything beyond ASCII goes into iTXt.
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

Filter best_filter(PixelRows const& pixels) {
  constexpr std::size_t samples = 24;
  auto const height = pixels.height;
  Row row = blank_row(pixels);
  std::array<std::vector<std::uint8_t>, 3> filtered;
  for (std::size_t k = 0; k < samples && height > 1; ++k) {
    std::size_t const y = 1 + k * (height - 1) / samples;
    pixels.fill(y - 1, row.above.data());
    pixels.fill(y, row.bytes.data());
    for (auto const filter : {Filter::none, Filter::sub, Filter::up}) {
      append_filtered(filtered[static_cast<std::size_t>(filter)], filter, row);
    }
  }
  auto const cost = [&](Filter filter) {
    std::string compressed;
    RowDeflater(pixels.row_bytes + 1)
        .feed(compressed, filtered[static_cast<std::size_t>(filter)], true);
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

std::string deflated_rows(PixelRows const& pixels) {
  auto const filter = best_filter(pixels);
  RowDeflater deflater(pixels.row_bytes + 1);
  std::string compressed;
  std::vector<std::uint8_t> rows;
  Row row = blank_row(pixels);
  for (std::size_t y = 0; y < pixels.height;) {
    auto const end = std::min(pixels.height, y + deflater.rows_at_once());
    rows.clear();
    for (; y < end; ++y) {
      pixels.fill(y, row.bytes.data());
      append_filtered(rows, filter, row);
      std::swap(row.bytes, row.above);
    }
    deflater.feed(compressed, rows, y == pixels.height);
  }
  return compressed;
}

}  // namespace hachure::render
