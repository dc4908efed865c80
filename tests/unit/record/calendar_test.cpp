#include "record/calendar.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "record/qing_months.hpp"

namespace hachure::record {
namespace {

std::string gregorian(std::string const& text) {
  return to_text(extent_of(parse_reign(text)).earliest, false);
}

std::string error_of(std::string const& text) {
  try {
    parse_any(text);
  } catch (base::Error const& error) {
    return error.what();
  }
  return "no error";
}

TEST(QingTable, EveryYearEndsWhereTheNextBegins) {
  for (std::size_t i = 0; i + 1 < qing_years.size(); ++i) {
    auto const& year = qing_years[i];
    int const months = year.leap_month == 0 ? 12 : 13;
    std::int64_t days = 0;
    for (int month = 0; month < months; ++month) {
      days += (year.long_months >> month & 1) != 0 ? 30 : 29;
    }
    auto const number = qing_first_year + static_cast<int>(i);
    auto const start = Instant::from_civil(number, year.first_month, year.first_day);
    auto const& next = qing_years[i + 1];
    EXPECT_EQ(start.seconds + days * 86'400,
              Instant::from_civil(number + 1, next.first_month, next.first_day).seconds)
        << number;
  }
}

TEST(Reign, EveryDayOfTheQingThereAndBack) {
  auto day = Instant::from_civil(1644, 2, 8);
  int count = 0;
  for (;; day.seconds += 86'400, ++count) {
    auto const civil = to_civil(day);
    auto const reign = to_reign(civil.year, civil.month, civil.day);
    if (!reign) break;
    ASSERT_EQ(extent_of(parse_reign(print(*reign))).earliest, day);
    ASSERT_EQ(parse_reign(print(*reign, Script::simplified)), *reign);
  }
  EXPECT_EQ(to_text(day, false), "1912-02-18");
  EXPECT_EQ(count, 97'894);
  EXPECT_EQ(to_reign(1644, 2, 7), std::nullopt);
}

TEST(Reign, ReadsTheWaysOfWriting) {
  for (std::string const text :
       {"咸豐七年十一月十三日", "咸豐七年冬月十三", "咸丰七年十一月十三日",
        "咸豐 七年 十一月 十三日", "清咸豐七年十一月十三日", "大清咸豐七年十一月十三日",
        "咸豐丁巳年十一月十三日", "咸豐七年丁巳十一月十三日", "咸豐七年歲次丁巳十一月十三日",
        "咸豐七年十一月庚寅", "咸豐七年十一月十三日庚寅", "咸豐7年11月13日", "咸豐７年１１月１３日",
        "咸豐七年十一月一三日"}) {
    EXPECT_EQ(gregorian(text), "1857-12-28") << text;
  }
  EXPECT_EQ(gregorian("咸豐七年正月初一"), "1857-01-26");
  EXPECT_EQ(gregorian("咸豐七年臘月廿三"), gregorian("咸丰七年腊月二十三日"));
  EXPECT_EQ(gregorian("咸豐七年十二月卅日"), "1858-02-13");
  EXPECT_EQ(gregorian("道光二十一年二月朔"), "1841-02-21");
  EXPECT_EQ(gregorian("道光二十一年正月晦"), "1841-02-20");
  EXPECT_EQ(gregorian("咸豐七年閏五月初一"), "1857-06-22");
  EXPECT_EQ(gregorian("咸丰七年闰五月初一"), "1857-06-22");
  EXPECT_EQ(gregorian("康熙元年正月一日"), "1662-02-18");
}

TEST(Reign, MonthsAndYearsHaveExtents) {
  auto const month = extent_of(parse_reign("咸豐七年十一月"));
  EXPECT_EQ(to_text(month.earliest, true), "1857-12-16T00:00:00");
  EXPECT_EQ(to_text(month.latest, true), "1858-01-14T23:59:59");
  auto const year = extent_of(parse_reign("咸豐七年"));
  EXPECT_EQ(to_text(year.earliest, false), "1857-01-26");
  EXPECT_EQ(to_text(year.latest, false), "1858-02-13");
}

TEST(Reign, RefusesWhatDoesNotExist) {
  EXPECT_EQ(error_of("咸豐十二年正月一日"),
            "\"咸豐十二年正月一日\" is not a date: year 12\n  hint: 咸豐 has 11 years");
  EXPECT_EQ(error_of("咸豐七年閏四月一日"),
            "\"咸豐七年閏四月一日\" is not a date: no leap month 4 in 咸豐七年\n  hint: write "
            "咸豐七年閏五月");
  EXPECT_EQ(
      error_of("咸豐六年閏四月一日"),
      "\"咸豐六年閏四月一日\" is not a date: no leap month 4 in 咸豐六年\n  hint: the year has "
      "no leap month");
  EXPECT_EQ(error_of("咸豐七年閏五月三十日"),
            "\"咸豐七年閏五月三十日\" is not a date: day 30\n  hint: 咸豐七年閏五月 has 29 days");
  EXPECT_EQ(error_of("咸豐七年十三月一日"),
            "\"咸豐七年十三月一日\" is not a date: month 13\n  hint: write 咸豐七年十一月十三日 or "
            "julian:1752-09-02");
  EXPECT_EQ(
      error_of("康熙壬寅年正月初一"),
      "\"康熙壬寅年正月初一\" is not a date: 康熙 has two years 壬寅\n  hint: write 康熙元年 or "
      "康熙六十一年");
  EXPECT_EQ(
      error_of("咸豐七年十一月十三日丁酉"),
      "\"咸豐七年十一月十三日丁酉\" is not a date: 咸豐七年十一月十三日 is not 丁酉\n  hint: it is "
      "庚寅");
  EXPECT_EQ(error_of("咸豐七年戊午十一月"),
            "\"咸豐七年戊午十一月\" is not a date: 咸豐 7 is not 戊午\n  hint: it is 丁巳");
  EXPECT_EQ(error_of("民國元年一月一日"),
            "\"民國元年一月一日\" is not a date: it does not begin with an era of the Qing\n  "
            "hint: eras: "
            "順治 康熙 雍正 乾隆 嘉慶 道光 咸豐 同治 光緒 宣統");
}

TEST(Reign, NamesOfTheCycleOfSixty) {
  EXPECT_EQ(ganzhi_of_year(parse_reign("咸豐七年")), "丁巳");
  EXPECT_EQ(ganzhi_of_year(parse_reign("順治元年")), "甲申");
  EXPECT_EQ(ganzhi_of_day(2000, 1, 1), "戊午");
  EXPECT_EQ(ganzhi_of_day(1857, 12, 28), "庚寅");
}

TEST(Julian, ConvertsBothWaysAndRefusesMissingDays) {
  EXPECT_EQ(to_text(from_julian(1752, 9, 2), false), "1752-09-13");
  EXPECT_EQ(to_text(to_julian(Instant::from_civil(1752, 9, 13, 6)), true), "1752-09-02T06:00:00");
  EXPECT_EQ(to_text(from_julian(1700, 2, 29), false), "1700-03-11");
  EXPECT_EQ(to_text(to_julian(Instant::from_civil(1700, 3, 11)), false), "1700-02-29");
  EXPECT_THROW(from_julian(1701, 2, 29), base::Error);
  for (std::int64_t day = -2'000'000; day < 200'000; day += 97) {
    Instant const instant{day * 86'400};
    auto const civil = to_julian(instant);
    ASSERT_EQ(from_julian(civil.year, civil.month, civil.day), instant);
  }
}

TEST(ParseAny, GivesEdtfForEveryCalendar) {
  EXPECT_EQ(print(parse_any("咸豐七年十一月十三日")), "1857-12-28");
  EXPECT_EQ(print(parse_any("咸豐七年十一月十三日~")), "1857-12-28~");
  EXPECT_EQ(print(parse_any("咸豐七年十一月")), "1857-12-16/1858-01-14");
  EXPECT_EQ(print(parse_any("咸豐七年十一月/咸豐八年正月初五")), "1857-12-16/1858-02-18");
  EXPECT_EQ(print(parse_any("咸豐七年十一月十三日/..")), "1857-12-28/..");
  EXPECT_EQ(print(parse_any("julian:1752-09-02")), "1752-09-13");
  EXPECT_EQ(print(parse_any("julian:1752-09")), "1752-09-12/1752-10-11");
  EXPECT_EQ(print(parse_any("julian:1752-09-02/1752-09-05")), "1752-09-13/1752-09-16");
  EXPECT_EQ(print(parse_any("1752-09-01/julian:1752-09-05")), "1752-09-01/1752-09-16");
  EXPECT_EQ(print(parse_any("1857-12~")), "1857-12~");
  EXPECT_EQ(
      error_of("julian:1752-02-30"),
      "\"julian:1752-02-30\" is not a date: day 30\n  hint: the month has 29 days in the Julian "
      "calendar");
  EXPECT_EQ(
      error_of("咸豐八年/咸豐七年"),
      "\"咸豐八年/咸豐七年\" is not a date: it ends before it begins\n  hint: write the earlier "
      "date first");
}

TEST(CalendarTexts, ADayOrTheFirstAndLastDay) {
  auto const day = calendar_texts(parse_any("1857-12-28"));
  EXPECT_EQ(day.gregorian, "1857-12-28");
  EXPECT_EQ(day.julian, "1857-12-16");
  EXPECT_EQ(day.chinese, "咸豐七年十一月十三日");
  EXPECT_EQ(calendar_texts(parse_any("1857-12-28"), Script::simplified).chinese,
            "咸丰七年十一月十三日");
  auto const open = calendar_texts(parse_any("1857-12-28/.."));
  EXPECT_EQ(open.gregorian, "1857-12-28/..");
  EXPECT_EQ(open.chinese, "咸豐七年十一月十三日/..");
  EXPECT_EQ(calendar_texts(parse_any("1640")).chinese, std::nullopt);
  EXPECT_EQ(calendar_texts(parse_any("1900-03-13")).julian, "1900-02-29");
}

TEST(DescribeAny, KeepsTheInput) {
  auto const report = describe_any("咸豐七年十一月十三日");
  EXPECT_EQ(report.input, "咸豐七年十一月十三日");
  EXPECT_TRUE(report.valid);
  EXPECT_EQ(report.earliest, "1857-12-28");
  EXPECT_EQ(report.canonical, "1857-12-28");
}

}  // namespace
}  // namespace hachure::record
