#include "record/node_table.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "record/geojson.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Origin;

/// Text of a list of scalars with semicolons between, of anything deeper as JSON.
std::string cell_text(Node const& node) {
  if (node.is_null()) return {};
  if (node.is_scalar()) return node.text;
  bool const plain = node.is_list() && std::ranges::all_of(node.items, [](Node const& item) {
                       return item.is_scalar();
                     });
  if (!plain) return to_json(node);
  std::string text;
  for (auto const& item : node.items) text += (text.empty() ? "" : ";") + item.text;
  return text;
}

/// Start or end of a Linked Places timespan: `{"in": "1600"}`, or the outer of earliest and latest.
std::string timespan_end(Node const* end, std::string_view outer) {
  if (end == nullptr) return "..";
  if (end->is_scalar()) return end->text;
  if (auto const* in = end->find("in")) return in->text;
  if (auto const* limit = end->find(outer)) return limit->text;
  return "..";
}

/// The EDTF interval of a Linked Places `when`: from its first timespan to its last.
std::string linked_places_when(Node const& when) {
  auto const* spans = when.find("timespans");
  if (spans == nullptr || !spans->is_list() || spans->items.empty()) return {};
  auto const& last = spans->items.back();
  auto const start = timespan_end(spans->items.front().find("start"), "earliest");
  auto const end = timespan_end(last.find("end"), "latest");
  return start == end ? start : start + "/" + end;
}

class TableBuilder {
 public:
  TableBuilder(std::string const& file, base::Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {
    table_.origin.file = file;
  }

  /// Adds a row of `node`; anything but a map is reported.
  void add_row(Node const& node, bool keyed) {
    if (!node.is_map()) {
      diagnostics_.error(origin(node), describe(node) + " is not a record",
                         "a record is a map of its fields");
      return;
    }
    start_row(node);
    if (keyed) set("id", node.key);
    add_fields(node);
  }

  void add_feature(Node const& node) {
    auto const* type = node.find("type");
    if (type == nullptr || type->text != "Feature") {
      diagnostics_.error(origin(node), describe(node) + " is not a GeoJSON feature");
      return;
    }
    start_row(node);
    if (auto const* properties = node.find("properties")) add_fields(*properties);
    for (std::string_view const key : {"id", "@id"}) {
      if (auto const* id = node.find(key); id != nullptr && id->is_scalar()) fill("id", id->text);
    }
    add_linked_places(node);
    try {
      if (auto const* geometry = node.find("geometry")) {
        table_.rows.back().geometry = read_geojson_geometry(*geometry, file_);
      }
    } catch (Error const& error) {
      diagnostics_.add(error);
      table_.rows.pop_back();
    }
  }

  geo::Table take() {
    for (auto& row : table_.rows) row.cells.resize(table_.columns.size());
    return std::move(table_);
  }

 private:
  Origin origin(Node const& node) const {
    return {.file = file_, .line = node.key_line, .place = {}, .field = {}};
  }

  void start_row(Node const& node) { table_.rows.push_back({{}, {}, origin(node)}); }

  std::string& cell(std::string const& column) {
    auto const [it, added] = index_.emplace(column, table_.columns.size());
    if (added) table_.columns.push_back(column);
    auto& cells = table_.rows.back().cells;
    if (cells.size() <= it->second) cells.resize(it->second + 1);
    return cells[it->second];
  }

  void set(std::string const& column, std::string text) { cell(column) = std::move(text); }

  /// Sets a cell unless the row has it already.
  void fill(std::string const& column, std::string const& text) {
    if (auto& target = cell(column); target.empty()) target = text;
  }

  void add_fields(Node const& node) {
    for (auto const& item : node.items) {
      if (!item.is_map()) {
        set(item.key, cell_text(item));
        continue;
      }
      for (auto const& part : item.items) set(item.key + ":" + part.key, cell_text(part));
    }
  }

  void add_linked_places(Node const& node) {
    if (auto const* when = node.find("when")) {
      if (auto const text = linked_places_when(*when); !text.empty()) fill("when", text);
    }
    auto const* names = node.find("names");
    if (names == nullptr) return;
    for (auto const& name : names->items) {
      auto const* toponym = name.find("toponym");
      auto const* language = name.find("lang");
      if (toponym == nullptr) continue;
      fill(language == nullptr ? "title" : "title:" + language->text, toponym->text);
    }
  }

  std::string const& file_;
  base::Diagnostics& diagnostics_;
  geo::Table table_;
  std::map<std::string, std::size_t> index_;
};

/// Old GeoJSON may name another reference system; its numbers would be read as degrees.
bool check_system(Node const& document, std::string const& file, base::Diagnostics& diagnostics) {
  auto const* crs = document.find("crs");
  if (crs == nullptr || crs->is_null()) return true;
  auto const text = to_json(*crs);
  if (text.find("CRS84") != text.npos || text.find("4326") != text.npos) return true;
  diagnostics.error({.file = file, .line = crs->key_line, .place = {}, .field = "crs"},
                    "the file is not in WGS 84",
                    "reproject it: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson");
  return false;
}

}  // namespace

std::optional<geo::Table> table_of(Node const& document, std::string const& file,
                                   base::Diagnostics& diagnostics) {
  TableBuilder builder(file, diagnostics);
  auto const* type = document.find("type");
  if (type != nullptr && type->text == "FeatureCollection") {
    if (!check_system(document, file, diagnostics)) return {};
    if (auto const* features = document.find("features")) {
      for (auto const& feature : features->items) builder.add_feature(feature);
    }
    return builder.take();
  }
  if (!document.is_list() && !document.is_map()) {
    diagnostics.error({.file = file, .line = document.line, .place = {}, .field = {}},
                      describe(document) + " is not a table of records",
                      "write a list of maps, a map of id to map, or GeoJSON");
    return {};
  }
  for (auto const& item : document.items) builder.add_row(item, document.is_map());
  return builder.take();
}

}  // namespace hachure::record
