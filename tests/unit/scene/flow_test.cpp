#include "scene/flow.hpp"

#include <gtest/gtest.h>

namespace hachure::scene {
namespace {

using draw::Point;

void expect_near(Point a, Point b) {
  EXPECT_NEAR(a.x_mm, b.x_mm, 1e-9);
  EXPECT_NEAR(a.y_mm, b.y_mm, 1e-9);
}

TEST(JoinedFlows, ApartTheyStayAsTheyAre) {
  Flow const a{{{0, 0}, {10, 0}}, {2, 1}};
  Flow const b{{{0, 5}, {10, 5}}, {1, 1}};
  auto const out = joined_flows({a, b, {}}, 0);
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].points, a.points);
  EXPECT_EQ(out[1].points, b.points);
  EXPECT_TRUE(out[2].points.empty());
}

TEST(JoinedFlows, SideBySideOnASharedLeg) {
  // There and back on one leg: each to its own right... the pair centred on the route.
  auto const out = joined_flows({{{{0, 0}, {10, 0}}, {3, 3}}, {{{10, 0}, {0, 0}}, {1, 1}}}, 0.5);
  // 3 + 0.5 + 1 wide: the wide one 0.75 to one side, the narrow one 1.75 to the other.
  expect_near(out[0].points[0], {0, -0.75});
  expect_near(out[0].points[1], {10, -0.75});
  expect_near(out[1].points[0], {10, 1.75});
  expect_near(out[1].points[1], {0, 1.75});
}

TEST(JoinedFlows, OneThatLeavesToTheLeftLiesToTheLeft) {
  auto const out = joined_flows(
      {{{{0, 0}, {10, 0}, {20, 0}}, {3, 3, 3}}, {{{0, 0}, {10, 0}, {20, -8}}, {1, 1, 1}}}, 0);
  EXPECT_LT(out[1].points[0].y_mm, out[0].points[0].y_mm);
  EXPECT_NEAR(out[0].points[0].y_mm - out[1].points[0].y_mm, 2, 1e-9);  // edges touch
}

TEST(JoinedFlows, TwoThatEndWhereOneBeginsShareItsWidth) {
  Flow const trunk{{{10, 0}, {30, 0}}, {3, 3}};
  Flow const upper{{{0, -8}, {10, 0}}, {1, 1}};
  Flow const lower{{{0, 8}, {10, 0}}, {2, 2}};
  auto const out = joined_flows({trunk, upper, lower}, 0);
  expect_near(out[1].points.back(), {10, -1});   // 1 mm of 3, at the top
  expect_near(out[2].points.back(), {10, 0.5});  // 2 mm below it
  // Each runs into the direction of the trunk.
  EXPECT_NEAR(out[1].points[out[1].points.size() - 2].y_mm, -1, 1e-9);
  EXPECT_EQ(out[1].points.size(), out[1].width_mm.size());
}

TEST(JoinedFlows, OneThatJoinsATrunkOnItsWayKeepsToItsSide) {
  Flow const trunk{{{0, 0}, {10, 0}, {20, 0}}, {2, 3, 3}};
  Flow const branch{{{5, 9}, {10, 0}}, {1, 1}};
  auto const out = joined_flows({trunk, branch}, 0);
  EXPECT_EQ(out[0].points, trunk.points);
  expect_near(out[1].points.back(), {10, 1});  // inside the lower edge at 1.5
}

}  // namespace
}  // namespace hachure::scene
