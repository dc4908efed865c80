#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "base/limits.hpp"
#include "style/expression_parse.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;
using LonLat = FeatureGeometry::LonLat;
using Part = std::vector<LonLat>;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Metres {
  double x = 0;
  double y = 0;
};

/// Metres about one parallel, by the radii of curvature of the WGS 84 ellipsoid there (Snyder, Map
/// Projections: A Working Manual, 1987, eq. 4-18 to 4-20). Good to 0.1 % within some 500 km.
class Ruler {
 public:
  explicit Ruler(double lat_deg) {
    constexpr double degree_rad = std::numbers::pi / 180;
    constexpr double radius_m = 6378137;
    constexpr double flattening = 1 / 298.257223563;
    constexpr double e2 = flattening * (2 - flattening);
    double const sine = std::sin(lat_deg * degree_rad);
    double const w2 = 1 / (1 - e2 * sine * sine);
    double const w = std::sqrt(w2);
    metres_per_lon_ = degree_rad * radius_m * w * std::cos(lat_deg * degree_rad);
    metres_per_lat_ = degree_rad * radius_m * w * w2 * (1 - e2);
  }
  /// From `a` to `b`, the short way round the globe.
  Metres between(LonLat const& a, LonLat const& b) const {
    double lon_deg = b.lon_deg - a.lon_deg;
    lon_deg -= 360 * std::round(lon_deg / 360);
    return {lon_deg * metres_per_lon_, (b.lat_deg - a.lat_deg) * metres_per_lat_};
  }

 private:
  double metres_per_lon_ = 0;
  double metres_per_lat_ = 0;
};

/// Distance of the origin from the segment `a` `b`.
double to_segment(Metres a, Metres b) {
  double const dx = b.x - a.x;
  double const dy = b.y - a.y;
  double const square = dx * dx + dy * dy;
  double const t = square > 0 ? std::clamp(-(a.x * dx + a.y * dy) / square, 0.0, 1.0) : 0;
  return std::hypot(a.x + t * dx, a.y + t * dy);
}

/// A position as a vector tile keeps it: on a grid of 8192 steps to the side of a tile of the
/// zoom (Web Mercator, EPSG:3857).
LonLat in_tile(LonLat p, int zoom) {
  constexpr double pi = std::numbers::pi;
  double const steps = std::ldexp(8192, zoom);
  double const x = std::round((p.lon_deg + 180) / 360 * steps) / steps;
  double const mercator = std::log(std::tan(pi / 4 + p.lat_deg * pi / 360));
  double const y = std::round((0.5 - mercator / (2 * pi)) * steps) / steps;
  return {x * 360 - 180, 360 / pi * std::atan(std::exp((0.5 - y) * 2 * pi)) - 90};
}

double turn(LonLat const& a, LonLat const& b, LonLat const& c) {
  return (b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) -
         (b.lat_deg - a.lat_deg) * (c.lon_deg - a.lon_deg);
}

bool crosses(LonLat const& a, LonLat const& b, LonLat const& c, LonLat const& d) {
  return (turn(a, b, c) > 0) != (turn(a, b, d) > 0) && (turn(c, d, a) > 0) != (turn(c, d, b) > 0);
}

/// Even-odd over all rings; points on the boundary are at distance 0 from it anyway.
bool holds(FeatureGeometry const& area, LonLat const& p) {
  bool inside = false;
  for (auto const& ring : area.parts) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      auto const& a = ring[i];
      auto const& b = ring[i + 1];
      if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg)) continue;
      double const share = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
      if (p.lon_deg < a.lon_deg + share * (b.lon_deg - a.lon_deg)) inside = !inside;
    }
  }
  return inside;
}

/// Segments of a part as index pairs: the points of a geometry of points stand alone.
std::size_t segments_of(FeatureGeometry const& geometry, Part const& part) {
  if (geometry.type == GeometryType::point || part.size() < 2) return part.size();
  return part.size() - 1;
}
LonLat const& end_of(FeatureGeometry const& geometry, Part const& part, std::size_t i) {
  return geometry.type == GeometryType::point || part.size() < 2 ? part[i] : part[i + 1];
}

/// Least distance of two segments, each possibly a point.
double between(Ruler const& ruler, LonLat const& a, LonLat const& b, LonLat const& c,
               LonLat const& d) {
  if (crosses(a, b, c, d)) return 0;
  return std::min({to_segment(ruler.between(a, c), ruler.between(a, d)),
                   to_segment(ruler.between(b, c), ruler.between(b, d)),
                   to_segment(ruler.between(c, a), ruler.between(c, b)),
                   to_segment(ruler.between(d, a), ruler.between(d, b))});
}

/// Least distance between two geometries; 0 where one lies in the other.
double distance_m(FeatureGeometry const& one, FeatureGeometry const& other, Ruler const& ruler) {
  for (auto const* pair : {&one, &other}) {
    auto const& area = *pair;
    auto const& guest = pair == &one ? other : one;
    if (area.type != GeometryType::polygon) continue;
    for (auto const& part : guest.parts) {
      // A line or ring that leaves the area crosses its boundary, so one vertex tells.
      bool const needs_all = guest.type == GeometryType::point || part.empty();
      auto const end = needs_all ? part.end() : part.begin() + 1;
      if (std::any_of(part.begin(), end, [&](LonLat const& p) { return holds(area, p); })) return 0;
    }
  }
  double least = infinity;
  for (auto const& a : one.parts) {
    for (std::size_t i = 0; i < segments_of(one, a); ++i) {
      for (auto const& b : other.parts) {
        for (std::size_t k = 0; k < segments_of(other, b); ++k) {
          least =
              std::min(least, between(ruler, a[i], end_of(one, a, i), b[k], end_of(other, b, k)));
        }
      }
    }
  }
  return least;
}

/// `["distance", geojson]`: metres from the feature to the nearest of the geometries; NaN for a
/// feature without one.
class DistanceNode final : public NumberNode {
 public:
  DistanceNode(std::string key, std::vector<FeatureGeometry> targets)
      : NumberNode({Type::Kind::number, std::move(key), {}}), targets_(std::move(targets)) {}
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Input::feature); }

  bool number(State& state, double& out) const override {
    auto const* geometry = state.context.feature ? state.context.feature->geometry() : nullptr;
    out = std::numeric_limits<double>::quiet_NaN();
    if (!geometry || geometry->parts.empty() || geometry->parts.front().empty()) return true;
    FeatureGeometry rounded;
    if (auto const zoom = state.context.tile_zoom) {
      rounded = *geometry;
      geometry = &rounded;
      for (auto& part : rounded.parts) {
        for (auto& point : part) point = in_tile(point, *zoom);
      }
    }
    Ruler const ruler(geometry->parts.front().front().lat_deg);
    out = infinity;
    for (auto const& target : targets_) out = std::min(out, distance_m(*geometry, target, ruler));
    return true;
  }

 private:
  std::vector<FeatureGeometry> targets_;
};

/// Reads the geometry of an expression's argument (RFC 7946).
class GeometryReader {
 public:
  /// False: it is not what GeoJSON says, or larger than limits::max_expression_nodes positions.
  bool read(Json const& json) {
    if (!json.is_object()) return false;
    auto const type = json.value("type", Json());
    if (type == "FeatureCollection") {
      auto const features = json.find("features");
      if (features == json.end() || !features->is_array()) return false;
      return std::ranges::all_of(*features, [&](Json const& feature) {
        return feature.is_object() && feature.value("type", Json()) == "Feature" && read(feature);
      });
    }
    if (type != "Feature") return add(json);
    auto const geometry = json.find("geometry");
    return geometry != json.end() && geometry->is_object() && add(*geometry);
  }
  std::vector<FeatureGeometry> take() { return std::move(found_); }

 private:
  bool add(Json const& json) {
    auto const type = json.value("type", Json());
    auto const at = json.find("coordinates");
    if (at == json.end() || !at->is_array()) return false;
    FeatureGeometry geometry;
    bool good = false;
    if (type == "Point") {
      geometry.type = GeometryType::point;
      good = add_part(Json::array({*at}), geometry);
    } else if (type == "MultiPoint") {
      geometry.type = GeometryType::point;
      good = add_part(*at, geometry);
    } else if (type == "LineString") {
      geometry.type = GeometryType::line_string;
      good = add_part(*at, geometry);
    } else if (type == "MultiLineString" || type == "Polygon") {
      geometry.type = type == "Polygon" ? GeometryType::polygon : GeometryType::line_string;
      good = add_parts(*at, geometry);
    } else if (type == "MultiPolygon") {
      // Each polygon by itself: overlapping ones would cancel each other out.
      return std::ranges::all_of(*at, [&](Json const& polygon) {
        FeatureGeometry one;
        one.type = GeometryType::polygon;
        if (!add_parts(polygon, one)) return false;
        found_.push_back(std::move(one));
        return true;
      });
    }
    if (good) found_.push_back(std::move(geometry));
    return good;
  }

  bool add_parts(Json const& parts, FeatureGeometry& geometry) {
    return parts.is_array() &&
           std::ranges::all_of(parts, [&](Json const& part) { return add_part(part, geometry); });
  }

  bool add_part(Json const& positions, FeatureGeometry& geometry) {
    if (!positions.is_array()) return false;
    Part part;
    for (auto const& position : positions) {
      bool const is_position = position.is_array() && position.size() >= 2 &&
                               position[0].is_number() && position[1].is_number();
      if (!is_position || ++positions_ > base::limits::max_expression_nodes) return false;
      part.push_back({position[0].get<double>(), position[1].get<double>()});
    }
    geometry.parts.push_back(std::move(part));
    return true;
  }

  std::vector<FeatureGeometry> found_;
  std::size_t positions_ = 0;
};

NodePtr parse_distance(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) {
    return parser.fail(place, "'distance' expression requires exactly one argument, but found " +
                                  std::to_string(json.size() - 1) + " instead.");
  }
  GeometryReader reader;
  auto const is_read = reader.read(json[1]);
  auto targets = reader.take();
  if (!is_read || targets.empty()) {
    return parser.fail(place,
                       "'distance' expression requires valid geojson object that contains polygon "
                       "geometry type.");
  }
  return std::make_unique<DistanceNode>(place.key, std::move(targets));
}

}  // namespace

std::vector<Form> const& distance_forms() {
  static std::vector<Form> const forms = {{"distance", parse_distance}};
  return forms;
}

}  // namespace hachure::style
