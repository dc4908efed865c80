#include "layout/occupancy.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::layout {
namespace {

using draw::Box;
using draw::Path;
using draw::Point;

Box const page = Box::of(10, 20, 40, 30);

OrientedBox upright(Box const& box) {
  auto const c = box.center();
  return {c.x_mm, c.y_mm, box.width_mm() / 2, box.height_mm() / 2, 0};
}

TEST(Occupancy, EmptyPageCostsNothing) {
  Occupancy occupancy(page, 0.5);
  occupancy.finish();
  EXPECT_EQ(occupancy.hard_mm2(page), 0);
  EXPECT_EQ(occupancy.soft(page), 0);
  EXPECT_EQ(occupancy.hard_mm2(upright(page)), 0);
}

TEST(Occupancy, SumsAreAreas) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(15, 25, 4, 3), 1);
  occupancy.finish();
  EXPECT_NEAR(occupancy.hard_mm2(page), 12, 1e-9);
  EXPECT_NEAR(occupancy.hard_mm2(Box::of(15, 25, 4, 3)), 12, 1e-9);
  EXPECT_NEAR(occupancy.hard_mm2(Box::of(16, 24, 1, 2)), 1, 1e-9);
  EXPECT_EQ(occupancy.hard_mm2(Box::of(30, 30, 5, 5)), 0);
  EXPECT_EQ(occupancy.soft(page), 0);
}

TEST(Occupancy, SoftIsWeightTimesArea) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.25);
  occupancy.finish();
  EXPECT_NEAR(occupancy.soft(page), 25, 1e-6);
  EXPECT_NEAR(occupancy.soft(Box::of(20, 30, 20, 20)), 25 * 0.25, 1e-6);
  EXPECT_EQ(occupancy.hard_mm2(page), 0);
}

TEST(Occupancy, TheHeavierOfTwoSoftOnesCounts) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.25);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.125);
  occupancy.finish();
  EXPECT_NEAR(occupancy.soft(page), 50, 1e-6);
}

TEST(Occupancy, HardCoversSoft) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 5), 2);
  occupancy.finish();
  EXPECT_NEAR(occupancy.hard_mm2(page), 50, 1e-6);
  EXPECT_NEAR(occupancy.soft(page), 25, 1e-6);
}

TEST(Occupancy, TurnedAndUprightQuestionsAgree) {
  Occupancy occupancy(page, 0.25);
  Path disc;
  disc.add_circle({30, 35}, 6);
  occupancy.add_area(disc, 1);
  occupancy.add_box(Box::of(12, 22, 8, 5), 0.5);
  occupancy.finish();
  for (auto const& box : {Box::of(28, 30, 6, 4), Box::of(10, 20, 40, 30), Box::of(13, 23, 20, 9)}) {
    EXPECT_NEAR(occupancy.hard_mm2(upright(box)), occupancy.hard_mm2(box), 1e-6);
    EXPECT_NEAR(occupancy.soft(upright(box)), occupancy.soft(box), 1e-6);
  }
}

TEST(Occupancy, SoftUnderHardCountsInNeitherQuestion) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 10), 0.5);
  occupancy.add_box(Box::of(15, 25, 10, 5), 1);
  occupancy.finish();
  EXPECT_NEAR(occupancy.soft(upright(page)), occupancy.soft(page), 1e-6);
}

TEST(Occupancy, TurnedBoxHasItsArea) {
  Occupancy occupancy(page, 0.1);
  occupancy.add_box(page, 1);
  occupancy.finish();
  for (double const angle : {0.0, 0.3, 0.785, 1.57, -2.0}) {
    EXPECT_NEAR(occupancy.hard_mm2(OrientedBox{30, 35, 6, 1.5, angle}), 36, 0.6) << angle;
  }
}

TEST(Occupancy, AreaIsEvenOdd) {
  Occupancy occupancy(page, 0.1);
  Path ring;
  ring.add_box(Box::of(15, 25, 10, 10));
  ring.add_box(Box::of(18, 28, 4, 4));
  occupancy.add_area(ring, 1);
  occupancy.finish();
  EXPECT_NEAR(occupancy.hard_mm2(page), 84, 0.01);
  EXPECT_EQ(occupancy.hard_mm2(Box::of(18.5, 28.5, 3, 3)), 0);
}

TEST(Occupancy, AreaOfACurve) {
  Occupancy occupancy(page, 0.1);
  Path disc;
  disc.add_circle({30, 35}, 5);
  occupancy.add_area(disc, 1);
  occupancy.finish();
  EXPECT_NEAR(occupancy.hard_mm2(page), std::acos(-1.0) * 25, 1.2);  // flattened at half a cell
}

TEST(Occupancy, LineHasItsWidth) {
  Occupancy occupancy(page, 0.1);
  Path line;
  std::vector<Point> const points{{15, 30}, {35, 30}};
  line.add_polyline(points, false);
  occupancy.add_lines(line, 1, 1);
  occupancy.finish();
  // A stadium: 20 x 2 and a disc of radius 1.
  EXPECT_NEAR(occupancy.hard_mm2(page), 40 + std::acos(-1.0), 0.8);
  EXPECT_EQ(occupancy.hard_mm2(Box::of(15, 31.5, 20, 3)), 0);
}

TEST(Occupancy, ThinLinesAreNotLost) {
  Occupancy occupancy(page, 0.5);
  Path line;
  std::vector<Point> const points{{12.1, 22.1}, {47.3, 44.8}};
  line.add_polyline(points, false);
  occupancy.add_lines(line, 0.01, 1);
  occupancy.finish();
  for (double t = 0.02; t < 1; t += 0.05) {
    Point const p = points[0] + (points[1] - points[0]) * t;
    EXPECT_GT(occupancy.hard_mm2(Box::of(p.x_mm - 1, p.y_mm - 1, 2, 2)), 0) << t;
  }
}

TEST(Occupancy, WhatLiesOutsideIsLeftOut) {
  Occupancy occupancy(page, 0.5);
  occupancy.add_box(Box::of(0, 0, 15, 25), 1);
  occupancy.add_box(Box::of(500, 500, 10, 10), 1);
  occupancy.finish();
  EXPECT_NEAR(occupancy.hard_mm2(page), 25, 1e-9);
  EXPECT_NEAR(occupancy.hard_mm2(Box::of(-100, -100, 1000, 1000)), 25, 1e-9);
  EXPECT_NEAR(occupancy.hard_mm2(upright(Box::of(-100, -100, 1000, 1000))), 25, 1e-9);
}

}  // namespace
}  // namespace hachure::layout
