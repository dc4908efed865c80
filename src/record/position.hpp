#pragma once

#include <optional>

#include "geo/geometry.hpp"

namespace hachure::record {

/// Where a name or symbol for the whole geometry stands: the first point; the middle by length of
/// the longest line; the centroid of the largest area's shell. Degrees are taken as plane, which is
/// good enough within one place.
std::optional<geo::LonLat> middle_of(geo::Geometry const& geometry);

}  // namespace hachure::record
