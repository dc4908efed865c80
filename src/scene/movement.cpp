#include "scene/movement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "draw/polygon.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

Axis axis_of(std::vector<Point> const& points) {
  Axis axis;
  for (auto const& p : points) {
    if (!axis.points.empty() && draw::distance(axis.points.back(), p) < 1e-6) continue;
    axis.along_mm.push_back(
        axis.points.empty() ? 0 : axis.along_mm.back() + draw::distance(axis.points.back(), p));
    axis.points.push_back(p);
  }
  if (axis.points.size() < 2) return {};
  return axis;
}

Axis resampled(Axis const& axis, double step_mm) {
  double const total = axis.length_mm();
  auto const count = static_cast<std::size_t>(std::max(2.0, std::ceil(total / step_mm) + 1));
  std::vector<Point> points(count);
  for (std::size_t i = 0; i < count; ++i) {
    points[i] = axis.at(total * static_cast<double>(i) / static_cast<double>(count - 1));
  }
  return axis_of(points);
}

Point normal_of(Point direction) {
  return {direction.y_mm, -direction.x_mm};
}

/// Whether offsetting both edges by half the width crosses itself: somewhere the bend's radius is
/// smaller than the half width.
bool bends_too_tightly(std::vector<Point> const& points, std::vector<double> const& half) {
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    auto const a = points[i] - points[i - 1];
    auto const b = points[i + 1] - points[i];
    double const turn = std::abs(std::atan2(draw::cross(a, b), draw::dot(a, b)));
    double const step = std::min(draw::length(a), draw::length(b));
    if (2 * std::tan(turn / 2) * half[i] > step) return true;
  }
  return false;
}

/// Area swept by a disc of varying radius along the points, flat at both ends: the general case.
Path swept_area(std::vector<Point> const& points, std::vector<double> const& half) {
  std::vector<Path> pieces;
  for (std::size_t i = 1; i < points.size(); ++i) {
    auto const n =
        normal_of((points[i] - points[i - 1]) * (1 / draw::distance(points[i - 1], points[i])));
    Path quad;
    std::vector<Point> const corners{points[i - 1] + n * half[i - 1], points[i] + n * half[i],
                                     points[i] - n * half[i], points[i - 1] - n * half[i - 1]};
    quad.add_polyline(corners, true);
    pieces.push_back(std::move(quad));
    if (i + 1 < points.size()) {
      std::vector<Point> disc;
      for (int k = 0; k < 24; ++k) {
        double const angle = k * (3.14159265358979323846 / 12);
        disc.push_back(points[i] + Point{std::cos(angle), std::sin(angle)} * half[i]);
      }
      Path round;
      round.add_polyline(disc, true);
      pieces.push_back(std::move(round));
    }
  }
  return draw::united(pieces);
}

struct Edges {
  std::vector<Point> left;
  std::vector<Point> right;
};

Edges edges_of(Axis const& axis, std::vector<double> const& half) {
  Edges edges;
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    auto const before = axis.points[i == 0 ? 0 : i - 1];
    auto const after = axis.points[std::min(i + 1, axis.points.size() - 1)];
    auto const direction = (after - before) * (1 / draw::distance(before, after));
    auto const n = normal_of(direction);
    edges.left.push_back(axis.points[i] + n * half[i]);
    edges.right.push_back(axis.points[i] - n * half[i]);
  }
  return edges;
}

std::vector<double> half_widths(Axis const& shaft, ArrowShape const& shape, double length_mm) {
  std::vector<double> half;
  for (double const s : shaft.along_mm) half.push_back(body_width_mm(shape, s, length_mm) / 2);
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

/// Shaft edges and head as one contour; valid when the shaft does not cross itself.
Path one_contour(Edges const& edges, HeadPoints const& head) {
  std::vector<Point> outline = edges.left;
  outline.insert(outline.end(), {head.left_barb, head.tip, head.right_barb});
  outline.insert(outline.end(), edges.right.rbegin(), edges.right.rend());
  Path path;
  path.add_polyline(outline, true);
  return path;
}

Path head_area(HeadPoints const& head) {
  Path path;
  std::vector<Point> const corners{head.left_barb, head.tip, head.right_barb, head.notch};
  path.add_polyline(corners, true);
  return path;
}

}  // namespace

Point Axis::at(double s_mm) const {
  if (s_mm <= 0) return points.front();
  if (s_mm >= length_mm()) return points.back();
  auto const it = std::ranges::upper_bound(along_mm, s_mm);
  auto const i = static_cast<std::size_t>(it - along_mm.begin());
  double const t = (s_mm - along_mm[i - 1]) / (along_mm[i] - along_mm[i - 1]);
  return points[i - 1] + (points[i] - points[i - 1]) * t;
}

Point Axis::direction(double s_mm) const {
  auto const it = std::ranges::upper_bound(along_mm, std::clamp(s_mm, 0.0, length_mm()));
  auto const i = std::clamp<std::size_t>(static_cast<std::size_t>(it - along_mm.begin()), 1,
                                         points.size() - 1);
  auto const d = points[i] - points[i - 1];
  return d * (1 / draw::length(d));
}

Axis smoothed_axis(std::vector<Point> const& path, double smooth_mm, double step_mm) {
  auto const raw = axis_of(path);
  if (raw.empty()) return {};
  auto axis = resampled(raw, step_mm);
  if (axis.empty() || smooth_mm <= 0 || axis.points.size() < 4) return axis;
  // The reach shrinks on short paths, so that their bends survive.
  double const sigma = std::min(smooth_mm, axis.length_mm() / 8) / step_mm;
  int const reach = std::max(1, static_cast<int>(std::ceil(sigma * 3)));
  auto const n = static_cast<int>(axis.points.size());
  // Reflection through the end points keeps them and their tangents in place.
  auto const point = [&](int i) {
    if (i < 0)
      return axis.points[0] * 2 - axis.points[static_cast<std::size_t>(std::min(-i, n - 1))];
    if (i >= n) {
      return axis.points[static_cast<std::size_t>(n - 1)] * 2 -
             axis.points[static_cast<std::size_t>(std::max(0, 2 * (n - 1) - i))];
    }
    return axis.points[static_cast<std::size_t>(i)];
  };
  std::vector<Point> smooth(axis.points.size());
  for (int i = 0; i < n; ++i) {
    Point sum{0, 0};
    double weight = 0;
    for (int k = -reach; k <= reach; ++k) {
      double const w = std::exp(-0.5 * (k / sigma) * (k / sigma));
      sum = sum + point(i + k) * w;
      weight += w;
    }
    smooth[static_cast<std::size_t>(i)] = sum * (1 / weight);
  }
  smooth.front() = axis.points.front();
  smooth.back() = axis.points.back();
  return resampled(axis_of(smooth), step_mm);
}

Axis part_of(Axis const& axis, double from_mm, double to_mm) {
  from_mm = std::max(0.0, from_mm);
  to_mm = std::min(axis.length_mm(), to_mm);
  if (axis.empty() || to_mm - from_mm < 1e-6) return {};
  std::vector<Point> points{axis.at(from_mm)};
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    if (axis.along_mm[i] > from_mm + 1e-9 && axis.along_mm[i] < to_mm - 1e-9) {
      points.push_back(axis.points[i]);
    }
  }
  points.push_back(axis.at(to_mm));
  return axis_of(points);
}

namespace {

struct Nearest {
  double distance_mm;
  Point at;
  Point direction;
};

Nearest nearest_on(Axis const& axis, Point p) {
  Nearest best{std::numeric_limits<double>::infinity(), {}, {1, 0}};
  for (std::size_t i = 1; i < axis.points.size(); ++i) {
    auto const a = axis.points[i - 1];
    auto const d = axis.points[i] - a;
    double const t = std::clamp(draw::dot(p - a, d) / draw::dot(d, d), 0.0, 1.0);
    auto const q = a + d * t;
    double const distance = draw::distance(p, q);
    if (distance < best.distance_mm) best = {distance, q, d * (1 / draw::length(d))};
  }
  return best;
}

/// Running mean over `reach` samples on both sides.
std::vector<double> averaged(std::vector<double> const& values, int reach) {
  std::vector<double> out(values.size());
  int const n = static_cast<int>(values.size());
  for (int i = 0; i < n; ++i) {
    double sum = 0;
    int count = 0;
    for (int k = std::max(0, i - reach); k <= std::min(n - 1, i + reach); ++k, ++count) {
      sum += values[static_cast<std::size_t>(k)];
    }
    out[static_cast<std::size_t>(i)] = sum / count;
  }
  return out;
}

/// Pushes one axis away from another: the shift to its own right (positive) or left at each point.
Axis pushed_away(Axis const& axis, Axis const& from, double wanted_mm) {
  std::vector<double> shift(axis.points.size(), 0);
  double side_sum = 0;
  bool near = false;
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    auto const other = nearest_on(from, axis.points[i]);
    if (other.distance_mm >= wanted_mm) continue;
    auto const own = axis.direction(axis.along_mm[i]);
    // Only where they run together, not where they cross.
    double const along = draw::dot(own, other.direction);
    if (std::abs(along) < 0.8) continue;
    near = true;
    double const side = draw::cross(own, axis.points[i] - other.at);
    side_sum += side;
    shift[i] = wanted_mm - other.distance_mm;
  }
  if (!near) return axis;
  // All of it goes to one side, so that the two never cross: where it lies already, else starboard.
  double const sign = side_sum < -1e-6 ? -1 : 1;
  double const total = axis.length_mm();
  double const ease = std::min(6.0, total * 0.2);
  for (std::size_t i = 0; i < shift.size(); ++i) {
    double const end = std::min(axis.along_mm[i], total - axis.along_mm[i]);
    shift[i] *= std::clamp(end / ease, 0.0, 1.0);
  }
  shift = averaged(averaged(shift, 6), 6);
  std::vector<Point> moved;
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    auto const d = axis.direction(axis.along_mm[i]);
    moved.push_back(axis.points[i] + Point{-d.y_mm, d.x_mm} * (sign * shift[i]));
  }
  return axis_of(moved);
}

}  // namespace

std::vector<Axis> moved_apart(std::vector<Axis> const& axes, std::vector<double> const& width_mm,
                              double gap_mm) {
  std::vector<Axis> out;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto axis = axes[i];
    for (int round = 0; round < 2; ++round) {
      for (std::size_t k = 0; k < i && !axis.empty(); ++k) {
        if (out[k].empty()) continue;
        axis = pushed_away(axis, out[k], (width_mm[i] + width_mm[k]) / 2 + gap_mm);
      }
    }
    out.push_back(std::move(axis));
  }
  return out;
}

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
  bool const tight = bends_too_tightly(arrow.shaft.points, half);
  if (!filled) {
    Path shaft_path;
    if (!tight) {
      auto const edges = edges_of(arrow.shaft, half);
      std::vector<Point> outline = edges.left;
      outline.insert(outline.end(), edges.right.rbegin(), edges.right.rend());
      shaft_path.add_polyline(outline, true);
    }
    // A route that crosses itself does so without any tight bend.
    if (tight || !draw::is_valid(shaft_path)) shaft_path = swept_area(arrow.shaft.points, half);
    arrow.body = std::move(shaft_path);
    if (shape.head == ArrowShape::Head::open) {
      auto const head = head_of(axis, length, width, shape.head_sweep);
      std::vector<Point> const line{head.left_barb, head.tip, head.right_barb};
      arrow.strokes.add_polyline(line, false);
    }
    return arrow;
  }
  auto const head = head_of(axis, length, width, shape.head_sweep);
  if (!tight) {
    auto contour = one_contour(edges_of(arrow.shaft, half), head);
    if (draw::is_valid(contour)) {
      arrow.body = std::move(contour);
    }
  }
  if (arrow.body.empty()) {
    arrow.body = draw::united({swept_area(arrow.shaft.points, half), head_area(head)});
  }
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
  for (int i = 0; i < static_cast<int>(count); ++i) {
    double const from = i * (on_mm + off_mm) * factor;
    auto const dash = part_of(shaft, from, from + on_mm * factor);
    if (dash.empty()) continue;
    std::vector<double> half;
    for (double const s : dash.along_mm) {
      half.push_back(body_width_mm(shape, from + s, total) / 2);
    }
    auto const edges = edges_of(dash, half);
    std::vector<Point> outline = edges.left;
    outline.insert(outline.end(), edges.right.rbegin(), edges.right.rend());
    path.add_polyline(outline, true);
  }
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
