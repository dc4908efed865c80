#include "scene/contour.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "draw/polygon.hpp"

namespace hachure::scene {
namespace {

using draw::Point;

HeightField field_of(int columns, int rows, std::vector<float> heights) {
  HeightField field;
  field.columns = columns;
  field.rows = rows;
  field.step_mm = 1;
  field.height_m = std::move(heights);
  return field;
}

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

TEST(Contours, OneHighNodeHasAClosedLineWithTheHighGroundOnItsRight) {
  auto const field = field_of(3, 3, {0, 0, 0, 0, 10, 0, 0, 0, 0});
  auto const lines = contours(field, {5});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].closed);
  EXPECT_EQ(lines[0].height_m, 5);
  // Clockwise on the page: the node is on the right of one who walks.
  std::vector<Point> const expected{{1, 0.5}, {1.5, 1}, {1, 1.5}, {0.5, 1}};
  EXPECT_EQ(lines[0].points, expected);
}

TEST(Contours, AnOpenLineEndsAtTheEdge) {
  auto const field = field_of(2, 3, {0, 10, 0, 10, 0, 10});
  auto const lines = contours(field, {2.5});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].closed);
  std::vector<Point> const expected{{0.25, 2}, {0.25, 1}, {0.25, 0}};
  EXPECT_EQ(lines[0].points, expected);
}

TEST(Contours, TheMeanOfTheCellDecidesASaddle) {
  auto const ridge = contours(field_of(2, 2, {10, 0, 0, 10}), {4});
  auto const pass = contours(field_of(2, 2, {10, 0, 0, 10}), {6});
  ASSERT_EQ(ridge.size(), 2u);
  ASSERT_EQ(pass.size(), 2u);
  // At 4 the high corners are joined: lines cut off the low ones. At 6 they are apart.
  EXPECT_EQ(ridge[0].points, (std::vector<Point>{{0.6, 0}, {1, 0.4}}));
  EXPECT_EQ(pass[0].points, (std::vector<Point>{{0.4, 0}, {0, 0.4}}));
}

TEST(Contours, UnknownNodesHaveNoLines) {
  auto const lines = contours(field_of(3, 2, {0, 10, unknown, 0, 10, unknown}), {5});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].points.size(), 2u);
}

TEST(Contours, EdgesDoNotDependOnTheCrop) {
  HeightField whole = field_of(6, 5, {});
  for (int j = 0; j < 5; ++j) {
    for (int i = 0; i < 6; ++i) whole.height_m.push_back(static_cast<float>(i * i + j));
  }
  HeightField part = field_of(4, 4, {});
  part.first_column = 2;
  part.first_row = 1;
  for (int j = 0; j < 4; ++j) {
    for (int i = 0; i < 4; ++i) part.height_m.push_back(whole.node(i + 2, j + 1));
  }
  auto const all = contours(whole, {12});
  auto const some = contours(part, {12});
  ASSERT_EQ(all.size(), 1u);
  ASSERT_EQ(some.size(), 1u);
  auto const at = std::ranges::search(all[0].edges, some[0].edges);
  ASSERT_FALSE(at.empty());
  auto const offset = at.begin() - all[0].edges.begin();
  for (std::size_t i = 0; i < some[0].points.size(); ++i) {
    EXPECT_EQ(some[0].points[i], all[0].points[i + static_cast<std::size_t>(offset)]);
  }
}

TEST(AreasAbove, AreClosedAtTheFieldsEdge) {
  // A slope that rises to the right: above 5 lies its right half.
  auto const field = field_of(3, 3, {0, 5, 10, 0, 5, 10, 0, 5, 10});
  auto const areas = areas_above(field, {5, 20});
  ASSERT_EQ(areas.size(), 2u);
  EXPECT_NEAR(draw::area_mm2(areas[0]), 2, 1e-3);
  EXPECT_TRUE(areas[1].empty());
}

TEST(EvenLevels, LieAboveTheLowestAndNotAboveTheHighest) {
  EXPECT_EQ(even_levels(20, -5, 60), (std::vector<double>{0, 20, 40, 60}));
  EXPECT_EQ(even_levels(20, 20, 39), (std::vector<double>{}));
  EXPECT_TRUE(even_levels(0, 0, 100).empty());
  EXPECT_EQ(even_levels(1e-9, 0, 100).size(), 2000u);
}

TEST(SmoothHeights, KeepsAPlaneAndUnknownNodes) {
  auto field = field_of(9, 3, {});
  for (int k = 0; k < 27; ++k) field.height_m.push_back(static_cast<float>(k % 9));
  field.node(8, 1) = unknown;
  smooth_heights(field, 0.8);
  EXPECT_NEAR(field.node(4, 0), 4, 1e-4);
  EXPECT_TRUE(std::isnan(field.node(8, 1)));
}

}  // namespace
}  // namespace hachure::scene
