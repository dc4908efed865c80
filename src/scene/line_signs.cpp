// Signs set along lines: teeth, ticks, crenels, smoke, symbols.
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <utility>

#include "draw/polygon.hpp"
#include "scene/axis.hpp"
#include "scene/pattern.hpp"

namespace hachure::scene {

namespace {

using draw::Node;
using draw::Path;
using draw::Point;
using Polygon = std::vector<Point>;

/// Turns sharper than this end a stretch.
constexpr double corner_rad = 40 * std::numbers::pi / 180;

/// What one sign is made of, in its own frame: x ahead along the line, y away from it, towards its
/// side.
struct Sign {
  std::vector<Polygon> strokes;
  std::vector<Polygon> areas;
  Polygon outline;  ///< convex: what other signs keep clear of
};

Polygon box_of(double half_mm, double near_mm, double far_mm) {
  return {{-half_mm, near_mm}, {half_mm, near_mm}, {half_mm, far_mm}, {-half_mm, far_mm}};
}

/// Puffs of smoke off a broadside: rows of circles that grow and drift apart.
Sign smoke(double size_mm) {
  Sign sign;
  std::vector<Path> puffs;
  struct Puff {
    double x, y, r;
  };
  constexpr std::array<Puff, 7> at{{{-0.52, 0.24, 0.2},
                                    {0.0, 0.22, 0.22},
                                    {0.52, 0.25, 0.19},
                                    {-0.3, 0.52, 0.26},
                                    {0.3, 0.54, 0.25},
                                    {-0.62, 0.6, 0.17},
                                    {0.02, 0.78, 0.22}}};
  for (auto const& puff : at) {
    Path circle;
    circle.add_circle({puff.x * size_mm, puff.y * size_mm}, puff.r * size_mm);
    puffs.push_back(std::move(circle));
  }
  // The puffs hang together: the longest ring is the edge of the cloud, others are gaps in it.
  auto rings = draw::united(puffs).flattened(0.02);
  auto const edge = std::ranges::max_element(rings, {}, [](auto const& ring) {
    draw::Box box;
    for (auto const& p : ring) box.add(p);
    return box.width_mm();
  });
  if (edge != rings.end()) sign.areas.push_back(std::move(*edge));
  sign.outline = box_of(0.75 * size_mm, 0.05 * size_mm, size_mm);
  return sign;
}

/// The sign `name` of a size; `index` is its number on the stretch, `step_mm` the distance of two.
Sign sign_of(LinePattern const& pattern, double size_mm, long index, double step_mm) {
  Sign sign;
  double const h = size_mm;
  if (pattern.name == "ticks") {
    sign.strokes = {{{0, pattern.side == "both" ? -h : 0}, {0, h}}};
    sign.outline = box_of(pattern.width_mm / 2, 0, h);
  } else if (pattern.name == "batter") {
    // A battered face: long strokes and short ones by turns.
    double const own = index % 2 == 0 ? h : 0.55 * h;
    sign.strokes = {{{0, 0}, {0, own}}};
    sign.outline = box_of(pattern.width_mm / 2, 0, own);
  } else if (pattern.name == "teeth" || pattern.name == "hollow-teeth") {
    sign.areas = {{{-0.6 * h, 0}, {0.6 * h, 0}, {0, h}}};
    sign.outline = sign.areas.front();
  } else if (pattern.name == "merlons") {
    double const half = std::min(0.25 * step_mm, 0.75 * h);
    sign.areas = {box_of(half, 0, h)};
    sign.outline = sign.areas.front();
  } else if (pattern.name == "crosses") {
    double const r = h / 2;
    sign.strokes = {{{-r, -r}, {r, r}}, {{-r, r}, {r, -r}}};
    sign.outline = box_of(r, -r, r);
  } else if (pattern.name == "smoke") {
    sign = smoke(h);
  } else {
    sign.outline = box_of(h / 2, -h / 2, h / 2);
  }
  return sign;
}

bool is_continuous(std::string const& name) {
  return name == "crenels" || name == "zigzag";
}

/// Whether the sign grows from the line to one side, so that it is drawn on each side asked for.
/// Ticks to both sides are one stroke.
bool has_sides(LinePattern const& pattern) {
  auto const& name = pattern.name;
  if (name == "ticks") return pattern.side != "both";
  return name == "teeth" || name == "hollow-teeth" || name == "merlons" || name == "batter" ||
         name == "smoke";
}

/// Where corners cut the line, from 0 to its length.
std::vector<double> corners_of(Axis const& axis) {
  std::vector<double> at{0};
  for (std::size_t i = 1; i + 1 < axis.points.size(); ++i) {
    auto const a = axis.points[i] - axis.points[i - 1];
    auto const b = axis.points[i + 1] - axis.points[i];
    if (std::abs(std::atan2(draw::cross(a, b), draw::dot(a, b))) > corner_rad) {
      at.push_back(axis.along_mm[i]);
    }
  }
  at.push_back(axis.length_mm());
  return at;
}

/// Whether two convex polygons overlap (separating axes).
bool overlap(Polygon const& a, Polygon const& b) {
  for (auto const* polygon : {&a, &b}) {
    for (std::size_t i = 0; i < polygon->size(); ++i) {
      auto const edge = (*polygon)[(i + 1) % polygon->size()] - (*polygon)[i];
      Point const normal{-edge.y_mm, edge.x_mm};
      auto const span = [&](Polygon const& of) {
        double least = std::numeric_limits<double>::infinity();
        double most = -least;
        for (auto const& p : of) {
          least = std::min(least, draw::dot(p, normal));
          most = std::max(most, draw::dot(p, normal));
        }
        return std::pair{least, most};
      };
      auto const [a0, a1] = span(a);
      auto const [b0, b1] = span(b);
      double const slack = 1e-6 * (draw::length(normal) + 1);
      if (a1 <= b0 + slack || b1 <= a0 + slack) return false;
    }
  }
  return true;
}

bool cross(Point a, Point b, Point c, Point d) {
  auto const side = [](Point p, Point q, Point r) { return draw::cross(q - p, r - p); };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/// Sets signs along one line after the other and remembers where they are.
class SignSetter {
 public:
  SignSetter(LinePattern const& pattern, PutSymbol const& symbol)
      : pattern_(pattern), symbol_(symbol) {}

  void set_along(Axis const& axis) {
    axis_ = &axis;
    auto const corners = corners_of(axis);
    // The least length of a stretch that holds a sign.
    auto const least = width_of(sign_of(pattern_, pattern_.size_mm, 0, pattern_.spacing_mm));
    bool const is_short = axis.length_mm() < least;
    for (std::size_t i = 1; i < corners.size(); ++i) {
      double const from = corners[i - 1];
      double const length = corners[i] - from;
      if (length < least && !(is_short && corners.size() == 2)) continue;
      set_on_stretch(from, length, is_short ? length / least : 1);
    }
  }

  std::vector<Node> nodes() && {
    draw::Stroke stroke;
    stroke.color = pattern_.ink;
    stroke.width_mm = pattern_.width_mm;
    stroke.cap = draw::LineCap::butt;
    stroke.join = draw::LineJoin::miter;
    if (!areas_.empty()) {
      bool const is_hollow = pattern_.name == "smoke" || pattern_.name == "hollow-teeth";
      draw::Shape shape{
          {},
          std::move(areas_),
          draw::Fill{is_hollow ? pattern_.ground : pattern_.ink, draw::FillRule::nonzero},
          {}};
      if (is_hollow) shape.stroke = stroke;
      nodes_.push_back({std::move(shape)});
    }
    if (!strokes_.empty()) {
      nodes_.push_back({draw::Shape{{}, std::move(strokes_), {}, stroke}});
    }
    return std::move(nodes_);
  }

 private:
  static double width_of(Sign const& sign) {
    double least = 0;
    double most = 0;
    for (auto const& p : sign.outline) {
      least = std::min(least, p.x_mm);
      most = std::max(most, p.x_mm);
    }
    return most - least;
  }

  void set_on_stretch(double from_mm, double length_mm, double scale) {
    long const count = std::max(1L, std::lround(length_mm / pattern_.spacing_mm));
    double const step = length_mm / static_cast<double>(count);
    if (is_continuous(pattern_.name)) return set_continuous(from_mm, step, count, scale);
    for (long i = 0; i < count; ++i) {
      double const s = from_mm + (static_cast<double>(i) + 0.5) * step;
      bool const sided = has_sides(pattern_);
      if (!sided || pattern_.side != "right") set_sign(s, sided ? -1 : 1, i, step, scale);
      if (sided && pattern_.side != "left") set_sign(s, 1, i, step, scale);
    }
  }

  /// `way` is 1 to the right of the line, -1 to its left.
  void set_sign(double s_mm, double way, long index, double step_mm, double scale) {
    // A symbol or dot off the line stands on the side that is asked for.
    bool const sided = has_sides(pattern_);
    double const side = sided ? way : pattern_.side == "right" ? 1 : -1;
    for (double const shrink : {1.0, 0.75, 0.5}) {
      double const size = pattern_.size_mm * scale * shrink;
      auto const sign = sign_of(pattern_, size, index, step_mm);
      // The foot of a sign is a chord of the line, which it stands on upright.
      double const half = width_of(sign) / 2;
      auto const back = axis_->at(s_mm - half);
      auto const ahead = axis_->at(s_mm + half);
      auto u = ahead - back;
      double const chord = draw::length(u);
      u = chord > 1e-6 ? u * (1 / chord) : axis_->direction(s_mm);
      Point const normal{-u.y_mm * side, u.x_mm * side};
      bool const is_flat = pattern_.name != "ticks" && pattern_.name != "batter" && sided;
      auto const foot =
          (is_flat ? (back + ahead) * 0.5 : axis_->at(s_mm)) + normal * pattern_.offset_mm;
      auto const place = [&](Polygon const& shape) {
        Polygon out;
        for (auto const& p : shape) out.push_back(foot + u * p.x_mm + normal * p.y_mm);
        return out;
      };
      Trial trial{place(sign.outline), foot, foot + normal * size, half};
      if (sided && runs_into_something(trial, s_mm)) continue;
      outlines_.push_back({std::move(trial.outline), size});
      for (auto const& line : sign.strokes) strokes_.add_polyline(place(line), false);
      for (auto const& area : sign.areas) areas_.add_polyline(place(area), true);
      if (sign.strokes.empty() && sign.areas.empty()) put(foot, u, normal, size);
      return;
    }
  }

  void put(Point foot, Point u, Point normal, double size_mm) {
    if (pattern_.name == "dots") {
      areas_.add_circle(foot, size_mm / 2);
      return;
    }
    auto const top = pattern_.turn == "across" ? normal : u;
    double const angle = pattern_.turn == "upright" ? 0 : std::atan2(top.x_mm, -top.y_mm);
    if (auto picture = symbol_(pattern_.name, foot, size_mm, angle)) {
      nodes_.push_back({*std::move(picture)});
    }
  }

  /// A sign being set: where it would lie, and its axis from foot to top.
  struct Trial {
    Polygon outline;
    Point foot;
    Point top;
    double half_mm;
  };

  bool runs_into_something(Trial const& trial, double s_mm) const {
    auto const centre = middle(trial.outline);
    for (auto const& [other, size] : outlines_) {
      if (draw::distance(centre, middle(other)) > 2 * (size + pattern_.size_mm)) continue;
      if (overlap(trial.outline, other)) return true;
    }
    // Its foot lies on the line.
    auto const from = trial.foot + (trial.top - trial.foot) * 0.3;
    for (std::size_t i = 1; i < axis_->points.size(); ++i) {
      if (std::abs(axis_->along_mm[i] - s_mm) <= trial.half_mm) continue;
      if (cross(from, trial.top, axis_->points[i - 1], axis_->points[i])) return true;
    }
    return false;
  }

  static Point middle(Polygon const& polygon) {
    Point sum{};
    for (auto const& p : polygon) sum = sum + p;
    return sum * (1.0 / static_cast<double>(polygon.size()));
  }

  /// A line that goes to and fro between two distances: traverses of a trench, or zigzags of a sap.
  void set_continuous(double from_mm, double step_mm, long count, double scale) {
    double const h = pattern_.size_mm * scale;
    double const low = pattern_.side == "both" ? -h / 2 : 0;
    double const high = pattern_.side == "both" ? h / 2 : h;
    double const way = pattern_.side == "left" ? -1 : 1;
    Polygon line;
    auto const add = [&](double s, double off) {
      auto const u = axis_->direction(
          std::clamp(s, from_mm + 1e-3, from_mm + step_mm * static_cast<double>(count)));
      Point const normal{-u.y_mm * way, u.x_mm * way};
      line.push_back(axis_->at(s) + normal * (off + pattern_.offset_mm));
    };
    bool const is_square = pattern_.name == "crenels";
    for (long i = 0; i < count; ++i) {
      double const s = from_mm + static_cast<double>(i) * step_mm;
      if (is_square) {
        for (auto const& [share, off] : {std::pair{0.0, low},
                                         {0.25, low},
                                         {0.25, high},
                                         {0.5, high},
                                         {0.75, high},
                                         {0.75, low}}) {
          add(s + share * step_mm, off);
        }
      } else {
        add(s, low);
        add(s + step_mm / 2, high);
      }
    }
    add(from_mm + step_mm * static_cast<double>(count), low);
    strokes_.add_polyline(line, false);
  }

  struct Placed {
    Polygon outline;
    double size_mm;
  };

  LinePattern const& pattern_;
  PutSymbol const& symbol_;
  Axis const* axis_ = nullptr;
  std::vector<Placed> outlines_;
  std::vector<Node> nodes_;
  Path strokes_;
  Path areas_;
};

}  // namespace

std::vector<Node> pattern_along(std::vector<std::vector<Point>> const& lines,
                                LinePattern const& pattern, PutSymbol const& symbol) {
  if (pattern.name.empty()) return {};
  SignSetter setter(pattern, symbol);
  for (auto const& line : lines) {
    auto const axis = axis_of(line);
    if (!axis.empty()) setter.set_along(axis);
  }
  return std::move(setter).nodes();
}

}  // namespace hachure::scene
