#pragma once

#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace hachure::record {

/// Reads Well-Known Text (OGC 06-103r4, section 7) in WGS 84 degrees: POINT, MULTIPOINT,
/// LINESTRING, MULTILINESTRING, POLYGON, MULTIPOLYGON, in any case; Z and M are left out; a leading
/// `SRID=4326;` is allowed. Longitudes in [-180, 180], latitudes in [-90, 90]; rings are closed;
/// EMPTY is nothing.
/// @throws Error input without origin: what is wrong and at which character
geo::Geometry parse_wkt(std::string_view text);

/// What is wrong with a position as a message, empty if it is one: `longitude 200 is not within
/// -180 and 180`.
std::string position_problem(geo::LonLat position);

/// A hint to position_problem: the two numbers look swapped, counted eastwards, or projected. May
/// be empty.
std::string position_hint(geo::LonLat position);

/// First position of the geometry that position_problem objects to, or null.
geo::LonLat const* find_bad_position(geo::Geometry const& geometry);

}  // namespace hachure::record
