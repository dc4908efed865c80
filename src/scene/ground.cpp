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
#include "scene/pattern.hpp"
#include "scene/relief.hpp"
#include "scene/texture.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;
using PagePolygon = std::vector<std::vector<Point>>;
using style::LayerType;

constexpr double clip_margin_mm = 4;

std::vector<geo::Plane> planes(std::vector<Point> const& line) {
  std::vector<geo::Plane> out;
  out.reserve(line.size());
  for (auto const& p : line) out.push_back({p.x_mm, p.y_mm});
  return out;
}

std::vector<Point> points(std::vector<geo::Plane> const& line) {
  std::vector<Point> out;
  out.reserve(line.size());
  for (auto const& p : line) out.push_back({p.x, p.y});
  return out;
}

/// Corner cutting after Chaikin (1974). Vertices that turn by more than 50 degrees are kept: they
/// are corners of works, not of a coarse digitisation.
std::vector<Point> smoothed(std::vector<Point> const& line, int rounds) {
  std::vector<Point> current = line;
  bool const closed = line.size() > 3 && line.front() == line.back();
  for (int round = 0; round < rounds && current.size() > 2; ++round) {
    std::vector<Point> next;
    std::size_t const n = current.size();
    if (!closed) next.push_back(current.front());
    for (std::size_t i = 0; i + 1 < n; ++i) {
      auto const a = current[i];
      auto const b = current[i + 1];
      next.push_back(a + (b - a) * 0.25);
      next.push_back(a + (b - a) * 0.75);
    }
    if (closed) {
      next.push_back(next.front());
    } else {
      next.push_back(current.back());
    }
    current = std::move(next);
  }
  return current;
}

double area_of(PagePolygon const& polygon) {
  double area = 0;
  for (auto const& ring : polygon) {
    double const own = std::abs(geo::signed_area(planes(ring)));
    area = &ring == &polygon.front() ? own : area - own;
  }
  return area;
}

/// What one feature looks like on the page.
struct PageFeature {
  std::vector<PagePolygon> polygons;
  std::vector<std::vector<Point>> lines;  ///< of lines, or the visible outlines of polygons
};

std::vector<Point> prepared(std::vector<Point> const& line, double simplify_mm, int smooth) {
  auto const simple = points(geo::simplified(planes(line), simplify_mm));
  return smooth > 0 ? smoothed(simple, smooth) : simple;
}

PageFeature page_feature(geo::Feature const& feature, MapView const& view, double simplify_mm,
                         int smooth, double minimum_mm2) {
  PageFeature out;
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&feature.geometry)) {
    for (auto const& polygon : polygons->at) {
      PagePolygon page;
      for (auto const& ring : view.polygon(polygon, clip_margin_mm)) {
        auto simple = prepared(ring, simplify_mm, smooth);
        if (simple.size() >= 4) page.push_back(std::move(simple));
      }
      if (page.empty() || area_of(page) < minimum_mm2) continue;
      for (auto const& ring : page) out.lines.push_back(ring);
      out.polygons.push_back(std::move(page));
    }
  } else if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&feature.geometry)) {
    for (auto const& line : lines->at) {
      for (auto const& part : view.line(line, clip_margin_mm)) {
        auto simple = prepared(part, simplify_mm, smooth);
        if (simple.size() >= 2) out.lines.push_back(std::move(simple));
      }
    }
  }
  return out;
}

Path path_of(std::vector<PagePolygon> const& polygons) {
  Path path;
  for (auto const& polygon : polygons) {
    for (auto const& ring : polygon) path.add_polyline(ring, true);
  }
  return path;
}

Path path_of(std::vector<std::vector<Point>> const& lines) {
  Path path;
  for (auto const& line : lines) {
    path.add_polyline(line, line.size() > 3 && line.front() == line.back());
  }
  return path;
}

draw::LineCap cap_of(std::string const& name) {
  if (name == "round") return draw::LineCap::round;
  if (name == "square") return draw::LineCap::square;
  return draw::LineCap::butt;
}

draw::LineJoin join_of(std::string const& name) {
  if (name == "miter") return draw::LineJoin::miter;
  if (name == "bevel") return draw::LineJoin::bevel;
  return draw::LineJoin::round;
}

draw::Color faded(draw::Color color, double opacity) {
  color.a *= std::clamp(opacity, 0.0, 1.0);
  return color;
}

draw::Stroke stroke_of(style::Look const& look) {
  draw::Stroke stroke;
  stroke.color = faded(look.color_or("line-color", {}), look.number("line-opacity"));
  stroke.width_mm = look.mm("line-width");
  stroke.cap = cap_of(look.text("line-cap"));
  stroke.join = join_of(look.text("line-join"));
  stroke.dash_mm = look.mms("line-dasharray");
  return stroke;
}

std::string node_id(style::StyleLayer const& layer, geo::Feature const& feature) {
  return layer.id + "." + feature.id;
}

std::vector<Point> offset_line(std::vector<Point> const& line, double offset_mm) {
  if (offset_mm == 0 || line.size() < 2) return line;
  std::vector<Point> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    auto const a = line[i == 0 ? 0 : i - 1];
    auto const b = line[std::min(i + 1, line.size() - 1)];
    auto const d = b - a;
    double const n = draw::length(d);
    out.push_back(n > 0 ? line[i] + Point{-d.y_mm / n, d.x_mm / n} * offset_mm : line[i]);
  }
  return out;
}

void add_obstacle(Builder& builder, style::StyleLayer const& layer, std::string const& owner,
                  std::vector<std::vector<Point>> const& lines, double half_width_mm) {
  if (layer.obstacle <= 0) return;
  Obstacle obstacle;
  obstacle.owner = owner;
  obstacle.area = path_of(lines);
  obstacle.is_line = true;
  obstacle.half_width_mm = half_width_mm;
  obstacle.weight = layer.obstacle;
  builder.scene.obstacles.push_back(std::move(obstacle));
}

/// Symbols of patterns, in the colour of the layer's ink.
PutSymbol symbols_of(Builder& builder, style::StyleLayer const& layer, draw::Color const& ink) {
  style::SymbolColors colors;
  colors.side = colors.second = colors.ink = ink;
  colors.side_light = draw::mixed(ink, builder.scene.ground, 0.3);
  colors.paper = builder.scene.ground;
  return [&builder, &layer, colors](std::string const& id, Point at, double size_mm,
                                    double angle_rad) {
    auto picture = builder.picture(id, colors, at, size_mm, 0, layer);
    if (picture) {
      picture->anchor_in_view = picture->source->view_box.center();
      picture->angle_rad += angle_rad;
      picture->title.clear();
    }
    return picture;
  };
}

/// The lines in their strokes, the first of which is the casing if there is one, with their
/// pattern.
std::vector<draw::Node> line_nodes(Builder& builder, style::StyleLayer const& layer,
                                   style::Look const& look,
                                   std::vector<draw::Stroke> const& strokes, std::size_t main,
                                   std::vector<std::vector<Point>> const& lines) {
  std::vector<draw::Node> nodes;
  auto const path = path_of(lines);
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    auto const& stroke = strokes[i];
    if (stroke.width_mm <= 0) continue;
    if (i == main && look.has("line-gradient")) {
      for (auto const& line : lines) {
        auto pieces = gradient_strokes(line, stroke, [&](double share) {
          return faded(look.color_at("line-gradient", share).value_or(stroke.color),
                       look.number("line-opacity"));
        });
        std::ranges::move(pieces, std::back_inserter(nodes));
      }
    } else if (stroke.color.a > 0) {
      nodes.push_back({draw::Shape{{}, path, {}, stroke}});
    }
  }
  auto const pattern = line_pattern(look);
  std::ranges::move(pattern_along(lines, pattern, symbols_of(builder, layer, pattern.ink)),
                    std::back_inserter(nodes));
  return nodes;
}

std::vector<std::vector<Point>> sample_lines() {
  std::vector<Point> const line{{-4, 0.2}, {-1.5, -0.5}, {1.2, 0.4}, {4, -0.3}};
  return {smoothed(line, 3)};
}

void draw_line_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       style::Feature const& properties, std::string const& id,
                       std::vector<std::vector<Point>> lines) {
  double const offset = look.mm("line-offset");
  for (auto& line : lines) line = offset_line(line, offset);
  std::vector<draw::Stroke> strokes;
  auto const main = stroke_of(look);
  if (auto const casing = look.color("line-casing-color")) {
    auto under = main;
    under.color = *casing;
    under.width_mm += 2 * look.mm("line-casing-width");
    under.dash_mm.clear();
    strokes.push_back(under);
  }
  auto const main_at = strokes.size();
  strokes.push_back(main);
  if (auto const centre = look.color("line-centre-color")) {
    auto over = main;
    over.color = *centre;
    over.width_mm = look.mm("line-centre-width");
    over.dash_mm.clear();
    strokes.push_back(over);
  }
  draw::Group group;
  group.id = id;
  group.role = draw::GroupRole::record;
  group.children = line_nodes(builder, layer, look, strokes, main_at, lines);
  builder.add(layer, {std::move(group)});
  add_obstacle(builder, layer, id, lines, main.width_mm / 2);
  builder.add_legend(layer, properties,
                     line_nodes(builder, layer, look, strokes, main_at, sample_lines()));
}

/// An area in a pattern: its ground, the pattern, the outline on top.
draw::Group patterned(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                      draw::Shape const& shape, draw::Box const& window) {
  draw::Group group;
  group.id = shape.id;
  if (auto const ground = look.color("fill-pattern-ground")) {
    group.children.push_back({draw::Shape{{}, shape.path, draw::Fill{*ground}, {}}});
  }
  auto const pattern = area_pattern(look);
  auto nodes = pattern_nodes(shape.path, window, pattern, shape.id.empty() ? layer.id : shape.id,
                             symbols_of(builder, layer, pattern.ink));
  std::ranges::move(nodes, std::back_inserter(group.children));
  if (shape.stroke) group.children.push_back({draw::Shape{{}, shape.path, {}, shape.stroke}});
  return group;
}

void draw_fill_feature(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                       style::Feature const& properties, std::string const& id,
                       std::vector<PagePolygon> const& polygons) {
  draw::Shape shape;
  shape.id = id;
  shape.path = path_of(polygons);
  shape.fill = draw::Fill{faded(look.color_or("fill-color", {}), look.number("fill-opacity")),
                          draw::FillRule::evenodd};
  if (auto const outline = look.color("fill-outline-color")) {
    draw::Stroke stroke;
    stroke.color = *outline;
    stroke.width_mm = look.mm("fill-outline-width");
    stroke.join = draw::LineJoin::round;
    shape.stroke = stroke;
  }
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
  auto const sample = make_texture(box, sample_area, texture, id);
  texture.kept_free = ground.kept_free;
  auto group = texture_group(make_texture(area, builder.view.frame(), texture, id), look);
  group.id = id;
  group.role = draw::GroupRole::record;
  builder.add(layer, {std::move(group)});
  builder.add_legend(layer, properties, {{texture_group(sample, look)}});
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
      auto page =
          page_feature(feature, builder.view, look.mm("simplify"),
                       static_cast<int>(look.number("smooth")), look.number("minimum-area"));
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
