#include "style/color.hpp"

#include <gtest/gtest.h>

namespace hachure::style {
namespace {

TEST(ParseColor, ReadsEveryForm) {
  Color const red{1, 0, 0, 1};
  for (auto const* text :
       {"#f00", "#ff0000", "#F00F", "red", " RED ", "rgb(255,0,0)", "rgb( 255 , 0 , 0 )",
        "rgb(255 0 0)", "rgb(100%, 0%, 0%)", "rgba(255, 0, 0, 1)", "rgb(255 0 0 / 100%)",
        "hsl(0, 100%, 50%)", "hsl(360deg 100% 50%)", "hsla(-360,100%,50%,1)", "rgb(1e3,0,0)"}) {
    EXPECT_EQ(parse_color(text), red) << text;
  }
  EXPECT_EQ(parse_color("transparent"), (Color{0, 0, 0, 0}));
  EXPECT_EQ(parse_color("rgba(0,0,255,50%)"), (Color{0, 0, 1, 0.5}));
  EXPECT_EQ(parse_color("#0f08"), (Color{0, 1, 0, 136 / 255.0}));
  EXPECT_EQ(parse_color("lightgoldenrodyellow"), (Color{250 / 255.0, 250 / 255.0, 210 / 255.0, 1}));
}

TEST(ParseColor, RefusesTheRest) {
  for (auto const* text : {"",
                           "#",
                           "#12",
                           "#12345",
                           "#1234567",
                           "#ggg",
                           "redd",
                           "rgb",
                           "rgb(",
                           "rgb()",
                           "rgb(1,2)",
                           "rgb(1,2,3",
                           "rgb(1,2,3,4,5)",
                           "rgb(1 2,3)",
                           "rgb(1,2 3)",
                           "rgb(1 2 3 4)",
                           "rgb(1,2,3/4)",
                           "rgb(1%,2,3)",
                           "rgb(1,2,3)x",
                           "rgb(a,b,c)",
                           "hsl(1,2,3)",
                           "hsl(1%,2%,3%)",
                           "rgb(1deg,2,3)",
                           "cmyk(1,2,3,4)",
                           "__proto__"}) {
    EXPECT_EQ(parse_color(text), std::nullopt) << text;
  }
}

TEST(ColorText, IsMapLibres) {
  EXPECT_EQ(to_text({1 / 3.0, 1, 0, 0.5}), "rgba(85,255,0,0.5)");
}

TEST(MixColors, EndsAreTheColorsThemselves) {
  Color const from{0.2, 0.4, 0.6, 1};
  Color const to{0.9, 0.1, 0.3, 0.5};
  for (auto const space : {ColorSpace::rgb, ColorSpace::lab, ColorSpace::hcl}) {
    auto const first = mix(from, to, 0, space);
    auto const last = mix(from, to, 1, space);
    EXPECT_NEAR(first.r, from.r, 1e-6);
    EXPECT_NEAR(first.b, from.b, 1e-6);
    EXPECT_NEAR(last.g, to.g, 1e-6);
    EXPECT_DOUBLE_EQ(last.a, to.a);
  }
}

TEST(MixColors, HclTakesTheShortWayRound) {
  // From a red just below 360 degrees to one just above 0: no green in between.
  auto const middle = mix({1, 0, 0.3, 1}, {1, 0.2, 0, 1}, 0.5, ColorSpace::hcl);
  EXPECT_GT(middle.r, 0.95);
  EXPECT_LT(middle.g, 0.2);
}

TEST(MixColors, LabKeepsGreysGrey) {
  auto const middle = mix({0, 0, 0, 1}, {1, 1, 1, 1}, 0.5, ColorSpace::lab);
  EXPECT_NEAR(middle.r, 0.4663266, 1e-6);
  EXPECT_NEAR(middle.g, 0.4663266, 1e-6);
  EXPECT_NEAR(middle.b, 0.4663266, 1e-6);
}

}  // namespace
}  // namespace hachure::style
