#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record/project.hpp"

namespace hachure::scene {

/// What has become of a place by an instant, derived from the events up to it.
struct PlaceState {
  std::string holder;     ///< side that holds it; empty for none
  std::string condition;  ///< "", "destroyed", "burnt" or "breached"
  std::string taken_by;   ///< last side that captured it in the interval looked at; empty for none
  std::string since_event;  ///< event that made the holder what it is
};

/// States of all places at `instant`: the events' effects in order of their times (then of their
/// rows), starting from each place's own side. An event takes effect at the end of its possible
/// time (its latest instant); an event without a date never does.
/// @param from start of the interval in which `taken_by` counts
std::map<std::string, PlaceState> states_at(record::Records const& records, record::Instant instant,
                                            std::optional<record::Instant> from = {});

}  // namespace hachure::scene
