#include "scene/movement.hpp"

#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "scene/band.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

Point normal_of(Point direction) {
  return {direction.y_mm, -direction.x_mm};
}

std::vector<double> half_widths(Axis const& shaft, ArrowShape const& shape, double length_mm) {
  std::vector<double> half;
  for (double const s : shaft.along_mm) half.push_back(body_width_mm(shape, s, length_mm) / 2);
  for (std::size_t i = 0; i < shaft.width_mm.size(); ++i) half[i] = shaft.width_mm[i] / 2;
  return half;
}

struct HeadPoints {
  Point left_barb;
  Point tip;
  Point right_barb;
  Point notch;
  Point direction;
};

HeadPoints head_of(Axis const& axis, double length_mm, double width_mm, double sweep) {
  double const total = axis.length_mm();
  HeadPoints head;
  head.tip = axis.points.back();
  auto const base = axis.at(total - length_mm);
  double const chord = draw::distance(base, head.tip);
  head.direction = chord > 1e-9 ? (head.tip - base) * (1 / chord) : axis.direction(total);
  auto const n = normal_of(head.direction);
  auto const back = head.tip - head.direction * (length_mm * (1 + sweep * 0.5));
  head.left_barb = back + n * (width_mm / 2);
  head.right_barb = back - n * (width_mm / 2);
  head.notch = head.tip - head.direction * (length_mm * (1 - 0.55 * sweep));
  return head;
}

Path head_area(HeadPoints const& head) {
  Path path;
  std::vector<Point> const corners{head.left_barb, head.tip, head.right_barb, head.notch};
  path.add_polyline(corners, true);
  return path;
}

}  // namespace

double body_width_mm(ArrowShape const& shape, double s_mm, double length_mm) {
  double const u = length_mm > 0 ? std::clamp(s_mm / (0.75 * length_mm), 0.0, 1.0) : 1;
  double const ease = 0.35 * u + 0.65 * u * u * (3 - 2 * u);
  return shape.width_start_mm + (shape.width_mm - shape.width_start_mm) * ease;
}

Arrow make_arrow(Axis const& axis, ArrowShape const& shape) {
  Arrow arrow;
  if (axis.empty()) return arrow;
  double const total = axis.length_mm();
  double length = shape.head_length_mm;
  double width = shape.head_width_mm;
  ArrowShape used = shape;
  if (shape.head == ArrowShape::Head::none) {
    length = 0;
  } else if (length > 0.45 * total) {
    // A short arrow keeps its proportions: head and body shrink together.
    double const factor = 0.45 * total / length;
    length *= factor;
    width *= std::max(factor, 0.75 * std::min(1.0, factor * 2));
    used.width_mm = std::min(shape.width_mm, width / 1.8);
    used.width_start_mm = std::min(shape.width_start_mm, used.width_mm);
  }
  arrow.tip = axis.points.back();
  arrow.head_length_mm = length;
  bool const filled =
      shape.head == ArrowShape::Head::filled || shape.head == ArrowShape::Head::doubled;
  double const shaft_end = filled ? total - length * (1 - 0.55 * shape.head_sweep) : total;
  arrow.shaft = part_of(axis, 0, shaft_end);
  if (arrow.shaft.empty()) return arrow;
  auto const half = half_widths(arrow.shaft, used, shaft_end);
  if (!filled) {
    arrow.body = band_area(arrow.shaft.points, half);
    if (shape.head == ArrowShape::Head::open) {
      auto const head = head_of(axis, length, width, shape.head_sweep);
      std::vector<Point> const line{head.left_barb, head.tip, head.right_barb};
      arrow.strokes.add_polyline(line, false);
    }
    return arrow;
  }
  auto const head = head_of(axis, length, width, shape.head_sweep);
  arrow.body =
      band_area(arrow.shaft.points, half, {head.left_barb, head.tip, head.right_barb}, head.notch);
  if (shape.head == ArrowShape::Head::doubled) {
    auto const behind = part_of(axis, 0, total - length * 0.8);
    if (!behind.empty()) {
      arrow.body =
          draw::united({arrow.body, head_area(head_of(behind, length, width, shape.head_sweep))});
    }
  }
  return arrow;
}

Path dashes_of(Axis const& shaft, ArrowShape const& shape, double on_mm, double off_mm) {
  Path path;
  double const total = shaft.length_mm();
  if (shaft.empty() || on_mm <= 0) return path;
  // Whole dashes only: the pattern is stretched so that the last dash ends with the shaft.
  double const count = std::max(1.0, std::round((total + off_mm) / (on_mm + off_mm)));
  double const factor = total / (count * (on_mm + off_mm) - off_mm);
  std::vector<Path> dashes;
  for (int i = 0; i < static_cast<int>(count); ++i) {
    double const from = i * (on_mm + off_mm) * factor;
    auto const dash = part_of(shaft, from, from + on_mm * factor);
    if (dash.empty()) continue;
    std::vector<double> half;
    for (double const s : dash.along_mm) {
      half.push_back(body_width_mm(shape, from + s, total) / 2);
    }
    for (std::size_t k = 0; k < dash.width_mm.size(); ++k) half[k] = dash.width_mm[k] / 2;
    dashes.push_back(band_area(dash.points, half));
  }
  // Dashes of a route that meets itself lie over each other.
  auto const half = half_widths(shaft, shape, total);
  if (!is_simple(closed_contour(band_edges(shaft.points, half)))) return draw::united(dashes);
  for (auto const& dash : dashes) path.append(dash);
  return path;
}

Path dots_of(Axis const& shaft, double diameter_mm, double pitch_mm) {
  Path path;
  if (shaft.empty() || pitch_mm <= 0) return path;
  double const total = shaft.length_mm();
  int const count = std::max(1, static_cast<int>(std::floor(total / pitch_mm)));
  for (int i = 0; i <= count; ++i) {
    path.add_circle(shaft.at(total * i / count), diameter_mm / 2);
  }
  return path;
}

}  // namespace hachure::scene
