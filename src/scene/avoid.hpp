#pragma once

#include <optional>

#include "scene/builder.hpp"
#include "scene/page_mask.hpp"

namespace hachure::scene {

/// Ground that a layer keeps off: areas and lines of the classes its property `avoid` names, and
/// `avoid-distance` round them. Nothing if it names none. Only geodata that the style draws at this
/// scale is known.
std::optional<PageMask> mask_of(Builder const& builder, style::Look const& look);

/// The same as an area of the page (even-odd), for what is cut as vectors; may be empty.
draw::Path area_to_avoid(Builder const& builder, style::Look const& look);

}  // namespace hachure::scene
