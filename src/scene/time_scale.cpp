#include "scene/time_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hachure::scene {

namespace {

using record::Bounds;
using record::Instant;

constexpr std::int64_t hour_s = 3600;
constexpr std::int64_t day_s = 86400;

constexpr double quiet_weight = 0.34;
constexpr double most_busy_weight = 2.1;
/// A gap is quiet from so many units on, and from this share of all.
constexpr std::size_t quiet_units = 5;
constexpr std::size_t quiet_share = 9;
constexpr std::size_t least_island = 3;

double span_s(Instant from, Instant to) {
  return static_cast<double>(to.seconds - from.seconds);
}

Instant start_of(record::Civil const& civil, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::hour:
      return Instant::from_civil(civil.year, civil.month, civil.day, civil.hour);
    case TimeUnit::day:
      return Instant::from_civil(civil.year, civil.month, civil.day);
    case TimeUnit::month:
      return Instant::from_civil(civil.year, civil.month, 1);
    case TimeUnit::year:
      break;
  }
  return Instant::from_civil(civil.year, 1, 1);
}

Instant next(Instant at, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::hour:
      return {at.seconds + hour_s};
    case TimeUnit::day:
      return {at.seconds + day_s};
    case TimeUnit::month:
      return record::add(at, {1, 0});
    case TimeUnit::year:
      break;
  }
  return record::add(at, {12, 0});
}

/// The borders of the units that a span is cut into; its own ends are the first and the last.
std::vector<Instant> borders_of(Bounds const& span, TimeUnit unit) {
  std::vector<Instant> borders{span.earliest};
  for (auto at = next(aligned(span.earliest, unit, false), unit); at < span.latest;
       at = next(at, unit)) {
    if (at > borders.back()) borders.push_back(at);
  }
  borders.push_back(span.latest);
  return borders;
}

/// Cells of a row that are quiet: without a change, in a run long enough. The cells beside a change
/// stay as they are, so that what happens has air about it.
std::vector<bool> quiet_cells(std::vector<Instant> const& borders,
                              std::vector<Instant> const& changes) {
  auto const cells = borders.size() - 1;
  std::vector<bool> touched(cells, false);
  for (auto const change : changes) {
    auto const it = std::ranges::upper_bound(borders, change);
    auto const right = static_cast<std::size_t>(it - borders.begin());
    if (right >= 1 && right - 1 < cells) touched[right - 1] = true;
    // A change at a border belongs to both sides of it.
    if (right >= 2 && borders[right - 1] == change) touched[right - 2] = true;
  }
  std::vector<bool> quiet(cells, false);
  for (std::size_t begin = 0; begin < cells;) {
    auto end = begin;
    while (end < cells && !touched[end]) ++end;
    bool const is_long = end - begin >= quiet_units && (end - begin) * quiet_share >= cells;
    for (auto i = begin; is_long && i < end; ++i) quiet[i] = true;
    begin = std::max(end, begin + 1);
  }
  // A short island between two quiet stretches, with a change or two, is not worth two breaks.
  for (std::size_t begin = 1; begin < cells;) {
    auto end = begin;
    while (end < cells && !quiet[end]) ++end;
    bool const between = quiet[begin - 1] && end < cells;
    bool const is_short = end > begin && end - begin <= least_island;
    for (auto i = begin; between && is_short && i < end; ++i) quiet[i] = true;
    begin = std::max(end, begin + 1);
  }
  return quiet;
}

double changes_per_s(TimeStretch const& stretch, std::vector<Instant> const& changes) {
  auto const within = std::ranges::count_if(
      changes, [&](Instant at) { return at >= stretch.from && at <= stretch.to; });
  return static_cast<double>(within) / span_s(stretch.from, stretch.to);
}

}  // namespace

TimeScale::TimeScale(std::vector<TimeStretch> stretches) : stretches_(std::move(stretches)) {
  double total = 0;
  for (auto const& s : stretches_) {
    starts_.push_back(total);
    total += s.weight * span_s(s.from, s.to);
  }
  for (auto& start : starts_) start /= total;
}

double TimeScale::share(Instant at) const {
  if (empty() || at <= from()) return 0;
  if (at >= to()) return 1;
  auto const it = std::ranges::upper_bound(stretches_, at, {}, &TimeStretch::from);
  auto const i = static_cast<std::size_t>(it - stretches_.begin()) - 1;
  double const end = i + 1 < starts_.size() ? starts_[i + 1] : 1;
  auto const& s = stretches_[i];
  return starts_[i] + (end - starts_[i]) * span_s(s.from, at) / span_s(s.from, s.to);
}

TimeUnit unit_of(std::int64_t length_s) {
  if (length_s <= 6 * day_s) return TimeUnit::hour;
  if (length_s <= 215 * day_s) return TimeUnit::day;
  return length_s <= 12 * 366 * day_s ? TimeUnit::month : TimeUnit::year;
}

Instant aligned(Instant at, TimeUnit unit, bool up) {
  auto const start = start_of(record::to_civil(at), unit);
  return up && start < at ? next(start, unit) : start;
}

TimeScale make_time_scale(Bounds const& span, std::vector<Instant> changes, TimeUnit unit) {
  std::erase_if(changes, [&](Instant at) { return at < span.earliest || at > span.latest; });
  std::ranges::sort(changes);
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  auto const borders = borders_of(span, unit);
  auto const quiet = quiet_cells(borders, changes);
  std::vector<TimeStretch> stretches;
  for (std::size_t i = 0; i < quiet.size(); ++i) {
    if (i == 0 || quiet[i] != quiet[i - 1]) {
      stretches.push_back({borders[i], borders[i + 1], quiet[i] ? quiet_weight : 1});
    }
    stretches.back().to = borders[i + 1];
  }
  double calmest = 0;
  for (auto const& s : stretches) {
    double const rate = changes_per_s(s, changes);
    if (s.weight == 1 && rate > 0 && (calmest == 0 || rate < calmest)) calmest = rate;
  }
  for (auto& s : stretches) {
    if (s.weight != 1 || calmest == 0) continue;
    // The square root: twice the length for four times the changes keeps a sense of duration.
    s.weight = std::clamp(std::sqrt(changes_per_s(s, changes) / calmest), 1.0, most_busy_weight);
    s.weight = std::round(s.weight * 10) / 10;
  }
  return TimeScale(std::move(stretches));
}

// --- ticks ---------------------------------------------------------------------------------------

double TickStep::length_s() const {
  return static_cast<double>(seconds) + 86400.0 * days + 30.44 * 86400 * months;
}

std::span<TickStep const> tick_steps() {
  static constexpr std::array steps = {
      TickStep{900, 0, 0},         TickStep{1800, 0, 0},       TickStep{hour_s, 0, 0},
      TickStep{2 * hour_s, 0, 0},  TickStep{3 * hour_s, 0, 0}, TickStep{6 * hour_s, 0, 0},
      TickStep{12 * hour_s, 0, 0}, TickStep{0, 1, 0},          TickStep{0, 2, 0},
      TickStep{0, 5, 0},           TickStep{0, 10, 0},         TickStep{0, 0, 1},
      TickStep{0, 0, 2},           TickStep{0, 0, 3},          TickStep{0, 0, 6},
      TickStep{0, 0, 12},          TickStep{0, 0, 24},         TickStep{0, 0, 60},
      TickStep{0, 0, 120},         TickStep{0, 0, 240},        TickStep{0, 0, 600},
      TickStep{0, 0, 1200},        TickStep{0, 0, 2400}};
  return steps;
}

namespace {

/// Whether a day of the month has a tick: 1, 3, 5 ... 29; 1, 5, 10 ... 25; 1, 10, 20.
bool is_tick_day(int day, int step) {
  if (day == 1) return true;
  if (step < 5) return day % step == 1 % step && day + step <= 32;
  return day % step == 0 && day + step <= 31;
}

bool is_tick_month(record::Civil const& civil, int step) {
  if (step < 12) return (civil.month - 1) % step == 0;
  return civil.month == 1 && civil.year % (step / 12) == 0;
}

}  // namespace

std::vector<Instant> ticks_in(Instant from, Instant to, TickStep const& step) {
  std::vector<Instant> ticks;
  if (step.seconds > 0) {
    auto const rest = ((from.seconds % step.seconds) + step.seconds) % step.seconds;
    auto at = from.seconds + (rest == 0 ? 0 : step.seconds - rest);
    for (; at <= to.seconds; at += step.seconds) ticks.push_back({at});
    return ticks;
  }
  auto const unit = step.days > 0      ? TimeUnit::day
                    : step.months < 12 ? TimeUnit::month
                                       : TimeUnit::year;
  for (auto at = aligned(from, unit, true); at <= to; at = next(at, unit)) {
    auto const civil = record::to_civil(at);
    bool const is_tick =
        step.days > 0 ? is_tick_day(civil.day, step.days) : is_tick_month(civil, step.months);
    if (is_tick) ticks.push_back(at);
  }
  return ticks;
}

// --- nights --------------------------------------------------------------------------------------

namespace {

struct SunTimes {
  Instant rise;
  Instant set;
};

/// Sunrise and sunset of a day in local mean time; nothing in polar day or night.
std::optional<SunTimes> sun_of(Instant midnight, double lat_deg) {
  constexpr double degree = 3.14159265358979323846 / 180;
  // Days since noon of 1 January 2000, at noon of this day.
  double const n = static_cast<double>(midnight.seconds - 946684800) / 86400;
  double const longitude = 280.46646 + 0.98564736 * n;
  double const anomaly = (357.52911 + 0.98560028 * n) * degree;
  double const center = 1.914602 * std::sin(anomaly) + 0.019993 * std::sin(2 * anomaly);
  double const apparent = (longitude + center) * degree;
  constexpr double obliquity = 23.44 * degree;
  double const declination = std::asin(std::sin(obliquity) * std::sin(apparent));
  double const ascension =
      std::atan2(std::cos(obliquity) * std::sin(apparent), std::cos(apparent)) / degree;
  // What the sun is ahead of the clock, in degrees of its daily turn.
  double const equation = std::remainder(longitude - ascension, 360.0);
  // Upper limb on the horizon, with refraction.
  double const cos_h =
      (std::sin(-0.833 * degree) - std::sin(lat_deg * degree) * std::sin(declination)) /
      (std::cos(lat_deg * degree) * std::cos(declination));
  if (!(std::abs(cos_h) < 1)) return {};
  double const half_day_s = std::acos(cos_h) / degree * 240;
  double const noon_s = 43200 - equation * 240;
  return SunTimes{{midnight.seconds + std::llround(noon_s - half_day_s)},
                  {midnight.seconds + std::llround(noon_s + half_day_s)}};
}

}  // namespace

std::vector<Bounds> nights_in(Bounds const& span, geo::LonLat at) {
  std::vector<Bounds> nights;
  if (span.latest.seconds - span.earliest.seconds > 60 * day_s) return nights;
  auto day = aligned(span.earliest, TimeUnit::day, false);
  day.seconds -= day_s;
  for (; day <= span.latest; day.seconds += day_s) {
    auto const today = sun_of(day, at.lat_deg);
    auto const tomorrow = sun_of({day.seconds + day_s}, at.lat_deg);
    if (!today || !tomorrow) continue;
    auto const begin = std::max(today->set, span.earliest);
    auto const end = std::min(tomorrow->rise, span.latest);
    if (begin < end) nights.push_back({begin, end, false, false});
  }
  return nights;
}

}  // namespace hachure::scene
