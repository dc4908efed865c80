#include "record/instant.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/error.hpp"

namespace hachure::record {

namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t max_year = 200'000'000'000;
/// More than any record lasts; keeps every sum of a duration far from overflow.
constexpr std::int64_t max_duration_years = 10'000;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

/// Days since 1970-01-01 of a day in the proleptic Gregorian calendar.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  auto const era = floor_div(year, 400);
  auto const year_of_era = year - era * 400;
  auto const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  auto const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::string padded(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

[[noreturn]] void refuse(std::string_view text, std::string const& reason) {
  throw base::Error(base::Fault::usage, {},
                    "\"" + std::string(text.substr(0, 60)) + "\" is not a duration: " + reason,
                    "write P1D, PT30M, P1W or P1M, or 1d, 30min, 6h, 2w, 3mo, 1y");
}

/// What one unit is worth; `designator` is its ISO letter in the date or the time part.
struct Unit {
  std::string_view short_name;
  char designator;
  bool in_time_part;
  std::int64_t months;
  std::int64_t seconds;
};

constexpr std::array<Unit, 7> units{{{"y", 'Y', false, 12, 0},
                                     {"mo", 'M', false, 1, 0},
                                     {"w", 'W', false, 0, 7 * day_seconds},
                                     {"d", 'D', false, 0, day_seconds},
                                     {"h", 'H', true, 0, 3600},
                                     {"min", 'M', true, 0, 60},
                                     {"s", 'S', true, 0, 1}}};

/// Takes the digits at the front of `rest`; at most 12, so that no product overflows.
std::int64_t take_number(std::string_view text, std::string_view& rest) {
  std::int64_t value = 0;
  std::size_t digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
    value = value * 10 + (rest[digits++] - '0');
    if (digits > 12) refuse(text, "longer than 10,000 years");
  }
  if (digits == 0) refuse(text, rest.empty() ? "no number" : "expected a whole number");
  rest.remove_prefix(digits);
  return value;
}

/// `value` units of one kind, refused beyond 10,000 years (which also keeps products small).
Duration scaled(std::string_view text, std::int64_t value, Unit const& unit) {
  auto const most = unit.months != 0 ? max_duration_years * 12 / unit.months
                                     : max_duration_years * 366 * day_seconds / unit.seconds;
  if (value > most) refuse(text, "longer than 10,000 years");
  return {value * unit.months, value * unit.seconds};
}

Duration parse_iso(std::string_view text) {
  Duration sum;
  auto rest = text.substr(1);
  bool in_time = false;
  std::size_t next_unit = 0;
  bool any = false;
  while (!rest.empty()) {
    if (rest.front() == 'T' && !in_time) {
      in_time = true;
      any = false;
      rest.remove_prefix(1);
      continue;
    }
    auto const value = take_number(text, rest);
    if (rest.empty()) refuse(text, "a number without a unit");
    while (next_unit < units.size() && (units[next_unit].designator != rest.front() ||
                                        units[next_unit].in_time_part != in_time)) {
      ++next_unit;
    }
    if (next_unit == units.size()) refuse(text, "unexpected \"" + std::string(rest) + "\"");
    auto const part = scaled(text, value, units[next_unit]);
    sum.months += part.months;
    sum.seconds += part.seconds;
    any = true;
    ++next_unit;
    rest.remove_prefix(1);
  }
  if (!any) refuse(text, "no number");
  if (sum == Duration{}) refuse(text, "zero");
  return sum;
}

Duration parse_short(std::string_view text) {
  auto rest = text;
  auto const value = take_number(text, rest);
  auto const unit = std::ranges::find(units, rest, &Unit::short_name);
  if (unit == units.end()) {
    if (rest == "m") refuse(text, "\"m\" could be minutes or months");
    refuse(text,
           rest.empty() ? "a number without a unit" : "unknown unit \"" + std::string(rest) + "\"");
  }
  if (value == 0) refuse(text, "zero");
  return scaled(text, value, *unit);
}

}  // namespace

bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

Instant Instant::from_civil(std::int64_t year, int month, int day, int hour, int minute,
                            int second) {
  if (year > max_year) return max();
  if (year < -max_year) return min();
  return {days_from_civil(year, month, day) * day_seconds + std::int64_t{hour} * 3600 +
          std::int64_t{minute} * 60 + second};
}

Civil to_civil(Instant instant) {
  auto const days = floor_div(instant.seconds, day_seconds);
  auto const time = static_cast<int>(instant.seconds - days * day_seconds);
  auto const shifted = days + 719'468;
  auto const era = floor_div(shifted, 146'097);
  auto const day_of_era = shifted - era * 146'097;
  auto const year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  auto const day_of_year =
      static_cast<int>(day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
  auto const shifted_month = (5 * day_of_year + 2) / 153;
  auto const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0),
          month,
          day_of_year - (153 * shifted_month + 2) / 5 + 1,
          time / 3600,
          time / 60 % 60,
          time % 60};
}

std::string to_text(Civil const& civil, bool with_time) {
  auto text = (civil.year < 0 ? "-" : "") + padded(std::abs(civil.year), 4) + "-" +
              padded(civil.month, 2) + "-" + padded(civil.day, 2);
  if (with_time) {
    text +=
        "T" + padded(civil.hour, 2) + ":" + padded(civil.minute, 2) + ":" + padded(civil.second, 2);
  }
  return text;
}

std::string to_text(Instant instant, bool with_time) {
  if (instant == Instant::min()) return "-inf";
  if (instant == Instant::max()) return "inf";
  return to_text(to_civil(instant), with_time);
}

Duration parse_duration(std::string_view text) {
  if (text.empty()) refuse(text, "it is empty");
  return text.front() == 'P' ? parse_iso(text) : parse_short(text);
}

std::string to_text(Duration const& duration) {
  std::string text = "P";
  auto const put = [&text](std::int64_t value, char designator) {
    if (value != 0) text += std::to_string(value) + designator;
  };
  put(duration.months / 12, 'Y');
  put(duration.months % 12, 'M');
  auto const days = duration.seconds / day_seconds;
  auto const time = duration.seconds % day_seconds;
  // Weeks exclude other designators in ISO 8601-1:2004 readers, so they are used alone.
  if (days % 7 == 0 && time == 0 && duration.months == 0) {
    put(days / 7, 'W');
  } else {
    put(days, 'D');
  }
  if (time != 0) text += 'T';
  put(time / 3600, 'H');
  put(time / 60 % 60, 'M');
  put(time % 60, 'S');
  return text == "P" ? "PT0S" : text;
}

Instant add(Instant instant, Duration const& duration, std::int64_t count) {
  if (!instant.is_finite()) return instant;
  Instant sum = instant;
  std::int64_t months = 0;
  std::int64_t seconds = 0;
  bool const overflow = __builtin_mul_overflow(duration.months, count, &months) ||
                        __builtin_mul_overflow(duration.seconds, count, &seconds);
  if (overflow) return count < 0 ? Instant::min() : Instant::max();
  if (months != 0) {
    auto const civil = to_civil(instant);
    auto const total = civil.year * 12 + civil.month - 1;
    std::int64_t shifted = 0;
    if (__builtin_add_overflow(total, months, &shifted)) {
      return count < 0 ? Instant::min() : Instant::max();
    }
    auto const year = floor_div(shifted, 12);
    auto const month = static_cast<int>(shifted - year * 12) + 1;
    sum = Instant::from_civil(year, month, std::min(civil.day, days_in_month(year, month)),
                              civil.hour, civil.minute, civil.second);
    if (!sum.is_finite()) return sum;
  }
  if (__builtin_add_overflow(sum.seconds, seconds, &sum.seconds)) {
    return seconds < 0 ? Instant::min() : Instant::max();
  }
  return sum;
}

}  // namespace hachure::record
