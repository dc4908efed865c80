#include "layout/shape.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "draw/text_outline.hpp"

namespace hachure::layout {
namespace {

TextStyle sans(double size_mm = 3) {
  TextStyle style;
  style.fonts = {"Noto Sans", "Noto Sans CJK TC"};
  style.size_mm = size_mm;
  return style;
}

/// Needs Noto Sans, and for some tests the Chinese and the serif face.
class ShapeTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
  }
  bool has(std::string const& font) { return shaper.has_font(font); }

  Shaper shaper;
};

TEST_F(ShapeTest, OneLine) {
  auto const text = shaper.shape("Canton", sans(), "en");
  EXPECT_EQ(text.text, "Canton");
  EXPECT_EQ(text.lang, "en");
  ASSERT_EQ(text.runs.size(), 1u);
  EXPECT_EQ(text.runs[0].glyphs.size(), 6u);
  EXPECT_NEAR(text.runs[0].size_mm, 3, 1e-9);
  EXPECT_EQ(text.runs[0].face->names().family, "Noto Sans");
  ASSERT_EQ(text.lines.size(), 1u);
  EXPECT_EQ(text.lines[0].baseline_mm, 0);
  EXPECT_TRUE(text.missing.empty());
  EXPECT_NEAR(text.cap_height_mm, 0.714 * 3, 1e-6);  // Noto Sans: 714 and 536 of 1000 units
  EXPECT_NEAR(text.x_height_mm, 0.536 * 3, 1e-6);
}

TEST_F(ShapeTest, AdvancesAreThoseOfTheFont) {
  // Noto Sans: H 741, e 564, x 529 units of 1000; no kerning between them.
  auto const text = shaper.shape("Hxx", sans(10), "en");
  ASSERT_EQ(text.runs.size(), 1u);
  EXPECT_NEAR(text.runs[0].glyphs[1].at.x_mm, 7.41, 0.005);
  EXPECT_NEAR(text.runs[0].glyphs[2].at.x_mm, 7.41 + 5.29, 0.005);
  EXPECT_NEAR(text.lines[0].width_mm, 7.41 + 2 * 5.29, 0.005);
}

TEST_F(ShapeTest, SizeScalesEverything) {
  auto const small = shaper.shape("Whampoa Reach", sans(1.7), "en");
  for (double const factor : {2.0, 3.7, 11.0}) {
    auto const large = shaper.shape("Whampoa Reach", sans(1.7 * factor), "en");
    EXPECT_NEAR(large.lines[0].width_mm, small.lines[0].width_mm * factor, 1e-4 * factor);
    EXPECT_NEAR(large.ink.width_mm(), small.ink.width_mm() * factor, 1e-4 * factor);
    EXPECT_NEAR(large.ink.min_y_mm, small.ink.min_y_mm * factor, 1e-6 * factor);
    auto const& a = small.runs[0].glyphs;
    auto const& b = large.runs[0].glyphs;
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].id, b[i].id);
      EXPECT_NEAR(b[i].at.x_mm, a[i].at.x_mm * factor, 1e-4 * factor);
    }
  }
}

TEST_F(ShapeTest, InkIsTheBoxOfTheOutlines) {
  auto const text = shaper.shape("gÅ", sans(5), "en");
  draw::Box box;
  for (auto const& contour : draw::outline_of(text.placed({0, 0})).flattened(0.001)) {
    for (auto const& p : contour) box.add(p);
  }
  EXPECT_NEAR(text.ink.min_x_mm, box.min_x_mm, 0.1);
  EXPECT_NEAR(text.ink.max_x_mm, box.max_x_mm, 0.1);
  EXPECT_NEAR(text.ink.min_y_mm, box.min_y_mm, 0.1);
  EXPECT_NEAR(text.ink.max_y_mm, box.max_y_mm, 0.1);
  EXPECT_LT(text.ink.min_y_mm, -5 * 0.714);  // the ring above the A
  EXPECT_GT(text.ink.max_y_mm, 0.5);         // the tail of the g
}

TEST_F(ShapeTest, EveryByteOfTheTextHasItsGlyph) {
  auto const text = shaper.shape("Fort Lin, 1857", sans(), "en");
  std::uint32_t at = 0;
  for (auto const& run : text.runs) {
    EXPECT_EQ(run.text_begin, at);
    for (auto const& glyph : run.glyphs) {
      EXPECT_EQ(glyph.text_begin, at);
      at = glyph.text_end;
    }
    EXPECT_EQ(run.text_end, at);
  }
  EXPECT_EQ(at, text.text.size());
}

TEST_F(ShapeTest, MissingGlyphIsReportedAndNotDrawn) {
  auto const text = shaper.shape("a\U0010FFFDb", sans(), "en");
  EXPECT_EQ(text.missing, (std::vector<MissingGlyph>{{U'\U0010FFFD', "a\U0010FFFDb"}}));
  std::size_t glyphs = 0;
  for (auto const& run : text.runs) {
    for (auto const& glyph : run.glyphs) {
      EXPECT_NE(glyph.id, 0u);
      ++glyphs;
    }
  }
  EXPECT_EQ(glyphs, 2u);
}

TEST_F(ShapeTest, SpacesAndControlsAreNotMissing) {
  for (auto const* text : {"a b", "a\u00A0b", "a\u2009b", "a\u200Bb", "a\u200Db", "a\tb",
                           "a\u3000b", "a\u00ADb", "a\u2060b"}) {
    EXPECT_TRUE(shaper.shape(text, sans(), "en").missing.empty()) << text;
  }
}

TEST_F(ShapeTest, NothingOfNothing) {
  EXPECT_TRUE(shaper.shape(std::vector<TextSpan>{}, {}).empty());
  auto const empty = shaper.shape("", sans(), "en");
  EXPECT_TRUE(empty.empty());
  EXPECT_TRUE(empty.ink.empty());
  EXPECT_TRUE(empty.missing.empty());
}

TEST_F(ShapeTest, LetterSpacingStandsBetweenLetters) {
  auto const plain = shaper.shape("CANTON", sans(), "en");
  auto style = sans();
  style.letter_spacing_em = 0.2;
  auto const spaced = shaper.shape("CANTON", style, "en");
  // Five gaps of 0.2 em, none before the first letter or behind the last one.
  EXPECT_NEAR(spaced.lines[0].width_mm, plain.lines[0].width_mm + 5 * 0.6, 0.02);
  EXPECT_NEAR(spaced.ink.min_x_mm, plain.ink.min_x_mm, 0.01);
  EXPECT_NEAR(spaced.ink.width_mm(), plain.ink.width_mm() + 5 * 0.6, 0.02);
  EXPECT_NEAR(spaced.runs[0].letter_spacing_mm, 0.6, 1e-9);
}

TEST_F(ShapeTest, LetterSpacingTakesLigaturesApart) {
  auto style = sans();
  style.letter_spacing_em = 0.1;
  EXPECT_EQ(shaper.shape("office", style, "en").runs[0].glyphs.size(), 6u);
}

TEST_F(ShapeTest, LinesBreakAtTheWidthAndAtNewlines) {
  ParagraphStyle paragraph;
  EXPECT_EQ(shaper.shape({{"one two three", sans()}}, paragraph).lines.size(), 1u);
  EXPECT_EQ(shaper.shape({{"one\ntwo", sans()}}, paragraph).lines.size(), 2u);
  paragraph.width_mm = 12;
  paragraph.line_height = 1.5;
  auto const broken = shaper.shape({{"one two three four", sans()}}, paragraph);
  ASSERT_GE(broken.lines.size(), 2u);
  for (std::size_t i = 0; i < broken.lines.size(); ++i) {
    EXPECT_NEAR(broken.lines[i].baseline_mm, 4.5 * static_cast<double>(i), 1e-9);
    EXPECT_LE(broken.lines[i].width_mm, 12 + 1);  // a space at the end may hang
    EXPECT_EQ(broken.lines[i].left_mm, 0);
  }
}

TEST_F(ShapeTest, LongWordIsNeverCut) {
  ParagraphStyle paragraph;
  paragraph.width_mm = 5;
  EXPECT_EQ(shaper.shape({{"Whampoa", sans()}}, paragraph).lines.size(), 1u);
}

TEST_F(ShapeTest, AlignmentIsWithinTheWidestLine) {
  ParagraphStyle paragraph;
  auto const at = [&](Align align) {
    paragraph.align = align;
    return shaper.shape({{"Whampoa\nA", sans()}}, paragraph);
  };
  auto const start = at(Align::start);
  double const free_mm = start.lines[0].width_mm - start.lines[1].width_mm;
  EXPECT_NEAR(at(Align::end).lines[1].left_mm, free_mm, 1e-9);
  EXPECT_NEAR(at(Align::center).lines[1].left_mm, free_mm / 2, 1e-9);
  EXPECT_EQ(at(Align::end).lines[0].left_mm, 0);
  EXPECT_NEAR(at(Align::end).runs.back().glyphs[0].at.x_mm - start.runs.back().glyphs[0].at.x_mm,
              free_mm, 1e-9);
}

TEST_F(ShapeTest, TwoFontsInOneParagraph) {
  if (!has("EB Garamond")) GTEST_SKIP() << "EB Garamond is not installed";
  auto second = sans(4);
  second.fonts = {"EB Garamond"};
  second.color = {1, 0, 0, 1};
  auto const text = shaper.shape({{"Fort ", sans()}, {"Lin", second}}, {});
  ASSERT_EQ(text.runs.size(), 2u);
  EXPECT_EQ(text.text, "Fort Lin");
  EXPECT_EQ(text.runs[0].face->names().family, "Noto Sans");
  EXPECT_EQ(text.runs[1].face->names().family, "EB Garamond");
  EXPECT_NEAR(text.runs[0].size_mm, 3, 1e-6);
  EXPECT_NEAR(text.runs[1].size_mm, 4, 1e-6);
  EXPECT_EQ(text.runs[1].color, (draw::Color{1, 0, 0, 1}));
  EXPECT_EQ(text.runs[1].text_begin, 5u);
  EXPECT_GT(text.runs[1].glyphs[0].at.x_mm, text.runs[0].glyphs.back().at.x_mm);
}

TEST_F(ShapeTest, HanComesFromTheSecondFontAtItsOwnSize) {
  if (!has("Noto Sans CJK TC")) GTEST_SKIP() << "Noto Sans CJK is not installed";
  auto style = sans(3);
  style.han_scale = 0.9;
  auto const text = shaper.shape("Fort 砲臺", style, "zh-Hant");
  ASSERT_GE(text.runs.size(), 2u);
  EXPECT_NEAR(text.runs.front().size_mm, 3, 1e-6);
  EXPECT_EQ(text.runs.front().face->names().family, "Noto Sans");
  EXPECT_NEAR(text.runs.back().size_mm, 2.7, 1e-4);
  EXPECT_TRUE(text.runs.back().face->names().family.starts_with("Noto Sans CJK"));
  EXPECT_TRUE(text.missing.empty());
}

TEST_F(ShapeTest, BracketsOfHanAreOfTheHanFont) {
  if (!has("Noto Serif CJK TC") || !has("Old Standard TT")) GTEST_SKIP() << "fonts are missing";
  // The Latin italic has these brackets too, slanted and half as wide.
  auto style = sans(3);
  style.fonts = {"Old Standard TT Italic", "Noto Serif CJK TC"};
  style.han_scale = 1;
  auto const text = shaper.shape("《報》", style, "zh-Hant");
  ASSERT_EQ(text.runs.size(), 1u);
  EXPECT_TRUE(text.runs[0].face->names().family.starts_with("Noto Serif CJK"));
  EXPECT_NEAR(text.lines[0].width_mm, 9, 0.01);
  // Signs that all scripts have stay with the letters beside them.
  auto const credit = shaper.shape("© ODbL", style, "en");
  for (auto const& run : credit.runs) EXPECT_EQ(run.face->names().family, "Old Standard TT");
}

TEST_F(ShapeTest, HanFillsItsEm) {
  if (!has("Noto Sans CJK TC")) GTEST_SKIP() << "Noto Sans CJK is not installed";
  for (double const scale : {1.0, 0.9, 0.8}) {
    auto style = sans(4);
    style.han_scale = scale;
    EXPECT_NEAR(shaper.shape("廣州城", style, "zh-Hant").lines[0].width_mm, 3 * 4 * scale, 0.01);
  }
}

TEST_F(ShapeTest, PlacedMovesAndTurnsNothingElse) {
  auto const shaped = shaper.shape("Lin", sans(), "en");
  auto const placed = shaped.placed({10, 20}, 0.5);
  EXPECT_EQ(placed.origin, (draw::Point{10, 20}));
  EXPECT_EQ(placed.angle_rad, 0.5);
  EXPECT_EQ(placed.text, "Lin");
  EXPECT_EQ(placed.runs[0].glyphs[1].at, shaped.runs[0].glyphs[1].at);
}

TEST_F(ShapeTest, AnotherShaperGivesTheSame) {
  Shaper const other;
  auto const a = shaper.shape("Magazine Hill 觀音山", sans(), "en");
  auto const b = other.shape("Magazine Hill 觀音山", sans(), "en");
  ASSERT_EQ(a.runs.size(), b.runs.size());
  for (std::size_t r = 0; r < a.runs.size(); ++r) {
    EXPECT_EQ(a.runs[r].face, b.runs[r].face);
    ASSERT_EQ(a.runs[r].glyphs.size(), b.runs[r].glyphs.size());
    for (std::size_t g = 0; g < a.runs[r].glyphs.size(); ++g) {
      EXPECT_EQ(a.runs[r].glyphs[g].id, b.runs[r].glyphs[g].id);
      EXPECT_EQ(a.runs[r].glyphs[g].at, b.runs[r].glyphs[g].at);
    }
  }
}

TEST_F(ShapeTest, FontsAreFoundByTheFirstWords) {
  EXPECT_TRUE(shaper.has_font("Noto Sans"));
  EXPECT_TRUE(shaper.has_font("Noto Sans SemiCondensed Medium"));
  EXPECT_TRUE(shaper.has_font("noto sans bold"));
  EXPECT_FALSE(shaper.has_font("No Such Family"));
  EXPECT_FALSE(shaper.has_font(""));
  auto const families = shaper.families();
  EXPECT_TRUE(std::ranges::is_sorted(families));
  EXPECT_NE(std::ranges::find(families, "Noto Sans"), families.end());
}

TEST_F(ShapeTest, WeightsAreTheirOwnFaces) {
  auto bold = sans();
  bold.fonts = {"Noto Sans Bold"};
  auto const a = shaper.shape("Lin", sans(), "en").runs.at(0).face;
  auto const b = shaper.shape("Lin", bold, "en").runs.at(0).face;
  EXPECT_EQ(a->names().weight, 400);
  EXPECT_EQ(b->names().weight, 700);
  EXPECT_NE(a->names().postscript_name, b->names().postscript_name);
}

}  // namespace
}  // namespace hachure::layout
