#pragma once

#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "record/edtf.hpp"

/// Time as a length: the scale of the strip below a map, its ticks, its nights.
namespace hachure::scene {

/// A part of a time scale in which equal times are equally long.
struct TimeStretch {
  record::Instant from;
  record::Instant to;
  double weight = 1;  ///< length of a second, relative to the other stretches
};

/// Piecewise linear scale from an extent of time to 0..1.
class TimeScale {
 public:
  TimeScale() = default;
  /// @pre each stretch begins where the one before ends, is longer than nothing and has weight > 0
  explicit TimeScale(std::vector<TimeStretch> stretches);

  bool empty() const { return stretches_.empty(); }
  record::Instant from() const { return stretches_.front().from; }
  record::Instant to() const { return stretches_.back().to; }
  std::vector<TimeStretch> const& stretches() const { return stretches_; }
  /// Where an instant lies, 0 at the start and 1 at the end; those outside lie at the ends.
  double share(record::Instant at) const;

 private:
  std::vector<TimeStretch> stretches_;
  std::vector<double> starts_;  ///< share at the start of each stretch
};

/// What the units of a strip are: what it can show of a date's precision.
enum class TimeUnit { hour, day, month, year };

/// Hours up to six days, days up to seven months, months up to twelve years, else years.
TimeUnit unit_of(std::int64_t span_s);

/// `at` moved to the start of its hour, day, month or year; `up` to the next start, unless it is
/// one.
record::Instant aligned(record::Instant at, TimeUnit unit, bool up);

/// The scale of `span` for changes at the instants of `changes`: gaps of five units and a ninth of
/// the span or more become quiet stretches of a third of the scale; a stretch with more changes
/// than the calmest one is drawn up to twice as long. Stretches begin and end at whole units.
/// @pre span.earliest < span.latest, both finite
TimeScale make_time_scale(record::Bounds const& span, std::vector<record::Instant> changes,
                          TimeUnit unit);

/// A distance between ticks that a reader counts by: seconds within a day, days of the month, or
/// months.
struct TickStep {
  std::int64_t seconds = 0;  ///< divides a day
  int days = 0;              ///< days 1, 1 + days ... of each month; 5 and 10 are round days
  int months = 0;            ///< months 1, 1 + months ... of each year, years by their number

  /// What a tick of this step is named by.
  TimeUnit unit() const {
    return seconds > 0        ? TimeUnit::hour
           : days > 0         ? TimeUnit::day
           : months % 12 != 0 ? TimeUnit::month
                              : TimeUnit::year;
  }
  /// About how long it is.
  double length_s() const;
};

/// All steps, the finest (15 minutes) first, the coarsest (200 years) last.
std::span<TickStep const> tick_steps();

/// Ticks of a step within [from, to], ascending.
std::vector<record::Instant> ticks_in(record::Instant from, record::Instant to,
                                      TickStep const& step);

/// Nights (sunset to sunrise) that meet `span`, in local mean solar time, which is what clocks
/// showed before zones; none where the sun does not set or rise on a day, or for more than 60 days.
/// Accuracy some minutes. Source: J. Meeus, Astronomical Algorithms, 2nd ed. (1998), chapters 25
/// and 28, low accuracy.
std::vector<record::Bounds> nights_in(record::Bounds const& span, geo::LonLat at);

}  // namespace hachure::scene
