#include "scene/page_mask.hpp"

#include <algorithm>
#include <cmath>

namespace hachure::scene {

using draw::Point;

PageMask::PageMask(draw::Box const& window, double cell_mm)
    : window_(window),
      cell_mm_(cell_mm),
      columns_(static_cast<long>(std::ceil(window.width_mm() / cell_mm)) + 1),
      rows_(static_cast<long>(std::ceil(window.height_mm() / cell_mm)) + 1),
      cells_(static_cast<std::size_t>(columns_ * rows_)) {}

void PageMask::cover_run(long row, double from_mm, double to_mm) {
  if (row < 0 || row >= rows_) return;
  auto const first =
      std::max(0L, std::lround(std::ceil((from_mm - window_.min_x_mm) / cell_mm_ - 0.5)));
  auto const last =
      std::min(columns_ - 1, std::lround(std::floor((to_mm - window_.min_x_mm) / cell_mm_ - 0.5)));
  for (long x = first; x <= last; ++x) cells_[static_cast<std::size_t>(row * columns_ + x)] = 1;
}

void PageMask::add_area(draw::Path const& area, double distance_mm) {
  struct Edge {
    Point a, b;
  };
  std::vector<std::vector<Edge>> by_row(static_cast<std::size_t>(rows_));
  auto const row_of = [&](double y_mm) { return (y_mm - window_.min_y_mm) / cell_mm_ - 0.5; };
  for (auto const& ring : area.flattened(0.05)) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      // By values: std::minmax of two results would refer to what is gone.
      double const from = row_of(ring[i - 1].y_mm);
      double const to = row_of(ring[i].y_mm);
      auto const [low, high] = std::minmax(from, to);
      auto const first = std::max(0L, std::lround(std::ceil(low)));
      auto const last = std::min(rows_ - 1, std::lround(std::floor(high)));
      for (long y = first; y <= last; ++y) {
        by_row[static_cast<std::size_t>(y)].push_back({ring[i - 1], ring[i]});
      }
    }
  }
  std::vector<double> cuts;
  for (long y = 0; y < rows_; ++y) {
    double const y_mm = window_.min_y_mm + (static_cast<double>(y) + 0.5) * cell_mm_;
    cuts.clear();
    for (auto const& [a, b] : by_row[static_cast<std::size_t>(y)]) {
      if ((a.y_mm > y_mm) == (b.y_mm > y_mm)) continue;
      cuts.push_back(a.x_mm + (b.x_mm - a.x_mm) * (y_mm - a.y_mm) / (b.y_mm - a.y_mm));
    }
    std::ranges::sort(cuts);
    for (std::size_t i = 1; i < cuts.size(); i += 2) cover_run(y, cuts[i - 1], cuts[i]);
  }
  if (distance_mm > 0) add_lines(area, distance_mm);
}

void PageMask::add_lines(draw::Path const& lines, double distance_mm) {
  for (auto const& line : lines.flattened(0.05)) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      // Discs close enough to each other that no notch between them reaches a twentieth of their
      // radius.
      auto const d = line[i] - line[i - 1];
      int const steps = std::max(
          1, static_cast<int>(std::ceil(draw::length(d) / std::max(0.05, distance_mm * 0.6))));
      for (int k = 0; k <= steps; ++k) {
        auto const at = line[i - 1] + d * (static_cast<double>(k) / steps);
        if (!window_.grown(distance_mm).contains(at)) continue;
        auto const first =
            static_cast<long>(std::floor((at.y_mm - distance_mm - window_.min_y_mm) / cell_mm_));
        auto const last =
            static_cast<long>(std::ceil((at.y_mm + distance_mm - window_.min_y_mm) / cell_mm_));
        for (long y = first; y <= last; ++y) {
          double const dy = window_.min_y_mm + (static_cast<double>(y) + 0.5) * cell_mm_ - at.y_mm;
          double const reach = distance_mm * distance_mm - dy * dy;
          if (reach < 0) continue;
          cover_run(y, at.x_mm - std::sqrt(reach), at.x_mm + std::sqrt(reach));
        }
      }
    }
  }
}

}  // namespace hachure::scene
