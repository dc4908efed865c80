#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// The parts of which a PNG or an animated PNG is made (ISO/IEC 15948).
namespace hachure::render {

/// Four bytes, the most significant first.
void append_u32(std::string& out, std::uint32_t value);

/// A chunk of a PNG: length, type of four letters, data and what ends them, checksum (section 5.3).
void append_chunk(std::string& out, std::string_view type, std::string_view data,
                  std::string_view end_of_data = {});

/// A keyword with its text: tEXt, or iTXt beyond ASCII; nothing for an empty text.
void append_text(std::string& out, std::string_view keyword, std::string const& text);

/// Rows of pixels that are asked for one by one, from the first on; a row may be asked for twice.
struct PixelRows {
  std::size_t row_bytes = 0;
  std::size_t height = 0;
  std::size_t pixel_bytes = 3;
  std::function<void(std::size_t y, std::uint8_t* to)> fill;
};

/// Filters of rows (section 9) that we write, by their number.
enum class Filter : std::uint8_t { none = 0, sub = 1, up = 2 };

/// The filter under which a few rows become smallest: none on flat map art, another one on relief.
Filter best_filter(PixelRows const& pixels);

/// What the IDAT chunks of an image hold: its rows, filtered with one filter (the best of none, sub
/// and up on a sample of them) and deflated by ISA-L.
std::string deflated_rows(PixelRows const& pixels);

}  // namespace hachure::render
