#include "geo/ops.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

namespace hachure::geo {

namespace {

enum class Edge { left, right, bottom, top };

bool inside(Plane p, Window const& w, Edge edge) {
  switch (edge) {
    case Edge::left:
      return p.x >= w.min_x;
    case Edge::right:
      return p.x <= w.max_x;
    case Edge::bottom:
      return p.y >= w.min_y;
    case Edge::top:
      return p.y <= w.max_y;
  }
  return false;
}

Plane crossing(Plane a, Plane b, Window const& w, Edge edge) {
  switch (edge) {
    case Edge::left:
      return {w.min_x, a.y + (b.y - a.y) * (w.min_x - a.x) / (b.x - a.x)};
    case Edge::right:
      return {w.max_x, a.y + (b.y - a.y) * (w.max_x - a.x) / (b.x - a.x)};
    case Edge::bottom:
      return {a.x + (b.x - a.x) * (w.min_y - a.y) / (b.y - a.y), w.min_y};
    case Edge::top:
      return {a.x + (b.x - a.x) * (w.max_y - a.y) / (b.y - a.y), w.max_y};
  }
  return a;
}

/// Part of the segment inside the window as parameters, or nothing.
std::optional<std::array<double, 2>> visible(Plane a, Plane b, Window const& w) {
  double t0 = 0;
  double t1 = 1;
  double const dx = b.x - a.x;
  double const dy = b.y - a.y;
  std::array<double, 4> const p{-dx, dx, -dy, dy};
  std::array<double, 4> const q{a.x - w.min_x, w.max_x - a.x, a.y - w.min_y, w.max_y - a.y};
  for (std::size_t i = 0; i < 4; ++i) {
    if (p[i] == 0) {
      if (q[i] < 0) return {};
      continue;
    }
    double const r = q[i] / p[i];
    if (p[i] < 0) {
      t0 = std::max(t0, r);
    } else {
      t1 = std::min(t1, r);
    }
  }
  if (t0 > t1) return {};
  return std::array{t0, t1};
}

double distance_to_segment(Plane p, Plane a, Plane b) {
  double const dx = b.x - a.x;
  double const dy = b.y - a.y;
  double const length2 = dx * dx + dy * dy;
  double const t =
      length2 > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/// Distance from `p` to the outline, negative outside.
double signed_distance(Plane p, std::vector<std::vector<Plane>> const& rings) {
  bool within = false;
  double nearest = std::numeric_limits<double>::infinity();
  for (auto const& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      auto const a = ring[i];
      auto const b = ring[j];
      if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
        within = !within;
      }
      nearest = std::min(nearest, distance_to_segment(p, a, b));
    }
  }
  return within ? nearest : -nearest;
}

}  // namespace

std::vector<Plane> clip_ring(std::vector<Plane> const& ring, Window const& window) {
  std::vector<Plane> points(ring);
  if (points.size() > 1 && points.front() == points.back()) points.pop_back();
  for (Edge const edge : {Edge::left, Edge::right, Edge::bottom, Edge::top}) {
    std::vector<Plane> kept;
    kept.reserve(points.size() + 8);
    for (std::size_t i = 0; i < points.size(); ++i) {
      auto const a = points[i == 0 ? points.size() - 1 : i - 1];
      auto const b = points[i];
      bool const a_in = inside(a, window, edge);
      bool const b_in = inside(b, window, edge);
      if (a_in != b_in) kept.push_back(crossing(a, b, window, edge));
      if (b_in) kept.push_back(b);
    }
    points = std::move(kept);
    if (points.empty()) return {};
  }
  if (points.size() < 3) return {};
  points.push_back(points.front());
  return points;
}

std::vector<std::vector<Plane>> clip_line(std::vector<Plane> const& line, Window const& window) {
  std::vector<std::vector<Plane>> parts;
  bool open = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    auto const a = line[i - 1];
    auto const b = line[i];
    auto const span = visible(a, b, window);
    if (!span) {
      open = false;
      continue;
    }
    auto const at = [&](double t) { return Plane{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; };
    if (!open || (*span)[0] > 0) parts.push_back({at((*span)[0])});
    parts.back().push_back((*span)[1] == 1 ? b : at((*span)[1]));
    open = (*span)[1] == 1;
  }
  std::erase_if(parts, [](auto const& part) {
    return part.size() < 2 || std::ranges::all_of(part, [&](Plane p) { return p == part.front(); });
  });
  return parts;
}

std::vector<Plane> simplified(std::vector<Plane> const& line, double tolerance) {
  if (line.size() < 3) return line;
  bool const closed = line.front() == line.back();
  std::vector<char> keep(line.size(), 0);
  keep.front() = keep.back() = 1;
  std::vector<std::pair<std::size_t, std::size_t>> open;
  if (closed) {
    // A ring has no ends: its farthest vertex from the first serves as the second one.
    std::size_t far = 0;
    double best = -1;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      double const d = std::hypot(line[i].x - line[0].x, line[i].y - line[0].y);
      if (d > best) best = d, far = i;
    }
    keep[far] = 1;
    open = {{0, far}, {far, line.size() - 1}};
  } else {
    open = {{0, line.size() - 1}};
  }
  while (!open.empty()) {
    auto const [first, last] = open.back();
    open.pop_back();
    double worst = tolerance;
    std::size_t split = 0;
    for (std::size_t i = first + 1; i < last; ++i) {
      double const d = distance_to_segment(line[i], line[first], line[last]);
      if (d > worst) worst = d, split = i;
    }
    if (split != 0) {
      keep[split] = 1;
      open.emplace_back(first, split);
      open.emplace_back(split, last);
    }
  }
  std::vector<Plane> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i]) out.push_back(line[i]);
  }
  if (closed && out.size() < 4) out.clear();
  return out;
}

double signed_area(std::vector<Plane> const& ring) {
  double twice = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    twice += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
  }
  return twice / 2;
}

std::optional<Plane> pole_of_inaccessibility(std::vector<std::vector<Plane>> const& rings,
                                             double precision) {
  if (rings.empty() || rings.front().size() < 4) return {};
  Window w{rings[0][0].x, rings[0][0].y, rings[0][0].x, rings[0][0].y};
  for (auto const& p : rings.front()) {
    w = {std::min(w.min_x, p.x), std::min(w.min_y, p.y), std::max(w.max_x, p.x),
         std::max(w.max_y, p.y)};
  }
  double const longer = std::max(w.max_x - w.min_x, w.max_y - w.min_y);
  double const shorter = std::min(w.max_x - w.min_x, w.max_y - w.min_y);
  if (shorter <= 0) return {};
  // A thread of a polygon would fill the memory with cells of its own width.
  double const size = std::max(shorter, longer / 500);
  struct Cell {
    Plane center;
    double half;
    double distance;
    double potential;
    bool operator<(Cell const& other) const { return potential < other.potential; }
  };
  auto const make = [&](double x, double y, double half) {
    double const d = signed_distance({x, y}, rings);
    return Cell{{x, y}, half, d, d + half * std::sqrt(2.0)};
  };
  std::priority_queue<Cell> cells;
  double const half = size / 2;
  for (double x = w.min_x; x < w.max_x; x += size) {
    for (double y = w.min_y; y < w.max_y; y += size) cells.push(make(x + half, y + half, half));
  }
  Cell best = make((w.min_x + w.max_x) / 2, (w.min_y + w.max_y) / 2, 0);
  for (int count = 0; !cells.empty() && count < 20'000; ++count) {
    Cell const cell = cells.top();
    cells.pop();
    if (cell.distance > best.distance) best = cell;
    // A best one outside is no answer yet, however fine the precision.
    if (cell.potential <= std::max(0.0, best.distance)) continue;
    if (best.distance > 0 && cell.potential - best.distance <= precision) continue;
    double const h = cell.half / 2;
    for (double const dx : {-h, h}) {
      for (double const dy : {-h, h}) cells.push(make(cell.center.x + dx, cell.center.y + dy, h));
    }
  }
  if (best.distance <= 0) return {};
  return best.center;
}

}  // namespace hachure::geo
