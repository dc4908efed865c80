#include "scene/fronts.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"
#include "draw/polygon.hpp"
#include "geo/ops.hpp"
#include "scene/axis.hpp"
#include "scene/page_feature.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

constexpr double degree_rad = std::numbers::pi / 180;

std::string text_of(geo::Feature const& feature, std::string const& name) {
  auto const it = feature.attributes.find(name);
  return it == feature.attributes.end() ? std::string() : geo::to_text(it->second);
}

std::string first_text(geo::Feature const& feature, std::initializer_list<char const*> names) {
  for (auto const* name : names) {
    if (auto text = text_of(feature, name); !text.empty()) return text;
  }
  return {};
}

std::vector<record::Citation> citations(std::string const& text) {
  std::vector<record::Citation> out;
  for (auto const& item : base::split_list(text, ';')) {
    auto const colon = item.find(':');
    out.push_back({item.substr(0, colon),
                   colon == std::string::npos ? std::string() : item.substr(colon + 1)});
  }
  return out;
}

std::optional<geo::LonLat> first_point(geo::Geometry const& geometry) {
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&geometry)) {
    if (!points->at.empty()) return points->at.front();
  }
  return {};
}

/// A side that the project does not have is told once for each map; the record is drawn in ink.
void check_side(Builder& builder, geo::Feature const& feature, std::string const& side,
                char const* field) {
  auto const& sides = builder.records().sides;
  if (side.empty() || sides.empty() || builder.memo != nullptr) return;
  if (builder.records().side(side) != nullptr) return;
  std::vector<std::string> ids;
  for (auto const& known : sides) ids.push_back(known.id);
  auto origin = feature.origin;
  origin.field = field;
  builder.diagnostics.error(origin, "\"" + side + "\" is not a side", base::hint_of(side, ids));
}

Front front_of(Builder& builder, record::LayerReference const& reference,
               geo::Feature const& feature) {
  Front front;
  front.id = reference.id + "." + feature.id;
  front.geometry = &feature.geometry;
  front.at = first_point(feature.geometry);
  front.properties = feature_of(feature, builder.languages);
  front.when = time_of_feature(feature, builder.diagnostics);
  front.side = text_of(feature, "side");
  front.against = text_of(feature, "against");
  front.facing = text_of(feature, "facing");
  check_side(builder, feature, front.side, "side");
  check_side(builder, feature, front.against, "against");
  front.base.id = feature.id;
  front.base.sources = citations(text_of(feature, "source"));
  front.base.certainty =
      record::parse_certainty(text_of(feature, "certainty")).value_or(record::Certainty::unstated);
  if (front.when) {
    front.properties.set("date", style::Value(date_text(*front.when, builder.languages.tag)));
    front.properties.set("date-short",
                         style::Value(date_text(*front.when, builder.languages.tag, false)));
  }
  return front;
}

std::string extra_text(record::RecordBase const& record, std::string const& name) {
  auto const it = record.extra.find(name);
  return it == record.extra.end() ? std::string() : geo::to_text(it->second);
}

template <class Record>
Front front_of_record(Builder const& builder, Record const& record, char const* table) {
  Front front;
  front.id = std::string(table) + "." + record.id;
  front.geometry = &record.geometry;
  front.when = record.when;
  front.side = record.side;
  front.base = static_cast<record::RecordBase const&>(record);
  front.facing = extra_text(record, "facing");
  if constexpr (std::is_same_v<Record, record::Event>) {
    front.properties = feature_of(record, builder.languages);
    front.against = record.against;
    front.at = position_of(record, builder.records());
  } else {
    auto const state = [&](std::map<std::string, PlaceState> const& states) {
      auto const it = states.find(record.id);
      return it == states.end() ? PlaceState{} : it->second;
    };
    auto const now = state(builder.now);
    front.properties = feature_of(record, now, state(builder.before), builder.languages);
    front.side = now.holder;
    front.at = position_of(record);
  }
  return front;
}

/// Share of the time shown that has gone by since the record was over: 0 while it lasts.
double past_share(Builder const& builder, std::optional<record::Edtf> const& when,
                  Life const& life) {
  bool const may_be_over = !builder.moment || life.phase == Life::Phase::after;
  if (!when || !may_be_over) return 0;
  auto const& span = builder.span;
  auto const end = record::outer(*when).latest;
  if (!end.is_finite() || !span.earliest.is_finite() || !span.latest.is_finite()) return 0;
  auto const length = static_cast<double>(span.latest.seconds - span.earliest.seconds);
  auto const since = static_cast<double>(span.latest.seconds - end.seconds);
  return length > 0 ? std::clamp(since / length, 0.0, 1.0) : 0;
}

/// One front as it is drawn.
struct Drawing {
  PageFeature page;
  std::string facing;
};

/// Areas are filled only by layers that say how: a line drawn round an area has no fill.
bool fills(style::StyleLayer const& layer) {
  return std::ranges::any_of(
      layer.properties, [](auto const& property) { return property.first->name == "fill-color"; });
}

bool strokes(style::StyleLayer const& layer) {
  return std::ranges::any_of(layer.properties, [](auto const& property) {
    return property.first->name.starts_with("line-");
  });
}

void add_area(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
              draw::Path const& path, std::string const& id, draw::Box const& window,
              std::vector<draw::Node>& nodes) {
  auto shape = area_shape(look, path);
  if (!look.text("fill-pattern").empty()) {
    // The seed of a stipple is the record's name, which the group bears.
    shape.id = id;
    auto group = patterned(builder, layer, look, shape, window);
    for (auto& child : group.children) nodes.push_back(std::move(child));
    return;
  }
  nodes.push_back({std::move(shape)});
}

std::vector<draw::Node> front_nodes(Builder& builder, style::StyleLayer const& layer,
                                    style::Look const& look, Drawing const& drawing,
                                    std::string const& id) {
  std::vector<draw::Node> nodes;
  if (!drawing.page.polygons.empty() && fills(layer)) {
    add_area(builder, layer, look, path_of(drawing.page.polygons), id, builder.view.frame(), nodes);
  }
  if (!strokes(layer)) return nodes;
  double const offset = look.mm("line-offset");
  auto lines = drawing.page.lines;
  for (auto& line : lines) line = offset_line(line, offset);
  for (auto& node : line_nodes(builder, layer, look, lines, drawing.facing)) {
    nodes.push_back(std::move(node));
  }
  return nodes;
}

void add_front_legend(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                      Front const& front, Drawing const& drawing) {
  if (layer.legend.empty() && !layer.legend_field) return;
  Drawing sample;
  std::vector<draw::Node> nodes;
  if (!drawing.page.polygons.empty() && fills(layer)) {
    draw::Path swatch;
    auto const box = draw::Box::of(-3.5, -1.5, 7, 3);
    swatch.add_box(box);
    if (look.text("front-shape") == "sector") {
      swatch = {};
      std::vector<Point> fan{{-3.4, 0.2}};
      for (int i = -4; i <= 4; ++i) {
        fan.push_back(fan.front() + draw::turned({6.6, 0}, i * 0.07));
      }
      swatch.add_polyline(fan, true);
      auto ring = fan;
      ring.push_back(fan.front());
      sample.page.lines = {ring};
    }
    add_area(builder, layer, look, swatch, layer.id, box, nodes);
  } else {
    sample.page.lines = sample_lines();
  }
  if (strokes(layer) && !sample.page.lines.empty()) {
    for (auto& node : line_nodes(builder, layer, look, sample.page.lines, "left")) {
      nodes.push_back(std::move(node));
    }
  }
  builder.add_legend(layer, front.properties, std::move(nodes));
}

void add_front_label(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                     Front const& front, Drawing const& drawing, double opacity) {
  auto request = builder.label(layer, look, front.id);
  if (request.spans.empty()) return;
  request.opacity = opacity;
  auto const& page = drawing.page;
  if (look.text("symbol-placement") == "line" || page.polygons.empty()) {
    // Behind the front, away from its signs: names follow a line of their own there.
    double behind_mm = 0;
    if (!drawing.facing.empty() && request.line_offset_mm > 0) {
      double const half_letter_mm = 0.36 * request.spans.front().style.size_mm;
      behind_mm = request.line_offset_mm + half_letter_mm;
      if (drawing.facing == "right") behind_mm *= -1;
      request.line_offset_mm = 0;
    }
    std::size_t longest = 0;
    for (auto const& line : page.lines) {
      auto const axis = smoothed_axis(line, 1.2, 0.3);
      if (axis.empty()) continue;
      auto points = offset_line(axis.points, behind_mm);
      if (points.front().x_mm > points.back().x_mm) std::ranges::reverse(points);
      if (points.size() > longest) {
        longest = points.size();
        request.anchor = points[longest / 2];
      }
      request.lines.push_back(std::move(points));
    }
    if (request.lines.empty()) return;
    request.placement = LabelPlacement::line;
  } else {
    auto const& largest = *std::ranges::max_element(page.polygons, {}, [](auto const& polygon) {
      return draw::area_mm2(path_of(std::vector<PagePolygon>{polygon}));
    });
    if (!set_in_area(request, largest)) return;
  }
  builder.scene.labels.push_back(std::move(request));
}

/// Whether it is on the map at all, and drawn; its life is told to the properties.
bool draw_front(Builder& builder, style::StyleLayer const& layer, Front& front) {
  builder.add_side(front.properties, front.side);
  builder.add_age(front.properties, front.when);
  auto const life = builder.add_life(front.properties, front.when);
  front.properties.set("past", style::Value(past_share(builder, front.when, life)));
  if (!builder.takes(layer, front.properties)) return false;
  builder.context.feature = &front.properties;
  builder.context.side = style::Value(front.side);
  style::Look const look(layer, builder.context);
  double const opacity = builder.life_opacity(layer, look, life);
  if (opacity <= 0) return false;
  Drawing drawing;
  if (look.text("front-shape") == "sector") {
    if (!front.at) return false;
    geo::Polygons<geo::LonLat> area;
    auto rings =
        outline_of(*front.at, {look.number("sector-bearing"), look.number("sector-angle"),
                               look.number("sector-range"), look.number("sector-inner-range")});
    if (rings.empty()) return false;
    area.at.push_back(std::move(rings));
    drawing.page = page_feature(geo::Geometry{std::move(area)}, builder.view, look);
  } else {
    drawing.page = page_feature(*front.geometry, builder.view, look);
  }
  if (drawing.page.lines.empty()) return false;
  drawing.facing = facing_side(builder, front, drawing.page.lines);
  draw::Group group;
  group.id = layer.id + "." + front.id;
  group.role = draw::GroupRole::record;
  group.opacity = opacity;
  if (auto const* title = front.properties.find(style::Key("name")))
    group.title = title->to_string();
  if (front.when) group.data["when"] = record::print(*front.when);
  if (!front.side.empty()) group.data["side"] = front.side;
  group.children = front_nodes(builder, layer, look, drawing, group.id);
  if (group.children.empty()) return false;
  auto const id = group.id;
  builder.add(layer, {std::move(group)});
  if (builder.memo == nullptr) {
    if (strokes(layer)) {
      double const reach = look.text("line-pattern").empty() ? 0 : look.mm("line-pattern-size");
      add_obstacle(builder, layer, id, drawing.page.lines,
                   std::max(look.mm("line-width") / 2, reach * 0.6));
    }
    add_front_legend(builder, layer, look, front, drawing);
  }
  add_front_label(builder, layer, look, front, drawing, opacity);
  builder.cite(front.base);
  return true;
}

bool is_source(style::StyleLayer const& layer, std::string_view name) {
  return std::ranges::find(layer.sources, name) != layer.sources.end();
}

}  // namespace

std::optional<record::Edtf> time_of_feature(geo::Feature const& feature,
                                            base::Diagnostics& diagnostics) {
  auto text = text_of(feature, "when");
  std::string field = "when";
  if (text.empty()) {
    auto const start = first_text(feature, {"start_date:edtf", "start", "start_date"});
    auto const end = first_text(feature, {"end_date:edtf", "end", "end_date"});
    if (start.empty() && end.empty()) return {};
    field = start.empty() ? "end" : "start";
    text = start == end ? start : (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end);
  }
  try {
    return record::parse_edtf(text);
  } catch (base::Error const& error) {
    auto origin = feature.origin;
    origin.field = field;
    diagnostics.error(origin, error.message(), error.hint());
    return {};
  }
}

std::vector<Front> fronts_of(Builder& builder, style::StyleLayer const& layer) {
  std::vector<Front> fronts;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster || !is_source(layer, source.reference->layer_class)) continue;
    for (auto const* feature : source.features) {
      fronts.push_back(front_of(builder, *source.reference, *feature));
    }
  }
  if (is_source(layer, "events")) {
    for (auto const& event : builder.records().events) {
      auto front = front_of_record(builder, event, "events");
      if (builder.selected("events", event.id, front.properties)) {
        fronts.push_back(std::move(front));
      }
    }
  }
  if (is_source(layer, "places")) {
    for (auto const& place : builder.records().places) {
      auto front = front_of_record(builder, place, "places");
      if (builder.selected("places", place.id, front.properties)) {
        fronts.push_back(std::move(front));
      }
    }
  }
  return fronts;
}

std::string facing_side(Builder const& builder, Front const& front,
                        std::vector<std::vector<Point>> const& lines) {
  if (front.facing == "left" || front.facing == "right") return front.facing;
  std::vector<Point> goals;
  std::optional<Point> way;
  auto const goal_at = [&](record::Place const* place) {
    auto const lonlat = place != nullptr ? position_of(*place) : std::nullopt;
    if (auto const at = lonlat ? builder.view.to_page(*lonlat) : std::nullopt) goals.push_back(*at);
  };
  if (auto const bearing = base::parse_number(front.facing)) {
    double const angle = *bearing * degree_rad + builder.view.north_rad();
    way = Point{std::sin(angle), -std::cos(angle)};
  } else if (!front.facing.empty()) {
    goal_at(builder.records().place(front.facing));
  } else if (!front.against.empty()) {
    for (auto const& place : builder.records().places) {
      auto const it = builder.now.find(place.id);
      if (it != builder.now.end() && it->second.holder == front.against) goal_at(&place);
    }
  }
  double to_right = 0;
  for (auto const& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      auto const d = line[i] - line[i - 1];
      auto towards = way.value_or(Point{});
      if (!way) {
        if (goals.empty()) return {};
        auto const middle = (line[i] + line[i - 1]) * 0.5;
        auto const nearest = *std::ranges::min_element(
            goals, {}, [&](Point p) { return draw::distance(p, middle); });
        double const far = draw::distance(nearest, middle);
        if (far > 0) towards = (nearest - middle) * (1 / far);
      }
      to_right += draw::cross(d, towards);
    }
  }
  return to_right > 0 ? "right" : "left";
}

std::vector<std::vector<geo::LonLat>> outline_of(geo::LonLat at, Sector const& sector) {
  if (!(sector.angle_deg > 0) || !(sector.range_m > 0)) return {};
  constexpr double axis_m = 6378137;
  constexpr double flattening = 1 / 298.257223563;
  constexpr double e2 = flattening * (2 - flattening);
  auto const point = [&](double bearing_deg, double distance_m) {
    double const north = distance_m * std::cos(bearing_deg * degree_rad);
    double const east = distance_m * std::sin(bearing_deg * degree_rad);
    double lat = at.lat_deg * degree_rad;
    double const guess = lat + north / axis_m / 2;
    double const w = 1 - e2 * std::pow(std::sin(guess), 2);
    double const meridian = axis_m * (1 - e2) / std::pow(w, 1.5);
    double const normal = axis_m / std::sqrt(w);
    return geo::LonLat{at.lon_deg + east / (normal * std::cos(guess)) / degree_rad,
                       std::clamp(at.lat_deg + north / meridian / degree_rad, -90.0, 90.0)};
  };
  bool const whole = sector.angle_deg >= 360;
  double const angle = std::min(sector.angle_deg, 360.0);
  int const steps = std::max(4, static_cast<int>(std::ceil(angle / 2)));
  auto const arc = [&](double radius_m) {
    std::vector<geo::LonLat> out;
    for (int i = 0; i <= steps; ++i) {
      out.push_back(
          point(sector.bearing_deg + angle * (static_cast<double>(i) / steps - 0.5), radius_m));
    }
    return out;
  };
  auto outer = arc(sector.range_m);
  bool const open = sector.inner_m > 0 && sector.inner_m < sector.range_m;
  if (whole) {
    outer.back() = outer.front();
    if (!open) return {outer};
    auto inner = arc(sector.inner_m);
    inner.back() = inner.front();
    std::ranges::reverse(inner);
    return {outer, inner};
  }
  if (open) {
    auto const inner = arc(sector.inner_m);
    outer.insert(outer.end(), inner.rbegin(), inner.rend());
  } else {
    outer.push_back(at);
  }
  outer.push_back(outer.front());
  return {outer};
}

bool has_dated_fronts(Builder const& builder, style::StyleLayer const& layer) {
  if (layer.type != style::LayerType::front) return false;
  if (is_source(layer, "events") || is_source(layer, "places")) return true;
  base::Diagnostics unheard;
  return std::ranges::any_of(builder.data.layers, [&](MapData::Layer const& source) {
    return !source.is_raster && is_source(layer, source.reference->layer_class) &&
           std::ranges::any_of(source.features, [&](geo::Feature const* feature) {
             return time_of_feature(*feature, unheard).has_value();
           });
  });
}

void draw_fronts(Builder& builder, style::StyleLayer const& layer) {
  auto fronts = fronts_of(builder, layer);
  std::size_t drawn = 0;
  for (auto& front : fronts) {
    if (!builder.in_time(front.when)) continue;
    // Which way a front faces may hang on who holds what.
    std::string state;
    if (front.facing.empty() && !front.against.empty()) {
      for (auto const& [id, place] : builder.now) {
        if (place.holder == front.against) state += id + ";";
      }
    }
    builder.draw_kept(layer, front.id, state, [&] {
      if (draw_front(builder, layer, front)) ++drawn;
    });
  }
  builder.count(layer, fronts.size(), drawn);
}

}  // namespace hachure::scene
