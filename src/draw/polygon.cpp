#include "draw/polygon.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <memory>
#include <string>

#include "base/error.hpp"

namespace hachure::draw {

namespace {

constexpr double flatten_tolerance_mm = 0.01;
/// Grid of united_simple and the width below which a ring of its result is none: far below anything
/// printed.
constexpr double union_grid_mm = 1e-7;
constexpr double sliver_mm = 1e-5;

/// One GEOS context per thread: GEOS is reentrant only with a context of one's own.
class Geos {
 public:
  Geos() : handle_(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle_, [](char const* text, void* self) { static_cast<Geos*>(self)->last_error_ = text; },
        this);
  }
  ~Geos() { GEOS_finish_r(handle_); }
  Geos(Geos const&) = delete;
  Geos& operator=(Geos const&) = delete;

  static Geos& of_thread() {
    thread_local Geos geos;
    return geos;
  }
  operator GEOSContextHandle_t() const { return handle_; }
  [[noreturn]] void fail(std::string const& what) const {
    throw base::Error(base::Fault::defect, {}, what + " failed in GEOS: " + last_error_);
  }

 private:
  GEOSContextHandle_t handle_;
  std::string last_error_;
};

struct GeomDeleter {
  void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(Geos::of_thread(), g); }
};
using Geom = std::unique_ptr<GEOSGeometry, GeomDeleter>;

Geom checked(GEOSGeometry* geometry, char const* what) {
  if (geometry == nullptr) Geos::of_thread().fail(what);
  return Geom(geometry);
}

using Ring = std::vector<Point>;  ///< first point repeated at the end

double signed_area(Ring const& ring) {
  double sum = 0;
  // Relative to the first point, so that a small ring far from the origin keeps its digits.
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    sum += cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
  }
  return sum / 2;
}

/// Closed contours with some extent, cubics flattened; what has no area is left out.
std::vector<Ring> rings_of(Path const& area) {
  std::vector<Ring> rings;
  for (auto& contour : area.flattened(flatten_tolerance_mm)) {
    contour.erase(std::unique(contour.begin(), contour.end()), contour.end());
    if (contour.size() < 3) continue;
    if (contour.front() != contour.back()) contour.push_back(contour.front());
    if (contour.size() >= 4) rings.push_back(std::move(contour));
  }
  return rings;
}

GEOSCoordSequence* sequence_of(std::vector<Point> const& points) {
  auto& geos = Geos::of_thread();
  static_assert(sizeof(Point) == 2 * sizeof(double));
  auto* const sequence = GEOSCoordSeq_copyFromBuffer_r(geos, &points.data()->x_mm,
                                                       static_cast<unsigned>(points.size()), 0, 0);
  if (sequence == nullptr) geos.fail("a coordinate sequence");
  return sequence;
}

Geom ring_geometry(Ring const& ring) {
  return checked(GEOSGeom_createLinearRing_r(Geos::of_thread(), sequence_of(ring)), "a ring");
}

Geom polygon_geometry(std::vector<Ring const*> const& shell_and_holes) {
  std::vector<GEOSGeometry*> holes;
  for (std::size_t i = 1; i < shell_and_holes.size(); ++i) {
    holes.push_back(ring_geometry(*shell_and_holes[i]).release());
  }
  return checked(
      GEOSGeom_createPolygon_r(Geos::of_thread(), ring_geometry(*shell_and_holes[0]).release(),
                               holes.data(), static_cast<unsigned>(holes.size())),
      "a polygon");
}

Geom collection(int type, std::vector<Geom> parts) {
  std::vector<GEOSGeometry*> raw;
  raw.reserve(parts.size());
  for (auto& part : parts) raw.push_back(part.release());
  return checked(GEOSGeom_createCollection_r(Geos::of_thread(), type, raw.data(),
                                             static_cast<unsigned>(raw.size())),
                 "a collection");
}

enum class Where { outside, boundary, inside };

Where where_in(Point p, Ring const& ring) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    Point const a = ring[i];
    Point const b = ring[i + 1];
    if ((a.y_mm > p.y_mm) != (b.y_mm > p.y_mm)) {
      double const side = cross(b - a, p - a);
      if (side == 0) return Where::boundary;
      if ((side > 0) == (b.y_mm > a.y_mm)) inside = !inside;
    } else if (cross(b - a, p - a) == 0 && dot(p - a, p - b) <= 0) {
      return Where::boundary;
    }
  }
  return inside ? Where::inside : Where::outside;
}

/// Whether `inner` lies in `outer`, judged by the first point of it that is not on `outer` itself.
bool lies_in(Ring const& inner, Box const& inner_box, Ring const& outer, Box const& outer_box) {
  if (!outer_box.contains(inner_box)) return false;
  for (std::size_t i = 0; i + 1 < inner.size(); ++i) {
    for (Point const p : {inner[i], (inner[i] + inner[i + 1]) * 0.5}) {
      auto const where = where_in(p, outer);
      if (where != Where::boundary) return where == Where::inside;
    }
  }
  return false;
}

/// Polygons by nesting: a ring inside an even number of others is a shell, else a hole of the
/// smallest ring about it. Right for rings that do not cross; the caller asks GEOS whether they do.
Geom nested_geometry(std::vector<Ring> const& rings) {
  std::vector<std::size_t> order(rings.size());
  std::vector<Box> boxes(rings.size());
  std::vector<double> areas(rings.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    order[i] = i;
    areas[i] = std::abs(signed_area(rings[i]));
    for (auto const& p : rings[i]) boxes[i].add(p);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return areas[a] > areas[b]; });

  std::vector<std::size_t> depth(rings.size(), 0);
  std::vector<std::vector<Ring const*>> polygons;
  std::vector<std::size_t> polygon_of(rings.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    auto const i = order[k];
    std::size_t parent = i;
    for (std::size_t m = 0; m < k; ++m) {
      auto const j = order[m];
      if (!lies_in(rings[i], boxes[i], rings[j], boxes[j])) continue;
      ++depth[i];
      parent = j;
    }
    if (depth[i] % 2 == 0) {
      polygon_of[i] = polygons.size();
      polygons.push_back({&rings[i]});
    } else {
      polygon_of[i] = polygon_of[parent];
      polygons[polygon_of[i]].push_back(&rings[i]);
    }
  }
  if (polygons.size() == 1) return polygon_geometry(polygons[0]);
  std::vector<Geom> parts;
  parts.reserve(polygons.size());
  for (auto const& polygon : polygons) parts.push_back(polygon_geometry(polygon));
  return collection(GEOS_MULTIPOLYGON, std::move(parts));
}

bool geos_valid(Geom const& geometry) {
  return GEOSisValid_r(Geos::of_thread(), geometry.get()) == 1;
}

/// Calls `take` for every simple part of `geometry` of the type asked for.
template <class Take>
void for_each_part(GEOSGeometry const* geometry, int type, Take const& take) {
  auto& geos = Geos::of_thread();
  int const own_type = GEOSGeomTypeId_r(geos, geometry);
  if (own_type == type) {
    if (GEOSisEmpty_r(geos, geometry) == 0) take(geometry);
    return;
  }
  if (own_type < GEOS_MULTIPOINT) return;
  int const count = GEOSGetNumGeometries_r(geos, geometry);
  for (int i = 0; i < count; ++i) for_each_part(GEOSGetGeometryN_r(geos, geometry, i), type, take);
}

/// Whether a point lies inside an odd number of the rings.
bool inside_by_parity(Point p, std::vector<Ring> const& rings, std::vector<Box> const& boxes) {
  bool inside = false;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (boxes[i].contains(p) && where_in(p, rings[i]) == Where::inside) inside = !inside;
  }
  return inside;
}

/// The even-odd area of rings that cross or touch along edges: all lines are noded, and of the
/// faces between them those inside an odd number of rings are kept. (The repair that GEOS has takes
/// the rings for a shell and holes, and differs where they share edges.) A ring that crosses itself
/// counts each point by the even-odd rule of that ring.
Geom repaired_geometry(std::vector<Ring> const& rings) {
  auto& geos = Geos::of_thread();
  std::vector<Geom> lines;
  std::vector<Box> boxes(rings.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    for (auto const& p : rings[i]) boxes[i].add(p);
    lines.push_back(
        checked(GEOSGeom_createLineString_r(geos, sequence_of(rings[i])), "a ring's line"));
  }
  auto const all = collection(GEOS_MULTILINESTRING, std::move(lines));
  auto const noded = checked(GEOSUnaryUnion_r(geos, all.get()), "noding of an area");
  GEOSGeometry const* const input[] = {noded.get()};
  auto const faces = checked(GEOSPolygonize_r(geos, input, 1), "faces of an area");
  std::vector<Geom> kept;
  for_each_part(faces.get(), GEOS_POLYGON, [&](GEOSGeometry const* face) {
    auto const point = checked(GEOSPointOnSurface_r(geos, face), "a point of a face");
    Point p;
    GEOSGeomGetX_r(geos, point.get(), &p.x_mm);
    GEOSGeomGetY_r(geos, point.get(), &p.y_mm);
    if (inside_by_parity(p, rings, boxes)) {
      kept.push_back(checked(GEOSGeom_clone_r(geos, face), "a copy"));
    }
  });
  auto const parts = collection(GEOS_MULTIPOLYGON, std::move(kept));
  return checked(GEOSUnaryUnion_r(geos, parts.get()), "union of faces");
}

/// The even-odd area of any rings as a valid geometry.
Geom area_geometry(Path const& area) {
  auto const rings = rings_of(area);
  if (rings.empty()) {
    return checked(GEOSGeom_createEmptyPolygon_r(Geos::of_thread()), "an empty polygon");
  }
  auto nested = nested_geometry(rings);
  return geos_valid(nested) ? std::move(nested) : repaired_geometry(rings);
}

std::vector<Point> points_of(GEOSGeometry const* line) {
  auto& geos = Geos::of_thread();
  auto const* const sequence = GEOSGeom_getCoordSeq_r(geos, line);
  unsigned size = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(geos, sequence, &size) == 0) {
    geos.fail("reading a line");
  }
  std::vector<Point> points(size);
  if (size > 0) GEOSCoordSeq_copyToBuffer_r(geos, sequence, &points.data()->x_mm, 0, 0);
  return points;
}

/// GEOS promises no order of parts; its normal form has one.
Path path_of(Geom const& geometry) {
  auto& geos = Geos::of_thread();
  GEOSNormalize_r(geos, geometry.get());
  Path path;
  for_each_part(geometry.get(), GEOS_POLYGON, [&](GEOSGeometry const* polygon) {
    path.add_polyline(points_of(GEOSGetExteriorRing_r(geos, polygon)), true);
    int const holes = GEOSGetNumInteriorRings_r(geos, polygon);
    for (int i = 0; i < holes; ++i) {
      path.add_polyline(points_of(GEOSGetInteriorRingN_r(geos, polygon, i)), true);
    }
  });
  return path;
}

Geom line_geometry(std::vector<Point> const& line) {
  return checked(GEOSGeom_createLineString_r(Geos::of_thread(), sequence_of(line)), "a line");
}

}  // namespace

Path buffered(Path const& area, double distance_mm, int quadrant_segments) {
  auto const geometry = area_geometry(area);
  return path_of(checked(
      GEOSBuffer_r(Geos::of_thread(), geometry.get(), distance_mm, quadrant_segments), "a buffer"));
}

Path buffered_line(std::vector<Point> const& line, double distance_mm, bool flat,
                   int quadrant_segments) {
  if (line.size() < 2) {
    Path circle;
    if (line.size() == 1 && !flat) circle.add_circle(line[0], distance_mm);
    return circle;
  }
  auto const geometry = line_geometry(line);
  int const cap = flat ? GEOSBUF_CAP_FLAT : GEOSBUF_CAP_ROUND;
  return path_of(checked(GEOSBufferWithStyle_r(Geos::of_thread(), geometry.get(), distance_mm,
                                               quadrant_segments, cap, GEOSBUF_JOIN_ROUND, 5),
                         "a line buffer"));
}

Path united(std::vector<Path> const& areas) {
  std::vector<Geom> parts;
  for (auto const& area : areas) {
    auto const geometry = area_geometry(area);
    // A repaired area may be a collection, and a collection of collections cannot be united.
    for_each_part(geometry.get(), GEOS_POLYGON, [&](GEOSGeometry const* polygon) {
      parts.push_back(checked(GEOSGeom_clone_r(Geos::of_thread(), polygon), "a copy"));
    });
  }
  if (parts.empty()) return {};
  auto const all = collection(GEOS_MULTIPOLYGON, std::move(parts));
  return path_of(checked(GEOSUnaryUnion_r(Geos::of_thread(), all.get()), "a union"));
}

Path united_simple(std::vector<Path> const& areas) {
  std::vector<Geom> parts;
  auto const on_grid = [](double v) { return std::round(v / union_grid_mm) * union_grid_mm; };
  for (auto const& area : areas) {
    for (auto& ring : rings_of(area)) {
      // Corners that should be one but differ in the last digit would leave slivers.
      for (auto& p : ring) p = {on_grid(p.x_mm), on_grid(p.y_mm)};
      parts.push_back(polygon_geometry({&ring}));
    }
  }
  if (parts.empty()) return {};
  auto const all = collection(GEOS_MULTIPOLYGON, std::move(parts));
  auto const whole = path_of(checked(GEOSUnaryUnion_r(Geos::of_thread(), all.get()), "a union"));
  Path path;
  for (auto const& ring : rings_of(whole)) {
    double around = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) around += distance(ring[i - 1], ring[i]);
    if (std::abs(signed_area(ring)) > sliver_mm * around) path.add_polyline(ring, true);
  }
  return path;
}

Path difference(Path const& area, Path const& cut) {
  auto const a = area_geometry(area);
  auto const b = area_geometry(cut);
  return path_of(checked(GEOSDifference_r(Geos::of_thread(), a.get(), b.get()), "a difference"));
}

Path intersection(Path const& a, Path const& b) {
  auto const one = area_geometry(a);
  auto const two = area_geometry(b);
  return path_of(
      checked(GEOSIntersection_r(Geos::of_thread(), one.get(), two.get()), "an intersection"));
}

namespace {

/// Orders the parts along the line they were cut from and turns each to run with it.
void order_along(std::vector<std::vector<Point>>& parts, GEOSGeometry const* line) {
  auto& geos = Geos::of_thread();
  auto const along = [&](Point p) {
    auto const point = checked(GEOSGeom_createPointFromXY_r(geos, p.x_mm, p.y_mm), "a point");
    return GEOSProject_r(geos, line, point.get());
  };
  std::vector<std::pair<double, std::vector<Point>>> keyed;
  for (auto& part : parts) {
    // The middle of the first segment tells the direction even where the line closes on itself.
    double const first = along((part[0] + part[1]) * 0.5);
    double const second = along(part[0] + (part[1] - part[0]) * 0.75);
    if (second < first) std::reverse(part.begin(), part.end());
    keyed.emplace_back(along((part[0] + part[1]) * 0.5), std::move(part));
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  parts.clear();
  for (auto& [key, part] : keyed) parts.push_back(std::move(part));
}

}  // namespace

std::vector<std::vector<Point>> clipped_line(std::vector<Point> const& line, Path const& area,
                                             bool inside) {
  auto& geos = Geos::of_thread();
  if (line.size() < 2) return {};
  auto const geometry = line_geometry(line);
  auto const polygon = area_geometry(area);
  auto const cut = checked(inside ? GEOSIntersection_r(geos, geometry.get(), polygon.get())
                                  : GEOSDifference_r(geos, geometry.get(), polygon.get()),
                           "a clipped line");
  // Overlay splits a line where it crosses itself or passes a node; merging mends that.
  auto const merged = checked(GEOSLineMerge_r(geos, cut.get()), "a merged line");
  std::vector<std::vector<Point>> parts;
  for_each_part(merged.get(), GEOS_LINESTRING,
                [&](GEOSGeometry const* part) { parts.push_back(points_of(part)); });
  order_along(parts, geometry.get());
  return parts;
}

bool is_valid(Path const& area) {
  auto const rings = rings_of(area);
  return rings.empty() || geos_valid(nested_geometry(rings));
}

double area_mm2(Path const& area) {
  auto const geometry = area_geometry(area);
  double result = 0;
  GEOSArea_r(Geos::of_thread(), geometry.get(), &result);
  return result;
}

}  // namespace hachure::draw
