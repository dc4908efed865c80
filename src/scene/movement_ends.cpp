#include "scene/movement_ends.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Point;

/// The share of an axis that trims leave.
constexpr double kept_share = 1.0 / 3;
/// Steps in which an axis is followed to where it is clear of something.
constexpr double step_mm = 0.05;
/// How far off a wall a tip may end and still be meant to stop before it.
constexpr double stop_reach_mm = 1.5;

double distance_to(Box const& box, Point p) {
  double const dx = std::max({box.min_x_mm - p.x_mm, 0.0, p.x_mm - box.max_x_mm});
  double const dy = std::max({box.min_y_mm - p.y_mm, 0.0, p.y_mm - box.max_y_mm});
  return std::hypot(dx, dy);
}

double distance_to(Point p, Point a, Point b) {
  auto const d = b - a;
  double const squared = draw::dot(d, d);
  double const t = squared > 0 ? std::clamp(draw::dot(p - a, d) / squared, 0.0, 1.0) : 0;
  return draw::distance(p, a + d * t);
}

Axis reversed(Axis axis) {
  std::ranges::reverse(axis.points);
  std::ranges::reverse(axis.width_mm);
  return axis_of(axis.points, axis.width_mm);
}

/// The box of the symbol that the style draws for a place; nothing where it draws none.
std::optional<Box> symbol_box(Builder& builder, record::Place const& place) {
  auto const lonlat = position_of(place);
  auto const at = lonlat ? builder.view.to_page(*lonlat) : std::nullopt;
  if (!at) return {};
  auto const asked = builder.context;
  std::optional<Box> box;
  for (auto const* layer : drawn_layers(builder)) {
    if (layer->type != style::LayerType::place) continue;
    auto const own = place_symbol_box(builder, *layer, place, *at);
    if (!own) continue;
    if (!box) box.emplace();
    box->add(*own);
  }
  builder.context = asked;
  return box;
}

/// Boxes of the symbols of the places that a movement may begin or end at: those it names, and any
/// other that stands on the end itself.
std::vector<Box> boxes_at(Builder& builder, std::vector<std::string> const& named, Point end) {
  constexpr double near_mm = 4;
  std::vector<Box> boxes;
  for (auto const& place : builder.records().places) {
    auto const lonlat = position_of(place);
    auto const at = lonlat ? builder.view.to_page(*lonlat) : std::nullopt;
    if (!at || draw::distance(*at, end) > near_mm) continue;
    auto const box = symbol_box(builder, place);
    if (!box) continue;
    bool const is_named = std::ranges::find(named, place.id) != named.end();
    if (is_named || box->contains(end)) boxes.push_back(*box);
  }
  return boxes;
}

/// Lines and outlines of the classes of geodata near a point.
std::vector<std::vector<Point>> lines_of(Builder const& builder,
                                         std::vector<std::string> const& classes) {
  std::vector<std::vector<Point>> lines;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster) continue;
    if (std::ranges::find(classes, source.reference->layer_class) == classes.end()) continue;
    for (auto const* feature : source.features) {
      if (auto const* all = std::get_if<geo::Lines<geo::LonLat>>(&feature->geometry)) {
        for (auto const& line : all->at) {
          for (auto& part : builder.view.line(line, 4)) lines.push_back(std::move(part));
        }
      } else if (auto const* areas = std::get_if<geo::Polygons<geo::LonLat>>(&feature->geometry)) {
        for (auto const& polygon : areas->at) {
          for (auto& ring : builder.view.polygon(polygon, 4)) lines.push_back(std::move(ring));
        }
      }
    }
  }
  return lines;
}

}  // namespace

Axis trimmed(Axis const& axis, Trim const& trim) {
  double const total = axis.length_mm();
  double const start = std::max(0.0, trim.start_mm);
  double const end = std::max(0.0, trim.end_mm);
  double const most = total * (1 - kept_share);
  double const factor = start + end > most ? most / (start + end) : 1;
  return part_of(axis, start * factor, total - end * factor);
}

double length_within(Axis const& axis, Box const& box, double clear_mm) {
  if (axis.empty() || distance_to(box, axis.points.front()) >= clear_mm) return 0;
  double const total = axis.length_mm();
  for (double s = 0; s < total; s += step_mm) {
    if (distance_to(box, axis.at(s)) >= clear_mm) return s;
  }
  return total;
}

double length_behind(Axis const& axis, std::vector<std::vector<Point>> const& lines,
                     double clear_mm, double reach_mm) {
  if (axis.empty()) return 0;
  double const total = axis.length_mm();
  auto const end = axis.points.back();
  Box near;
  near.add(end);
  near = near.grown(reach_mm + clear_mm);
  std::vector<std::pair<Point, Point>> pieces;
  for (auto const& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      Box box;
      box.add(line[i - 1]);
      box.add(line[i]);
      if (box.overlaps(near)) pieces.emplace_back(line[i - 1], line[i]);
    }
  }
  double cut = 0;
  for (double s = 0; s <= std::min(reach_mm, total); s += step_mm) {
    auto const p = axis.at(total - s);
    bool const touches = std::ranges::any_of(pieces, [&](auto const& piece) {
      return distance_to(p, piece.first, piece.second) < clear_mm;
    });
    if (touches) cut = s + step_mm;
  }
  // Still beside it where the reach ends: it runs along the wall and does not stop there.
  return cut >= std::min(reach_mm, total) ? 0 : cut;
}

Trim trim_of(Builder& builder, style::Look const& look, record::Movement const& movement,
             Axis const& axis) {
  double const clear_mm = look.mm("movement-trim-end");
  Trim trim{look.mm("movement-trim-start"), clear_mm};
  auto const& ends = movement.to.empty() ? movement.places : movement.to;
  for (auto const& box : boxes_at(builder, movement.from, axis.points.front())) {
    trim.start_mm = std::max(trim.start_mm, length_within(axis, box, 0.3 * clear_mm));
  }
  auto const back = reversed(axis);
  for (auto const& box : boxes_at(builder, ends, axis.points.back())) {
    trim.end_mm = std::max(trim.end_mm, length_within(back, box, clear_mm));
  }
  auto const classes = look.texts("movement-stop-at");
  if (!classes.empty()) {
    trim.end_mm = std::max(
        trim.end_mm, length_behind(axis, lines_of(builder, classes), clear_mm, stop_reach_mm));
  }
  return trim;
}

namespace {

/// Points beside the axis, on the right of it for a positive offset.
std::vector<Point> beside(Axis const& axis, std::vector<double> const& offset_mm) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    auto const d = axis.direction(axis.along_mm[i]);
    points.push_back(axis.points[i] + Point{-d.y_mm, d.x_mm} * offset_mm[i]);
  }
  return points;
}

double smoothstep(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace

Axis out_and_back(Axis const& axis, double gap_mm, double share) {
  share = std::clamp(share, 0.0, 1.0);
  if (axis.empty() || share <= 0 || gap_mm <= 0) return axis;
  double const total = axis.length_mm();
  bool const comes_back = draw::distance(axis.points.front(), axis.points.back()) < total * 0.3;
  if (comes_back) return axis;
  double const half = std::min(gap_mm / 2, total / 6);
  // The turn lies within the way, so that it does not run into what it was aimed at.
  auto const out = part_of(axis, 0, total - half);
  if (out.empty()) return axis;
  std::vector<double> offset;
  for (double const s : out.along_mm) {
    offset.push_back(half * smoothstep(s / (0.6 * out.length_mm())));
  }
  auto points = beside(out, offset);
  auto const way = out.direction(out.length_mm());
  auto const middle = out.points.back();
  Point const right{-way.y_mm * half, way.x_mm * half};
  constexpr int steps = 12;
  for (int k = 1; k < steps; ++k) {
    points.push_back(middle + draw::turned(right, -std::numbers::pi * k / steps));
  }
  auto const back = reversed(part_of(out, out.length_mm() * (1 - share), out.length_mm()));
  std::vector<double> const along(back.points.size(), half);
  for (auto const& p : beside(back, along)) points.push_back(p);
  return axis_of(points);
}

Axis way_out(Axis const& course, double share) {
  if (share <= 0) return course;
  return part_of(course, 0, 0.93 * course.length_mm() / (1 + std::min(share, 1.0)));
}

}  // namespace hachure::scene
