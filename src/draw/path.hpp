#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "draw/geometry.hpp"

namespace hachure::draw {

/// A sequence of contours made of straight lines and cubic Béziers, in page millimetres.
class Path {
 public:
  enum class Verb : std::uint8_t { move, line, cubic, close };

  void move_to(Point p);
  void line_to(Point p);
  void cubic_to(Point control1, Point control2, Point p);
  void close();
  void append(Path const& other);
  /// Adds a contour through `points`.
  void add_polyline(std::span<Point const> points, bool closed);
  void add_box(Box const& box);
  /// Circle as four cubics (error below 0.03 % of the radius).
  void add_circle(Point center, double radius_mm);

  bool empty() const { return verbs_.empty(); }
  std::vector<Verb> const& verbs() const { return verbs_; }
  /// Points in verb order: one for move and line, three for cubic, none for close.
  std::vector<Point> const& points() const { return points_; }

  /// Box around the control points (never smaller than the ink).
  Box control_box() const;
  /// Turned clockwise by `angle_rad` about the origin, scaled, then moved.
  Path transformed(double scale, double angle_rad, Point offset) const;
  /// Contours as polylines, cubics divided until the chord is within `tolerance_mm` of the curve; a
  /// closed contour repeats its first point at its end.
  std::vector<std::vector<Point>> flattened(double tolerance_mm) const;

  bool operator==(Path const&) const = default;

 private:
  std::vector<Verb> verbs_;
  std::vector<Point> points_;
};

}  // namespace hachure::draw
