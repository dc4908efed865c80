#include "record/date_format.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hachure::record {
namespace {

std::string text(std::string const& edtf, std::string const& tag) {
  return format_date(parse_edtf(edtf), tag);
}

TEST(FormatDate, PlainDatesInFiveLanguages) {
  EXPECT_EQ(text("1857-12-28", "en"), "28 December 1857");
  EXPECT_EQ(text("1857-12-28", "en-US"), "December 28, 1857");
  EXPECT_EQ(text("1857-12-28", "fr"), "28 décembre 1857");
  EXPECT_EQ(text("1857-12-28", "de"), "28. Dezember 1857");
  EXPECT_EQ(text("1857-12-28", "zh-Hant"), "1857年12月28日");
  EXPECT_EQ(text("1857-12-28", "zh-Hans"), "1857年12月28日");
  EXPECT_EQ(text("1857-12", "fr"), "décembre 1857");
  EXPECT_EQ(text("1857", "zh-Hant"), "1857年");
  EXPECT_EQ(text("1857-12-XX", "en"), "December 1857");
}

TEST(FormatDate, NeverTurnsJulian) {
  EXPECT_EQ(text("1066-10-14", "en"), "14 October 1066");
  EXPECT_EQ(text("-0043-03-15", "en"), "15 March 44 BC");
  EXPECT_EQ(text("0000", "de"), "1 v. Chr.");
}

TEST(FormatDate, RangesWriteWhatIsSharedOnce) {
  EXPECT_EQ(text("1857-12-28/1857-12-29", "en"), "28–29 December 1857");
  EXPECT_EQ(text("1857-12-28/1857-12-29", "de"), "28.–29. Dezember 1857");
  EXPECT_EQ(text("1857-12-28/1857-12-29", "zh-Hant"), "1857年12月28日至29日");
  EXPECT_EQ(text("1856/1858", "en"), "1856–1858");
  EXPECT_EQ(text("1856/1858", "zh-Hant"), "1856年至1858年");
  EXPECT_EQ(text("1857-12-28T05:00/1857-12-28T15:00", "en"), "28 December 1857, 05:00–15:00");
}

TEST(FormatDate, DoubtAndOpenEndsInWords) {
  EXPECT_EQ(text("1857~", "en"), "c. 1857");
  EXPECT_EQ(text("1857-12-28~", "fr"), "vers le 28 décembre 1857");
  EXPECT_EQ(text("1857%", "de"), "um 1857 (?)");
  EXPECT_EQ(text("1857?", "zh-Hans"), "1857年（?）");
  EXPECT_EQ(text("1857/..", "en"), "from 1857");
  EXPECT_EQ(text("../1857-12-28", "de"), "bis zum 28. Dezember 1857");
  EXPECT_EQ(text("1857/", "en"), "1857 – ?");
  EXPECT_EQ(text("1857~", "sv"), "1857~");
  EXPECT_EQ(text("1950S2", "en"), "c. 1950");
}

TEST(FormatDate, PeriodsSeasonsAndSets) {
  EXPECT_EQ(text("185X", "en"), "1850s");
  EXPECT_EQ(text("18XX", "fr"), "XIXe siècle");
  EXPECT_EQ(text("18", "de"), "19. Jahrhundert");
  EXPECT_EQ(text("185X", "zh-Hant"), "1850年代");
  EXPECT_EQ(text("1857-24", "en"), "winter 1857/58");
  EXPECT_EQ(text("1899-24", "en"), "winter 1899/1900");
  EXPECT_EQ(text("1857-24", "zh-Hant"), "1857年冬");
  EXPECT_EQ(text("[1856,1858]", "en"), "1856 or 1858");
  EXPECT_EQ(text("[1856,1858]", "de"), "1856 oder 1858");
  EXPECT_EQ(text("{1856,1858..1860}", "en"), "1856 and 1858–1860");
  EXPECT_EQ(text("185X-12", "en"), "c. 1850–1859");
}

// --- the short form; English and Chinese: tests/unit/scene/features_test.cpp ---------------------

std::string brief(std::string const& edtf, std::string const& tag, bool with_year = true) {
  return format_date_short(parse_edtf(edtf), tag, with_year);
}

TEST(FormatDateShort, FrenchAndGermanAreOfIcu) {
  EXPECT_EQ(brief("1857-12-28", "fr"), "28 déc. 1857");
  EXPECT_EQ(brief("1857-12-28", "de"), "28. Dez. 1857");
  EXPECT_EQ(brief("1857-12-28", "fr", false), "28 déc.");
  EXPECT_EQ(brief("1857-12-28T06:30", "fr"), "28 déc. 1857, 06:30");
  EXPECT_EQ(brief("1856-11-12/1856-11-13", "fr"), "12–13 nov. 1856");
  EXPECT_EQ(brief("1856-11-12/1856-11-13", "de", false), "12.–13. Nov.");
  EXPECT_EQ(brief("1856-10/1856-11", "fr"), "oct.–nov. 1856");
  EXPECT_EQ(brief("1857-12-28/1858-01-05", "de"), "28. Dez. 1857 – 5. Jan. 1858");
}

TEST(FormatDateShort, WordsOfDoubtInEachLanguage) {
  EXPECT_EQ(brief("1857-12-28~", "fr"), "v. 28 déc. 1857");
  EXPECT_EQ(brief("1857-12-28?", "de"), "28. Dez. 1857 (?)");
  EXPECT_EQ(brief("../1858-01-05", "fr"), "jusqu’au 5 janv. 1858");
  EXPECT_EQ(brief("../1858", "fr"), "jusqu’en 1858");
  EXPECT_EQ(brief("1858-01-05/..", "de"), "ab 5. Jan. 1858");
}

TEST(FormatParts, TimeWeekdayAndSingleUnits) {
  auto const at = Instant::from_civil(1857, 12, 29, 8, 40);
  using enum EdtfDate::Precision;
  for (auto const* tag : {"en", "fr", "de", "zh-Hant", "zh-Hans"}) {
    EXPECT_EQ(format_time(at, tag), "08:40") << tag;
  }
  EXPECT_EQ(format_weekday(at, "en"), "Tuesday");
  EXPECT_EQ(format_weekday(at, "fr"), "mardi");
  EXPECT_EQ(format_weekday(at, "zh-Hant"), "星期二");
  EXPECT_EQ(format_instant(at, {day, true, true, true}, "en"), "29");
  EXPECT_EQ(format_instant(at, {day, true, true, true}, "zh-Hant"), "29日");
  EXPECT_EQ(format_instant(at, {month, true, true, true}, "fr"), "déc.");
  EXPECT_EQ(format_instant(at, {month, true, true}, "zh-Hant"), "1857年12月");
  EXPECT_EQ(format_instant(at, {day, true, false}, "de"), "29. Dez.");
}

}  // namespace
}  // namespace hachure::record
