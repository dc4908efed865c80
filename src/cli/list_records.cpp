#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/listing.hpp"
#include "scene/state.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;
using record::Instant;

Json text_json(base::LangText const& text) {
  Json json = Json::object();
  for (auto const& [tag, words] : text.by_tag) json[tag] = words;
  return json;
}

Json source_json(std::vector<record::Citation> const& citations) {
  Json json = Json::array();
  for (auto const& citation : citations) {
    json.push_back(citation.locator.empty() ? citation.source
                                            : citation.source + ":" + citation.locator);
  }
  return json;
}

/// Several ids as files write them, separated by semicolons.
std::string joined(std::vector<std::string> const& ids) {
  std::string text;
  for (auto const& id : ids) text += (text.empty() ? "" : ";") + id;
  return text;
}

Json number_or_null(std::optional<double> number) {
  return number ? Json(*number) : Json(nullptr);
}

void add_position(Json& row, std::optional<geo::LonLat> at) {
  row["lon"] = at ? Json(at->lon_deg) : Json(nullptr);
  row["lat"] = at ? Json(at->lat_deg) : Json(nullptr);
}

void add_when(Json& row, std::optional<record::Edtf> const& when) {
  row["when"] = nullptr;
  row["earliest"] = nullptr;
  row["latest"] = nullptr;
  if (!when) return;
  auto const text = record::print(*when);
  auto const report = record::describe(text);
  row["when"] = text;
  if (report.earliest) row["earliest"] = *report.earliest;
  if (report.latest) row["latest"] = *report.latest;
}

geo::Geometry point_of(std::optional<geo::LonLat> at) {
  if (!at) return {};
  return geo::Points<geo::LonLat>{{*at}};
}

bool is_empty(geo::Geometry const& geometry) {
  return std::holds_alternative<std::monostate>(geometry);
}

/// Whether something that exists over `when` is, or may be, there at `at`.
bool is_there(std::optional<record::Edtf> const& when, std::optional<Instant> at) {
  return !at || !when || record::presence(*when, *at) != record::Presence::absent;
}

/// Whether something that happened over `when` has, or may have, begun by `at`; what has no date
/// has no place in a state.
bool has_begun(std::optional<record::Edtf> const& when, std::optional<Instant> at) {
  return !at || (when && record::outer(*when).earliest <= *at);
}

Listing list_places(record::Project const& project, std::optional<Instant> at) {
  Listing listing;
  auto const states = scene::states_at(project.records, at.value_or(Instant::min()));
  for (auto const& place : project.records.places) {
    if (!is_there(place.when, at)) continue;
    auto const found = states.find(place.id);
    scene::PlaceState state;
    state.holder = place.side;
    if (found != states.end()) state = found->second;
    Json row;
    row["id"] = place.id;
    row["name"] = text_json(place.title);
    row["kind"] = place.kind;
    add_position(row, place.at);
    row["holder"] = state.holder;
    row["condition"] = state.condition;
    row["uncertainty_m"] = place.uncertainty_m > 0 ? Json(place.uncertainty_m) : Json(nullptr);
    row["source"] = source_json(place.sources);
    listing.rows.push_back(std::move(row));
    listing.geometries.push_back(is_empty(place.geometry) ? point_of(place.at) : place.geometry);
  }
  return listing;
}

Listing list_events(record::Project const& project, std::optional<Instant> at) {
  Listing listing;
  for (auto const& event : project.records.events) {
    if (!has_begun(event.when, at)) continue;
    Json row;
    row["id"] = event.id;
    row["kind"] = event.kind != nullptr ? event.kind->id : "";
    add_when(row, event.when);
    row["side"] = event.side;
    row["place"] = joined(event.places);
    row["title"] = text_json(event.title);
    row["source"] = source_json(event.sources);
    listing.rows.push_back(std::move(row));
    auto geometry = event.geometry;
    if (is_empty(geometry)) {
      geo::Points<geo::LonLat> points;
      for (auto const& id : event.places) {
        auto const* place = project.records.place(id);
        if (place != nullptr && place->at) points.at.push_back(*place->at);
      }
      if (!points.at.empty()) geometry = points;
    }
    listing.geometries.push_back(std::move(geometry));
  }
  return listing;
}

Listing list_movements(record::Project const& project, std::optional<Instant> at) {
  Listing listing;
  for (auto const& movement : project.records.movements) {
    if (!has_begun(movement.when, at)) continue;
    Json row;
    row["id"] = movement.id;
    row["kind"] = movement.kind != nullptr ? movement.kind->id : "";
    add_when(row, movement.when);
    row["side"] = movement.side;
    row["unit"] = movement.unit;
    row["from"] = joined(movement.from);
    row["to"] = joined(movement.to);
    row["title"] = text_json(movement.title);
    row["source"] = source_json(movement.sources);
    listing.rows.push_back(std::move(row));
    listing.geometries.emplace_back(geo::Lines<geo::LonLat>{{movement.line}});
  }
  return listing;
}

Listing list_units(record::Project const& project, std::optional<Instant> at) {
  Listing listing;
  auto states =
      at ? scene::units_at(project.records, *at) : std::map<std::string, scene::UnitState>();
  for (auto const& unit : project.records.units) {
    if (!is_there(unit.when, at)) continue;
    auto const state =
        at ? states[unit.id] : scene::UnitState{unit.at, {}, unit.strength, {}, false};
    Json row;
    row["id"] = unit.id;
    row["name"] = text_json(unit.title);
    row["side"] = unit.side;
    row["parent"] = unit.parent;
    row["echelon"] = unit.echelon;
    row["commander"] = text_json(unit.commander);
    row["strength"] = number_or_null(state.strength);
    add_position(row, state.at);
    listing.rows.push_back(std::move(row));
    listing.geometries.push_back(point_of(state.at));
  }
  return listing;
}

Listing list_sides(record::Project const& project, std::optional<Instant>) {
  Listing listing;
  for (auto const& side : project.records.sides) {
    listing.rows.push_back(
        {{"id", side.id}, {"name", text_json(side.title)}, {"color", side.color}});
  }
  return listing;
}

Listing list_sources(record::Project const& project, std::optional<Instant>) {
  Listing listing;
  for (auto const& source : project.records.sources) {
    listing.rows.push_back({{"id", source.id},
                            {"type", source.type},
                            {"author", source.author},
                            {"issued", source.issued},
                            {"title", source.title}});
  }
  return listing;
}

Listing list_layers(record::Project const& project, std::optional<Instant>) {
  Listing listing;
  for (auto const& layer : project.layers) {
    listing.rows.push_back({{"id", layer.id},
                            {"class", layer.layer_class},
                            {"data", layer.path},
                            {"layer", layer.layer},
                            {"attribution", text_json(layer.attribution)}});
  }
  return listing;
}

Listing list_maps(record::Project const& project, std::optional<Instant>) {
  Listing listing;
  for (auto const& map : project.maps) {
    std::vector<std::string> insets;
    for (auto const& inset : map.insets) insets.push_back(inset.map);
    Json row;
    row["id"] = map.id;
    row["title"] = text_json(map.title);
    row["style"] = map.style;
    row["width_mm"] = map.page_width_mm;
    row["height_mm"] = map.page_height_mm;
    row["projection"] = map.projection;
    row["when"] = map.when ? Json(record::print(*map.when)) : Json(nullptr);
    row["insets"] = insets;
    listing.rows.push_back(std::move(row));
  }
  return listing;
}

Listing list_languages(record::Project const& project, std::optional<Instant>) {
  Listing listing;
  for (auto const& tag : project.languages) {
    listing.rows.push_back({{"tag", tag}, {"default", tag == project.languages.front()}});
  }
  return listing;
}

}  // namespace

Listing list_records(std::string_view subject, record::Project const& project,
                     std::optional<Instant> at) {
  using Maker = Listing (*)(record::Project const&, std::optional<Instant>);
  static std::map<std::string_view, Maker> const makers{
      {"maps", list_maps},       {"events", list_events}, {"places", list_places},
      {"sides", list_sides},     {"units", list_units},   {"movements", list_movements},
      {"sources", list_sources}, {"layers", list_layers}, {"languages", list_languages},
  };
  return makers.at(subject)(project, at);
}

}  // namespace hachure::cli
