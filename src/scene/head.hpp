#pragma once

#include <vector>

#include "draw/path.hpp"
#include "scene/axis.hpp"

/// Heads and starts of movements.
namespace hachure::scene {

enum class HeadKind {
  filled,
  open,     ///< two strokes
  doubled,  ///< two filled ones, one behind the other
  hooked,   ///< barbs drawn out backwards in curves
  broken,   ///< parted from the body by a gap: a movement beaten off
  none
};

enum class StartKind {
  flat,
  round,
  tail,  ///< notched like a swallow's
  block  ///< the unit's block, from which the movement sets out
};

/// Size of a head on the page.
struct HeadSize {
  double length_mm = 0;
  double width_mm = 0;  ///< across the barbs
  double sweep = 0.16;  ///< barbs swept back, in lengths of the head
};

/// A head as points.
struct HeadOutline {
  std::vector<draw::Point> around;  ///< from the left barb over the tip to the right barb
  draw::Point notch;                ///< where the body goes in
};

/// The head at the end of `axis`. Its direction is that of the stretch as long as itself, not of
/// the last segment; it bends with the axis, up to an eighth of its length.
HeadOutline head_outline(Axis const& axis, HeadSize const& size, HeadKind kind);

/// Points from the right end of the start's edge to the left one (as seen along `axis`, with normal
/// (dy, -dx) to the left), for a body `width_mm` wide there; empty for flat starts.
std::vector<draw::Point> start_outline(Axis const& axis, double width_mm, StartKind kind);

}  // namespace hachure::scene
