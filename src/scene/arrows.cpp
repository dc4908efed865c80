// Movements and bombardments.
#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "scene/band.hpp"
#include "scene/builder.hpp"
#include "scene/flow.hpp"
#include "scene/movement.hpp"
#include "scene/movement_ends.hpp"
#include "scene/movement_legend.hpp"
#include "scene/movement_marks.hpp"
#include "scene/movement_paint.hpp"
#include "scene/movement_route.hpp"
#include "scene/movement_ticks.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

struct Shown {
  record::Movement const* movement;
  style::Feature properties;
  Life life;
};

/// A movement as the layer sees it, or nothing.
std::optional<Shown> shown_movement(Builder& builder, style::StyleLayer const& layer,
                                    record::Movement const& movement) {
  auto properties = feature_of(movement, builder.records(), builder.languages);
  builder.add_side(properties, movement.side);
  builder.add_age(properties, movement.when);
  auto const life = builder.add_life(properties, movement.when);
  if (!builder.selected("movements", movement.id, properties)) return {};
  if (!builder.takes(layer, properties)) return {};
  return Shown{&movement, std::move(properties), life};
}

double strength_of(record::Movement const& movement) {
  double most = movement.strength.value_or(0);
  for (double const strength : movement.strength_at_point) most = std::max(most, strength);
  return most;
}

/// Movements that have begun; later ones lie over earlier ones, or weaker over stronger.
std::vector<record::Movement const*> movements_in_time(Builder const& builder,
                                                       style::StyleLayer const& layer) {
  std::vector<record::Movement const*> movements;
  for (auto const& movement : builder.records().movements) {
    if (builder.in_time(movement.when) && movement.line.size() > 1) movements.push_back(&movement);
  }
  if (style::Look(layer, builder.context).text("movement-order") == "strength") {
    std::ranges::stable_sort(movements, std::ranges::greater{},
                             [](record::Movement const* m) { return strength_of(*m); });
    return movements;
  }
  std::ranges::stable_sort(movements, {}, [](record::Movement const* m) {
    return m->when ? record::outer(*m->when).earliest : record::Instant::min();
  });
  return movements;
}

/// Path of a movement on the page: the longest part that lies within the frame and a little beyond.
std::vector<Point> page_path(Builder const& builder, record::Movement const& movement) {
  auto parts = builder.view.line(movement.line, 6);
  std::vector<Point> best;
  double longest = 0;
  for (auto& part : parts) {
    double length = 0;
    for (std::size_t i = 1; i < part.size(); ++i) length += draw::distance(part[i - 1], part[i]);
    if (length > longest) longest = length, best = std::move(part);
  }
  return best;
}

/// How far a movement has come along its path, unless the style says. Frames start and stop softly
/// where no times are known; a single state shows where the record's own time puts it.
double progress_of(Builder const& builder, style::Look const& look, Shown const& shown) {
  if (look.has("movement-progress")) {
    if (auto const share = look.value("movement-progress").to_number()) {
      return std::clamp(*share, 0.0, 1.0);
    }
  }
  if (!builder.moment) return 1;
  if (!shown.movement->when_at_point.empty()) {
    return progress_at(*shown.movement, *builder.moment);
  }
  return builder.run ? eased(shown.life.progress) : shown.life.progress;
}

void add_flag(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
              std::string const& record, Axis const& axis, draw::Color const& color) {
  auto spans = builder.spans(look, "flag-field", "flag-");
  if (spans.empty()) return;
  LabelRequest flag;
  flag.id = record + ".flag@" + layer.id;
  flag.record = record;
  flag.layer = layer.id;
  flag.group = "flags";
  flag.lang = builder.languages.tag;
  flag.placement = LabelPlacement::flag;
  flag.lines = {axis.points};
  flag.spans = std::move(spans);
  flag.sort_key = look.number("symbol-sort-key");
  auto const tab = look.color_or("flag-color", color);
  flag.flag = LabelRequest::Flag{tab, color};
  builder.scene.labels.push_back(std::move(flag));
}

/// Tells the expressions which movement is asked about.
void enter(Builder& builder, Shown const& shown) {
  builder.context.feature = &shown.properties;
  builder.context.side = style::Value(shown.movement->side);
  builder.context.certainty = style::Value(std::string(to_string(shown.movement->certainty)));
  builder.context.progress = shown.life.progress;
}

/// Way in which a width changes at one place.
constexpr double step_at_once_mm = 0.02;

/// Points of a flow on the page with the width its strength has at each; empty for movements whose
/// width is not that of their strength.
Flow flow_of(Builder const& builder, style::Look const& look, record::Movement const& movement) {
  Flow flow;
  double const mm_per_1000 = look.mm("movement-width-per-1000");
  if (mm_per_1000 <= 0) return flow;
  auto strengths = movement.strength_at_point;
  std::vector<std::size_t> at_once;
  if (strengths.size() != movement.line.size()) {
    if (!movement.strength) return flow;
    strengths.assign(movement.line.size(), *movement.strength);
  }
  for (std::size_t i = 0; i < movement.line.size(); ++i) {
    auto const at = builder.view.to_page(movement.line[i]);
    if (!at) continue;
    flow.points.push_back(*at);
    // Two strengths at one place, as where a column is joined: the width changes at once.
    if (i > 0 && movement.line[i] == movement.line[i - 1])
      at_once.push_back(flow.points.size() - 1);
    flow.width_mm.push_back(
        std::max(strengths[i] / 1000 * mm_per_1000, look.mm("movement-width-least")));
  }
  if (flow.points.size() < 2) return {};
  for (auto const i : at_once) {
    if (i + 1 >= flow.points.size() || i == 0) continue;
    auto const on = flow.points[i + 1] - flow.points[i];
    double const length = draw::length(on);
    if (length > 1) flow.points[i] = flow.points[i] + on * (step_at_once_mm / length);
  }
  return flow;
}

Axis axis_along(std::vector<Point> const& path, std::vector<double> const& widths,
                style::Look const& look) {
  auto const curve = look.text("movement-curve");
  if (curve == "through") return curve_through(path, widths);
  auto const smooth_mm = curve == "straight" ? 0 : look.mm("movement-smooth");
  return smoothed_axis(axis_of(path, widths), smooth_mm);
}

/// Smooth paths of all movements shown: flows joined where they meet, the others moved apart where
/// they run on one route.
std::vector<Axis> routes_of(Builder& builder, style::StyleLayer const& layer,
                            std::vector<Shown> const& shown) {
  std::vector<Flow> flows;
  double gap_mm = 0;
  for (auto const& s : shown) {
    enter(builder, s);
    style::Look const look(layer, builder.context);
    flows.push_back(flow_of(builder, look, *s.movement));
    gap_mm = std::max(gap_mm, look.mm("movement-gap"));
  }
  flows = joined_flows(flows, gap_mm);
  std::vector<Axis> axes;
  std::vector<Axis> plain;
  std::vector<double> widths;
  RouteGrounds grounds;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    enter(builder, shown[i]);
    style::Look const look(layer, builder.context);
    bool const is_flow = !flows[i].points.empty();
    auto const& movement = *shown[i].movement;
    Axis axis;
    if (is_flow) {
      axis = axis_along(flows[i].points, flows[i].width_mm, look);
    } else if (movement.is_of_places) {
      axis = natural_axis(builder, look, movement, grounds);
    }
    if (axis.empty()) axis = axis_along(page_path(builder, movement), {}, look);
    if (!axis.empty()) axis = trimmed(axis, trim_of(builder, look, movement, axis));
    // Flows lie where their strength puts them; they are not pushed about.
    plain.push_back(is_flow ? Axis{} : axis);
    axes.push_back(std::move(axis));
    widths.push_back(look.mm("movement-width") * look.number("movement-width-scale") +
                     2 * look.mm("movement-casing-width"));
  }
  auto const apart = moved_apart(plain, widths, gap_mm);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (!apart[i].empty()) axes[i] = apart[i];
    enter(builder, shown[i]);
    style::Look const look(layer, builder.context);
    double const share = look.number("movement-return");
    if (share > 0) axes[i] = out_and_back(axes[i], 1.7 * widths[i], share);
  }
  return axes;
}

/// Flag and name of a movement. They keep to the whole path, so that they stay while the arrow
/// grows.
void add_texts(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
               std::string const& record, Axis const& course, draw::Color const& color,
               double opacity) {
  auto const whole = way_out(course, look.number("movement-return"));
  auto const labels_before = builder.scene.labels.size();
  add_flag(builder, layer, look, record, whole, color);
  if (builder.scene.labels.size() > labels_before) builder.scene.labels.back().opacity = opacity;
  auto request = builder.label(layer, look, record);
  if (request.spans.empty()) return;
  request.placement = LabelPlacement::line;
  request.group = "movement-names";
  request.opacity = opacity;
  auto line = whole.points;
  if (line.front().x_mm > line.back().x_mm) std::ranges::reverse(line);
  request.lines = {std::move(line)};
  builder.scene.labels.push_back(std::move(request));
}

/// Whether one of them begins or ends at a point of the other.
bool are_joined(record::Movement const& a, record::Movement const& b) {
  auto const meets = [](record::Movement const& ends, record::Movement const& line) {
    return std::ranges::any_of(
        line.line, [&](geo::LonLat p) { return p == ends.line.front() || p == ends.line.back(); });
  };
  return meets(a, b) || meets(b, a);
}

/// Bodies of the flows of the same side that a flow is joined to: no edge may part it from them.
Path joined_bodies(Builder const& builder, style::StyleLayer const& layer,
                   record::Movement const& movement) {
  std::vector<Path> bodies;
  auto const own = builder.all_routes().find(layer.id + "/" + movement.id);
  if (own == builder.all_routes().end() || own->second.width_mm.empty()) return {};
  for (auto const& other : builder.records().movements) {
    auto const route = builder.all_routes().find(layer.id + "/" + other.id);
    if (other.id == movement.id || other.side != movement.side ||
        route == builder.all_routes().end() || route->second.width_mm.empty() ||
        !are_joined(movement, other)) {
      continue;
    }
    std::vector<double> half;
    for (double const width : route->second.width_mm) half.push_back(width / 2);
    bodies.push_back(band_area(route->second.points, half));
  }
  return bodies.empty() ? Path{} : draw::united(bodies);
}

/// Arrow, flag and name of one movement up to its progress; false when nothing shows yet.
bool draw_movement(Builder& builder, style::StyleLayer const& layer, Shown const& shown,
                   Axis const& whole, MovementLegend& legend) {
  auto const& movement = *shown.movement;
  enter(builder, shown);
  style::Look const look(layer, builder.context);
  if (whole.empty() || whole.length_mm() < 1) return false;
  double const opacity = builder.life_opacity(layer, look, shown.life);
  double const progress = progress_of(builder, look, shown);
  if (progress < 1) builder.never_steady();
  auto const axis = progress < 1 ? part_of(whole, 0, progress * whole.length_mm()) : whole;
  if (axis.empty() || opacity <= 0) return false;
  auto const color = look.color_or("movement-color", builder.side_color(movement.side));
  auto group = paint_arrow(axis, look, {color, false, joined_bodies(builder, layer, movement)});
  if (group.children.empty()) return false;
  for (auto& tick : add_ticks(builder, layer, movement, {shown.properties, whole, opacity},
                              axis.length_mm(), color)) {
    group.children.push_back(std::move(tick));
  }
  group.opacity = opacity;
  auto const record = "movements." + movement.id;
  if (builder.memo == nullptr) {
    Obstacle obstacle;
    obstacle.owner = record;
    obstacle.area = make_arrow(axis, shape_of(look, axis)).body;
    obstacle.weight = layer.obstacle;
    builder.scene.obstacles.push_back(std::move(obstacle));
    legend.add(shown.properties, builder.side_color(movement.side));
    enter(builder, shown);
    add_strength_legend(builder, layer, {look, shown.properties, color});
  }
  group.id = record;
  group.role = draw::GroupRole::record;
  group.title = movement.title.in(builder.languages.tag, builder.languages.fallbacks);
  if (movement.when) group.data["when"] = record::print(*movement.when);
  if (!movement.side.empty()) group.data["side"] = movement.side;
  builder.add(layer, {std::move(group)});
  add_texts(builder, layer, look, record, whole, color, opacity);
  add_strength_figures(builder, layer, movement, {shown.properties, whole, opacity});
  builder.cite(movement);
  return true;
}

}  // namespace

void draw_movements(Builder& builder, style::StyleLayer const& layer) {
  auto const movements = movements_in_time(builder, layer);
  MovementLegend legend(builder, layer);
  if (builder.memo != nullptr) {
    for (auto const* movement : movements) {
      auto const route = builder.all_routes().find(layer.id + "/" + movement->id);
      if (route == builder.all_routes().end()) continue;
      builder.draw_kept(layer, "movements." + movement->id, {}, [&] {
        if (auto const shown = shown_movement(builder, layer, *movement)) {
          draw_movement(builder, layer, *shown, route->second, legend);
        }
      });
    }
    return;
  }
  std::vector<Shown> shown;
  for (auto const* movement : movements) {
    if (auto s = shown_movement(builder, layer, *movement)) shown.push_back(std::move(*s));
  }
  auto const axes = routes_of(builder, layer, shown);
  // Figures beside a movement look for room among the others.
  for (std::size_t i = 0; i < shown.size(); ++i) {
    builder.routes.emplace(layer.id + "/" + shown[i].movement->id, axes[i]);
  }
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (draw_movement(builder, layer, shown[i], axes[i], legend)) ++drawn;
  }
  legend.finish();
  builder.count(layer, builder.records().movements.size(), drawn);
}

namespace {

/// Arc from a gun to a target: a quadratic curve that bends to the left of its chord.
std::vector<Point> arc_of(Point from, Point to, double bend) {
  auto const d = to - from;
  Point const control = (from + to) * 0.5 + Point{d.y_mm, -d.x_mm} * bend;
  std::vector<Point> arc;
  for (int i = 0; i <= 24; ++i) {
    double const t = i / 24.0;
    arc.push_back(from * ((1 - t) * (1 - t)) + control * (2 * t * (1 - t)) + to * (t * t));
  }
  return arc;
}

std::vector<Point> gun_points(Builder const& builder, record::Event const& event) {
  std::vector<Point> guns;
  for (auto const& id : event.from) {
    auto const* place = builder.records().place(id);
    if (place == nullptr) continue;
    if (auto const lonlat = position_of(*place)) {
      if (auto const at = builder.view.to_page(*lonlat)) guns.push_back(*at);
    }
  }
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&event.geometry)) {
    std::vector<Point> page;
    for (auto const& p : lines->at.front()) {
      if (auto const at = builder.view.to_page(p)) page.push_back(*at);
    }
    auto const axis = smoothed_axis(page, 0);
    if (!axis.empty()) {
      // The ships lie along the line at even distances (see draw_units).
      auto const n = std::max<std::size_t>(2, event.units.size());
      for (std::size_t i = 0; i < n; ++i) {
        guns.push_back(
            axis.at(axis.length_mm() * static_cast<double>(i) / static_cast<double>(n - 1)));
      }
    }
  }
  return guns;
}

/// Guns fire while the bombardment lasts; in a run the smoke of the last shots may hang on.
double fire_opacity(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                    Life const& life) {
  bool const is_over = life.phase == Life::Phase::after;
  if (!builder.moment || !is_over) return builder.life_opacity(layer, look, life);
  if (!builder.run || look.number("life-rest") >= 1) return 0;
  return builder.life_opacity(layer, look, life);
}

/// Arcs and bursts of one bombardment; false when nothing of it is on the map.
bool draw_bombardment(Builder& builder, style::StyleLayer const& layer,
                      record::Event const& event) {
  auto properties = feature_of(event, builder.languages);
  builder.add_side(properties, event.side);
  builder.add_age(properties, event.when);
  auto const life = builder.add_life(properties, event.when);
  if (!builder.selected("events", event.id, properties)) return false;
  if (!builder.takes(layer, properties)) return false;
  auto const guns = gun_points(builder, event);
  if (guns.empty()) return false;
  builder.context.feature = &properties;
  builder.context.side = style::Value(event.side);
  style::Look const look(layer, builder.context);
  double const opacity = fire_opacity(builder, layer, look, life);
  if (opacity <= 0) return false;
  auto const& targets = event.to.empty() ? event.places : event.to;
  draw::Group group;
  group.opacity = opacity;
  group.id = "events." + event.id + ".fire";
  group.role = draw::GroupRole::record;
  group.title = event.title.in(builder.languages.tag, builder.languages.fallbacks);
  draw::Stroke stroke;
  stroke.color = look.color_or("line-color", builder.side_color(event.side));
  stroke.width_mm = look.mm("line-width");
  stroke.dash_mm = look.mms("line-dasharray");
  stroke.cap = draw::LineCap::butt;
  for (auto const& id : targets) {
    auto const* place = builder.records().place(id);
    auto const lonlat = place ? position_of(*place) : std::nullopt;
    auto const at = lonlat ? builder.view.to_page(*lonlat) : std::nullopt;
    if (!at || !builder.view.frame().contains(*at)) continue;
    // Each target is fired at from the nearest gun: a few arcs, not a fan.
    auto const gun =
        *std::ranges::min_element(guns, {}, [&](Point p) { return draw::distance(p, *at); });
    double const bend = look.number("bombardment-bend") * (at->x_mm < gun.x_mm ? -1 : 1);
    auto axis = smoothed_axis(arc_of(gun, *at, bend), 0);
    axis = part_of(axis, 1.2, axis.length_mm() - 0.8);
    if (axis.empty()) continue;
    Path line;
    line.add_polyline(axis.points, false);
    if (auto const casing = look.color("line-casing-color")) {
      auto under = stroke;
      under.color = *casing;
      under.width_mm += 2 * look.mm("line-casing-width");
      under.dash_mm.clear();
      group.children.push_back({draw::Shape{{}, line, {}, under}});
    }
    group.children.push_back({draw::Shape{{}, line, {}, stroke}});
    auto const colors = builder.colors_for(event.side, look);
    if (auto burst = builder.picture(look.text("bombardment-burst"), colors, *at,
                                     look.mm("bombardment-burst-size"), 0, layer)) {
      group.children.push_back({*burst});
    }
    Obstacle obstacle;
    obstacle.owner = group.id;
    obstacle.area = line;
    obstacle.is_line = true;
    obstacle.half_width_mm = stroke.width_mm / 2 + 0.1;
    obstacle.weight = 0.25;
    builder.scene.obstacles.push_back(std::move(obstacle));
  }
  if (group.children.empty()) return false;
  draw::Group sample;
  Path line;
  line.add_polyline(arc_of({-4, 1}, {2.4, 0.4}, 0.12), false);
  sample.children.push_back({draw::Shape{{}, line, {}, stroke}});
  if (auto burst =
          builder.picture(look.text("bombardment-burst"), builder.colors_for(event.side, look),
                          {3.2, 0.2}, look.mm("bombardment-burst-size"), 0, layer)) {
    sample.children.push_back({*burst});
  }
  builder.add(layer, {std::move(group)});
  builder.add_legend(layer, properties, {{std::move(sample)}});
  builder.cite(event);
  return true;
}

}  // namespace

void draw_bombardments(Builder& builder, style::StyleLayer const& layer) {
  std::size_t drawn = 0;
  for (auto const& event : builder.records().events) {
    if (event.kind == nullptr || event.kind->id != "bombardment" || !builder.in_time(event.when)) {
      continue;
    }
    builder.draw_kept(layer, "events." + event.id, {}, [&] {
      if (draw_bombardment(builder, layer, event)) ++drawn;
    });
  }
  builder.count(layer, builder.records().events.size(), drawn);
}

}  // namespace hachure::scene
