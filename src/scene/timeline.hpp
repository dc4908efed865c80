#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "draw/color.hpp"
#include "record/project.hpp"
#include "scene/time_scale.hpp"

namespace hachure::style {
struct FurnitureLook;
}

namespace hachure::scene {

struct Builder;

/// An event or movement of a map as something that takes time.
struct Happening {
  std::string record;       ///< `events.<id>` or `movements.<id>`
  std::string text;         ///< in the map's language, short form
  std::string second_text;  ///< in the second language; may be empty
  std::string brief_text;   ///< the map's form where it is shorter than `text`; may be empty
  record::Kind const* kind = nullptr;
  record::Instant from;
  record::Instant to;           ///< exclusive; `from` for what has no length
  bool from_estimated = false;  ///< known less exactly than the strip shows, or in doubt
  bool to_estimated = false;
  bool is_moment = false;   ///< a point on the strip, at `from`
  record::Instant settled;  ///< of a point: when it has surely happened, at the end of its date
  int number = 0;           ///< of the event key of the whole time; 0 for none
  double rank = 3;          ///< 1 most important
  bool is_movement = false;
  draw::Color color;                        ///< of its side
  std::optional<draw::Color> second_color;  ///< of a second side that takes part with the first
};

/// Numbers of the event key by event id, as draw_events gives them when all of `span` is shown:
/// an event has its number before it has happened.
std::map<std::string, int> numbers_of(Builder& builder, record::Bounds const& span);

/// The unit in which a map's time is told: by its length, but days where no record has an hour.
TimeUnit time_unit(Builder const& builder, record::Bounds const& span);

/// What a map shows between two instants, in order of time, then of importance.
/// @param second tag of a second language; may be empty
std::vector<Happening> happenings_of(Builder& builder, record::Bounds const& span,
                                     std::string const& second);

/// The most important of what runs at an instant or has just happened: of those that run or ended
/// less than `recent_s` ago the one of best rank, then the latest; else the last that ended; null
/// before anything has happened. A point counts from where it is settled, as the state of the map
/// does.
Happening const* current_of(std::vector<Happening> const& happenings, record::Instant at,
                            std::int64_t recent_s);

/// A phase of a lane.
struct Phase {
  Happening what;
  int row = 0;  ///< 0 the first of its lane
};

struct TimelineLane {
  std::string title;
  std::string second_title;   ///< may be empty
  std::vector<Phase> phases;  ///< by start
  int rows = 1;
};

/// The strip of time below a map.
struct Timeline {
  TimeScale scale;
  TimeUnit unit = TimeUnit::hour;   ///< what its ticks and its playhead go by at the finest
  std::vector<TimelineLane> lanes;  ///< each has phases
  std::vector<record::Bounds> nights;
  std::vector<std::string> calendars;  ///< beside the Gregorian one: chinese, julian
  std::vector<std::string> left_out;   ///< records for which no row was left
  bool has_estimates = false;          ///< an end is slanted
};

/// The second language that a piece of furniture asks for (`second`), or an empty text.
std::string second_language(record::FurnitureItem const& item);

/// The timeline of a map over the time of the builder (`--at` does not shorten it), or nothing when
/// nothing on it has a time.
std::optional<Timeline> make_timeline(Builder& builder, record::FurnitureItem const& item);

/// Phases of one lane put into at most `most` rows, the more important first, so that none overlaps
/// another of its row; those without room are taken out and named in `left_out`.
void pack_rows(TimelineLane& lane, TimeScale const& scale, int most,
               std::vector<std::string>& left_out);

/// Height that a strip needs under a look, from the sizes of its type.
double height_mm(Timeline const& timeline, style::FurnitureLook const& look);

/// Sizes of a strip that scene and layout share, from the sizes of its type.
struct StripMeasure {
  double head_mm = 0;  ///< ticks, above the lanes
  double row_mm = 0;   ///< from row to row
  double bar_mm = 0;   ///< height of a bar in it
  double lane_gap_mm = 0;
  double foot_mm = 0;
};
StripMeasure measure_of(Timeline const& timeline, style::FurnitureLook const& look);

}  // namespace hachure::scene
