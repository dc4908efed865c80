#pragma once

#include <optional>
#include <vector>

#include "scene/builder.hpp"

/// Where movements begin and end on the page: clear of symbols and walls, or turned back.
namespace hachure::scene {

/// What is cut off an axis at its two ends.
struct Trim {
  double start_mm = 0;
  double end_mm = 0;
};

/// The axis without its trimmed ends. At least a third of it stays: what is asked for beyond that
/// is cut down in proportion.
Axis trimmed(Axis const& axis, Trim const& trim);

/// Length from the start of the axis that lies within `clear_mm` of a box it begins in or beside; 0
/// where it begins clear of it.
double length_within(Axis const& axis, draw::Box const& box, double clear_mm);

/// Length from the end of the axis back to where it is `clear_mm` before the first of the lines
/// that its last `reach_mm` touch or come near to; 0 where none is.
double length_behind(Axis const& axis, std::vector<std::vector<draw::Point>> const& lines,
                     double clear_mm, double reach_mm);

/// The trims that the style asks for and those that the symbols at the ends and the ground named by
/// `movement-stop-at` make needful.
Trim trim_of(Builder& builder, style::Look const& look, record::Movement const& movement,
             Axis const& axis);

/// The axis with a way back beside it: out on the right, a turn of `gap_mm`, and `share` of the way
/// back on the left. Unchanged for a share of 0, and for a way that comes back of itself.
Axis out_and_back(Axis const& axis, double gap_mm, double share);

/// The part of out_and_back() before its turn; names are set along it.
Axis way_out(Axis const& course, double share);

}  // namespace hachure::scene
