#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "draw/polygon.hpp"
#include "scene/pattern.hpp"

namespace hachure::scene {
namespace {

using draw::Path;
using draw::Point;

PutSymbol const no_symbol = [](std::string const&, Point, double, double) {
  return std::optional<draw::Picture>();
};

LinePattern teeth(double size_mm, double spacing_mm) {
  LinePattern look;
  look.name = "teeth";
  look.size_mm = size_mm;
  look.spacing_mm = spacing_mm;
  look.side = "left";
  return look;
}

std::vector<std::vector<Point>> signs(std::vector<std::vector<Point>> const& lines,
                                      LinePattern const& look) {
  std::vector<std::vector<Point>> out;
  for (auto const& node : pattern_along(lines, look, no_symbol)) {
    for (auto& ring : std::get<draw::Shape>(node.value).path.flattened(0.01)) {
      out.push_back(std::move(ring));
    }
  }
  return out;
}

std::vector<Point> circle(double radius_mm, int points) {
  std::vector<Point> line;
  for (int i = 0; i <= points; ++i) {
    double const t = 2 * std::numbers::pi * (i % points) / points;
    line.push_back({50 + radius_mm * std::cos(t), 50 + radius_mm * std::sin(t)});
  }
  return line;
}

double overlap_mm2(std::vector<std::vector<Point>> const& rings) {
  double sum = 0;
  std::vector<Path> all;
  for (auto const& ring : rings) {
    Path path;
    path.add_polyline(ring, true);
    sum += draw::area_mm2(path);
    all.push_back(std::move(path));
  }
  return sum - draw::area_mm2(draw::united(all));
}

TEST(LineSigns, AWholeNumberOfThemFitsAtTheNearestDistance) {
  EXPECT_EQ(signs({{{0, 0}, {10, 0}}}, teeth(1, 3)).size(), 3u);
  EXPECT_EQ(signs({{{0, 0}, {11, 0}}}, teeth(1, 3)).size(), 4u);
  auto const ring = signs({circle(10, 180)}, teeth(1, 3));
  EXPECT_EQ(ring.size(), 21u);  // 62.8 mm
}

TEST(LineSigns, NoneStandsOnACorner) {
  // Stretches of 10 mm and 6 mm with a right angle between them.
  auto const rings = signs({{{0, 0}, {10, 0}, {10, 6}}}, teeth(1, 2.5));
  ASSERT_EQ(rings.size(), 6u);
  for (auto const& ring : rings) {
    for (auto const& p : ring) EXPECT_GT(draw::distance(p, {10, 0}), 0.6);
  }
}

TEST(LineSigns, TheyDoNotRunIntoEachOtherInATightBend) {
  // Inside of a ring hardly larger than they are, and of a hairpin.
  auto look = teeth(1.2, 1.6);
  look.side = "right";
  auto const ring = signs({circle(1.5, 90)}, look);
  EXPECT_GT(ring.size(), 2u);
  EXPECT_NEAR(overlap_mm2(ring), 0, 1e-3);
  look.side = "both";
  std::vector<Point> hairpin;
  for (int i = 0; i <= 60; ++i) hairpin.push_back({0.2 * i, 0});
  for (int i = 1; i <= 20; ++i) {
    double const t = std::numbers::pi * i / 20;
    hairpin.push_back({12 + 0.5 * std::sin(t), 0.5 - 0.5 * std::cos(t)});
  }
  for (int i = 59; i >= 0; --i) hairpin.push_back({0.2 * i, 1});
  auto const both = signs({hairpin}, look);
  EXPECT_GT(both.size(), 10u);
  EXPECT_NEAR(overlap_mm2(both), 0, 1e-3);
  for (auto const& tooth : both) {
    for (auto const& p : tooth) {
      // No tooth of one limb reaches over the other.
      bool const is_upper = tooth.front().y_mm < 0.5;
      EXPECT_TRUE(is_upper ? p.y_mm < 1.01 : p.y_mm > -0.01);
    }
  }
}

TEST(LineSigns, AShortLineHasOneOfItsOwnLength) {
  auto const one = signs({{{0, 0}, {0.6, 0}}}, teeth(1, 3));
  ASSERT_EQ(one.size(), 1u);
  EXPECT_NEAR(one[0][0].x_mm, 0, 1e-9);
  EXPECT_NEAR(one[0][1].x_mm, 0.6, 1e-9);
  EXPECT_NEAR(one[0][2].y_mm, -0.5, 1e-9);
  EXPECT_TRUE(signs({{{5, 5}, {5, 5}}}, teeth(1, 3)).empty());
}

TEST(LineSigns, CrenelsGoToAndFroOverTheWholeLine) {
  LinePattern look;
  look.name = "crenels";
  look.size_mm = 0.8;
  look.spacing_mm = 2;
  look.side = "right";
  auto const lines = signs({{{0, 0}, {6, 0}}}, look);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].front(), (Point{0, 0}));
  EXPECT_EQ(lines[0].back(), (Point{6, 0}));
  double high = 0;
  for (std::size_t i = 1; i < lines[0].size(); ++i) {
    auto const d = lines[0][i] - lines[0][i - 1];
    EXPECT_NEAR(d.x_mm * d.y_mm, 0, 1e-9) << "strokes run along the line or across it";
    if (lines[0][i].y_mm > 0.79 && lines[0][i - 1].y_mm > 0.79) high += d.x_mm;
  }
  EXPECT_NEAR(high, 3, 1e-9);
}

TEST(LineSigns, SymbolsStandUprightOrAcross) {
  LinePattern look;
  look.name = "anchorage";
  look.turn = "upright";
  std::vector<double> angles;
  PutSymbol const note = [&](std::string const&, Point, double, double angle_rad) {
    angles.push_back(angle_rad);
    return std::optional<draw::Picture>();
  };
  pattern_along({{{0, 0}, {0, 3}}}, look, note);
  look.turn = "across";
  look.side = "left";
  pattern_along({{{0, 0}, {3, 0}}}, look, note);
  ASSERT_EQ(angles.size(), 2u);
  EXPECT_NEAR(angles[0], 0, 1e-9);
  EXPECT_NEAR(angles[1], 0, 1e-9);  // to the left of a line that runs right is up
}

}  // namespace
}  // namespace hachure::scene
