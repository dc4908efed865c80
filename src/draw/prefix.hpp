#pragma once

#include <string>

#include "draw/drawing.hpp"

namespace hachure::draw {

/// Puts `prefix` before every id in the group, its own included: a page within a page keeps its ids
/// apart.
void prefix_ids(Group& group, std::string const& prefix);

}  // namespace hachure::draw
