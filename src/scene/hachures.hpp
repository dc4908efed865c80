#pragma once

#include <vector>

#include "draw/path.hpp"
#include "scene/contour.hpp"
#include "scene/height_field.hpp"
#include "scene/page_mask.hpp"

namespace hachure::scene {

/// How slopes are drawn by strokes. Lengths on the page; slopes in metres per metre.
struct HachureLook {
  std::vector<double> levels_m;    ///< form lines between which the rows lie, ascending
  double spacing_mm = 0.47;        ///< between strokes of a row on the gentlest slope
  double spacing_steep_mm = 0.32;  ///< and on the steepest
  double width_mm = 0.055;         ///< at the top of a stroke on the gentlest slope
  double width_steep_mm = 0.16;    ///< and on the steepest
  double widest_mm = 0.19;         ///< never more, whatever the light adds
  double taper = 0.38;             ///< width at the foot, in widths at the top
  double flattest = 0.03;          ///< slopes below are left white
  double steepest = 0.27;          ///< slopes from here on have the heaviest strokes
  double shortest_mm = 0.35;       ///< shorter strokes are left out
  double longest_mm = 1.9;         ///< longer rows are not filled
  double least_gap_mm = 0.2;       ///< a stroke ends where it comes so near to another of its row
  double light = 0.5;      ///< how much the side away from the light is heavier; 0: Lehmann's
                           ///< vertical light
  double light_deg = 315;  ///< where the light comes from, clockwise from the top of the page
};

/// One stroke: a line of steepest descent from a form line to the next.
struct HachureStroke {
  std::vector<draw::Point> line;  ///< from the top down
  double width_mm = 0.1;          ///< at the top
  std::size_t level = 0;          ///< index of the form line it starts from: its row
};

/// Slopes as rows of strokes, after J. G. Lehmann, "Darstellung einer neuen Theorie der
/// Bezeichnung der schiefen Flaechen" (1799): strokes run down the slope, heavier and closer where
/// it is steeper. Rows lie between form lines; where these stand so close that strokes would be
/// specks, a row spans two, four ... of them. Every stroke is placed by the ground about it, so
/// that a crop of the field has the same strokes but near its edges. No two strokes of a row meet.
/// @param avoid ground that strokes do not enter; may be null
std::vector<HachureStroke> hachure_strokes(HeightField const& field, HachureLook const& look,
                                           PageMask const* avoid);

/// Outline of the strokes as closed contours (nonzero), tapered from `width_mm` to `taper` of it.
draw::Path tapered(std::vector<HachureStroke> const& strokes, double taper);

/// Form lines for a scale: the first at 0.00006 of its denominator in metres, the steps growing
/// evenly, so that low hills still have three or four rows and high ones are not black.
std::vector<double> form_line_levels(double scale, double highest_m);

}  // namespace hachure::scene
