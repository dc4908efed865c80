#include "scene/page_feature.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "geo/ops.hpp"
#include "scene/axis.hpp"

namespace hachure::scene {

using draw::Path;
using draw::Point;

namespace {

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

std::vector<Point> prepared(std::vector<Point> const& line, double simplify_mm, int smooth) {
  auto const simple = points(geo::simplified(planes(line), simplify_mm));
  return smooth > 0 ? smoothed(simple, smooth) : simple;
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

}  // namespace

PageFeature page_feature(geo::Geometry const& geometry, MapView const& view,
                         style::Look const& look, double margin_mm) {
  PageFeature out;
  double const simplify_mm = look.mm("simplify");
  int const smooth = static_cast<int>(look.number("smooth"));
  double const minimum_mm2 = look.number("minimum-area");
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&geometry)) {
    for (auto const& polygon : polygons->at) {
      PagePolygon page;
      for (auto const& ring : view.polygon(polygon, margin_mm)) {
        auto simple = prepared(ring, simplify_mm, smooth);
        if (simple.size() >= 4) page.push_back(std::move(simple));
      }
      if (page.empty() || area_of(page) < minimum_mm2) continue;
      for (auto const& ring : page) out.lines.push_back(ring);
      out.polygons.push_back(std::move(page));
    }
  } else if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry)) {
    for (auto const& line : lines->at) {
      for (auto const& part : view.line(line, margin_mm)) {
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

draw::Color faded(draw::Color color, double opacity) {
  color.a *= std::clamp(opacity, 0.0, 1.0);
  return color;
}

draw::Shape area_shape(style::Look const& look, draw::Path path) {
  draw::Shape shape;
  shape.path = std::move(path);
  shape.fill = draw::Fill{faded(look.color_or("fill-color", {}), look.number("fill-opacity")),
                          draw::FillRule::evenodd};
  if (auto const outline = look.color("fill-outline-color")) {
    draw::Stroke stroke;
    stroke.color = *outline;
    stroke.width_mm = look.mm("fill-outline-width");
    stroke.join = draw::LineJoin::round;
    shape.stroke = stroke;
  }
  return shape;
}

bool set_in_area(LabelRequest& request, PagePolygon const& rings) {
  std::vector<std::vector<geo::Plane>> polygon;
  for (auto const& ring : rings) {
    polygon.push_back(planes(ring));
    request.area.add_polyline(ring, true);
  }
  auto const pole = geo::pole_of_inaccessibility(polygon, 0.2);
  if (!pole) return false;
  request.anchor = {pole->x, pole->y};
  request.placement = LabelPlacement::area;
  return true;
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

namespace {

/// A line cut open for the signs that interrupt it.
struct Interrupted {
  std::vector<std::vector<Point>> pieces;
  struct Sign {
    Point at;
    double angle_rad;  ///< upright enough to be read
  };
  std::vector<Sign> signs;
};

/// Signs stand at even distances; a line that has not room for the gap and as much again of itself
/// keeps whole.
Interrupted interrupted(std::vector<std::vector<Point>> const& lines, double gap_mm,
                        double spacing_mm) {
  Interrupted out;
  for (auto const& line : lines) {
    auto const axis = axis_of(line);
    if (axis.empty() || axis.length_mm() < 2 * gap_mm) {
      out.pieces.push_back(line);
      continue;
    }
    double const length = axis.length_mm();
    long const count = spacing_mm > gap_mm ? std::max(1L, std::lround(length / spacing_mm)) : 1;
    double from = 0;
    for (long i = 0; i < count; ++i) {
      double const s = length * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      if (auto const part = part_of(axis, from, s - gap_mm / 2); !part.empty()) {
        out.pieces.push_back(part.points);
      }
      from = s + gap_mm / 2;
      auto u = axis.at(s + gap_mm / 2) - axis.at(s - gap_mm / 2);
      if (u.x_mm < 0) u = u * -1;
      auto const middle = (axis.at(s + gap_mm / 2) + axis.at(s - gap_mm / 2)) * 0.5;
      out.signs.push_back({middle, std::atan2(u.y_mm, u.x_mm)});
    }
    if (auto const part = part_of(axis, from, length); !part.empty()) {
      out.pieces.push_back(part.points);
    }
  }
  return out;
}

/// The strokes of a look from below upwards: casing, the line itself, centre line.
struct Strokes {
  std::vector<draw::Stroke> all;
  std::size_t main = 0;  ///< which of them is the line itself
};

Strokes strokes_of(style::Look const& look) {
  Strokes strokes;
  auto const main = stroke_of(look);
  if (auto const casing = look.color("line-casing-color")) {
    auto under = main;
    under.color = *casing;
    under.width_mm += 2 * look.mm("line-casing-width");
    under.dash_mm.clear();
    strokes.all.push_back(under);
  }
  strokes.main = strokes.all.size();
  strokes.all.push_back(main);
  if (auto const centre = look.color("line-centre-color")) {
    auto over = main;
    over.color = *centre;
    over.width_mm = look.mm("line-centre-width");
    over.dash_mm.clear();
    strokes.all.push_back(over);
  }
  return strokes;
}

std::vector<draw::Node> stroke_nodes(style::Look const& look,
                                     std::vector<std::vector<Point>> const& lines) {
  std::vector<draw::Node> nodes;
  auto const strokes = strokes_of(look);
  auto const path = path_of(lines);
  for (std::size_t i = 0; i < strokes.all.size(); ++i) {
    auto const& stroke = strokes.all[i];
    if (stroke.width_mm <= 0) continue;
    if (i == strokes.main && look.has("line-gradient")) {
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
  return nodes;
}

}  // namespace

std::vector<draw::Node> line_nodes(Builder& builder, style::StyleLayer const& layer,
                                   style::Look const& look,
                                   std::vector<std::vector<Point>> const& lines,
                                   std::string const& side) {
  auto pattern = line_pattern(look);
  pattern.ground = builder.scene.ground;
  if (!side.empty()) pattern.side = side;
  auto const symbol = symbols_of(builder, layer, pattern.ink);
  auto const sign = look.text("line-sign");
  if (sign.empty()) {
    auto nodes = stroke_nodes(look, lines);
    std::ranges::move(pattern_along(lines, pattern, symbol), std::back_inserter(nodes));
    return nodes;
  }
  auto const cut = interrupted(lines, look.mm("line-sign-gap"), look.mm("line-sign-spacing"));
  auto nodes = stroke_nodes(look, cut.pieces);
  std::ranges::move(pattern_along(cut.pieces, pattern, symbol), std::back_inserter(nodes));
  for (auto const& at : cut.signs) {
    if (auto picture = symbol(sign, at.at, look.mm("line-sign-size"), at.angle_rad)) {
      nodes.push_back({*std::move(picture)});
    }
  }
  return nodes;
}

std::vector<std::vector<Point>> sample_lines() {
  std::vector<Point> const line{{-4, 0.2}, {-1.5, -0.5}, {1.2, 0.4}, {4, -0.3}};
  return {smoothed(line, 3)};
}

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

}  // namespace hachure::scene
