#include "geo/ops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace hachure::geo {
namespace {

using Line = std::vector<Plane>;

Window const unit{0, 0, 10, 10};

Line ring_of(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
}

double area_of(Line const& ring) {
  return std::abs(signed_area(ring));
}

TEST(SignedArea, CounterClockwiseIsPositive) {
  EXPECT_DOUBLE_EQ(signed_area(ring_of(1, 1, 4, 3)), 12);
  auto clockwise = ring_of(1, 1, 4, 3);
  std::ranges::reverse(clockwise);
  EXPECT_DOUBLE_EQ(signed_area(clockwise), -12);
  EXPECT_DOUBLE_EQ(signed_area({}), 0);
}

TEST(ClipRing, InsideStaysAsItIs) {
  EXPECT_EQ(clip_ring(ring_of(1, 1, 4, 3), unit), ring_of(1, 1, 4, 3));
}

TEST(ClipRing, OutsideVanishes) {
  EXPECT_TRUE(clip_ring(ring_of(11, 1, 4, 3), unit).empty());
  EXPECT_TRUE(clip_ring(ring_of(-5, -5, 2, 2), unit).empty());
  EXPECT_TRUE(clip_ring({}, unit).empty());
}

TEST(ClipRing, RoundTheWindowBecomesTheWindow) {
  auto const clipped = clip_ring(ring_of(-5, -5, 100, 100), unit);
  EXPECT_DOUBLE_EQ(area_of(clipped), 100);
  EXPECT_EQ(clipped.size(), 5u);
  EXPECT_EQ(clipped.front(), clipped.back());
}

TEST(ClipRing, CornerIsCut) {
  // Triangle (8 8) (14 8) (8 14): the line x + y = 22 leaves the corner (10 10) inside.
  auto const clipped = clip_ring({{8, 8}, {14, 8}, {8, 14}, {8, 8}}, unit);
  EXPECT_DOUBLE_EQ(area_of(clipped), 4);
  EXPECT_EQ(clipped.front(), clipped.back());
}

TEST(ClipRing, AreaIsThatOfTheCommonPart) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> at(-8, 18);
  for (int i = 0; i < 300; ++i) {
    double const x = at(random);
    double const y = at(random);
    double const w = std::abs(at(random));
    double const h = std::abs(at(random));
    double const common_x = std::min(x + w, 10.0) - std::max(x, 0.0);
    double const common_y = std::min(y + h, 10.0) - std::max(y, 0.0);
    double const expected = common_x > 0 && common_y > 0 ? common_x * common_y : 0;
    auto const clipped = clip_ring(ring_of(x, y, w, h), unit);
    EXPECT_NEAR(area_of(clipped), expected, 1e-9);
    for (auto const& p : clipped) {
      EXPECT_TRUE(p.x >= -1e-9 && p.x <= 10 + 1e-9 && p.y >= -1e-9 && p.y <= 10 + 1e-9);
    }
  }
}

TEST(ClipLine, InsideStaysAsItIs) {
  Line const line{{1, 1}, {5, 5}, {9, 1}};
  EXPECT_EQ(clip_line(line, unit), std::vector<Line>{line});
}

TEST(ClipLine, OutsideVanishes) {
  EXPECT_TRUE(clip_line({{-5, 12}, {15, 12}}, unit).empty());
  EXPECT_TRUE(clip_line({{-3, 8}, {2, 13}}, unit).empty());  // passes the corner
  EXPECT_TRUE(clip_line({}, unit).empty());
  EXPECT_TRUE(clip_line({{5, 5}}, unit).empty());
}

TEST(ClipLine, CutAtBothEnds) {
  EXPECT_EQ(clip_line({{-5, 5}, {15, 5}}, unit), (std::vector<Line>{{{0, 5}, {10, 5}}}));
}

TEST(ClipLine, LeavesAndComesBackAsTwoParts) {
  EXPECT_EQ(clip_line({{5, 5}, {15, 5}, {15, 7}, {5, 7}}, unit),
            (std::vector<Line>{{{5, 5}, {10, 5}}, {{10, 7}, {5, 7}}}));
}

TEST(ClipLine, VertexOnTheEdgeDoesNotCutTheLine) {
  EXPECT_EQ(clip_line({{5, 5}, {10, 6}, {5, 7}}, unit),
            (std::vector<Line>{{{5, 5}, {10, 6}, {5, 7}}}));
}

TEST(ClipLine, TouchInOnePointIsNoPart) {
  EXPECT_TRUE(clip_line({{12, 4}, {10, 5}, {12, 6}}, unit).empty());
  EXPECT_TRUE(clip_line({{10, 10}, {12, 12}}, unit).empty());
}

TEST(ClipLine, RunsAlongTheEdge) {
  EXPECT_EQ(clip_line({{-5, 10}, {5, 10}}, unit), (std::vector<Line>{{{0, 10}, {5, 10}}}));
}

TEST(ClipLine, LengthIsThatOfTheInside) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> at(-8, 18);
  for (int i = 0; i < 200; ++i) {
    Plane const a{at(random), at(random)};
    Plane const b{at(random), at(random)};
    constexpr int steps = 4000;
    int inside = 0;
    for (int k = 0; k < steps; ++k) {
      double const t = (k + 0.5) / steps;
      double const x = a.x + (b.x - a.x) * t;
      double const y = a.y + (b.y - a.y) * t;
      if (x > 0 && x < 10 && y > 0 && y < 10) ++inside;
    }
    double const whole = std::hypot(b.x - a.x, b.y - a.y);
    double length = 0;
    for (auto const& part : clip_line({a, b}, unit)) {
      length += std::hypot(part.back().x - part.front().x, part.back().y - part.front().y);
    }
    EXPECT_NEAR(length, whole * inside / steps, whole * 2 / steps);
  }
}

TEST(Simplified, KeepsTheEndsAndWhatBends) {
  EXPECT_EQ(simplified({{0, 0}, {1, 0.01}, {2, -0.01}, {3, 0}}, 0.1), (Line{{0, 0}, {3, 0}}));
  EXPECT_EQ(simplified({{0, 0}, {5, 3}, {10, 0}}, 0.1), (Line{{0, 0}, {5, 3}, {10, 0}}));
  EXPECT_EQ(simplified({{0, 0}, {1, 1}}, 100), (Line{{0, 0}, {1, 1}}));
  EXPECT_TRUE(simplified({}, 1).empty());
}

TEST(Simplified, TurningBackIsNoStraightLine) {
  // The vertex lies on the line through the ends but not between them.
  EXPECT_EQ(simplified({{0, 0}, {10, 0}, {4, 0}}, 0.5), (Line{{0, 0}, {10, 0}, {4, 0}}));
}

TEST(Simplified, NoVertexFartherThanTheTolerance) {
  std::mt19937 random(9);
  std::normal_distribution<double> step(0, 1);
  Line line{{0, 0}};
  for (int i = 0; i < 500; ++i) {
    line.push_back({line.back().x + step(random), line.back().y + step(random)});
  }
  auto const distance = [](Plane p, Plane a, Plane b) {
    double const dx = b.x - a.x;
    double const dy = b.y - a.y;
    double const t = std::clamp(
        ((p.x - a.x) * dx + (p.y - a.y) * dy) / std::max(1e-300, dx * dx + dy * dy), 0.0, 1.0);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
  };
  for (double const tolerance : {0.0, 0.3, 1.0, 4.0}) {
    auto const simple = simplified(line, tolerance);
    EXPECT_EQ(simple.front(), line.front());
    EXPECT_EQ(simple.back(), line.back());
    std::size_t from = 0;
    for (std::size_t k = 1; k < simple.size(); ++k) {
      auto to = from + 1;
      while (!(line[to] == simple[k])) ++to;  // a subsequence: this ends
      for (auto i = from; i <= to; ++i) {
        EXPECT_LE(distance(line[i], simple[k - 1], simple[k]), tolerance + 1e-12);
      }
      from = to;
    }
  }
}

TEST(Simplified, RingStaysClosedOrCollapses) {
  auto ring = ring_of(0, 0, 10, 10);
  ring.insert(ring.begin() + 1, {5, 0.01});
  EXPECT_EQ(simplified(ring, 0.1), ring_of(0, 0, 10, 10));
  EXPECT_TRUE(simplified(ring, 100).empty());
  EXPECT_EQ(simplified({{0, 0}, {10, 0}, {5, 8}, {0, 0}}, 0.1).size(), 4u);
}

std::vector<Line> const none;

double distance_to_outline(std::vector<Line> const& rings, Plane p) {
  double nearest = 1e300;
  for (auto const& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      double const dx = ring[i].x - ring[i - 1].x;
      double const dy = ring[i].y - ring[i - 1].y;
      double const t = std::clamp(
          ((p.x - ring[i - 1].x) * dx + (p.y - ring[i - 1].y) * dy) / (dx * dx + dy * dy), 0.0,
          1.0);
      nearest =
          std::min(nearest, std::hypot(p.x - ring[i - 1].x - t * dx, p.y - ring[i - 1].y - t * dy));
    }
  }
  return nearest;
}

bool within(std::vector<Line> const& rings, Plane p) {
  bool inside = false;
  for (auto const& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      auto const a = ring[i - 1];
      auto const b = ring[i];
      if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
        inside = !inside;
      }
    }
  }
  return inside;
}

TEST(Pole, CentreOfASquare) {
  auto const pole = pole_of_inaccessibility({ring_of(2, 3, 10, 10)}, 0.01);
  ASSERT_TRUE(pole);
  EXPECT_NEAR(pole->x, 7, 0.02);
  EXPECT_NEAR(pole->y, 8, 0.02);
}

TEST(Pole, WideArmOfAnL) {
  // Best circle of the L: the corner's, of radius r with r * sqrt(2) + r = 4 * sqrt(2) measured
  // from the outer corner to the inner one.
  std::vector<Line> const rings{{{0, 0}, {20, 0}, {20, 4}, {4, 4}, {4, 20}, {0, 20}, {0, 0}}};
  auto const pole = pole_of_inaccessibility(rings, 0.001);
  ASSERT_TRUE(pole);
  double const radius = 4 * std::sqrt(2.0) / (1 + std::sqrt(2.0));
  EXPECT_NEAR(distance_to_outline(rings, *pole), radius, 0.01);
}

TEST(Pole, KeepsOutOfHoles) {
  std::vector<Line> const rings{ring_of(0, 0, 12, 10), ring_of(1, 1, 8, 8)};
  auto const pole = pole_of_inaccessibility(rings, 0.01);
  ASSERT_TRUE(pole);
  EXPECT_TRUE(within(rings, *pole));
  EXPECT_NEAR(distance_to_outline(rings, *pole), 1.5, 0.02);
  EXPECT_GT(pole->x, 9);
}

TEST(Pole, InsideACrescentWhateverThePrecision) {
  // The middle of its box lies outside, and the precision is wider than the arms.
  std::vector<Line> const rings{
      {{0, 0}, {20, 0}, {20, 2}, {2, 2}, {2, 18}, {20, 18}, {20, 20}, {0, 20}, {0, 0}}};
  for (double const precision : {0.01, 1.0, 5.0, 50.0}) {
    auto const pole = pole_of_inaccessibility(rings, precision);
    ASSERT_TRUE(pole) << precision;
    EXPECT_TRUE(within(rings, *pole)) << precision;
  }
}

TEST(Pole, NothingForRingsWithoutArea) {
  EXPECT_FALSE(pole_of_inaccessibility(none, 0.1));
  EXPECT_FALSE(pole_of_inaccessibility({Line{{0, 0}, {1, 1}, {0, 0}}}, 0.1));
  EXPECT_FALSE(pole_of_inaccessibility({Line{{0, 0}, {5, 0}, {9, 0}, {0, 0}}}, 0.1));
  EXPECT_FALSE(pole_of_inaccessibility({Line{{0, 0}, {5, 5}, {9, 9}, {0, 0}}}, 0.1));
}

TEST(Pole, LongAndThinEndsSoon) {
  std::vector<Line> const rings{ring_of(0, 0, 1e6, 1)};
  auto const pole = pole_of_inaccessibility(rings, 0.1);
  ASSERT_TRUE(pole);
  EXPECT_TRUE(within(rings, *pole));
  EXPECT_NEAR(distance_to_outline(rings, *pole), 0.5, 0.2);
  // Ten thousand million cells of its own width would not fit into memory.
  std::vector<Line> const thread{ring_of(0, 0, 1e10, 1)};
  auto const found = pole_of_inaccessibility(thread, 0.1);
  EXPECT_TRUE(!found || within(thread, *found));
}

}  // namespace
}  // namespace hachure::geo
