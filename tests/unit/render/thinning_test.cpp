#include "render/thinning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hachure::render {
namespace {

using draw::Path;
using draw::Point;

Path line(std::vector<Point> const& points) {
  Path path;
  path.add_polyline(points, false);
  return path;
}

/// Distance of a point from the pieces of a polyline.
double distance(Point p, std::vector<Point> const& line) {
  double best = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    auto const a = line[i];
    double const dx = line[i + 1].x_mm - a.x_mm;
    double const dy = line[i + 1].y_mm - a.y_mm;
    double const squared = dx * dx + dy * dy;
    double const along = ((p.x_mm - a.x_mm) * dx + (p.y_mm - a.y_mm) * dy) / squared;
    double const t = squared == 0 ? 0 : std::clamp(along, 0.0, 1.0);
    best = std::min(best, std::hypot(p.x_mm - a.x_mm - t * dx, p.y_mm - a.y_mm - t * dy));
  }
  return best;
}

TEST(Thinning, CornersWithinTheToleranceGo) {
  EXPECT_EQ(thinned(line({{0, 0}, {1, 0.01}, {2, -0.01}, {3, 0}, {3, 5}}), 0.02),
            line({{0, 0}, {3, 0}, {3, 5}}));
  EXPECT_EQ(thinned(line({{0, 0}, {1, 0.1}, {2, 0}}), 0.02), line({{0, 0}, {1, 0.1}, {2, 0}}));
}

TEST(Thinning, ASpikeAlongTheLineStays) {
  auto const spike = line({{0, 0}, {4, 0}, {1, 0}, {6, 0}});
  EXPECT_EQ(thinned(spike, 0.1), spike);
}

TEST(Thinning, DotsAndCurvesStay) {
  auto const dot = line({{2, 2}, {2, 2}});
  EXPECT_EQ(thinned(dot, 0.1), dot);
  Path ring;
  ring.add_circle({5, 5}, 2);
  EXPECT_EQ(thinned(ring, 0.1), ring);
}

TEST(Thinning, ContoursAndTheirEndsStay) {
  Path path;
  path.add_polyline(std::vector<Point>{{0, 0}, {1, 0}, {2, 0}, {2, 2}, {0, 2}}, true);
  path.move_to({9, 9});
  path.line_to({9, 10});
  path.line_to({9, 12});
  Path expected;
  expected.add_polyline(std::vector<Point>{{0, 0}, {2, 0}, {2, 2}, {0, 2}}, true);
  expected.move_to({9, 9});
  expected.line_to({9, 12});
  EXPECT_EQ(thinned(path, 0.01), expected);
}

TEST(Thinning, NoCornerIsFartherThanTheToleranceFromTheThinnedLine) {
  std::vector<Point> points;
  for (int i = 0; i < 5000; ++i) {
    double const t = i * std::numbers::pi / 600;
    points.push_back({20 * t + 3 * std::sin(7 * t), 30 * std::sin(t) + 0.01 * (i % 3)});
  }
  for (double const tolerance : {0.005, 0.05, 0.5}) {
    auto const kept = thinned(line(points), tolerance).points();
    EXPECT_LT(kept.size(), points.size()) << tolerance;
    double farthest = 0;
    for (auto const& p : points) farthest = std::max(farthest, distance(p, kept));
    EXPECT_LE(farthest, tolerance * (1 + 1e-9));
  }
}

}  // namespace
}  // namespace hachure::render
