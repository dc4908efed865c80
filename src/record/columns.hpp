#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"

namespace hachure::record {

/// The tables of a project that are read row by row.
enum class TableKind { places, units, events, movements };

/// `places`, `units`, `events` or `movements`.
std::string_view to_string(TableKind table);

/// A column that the program knows: a row of the table from which reader and schema work.
struct Column {
  std::string_view name;
  std::string_view tables;  ///< first letters of the tables that have it, of "puem"
  bool tagged;              ///< a text: `name:tag` gives it in a language
  std::string_view about;   ///< one line for the schema

  bool in(TableKind table) const { return tables.find(to_string(table)[0]) != tables.npos; }
};

/// All of them, in the order of the reference.
std::span<Column const> columns();

/// Names of the columns of one table, aliases left out of neither.
std::vector<std::string> column_names(TableKind table);

/// A column name taken apart: `title:en` is the field `title` in `en`; `name` is an alias of it.
struct ColumnName {
  std::string field;
  std::string tag;  ///< canonical BCP-47 tag; empty if none is given
};

/// What `name` means in `table`, with `:` or `.` before a tag, or nothing if it is no column of
/// ours.
std::optional<ColumnName> parse_column(std::string_view name, TableKind table);

/// A BCP-47 tag in its canonical case (`zh-hant-HK` gives `zh-Hant-HK`), or nothing: RFC 5646
/// section 2.1, well-formed subtags only.
std::optional<std::string> parse_language_tag(std::string_view text);

/// `columns:` and `points:` of a project, name for name with where each is written.
struct Mapping {
  struct Pair {
    std::string ours;
    std::string theirs;
    base::Origin origin;
  };
  std::vector<Pair> columns;
  std::vector<Pair> points;  ///< a `group` of two columns has two entries
  bool foreign() const { return !columns.empty() || !points.empty(); }
};

/// Where the fields of records stand in a table.
struct ColumnMap {
  std::map<std::string, std::size_t, std::less<>> fields;
  /// field -> (tag, column)
  std::map<std::string, std::vector<std::pair<std::string, std::size_t>>, std::less<>> texts;
  std::map<std::string, std::vector<std::size_t>, std::less<>> points;  ///< `x`, `y`, `group` ...
  std::vector<std::size_t> extra;
};

/// Finds our fields among the columns of a file. With a mapping only what it names is ours and the
/// rest is extra; without one a column that nearly has a name of ours is an error.
/// @param default_tag language of a text column without a tag
ColumnMap map_columns(geo::Table const& table, TableKind kind, Mapping const& mapping,
                      std::string const& default_tag, base::Diagnostics& diagnostics);

}  // namespace hachure::record
