#pragma once

#include "layout/place.hpp"
#include "layout/stage_layout.hpp"

namespace hachure::layout {

/// The labels of a view on the way between two others, as those have them: each keeps its place
/// beside its record, or on its ground. What only one of the two has, or has elsewhere, fades out
/// in the second quarter of the way, or in during the third.
LabelPlacements carried_labels(scene::Scene const& scene, scene::MapView const& view,
                               LabelPassage const& passage);

}  // namespace hachure::layout
