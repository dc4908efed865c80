#include "layout/ruby.hpp"

#include <gtest/gtest.h>

namespace hachure::layout {
namespace {

class Ruby : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans CJK TC")) GTEST_SKIP() << "Noto Sans CJK is not installed";
    style.fonts = {"Noto Sans CJK TC"};
    style.size_mm = 4;
    small = style;
    small.size_mm = 2;
  }

  ShapedText set(std::string const& text, std::string const& reading, bool vertical = false) {
    ParagraphStyle paragraph;
    paragraph.lang = "zh-Hant";
    paragraph.vertical = vertical;
    return with_ruby(shaper.shape({{text, style}}, paragraph), {{reading, small}}, shaper);
  }

  /// Ink of the runs whose text begins at byte `begin` or later and before `end`.
  static draw::Box ink(ShapedText const& shaped, std::size_t begin, std::size_t end) {
    draw::Box box;
    for (auto const& run : shaped.runs) {
      for (auto const& glyph : run.glyphs) {
        if (glyph.text_begin < begin || glyph.text_begin >= end) continue;
        if (auto const b = ink_of(run, glyph); !b.empty()) box.add(b);
      }
    }
    return box;
  }

  Shaper shaper;
  TextStyle style;
  TextStyle small;
};

TEST_F(Ruby, OneWordStandsOverTheMiddleOfTheWhole) {
  auto const shaped = set("國中", "Koktiong");
  EXPECT_EQ(shaped.text, "國中\nKoktiong");
  auto const text = ink(shaped, 0, 6);
  auto const reading = ink(shaped, 7, 99);
  EXPECT_LT(reading.max_y_mm, text.min_y_mm);
  EXPECT_GT(reading.max_y_mm, text.min_y_mm - 0.8);
  EXPECT_NEAR(reading.center().x_mm, 4, 0.3);
  EXPECT_NEAR(shaped.length_mm, 8, 1e-6);
  EXPECT_TRUE(shaped.ink.contains(reading));
}

TEST_F(Ruby, AsManyWordsStandOverTheCharactersWhichMakeRoom) {
  auto const shaped = set("國中", "kwokkwok tiong");
  EXPECT_GT(shaped.length_mm, 8.5);
  auto const first = ink(shaped, 0, 3);
  auto const second = ink(shaped, 3, 6);
  auto const first_word = ink(shaped, 7, 15);
  auto const second_word = ink(shaped, 16, 21);
  EXPECT_NEAR(first_word.center().x_mm, first.center().x_mm, 0.3);
  EXPECT_NEAR(second_word.center().x_mm, second.center().x_mm, 0.3);
  EXPECT_LT(first_word.max_x_mm, second_word.min_x_mm - 0.3);
  // Painters of live text set a run as one word.
  ASSERT_EQ(shaped.runs.size(), 4u);
  EXPECT_EQ(shaped.lines.front().end_run, 2u);
}

TEST_F(Ruby, WordsShareTheirBaseline) {
  auto const shaped = set("國中", "gg nn");
  auto const count = shaped.runs.size();
  ASSERT_GE(count, 3u);
  double const first = shaped.runs[count - 2].glyphs.front().at.y_mm;
  EXPECT_DOUBLE_EQ(shaped.runs[count - 1].glyphs.front().at.y_mm, first);
  EXPECT_LT(ink(shaped, 7, 9).max_y_mm, ink(shaped, 0, 6).min_y_mm);
}

TEST_F(Ruby, BesideAColumnItStandsToTheRightAndTurned) {
  auto const shaped = set("國中", "kok tiong", true);
  auto const text = ink(shaped, 0, 6);
  auto const reading = ink(shaped, 7, 99);
  EXPECT_GT(reading.min_x_mm, text.max_x_mm);
  EXPECT_GT(reading.height_mm(), reading.width_mm());
  EXPECT_NEAR(ink(shaped, 7, 10).center().y_mm, ink(shaped, 0, 3).center().y_mm, 0.4);
}

TEST_F(Ruby, ATextOfTwoLinesStaysAsItIs) {
  EXPECT_EQ(set("國\n中", "kok tiong").text, "國\n中");
}

}  // namespace
}  // namespace hachure::layout
