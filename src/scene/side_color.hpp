#pragma once

#include <string>

#include "scene/builder.hpp"

namespace hachure::scene {

/// A side's colour in furniture: that of the style's `furniture.side-color`, else its own.
draw::Color furniture_side_color(Builder const& builder, std::string const& side);

}  // namespace hachure::scene
