#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/edtf.hpp"
#include "record/instant.hpp"

/// Calendars beside the Gregorian one: reign dates of the Qing dynasty, 8 February 1644 to
/// 17 February 1912, and the Julian calendar.
namespace hachure::record {

/// A day, month or year of a Qing reign.
struct ReignDate {
  int era = 0;        ///< 0 Shunzhi to 9 Xuantong
  int year = 1;       ///< of the era, 1 is 元年
  int month = 0;      ///< 1 to 12, 0 when only the year is known
  bool leap = false;  ///< the leap month after `month`
  int day = 0;        ///< 1 to 30, 0 when only the month is known

  bool operator==(ReignDate const&) const = default;
};

/// Chinese characters of the texts.
enum class Script { traditional, simplified };

/// Reads `咸豐七年十一月十三日` and the like: traditional or simplified; `元年`, `正月`, `冬月`,
/// `臘月`, `閏五月`, `初一`, `廿三`, `卅`, `朔`, `晦`; Chinese, ASCII or full-width digits; the
/// year as, or followed by, its sexagenary name (`咸豐丁巳年`, `咸豐七年丁巳`); the day likewise
/// (`十一月丁酉`); a dynasty in front; spaces anywhere; the month or the day may be missing.
/// @throws Error input when it is not one, when the era, year, month or day does not exist, or when
///         two of its parts contradict each other
ReignDate parse_reign(std::string_view text);

/// First and last second of the day, month or year. @pre a date from parse_reign or to_reign
Bounds extent_of(ReignDate const& date);

/// The reign date of a Gregorian day, or nothing outside the Qing calendar. An era is used for
/// whole years, as was the custom: the emperor who died in 1861 gave his era to all of that year.
std::optional<ReignDate> to_reign(std::int64_t year, int month, int day);

/// `咸豐七年十一月十三日`, `同治元年閏八月`; parse_reign reads it back.
std::string print(ReignDate const& date, Script script = Script::traditional);

/// Sexagenary name of the reign date's year, `丁巳`.
std::string ganzhi_of_year(ReignDate const& date);
/// Sexagenary name of a Gregorian day, `丁酉`; the cycle of days runs unbroken through all
/// calendars.
std::string ganzhi_of_day(std::int64_t year, int month, int day);

/// Midnight (Gregorian scale) of a day of the Julian calendar. Year 0 is 1 BC.
/// @throws Error input when there is no such day
Instant from_julian(std::int64_t year, int month, int day);
/// The day of the Julian calendar at an instant, with its time. @pre at.is_finite()
Civil to_julian(Instant at);

/// Whether `text` is meant for parse_any's other calendars: `julian:` in front, or Chinese.
bool is_other_calendar(std::string_view text);

/// Reads EDTF, reign dates and `julian:1752-09-02` (also `julian:1752-09`, `julian:1752`). The two
/// latter may carry one qualifier at the end and may be the ends of an interval, `A/B` (`julian:`
/// in front of the first end is meant for both); what they mean is given in EDTF: a day as a date,
/// a month or year as the interval of its days.
/// @throws Error input as parse_edtf and parse_reign do
Edtf parse_any(std::string_view text);

/// describe() for all that parse_any reads; `input` is the text as given.
DateReport describe_any(std::string_view text);

/// A date in each calendar, for `hachure date` and for maps: a day as its date, anything longer as
/// `first/last`; open ends are `..`, unknown ones empty.
struct CalendarTexts {
  std::string gregorian;               ///< `1857-12-28`
  std::string julian;                  ///< `1857-12-16`
  std::optional<std::string> chinese;  ///< `咸豐七年十一月十三日`; nothing when an end is outside
};

CalendarTexts calendar_texts(Edtf const& date, Script script = Script::traditional);

}  // namespace hachure::record
