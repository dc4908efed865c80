#pragma once

#include <vector>

#include "draw/geometry.hpp"

/// Lines that movements and names follow: page millimetres, arc length, smoothing, cutting.
namespace hachure::scene {

/// Line given as points with the arc length at each, and the width of the body where it varies.
struct Axis {
  std::vector<draw::Point> points;  ///< at least two, no two equal neighbours
  std::vector<double> along_mm;     ///< arc length from the start, same size as points
  std::vector<double> width_mm;     ///< width of the body at each point, or empty

  double length_mm() const { return along_mm.empty() ? 0 : along_mm.back(); }
  bool empty() const { return points.size() < 2; }
  /// Point at arc length `s_mm`, clamped to the ends.
  draw::Point at(double s_mm) const;
  /// Unit direction at `s_mm`.
  draw::Point direction(double s_mm) const;
  /// Width at `s_mm`; 0 where the axis has none.
  double width_at_mm(double s_mm) const;
};

/// The points as an axis, repeated ones dropped; `width_mm` is empty or one per point.
Axis axis_of(std::vector<draw::Point> const& points, std::vector<double> const& width_mm = {});

/// Smooths a path as an officer would sketch it: resampled at `step_mm`, then a Gaussian of
/// standard deviation `smooth_mm` along the arc with the ends held in place. The data's vertices
/// are facts; only the drawing is smoothed. Repeated points are dropped; fewer than two distinct
/// points give an empty axis.
Axis smoothed_axis(std::vector<draw::Point> const& path, double smooth_mm, double step_mm = 0.35);
/// The same of an axis, whose widths are carried along.
Axis smoothed_axis(Axis const& raw, double smooth_mm, double step_mm = 0.35);

/// A curve through every point of the path, sampled at about `step_mm`: centripetal Catmull-Rom
/// splines, which have neither cusps nor loops between two points (Yuksel, Schaefer and Keyser,
/// "Parameterization and applications of Catmull-Rom curves", 2011). Points nearer than a tenth of
/// a millimetre count once. `width_mm`, empty or one per point, is carried linearly between them.
Axis curve_through(std::vector<draw::Point> const& path, std::vector<double> const& width_mm = {},
                   double step_mm = 0.35);

/// The part of `axis` from `from_mm` to `to_mm` (clamped; empty if nothing is left).
Axis part_of(Axis const& axis, double from_mm, double to_mm);

}  // namespace hachure::scene
