#include "base/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace hachure::base {
namespace {

TEST(NumberText, RoundsAndDropsTrailingZeros) {
  EXPECT_EQ(to_text(0), "0");
  EXPECT_EQ(to_text(1), "1");
  EXPECT_EQ(to_text(1.5), "1.5");
  EXPECT_EQ(to_text(1.2345), "1.234");  // the double lies below the tie
  EXPECT_EQ(to_text(1.2346), "1.235");
  EXPECT_EQ(to_text(100), "100");
  EXPECT_EQ(to_text(100, 0), "100");
  EXPECT_EQ(to_text(99.96, 1), "100");
  EXPECT_EQ(to_text(0.1 + 0.2, 6), "0.3");
}

TEST(NumberText, MinusZeroIsZero) {
  EXPECT_EQ(to_text(-0.0), "0");
  EXPECT_EQ(to_text(-0.0004), "0");
  EXPECT_EQ(to_text(-0.4, 0), "0");
  EXPECT_EQ(to_text(-0.0006), "-0.001");
}

TEST(NumberText, HasNoExponent) {
  EXPECT_EQ(to_text(123456789012345.0, 0), "123456789012345");
  EXPECT_EQ(to_text(-999999999999999.0, 3), "-999999999999999");
  EXPECT_EQ(to_text(1e-9, 12), "0.000000001");
}

TEST(NumberText, AppendKeepsWhatIsThere) {
  std::string out = "M";
  append_number(out, 1.25);
  out += ' ';
  append_number(out, -3, 1);
  EXPECT_EQ(out, "M1.25 -3");
}

TEST(NumberText, ExactTextReadsBackTheSame) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    double const value = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())),
                                    static_cast<int>(random() % 120) - 100);
    EXPECT_EQ(parse_number(to_exact_text(value)), value);
  }
  EXPECT_EQ(to_exact_text(0.1), "0.1");
  EXPECT_EQ(to_exact_text(20000), "20000");
}

TEST(ParseNumber, ReadsTheWholeText) {
  EXPECT_EQ(parse_number("12"), 12.0);
  EXPECT_EQ(parse_number("-0.5"), -0.5);
  EXPECT_EQ(parse_number("+3"), 3.0);
  EXPECT_EQ(parse_number("1e3"), 1000.0);
  EXPECT_EQ(parse_number("  7.25\t"), 7.25);
  EXPECT_EQ(parse_number(".5"), 0.5);
}

TEST(ParseNumber, RefusesEverythingElse) {
  for (auto const* text :
       {"",     " ",   "+",   "-",     ".",  "1,5", "1 2", "12m", "0x10", "inf",
        "-inf", "nan", "NaN", "1e400", "1e", "--1", "+-1", "-+1", "++1",  "１"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(ParseInteger, ReadsTheWholeTextOrNothing) {
  EXPECT_EQ(parse_integer("0"), 0);
  EXPECT_EQ(parse_integer(" -42 "), -42);
  EXPECT_EQ(parse_integer("+42"), 42);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<long long>::max());
  for (auto const* text : {"", "1.0", "1e3", "9223372036854775808", "+-4", "4a", "0x4"}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << '"' << text << '"';
  }
}

}  // namespace
}  // namespace hachure::base
