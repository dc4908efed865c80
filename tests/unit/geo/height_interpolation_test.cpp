#include "geo/height_interpolation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace hachure::geo {
namespace {

KnownHeight spot(double lon_deg, double lat_deg, double height_m) {
  return {{{lon_deg, lat_deg}}, height_m};
}

TEST(InterpolatedHeights, APlaneStaysAPlane) {
  std::vector<KnownHeight> heights;
  for (int i = 0; i <= 10; ++i) {
    for (int j = 0; j <= 10; ++j) {
      heights.push_back(spot(10 + i * 0.01, 50 + j * 0.01, 100.0 + 5 * i - 3 * j));
    }
  }
  auto const grid = interpolated_heights(heights, 10000);
  EXPECT_LE(grid.columns * grid.rows, 10000);
  EXPECT_GT(grid.columns * grid.rows, 8000);
  for (double const lon : {10.013, 10.052, 10.087}) {
    for (double const lat : {50.021, 50.066, 50.093}) {
      double const expected = 100 + 500 * (lon - 10) - 300 * (lat - 50);
      EXPECT_NEAR(grid.at({lon, lat}), expected, 0.3) << lon << ' ' << lat;
    }
  }
}

TEST(InterpolatedHeights, GroundRisesWithinTheHighestFormLineToItsSummit) {
  std::vector<KnownHeight> heights{spot(10, 50, 0), spot(10.1, 50, 0), spot(10, 50.1, 0),
                                   spot(10.1, 50.1, 0), spot(10.05, 50.05, 90)};
  for (auto const& [radius, height] : {std::pair{0.03, 20.0}, {0.015, 60.0}}) {
    KnownHeight ring{{}, height};
    for (int i = 0; i <= 24; ++i) {
      double const t = i * std::numbers::pi / 12;
      ring.line.push_back({10.05 + radius * 1.5557 * std::cos(t), 50.05 + radius * std::sin(t)});
    }
    heights.push_back(ring);
  }
  auto const grid = interpolated_heights(heights, 40000);
  EXPECT_NEAR(grid.at({10.05, 50.05}), 90, 3);
  double last = 91;
  for (double d = 0.001; d < 0.045; d += 0.002) {
    double const here = grid.at({10.05, 50.05 + d});
    EXPECT_LT(here, last + 0.01) << d;
    last = here;
  }
  EXPECT_NEAR(grid.at({10.05, 50.065}), 60, 2);
  EXPECT_NEAR(grid.at({10.05, 50.08}), 20, 2);
}

TEST(InterpolatedHeights, NothingIsKnownBeyondTheHull) {
  auto const grid =
      interpolated_heights({spot(10, 50, 1), spot(10.1, 50, 2), spot(10, 50.1, 3)}, 900);
  EXPECT_TRUE(std::isnan(grid.at({10.09, 50.09})));
  EXPECT_FALSE(std::isnan(grid.at({10.02, 50.02})));
  EXPECT_TRUE(std::isnan(grid.at({9.9, 50.02})));
}

TEST(InterpolatedHeights, TwoHeightsOrALineAreNoGround) {
  EXPECT_THROW(interpolated_heights({spot(10, 50, 1), spot(10.1, 50, 2), spot(10, 50, 3)}, 900),
               base::Error);
  EXPECT_THROW(interpolated_heights({spot(10, 50, 1), spot(10.1, 50, 2), spot(10.2, 50, 3)}, 900),
               base::Error);
  // On a line that runs aslant.
  EXPECT_THROW(interpolated_heights({spot(10, 50, 1), spot(10.5, 50.5, 2), spot(11, 51, 3)}, 900),
               base::Error);
}

TEST(KnownHeights, AreOfLinesRingsAndPoints) {
  Feature line;
  line.geometry = Lines<LonLat>{{{{1, 2}, {3, 4}}}};
  line.attributes["h"] = 20.0;
  Feature point;
  point.geometry = Points<LonLat>{{{5, 6}}};
  point.attributes["h"] = std::string("31.5");
  Feature without;
  without.geometry = Points<LonLat>{{{7, 8}}};
  Feature wrong = without;
  wrong.attributes["h"] = std::string("30 ft");
  base::Diagnostics diagnostics;
  auto const heights = known_heights({&line, &point, &without, &wrong}, "h", diagnostics);
  ASSERT_EQ(heights.size(), 2u);
  ASSERT_EQ(heights[0].line.size(), 2u);
  EXPECT_EQ(heights[0].line[1], (LonLat{3, 4}));
  EXPECT_EQ(heights[1].height_m, 31.5);
  ASSERT_EQ(diagnostics.problems().size(), 1u);
  EXPECT_EQ(diagnostics.problems()[0].message, "\"30 ft\" is not a height in metres");
  EXPECT_EQ(diagnostics.problems()[0].origin.field, "h");
}

}  // namespace
}  // namespace hachure::geo
