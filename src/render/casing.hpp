#pragma once

#include <optional>

#include "draw/path.hpp"

namespace hachure::render {

/// How far an outline grows, and how exactly.
struct Growth {
  double by_mm = 0;
  double tolerance_mm = 0;  ///< between a round corner and the straight pieces it is made of
};

/// The outline of one closed contour and a stroke with round joins about it, of twice `by_mm`:
/// filled by the rule nonzero, it covers what the contour filled and the stroke cover. Each corner
/// becomes one or a few, while a stroke has both its sides, so that a scan converter has a quarter
/// of the work. Nothing for curves, several contours, and contours that turn round other than once.
std::optional<draw::Path> grown(draw::Path const& path, Growth const& growth);

}  // namespace hachure::render
