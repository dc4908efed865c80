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
  double opacity = 1;  ///< beside the request's own
};

/// A character of a label's text that no font has.
struct MissingLabelGlyph {
  std::string record;
  MissingGlyph glyph;
};

/// The labels of a map, in the order of the requests, which must outlive them.
struct LabelPlacements {
  std::vector<Placement> labels;
  std::vector<MissingLabelGlyph> missing;
};

/// Places all labels of a scene at once; `taken` are boxes of furniture that nothing may cover.
/// placed + unplaced = requested, in the order of the requests. Names spread over several lines of
/// one record appear once (`merged`) unless repetition is asked for. Labels and obstacles that are
/// never on the map at the same time (scene::Lifetime) do not see each other.
/// @param previous where labels stood before, may be null: each stays there unless its text is
///   another one or something hard is in its way
LabelPlacements place_labels(scene::Scene const& scene, std::vector<draw::Box> const& taken,
                             Shaper const& shaper, FrozenPlacement const* previous = nullptr);

}  // namespace hachure::layout
