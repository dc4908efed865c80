#include "layout/vertical.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "layout/candidates.hpp"

namespace hachure::layout {
namespace {

class Vertical : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans CJK TC")) GTEST_SKIP() << "Noto Sans CJK is not installed";
    style.fonts = {"Noto Sans CJK TC"};
    style.size_mm = 4;
  }

  ShapedText columns(std::string const& text, std::string const& lang = "zh-Hant") {
    ParagraphStyle paragraph;
    paragraph.lang = lang;
    paragraph.vertical = true;
    return shaper.shape({{text, style}}, paragraph);
  }

  /// Middle of the ink of glyph `n` of all.
  static draw::Point middle(ShapedText const& shaped, std::size_t n) {
    for (auto const& run : shaped.runs) {
      if (n < run.glyphs.size()) return ink_of(run, run.glyphs[n]).center();
      n -= run.glyphs.size();
    }
    return {};
  }

  Shaper shaper;
  style::TextStyle style;
};

TEST_F(Vertical, HanStandsInCellsOfAnEm) {
  auto const shaped = columns("國中圓");
  ASSERT_TRUE(shaped.vertical);
  EXPECT_NEAR(shaped.length_mm, 12, 1e-6);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(middle(shaped, i).x_mm, 0, 0.1) << i;
    EXPECT_NEAR(middle(shaped, i).y_mm, 2 + 4.0 * static_cast<double>(i), 0.2) << i;
  }
  EXPECT_TRUE(draw::Box::of(-2, 0, 4, 12).contains(shaped.ink));
}

TEST_F(Vertical, LinesAreColumnsFromRightToLeft) {
  auto const shaped = columns("國中\n圓國");
  ASSERT_EQ(shaped.lines.size(), 2u);
  EXPECT_EQ(shaped.lines[0].baseline_mm, 0);
  EXPECT_LT(shaped.lines[1].baseline_mm, -4);
  EXPECT_NEAR(middle(shaped, 2).x_mm, shaped.lines[1].baseline_mm, 0.1);
  EXPECT_NEAR(middle(shaped, 2).y_mm, 2, 0.2);
}

TEST_F(Vertical, StopsStandWhereTheLanguageHasThem) {
  // In Taiwan and Hong Kong in the middle of their cell, on the mainland in its upper right.
  auto const middle_of_cell = middle(columns("國，"), 1);
  EXPECT_NEAR(middle_of_cell.x_mm, 0, 0.2);
  EXPECT_NEAR(middle_of_cell.y_mm, 6, 0.2);
  if (!shaper.has_font("Noto Sans CJK SC")) GTEST_SKIP() << "Noto Sans CJK SC is not installed";
  style.fonts = {"Noto Sans CJK SC"};
  auto const upper_right = middle(columns("国，", "zh-Hans"), 1);
  EXPECT_GT(upper_right.x_mm, 0.5);
  EXPECT_LT(upper_right.y_mm, 5.5);
}

TEST_F(Vertical, BracketsTakeTheirVerticalForms) {
  auto const shaped = columns("（國）");
  ASSERT_EQ(shaped.runs.size(), 1u);
  auto const& run = shaped.runs[0];
  auto const open = ink_of(run, run.glyphs[0]);
  EXPECT_GT(open.width_mm(), 2 * open.height_mm());
  EXPECT_NEAR(open.center().x_mm, 0, 0.2);
}

TEST_F(Vertical, ShortNumbersStandUpright) {
  for (auto const* text : {"月8日", "月28日"}) {
    auto const shaped = columns(text);
    draw::Box figures;
    for (auto const& run : shaped.runs) {
      for (auto const& glyph : run.glyphs) {
        EXPECT_EQ(glyph.angle_rad, 0) << text;
        if (glyph.text_begin >= 3 && glyph.text_end < shaped.text.size()) {
          figures.add(ink_of(run, glyph));
        }
      }
    }
    EXPECT_NEAR(shaped.length_mm, 12, 1e-6) << text;
    EXPECT_NEAR(figures.center().x_mm, 0, 0.25) << text;
    EXPECT_NEAR(figures.center().y_mm, 6, 0.25) << text;
    EXPECT_LE(figures.width_mm(), 4.4) << text;
  }
}

TEST_F(Vertical, LongNumbersAndLettersLieOnTheirSide) {
  for (auto const* text : {"國1857年", "國A2年"}) {
    auto const shaped = columns(text);
    draw::Box lying;
    for (auto const& run : shaped.runs) {
      for (auto const& glyph : run.glyphs) {
        bool const han = glyph.text_begin == 0 || glyph.text_end == shaped.text.size();
        EXPECT_NEAR(glyph.angle_rad, han ? 0 : std::acos(0.0), 1e-9) << text;
        if (!han) lying.add(ink_of(run, glyph));
      }
    }
    EXPECT_NEAR(lying.center().x_mm, 0, 0.3) << text;
    EXPECT_GE(lying.min_y_mm, 4) << text;
  }
}

TEST_F(Vertical, OtherScriptsStayHorizontal) {
  EXPECT_FALSE(columns("Canton 1857").vertical);
}

TEST_F(Vertical, OnALineThatRunsDown) {
  auto const shaped = columns("珠江A");
  std::vector<draw::Point> const line{{50, 10}, {50, 60}};
  auto const set = set_along(shaped, line, 25, 0);
  ASSERT_TRUE(set);
  std::size_t n = 0;
  for (auto const& run : set->text.runs) {
    for (auto const& glyph : run.glyphs) {
      EXPECT_NEAR(glyph.angle_rad, n == 2 ? std::acos(0.0) : 0, 1e-6);
      EXPECT_NEAR(ink_of(run, glyph).center().x_mm, 50, 0.35);
      ++n;
    }
  }
  EXPECT_EQ(n, 3u);
  EXPECT_EQ(set->boxes.size(), 3u);
  // Slanting the line by 30 degrees turns every character with it.
  std::vector<draw::Point> const slanted{{50, 10}, {25, 10 + 25 * std::sqrt(3.0)}};
  auto const turned = set_along(shaped, slanted, 25, 0);
  ASSERT_TRUE(turned);
  EXPECT_NEAR(turned->text.runs[0].glyphs[0].angle_rad, std::acos(0.0) / 3, 1e-6);
}

}  // namespace
}  // namespace hachure::layout
