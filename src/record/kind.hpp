#pragma once

#include <span>
#include <string_view>

namespace hachure::record {

/// What an event or movement of a kind needs as its geometry.
enum class NeededGeometry {
  none,   ///< may stand without any place
  place,  ///< a place or a point
  path,   ///< a line, or two or more places
};

/// What the time of a kind means for the picture at an instant.
enum class TimeMeaning {
  progress,  ///< runs over its interval and is drawn up to its progress
  duration,  ///< lasts over its interval
  moment,    ///< happens, and stays as a fact afterwards
};

/// What a kind does to the state of its places.
enum class Effect {
  none,
  holder,     ///< `side` holds the place from the event's time on
  restore,    ///< `side` gives the place back to whoever held it before
  destroyed,  ///< condition "destroyed"
  burnt,      ///< condition "burnt"
  breached,   ///< condition "breached"
};

/// What sort of action a kind is: the lane of a timeline that it is in by default.
enum class Family { army, fleet, guns, other };

/// A row of the table of kinds: everything the program knows about one sort of event.
struct Kind {
  std::string_view id;
  NeededGeometry geometry;
  TimeMeaning time;
  Effect effect;
  std::string_view symbol;    ///< default symbol (styles/symbols/<symbol>.svg); empty for lines
  std::string_view sentence;  ///< alt text: {side}, {unit}, {place}, {against} are filled in
  Family family = Family::army;
};

/// All kinds, in the order in which `hachure list kinds` prints them.
std::span<Kind const> kinds();

/// The kind with this id, or null.
Kind const* find_kind(std::string_view id);

}  // namespace hachure::record
