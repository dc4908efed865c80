#include "scene/routing.hpp"

#include <gtest/gtest.h>

namespace hachure::scene {
namespace {

using draw::Box;
using draw::Path;
using draw::Point;
using Line = std::vector<Point>;

Path box(double x, double y, double width, double height) {
  Path path;
  path.add_box(Box::of(x, y, width, height));
  return path;
}

Box const page = Box::of(0, 0, 100, 80);

double length(Line const& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += draw::distance(line[i - 1], line[i]);
  return sum;
}

TEST(RouteGround, OpenGroundIsCrossedStraight) {
  RouteGround const ground(page, page);
  EXPECT_EQ(ground.route({{10, 10}, {90, 33}}, 1), (Line{{10, 10}, {90, 33}}));
}

TEST(RouteGround, KeepsOnTheWaterRoundACape) {
  RouteGround ground(page, page);
  ground.keep_to(box(0, 0, 100, 80), {}, 0);
  ground.keep_off(box(40, 0, 20, 60), {}, 0);
  auto const way = ground.route({{10, 20}, {90, 20}}, 1);
  EXPECT_EQ(ground.bad_length_mm(way), 0);
  EXPECT_EQ(way.front(), (Point{10, 20}));
  EXPECT_EQ(way.back(), (Point{90, 20}));
  // No longer than round both corners at 2 mm.
  EXPECT_LT(length(way), 2 * draw::distance({10, 20}, {38, 62}) + 24 + 2);
  for (auto const& p : way) EXPECT_FALSE(Box::of(40.5, 0, 19, 59.5).contains(p));
}

TEST(RouteGround, StaysClearOfTheBankWhereThereIsRoom) {
  RouteGround ground(page, page);
  ground.keep_to(box(0, 30, 100, 20), {}, 0);
  auto const way = ground.route({{5, 31}, {95, 31}}, 5);
  double deepest = 0;
  for (auto const& p : way) deepest = std::max(deepest, p.y_mm);
  EXPECT_GT(deepest, 33.5);
}

TEST(RouteGround, CrossesARiverWhereItIsNarrow) {
  RouteGround ground(page, page);
  ground.keep_off(box(0, 30, 40, 20), {}, 0);
  ground.keep_off(box(60, 30, 40, 20), {}, 0);
  ground.keep_off(box(40, 39, 20, 1.5), {}, 0);
  auto const way = ground.route({{20, 10}, {20, 70}}, 1);
  EXPECT_NEAR(ground.bad_length_mm(way), 1.5, 0.6);
}

TEST(RouteGround, GoesUpALineOfWater) {
  Path river;
  river.add_polyline(Line{{10, 70}, {10, 20}, {80, 20}}, false);
  RouteGround ground(page, page);
  ground.keep_to({}, river, 0.5);
  auto const way = ground.route({{10, 70}, {80, 20}}, 0.2);
  EXPECT_LT(ground.bad_length_mm(way), 0.5);
  EXPECT_GT(length(way), 115);
}

TEST(RouteGround, WhatIsNotKnownIsGood) {
  RouteGround ground(page, Box::of(-50, 0, 200, 80));
  ground.keep_to(box(0, 0, 100, 80), {}, 0);
  EXPECT_TRUE(ground.is_good({-20, 10}));
  auto const way = ground.route({{-40, 10}, {50, 10}}, 1);
  EXPECT_EQ(way, (Line{{-40, 10}, {50, 10}}));
}

TEST(RouteGround, StopsOnBadGroundAreReached) {
  RouteGround ground(page, page);
  ground.keep_to(box(20, 20, 60, 40), {}, 0);
  auto const way = ground.route({{5, 5}, {50, 40}, {95, 75}}, 1);
  EXPECT_EQ(way.front(), (Point{5, 5}));
  EXPECT_EQ(way.back(), (Point{95, 75}));
}

}  // namespace
}  // namespace hachure::scene
