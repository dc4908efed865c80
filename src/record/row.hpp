#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "geo/vector_source.hpp"
#include "record/columns.hpp"
#include "record/record.hpp"

namespace hachure::record {

/// Ids of one table that others may refer to.
class KnownIds {
 public:
  /// @param noun how messages call one of them: "a side"
  explicit KnownIds(std::string noun) : noun_(std::move(noun)) {}

  /// Adds an id; false if it is there.
  bool add(std::string const& id);
  bool contains(std::string_view id) const;
  /// After a table that could not be read nothing is known: every reference passes.
  void give_up() { complete_ = false; }
  bool complete() const { return complete_; }
  /// Message and hint for an id that is not there: `"brtish" is not a side`.
  base::Error unknown(std::string const& id, base::Origin origin) const;

 private:
  std::string noun_;
  std::set<std::string, std::less<>> ids_;
  bool complete_ = true;
  mutable std::size_t hints_ = 0;
};

/// All tables that records refer to, as far as they are read.
struct References {
  KnownIds sides{"a side"};
  KnownIds sources{"a source"};
  KnownIds places{"a place"};
  KnownIds units{"a unit"};
};

/// The cells of one row as typed values. A cell that is wrong is reported under its column's own
/// name and gives the empty value.
class RowReader {
 public:
  RowReader(geo::Table const& table, geo::TableRow const& row, ColumnMap const& columns,
            std::map<std::string, std::string> const& defaults, base::Diagnostics& problems)
      : table_(table), row_(row), columns_(columns), defaults_(defaults), problems_(problems) {}

  bool has_column(std::string_view field) const;
  std::string text(std::string_view field) const;
  base::LangText texts(std::string_view field) const;
  std::vector<std::string> list(std::string_view field) const;
  /// A finite decimal number not below `least`.
  std::optional<double> number(std::string_view field, double least) const;
  /// `when`, or `start` and `end` as an interval.
  std::optional<Edtf> date() const;
  /// The date that a text of the field is; nothing, and an error, where it is none.
  std::optional<Edtf> parse_date(std::string_view field, std::string const& text) const;
  Certainty certainty() const;
  std::string reference(std::string_view field, KnownIds const& known) const;
  std::vector<std::string> references(std::string_view field, KnownIds const& known) const;
  std::vector<Citation> citations(KnownIds const& known) const;
  /// Longitude and latitude in range, nothing when neither is given.
  std::optional<geo::LonLat> position() const;
  /// The geometry of the file or of the column `wkt`.
  geo::Geometry geometry() const;
  std::map<std::string, geo::Attribute> extra() const;

  /// The row with a field: the name of its column in the file, else ours.
  base::Origin origin(std::string_view field) const;
  void error(std::string_view field, std::string message, std::string hint = {}) const;
  geo::TableRow const& row() const { return row_; }
  ColumnMap const& columns() const { return columns_; }

 private:
  std::optional<double> coordinate(std::string_view field) const;

  geo::Table const& table_;
  geo::TableRow const& row_;
  ColumnMap const& columns_;
  std::map<std::string, std::string> const& defaults_;
  base::Diagnostics& problems_;
};

/// `cell` as an attribute for styles: a JSON number, `true`, `false`, or text.
geo::Attribute to_attribute(std::string const& cell);

}  // namespace hachure::record
