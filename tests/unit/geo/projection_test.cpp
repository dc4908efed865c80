#include "geo/projection.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace hachure::geo {
namespace {

std::string chosen_for(LonLatBox const& view) {
  return Projection::automatic(view).definition();
}

std::string refusal_of(std::string const& text) {
  try {
    Projection::from_text(text, {.file = "campaign.yaml", .line = 7, .place = {}, .field = {}});
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    return error.what();
  }
  return "no error";
}

// --- which projection ----------------------------------------------------------------------------

TEST(AutomaticProjection, UtmOfTheZoneBelowSixDegrees) {
  EXPECT_EQ(chosen_for({113, 22, 114, 23.5}), "+proj=utm +zone=49 +datum=WGS84");
  EXPECT_EQ(chosen_for({18, -34.5, 19, -33.5}), "+proj=utm +zone=34 +south +datum=WGS84");
  EXPECT_EQ(chosen_for({-72, 42, -71, 43}), "+proj=utm +zone=19 +datum=WGS84");
  EXPECT_EQ(chosen_for({-180, 51, -175, 53}), "+proj=utm +zone=1 +datum=WGS84");
  EXPECT_EQ(chosen_for({175, -45, 180, -40}), "+proj=utm +zone=60 +south +datum=WGS84");
}

TEST(AutomaticProjection, TransverseMercatorAcrossTheEdgeOfAZone) {
  EXPECT_EQ(chosen_for({113, 22, 115, 24}), "+proj=tmerc +lat_0=23 +lon_0=114 +k=1 +datum=WGS84");
}

TEST(AutomaticProjection, TransverseMercatorAcrossTheAntimeridian) {
  EXPECT_EQ(chosen_for({178, -19, -179, -16}),
            "+proj=tmerc +lat_0=-17.5 +lon_0=179.5 +k=1 +datum=WGS84");
  EXPECT_EQ(chosen_for({179, -19, -178, -16}),
            "+proj=tmerc +lat_0=-17.5 +lon_0=-179.5 +k=1 +datum=WGS84");
}

TEST(AutomaticProjection, ConeUpToSixtyDegrees) {
  EXPECT_EQ(chosen_for({-10, 36, 30, 60}),
            "+proj=lcc +lat_1=40 +lat_2=56 +lat_0=48 +lon_0=10 +datum=WGS84");
  EXPECT_EQ(chosen_for({110, -42, 155, -12}),
            "+proj=lcc +lat_1=-37 +lat_2=-17 +lat_0=-27 +lon_0=132.5 +datum=WGS84");
  // Six degrees are no longer below six.
  EXPECT_EQ(chosen_for({111, 20, 117, 26}).substr(0, 9), "+proj=lcc");
}

TEST(AutomaticProjection, NoConeAcrossTheEquator) {
  EXPECT_EQ(chosen_for({90, -12, 130, 12}), "+proj=merc +lon_0=110 +datum=WGS84");
}

TEST(AutomaticProjection, EqualEarthBeyond) {
  EXPECT_EQ(chosen_for({-100, -40, 40, 60}), "+proj=eqearth +lon_0=-30 +datum=WGS84");
  EXPECT_EQ(chosen_for({100, -50, -80, 60}), "+proj=eqearth +lon_0=-170 +datum=WGS84");
  EXPECT_EQ(chosen_for({-180, -90, 180, 90}), "+proj=eqearth +lon_0=0 +datum=WGS84");
}

TEST(AutomaticProjection, WorksNearThePoles) {
  for (auto const& box : {LonLatBox{10, 84.5, 14, 86}, LonLatBox{-180, 60, 180, 90},
                          LonLatBox{0, -90, 40, -60}, LonLatBox{0, 70, 50, 89}}) {
    auto const projection = Projection::automatic(box);
    LonLat const center{(box.west_deg + box.east_deg) / 2, (box.south_deg + box.north_deg) / 2};
    EXPECT_TRUE(projection.forward(center)) << projection.definition();
  }
}

// --- what is accepted ----------------------------------------------------------------------------

TEST(ProjectionText, AuthorityProjStringAndName) {
  EXPECT_EQ(Projection::from_text("EPSG:32649").name(), "WGS 84 / UTM zone 49N");
  EXPECT_EQ(Projection::from_text("EPSG:32649").definition(), "EPSG:32649");
  EXPECT_TRUE(Projection::from_text("+proj=utm +zone=49").forward({113, 23}));
  for (auto const& row : projections()) {
    auto const named = Projection::from_text(std::string(row.id));
    EXPECT_TRUE(named.forward({1, 2})) << row.id;
  }
}

TEST(ProjectionText, RefusalNamesTheValue) {
  std::string const hint =
      "\n  hint: write auto, EPSG:32649, a PROJ string such as \"+proj=utm +zone=49\", or a name "
      "that "
      "`hachure list projections` prints";
  EXPECT_EQ(refusal_of("EPSG:99999"), "campaign.yaml:7: \"EPSG:99999\" is not a projection" + hint);
  EXPECT_EQ(refusal_of("mercater"), "campaign.yaml:7: \"mercater\" is not a projection" + hint);
  EXPECT_EQ(refusal_of(""), "campaign.yaml:7: \"\" is not a projection" + hint);
  EXPECT_EQ(refusal_of("EPSG:4326"),
            "campaign.yaml:7: \"EPSG:4326\" is not a projection: it has no metres" + hint);
}

TEST(ProjectionText, CloneIsTheSame) {
  auto const projection = Projection::automatic({113, 22, 114, 23.5});
  auto const clone = projection.clone();
  EXPECT_EQ(clone.definition(), projection.definition());
  EXPECT_EQ(clone.name(), projection.name());
  EXPECT_EQ(*clone.forward({113.27, 23.13}), *projection.forward({113.27, 23.13}));
}

TEST(ProjectionText, AutomaticNamesAreForReaders) {
  EXPECT_EQ(Projection::automatic({113, 22, 114, 23.5}).name(), "UTM zone 49N, WGS 84");
  EXPECT_EQ(Projection::automatic({18, -34.5, 19, -33.5}).name(), "UTM zone 34S, WGS 84");
}

TEST(ProjectionText, CentralMeridian) {
  EXPECT_NEAR(Projection::from_text("EPSG:32649").central_meridian_deg(), 111, 1e-9);
  EXPECT_NEAR(Projection::from_text("+proj=utm +zone=1").central_meridian_deg(), -177, 1e-9);
  EXPECT_NEAR(Projection::from_text("+proj=eqearth +lon_0=150").central_meridian_deg(), 150, 1e-9);
  EXPECT_NEAR(Projection::automatic({-10, 36, 30, 60}).central_meridian_deg(), 10, 1e-9);
  EXPECT_NEAR(Projection::from_text("EPSG:3857").central_meridian_deg(), 0, 1e-9);
}

// --- numbers -------------------------------------------------------------------------------------

/// Distance of two places a few hundred metres apart, in projected units.
double projected_m(Projection const& projection, LonLat a, LonLat b) {
  auto const p = projection.forward(a).value();
  auto const q = projection.forward(b).value();
  return std::hypot(q.x_m - p.x_m, q.y_m - p.y_m);
}

TEST(ProjectionUnits, FeetComeOutAsMetres) {
  // One and the same plane: New York Long Island in metres (EPSG:32118) and US feet (EPSG:2263).
  LonLat const a{-73.98, 40.75};
  LonLat const b{-73.97, 40.76};
  auto const metres = Projection::from_text("EPSG:32118");
  auto const feet = Projection::from_text("EPSG:2263");
  EXPECT_NEAR(projected_m(feet, a, b), projected_m(metres, a, b), 1e-3);
  auto const back = feet.inverse(feet.forward(a).value());
  ASSERT_TRUE(back);
  EXPECT_NEAR(back->lon_deg, a.lon_deg, 1e-9);
  EXPECT_NEAR(back->lat_deg, a.lat_deg, 1e-9);
}

TEST(ProjectionAxes, EastAndNorthWhateverTheAuthoritySays) {
  // EPSG:2326 (Hong Kong 1980) gives northing first, EPSG:3035 too.
  for (auto const* text : {"EPSG:32649", "EPSG:2326", "EPSG:3035", "EPSG:3857"}) {
    auto const projection = Projection::from_text(text);
    LonLat const at = std::string(text) == "EPSG:3035" ? LonLat{10, 52} : LonLat{114.1, 22.3};
    auto const p = projection.forward(at).value();
    auto const east = projection.forward({at.lon_deg + 0.01, at.lat_deg}).value();
    auto const north = projection.forward({at.lon_deg, at.lat_deg + 0.01}).value();
    EXPECT_GT(east.x_m - p.x_m, 500) << text;
    EXPECT_GT(north.y_m - p.y_m, 1000) << text;
  }
}

TEST(ProjectionRoundTrip, BelowAMillionthOfADegree) {
  std::array const boxes{LonLatBox{113, 22, 114, 23.5},  LonLatBox{113, 22, 115, 24},
                         LonLatBox{178, -19, -179, -16}, LonLatBox{-10, 36, 30, 60},
                         LonLatBox{90, -12, 130, 12},    LonLatBox{-180, -80, 180, 80}};
  for (auto const& box : boxes) {
    auto const projection = Projection::automatic(box);
    double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
    for (int i = 1; i < 20; ++i) {
      for (int j = 1; j < 20; ++j) {
        LonLat const at{box.west_deg + (east - box.west_deg) * i / 20,
                        box.south_deg + (box.north_deg - box.south_deg) * j / 20};
        auto const back = projection.inverse(projection.forward(at).value());
        ASSERT_TRUE(back);
        EXPECT_LT(std::abs(std::remainder(back->lon_deg - at.lon_deg, 360)), 1e-6);
        EXPECT_LT(std::abs(back->lat_deg - at.lat_deg), 1e-6);
      }
    }
  }
}

TEST(ProjectionForward, UndefinedPlacesAreNothing) {
  auto const globe = Projection::from_text("+proj=ortho +lat_0=0 +lon_0=0");
  EXPECT_FALSE(globe.forward({180, 0}));  // behind the globe
  EXPECT_TRUE(globe.forward({10, 0}));    // one failure does not spoil the next
  EXPECT_FALSE(globe.inverse({1e8, 0}));
  std::array<LonLat, 3> const from{LonLat{0, 0}, {180, 0}, {10, 0}};
  std::array<MapPoint, 3> to{};
  globe.forward(from, to);
  EXPECT_EQ(to[0], (MapPoint{0, 0}));
  EXPECT_TRUE(std::isnan(to[1].x_m) && std::isnan(to[1].y_m));
  EXPECT_GT(to[2].x_m, 1e6);
}

TEST(ProjectionForward, LongitudesBeyondTheAntimeridianAreTheSamePlaces) {
  auto const projection = Projection::automatic({178, -19, -179, -16});
  auto const west = projection.forward({-179.5, -17}).value();
  auto const beyond = projection.forward({180.5, -17}).value();
  EXPECT_NEAR(west.x_m, beyond.x_m, 1e-6);
  EXPECT_NEAR(west.y_m, beyond.y_m, 1e-6);
}

}  // namespace
}  // namespace hachure::geo
