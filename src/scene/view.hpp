#pragma once

#include <optional>
#include <vector>

#include "draw/geometry.hpp"
#include "geo/projection.hpp"
#include "record/project.hpp"

namespace hachure::scene {

/// The one way from the globe to the page: a projection, a scale, a turn.
class MapView {
 public:
  /// @param frame where the map lies on the page
  /// @throws base::Error input: an empty extent, a centre the projection does not reach
  static MapView make(record::Project const& project, record::MapDefinition const& map,
                      draw::Box frame);

  /// Scale denominator, true at the centre of the view.
  double scale() const { return scale_; }
  draw::Box const& frame() const { return frame_; }
  geo::Projection const& projection() const { return projection_; }
  geo::LonLat center() const { return center_; }
  /// Box of degrees that holds everything in the frame with a margin; west > east across the
  /// antimeridian.
  geo::LonLatBox const& box() const { return box_; }
  /// Direction of north on the page at the centre, clockwise from up.
  double north_rad() const;

  std::optional<draw::Point> to_page(geo::LonLat at) const;
  draw::Point to_page(geo::MapPoint at) const;
  geo::MapPoint to_map(draw::Point at) const;
  std::optional<geo::LonLat> to_lonlat(draw::Point at) const;

  /// Parts of a line on the page, clipped to the frame grown by `margin_mm`.
  std::vector<std::vector<draw::Point>> line(std::vector<geo::LonLat> const& line,
                                             double margin_mm) const;
  /// Rings of a polygon on the page, closed, clipped likewise (edges along the clip window lie
  /// outside the frame).
  std::vector<std::vector<draw::Point>> polygon(std::vector<std::vector<geo::LonLat>> const& rings,
                                                double margin_mm) const;

 private:
  MapView(geo::Projection projection) : projection_(std::move(projection)) {}
  void measure_box();
  /// Projected metres per metre on the ground at the centre.
  double stretch_at_center() const;
  /// The line shifted by whole turns so that it is continuous and lies by the view.
  std::vector<std::vector<geo::LonLat>> unwrapped(std::vector<geo::LonLat> const& line) const;

  geo::Projection projection_;
  draw::Box frame_;
  geo::LonLat center_;
  geo::MapPoint origin_;  ///< projected centre
  double mm_per_m_ = 1;
  double scale_ = 1;
  double cos_ = 1;
  double sin_ = 0;
  geo::LonLatBox box_;
};

}  // namespace hachure::scene
