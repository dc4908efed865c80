#include "scene/movement_ends.hpp"

#include <gtest/gtest.h>

namespace hachure::scene {
namespace {

using draw::Box;
using draw::Point;

Axis straight(double length_mm) {
  return smoothed_axis(std::vector<Point>{{0, 0}, {length_mm, 0}}, 0, 0.1);
}

TEST(Trimmed, CutsBothEnds) {
  auto const axis = trimmed(straight(20), {2, 3});
  EXPECT_NEAR(axis.points.front().x_mm, 2, 1e-9);
  EXPECT_NEAR(axis.points.back().x_mm, 17, 1e-9);
}

TEST(Trimmed, LeavesAThirdHoweverMuchIsAsked) {
  auto const axis = trimmed(straight(3), {10, 30});
  EXPECT_NEAR(axis.length_mm(), 1, 1e-9);
  EXPECT_NEAR(axis.points.front().x_mm, 0.5, 1e-9);  // in proportion: 2 mm are cut, 1 to 3
  EXPECT_NEAR(trimmed(straight(3), {-5, 0}).length_mm(), 3, 1e-9);
  EXPECT_TRUE(trimmed(Axis{}, {1, 1}).empty());
}

TEST(LengthWithin, UntilClearOfTheSymbol) {
  EXPECT_NEAR(length_within(straight(20), Box::of(-2, -2, 4, 4), 1), 3, 0.06);
  EXPECT_EQ(length_within(straight(20), Box::of(-9, -2, 4, 4), 1), 0);
  // All of it lies on the symbol.
  EXPECT_EQ(length_within(straight(20), Box::of(-5, -5, 50, 10), 1), 20);
}

TEST(LengthBehind, StopsBeforeAWallAtItsTip) {
  std::vector<std::vector<Point>> const wall{{{19.5, -10}, {19.5, 10}}};
  EXPECT_NEAR(length_behind(straight(20), wall, 1, 1.5), 0, 1e-9);  // beyond the reach
  EXPECT_NEAR(length_behind(straight(20), wall, 0.5, 1.5), 1, 0.12);
  std::vector<std::vector<Point>> const far{{{12, -10}, {12, 10}}};
  EXPECT_EQ(length_behind(straight(20), far, 1, 1.5), 0);
}

TEST(LengthBehind, GoesOnAlongAWall) {
  std::vector<std::vector<Point>> const wall{{{0, 0.4}, {30, 0.4}}};
  EXPECT_EQ(length_behind(straight(20), wall, 1, 1.5), 0);
}

TEST(OutAndBack, EndsBesideItsStart) {
  auto const axis = straight(30);
  auto const course = out_and_back(axis, 3, 1);
  EXPECT_EQ(course.points.front(), (Point{0, 0}));
  EXPECT_NEAR(course.points.back().x_mm, 0, 0.2);
  EXPECT_NEAR(course.points.back().y_mm, -1.5, 1e-6);
  double farthest = 0;
  for (auto const& p : course.points) farthest = std::max(farthest, p.x_mm);
  EXPECT_NEAR(farthest, 30, 0.05);  // the turn does not reach beyond what it aimed at
  EXPECT_NEAR(course.length_mm(), 2 * 28.5 + 1.5 * 3.14159, 0.3);
}

TEST(OutAndBack, HookOfAShare) {
  auto const course = out_and_back(straight(30), 3, 0.3);
  EXPECT_NEAR(course.points.back().x_mm, 28.5 * 0.7, 0.1);
  EXPECT_LT(course.points.back().y_mm, -1.4);
  EXPECT_LT(way_out(course, 0.3).points.back().y_mm, 1.6);
}

TEST(OutAndBack, LeavesAloneWhatComesBackOfItself) {
  auto const loop = smoothed_axis(std::vector<Point>{{0, 0}, {20, 0}, {20, 8}, {2, 3}}, 0);
  EXPECT_EQ(out_and_back(loop, 3, 1).points, loop.points);
  EXPECT_EQ(out_and_back(straight(9), 3, 0).points, straight(9).points);
  EXPECT_TRUE(out_and_back(Axis{}, 3, 1).empty());
}

}  // namespace
}  // namespace hachure::scene
