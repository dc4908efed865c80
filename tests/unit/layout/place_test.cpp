#include "layout/place.hpp"

#include <gtest/gtest.h>

namespace hachure::layout {
namespace {

using draw::Box;
using draw::Point;
using scene::Lifetime;

/// A page of 60 mm with points that all want the same room.
class Place : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
    scene.frame = Box::of(0, 0, 60, 60);
  }

  scene::LabelRequest& add(std::string const& id, Point at) {
    scene::LabelRequest request;
    request.id = id;
    request.record = id;
    request.lang = "en";
    request.anchor = at;
    request.anchors = {"left"};
    style::TextStyle style;
    style.fonts = {"Noto Sans"};
    style.size_mm = 2.5;
    request.spans = {{"Fort " + id, style}};
    scene.labels.push_back(request);
    return scene.labels.back();
  }

  std::vector<std::string> reasons(FrozenPlacement const* previous = nullptr) {
    placed = place_labels(scene, taken, shaper, previous);
    std::vector<std::string> out;
    for (auto const& placement : placed.labels) out.push_back(placement.reason);
    return out;
  }

  FrozenPlacement placement() const {
    FrozenPlacement out;
    for (auto const& label : placed.labels) {
      if (label.chosen) out.labels.push_back(frozen(*label.request, *label.chosen));
    }
    out.sort();
    return out;
  }

  Shaper shaper;
  scene::Scene scene;
  std::vector<Box> taken;
  LabelPlacements placed;
};

using Reasons = std::vector<std::string>;

TEST_F(Place, TwoOfOneTimeDoNotShareAPlace) {
  add("a", {20, 30}).life = Lifetime{0, 10};
  add("b", {20.5, 30}).life = Lifetime{10, 20};
  auto const found = reasons();
  EXPECT_EQ(std::ranges::count(found, "placed"), 1);
  EXPECT_EQ(std::ranges::count(found, "lower-priority"), 1);
}

TEST_F(Place, TwoThatNeverMeetDo) {
  add("a", {20, 30}).life = Lifetime{0, 10};
  add("b", {20.5, 30}).life = Lifetime{11, 20};
  EXPECT_EQ(reasons(), (Reasons{"placed", "placed"}));
}

TEST_F(Place, WhatIsThereAlwaysMeetsEveryTime) {
  add("a", {20, 30}).life = Lifetime{0, 10};
  add("b", {20.5, 30});
  EXPECT_EQ(std::ranges::count(reasons(), "placed"), 1);
}

TEST_F(Place, AnObstacleCountsForThoseWhoLiveWithIt) {
  add("a", {20, 10}).life = Lifetime{0, 10};
  add("b", {20, 30}).life = Lifetime{5, 20};
  add("c", {20, 50});
  scene::Obstacle obstacle;
  obstacle.area.add_box(scene.frame);
  obstacle.life = Lifetime{11, 30};
  scene.obstacles.push_back(obstacle);
  EXPECT_EQ(reasons(), (Reasons{"placed", "no-room", "no-room"}));
}

TEST_F(Place, EqualNamesMergeOnlyWhileTheOtherIsThere) {
  add("a", {20, 30}).life = Lifetime{0, 10};
  add("b", {20, 34}).life = Lifetime{0, 20};
  scene.labels[0].spans[0].text = scene.labels[1].spans[0].text = "Lin";
  scene.labels[0].sort_key = 1;
  // b outlives a, which is the more important one: both are needed.
  EXPECT_EQ(reasons(), (Reasons{"placed", "placed"}));
  scene.labels[0].life.reset();
  EXPECT_EQ(reasons(), (Reasons{"placed", "merged"}));
}

TEST_F(Place, LabelsStayWhereTheyStood) {
  std::vector<std::string> const anchors{"left", "right", "top", "bottom"};
  add("a", {30, 30}).anchors = anchors;
  scene.labels[0].symbol = Box::of(29, 29, 2, 2);
  reasons();
  auto const before = placement();
  ASSERT_EQ(before.labels.size(), 1u);
  EXPECT_GT(before.labels[0].offset.x_mm, 1);
  // Something soft in its place would move it if it came for the first time.
  scene::Obstacle obstacle;
  obstacle.area.add_box(Box::of(30, 20, 30, 20));
  obstacle.weight = 0.9;
  scene.obstacles.push_back(obstacle);
  reasons();
  EXPECT_LT(placement().labels[0].offset.x_mm, 0);
  reasons(&before);
  EXPECT_EQ(placement(), before);
  // Something hard moves it.
  scene.obstacles[0].weight = 1;
  reasons(&before);
  EXPECT_LT(placement().labels[0].offset.x_mm, 0);
}

TEST_F(Place, AnotherTextIsPlacedAnew) {
  add("a", {30, 30});
  reasons();
  auto before = placement();
  before.labels[0].offset = {-10, 5};
  reasons(&before);
  EXPECT_EQ(placement().labels[0].offset, (Point{-10, 5}));
  scene.labels[0].spans[0].text = "Fort Lin";
  reasons(&before);
  EXPECT_GT(placement().labels[0].offset.x_mm, 1);
}

TEST_F(Place, APinnedLabelStandsOnAnything) {
  add("a", {30, 30});
  scene::Obstacle obstacle;
  obstacle.area.add_box(scene.frame);
  scene.obstacles.push_back(obstacle);
  FrozenPlacement before;
  before.labels.push_back({.id = "a", .text = "Fort a", .offset = {-8, -9}});
  EXPECT_EQ(reasons(&before), Reasons{"no-room"});
  before.labels[0].pinned = true;
  EXPECT_EQ(reasons(&before), Reasons{"placed"});
  EXPECT_EQ(placement().labels[0].offset, (Point{-8, -9}));
}

TEST(FrozenPlacement, FindsAndCutsPrefixes) {
  FrozenPlacement all;
  for (auto const* id : {"places.b", "city/places.a", "places.a"}) {
    FrozenLabel label;
    label.id = id;
    all.labels.push_back(label);
  }
  all.sort();
  ASSERT_NE(all.find("places.b"), nullptr);
  EXPECT_EQ(all.find("places.b")->id, "places.b");
  EXPECT_EQ(all.find("places.c"), nullptr);
  auto const inset = all.within("city/");
  ASSERT_EQ(inset.labels.size(), 1u);
  EXPECT_EQ(inset.labels[0].id, "places.a");
}

}  // namespace
}  // namespace hachure::layout
