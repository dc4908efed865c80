#include "record/geojson.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/number.hpp"
#include "record/wkt.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Fault;
using Line = std::vector<geo::LonLat>;

class GeometryReader {
 public:
  explicit GeometryReader(std::string const& file) : file_(file) {}

  void add(Node const& node) {
    if (!node.is_map()) fail(node, describe(node) + " is not a geometry");
    auto const* type = node.find("type");
    if (type == nullptr) fail(node, "the geometry has no type");
    auto const& name = type->text;
    if (name == "GeometryCollection") {
      for (auto const& part : member(node, "geometries").items) add(part);
      return;
    }
    auto const& at = member(node, "coordinates");
    if (name == "Point") {
      points_.at.push_back(position(at));
    } else if (name == "MultiPoint") {
      auto more = positions(at);
      std::ranges::move(more, std::back_inserter(points_.at));
    } else if (name == "LineString") {
      lines_.at.push_back(line(at));
    } else if (name == "MultiLineString") {
      for (auto const& item : at.items) lines_.at.push_back(line(item));
    } else if (name == "Polygon") {
      polygons_.at.push_back(polygon(at));
    } else if (name == "MultiPolygon") {
      for (auto const& item : at.items) polygons_.at.push_back(polygon(item));
    } else {
      fail(*type, describe(*type) + " is not a type of geometry",
           "one of: Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon, "
           "GeometryCollection");
    }
  }

  geo::Geometry take() {
    if (!polygons_.at.empty()) return std::move(polygons_);
    if (!lines_.at.empty()) return std::move(lines_);
    if (!points_.at.empty()) return std::move(points_);
    return {};
  }

 private:
  [[noreturn]] void fail(Node const& node, std::string message, std::string hint = {}) const {
    throw Error(Fault::input, {.file = file_, .line = node.line, .place = {}, .field = "geometry"},
                std::move(message), std::move(hint));
  }

  Node const& member(Node const& node, std::string_view name) const {
    auto const* value = node.find(name);
    if (value == nullptr || !value->is_list()) {
      fail(node, "the geometry has no " + std::string(name));
    }
    return *value;
  }

  double number(Node const& node) const {
    auto const value =
        node.is_scalar() && !node.quoted ? base::parse_number(node.text) : std::optional<double>();
    if (!value) fail(node, describe(node) + " is not a number");
    return *value;
  }

  geo::LonLat position(Node const& node) const {
    if (!node.is_list() || node.items.size() < 2) {
      fail(node, describe(node) + " is not a position", "a position is [longitude, latitude]");
    }
    geo::LonLat const at{.lon_deg = number(node.items[0]), .lat_deg = number(node.items[1])};
    if (auto const problem = position_problem(at); !problem.empty()) {
      fail(node, problem, position_hint(at));
    }
    return at;
  }

  Line positions(Node const& node) const {
    if (!node.is_list()) fail(node, describe(node) + " is not a list of positions");
    Line line;
    line.reserve(node.items.size());
    for (auto const& item : node.items) line.push_back(position(item));
    return line;
  }

  Line line(Node const& node) const {
    auto at = positions(node);
    if (at.size() < 2) fail(node, "a line needs two points");
    return at;
  }

  std::vector<Line> polygon(Node const& node) const {
    std::vector<Line> rings;
    for (auto const& item : node.items) {
      auto ring = positions(item);
      if (ring.size() < 4 || !(ring.front() == ring.back())) {
        fail(item, "a ring needs four points, the last equal to the first");
      }
      rings.push_back(std::move(ring));
    }
    if (rings.empty()) fail(node, "the polygon has no ring");
    return rings;
  }

  std::string const& file_;
  geo::Points<geo::LonLat> points_;
  geo::Lines<geo::LonLat> lines_;
  geo::Polygons<geo::LonLat> polygons_;
};

}  // namespace

geo::Geometry read_geojson_geometry(Node const& node, std::string const& file) {
  if (node.is_null()) return {};
  GeometryReader reader(file);
  reader.add(node);
  return reader.take();
}

}  // namespace hachure::record
