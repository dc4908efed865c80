#pragma once

#include <string>
#include <utility>

#include "cli/frame_maker.hpp"

namespace hachure::cli {

/// The frames `range` (first, end) of a run as one HTML page with the events that they show.
std::string page_of_frames(FrameMaker& maker, FramePlan const& plan, record::Project const& project,
                           std::pair<std::size_t, std::size_t> range, double frames_per_second);

}  // namespace hachure::cli
