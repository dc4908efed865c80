#include "record/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "record/node.hpp"
#include "record/yaml_reader.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Fault;
using base::Origin;

/// Splits the bytes into rows of cells. Stops by an Error: after an unclosed quote or a runaway
/// field nothing that follows can be trusted.
class RowSplitter {
 public:
  RowSplitter(std::string_view text, char separator, std::string const& file)
      : text_(text), separator_(separator), file_(file) {}

  /// The next row that is not empty, with the line where it starts; false at the end.
  bool next(std::vector<std::string>& cells, int& line) {
    while (at_ < text_.size()) {
      cells.clear();
      line = line_;
      bool more = true;
      while (more) {
        more = read_cell(cells);
        if (cells.size() > max_csv_columns) {
          fail(line, "has more than " + std::to_string(max_csv_columns) + " cells");
        }
      }
      if (cells.size() > 1 || !cells.front().empty()) return true;
    }
    return false;
  }

 private:
  [[noreturn]] void fail(int line, std::string message, std::string hint = {}) const {
    throw Error(Fault::input, {.file = file_, .line = line, .place = {}, .field = {}},
                std::move(message), std::move(hint));
  }

  void check_size(std::size_t size, int line) const {
    if (size <= base::limits::max_field_bytes) return;
    fail(line,
         "a cell is longer than the limit of " + std::to_string(base::limits::max_field_bytes) +
             " bytes",
         "is this a table of separated values?");
  }

  /// Appends one cell; true if the row goes on after it.
  bool read_cell(std::vector<std::string>& cells) {
    if (at_ < text_.size() && text_[at_] == '"') {
      cells.push_back(read_quoted());
    } else {
      cells.push_back(read_plain());
    }
    if (at_ >= text_.size()) return false;
    if (text_[at_] == separator_) {
      ++at_;
      return true;
    }
    take_line_end();
    return false;
  }

  std::string read_plain() {
    auto const start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
           text_[at_] != '\r') {
      if (++at_ - start > base::limits::max_field_bytes) check_size(at_ - start, line_);
    }
    return std::string(text_.substr(start, at_ - start));
  }

  std::string read_quoted() {
    int const opened = line_;
    std::string cell;
    ++at_;
    for (;;) {
      if (at_ >= text_.size()) {
        fail(opened, "a quote opens here and never closes",
             "a quote within a quoted cell is written twice");
      }
      char const c = text_[at_];
      if (c == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') break;
      }
      if (c == '\n' || (c == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))) ++line_;
      cell += c;
      ++at_;
      check_size(cell.size(), opened);
    }
    if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
        text_[at_] != '\r') {
      fail(line_, "text follows a closing quote", "a quote within a quoted cell is written twice");
    }
    return cell;
  }

  void take_line_end() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  std::string const& file_;
  std::size_t at_ = 0;
  int line_ = 1;
};

char find_separator(std::string_view text) {
  static constexpr std::array candidates = {',', ';', '\t'};
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (char const c : text.substr(0, base::limits::max_field_bytes)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (std::size_t i = 0; i < candidates.size(); ++i) counts[i] += c == candidates[i] ? 1 : 0;
  }
  auto const most = std::ranges::max_element(counts);
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

/// Names of the columns; duplicates are reported.
void read_header(geo::Table& table, std::vector<std::string> const& cells,
                 base::Diagnostics& diagnostics) {
  for (auto const& cell : cells) {
    std::string name(base::trim(cell));
    if (!name.empty() && std::ranges::count(table.columns, name) == 1) {
      diagnostics.error(table.origin, "the column " + quote(name) + " is there twice");
    }
    table.columns.push_back(std::move(name));
  }
}

/// Brings a row to the width of the header, or reports that it cannot.
bool fit_row(geo::Table const& table, std::vector<std::string>& cells, Origin const& origin,
             base::Diagnostics& diagnostics) {
  auto const width = table.columns.size();
  while (cells.size() > width && base::trim(cells.back()).empty()) cells.pop_back();
  if (cells.size() > width) {
    diagnostics.error(
        origin,
        "has " + std::to_string(cells.size()) + " cells, the header has " + std::to_string(width),
        "a cell that holds the separator is written in quotes");
    return false;
  }
  if (cells.size() < width) {
    diagnostics.warn(
        origin,
        "has " + std::to_string(cells.size()) + " cells, the header has " + std::to_string(width),
        "write the empty cells too");
    cells.resize(width);
  }
  for (std::size_t i = 0; i < width; ++i) {
    if (!table.columns[i].empty() || base::trim(cells[i]).empty()) continue;
    diagnostics.error(origin, "column " + std::to_string(i + 1) + " holds " + quote(cells[i]) +
                                  " but has no name in the header");
    return false;
  }
  return true;
}

void read_rows(geo::Table& table, RowSplitter& rows, std::string const& file,
               base::Diagnostics& diagnostics) {
  Origin origin{.file = file, .line = 0, .place = {}, .field = {}};
  std::vector<std::string> cells;
  while (rows.next(cells, origin.line)) {
    if (table.rows.size() >= base::limits::max_rows) {
      throw Error(Fault::input, origin,
                  "the table has more than " + std::to_string(base::limits::max_rows) + " rows");
    }
    if (!fit_row(table, cells, origin, diagnostics)) continue;
    table.rows.push_back({std::move(cells), {}, origin});
    cells = {};
  }
}

}  // namespace

std::optional<geo::Table> read_csv(std::string_view text, std::string const& file,
                                   base::Diagnostics& diagnostics) {
  Origin const origin{.file = file, .line = 0, .place = {}, .field = {}};
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    diagnostics.error(origin, "is UTF-16", "save the file as UTF-8");
    return {};
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!check_utf8(text, file, diagnostics)) return {};
  geo::Table table;
  table.origin = origin;
  try {
    RowSplitter rows(text, find_separator(text), file);
    std::vector<std::string> cells;
    if (!rows.next(cells, table.origin.line)) {
      diagnostics.error(origin, "is empty", "the first line names the columns");
      return {};
    }
    read_header(table, cells, diagnostics);
    read_rows(table, rows, file, diagnostics);
  } catch (Error const& error) {
    diagnostics.add(error);
    return {};
  }
  return table;
}

}  // namespace hachure::record
