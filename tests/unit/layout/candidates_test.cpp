#include "layout/candidates.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::layout {
namespace {

using draw::Box;
using draw::Point;

Box const frame = Box::of(0, 0, 100, 80);
std::vector<std::string> const all_anchors{"left",     "right",     "top",         "bottom",
                                           "top-left", "top-right", "bottom-left", "bottom-right"};

class Candidates : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
    request.id = "places.lin";
    request.record = "places.lin";
    request.lang = "en";
    request.anchor = {50, 40};
    request.anchors = all_anchors;
    style::TextStyle style;
    style.fonts = {"Noto Sans"};
    style.size_mm = 2.5;
    request.spans = {{"Fort Lin", style}};
  }

  std::vector<LabelCandidate> candidates() {
    occupancy.finish();
    Grounds grounds{Occupancy(frame, 1), Occupancy(frame, 1)};
    grounds.water.finish();
    grounds.land.finish();
    auto all = candidates_of(request, shaper, {occupancy, grounds, frame}, before, missing);
    for (auto& candidate : all) finish(candidate, request);
    return all;
  }

  Shaper shaper;
  Occupancy occupancy{frame, 0.25};
  scene::LabelRequest request;
  std::vector<MissingGlyph> missing;
  FrozenLabel const* before = nullptr;
};

Box box_of(std::vector<Point> const& points) {
  Box box;
  for (auto const& p : points) box.add(p);
  return box;
}

TEST_F(Candidates, BestFirst) {
  auto const all = candidates();
  EXPECT_GE(all.size(), 8u);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &LabelCandidate::cost));
  for (auto const& c : all) {
    EXPECT_EQ(c.text.text, "Fort Lin");
    EXPECT_EQ(c.text.id, "places.lin");
    EXPECT_FALSE(c.boxes.empty());
    EXPECT_EQ(c.outline.size(), 4u);
    EXPECT_TRUE(c.leader.empty());
  }
  // The first anchor: the text's left side touches the place.
  EXPECT_NEAR(box_of(all[0].outline).min_x_mm, 50 + request.gap_mm, 0.05);
}

TEST_F(Candidates, NoneTouchesTheFrame) {
  for (Point const anchor : {Point{50, 40}, {1, 1}, {99, 79}, {3, 40}, {50, 79.5}}) {
    request.anchor = anchor;
    request.leader = true;
    for (auto const& c : candidates()) {
      EXPECT_TRUE(frame.contains(box_of(c.outline)));
      for (auto const& p : c.leader) EXPECT_TRUE(frame.contains(p));
    }
  }
}

TEST_F(Candidates, NoneOffThePage) {
  request.anchor = {300, 40};
  EXPECT_TRUE(candidates().empty());
}

TEST_F(Candidates, NoneOnAHardObstacle) {
  Box const hard = Box::of(50.2, 20, 30, 40);  // everything to the right
  occupancy.add_box(hard, 1);
  auto const all = candidates();
  EXPECT_FALSE(all.empty());
  for (auto const& c : all) {
    auto const ink = box_of(c.outline);
    double const width =
        std::min(ink.max_x_mm, hard.max_x_mm) - std::max(ink.min_x_mm, hard.min_x_mm);
    double const height =
        std::min(ink.max_y_mm, hard.max_y_mm) - std::max(ink.min_y_mm, hard.min_y_mm);
    EXPECT_TRUE(width <= 0 || height <= 0 || width * height < 0.13);
  }
}

TEST_F(Candidates, NoneWhereEverythingIsTaken) {
  occupancy.add_box(frame, 1);
  EXPECT_TRUE(candidates().empty());
}

TEST_F(Candidates, SoftObstaclesCost) {
  auto const free_cost = candidates().front().cost;
  Occupancy soft(frame, 0.25);
  soft.add_box(frame, 0.5);
  occupancy = soft;
  EXPECT_GT(candidates().front().cost, free_cost + 1);
}

TEST_F(Candidates, LeaderRunsFromTheTextToThePlace) {
  request.leader = true;
  request.symbol = Box::of(49, 39, 2, 2);
  // Only positions far off are free.
  occupancy.add_box(Box::of(45, 35, 10, 10), 1);
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  int leaders = 0;
  for (auto const& c : all) {
    if (c.leader.empty()) continue;
    ++leaders;
    ASSERT_EQ(c.leader.size(), 2u);
    EXPECT_TRUE(box_of(c.outline).grown(1).contains(c.leader[0]));
    EXPECT_NEAR(draw::distance(c.leader[1], {50, 40}), 1, 0.01);  // at the symbol's edge
    EXPECT_GE(c.boxes.size(), 2u);                                // the line is covered ground, too
  }
  EXPECT_GT(leaders, 0);
}

TEST_F(Candidates, OffsetByHandIsTheOnlyOne) {
  request.offset = Point{10, -5};
  occupancy.add_box(frame, 1);  // even where it is taken
  auto const all = candidates();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_NEAR(box_of(all[0].outline).center().x_mm, 60, 0.1);
  EXPECT_NEAR(box_of(all[0].outline).center().y_mm, 35, 1);
}

TEST_F(Candidates, LongNamesAreBroken) {
  request.spans[0].text = "Thirteen Factories of Canton";
  request.max_width_mm = 18;
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  EXPECT_LT(box_of(all[0].outline).width_mm(), 24);
  EXPECT_GT(box_of(all[0].outline).height_mm(), 3);
}

TEST_F(Candidates, AreaNamesStandAboutTheirAnchor) {
  request.placement = scene::LabelPlacement::area;
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  EXPECT_NEAR(box_of(all[0].outline).center().x_mm, 50, 0.2);
  EXPECT_NEAR(box_of(all[0].outline).center().y_mm, 40, 1);
}

TEST_F(Candidates, LineNamesFollowTheirLine) {
  request.placement = scene::LabelPlacement::line;
  request.lines = {{{10, 40}, {90, 40}}};
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all[0].text.curved);
  auto const box = box_of(all[0].outline);
  EXPECT_NEAR(box.center().x_mm, 50, 2);
  EXPECT_LT(box.min_y_mm, 40);
  EXPECT_GT(box.max_y_mm, 40);
}

TEST_F(Candidates, MissingGlyphsAreReported) {
  request.spans[0].text = "Lin\U0010FFFD";
  candidates();
  ASSERT_FALSE(missing.empty());
  EXPECT_EQ(missing[0].code_point, U'\U0010FFFD');
}

TEST_F(Candidates, SetAlongBendsWithTheLine) {
  style::TextStyle style = request.spans[0].style;
  auto const shaped = shaper.shape("Pearl River", style, "en");
  std::vector<Point> arc;
  for (double a = -1; a <= 1; a += 0.05)
    arc.push_back({50 + 20 * std::sin(a), 60 - 20 * std::cos(a)});
  auto const set = set_along(shaped, arc, 20, 0);
  ASSERT_TRUE(set);
  EXPECT_TRUE(set->text.curved);
  // Text of this width on a circle of radius 20 turns by width / radius.
  EXPECT_NEAR(set->bend_rad, shaped.logical.width_mm() / 20, 0.12);
  std::vector<Point> const corner{{0, 40}, {20, 40}, {20, 60}};
  EXPECT_FALSE(set_along(shaped, corner, 20, 0));
  EXPECT_FALSE(set_along(shaped, arc, 1, 0));  // would begin before the line
  EXPECT_FALSE(set_along(shaped, std::vector<Point>{}, 1, 0));
}

TEST_F(Candidates, FlagStandsOnItsRoute) {
  request.placement = scene::LabelPlacement::flag;
  request.flag.emplace();
  request.lines = {{{20, 40}, {80, 40}}};
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  for (auto const& c : all) {
    ASSERT_EQ(c.leader.size(), 2u);
    EXPECT_NEAR(c.leader[0].y_mm, 40, 1e-6);
    EXPECT_TRUE(c.tab.grown(1e-6).contains(c.leader[1]));
  }
}

TEST_F(Candidates, ANameIsSpreadOverItsArea) {
  request.placement = scene::LabelPlacement::area;
  request.spread_em = 3;
  request.area.add_box(Box::of(20, 30, 60, 20));
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all[0].form, LabelForm::spread);
  EXPECT_NEAR(box_of(all[0].outline).width_mm(), 0.72 * 60, 3);
  EXPECT_NEAR(box_of(all[0].outline).center().x_mm, 50, 0.3);
  request.spread_em = 0.5;
  auto const narrower = candidates();
  EXPECT_NEAR(box_of(narrower[0].outline).width_mm(),
              box_of(narrower.back().outline).width_mm() + 7 * 0.5 * 2.5, 6);
}

TEST_F(Candidates, JoinedScriptsAreNotSpread) {
  request.placement = scene::LabelPlacement::area;
  request.spread_em = 3;
  request.area.add_box(Box::of(20, 30, 60, 20));
  request.spans.front().text = "القاهرة";
  for (auto const& c : candidates()) EXPECT_NE(c.form, LabelForm::spread);
}

TEST_F(Candidates, ANameTooLongForItsLineStandsLevelBesideIt) {
  request.placement = scene::LabelPlacement::line;
  request.lines = {{{50, 40}, {54, 42}}};
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  for (auto const& c : all) EXPECT_FALSE(c.text.curved);
  EXPECT_LT(draw::distance(box_of(all[0].outline).center(), {52, 41}), 1);
}

TEST_F(Candidates, ACalloutIsABoxWithALeader) {
  request.placement = scene::LabelPlacement::callout;
  request.callout.emplace();
  request.callout->reach_mm = 20;
  request.max_width_mm = 22;
  request.spans.front().text = "The tower on the north wall stood above the whole city";
  auto const all = candidates();
  ASSERT_FALSE(all.empty());
  for (auto const& c : all) {
    ASSERT_EQ(c.leader.size(), 2u);
    EXPECT_NEAR(draw::distance(c.leader[1], request.anchor), 0, 1e-9);
    EXPECT_GE(draw::distance(c.leader[0], c.leader[1]), 2.4);
    EXPECT_LE(draw::distance(c.leader[0], c.leader[1]), 31);
    EXPECT_FALSE(c.tab.contains(request.anchor));
    // The leader is in the way of other labels, too.
    EXPECT_EQ(c.boxes.size(), 2u);
    auto const ink = box_of(c.outline);
    EXPECT_NEAR(ink.width_mm(), c.tab.width_mm(), 1e-9);
  }
  EXPECT_NE(all[0].text.text.find("tower"), std::string::npos);
}

}  // namespace
}  // namespace hachure::layout
