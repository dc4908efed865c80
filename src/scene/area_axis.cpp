#include "scene/area_axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace hachure::scene {

namespace {

using draw::Point;

// Cells along the longer side of the area's box: a tenth of the width of a slender area.
constexpr int cells_along = 96;

/// The area as cells of a grid with the distance of each from the outline, in cells.
class Grid {
 public:
  explicit Grid(draw::Path const& area) {
    auto const box = area.control_box();
    cell_mm_ = std::max(box.width_mm(), box.height_mm()) / cells_along;
    if (cell_mm_ <= 0) return;
    origin_ = {box.min_x_mm - 1.5 * cell_mm_, box.min_y_mm - 1.5 * cell_mm_};
    columns_ = static_cast<int>(box.width_mm() / cell_mm_) + 4;
    rows_ = static_cast<int>(box.height_mm() / cell_mm_) + 4;
    inside_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
    fill(area);
    measure();
  }

  int count() const { return static_cast<int>(inside_.size()); }
  int columns() const { return columns_; }
  double cell_mm() const { return cell_mm_; }
  bool inside(int cell) const { return inside_[static_cast<std::size_t>(cell)] != 0; }
  double depth(int cell) const { return depth_[static_cast<std::size_t>(cell)]; }
  Point center(int cell) const {
    int const row = cell / columns_;
    int const column = cell % columns_;
    return origin_ + Point{(column + 0.5) * cell_mm_, (row + 0.5) * cell_mm_};
  }

 private:
  /// Even-odd, row by row, at the middles of cells.
  void fill(draw::Path const& area) {
    auto const rings = area.flattened(0.25 * cell_mm_);
    std::vector<double> crossings;
    for (int row = 0; row < rows_; ++row) {
      double const y = origin_.y_mm + (row + 0.5) * cell_mm_;
      crossings.clear();
      for (auto const& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
          auto const a = ring[i];
          auto const b = ring[(i + 1) % ring.size()];
          if ((a.y_mm > y) == (b.y_mm > y)) continue;
          crossings.push_back(a.x_mm + (b.x_mm - a.x_mm) * (y - a.y_mm) / (b.y_mm - a.y_mm));
        }
      }
      std::ranges::sort(crossings);
      for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
        int const from =
            static_cast<int>(std::ceil((crossings[k] - origin_.x_mm) / cell_mm_ - 0.5));
        int const to =
            static_cast<int>(std::floor((crossings[k + 1] - origin_.x_mm) / cell_mm_ - 0.5));
        for (int column = from; column <= to; ++column) {
          int const cell = row * columns_ + column;
          inside_[static_cast<std::size_t>(cell)] = 1;
        }
      }
    }
  }

  /// Chamfer distance 3-4 (Borgefors 1986), two passes; the border of the grid is outside.
  void measure() {
    constexpr double far = 1e9;
    constexpr double diagonal = 4.0 / 3;
    depth_.assign(inside_.size(), 0);
    for (std::size_t i = 0; i < inside_.size(); ++i) depth_[i] = inside_[i] != 0 ? far : 0;
    auto const relax = [&](int cell, int other, double step) {
      auto& own = depth_[static_cast<std::size_t>(cell)];
      own = std::min(own, depth_[static_cast<std::size_t>(other)] + step);
    };
    for (int cell = columns_ + 1; cell < count() - columns_ - 1; ++cell) {
      relax(cell, cell - 1, 1);
      relax(cell, cell - columns_, 1);
      relax(cell, cell - columns_ - 1, diagonal);
      relax(cell, cell - columns_ + 1, diagonal);
    }
    for (int cell = count() - columns_ - 2; cell > columns_; --cell) {
      relax(cell, cell + 1, 1);
      relax(cell, cell + columns_, 1);
      relax(cell, cell + columns_ + 1, diagonal);
      relax(cell, cell + columns_ - 1, diagonal);
    }
  }

  Point origin_{};
  double cell_mm_ = 0;
  int columns_ = 0;
  int rows_ = 0;
  std::vector<std::uint8_t> inside_;
  std::vector<double> depth_;
};

/// Cheapest ways from one cell to all others.
struct Ways {
  std::vector<double> length;  ///< in steps, whatever they cost
  std::vector<int> from;
  int farthest = -1;
};

Ways ways_from(Grid const& grid, int start, double deepest) {
  constexpr double never = std::numeric_limits<double>::infinity();
  auto const size = static_cast<std::size_t>(grid.count());
  Ways out{std::vector<double>(size, 0), std::vector<int>(size, -1), start};
  std::vector<double> cost(size, never);
  using Entry = std::pair<double, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  cost[static_cast<std::size_t>(start)] = 0;
  open.emplace(0, start);
  int const w = grid.columns();
  std::pair<int, double> const steps[] = {{1, 1},           {-1, 1},         {w, 1},
                                          {-w, 1},          {w + 1, 1.4142}, {w - 1, 1.4142},
                                          {-w + 1, 1.4142}, {-w - 1, 1.4142}};
  while (!open.empty()) {
    auto const [so_far, cell] = open.top();
    open.pop();
    auto const c = static_cast<std::size_t>(cell);
    if (so_far > cost[c]) continue;
    if (out.length[c] > out.length[static_cast<std::size_t>(out.farthest)]) out.farthest = cell;
    for (auto const& [by, step] : steps) {
      int const next = cell + by;
      if (next < 0 || next >= grid.count() || !grid.inside(next)) continue;
      double const shallow = deepest / std::max(0.5, grid.depth(next));
      double const priced = so_far + step * shallow * shallow;
      auto const n = static_cast<std::size_t>(next);
      if (priced >= cost[n]) continue;
      cost[n] = priced;
      out.length[n] = out.length[c] + step;
      out.from[n] = cell;
      open.emplace(priced, next);
    }
  }
  return out;
}

/// Whether a name along the axis would stand as level as one beside it that is set level.
bool is_level(Axis const& axis) {
  constexpr double few_degrees = 0.12;
  constexpr double slight_bend = 0.05;
  if (axis.empty()) return false;
  auto const chord = axis.points.back() - axis.points.front();
  double const length = draw::length(chord);
  if (length <= 0 || std::abs(chord.y_mm) > few_degrees * length) return false;
  return std::ranges::all_of(axis.points, [&](Point p) {
    auto const d = p - axis.points.front();
    return std::abs(chord.x_mm * d.y_mm - chord.y_mm * d.x_mm) < slight_bend * length * length;
  });
}

}  // namespace

Axis axis_of_area(draw::Path const& area) {
  if (area.empty()) return {};
  Grid const grid(area);
  int middle = -1;
  double deepest = 0;
  for (int cell = 0; cell < grid.count(); ++cell) {
    if (grid.inside(cell) && grid.depth(cell) > deepest) {
      deepest = grid.depth(cell);
      middle = cell;
    }
  }
  if (middle < 0) return {};
  auto const one_end = ways_from(grid, middle, deepest).farthest;
  auto const ways = ways_from(grid, one_end, deepest);
  std::vector<Point> points;
  std::vector<double> widths_mm;
  for (int cell = ways.farthest; cell >= 0; cell = ways.from[static_cast<std::size_t>(cell)]) {
    points.push_back(grid.center(cell));
    widths_mm.push_back(2 * grid.depth(cell) * grid.cell_mm());
  }
  auto const raw = axis_of(points, widths_mm);
  if (raw.empty() || raw.length_mm() < 4 * deepest * grid.cell_mm()) return {};
  double const half_mm = deepest * grid.cell_mm();
  double const smooth_mm = std::min(0.7 * half_mm, 0.12 * raw.length_mm());
  auto const smooth = smoothed_axis(raw, smooth_mm, 0.5);
  // At its ends the way runs into a corner.
  double const end_mm = std::min(half_mm, 0.2 * smooth.length_mm());
  auto axis = part_of(smooth, end_mm, smooth.length_mm() - end_mm);
  return is_level(axis) ? Axis{} : axis;
}

}  // namespace hachure::scene
