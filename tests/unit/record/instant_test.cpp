#include "record/instant.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "base/error.hpp"

namespace hachure::record {
namespace {

std::string error_of(std::string const& text) {
  try {
    parse_duration(text);
  } catch (base::Error const& error) {
    return error.message();
  }
  return "no error";
}

TEST(Instant, CountsSecondsFrom1970) {
  EXPECT_EQ(Instant::from_civil(1970, 1, 1).seconds, 0);
  EXPECT_EQ(Instant::from_civil(2000, 3, 1).seconds, 951'868'800);
  EXPECT_EQ(Instant::from_civil(1857, 12, 28, 5, 30).seconds, -3'534'690'600);
  EXPECT_EQ(Instant::from_civil(1857, 12, 31, 24), Instant::from_civil(1858, 1, 1));
}

TEST(Instant, CivilDatesRoundTripOverALongTime) {
  for (std::int64_t day = -200'000'000'000; day < 200'000'000'000; day += 123'456'789) {
    Instant const instant{day * 86'400 / 7};
    auto const civil = to_civil(instant);
    EXPECT_EQ(Instant::from_civil(civil.year, civil.month, civil.day, civil.hour, civil.minute,
                                  civil.second),
              instant);
  }
}

TEST(Instant, SaturatesBeyondItsScale) {
  EXPECT_EQ(Instant::from_civil(1'000'000'000'000, 1, 1), Instant::max());
  EXPECT_EQ(Instant::from_civil(-1'000'000'000'000, 1, 1), Instant::min());
  EXPECT_TRUE(Instant::from_civil(200'000'000'000, 12, 31).is_finite());
}

TEST(Instant, PrintsWithYearsOfFourDigitsOrMore) {
  EXPECT_EQ(to_text(Instant::from_civil(1857, 12, 28, 5, 3, 9), true), "1857-12-28T05:03:09");
  EXPECT_EQ(to_text(Instant::from_civil(-43, 3, 15), false), "-0043-03-15");
  EXPECT_EQ(to_text(Instant::from_civil(170'002, 1, 1), false), "170002-01-01");
  EXPECT_EQ(to_text(Instant::min(), true), "-inf");
  EXPECT_EQ(to_text(Instant::max(), false), "inf");
}

TEST(Duration, ReadsIsoAndShortForms) {
  EXPECT_EQ(parse_duration("PT30M"), (Duration{0, 1800}));
  EXPECT_EQ(parse_duration("30min"), (Duration{0, 1800}));
  EXPECT_EQ(parse_duration("6h"), (Duration{0, 21'600}));
  EXPECT_EQ(parse_duration("1d"), parse_duration("P1D"));
  EXPECT_EQ(parse_duration("2w"), parse_duration("P2W"));
  EXPECT_EQ(parse_duration("P1M"), (Duration{1, 0}));
  EXPECT_EQ(parse_duration("3mo"), (Duration{3, 0}));
  EXPECT_EQ(parse_duration("1y"), parse_duration("P1Y"));
  EXPECT_EQ(parse_duration("P1Y2M3DT4H5M6S"), (Duration{14, 3 * 86'400 + 4 * 3600 + 306}));
}

TEST(Duration, PrintsWhatItReads) {
  for (std::string const text : {"PT30M", "P1D", "P2W", "P1M", "P1Y2M3DT4H5M6S", "PT90S"}) {
    EXPECT_EQ(parse_duration(to_text(parse_duration(text))), parse_duration(text));
  }
  EXPECT_EQ(to_text(parse_duration("30min")), "PT30M");
  EXPECT_EQ(to_text(parse_duration("7d")), "P1W");
  EXPECT_EQ(to_text(parse_duration("1d")), "P1D");
}

TEST(Duration, RefusesTheRest) {
  EXPECT_EQ(error_of(""), "\"\" is not a duration: it is empty");
  EXPECT_EQ(error_of("5"), "\"5\" is not a duration: a number without a unit");
  EXPECT_EQ(error_of("5m"), "\"5m\" is not a duration: \"m\" could be minutes or months");
  EXPECT_EQ(error_of("5 d"), "\"5 d\" is not a duration: unknown unit \" d\"");
  EXPECT_EQ(error_of("0d"), "\"0d\" is not a duration: zero");
  EXPECT_EQ(error_of("PT0S"), "\"PT0S\" is not a duration: zero");
  EXPECT_EQ(error_of("P"), "\"P\" is not a duration: no number");
  EXPECT_EQ(error_of("P1DT"), "\"P1DT\" is not a duration: no number");
  EXPECT_EQ(error_of("P1D2Y"), "\"P1D2Y\" is not a duration: unexpected \"Y\"");
  EXPECT_EQ(error_of("-1d"), "\"-1d\" is not a duration: expected a whole number");
  EXPECT_EQ(error_of("1.5h"), "\"1.5h\" is not a duration: unknown unit \".5h\"");
  EXPECT_EQ(error_of("20000y"), "\"20000y\" is not a duration: longer than 10,000 years");
  EXPECT_EQ(error_of("99999999999999999999s"),
            "\"99999999999999999999s\" is not a duration: longer than 10,000 years");
}

TEST(Add, MonthsKeepTheDayOrEndOnTheLast) {
  auto const start = Instant::from_civil(1857, 12, 31, 6);
  EXPECT_EQ(to_text(add(start, {2, 0}), true), "1858-02-28T06:00:00");
  EXPECT_EQ(to_text(add(start, {1, 0}, 3), true), "1858-03-31T06:00:00");
  EXPECT_EQ(to_text(add(start, {1, 0}, -1), false), "1857-11-30");
  EXPECT_EQ(to_text(add(start, {0, 1800}, 4), true), "1857-12-31T08:00:00");
  EXPECT_EQ(add(Instant::max(), {0, 1}), Instant::max());
  EXPECT_EQ(add(start, {0, 2}, std::numeric_limits<std::int64_t>::max()), Instant::max());
}

}  // namespace
}  // namespace hachure::record
