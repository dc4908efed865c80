#include "scene/movement.hpp"

#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "scene/band.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

std::vector<double> half_widths(Axis const& shaft, ArrowShape const& shape, double length_mm) {
  std::vector<double> half;
  for (double const s : shaft.along_mm) half.push_back(body_width_mm(shape, s, length_mm) / 2);
  for (std::size_t i = 0; i < shaft.width_mm.size(); ++i) half[i] = shaft.width_mm[i] / 2;
  return half;
}

Path head_area(HeadOutline const& head) {
  auto corners = head.around;
  corners.push_back(head.notch);
  Path path;
  path.add_polyline(corners, true);
  return path;
}

/// Nothing shorter than a micrometre is drawn.
constexpr double shortest_mm = 0.001;

bool has_corner(Axis const& axis) {
  constexpr double corner_cosine = 0.95;
  for (std::size_t i = 1; i + 1 < axis.points.size(); ++i) {
    auto const a = axis.points[i] - axis.points[i - 1];
    auto const b = axis.points[i + 1] - axis.points[i];
    double const lengths = draw::length(a) * draw::length(b);
    if (draw::dot(a, b) < corner_cosine * lengths) return true;
  }
  return false;
}

/// Gap before a broken head, in lengths of the head.
constexpr double break_gap = 0.35;

}  // namespace

double body_width_mm(ArrowShape const& shape, double s_mm, double length_mm) {
  double const u = length_mm > 0 ? std::clamp(s_mm / (0.75 * length_mm), 0.0, 1.0) : 1;
  double const ease = 0.35 * u + 0.65 * u * u * (3 - 2 * u);
  return shape.width_start_mm + (shape.width_mm - shape.width_start_mm) * ease;
}

Arrow make_arrow(Axis const& axis, ArrowShape const& shape) {
  Arrow arrow;
  double const total = axis.length_mm();
  if (axis.empty() || total < shortest_mm) return arrow;
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
  using enum HeadKind;
  HeadSize const size{length, width, shape.head_sweep};
  auto const head = length > 0 ? head_outline(axis, size, shape.head) : HeadOutline{};
  double shaft_end = total;
  if (shape.head == filled || shape.head == doubled) {
    shaft_end = total - length * (1 - 0.55 * shape.head_sweep);
  } else if (shape.head == hooked) {
    shaft_end = total - length * 0.75;
  } else if (shape.head == broken) {
    shaft_end = total - length * (1 + break_gap);
  }
  arrow.shaft = part_of(axis, 0, shaft_end);
  if (arrow.shaft.empty()) return arrow;
  auto const half = half_widths(arrow.shaft, used, shaft_end);
  BandEnds ends;
  ends.start = start_outline(arrow.shaft, 2 * half.front(), shape.start);
  bool const joined = shape.head == filled || shape.head == doubled || shape.head == hooked;
  if (joined) ends.head = head.around, ends.notch = head.notch;
  arrow.body = band_area(arrow.shaft.points, half, ends);
  if (shape.head == broken) arrow.body = draw::united({arrow.body, head_area(head)});
  if (shape.head == open) {
    std::vector<Point> const line{head.around.front(), arrow.tip, head.around.back()};
    arrow.strokes.add_polyline(line, false);
  }
  if (shape.head == doubled) {
    auto const behind = part_of(axis, 0, total - length * 0.8);
    if (!behind.empty() && behind.length_mm() > length) {
      arrow.body = draw::united({arrow.body, head_area(head_outline(behind, size, filled))});
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
  // Dashes lie over each other where the route meets itself and about its corners.
  auto const half = half_widths(shaft, shape, total);
  if (has_corner(shaft) || !is_simple(closed_contour(band_edges(shaft.points, half)))) {
    return draw::united(dashes);
  }
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
