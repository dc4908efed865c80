#pragma once

#include <optional>
#include <vector>

#include "geo/geometry.hpp"

/// Planar operations on plain coordinates: degrees before projecting, metres after it.
namespace hachure::geo {

/// Axis-aligned window in the units of the points it clips.
struct Window {
  double min_x = 0;
  double min_y = 0;
  double max_x = 0;
  double max_y = 0;
};

/// A plain planar point; LonLat and MapPoint convert to it where frames do not matter.
struct Plane {
  double x = 0;
  double y = 0;
  constexpr bool operator==(Plane const&) const = default;
};

/// Part of a closed ring inside the window (Sutherland and Hodgman 1974): one closed ring that may
/// run along the window's edges, or empty. Windows are chosen wider than what is drawn, so that
/// these edges stay unseen.
std::vector<Plane> clip_ring(std::vector<Plane> const& ring, Window const& window);

/// Parts of a line inside the window (Liang and Barsky 1984), in order.
std::vector<std::vector<Plane>> clip_line(std::vector<Plane> const& line, Window const& window);

/// Line without the vertices that lie within `tolerance` of it (Douglas and Peucker 1973). End
/// points stay. A closed ring keeps at least four points; if it collapses, it comes back empty.
std::vector<Plane> simplified(std::vector<Plane> const& line, double tolerance);

/// Signed area of a closed ring, positive counter-clockwise (x right, y up).
double signed_area(std::vector<Plane> const& ring);

/// Point inside the rings (even-odd) farthest from their outline, for anchoring a name.
/// @param precision stop when no cell can beat the best by more
/// Source: Garcia-Castellanos and Lombardo 2007; cell queue after Mapbox's "polylabel" (2016).
/// Ends after 20,000 cells on any input. Nothing for rings without area.
std::optional<Plane> pole_of_inaccessibility(std::vector<std::vector<Plane>> const& rings,
                                             double precision);

}  // namespace hachure::geo
