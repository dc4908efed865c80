#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "geo/geometry.hpp"
#include "geo/raster_source.hpp"

/// Ground from form lines and spot heights, where no raster of heights exists.
namespace hachure::geo {

/// A height that is known along a line, or at a place: a line of one point.
struct KnownHeight {
  std::vector<LonLat> line;
  double height_m = 0;
};

/// Heights of the points, lines and rings of features whose `attribute` is a number of metres. A
/// feature without the attribute gives none; a value that is no number is an error with the
/// feature's origin.
std::vector<KnownHeight> known_heights(std::vector<Feature const*> const& features,
                                       std::string const& attribute,
                                       base::Diagnostics& diagnostics);

/// A grid over the box of the known heights, by linear interpolation in their Delaunay
/// triangulation (GDAL's, by Qhull), with the edges of the triangles rounded over two
/// or three cells. Not a number outside their hull.
/// @param max_cells bounds the grid
/// @throws base::Error input: fewer than three heights, or all of them on one line; environment: a
///   GDAL without triangulation
HeightGrid interpolated_heights(std::vector<KnownHeight> const& heights, std::size_t max_cells);

}  // namespace hachure::geo
