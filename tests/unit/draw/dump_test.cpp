#include "draw/dump.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "base/text.hpp"
#include "support/fonts.hpp"
#include "support/sample.hpp"

namespace hachure::draw {
namespace {

Path line(std::vector<Point> const& points) {
  Path path;
  path.add_polyline(points, false);
  return path;
}

void expect_box(Box const& box, double x0, double y0, double x1, double y1) {
  EXPECT_NEAR(box.min_x_mm, x0, 1e-6);
  EXPECT_NEAR(box.min_y_mm, y0, 1e-6);
  EXPECT_NEAR(box.max_x_mm, x1, 1e-6);
  EXPECT_NEAR(box.max_y_mm, y1, 1e-6);
}

TEST(Dump, WritesOneNodeALine) {
  Drawing drawing;
  drawing.width_mm = 10;
  drawing.height_mm = 20.5;
  drawing.title = "A \"title\"\nof two lines";
  Group layer{"sea", "Sea", GroupRole::layer, "The sea", {}, {{"kind", "water"}}, {}, 0.5, {}};
  Stroke stroke;
  stroke.width_mm = 0.25;
  stroke.dash_mm = {1, 0.5};
  layer.children.push_back(
      {Shape{"coast", line({{0, 0}, {1.23456, 2}}), Fill{{1, 0, 0, 1}}, stroke}});
  layer.children.push_back(
      {Picture{"", "", tests::sample_symbol(), {5, 5}, {0, 0}, 0.5, std::numbers::pi / 2}});
  drawing.root.children.push_back({layer});
  EXPECT_EQ(dump(drawing),
            "drawing size=10x20.5 background=1,1,1 lang=\"en\" "
            "title=\"A \\\"title\\\"\\nof two lines\"\n"
            "  group\n"
            "    group#sea role=layer label=\"Sea\" title=\"The sea\" data-kind=\"water\" "
            "opacity=0.5\n"
            "      shape#coast fill=1,0,0 stroke=0,0,0 width=0.25 dash=1,0.5 "
            "path=[M 0,0 L 1.235,2]\n"
            "      picture source=\"fort\" hash=" +
                std::to_string(base::stable_hash(tests::sample_symbol()->svg)) +
                " at=5,5 anchor=0,0 scale=0.5 angle=90\n");
}

TEST(Dump, SamplePageIsStable) {
  EXPECT_EQ(dump(tests::sample_page()), dump(tests::sample_page()));
}

TEST(InkBox, FillIsItsOutlineNotItsControlPoints) {
  Path path;
  path.move_to({0, 0});
  path.cubic_to({0, 4}, {8, 4}, {8, 0});
  path.close();
  Box const box = ink_box({Shape{"", path, Fill{}, {}}});
  EXPECT_NEAR(box.max_y_mm, 3, 0.01);
}

TEST(InkBox, StrokeAddsHalfItsWidthAndKeptMiters) {
  Stroke stroke;
  stroke.width_mm = 2;
  stroke.join = LineJoin::round;
  expect_box(ink_box({Shape{"", line({{0, 0}, {10, 0}, {10, 10}}), {}, stroke}}), -1, -1, 11, 11);
  // A right angle turned to point to the right: its miter reaches sqrt(2) half widths beyond it.
  stroke.join = LineJoin::miter;
  Path const corner = line({{0, 0}, {10, 10}, {0, 20}});
  expect_box(ink_box({Shape{"", corner, {}, stroke}}), -1, -1, 10 + std::numbers::sqrt2, 21);
  stroke.miter_limit = 1.2;  // below the ratio of a right angle, sqrt(2)
  expect_box(ink_box({Shape{"", corner, {}, stroke}}), -1, -1, 11, 21);
}

TEST(InkBox, PictureTurnsAboutItsAnchor) {
  Picture const picture{"",         "",  tests::sample_symbol(), {50, 50},
                        {-10, -10}, 0.5, std::numbers::pi / 2};
  expect_box(ink_box({picture}), 40, 50, 50, 60);
}

TEST(InkBox, HaloGrowsText) {
  auto const face = tests::find_face("Noto Sans");
  if (!face) GTEST_SKIP() << "Noto Sans is not installed";
  auto text = tests::shaped(face, "HHH", 10, {20, 30});
  Box const bare = ink_box({text});
  EXPECT_NEAR(bare.max_y_mm, 30, 1e-6);
  EXPECT_NEAR(bare.min_y_mm, 30 - 7.14, 1e-6);
  text.halo = Halo{{1, 1, 1, 1}, 0.5};
  EXPECT_EQ(ink_box({text}), bare.grown(0.5));
}

TEST(InkBox, EmptyGroupHasNone) {
  EXPECT_TRUE(ink_box({Group{}}).empty());
}

}  // namespace
}  // namespace hachure::draw
