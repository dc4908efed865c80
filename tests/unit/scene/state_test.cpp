#include "scene/state.hpp"

#include <gtest/gtest.h>

#include "scene/strength.hpp"

namespace hachure::scene {
namespace {

using record::Instant;

/// Records of one campaign: the forts `lin` and `gough` of the Qing, `islet` of nobody.
class StateTest : public testing::Test {
 protected:
  StateTest() {
    for (auto const& [id, side] : std::vector<std::pair<std::string, std::string>>{
             {"lin", "qing"}, {"gough", "qing"}, {"islet", ""}}) {
      record::Place place;
      place.id = id;
      place.side = side;
      records.places.push_back(place);
    }
  }

  record::Event& add(std::string const& kind, std::string const& when, std::string const& side,
                     std::vector<std::string> const& places) {
    record::Event event;
    event.id = kind + std::to_string(records.events.size());
    event.kind = record::find_kind(kind);
    EXPECT_NE(event.kind, nullptr) << kind;
    if (!when.empty()) event.when = record::parse_edtf(when);
    event.side = side;
    event.places = places;
    records.events.push_back(event);
    return records.events.back();
  }

  PlaceState at(std::string const& id, int year, int month, int day, int hour = 23, int minute = 59,
                int second = 59) {
    return states_at(records, Instant::from_civil(year, month, day, hour, minute, second)).at(id);
  }

  record::Records records;
};

TEST_F(StateTest, BeforeAnyEventPlacesHoldTheirOwnSide) {
  EXPECT_EQ(at("lin", 1856, 1, 1).holder, "qing");
  EXPECT_EQ(at("islet", 1856, 1, 1).holder, "");
  EXPECT_EQ(at("lin", 1856, 1, 1).condition, "");
  EXPECT_EQ(at("lin", 1856, 1, 1).since_event, "");
  EXPECT_EQ(states_at(records, Instant::max()).size(), 3u);
}

TEST_F(StateTest, CaptureSetsTheHolderFromItsDayOn) {
  add("capture", "1857-12-28", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 27).holder, "qing");
  auto const after = at("lin", 1857, 12, 28);
  EXPECT_EQ(after.holder, "british");
  EXPECT_EQ(after.taken_by, "british");
  EXPECT_EQ(after.since_event, "capture0");
  EXPECT_EQ(at("lin", 1900, 1, 1).holder, "british");
  EXPECT_EQ(at("gough", 1900, 1, 1).holder, "qing");
}

TEST_F(StateTest, ADayTakesEffectAtItsEnd) {
  add("capture", "1857-12-28", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 28, 12, 0, 0).holder, "qing");
}

TEST_F(StateTest, ATimeTakesEffectAtThatTime) {
  add("capture", "1857-12-28T09:00", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 28, 8, 59, 59).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 12, 28, 9, 0, 59).holder, "british");
}

TEST_F(StateTest, AMonthTakesEffectAtItsEnd) {
  add("capture", "1857-12", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 30).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 12, 31).holder, "british");
}

TEST_F(StateTest, OneOfSeveralDaysTakesEffectAtTheLast) {
  add("capture", "[1857-12-28,1857-12-30]", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 29).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 12, 30).holder, "british");
}

TEST_F(StateTest, AnIntervalIsOverAtItsEnd) {
  add("capture", "1857-12-28/1857-12-29", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 28).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 12, 29).holder, "british");
}

TEST_F(StateTest, AnOccupationWithoutEndHoldsFromItsStart) {
  add("occupation", "1858-01-05/..", "allied", {"lin"});
  EXPECT_EQ(at("lin", 1858, 1, 4).holder, "qing");
  EXPECT_EQ(at("lin", 1860, 1, 1).holder, "allied");
}

TEST_F(StateTest, AnEventSinceAnyTimeTakesEffectAtItsEnd) {
  add("capture", "../1857-12-28", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 12, 27).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 12, 28).holder, "british");
}

TEST_F(StateTest, AnEventWithoutDateOrSideDoesNothing) {
  add("capture", "", "british", {"lin"});
  add("capture", "1857-12-28", "", {"gough"});
  EXPECT_EQ(at("lin", 1900, 1, 1).holder, "qing");
  EXPECT_EQ(at("gough", 1900, 1, 1).holder, "qing");
  EXPECT_EQ(at("gough", 1900, 1, 1).taken_by, "");
}

TEST_F(StateTest, APlannedEventDoesNothing) {
  add("capture", "1857-12-28", "british", {"lin"}).certainty = record::Certainty::planned;
  EXPECT_EQ(at("lin", 1900, 1, 1).holder, "qing");
}

TEST_F(StateTest, KindsWithoutEffectDoNothing) {
  for (auto const* kind : {"bombardment", "battle", "siege", "attack", "note"}) {
    add(kind, "1857-12-28", "british", {"lin"});
  }
  auto const state = at("lin", 1900, 1, 1);
  EXPECT_EQ(state.holder, "qing");
  EXPECT_EQ(state.condition, "");
}

TEST_F(StateTest, OccupationAndSurrenderAreCaptures) {
  add("occupation", "1857-12-28", "british", {"lin"});
  add("surrender", "1857-12-29", "french", {"gough"});
  EXPECT_EQ(at("lin", 1858, 1, 1).holder, "british");
  EXPECT_EQ(at("gough", 1858, 1, 1).holder, "french");
}

TEST_F(StateTest, EvacuationGivesThePlaceBack) {
  add("capture", "1856-10-24", "british", {"lin", "islet"});
  add("evacuation", "1857-01-05", "british", {"lin", "islet"});
  EXPECT_EQ(at("lin", 1857, 1, 4).holder, "british");
  EXPECT_EQ(at("lin", 1857, 1, 5).holder, "qing");
  EXPECT_EQ(at("lin", 1857, 1, 5).since_event, "evacuation1");
  EXPECT_EQ(at("islet", 1857, 1, 5).holder, "");
}

TEST_F(StateTest, EvacuationGoesBackOneStep) {
  add("capture", "1856-10-24", "british", {"lin"});
  add("capture", "1856-11-01", "french", {"lin"});
  add("evacuation", "1856-11-02", "french", {"lin"});
  EXPECT_EQ(at("lin", 1856, 11, 2).holder, "british");
  add("evacuation", "1856-11-03", "british", {"lin"});
  EXPECT_EQ(at("lin", 1856, 11, 3).holder, "qing");
}

TEST_F(StateTest, EvacuationByASideThatDoesNotHoldItChangesNothing) {
  add("capture", "1856-10-24", "british", {"lin"});
  add("evacuation", "1856-10-25", "french", {"lin"});
  EXPECT_EQ(at("lin", 1856, 10, 25).holder, "british");
}

TEST_F(StateTest, TakenAndEvacuatedAgain) {
  add("capture", "1856-10-24", "british", {"lin"});
  add("evacuation", "1857-01-05", "british", {"lin"});
  add("capture", "1857-12-28", "british", {"lin"});
  EXPECT_EQ(at("lin", 1857, 6, 1).holder, "qing");
  EXPECT_EQ(at("lin", 1858, 1, 1).holder, "british");
}

TEST_F(StateTest, OrderIsThatOfTheDatesNotOfTheRows) {
  add("evacuation", "1857-01-05", "british", {"lin"});
  add("capture", "1856-10-24", "british", {"lin"});
  EXPECT_EQ(at("lin", 1856, 12, 1).holder, "british");
  EXPECT_EQ(at("lin", 1857, 2, 1).holder, "qing");
}

TEST_F(StateTest, RowsDecideOnTheSameDay) {
  add("capture", "1856-10-24", "british", {"lin"});
  add("evacuation", "1856-10-24", "british", {"lin"});
  EXPECT_EQ(at("lin", 1856, 10, 24).holder, "qing");
}

TEST_F(StateTest, Conditions) {
  add("breach", "1857-12-28", "british", {"lin"});
  add("fire", "1857-12-29", "british", {"lin"});
  add("destruction", "1857-12-30", "british", {"lin"});
  add("explosion", "1857-12-30", "", {"gough"});
  EXPECT_EQ(at("lin", 1857, 12, 27).condition, "");
  EXPECT_EQ(at("lin", 1857, 12, 28).condition, "breached");
  EXPECT_EQ(at("lin", 1857, 12, 29).condition, "burnt");
  EXPECT_EQ(at("lin", 1857, 12, 30).condition, "destroyed");
  EXPECT_EQ(at("gough", 1857, 12, 30).condition, "destroyed");
  EXPECT_EQ(at("lin", 1857, 12, 30).holder, "qing");  // to destroy is not to hold
}

TEST_F(StateTest, TakenByCountsFromTheStartOfTheInterval) {
  add("capture", "1856-10-24", "british", {"lin"});
  add("capture", "1857-12-28", "british", {"gough"});
  auto const states =
      states_at(records, Instant::from_civil(1858, 1, 1), Instant::from_civil(1857, 12, 1));
  EXPECT_EQ(states.at("lin").taken_by, "");
  EXPECT_EQ(states.at("lin").holder, "british");
  EXPECT_EQ(states.at("gough").taken_by, "british");
}

TEST_F(StateTest, UnknownPlacesAreNobodys) {
  add("capture", "1856-10-24", "british", {"atlantis", "lin"});
  auto const states = states_at(records, Instant::max());
  EXPECT_FALSE(states.contains("atlantis"));
  EXPECT_EQ(states.at("lin").holder, "british");
}

// --- progress by known times ---------------------------------------------------------------------

record::Movement march(std::vector<std::string> const& times) {
  record::Movement movement;
  movement.id = "march";
  movement.line = {{0, 0}, {1, 0}, {4, 0}};
  movement.when = record::parse_edtf("1857-06-01/1857-06-10");
  for (auto const& time : times) {
    movement.when_at_point.emplace_back();
    if (!time.empty()) movement.when_at_point.back() = record::parse_edtf(time);
  }
  return movement;
}

TEST(ProgressAt, EvenWhereNoTimesAreKnown) {
  EXPECT_NEAR(progress_at(march({}), Instant::from_civil(1857, 6, 6)), 0.5, 1e-5);
}

TEST(ProgressAt, AtThePointsWhenTheRecordSaysSo) {
  auto const movement = march({"", "1857-06-08", ""});
  EXPECT_NEAR(progress_at(movement, Instant::from_civil(1857, 6, 8)), 0.25, 1e-9);
  EXPECT_NEAR(progress_at(movement, Instant::from_civil(1857, 6, 4, 12)), 0.125, 1e-9);
  EXPECT_EQ(progress_at(movement, Instant::from_civil(1857, 5, 1)), 0);
  EXPECT_EQ(progress_at(movement, Instant::from_civil(1857, 7, 1)), 1);
}

TEST(ProgressAt, TimesAgainstTheOrderOfTheWayAreNoHelp) {
  auto const movement = march({"1857-06-05", "1857-06-02", ""});
  EXPECT_NEAR(progress_at(movement, Instant::from_civil(1857, 6, 5)), 0, 1e-9);
  EXPECT_GT(progress_at(movement, Instant::from_civil(1857, 6, 6)), 0);
}

TEST_F(StateTest, AStatedStrengthIsTheLastOneGivenByThen) {
  record::Unit unit;
  unit.id = "59th";
  unit.strength = 600;
  unit.when = record::parse_edtf("1857-12-20/..");
  auto& loss = add("battle", "1857-12-29", "british", {"lin"});
  loss.units = {"59th"};
  loss.strength = 540;
  auto& shared = add("battle", "1857-12-30", "british", {"lin"});
  shared.units = {"59th", "naval"};
  shared.strength = 2000;
  auto const on = [&](int day) {
    return stated_strength(records, unit, Instant::from_civil(1857, 12, day));
  };
  EXPECT_EQ(on(10), 600);
  EXPECT_EQ(on(28), 600);
  EXPECT_EQ(on(31), 540);
  record::Unit nobody;
  nobody.id = "nobody";
  EXPECT_EQ(stated_strength(records, nobody, Instant::max()), std::nullopt);
}

}  // namespace
}  // namespace hachure::scene
