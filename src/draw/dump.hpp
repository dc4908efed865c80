#pragma once

#include <string>

#include "draw/drawing.hpp"

namespace hachure::draw {

/// A Drawing as stable, line-oriented text (one node a line, indented by depth; numbers to 0.001
/// mm): for goldens and for comparing two Drawings.
std::string dump(Drawing const& drawing);

/// Box of all ink of a node in page millimetres (stroke widths and halos included), clips ignored.
Box ink_box(Node const& node);

}  // namespace hachure::draw
