#include "scene/fronts.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::scene {
namespace {

/// Metres east and north of (10, 50), by the lengths of a degree there (Osborne, "The Mercator
/// projections", table of degrees: 71.695 km and 111.229 km).
std::pair<double, double> metres(geo::LonLat at) {
  return {(at.lon_deg - 10) * 71695.6, (at.lat_deg - 50) * 111229.1};
}

TEST(Sector, ReachesItsRangeInItsBearing) {
  auto const rings = outline_of({10, 50}, {90, 60, 2000, 0});
  ASSERT_EQ(rings.size(), 1u);
  auto const& ring = rings[0];
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_EQ(ring[ring.size() - 2], (geo::LonLat{10, 50}));
  for (std::size_t i = 0; i + 2 < ring.size(); ++i) {
    auto const [east, north] = metres(ring[i]);
    EXPECT_NEAR(std::hypot(east, north), 2000, 3);
    EXPECT_LE(std::abs(north), 1001);
    EXPECT_GT(east, 1700);
  }
}

TEST(Sector, MayBeginFartherOutAndGoAllRound) {
  auto const part = outline_of({10, 50}, {0, 40, 3000, 1000});
  ASSERT_EQ(part.size(), 1u);
  double least = 1e9;
  for (auto const& p : part[0]) {
    auto const [east, north] = metres(p);
    least = std::min(least, std::hypot(east, north));
  }
  EXPECT_NEAR(least, 1000, 3);
  EXPECT_EQ(outline_of({10, 50}, {0, 360, 3000, 1000}).size(), 2u);
  EXPECT_EQ(outline_of({10, 50}, {0, 400, 3000, 0}).size(), 1u);
}

TEST(Sector, IsEmptyWithoutOpeningOrRange) {
  EXPECT_TRUE(outline_of({10, 50}, {0, 0, 3000, 0}).empty());
  EXPECT_TRUE(outline_of({10, 50}, {0, 30, 0, 0}).empty());
  EXPECT_TRUE(outline_of({10, 50}, {0, std::nan(""), 100, 0}).empty());
}

TEST(TimeOfFeature, ReadsWhenOrStartAndEnd) {
  geo::Feature feature;
  base::Diagnostics diagnostics;
  EXPECT_FALSE(time_of_feature(feature, diagnostics));
  feature.attributes["start_date"] = std::string("1810-06-08");
  EXPECT_EQ(record::print(*time_of_feature(feature, diagnostics)), "1810-06-08/..");
  feature.attributes["end"] = std::string("1810-06-11");
  EXPECT_EQ(record::print(*time_of_feature(feature, diagnostics)), "1810-06-08/1810-06-11");
  feature.attributes["when"] = 1810.0;
  EXPECT_EQ(record::print(*time_of_feature(feature, diagnostics)), "1810");
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(TimeOfFeature, AWrongDateIsAnErrorOfItsFeature) {
  geo::Feature feature;
  feature.origin.file = "fronts.geojson";
  feature.origin.place = "#fronts:3";
  feature.attributes["when"] = std::string("8 June");
  base::Diagnostics diagnostics;
  EXPECT_FALSE(time_of_feature(feature, diagnostics));
  ASSERT_EQ(diagnostics.problems().size(), 1u);
  auto const& problem = diagnostics.problems()[0];
  EXPECT_EQ(problem.origin.field, "when");
  EXPECT_EQ(problem.origin.file, "fronts.geojson");
  EXPECT_NE(problem.message.find("8 June"), std::string::npos);
}

}  // namespace
}  // namespace hachure::scene
