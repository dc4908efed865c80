#include "scene/band.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "draw/polygon.hpp"
#include "scene/axis.hpp"

namespace hachure::scene {
namespace {

using draw::Path;
using draw::Point;
using Line = std::vector<Point>;

std::vector<double> even(Line const& line, double half_mm) {
  return std::vector<double>(line.size(), half_mm);
}

TEST(IsSimple, TellsCrossingsTouchesAndFolds) {
  EXPECT_TRUE(is_simple({{0, 0}, {4, 0}, {4, 4}, {0, 4}}));
  EXPECT_TRUE(is_simple({{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}));           // closed by hand
  EXPECT_FALSE(is_simple({{0, 0}, {4, 4}, {4, 0}, {0, 4}}));                  // bow tie
  EXPECT_FALSE(is_simple({{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}));          // touches a side
  EXPECT_FALSE(is_simple({{0, 0}, {4, 0}, {4, 4}, {4, 2}, {0, 4}}));          // folds back
  EXPECT_FALSE(is_simple({{0, 0}, {2, 0}, {2, 0}, {4, 4}, {0, 4}}));          // repeated point
  EXPECT_FALSE(is_simple({{0, 0}, {4, 0}}));                                  // no area
  EXPECT_FALSE(is_simple({{0, 0}, {2, 2}, {0, 4}, {4, 4}, {2, 2}, {4, 0}}));  // meets at a point
}

TEST(BandArea, StraightBandIsARectangle) {
  Line const line{{0, 0}, {10, 0}, {20, 0}};
  auto const area = band_area(line, even(line, 1));
  EXPECT_TRUE(draw::is_valid(area));
  EXPECT_NEAR(draw::area_mm2(area), 40, 1e-9);
}

TEST(BandArea, InnerBendIsASharpCornerAndOuterIsRound) {
  Line const line{{0, 0}, {10, 0}, {10, 10}};
  auto const contour = band_area(line, even(line, 1)).flattened(0.01).front();
  auto const has = [&](Point p) {
    for (auto const& q : contour) {
      if (draw::distance(p, q) < 1e-6) return true;
    }
    return false;
  };
  EXPECT_TRUE(has({9, 1}));  // where the inner edges meet
  // Nothing is farther from the corner than the half width.
  for (auto const& q : contour) {
    if (q.x_mm > 10 && q.y_mm < 0) {
      EXPECT_LE(draw::distance(q, {10, 0}), 1 + 1e-9);
    }
  }
  // Two legs of 20 mm2, less the square they share, and the quarter round they leave open.
  EXPECT_NEAR(draw::area_mm2(band_area(line, even(line, 1))), 39 + std::numbers::pi / 4, 0.02);
}

TEST(BandArea, CrossingItselfIsUnitedWithAHole) {
  Line const line{{0, 0}, {20, 0}, {20, 20}, {5, 20}, {5, -10}};
  auto const area = band_area(line, even(line, 1));
  EXPECT_TRUE(draw::is_valid(area));
  EXPECT_EQ(area.flattened(0.01).size(), 2u);  // outline and hole
}

TEST(BandArea, WidthIsAsAskedAwayFromTheEnds) {
  // A circle of radius 8 in steps of 0.35 mm: the sampling of axes.
  Line line;
  for (int i = 0; i < 100; ++i) {
    double const a = i * 0.35 / 8;
    line.push_back({8 * std::cos(a), 8 * std::sin(a)});
  }
  for (double const half : {0.4, 2.0, 7.5}) {
    auto const edges = band_edges(line, even(line, half));
    for (auto const& [side, radius] :
         {std::pair{&edges.right, 8 - half}, {&edges.left, 8 + half}}) {
      for (auto const& p : *side) EXPECT_NEAR(draw::length(p), radius, 0.01 * half);
    }
  }
}

TEST(BandArea, BendsTighterThanTheWidthHaveNoHoles) {
  Line line;
  for (int i = 0; i <= 40; ++i) {
    double const a = i * std::numbers::pi / 40;
    line.push_back({std::cos(a), std::sin(a)});  // half a circle of radius 1
  }
  auto const area = band_area(line, even(line, 2));
  EXPECT_TRUE(draw::is_valid(area));
  EXPECT_EQ(area.flattened(0.01).size(), 1u);
}

// --- curves through points -----------------------------------------------------------------------

TEST(CurveThrough, PassesThroughEveryPoint) {
  Line const points{{0, 0}, {8, 5}, {9, 20}, {25, 22}, {24, 2}};
  auto const axis = curve_through(points);
  for (auto const& p : points) {
    double nearest = 1e9;
    for (auto const& q : axis.points) nearest = std::min(nearest, draw::distance(p, q));
    EXPECT_LT(nearest, 1e-9);
  }
  EXPECT_EQ(axis.points.front(), points.front());
  EXPECT_EQ(axis.points.back(), points.back());
}

TEST(CurveThrough, HasNoLoopsBetweenUnevenPoints) {
  // Long legs about a short one: the uniform spline loops here.
  auto const axis = curve_through({{0, 0}, {30, 0}, {30.5, 0.5}, {0, 1.5}});
  auto closed = axis.points;
  closed.push_back({-5, 1.5});
  closed.push_back({-5, 0});
  EXPECT_TRUE(is_simple(closed));
}

TEST(CurveThrough, CarriesWidthsLinearly) {
  auto const axis = curve_through({{0, 0}, {10, 0}, {20, 0}}, {4, 2, 3});
  EXPECT_NEAR(axis.width_at_mm(0), 4, 1e-9);
  EXPECT_NEAR(axis.width_at_mm(10), 2, 1e-9);
  EXPECT_NEAR(axis.width_at_mm(20), 3, 1e-9);
  EXPECT_NEAR(part_of(axis, 10, 20).width_mm.front(), 2, 1e-9);
  EXPECT_EQ(axis_of({{0, 0}, {1, 0}}).width_at_mm(0.5), 0);
}

TEST(CurveThrough, TwoPointsAreStraightAndFewerAreEmpty) {
  EXPECT_NEAR(curve_through({{0, 0}, {3, 4}}).length_mm(), 5, 1e-9);
  EXPECT_TRUE(curve_through({{1, 1}, {1, 1}}).empty());
  EXPECT_TRUE(curve_through({}).empty());
}

}  // namespace
}  // namespace hachure::scene
