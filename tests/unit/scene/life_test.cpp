#include "scene/life.hpp"

#include <gtest/gtest.h>

#include "scene/state.hpp"

namespace hachure::scene {
namespace {

using record::Instant;
using record::parse_edtf;

Instant at(int day, int hour, int minute = 0) {
  return Instant::from_civil(1857, 12, day, hour, minute);
}

TEST(Life, IsBeforeRunningAndAfter) {
  auto const when = parse_edtf("1857-12-28T06:00:00/1857-12-28T10:00:00");
  EXPECT_EQ(life_at(when, at(28, 5)).phase, Life::Phase::before);
  EXPECT_DOUBLE_EQ(life_at(when, at(28, 5)).progress, 0);
  auto const half = life_at(when, at(28, 8));
  EXPECT_EQ(half.phase, Life::Phase::running);
  EXPECT_DOUBLE_EQ(half.progress, 0.5);
  EXPECT_EQ(half.presence, record::Presence::certain);
  EXPECT_EQ(life_at(when, at(28, 10)).progress, 1);
  auto const after = life_at(when, at(28, 11));
  EXPECT_EQ(after.phase, Life::Phase::after);
  EXPECT_DOUBLE_EQ(after.since_end_s, 3600);
}

TEST(Life, OfAContestedDateIsPossibleOutsideItsInnerBounds) {
  auto const when = parse_edtf("1857-12-28/1857-12-29~");
  EXPECT_EQ(life_at(when, at(28, 12)).presence, record::Presence::certain);
  EXPECT_EQ(life_at(when, at(29, 12)).presence, record::Presence::possible);
}

TEST(Life, WithoutADateIsThereAlways) {
  auto const life = life_at({}, at(28, 0));
  EXPECT_EQ(life.phase, Life::Phase::running);
  EXPECT_DOUBLE_EQ(life.progress, 1);
  EXPECT_DOUBLE_EQ(opacity_at(life, {}), 1);
}

TEST(LifeCycle, RisesStaysDecaysRestsAndFades) {
  auto const when = parse_edtf("1857-12-28T06:00:00/1857-12-28T10:00:00");
  LifeCycle const cycle{3600, 1800, 7200, 0.4, 3600};
  auto const opacity = [&](int hour, int minute) {
    return opacity_at(life_at(when, at(28, hour, minute)), cycle);
  };
  EXPECT_DOUBLE_EQ(opacity(5, 0), 0);
  EXPECT_DOUBLE_EQ(opacity(6, 30), 0.5);
  EXPECT_DOUBLE_EQ(opacity(9, 0), 1);
  EXPECT_DOUBLE_EQ(opacity(10, 30), 1);
  EXPECT_DOUBLE_EQ(opacity(11, 30), 0.7);
  EXPECT_DOUBLE_EQ(opacity(12, 30), 0.4);
  EXPECT_DOUBLE_EQ(opacity(13, 0), 0.2);
  EXPECT_DOUBLE_EQ(opacity(14, 0), 0);
}

TEST(Eased, StartsAndStopsSoftly) {
  EXPECT_DOUBLE_EQ(eased(0), 0);
  EXPECT_DOUBLE_EQ(eased(0.5), 0.5);
  EXPECT_DOUBLE_EQ(eased(1), 1);
  EXPECT_LT(eased(0.1), 0.1);
  EXPECT_GT(eased(0.9), 0.9);
}

record::Records a_column() {
  record::Records records;
  record::Unit unit;
  unit.id = "column";
  unit.strength = 1000;
  records.units.push_back(unit);
  record::Movement march;
  march.id = "march";
  march.units = {"column"};
  march.unit = "column";
  march.when = parse_edtf("1857-12-28T06:00:00/1857-12-28T10:00:00");
  march.line = {{113, 0}, {113, 1}, {114, 1}};
  march.strength_at_point = {1000, 800, 600};
  records.movements.push_back(march);
  return records;
}

TEST(UnitsAt, AreCarriedAlongTheirPathsByTheirOwnTimes) {
  auto const records = a_column();
  auto const before = units_at(records, at(28, 5)).at("column");
  EXPECT_FALSE(before.at);
  EXPECT_EQ(before.movement, "");
  auto const quarter = units_at(records, at(28, 7)).at("column");
  ASSERT_TRUE(quarter.at);
  EXPECT_TRUE(quarter.is_moving);
  EXPECT_NEAR(quarter.at->lon_deg, 113, 1e-9);
  EXPECT_NEAR(quarter.at->lat_deg, 0.5, 1e-3);
  EXPECT_NEAR(*quarter.heading_deg, 0, 1e-9);
  EXPECT_NEAR(*quarter.strength, 900, 1);
  auto const done = units_at(records, at(29, 0)).at("column");
  EXPECT_FALSE(done.is_moving);
  EXPECT_EQ(done.movement, "march");
  EXPECT_DOUBLE_EQ(done.at->lon_deg, 114);
  EXPECT_NEAR(*done.heading_deg, 90, 1e-9);
  EXPECT_DOUBLE_EQ(*done.strength, 600);
}

TEST(UnitsAt, PlannedMovementsCarryNobody) {
  auto records = a_column();
  records.movements.front().certainty = record::Certainty::planned;
  EXPECT_EQ(units_at(records, at(28, 8)).at("column").movement, "");
}

TEST(UnitsAt, StrengthsAreBetweenKnownOnes) {
  auto records = a_column();
  records.movements.clear();
  record::Event muster;
  muster.id = "muster";
  muster.units = {"column"};
  muster.strength = 400;
  muster.when = parse_edtf("1857-12-28T12:00:00");
  records.events.push_back(muster);
  muster.strength = 200;
  muster.when = parse_edtf("1857-12-28T16:00:00");
  records.events.push_back(muster);
  EXPECT_DOUBLE_EQ(*units_at(records, at(28, 6)).at("column").strength, 1000);
  EXPECT_DOUBLE_EQ(*units_at(records, at(28, 14)).at("column").strength, 300);
  EXPECT_DOUBLE_EQ(*units_at(records, at(28, 20)).at("column").strength, 200);
}

TEST(Along, TakesTheShortWayOverTheAntimeridian) {
  auto const middle = along({{179, 0}, {-179, 0}}, 0.5);
  EXPECT_NEAR(std::abs(middle.at.lon_deg), 180, 1e-9);
  EXPECT_NEAR(middle.heading_deg, 90, 1e-9);
  EXPECT_NEAR(along({{179, 0}, {-179, 0}}, 0.75).at.lon_deg, -179.5, 1e-9);
}

/// Sums of lengths are rounded: the end of a path is its end all the same, and so is its heading.
TEST(Along, TheWholeShareEndsAtTheLastPoint) {
  for (int n = 2; n < 60; ++n) {
    std::vector<geo::LonLat> path;
    for (int i = 0; i < n; ++i)
      path.push_back({113 + 0.1 * i + 0.013 * (i % 3), 23 + 0.07 * (i % 5)});
    path.push_back(path.back());  // a leg without length
    auto const end = along(path, 1);
    EXPECT_NEAR(end.at.lon_deg, path.back().lon_deg, 1e-9) << n;
    EXPECT_NEAR(end.at.lat_deg, path.back().lat_deg, 1e-9) << n;
    auto const before = along(path, 0.9999999);
    EXPECT_DOUBLE_EQ(end.heading_deg, before.heading_deg) << n;
    EXPECT_NEAR(before.at.lon_deg, path.back().lon_deg, 1e-4) << n;
  }
}

}  // namespace
}  // namespace hachure::scene
