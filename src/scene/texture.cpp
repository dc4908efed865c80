#include "scene/texture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "draw/polygon.hpp"

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Path;
using draw::Point;

/// SplitMix64 (Steele, Lea and Flood 2014): the same sequence on every platform, unlike the
/// distributions of the standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// Uniform in [0, 1).
  double next() {
    state_ += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  double between(double low, double high) { return low + (high - low) * next(); }

 private:
  std::uint64_t state_;
};

/// Even-odd test against flattened contours, with the edges sorted into horizontal bands.
class Inside {
 public:
  explicit Inside(Path const& area) : contours_(area.flattened(0.05)) {
    for (auto const& contour : contours_) {
      for (auto const& p : contour) box_.add(p);
    }
    if (box_.empty()) return;
    bands_.resize(256);
    for (auto const& contour : contours_) {
      for (std::size_t i = 1; i < contour.size(); ++i) {
        auto const a = contour[i - 1];
        auto const b = contour[i];
        auto const lo = band_of(std::min(a.y_mm, b.y_mm));
        auto const hi = band_of(std::max(a.y_mm, b.y_mm));
        for (auto k = lo; k <= hi; ++k) bands_[k].push_back({a, b});
      }
    }
  }

  Box const& box() const { return box_; }

  bool operator()(Point p) const {
    if (box_.empty() || !box_.contains(p)) return false;
    bool within = false;
    for (auto const& [a, b] : bands_[band_of(p.y_mm)]) {
      if ((a.y_mm > p.y_mm) != (b.y_mm > p.y_mm) &&
          p.x_mm < (b.x_mm - a.x_mm) * (p.y_mm - a.y_mm) / (b.y_mm - a.y_mm) + a.x_mm) {
        within = !within;
      }
    }
    return within;
  }

 private:
  std::size_t band_of(double y_mm) const {
    double const share = (y_mm - box_.min_y_mm) / std::max(1e-9, box_.height_mm());
    return static_cast<std::size_t>(std::clamp(share * 256, 0.0, 255.0));
  }
  std::vector<std::vector<Point>> contours_;
  Box box_;
  std::vector<std::vector<std::pair<Point, Point>>> bands_;
};

Box common(Box const& a, Box const& b) {
  return {std::max(a.min_x_mm, b.min_x_mm), std::max(a.min_y_mm, b.min_y_mm),
          std::min(a.max_x_mm, b.max_x_mm), std::min(a.max_y_mm, b.max_y_mm)};
}

/// Calls `put` at points on a staggered grid over the area, each moved at random by `jitter` of the
/// spacing; a share of `look.density` of them.
template <class Put>
void scatter(Inside const& inside, Box const& window, TextureLook const& look, double jitter,
             std::string_view seed, Put put) {
  double const spacing_mm = look.spacing_mm;
  auto const box = common(inside.box(), window);
  if (box.empty() || spacing_mm < 0.1) return;
  double const row_mm = spacing_mm * 0.866;
  auto const first_row = static_cast<long>(std::floor(box.min_y_mm / row_mm));
  auto const last_row = static_cast<long>(std::ceil(box.max_y_mm / row_mm));
  auto const first_column = static_cast<long>(std::floor(box.min_x_mm / spacing_mm)) - 1;
  auto const last_column = static_cast<long>(std::ceil(box.max_x_mm / spacing_mm));
  auto const base = base::stable_hash(seed);
  for (long row = first_row; row <= last_row; ++row) {
    for (long column = first_column; column <= last_column; ++column) {
      // Each knot has its own sequence, so that a crop does not shift the others.
      Random random(base ^ (static_cast<std::uint64_t>(row) * 0x9e3779b1ull) ^
                    (static_cast<std::uint64_t>(column) * 0x85ebca77ull << 20));
      Point const at{
          (static_cast<double>(column) + (row & 1 ? 0.5 : 0.0) + random.between(-jitter, jitter)) *
              spacing_mm,
          (static_cast<double>(row) + random.between(-jitter, jitter)) * row_mm};
      if (!inside(at) || !window.contains(at) || random.next() >= look.density) continue;
      if (!look.stands_at || look.stands_at(at)) put(at, random);
    }
  }
}

void add_stroke(Path& lines, Point from, Point to) {
  lines.move_to(from);
  lines.line_to(to);
}

void tuft(Path& lines, std::string const& kind, Point at, double s, Random& random) {
  if (kind == "paddy") {
    for (double const lean : {-0.45, 0.0, 0.45}) {
      add_stroke(lines, at, at + Point{lean * s, -s * (lean == 0 ? 1.0 : 0.85)});
    }
  } else if (kind == "marsh") {
    double const w = s * random.between(1.0, 1.5);
    add_stroke(lines, at + Point{-w, 0}, at + Point{w, 0});
    for (double const x : {-0.4, 0.0, 0.4}) {
      add_stroke(lines, at + Point{x * s, -s * 0.15}, at + Point{x * s * 1.3, -s * 0.7});
    }
  } else {  // wood: a round crown on a short shadow
    lines.add_circle(at, s * 0.5);
    add_stroke(lines, at + Point{s * 0.1, s * 0.5}, at + Point{s * 0.9, s * 0.5});
  }
}

struct Rectangle {
  Point center;
  Point u;  ///< half long side
  Point v;  ///< half short side
};

/// Smallest rectangle round the points over the directions of a fan of 18 (5 degrees each).
Rectangle bounding_rectangle(std::vector<Point> const& points) {
  Rectangle best{};
  double best_area = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 18; ++k) {
    double const angle = k * 3.14159265358979323846 / 36;
    Box box;
    for (auto const& p : points) box.add(draw::turned(p, -angle));
    double const area = box.width_mm() * box.height_mm();
    if (area >= best_area) continue;
    best_area = area;
    Point const half_x = draw::turned({box.width_mm() / 2, 0}, angle);
    Point const half_y = draw::turned({0, box.height_mm() / 2}, angle);
    bool const wide = box.width_mm() >= box.height_mm();
    best = {draw::turned(box.center(), angle), wide ? half_x : half_y, wide ? half_y : half_x};
  }
  return best;
}

/// Part of a convex-or-not polygon on one side of a line (Sutherland and Hodgman 1974).
std::vector<Point> half_of(std::vector<Point> const& polygon, Point on_line, Point normal) {
  std::vector<Point> out;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    auto const a = polygon[i];
    auto const b = polygon[(i + 1) % polygon.size()];
    double const da = draw::dot(a - on_line, normal);
    double const db = draw::dot(b - on_line, normal);
    if (da >= 0) out.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) out.push_back(a + (b - a) * (da / (da - db)));
  }
  return out;
}

double area_of(std::vector<Point> const& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    twice += draw::cross(polygon[i], polygon[(i + 1) % polygon.size()]);
  }
  return std::abs(twice) / 2;
}

void split_block(std::vector<Point> const& polygon, double wanted_mm2, Random& random, int depth,
                 std::vector<std::vector<Point>>& out) {
  double const area = area_of(polygon);
  if (polygon.size() < 3 || area < wanted_mm2 * 0.15) return;
  auto const box = bounding_rectangle(polygon);
  double const long_mm = 2 * draw::length(box.u);
  bool const small = area < wanted_mm2 * random.between(0.7, 1.5);
  if (depth > 14 || (small && long_mm < 2.3 * std::sqrt(wanted_mm2))) {
    out.push_back(polygon);
    return;
  }
  auto const along = box.u * (1 / std::max(1e-9, draw::length(box.u)));
  auto const cut = box.center + box.u * random.between(-0.24, 0.24);
  split_block(half_of(polygon, cut, along), wanted_mm2, random, depth + 1, out);
  split_block(half_of(polygon, cut, along * -1), wanted_mm2, random, depth + 1, out);
}

/// A convex polygon with every edge moved inwards by `by_mm`; empty if nothing is left, nothing at
/// all if the polygon is not convex.
std::optional<std::vector<Point>> inset_convex(std::vector<Point> const& polygon, double by_mm) {
  std::size_t const n = polygon.size();
  double sign = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const turn =
        draw::cross(polygon[(i + 1) % n] - polygon[i], polygon[(i + 2) % n] - polygon[(i + 1) % n]);
    if (std::abs(turn) < 1e-9) continue;
    if (sign * turn < 0) return {};
    sign = turn;
  }
  if (sign == 0) return std::vector<Point>{};
  double const inwards = sign > 0 ? 1 : -1;
  auto out = polygon;
  for (std::size_t i = 0; i < n && out.size() >= 3; ++i) {
    auto const d = polygon[(i + 1) % n] - polygon[i];
    double const length_mm = draw::length(d);
    if (length_mm < 1e-9) continue;
    Point const normal{-d.y_mm / length_mm * inwards, d.x_mm / length_mm * inwards};
    out = half_of(out, polygon[i] + normal * by_mm, normal);
  }
  if (out.size() < 3) out.clear();
  return out;
}

double distance_to(std::vector<std::vector<Point>> const& lines, Point p) {
  double nearest = std::numeric_limits<double>::infinity();
  for (auto const& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      auto const d = line[i] - line[i - 1];
      double const n = draw::dot(d, d);
      double const t = n > 0 ? std::clamp(draw::dot(p - line[i - 1], d) / n, 0.0, 1.0) : 0;
      nearest = std::min(nearest, draw::distance(p, line[i - 1] + d * t));
    }
  }
  return nearest;
}

/// Houses of an area that is not yet parted by `kept_free`.
Path block_outlines(Path const& area, TextureLook const& look, std::string_view seed) {
  Random random(base::stable_hash(seed));
  auto const contours = area.flattened(0.05);
  std::vector<std::vector<Point>> pieces;
  for (auto contour : contours) {
    if (contour.size() > 1 && contour.front() == contour.back()) contour.pop_back();
    split_block(contour, look.size_mm * look.size_mm, random, 0, pieces);
  }
  Path all;
  for (auto const& piece : pieces) {
    constexpr double smallest_mm2 = 0.02;
    if (auto const inner = inset_convex(piece, look.spacing_mm / 2)) {
      if (area_of(*inner) > smallest_mm2) all.add_polyline(*inner, true);
      continue;
    }
    Path one;
    one.add_polyline(piece, true);
    auto const shrunk = draw::buffered(one, -look.spacing_mm / 2, 1);
    if (!shrunk.empty() && draw::area_mm2(shrunk) > smallest_mm2) all.append(shrunk);
  }
  // Holes of the area were split as if they were land; they are cut out at the end.
  return contours.size() > 1 ? draw::intersection(all, area) : all;
}

/// Parallel lines across a closed contour, `spacing` apart on a raster of the whole page.
void hatch_contour(std::vector<Point> const& ring, double spacing_mm, double angle_rad,
                   Path& lines) {
  std::vector<Point> flat;
  for (auto const& p : ring) flat.push_back(draw::turned(p, -angle_rad));
  Box box;
  for (auto const& p : flat) box.add(p);
  auto const first = static_cast<long>(std::ceil(box.min_y_mm / spacing_mm));
  auto const last = static_cast<long>(std::floor(box.max_y_mm / spacing_mm));
  std::vector<double> cuts;
  for (long k = first; k <= last; ++k) {
    double const y = static_cast<double>(k) * spacing_mm;
    cuts.clear();
    for (std::size_t i = 1; i < flat.size(); ++i) {
      auto const a = flat[i - 1];
      auto const b = flat[i];
      if ((a.y_mm > y) == (b.y_mm > y)) continue;
      cuts.push_back(a.x_mm + (b.x_mm - a.x_mm) * (y - a.y_mm) / (b.y_mm - a.y_mm));
    }
    std::ranges::sort(cuts);
    for (std::size_t i = 1; i < cuts.size(); i += 2) {
      add_stroke(lines, draw::turned({cuts[i - 1], y}, angle_rad),
                 draw::turned({cuts[i], y}, angle_rad));
    }
  }
}

/// Edges that face away from a light in the north-west, each run of them as one line.
void shade_edges(std::vector<Point> const& ring, Path& shades) {
  double twice = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) twice += draw::cross(ring[i - 1], ring[i]);
  bool open = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    auto const d = ring[i] - ring[i - 1];
    double const n = draw::length(d);
    if (n < 1e-9) continue;
    // Outward normal on the page; the area is left or right of the edge by the ring's sense.
    double const sense = twice > 0 ? 1 : -1;
    bool const dark = sense * (d.y_mm - d.x_mm) / n > 0.35;
    if (dark && !open) shades.move_to(ring[i - 1]);
    if (dark) shades.line_to(ring[i]);
    open = dark;
  }
}

Texture blocks(Path const& area, Box const& window, TextureLook const& look,
               std::string_view seed) {
  Texture texture;
  Path frame;
  frame.add_box(window.grown(2));
  auto ground = draw::intersection(area, frame);
  if (!look.kept_free.empty()) ground = draw::difference(ground, look.kept_free);
  auto const edges = look.ragged_mm > 0 ? area.flattened(0.1) : std::vector<std::vector<Point>>{};
  for (auto const& ring : block_outlines(ground, look, seed).flattened(0.05)) {
    Box box;
    for (auto const& p : ring) box.add(p);
    auto const middle = box.center();
    // A block has its lots by its place.
    Random random(static_cast<std::uint64_t>(std::llround(middle.x_mm * 100)) * 0x9e3779b1ull ^
                  static_cast<std::uint64_t>(std::llround(middle.y_mm * 100)) << 24);
    double const lot = random.next();
    bool const at_edge = !edges.empty() && distance_to(edges, middle) < look.ragged_mm;
    if (lot >= look.density * (at_edge ? 0.58 : 1)) continue;
    if (look.stands_at && !look.stands_at(middle)) continue;
    texture.filled.add_polyline(ring, true);
    shade_edges(ring, texture.shades);
    if (look.hatch_mm > 0.05 && random.next() < 0.8) {
      hatch_contour(ring, look.hatch_mm, look.angle_rad, texture.lines);
    }
  }
  return texture;
}

Path hatch(Path const& area, Box const& window, TextureLook const& look) {
  Path out;
  Inside const inside(area);
  auto const box = common(inside.box(), window);
  if (box.empty() || look.spacing_mm < 0.1) return out;
  Point const along{std::cos(look.angle_rad), std::sin(look.angle_rad)};
  Point const across{-along.y_mm, along.x_mm};
  double const reach = std::hypot(box.width_mm(), box.height_mm()) / 2 + look.spacing_mm;
  double const middle = draw::dot(box.center(), across);
  auto const first = static_cast<long>(std::floor((middle - reach) / look.spacing_mm));
  auto const last = static_cast<long>(std::ceil((middle + reach) / look.spacing_mm));
  for (long k = first; k <= last; ++k) {
    auto const foot = across * (static_cast<double>(k) * look.spacing_mm) +
                      along * draw::dot(box.center(), along);
    std::vector<Point> const line{foot - along * reach, foot + along * reach};
    for (auto const& part : draw::clipped_line(line, area, true)) out.add_polyline(part, false);
  }
  return out;
}

/// A corner of the lattice of fields, off its knot by up to a fifth of the mesh: the same for the
/// four meshes that meet there, whatever area is filled.
Point lattice_corner(long column, long row, double mesh_mm, double angle_rad) {
  Random random((static_cast<std::uint64_t>(row) * 0x9e3779b1ull) ^
                (static_cast<std::uint64_t>(column) * 0x85ebca77ull << 20));
  double const x = static_cast<double>(column) + random.between(-0.2, 0.2);
  double const y = static_cast<double>(row) + random.between(-0.2, 0.2);
  return draw::turned({x * mesh_mm, y * mesh_mm}, angle_rad);
}

/// Fields over a box, apart by `look.spacing_mm`: the meshes of a lattice, each split into some
/// ten.
Path field_outlines(Box const& box, TextureLook const& look) {
  Path all;
  double const mesh_mm = look.size_mm * 3.2;
  Box turned_box;
  for (double const x : {box.min_x_mm, box.max_x_mm}) {
    for (double const y : {box.min_y_mm, box.max_y_mm}) {
      turned_box.add(draw::turned({x, y}, -look.angle_rad));
    }
  }
  auto const knot = [&](double mm) { return static_cast<long>(std::floor(mm / mesh_mm)); };
  for (long row = knot(turned_box.min_y_mm) - 1; row <= knot(turned_box.max_y_mm) + 1; ++row) {
    for (long column = knot(turned_box.min_x_mm) - 1; column <= knot(turned_box.max_x_mm) + 1;
         ++column) {
      std::vector<Point> const mesh{lattice_corner(column, row, mesh_mm, look.angle_rad),
                                    lattice_corner(column + 1, row, mesh_mm, look.angle_rad),
                                    lattice_corner(column + 1, row + 1, mesh_mm, look.angle_rad),
                                    lattice_corner(column, row + 1, mesh_mm, look.angle_rad)};
      Random random((static_cast<std::uint64_t>(column) * 0xc2b2ae3dull) ^
                    (static_cast<std::uint64_t>(row) * 0x27d4eb2full << 21));
      std::vector<std::vector<Point>> pieces;
      split_block(mesh, look.size_mm * look.size_mm, random, 0, pieces);
      for (auto const& piece : pieces) {
        auto const inner = inset_convex(piece, look.spacing_mm / 2);
        if (!inner || inner->size() < 3) continue;
        Box piece_box;
        for (auto const& p : *inner) piece_box.add(p);
        if (piece_box.overlaps(box)) all.add_polyline(*inner, true);
      }
    }
  }
  return all;
}

/// Fields: dashed edges round furrows, tufts or nothing. What is left of one at a river or a road
/// is a field too while it is a quarter of one.
Texture fields(Path const& area, Box const& window, TextureLook const& look) {
  Texture texture;
  Path frame;
  frame.add_box(window.grown(2));
  auto const ground = draw::intersection(area, frame);
  auto const box = ground.control_box();
  if (ground.empty() || look.size_mm < 0.5) return texture;
  Inside const inside(ground);
  auto const cut = draw::intersection(field_outlines(box, look), ground);
  for (auto const& ring : cut.flattened(0.05)) {
    auto open = ring;
    if (open.size() > 1 && open.front() == open.back()) open.pop_back();
    if (open.size() < 3 || area_of(open) < look.size_mm * look.size_mm / 4) continue;
    auto const rectangle = bounding_rectangle(open);
    auto const middle = rectangle.center;
    // The middle of a hole in a field is not ground; the ring of one is none.
    if (!inside(middle)) continue;
    if (look.stands_at && !std::ranges::all_of(open, [&](Point p) { return look.stands_at(p); })) {
      continue;
    }
    Random random(static_cast<std::uint64_t>(std::llround(middle.x_mm * 100)) * 0x9e3779b1ull ^
                  static_cast<std::uint64_t>(std::llround(middle.y_mm * 100)) << 24);
    if (random.next() >= look.density) continue;
    texture.edges.add_polyline(open, true);
    if (look.hatch_mm < 0.1) continue;
    double const use = random.next();
    if (use < 0.4) {
      // Furrows go along a field, seldom across.
      auto const along = use < 0.31 ? rectangle.u : rectangle.v;
      Path lines;
      hatch_contour(ring, look.hatch_mm, std::atan2(along.y_mm, along.x_mm), lines);
      texture.lines.append(lines);
    } else if (use < 0.85) {
      TextureLook rice;
      rice.spacing_mm = look.hatch_mm * 2.5;
      double const height_mm = look.hatch_mm * 0.7;
      Path one;
      one.add_polyline(open, true);
      auto const field = draw::buffered(one, -look.hatch_mm * 0.6, 1);
      if (field.empty()) continue;
      scatter(Inside(field), window, rice, 0.16, "rice",
              [&](Point at, Random& knot) { tuft(texture.lines, "paddy", at, height_mm, knot); });
    }
  }
  return texture;
}

}  // namespace

Texture make_texture(Path const& area, Box const& window, TextureLook const& look,
                     std::string_view seed) {
  Texture texture;
  if (area.empty()) return texture;
  if (look.kind == "blocks") return blocks(area, window, look, seed);
  if (!look.kept_free.empty()) {
    auto open_ground = look;
    open_ground.kept_free = {};
    return make_texture(draw::difference(area, look.kept_free), window, open_ground, seed);
  }
  if (look.kind == "hatch") {
    texture.lines = hatch(area, window, look);
    return texture;
  }
  if (look.kind == "fields") return fields(area, window, look);
  Inside const inside(area);
  bool const dots = look.kind == "stipple";
  scatter(inside, window, look, dots ? 0.22 : 0.12, seed, [&](Point at, Random& random) {
    if (dots) {
      texture.filled.add_circle(at, look.size_mm);
    } else {
      tuft(texture.lines, look.kind, at, look.size_mm, random);
    }
  });
  return texture;
}

}  // namespace hachure::scene
