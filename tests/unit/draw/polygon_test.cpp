#include "draw/polygon.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <thread>

namespace hachure::draw {
namespace {

Path square(double x, double y, double side) {
  Path path;
  path.add_box(Box::of(x, y, side, side));
  return path;
}

Path closed(std::vector<Point> const& points) {
  Path path;
  path.add_polyline(points, true);
  return path;
}

std::size_t contours(Path const& path) {
  return path.flattened(1).size();
}

TEST(Polygon, AreaOfSquareWithHoleIsByEvenOddRuleWhateverTheDirection) {
  Path path = square(0, 0, 10);
  path.append(square(2, 2, 4));
  EXPECT_DOUBLE_EQ(area_mm2(path), 84);
  EXPECT_TRUE(is_valid(path));
  path.append(square(3, 3, 2));  // an island in the hole
  EXPECT_DOUBLE_EQ(area_mm2(path), 88);
  EXPECT_TRUE(is_valid(path));
}

TEST(Polygon, OverlapOfTwoContoursIsOutside) {
  Path path = square(0, 0, 10);
  path.append(square(5, 0, 10));
  EXPECT_FALSE(is_valid(path));
  EXPECT_DOUBLE_EQ(area_mm2(path), 100);
}

TEST(Polygon, BowTieIsTwoTriangles) {
  Path const bow = closed({{0, 0}, {10, 10}, {10, 0}, {0, 10}});
  EXPECT_FALSE(is_valid(bow));
  EXPECT_DOUBLE_EQ(area_mm2(bow), 50);
  EXPECT_EQ(contours(buffered(bow, 0)), 2u);
}

TEST(Polygon, ApartSquaresAreValidInAnyOrder) {
  Path path = square(20, 0, 3);
  path.append(square(0, 0, 10));
  EXPECT_TRUE(is_valid(path));
  EXPECT_DOUBLE_EQ(area_mm2(path), 109);
}

TEST(Polygon, HolesTouchingTheirShellAtAPointAreValid) {
  Path path = square(0, 0, 10);
  path.append(closed({{0, 5}, {4, 3}, {4, 7}}));
  EXPECT_TRUE(is_valid(path));
  EXPECT_DOUBLE_EQ(area_mm2(path), 92);
}

TEST(Polygon, BufferOfSquareHasRoundCorners) {
  double const area = area_mm2(buffered(square(0, 0, 10), 1, 32));
  EXPECT_NEAR(area, 100 + 40 + std::numbers::pi, 0.003);
  EXPECT_NEAR(area_mm2(buffered(square(0, 0, 10), -1)), 64, 1e-9);
  EXPECT_TRUE(buffered(square(0, 0, 10), -6).empty());
}

TEST(Polygon, BufferOfLineEndsRoundOrFlat) {
  std::vector<Point> const line{{0, 0}, {10, 0}};
  EXPECT_NEAR(area_mm2(buffered_line(line, 1, false, 32)), 20 + std::numbers::pi, 0.003);
  EXPECT_NEAR(area_mm2(buffered_line(line, 1, true)), 20, 1e-9);
  EXPECT_TRUE(buffered_line({}, 1).empty());
  EXPECT_TRUE(buffered_line({{1, 1}}, 1, true).empty());
}

TEST(Polygon, UnionDifferenceIntersection) {
  Path const a = square(0, 0, 10);
  Path const b = square(5, 5, 10);
  EXPECT_DOUBLE_EQ(area_mm2(united({a, b})), 175);
  EXPECT_EQ(contours(united({a, b, square(30, 30, 1)})), 2u);
  EXPECT_DOUBLE_EQ(area_mm2(difference(a, b)), 75);
  EXPECT_EQ(intersection(a, b), closed({{5, 5}, {5, 10}, {10, 10}, {10, 5}}));
  EXPECT_TRUE(intersection(a, square(20, 20, 1)).empty());
  EXPECT_TRUE(united({}).empty());
  EXPECT_EQ(difference(a, Path{}), closed({{0, 0}, {0, 10}, {10, 10}, {10, 0}}));
}

TEST(Polygon, UnionDoesNotDependOnOrder) {
  std::vector<Path> parts;
  for (int i = 0; i < 6; ++i) parts.push_back(square(i * 7.0, i * 3.0, 8));
  auto const forward = united(parts);
  std::reverse(parts.begin(), parts.end());
  EXPECT_EQ(united(parts), forward);
}

TEST(Polygon, ClippedLineKeepsDirectionAndOrder) {
  using Parts = std::vector<std::vector<Point>>;
  std::vector<Point> const line{{-5, 5}, {15, 5}, {15, 8}, {-5, 8}};
  EXPECT_EQ(clipped_line(line, square(0, 0, 10), true),
            (Parts{{{0, 5}, {10, 5}}, {{10, 8}, {0, 8}}}));
  EXPECT_EQ(clipped_line(line, square(0, 0, 10), false),
            (Parts{{{-5, 5}, {0, 5}}, {{10, 5}, {15, 5}, {15, 8}, {10, 8}}, {{0, 8}, {-5, 8}}}));
  EXPECT_EQ(clipped_line(line, Path{}, false), Parts{line});
}

TEST(Polygon, ThreadsWorkAtTheSameTime) {
  std::vector<double> areas(4);
  std::vector<std::thread> threads;
  for (auto& area : areas) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) area = area_mm2(buffered(square(0, 0, 10), -1));
    });
  }
  for (auto& thread : threads) thread.join();
  for (double const area : areas) EXPECT_NEAR(area, 64, 1e-9);
}

}  // namespace
}  // namespace hachure::draw
