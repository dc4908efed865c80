#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace hachure::record {

/// A date and time of the proleptic Gregorian calendar with a year 0 (ISO 8601).
struct Civil {
  std::int64_t year = 1970;
  int month = 1;   ///< 1 to 12
  int day = 1;     ///< 1 to 31
  int hour = 0;    ///< 0 to 23
  int minute = 0;  ///< 0 to 59
  int second = 0;  ///< 0 to 59

  auto operator<=>(Civil const&) const = default;
};

/// A point of the linear time scale of the records: local seconds of the proleptic Gregorian
/// calendar, counted from 1970-01-01T00:00:00, without zones, summer time or leap seconds.
struct Instant {
  std::int64_t seconds = 0;

  auto operator<=>(Instant const&) const = default;

  /// Before every date: the open or unknown start. Also what years before -200,000,000,000 become.
  static constexpr Instant min() { return {std::numeric_limits<std::int64_t>::min()}; }
  /// After every date: the open or unknown end. Also what years after 200,000,000,000 become.
  static constexpr Instant max() { return {std::numeric_limits<std::int64_t>::max()}; }
  constexpr bool is_finite() const { return *this != min() && *this != max(); }

  /// The instant of a civil date and time; saturates to min() and max() beyond 2e11 years.
  /// @pre month 1..12; the other fields may exceed their range and are carried (hour 24, day 32)
  /// Source: days-from-civil of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
  static Instant from_civil(std::int64_t year, int month, int day, int hour = 0, int minute = 0,
                            int second = 0);
};

/// The civil date and time of `instant`. @pre instant.is_finite()
Civil to_civil(Instant instant);

bool is_leap_year(std::int64_t year);
/// 28 to 31. @pre month 1..12
int days_in_month(std::int64_t year, int month);

/// `1857-12-28`, with time `1857-12-28T05:30:00`; years before 0 as `-0003`, beyond 9999 with as
/// many digits as they need and no sign.
std::string to_text(Civil const& civil, bool with_time);

/// The text of to_civil(instant); `-inf` and `inf` for min() and max().
std::string to_text(Instant instant, bool with_time);

/// A length of calendar time; months are added first, then seconds.
struct Duration {
  std::int64_t months = 0;
  std::int64_t seconds = 0;

  bool operator==(Duration const&) const = default;
};

/// Reads ISO 8601 durations of whole numbers (`PT30M`, `P1DT6H`, `P1W`, `P1M`, `P1Y`) and the short
/// forms `90s, 30min, 6h, 1d, 2w, 3mo, 1y`. Positive only.
/// @throws Error usage: anything else, zero, more than 10,000 years
Duration parse_duration(std::string_view text);

/// The shortest ISO 8601 form, `P1D`, `PT30M`, `P1M`; parse_duration reads it back.
std::string to_text(Duration const& duration);

/// `instant` + `count` times `duration`. Months keep the day of the month where it exists and end
/// on the last day of a shorter month (31 January + P1M is 28 February, + twice P1M is 31 March).
/// Infinite instants stay; sums saturate.
Instant add(Instant instant, Duration const& duration, std::int64_t count = 1);

}  // namespace hachure::record
