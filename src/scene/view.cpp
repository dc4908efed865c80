#include "scene/view.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/number.hpp"
#include "geo/ops.hpp"

namespace hachure::scene {

namespace {

using draw::Point;
using geo::LonLat;
using geo::LonLatBox;

constexpr double degree_rad = 3.14159265358979323846 / 180;

[[noreturn]] void refuse(record::MapDefinition const& map, std::string const& field,
                         std::string const& message, std::string const& hint = {}) {
  auto origin = map.origin;
  origin.field = "maps." + map.id + "." + field;
  throw base::Error(base::Fault::input, origin, message, hint);
}

/// Box around degrees that may lie on both sides of the antimeridian: the narrower of the two ways
/// round.
class BoxBuilder {
 public:
  void add(LonLat p) {
    lons_.push_back(p.lon_deg);
    south_ = std::min(south_, p.lat_deg);
    north_ = std::max(north_, p.lat_deg);
  }
  bool empty() const { return lons_.empty(); }
  /// @param seamless_deg a widest gap below this comes from the sampling: the box goes round the
  /// globe
  LonLatBox box(double seamless_deg = 0) {
    std::ranges::sort(lons_);
    double gap = lons_.front() + 360 - lons_.back();
    std::size_t after = 0;
    for (std::size_t i = 1; i < lons_.size(); ++i) {
      if (lons_[i] - lons_[i - 1] > gap) gap = lons_[i] - lons_[i - 1], after = i;
    }
    if (gap < seamless_deg) return {-180, south_, 180, north_};
    double const west = lons_[after];
    double const east = lons_[after == 0 ? lons_.size() - 1 : after - 1];
    return {west, south_, east, north_};
  }

 private:
  std::vector<double> lons_;
  double south_ = 90;
  double north_ = -90;
};

void add_geometry(geo::Geometry const& geometry, BoxBuilder& box) {
  if (auto const* points = std::get_if<geo::Points<LonLat>>(&geometry)) {
    for (auto const& p : points->at) box.add(p);
  } else if (auto const* lines = std::get_if<geo::Lines<LonLat>>(&geometry)) {
    for (auto const& line : lines->at) {
      for (auto const& p : line) box.add(p);
    }
  } else if (auto const* polygons = std::get_if<geo::Polygons<LonLat>>(&geometry)) {
    for (auto const& polygon : polygons->at) {
      for (auto const& ring : polygon) {
        for (auto const& p : ring) box.add(p);
      }
    }
  }
}

void add_place(record::Records const& records, std::string const& id, BoxBuilder& box) {
  if (auto const* place = records.place(id)) {
    if (place->at) box.add(*place->at);
    add_geometry(place->geometry, box);
  }
}

/// Everything that a `fit` list names.
LonLatBox box_of_fit(record::Project const& project, record::MapDefinition const& map) {
  auto const& records = project.records;
  BoxBuilder box;
  for (auto const& id : map.view.fit) {
    add_place(records, id, box);
    for (auto const& event : records.events) {
      if (event.id != id && event.side != id) continue;
      for (auto const& place : event.places) add_place(records, place, box);
      add_geometry(event.geometry, box);
    }
    for (auto const& movement : records.movements) {
      if (movement.id != id && movement.side != id) continue;
      for (auto const& p : movement.line) box.add(p);
    }
    for (auto const& unit : records.units) {
      if ((unit.id == id || unit.side == id) && unit.at) box.add(*unit.at);
    }
  }
  if (box.empty()) refuse(map, "view.fit", "no record named here has a position");
  return box.box();
}

LonLatBox wanted_box(record::Project const& project, record::MapDefinition const& map) {
  if (map.view.box) return *map.view.box;
  return box_of_fit(project, map);
}

LonLat center_of(LonLatBox const& box) {
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  double lon = (box.west_deg + east) / 2;
  if (lon > 180) lon -= 360;
  return {lon, (box.south_deg + box.north_deg) / 2};
}

/// Extent of a page of `width_mm` at `scale`, in degrees about `center`, good enough to choose a
/// projection.
LonLatBox rough_box(LonLat center, double scale, double width_mm, double height_mm) {
  double const half_height = height_mm / 1000 * scale / 111'320 / 2;
  double const cosine = std::max(0.05, std::cos(center.lat_deg * degree_rad));
  double const half_width = width_mm / 1000 * scale / (111'320 * cosine) / 2;
  return {center.lon_deg - half_width, std::max(-89.0, center.lat_deg - half_height),
          center.lon_deg + half_width, std::min(89.0, center.lat_deg + half_height)};
}

}  // namespace

MapView MapView::make(record::Project const& project, record::MapDefinition const& map,
                      draw::Box frame) {
  if (frame.width_mm() < 5 || frame.height_mm() < 5) {
    refuse(map, "page", "leaves no room for a map inside its margins", "make the page larger");
  }
  auto const& view = map.view;
  bool const centered = view.center && view.scale;
  LonLatBox const wanted =
      centered ? rough_box(*view.center, *view.scale, frame.width_mm(), frame.height_mm())
               : wanted_box(project, map);
  auto origin = map.origin;
  origin.field = "maps." + map.id + ".projection";
  auto projection = map.projection == "auto" || map.projection.empty()
                        ? geo::Projection::automatic(wanted)
                        : [&] {
                            std::string text = map.projection;
                            for (auto const& row : geo::projections()) {
                              if (row.id != map.projection) continue;
                              text = row.proj;
                              auto const c = center_of(wanted);
                              auto const put = [&](std::string const& key, double v) {
                                if (auto const at = text.find(key); at != std::string::npos) {
                                  text.replace(at, key.size(), base::to_text(v, 6));
                                }
                              };
                              put("{lon}", c.lon_deg);
                              put("{lat}", c.lat_deg);
                            }
                            return geo::Projection::from_text(text, origin);
                          }();
  MapView out(std::move(projection));
  out.frame_ = frame;
  out.center_ = centered ? *view.center : center_of(wanted);
  auto const middle = out.projection_.forward(out.center_);
  if (!middle) refuse(map, "view", "the projection does not reach the centre of the view");
  out.origin_ = *middle;
  out.cos_ = std::cos(view.rotation_deg * degree_rad);
  out.sin_ = std::sin(view.rotation_deg * degree_rad);
  double const stretch = out.stretch_at_center();
  if (centered) {
    out.scale_ = *view.scale;
  } else {
    // The outline of the box, projected and turned, must fit into the frame less the margin.
    geo::MapBox turned;
    double const east = wanted.east_deg < wanted.west_deg ? wanted.east_deg + 360 : wanted.east_deg;
    for (int i = 0; i <= 16; ++i) {
      for (int j = 0; j <= 16; ++j) {
        LonLat const at{wanted.west_deg + (east - wanted.west_deg) * i / 16.0,
                        wanted.south_deg + (wanted.north_deg - wanted.south_deg) * j / 16.0};
        auto const p = out.projection_.forward(at);
        if (!p) continue;
        double const x = p->x_m - out.origin_.x_m;
        double const y = p->y_m - out.origin_.y_m;
        turned.add({x * out.cos_ - y * out.sin_, x * out.sin_ + y * out.cos_});
      }
    }
    double const margin = view.fit.empty() ? 0 : view.margin.to_mm(1);
    double const width = std::max(1.0, frame.width_mm() - 2 * margin);
    double const height = std::max(1.0, frame.height_mm() - 2 * margin);
    if (turned.empty() || (turned.width_m() <= 0 && turned.height_m() <= 0)) {
      refuse(map, "view", "the extent is empty", "give it a width, or a centre and a scale");
    }
    out.scale_ = std::max(turned.width_m() / width, turned.height_m() / height) * 1000 / stretch;
    auto const c = turned.center();
    out.origin_ = {out.origin_.x_m + c.x_m * out.cos_ + c.y_m * out.sin_,
                   out.origin_.y_m - c.x_m * out.sin_ + c.y_m * out.cos_};
    if (auto const back = out.projection_.inverse(out.origin_)) out.center_ = *back;
  }
  out.mm_per_m_ = 1000 / out.scale_ / stretch;
  out.measure_box();
  return out;
}

double MapView::stretch_at_center() const {
  // Mean of the stretch to the north and to the east over a minute of arc; the length of a degree
  // on the WGS 84 ellipsoid (Snyder 1987, "Map Projections: A Working Manual", p. 24).
  constexpr double a = 6378137.0;
  constexpr double e2 = 0.00669437999014;
  constexpr double step_deg = 1.0 / 60;
  double const phi = center_.lat_deg * degree_rad;
  double const w = 1 - e2 * std::sin(phi) * std::sin(phi);
  double const north_m = a * (1 - e2) / std::pow(w, 1.5) * step_deg * degree_rad;
  double const east_m = a / std::sqrt(w) * std::cos(phi) * step_deg * degree_rad;
  auto const at = [&](double dx, double dy) {
    return projection_.forward({center_.lon_deg + dx, center_.lat_deg + dy});
  };
  auto const middle = at(0, 0);
  auto const north = at(0, step_deg);
  auto const east = at(step_deg, 0);
  if (!middle || !north || !east || east_m < 1) return 1;
  auto const length = [&](geo::MapPoint const& p) {
    return std::hypot(p.x_m - middle->x_m, p.y_m - middle->y_m);
  };
  return std::sqrt(length(*north) / north_m * (length(*east) / east_m));
}

void MapView::measure_box() {
  BoxBuilder box;
  constexpr int steps = 24;
  auto const wide = frame_.grown(0.04 * std::max(frame_.width_mm(), frame_.height_mm()) + 3);
  for (int i = 0; i <= steps; ++i) {
    for (int j = 0; j <= steps; ++j) {
      Point const at{wide.min_x_mm + wide.width_mm() * i / steps,
                     wide.min_y_mm + wide.height_mm() * j / steps};
      if (auto const p = to_lonlat(at)) box.add(*p);
    }
  }
  for (double const pole_deg : {-90.0, 90.0}) {
    LonLat const pole{center_.lon_deg, pole_deg};
    if (auto const at = to_page(pole); at && wide.contains(*at)) box.add(pole);
  }
  box_ = box.empty() ? LonLatBox{-180, -90, 180, 90} : box.box(1.5 * 360 / steps);
}

double MapView::north_rad() const {
  auto const here = to_page(center_);
  auto const there = to_page(LonLat{center_.lon_deg, center_.lat_deg + 0.01});
  if (!here || !there) return 0;
  auto const d = *there - *here;
  return std::atan2(d.x_mm, -d.y_mm);
}

Point MapView::to_page(geo::MapPoint at) const {
  double const x = (at.x_m - origin_.x_m) * mm_per_m_;
  double const y = (at.y_m - origin_.y_m) * mm_per_m_;
  auto const middle = frame_.center();
  return {middle.x_mm + x * cos_ - y * sin_, middle.y_mm - (x * sin_ + y * cos_)};
}

std::optional<Point> MapView::to_page(LonLat at) const {
  auto const p = projection_.forward(at);
  if (!p) return {};
  return to_page(*p);
}

geo::MapPoint MapView::to_map(Point at) const {
  auto const middle = frame_.center();
  double const x = (at.x_mm - middle.x_mm) / mm_per_m_;
  double const y = (middle.y_mm - at.y_mm) / mm_per_m_;
  return {origin_.x_m + x * cos_ + y * sin_, origin_.y_m - x * sin_ + y * cos_};
}

std::optional<LonLat> MapView::to_lonlat(Point at) const {
  return projection_.inverse(to_map(at));
}

namespace {

/// Whether neighbours on both sides of the meridian opposite the projection's own lie apart: an
/// azimuthal projection has no such seam.
bool tears_at(double seam_deg, double lat_deg, geo::Projection const& projection) {
  auto const a = projection.forward({seam_deg - 1e-6, lat_deg});
  auto const b = projection.forward({seam_deg + 1e-6, lat_deg});
  return a && b && std::hypot(a->x_m - b->x_m, a->y_m - b->y_m) > 1000;
}

/// Window in degrees wider than the view, so that edges made by clipping stay outside even where
/// meridians converge. It ends where the projection tears, half a turn from its central meridian.
geo::Window window_of(LonLatBox const& box, geo::Projection const& projection) {
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  double const width = east - box.west_deg;
  double const margin = 0.05 * std::max(width, box.north_deg - box.south_deg);
  geo::Window window{box.west_deg - margin, std::max(-90.0, box.south_deg - margin), east + margin,
                     std::min(90.0, box.north_deg + margin)};
  double const central = projection.central_meridian_deg();
  double const middle = central + 360 * std::round(((box.west_deg + east) / 2 - central) / 360);
  // A little less than half a turn: the seam itself may fall on either side.
  double const half = 180 - 1e-7;
  if (width >= 360) {
    window.min_x = central - half;
    window.max_x = central + half;
  } else if ((window.min_x < middle - half || window.max_x > middle + half) &&
             tears_at(middle + 180, (box.south_deg + box.north_deg) / 2, projection)) {
    window.min_x = std::max(window.min_x, middle - half);
    window.max_x = std::min(window.max_x, middle + half);
  }
  return window;
}

}  // namespace

std::vector<std::vector<LonLat>> MapView::unwrapped(std::vector<LonLat> const& line) const {
  if (line.empty()) return {};
  std::vector<LonLat> whole = line;
  for (std::size_t i = 1; i < whole.size(); ++i) {
    double const step = whole[i].lon_deg - whole[i - 1].lon_deg;
    if (step > 180) {
      whole[i].lon_deg -= 360 * std::ceil((step - 180) / 360);
    } else if (step < -180) {
      whole[i].lon_deg += 360 * std::ceil((-step - 180) / 360);
    }
  }
  auto const [low, high] = std::ranges::minmax_element(whole, {}, &LonLat::lon_deg);
  auto const window = window_of(box_, projection_);
  std::vector<std::vector<LonLat>> copies;
  for (double const shift : {-720.0, -360.0, 0.0, 360.0, 720.0}) {
    if (high->lon_deg + shift < window.min_x || low->lon_deg + shift > window.max_x) continue;
    auto copy = whole;
    for (auto& p : copy) p.lon_deg += shift;
    copies.push_back(std::move(copy));
  }
  return copies;
}

namespace {

std::vector<geo::Plane> planes(std::vector<LonLat> const& line) {
  std::vector<geo::Plane> out;
  out.reserve(line.size());
  for (auto const& p : line) out.push_back({p.lon_deg, p.lat_deg});
  return out;
}

geo::Window window_of(draw::Box const& frame, double margin_mm) {
  auto const b = frame.grown(margin_mm);
  return {b.min_x_mm, b.min_y_mm, b.max_x_mm, b.max_y_mm};
}

/// Points added on long straight stretches in degrees, so that they bend with the projection.
std::vector<geo::Plane> densified(std::vector<geo::Plane> const& line, double step_deg) {
  std::vector<geo::Plane> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) {
      auto const a = line[i - 1];
      auto const b = line[i];
      int const n = static_cast<int>(std::hypot(b.x - a.x, b.y - a.y) / step_deg);
      for (int k = 1; k <= n && n < 5000; ++k) {
        double const t = static_cast<double>(k) / (n + 1);
        out.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
      }
    }
    out.push_back(line[i]);
  }
  return out;
}

}  // namespace

std::vector<std::vector<Point>> MapView::line(std::vector<LonLat> const& line,
                                              double margin_mm) const {
  std::vector<std::vector<Point>> out;
  auto const window = window_of(box_, projection_);
  double const step = (window.max_x - window.min_x) / 40;
  for (auto const& copy : unwrapped(line)) {
    for (auto const& part : geo::clip_line(planes(copy), window)) {
      std::vector<geo::Plane> page;
      for (auto const& p : densified(part, step)) {
        if (auto const at = to_page(LonLat{p.x, p.y})) page.push_back({at->x_mm, at->y_mm});
      }
      for (auto const& visible : geo::clip_line(page, window_of(frame_, margin_mm))) {
        std::vector<Point> points;
        for (auto const& p : visible) points.push_back({p.x, p.y});
        out.push_back(std::move(points));
      }
    }
  }
  return out;
}

std::vector<std::vector<Point>> MapView::polygon(std::vector<std::vector<LonLat>> const& rings,
                                                 double margin_mm) const {
  std::vector<std::vector<Point>> out;
  auto const window = window_of(box_, projection_);
  double const step = (window.max_x - window.min_x) / 40;
  for (auto const& ring : rings) {
    for (auto const& copy : unwrapped(ring)) {
      auto const near = geo::clip_ring(planes(copy), window);
      if (near.empty()) continue;
      std::vector<geo::Plane> page;
      for (auto const& p : densified(near, step)) {
        if (auto const at = to_page(LonLat{p.x, p.y})) page.push_back({at->x_mm, at->y_mm});
      }
      if (page.size() < 3) continue;
      auto const visible = geo::clip_ring(page, window_of(frame_, margin_mm));
      if (visible.size() < 4) continue;
      std::vector<Point> points;
      for (auto const& p : visible) points.push_back({p.x, p.y});
      out.push_back(std::move(points));
    }
  }
  return out;
}

}  // namespace hachure::scene
