#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hachure::cli {

/// Rows of a table as texts; every row has as many cells as there are columns.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// Columns that a terminal gives the text: 2 for wide and full-width characters (Unicode Standard
/// Annex 11), 0 for combining marks and the other characters without an advance.
std::size_t display_width(std::string_view utf8);

/// Aligned columns under their names, two blanks between them, no blanks at the ends of lines.
std::string aligned(TextTable const& table);

/// CSV (RFC 4180, lines end with \n): the names of the columns, then the rows.
std::string comma_separated(TextTable const& table);

}  // namespace hachure::cli
