#include "scene/movement_route.hpp"

#include <algorithm>

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Point;

/// How far routes and geodata are followed beyond the frame.
constexpr double margin_mm = 6;
/// Half the width that a line of geodata has as ground: a river without banks carries ships.
constexpr double line_ground_mm = 0.35;
/// Height of the bow between two places, in distances of the two: seen, and no detour.
constexpr double bow = 0.06;
/// Bad ground that smoothing may add to what the way crosses anyway.
constexpr double slack_mm = 0.3;

bool is_of(MapData::Layer const& layer, std::vector<std::string> const& classes) {
  return !layer.is_raster &&
         std::ranges::find(classes, layer.reference->layer_class) != classes.end();
}

struct GroundShapes {
  draw::Path areas;
  draw::Path lines;
};

GroundShapes shapes_of(Builder const& builder, geo::Feature const& feature) {
  GroundShapes shapes;
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&feature.geometry)) {
    for (auto const& polygon : polygons->at) {
      for (auto const& ring : builder.view.polygon(polygon, margin_mm)) {
        shapes.areas.add_polyline(ring, true);
      }
    }
  } else if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&feature.geometry)) {
    for (auto const& line : lines->at) {
      for (auto const& part : builder.view.line(line, margin_mm)) {
        shapes.lines.add_polyline(part, false);
      }
    }
  }
  return shapes;
}

/// The longest part of the axis on the page and a little beyond.
Axis on_page(Axis const& axis, Box const& frame) {
  auto const window = frame.grown(margin_mm);
  std::size_t best_from = 0;
  std::size_t best_to = 0;
  for (std::size_t i = 0; i < axis.points.size();) {
    auto to = i;
    while (to < axis.points.size() && window.contains(axis.points[to])) ++to;
    if (to - i > best_to - best_from) best_from = i, best_to = to;
    i = to + 1;
  }
  if (best_to - best_from < 2) return {};
  return part_of(axis, axis.along_mm[best_from], axis.along_mm[best_to - 1]);
}

/// A curve through the places without regard to any ground.
Axis free_curve(std::vector<Point> const& stops) {
  if (stops.size() > 2) return curve_through(stops);
  auto const a = stops.front();
  auto const b = stops.back();
  auto const d = b - a;
  auto const control = (a + b) * 0.5 + Point{d.y_mm, -d.x_mm} * (2 * bow);
  std::vector<Point> arc;
  constexpr int pieces = 32;
  for (int i = 0; i <= pieces; ++i) {
    double const t = static_cast<double>(i) / pieces;
    arc.push_back(a * ((1 - t) * (1 - t)) + control * (2 * t * (1 - t)) + b * (t * t));
  }
  return smoothed_axis(arc, 0);
}

}  // namespace

RouteGround const* RouteGrounds::of(Builder const& builder, style::Look const& look,
                                    Box const& reach) {
  auto const over = look.texts("movement-route-over");
  auto const avoid = look.texts("movement-route-avoid");
  auto const& layers = builder.data.layers;
  auto const has = [&](std::vector<std::string> const& classes) {
    return std::ranges::any_of(layers, [&](auto const& layer) { return is_of(layer, classes); });
  };
  bool const has_over = has(over);
  if (!has_over && !has(avoid)) return nullptr;
  auto const& frame = builder.view.frame();
  std::string key;
  for (auto const& name : over) key += name + ",";
  key += "/";
  for (auto const& name : avoid) key += name + ",";
  if (!frame.contains(reach)) {
    for (double const edge : {reach.min_x_mm, reach.min_y_mm, reach.max_x_mm, reach.max_y_mm}) {
      key += "/" + std::to_string(edge);
    }
  }
  auto& ground = grounds_[key];
  if (ground) return ground.get();
  ground =
      std::make_unique<RouteGround>(frame.grown(margin_mm), frame.contains(reach) ? frame : reach);
  for (auto const& layer : layers) {
    if (!has_over || !is_of(layer, over)) continue;
    for (auto const* feature : layer.features) {
      auto const shapes = shapes_of(builder, *feature);
      ground->keep_to(shapes.areas, {}, line_ground_mm);
    }
  }
  for (auto const& layer : layers) {
    if (!is_of(layer, avoid)) continue;
    for (auto const* feature : layer.features) {
      auto const shapes = shapes_of(builder, *feature);
      ground->keep_off(shapes.areas, shapes.lines, line_ground_mm);
    }
  }
  // Rivers without banks go through the land.
  for (auto const& layer : layers) {
    if (!has_over || !is_of(layer, over)) continue;
    for (auto const* feature : layer.features) {
      auto const shapes = shapes_of(builder, *feature);
      if (!shapes.lines.empty()) ground->keep_to({}, shapes.lines, line_ground_mm);
    }
  }
  return ground.get();
}

Axis natural_axis(Builder& builder, style::Look const& look, record::Movement const& movement,
                  RouteGrounds& grounds) {
  auto const& frame = builder.view.frame();
  auto const around = frame.grown(std::max(frame.width_mm(), frame.height_mm()));
  std::vector<Point> stops;
  Box reach;
  for (auto const& place : movement.line) {
    auto const at = builder.view.to_page(place);
    if (!at || !around.contains(*at)) return {};
    if (!stops.empty() && draw::distance(stops.back(), *at) < 1e-6) continue;
    stops.push_back(*at);
    reach.add(*at);
  }
  if (stops.size() < 2) return {};
  auto const* ground = grounds.of(builder, look, reach);
  bool const is_straight = look.text("movement-curve") == "straight";
  if (ground == nullptr) {
    return on_page(is_straight ? smoothed_axis(stops, 0) : free_curve(stops), frame);
  }
  auto const way = ground->route(stops, look.mm("movement-route-clearance"));
  double const bad_mm = ground->bad_length_mm(way) + slack_mm;
  // A route over open ground has no bends of its own.
  if (way.size() == stops.size() && !is_straight) {
    auto curve = free_curve(stops);
    if (ground->bad_length_mm(curve.points) <= bad_mm) return on_page(curve, frame);
  }
  double const smooth_mm = is_straight ? 0 : std::max(look.mm("movement-smooth"), 0.5);
  for (double share = 1; share > 0.1 && smooth_mm > 0; share /= 2) {
    auto axis = smoothed_axis(way, smooth_mm * share);
    if (ground->bad_length_mm(axis.points) <= bad_mm) return on_page(axis, frame);
  }
  return on_page(smoothed_axis(way, 0.15), frame);
}

}  // namespace hachure::scene
