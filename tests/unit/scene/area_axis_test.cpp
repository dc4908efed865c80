#include "scene/area_axis.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::scene {
namespace {

using draw::Point;

draw::Path polygon(std::vector<Point> const& points) {
  draw::Path path;
  path.add_polyline(points, true);
  return path;
}

/// A half ring about (50, 50) between two radii, open below.
draw::Path half_ring(double inner, double outer) {
  std::vector<Point> points;
  for (int i = 0; i <= 40; ++i) {
    double const a = 3.14159265358979323846 * i / 40;
    points.push_back({50 - outer * std::cos(a), 50 - outer * std::sin(a)});
  }
  for (int i = 40; i >= 0; --i) {
    double const a = 3.14159265358979323846 * i / 40;
    points.push_back({50 - inner * std::cos(a), 50 - inner * std::sin(a)});
  }
  return polygon(points);
}

TEST(AreaAxis, FollowsTheMiddleOfABend) {
  auto const axis = axis_of_area(half_ring(30, 40));
  ASSERT_FALSE(axis.empty());
  EXPECT_GT(axis.length_mm(), 80);
  EXPECT_LT(axis.length_mm(), 3.1416 * 35 + 1);
  for (auto const& p : axis.points) {
    EXPECT_NEAR(draw::distance(p, {50, 50}), 35, 2.5) << p.x_mm << ' ' << p.y_mm;
  }
}

TEST(AreaAxis, ASlantedStripHasOne) {
  auto const axis = axis_of_area(polygon({{10, 10}, {70, 40}, {68, 44}, {8, 14}}));
  ASSERT_FALSE(axis.empty());
  auto const d = axis.points.back() - axis.points.front();
  EXPECT_NEAR(std::abs(std::atan(d.y_mm / d.x_mm)), std::atan(0.5), 0.06);
}

TEST(AreaAxis, NamesOfRoundAndOfLevelAreasStandLevel) {
  EXPECT_TRUE(axis_of_area(polygon({{0, 0}, {30, 0}, {30, 30}, {0, 30}})).empty());
  EXPECT_TRUE(axis_of_area(polygon({{0, 0}, {80, 0}, {80, 10}, {0, 10}})).empty());
  EXPECT_TRUE(axis_of_area({}).empty());
  EXPECT_TRUE(axis_of_area(polygon({{1, 1}, {1, 1}, {1, 1}})).empty());
}

}  // namespace
}  // namespace hachure::scene
