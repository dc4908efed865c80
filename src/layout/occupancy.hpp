#pragma once

#include <cstdint>
#include <vector>

#include "draw/path.hpp"
#include "layout/solver_conflicts.hpp"

namespace hachure::layout {

/// What lies on the page under the labels, on a fine grid: cells that nothing may cover and cells
/// that cost something.
class Occupancy {
 public:
  /// @param cell_mm side of a cell; obstacles are entered where they touch a cell's centre
  Occupancy(draw::Box const& area, double cell_mm);

  /// Enters an area (even-odd). Weight >= 1 is hard; below, a cost per mm2.
  void add_area(draw::Path const& area, double weight);
  /// Enters everything within `half_width_mm` of the contours of `lines`.
  void add_lines(draw::Path const& lines, double half_width_mm, double weight);
  void add_box(draw::Box const& box, double weight);
  /// Call after the last add and before the first question.
  void finish();

  /// Hard area under a box, in mm2.
  double hard_mm2(OrientedBox const& box) const;
  /// Cost under a box: sum of weight x mm2 of soft obstacles.
  double soft(OrientedBox const& box) const;
  /// The same for an upright box, in constant time.
  double hard_mm2(draw::Box const& box) const;
  double soft(draw::Box const& box) const;

 private:
  struct Cell {
    int x;
    int y;
  };
  double sum(std::vector<double> const& table, draw::Box const& box) const;
  void mark(int x, int y, double weight);
  template <class Use>
  void for_cells(OrientedBox const& box, Use use) const;

  draw::Box area_;
  double cell_mm_;
  int columns_;
  int rows_;
  std::vector<std::uint8_t> hard_;
  std::vector<float> soft_;
  std::vector<double> hard_sums_;  ///< summed-area tables, (columns + 1) x (rows + 1)
  std::vector<double> soft_sums_;
};

}  // namespace hachure::layout
