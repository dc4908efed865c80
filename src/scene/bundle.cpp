#include "scene/bundle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace hachure::scene {

namespace {

using draw::Point;

struct Nearest {
  double distance_mm;
  Point at;
  Point direction;
};

/// An axis with boxes round every few of its segments, to ask what is near.
class Route {
 public:
  explicit Route(Axis const& axis) : axis_(&axis) {
    for (std::size_t i = 1; i < axis.points.size(); ++i) {
      if ((i - 1) % chunk == 0) boxes_.emplace_back();
      boxes_.back().add(axis.points[i - 1]);
      boxes_.back().add(axis.points[i]);
    }
    for (auto const& box : boxes_) box_.add(box);
  }

  draw::Box const& box() const { return box_; }

  /// The nearest place within `reach_mm`; farther ones are told as infinitely far.
  Nearest nearest(Point p, double reach_mm) const {
    Nearest best{std::numeric_limits<double>::infinity(), {}, {1, 0}};
    double within = reach_mm;
    for (std::size_t k = 0; k < boxes_.size(); ++k) {
      if (!boxes_[k].grown(within).contains(p)) continue;
      auto const last = std::min((k + 1) * chunk, axis_->points.size() - 1);
      for (auto i = k * chunk + 1; i <= last; ++i) {
        auto const a = axis_->points[i - 1];
        auto const d = axis_->points[i] - a;
        double const t = std::clamp(draw::dot(p - a, d) / draw::dot(d, d), 0.0, 1.0);
        auto const q = a + d * t;
        double const distance = draw::distance(p, q);
        if (distance >= within) continue;
        best = {distance, q, d * (1 / draw::length(d))};
        within = distance;
      }
    }
    return best;
  }

 private:
  static constexpr std::size_t chunk = 16;

  Axis const* axis_;
  std::vector<draw::Box> boxes_;
  draw::Box box_;
};

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
Axis pushed_away(Axis const& axis, Route const& from, double wanted_mm) {
  draw::Box own_box;
  for (auto const& p : axis.points) own_box.add(p);
  if (!from.box().grown(wanted_mm).overlaps(own_box)) return axis;
  std::vector<double> shift(axis.points.size(), 0);
  double side_sum = 0;
  bool near = false;
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    auto const other = from.nearest(axis.points[i], wanted_mm);
    if (!std::isfinite(other.distance_mm)) continue;
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
  return axis_of(moved, axis.width_mm);
}

}  // namespace

std::vector<Axis> moved_apart(std::vector<Axis> const& axes, std::vector<double> const& width_mm,
                              double gap_mm) {
  std::vector<Axis> out;
  // Routes hold on to the axes they were made of.
  out.reserve(axes.size());
  std::vector<std::optional<Route>> routes;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto axis = axes[i];
    for (int round = 0; round < 2; ++round) {
      for (std::size_t k = 0; k < i && !axis.empty(); ++k) {
        if (!routes[k]) continue;
        axis = pushed_away(axis, *routes[k], (width_mm[i] + width_mm[k]) / 2 + gap_mm);
      }
    }
    out.push_back(std::move(axis));
    routes.emplace_back();
    if (!out.back().empty()) routes.back().emplace(out.back());
  }
  return out;
}

}  // namespace hachure::scene
