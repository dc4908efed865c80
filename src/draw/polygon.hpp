#pragma once

#include <vector>

#include "draw/path.hpp"

/// Operations on areas of the page, by GEOS. Areas are Paths of closed straight contours read by
/// the even-odd rule; results likewise, holes after their shells, in GEOS's order made stable by
/// sorting.
namespace hachure::draw {

/// Area grown (or shrunk) by `distance_mm`, round corners of `quadrant_segments` per quarter
/// circle. Straight contours only (cubics are flattened at 0.01 mm). Invalid input is repaired
/// first.
Path buffered(Path const& area, double distance_mm, int quadrant_segments = 8);
/// Area within `distance_mm` of an open line; `flat` ends stop at the end points.
Path buffered_line(std::vector<Point> const& line, double distance_mm, bool flat = false,
                   int quadrant_segments = 8);
Path united(std::vector<Path> const& areas);
/// The same for areas of one contour each that neither crosses nor touches itself, which is not
/// checked; rings of the result thinner than a hundredth of a micrometre are dropped.
Path united_simple(std::vector<Path> const& areas);
Path difference(Path const& area, Path const& cut);
Path intersection(Path const& a, Path const& b);
/// Parts of `line` outside (`inside` = false) or inside the area.
std::vector<std::vector<Point>> clipped_line(std::vector<Point> const& line, Path const& area,
                                             bool inside);
/// Whether the area is valid (no self-crossing) in the sense of the OGC simple features standard.
bool is_valid(Path const& area);
double area_mm2(Path const& area);

}  // namespace hachure::draw
