#include "scene/camera.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::scene {
namespace {

using record::Instant;

/// From 1:40,000 into 1:10,000 between 100 s and 200 s, then 3 km across until 400 s.
CameraPath tour() {
  return CameraPath({{{0}, {100}, {{1000, 2000}, 40'000}},
                     {{200}, {300}, {{4000, 2000}, 10'000}},
                     {{400}, {400}, {{7000, 2000}, 10'000}}});
}

TEST(CameraPath, RestsBeforeTheFirstViewInEachAndAfterTheLast) {
  auto const path = tour();
  for (auto const at : {Instant{-50}, Instant{0}, Instant{100}}) {
    EXPECT_EQ(path.position(at), (CameraPath::Position{0, 0})) << at.seconds;
  }
  EXPECT_EQ(path.position({200}), (CameraPath::Position{1, 0}));
  EXPECT_EQ(path.position({300}), (CameraPath::Position{1, 0}));
  EXPECT_EQ(path.position({9999}), (CameraPath::Position{2, 0}));
  EXPECT_EQ(path.view({2, 0}), (CameraView{{7000, 2000}, 10'000}));
}

TEST(CameraPath, AZoomChangesTheScaleByEqualFactorsAndOnePointStandsStill) {
  auto const path = tour();
  auto const half = path.view(path.position({150}));
  EXPECT_NEAR(half.scale, 20'000, 1e-6);
  // The point that is at the same place of the frame at both ends: offset / scale is equal there.
  double const fixed_x = (4000 * 40'000.0 - 1000 * 10'000.0) / 30'000;
  double const before = (fixed_x - 1000) / 40'000;
  EXPECT_NEAR((fixed_x - half.center.x_m) / half.scale, before, 1e-12);
}

TEST(CameraPath, StartsAndStopsGently) {
  auto const path = tour();
  EXPECT_NEAR(path.position({350}).share, 0.5, 1e-12);
  EXPECT_NEAR(path.view(path.position({350})).center.x_m, 5500, 1e-9);
  EXPECT_LT(path.position({310}).share, 0.05);
  EXPECT_GT(path.position({390}).share, 0.95);
}

TEST(CameraPath, EqualViewsAreOneRest) {
  CameraView const view{{1, 2}, 5000};
  CameraPath const path({{{0}, {10}, view}, {{90}, {100}, view}});
  EXPECT_EQ(path.position({50}).share, 0);
}

TEST(CameraPath, LongWaysAreDividedByScaleAndByGround) {
  auto const path = tour();
  // 3 km at 1:10,000 are 300 mm; a factor of 4 in scale takes three parts.
  EXPECT_EQ(path.parts_after(0, 1000), 3);
  EXPECT_EQ(path.parts_after(1, 100), 6);
  EXPECT_EQ(path.parts_after(1, 1000), 1);
  EXPECT_EQ(path.parts_after(2, 100), 1);
}

}  // namespace
}  // namespace hachure::scene
