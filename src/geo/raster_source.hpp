#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "geo/geometry.hpp"

namespace hachure::geo {

/// Heights on a regular grid of degrees; row 0 is the northernmost.
struct HeightGrid {
  int columns = 0;
  int rows = 0;
  double west_deg = 0;   ///< centre of the first column
  double north_deg = 0;  ///< centre of the first row
  double step_lon_deg = 0;
  double step_lat_deg = 0;      ///< positive; rows go south
  std::vector<float> height_m;  ///< row by row; no-data cells are NaN

  /// Height by bilinear interpolation; NaN outside the grid or beside a no-data cell.
  double at(LonLat place) const;
};

/// Part of a raster's first band inside `box`, resampled (average or bilinear) to no more than
/// `max_cells` cells. Any reference system that GDAL warps to WGS 84.
/// @throws Error input: no such file, not a raster, no reference system
HeightGrid read_heights(std::string const& data, std::string const& label, LonLatBox const& box,
                        std::size_t max_cells);

}  // namespace hachure::geo
