#include "scene/axis.hpp"

#include <algorithm>
#include <cmath>

namespace hachure::scene {

namespace {

using draw::Point;

/// Points nearer than this count as one where a curve passes through them: closer ones are noise of
/// the digitising that would bend it.
constexpr double same_point_mm = 0.1;

/// Distance without the care for tiny and huge numbers that std::hypot takes: lengths on a page.
double page_distance(Point a, Point b) {
  auto const d = b - a;
  return std::sqrt(draw::dot(d, d));
}

/// Index of the segment that holds `s_mm` (its end point), between 1 and size - 1.
std::size_t segment_at(std::vector<double> const& along_mm, double s_mm) {
  auto const it = std::ranges::upper_bound(along_mm, s_mm);
  return std::clamp<std::size_t>(static_cast<std::size_t>(it - along_mm.begin()), 1,
                                 along_mm.size() - 1);
}

double share_in(Axis const& axis, std::size_t i, double s_mm) {
  double const t = (s_mm - axis.along_mm[i - 1]) / (axis.along_mm[i] - axis.along_mm[i - 1]);
  return std::clamp(t, 0.0, 1.0);
}

Axis resampled(Axis const& axis, double step_mm) {
  double const total = axis.length_mm();
  auto const count = static_cast<std::size_t>(std::max(2.0, std::ceil(total / step_mm) + 1));
  std::vector<Point> points(count);
  std::vector<double> widths(axis.width_mm.empty() ? 0 : count);
  std::size_t segment = 1;
  for (std::size_t i = 0; i < count; ++i) {
    double const s = total * static_cast<double>(i) / static_cast<double>(count - 1);
    while (segment + 1 < axis.points.size() && axis.along_mm[segment] <= s) ++segment;
    double const t = share_in(axis, segment, s);
    points[i] = axis.points[segment - 1] + (axis.points[segment] - axis.points[segment - 1]) * t;
    if (!widths.empty()) {
      widths[i] = std::lerp(axis.width_mm[segment - 1], axis.width_mm[segment], t);
    }
  }
  points.back() = axis.points.back();
  return axis_of(points, widths);
}

/// Half of a Gaussian: the weights of the sample itself and of those to one side.
std::vector<double> gaussian(double sigma) {
  std::vector<double> weights(static_cast<std::size_t>(std::max(1.0, std::ceil(sigma * 3))) + 1);
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    double const x = static_cast<double>(k) / sigma;
    weights[k] = std::exp(-0.5 * x * x);
    sum += k == 0 ? weights[k] : 2 * weights[k];
  }
  for (double& w : weights) w /= sum;
  return weights;
}

}  // namespace

Point Axis::at(double s_mm) const {
  if (s_mm <= 0) return points.front();
  if (s_mm >= length_mm()) return points.back();
  auto const i = segment_at(along_mm, s_mm);
  return points[i - 1] + (points[i] - points[i - 1]) * share_in(*this, i, s_mm);
}

Point Axis::direction(double s_mm) const {
  auto const i = segment_at(along_mm, std::clamp(s_mm, 0.0, length_mm()));
  auto const d = points[i] - points[i - 1];
  return d * (1 / std::sqrt(draw::dot(d, d)));
}

double Axis::width_at_mm(double s_mm) const {
  if (width_mm.empty()) return 0;
  auto const i = segment_at(along_mm, s_mm);
  return std::lerp(width_mm[i - 1], width_mm[i], share_in(*this, i, s_mm));
}

Axis axis_of(std::vector<Point> const& points, std::vector<double> const& width_mm) {
  Axis axis;
  axis.points.reserve(points.size());
  axis.along_mm.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto const& p = points[i];
    double const step = axis.points.empty() ? 0 : page_distance(axis.points.back(), p);
    if (!axis.points.empty() && step < 1e-6) continue;
    axis.along_mm.push_back(axis.points.empty() ? 0 : axis.along_mm.back() + step);
    axis.points.push_back(p);
    if (!width_mm.empty()) axis.width_mm.push_back(width_mm[i]);
  }
  if (axis.points.size() < 2) return {};
  return axis;
}

Axis smoothed_axis(std::vector<Point> const& path, double smooth_mm, double step_mm) {
  return smoothed_axis(axis_of(path), smooth_mm, step_mm);
}

Axis smoothed_axis(Axis const& raw, double smooth_mm, double step_mm) {
  if (raw.empty()) return {};
  auto axis = resampled(raw, step_mm);
  if (axis.empty() || smooth_mm <= 0 || axis.points.size() < 4) return axis;
  // The reach shrinks on short paths, so that their bends survive.
  auto const weights = gaussian(std::min(smooth_mm, axis.length_mm() / 8) / step_mm);
  auto const reach = weights.size() - 1;
  auto const n = axis.points.size();
  // Reflection through the end points keeps them and their tangents in place.
  std::vector<Point> wide;
  wide.reserve(n + 2 * reach);
  for (std::size_t k = reach; k > 0; --k) {
    wide.push_back(axis.points.front() * 2 - axis.points[std::min(k, n - 1)]);
  }
  wide.insert(wide.end(), axis.points.begin(), axis.points.end());
  for (std::size_t k = 1; k <= reach; ++k) {
    wide.push_back(axis.points.back() * 2 - axis.points[n - 1 - std::min(k, n - 1)]);
  }
  std::vector<Point> smooth(n);
  for (std::size_t i = 0; i < n; ++i) {
    auto const middle = i + reach;
    Point sum = wide[middle] * weights[0];
    for (std::size_t k = 1; k <= reach; ++k) {
      sum = sum + (wide[middle - k] + wide[middle + k]) * weights[k];
    }
    smooth[i] = sum;
  }
  smooth.front() = axis.points.front();
  smooth.back() = axis.points.back();
  auto const bent = axis_of(smooth, axis.width_mm);
  return bent.empty() ? axis : resampled(bent, step_mm);
}

namespace {

/// The knots of a curve: points far enough apart, with their widths.
Axis knots_of(std::vector<Point> const& path, std::vector<double> const& width_mm) {
  auto const all = axis_of(path, width_mm);
  if (all.points.size() < 3) return all;
  std::vector<Point> points{all.points.front()};
  std::vector<double> widths;
  bool const has_width = !all.width_mm.empty();
  if (has_width) widths.push_back(all.width_mm.front());
  for (std::size_t i = 1; i + 1 < all.points.size(); ++i) {
    if (draw::distance(points.back(), all.points[i]) < same_point_mm ||
        draw::distance(all.points.back(), all.points[i]) < same_point_mm) {
      continue;
    }
    points.push_back(all.points[i]);
    if (has_width) widths.push_back(all.width_mm[i]);
  }
  points.push_back(all.points.back());
  if (has_width) widths.push_back(all.width_mm.back());
  return axis_of(points, widths);
}

/// Bézier controls of one centripetal span from `b` to `c` with its neighbours.
struct Span {
  Point b, control1, control2, c;

  Point at(double t) const {
    double const u = 1 - t;
    return b * (u * u * u) + control1 * (3 * u * u * t) + control2 * (3 * u * t * t) +
           c * (t * t * t);
  }
};

Span span_of(Point a, Point b, Point c, Point d) {
  double const before = std::sqrt(draw::distance(a, b));
  double const own = std::sqrt(draw::distance(b, c));
  double const after = std::sqrt(draw::distance(c, d));
  Span span{b, b, c, c};
  if (before > 0) {
    auto const tangent =
        (b - a) * (1 / before) - (c - a) * (1 / (before + own)) + (c - b) * (1 / own);
    span.control1 = b + tangent * (own / 3);
  }
  if (after > 0) {
    auto const tangent =
        (c - b) * (1 / own) - (d - b) * (1 / (own + after)) + (d - c) * (1 / after);
    span.control2 = c - tangent * (own / 3);
  }
  return span;
}

}  // namespace

Axis curve_through(std::vector<Point> const& path, std::vector<double> const& width_mm,
                   double step_mm) {
  auto const knots = knots_of(path, width_mm);
  if (knots.empty()) return {};
  auto const n = knots.points.size();
  if (n == 2) return resampled(knots, step_mm);
  std::vector<Point> points{knots.points.front()};
  std::vector<double> widths;
  bool const has_width = !knots.width_mm.empty();
  if (has_width) widths.push_back(knots.width_mm.front());
  for (std::size_t i = 0; i + 1 < n; ++i) {
    auto const b = knots.points[i];
    auto const c = knots.points[i + 1];
    // At the ends the curve leaves as if the next bend went on evenly: half a parabola.
    auto const a = i > 0 ? knots.points[i - 1] : b;
    auto const d = i + 2 < n ? knots.points[i + 2] : c;
    auto span = span_of(a, b, c, d);
    if (i == 0) span.control1 = (b + span.control2) * 0.5;
    if (i + 2 == n) span.control2 = (c + span.control1) * 0.5;
    double const around = draw::distance(b, span.control1) +
                          draw::distance(span.control1, span.control2) +
                          draw::distance(span.control2, c);
    int const pieces = std::max(1, static_cast<int>(std::ceil(around / step_mm)));
    for (int k = 1; k <= pieces; ++k) {
      double const t = static_cast<double>(k) / pieces;
      points.push_back(k == pieces ? c : span.at(t));
      if (has_width) widths.push_back(std::lerp(knots.width_mm[i], knots.width_mm[i + 1], t));
    }
  }
  return axis_of(points, widths);
}

Axis part_of(Axis const& axis, double from_mm, double to_mm) {
  from_mm = std::max(0.0, from_mm);
  to_mm = std::min(axis.length_mm(), to_mm);
  if (axis.empty() || to_mm - from_mm < 1e-6) return {};
  std::vector<Point> points{axis.at(from_mm)};
  std::vector<double> widths;
  bool const has_width = !axis.width_mm.empty();
  if (has_width) widths.push_back(axis.width_at_mm(from_mm));
  auto const first = static_cast<std::size_t>(
      std::ranges::upper_bound(axis.along_mm, from_mm + 1e-9) - axis.along_mm.begin());
  for (std::size_t i = first; i < axis.points.size() && axis.along_mm[i] < to_mm - 1e-9; ++i) {
    points.push_back(axis.points[i]);
    if (has_width) widths.push_back(axis.width_mm[i]);
  }
  points.push_back(axis.at(to_mm));
  if (has_width) widths.push_back(axis.width_at_mm(to_mm));
  return axis_of(points, widths);
}

}  // namespace hachure::scene
