#include <algorithm>
#include <nlohmann/json.hpp>

#include "style/expression_parse.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;
using LonLat = FeatureGeometry::LonLat;
using Ring = std::vector<LonLat>;
using Polygon = std::vector<Ring>;

/// Twice the area of a, b, c: positive when they turn left.
double turn(LonLat const& a, LonLat const& b, LonLat const& c) {
  return (b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) -
         (b.lat_deg - a.lat_deg) * (c.lon_deg - a.lon_deg);
}

bool lies_on(LonLat const& p, LonLat const& a, LonLat const& b) {
  return turn(a, b, p) == 0 && p.lon_deg >= std::min(a.lon_deg, b.lon_deg) &&
         p.lon_deg <= std::max(a.lon_deg, b.lon_deg) &&
         p.lat_deg >= std::min(a.lat_deg, b.lat_deg) && p.lat_deg <= std::max(a.lat_deg, b.lat_deg);
}

/// Strictly inside by even-odd: the boundary is outside.
bool is_inside(LonLat const& p, Polygon const& polygon) {
  bool inside = false;
  for (auto const& ring : polygon) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      auto const& a = ring[i];
      auto const& b = ring[i + 1];
      if (lies_on(p, a, b)) return false;
      if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg)) continue;
      double const share = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
      if (p.lon_deg < a.lon_deg + share * (b.lon_deg - a.lon_deg)) inside = !inside;
    }
  }
  return inside;
}

bool crosses(LonLat const& a, LonLat const& b, LonLat const& c, LonLat const& d) {
  return (turn(a, b, c) > 0) != (turn(a, b, d) > 0) && (turn(c, d, a) > 0) != (turn(c, d, b) > 0);
}

bool is_inside(Ring const& line, Polygon const& polygon) {
  if (!std::ranges::all_of(line, [&](LonLat const& p) { return is_inside(p, polygon); })) {
    return false;
  }
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    for (auto const& ring : polygon) {
      for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
        if (crosses(line[i], line[i + 1], ring[k], ring[k + 1])) return false;
      }
    }
  }
  return true;
}

/// `["within", geojson]`: whether a point or line lies in one of the polygons and off their
/// boundary; false for polygons. Longitudes are compared modulo 360.
class WithinNode final : public BooleanNode {
 public:
  WithinNode(std::string key, std::vector<Polygon> polygons)
      : BooleanNode({Type::Kind::boolean, std::move(key), {}}), polygons_(std::move(polygons)) {}
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Input::feature); }

  bool boolean(State& state, bool& out) const override {
    auto const* geometry = state.context.feature ? state.context.feature->geometry() : nullptr;
    out = geometry && !geometry->parts.empty();
    if (!out) return true;
    switch (geometry->type) {
      case GeometryType::point:
        for (auto const& part : geometry->parts) {
          for (auto const& p : part) out = out && holds(Ring{p});
        }
        break;
      case GeometryType::line_string:
        for (auto const& part : geometry->parts) out = out && holds(part);
        break;
      default:
        out = false;
    }
    return true;
  }

 private:
  /// Whether one polygon holds the line (a point is a line of one vertex), here or a turn east or
  /// west.
  bool holds(Ring const& line) const {
    for (double const shift_deg : {0.0, -360.0, 360.0}) {
      auto shifted = line;
      for (auto& p : shifted) p.lon_deg += shift_deg;
      auto const inside = [&](Polygon const& p) { return is_inside(shifted, p); };
      if (std::ranges::any_of(polygons_, inside)) return true;
    }
    return false;
  }

  std::vector<Polygon> polygons_;
};

/// Adds a polygon's coordinates. False: they are not what GeoJSON says.
bool add_polygon(Json const& coordinates, std::vector<Polygon>& polygons) {
  if (!coordinates.is_array()) return false;
  Polygon polygon;
  for (auto const& json_ring : coordinates) {
    if (!json_ring.is_array()) return false;
    Ring ring;
    for (auto const& point : json_ring) {
      if (!point.is_array() || point.size() < 2) return false;
      if (!point[0].is_number() || !point[1].is_number()) return false;
      ring.push_back({point[0].get<double>(), point[1].get<double>()});
    }
    polygon.push_back(std::move(ring));
  }
  polygons.push_back(std::move(polygon));
  return true;
}

/// Adds the polygons of a GeoJSON object (RFC 7946). False: it has a part that is not valid.
bool add_polygons(Json const& json, std::vector<Polygon>& polygons) {
  if (!json.is_object()) return false;
  auto const type = json.value("type", Json());
  if (type == "FeatureCollection") {
    auto const features = json.find("features");
    if (features == json.end() || !features->is_array()) return false;
    // One level only: a collection in a collection is not GeoJSON.
    return std::ranges::all_of(*features, [&](Json const& feature) {
      return feature.is_object() && feature.value("type", Json()) == "Feature" &&
             add_polygons(feature, polygons);
    });
  }
  if (type == "Feature") {
    auto const geometry = json.find("geometry");
    return geometry != json.end() && geometry->is_object() &&
           geometry->value("type", Json()) != "Feature" &&
           geometry->value("type", Json()) != "FeatureCollection" &&
           add_polygons(*geometry, polygons);
  }
  auto const coordinates = json.find("coordinates");
  if (coordinates == json.end()) return false;
  if (type == "Polygon") return add_polygon(*coordinates, polygons);
  return type == "MultiPolygon" && coordinates->is_array() &&
         std::ranges::all_of(*coordinates,
                             [&](Json const& polygon) { return add_polygon(polygon, polygons); });
}

NodePtr parse_within(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) {
    return parser.fail(place, "'within' expression requires exactly one argument, but found " +
                                  std::to_string(json.size() - 1) + " instead.");
  }
  std::vector<Polygon> polygons;
  if (!add_polygons(json[1], polygons) || polygons.empty()) {
    return parser.fail(
        place,
        "'within' expression requires valid geojson object that contains polygon geometry type.");
  }
  return std::make_unique<WithinNode>(place.key, std::move(polygons));
}

}  // namespace

std::vector<Form> const& geometry_forms() {
  static std::vector<Form> const forms = {{"within", parse_within}};
  return forms;
}

}  // namespace hachure::style
