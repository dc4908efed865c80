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

}  // namespace
}  // namespace hachure::record
