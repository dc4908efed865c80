// Hachures, contours and tints by height: what is drawn as vectors from rasters of heights.
#include <algorithm>
#include <cmath>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "scene/avoid.hpp"
#include "scene/builder.hpp"
#include "scene/contour.hpp"
#include "scene/hachures.hpp"
#include "scene/movement.hpp"

namespace hachure::scene {

std::vector<geo::HeightGrid> grids_of(Builder const& builder, style::StyleLayer const& layer) {
  std::vector<geo::HeightGrid> grids;
  for (auto const& source : builder.data.layers) {
    if (!source.is_raster || source.heights.columns == 0) continue;
    if (std::ranges::find(layer.sources, source.reference->layer_class) == layer.sources.end()) {
      continue;
    }
    grids.push_back(source.heights);
  }
  return grids;
}

namespace {

using draw::Point;

constexpr double margin_mm = 3;

HeightField field_of(Builder const& builder, style::Look const& look,
                     std::vector<geo::HeightGrid> const& grids) {
  auto const box = builder.view.frame().grown(margin_mm);
  // The finest lattice that the limit allows.
  double const finest_mm = std::sqrt(box.width_mm() * box.height_mm() /
                                     static_cast<double>(base::limits::max_height_nodes));
  double const step_mm = std::max({0.05, finest_mm, look.mm("relief-detail")});
  return heights_on_page(grids, builder.view, step_mm, margin_mm, look.mm("relief-smooth"));
}

double at_or(std::vector<double> const& values, std::size_t i, double otherwise) {
  return i < values.size() ? values[i] : otherwise;
}

HachureLook hachure_look(Builder const& builder, style::Look const& look, double highest_m) {
  HachureLook out;
  out.levels_m = look.numbers("hachure-levels");
  std::ranges::sort(out.levels_m);
  if (out.levels_m.empty()) out.levels_m = form_line_levels(builder.view.scale(), highest_m);
  auto const spacing = look.mms("hachure-spacing");
  // Below a twentieth of a millimetre no press prints a gap, and memory would be the page's area
  // over its square.
  constexpr double least_mm = 0.05;
  out.spacing_mm = std::max(least_mm, at_or(spacing, 0, out.spacing_mm));
  out.spacing_steep_mm = std::max(least_mm, at_or(spacing, 1, out.spacing_mm));
  auto const width = look.mms("hachure-width");
  out.width_mm = at_or(width, 0, out.width_mm);
  out.width_steep_mm = at_or(width, 1, out.width_mm);
  out.least_gap_mm = std::max(least_mm, 0.6 * out.spacing_steep_mm);
  out.widest_mm = out.least_gap_mm * 0.95;
  out.taper = look.number("hachure-taper");
  auto const reach = look.mms("hachure-length");
  out.shortest_mm = std::max(0.1, at_or(reach, 0, out.shortest_mm));
  out.longest_mm = std::clamp(at_or(reach, 1, out.longest_mm), out.shortest_mm, 20.0);
  auto const slopes = look.numbers("hachure-slopes");
  out.flattest = std::max(1e-4, at_or(slopes, 0, out.flattest));
  out.steepest = std::max(1e-3, at_or(slopes, 1, out.steepest));
  out.light = look.number("hachure-light");
  out.light_deg = look.number("hachure-illumination-direction");
  return out;
}

void draw_hachure_layer(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                        HeightField const& field) {
  auto const range = range_of(field);
  if (!range) return;
  auto const hachures = hachure_look(builder, look, range->high_m);
  auto const mask = mask_of(builder, look);
  auto const strokes = hachure_strokes(field, hachures, mask ? &*mask : nullptr);
  builder.count(layer, strokes.size(), strokes.size());
  draw::Shape shape;
  shape.id = layer.id;
  shape.path = tapered(strokes, hachures.taper);
  shape.fill = draw::Fill{look.color_or("hachure-color", {}), draw::FillRule::nonzero};
  if (shape.path.empty()) return;
  if (layer.obstacle > 0) {
    Obstacle obstacle;
    obstacle.owner = layer.id;
    obstacle.area = shape.path;
    obstacle.weight = layer.obstacle;
    builder.scene.obstacles.push_back(std::move(obstacle));
  }
  builder.add(layer, {std::move(shape)});
  std::vector<HachureStroke> sample;
  for (int i = 0; i < 16; ++i) {
    double const x = -3 + i * 0.4;
    sample.push_back({{{x, -0.9}, {x, 0.9}}, hachures.width_mm + 0.005 * i, 0});
  }
  draw::Shape swatch;
  swatch.path = tapered(sample, hachures.taper);
  swatch.fill = draw::Fill{look.color_or("hachure-color", {}), draw::FillRule::nonzero};
  builder.add_legend(layer, {}, {{std::move(swatch)}});
}

style::Feature contour_feature(double height_m, bool is_index) {
  style::Feature feature;
  feature.set("height", style::Value(height_m));
  feature.set("index", style::Value(is_index));
  return feature;
}

draw::Stroke contour_stroke(style::Look const& look) {
  draw::Stroke stroke;
  stroke.color = look.color_or("line-color", {});
  stroke.color.a *= std::clamp(look.number("line-opacity"), 0.0, 1.0);
  stroke.width_mm = look.mm("line-width");
  stroke.dash_mm = look.mms("line-dasharray");
  stroke.join = draw::LineJoin::round;
  return stroke;
}

/// A line in parts that run from left to right or back: cut where it is farthest left and right, so
/// that figures on either part of a ring stand upright.
std::vector<std::vector<Point>> runs_of(ContourLine const& line) {
  auto points = line.points;
  auto const by_x = [](Point a, Point b) { return a.x_mm < b.x_mm; };
  if (line.closed) {
    std::rotate(points.begin(), std::min_element(points.begin(), points.end(), by_x), points.end());
    points.push_back(points.front());
  }
  auto [first, second] = std::ranges::minmax_element(points, by_x);
  if (first > second) std::swap(first, second);
  std::vector<std::vector<Point>> runs;
  auto const add = [&](auto from, auto to) {
    if (to - from > 1) runs.emplace_back(from, to);
  };
  add(points.begin(), first + 1);
  add(first, second + 1);
  add(second, points.end());
  return runs;
}

/// Figures stand on the longest lines of a height.
void add_contour_label(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       std::vector<ContourLine const*> const& lines) {
  auto request = builder.label(layer, look, "contour." + base::to_text(lines.front()->height_m, 3));
  if (request.spans.empty()) return;
  constexpr double shortest_mm = 12;
  for (auto const* line : lines) {
    for (auto const& run : runs_of(*line)) {
      auto axis = smoothed_axis(run, 0.6, 0.3);
      if (axis.empty() || axis.length_mm() < shortest_mm) continue;
      if (axis.points.front().x_mm > axis.points.back().x_mm) std::ranges::reverse(axis.points);
      request.lines.push_back(std::move(axis.points));
    }
  }
  if (request.lines.empty()) return;
  request.placement = LabelPlacement::line;
  request.anchor = request.lines.front()[request.lines.front().size() / 2];
  builder.scene.labels.push_back(std::move(request));
}

void draw_contour_layer(Builder& builder, style::StyleLayer const& layer,
                        HeightField const& field) {
  auto const none = contour_feature(0, false);
  builder.context.feature = &none;
  style::Look const common(layer, builder.context);
  auto const range = range_of(field);
  double const interval = common.number("contour-interval");
  if (!range || !(interval > 0)) return;
  auto const levels = even_levels(interval, range->low_m, range->high_m);
  auto const every = std::lround(common.number("contour-index"));
  auto const lines = contours(field, levels);
  draw::Group group;
  group.id = layer.id;
  std::size_t drawn = 0;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    std::vector<ContourLine const*> own;
    for (auto const& line : lines) {
      if (line.level == k && line.points.size() > 3) own.push_back(&line);
    }
    if (own.empty()) continue;
    ++drawn;
    bool const is_index = every > 0 && std::lround(levels[k] / interval) % every == 0;
    auto const feature = contour_feature(levels[k], is_index);
    if (!builder.takes(layer, feature)) continue;
    builder.context.feature = &feature;
    style::Look const look(layer, builder.context);
    draw::Shape shape;
    for (auto const* line : own) shape.path.add_polyline(line->points, line->closed);
    shape.stroke = contour_stroke(look);
    if (shape.stroke->width_mm > 0) group.children.push_back({std::move(shape)});
    add_contour_label(builder, layer, look, own);
    draw::Shape sample;
    std::vector<Point> const bend{{-4, 0.4}, {-1.6, -0.4}, {1.2, 0.3}, {4, -0.4}};
    sample.path.add_polyline(bend, false);
    sample.stroke = contour_stroke(look);
    builder.add_legend(layer, feature, {{std::move(sample)}});
    builder.context.feature = &none;
  }
  builder.count(layer, levels.size(), drawn);
  builder.add(layer, {std::move(group)});
}

void draw_tints(Builder& builder, style::StyleLayer const& layer, style::Look const& common,
                HeightField const& field) {
  auto levels = common.numbers("hypsometric-levels");
  std::ranges::sort(levels);
  auto const areas = areas_above(field, levels);
  draw::Group group;
  group.id = layer.id;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    if (areas[k].empty()) continue;
    auto const feature = contour_feature(levels[k], false);
    builder.context.feature = &feature;
    style::Look const look(layer, builder.context);
    draw::Shape shape;
    shape.path = areas[k];
    auto tint = look.color_or("hypsometric-color", {});
    tint.a *= std::clamp(look.number("hypsometric-opacity"), 0.0, 1.0);
    shape.fill = draw::Fill{tint, draw::FillRule::evenodd};
    draw::Shape swatch;
    swatch.path.add_box(draw::Box::of(-3.5, -1.5, 7, 3));
    swatch.fill = shape.fill;
    group.children.push_back({std::move(shape)});
    builder.add_legend(layer, feature, {{std::move(swatch)}});
  }
  builder.count(layer, levels.size(), group.children.size());
  style::Feature const none;
  builder.context.feature = &none;
  builder.add(layer, {std::move(group)});
}

}  // namespace

void draw_relief_lines(Builder& builder, style::StyleLayer const& layer) {
  auto const grids = grids_of(builder, layer);
  if (grids.empty()) {
    builder.count(layer, 0, 0);
    return;
  }
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  auto const field = field_of(builder, look, grids);
  if (layer.type == style::LayerType::hachure) {
    draw_hachure_layer(builder, layer, look, field);
  } else if (layer.type == style::LayerType::contour) {
    draw_contour_layer(builder, layer, field);
  } else {
    draw_tints(builder, layer, look, field);
  }
}

}  // namespace hachure::scene
