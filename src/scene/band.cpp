#include "scene/band.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <utility>

#include "draw/polygon.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

/// Turns sharper than this are rounded on their outside; gentler ones take one point on the
/// bisector, which is then at most 1.6 % farther off than the half width.
constexpr double round_turn_rad = 0.35;
/// Cosine of a tenth of a radian, below which an angle is told by its sine.
constexpr double gentle_turn_cosine = 0.995;

/// Edges are told to this much, or to this share of the half width where that is more, with no
/// straight piece longer than so many points of the line.
constexpr double finest_mm = 0.003;
constexpr double thin_share = 0.006;
constexpr std::size_t longest_run = 12;

Point normal_of(Point direction) {
  return {direction.y_mm, -direction.x_mm};
}

/// Points of the arc about `center` from `center + from` by `angle_rad`, both ends included.
void add_arc(std::vector<Point>& out, Point center, Point from, double angle_rad) {
  int const steps = std::max(1, static_cast<int>(std::ceil(std::abs(angle_rad) / round_turn_rad)));
  for (int k = 0; k <= steps; ++k) {
    out.push_back(center + draw::turned(from, angle_rad * k / steps));
  }
}

/// An edge while it is made: its points and which point of the line each belongs to.
struct Edge {
  std::vector<Point> points;
  std::vector<std::size_t> owner;

  void add(Point p, std::size_t i) {
    points.push_back(p);
    owner.push_back(i);
  }
};

/// Where the segments ab and cd cross, ends included.
std::optional<Point> crossing(Point a, Point b, Point c, Point d) {
  auto const r = b - a;
  auto const s = d - c;
  double const denominator = draw::cross(r, s);
  if (denominator == 0) return {};
  double const t = draw::cross(c - a, s) / denominator;
  double const u = draw::cross(c - a, r) / denominator;
  if (t < 0 || t > 1 || u < 0 || u > 1) return {};
  return a + r * t;
}

/// The line a band is made of.
struct Line {
  std::vector<Point> const& points;
  std::vector<double> const& half_mm;
  std::vector<Point> direction;  ///< of each segment
  std::vector<double> turn_rad;  ///< at each point, clockwise on the page
  std::vector<double> along_mm;

  Line(std::vector<Point> const& p, std::vector<double> const& h) : points(p), half_mm(h) {
    direction.reserve(p.size());
    along_mm.reserve(p.size());
    along_mm.push_back(0);
    for (std::size_t i = 1; i < p.size(); ++i) {
      auto const d = p[i] - p[i - 1];
      double const step = std::sqrt(draw::dot(d, d));
      direction.push_back(d * (1 / step));
      along_mm.push_back(along_mm.back() + step);
    }
    turn_rad.assign(p.size(), 0);
    for (std::size_t i = 1; i + 1 < p.size(); ++i) {
      auto const a = direction[i - 1];
      auto const b = direction[i];
      double const sine = draw::cross(a, b);
      // The arc tangent is dear and exact angles matter at corners only.
      turn_rad[i] = draw::dot(a, b) > gentle_turn_cosine ? sine : std::atan2(sine, draw::dot(a, b));
    }
  }
};

/// One edge before its loops are cut. `sign` is 1 for the left edge, -1 for the right one.
Edge raw_edge(Line const& line, double sign) {
  Edge edge;
  edge.points.reserve(line.points.size() + 16);
  edge.owner.reserve(line.points.size() + 16);
  auto const n = line.points.size();
  std::vector<Point> arc;
  for (std::size_t i = 0; i < n; ++i) {
    auto const p = line.points[i];
    double const h = line.half_mm[i];
    auto const before = normal_of(line.direction[i == 0 ? 0 : i - 1]) * sign;
    auto const after = normal_of(line.direction[std::min(i, n - 2)]) * sign;
    double const turn = line.turn_rad[i];
    if (std::abs(turn) <= round_turn_rad) {
      auto const sum = before + after;
      edge.add(p + sum * (2 * h / draw::dot(sum, sum)), i);
    } else if (turn * sign > 0) {
      // Outside of the bend: the left edge when the line turns clockwise.
      arc.clear();
      add_arc(arc, p, before * h, turn);
      for (auto const q : arc) edge.add(q, i);
    } else {
      edge.add(p + before * h, i);
      edge.add(p + after * h, i);
    }
  }
  return edge;
}

/// Whether the edge runs backwards between its points k and k + 1.
bool runs_back(Line const& line, Edge const& edge, std::size_t k) {
  auto const i = edge.owner[k];
  auto const j = edge.owner[k + 1];
  auto const step = edge.points[k + 1] - edge.points[k];
  if (i != j) return draw::dot(step, line.direction[i]) < 0;
  if (i == 0 || i + 1 >= line.points.size()) return false;
  return draw::dot(step, line.direction[i - 1] + line.direction[i]) < 0;
}

struct Loop {
  std::size_t first;  ///< the edge crosses itself between first and first + 1 ...
  std::size_t last;   ///< ... and last and last + 1
  Point at;
};

/// The loop round the backward stretch [from, to], if it closes within half a turn of the body.
std::optional<Loop> loop_round(Line const& line, Edge const& edge, std::size_t from,
                               std::size_t to) {
  double const here = line.along_mm[edge.owner[from]];
  double const there = line.along_mm[edge.owner[to]];
  double const reach =
      std::max(line.half_mm[edge.owner[from]], line.half_mm[edge.owner[to]]) * std::numbers::pi;
  std::size_t lowest = from;
  while (lowest > 0 && here - line.along_mm[edge.owner[lowest]] < reach) --lowest;
  std::size_t highest = to;
  while (highest + 1 < edge.points.size() && line.along_mm[edge.owner[highest]] - there < reach) {
    ++highest;
  }
  // The outermost crossing is the corner of what remains.
  for (std::size_t a = lowest; a < from; ++a) {
    for (std::size_t b = highest; b-- > to;) {
      if (b <= a + 1) break;
      auto const at =
          crossing(edge.points[a], edge.points[a + 1], edge.points[b], edge.points[b + 1]);
      if (at) return Loop{a, b, *at};
    }
  }
  return {};
}

/// Cuts the loops that an edge makes on the inside of bends tighter than the half width.
void cut_loops(Line const& line, Edge& edge) {
  Edge kept;
  std::size_t done = 0;  // points before this one are in `kept`
  for (std::size_t k = 0; k + 1 < edge.points.size(); ++k) {
    if (k < done || !runs_back(line, edge, k)) continue;
    std::size_t to = k + 1;
    while (to + 1 < edge.points.size() && runs_back(line, edge, to)) ++to;
    auto const loop = loop_round(line, edge, k, to);
    if (!loop || loop->first + 1 < done) continue;
    for (; done <= loop->first; ++done) kept.add(edge.points[done], edge.owner[done]);
    kept.add(loop->at, edge.owner[loop->first]);
    done = loop->last + 1;
    k = loop->last;
  }
  if (done == 0) return;
  for (; done < edge.points.size(); ++done) kept.add(edge.points[done], edge.owner[done]);
  edge = std::move(kept);
}

/// Leaves out the points that a straight piece passes within a few micrometres.
std::vector<Point> thinned(std::vector<Point> const& points, double thin_mm) {
  std::vector<Point> kept;
  kept.reserve(points.size());
  std::size_t from = 0;
  for (std::size_t to = 2; to <= points.size(); ++to) {
    if (from == 0 && kept.empty()) kept.push_back(points.front());
    if (to == points.size()) break;
    auto const chord = points[to] - points[from];
    double const slack = thin_mm * thin_mm * draw::dot(chord, chord);
    bool straight = to - from <= longest_run;
    for (auto k = from + 1; k < to && straight; ++k) {
      auto const d = points[k] - points[from];
      double const off = draw::cross(chord, d);
      straight = off * off <= slack && draw::dot(chord, d) >= 0;
    }
    if (straight) continue;
    from = to - 1;
    kept.push_back(points[from]);
  }
  if (points.size() > 1) kept.push_back(points.back());
  return kept;
}

BandEdges edges_along(Line const& line) {
  auto left = raw_edge(line, 1);
  auto right = raw_edge(line, -1);
  cut_loops(line, left);
  cut_loops(line, right);
  double const least = *std::ranges::min_element(line.half_mm);
  double const thin = std::max(finest_mm, thin_share * least);
  return {thinned(left.points, thin), thinned(right.points, thin)};
}

// --- simple contours
// ------------------------------------------------------------------------------

/// Side of `p` from the line ab: 0 within a millionth of a millimetre of it.
int side_of(Point a, Point b, Point p) {
  auto const d = b - a;
  double const area = draw::cross(d, p - a);
  if (area * area <= 1e-12 * draw::dot(d, d)) return 0;
  return area > 0 ? 1 : -1;
}

bool touch(Point a, Point b, Point c, Point d) {
  int const first = side_of(a, b, c);
  if (first != 0 && first == side_of(a, b, d)) return false;
  int const second = side_of(c, d, a);
  return second == 0 || second != side_of(c, d, b);
}

/// Neighbours share a point; they may not fold back onto each other.
bool folds_back(Point a, Point b, Point c) {
  return draw::dot(b - a, c - b) < 0 && side_of(a, b, c) == 0;
}

/// Extent of a segment along the longer side of the contour's box, for sorting, and across it.
struct Extent {
  double low, high, min, max;
};

struct Key {
  double low;
  std::uint32_t index;
};

/// Segments of a closed contour in the order of a sweep along its longer side.
class Sweep {
 public:
  explicit Sweep(std::span<Point const> ring) : ring_(ring) {
    draw::Box box;
    for (auto const& p : ring) box.add(p);
    bool const wide = box.width_mm() >= box.height_mm();
    extents_.reserve(ring.size());
    keys_.reserve(ring.size());
    for (std::size_t i = 0; i < ring.size(); ++i) {
      auto const a = ring[i];
      auto const b = end(i);
      auto const x = std::minmax(a.x_mm, b.x_mm);
      auto const y = std::minmax(a.y_mm, b.y_mm);
      auto const& u = wide ? x : y;
      auto const& v = wide ? y : x;
      extents_.push_back({u.first, u.second, v.first, v.second});
      keys_.push_back({u.first, static_cast<std::uint32_t>(i)});
    }
    std::ranges::sort(keys_, [](Key const& s, Key const& t) {
      return s.low < t.low || (s.low == t.low && s.index < t.index);
    });
  }

  /// Two segments that touch and are no neighbours, the lower index first.
  std::optional<std::pair<std::size_t, std::size_t>> first_touch() const {
    constexpr double slack_mm = 1e-6;
    auto const n = ring_.size();
    for (std::size_t k = 0; k < n; ++k) {
      auto const i = keys_[k].index;
      auto const& s = extents_[i];
      for (std::size_t m = k + 1; m < n && keys_[m].low <= s.high + slack_mm; ++m) {
        auto const j = keys_[m].index;
        auto const& t = extents_[j];
        if (t.min > s.max + slack_mm || s.min > t.max + slack_mm) continue;
        auto const apart = i > j ? i - j : j - i;
        if (apart == 1 || apart == n - 1) continue;
        if (touch(ring_[i], end(i), ring_[j], end(j))) return std::minmax<std::size_t>(i, j);
      }
    }
    return {};
  }

 private:
  Point end(std::size_t i) const { return ring_[i + 1 == ring_.size() ? 0 : i + 1]; }

  std::span<Point const> ring_;
  std::vector<Extent> extents_;
  std::vector<Key> keys_;
};

/// Where a closed contour touches itself: the first points of two of its segments.
std::optional<std::pair<std::size_t, std::size_t>> self_touch(std::span<Point const> ring) {
  auto const n = ring.size();
  if (n < 3) return std::pair<std::size_t, std::size_t>{0, 0};
  for (std::size_t i = 0; i < n; ++i) {
    auto const next = ring[i + 1 == n ? 0 : i + 1];
    auto const step = next - ring[i];
    if (draw::dot(step, step) < 1e-14 || folds_back(ring[i], next, ring[(i + 2) % n])) {
      return std::pair{i, i};
    }
  }
  return Sweep(ring).first_touch();
}

// --- bands that meet themselves
// -------------------------------------------------------------------

/// The wedge that a round joint fills at point i, for parts that are cut there. It reaches a little
/// into both, so that nothing is left open between them.
Path joint(Line const& line, std::size_t i) {
  Path path;
  double const turn = line.turn_rad[i];
  if (std::abs(turn) < 1e-6) return path;
  constexpr double overlap_rad = 0.01;
  double const sign = turn > 0 ? 1 : -1;
  auto const before = normal_of(line.direction[i - 1]) * sign;
  auto const after = normal_of(line.direction[i]) * sign;
  auto const middle = before + after;
  double const h = line.half_mm[i];
  // Folded back onto itself there is no inside; the line's own direction then serves.
  auto const inwards = draw::length(middle) > 1e-6 ? middle * (-1 / draw::length(middle))
                                                   : line.direction[i - 1] * -1;
  std::vector<Point> corners{line.points[i] + inwards * (h * overlap_rad)};
  add_arc(corners, line.points[i], draw::turned(before * h, -sign * overlap_rad),
          turn + 2 * sign * overlap_rad);
  path.add_polyline(corners, true);
  return path;
}

std::size_t nearest_index(std::vector<Point> const& points, Point p) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < points.size(); ++i) {
    double const d = draw::dot(points[i] - p, points[i] - p);
    if (d < least) least = d, best = i;
  }
  return best;
}

void add_ring(std::vector<Point> const& ring, std::vector<Path>& parts) {
  Path path;
  path.add_polyline(ring, true);
  parts.push_back(std::move(path));
}

/// Adds the parts of the band, divided until each is simple.
void add_parts(Line const& line, BandEnds const& ends, std::vector<Path>& parts) {
  auto contour = closed_contour(edges_along(line), ends);
  auto const meeting = self_touch(contour);
  if (!meeting) return add_ring(contour, parts);
  auto const count = line.points.size() - 1;
  if (count == 1) {
    // One piece and ends that do not fit together.
    add_ring(closed_contour(edges_along(line)), parts);
    auto head = ends.head;
    head.push_back(ends.notch);
    if (head.size() > 3 && !self_touch(head)) add_ring(head, parts);
    return;
  }
  // Between the two places that meet; in the middle where they are next to each other.
  auto const one = nearest_index(line.points, contour[meeting->first]);
  auto const two = nearest_index(line.points, contour[meeting->second]);
  auto cut = (one + two) / 2;
  if ((one > two ? one - two : two - one) < 8 || cut == 0 || cut >= count) cut = count / 2;
  auto const at = static_cast<std::ptrdiff_t>(cut);
  // The first part reaches a piece farther, which closes the bend between them without a part of
  // its own; not where that piece would leave nothing cut off.
  bool const reaches_on = cut + 1 < count && line.along_mm[cut + 1] - line.along_mm[cut] < 1;
  auto const end = at + (reaches_on ? 2 : 1);
  std::vector<Point> points(line.points.begin(), line.points.begin() + end);
  std::vector<double> half(line.half_mm.begin(), line.half_mm.begin() + end);
  add_parts(Line(points, half), {{}, {}, ends.start}, parts);
  if (!reaches_on) {
    if (auto wedge = joint(line, cut); !wedge.empty()) parts.push_back(std::move(wedge));
  }
  points.assign(line.points.begin() + at, line.points.end());
  half.assign(line.half_mm.begin() + at, line.half_mm.end());
  add_parts(Line(points, half), {ends.head, ends.notch, {}}, parts);
}

}  // namespace

BandEdges band_edges(std::vector<Point> const& points, std::vector<double> const& half_mm) {
  return edges_along(Line(points, half_mm));
}

bool is_simple(std::vector<Point> const& contour) {
  std::span<Point const> ring(contour);
  if (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
  return !self_touch(ring);
}

std::vector<Point> closed_contour(BandEdges const& edges, BandEnds const& ends) {
  std::vector<Point> contour;
  contour.reserve(edges.left.size() + ends.head.size() + edges.right.size() + ends.start.size());
  auto const add = [&contour](Point p) {
    // Points on one spot come from widths of nothing and from cut loops.
    auto const is_new = [&](Point last) { return draw::dot(p - last, p - last) > 1e-12; };
    if (contour.empty() || is_new(contour.back())) contour.push_back(p);
  };
  for (auto const p : edges.left) add(p);
  for (auto const p : ends.head) add(p);
  for (auto it = edges.right.rbegin(); it != edges.right.rend(); ++it) add(*it);
  for (auto const p : ends.start) add(p);
  while (contour.size() > 1 && draw::distance(contour.front(), contour.back()) < 1e-6) {
    contour.pop_back();
  }
  return contour;
}

Path band_area(std::vector<Point> const& points, std::vector<double> const& half_mm,
               BandEnds const& ends) {
  std::vector<Path> parts;
  add_parts(Line(points, half_mm), ends, parts);
  return parts.size() == 1 ? std::move(parts.front()) : draw::united_simple(parts);
}

}  // namespace hachure::scene
