#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "cli/job.hpp"
#include "record/project.hpp"

namespace hachure::cli {

/// Which frames a run has: instants of one map in one language.
struct FramePlan {
  record::MapDefinition const* map = nullptr;
  record::SequenceDefinition const* sequence = nullptr;  ///< null when none is used
  std::string lang;
  std::string style;  ///< that replaces the map's own; may be empty
  std::pair<int, int> size_px{1920, 1080};
  bool on_own_page = false;               ///< the map's own page instead of one of `size_px`
  std::vector<record::Instant> instants;  ///< ascending, at least one
  /// First to last frame, and from there to the end of the last step.
  record::Bounds span;
  std::int64_t step_s = 0;  ///< between frames; of uneven ones their mean
  bool with_time = false;   ///< dates of the frames are told with hours
};

/// The frames that a command line asks for: its own times, else those of the sequence it names,
/// else of the map's first sequence, else over the map's own time. Problems go to `diagnostics`.
FramePlan plan_frames(FramesJob const& job, record::Project const& project,
                      base::Diagnostics& diagnostics);

/// Date of a frame as files and addresses have it, `1857-12-29` or `1857-12-29T08:40:00`.
std::string date_of_frame(FramePlan const& plan, std::size_t index);

/// Date of a frame as its readers have it, `29 December 1857 at 08:40`.
std::string caption_of_frame(FramePlan const& plan, std::size_t index);

}  // namespace hachure::cli
