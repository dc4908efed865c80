#pragma once

#include <vector>

#include "draw/path.hpp"

/// The movement arrow as geometry: page millimetres in, polygons out; no colour, no map.
namespace hachure::scene {

/// Line given as evenly spaced points with the arc length at each.
struct Axis {
  std::vector<draw::Point> points;  ///< at least two, no two equal neighbours
  std::vector<double> along_mm;     ///< arc length from the start, same size as points

  double length_mm() const { return along_mm.empty() ? 0 : along_mm.back(); }
  bool empty() const { return points.size() < 2; }
  /// Point at arc length `s_mm`, clamped to the ends.
  draw::Point at(double s_mm) const;
  /// Unit direction at `s_mm`.
  draw::Point direction(double s_mm) const;
};

/// Smooths a path as an officer would sketch it: resampled at `step_mm`, then a Gaussian of
/// standard deviation `smooth_mm` along the arc with the ends held in place. The data's vertices
/// are facts; only the drawing is smoothed. Repeated points are dropped; fewer than two distinct
/// points give an empty axis.
Axis smoothed_axis(std::vector<draw::Point> const& path, double smooth_mm, double step_mm = 0.35);

/// The part of `axis` from `from_mm` to `to_mm` (clamped; empty if nothing is left).
Axis part_of(Axis const& axis, double from_mm, double to_mm);

/// Axes of several movements moved apart where they run on one route, earlier ones staying: each is
/// pushed away from those before it until their bodies are `gap_mm` apart, more gently towards its
/// ends, which stay where they are. `width_mm[i]` is the width of the body of axis i.
std::vector<Axis> moved_apart(std::vector<Axis> const& axes, std::vector<double> const& width_mm,
                              double gap_mm);

/// Shape of an arrow. Widths in millimetres on the page.
struct ArrowShape {
  enum class Head { filled, open, doubled, none };
  Head head = Head::filled;
  double width_start_mm = 0.7;  ///< at the tail
  double width_mm = 1.5;        ///< before the head
  double head_width_mm = 3.2;   ///< across the barbs
  double head_length_mm = 3.5;
  double head_sweep = 0.16;  ///< barbs swept back, in head lengths
};

/// An arrow as polygons.
struct Arrow {
  draw::Path body;     ///< shaft and head as one area (or only the shaft, for open heads)
  draw::Path strokes;  ///< open heads: lines to stroke
  Axis shaft;          ///< middle line up to where the head begins
  draw::Point tip;
  double head_length_mm = 0;  ///< after shortening
};

/// Width of the body at arc length `s_mm` of a body `length_mm` long: tapers from start to full
/// width over the first three quarters (a mix of linear and smoothstep).
double body_width_mm(ArrowShape const& shape, double s_mm, double length_mm);

/// The arrow along `axis`. The head's direction is the chord over its own length, not the last
/// segment; head and body shrink together when the path is short, so that the head never takes more
/// than 45 % of the length. Valid for any axis: bends tighter than the width are united from convex
/// pieces.
Arrow make_arrow(Axis const& axis, ArrowShape const& shape);

/// Pieces of the body between arc lengths, for dashed looks: each dash a polygon of the body's
/// width.
draw::Path dashes_of(Axis const& shaft, ArrowShape const& shape, double on_mm, double off_mm);
/// Dots along the shaft, for uncertain routes: circles of `diameter_mm` every `pitch_mm`.
draw::Path dots_of(Axis const& shaft, double diameter_mm, double pitch_mm);

}  // namespace hachure::scene
