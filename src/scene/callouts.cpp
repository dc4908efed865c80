#include <fmt/format.h>

#include <algorithm>

#include "scene/builder.hpp"
#include "scene/features.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

/// What a callout tells of.
struct Told {
  record::RecordBase const& record;
  std::string table;
  style::Feature properties;
  std::string side;
  Point at;
  std::optional<record::Edtf> when;
  draw::Box symbol;  ///< the leader ends at its edge; may be empty
};

LabelRequest::Callout box_of(style::Look const& look) {
  LabelRequest::Callout box;
  box.fill = look.color("callout-fill");
  box.outline = look.color_or("callout-color", {});
  box.leader = box.outline;
  box.outline_width_mm = std::max(0.0, look.mm("callout-width"));
  box.leader_width_mm = box.outline_width_mm;
  box.padding_mm = std::max(0.0, look.mm("callout-padding"));
  box.foot_mm = std::max(0.0, look.mm("callout-foot"));
  box.nearest_mm = std::max(0.5, look.mm("callout-nearest"));
  box.reach_mm = std::max(box.nearest_mm, look.mm("callout-distance"));
  return box;
}

/// Asks for the box of one record; false when the layer does not take it or it has no text.
bool ask_for(Builder& builder, style::StyleLayer const& layer, Told told) {
  auto const life = builder.add_life(told.properties, told.when);
  builder.add_side(told.properties, told.side);
  told.properties.set("in-inset", style::Value(builder.in_detail(told.at)));
  if (!builder.selected(told.table, told.record.id, told.properties)) return false;
  if (!builder.takes(layer, told.properties)) return false;
  builder.context.feature = &told.properties;
  builder.context.side = style::Value(told.side);
  style::Look const look(layer, builder.context);
  double const opacity = builder.life_opacity(layer, look, life);
  if (opacity <= 0) return false;
  auto request = builder.label(layer, look, told.table + "." + told.record.id);
  if (request.spans.empty()) return false;
  request.opacity = opacity;
  request.placement = LabelPlacement::callout;
  request.anchor = told.at;
  request.symbol = told.symbol;
  request.callout = box_of(look);
  // What a box says is not the name of the thing beside it.
  request.name.clear();
  builder.scene.labels.push_back(std::move(request));
  builder.cite(told.record);
  return true;
}

draw::Box symbol_of(Builder const& builder, std::string const& place) {
  auto const it = builder.symbol_boxes.find(place);
  return it == builder.symbol_boxes.end() ? draw::Box{} : it->second;
}

std::optional<Point> in_view(Builder const& builder, std::optional<geo::LonLat> const& lonlat) {
  if (!lonlat) return {};
  auto const at = builder.view.to_page(*lonlat);
  return at && builder.view.frame().grown(-0.3).contains(*at) ? at : std::optional<Point>();
}

void tell_of_events(Builder& builder, style::StyleLayer const& layer, std::size_t& drawn) {
  for (auto const& event : builder.records().events) {
    if (!event.when || !builder.in_time(event.when)) continue;
    auto const at = in_view(builder, position_of(event, builder.records()));
    if (!at) continue;
    builder.draw_kept(layer, "events." + event.id, {}, [&] {
      auto properties = feature_of(event, builder.languages);
      builder.add_age(properties, event.when);
      Told told{event, "events", std::move(properties), event.side, *at, event.when, {}};
      if (!event.places.empty()) told.symbol = symbol_of(builder, event.places.front());
      if (ask_for(builder, layer, std::move(told))) ++drawn;
    });
  }
}

void tell_of_places(Builder& builder, style::StyleLayer const& layer, std::size_t& drawn) {
  for (auto const& place : builder.records().places) {
    auto const at = in_view(builder, position_of(place));
    if (!at) continue;
    auto const& now = builder.now[place.id];
    builder.draw_kept(
        layer, "places." + place.id, now.holder + '|' + now.condition + '|' + now.taken_by, [&] {
          Told told{place,
                    "places",
                    feature_of(place, now, builder.before[place.id], builder.languages),
                    now.holder,
                    *at,
                    {},
                    symbol_of(builder, place.id)};
          if (ask_for(builder, layer, std::move(told))) ++drawn;
        });
  }
}

void tell_of_units(Builder& builder, style::StyleLayer const& layer, std::size_t& drawn) {
  for (auto const& unit : builder.records().units) {
    auto position = unit.at;
    if (auto const it = builder.units_now.find(unit.id); it != builder.units_now.end()) {
      position = it->second.at;
    }
    auto const at = in_view(builder, position);
    if (!at || !builder.in_time(unit.when)) continue;
    auto const state = fmt::format("{} {}", at->x_mm, at->y_mm);
    builder.draw_kept(layer, "units." + unit.id, state, [&] {
      Told told{unit, "units", feature_of(unit, builder.languages), unit.side, *at, unit.when, {}};
      if (ask_for(builder, layer, std::move(told))) ++drawn;
    });
  }
}

}  // namespace

void draw_callouts(Builder& builder, style::StyleLayer const& layer) {
  std::size_t drawn = 0;
  std::size_t total = 0;
  auto const& records = builder.records();
  for (auto const& source : layer.sources) {
    if (source == "events") {
      tell_of_events(builder, layer, drawn);
      total += records.events.size();
    } else if (source == "places") {
      tell_of_places(builder, layer, drawn);
      total += records.places.size();
    } else if (source == "units") {
      tell_of_units(builder, layer, drawn);
      total += records.units.size();
    } else {
      builder.diagnostics.error(layer.origin, "callouts tell of no table \"" + source + "\"",
                                base::hint_of(source, {"events", "places", "units"}));
    }
  }
  builder.count(layer, total, drawn);
}

}  // namespace hachure::scene
