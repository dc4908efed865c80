#pragma once

#include <cstdint>

#include "render/pixel_codes.hpp"
#include "render/png_chunk.hpp"

/// The bytes of a PNG before deflate: rows of filtered pixels, each after the number of its filter.
namespace hachure::render {

/// Pixels of a segment of a row: as many as a word of marks has bits.
constexpr std::uint32_t segment_px = 64;

/// Part of a row.
struct Segment {
  std::uint32_t row = 0;
  std::uint32_t begin = 0;  ///< first pixel of it in the row
  std::uint32_t end = 0;
};

/// How pixels lie in the stream, and how rows are cut into segments, numbered row by row.
struct StreamLayout {
  std::uint32_t width = 0;   ///< pixels
  std::uint32_t height = 0;  ///< rows

  std::uint32_t row_bytes() const { return width * 3 + 1; }
  std::uint64_t bytes() const { return std::uint64_t{row_bytes()} * height; }
  std::uint64_t byte_of(std::uint32_t row, std::uint32_t x) const {
    return std::uint64_t{row_bytes()} * row + 1 + std::uint64_t{x} * 3;
  }
  std::size_t pixel_of(std::uint32_t row, std::uint32_t x) const {
    return std::size_t{width} * row + x;
  }
  std::uint32_t segments_of_row() const { return (width + segment_px - 1) / segment_px; }
  std::uint32_t segments() const { return segments_of_row() * height; }
  Segment segment(std::uint32_t index) const {
    std::uint32_t const begin = index % segments_of_row() * segment_px;
    std::uint32_t const end = begin + segment_px;
    return {index / segments_of_row(), begin, end < width ? end : width};
  }
};

/// Filters the pixels of a segment (ISO/IEC 15948, section 9) into the picture `to`.
/// @param bgrx rows of the picture as in a Raster
void filter_segment(StreamLayout const& layout, std::uint8_t const* bgrx, Filter filter,
                    Segment const& part, PixelBytes* to);

/// Bit i is set where the pixels i of two segments differ; `count` is 64 at most.
std::uint64_t differences(PixelBytes const* a, PixelBytes const* b, std::uint32_t count);

/// Adler-32 of the stream (RFC 1950, section 8.2), kept up to date as its bytes change.
class StreamChecksum {
 public:
  /// That of `bytes` zeros.
  explicit StreamChecksum(std::uint64_t bytes)
      : bytes_(bytes), second_(static_cast<std::int64_t>(bytes % modulus)) {}

  void change_byte(std::uint64_t at, std::uint8_t from, std::uint8_t to) {
    add(at, int{to} - int{from}, 0);
  }
  /// The pixels of a segment, 64 at most, whose first byte is number `at`.
  void change(std::uint64_t at, PixelBytes const* from, PixelBytes const* to, std::uint32_t count);

  std::uint32_t value() const {
    return static_cast<std::uint32_t>(second_) << 16U | static_cast<std::uint32_t>(first_);
  }

 private:
  static constexpr std::int64_t modulus = 65521;
  void add(std::uint64_t at, std::int64_t sum, std::int64_t weighted) {
    auto const after = static_cast<std::int64_t>((bytes_ - at) % modulus);
    first_ = modulo(first_ + sum);
    second_ = modulo(second_ + after * sum - weighted);
  }
  static std::int64_t modulo(std::int64_t v) { return (v % modulus + modulus) % modulus; }

  std::uint64_t bytes_;
  std::int64_t first_ = 1;
  std::int64_t second_ = 0;
};

}  // namespace hachure::render
