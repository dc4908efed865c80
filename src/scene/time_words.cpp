#include "scene/time_words.hpp"

#include "base/message.hpp"
#include "base/text.hpp"
#include "record/calendar.hpp"
#include "record/date_format.hpp"

namespace hachure::scene {

namespace {

using record::Instant;
using Precision = record::EdtfDate::Precision;

}  // namespace

std::string tick_text(Instant at, TimeUnit unit, std::string_view tag, bool is_first) {
  auto const civil = record::to_civil(at);
  switch (unit) {
    case TimeUnit::hour:
      if (civil.hour == 0 && civil.minute == 0 && !is_first) {
        return record::format_instant(at, {Precision::day, true, false}, tag);
      }
      return record::format_time(at, tag);
    case TimeUnit::day:
      if (civil.day == 1 && !is_first)
        return record::format_instant(at, {Precision::month, true, false, true}, tag);
      return record::format_instant(at, {Precision::day, true, false, true}, tag);
    case TimeUnit::month:
      if (civil.month == 1 && !is_first) break;
      return record::format_instant(at, {Precision::month, true, false, true}, tag);
    case TimeUnit::year:
      break;
  }
  return record::format_instant(at, Precision::year, tag);
}

bool is_major_tick(Instant at, TimeUnit unit) {
  auto const civil = record::to_civil(at);
  switch (unit) {
    case TimeUnit::hour:
      return civil.hour == 0 && civil.minute == 0;
    case TimeUnit::day:
      return civil.day == 1;
    case TimeUnit::month:
      return civil.month == 1;
    case TimeUnit::year:
      break;
  }
  return false;
}

std::string context_text(Instant at, TimeUnit unit, std::string_view tag) {
  switch (unit) {
    case TimeUnit::hour:
      return record::format_instant(at, {Precision::day, true, false}, tag);
    case TimeUnit::day:
      return record::format_instant(at, {Precision::month, true, true}, tag);
    case TimeUnit::month:
      return record::format_instant(at, Precision::year, tag);
    case TimeUnit::year:
      break;
  }
  return {};
}

std::string tab_text(Instant at, TimeUnit unit, std::string_view tag) {
  switch (unit) {
    case TimeUnit::hour:
      return record::format_time(at, tag);
    case TimeUnit::day:
    case TimeUnit::month:
      return record::format_instant(at, {Precision::day, true, false}, tag);
    case TimeUnit::year:
      break;
  }
  return record::format_instant(at, {Precision::month, true, true}, tag);
}

namespace {

Precision precision_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::hour:
    case TimeUnit::day:
      return Precision::day;
    case TimeUnit::month:
      return Precision::month;
    case TimeUnit::year:
      break;
  }
  return Precision::year;
}

/// A day, month or year in the Qing calendar; empty where that has none.
std::string chinese_text(Instant at, TimeUnit unit, std::string_view tag) {
  auto const civil = record::to_civil(at);
  auto reign = record::to_reign(civil.year, civil.month, civil.day);
  if (!reign) return {};
  // Their months and years are not ours: of a Gregorian month only the reign's year can be said.
  if (unit >= TimeUnit::month) reign->month = 0, reign->day = 0, reign->leap = false;
  bool const is_simplified = base::language_of(tag) == "zh-Hans";
  return record::print(*reign,
                       is_simplified ? record::Script::simplified : record::Script::traditional);
}

std::string julian_text(Instant at, TimeUnit unit, std::string_view tag) {
  auto const c = record::to_julian(at);
  // The Julian day as a day of the formatting calendar, so that its names and order serve.
  auto const shown = Instant::from_civil(c.year, c.month, c.day);
  auto const text = record::format_instant(shown, precision_of(unit), tag);
  return base::filled(base::message("date.julian", tag), {{"date", text}});
}

/// `咸豐七年十一月十三日至十四日`: what both ends share is written once.
std::string chinese_range(record::Bounds const& bounds, std::string_view tag) {
  auto const first = base::to_utf32(chinese_text(bounds.earliest, TimeUnit::day, tag));
  auto const last = base::to_utf32(chinese_text(bounds.latest, TimeUnit::day, tag));
  if (first.empty() || last.empty() || first == last) return base::to_utf8(first);
  std::size_t shared = 0;
  for (std::size_t i = 0; i < std::min(first.size(), last.size()) && first[i] == last[i]; ++i) {
    if (first[i] == U'年' || first[i] == U'月') shared = i + 1;
  }
  return base::to_utf8(first + U"至" + last.substr(shared));
}

std::string julian_range(record::Bounds const& bounds, std::string_view tag) {
  auto const shown = [](Instant at) {
    auto const c = record::to_julian(at);
    return Instant::from_civil(c.year, c.month, c.day);
  };
  auto const text =
      record::format_range(shown(bounds.earliest), shown(bounds.latest), Precision::day, tag);
  return base::filled(base::message("date.julian", tag), {{"date", text}});
}

}  // namespace

std::vector<std::string> calendar_texts(Instant at, TimeUnit unit,
                                        std::vector<std::string> const& calendars,
                                        std::string_view tag) {
  std::vector<std::string> texts;
  for (auto const& calendar : calendars) {
    auto text = calendar == "chinese" ? chinese_text(at, unit, tag) : julian_text(at, unit, tag);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

DateWords date_words(Instant at, TimeUnit unit, std::vector<std::string> const& calendars,
                     std::string_view tag) {
  DateWords words;
  auto const date = record::format_instant(at, precision_of(unit), tag);
  if (unit == TimeUnit::hour) {
    words.big = record::format_time(at, tag);
    words.date = date;
  } else {
    words.big = date;
  }
  if (unit <= TimeUnit::day) words.weekday = record::format_weekday(at, tag);
  words.others = calendar_texts(at, unit, calendars, tag);
  return words;
}

DateWords date_words(record::Edtf const& when, std::vector<std::string> const& calendars,
                     std::string_view tag) {
  DateWords words;
  words.big = record::format_date(when, tag);
  auto const bounds = record::outer(when);
  if (!bounds.earliest.is_finite() || !bounds.latest.is_finite()) return words;
  for (auto const& calendar : calendars) {
    auto text = calendar == "chinese" ? chinese_range(bounds, tag) : julian_range(bounds, tag);
    if (!text.empty()) words.others.push_back(std::move(text));
  }
  return words;
}

}  // namespace hachure::scene
