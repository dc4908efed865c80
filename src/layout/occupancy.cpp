#include "layout/occupancy.hpp"

#include <algorithm>
#include <cmath>

namespace hachure::layout {

using draw::Box;
using draw::Point;

Occupancy::Occupancy(Box const& area, double cell_mm)
    : area_(area),
      cell_mm_(cell_mm),
      columns_(std::max(1, static_cast<int>(std::ceil(area.width_mm() / cell_mm)))),
      rows_(std::max(1, static_cast<int>(std::ceil(area.height_mm() / cell_mm)))),
      hard_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)),
      soft_(hard_.size()) {}

void Occupancy::mark(int x, int y, double weight) {
  if (x < 0 || y < 0 || x >= columns_ || y >= rows_) return;
  auto const at = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(x);
  if (weight >= 1) {
    hard_[at] = 1;
  } else {
    soft_[at] = std::max(soft_[at], static_cast<float>(weight));
  }
}

void Occupancy::add_area(draw::Path const& area, double weight) {
  auto const contours = area.flattened(cell_mm_ / 2);
  std::vector<std::vector<double>> crossings(static_cast<std::size_t>(rows_));
  for (auto const& contour : contours) {
    for (std::size_t i = 0; i < contour.size(); ++i) {
      auto const a = contour[i];
      auto const b = contour[(i + 1) % contour.size()];
      if (a.y_mm == b.y_mm) continue;
      double const low = (std::min(a.y_mm, b.y_mm) - area_.min_y_mm) / cell_mm_;
      double const high = (std::max(a.y_mm, b.y_mm) - area_.min_y_mm) / cell_mm_;
      int const first = std::max(0, static_cast<int>(std::ceil(low - 0.5)));
      int const last = std::min(rows_ - 1, static_cast<int>(std::ceil(high - 0.5)) - 1);
      for (int row = first; row <= last; ++row) {
        double const y = area_.min_y_mm + (row + 0.5) * cell_mm_;
        double const x = a.x_mm + (b.x_mm - a.x_mm) * (y - a.y_mm) / (b.y_mm - a.y_mm);
        crossings[static_cast<std::size_t>(row)].push_back((x - area_.min_x_mm) / cell_mm_);
      }
    }
  }
  for (int row = 0; row < rows_; ++row) {
    auto& xs = crossings[static_cast<std::size_t>(row)];
    std::ranges::sort(xs);
    for (std::size_t k = 0; k + 1 < xs.size(); k += 2) {
      int const from = std::max(0, static_cast<int>(std::ceil(xs[k] - 0.5)));
      int const to = std::min(columns_ - 1, static_cast<int>(std::floor(xs[k + 1] - 0.5)));
      for (int x = from; x <= to; ++x) mark(x, row, weight);
    }
  }
}

void Occupancy::add_lines(draw::Path const& lines, double half_width_mm, double weight) {
  double const reach = std::max(half_width_mm, cell_mm_ * 0.5);
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
        for (int x = std::max(0, x0); x <= std::min(columns_ - 1, x1); ++x) {
          Point const p{area_.min_x_mm + (x + 0.5) * cell_mm_,
                        area_.min_y_mm + (y + 0.5) * cell_mm_};
          double const t = length2 > 0 ? std::clamp(draw::dot(p - a, d) / length2, 0.0, 1.0) : 0;
          if (draw::distance(p, a + d * t) <= reach) mark(x, y, weight);
        }
      }
    }
  }
}

void Occupancy::add_box(Box const& box, double weight) {
  draw::Path path;
  path.add_box(box);
  add_area(path, weight);
}

void Occupancy::finish() {
  auto const width = static_cast<std::size_t>(columns_) + 1;
  hard_sums_.assign(width * (static_cast<std::size_t>(rows_) + 1), 0);
  soft_sums_.assign(hard_sums_.size(), 0);
  for (int y = 0; y < rows_; ++y) {
    double hard_row = 0;
    double soft_row = 0;
    for (int x = 0; x < columns_; ++x) {
      auto const at = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                      static_cast<std::size_t>(x);
      hard_row += hard_[at];
      soft_row += hard_[at] ? 0 : static_cast<double>(soft_[at]);
      auto const out = (static_cast<std::size_t>(y) + 1) * width + static_cast<std::size_t>(x) + 1;
      hard_sums_[out] = hard_sums_[out - width] + hard_row;
      soft_sums_[out] = soft_sums_[out - width] + soft_row;
    }
  }
}

double Occupancy::sum(std::vector<double> const& table, Box const& box) const {
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
  return (table[y1 * width + x1] - table[y0 * width + x1] - table[y1 * width + x0] +
          table[y0 * width + x0]) *
         cell_mm_ * cell_mm_;
}

double Occupancy::hard_mm2(Box const& box) const {
  return sum(hard_sums_, box);
}
double Occupancy::soft(Box const& box) const {
  return sum(soft_sums_, box);
}

template <class Use>
void Occupancy::for_cells(OrientedBox const& box, Use use) const {
  double const c = std::cos(box.angle_rad);
  double const s = std::sin(box.angle_rad);
  double const reach_x = std::abs(box.half_width_mm * c) + std::abs(box.half_height_mm * s);
  double const reach_y = std::abs(box.half_width_mm * s) + std::abs(box.half_height_mm * c);
  auto const low = [&](double v, double origin) {
    return static_cast<int>(std::floor((v - origin) / cell_mm_));
  };
  int const x0 = std::max(0, low(box.cx_mm - reach_x, area_.min_x_mm));
  int const x1 = std::min(columns_ - 1, low(box.cx_mm + reach_x, area_.min_x_mm));
  int const y0 = std::max(0, low(box.cy_mm - reach_y, area_.min_y_mm));
  int const y1 = std::min(rows_ - 1, low(box.cy_mm + reach_y, area_.min_y_mm));
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      double const dx = area_.min_x_mm + (x + 0.5) * cell_mm_ - box.cx_mm;
      double const dy = area_.min_y_mm + (y + 0.5) * cell_mm_ - box.cy_mm;
      if (std::abs(dx * c + dy * s) <= box.half_width_mm &&
          std::abs(-dx * s + dy * c) <= box.half_height_mm) {
        use(static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
            static_cast<std::size_t>(x));
      }
    }
  }
}

double Occupancy::hard_mm2(OrientedBox const& box) const {
  double total = 0;
  for_cells(box, [&](std::size_t at) { total += hard_[at]; });
  return total * cell_mm_ * cell_mm_;
}

double Occupancy::soft(OrientedBox const& box) const {
  double total = 0;
  for_cells(box, [&](std::size_t at) {
    if (!hard_[at]) total += static_cast<double>(soft_[at]);
  });
  return total * cell_mm_ * cell_mm_;
}

}  // namespace hachure::layout
