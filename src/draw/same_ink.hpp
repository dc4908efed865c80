#pragma once

#include "draw/drawing.hpp"

namespace hachure::draw {

/// Whether two nodes colour the page alike; names, titles and other words about them may differ.
/// False at times for nodes that do, as when a symbol is given twice, never true for others.
bool same_ink(Node const& a, Node const& b);

}  // namespace hachure::draw
