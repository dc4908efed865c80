#include "layout/forms.hpp"

#include <gtest/gtest.h>

namespace hachure::layout {
namespace {

class Forms : public testing::Test {
 protected:
  void SetUp() override {
    if (!shaper.has_font("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
    style.fonts = {"Noto Sans", "Noto Sans CJK TC"};
    style.size_mm = 2.5;
    request.lang = "en";
    request.max_width_mm = 9 * style.size_mm;
  }

  /// Texts of all forms, their lines parted by `/`.
  std::vector<std::string> texts() {
    std::vector<std::string> out;
    for (auto const& form : forms_of(request, shaper)) {
      auto text = form.text().text;
      std::ranges::replace(text, '\n', '/');
      out.push_back(std::string(to_string(form.form)) + ": " + text);
    }
    return out;
  }

  void set(std::string const& text) { request.spans = {{text, style}}; }

  Shaper shaper;
  style::TextStyle style;
  scene::LabelRequest request;
};

using Texts = std::vector<std::string>;

TEST_F(Forms, AShortNameHasOneForm) {
  set("Canton");
  EXPECT_EQ(texts(), Texts{"full: Canton"});
}

TEST_F(Forms, LinesAreOfEvenWidth) {
  set("South Wangtong Island");
  EXPECT_EQ(texts(), (Texts{"full: South Wangtong Island", "broken: South Wangtong/Island",
                            "broken: South/Wangtong/Island"}));
  set("Chaffin's Farm / New Market Heights of the River");
  auto const all = texts();
  ASSERT_GE(all.size(), 2u);
  EXPECT_EQ(all[1], "broken: Chaffin's Farm //New Market/Heights of the River");
}

TEST_F(Forms, AShortWordIsNoLine) {
  set("Rappahannock Station II");
  EXPECT_EQ(texts()[1], "broken: Rappahannock/Station II");
}

TEST_F(Forms, ChineseBreaksAnywhereButBeforePunctuation) {
  if (!shaper.has_font("Noto Sans CJK TC")) GTEST_SKIP() << "Noto Sans CJK is not installed";
  request.lang = "zh-Hant";
  set("廣州城外北面四方砲臺（耆定臺）");
  auto const all = texts();
  ASSERT_GE(all.size(), 2u);
  EXPECT_EQ(all[1], "broken: 廣州城外北面四/方砲臺（耆定臺）");
}

TEST_F(Forms, TheLessOfItTheLess) {
  set("Fort Lin");
  request.short_spans = {{"Ft. Lin", style}};
  request.least_size = 0.8;
  request.may_be_number = true;
  auto const all = forms_of(request, shaper);
  EXPECT_EQ(texts(), (Texts{"full: Fort Lin", "shorter: Ft. Lin", "smaller: Fort Lin",
                            "smaller: Fort Lin", "number: 88"}));
  double last = -1;
  for (auto const& form : all) {
    EXPECT_GT(form.cost, last);
    last = form.cost;
  }
  EXPECT_NEAR(all[3].text().ink.width_mm(), 0.8 * all[0].text().ink.width_mm(), 0.01);
  EXPECT_NEAR(all[2].text().ink.width_mm(), 0.9 * all[0].text().ink.width_mm(), 0.01);
}

TEST_F(Forms, ANumberOnceGivenIsAllThereIs) {
  set("Fort Lin");
  request.number = 7;
  EXPECT_EQ(texts(), Texts{"number: 7"});
}

TEST_F(Forms, LinesStandFlush) {
  set("South Wangtong Island");
  auto const all = forms_of(request, shaper);
  ASSERT_GE(all.size(), 2u);
  auto const& left = all[1].text(Align::start);
  auto const& right = all[1].text(Align::end);
  ASSERT_EQ(left.lines.size(), 2u);
  EXPECT_EQ(left.lines[0].left_mm, 0);
  EXPECT_EQ(left.lines[1].left_mm, 0);
  EXPECT_EQ(right.lines[0].left_mm, 0);  // the longer one
  EXPECT_GT(right.lines[1].left_mm, 2);
  EXPECT_NEAR(right.lines[0].left_mm + right.lines[0].width_mm,
              right.lines[1].left_mm + right.lines[1].width_mm, 1e-9);
  auto const& middle = all[1].text(Align::center);
  EXPECT_NEAR(middle.lines[1].left_mm, right.lines[1].left_mm / 2, 1e-9);
}

}  // namespace
}  // namespace hachure::layout
