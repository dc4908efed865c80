#include "layout/sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace hachure::layout {
namespace {

using draw::Box;

style::TextStyle type(double size_mm) {
  style::TextStyle out;
  out.fonts = {"Noto Sans"};
  out.size_mm = size_mm;
  return out;
}

/// A map of 200 x 150 mm between its margins, with a legend of `entries` rows and all furniture.
scene::Scene whole(int entries) {
  scene::Scene scene;
  scene.map = "assault";
  scene.lang = "en";
  scene.title.by_tag["en"] = "The Assault";
  scene.page_width_mm = 208;
  scene.page_height_mm = 158;
  scene.frame = Box::of(4, 4, 200, 150);
  scene.facts.scale = 36000;
  auto& look = scene.look;
  look.title = type(5);
  look.heading = type(2.8);
  look.body = look.small = look.figure = look.subtitle = look.sources = look.inset_title =
      type(2.2);
  scene.source_lines = {"Cooke (1858)."};
  for (int i = 0; i < entries; ++i) {
    scene::LegendEntry entry;
    entry.key = "sign." + std::to_string(i);
    entry.text.by_tag["en"] = "a sign";
    scene.legend.push_back(std::move(entry));
  }
  for (auto const* kind : {"title", "legend", "scale-bar", "north-arrow", "event-key", "sources"}) {
    record::FurnitureItem item;
    item.kind = kind;
    scene.furniture.push_back(std::move(item));
  }
  return scene;
}

SheetPlan plan_of(std::size_t cells, double width_mm, double height_mm, int entries = 4) {
  return plan_sheet({cells, width_mm, height_mm}, whole(entries), Shaper());
}

/// A cell as a command makes it: the plan's map within the margins, one place with a name.
SheetCell cell(SheetPlan const& plan, std::string const& caption) {
  SheetCell out;
  out.caption = caption;
  out.scene = whole(4);
  auto& scene = out.scene;
  scene.page_width_mm = plan.maps[0].width_mm() + 8;
  scene.page_height_mm = plan.maps[0].height_mm() + 8;
  scene.frame = Box::of(4, 4, plan.maps[0].width_mm(), plan.maps[0].height_mm());
  scene::LabelRequest label;
  label.id = label.record = "places.fort";
  label.group = "places";
  label.lang = "en";
  label.spans = {{"Fort", type(2)}};
  label.anchor = scene.frame.center();
  label.anchors = {"right"};
  scene.labels.push_back(label);
  label.id = label.record = "movements.march";
  label.placement = scene::LabelPlacement::flag;
  label.flag.emplace();
  scene.labels.push_back(label);
  return out;
}

std::vector<SheetCell> cells(SheetPlan const& plan) {
  std::vector<SheetCell> out;
  for (std::size_t i = 0; i < plan.maps.size(); ++i) {
    out.push_back(cell(plan, "1" + std::to_string(i) + " October"));
  }
  return out;
}

void collect_ids(draw::Group const& group, std::vector<std::string>& ids) {
  if (!group.id.empty()) ids.push_back(group.id);
  for (auto const& child : group.children) {
    if (auto const* inner = std::get_if<draw::Group>(&child.value)) collect_ids(*inner, ids);
  }
}

draw::Group const* find(draw::Group const& group, std::string const& id) {
  for (auto const& child : group.children) {
    auto const* inner = std::get_if<draw::Group>(&child.value);
    if (inner != nullptr && inner->id == id) return inner;
  }
  return nullptr;
}

// --- the plan ------------------------------------------------------------------------------------

TEST(SheetPlan, MapsAreOfOneSizeApartAndOnThePage) {
  for (std::size_t count = 1; count <= 24; ++count) {
    auto const plan = plan_of(count, 210, 297);
    ASSERT_EQ(plan.maps.size(), count);
    EXPECT_GE(static_cast<std::size_t>(plan.columns * plan.rows), count);
    EXPECT_LT(static_cast<std::size_t>((plan.rows - 1) * plan.columns), count) << "a row is empty";
    for (std::size_t i = 0; i < count; ++i) {
      auto const& map = plan.maps[i];
      EXPECT_NEAR(map.width_mm(), plan.maps[0].width_mm(), 1e-9);
      EXPECT_NEAR(map.height_mm(), plan.maps[0].height_mm(), 1e-9);
      EXPECT_TRUE(Box::of(4, 4, 202, 289).grown(1e-9).contains(map));
      EXPECT_TRUE(plan.content.grown(1e-9).contains(map));
      for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(plan.maps[k].grown(1).overlaps(map));
    }
  }
}

TEST(SheetPlan, ShapeOfAMapIsKeptButForAFifth) {
  for (std::size_t count = 1; count <= 24; ++count) {
    auto const map = plan_of(count, 174, 220).maps[0];
    double const aspect = map.width_mm() / map.height_mm() / (200.0 / 150);
    EXPECT_LE(aspect, 1.2 + 1e-9);
    EXPECT_GE(aspect, 1 / 1.2 - 1e-9);
  }
}

TEST(SheetPlan, MapsReachFromEdgeToEdgeUnlessTheyWouldLieFarApart) {
  auto const flush = plan_of(6, 210, 297);
  EXPECT_NEAR(flush.maps[0].min_x_mm, 4, 1e-9);
  EXPECT_NEAR(flush.maps[1].max_x_mm, 206, 1e-9);
  auto const wide = plan_of(2, 500, 110);
  EXPECT_LE(wide.maps[1].min_x_mm - wide.maps[0].max_x_mm, 12 + 1e-9);
}

TEST(SheetPlan, LegendStandsBesideMapsThatLeaveWidthOver) {
  auto const plan = plan_of(1, 300, 160, 12);
  EXPECT_EQ(plan.key_place, SheetPlan::KeyPlace::beside);
  EXPECT_GT(plan.key_room.min_x_mm, plan.maps[0].max_x_mm + 4);
  EXPECT_LE(plan.key_room.max_x_mm, 296 + 1e-9);
  EXPECT_LE(plan.key_room.max_y_mm, plan.content.max_y_mm + 1e-9);
}

TEST(SheetPlan, GridFollowsThePage) {
  EXPECT_EQ(plan_of(6, 297, 210).columns, 3);
  EXPECT_EQ(plan_of(6, 210, 297).columns, 2);
  EXPECT_EQ(plan_of(12, 420, 297).columns, 4);
  EXPECT_EQ(plan_of(1, 210, 297).columns, 1);
}

TEST(SheetPlan, ReductionIsThatOfTheMapsOwnExtent) {
  auto const plan = plan_of(6, 297, 210);
  auto const& map = plan.maps[0];
  EXPECT_NEAR(plan.reduction, std::max(200 / map.width_mm(), 150 / map.height_mm()), 1e-9);
}

TEST(SheetPlan, LegendTakesAnEmptyPlaceWhereItFits) {
  using enum SheetPlan::KeyPlace;
  EXPECT_EQ(plan_of(5, 210, 297).key_place, in_grid);
  EXPECT_EQ(plan_of(6, 210, 297).key_place, below);
  EXPECT_NE(plan_of(5, 210, 297, 200).key_place, in_grid);
}

TEST(SheetPlan, MoreLegendLeavesLessRoom) {
  EXPECT_LT(plan_of(3, 297, 130, 40).maps[0].height_mm(),
            plan_of(3, 297, 130, 4).maps[0].height_mm() - 5);
}

TEST(SheetPlan, TooManyMapsAreAnError) {
  try {
    plan_of(400, 174, 220);
    FAIL() << "no error";
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    EXPECT_STREQ(error.what(),
                 "a sheet of 400 maps does not fit a page of 174 by 220 mm\n"
                 "  hint: ask for fewer dates, or a larger page");
  }
}

// --- the page ------------------------------------------------------------------------------------

TEST(Sheet, EveryCellHasItsMapAndCaptionAndIdsAreItsOwn) {
  auto const plan = plan_of(3, 210, 297);
  base::Diagnostics diagnostics;
  auto const page = lay_out_sheet(plan, cells(plan), whole(4), 1, diagnostics);
  EXPECT_TRUE(diagnostics.problems().empty());
  EXPECT_DOUBLE_EQ(page.drawing.width_mm, 210);
  EXPECT_DOUBLE_EQ(page.drawing.height_mm, 297);
  std::vector<std::string> ids;
  collect_ids(page.drawing.root, ids);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_EQ(std::ranges::count(ids, "cell-2.places.fort"), 1);
  auto const* second = find(page.drawing.root, "cell-2");
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->title, "11 October");
  auto const& caption = std::get<draw::Text>(second->children.back().value);
  EXPECT_EQ(caption.text, "11 October");
  EXPECT_NEAR(caption.origin.x_mm, plan.maps[1].min_x_mm, 1e-9);
  EXPECT_LT(caption.origin.y_mm, plan.maps[1].min_y_mm);
}

TEST(Sheet, FurnitureStandsOnce) {
  auto const plan = plan_of(6, 297, 210);
  base::Diagnostics diagnostics;
  auto const page = lay_out_sheet(plan, cells(plan), whole(4), 2, diagnostics);
  std::vector<std::string> ids;
  collect_ids(page.drawing.root, ids);
  for (auto const* id : {"title", "legend", "scale-bar", "north-arrow", "sources"}) {
    EXPECT_EQ(std::ranges::count(ids, id), 1) << id;
  }
}

TEST(Sheet, LabelsAreToldByCellWithoutDatesOfPaths) {
  auto const plan = plan_of(2, 210, 297);
  base::Diagnostics diagnostics;
  auto const page = lay_out_sheet(plan, cells(plan), whole(4), 1, diagnostics);
  ASSERT_EQ(page.labels.size(), 2U);
  EXPECT_EQ(page.labels[0].record, "assault/1/places.fort");
  EXPECT_EQ(page.labels[1].record, "assault/2/places.fort");
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(page.labels[i].placed);
    EXPECT_TRUE(plan.maps[i].contains(page.labels[i].box));
  }
  // The same name in the same place of its cell.
  auto const a = page.labels[0].box.center() - plan.maps[0].center();
  auto const b = page.labels[1].box.center() - plan.maps[1].center();
  EXPECT_NEAR(a.x_mm, b.x_mm, 1e-6);
  EXPECT_NEAR(a.y_mm, b.y_mm, 1e-6);
}

TEST(Sheet, LegendAndKeyAreThoseOfTheCells) {
  auto const plan = plan_of(2, 210, 297);
  auto of = cells(plan);
  auto const entry = [](int number, std::string const& record) {
    scene::KeyEntry out;
    out.number = number;
    out.record = record;
    return out;
  };
  of[0].scene.legend.resize(1);
  of[1].scene.legend.resize(2);
  of[0].scene.key = {entry(1, "events.landing")};
  of[1].scene.key = {entry(1, "events.landing"), entry(2, "events.storm")};
  auto const shown = with_what_is_shown(whole(4), of);
  ASSERT_EQ(shown.legend.size(), 2U);
  EXPECT_EQ(shown.legend[1].key, "sign.1");
  ASSERT_EQ(shown.key.size(), 2U);
  EXPECT_EQ(shown.key[0].record, "events.landing");
  EXPECT_EQ(shown.key[1].record, "events.storm");
}

}  // namespace
}  // namespace hachure::layout
