#pragma once

#include <string>

#include "geo/geometry.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// A GeoJSON geometry (RFC 7946 section 3.1); null is none. Of a GeometryCollection the parts of
/// the highest dimension are kept. Heights are left out; positions are WGS 84 and checked.
/// @throws Error input with the line of the offending value in `file`
geo::Geometry read_geojson_geometry(Node const& node, std::string const& file);

}  // namespace hachure::record
