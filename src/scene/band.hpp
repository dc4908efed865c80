#pragma once

#include <vector>

#include "draw/path.hpp"

/// The area a line of varying width covers. Without GEOS wherever its edges do not meet.
namespace hachure::scene {

/// Edges of a band in the direction of its line: the left one seen with y downwards is that of
/// normal (dy, -dx).
struct BandEdges {
  std::vector<draw::Point> left;
  std::vector<draw::Point> right;
};

/// Edges of the band along `points` with `half_mm` to either side of each (same size, at least two
/// points, no equal neighbours). Outer corners are rounded, so no edge reaches farther from the
/// line than its half width; at inner corners tighter than the half width the edge is cut where it
/// meets itself. Edges may still cross each other and themselves where the line comes back to
/// itself.
BandEdges band_edges(std::vector<draw::Point> const& points, std::vector<double> const& half_mm);

/// Whether a closed contour neither crosses nor touches itself. Segments are sorted along the
/// longer side of the box: near linear for contours of short segments.
bool is_simple(std::vector<draw::Point> const& contour);

/// Area of the band, flat at both ends; valid for any line: where the edges meet, the band is
/// divided until its parts are simple, and these are united. `cap` ends the band otherwise: points
/// from the end of its left edge to that of its right one, which with `cap_base` in the end close a
/// simple contour of their own (the head of an arrow and its notch).
draw::Path band_area(std::vector<draw::Point> const& points, std::vector<double> const& half_mm,
                     std::vector<draw::Point> const& cap = {}, draw::Point cap_base = {});

/// One contour of both edges, from the start of the left one round to that of the right one.
std::vector<draw::Point> closed_contour(BandEdges const& edges,
                                        std::vector<draw::Point> const& between = {});

}  // namespace hachure::scene
