#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "geo/geometry.hpp"

namespace hachure::geo {

/// A map projection between WGS 84 degrees and projected metres, through PROJ.
/// Objects are not shared between threads; copies are cheap to make with clone().
class Projection {
 public:
  /// `text`: "EPSG:32649", a PROJ string, WKT, or a name of the table below ("web-mercator", ...).
  /// @throws Error input when PROJ does not know it
  static Projection from_text(std::string const& text, base::Origin const& origin = {});

  /// The projection chosen for a view: `width_deg` is the longitude span.
  /// Below 6 degrees UTM of the centre's zone (or transverse Mercator on the centre when the view
  /// leaves the zone), up to 60 degrees Lambert conformal conic with standard parallels at 1/6 and
  /// 5/6 of the latitude span (Deetz and Adams 1921), beyond that Equal Earth on the centre.
  static Projection automatic(LonLatBox const& view);

  ~Projection();
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  Projection clone() const;

  /// Projected metres of a place, or nothing where the projection is not defined.
  std::optional<MapPoint> forward(LonLat at) const;
  /// Degrees of a projected point, or nothing.
  std::optional<LonLat> inverse(MapPoint at) const;
  /// Projects in place order; points that fail become NaN.
  void forward(std::span<LonLat const> from, std::span<MapPoint> to) const;

  /// One line for the sources note, e.g. "UTM zone 49N, WGS 84".
  std::string const& name() const;
  /// PROJ text that makes the same projection again.
  std::string const& definition() const;
  /// Longitude about which lines are unwrapped before projecting, so that a feature on both sides
  /// of the antimeridian stays in one piece.
  double central_meridian_deg() const;

 private:
  struct Impl;
  explicit Projection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A named projection: `projection: equal-earth` in a map.
struct ProjectionRow {
  std::string_view id;
  std::string_view proj;  ///< PROJ string; {lon} and {lat} stand for the view's centre
  std::string_view sentence;
};
std::span<ProjectionRow const> projections();

}  // namespace hachure::geo
