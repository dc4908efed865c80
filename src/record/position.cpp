#include "record/position.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace hachure::record {

namespace {

using Line = std::vector<geo::LonLat>;

double distance_deg(geo::LonLat a, geo::LonLat b) {
  return std::hypot(b.lon_deg - a.lon_deg, b.lat_deg - a.lat_deg);
}

double length_deg(Line const& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += distance_deg(line[i - 1], line[i]);
  return length;
}

geo::LonLat middle_of_line(Line const& line) {
  double left = length_deg(line) / 2;
  for (std::size_t i = 1; i < line.size(); ++i) {
    auto const a = line[i - 1];
    auto const b = line[i];
    double const step = distance_deg(a, b);
    if (step >= left && step > 0) {
      double const t = left / step;
      return {a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)};
    }
    left -= step;
  }
  return line.back();
}

/// Twice the signed area and the centroid of a ring, by the shoelace formula about its first point.
struct RingMoments {
  double area2 = 0;
  geo::LonLat centroid;
};

RingMoments moments_of(Line const& ring) {
  auto const o = ring.front();
  double area2 = 0;
  double x = 0;
  double y = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    double const ax = ring[i - 1].lon_deg - o.lon_deg;
    double const ay = ring[i - 1].lat_deg - o.lat_deg;
    double const bx = ring[i].lon_deg - o.lon_deg;
    double const by = ring[i].lat_deg - o.lat_deg;
    double const cross = ax * by - bx * ay;
    area2 += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (area2 == 0) return {0, o};
  return {area2, {o.lon_deg + x / (3 * area2), o.lat_deg + y / (3 * area2)}};
}

}  // namespace

std::optional<geo::LonLat> middle_of(geo::Geometry const& geometry) {
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&geometry)) {
    if (!points->at.empty()) return points->at.front();
  }
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry)) {
    Line const* longest = nullptr;
    for (auto const& line : lines->at) {
      if (line.empty()) continue;
      if (longest == nullptr || length_deg(line) > length_deg(*longest)) longest = &line;
    }
    if (longest != nullptr) return middle_of_line(*longest);
  }
  std::optional<geo::LonLat> best;
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&geometry)) {
    double largest = -1;
    for (auto const& polygon : polygons->at) {
      if (polygon.empty() || polygon.front().empty()) continue;
      auto const moments = moments_of(polygon.front());
      if (std::abs(moments.area2) <= largest) continue;
      largest = std::abs(moments.area2);
      best = moments.centroid;
    }
  }
  return best;
}

}  // namespace hachure::record
