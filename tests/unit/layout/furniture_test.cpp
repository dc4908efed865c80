#include "layout/furniture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hachure::layout {
namespace {

using draw::Box;

// --- the scale bar -------------------------------------------------------------------------------

TEST(BarLength, IsOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 20000, 38), 0.5);     // 0.76 km fit
  EXPECT_DOUBLE_EQ(bar_length_units(1, 20000, 38), 500);        // 760 m
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 100000, 38), 2);      // 3.8 km
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 20000000, 38), 500);  // 760 km
  EXPECT_DOUBLE_EQ(bar_length_units(1609.344, 100000, 38), 2);  // 2.36 miles
}

TEST(BarLength, TakesWhatFitsExactly) {
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 100000, 20), 2);
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 100000, 50), 5);
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 100000, 10), 1);
  EXPECT_DOUBLE_EQ(bar_length_units(1000, 100000, 9.99), 0.5);
}

TEST(BarLength, NeverTooLongNorShorterThanTwoFifths) {
  for (double scale = 1000; scale < 1e8; scale *= 1.37) {
    for (double const unit_m : {1.0, 0.9144, 1000.0, 1609.344, 1852.0, 576.0}) {
      double const mm = bar_length_units(unit_m, scale, 38) * unit_m * 1000 / scale;
      EXPECT_LE(mm, 38 * (1 + 1e-8));
      EXPECT_GT(mm, 38 * 0.4 - 1e-6);
    }
  }
}

// --- panels --------------------------------------------------------------------------------------

Panel panel(std::string const& id, double width_mm, double height_mm, std::string const& at = {},
            bool framed = true) {
  Panel out;
  out.id = id;
  out.width_mm = width_mm;
  out.height_mm = height_mm;
  out.framed = framed;
  out.placement.at = at;
  return out;
}

scene::Scene empty_scene() {
  scene::Scene scene;
  scene.map = "m";
  scene.lang = "en";
  scene.page_width_mm = 180;
  scene.page_height_mm = 150;
  scene.frame = Box::of(5, 5, 170, 140);
  scene.facts.scale = 20000;
  return scene;
}

void place(std::vector<Panel>& panels, scene::Scene const& scene) {
  base::Diagnostics diagnostics;
  place_panels(panels, scene, diagnostics);
  EXPECT_TRUE(diagnostics.problems().empty());
}

void expect_apart(std::vector<Panel> const& panels, scene::Scene const& scene) {
  for (std::size_t i = 0; i < panels.size(); ++i) {
    EXPECT_FALSE(panels[i].box.empty()) << panels[i].id;
    EXPECT_NEAR(panels[i].box.width_mm(), panels[i].width_mm, 1e-9);
    EXPECT_NEAR(panels[i].box.height_mm(), panels[i].height_mm, 1e-9);
    EXPECT_TRUE(scene.frame.grown(0.01).contains(panels[i].box)) << panels[i].id;
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(panels[i].box.grown(-0.011).overlaps(panels[j].box))
          << panels[i].id << " on " << panels[j].id;
    }
  }
}

TEST(PlacePanels, CornersAndEdges) {
  auto const scene = empty_scene();
  std::vector<Panel> panels{panel("a", 40, 20, "top-left"),    panel("b", 40, 20, "top-right"),
                            panel("c", 40, 20, "bottom-left"), panel("d", 40, 20, "bottom-right"),
                            panel("e", 40, 20, "top"),         panel("f", 40, 20, "left")};
  place(panels, scene);
  EXPECT_EQ(panels[0].box, Box::of(5, 5, 40, 20));
  EXPECT_EQ(panels[1].box, Box::of(135, 5, 40, 20));
  EXPECT_EQ(panels[2].box, Box::of(5, 125, 40, 20));
  EXPECT_EQ(panels[3].box, Box::of(135, 125, 40, 20));
  EXPECT_EQ(panels[4].box, Box::of(70, 5, 40, 20));
  EXPECT_EQ(panels[5].box, Box::of(5, 65, 40, 20));
  expect_apart(panels, scene);
}

TEST(PlacePanels, StackInOneCorner) {
  auto const scene = empty_scene();
  for (auto const* at : {"top-left", "top-right", "bottom-left", "bottom-right"}) {
    std::vector<Panel> panels{panel("a", 60, 30, at), panel("b", 40, 20, at),
                              panel("c", 50, 25, at), panel("d", 30, 30, at)};
    place(panels, scene);
    expect_apart(panels, scene);
  }
}

TEST(PlacePanels, ByHand) {
  auto const scene = empty_scene();
  std::vector<Panel> panels{panel("a", 40, 20)};
  panels[0].placement.x = base::Length::mm(12);
  panels[0].placement.y = base::Length::mm(34);
  place(panels, scene);
  EXPECT_EQ(panels[0].box, Box::of(17, 39, 40, 20));
}

TEST(PlacePanels, ByHandOneIsKeptClearByTheOthers) {
  auto const scene = empty_scene();
  std::vector<Panel> panels{panel("docked", 60, 40, "top-left"), panel("free", 60, 40),
                            panel("hand", 60, 40)};
  panels[2].placement.x = base::Length::mm(0);
  panels[2].placement.y = base::Length::mm(0);
  place(panels, scene);
  EXPECT_EQ(panels[2].box, Box::of(5, 5, 60, 40));
  expect_apart(panels, scene);
}

TEST(PlacePanels, FreeOnesAvoidTheInkOfTheMap) {
  auto scene = empty_scene();
  scene::Obstacle ink;
  ink.area.add_box(Box::of(5, 5, 170, 100));  // everything but the bottom
  scene.obstacles.push_back(ink);
  std::vector<Panel> panels{panel("legend", 50, 30), panel("scale", 30, 12, "", false)};
  place(panels, scene);
  expect_apart(panels, scene);
  for (auto const& p : panels) EXPECT_GE(p.box.min_y_mm, 104) << p.id;
}

TEST(PlacePanels, ManyFreeOnesDoNotOverlap) {
  auto const scene = empty_scene();
  std::vector<Panel> panels;
  for (int i = 0; i < 8; ++i) {
    panels.push_back(panel("p" + std::to_string(i), 30 + 3 * i, 18 + i, "", i % 2 == 0));
  }
  place(panels, scene);
  expect_apart(panels, scene);
}

TEST(PlacePanels, OneThatDoesNotFitIsAWarning) {
  std::vector<Panel> panels{panel("legend", 300, 20)};
  base::Diagnostics diagnostics;
  place_panels(panels, empty_scene(), diagnostics);
  ASSERT_EQ(diagnostics.problems().size(), 1u);
  EXPECT_EQ(base::to_string(diagnostics.problems()[0]).substr(0, 67),
            "warning: map m: legend of 300 by 20 mm does not fit into the frame\n");
}

scene::Scene small_frame() {
  auto scene = empty_scene();
  scene.page_width_mm = 127;
  scene.page_height_mm = 71;
  scene.frame = Box::of(2, 2, 123, 57);
  scene.run = {record::Instant::min()};
  return scene;
}

TEST(PlacePanels, ASmallFrameOfARunGoesWithoutWhatCrowdsIt) {
  std::vector<Panel> panels{panel("date", 50, 20), panel("legend", 80, 20),
                            panel("scale-bar", 40, 12, "", false),
                            panel("north-arrow", 4, 9, "", false)};
  base::Diagnostics diagnostics;
  auto const scene = small_frame();
  place_panels(panels, scene, diagnostics);
  ASSERT_EQ(panels.size(), 2u);
  EXPECT_EQ(panels[0].id, "date");
  EXPECT_EQ(panels[1].id, "scale-bar");
  expect_apart(panels, scene);
  ASSERT_EQ(diagnostics.problems().size(), 2u);
  EXPECT_EQ(base::to_string(diagnostics.problems()[0]),
            "warning: map m: no room for north-arrow in a frame of 127 by 71 mm: it is left out\n"
            "  hint: a larger --size, or a style with smaller furniture");
  EXPECT_EQ(base::to_string(diagnostics.problems()[1]).substr(0, 34),
            "warning: map m: no room for legend");
}

TEST(PlacePanels, AFrameOfARunDrawsNoPanelOverAnother) {
  auto scene = small_frame();
  scene.frame = Box::of(2, 2, 123, 45);
  // Above and below the plate are 15 and 17 mm.
  std::vector<Panel> panels{panel("date", 100, 13), panel("legend", 24, 16)};
  panels[0].placement.x = base::Length::mm(1);
  panels[0].placement.y = base::Length::mm(15);
  base::Diagnostics diagnostics;
  place_panels(panels, scene, diagnostics);
  EXPECT_EQ(panels.size(), 2u);
  expect_apart(panels, scene);
  panels[1].height_mm = 18;
  panels[1].box = {};
  place_panels(panels, scene, diagnostics);
  ASSERT_EQ(panels.size(), 1u);
  EXPECT_EQ(panels[0].id, "date");
}

TEST(PlacePanels, NothingToPlace) {
  std::vector<Panel> panels;
  place(panels, empty_scene());
  EXPECT_TRUE(panels.empty());
}

// --- what is in them -----------------------------------------------------------------------------

class MakePanels : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
    for (auto* style :
         {&scene.look.title, &scene.look.subtitle, &scene.look.heading, &scene.look.body,
          &scene.look.small, &scene.look.figure, &scene.look.sources}) {
      style->fonts = {"Noto Sans"};
      style->size_mm = 2.4;
    }
    scene.title.by_tag = {{"en", "The assault"}};
  }
  void ask(std::string const& kind) {
    record::FurnitureItem item;
    item.kind = kind;
    scene.furniture.push_back(item);
  }
  std::vector<std::string> ids() {
    std::vector<std::string> out;
    for (auto const& p : make_panels(scene, shaper, problems)) out.push_back(p.id);
    return out;
  }

  Shaper shaper;
  scene::Scene scene = empty_scene();
  FurnitureProblems problems;
};

TEST_F(MakePanels, OnlyWhatIsAskedForAndHasContent) {
  EXPECT_TRUE(ids().empty());
  for (auto const* kind : {"title", "legend", "event-key", "scale-bar", "north-arrow"}) ask(kind);
  // A legend or key of nothing is left out.
  EXPECT_EQ(ids(), (std::vector<std::string>{"title", "scale-bar", "north-arrow"}));
  scene.legend.push_back({"a", {{{"en", "Fort"}}}, {}, 0});
  scene.key.push_back({1, "events.a", "28 Dec", "Assault", {}});
  EXPECT_EQ(ids(),
            (std::vector<std::string>{"title", "event-key", "legend", "scale-bar", "north-arrow"}));
}

TEST_F(MakePanels, HoldTheirContent) {
  for (auto const* kind : {"title", "legend", "event-key", "scale-bar", "north-arrow"}) ask(kind);
  scene.subtitle.by_tag = {{"en", "28 and 29 December 1857"}};
  for (int i = 0; i < 7; ++i) {
    scene.legend.push_back(
        {"k" + std::to_string(i), {{{"en", "Entry with a longer text"}}}, {}, 0});
    scene.key.push_back({i + 1, "events.e", "28 Dec", "Something happens here that is told", {}});
  }
  for (auto const& p : make_panels(scene, shaper, problems)) {
    EXPECT_FALSE(p.nodes.empty()) << p.id;
    EXPECT_FALSE(p.title.empty()) << p.id;
    for (auto const& node : p.nodes) {
      auto const* text = std::get_if<draw::Text>(&node.value);
      if (text == nullptr) continue;
      EXPECT_GE(text->origin.x_mm, -0.1) << p.id << ": " << text->text;
      EXPECT_GE(text->origin.y_mm, 0) << p.id << ": " << text->text;
      EXPECT_LE(text->origin.y_mm, p.height_mm + 1e-6) << p.id << ": " << text->text;
      EXPECT_LE(text->origin.x_mm, p.width_mm) << p.id << ": " << text->text;
    }
  }
  EXPECT_TRUE(problems.missing.empty());
}

TEST_F(MakePanels, MissingGlyphsAreReported) {
  ask("title");
  scene.title.by_tag = {{"en", "A\U0010FFFD"}};
  make_panels(scene, shaper, problems);
  EXPECT_EQ(problems.missing, (std::vector<MissingGlyph>{{U'\U0010FFFD', "A\U0010FFFD"}}));
}

TEST_F(MakePanels, DrawnWhereItWasPlaced) {
  ask("scale-bar");
  auto panels = make_panels(scene, shaper, problems);
  ASSERT_EQ(panels.size(), 1u);
  panels[0].box = Box::of(50, 60, panels[0].width_mm, panels[0].height_mm);
  auto const group = draw_panel(panels[0], scene);
  EXPECT_EQ(group.id, "scale-bar");
  EXPECT_EQ(group.role, draw::GroupRole::furniture);
  for (auto const& node : group.children) {
    if (auto const* text = std::get_if<draw::Text>(&node.value)) {
      EXPECT_TRUE(panels[0].box.contains(text->origin)) << text->text;
    }
  }
}

TEST_F(MakePanels, SourcesNoteWarnsWhenItRunsOffThePage) {
  ask("sources");
  base::Diagnostics diagnostics;
  EXPECT_FALSE(sources_note(scene, shaper, problems, diagnostics));  // nothing is cited
  scene.source_lines = {"Wong (1998)."};
  scene.frame = Box::of(5, 5, 170, 130);
  EXPECT_TRUE(sources_note(scene, shaper, problems, diagnostics));
  EXPECT_TRUE(diagnostics.problems().empty());
  scene.source_lines.assign(60, "Another work with a long title (1998).");
  EXPECT_TRUE(sources_note(scene, shaper, problems, diagnostics));
  ASSERT_EQ(diagnostics.problems().size(), 1u);
  auto const text = base::to_string(diagnostics.problems()[0]);
  EXPECT_TRUE(text.starts_with("warning: map m: the sources note needs ")) << text;
  EXPECT_TRUE(
      text.ends_with(" mm and runs off the page\n  hint: raise furniture.sources-height in "
                     "the style, or cite fewer works"))
      << text;
}

}  // namespace
}  // namespace hachure::layout
