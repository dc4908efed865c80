#include "scene/hachures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "draw/polygon.hpp"

namespace hachure::scene {
namespace {

using draw::Point;

/// A field of the given nodes whose heights are a function of the place on the page.
template <class Height>
HeightField field_of(long first_column, long first_row, int columns, int rows, Height height) {
  HeightField field;
  field.first_column = first_column;
  field.first_row = first_row;
  field.columns = columns;
  field.rows = rows;
  field.step_mm = 0.2;
  field.zero = {-100, 40};
  field.metres_per_mm = 20;
  field.height_m.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      auto const at = field.at(first_column + i, first_row + j);
      field.node(i, j) = static_cast<float>(height(at));
    }
  }
  return field;
}

/// Two round hills whose flanks meet in a valley; 120 m and 80 m.
double two_hills(Point p) {
  double const a = std::hypot(p.x_mm + 70, p.y_mm - 70) / 9;
  double const b = std::hypot(p.x_mm + 55, p.y_mm - 78) / 8;
  return 120 * std::exp(-a * a) + 80 * std::exp(-b * b);
}

HachureLook look_of() {
  HachureLook look;
  look.levels_m = even_levels(10, 0, 130);
  return look;
}

double length_of(std::vector<Point> const& line) {
  double length_mm = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length_mm += draw::distance(line[i - 1], line[i]);
  return length_mm;
}

TEST(HachureStrokes, RunDownTheSlopeBetweenFormLines) {
  auto const field = field_of(100, 50, 200, 200, two_hills);
  auto const look = look_of();
  auto const strokes = hachure_strokes(field, look, nullptr);
  ASSERT_GT(strokes.size(), 500u);
  for (auto const& stroke : strokes) {
    double const top = two_hills(stroke.line.front());
    double const foot = two_hills(stroke.line.back());
    EXPECT_NEAR(top, look.levels_m[stroke.level], 0.4);
    EXPECT_LT(foot, top);
    for (std::size_t i = 1; i < stroke.line.size(); ++i) {
      EXPECT_LT(two_hills(stroke.line[i]), two_hills(stroke.line[i - 1]) + 0.05);
    }
    EXPECT_GE(length_of(stroke.line), look.shortest_mm);
    EXPECT_LE(length_of(stroke.line), look.longest_mm + 1e-9);
  }
}

TEST(HachureStrokes, OfARowNeverMeet) {
  auto const field = field_of(100, 50, 200, 200, two_hills);
  auto const look = look_of();
  std::map<std::size_t, std::vector<HachureStroke>> rows;
  for (auto const& stroke : hachure_strokes(field, look, nullptr)) {
    rows[stroke.level].push_back(stroke);
  }
  ASSERT_GE(rows.size(), 5u);
  for (auto const& [level, row] : rows) {
    double apart = 0;
    std::vector<draw::Path> each;
    for (auto const& stroke : row) {
      each.push_back(tapered({stroke}, look.taper));
      apart += draw::area_mm2(each.back());
    }
    // What the strokes cover together is the sum of what each covers.
    EXPECT_NEAR(draw::area_mm2(draw::united(each)), apart, 1e-6) << "row " << level;
  }
}

TEST(HachureStrokes, AreHeavierAndCloserWhereItIsSteeper) {
  // A plane that steepens to the right: slope 0.05 at the left, 0.25 at the right end.
  auto const bend = [](Point p) {
    double const x = (p.x_mm + 80) * 20;  // metres on the ground
    return 40 + 0.05 * x + 0.5 * 0.2 / 800 * x * x;
  };
  auto const field = field_of(100, 50, 200, 120, bend);
  auto look = look_of();
  look.light = 0;
  look.steepest = 0.25;
  auto const strokes = hachure_strokes(field, look, nullptr);
  double gentle = 0;
  double steep = 0;
  for (auto const& stroke : strokes) {
    double const x = stroke.line.front().x_mm;
    double const slope = 0.05 + 0.2 / 800 * (x + 80) * 20;
    double const t = std::min(1.0, slope / 0.25);
    EXPECT_NEAR(stroke.width_mm, look.width_mm + t * (look.width_steep_mm - look.width_mm), 0.002);
    if (x < -72) gentle = std::max(gentle, stroke.width_mm);
    if (x > -48) steep = std::max(steep, stroke.width_mm);
  }
  EXPECT_GT(gentle, 0);
  EXPECT_GT(steep, 1.3 * gentle);
}

TEST(HachureStrokes, LightFromTheNorthWestMakesTheSouthEastHeavier) {
  auto const cone = [](Point p) { return 120 - 3 * std::hypot(p.x_mm + 60, p.y_mm - 70); };
  auto const field = field_of(100, 50, 200, 200, cone);
  double lit = 1;
  double dark = 0;
  for (auto const& stroke : hachure_strokes(field, look_of(), nullptr)) {
    auto const d = stroke.line.back() - stroke.line.front();
    double const along = (d.x_mm + d.y_mm) / draw::length(d);
    if (along > 1.35) dark = std::max(dark, stroke.width_mm);
    if (along < -1.35) lit = std::min(lit, stroke.width_mm);
  }
  EXPECT_GT(dark, 2 * lit);
}

/// A crop of the field has the same strokes, but near its edges.
TEST(HachureStrokes, AreTheSameUnderACrop) {
  // A wrinkled slope: its form lines run from edge to edge.
  auto const slope = [](Point p) {
    return 4 * (p.x_mm + 85) + 5 * std::sin(p.y_mm / 4) + 3 * std::sin(p.x_mm / 3 + p.y_mm / 2);
  };
  auto const look = look_of();
  auto const whole = hachure_strokes(field_of(100, 0, 160, 340, slope), look, nullptr);
  auto const part = hachure_strokes(field_of(105, 21, 150, 290, slope), look, nullptr);
  // The crop's lines are cut off at y = 44 and 102; anchors look 6 mm to either side of them.
  draw::Box const inner{-72, 68, -56, 78};
  auto const inside = [&](std::vector<HachureStroke> const& strokes) {
    std::vector<std::pair<double, double>> tops;
    for (auto const& stroke : strokes) {
      auto const p = stroke.line.front();
      if (inner.contains(p)) {
        tops.emplace_back(std::round(p.x_mm * 1e6) / 1e6, std::round(p.y_mm * 1e6) / 1e6);
      }
    }
    std::ranges::sort(tops);
    return tops;
  };
  auto const expected = inside(whole);
  ASSERT_GT(expected.size(), 100u);
  EXPECT_EQ(inside(part), expected);
}

TEST(HachureStrokes, KeepOffWhatTheyAvoid) {
  auto const field = field_of(100, 50, 200, 200, two_hills);
  PageMask mask(draw::Box::of(-80, 50, 40, 40));
  draw::Path wall;
  std::vector<Point> const line{{-78, 72}, {-42, 72}};
  wall.add_polyline(line, false);
  mask.add_lines(wall, 0.6);
  auto const strokes = hachure_strokes(field, look_of(), &mask);
  ASSERT_GT(strokes.size(), 400u);
  for (auto const& stroke : strokes) {
    for (auto const& p : stroke.line) {
      bool const beside_wall = p.x_mm > -78 && p.x_mm < -42;
      EXPECT_TRUE(!beside_wall || std::abs(p.y_mm - 72) > 0.49) << p.x_mm << ' ' << p.y_mm;
    }
  }
}

TEST(HachureStrokes, FlatGroundAndNoLevelsGiveNone) {
  auto const flat = field_of(0, 0, 50, 50, [](Point) { return 12.0; });
  EXPECT_TRUE(hachure_strokes(flat, look_of(), nullptr).empty());
  auto look = look_of();
  look.levels_m.clear();
  EXPECT_TRUE(hachure_strokes(field_of(0, 0, 50, 50, two_hills), look, nullptr).empty());
}

TEST(Tapered, AStraightStrokeIsAQuadrilateral) {
  auto const path = tapered({{{{0, 0}, {0, 0.5}, {0, 1}}, 0.2, 0}}, 0.5);
  std::vector<Point> const corners{{-0.1, 0}, {-0.05, 1}, {0.05, 1}, {0.1, 0}};
  EXPECT_EQ(path.points(), corners);
}

TEST(FormLineLevels, GrowWithHeightAndScale) {
  auto const city = form_line_levels(36000, 40);
  ASSERT_EQ(city.size(), 7u);
  EXPECT_NEAR(city[0], 2.177, 1e-3);
  EXPECT_NEAR(city[1], 5.201, 1e-3);
  for (std::size_t i = 2; i < city.size(); ++i) {
    EXPECT_GT(city[i] - city[i - 1], city[i - 1] - city[i - 2]);
  }
  EXPECT_NEAR(form_line_levels(360000, 400)[3], 10 * city[3], 1e-9);
}

}  // namespace
}  // namespace hachure::scene
