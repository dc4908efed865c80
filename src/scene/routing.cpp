#include "scene/routing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "scene/page_mask.hpp"

namespace hachure::scene {

namespace {

using draw::Box;
using draw::Path;
using draw::Point;

/// Fine enough for a river of half a millimetre, and no more cells than a route is worth.
constexpr double finest_cell_mm = 0.3;
constexpr double most_cells = 600'000;

constexpr float bad_cost = 40;
/// Cost of what is not known: good enough to come from, too dear for a way round the page.
constexpr float unknown_cost = 3;
/// Cost of good ground beside bad one, falling to 1 at the clearance.
constexpr float shore_cost = 3;

struct Step {
  int x, y;
};
/// Eight neighbours and eight knight's moves.
constexpr Step steps[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1},   {-1, 1},  {-1, -1}, {1, -1},
                          {2, 1}, {1, 2}, {-1, 2}, {-2, 1}, {-2, -1}, {-1, -2}, {1, -2},  {2, -1}};

Box grown_box(Box const& window, Box const& reach) {
  auto box = window;
  box.add(reach);
  return box;
}

}  // namespace

RouteGround::RouteGround(Box const& window, Box const& reach)
    : window_(window),
      area_(grown_box(window, reach)),
      cell_mm_(
          std::max(finest_cell_mm, std::sqrt(area_.width_mm() * area_.height_mm() / most_cells))),
      columns_(static_cast<long>(std::ceil(area_.width_mm() / cell_mm_)) + 1),
      rows_(static_cast<long>(std::ceil(area_.height_mm() / cell_mm_)) + 1),
      bad_(static_cast<std::size_t>(columns_ * rows_)) {}

RouteGround::Cell RouteGround::cell_at(Point at) const {
  auto const x = static_cast<long>(std::floor((at.x_mm - area_.min_x_mm) / cell_mm_));
  auto const y = static_cast<long>(std::floor((at.y_mm - area_.min_y_mm) / cell_mm_));
  return {std::clamp(x, 0L, columns_ - 1), std::clamp(y, 0L, rows_ - 1)};
}

Point RouteGround::middle(long x, long y) const {
  return {area_.min_x_mm + (static_cast<double>(x) + 0.5) * cell_mm_,
          area_.min_y_mm + (static_cast<double>(y) + 0.5) * cell_mm_};
}

void RouteGround::mark(Path const& areas, Path const& lines, double line_mm, std::uint8_t value) {
  PageMask mask(area_, cell_mm_);
  mask.add_area(areas, 0);
  mask.add_lines(lines, line_mm);
  for (long y = 0; y < rows_; ++y) {
    for (long x = 0; x < columns_; ++x) {
      auto const at = middle(x, y);
      if (is_known(at) && mask.covers(at)) bad_[index(x, y)] = value;
    }
  }
}

void RouteGround::keep_to(Path const& areas, Path const& lines, double line_mm) {
  if (!is_bounded_) {
    for (long y = 0; y < rows_; ++y) {
      for (long x = 0; x < columns_; ++x) {
        if (is_known(middle(x, y))) bad_[index(x, y)] = 1;
      }
    }
    is_bounded_ = true;
  }
  mark(areas, lines, line_mm, 0);
}

void RouteGround::keep_off(Path const& areas, Path const& lines, double line_mm) {
  mark(areas, lines, line_mm, 1);
}

bool RouteGround::is_good(Point at) const {
  if (!is_known(at)) return true;
  auto const cell = cell_at(at);
  return bad_[index(cell.x, cell.y)] == 0;
}

double RouteGround::bad_length_mm(std::vector<Point> const& line) const {
  double bad = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    auto const d = line[i] - line[i - 1];
    double const length = draw::length(d);
    int const count = std::max(1, static_cast<int>(std::ceil(length / (cell_mm_ / 2))));
    for (int k = 0; k < count; ++k) {
      if (!is_good(line[i - 1] + d * ((k + 0.5) / count))) bad += length / count;
    }
  }
  return bad;
}

std::vector<float> RouteGround::costs(double clearance_mm) const {
  // Chamfer distances from bad ground, in two passes (Borgefors, "Distance transformations in
  // digital images", 1986).
  auto const far = static_cast<float>(clearance_mm + 1);
  auto const side = static_cast<float>(cell_mm_);
  auto const corner = static_cast<float>(cell_mm_ * std::sqrt(2.0));
  std::vector<float> distance(bad_.size(), far);
  for (std::size_t i = 0; i < bad_.size(); ++i) {
    if (bad_[i] != 0) distance[i] = 0;
  }
  auto const nearer = [&](long x, long y, long dx, long dy) {
    if (x + dx < 0 || x + dx >= columns_ || y + dy < 0 || y + dy >= rows_) return;
    auto& own = distance[index(x, y)];
    own = std::min(own, distance[index(x + dx, y + dy)] + (dx != 0 && dy != 0 ? corner : side));
  };
  for (long y = 0; y < rows_; ++y) {
    for (long x = 0; x < columns_; ++x) {
      nearer(x, y, -1, 0), nearer(x, y, -1, -1), nearer(x, y, 0, -1), nearer(x, y, 1, -1);
    }
  }
  for (long y = rows_ - 1; y >= 0; --y) {
    for (long x = columns_ - 1; x >= 0; --x) {
      nearer(x, y, 1, 0), nearer(x, y, 1, 1), nearer(x, y, 0, 1), nearer(x, y, -1, 1);
    }
  }
  auto const clearance = static_cast<float>(std::max(clearance_mm, 1e-3));
  for (std::size_t i = 0; i < bad_.size(); ++i) {
    float const near = std::max(0.0F, 1 - distance[i] / clearance);
    distance[i] = bad_[i] != 0 ? bad_cost : 1 + (shore_cost - 1) * near;
  }
  for (long y = 0; y < rows_; ++y) {
    for (long x = 0; x < columns_; ++x) {
      if (!is_known(middle(x, y))) distance[index(x, y)] = unknown_cost;
    }
  }
  return distance;
}

double RouteGround::cost_along(std::vector<float> const& costs, Point a, Point b) const {
  auto const d = b - a;
  double const length = draw::length(d);
  int const count = std::max(1, static_cast<int>(std::ceil(length / (cell_mm_ / 2))));
  double sum = 0;
  for (int k = 0; k < count; ++k) {
    auto const cell = cell_at(a + d * ((k + 0.5) / count));
    sum += static_cast<double>(costs[index(cell.x, cell.y)]);
  }
  return sum * length / count;
}

std::vector<Point> RouteGround::leg(std::vector<float> const& costs, Point from, Point to) const {
  auto const start = cell_at(from);
  auto const goal = cell_at(to);
  constexpr auto unknown = std::numeric_limits<float>::infinity();
  std::vector<float> best(bad_.size(), unknown);
  std::vector<std::int8_t> came(bad_.size(), -1);
  struct Open {
    float estimate;
    std::uint32_t cell;
    // Equal estimates go by the cell, so that one way is found whatever the queue does.
    bool operator>(Open const& other) const {
      return estimate > other.estimate || (estimate == other.estimate && cell > other.cell);
    }
  };
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
  auto const left = [&](long x, long y) {
    return static_cast<float>(
        std::hypot(static_cast<double>(x - goal.x), static_cast<double>(y - goal.y)));
  };
  best[index(start.x, start.y)] = 0;
  open.push({left(start.x, start.y), static_cast<std::uint32_t>(index(start.x, start.y))});
  auto const goal_index = index(goal.x, goal.y);
  while (!open.empty()) {
    auto const [estimate, cell] = open.top();
    open.pop();
    if (cell == goal_index) break;
    auto const x = static_cast<long>(cell) % columns_;
    auto const y = static_cast<long>(cell) / columns_;
    float const so_far = best[cell];
    if (estimate > so_far + left(x, y) + 1e-3F) continue;
    for (std::size_t k = 0; k < std::size(steps); ++k) {
      auto const& step = steps[k];
      long const to_x = x + step.x;
      long const to_y = y + step.y;
      if (to_x < 0 || to_y < 0 || to_x >= columns_ || to_y >= rows_) continue;
      auto const next = index(to_x, to_y);
      float cost = (costs[cell] + costs[next]) / 2;
      if (k >= 8) {
        // A knight's move passes between two cells.
        float const one = costs[index(x + step.x / 2, y + step.y / 2)];
        float const two = costs[index(to_x - step.x / 2, to_y - step.y / 2)];
        cost = (cost + std::max(one, two)) / 2;
      }
      float const length = k < 4 ? 1.0F : k < 8 ? 1.41421356F : 2.23606798F;
      float const total = so_far + cost * length;
      if (total >= best[next] - 1e-4F) continue;
      best[next] = total;
      came[next] = static_cast<std::int8_t>(k);
      open.push({total + left(to_x, to_y), static_cast<std::uint32_t>(next)});
    }
  }
  std::vector<Point> way{to};
  long x = goal.x;
  long y = goal.y;
  while (came[index(x, y)] >= 0) {
    auto const& step = steps[came[index(x, y)]];
    x -= step.x, y -= step.y;
    way.push_back(middle(x, y));
  }
  if (way.size() > 1) way.back() = from;
  if (way.size() == 1) way.push_back(from);
  std::ranges::reverse(way);
  return way;
}

std::vector<Point> RouteGround::straightened(std::vector<float> const& costs,
                                             std::vector<Point> const& way) const {
  std::vector<double> along{0};
  for (std::size_t i = 1; i < way.size(); ++i) {
    along.push_back(along.back() + cost_along(costs, way[i - 1], way[i]));
  }
  constexpr double slack = 1.02;
  std::vector<Point> kept{way.front()};
  for (std::size_t i = 0; i + 1 < way.size();) {
    // Doubling, then halving: a straight piece mostly stays one when it is shortened.
    std::size_t good = i + 1;
    std::size_t reach = 2;
    auto const is_cheap = [&](std::size_t k) {
      return cost_along(costs, way[i], way[k]) <= (along[k] - along[i]) * slack;
    };
    while (i + reach < way.size() && is_cheap(i + reach)) good = i + reach, reach *= 2;
    for (auto step = reach / 2; step > 0; step /= 2) {
      if (good + step < way.size() && is_cheap(good + step)) good += step;
    }
    kept.push_back(way[good]);
    i = good;
  }
  return kept;
}

std::vector<Point> RouteGround::route(std::vector<Point> const& stops, double clearance_mm) const {
  auto const ground = costs(clearance_mm);
  std::vector<Point> whole;
  for (std::size_t i = 1; i < stops.size(); ++i) {
    auto const way = straightened(ground, leg(ground, stops[i - 1], stops[i]));
    for (auto const& p : way) {
      if (whole.empty() || draw::distance(whole.back(), p) > 1e-6) whole.push_back(p);
    }
  }
  return whole;
}

}  // namespace hachure::scene
