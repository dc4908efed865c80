#pragma once

#include <string>
#include <string_view>

#include "record/edtf.hpp"

namespace hachure::record {

/// Dates as a reader of a map expects them, in the language of a BCP-47 tag: order and names by ICU
/// (CLDR), Gregorian throughout (no Julian dates before 1582), 24 hours, years before 1 with their
/// era. `en` is written day first, as in the history books (`28 December 1857`); `en-US` is not.
/// Tags that ICU does not know get its root locale.

/// How much of a date is written, and how long.
struct DateForm {
  EdtfDate::Precision precision = EdtfDate::Precision::day;
  bool short_month = false;  ///< `Dec` for `December`, where the language has short names
  bool with_year = true;     ///< of a month or a day; a year alone is always written
  bool only_last = false;    ///< no more than the unit of the precision: `28`, `Dec`, `1857`

  // A precision alone is the long form with the year.
  DateForm(EdtfDate::Precision shown) : precision(shown) {}  // NOLINT(google-explicit-constructor)
  DateForm(EdtfDate::Precision shown, bool is_short, bool has_year, bool only = false)
      : precision(shown), short_month(is_short), with_year(has_year), only_last(only) {}

  auto operator<=>(DateForm const&) const = default;
};

/// `28 December 1857`, `1857年12月28日`; a part of a day with its time, `28 December 1857, 05:30`.
/// @pre precision is year, month, day, minute or second, and at.is_finite()
std::string format_instant(Instant at, DateForm const& form, std::string_view tag);

/// The time of day, `05:30`. @pre at.is_finite()
std::string format_time(Instant at, std::string_view tag);
/// The day of the week, `Monday`, `星期一`. @pre at.is_finite()
std::string format_weekday(Instant at, std::string_view tag);

/// `28–29 December 1857`, `1857年12月28日至29日`; what both ends share is written once, where the
/// language does so.
/// @pre as format_instant, first <= last
std::string format_range(Instant first, Instant last, DateForm const& form, std::string_view tag);

/// Any date of a record: `c. 1857`, `1857?`, `1850s`, `19th century`, `winter 1857`, `from 1857`,
/// `1856 or 1858`, `28 December 1857 – ?`. Words of doubt are known in English, French, German,
/// traditional and simplified Chinese; other languages get the signs of EDTF. A date that names no
/// one day, month or year otherwise is written as the range it may lie in, as approximate.
std::string format_date(Edtf const& date, std::string_view tag);

/// A date as a map prints it, short: `28 Dec 1857`, `12–13 Nov 1856`, `28 déc. 1857`,
/// `1857年12月28日`; no finer than what is known; the time of day where a date within one day has
/// one. What is approximate or uncertain is marked. Without `with_year` only what is a year keeps
/// it. An extent within one day is that day; open ends are `until` and `from`.
std::string format_date_short(Edtf const& date, std::string_view tag, bool with_year = true);

}  // namespace hachure::record
