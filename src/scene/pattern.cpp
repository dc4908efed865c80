#include "scene/pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "draw/polygon.hpp"
#include "scene/axis.hpp"
#include "scene/texture.hpp"

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Node;
using draw::Path;
using draw::Point;

constexpr double degree_rad = std::numbers::pi / 180;
/// Closer rows would be a grey, and a million strokes.
constexpr double least_spacing_mm = 0.1;

/// Where a row of the turned frame lies inside the area: pairs of x.
struct ScanRow {
  double y_mm = 0;
  long index = 0;
  std::vector<double> crossings_mm;
};

/// The rows y = k * spacing of the area turned by `-angle_rad`.
std::vector<ScanRow> scan(Path const& area, double angle_rad, double spacing_mm) {
  auto contours = area.flattened(0.02);
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (auto& contour : contours) {
    for (auto& p : contour) {
      p = draw::turned(p, -angle_rad);
      least = std::min(least, p.y_mm);
      most = std::max(most, p.y_mm);
    }
  }
  if (!(least < most)) return {};
  auto const first = static_cast<long>(std::ceil(least / spacing_mm));
  auto const last = static_cast<long>(std::floor(most / spacing_mm));
  std::vector<ScanRow> rows;
  for (long k = first; k <= last; ++k) {
    rows.push_back({static_cast<double>(k) * spacing_mm, k, {}});
  }
  for (auto const& contour : contours) {
    for (std::size_t i = 0; i < contour.size(); ++i) {
      auto a = contour[i];
      auto b = contour[(i + 1) % contour.size()];
      if (a.y_mm > b.y_mm) std::swap(a, b);
      // Half open: an edge counts at its lower end and not at its upper one.
      auto const from = std::max(first, static_cast<long>(std::ceil(a.y_mm / spacing_mm)));
      for (long k = from; k <= last && static_cast<double>(k) * spacing_mm < b.y_mm; ++k) {
        double const y = static_cast<double>(k) * spacing_mm;
        double const share = (y - a.y_mm) / (b.y_mm - a.y_mm);
        rows[static_cast<std::size_t>(k - first)].crossings_mm.push_back(a.x_mm +
                                                                         share * (b.x_mm - a.x_mm));
      }
    }
  }
  for (auto& row : rows) std::ranges::sort(row.crossings_mm);
  return rows;
}

/// Calls `put` with the ends of the dashes of a row between two x, in a rhythm that starts at x =
/// 0, by half a period later in every other row.
template <class Put>
void for_dashes(double from_mm, double to_mm, long row, std::vector<double> const& dash_mm,
                Put put) {
  double period = 0;
  for (double const d : dash_mm) period += d;
  if (dash_mm.size() < 2 || dash_mm.size() % 2 != 0 || period < 0.05) return put(from_mm, to_mm);
  double const start = (row & 1 ? period / 2 : 0.0);
  double at = start + std::floor((from_mm - start) / period) * period;
  while (at < to_mm) {
    for (std::size_t i = 0; i < dash_mm.size(); i += 2) {
      double const a = std::max(from_mm, at);
      double const b = std::min(to_mm, at + dash_mm[i]);
      if (b > a) put(a, b);
      at += dash_mm[i] + dash_mm[i + 1];
    }
  }
}

Node stroked(Path path, draw::Color const& color, double width_mm, draw::LineCap cap) {
  draw::Stroke stroke;
  stroke.color = color;
  stroke.width_mm = width_mm;
  stroke.cap = cap;
  return {draw::Shape{{}, std::move(path), {}, stroke}};
}

/// Dots as strokes hardly longer than nothing with round ends: a tenth of the bytes of circles.
void add_dot(Path& dots, Point at) {
  constexpr double length_mm = 0.01;
  dots.move_to(at - Point{length_mm / 2, 0});
  dots.line_to(at + Point{length_mm / 2, 0});
}

Path dots_in(Path const& area, AreaPattern const& pattern) {
  Path dots;
  // Dots keep off the edge by half of themselves, where that leaves any room.
  auto inner = draw::buffered(area, -pattern.size_mm / 2, 4);
  if (inner.empty()) inner = area;
  for (auto const& row : scan(inner, pattern.angle_rad, pattern.spacing_mm)) {
    for (std::size_t i = 0; i + 1 < row.crossings_mm.size(); i += 2) {
      auto const first = std::ceil(row.crossings_mm[i] / pattern.spacing_mm);
      for (double x = first * pattern.spacing_mm; x <= row.crossings_mm[i + 1];
           x += pattern.spacing_mm) {
        add_dot(dots, draw::turned({x, row.y_mm}, pattern.angle_rad));
      }
    }
  }
  return dots;
}

/// Symbols on a staggered grid over the box of the area, cut at its boundary.
Node tiles_in(Path const& area, AreaPattern const& pattern, PutSymbol const& symbol) {
  draw::Group group;
  group.clip = area;
  auto const box = area.control_box().grown(pattern.size_mm);
  double const step = std::max(pattern.spacing_mm, 0.3);
  auto const first = static_cast<long>(std::floor(box.min_y_mm / step));
  auto const last = static_cast<long>(std::ceil(box.max_y_mm / step));
  for (long row = first; row <= last; ++row) {
    auto const left = static_cast<long>(std::floor(box.min_x_mm / step)) - 1;
    auto const right = static_cast<long>(std::ceil(box.max_x_mm / step));
    for (long column = left; column <= right; ++column) {
      Point const at{(static_cast<double>(column) + (row & 1 ? 0.5 : 0.0)) * step,
                     static_cast<double>(row) * step};
      Path reach;
      double const half = pattern.size_mm / 2;
      reach.add_box({at.x_mm - half, at.y_mm - half, at.x_mm + half, at.y_mm + half});
      if (draw::intersection(reach, area).empty()) continue;
      if (auto picture = symbol(pattern.name, at, pattern.size_mm, 0)) {
        group.children.push_back({*std::move(picture)});
      }
    }
  }
  return {std::move(group)};
}

Path hatch_path(Path const& area, double angle_rad, AreaPattern const& pattern) {
  Path path;
  for (auto const& line : hatch_lines(area, angle_rad, pattern.spacing_mm, pattern.dash_mm)) {
    path.add_polyline(line, false);
  }
  return path;
}

}  // namespace

AreaPattern area_pattern(style::Look const& look) {
  AreaPattern pattern;
  pattern.name = look.text("fill-pattern");
  pattern.ink = look.color_or("fill-color", {});
  pattern.ink.a *= std::clamp(look.number("fill-opacity"), 0.0, 1.0);
  pattern.angle_rad = look.number("fill-pattern-angle") * degree_rad;
  if (look.has("fill-pattern-second-angle")) {
    pattern.second_angle_rad = look.number("fill-pattern-second-angle") * degree_rad;
  }
  pattern.spacing_mm = std::max(look.mm("fill-pattern-spacing"), least_spacing_mm);
  pattern.width_mm = look.mm("fill-pattern-width");
  pattern.size_mm = look.mm("fill-pattern-size");
  pattern.dash_mm = look.mms("fill-pattern-dash");
  return pattern;
}

std::vector<Node> pattern_nodes(Path const& area, Box const& window, AreaPattern const& pattern,
                                std::string_view seed, PutSymbol const& symbol) {
  std::vector<Node> nodes;
  if (pattern.name.empty() || area.empty()) return nodes;
  auto shown = area;
  if (!window.contains(area.control_box())) {
    Path frame;
    frame.add_box(window);
    shown = draw::intersection(area, frame);
  }
  if (shown.empty()) return nodes;
  if (pattern.name == "hatch") {
    nodes.push_back(stroked(hatch_path(shown, pattern.angle_rad, pattern), pattern.ink,
                            pattern.width_mm, draw::LineCap::butt));
    if (pattern.second_angle_rad) {
      nodes.push_back(stroked(hatch_path(shown, *pattern.second_angle_rad, pattern), pattern.ink,
                              pattern.width_mm, draw::LineCap::butt));
    }
  } else if (pattern.name == "dots") {
    nodes.push_back(
        stroked(dots_in(shown, pattern), pattern.ink, pattern.size_mm, draw::LineCap::round));
  } else if (pattern.name == "stipple") {
    TextureLook look;
    look.kind = "stipple";
    look.size_mm = pattern.size_mm / 2;
    look.spacing_mm = pattern.spacing_mm;
    auto const texture = make_texture(shown, window, look, seed);
    nodes.push_back(
        {draw::Shape{{}, texture.filled, draw::Fill{pattern.ink, draw::FillRule::nonzero}, {}}});
  } else {
    nodes.push_back(tiles_in(shown, pattern, symbol));
  }
  return nodes;
}

std::vector<std::vector<Point>> hatch_lines(Path const& area, double angle_rad, double spacing_mm,
                                            std::vector<double> const& dash_mm) {
  std::vector<std::vector<Point>> lines;
  for (auto const& row : scan(area, angle_rad, std::max(spacing_mm, least_spacing_mm))) {
    for (std::size_t i = 0; i + 1 < row.crossings_mm.size(); i += 2) {
      for_dashes(row.crossings_mm[i], row.crossings_mm[i + 1], row.index, dash_mm,
                 [&](double from_mm, double to_mm) {
                   lines.push_back({draw::turned({from_mm, row.y_mm}, angle_rad),
                                    draw::turned({to_mm, row.y_mm}, angle_rad)});
                 });
    }
  }
  return lines;
}

LinePattern line_pattern(style::Look const& look) {
  LinePattern pattern;
  pattern.name = look.text("line-pattern");
  pattern.ink = look.color_or("line-color", {});
  pattern.ink.a *= std::clamp(look.number("line-opacity"), 0.0, 1.0);
  pattern.spacing_mm = std::max(look.mm("line-pattern-spacing"), 0.2);
  pattern.size_mm = look.mm("line-pattern-size");
  pattern.width_mm = look.mm("line-pattern-width");
  pattern.side = look.text("line-pattern-side");
  pattern.turn = look.text("line-pattern-turn");
  pattern.offset_mm = look.mm("line-pattern-offset");
  return pattern;
}

std::vector<Node> gradient_strokes(std::vector<Point> const& line, draw::Stroke const& stroke,
                                   std::function<draw::Color(double)> const& color) {
  std::vector<Node> nodes;
  auto const axis = axis_of(line);
  if (axis.empty()) return nodes;
  // Pieces of 0.4 mm are finer than the eye's grain for colour; more than 96 are never needed: a
  // step of a hundredth of the way is below what is seen between neighbours.
  auto const count = std::clamp<long>(std::lround(axis.length_mm() / 0.4), 2, 96);
  double const step = axis.length_mm() / static_cast<double>(count);
  for (long i = 0; i < count; ++i) {
    auto piece = stroke;
    piece.color = color((static_cast<double>(i) + 0.5) / static_cast<double>(count));
    if (piece.color.a <= 0) continue;
    bool const is_last = i + 1 == count;
    // Opaque pieces reach under the next one, so that no seam shows between them.
    double const under = is_last || piece.color.a < 1 ? 0 : std::min(step, 0.15);
    bool const is_end = i == 0 || is_last;
    if (!is_end) piece.cap = draw::LineCap::butt;
    auto const part =
        part_of(axis, static_cast<double>(i) * step, static_cast<double>(i + 1) * step + under);
    if (part.empty()) continue;
    Path path;
    path.add_polyline(part.points, false);
    nodes.push_back({draw::Shape{{}, std::move(path), {}, std::move(piece)}});
  }
  return nodes;
}

std::vector<Node> body_pattern(Path const& body, std::vector<Point> const& axis,
                               double head_width_mm, style::Look const& look,
                               draw::Color const& ink) {
  std::vector<Node> nodes;
  double const opacity = std::clamp(look.number("movement-opacity"), 0.0, 1.0);
  if (look.text("movement-style") == "hatched") {
    Path path;
    for (auto const& line : hatch_lines(body, look.number("movement-hatch-angle") * degree_rad,
                                        look.mm("movement-hatch-spacing"))) {
      path.add_polyline(line, false);
    }
    auto color = ink;
    color.a *= opacity;
    nodes.push_back(
        stroked(std::move(path), color, look.mm("movement-hatch-width"), draw::LineCap::butt));
  } else if (look.has("line-gradient")) {
    // One colour all along is that of the body.
    auto const at = [&](double share) { return look.color_at("line-gradient", share); };
    if (at(0) == at(0.25) && at(0) == at(0.6) && at(0) == at(1)) return nodes;
    draw::Group group;
    group.clip = body;
    draw::Stroke stroke;
    stroke.width_mm = head_width_mm * 1.1;
    stroke.join = draw::LineJoin::round;
    group.children = gradient_strokes(axis, stroke, [&](double share) {
      auto color = look.color_at("line-gradient", share).value_or(ink);
      color.a *= opacity;
      return color;
    });
    nodes.push_back({std::move(group)});
  }
  return nodes;
}

}  // namespace hachure::scene
