#pragma once

#include <limits>
#include <optional>

#include "record/edtf.hpp"

/// A record in time: how far it has come at an instant, and how strongly it is drawn there.
namespace hachure::scene {

/// Where a record stands in its own time at an instant.
struct Life {
  enum class Phase { before, running, after };
  Phase phase = Phase::running;
  /// Possible within the outer bounds, certain within the inner ones; absent before and after.
  record::Presence presence = record::Presence::certain;
  double progress = 1;  ///< 0..1 through the outer bounds; 1 where they are open
  /// Seconds since the outer bounds began and ended; negative before, infinite where open.
  double since_start_s = std::numeric_limits<double>::infinity();
  double since_end_s = -std::numeric_limits<double>::infinity();
  /// While running and certain: from when to when that holds without a gap, seconds of Instant.
  double certain_from_s = 1;
  double certain_to_s = 0;
};

/// A record without a date is there at all times.
Life life_at(std::optional<record::Edtf> const& when, record::Instant instant);

/// How a record comes and goes over a sequence: it rises at its start, keeps its full strength to
/// its end and some time after it (plateau), decays to what rests of it, and may fade out at last.
struct LifeCycle {
  double rise_s = 0;
  double plateau_s = 0;
  double decay_s = 0;
  double rest = 1;                                          ///< opacity after the decay
  double fade_s = std::numeric_limits<double>::infinity();  ///< from the decay's end to nothing
};

/// Opacity 0..1 at a point of its life; 0 before it begins.
double opacity_at(Life const& life, LifeCycle const& cycle);

/// Progress eased at both ends, as a body starts and stops: derivative 0 at 0 and 1, a cubic.
double eased(double progress);

}  // namespace hachure::scene
