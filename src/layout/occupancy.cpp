#include "layout/occupancy.hpp"

#include <algorithm>
#include <cmath>

namespace hachure::layout {

using draw::Box;
using draw::Point;

namespace {

/// Sorts runs and joins those of a row that meet.
template <class Run>
void join(std::vector<Run>& runs) {
  std::ranges::sort(runs);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (kept > 0 && runs[kept - 1].row == runs[i].row && runs[i].first <= runs[kept - 1].last) {
      runs[kept - 1].last = std::max(runs[kept - 1].last, runs[i].last);
    } else {
      runs[kept++] = runs[i];
    }
  }
  runs.resize(kept);
}

OrientedBox upright(Box const& box) {
  auto const c = box.center();
  return {c.x_mm, c.y_mm, box.width_mm() / 2, box.height_mm() / 2, 0};
}

Box bounds_of(OrientedBox const& box) {
  double const c = std::abs(std::cos(box.angle_rad));
  double const s = std::abs(std::sin(box.angle_rad));
  double const x = c * box.half_width_mm + s * box.half_height_mm;
  double const y = s * box.half_width_mm + c * box.half_height_mm;
  return {box.cx_mm - x, box.cy_mm - y, box.cx_mm + x, box.cy_mm + y};
}

/// Narrows [low, high] to where |a + b t| <= reach.
void narrow(double a, double b, double reach, double& low, double& high) {
  if (std::abs(b) < 1e-12) {
    if (std::abs(a) > reach) high = low - 1;
    return;
  }
  double const t0 = (-reach - a) / b;
  double const t1 = (reach - a) / b;
  low = std::max(low, std::min(t0, t1));
  high = std::min(high, std::max(t0, t1));
}

}  // namespace

Occupancy::Occupancy(Box const& area, double cell_mm)
    : area_(area),
      cell_mm_(cell_mm),
      columns_(std::max(1, static_cast<int>(std::ceil(area.width_mm() / cell_mm)))),
      rows_(std::max(1, static_cast<int>(std::ceil(area.height_mm() / cell_mm)))),
      hard_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

void Occupancy::enter(std::vector<Run> runs, double weight, Life const& life) {
  if (runs.empty() || weight <= 0) return;
  if (life) {
    join(runs);
    Timed timed{*life, weight, {}, std::move(runs)};
    for (auto const& run : timed.runs) {
      double const y = area_.min_y_mm + run.row * cell_mm_;
      timed.bounds.add(Point{area_.min_x_mm + run.first * cell_mm_, y});
      timed.bounds.add(Point{area_.min_x_mm + run.last * cell_mm_, y + cell_mm_});
    }
    timed_.push_back(std::move(timed));
    return;
  }
  if (weight < 1 && soft_.empty()) soft_.assign(hard_.size(), 0);
  for (auto const& run : runs) {
    auto const begin = static_cast<std::size_t>(run.row) * static_cast<std::size_t>(columns_);
    for (int x = run.first; x < run.last; ++x) {
      auto const at = begin + static_cast<std::size_t>(x);
      if (weight >= 1) {
        hard_[at] = 1;
      } else {
        soft_[at] = std::max(soft_[at], static_cast<float>(weight));
      }
    }
  }
}

std::vector<Occupancy::Run> Occupancy::runs_of_area(draw::Path const& area) const {
  auto const contours = area.flattened(cell_mm_ / 2);
  // Rows that the area may touch: most obstacles are small and the page is large.
  Box bounds;
  for (auto const& contour : contours) {
    for (auto const& p : contour) bounds.add(p);
  }
  if (bounds.empty()) return {};
  auto const row_of = [&](double y_mm) {
    return std::clamp((y_mm - area_.min_y_mm) / cell_mm_, -1.0, static_cast<double>(rows_));
  };
  int const top = std::max(0, static_cast<int>(std::floor(row_of(bounds.min_y_mm))));
  int const bottom = std::min(rows_ - 1, static_cast<int>(std::ceil(row_of(bounds.max_y_mm))));
  if (bottom < top) return {};
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(bottom - top + 1));
  for (auto const& contour : contours) {
    for (std::size_t i = 0; i < contour.size(); ++i) {
      auto const a = contour[i];
      auto const b = contour[(i + 1) % contour.size()];
      if (a.y_mm == b.y_mm) continue;
      double const low = (std::min(a.y_mm, b.y_mm) - area_.min_y_mm) / cell_mm_;
      double const high = (std::max(a.y_mm, b.y_mm) - area_.min_y_mm) / cell_mm_;
      int const first = std::max(top, static_cast<int>(std::ceil(low - 0.5)));
      int const last = std::min(bottom, static_cast<int>(std::ceil(high - 0.5)) - 1);
      for (int row = first; row <= last; ++row) {
        double const y = area_.min_y_mm + (row + 0.5) * cell_mm_;
        double const x = a.x_mm + (b.x_mm - a.x_mm) * (y - a.y_mm) / (b.y_mm - a.y_mm);
        crossings[static_cast<std::size_t>(row - top)].push_back((x - area_.min_x_mm) / cell_mm_);
      }
    }
  }
  std::vector<Run> runs;
  for (int row = top; row <= bottom; ++row) {
    auto& xs = crossings[static_cast<std::size_t>(row - top)];
    std::ranges::sort(xs);
    for (std::size_t k = 0; k + 1 < xs.size(); k += 2) {
      int const from = std::max(0, static_cast<int>(std::ceil(xs[k] - 0.5)));
      int const to = std::min(columns_ - 1, static_cast<int>(std::floor(xs[k + 1] - 0.5)));
      if (from <= to) runs.push_back({row, from, to + 1});
    }
  }
  return runs;
}

std::vector<Occupancy::Run> Occupancy::runs_of_lines(draw::Path const& lines,
                                                     double half_width_mm) const {
  double const reach = std::max(half_width_mm, cell_mm_ * 0.5);
  std::vector<Run> runs;
  for (auto const& contour : lines.flattened(cell_mm_ / 2)) {
    for (std::size_t i = 1; i < contour.size(); ++i) {
      auto const a = contour[i - 1];
      auto const b = contour[i];
      auto const d = b - a;
      double const length2 = draw::dot(d, d);
      Box box;
      box.add(a);
      box.add(b);
      box = box.grown(reach);
      int const x0 = static_cast<int>(std::floor((box.min_x_mm - area_.min_x_mm) / cell_mm_));
      int const x1 = static_cast<int>(std::ceil((box.max_x_mm - area_.min_x_mm) / cell_mm_));
      int const y0 = static_cast<int>(std::floor((box.min_y_mm - area_.min_y_mm) / cell_mm_));
      int const y1 = static_cast<int>(std::ceil((box.max_y_mm - area_.min_y_mm) / cell_mm_));
      for (int y = std::max(0, y0); y <= std::min(rows_ - 1, y1); ++y) {
        int first = columns_;
        int last = -1;
        for (int x = std::max(0, x0); x <= std::min(columns_ - 1, x1); ++x) {
          Point const p{area_.min_x_mm + (x + 0.5) * cell_mm_,
                        area_.min_y_mm + (y + 0.5) * cell_mm_};
          double const t = length2 > 0 ? std::clamp(draw::dot(p - a, d) / length2, 0.0, 1.0) : 0;
          if (draw::distance(p, a + d * t) > reach) continue;
          first = std::min(first, x);
          last = x;
        }
        // A band round a segment is convex: its cells of a row are one run.
        if (first <= last) runs.push_back({y, first, last + 1});
      }
    }
  }
  return runs;
}

void Occupancy::add_area(draw::Path const& area, double weight, Life const& life) {
  enter(runs_of_area(area), weight, life);
}

void Occupancy::add_lines(draw::Path const& lines, double half_width_mm, double weight,
                          Life const& life) {
  enter(runs_of_lines(lines, half_width_mm), weight, life);
}

void Occupancy::add_box(Box const& box, double weight) {
  draw::Path path;
  path.add_box(box);
  add_area(path, weight);
}

void Occupancy::finish() {
  auto const width = static_cast<std::size_t>(columns_) + 1;
  auto const size = width * (static_cast<std::size_t>(rows_) + 1);
  bool const any_hard = std::ranges::find(hard_, 1) != hard_.end();
  if (any_hard) hard_sums_.assign(size, 0);
  if (!soft_.empty()) soft_sums_.assign(size, 0);
  for (int y = 0; y < rows_; ++y) {
    std::uint32_t hard_row = 0;
    double soft_row = 0;
    for (int x = 0; x < columns_; ++x) {
      auto const at = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                      static_cast<std::size_t>(x);
      auto const out = (static_cast<std::size_t>(y) + 1) * width + static_cast<std::size_t>(x) + 1;
      if (any_hard) {
        hard_row += hard_[at];
        hard_sums_[out] = hard_sums_[out - width] + hard_row;
      }
      if (!soft_.empty()) {
        soft_row += hard_[at] ? 0 : static_cast<double>(soft_[at]);
        soft_sums_[out] = soft_sums_[out - width] + soft_row;
      }
    }
  }
}

template <class Number>
double Occupancy::sum(std::vector<Number> const& table, Box const& box) const {
  if (table.empty()) return 0;
  auto const column = [&](double x) {
    return static_cast<std::size_t>(
        std::clamp(std::lround((x - area_.min_x_mm) / cell_mm_), 0l, static_cast<long>(columns_)));
  };
  auto const row = [&](double y) {
    return static_cast<std::size_t>(
        std::clamp(std::lround((y - area_.min_y_mm) / cell_mm_), 0l, static_cast<long>(rows_)));
  };
  auto const x0 = column(box.min_x_mm);
  auto const x1 = column(box.max_x_mm);
  auto const y0 = row(box.min_y_mm);
  auto const y1 = row(box.max_y_mm);
  auto const width = static_cast<std::size_t>(columns_) + 1;
  Number const inside = table[y1 * width + x1] - table[y0 * width + x1] - table[y1 * width + x0] +
                        table[y0 * width + x0];
  return static_cast<double>(inside) * cell_mm_ * cell_mm_;
}

template <class Number>
double Occupancy::sum(std::vector<Number> const& table, Run const& run) const {
  if (table.empty()) return 0;
  auto const width = static_cast<std::size_t>(columns_) + 1;
  auto const above = static_cast<std::size_t>(run.row) * width;
  auto const below = above + width;
  auto const x0 = static_cast<std::size_t>(run.first);
  auto const x1 = static_cast<std::size_t>(run.last);
  Number const inside =
      table[below + x1] - table[above + x1] - table[below + x0] + table[above + x0];
  return static_cast<double>(inside);
}

template <class Use>
void Occupancy::for_runs(OrientedBox const& box, Use use) const {
  double const c = std::cos(box.angle_rad);
  double const s = std::sin(box.angle_rad);
  auto const bounds = bounds_of(box);
  int const y0 =
      std::max(0, static_cast<int>(std::floor((bounds.min_y_mm - area_.min_y_mm) / cell_mm_)));
  int const y1 = std::min(
      rows_ - 1, static_cast<int>(std::floor((bounds.max_y_mm - area_.min_y_mm) / cell_mm_)));
  for (int y = y0; y <= y1; ++y) {
    double const dy = area_.min_y_mm + (y + 0.5) * cell_mm_ - box.cy_mm;
    double low = bounds.min_x_mm - box.cx_mm;
    double high = bounds.max_x_mm - box.cx_mm;
    narrow(dy * s, c, box.half_width_mm, low, high);
    narrow(dy * c, -s, box.half_height_mm, low, high);
    // Columns whose centres lie within [low, high].
    double const left = (box.cx_mm + low - area_.min_x_mm) / cell_mm_ - 0.5;
    double const right = (box.cx_mm + high - area_.min_x_mm) / cell_mm_ - 0.5;
    int const first = std::max(0, static_cast<int>(std::ceil(left - 1e-9)));
    int const last = std::min(columns_ - 1, static_cast<int>(std::floor(right + 1e-9)));
    if (first <= last) use(Run{y, first, last + 1});
  }
}

double Occupancy::timed(OrientedBox const& box, Life const& life, bool hard) const {
  double total = 0;
  auto const bounds = bounds_of(box);
  for (auto const& obstacle : timed_) {
    if ((obstacle.weight >= 1) != hard || !obstacle.bounds.overlaps(bounds) ||
        !scene::live_together(life, obstacle.life)) {
      continue;
    }
    int cells = 0;
    for_runs(box, [&](Run const& run) {
      for (auto it = std::ranges::lower_bound(obstacle.runs, run.row, {}, &Run::row);
           it != obstacle.runs.end() && it->row == run.row; ++it) {
        cells += std::max(0, std::min(it->last, run.last) - std::max(it->first, run.first));
      }
    });
    total += cells * (hard ? 1.0 : obstacle.weight);
  }
  return total * cell_mm_ * cell_mm_;
}

double Occupancy::hard_mm2(Box const& box, Life const& life) const {
  return sum(hard_sums_, box) + (timed_.empty() ? 0 : timed(upright(box), life, true));
}

double Occupancy::soft(Box const& box, Life const& life) const {
  return sum(soft_sums_, box) + (timed_.empty() ? 0 : timed(upright(box), life, false));
}

double Occupancy::hard_mm2(OrientedBox const& box, Life const& life) const {
  double total = 0;
  for_runs(box, [&](Run const& run) { total += sum(hard_sums_, run); });
  return total * cell_mm_ * cell_mm_ + (timed_.empty() ? 0 : timed(box, life, true));
}

double Occupancy::soft(OrientedBox const& box, Life const& life) const {
  double total = 0;
  for_runs(box, [&](Run const& run) { total += sum(soft_sums_, run); });
  return total * cell_mm_ * cell_mm_ + (timed_.empty() ? 0 : timed(box, life, false));
}

}  // namespace hachure::layout
