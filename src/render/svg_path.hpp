#pragma once

#include <string>

#include "draw/path.hpp"

namespace hachure::render {

/// The value of an SVG attribute `d`: relative commands from coordinates rounded to 0.001 mm, so
/// that nothing drifts.
std::string path_data(draw::Path const& path);

/// The value of an SVG attribute `transform` that turns clockwise about a point of the page.
std::string rotation(double angle_rad, draw::Point about);

}  // namespace hachure::render
