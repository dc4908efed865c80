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

/// How a band ends: points from the end of its left edge to that of its right one, and from the
/// start of its right edge to that of its left one; nothing for flat ends.
struct BandEnds {
  std::vector<draw::Point> head;  ///< with `notch` in the end a simple contour of its own
  draw::Point notch;
  std::vector<draw::Point> start;
};

/// Area of the band; valid for any line: where the edges meet, the band is divided until its parts
/// are simple, and these are united.
draw::Path band_area(std::vector<draw::Point> const& points, std::vector<double> const& half_mm,
                     BandEnds const& ends = {});

/// One contour of both edges, from the start of the left one round to that of the right one.
std::vector<draw::Point> closed_contour(BandEdges const& edges, BandEnds const& ends = {});

}  // namespace hachure::scene
