#include "layout/solver_conflicts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace hachure::layout {
namespace {

/// A box with its axes and bounds worked out.
struct Prepared {
  double cx, cy, hw, hh;
  double ux, uy;                      ///< unit vector along the width
  double min_x, min_y, max_x, max_y;  ///< bounds
  int candidate;
  int label;
};

Prepared prepare(OrientedBox const& b, int candidate, int label) {
  // Exact for upright labels, by far the most.
  bool const upright = b.angle_rad == 0;
  double const c = upright ? 1 : std::cos(b.angle_rad);
  double const s = upright ? 0 : std::sin(b.angle_rad);
  double const ex = std::abs(c) * b.half_width_mm + std::abs(s) * b.half_height_mm;
  double const ey = std::abs(s) * b.half_width_mm + std::abs(c) * b.half_height_mm;
  return {b.cx_mm,      b.cy_mm,      b.half_width_mm, b.half_height_mm, c,         s,
          b.cx_mm - ex, b.cy_mm - ey, b.cx_mm + ex,    b.cy_mm + ey,     candidate, label};
}

bool bounds_meet(Prepared const& a, Prepared const& b) {
  double const e = touch_epsilon_mm;
  return a.min_x + e < b.max_x && b.min_x + e < a.max_x && a.min_y + e < b.max_y &&
         b.min_y + e < a.max_y;
}

/// Whether an axis of `a` separates the boxes.
bool separates(Prepared const& a, Prepared const& b) {
  double const dx = b.cx - a.cx;
  double const dy = b.cy - a.cy;
  double const c = std::abs(a.ux * b.ux + a.uy * b.uy);
  double const s = std::abs(a.ux * b.uy - a.uy * b.ux);
  double const along = std::abs(dx * a.ux + dy * a.uy);
  double const across = std::abs(dy * a.ux - dx * a.uy);
  double const e = touch_epsilon_mm;
  return along + e >= a.hw + b.hw * c + b.hh * s || across + e >= a.hh + b.hw * s + b.hh * c;
}

bool overlap(Prepared const& a, Prepared const& b) {
  return bounds_meet(a, b) && !separates(a, b) && !separates(b, a);
}

bool meet_in_time(CandidateShape const& a, CandidateShape const& b) {
  return a.from_s <= b.to_s && b.from_s <= a.to_s;
}

/// Uniform grid over the bounds of all boxes, its cells the size of the mean box.
class Grid {
 public:
  explicit Grid(std::vector<Prepared> const& boxes) {
    if (boxes.empty()) return;
    double width = 0;
    double height = 0;
    double max_x = boxes[0].max_x;
    double max_y = boxes[0].max_y;
    min_x_ = boxes[0].min_x;
    min_y_ = boxes[0].min_y;
    for (Prepared const& b : boxes) {
      width += b.max_x - b.min_x;
      height += b.max_y - b.min_y;
      min_x_ = std::min(min_x_, b.min_x);
      min_y_ = std::min(min_y_, b.min_y);
      max_x = std::max(max_x, b.max_x);
      max_y = std::max(max_y, b.max_y);
    }
    double const count = static_cast<double>(boxes.size());
    // Never many more cells than boxes, however small these are.
    double const side = 2 * std::sqrt(count) + 1;
    cell_w_ = std::max({width / count, (max_x - min_x_) / side, 1e-9});
    cell_h_ = std::max({height / count, (max_y - min_y_) / side, 1e-9});
    columns_ = column(max_x) + 1;
    rows_ = row(max_y) + 1;
    collect(boxes);
  }

  int column(double x) const { return static_cast<int>((x - min_x_) / cell_w_); }
  int row(double y) const { return static_cast<int>((y - min_y_) / cell_h_); }
  int cell_count() const { return columns_ * rows_; }
  std::span<int const> members(int cell) const {
    auto const begin = static_cast<std::size_t>(starts_[static_cast<std::size_t>(cell)]);
    auto const end = static_cast<std::size_t>(starts_[static_cast<std::size_t>(cell) + 1]);
    return {list_.data() + begin, end - begin};
  }
  /// The one cell in which a pair is looked at although it may share several.
  int meeting_cell(Prepared const& a, Prepared const& b) const {
    return row(std::max(a.min_y, b.min_y)) * columns_ + column(std::max(a.min_x, b.min_x));
  }

 private:
  template <typename Visit>
  void visit_cells(Prepared const& b, Visit visit) const {
    for (int r = row(b.min_y); r <= row(b.max_y); ++r) {
      for (int c = column(b.min_x); c <= column(b.max_x); ++c) visit(r * columns_ + c);
    }
  }

  void collect(std::vector<Prepared> const& boxes) {
    starts_.assign(static_cast<std::size_t>(cell_count()) + 1, 0);
    for (Prepared const& b : boxes) {
      visit_cells(b, [&](int cell) { ++starts_[static_cast<std::size_t>(cell) + 1]; });
    }
    for (std::size_t k = 1; k < starts_.size(); ++k) starts_[k] += starts_[k - 1];
    std::vector<std::int64_t> next(starts_.begin(), starts_.end() - 1);
    list_.resize(static_cast<std::size_t>(starts_.back()));
    for (std::size_t k = 0; k < boxes.size(); ++k) {
      visit_cells(boxes[k], [&](int cell) {
        list_[static_cast<std::size_t>(next[static_cast<std::size_t>(cell)]++)] =
            static_cast<int>(k);
      });
    }
  }

  double min_x_ = 0;
  double min_y_ = 0;
  double cell_w_ = 1;
  double cell_h_ = 1;
  int columns_ = 0;
  int rows_ = 0;
  std::vector<std::int64_t> starts_;
  std::vector<int> list_;
};

/// Pairs as conflicts, ascending, each once. Counting by the first candidate leaves short lists to
/// sort.
std::vector<Conflict> in_order(std::vector<std::pair<int, int>> const& pairs, std::size_t count) {
  std::vector<std::size_t> starts(count + 1, 0);
  for (auto const& [a, b] : pairs) ++starts[static_cast<std::size_t>(a) + 1];
  for (std::size_t k = 1; k < starts.size(); ++k) starts[k] += starts[k - 1];
  std::vector<int> seconds(pairs.size());
  auto next = starts;
  for (auto const& [a, b] : pairs) seconds[next[static_cast<std::size_t>(a)]++] = b;
  std::vector<Conflict> conflicts;
  conflicts.reserve(pairs.size());
  for (std::size_t a = 0; a < count; ++a) {
    auto const begin = seconds.begin() + static_cast<std::ptrdiff_t>(starts[a]);
    auto const end = seconds.begin() + static_cast<std::ptrdiff_t>(starts[a + 1]);
    std::sort(begin, end);
    for (auto it = begin; it != end; ++it) {
      if (it == begin || *it != *(it - 1)) {
        conflicts.push_back({static_cast<int>(a), *it, hard_conflict});
      }
    }
  }
  return conflicts;
}

}  // namespace

bool overlap(OrientedBox const& a, OrientedBox const& b) {
  return overlap(prepare(a, 0, 0), prepare(b, 0, 0));
}

std::vector<Conflict> find_conflicts(std::span<CandidateShape const> shapes) {
  std::vector<Prepared> boxes;
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    for (OrientedBox const& b : shapes[k].boxes) {
      boxes.push_back(prepare(b, static_cast<int>(k), shapes[k].label));
    }
  }
  Grid const grid(boxes);
  std::vector<std::pair<int, int>> pairs;
  for (int cell = 0; cell < grid.cell_count(); ++cell) {
    auto const members = grid.members(cell);
    for (std::size_t x = 0; x < members.size(); ++x) {
      Prepared const& a = boxes[static_cast<std::size_t>(members[x])];
      for (std::size_t y = x + 1; y < members.size(); ++y) {
        Prepared const& b = boxes[static_cast<std::size_t>(members[y])];
        if (a.label == b.label || !overlap(a, b) || grid.meeting_cell(a, b) != cell) continue;
        if (!meet_in_time(shapes[static_cast<std::size_t>(a.candidate)],
                          shapes[static_cast<std::size_t>(b.candidate)])) {
          continue;
        }
        pairs.emplace_back(std::minmax(a.candidate, b.candidate));
      }
    }
  }
  return in_order(pairs, shapes.size());
}

}  // namespace hachure::layout
