// Background, relief, areas, lines, walls, water-lining and textures of the geodata.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "draw/polygon.hpp"
#include "geo/ops.hpp"
#include "scene/avoid.hpp"
#include "scene/builder.hpp"
#include "scene/height_field.hpp"
#include "scene/movement.hpp"
#include "scene/page_feature.hpp"
#include "scene/relief.hpp"
#include "scene/texture.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;
using style::LayerType;

void draw_line_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       style::Feature const& properties, std::string const& id,
                       std::vector<std::vector<Point>> lines) {
  double const offset = look.mm("line-offset");
  for (auto& line : lines) line = offset_line(line, offset);
  draw::Group group;
  group.id = id;
  group.role = draw::GroupRole::record;
  group.children = line_nodes(builder, layer, look, lines);
  builder.add(layer, {std::move(group)});
  add_obstacle(builder, layer, id, lines, look.mm("line-width") / 2);
  builder.add_legend(layer, properties, line_nodes(builder, layer, look, sample_lines()));
}

void draw_fill_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       style::Feature const& properties, std::string const& id,
                       std::vector<PagePolygon> const& polygons) {
  auto shape = area_shape(look, path_of(polygons));
  shape.id = id;
  if (layer.ground == "water") builder.scene.water.append(shape.path);
  if (layer.ground == "land") builder.scene.land.append(shape.path);
  draw::Shape swatch = shape;
  swatch.id.clear();
  swatch.path = {};
  auto const swatch_box = draw::Box::of(-3.5, -1.5, 7, 3);
  swatch.path.add_box(swatch_box);
  if (!look.text("fill-pattern").empty()) {
    builder.add(layer, {patterned(builder, layer, look, shape, builder.view.frame())});
    builder.add_legend(layer, properties, {{patterned(builder, layer, look, swatch, swatch_box)}});
    return;
  }
  builder.add(layer, {std::move(shape)});
  builder.add_legend(layer, properties, {{std::move(swatch)}});
}

/// Wall: main line, towers at even distances, an inner rampart line.
void draw_wall_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       style::Feature const& properties, std::string const& id,
                       std::vector<std::vector<Point>> const& lines) {
  draw::Group group;
  group.id = id;
  group.role = draw::GroupRole::record;
  auto const path = path_of(lines);
  auto main = stroke_of(look);
  main.join = draw::LineJoin::miter;
  if (auto const casing = look.color("line-casing-color")) {
    auto under = main;
    under.color = *casing;
    under.width_mm += 2 * look.mm("line-casing-width");
    group.children.push_back({draw::Shape{{}, path, {}, under}});
  }
  if (double const inner = look.mm("wall-inner-width"); inner > 0) {
    auto rampart = main;
    rampart.width_mm = inner;
    std::vector<std::vector<Point>> shifted;
    for (auto const& line : lines) {
      shifted.push_back(offset_line(line, look.mm("wall-inner-gap")));
    }
    group.children.push_back({draw::Shape{{}, path_of(shifted), {}, rampart}});
  }
  group.children.push_back({draw::Shape{{}, path, {}, main}});
  double const spacing = look.mm("tower-spacing");
  double const size = look.mm("tower-size");
  auto const towers_on = [&](std::vector<std::vector<Point>> const& walls) {
    Path towers;
    for (auto const& line : walls) {
      auto const axis = smoothed_axis(line, 0, 0.2);
      if (axis.empty()) continue;
      int const n = std::max(1, static_cast<int>(std::round(axis.length_mm() / spacing)));
      for (int i = 0; i <= n; ++i) {
        double const s = axis.length_mm() * i / n;
        auto const at = axis.at(s);
        auto const u = axis.direction(s) * (size / 2);
        Point const v{-u.y_mm, u.x_mm};
        std::vector<Point> const corners{at - u - v, at + u - v, at + u + v, at - u + v};
        towers.add_polyline(corners, true);
      }
    }
    return towers;
  };
  auto const tower_fill = draw::Fill{main.color, draw::FillRule::nonzero};
  if (spacing > 0 && size > 0) {
    group.children.push_back({draw::Shape{{}, towers_on(lines), tower_fill, {}}});
  }
  auto const pattern = line_pattern(look);
  std::ranges::move(pattern_along(lines, pattern, symbols_of(builder, layer, pattern.ink)),
                    std::back_inserter(group.children));
  builder.add(layer, {std::move(group)});
  add_obstacle(builder, layer, id, lines, std::max(main.width_mm, size) / 2);
  draw::Group sample;
  std::vector<std::vector<Point>> const straight{{{-4, 0}, {4, 0}}};
  sample.children.push_back({draw::Shape{{}, path_of(straight), {}, main}});
  if (spacing > 0 && size > 0) {
    sample.children.push_back({draw::Shape{{}, towers_on(straight), tower_fill, {}}});
  }
  builder.add_legend(layer, properties, {{std::move(sample)}});
}

/// The water whose shore is lined: the areas, or what they leave of the frame.
Path shore_water(Builder const& builder, style::Look const& look,
                 std::vector<PagePolygon> const& polygons) {
  auto const area = path_of(polygons);
  if (look.text("shore-side") != "outside") return area;
  Path around;
  // Wider than any line's distance from a shore, so that none follows the edge of the page.
  constexpr double room_mm = 40;
  around.add_box(builder.view.frame().grown(room_mm));
  return draw::difference(around, area);
}

/// Rings of a lining: those too short to read are left out, the rest ends at what is kept free.
Path lining(Path const& rings, Path const& kept_free, double shortest_mm) {
  Path out;
  for (auto const& ring : rings.flattened(0.05)) {
    double length_mm = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) length_mm += draw::distance(ring[i - 1], ring[i]);
    if (length_mm < shortest_mm) continue;
    if (kept_free.empty()) {
      out.add_polyline(ring, true);
      continue;
    }
    for (auto const& part : draw::clipped_line(ring, kept_free, false)) {
      out.add_polyline(part, part.size() > 3 && part.front() == part.back());
    }
  }
  return out;
}

/// Lines along the shore inside the water, at the distances given, fading outwards.
void draw_water_lining(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       std::vector<PagePolygon> const& water) {
  if (water.empty()) return;
  auto const area = shore_water(builder, look, water);
  auto const distances = look.mms("lining-distances");
  auto const base_stroke = stroke_of(look);
  double const fade = look.number("lining-fade");
  auto const kept_free = area_to_avoid(builder, look);
  draw::Group group;
  group.id = layer.id;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    double const share = distances.size() > 1
                             ? static_cast<double>(i) / static_cast<double>(distances.size() - 1)
                             : 0;
    double const keep = 1 + (fade - 1) * share;
    // Shrinking further and growing back rounds the lines more and more with their distance.
    double const rounding = 0.25 * distances[i] + 0.1;
    auto const line =
        lining(draw::buffered(draw::buffered(area, -(distances[i] + rounding)), rounding),
               kept_free, look.mm("lining-shortest"));
    if (line.empty()) continue;
    auto stroke = base_stroke;
    stroke.width_mm *= keep;
    stroke.color = faded(stroke.color, keep);
    group.children.push_back({draw::Shape{{}, line, {}, stroke}});
  }
  builder.add(layer, {std::move(group)});
}

/// Bands of tint along the shore: the areas without what lies deeper inside than each distance.
void draw_vignette(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                   std::vector<PagePolygon> const& polygons) {
  if (polygons.empty()) return;
  auto const area = shore_water(builder, look, polygons);
  auto const color = faded(look.color_or("vignette-color", {}), look.number("vignette-opacity"));
  draw::Group group;
  group.id = layer.id;
  for (double const distance_mm : look.mms("vignette-distances")) {
    if (distance_mm <= 0) continue;
    draw::Shape band;
    band.path = area;
    band.path.append(draw::buffered(area, -distance_mm));
    band.fill = draw::Fill{color, draw::FillRule::evenodd};
    group.children.push_back({std::move(band)});
  }
  builder.add(layer, {std::move(group)});
}

void draw_relief(Builder& builder, style::StyleLayer const& layer) {
  auto const grids = grids_of(builder, layer);
  builder.count(layer, grids.size(), grids.size());
  if (grids.empty()) return;
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  ReliefLook relief;
  relief.ground = builder.scene.ground;
  relief.shadow = look.color_or("hillshade-shadow-color", {});
  relief.highlight = look.color_or("hillshade-highlight-color", {1, 1, 1, 1});
  relief.shadow_share = look.number("hillshade-shadow");
  relief.highlight_share = look.number("hillshade-highlight");
  relief.exaggeration = look.number("hillshade-exaggeration");
  relief.light_deg = look.number("hillshade-illumination-direction");
  relief.tint = look.color("hillshade-tint-color");
  relief.tint_height_m = std::max(1.0, look.number("hillshade-tint-height"));
  relief.dpi = std::clamp(look.number("hillshade-resolution"), 36.0, 600.0);
  auto image = shaded_relief(grids, builder.view, relief);
  image.id = layer.id;
  builder.add(layer, {std::move(image)});
}

void draw_background(Builder& builder, style::StyleLayer const& layer) {
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  builder.scene.ground = look.color_or("background-color", builder.scene.ground);
  draw::Shape shape;
  shape.id = layer.id;
  shape.path.add_box(builder.view.frame());
  shape.fill = draw::Fill{builder.scene.ground, draw::FillRule::nonzero};
  builder.add(layer, {std::move(shape)});
}

/// The signs of a texture in its inks: fills with their outline, shade edges, lines.
draw::Group texture_group(Texture const& texture, style::Look const& look) {
  auto const color = look.color_or("texture-color", {});
  draw::Group group;
  auto const stroke_of_width = [&](std::string_view property) -> std::optional<draw::Stroke> {
    draw::Stroke stroke;
    stroke.color = color;
    stroke.width_mm = look.mm(property);
    if (stroke.width_mm <= 0) return {};
    return stroke;
  };
  if (!texture.filled.empty()) {
    draw::Shape filled;
    filled.path = texture.filled;
    filled.fill = draw::Fill{look.color_or("texture-fill", color), draw::FillRule::nonzero};
    filled.stroke = stroke_of_width("texture-outline-width");
    group.children.push_back({std::move(filled)});
  }
  if (auto stroke = stroke_of_width("texture-width"); stroke && !texture.edges.empty()) {
    stroke->dash_mm = {0.5, 0.35};
    group.children.push_back({draw::Shape{{}, texture.edges, {}, stroke}});
  }
  if (auto const stroke = stroke_of_width("texture-width"); stroke && !texture.lines.empty()) {
    group.children.push_back({draw::Shape{{}, texture.lines, {}, stroke}});
  }
  if (auto const stroke = stroke_of_width("texture-shade-width");
      stroke && !texture.shades.empty()) {
    group.children.push_back({draw::Shape{{}, texture.shades, {}, stroke}});
  }
  return group;
}

/// Where the signs of a layer stand, the same for all its features.
struct TextureGround {
  Path kept_free;
  std::function<bool(Point)> stands_at;
};

/// The ground of a texture layer: off what it avoids, and not where the relief is too steep.
TextureGround texture_ground(Builder const& builder, style::Look const& look) {
  TextureGround ground{area_to_avoid(builder, look), {}};
  double const steepest = look.number("texture-steepest");
  if (steepest <= 0) return ground;
  std::vector<geo::HeightGrid> grids;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster && source.heights.columns > 0) grids.push_back(source.heights);
  }
  if (grids.empty()) return ground;
  constexpr double step_mm = 0.5;
  struct Relief {
    HeightField field;
    Terrain terrain;
    explicit Relief(HeightField f) : field(std::move(f)), terrain(field) {}
  };
  auto relief = std::make_shared<Relief const>(
      heights_on_page(grids, builder.view, step_mm, clip_margin_mm, step_mm));
  ground.stands_at = [relief, steepest](Point at) {
    auto const sample = relief->terrain.at(at);
    return !sample || std::hypot(sample->uphill.x, sample->uphill.y) <= steepest;
  };
  return ground;
}

void draw_texture_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                          style::Feature const& properties, std::string const& id, Path const& area,
                          TextureGround const& ground) {
  TextureLook texture;
  texture.stands_at = ground.stands_at;
  texture.kind = look.text("texture");
  texture.size_mm = look.mm("texture-size");
  texture.spacing_mm = look.mm("texture-spacing");
  texture.angle_rad = look.number("texture-angle") * 3.14159265358979323846 / 180;
  texture.density = look.number("texture-density");
  texture.hatch_mm = look.mm("texture-hatch-spacing");
  texture.ragged_mm = look.mm("texture-ragged");
  auto const sample_area = draw::Box::of(-3.5, -1.5, 7, 3);
  Path box;
  box.add_box(sample_area);
  // Whole fields would not fit into the legend's sample.
  auto sample_look = texture;
  if (texture.kind == "fields") sample_look.size_mm = std::min(texture.size_mm, 2.4);
  auto const sample = make_texture(box, sample_area, sample_look, id);
  texture.kept_free = ground.kept_free;
  auto group = texture_group(make_texture(area, builder.view.frame(), texture, id), look);
  group.id = id;
  group.role = draw::GroupRole::record;
  builder.add(layer, {std::move(group)});
  builder.add_legend(layer, properties, {{texture_group(sample, look)}});
}

}  // namespace

namespace {

/// How far beyond the frame areas are kept: lines along a shore must not follow the cut of an area
/// within the frame.
double margin_of(style::StyleLayer const& layer, style::Look const& look) {
  std::vector<double> distances;
  if (layer.type == LayerType::water_lining) distances = look.mms("lining-distances");
  if (layer.type == LayerType::vignette) distances = look.mms("vignette-distances");
  double farthest_mm = 0;
  for (double const d : distances) farthest_mm = std::max(farthest_mm, d);
  return clip_margin_mm + 1.3 * farthest_mm;
}

}  // namespace

void draw_ground(Builder& builder, style::StyleLayer const& layer) {
  if (layer.type == LayerType::background) return draw_background(builder, layer);
  if (layer.type == LayerType::hillshade) return draw_relief(builder, layer);
  std::size_t total = 0;
  std::size_t drawn = 0;
  std::vector<PagePolygon> together;
  std::optional<TextureGround> ground;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster) continue;
    if (std::ranges::find(layer.sources, source.reference->layer_class) == layer.sources.end()) {
      continue;
    }
    for (auto const* source_feature : source.features) {
      auto const& feature = *source_feature;
      ++total;
      auto const properties = feature_of(feature, builder.languages);
      if (!builder.takes(layer, properties)) continue;
      builder.context.feature = &properties;
      style::Look const look(layer, builder.context);
      auto page = page_feature(feature.geometry, builder.view, look, margin_of(layer, look));
      if (page.polygons.empty() && page.lines.empty()) continue;
      ++drawn;
      auto const id = node_id(layer, feature);
      switch (layer.type) {
        case LayerType::fill:
          draw_fill_feature(builder, layer, look, properties, id, page.polygons);
          break;
        case LayerType::line:
          draw_line_feature(builder, layer, look, properties, id, std::move(page.lines));
          break;
        case LayerType::wall:
          draw_wall_feature(builder, layer, look, properties, id, page.lines);
          break;
        case LayerType::texture:
          if (!ground) ground = texture_ground(builder, look);
          draw_texture_feature(builder, layer, look, properties, id, path_of(page.polygons),
                               *ground);
          break;
        case LayerType::vignette:
        case LayerType::water_lining:
          together.insert(together.end(), page.polygons.begin(), page.polygons.end());
          break;
        default:
          break;
      }
    }
  }
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  if (layer.type == LayerType::water_lining) draw_water_lining(builder, layer, look, together);
  if (layer.type == LayerType::vignette) draw_vignette(builder, layer, look, together);
  builder.count(layer, total, drawn);
}

}  // namespace hachure::scene
