#include "scene/time_scale.hpp"

#include <gtest/gtest.h>

#include "record/edtf.hpp"

namespace hachure::scene {
namespace {

using record::Bounds;
using record::Instant;

Instant at(std::string const& edtf) {
  return record::outer(record::parse_edtf(edtf)).earliest;
}

Bounds span(std::string const& from, std::string const& to) {
  return {at(from), at(to), false, false};
}

std::vector<Instant> times(std::vector<std::string> const& texts) {
  std::vector<Instant> out;
  for (auto const& text : texts) out.push_back(at(text));
  return out;
}

std::vector<std::string> text_of(std::vector<Instant> const& instants) {
  std::vector<std::string> out;
  for (auto const& t : instants) out.push_back(record::to_text(t, true).substr(5, 11));
  return out;
}

TEST(TimeScale, RunsFromNothingToOne) {
  TimeScale const scale({{{0}, {100}, 1}, {{100}, {200}, 3}});
  EXPECT_DOUBLE_EQ(scale.share({0}), 0);
  EXPECT_DOUBLE_EQ(scale.share({50}), 0.125);
  EXPECT_DOUBLE_EQ(scale.share({100}), 0.25);
  EXPECT_DOUBLE_EQ(scale.share({150}), 0.625);
  EXPECT_DOUBLE_EQ(scale.share({200}), 1);
  EXPECT_DOUBLE_EQ(scale.share({-5}), 0);
  EXPECT_DOUBLE_EQ(scale.share({500}), 1);
  EXPECT_DOUBLE_EQ(scale.share(Instant::max()), 1);
  EXPECT_DOUBLE_EQ(scale.share(Instant::min()), 0);
}

TEST(TimeScale, OneStretchWhereSomethingAlwaysHappens) {
  auto const scale = make_time_scale(
      span("1857-12-28T06:00", "1857-12-28T12:00"),
      times({"1857-12-28T07:00", "1857-12-28T09:30", "1857-12-28T11:00"}), TimeUnit::hour);
  ASSERT_EQ(scale.stretches().size(), 1U);
  EXPECT_EQ(scale.stretches()[0].weight, 1);
}

TEST(TimeScale, QuietHoursAreShorterAndBusyOnesLonger) {
  auto const scale = make_time_scale(
      span("1857-12-28T05:00", "1857-12-29T13:00"),
      times({"1857-12-28T06:00", "1857-12-28T12:00", "1857-12-29T08:00", "1857-12-29T08:15",
             "1857-12-29T08:30", "1857-12-29T09:00", "1857-12-29T10:30", "1857-12-29T12:00"}),
      TimeUnit::hour);
  auto const& parts = scale.stretches();
  ASSERT_EQ(parts.size(), 3U);
  // From the hour after the last change to the one before the next.
  EXPECT_EQ(parts[1].from, at("1857-12-28T13:00"));
  EXPECT_EQ(parts[1].to, at("1857-12-29T07:00"));
  EXPECT_DOUBLE_EQ(parts[1].weight, 0.34);
  EXPECT_DOUBLE_EQ(parts[0].weight, 1);
  EXPECT_GT(parts[2].weight, 1.5);
  EXPECT_LE(parts[2].weight, 2.1);
}

TEST(TimeScale, NeverGoesBack) {
  std::vector<Instant> changes;
  auto const whole = span("1856-10-01", "1858-06-01");
  for (int i = 0; i < 60; ++i) {
    changes.push_back({whole.earliest.seconds + static_cast<std::int64_t>(i * i * i) * 240});
  }
  auto const scale = make_time_scale(whole, changes, TimeUnit::month);
  double last = -1;
  for (auto t = whole.earliest; t <= whole.latest; t.seconds += 6 * 3600) {
    double const share = scale.share(t);
    EXPECT_GT(share, last);
    last = share;
  }
  EXPECT_DOUBLE_EQ(scale.share(whole.latest), 1);
  for (std::size_t i = 1; i < scale.stretches().size(); ++i) {
    EXPECT_EQ(scale.stretches()[i].from, scale.stretches()[i - 1].to);
  }
}

TEST(TimeScale, AShortIslandIsNotWorthTwoBreaks) {
  auto const scale =
      make_time_scale(span("1856-10-01", "1856-12-01"),
                      times({"1856-10-02", "1856-10-31", "1856-11-29"}), TimeUnit::day);
  ASSERT_EQ(scale.stretches().size(), 3U);
  EXPECT_LT(scale.stretches()[1].from, at("1856-10-10"));
  EXPECT_GT(scale.stretches()[1].to, at("1856-11-20"));
}

TEST(TimeUnits, ByTheLengthOfTheStrip) {
  EXPECT_EQ(unit_of(2 * 86400), TimeUnit::hour);
  EXPECT_EQ(unit_of(54 * 86400), TimeUnit::day);
  EXPECT_EQ(unit_of(437 * 86400), TimeUnit::month);
  EXPECT_EQ(unit_of(40LL * 366 * 86400), TimeUnit::year);
}

TEST(Ticks, HoursStartAtMidnight) {
  EXPECT_EQ(text_of(ticks_in(at("1857-12-28T20:10"), at("1857-12-29T06:00"), {3 * 3600, 0, 0})),
            (std::vector<std::string>{"12-28T21:00", "12-29T00:00", "12-29T03:00", "12-29T06:00"}));
  // Before 1970 too.
  EXPECT_LT(at("1857-12-28").seconds, 0);
}

TEST(Ticks, DaysAreRoundDaysOfTheMonth) {
  EXPECT_EQ(text_of(ticks_in(at("1856-10-23"), at("1856-11-12"), {0, 5, 0})),
            (std::vector<std::string>{"10-25T00:00", "11-01T00:00", "11-05T00:00", "11-10T00:00"}));
  EXPECT_EQ(text_of(ticks_in(at("1856-10-25"), at("1856-11-04"), {0, 2, 0})),
            (std::vector<std::string>{"10-25T00:00", "10-27T00:00", "10-29T00:00", "11-01T00:00",
                                      "11-03T00:00"}));
}

TEST(Ticks, MonthsAndYearsByTheirNumber) {
  EXPECT_EQ(text_of(ticks_in(at("1857-03-20"), at("1858-01-01"), {0, 0, 3})),
            (std::vector<std::string>{"04-01T00:00", "07-01T00:00", "10-01T00:00", "01-01T00:00"}));
  auto const decades = ticks_in(at("1799"), at("1830"), {0, 0, 120});
  ASSERT_EQ(decades.size(), 4U);
  EXPECT_EQ(record::to_civil(decades.front()).year, 1800);
  EXPECT_EQ(record::to_civil(decades.back()).year, 1830);
}

TEST(Nights, OfCantonInDecember) {
  auto const nights = nights_in(span("1857-12-28T05:00", "1857-12-29T13:00"), {113.27, 23.13});
  ASSERT_EQ(nights.size(), 2U);
  EXPECT_EQ(nights[0].earliest, at("1857-12-28T05:00"));  // the strip's own start
  auto const minutes = [](Instant t) { return ((t.seconds % 86400) + 86400) % 86400 / 60; };
  // By hand: declination -23.27 degrees, so cos H = 0.1665, H = 80.4 degrees = 5 h 22 min about a
  // noon of 12:01.5 (equation of time -1.5 minutes).
  EXPECT_NEAR(static_cast<double>(minutes(nights[0].latest)), 6 * 60 + 40, 2);
  EXPECT_NEAR(static_cast<double>(minutes(nights[1].earliest)), 17 * 60 + 23, 2);
}

TEST(Nights, NoneWhereTheSunDoesNotSet) {
  EXPECT_TRUE(nights_in(span("1854-06-20", "1854-06-22"), {20, 75}).empty());
}

}  // namespace
}  // namespace hachure::scene
