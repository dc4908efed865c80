// Sixty paths by every head and start at every share of the way: valid areas of the width asked
// for.

#include <gtest/gtest.h>

#include <cmath>

#include "draw/polygon.hpp"
#include "scene/band.hpp"
#include "scene/movement.hpp"
#include "support/torture_paths.hpp"

namespace hachure::scene {
namespace {

using draw::Path;
using draw::Point;

ArrowShape shape_of(double width_mm, HeadKind head, StartKind start) {
  ArrowShape shape;
  shape.head = head;
  shape.start = start;
  shape.width_start_mm = width_mm * 0.45;
  shape.width_mm = width_mm;
  shape.head_width_mm = width_mm * 2.15;
  shape.head_length_mm = width_mm * 2.4;
  return shape;
}

constexpr HeadKind heads[] = {HeadKind::filled, HeadKind::open,   HeadKind::doubled,
                              HeadKind::hooked, HeadKind::broken, HeadKind::none};
constexpr StartKind starts[] = {StartKind::flat, StartKind::round, StartKind::tail,
                                StartKind::block};

std::vector<Axis> curves_of(std::vector<Point> const& points) {
  return {smoothed_axis(points, 0), smoothed_axis(points, 2), curve_through(points)};
}

bool is_finite(Path const& path) {
  for (auto const& p : path.points()) {
    if (!std::isfinite(p.x_mm) || !std::isfinite(p.y_mm)) return false;
  }
  return true;
}

TEST(MovementTorture, SixtyPaths) {
  EXPECT_EQ(tests::torture_paths().size(), 60u);
}

TEST(MovementTorture, ValidAtEveryShareOfTheWay) {
  for (auto const& [name, points] : tests::torture_paths()) {
    for (auto const& whole : curves_of(points)) {
      for (double const progress : {0.0, 0.01, 0.5, 0.99, 1.0}) {
        auto const axis = part_of(whole, 0, progress * whole.length_mm());
        for (double const width : {0.8, 3.0}) {
          if (width < 1 && progress < 1) continue;
          for (auto const head : heads) {
            auto const start = starts[(static_cast<std::size_t>(head) + points.size()) % 4];
            auto const shape = shape_of(width, head, start);
            auto const arrow = make_arrow(axis, shape);
            SCOPED_TRACE(testing::Message()
                         << name << ", progress " << progress << ", width " << width << ", head "
                         << static_cast<int>(head) << ", start " << static_cast<int>(start));
            EXPECT_EQ(arrow.body.empty(), axis.length_mm() < 0.001);
            EXPECT_TRUE(draw::is_valid(arrow.body));
            EXPECT_TRUE(is_finite(arrow.body));
            EXPECT_LE(arrow.head_length_mm, 0.45 * axis.length_mm() + 1e-9);
          }
          if (progress > 0 && progress < 0.5) continue;
          auto const dashes = dashes_of(axis, shape_of(width, HeadKind::none, StartKind::flat),
                                        2.2 * width, 1.1 * width);
          EXPECT_TRUE(draw::is_valid(dashes)) << name << ", progress " << progress;
        }
      }
    }
  }
}

double distance_to(Point p, Point a, Point b) {
  auto const d = b - a;
  double const t = std::clamp(draw::dot(p - a, d) / std::max(draw::dot(d, d), 1e-12), 0.0, 1.0);
  return draw::distance(p, a + d * t);
}

double distance_to(Point p, std::vector<std::vector<Point>> const& rings) {
  double least = 1e9;
  for (auto const& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      least = std::min(least, distance_to(p, ring[i - 1], ring[i]));
    }
  }
  return least;
}

double distance_to(Point p, Axis const& axis) {
  double least = 1e9;
  for (std::size_t i = 1; i < axis.points.size(); ++i) {
    least = std::min(least, distance_to(p, axis.points[i - 1], axis.points[i]));
  }
  return least;
}

/// Radius of the circle through a point of the axis and those a step before and after.
double radius_at(Axis const& axis, std::size_t i) {
  auto const a = axis.points[i] - axis.points[i - 1];
  auto const b = axis.points[i + 1] - axis.points[i];
  double const turn = std::abs(std::atan2(draw::cross(a, b), draw::dot(a, b)));
  return turn > 1e-9 ? draw::length(a) / turn : 1e9;
}

/// Whether the axis bends gently about the point: a body covers more than its width near a bend
/// tighter than itself.
bool is_gentle(Axis const& axis, std::size_t i, double width_mm) {
  for (std::size_t k = 1; k + 1 < axis.points.size(); ++k) {
    if (std::abs(axis.along_mm[k] - axis.along_mm[i]) > 1.5 * width_mm) continue;
    if (radius_at(axis, k) < 2 * width_mm) return false;
  }
  return true;
}

/// Whether another stretch of the axis comes near the point.
bool is_alone(Axis const& axis, std::size_t i, double reach_mm) {
  for (std::size_t k = 0; k < axis.points.size(); ++k) {
    double const along = std::abs(axis.along_mm[k] - axis.along_mm[i]);
    double const off = draw::distance(axis.points[k], axis.points[i]);
    if (off < reach_mm && along > 1.3 * off + 0.7) return false;
  }
  return true;
}

TEST(MovementTorture, AsWideAsAskedAndNoSpikes) {
  int measured = 0;
  for (auto const& [name, points] : tests::torture_paths()) {
    for (auto const& axis : curves_of(points)) {
      if (axis.empty()) continue;
      for (double const width : {0.6, 2.0}) {
        std::vector<double> const half(axis.points.size(), width / 2);
        auto const rings = band_area(axis.points, half).flattened(0.01);
        SCOPED_TRACE(testing::Message() << name << ", width " << width);
        // No point of the edge is farther from the line than half the width and a trifle.
        for (auto const& ring : rings) {
          for (auto const& p : ring) EXPECT_LE(distance_to(p, axis), width / 2 * 1.02 + 1e-5);
        }
        for (std::size_t i = 1; i + 1 < axis.points.size(); ++i) {
          double const end = std::min(axis.along_mm[i], axis.length_mm() - axis.along_mm[i]);
          if (end < width || !is_gentle(axis, i, width)) continue;
          if (!is_alone(axis, i, width * 1.1)) continue;
          ++measured;
          EXPECT_NEAR(distance_to(axis.points[i], rings), width / 2, 0.02 * width / 2 + 1e-5);
        }
      }
    }
  }
  EXPECT_GT(measured, 5000);
}

}  // namespace
}  // namespace hachure::scene
