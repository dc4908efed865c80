#include "scene/head.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hachure::scene {

namespace {

using draw::Point;

Point left_of(Point direction) {
  return {direction.y_mm, -direction.x_mm};
}

/// Middle line of a head: a parabola from its base to the tip.
struct Spine {
  Point base, control, tip;

  Point at(double t) const {
    double const u = 1 - t;
    return base * (u * u) + control * (2 * u * t) + tip * (t * t);
  }
  Point direction(double t) const {
    auto const d = (control - base) * (1 - t) + (tip - control) * t;
    double const length = draw::length(d);
    return length > 1e-9 ? d * (1 / length) : Point{1, 0};
  }
  bool is_straight() const {
    return std::abs(draw::cross(tip - base, control - base)) <
           1e-3 * draw::dot(tip - base, tip - base);
  }
};

/// Deeper bends than this would make a hook of the head where the path only ends in one.
constexpr double deepest_bend = 0.125;

Spine spine_of(Axis const& axis, double length_mm) {
  double const total = axis.length_mm();
  Spine spine{axis.at(total - length_mm), {}, axis.points.back()};
  auto const chord = spine.tip - spine.base;
  double const length = draw::length(chord);
  auto const middle = (spine.base + spine.tip) * 0.5;
  spine.control = middle;
  if (length < 0.5 * length_mm) {
    // The path turns back on itself within the head: its last direction has to do.
    spine.base = spine.tip - axis.direction(total) * length_mm;
    spine.control = (spine.base + spine.tip) * 0.5;
    return spine;
  }
  auto const n = left_of(chord * (1 / length));
  double const off = draw::dot(axis.at(total - length_mm / 2) - middle, n);
  double const most = deepest_bend * length;
  spine.control = middle + n * (2 * std::clamp(off, -most, most));
  return spine;
}

}  // namespace

HeadOutline head_outline(Axis const& axis, HeadSize const& size, HeadKind kind) {
  auto const spine = spine_of(axis, size.length_mm);
  bool const hooked = kind == HeadKind::hooked;
  double const sweep = hooked ? std::max(size.sweep, 0.5) : size.sweep;
  auto const back = spine.base - spine.direction(0) * (size.length_mm * sweep * 0.5);
  auto const across = left_of(spine.direction(0));
  bool const plain = spine.is_straight() && !hooked;
  int const steps = plain ? 1 : 8;
  std::vector<Point> left;
  std::vector<Point> right;
  for (int k = 1; k < steps; ++k) {
    double const t = static_cast<double>(k) / steps;
    // Straight sides, or such as are drawn in and run out into the barbs.
    double const half = size.width_mm / 2 * (hooked ? std::pow(1 - t, 1.3) : 1 - t);
    auto const n = left_of(spine.direction(t));
    left.push_back(spine.at(t) + n * half);
    right.push_back(spine.at(t) - n * half);
  }
  HeadOutline head;
  head.around.push_back(back + across * (size.width_mm / 2));
  head.around.insert(head.around.end(), left.begin(), left.end());
  head.around.push_back(spine.tip);
  head.around.insert(head.around.end(), right.rbegin(), right.rend());
  head.around.push_back(back - across * (size.width_mm / 2));
  head.notch = spine.at(hooked ? 0.2 : std::min(0.55 * size.sweep, 0.5));
  return head;
}

std::vector<Point> start_outline(Axis const& axis, double width_mm, StartKind kind) {
  auto const p = axis.points.front();
  auto const direction = axis.direction(0);
  auto const left = left_of(direction);
  double const half = width_mm / 2;
  switch (kind) {
    case StartKind::flat:
      return {};
    case StartKind::round: {
      std::vector<Point> arc;
      for (int k = 1; k < 12; ++k) {
        arc.push_back(p + draw::turned(left * -half, k * std::numbers::pi / 12));
      }
      return arc;
    }
    case StartKind::tail:
      return {p - direction * (0.5 * half) - left * half,
              p + direction * std::min(1.1 * half, 0.2 * axis.length_mm()),
              p - direction * (0.5 * half) + left * half};
    case StartKind::block: {
      double const reach = width_mm;
      auto const behind = p - direction * (1.2 * width_mm);
      return {p - left * reach, behind - left * reach, behind + left * reach, p + left * reach};
    }
  }
  return {};
}

}  // namespace hachure::scene
