#pragma once

#include <vector>

#include "draw/geometry.hpp"

/// Movements whose width tells their strength.
namespace hachure::scene {

/// A column as points of the page with the width it has at each.
struct Flow {
  std::vector<draw::Point> points;
  std::vector<double> width_mm;  ///< same size as points
};

/// Flows where they meet, in their order. Points within a thousandth of a millimetre are one.
/// Flows that share a leg (two points one after the other, in either direction) run side by side on
/// it, `gap_mm` apart: the widest in the middle of those that leave it to its left and to its
/// right. A flow that begins or ends on a point of a wider one comes out of that one's side, and in
/// its direction; where several end and one begins they lie side by side across its width, in the
/// order they come from. So columns that join add up, and columns that part share the width.
std::vector<Flow> joined_flows(std::vector<Flow> const& flows, double gap_mm);

}  // namespace hachure::scene
