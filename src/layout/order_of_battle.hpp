#pragma once

#include "layout/furniture.hpp"

namespace hachure::layout {

/// The order of battle as a panel: sides with their units indented under each other, signs,
/// commanders, strengths and losses. It fits its box (the height given, else the frame's): first in
/// more columns, then smaller, down to 5 pt; units that still have no room are left out from the
/// lowest level up, and named in a warning of `problems`.
/// @pre the scene has an order of battle
Panel order_of_battle_panel(scene::Scene const& scene, record::FurnitureItem const& item,
                            Shaper const& shaper, FurnitureProblems& problems);

}  // namespace hachure::layout
