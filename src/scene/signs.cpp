// Symbols and names: geodata points, lines and areas with text, places, units, events.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "geo/ops.hpp"
#include "scene/area_axis.hpp"
#include "scene/builder.hpp"
#include "scene/movement.hpp"
#include "scene/page_feature.hpp"

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Point;

constexpr double degree_rad = 3.14159265358979323846 / 180;

Box sign_box(Point at, double half_mm) {
  return {at.x_mm - half_mm, at.y_mm - half_mm, at.x_mm + half_mm, at.y_mm + half_mm};
}

void add_symbol_obstacle(Builder& builder, style::StyleLayer const& layer, std::string const& owner,
                         Box const& box) {
  if (layer.obstacle <= 0) return;
  Obstacle obstacle;
  obstacle.owner = owner;
  obstacle.area.add_box(box);
  obstacle.weight = layer.obstacle;
  builder.scene.obstacles.push_back(std::move(obstacle));
}

/// Draws the symbol of a look, if it has one, and returns its box.
std::optional<Box> put_symbol(Builder& builder, style::StyleLayer const& layer,
                              style::Look const& look, style::Feature const& properties,
                              std::string const& side, std::string const& id,
                              std::string const& title, Point at, double bearing_deg,
                              double opacity = 1) {
  auto const name = look.text("icon-image");
  auto const colors = builder.colors_for(side, look);
  double const size = look.mm("icon-size");
  auto picture = builder.picture(name, colors, at, size, bearing_deg, layer);
  if (!picture) return {};
  picture->id = id;
  picture->title = title;
  auto const box = Builder::box_of(*picture).grown(look.mm("icon-padding"));
  auto sample = *picture;
  sample.id.clear();
  sample.anchor = {0, 0};
  sample.anchor_in_view = sample.source->view_box.center();
  // A ship in the legend lies on its side, as ships do on maps.
  if (sample.angle_rad != 0) sample.angle_rad = 90 * degree_rad;
  if (opacity < 1) {
    draw::Group faded;
    faded.opacity = opacity;
    faded.children.push_back({std::move(*picture)});
    builder.add(layer, {std::move(faded)});
  } else {
    builder.add(layer, {std::move(*picture)});
  }
  add_symbol_obstacle(builder, layer, id, box);
  builder.add_legend(layer, properties, {{std::move(sample)}});
  return box;
}

void add_point_label(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                     std::string const& record, Point at, Box const& symbol,
                     std::optional<Point> offset, double opacity = 1) {
  auto request = builder.label(layer, look, record);
  if (request.spans.empty()) return;
  request.opacity = opacity;
  request.placement = LabelPlacement::point;
  request.anchor = at;
  request.symbol = symbol;
  request.offset = offset;
  builder.scene.labels.push_back(std::move(request));
}

/// Paper offset set by hand in the data: `label_dx_mm`, `label_dy_mm`.
std::optional<Point> manual_offset(style::Feature const& feature) {
  auto const* dx = feature.find(style::Key("label_dx_mm"));
  auto const* dy = feature.find(style::Key("label_dy_mm"));
  auto const number = [](style::Value const* v) -> std::optional<double> {
    return v ? v->to_number() : std::nullopt;
  };
  auto const x = number(dx);
  auto const y = number(dy);
  if (!x && !y) return {};
  return Point{x.value_or(0), y.value_or(0)};
}

bool visible(Builder const& builder, Point at) {
  return builder.view.frame().grown(-0.3).contains(at);
}

/// Longest part of a line within the frame, in reading direction, smooth.
std::vector<std::vector<Point>> reading_lines(std::vector<std::vector<Point>> const& parts,
                                              double smooth_mm) {
  std::vector<std::vector<Point>> out;
  for (auto const& part : parts) {
    auto axis = smoothed_axis(part, smooth_mm, 0.3);
    if (axis.empty()) continue;
    auto line = axis.points;
    if (line.front().x_mm > line.back().x_mm) std::ranges::reverse(line);
    out.push_back(std::move(line));
  }
  return out;
}

/// A name on a line, over again at about its `repeat_mm`: requests for the parts of its lines, the
/// first for the middlemost part of the longest one.
std::vector<LabelRequest> repeated_along(LabelRequest request) {
  auto const& longest =
      *std::ranges::max_element(request.lines, {}, [](auto const& line) { return line.size(); });
  request.anchor = longest[longest.size() / 2];
  if (request.repeat_mm <= 0 || request.placement != LabelPlacement::line) return {request};
  std::vector<std::pair<double, Axis>> parts;
  for (auto const& line : request.lines) {
    auto const axis = axis_of(line);
    auto const count = std::max(1.0, std::round(axis.length_mm() / request.repeat_mm));
    double const each = axis.length_mm() / count;
    for (double k = 0; k < count; ++k) {
      double const from_middle = std::abs(k + 0.5 - count / 2) * each;
      parts.emplace_back(from_middle - axis.length_mm(), part_of(axis, k * each, (k + 1) * each));
    }
  }
  std::ranges::stable_sort(parts, {}, &std::pair<double, Axis>::first);
  std::vector<LabelRequest> out;
  for (auto& [order, part] : parts) {
    if (part.empty()) continue;
    auto one = request;
    one.lines = {part.points};
    one.anchor = part.at(part.length_mm() / 2);
    if (!out.empty()) {
      one.id += "#" + std::to_string(out.size() + 1);
      one.required = false;
      one.may_be_number = false;
    }
    out.push_back(std::move(one));
  }
  return out;
}

void draw_geometry_label(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                         geo::Feature const& feature, std::string const& record) {
  auto request = builder.label(layer, look, record);
  if (request.spans.empty()) return;
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&feature.geometry)) {
    std::vector<std::vector<Point>> page;
    for (auto const& line : lines->at) {
      for (auto& part : builder.view.line(line, 0)) page.push_back(std::move(part));
    }
    request.lines = reading_lines(page, look.mm("simplify") * 30);
    if (request.lines.empty()) return;
    request.placement =
        look.text("symbol-placement") == "area" ? LabelPlacement::area : LabelPlacement::line;
    for (auto& repeated : repeated_along(std::move(request))) {
      builder.scene.labels.push_back(std::move(repeated));
    }
  } else if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&feature.geometry)) {
    // The largest part carries the name.
    double largest = 0;
    std::vector<std::vector<Point>> best;
    for (auto const& polygon : polygons->at) {
      auto rings = builder.view.polygon(polygon, 0);
      if (rings.empty()) continue;
      draw::Path path;
      path.add_polyline(rings.front(), true);
      double const area = draw::area_mm2(path);
      if (area > largest) largest = area, best = std::move(rings);
    }
    if (best.empty()) return;
    if (!set_in_area(request, best)) return;
    if (look.text("symbol-placement") == "area") {
      auto axis = axis_of_area(request.area);
      if (!axis.empty()) request.lines = reading_lines({axis.points}, 0);
    }
    builder.scene.labels.push_back(std::move(request));
  }
}

}  // namespace

void draw_symbols(Builder& builder, style::StyleLayer const& layer) {
  std::size_t total = 0;
  std::size_t drawn = 0;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster) continue;
    if (std::ranges::find(layer.sources, source.reference->layer_class) == layer.sources.end()) {
      continue;
    }
    for (auto const* source_feature : source.features) {
      auto const& feature = *source_feature;
      ++total;
      auto const properties = feature_of(feature, builder.languages);
      if (!builder.takes(layer, properties)) continue;
      builder.context.feature = &properties;
      style::Look const look(layer, builder.context);
      auto const record = source.reference->id + "." + feature.id;
      auto const* points = std::get_if<geo::Points<geo::LonLat>>(&feature.geometry);
      if (points == nullptr) {
        ++drawn;
        draw_geometry_label(builder, layer, look, feature, record);
        continue;
      }
      for (auto const& lonlat : points->at) {
        auto const at = builder.view.to_page(lonlat);
        if (!at || !visible(builder, *at)) continue;
        ++drawn;
        auto const symbol =
            put_symbol(builder, layer, look, properties, {}, record, {}, *at,
                       look.number("icon-rotate") + builder.view.north_rad() / degree_rad);
        add_point_label(builder, layer, look, record, *at, symbol.value_or(Box{}),
                        manual_offset(properties));
      }
    }
  }
  builder.count(layer, total, drawn);
}

namespace {

/// A place in its state, as a layer's expressions see it.
style::Feature place_feature(Builder& builder, record::Place const& place, Point at) {
  auto const& now = builder.now[place.id];
  auto properties = feature_of(place, now, builder.before[place.id], builder.languages);
  builder.add_side(properties, now.holder);
  properties.set("in-inset", style::Value(builder.in_detail(at)));
  auto const set_of = [&](std::string const& name, std::string const& side) {
    style::Feature probe;
    builder.add_side(probe, side);
    properties.set(name + "-color", *probe.find(style::Key("side-color")));
    properties.set(name + "-cue", *probe.find(style::Key("side-cue")));
  };
  set_of("holder-before", builder.before[place.id].holder);
  set_of("taken-by", now.taken_by);
  return properties;
}

/// Symbol and name of one place in its state; false when the layer does not take it.
bool draw_place(Builder& builder, style::StyleLayer const& layer, record::Place const& place,
                Point at) {
  auto const& now = builder.now[place.id];
  auto const properties = place_feature(builder, place, at);
  if (!builder.selected("places", place.id, properties)) return false;
  if (!builder.takes(layer, properties)) return false;
  builder.context.feature = &properties;
  builder.context.certainty = style::Value(std::string(to_string(place.certainty)));
  builder.context.side = style::Value(now.holder);
  style::Look const look(layer, builder.context);
  auto const record = "places." + place.id;
  auto const& name = place.map_name(builder.languages.tag, builder.languages.fallbacks);
  double const bearing = look.number("icon-rotate") + builder.view.north_rad() / degree_rad;
  auto const symbol =
      put_symbol(builder, layer, look, properties, now.holder, record, name, at, bearing);
  if (symbol) builder.symbol_boxes[place.id] = *symbol;
  add_point_label(builder, layer, look, record, at, symbol.value_or(sign_box(at, 0)),
                  manual_offset(properties));
  return true;
}

}  // namespace

std::optional<Box> place_symbol_box(Builder& builder, style::StyleLayer const& layer,
                                    record::Place const& place, Point at) {
  auto const properties = place_feature(builder, place, at);
  if (!builder.selected("places", place.id, properties)) return {};
  if (!builder.takes(layer, properties)) return {};
  builder.context.certainty = style::Value(std::string(to_string(place.certainty)));
  builder.context.side = style::Value(builder.now[place.id].holder);
  style::Look const look(layer, builder.context);
  auto const picture = builder.picture(look.text("icon-image"),
                                       builder.colors_for(builder.now[place.id].holder, look), at,
                                       look.mm("icon-size"), look.number("icon-rotate"), layer);
  if (!picture) return {};
  return Builder::box_of(*picture);
}

void draw_places(Builder& builder, style::StyleLayer const& layer) {
  std::size_t drawn = 0;
  for (auto const& place : builder.records().places) {
    auto const lonlat = position_of(place);
    if (!lonlat) continue;
    auto const at = builder.view.to_page(*lonlat);
    if (!at || !visible(builder, *at)) continue;
    auto const& now = builder.now[place.id];
    builder.draw_kept(layer, "places." + place.id,
                      now.holder + '|' + now.condition + '|' + now.taken_by, [&] {
                        if (draw_place(builder, layer, place, *at)) ++drawn;
                      });
  }
  builder.count(layer, builder.records().places.size(), drawn);
}

namespace {

/// Whether a unit is there: at the moment asked for, else at some time of the map's interval.
bool is_standing(Builder const& builder, record::Unit const& unit) {
  if (!builder.moment) return builder.in_time(unit.when);
  return !unit.when || record::presence(*unit.when, *builder.moment) != record::Presence::absent;
}

/// Whether the layer draws a unit that has no position of its own at the head of its movement.
bool rides_at_head(Builder& builder, style::StyleLayer const& layer, record::Unit const& unit) {
  auto const properties = feature_of(unit, builder.languages);
  builder.context.feature = &properties;
  return style::Look(layer, builder.context).flag("unit-at-head");
}

/// Where a unit stands once all that the map shows has happened.
UnitState state_at_end(Builder const& builder, std::string const& unit) {
  auto states = units_at(builder.records(), builder.interval.latest);
  return std::move(states[unit]);
}

struct Head {
  Point at;
  Point way;  ///< unit direction
};

/// The head of a movement as it is drawn at the moment; nothing where it is not on the map.
std::optional<Head> drawn_head(Builder const& builder, std::string const& movement_id) {
  auto const* movement = builder.records().movement(movement_id);
  if (movement == nullptr) return {};
  for (auto const& [key, axis] : builder.all_routes()) {
    if (!key.ends_with("/" + movement_id) || axis.empty()) continue;
    double progress = builder.moment ? progress_at(*movement, *builder.moment) : 1;
    if (builder.run && movement->when_at_point.empty()) progress = eased(progress);
    double const s = progress * axis.length_mm();
    return Head{axis.at(s), axis.direction(s)};
  }
  return {};
}

}  // namespace

void draw_units(Builder& builder, style::StyleLayer const& layer) {
  std::size_t drawn = 0;
  std::size_t total = 0;
  auto const draw_one = [&](record::Unit const& unit, Point at, double bearing_deg,
                            std::string const& id, std::optional<record::Edtf> const& when,
                            record::RecordBase const& cited) {
    auto properties = feature_of(unit, builder.languages);
    properties.set("date",
                   style::Value(when ? date_text(*when, builder.languages.tag) : std::string()));
    auto const life = builder.add_life(properties, when);
    if (auto const now = builder.units_now.find(unit.id); now != builder.units_now.end()) {
      if (now->second.strength) properties.set("strength", style::Value(*now->second.strength));
      properties.set("moving", style::Value(now->second.is_moving));
    }
    builder.add_side(properties, unit.side);
    if (!builder.selected("units", unit.id, properties)) return;
    if (!builder.takes(layer, properties)) return;
    builder.context.feature = &properties;
    builder.context.side = style::Value(unit.side);
    style::Look const look(layer, builder.context);
    double const opacity = builder.life_opacity(layer, look, life);
    if (opacity <= 0) return;
    ++drawn;
    auto const& name = unit.map_name(builder.languages.tag, builder.languages.fallbacks);
    auto const symbol =
        put_symbol(builder, layer, look, properties, unit.side, id, name, at, bearing_deg, opacity);
    add_point_label(builder, layer, look, id, at, symbol.value_or(sign_box(at, 0)),
                    manual_offset(properties), opacity);
    builder.cite(cited);
  };
  double const north_deg = builder.view.north_rad() / degree_rad;
  for (auto const& unit : builder.records().units) {
    ++total;
    if (!is_standing(builder, unit)) continue;
    UnitState now{unit.at, unit.heading_deg, {}, {}, false};
    if (auto const it = builder.units_now.find(unit.id); it != builder.units_now.end()) {
      now = it->second;
    }
    bool const rides = !unit.at && rides_at_head(builder, layer, unit);
    if (!unit.at && !rides) continue;
    if (rides && !builder.moment) now = state_at_end(builder, unit.id);
    if (!now.at) continue;
    auto at = builder.view.to_page(*now.at);
    double head_deg = now.heading_deg.value_or(0) + north_deg;
    if (rides) {
      if (auto const head = drawn_head(builder, now.movement)) {
        at = head->at;
        head_deg = std::atan2(head->way.x_mm, -head->way.y_mm) / degree_rad;
      }
    }
    if (!at || !visible(builder, *at)) continue;
    auto const state =
        fmt::format("{} {} {} {}", at->x_mm, at->y_mm, head_deg, now.strength.value_or(-1));
    builder.draw_kept(layer, "units." + unit.id, state,
                      [&] { draw_one(unit, *at, head_deg, "units." + unit.id, unit.when, unit); });
  }
  // Units of an event that stands on a line lie along it at even distances, in the order given.
  for (auto const& event : builder.records().events) {
    auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&event.geometry);
    if (lines == nullptr || event.units.empty() || !builder.in_time(event.when)) continue;
    // At a moment the ships are in their line while the event lasts.
    if (builder.moment && event.when &&
        record::presence(*event.when, *builder.moment) == record::Presence::absent) {
      continue;
    }
    auto const event_feature = feature_of(event, builder.languages);
    if (!builder.selected("events", event.id, event_feature)) continue;
    std::vector<Point> page;
    for (auto const& p : lines->at.front()) {
      if (auto const at = builder.view.to_page(p)) page.push_back(*at);
    }
    auto const axis = smoothed_axis(page, 0);
    if (axis.empty()) continue;
    auto const n = event.units.size();
    for (std::size_t i = 0; i < n; ++i) {
      auto const* unit = builder.records().unit(event.units[i]);
      if (unit == nullptr) continue;
      ++total;
      double const s = n == 1
                           ? axis.length_mm() / 2
                           : axis.length_mm() * static_cast<double>(i) / static_cast<double>(n - 1);
      auto const at = axis.at(s);
      if (!visible(builder, at)) continue;
      auto const d = axis.direction(s);
      auto const id = "units." + unit->id + "." + event.id;
      builder.draw_kept(layer, id, {}, [&] {
        draw_one(*unit, at, std::atan2(d.x_mm, -d.y_mm) / degree_rad, id, event.when, event);
      });
    }
  }
  builder.count(layer, total, drawn);
}

record::Instant time_in_order(record::Edtf const& when) {
  auto at = record::outer(when).earliest;
  auto const precision = when.members().front().first.date.precision;
  if (at.is_finite() && precision == record::EdtfDate::Precision::day) at.seconds += 12 * 3600;
  return at;
}

namespace {

struct ShownEvent {
  record::Event const* event;
  style::Feature properties;
  Point at;
  Life life;
};

/// The event as the layer sees it, or nothing.
std::optional<ShownEvent> shown_event(Builder& builder, style::StyleLayer const& layer,
                                      record::Event const& event, Point at) {
  auto properties = feature_of(event, builder.languages);
  builder.add_side(properties, event.side);
  builder.add_age(properties, event.when);
  auto const life = builder.add_life(properties, event.when);
  properties.set("in-inset", style::Value(builder.in_detail(at)));
  if (!builder.selected("events", event.id, properties)) return {};
  if (!builder.takes(layer, properties)) return {};
  return ShownEvent{&event, std::move(properties), at, life};
}

/// Where an event's sign stands on the page, if it has begun and is in view.
std::optional<Point> event_on_page(Builder& builder, record::Event const& event) {
  if (!event.when || !builder.in_time(event.when)) return {};
  auto const lonlat = position_of(event, builder.records());
  if (!lonlat) return {};
  auto const at = builder.view.to_page(*lonlat);
  if (!at || !visible(builder, *at)) return {};
  return at;
}

/// Number, sign and key entry of one event.
void draw_event(Builder& builder, style::StyleLayer const& layer, ShownEvent const& s) {
  builder.context.feature = &s.properties;
  builder.context.side = style::Value(s.event->side);
  builder.context.progress = s.life.progress;
  style::Look const look(layer, builder.context);
  double const opacity = builder.life_opacity(layer, look, s.life);
  if (opacity <= 0) return;
  auto const record = "events." + s.event->id;
  LabelRequest request;
  request.opacity = opacity;
  request.id = record + "@" + layer.id;
  request.record = record;
  request.layer = layer.id;
  request.group = layer.group;
  request.lang = builder.languages.tag;
  request.anchors = look.texts("text-variable-anchor");
  request.gap_mm = look.mm("text-radial-offset");
  request.anchor = s.at;
  request.sort_key = look.number("symbol-sort-key");
  request.required = true;
  request.leader = true;
  request.offset = manual_offset(s.properties);
  for (auto const& id : s.event->places) {
    if (auto const it = builder.symbol_boxes.find(id); it != builder.symbol_boxes.end()) {
      request.symbol = it->second;
      break;
    }
  }
  LabelRequest::Badge badge;
  badge.diameter_mm = look.mm("number-size");
  badge.ring = look.color_or("number-color", builder.side_color(s.event->side));
  badge.fill = look.color_or("number-fill", {1, 1, 1, 1});
  badge.ring_width_mm = look.mm("number-width");
  auto const colors = builder.colors_for(s.event->side, look);
  double const icon_mm = look.mm("icon-size");
  if (auto icon = builder.picture(look.text("icon-image"), colors, {0, 0}, icon_mm, 0, layer)) {
    icon->anchor_in_view = icon->source->view_box.center();
    badge.icon = *icon;
    badge.icon_size_mm = icon_mm;
    // In the legend the sign stands for all sides.
    auto neutral = colors;
    neutral.side = builder.style.furniture.ink;
    auto sample = builder.picture(look.text("icon-image"), neutral, {0, 0}, icon_mm, 0, layer);
    sample->anchor_in_view = icon->anchor_in_view;
    builder.add_legend(layer, s.properties, {{*sample}});
  }
  auto const numbered = builder.numbers.find(s.event->id);
  if (numbered == builder.numbers.end()) badge.diameter_mm = 0;
  if (badge.diameter_mm > 0) {
    int const number = numbered->second;
    style::TextStyle figures;
    figures.fonts = look.texts("number-font");
    if (figures.fonts.empty()) figures.fonts = builder.style.furniture.figure.fonts;
    figures.size_mm = look.mm("number-text-size") * (number > 9 ? 0.9 : 1.0);
    figures.letter_spacing_em = number > 9 ? -0.04 : 0;
    figures.color = badge.ring;
    request.spans = {{std::to_string(number), figures}};
    auto const& title = s.event->title.in(builder.languages.tag, builder.languages.fallbacks);
    builder.scene.key.push_back(
        {number, record, date_text(*s.event->when, builder.languages.tag, builder.years_matter()),
         title, badge.ring});
  }
  // An event that the inset shows is in the key of the page and has its number there.
  bool const elsewhere = builder.in_detail(s.at);
  if (!elsewhere && (badge.diameter_mm > 0 || badge.icon)) {
    request.badge = badge;
    builder.scene.labels.push_back(std::move(request));
  }
  builder.cite(*s.event);
}

}  // namespace

void draw_events(Builder& builder, style::StyleLayer const& layer) {
  std::size_t drawn = 0;
  if (builder.memo != nullptr) {
    for (auto const& event : builder.records().events) {
      auto const at = event_on_page(builder, event);
      if (!at) continue;
      builder.draw_kept(layer, "events." + event.id, {}, [&] {
        if (auto const s = shown_event(builder, layer, event, *at)) draw_event(builder, layer, *s);
      });
    }
    return;
  }
  std::vector<ShownEvent> shown;
  for (auto const& event : builder.records().events) {
    auto const at = event_on_page(builder, event);
    if (!at) continue;
    if (auto s = shown_event(builder, layer, event, *at)) shown.push_back(std::move(*s));
  }
  // Numbers go by time; events of one hour by their rows, which a table's author ordered. A map
  // inside another one takes the numbers of its parent.
  std::ranges::stable_sort(shown, {},
                           [](ShownEvent const& s) { return time_in_order(*s.event->when); });
  if (!builder.is_inset && !builder.has_all_numbers) {
    for (auto const& s : shown) {
      builder.numbers.emplace(s.event->id, static_cast<int>(builder.numbers.size()) + 1);
    }
  }
  for (auto const& s : shown) draw_event(builder, layer, s);
  drawn = shown.size();
  builder.count(layer, builder.records().events.size(), drawn);
}

}  // namespace hachure::scene
