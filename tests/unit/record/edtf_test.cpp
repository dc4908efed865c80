#include "record/edtf.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace hachure::record {
namespace {

Instant at(std::int64_t year, int month, int day, int hour = 0, int minute = 0, int second = 0) {
  return Instant::from_civil(year, month, day, hour, minute, second);
}

std::string error_of(std::string const& text) {
  try {
    parse_edtf(text);
  } catch (base::Error const& error) {
    return error.what();
  }
  return "no error";
}

TEST(ParseEdtf, ErrorHoldsValueReasonAndHintAndIsTheUsersFault) {
  EXPECT_EQ(error_of("1857-13-28"),
            "\"1857-13-28\" is not a date: month 13\n  hint: write 1857, 1857-12 or 1857-12-28");
  try {
    parse_edtf("x");
    FAIL();
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    EXPECT_EQ(error.origin(), base::Origin{});
  }
}

TEST(ParseEdtf, QuotesNoControlCharactersAndNoEndlessTexts) {
  EXPECT_EQ(error_of("a\nb"),
            "\"a\uFFFDb\" is not a date: it does not begin with a year\n  hint: write 1857, "
            "1857-12 or 1857-12-28");
  auto const message = error_of(std::string(5000, 'a'));
  EXPECT_EQ(message, "\"" + std::string(80, 'a') +
                         "…\" is not a date: longer than 4096 bytes\n  hint: write 1857, 1857-12 "
                         "or 1857-12-28");
}

TEST(ParseEdtf, EqualDatesAreThoseWithOneCanonicalText) {
  EXPECT_EQ(parse_edtf("?1857-12-28"), parse_edtf("1857?-12-28"));
  EXPECT_NE(parse_edtf("1857-12-28?"), parse_edtf("1857?-12-28"));
  EXPECT_EQ(print(Edtf()), "1970");
}

TEST(ParseEdtf, KeepsTheTreeAsWritten) {
  auto const date = parse_edtf("1857-~12-28");
  ASSERT_EQ(date.kind(), Edtf::Kind::date);
  auto const& part = date.members().front().first.date;
  EXPECT_EQ(part.year, "1857");
  EXPECT_EQ(part.month, "12");
  EXPECT_EQ(part.day, "28");
  EXPECT_EQ(part.precision, EdtfDate::Precision::day);
  EXPECT_FALSE(part.qualification[0].any());
  EXPECT_TRUE(part.qualification[1].approximate);
  EXPECT_FALSE(part.qualification[2].any());
}

TEST(Edtf, SaysWhatKindOfDateItIs) {
  EXPECT_TRUE(parse_edtf("1856/1858").is_interval());
  EXPECT_TRUE(parse_edtf("1856/..").is_open_end());
  EXPECT_FALSE(parse_edtf("1856/").is_open_end());
  EXPECT_TRUE(parse_edtf("[..1856]").is_open_start());
  EXPECT_TRUE(parse_edtf("1857-12-28T05:00/1857-12-29").has_time());
  EXPECT_FALSE(parse_edtf("1857-12-28").has_time());
  EXPECT_EQ(parse_edtf("1856?/1857~").qualifiers(),
            (std::vector<std::string>{"uncertain", "approximate"}));
  EXPECT_EQ(parse_edtf("1857").qualifiers(), std::vector<std::string>{});
}

TEST(Outer, UnknownEndsAreMarkedOpenOnesAreNot) {
  auto const unknown = outer(parse_edtf("/1858"));
  EXPECT_TRUE(unknown.earliest_unknown);
  EXPECT_EQ(unknown.earliest, Instant::min());
  auto const open = outer(parse_edtf("../1858"));
  EXPECT_FALSE(open.earliest_unknown);
  EXPECT_EQ(open.earliest, Instant::min());
  EXPECT_EQ(open.latest, at(1858, 12, 31, 23, 59, 59));
}

TEST(Presence, PlainDayIsCertainAllDay) {
  auto const day = parse_edtf("1857-12-28");
  EXPECT_EQ(presence(day, at(1857, 12, 27, 23, 59, 59)), Presence::absent);
  EXPECT_EQ(presence(day, at(1857, 12, 28)), Presence::certain);
  EXPECT_EQ(presence(day, at(1857, 12, 28, 23, 59, 59)), Presence::certain);
  EXPECT_EQ(presence(day, at(1857, 12, 29)), Presence::absent);
}

TEST(Presence, QualifiedDayIsOnlyPossible) {
  EXPECT_EQ(presence(parse_edtf("1857-12-28?"), at(1857, 12, 28, 12)), Presence::possible);
}

TEST(Presence, IntervalWithAnApproximateStartIsCertainAfterIt) {
  auto const siege = parse_edtf("1857-12~/1858-01-05");
  EXPECT_EQ(presence(siege, at(1857, 12, 31)), Presence::possible);
  EXPECT_EQ(presence(siege, at(1858, 1, 1)), Presence::certain);
  EXPECT_EQ(presence(siege, at(1858, 1, 6)), Presence::absent);
}

TEST(Presence, UnspecifiedDigitsLeaveOutWhatTheyCannotBe) {
  auto const date = parse_edtf("1857-XX-28");
  EXPECT_EQ(presence(date, at(1857, 3, 28, 8)), Presence::possible);
  EXPECT_EQ(presence(date, at(1857, 3, 27, 8)), Presence::absent);
  EXPECT_EQ(presence(parse_edtf("-185X"), at(-1854, 3, 27)), Presence::possible);
  EXPECT_EQ(presence(parse_edtf("-185X"), at(1854, 3, 27)), Presence::absent);
}

TEST(Presence, SetsHaveGaps) {
  auto const one = parse_edtf("[1856,1858]");
  EXPECT_EQ(presence(one, at(1856, 7, 1)), Presence::possible);
  EXPECT_EQ(presence(one, at(1857, 7, 1)), Presence::absent);
  auto const all = parse_edtf("{1856,1858~}");
  EXPECT_EQ(presence(all, at(1856, 7, 1)), Presence::certain);
  EXPECT_EQ(presence(all, at(1857, 7, 1)), Presence::absent);
  EXPECT_EQ(presence(all, at(1858, 7, 1)), Presence::possible);
  auto const nested = parse_edtf("[1857,1857-12]");
  EXPECT_EQ(presence(nested, at(1857, 7, 1)), Presence::possible);
  EXPECT_EQ(presence(nested, at(1857, 12, 1)), Presence::certain);
}

TEST(Presence, UnknownEndIsPossibleForeverAfterACertainStart) {
  auto const held = parse_edtf("1858-01-05/");
  EXPECT_EQ(presence(held, at(1858, 1, 5, 12)), Presence::certain);
  EXPECT_EQ(presence(held, at(1900, 1, 1)), Presence::possible);
  EXPECT_EQ(presence(parse_edtf("1858-01-05/.."), at(1900, 1, 1)), Presence::certain);
}

TEST(Overlaps, MembersOfASetNotItsGaps) {
  auto const set = parse_edtf("{1856,1858}");
  EXPECT_FALSE(overlaps(set, outer(parse_edtf("1857"))));
  EXPECT_TRUE(overlaps(set, outer(parse_edtf("1857/1859"))));
  EXPECT_TRUE(overlaps(parse_edtf("../1856"), {Instant::min(), at(1800, 1, 1)}));
}

TEST(Describe, ReportsAnInvalidTextWithoutThrowing) {
  auto const report = describe("Dec 1857");
  EXPECT_EQ(report.input, "Dec 1857");
  EXPECT_FALSE(report.valid);
  EXPECT_EQ(report.error, "\"Dec 1857\" is not a date: it does not begin with a year");
  EXPECT_EQ(report.hint, "write 1857-12");
  EXPECT_EQ(report.earliest, std::nullopt);
  EXPECT_EQ(report.canonical, "");
}

TEST(Describe, YearsBeyondTheTimeScaleAreInfinite) {
  EXPECT_EQ(describe("Y9E99").earliest, "inf");
  EXPECT_EQ(describe("Y-9E99").latest, "-inf");
}

}  // namespace
}  // namespace hachure::record
