#include <nlohmann/json.hpp>

#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/listing.hpp"
#include "cli/text_table.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A value in one cell: a text of several languages by the project's first, an array by semicolons.
std::string cell_of(Json const& value, std::vector<std::string> const& languages) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<long long>());
  if (value.is_number()) return base::to_text(value.get<double>(), 7);
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_array()) {
    std::string text;
    for (auto const& part : value) text += (text.empty() ? "" : ";") + cell_of(part, languages);
    return text;
  }
  if (value.is_object()) {
    base::LangText text;
    for (auto const& [tag, words] : value.items()) text.by_tag[tag] = words.get<std::string>();
    return text.in(languages.empty() ? "en" : languages.front(), languages);
  }
  return {};
}

TextTable table_of(Listing const& listing, ListSubject const& subject,
                   std::vector<std::string> const& languages) {
  TextTable table;
  table.columns = base::split_list(subject.fields, ',');
  for (auto const& row : listing.rows) {
    std::vector<std::string> cells;
    for (auto const& field : table.columns) cells.push_back(cell_of(row.at(field), languages));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Json position_json(geo::LonLat at) {
  return Json::array({at.lon_deg, at.lat_deg});
}

Json positions_json(std::vector<geo::LonLat> const& line) {
  Json json = Json::array();
  for (auto const& at : line) json.push_back(position_json(at));
  return json;
}

/// Geometry of RFC 7946: single where there is one part, multiple where there are several.
Json geometry_json(geo::Geometry const& geometry) {
  Json parts = Json::array();
  std::string type;
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&geometry)) {
    type = "Point";
    for (auto const& at : points->at) parts.push_back(position_json(at));
  } else if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry)) {
    type = "LineString";
    for (auto const& line : lines->at) parts.push_back(positions_json(line));
  } else if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&geometry)) {
    type = "Polygon";
    for (auto const& polygon : polygons->at) {
      Json rings = Json::array();
      for (auto const& ring : polygon) rings.push_back(positions_json(ring));
      parts.push_back(std::move(rings));
    }
  }
  if (parts.empty()) return nullptr;
  if (parts.size() == 1) return {{"type", type}, {"coordinates", parts.front()}};
  return {{"type", "Multi" + type}, {"coordinates", parts}};
}

/// One row a line, so that lists can be compared by line.
std::string json_lines(std::vector<Json> const& rows, std::string const& indent) {
  std::string text;
  for (auto const& row : rows) {
    text += (text.empty() ? "" : ",\n") + indent +
            row.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return text.empty() ? text : text + "\n";
}

std::string print_geojson(Listing const& listing) {
  std::vector<Json> features;
  for (std::size_t i = 0; i < listing.rows.size(); ++i) {
    auto properties = listing.rows[i];
    properties.erase("lon");
    properties.erase("lat");
    features.push_back({{"type", "Feature"},
                        {"id", properties["id"]},
                        {"geometry", geometry_json(listing.geometries[i])},
                        {"properties", properties}});
  }
  return "{\"type\": \"FeatureCollection\", \"features\": [\n" + json_lines(features, "  ") +
         "]}\n";
}

}  // namespace

std::string print(Listing const& listing, ListSubject const& subject, ListFormat format,
                  std::vector<std::string> const& languages) {
  switch (format) {
    case ListFormat::table:
      return aligned(table_of(listing, subject, languages));
    case ListFormat::csv:
      return comma_separated(table_of(listing, subject, languages));
    case ListFormat::json:
      return "[\n" + json_lines(listing.rows, "  ") + "]\n";
    case ListFormat::geojson:
      return print_geojson(listing);
  }
  return {};
}

}  // namespace hachure::cli
