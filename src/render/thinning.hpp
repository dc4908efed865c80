#pragma once

#include "draw/path.hpp"

namespace hachure::render {

/// The path without those corners between straight pieces that lie within `tolerance_mm` of the
/// straight piece that takes their place. Strokes cost by the corner, and shapes of a map have many
/// within a pixel. One pass of sleeve fitting (Z. Zhao, A. Saalfeld, "Linear-time sleeve-fitting
/// polyline simplification algorithms", Auto-Carto 13, 1997) that also keeps the corners at which a
/// line turns back.
draw::Path thinned(draw::Path const& path, double tolerance_mm);

}  // namespace hachure::render
