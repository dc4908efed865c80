#pragma once

#include <cstdint>
#include <vector>

#include "draw/path.hpp"

namespace hachure::scene {

/// Ground that line work keeps off or follows, as cells of the page.
class PageMask {
 public:
  explicit PageMask(draw::Box const& window, double cell_mm = 0.1);

  /// Covers an area (even-odd) and what lies within `distance_mm` of its outline.
  void add_area(draw::Path const& area, double distance_mm);
  /// Covers what lies within `distance_mm` of the lines.
  void add_lines(draw::Path const& lines, double distance_mm);

  bool covers(draw::Point at) const {
    auto const x = static_cast<long>((at.x_mm - window_.min_x_mm) / cell_mm_);
    auto const y = static_cast<long>((at.y_mm - window_.min_y_mm) / cell_mm_);
    return window_.contains(at) && x < columns_ && y < rows_ &&
           cells_[static_cast<std::size_t>(y * columns_ + x)] != 0;
  }

 private:
  void cover_run(long row, double from_mm, double to_mm);

  draw::Box window_;
  double cell_mm_;
  long columns_;
  long rows_;
  std::vector<std::uint8_t> cells_;
};

}  // namespace hachure::scene
