#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace hachure::draw {

/// A place on the page: millimetres from its top left corner, y downwards.
struct Point {
  double x_mm = 0;
  double y_mm = 0;
  constexpr bool operator==(Point const&) const = default;
};

constexpr Point operator+(Point a, Point b) {
  return {a.x_mm + b.x_mm, a.y_mm + b.y_mm};
}
constexpr Point operator-(Point a, Point b) {
  return {a.x_mm - b.x_mm, a.y_mm - b.y_mm};
}
constexpr Point operator*(Point a, double k) {
  return {a.x_mm * k, a.y_mm * k};
}
constexpr double dot(Point a, Point b) {
  return a.x_mm * b.x_mm + a.y_mm * b.y_mm;
}
constexpr double cross(Point a, Point b) {
  return a.x_mm * b.y_mm - a.y_mm * b.x_mm;
}
inline double length(Point a) {
  return std::hypot(a.x_mm, a.y_mm);
}
inline double distance(Point a, Point b) {
  return length(b - a);
}
/// `a` turned by `angle_rad`, clockwise on the page (y is down).
inline Point turned(Point a, double angle_rad) {
  double const c = std::cos(angle_rad);
  double const s = std::sin(angle_rad);
  return {a.x_mm * c - a.y_mm * s, a.x_mm * s + a.y_mm * c};
}

/// Axis-aligned rectangle on the page; empty until a point is added.
struct Box {
  double min_x_mm = std::numeric_limits<double>::infinity();
  double min_y_mm = std::numeric_limits<double>::infinity();
  double max_x_mm = -std::numeric_limits<double>::infinity();
  double max_y_mm = -std::numeric_limits<double>::infinity();

  static constexpr Box of(double x, double y, double width, double height) {
    return {x, y, x + width, y + height};
  }
  constexpr bool operator==(Box const&) const = default;
  constexpr bool empty() const { return min_x_mm > max_x_mm || min_y_mm > max_y_mm; }
  constexpr double width_mm() const { return max_x_mm - min_x_mm; }
  constexpr double height_mm() const { return max_y_mm - min_y_mm; }
  constexpr Point center() const { return {(min_x_mm + max_x_mm) / 2, (min_y_mm + max_y_mm) / 2}; }
  constexpr void add(Point p) {
    min_x_mm = std::min(min_x_mm, p.x_mm);
    min_y_mm = std::min(min_y_mm, p.y_mm);
    max_x_mm = std::max(max_x_mm, p.x_mm);
    max_y_mm = std::max(max_y_mm, p.y_mm);
  }
  constexpr void add(Box const& b) {
    if (b.empty()) return;
    add(Point{b.min_x_mm, b.min_y_mm});
    add(Point{b.max_x_mm, b.max_y_mm});
  }
  /// The box grown by `margin_mm` on every side (shrunk if negative).
  constexpr Box grown(double margin_mm) const {
    return {min_x_mm - margin_mm, min_y_mm - margin_mm, max_x_mm + margin_mm, max_y_mm + margin_mm};
  }
  constexpr bool contains(Point p) const {
    return p.x_mm >= min_x_mm && p.x_mm <= max_x_mm && p.y_mm >= min_y_mm && p.y_mm <= max_y_mm;
  }
  constexpr bool contains(Box const& b) const {
    return b.min_x_mm >= min_x_mm && b.max_x_mm <= max_x_mm && b.min_y_mm >= min_y_mm &&
           b.max_y_mm <= max_y_mm;
  }
  /// Whether the interiors meet; touching edges do not.
  constexpr bool overlaps(Box const& b) const {
    return min_x_mm < b.max_x_mm && b.min_x_mm < max_x_mm && min_y_mm < b.max_y_mm &&
           b.min_y_mm < max_y_mm;
  }
};

}  // namespace hachure::draw
