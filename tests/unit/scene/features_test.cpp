#include "scene/features.hpp"

#include <gtest/gtest.h>

namespace hachure::scene {
namespace {

std::string en(std::string const& date, bool with_year = true) {
  return date_text(record::parse_edtf(date), "en", with_year);
}
std::string zh(std::string const& date, bool with_year = true) {
  return date_text(record::parse_edtf(date), "zh-Hant", with_year);
}

TEST(DateText, OneDate) {
  EXPECT_EQ(en("1857-12-28"), "28 Dec 1857");
  EXPECT_EQ(en("1857-12"), "Dec 1857");
  EXPECT_EQ(en("1857"), "1857");
  EXPECT_EQ(zh("1857-12-28"), "1857年12月28日");
  EXPECT_EQ(zh("1857-12"), "1857年12月");
  EXPECT_EQ(zh("1857"), "1857年");
}

TEST(DateText, MonthsAreAbbreviatedAsInPrint) {
  EXPECT_EQ(en("1857-05"), "May 1857");
  EXPECT_EQ(en("1857-06"), "June 1857");
  EXPECT_EQ(en("1857-07"), "July 1857");
  EXPECT_EQ(en("1857-09-01"), "1 Sept 1857");
}

TEST(DateText, WithoutTheYear) {
  EXPECT_EQ(en("1857-12-28", false), "28 Dec");
  EXPECT_EQ(zh("1857-12-28", false), "12月28日");
  EXPECT_EQ(en("1857", false), "1857");  // nothing else is left
  EXPECT_EQ(zh("1857", false), "1857年");
}

TEST(DateText, WithATime) {
  EXPECT_EQ(en("1857-12-28T06:30"), "28 Dec 1857, 06:30");
  EXPECT_EQ(zh("1857-12-28T06:30"), "1857年12月28日 06:30");
}

TEST(DateText, DaysOfOneMonth) {
  EXPECT_EQ(en("1856-11-12/1856-11-13"), "12–13 Nov 1856");
  EXPECT_EQ(zh("1856-11-12/1856-11-13"), "1856年11月12–13日");
  EXPECT_EQ(en("1856-11-12/1856-11-13", false), "12–13 Nov");
  EXPECT_EQ(zh("1856-11-12/1856-11-13", false), "11月12–13日");
}

TEST(DateText, DaysOfTwoMonths) {
  EXPECT_EQ(en("1856-10-28/1856-11-03"), "28 Oct–3 Nov 1856");
  EXPECT_EQ(zh("1856-10-28/1856-11-03"), "1856年10月28日–11月3日");
}

TEST(DateText, MonthsAndYears) {
  EXPECT_EQ(en("1856-10/1856-11"), "Oct–Nov 1856");
  EXPECT_EQ(en("1857-12-28/1858-01-05"), "28 Dec 1857–5 Jan 1858");
  EXPECT_EQ(zh("1857-12-28/1858-01-05"), "1857年12月28日–1858年1月5日");
  EXPECT_EQ(en("1856/1858"), "1856–1858");
}

TEST(DateText, AnIntervalOfOneDayIsTheDay) {
  EXPECT_EQ(en("1857-12-28/1857-12-28"), "28 Dec 1857");
}

TEST(DateText, OpenEnds) {
  EXPECT_EQ(en("1858-01-05/.."), "5 Jan 1858 on");
  EXPECT_EQ(en("../1858-01-05"), "until 5 Jan 1858");
  EXPECT_EQ(zh("1858-01-05/.."), "1858年1月5日起");
  EXPECT_EQ(zh("../1858-01-05"), "至1858年1月5日");
  EXPECT_EQ(en("../.."), "?");
}

TEST(DateText, ApproximateAndUncertain) {
  EXPECT_EQ(en("1857-12~"), "c. Dec 1857");
  EXPECT_EQ(en("1857-12-28?"), "28 Dec 1857?");
  EXPECT_EQ(en("1857-12-28%"), "c. 28 Dec 1857?");
  EXPECT_EQ(zh("1857-12~"), "約1857年12月");
  EXPECT_EQ(date_text(record::parse_edtf("1857-12~"), "zh-Hans"), "约1857年12月");
}

TEST(DateText, WhatIsNotKnownIsNotPrinted) {
  EXPECT_EQ(en("1857-12-XX"), "Dec 1857");
  EXPECT_EQ(en("1857-XX-XX"), "1857");
  EXPECT_EQ(en("185X"), "1850–1859");
  EXPECT_EQ(zh("185X"), "1850年–1859年");
}

// --- features ------------------------------------------------------------------------------------

std::string text_of(style::Feature const& feature, std::string const& key) {
  auto const* value = feature.find(style::Key(key));
  return value ? value->to_string() : "(none)";
}

Languages const english{"en", {"en", "zh-Hant"}};
Languages const chinese{"zh-Hant", {"en", "zh-Hant"}};

record::Place lin() {
  record::Place place;
  place.id = "lin";
  place.kind = "fort";
  place.side = "qing";
  place.title.by_tag = {{"en", "Fort Lin (East Fort)"}, {"zh-Hant", "林公砲臺"}};
  place.short_title.by_tag = {{"en", "Fort Lin"}};
  place.rank = 2;
  place.uncertainty_m = 50;
  place.sources = {{"cooke", "12"}, {"wong", ""}};
  place.extra["guns"] = 47.0;
  place.extra["built"] = std::string("1841");
  return place;
}

TEST(PlaceFeature, NamesInTheLanguageOfTheMap) {
  auto const place = lin();
  auto const feature = feature_of(place, {}, {}, english);
  EXPECT_EQ(text_of(feature, "name"), "Fort Lin");
  EXPECT_EQ(text_of(feature, "title"), "Fort Lin (East Fort)");
  EXPECT_EQ(text_of(feature, "title:zh-Hant"), "林公砲臺");
  auto const other = feature_of(place, {}, {}, chinese);
  EXPECT_EQ(text_of(other, "name"), "林公砲臺");  // no short form in Chinese: the title
  EXPECT_EQ(text_of(other, "name:en"), "Fort Lin");
}

TEST(PlaceFeature, StateAndColumnsOfTheUser) {
  PlaceState now;
  now.holder = "british";
  now.taken_by = "british";
  now.condition = "destroyed";
  PlaceState before;
  before.holder = "qing";
  auto const feature = feature_of(lin(), now, before, english);
  EXPECT_EQ(text_of(feature, "id"), "lin");
  EXPECT_EQ(text_of(feature, "kind"), "fort");
  EXPECT_EQ(text_of(feature, "holder"), "british");
  EXPECT_EQ(text_of(feature, "side"), "british");
  EXPECT_EQ(text_of(feature, "holder-before"), "qing");
  EXPECT_EQ(text_of(feature, "taken-by"), "british");
  EXPECT_EQ(text_of(feature, "condition"), "destroyed");
  EXPECT_EQ(text_of(feature, "rank"), "2");
  EXPECT_EQ(text_of(feature, "uncertainty_m"), "50");
  EXPECT_EQ(text_of(feature, "source"), "cooke;wong");
  EXPECT_EQ(text_of(feature, "guns"), "47");
  EXPECT_EQ(text_of(feature, "built"), "1841");
}

TEST(PlaceFeature, AColumnOfTheUserDoesNotHideAField) {
  auto place = lin();
  place.extra["id"] = std::string("fake");
  place.extra["holder"] = std::string("fake");
  auto const feature = feature_of(place, {}, {}, english);
  EXPECT_EQ(text_of(feature, "id"), "lin");
  EXPECT_EQ(text_of(feature, "holder"), "");
}

TEST(EventFeature, DateKindAndPlaces) {
  record::Event event;
  event.id = "e1";
  event.kind = record::find_kind("capture");
  event.when = record::parse_edtf("1857-12-28/1857-12-29");
  event.side = "british";
  event.places = {"lin", "gough"};
  event.strength = 5700;
  auto const feature = feature_of(event, english);
  EXPECT_EQ(text_of(feature, "kind"), "capture");
  EXPECT_EQ(text_of(feature, "symbol"), "capture");
  EXPECT_EQ(text_of(feature, "date"), "28–29 Dec 1857");
  EXPECT_EQ(text_of(feature, "date-short"), "28–29 Dec");
  EXPECT_EQ(text_of(feature, "when"), "1857-12-28/1857-12-29");
  EXPECT_EQ(text_of(feature, "place"), "lin;gough");
  EXPECT_EQ(text_of(feature, "strength"), "5700");
  EXPECT_EQ(text_of(feature, "start-year"), "1857");
}

TEST(MovementFeature, KnowsItsUnit) {
  record::Records records;
  record::Unit unit;
  unit.id = "first";
  unit.kind = "infantry";
  unit.title.by_tag = {{"en", "1st Brigade"}};
  unit.commander.by_tag = {{"en", "Holloway"}};
  records.units.push_back(unit);
  record::Movement movement;
  movement.id = "m";
  movement.kind = record::find_kind("advance");
  movement.unit = "first";
  auto const feature = feature_of(movement, records, english);
  EXPECT_EQ(text_of(feature, "unit"), "first");
  EXPECT_EQ(text_of(feature, "unit-kind"), "infantry");
  EXPECT_EQ(text_of(feature, "unit-name"), "1st Brigade");
  EXPECT_EQ(text_of(feature, "commander"), "Holloway");
  EXPECT_EQ(text_of(feature, "has-short"), "false");
}

TEST(GeodataFeature, NameByTheLanguageOfTheMap) {
  geo::Feature source;
  source.id = "river.1";
  source.geometry = geo::Lines<geo::LonLat>{};
  source.attributes = {{"name", std::string("Pearl River")},
                       {"name:zh-Hant", std::string("珠江")},
                       {"width", 800.0},
                       {"tidal", true}};
  EXPECT_EQ(text_of(feature_of(source, chinese), "name"), "珠江");
  EXPECT_EQ(text_of(feature_of(source, {"fr", {}}), "name"), "Pearl River");
  EXPECT_EQ(text_of(feature_of(source, english), "width"), "800");
  EXPECT_EQ(text_of(feature_of(source, english), "tidal"), "true");
  EXPECT_EQ(feature_of(source, english).geometry_type(), style::GeometryType::line_string);
}

TEST(GeodataFeature, FallbacksDoNotBeatThePlainName) {
  geo::Feature source;
  source.attributes = {{"name", std::string("Pearl River")}, {"name:zh-Hant", std::string("珠江")}};
  // The plain name is the one of the layer's own language, which an English map takes.
  EXPECT_EQ(text_of(feature_of(source, english), "name"), "Pearl River");
}

}  // namespace
}  // namespace hachure::scene
