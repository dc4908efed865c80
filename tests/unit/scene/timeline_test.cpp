#include "scene/timeline.hpp"

#include <gtest/gtest.h>

#include "style/style.hpp"

namespace hachure::scene {
namespace {

Happening lasting(std::string id, std::int64_t from_h, std::int64_t to_h, double rank) {
  Happening out;
  out.record = "events." + id;
  out.text = id;
  out.from = {from_h * 3600};
  out.to = {to_h * 3600};
  out.settled = out.from;
  out.is_moment = from_h == to_h;
  out.rank = rank;
  return out;
}

TimeScale day_scale() {
  return TimeScale({{{0}, {86400}, 1}});
}

std::vector<std::pair<std::string, int>> rows_of(TimelineLane const& lane) {
  std::vector<std::pair<std::string, int>> out;
  for (auto const& phase : lane.phases) out.emplace_back(phase.what.text, phase.row);
  return out;
}

TEST(Rows, WhatFollowsSharesARow) {
  TimelineLane lane{"", "", {{lasting("a", 0, 6, 1), 0}, {lasting("b", 6, 9, 1), 0}}, 1};
  std::vector<std::string> left_out;
  pack_rows(lane, day_scale(), 3, left_out);
  EXPECT_EQ(rows_of(lane), (std::vector<std::pair<std::string, int>>{{"a", 0}, {"b", 0}}));
  EXPECT_EQ(lane.rows, 1);
}

TEST(Rows, TheMoreImportantComesFirst) {
  TimelineLane lane{"", "", {{lasting("minor", 0, 6, 3), 0}, {lasting("major", 4, 9, 1), 0}}, 1};
  std::vector<std::string> left_out;
  pack_rows(lane, day_scale(), 3, left_out);
  EXPECT_EQ(rows_of(lane), (std::vector<std::pair<std::string, int>>{{"minor", 1}, {"major", 0}}));
  EXPECT_EQ(lane.rows, 2);
}

TEST(Rows, TheLeastImportantGoes) {
  TimelineLane lane{"",
                    "",
                    {{lasting("a", 0, 6, 1), 0},
                     {lasting("b", 0, 6, 3), 0},
                     {lasting("c", 0, 6, 2), 0},
                     {lasting("d", 6, 7, 3), 0}},
                    1};
  std::vector<std::string> left_out;
  pack_rows(lane, day_scale(), 2, left_out);
  EXPECT_EQ(left_out, std::vector<std::string>{"events.b"});
  EXPECT_EQ(rows_of(lane),
            (std::vector<std::pair<std::string, int>>{{"a", 0}, {"c", 1}, {"d", 0}}));
}

TEST(Rows, AMomentNeedsRoomForItsSign) {
  TimelineLane lane{"", "", {{lasting("bar", 0, 6, 1), 0}, {lasting("point", 6, 6, 1), 0}}, 1};
  std::vector<std::string> left_out;
  pack_rows(lane, day_scale(), 3, left_out);
  EXPECT_EQ(rows_of(lane), (std::vector<std::pair<std::string, int>>{{"bar", 0}, {"point", 1}}));
}

std::string current(std::vector<Happening> const& all, double at_h) {
  auto const* found = current_of(all, {static_cast<std::int64_t>(at_h * 3600)}, 2 * 3600);
  return found == nullptr ? "" : found->text;
}

TEST(Current, TheLatestOfTheMostImportantThatRuns) {
  std::vector<Happening> const all{lasting("guns", 6, 33, 1), lasting("landing", 7, 18, 1),
                                   lasting("fire", 12, 12, 2), lasting("wall", 32, 33, 1)};
  EXPECT_EQ(current(all, 5), "");
  EXPECT_EQ(current(all, 6), "guns");
  EXPECT_EQ(current(all, 12.5), "landing");  // the fire is less important
  EXPECT_EQ(current(all, 22), "guns");
  EXPECT_EQ(current(all, 32.6), "wall");
  EXPECT_EQ(current(all, 34), "wall");  // over, but the latest news
  EXPECT_EQ(current(all, 60), "wall");  // nothing since
}

TEST(Current, WhatHappenedAtAnUnknownHourIsNewsWhenItIsSure) {
  auto fort = lasting("fort", 12, 12, 1);
  fort.settled = {24 * 3600};
  std::vector<Happening> const all{lasting("landing", 7, 18, 1), fort};
  EXPECT_EQ(current(all, 14), "landing");
  EXPECT_EQ(current(all, 23), "landing");
  EXPECT_EQ(current(all, 24.5), "fort");
}

TEST(StripHeight, FollowsFromRowsAndType) {
  Timeline timeline;
  timeline.lanes = {{"Guns", "", {}, 1}, {"Army", "", {}, 2}};
  style::FurnitureLook look;
  look.time_tick.size_mm = 2;
  look.phase.size_mm = 2;
  EXPECT_NEAR(height_mm(timeline, look), 2 * 2.5 + 2 * 0.7 + 3 * 2 * 2.05 + 2 * 2 * 0.5, 1e-9);
}

}  // namespace
}  // namespace hachure::scene
