// Movements and bombardments.
#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "scene/builder.hpp"
#include "scene/movement.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

ArrowShape shape_of(style::Look const& look) {
  ArrowShape shape;
  auto const head = look.text("movement-head");
  shape.head = head == "open"     ? ArrowShape::Head::open
               : head == "double" ? ArrowShape::Head::doubled
               : head == "none"   ? ArrowShape::Head::none
                                  : ArrowShape::Head::filled;
  shape.width_mm = look.mm("movement-width");
  shape.width_start_mm = std::min(look.mm("movement-width-start"), shape.width_mm);
  shape.head_width_mm = shape.width_mm * look.number("movement-head-width");
  shape.head_length_mm = shape.head_width_mm * look.number("movement-head-length");
  shape.head_sweep = look.number("movement-head-sweep");
  return shape;
}

draw::Color faded(draw::Color color, double opacity) {
  color.a *= std::clamp(opacity, 0.0, 1.0);
  return color;
}

draw::Stroke edge(draw::Color color, double width_mm) {
  draw::Stroke stroke;
  stroke.color = color;
  stroke.width_mm = width_mm;
  stroke.join = draw::LineJoin::round;
  stroke.cap = draw::LineCap::round;
  return stroke;
}

/// The arrow as a group: casing first, then the body in its look.
draw::Group paint_arrow(Axis const& axis, style::Look const& look, draw::Color const& color,
                        bool is_sample = false) {
  draw::Group group;
  auto const shape = shape_of(look);
  auto const arrow = make_arrow(axis, shape);
  if (arrow.body.empty()) return group;
  auto kind = look.text("movement-style");
  // A few dots would not read as a line: a short uncertain movement is drawn in outline.
  if (kind == "dotted" && !is_sample && axis.length_mm() < 9 * shape.width_mm * 1.7)
    kind = "hollow";
  double const opacity = look.number("movement-opacity");
  double const casing = look.mm("movement-casing-width");
  auto const casing_color = look.color("movement-casing-color");
  bool const broken = kind == "dotted" || kind == "dashed";
  Path body = arrow.body;
  if (broken) {
    auto pieces = kind == "dotted"
                      ? dots_of(part_of(arrow.shaft, 0,
                                        arrow.shaft.length_mm() - arrow.head_length_mm * 0.35),
                                shape.width_mm * 0.85, shape.width_mm * 1.7)
                      : dashes_of(arrow.shaft, shape, shape.width_mm * 2.2, shape.width_mm * 1.1);
    ArrowShape head_only = shape;
    head_only.width_start_mm = head_only.width_mm = shape.width_mm * 0.7;
    auto const stub =
        part_of(axis, axis.length_mm() - arrow.head_length_mm * 1.02, axis.length_mm());
    if (!stub.empty() && shape.head != ArrowShape::Head::none) {
      // The head alone: its own length of axis, shaft hidden inside it.
      ArrowShape h = head_only;
      h.head_length_mm = arrow.head_length_mm * 0.999;
      auto const longer =
          part_of(axis, axis.length_mm() - h.head_length_mm * 2.3, axis.length_mm());
      auto const whole = make_arrow(longer.empty() ? stub : longer, h);
      // Cut off everything behind the barbs.
      auto const n = axis.direction(axis.length_mm());
      auto const back = arrow.tip - n * (h.head_length_mm * (1 + 0.5 * shape.head_sweep));
      Point const side{-n.y_mm, n.x_mm};
      std::vector<Point> const window{back - side * 20, back + side * 20, back + side * 20 + n * 40,
                                      back - side * 20 + n * 40};
      Path front;
      front.add_polyline(window, true);
      pieces.append(draw::intersection(whole.body, front));
    }
    body = std::move(pieces);
  }
  if (casing_color && casing > 0) {
    auto stroke = edge(faded(*casing_color, opacity), 2 * casing);
    draw::Shape under{{}, body, draw::Fill{stroke.color, draw::FillRule::nonzero}, stroke};
    group.children.push_back({std::move(under)});
  }
  draw::Shape shown;
  shown.path = body;
  auto fill = color;
  if (kind == "hollow") fill = look.color_or("movement-fill", {1, 1, 1, 1});
  shown.fill = draw::Fill{faded(fill, opacity), draw::FillRule::nonzero};
  auto const outline = look.color("movement-outline-color");
  if (outline || kind == "hollow") {
    shown.stroke = edge(faded(outline.value_or(color), opacity), look.mm("movement-outline-width"));
    shown.stroke->join = draw::LineJoin::miter;
  }
  group.children.push_back({std::move(shown)});
  if (auto const inner = look.color("movement-inner-color"); inner && !broken) {
    auto const line = part_of(arrow.shaft, arrow.shaft.length_mm() * 0.04,
                              arrow.shaft.length_mm() - arrow.head_length_mm * 0.05);
    if (!line.empty()) {
      ArrowShape thin = shape;
      double const share = look.number("movement-inner-width");
      thin.head = ArrowShape::Head::none;
      thin.width_mm *= share;
      thin.width_start_mm *= share;
      auto const middle = make_arrow(line, thin);
      group.children.push_back(
          {draw::Shape{{}, middle.body, draw::Fill{*inner, draw::FillRule::nonzero}, {}}});
    }
  }
  if (!arrow.strokes.empty()) {
    group.children.push_back({draw::Shape{{}, arrow.strokes, {}, edge(color, shape.width_mm)}});
  }
  return group;
}

/// A small arrow for the legend, in the look of the real one but never longer than its box.
draw::Group sample_arrow(style::Look const& look, draw::Color const& color) {
  std::vector<Point> const path{{-4.6, 0}, {4.6, 0}};
  return paint_arrow(smoothed_axis(path, 0, 0.2), look, color, true);
}

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

/// Movements that have begun; later ones lie over earlier ones.
std::vector<record::Movement const*> movements_in_time(Builder const& builder) {
  std::vector<record::Movement const*> movements;
  for (auto const& movement : builder.records().movements) {
    if (builder.in_time(movement.when) && movement.line.size() > 1) movements.push_back(&movement);
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

/// How far a movement has come along its path. Frames start and stop softly; a single state shows
/// where the record's own time puts it.
double progress_of(Builder const& builder, Shown const& shown) {
  if (!builder.moment) return 1;
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

/// Smooth paths of all movements shown, moved apart where they run on one route.
std::vector<Axis> routes_of(Builder& builder, style::StyleLayer const& layer,
                            std::vector<Shown> const& shown) {
  std::vector<Axis> axes;
  std::vector<double> widths;
  double gap_mm = 0;
  for (auto const& s : shown) {
    enter(builder, s);
    style::Look const look(layer, builder.context);
    auto axis = smoothed_axis(page_path(builder, *s.movement), look.mm("movement-smooth"));
    if (!axis.empty()) {
      axis = part_of(axis, look.mm("movement-trim-start"),
                     axis.length_mm() - look.mm("movement-trim-end"));
    }
    axes.push_back(std::move(axis));
    widths.push_back(look.mm("movement-width") + 2 * look.mm("movement-casing-width"));
    gap_mm = std::max(gap_mm, look.mm("movement-gap"));
  }
  return moved_apart(axes, widths, gap_mm);
}

/// Flag and name of a movement. They keep to the whole path, so that they stay while the arrow
/// grows.
void add_texts(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
               std::string const& record, Axis const& whole, draw::Color const& color,
               double opacity) {
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

/// Arrow, flag and name of one movement up to its progress; false when nothing shows yet.
bool draw_movement(Builder& builder, style::StyleLayer const& layer, Shown const& shown,
                   Axis const& whole) {
  auto const& movement = *shown.movement;
  enter(builder, shown);
  style::Look const look(layer, builder.context);
  if (whole.empty() || whole.length_mm() < 1) return false;
  double const opacity = builder.life_opacity(layer, look, shown.life);
  double const progress = progress_of(builder, shown);
  if (progress < 1) builder.never_steady();
  auto const axis = progress < 1 ? part_of(whole, 0, progress * whole.length_mm()) : whole;
  if (axis.empty() || opacity <= 0) return false;
  auto const color = look.color_or("movement-color", builder.side_color(movement.side));
  auto group = paint_arrow(axis, look, color);
  if (group.children.empty()) return false;
  group.opacity = opacity;
  auto const record = "movements." + movement.id;
  if (builder.memo == nullptr) {
    Obstacle obstacle;
    obstacle.owner = record;
    obstacle.area = make_arrow(axis, shape_of(look)).body;
    obstacle.weight = layer.obstacle;
    builder.scene.obstacles.push_back(std::move(obstacle));
    builder.add_legend(layer, shown.properties, {{sample_arrow(look, color)}});
  }
  group.id = record;
  group.role = draw::GroupRole::record;
  group.title = movement.title.in(builder.languages.tag, builder.languages.fallbacks);
  if (movement.when) group.data["when"] = record::print(*movement.when);
  if (!movement.side.empty()) group.data["side"] = movement.side;
  builder.add(layer, {std::move(group)});
  add_texts(builder, layer, look, record, whole, color, opacity);
  builder.cite(movement);
  return true;
}

}  // namespace

void draw_movements(Builder& builder, style::StyleLayer const& layer) {
  auto const movements = movements_in_time(builder);
  if (builder.memo != nullptr) {
    for (auto const* movement : movements) {
      auto const route = builder.routes.find(layer.id + "/" + movement->id);
      if (route == builder.routes.end()) continue;
      builder.draw_kept(layer, "movements." + movement->id, {}, [&] {
        if (auto const shown = shown_movement(builder, layer, *movement)) {
          draw_movement(builder, layer, *shown, route->second);
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
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (draw_movement(builder, layer, shown[i], axes[i])) ++drawn;
    if (builder.run) builder.routes.emplace(layer.id + "/" + shown[i].movement->id, axes[i]);
  }
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
