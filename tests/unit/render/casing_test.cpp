#include "render/casing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

#include "render/png.hpp"

namespace hachure::render {
namespace {

using draw::Path;
using draw::Point;

Path contour(std::vector<Point> points, bool backward = false) {
  if (backward) std::reverse(points.begin(), points.end());
  Path path;
  path.add_polyline(points, true);
  return path;
}

std::vector<Point> curved_arrow() {
  std::vector<Point> left;
  std::vector<Point> right;
  for (int i = 0; i <= 40; ++i) {
    double const t = i / 40.0;
    left.push_back({10 + 60 * t, 20 + 9 * std::sin(5 * t) - 1 - t});
    right.push_back({10 + 60 * t, 20 + 9 * std::sin(5 * t) + 1 + t});
  }
  auto const tip = draw::Point{78, 20 + 9 * std::sin(5.0)};
  left.push_back({70, tip.y_mm - 5});
  left.push_back(tip);
  left.push_back({70, tip.y_mm + 5});
  left.insert(left.end(), right.rbegin(), right.rend());
  return left;
}

/// Coverage of black shapes on white, at 4 pixels a millimetre, one byte a pixel.
std::vector<int> ink(std::vector<draw::Shape> const& shapes) {
  draw::Drawing drawing;
  drawing.width_mm = 100;
  drawing.height_mm = 50;
  for (auto const& shape : shapes) drawing.root.children.push_back({shape});
  PaintOptions options;
  options.size_px = {400, 200};
  auto const raster = rasterised(drawing, options);
  std::vector<int> out;
  for (std::size_t i = 0; i < raster.bgrx.size(); i += 4) out.push_back(255 - raster.bgrx[i]);
  return out;
}

draw::Stroke round_stroke(double width_mm) {
  draw::Stroke stroke;
  stroke.color = {0, 0, 0, 1};
  stroke.width_mm = width_mm;
  stroke.join = draw::LineJoin::round;
  return stroke;
}

TEST(Casing, CoversWhatFillAndStrokeCover) {
  draw::Fill const black{{0, 0, 0, 1}, draw::FillRule::nonzero};
  std::vector<std::vector<Point>> const outlines = {
      curved_arrow(),
      {{20, 10}, {60, 10}, {60, 40}, {20, 40}},
      {{10, 10}, {80, 12}, {30, 20}, {80, 30}, {12, 40}, {16, 24}},  // sharp corners, in and out
      {{20, 20}, {40, 20}, {40.2, 19.8}, {40.4, 20}, {70, 20}, {70, 30}, {20, 30}},
  };
  for (auto const& points : outlines) {
    for (bool const backward : {false, true}) {
      for (double const width : {0.5, 2.0, 6.0}) {
        auto const path = contour(points, backward);
        ASSERT_TRUE(grown(path, {width / 2, 0.01}));
        auto const expected = ink({{{}, path, black, {}}, {{}, path, {}, round_stroke(width)}});
        auto const drawn = ink({{{}, path, black, round_stroke(width)}});
        int farthest = 0;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
          farthest = std::max(farthest, std::abs(drawn[i] - expected[i]));
        }
        // A seam of two soft edges, which the one outline does not have, is what may differ.
        EXPECT_LE(farthest, 64) << width << (backward ? " backward" : "");
      }
    }
  }
}

TEST(Casing, ASquareGrowsByItsRoundCorners) {
  auto const path = grown(contour({{0, 0}, {10, 0}, {10, 10}, {0, 10}}), {1, 0.01});
  ASSERT_TRUE(path);
  auto const box = path->control_box();
  EXPECT_NEAR(box.min_x_mm, -1, 1e-9);
  EXPECT_NEAR(box.max_y_mm, 11, 1e-9);
  double twice_area = 0;
  auto const& p = path->points();
  for (std::size_t i = 0; i < p.size(); ++i) {
    auto const& q = p[(i + 1) % p.size()];
    twice_area += p[i].x_mm * q.y_mm - q.x_mm * p[i].y_mm;
  }
  EXPECT_NEAR(twice_area / 2, 100 + 40 + std::numbers::pi, 0.05);
}

TEST(Casing, OtherPathsAreLeftToTheStroke) {
  Path ring;
  ring.add_circle({5, 5}, 3);
  EXPECT_FALSE(grown(ring, {1, 0.01}));
  auto two = contour({{0, 0}, {9, 0}, {9, 9}});
  two.append(contour({{20, 0}, {29, 0}, {29, 9}}));
  EXPECT_FALSE(grown(two, {1, 0.01}));
  EXPECT_FALSE(grown(contour({{0, 0}, {10, 10}, {10, 0}, {0, 10}}), {1, 0.01}));  // a bow tie
  Path open;
  open.add_polyline(std::vector<Point>{{0, 0}, {5, 0}, {5, 5}}, false);
  EXPECT_FALSE(grown(open, {1, 0.01}));
  EXPECT_FALSE(grown(Path(), {1, 0.01}));
}

}  // namespace
}  // namespace hachure::render
