// The strip of time and the date plate over a run of frames.
#include <gtest/gtest.h>

#include <algorithm>

#include "layout/date_plate.hpp"
#include "layout/timeline.hpp"
#include "record/kind.hpp"

namespace hachure::layout {
namespace {

using record::Instant;

Instant hour(int of_28_december) {
  return Instant::from_civil(1857, 12, 28, of_28_december);
}

scene::Happening happening(std::string const& text, Instant from, Instant to) {
  scene::Happening out;
  out.record = "events." + text;
  out.text = text;
  out.kind = record::find_kind("battle");
  out.from = from;
  out.to = to;
  out.settled = from;
  out.is_moment = from == to;
  out.rank = 1;
  out.color = {0.7, 0.1, 0.1, 1};
  return out;
}

/// A strip 160 mm wide from 06:00 to 18:00 with one lane of three phases.
scene::Scene run_of_hours() {
  scene::Scene scene;
  scene.page_width_mm = 284;
  scene.page_height_mm = 160;
  scene.map = "m";
  scene.lang = "en";
  scene.title.by_tag["en"] = "The assault";
  for (auto* style :
       {&scene.look.clock, &scene.look.date, &scene.look.date_title, &scene.look.caption,
        &scene.look.lane, &scene.look.phase, &scene.look.time_tick, &scene.look.figure}) {
    style->fonts = {"Noto Sans", "Noto Sans CJK TC"};
    style->size_mm = 2;
  }
  scene.look.clock.size_mm = 10;
  scene.timeline_box = draw::Box::of(0, 100, 160, 16);
  scene::Timeline timeline;
  timeline.scale = scene::TimeScale({{hour(6), hour(18), 1}});
  scene.happenings = {happening("Landing", hour(7), hour(10)),
                      happening("Lin’s Fort", hour(10), hour(16)),
                      happening("A gun explodes on the wall by the east gate", hour(17), hour(17))};
  timeline.lanes = {{"Army", "", {}, 1}};
  for (auto const& what : scene.happenings) timeline.lanes[0].phases.push_back({what, 0});
  scene.timeline = timeline;
  for (int h = 6; h <= 18; ++h) scene.run.push_back(hour(h));
  return scene;
}

void collect(draw::Group const& group, std::vector<draw::Text>& texts) {
  for (auto const& child : group.children) {
    if (auto const* inner = std::get_if<draw::Group>(&child.value)) collect(*inner, texts);
    if (auto const* text = std::get_if<draw::Text>(&child.value)) texts.push_back(*text);
  }
}

std::vector<std::string> words_of(draw::Group const& group) {
  std::vector<draw::Text> texts;
  collect(group, texts);
  std::vector<std::string> words;
  for (auto const& text : texts) words.push_back(text.text);
  return words;
}

draw::Text text_of(draw::Group const& group, std::string const& words) {
  std::vector<draw::Text> texts;
  collect(group, texts);
  auto const it = std::ranges::find(texts, words, &draw::Text::text);
  return it == texts.end() ? draw::Text{} : *it;
}

bool has(std::vector<std::string> const& words, std::string const& word) {
  return std::ranges::find(words, word) != words.end();
}

class Strip : public testing::Test {
 protected:
  Shaper shaper_;
  FurnitureProblems problems_;
  scene::Scene scene_ = run_of_hours();
  Timeline strip_{scene_, shaper_, problems_};
};

TEST_F(Strip, IsAsLargeAsItsBox) {
  EXPECT_DOUBLE_EQ(strip_.width_mm(), 160);
  EXPECT_DOUBLE_EQ(strip_.height_mm(), 16);
  EXPECT_TRUE(problems_.missing.empty());
}

TEST_F(Strip, StillAndMovingMakeTheWhole) {
  auto const count = [](draw::Group const& group) { return words_of(group).size(); };
  EXPECT_EQ(count(strip_.still()) + count(strip_.moving(hour(9))), count(strip_.at(hour(9))));
  EXPECT_TRUE(has(words_of(strip_.still()), "Army"));
  EXPECT_FALSE(has(words_of(strip_.moving(hour(9))), "Army"));
}

TEST_F(Strip, NamesLanesPhasesAndHours) {
  auto const words = words_of(strip_.at({}));
  for (auto const* word : {"28 Dec", "Army", "06:00", "12:00", "18:00", "Landing", "Lin’s Fort"}) {
    EXPECT_TRUE(has(words, word)) << word;
  }
}

TEST_F(Strip, TheTabStandsInForTheHoursNearIt) {
  auto const words = words_of(strip_.at(hour(12)));
  EXPECT_EQ(std::ranges::count(words, "12:00"), 1);  // the tab alone
  EXPECT_TRUE(has(words, "14:00"));
  EXPECT_TRUE(has(words, "10:00"));
}

TEST_F(Strip, AnUnknownInstantHasNoTab) {
  auto const words = words_of(strip_.at(Instant{hour(12).seconds + 60}));
  EXPECT_FALSE(has(words, "12:01"));
}

TEST_F(Strip, TheNameOfARunningPhaseIsNotHit) {
  auto const at_rest = text_of(strip_.at({}), "Lin’s Fort").origin.x_mm;
  // The playhead stands on the name: it moves to its right.
  auto const hit = strip_.at(Instant{hour(10).seconds + 600});
  EXPECT_GT(text_of(hit, "Lin’s Fort").origin.x_mm, at_rest + 1);
  // Far enough on, the name is back.
  EXPECT_DOUBLE_EQ(text_of(strip_.at(hour(15)), "Lin’s Fort").origin.x_mm, at_rest);
}

TEST_F(Strip, WhatIsToComeIsPale) {
  auto const fill_of = [](draw::Group const& strip, std::string const& id) {
    for (auto const& child : strip.children) {
      auto const* group = std::get_if<draw::Group>(&child.value);
      if (group == nullptr || group->id != id) continue;
      return std::get<draw::Shape>(group->children.front().value).fill->color;
    }
    return draw::Color{};
  };
  auto const id = "timeline.events.Lin’s Fort";
  auto const full = draw::Color{0.7, 0.1, 0.1, 1};
  auto const of = [&](double share) { return draw::mixed(full, {1, 1, 1, 1}, share); };
  EXPECT_EQ(fill_of(strip_.at(hour(8)), id), of(0.22));
  EXPECT_EQ(fill_of(strip_.at(hour(12)), id), of(0.95));
  EXPECT_EQ(fill_of(strip_.at(hour(17)), id), of(0.72));
  EXPECT_EQ(fill_of(strip_.at({}), id), of(0.72));
}

TEST(Plate, HasOneSizeForARun) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto scene = run_of_hours();
  record::FurnitureItem item;
  item.options["calendars"] = "chinese,julian";
  DatePlate const plate(scene, item, shaper, problems);
  EXPECT_TRUE(problems.missing.empty());
  for (auto const at : scene.run) {
    std::vector<draw::Text> texts;
    collect(plate.at(at), texts);
    for (auto const& text : texts) {
      EXPECT_GE(text.origin.x_mm, 0) << text.text;
      EXPECT_LT(text.origin.x_mm, plate.width_mm()) << text.text;
      EXPECT_LT(text.origin.y_mm, plate.height_mm()) << text.text;
    }
  }
  // The longest caption decides, whatever the instant asked for.
  scene.happenings.pop_back();
  DatePlate const shorter(scene, item, shaper, problems);
  EXPECT_LE(shorter.height_mm(), plate.height_mm());
}

TEST(Plate, SaysTheHourTheDayAndWhatHappens) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto const scene = run_of_hours();
  record::FurnitureItem item;
  item.options["calendars"] = "chinese,julian";
  DatePlate const plate(scene, item, shaper, problems);
  EXPECT_EQ(words_of(plate.at(hour(8))),
            (std::vector<std::string>{"08:00", "Monday", "28 December 1857", "咸豐七年十一月十三日",
                                      "16 December 1857 (Julian)", "The assault", "Landing"}));
  EXPECT_EQ(words_of(plate.at(hour(6))).size(), 6U);  // nothing has happened yet
}

TEST(Plate, GoesByDaysWhereTheRunDoes) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto scene = run_of_hours();
  scene.lang = "fr";
  scene.run = {Instant::from_civil(1857, 12, 27), Instant::from_civil(1857, 12, 28),
               Instant::from_civil(1857, 12, 29)};
  DatePlate const plate(scene, {}, shaper, problems);
  EXPECT_EQ(words_of(plate.at(scene.run[0])),
            (std::vector<std::string>{"27 décembre 1857", "dimanche", "The assault"}));
}

TEST(Plate, OnASmallFrameItIsSmallerAndHasNoTitle) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto scene = run_of_hours();
  DatePlate const plate(scene, {}, shaper, problems);
  scene.page_height_mm = 20;
  DatePlate const small(scene, {}, shaper, problems);
  EXPECT_LT(small.height_mm(), plate.height_mm());
  auto const words = words_of(small.at(hour(8)));
  EXPECT_EQ(std::ranges::count(words, "The assault"), 0);
  EXPECT_EQ(words.front(), "08:00");
}

TEST(Plate, AMapWithATitleDoesNotSayItTwice) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto scene = run_of_hours();
  scene.run.clear();
  scene.when = record::parse_edtf("1857-12-28/1857-12-29");
  scene.furniture.emplace_back().kind = "title";
  DatePlate const plate(scene, {}, shaper, problems);
  EXPECT_EQ(words_of(plate.at_rest()), std::vector<std::string>{"28–29 December 1857"});
}

}  // namespace
}  // namespace hachure::layout
