#include "scene/life.hpp"

#include <algorithm>
#include <limits>

namespace hachure::scene {

Life life_at(std::optional<record::Edtf> const& when, record::Instant instant) {
  Life life;
  constexpr double ever_s = std::numeric_limits<double>::infinity();
  if (!when) {
    life.certain_from_s = -ever_s;
    life.certain_to_s = ever_s;
    return life;
  }
  auto const bounds = record::outer(*when);
  auto const since = [&](record::Instant from) {
    return static_cast<double>(instant.seconds) - static_cast<double>(from.seconds);
  };
  if (bounds.earliest.is_finite()) life.since_start_s = since(bounds.earliest);
  if (bounds.latest.is_finite()) life.since_end_s = since(bounds.latest);
  life.presence = record::presence(*when, instant);
  if (instant < bounds.earliest) {
    life.phase = Life::Phase::before;
    life.progress = 0;
  } else if (instant > bounds.latest) {
    life.phase = Life::Phase::after;
  } else if (bounds.earliest.is_finite() && bounds.latest.is_finite()) {
    // A date ends with its last second; a path that is done at noon is whole at noon.
    double const length = life.since_start_s - life.since_end_s;
    life.progress = length > 0 ? std::clamp(life.since_start_s / length, 0.0, 1.0) : 1;
  }
  // Sets have gaps that their bounds do not tell.
  bool const has_gaps = when->kind() == record::Edtf::Kind::all_of;
  auto const certain = record::inner(*when);
  if (life.presence == record::Presence::certain && certain && !has_gaps) {
    auto const seconds = [](record::Instant at, double open) {
      return at.is_finite() ? static_cast<double>(at.seconds) : open;
    };
    life.certain_from_s = seconds(certain->earliest, -ever_s);
    life.certain_to_s = seconds(certain->latest, ever_s);
  }
  return life;
}

double opacity_at(Life const& life, LifeCycle const& cycle) {
  if (life.phase == Life::Phase::before) return 0;
  double const risen =
      cycle.rise_s > 0 ? std::clamp(life.since_start_s / cycle.rise_s, 0.0, 1.0) : 1;
  double const after_plateau = life.since_end_s - cycle.plateau_s;
  if (after_plateau <= 0) return risen;
  double const decayed =
      cycle.decay_s > 0 ? std::clamp(after_plateau / cycle.decay_s, 0.0, 1.0) : 1;
  double const rest = 1 + (cycle.rest - 1) * decayed;
  double const after_decay = after_plateau - cycle.decay_s;
  if (after_decay <= 0) return risen * rest;
  double const faded = cycle.fade_s > 0 ? std::clamp(after_decay / cycle.fade_s, 0.0, 1.0) : 1;
  return risen * rest * (1 - faded);
}

double eased(double progress) {
  double const p = std::clamp(progress, 0.0, 1.0);
  return p * p * (3 - 2 * p);
}

}  // namespace hachure::scene
