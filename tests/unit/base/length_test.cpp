#include "base/length.hpp"

#include <gtest/gtest.h>

namespace hachure::base {
namespace {

double mm_of(std::string_view text) {
  return parse_length(text).value_or(Length::mm(-1)).value;
}

TEST(ParseLength, PageUnits) {
  EXPECT_DOUBLE_EQ(mm_of("0.3mm"), 0.3);
  EXPECT_DOUBLE_EQ(mm_of("1.5cm"), 15);
  EXPECT_DOUBLE_EQ(mm_of("1in"), 25.4);
  EXPECT_DOUBLE_EQ(mm_of("72pt"), 25.4);
  EXPECT_DOUBLE_EQ(mm_of("96px"), 25.4);
  for (auto const* text : {"0.3mm", "1.5cm", "1in", "72pt", "96px"}) {
    EXPECT_EQ(parse_length(text)->frame, Length::Frame::page) << text;
  }
}

TEST(ParseLength, BareNumberIsPixels) {
  EXPECT_EQ(parse_length("96"), Length::px(96));
}

TEST(ParseLength, GroundUnits) {
  EXPECT_EQ(parse_length("150m"), Length::ground_m(150));
  EXPECT_EQ(parse_length("2km"), Length::ground_m(2000));
}

TEST(ParseLength, MillimetresAreNotMetres) {
  EXPECT_EQ(parse_length("8mm"), Length::mm(8));
  EXPECT_EQ(parse_length("8 mm"), Length::mm(8));
}

TEST(ParseLength, NegativeLengthsAreOffsets) {
  EXPECT_EQ(parse_length("-2mm"), Length::mm(-2));
}

TEST(ParseLength, RefusesEverythingElse) {
  for (auto const* text : {"", "mm", "m", "1ft", "1 m m", "1MM", "1e400mm", "nanmm", "infmm",
                           "1mm2", "1,5mm", "1e308km", "+-1mm"}) {
    EXPECT_EQ(parse_length(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(Length, GroundLengthsFollowTheScale) {
  EXPECT_DOUBLE_EQ(Length::ground_m(150).to_mm(20000), 7.5);
  EXPECT_DOUBLE_EQ(Length::ground_m(150).to_mm(10000), 15);
  EXPECT_DOUBLE_EQ(Length::mm(7.5).to_mm(20000), 7.5);
}

}  // namespace
}  // namespace hachure::base
