#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "draw/path.hpp"
#include "scene/height_field.hpp"

namespace hachure::scene {

/// A line of equal height. Higher ground is on its right as one walks (towards +y when walking
/// towards +x).
struct ContourLine {
  double height_m = 0;
  std::size_t level = 0;  ///< index of the height in the levels asked for
  bool closed = false;    ///< the first point is not repeated
  std::vector<draw::Point> points;
  /// For each point, the lattice edge it lies on: a number that does not depend on the crop.
  std::vector<std::uint64_t> edges;
};

/// Contours at the given heights (ascending), by marching squares with the saddle decided by the
/// mean of the cell (Wyvill, McPheeters and Wyvill 1986), linked into lines. Open lines end at the
/// field's edge or beside unknown nodes.
std::vector<ContourLine> contours(HeightField const& field, std::vector<double> const& levels_m);

/// Ground at or above each height as areas (even-odd), one path per level; areas end at the field's
/// edge. Unknown nodes count as low.
std::vector<draw::Path> areas_above(HeightField const& field, std::vector<double> const& levels_m);

/// Multiples of `interval_m` above `from_m` and not above `to_m`.
/// No more than base::limits::max_contour_levels; the rest is left out.
std::vector<double> even_levels(double interval_m, double from_m, double to_m);

/// Lowest and highest known height; nothing if none is known.
struct HeightRange {
  double low_m = 0;
  double high_m = 0;
};
std::optional<HeightRange> range_of(HeightField const& field);

}  // namespace hachure::scene
