#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scene/time_scale.hpp"

/// What furniture of time says, in the language of a BCP-47 tag.
namespace hachure::scene {

/// A tick's words: the hour, the day, the month or the year; what begins a larger unit names that
/// (midnight its day, the first of a month the month, January the year), unless `is_first`: at the
/// start of a strip context_text stands beside the tick.
std::string tick_text(record::Instant at, TimeUnit unit, std::string_view tag,
                      bool is_first = false);
/// Whether a tick begins a larger unit.
bool is_major_tick(record::Instant at, TimeUnit unit);
/// The larger unit in which a strip begins: the day of hours, the month of days, the year of
/// months.
std::string context_text(record::Instant at, TimeUnit unit, std::string_view tag);
/// The words of the playhead's tab on a strip of `unit`.
std::string tab_text(record::Instant at, TimeUnit unit, std::string_view tag);

/// A day, month or year in other calendars; one that does not have it gives nothing.
/// @param calendars names of record::other_calendars()
std::vector<std::string> calendar_texts(record::Instant at, TimeUnit unit,
                                        std::vector<std::string> const& calendars,
                                        std::string_view tag);

/// The texts of a date plate.
struct DateWords {
  std::string big;                  ///< hour of a day, else the date itself
  std::string weekday;              ///< of hours and days
  std::string date;                 ///< beside the hour; empty where `big` is it
  std::vector<std::string> others;  ///< in the other calendars, those that have the date
};

/// An instant on a plate that goes by `unit`.
/// @param calendars names of record::other_calendars()
DateWords date_words(record::Instant at, TimeUnit unit, std::vector<std::string> const& calendars,
                     std::string_view tag);
/// The time of a map, which may be an interval.
DateWords date_words(record::Edtf const& when, std::vector<std::string> const& calendars,
                     std::string_view tag);

}  // namespace hachure::scene
