#include "scene/movement_paint.hpp"

#include <algorithm>
#include <iterator>

#include "draw/polygon.hpp"
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
  shape.width_mm = axis.width_mm.empty() ? look.mm("movement-width") : axis.width_mm.back();
  shape.width_start_mm = std::min(look.mm("movement-width-start"), shape.width_mm);
  shape.head_width_mm = shape.width_mm * look.number("movement-head-width");
  shape.head_length_mm = shape.head_width_mm * look.number("movement-head-length");
  shape.head_sweep = look.number("movement-head-sweep");
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

draw::Group paint_arrow(Axis const& axis, style::Look const& look, Painting const& painting) {
  draw::Group group;
  auto const& color = painting.color;
  auto const shape = shape_of(look, axis);
  auto const arrow = make_arrow(axis, shape);
  if (arrow.body.empty()) return group;
  auto kind = look.text("movement-style");
  // A few dots would not read as a line: a short uncertain movement is drawn in outline.
  if (kind == "dotted" && !painting.is_sample && axis.length_mm() < 9 * shape.width_mm * 1.7)
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
    auto const front_part =
        part_of(axis, axis.length_mm() - arrow.head_length_mm * 1.02, axis.length_mm());
    if (!front_part.empty() && shape.head != ArrowShape::Head::none) {
      // The head alone: its own length of axis, shaft hidden inside it.
      ArrowShape h = head_only;
      h.head_length_mm = arrow.head_length_mm * 0.999;
      auto const longer =
          part_of(axis, axis.length_mm() - h.head_length_mm * 2.3, axis.length_mm());
      auto const whole = make_arrow(longer.empty() ? front_part : longer, h);
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
    if (!painting.joined.empty()) {
      under.path = draw::difference(draw::buffered(body, casing), painting.joined);
      under.stroke.reset();
    }
    group.children.push_back({std::move(under)});
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
  }
  auto const contour = shown.stroke;
  group.children.push_back({std::move(shown)});
  if (auto inside =
          body_pattern(body, axis.points, shape.head_width_mm, look, outline.value_or(color));
      !inside.empty() && !broken) {
    std::ranges::move(inside, std::back_inserter(group.children));
    if (contour) group.children.push_back({draw::Shape{{}, body, {}, contour}});
  }
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

draw::Group sample_arrow(style::Look const& look, draw::Color const& color) {
  std::vector<Point> const path{{-4.6, 0}, {4.6, 0}};
  auto axis = smoothed_axis(path, 0, 0.2);
  // A flow has the same width all along its sample; its scale has bars of its own.
  if (look.mm("movement-width-per-1000") > 0) axis.width_mm.assign(axis.points.size(), 1.2);
  return paint_arrow(axis, look, {color, true, {}});
}

}  // namespace hachure::scene
