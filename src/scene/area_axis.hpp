#pragma once

#include "draw/path.hpp"
#include "scene/axis.hpp"

/// The line along which the name of an area is set.
namespace hachure::scene {

/// The backbone of an area on the page (its outer contour and holes, even-odd): the longest of the
/// shortest ways through it, where a step costs the more the nearer it is to the outline, so that
/// the way keeps to the middle; smoothed by a third of the area's width, since letters follow the
/// sweep of a shape and not its bays. Its widths are those of the area there. After the idea of
/// medial axes for names of areas (Barrault, "A methodology for placement and evaluation of area
/// map labels", 2001). Its ends, which run into corners, are cut. Empty for areas that are less
/// than twice as long as they are wide or that lie straight and level: their names stand level.
Axis axis_of_area(draw::Path const& area);

}  // namespace hachure::scene
