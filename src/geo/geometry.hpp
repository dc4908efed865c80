#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace hachure::geo {

/// WGS 84 degrees, longitude first everywhere.
struct LonLat {
  double lon_deg = 0;
  double lat_deg = 0;
  constexpr bool operator==(LonLat const&) const = default;
};

/// Projected metres, x east and y north of the projection's origin.
struct MapPoint {
  double x_m = 0;
  double y_m = 0;
  constexpr bool operator==(MapPoint const&) const = default;
};

/// Box in degrees; `west` > `east` means that it crosses the antimeridian.
struct LonLatBox {
  double west_deg = 0;
  double south_deg = 0;
  double east_deg = 0;
  double north_deg = 0;
  constexpr bool operator==(LonLatBox const&) const = default;
};

/// Box in projected metres; empty until a point is added.
struct MapBox {
  double min_x_m = std::numeric_limits<double>::infinity();
  double min_y_m = std::numeric_limits<double>::infinity();
  double max_x_m = -std::numeric_limits<double>::infinity();
  double max_y_m = -std::numeric_limits<double>::infinity();

  constexpr bool empty() const { return min_x_m > max_x_m; }
  constexpr double width_m() const { return max_x_m - min_x_m; }
  constexpr double height_m() const { return max_y_m - min_y_m; }
  constexpr MapPoint center() const { return {(min_x_m + max_x_m) / 2, (min_y_m + max_y_m) / 2}; }
  constexpr void add(MapPoint p) {
    min_x_m = std::min(min_x_m, p.x_m);
    min_y_m = std::min(min_y_m, p.y_m);
    max_x_m = std::max(max_x_m, p.x_m);
    max_y_m = std::max(max_y_m, p.y_m);
  }
  constexpr MapBox grown(double by_m) const {
    return {min_x_m - by_m, min_y_m - by_m, max_x_m + by_m, max_y_m + by_m};
  }
  constexpr bool contains(MapPoint p) const {
    return p.x_m >= min_x_m && p.x_m <= max_x_m && p.y_m >= min_y_m && p.y_m <= max_y_m;
  }
  constexpr bool operator==(MapBox const&) const = default;
};

/// Geometry by its dimension. Rings are closed (first = last); a polygon is its shell followed by
/// its holes; `P` is LonLat or MapPoint.
template <class P>
struct Points {
  std::vector<P> at;
};
template <class P>
struct Lines {
  std::vector<std::vector<P>> at;
};
template <class P>
struct Polygons {
  std::vector<std::vector<std::vector<P>>> at;
};
template <class P>
using GeometryOf = std::variant<std::monostate, Points<P>, Lines<P>, Polygons<P>>;

using Geometry = GeometryOf<LonLat>;
using MapGeometry = GeometryOf<MapPoint>;

/// One attribute of a feature. Numbers are doubles; dates come as their text.
using Attribute = std::variant<std::monostate, bool, double, std::string>;

/// A feature of a geodata layer.
struct Feature {
  std::string id;  ///< attribute `id` if there is one, else `<layer>.<feature number>`
  Geometry geometry;
  std::map<std::string, Attribute> attributes;
  base::Origin origin;
};

/// Text of an attribute: numbers in their shortest form, null as "".
std::string to_text(Attribute const& attribute);

}  // namespace hachure::geo
