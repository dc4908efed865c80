#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "layout/solver.hpp"

namespace hachure::layout {

/// A rectangle on the page, turned about its centre. Units and turning sense are the page's; only
/// relative positions matter here.
struct OrientedBox {
  double cx_mm = 0;
  double cy_mm = 0;
  double half_width_mm = 0;
  double half_height_mm = 0;
  double angle_rad = 0;  ///< from the x axis towards the y axis
};

/// The area of one candidate: one box for a straight label, one per cluster for a curved or widely
/// spaced one, thin ones for a leader line. Empty: never in conflict.
struct CandidateShape {
  int label = 0;
  std::vector<OrientedBox> boxes;
  /// When it is there, ends included; shapes of different times are never in conflict.
  std::int64_t from_s = std::numeric_limits<std::int64_t>::min();
  std::int64_t to_s = std::numeric_limits<std::int64_t>::max();
};

/// Overlaps no deeper than this are touching, not overlap.
inline constexpr double touch_epsilon_mm = 1e-7;

/// Whether the interiors of two boxes meet deeper than touch_epsilon_mm (separating axes).
bool overlap(OrientedBox const& a, OrientedBox const& b);

/// All pairs of candidates of different labels whose shapes overlap in place and time, numbered by
/// their position in `shapes`, a < b, ascending, hard. Uniform grid; near-linear for boxes of
/// similar size.
std::vector<Conflict> find_conflicts(std::span<CandidateShape const> shapes);

}  // namespace hachure::layout
