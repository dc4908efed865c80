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

/// Where a unit is at an instant, derived from its own position and the movements that carry it.
struct UnitState {
  std::optional<geo::LonLat> at;      ///< nothing when no record tells
  std::optional<double> heading_deg;  ///< clockwise from north
  std::optional<double> strength;     ///< between known values by time, linearly
  std::string movement;               ///< the last that has begun by then; empty for none
  bool is_moving = false;             ///< that movement is under way
};

/// States of all units at `instant`, by id. A unit is carried along the path of the last movement
/// that has begun, at the speed that the movement's own time gives (its outer bounds), and stays
/// at its end. Planned movements carry nobody.
std::map<std::string, UnitState> units_at(record::Records const& records, record::Instant instant);

/// How far a movement has come along its path at an instant, 0 to 1 of its length on the ground: at
/// even speed through its outer bounds, or between the points whose time the record gives.
double progress_at(record::Movement const& movement, record::Instant instant);

/// A path and how far along it, by length on the ground.
struct PathPosition {
  geo::LonLat at;
  double heading_deg = 0;  ///< clockwise from north
};

/// The point at `share` (0..1) of the length of a path of at least one point; lengths by the
/// equirectangular rule segment by segment.
PathPosition along(std::vector<geo::LonLat> const& path, double share);

}  // namespace hachure::scene
