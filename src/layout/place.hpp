#pragma once

#include <vector>

#include "layout/candidates.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// A label request and where it went.
struct Placement {
  scene::LabelRequest const* request = nullptr;
  std::optional<LabelCandidate> chosen;  ///< nothing: left out
  std::string reason;  ///< placed, no-room, off-page, lower-priority, missing-glyph
};

/// Places all labels of a scene at once; `taken` are boxes of furniture that nothing may cover.
/// placed + unplaced = requested, in the order of the requests. Names spread over several lines of
/// one record appear once (`merged`) unless repetition is asked for.
std::vector<Placement> place_labels(scene::Scene const& scene, std::vector<draw::Box> const& taken,
                                    Shaper const& shaper, std::vector<MissingGlyph>& missing,
                                    std::vector<std::string>& missing_records);

}  // namespace hachure::layout
