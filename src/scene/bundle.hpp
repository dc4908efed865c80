#pragma once

#include <vector>

#include "scene/axis.hpp"

/// Movements on one route.
namespace hachure::scene {

/// Axes of several movements moved apart where they run on one route, earlier ones staying: each is
/// pushed away from those before it until their bodies are `gap_mm` apart, more gently towards its
/// ends, which stay where they are. `width_mm[i]` is the width of the body of axis i.
std::vector<Axis> moved_apart(std::vector<Axis> const& axes, std::vector<double> const& width_mm,
                              double gap_mm);

}  // namespace hachure::scene
