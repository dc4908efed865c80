#include "scene/movement_paint.hpp"

#include <algorithm>
#include <iterator>

#include "draw/polygon.hpp"
#include "scene/movement_ends.hpp"
#include "scene/pattern.hpp"

namespace hachure::scene {

using draw::Path;
using draw::Point;

namespace {

HeadKind head_named(std::string const& name) {
  if (name == "open") return HeadKind::open;
  if (name == "double") return HeadKind::doubled;
  if (name == "hooked") return HeadKind::hooked;
  if (name == "broken") return HeadKind::broken;
  return name == "none" ? HeadKind::none : HeadKind::filled;
}

StartKind start_named(std::string const& name) {
  if (name == "round") return StartKind::round;
  if (name == "tail") return StartKind::tail;
  return name == "block" ? StartKind::block : StartKind::flat;
}

}  // namespace

ArrowShape shape_of(style::Look const& look, Axis const& axis) {
  ArrowShape shape;
  shape.head = head_named(look.text("movement-head"));
  shape.start = start_named(look.text("movement-start"));
  double const scale = std::max(0.0, look.number("movement-width-scale"));
  shape.width_mm = axis.width_mm.empty() ? look.mm("movement-width") * scale : axis.width_mm.back();
  shape.width_start_mm = std::min(look.mm("movement-width-start") * scale, shape.width_mm);
  shape.head_width_mm = shape.width_mm * look.number("movement-head-width");
  shape.head_length_mm = shape.head_width_mm * look.number("movement-head-length");
  shape.head_sweep = look.number("movement-head-sweep");
  shape.bar_mm = shape.width_mm * std::max(0.0, look.number("movement-bar"));
  return shape;
}

namespace {

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

}  // namespace

namespace {

/// The pieces that a body is made of: dashes, dots, a track; with the head.
Path body_in_pieces(Arrow const& arrow, std::string const& kind, std::vector<double> const& dash) {
  auto const& shape = arrow.used;
  auto parts = arrow.heads;
  if (kind == "dotted") {
    // The last dot stands clear of the head.
    double const end = arrow.shaft.length_mm() - arrow.head_length_mm * 0.2 - 0.45 * shape.width_mm;
    parts.push_back(
        dots_of(part_of(arrow.shaft, 0, end), shape.width_mm * 0.85, shape.width_mm * 1.7));
  } else if (kind == "tied") {
    parts.push_back(track_of(arrow.shaft, shape));
  } else if (kind == "chevrons") {
    parts.push_back(chevrons_of(arrow.shaft, shape));
  } else {
    parts.push_back(
        dashes_of(arrow.shaft, shape, shape.width_mm * dash[0], shape.width_mm * dash[1]));
  }
  if (kind == "dotted" && parts.size() == 2) {
    // Dots clear of the head stay the circles they are.
    auto const way = arrow.shaft.direction(arrow.shaft.length_mm());
    auto const along_way = [&](Point p) {
      return Point{draw::dot(p - arrow.tip, way), draw::cross(p - arrow.tip, way)};
    };
    draw::Box head;
    for (auto const& p : parts[0].points()) head.add(along_way(p));
    bool const apart = std::ranges::none_of(parts[1].points(),
                                            [&](Point p) { return head.contains(along_way(p)); });
    if (apart) {
      parts[1].append(parts[0]);
      return std::move(parts[1]);
    }
  }
  return parts.size() == 1 ? std::move(parts.front()) : draw::united(parts);
}

/// Dash and gap of a body in its widths; empty for a whole one.
std::vector<double> dash_of(style::Look const& look, std::string const& kind) {
  auto dash = look.numbers("movement-dash");
  if (dash.size() < 2 || dash[0] <= 0 || dash[1] <= 0) dash.clear();
  if (dash.empty() && kind == "dashed") dash = {2.2, 1.1};
  return dash;
}

/// A line along the middle of the body, by which a side or a kind is told.
std::optional<draw::Node> inner_line(Arrow const& arrow, style::Look const& look) {
  auto const color = look.color("movement-inner-color");
  double const share = look.number("movement-inner-width");
  if (!color || color->a <= 0 || share <= 0) return {};
  auto const line = part_of(arrow.shaft, arrow.shaft.length_mm() * 0.04,
                            arrow.shaft.length_mm() - arrow.head_length_mm * 0.05);
  if (line.empty()) return {};
  ArrowShape thin = arrow.used;
  thin.head = ArrowShape::Head::none;
  thin.start = ArrowShape::Start::flat;
  thin.bar_mm = 0;
  thin.width_mm *= share;
  thin.width_start_mm *= share;
  auto const middle = make_arrow(line, thin);
  return draw::Node{draw::Shape{{}, middle.body, draw::Fill{*color, draw::FillRule::nonzero}, {}}};
}

}  // namespace

namespace {

/// The shape with a body of at most that width, all else in proportion.
ArrowShape at_most(ArrowShape shape, double width_mm) {
  double const factor = std::min(1.0, width_mm / std::max(shape.width_mm, 1e-6));
  for (auto* length : {&shape.width_mm, &shape.width_start_mm, &shape.head_width_mm,
                       &shape.head_length_mm, &shape.bar_mm}) {
    *length *= factor;
  }
  return shape;
}

}  // namespace

draw::Group paint_arrow(Axis const& axis, style::Look const& look, Painting const& painting) {
  draw::Group group;
  auto const& color = painting.color;
  auto shape = shape_of(look, axis);
  auto kind = look.text("movement-style");
  if (kind == "tied" || kind == "chevrons") shape.width_start_mm = shape.width_mm;
  if (painting.is_sample && look.number("movement-return") > 0) shape = at_most(shape, 0.65);
  auto const arrow = make_arrow(axis, shape);
  if (arrow.body.empty()) return group;
  // A few dots would not read as a line: a short uncertain movement is drawn in outline.
  if (kind == "dotted" && !painting.is_sample && axis.length_mm() < 9 * shape.width_mm * 1.7)
    kind = "hollow";
  double const opacity = look.number("movement-opacity");
  double const casing = look.mm("movement-casing-width");
  auto const casing_color = look.color("movement-casing-color");
  auto const dash = dash_of(look, kind);
  bool const of_lines = kind == "dotted" || kind == "tied" || kind == "chevrons";
  bool const in_pieces = of_lines || !dash.empty();
  auto const body = in_pieces ? body_in_pieces(arrow, kind, dash) : arrow.body;
  if (casing_color && casing > 0) {
    auto stroke = edge(faded(*casing_color, opacity), 2 * casing);
    draw::Shape under{{}, body, draw::Fill{stroke.color, draw::FillRule::nonzero}, stroke};
    if (!painting.joined.empty()) {
      under.path = draw::difference(draw::buffered(body, casing), painting.joined);
      under.stroke.reset();
    }
    group.children.push_back({std::move(under)});
    if (!arrow.strokes.empty()) {
      stroke.width_mm = arrow.used.width_mm * open_stroke + 2 * casing;
      stroke.join = draw::LineJoin::miter;
      stroke.cap = draw::LineCap::square;
      group.children.push_back({draw::Shape{{}, arrow.strokes, {}, stroke}});
    }
  }
  draw::Shape shown;
  shown.path = body;
  auto fill = color;
  bool const is_open = kind == "hollow" || kind == "hatched";
  if (is_open) fill = look.color_or("movement-fill", {1, 1, 1, 1});
  shown.fill = draw::Fill{faded(fill, opacity), draw::FillRule::nonzero};
  auto const outline = look.color("movement-outline-color");
  if (outline || is_open) {
    shown.stroke = edge(faded(outline.value_or(color), opacity), look.mm("movement-outline-width"));
    shown.stroke->join = draw::LineJoin::miter;
    shown.stroke->dash_mm = look.mms("movement-outline-dash");
    if (!shown.stroke->dash_mm.empty()) shown.stroke->cap = draw::LineCap::butt;
  }
  auto const contour = shown.stroke;
  group.children.push_back({std::move(shown)});
  if (auto inside =
          body_pattern(body, axis.points, shape.head_width_mm, look, outline.value_or(color));
      !inside.empty() && !of_lines) {
    std::ranges::move(inside, std::back_inserter(group.children));
    if (contour) group.children.push_back({draw::Shape{{}, body, {}, contour}});
  }
  if (!in_pieces) {
    if (auto line = inner_line(arrow, look)) group.children.push_back(std::move(*line));
  }
  if (!arrow.strokes.empty()) {
    auto stroke = edge(faded(color, opacity), arrow.used.width_mm * open_stroke);
    stroke.join = draw::LineJoin::miter;
    stroke.cap = draw::LineCap::butt;
    group.children.push_back({draw::Shape{{}, arrow.strokes, {}, stroke}});
  }
  return group;
}

draw::Group sample_arrow(style::Look const& look, draw::Color const& color) {
  std::vector<Point> const path{{-4.6, 0}, {4.6, 0}};
  auto axis = smoothed_axis(path, 0, 0.2);
  // A flow has the same width all along its sample; its scale has bars of its own.
  if (look.mm("movement-width-per-1000") > 0) axis.width_mm.assign(axis.points.size(), 1.2);
  if (double const share = look.number("movement-return"); share > 0 && axis.width_mm.empty()) {
    // No higher than a row of the legend: the body gives way to the space between.
    axis = out_and_back(axis, 2, share);
    for (auto& p : axis.points) p.y_mm += share < 1 ? 0.3 : 0;
  }
  return paint_arrow(axis, look, {color, true, {}});
}

}  // namespace hachure::scene
