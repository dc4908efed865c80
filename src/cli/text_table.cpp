#include "cli/text_table.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace hachure::cli {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// Unicode 15 EastAsianWidth.txt, W and F, neighbouring blocks drawn together.
constexpr Range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18D08}, {0x1AFF0, 0x1B2FB}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

/// General categories Mn, Me and Cf of Unicode 15 where they occur in names of places and people.
constexpr Range without_advance[] = {
    {0x00AD, 0x00AD}, {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},  {0x0610, 0x061A},
    {0x064B, 0x065F}, {0x0670, 0x0670}, {0x0900, 0x0902}, {0x093C, 0x093C},  {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},  {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},  {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

bool in(std::span<Range const> ranges, char32_t c) {
  auto const after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
  return after != ranges.begin() && c <= std::prev(after)->last;
}

/// A cell of one line: a tab or a line end would break the table.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return text;
}

void append_line(std::string& out, std::vector<std::string> const& cells,
                 std::vector<std::size_t> const& widths) {
  std::string line;
  std::size_t blanks = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto const cell = one_line(cells[i]);
    if (!cell.empty()) {
      line.append(blanks, ' ');
      line += cell;
      blanks = 0;
    }
    blanks += widths[i] - display_width(cell) + 2;
  }
  out += line + "\n";
}

std::string csv_cell(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (char32_t const c : base::to_utf32(utf8)) {
    if (in(without_advance, c)) continue;
    width += in(wide, c) ? 2 : 1;
  }
  return width;
}

std::string aligned(TextTable const& table) {
  std::vector<std::size_t> widths;
  for (auto const& name : table.columns) widths.push_back(display_width(name));
  for (auto const& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(one_line(row[i])));
    }
  }
  std::string out;
  append_line(out, table.columns, widths);
  for (auto const& row : table.rows) append_line(out, row, widths);
  return out;
}

std::string comma_separated(TextTable const& table) {
  std::string out;
  auto const append = [&](std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + csv_cell(cells[i]);
    out += "\n";
  };
  append(table.columns);
  for (auto const& row : table.rows) append(row);
  return out;
}

}  // namespace hachure::cli
