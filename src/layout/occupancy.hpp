#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "draw/path.hpp"
#include "layout/solver_conflicts.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// What lies on the page under the labels, on a fine grid: cells that nothing may cover and cells
/// that cost something. What is there for a time only is kept apart and counts for those who ask
/// with a lifetime that meets its own, and for those who are there always.
class Occupancy {
 public:
  using Life = std::optional<scene::Lifetime>;

  /// @param cell_mm side of a cell; obstacles are entered where they touch a cell's centre
  Occupancy(draw::Box const& area, double cell_mm);

  /// Enters an area (even-odd). Weight >= 1 is hard; below, a cost per mm2.
  void add_area(draw::Path const& area, double weight, Life const& life = {});
  /// Enters everything within `half_width_mm` of the contours of `lines`.
  void add_lines(draw::Path const& lines, double half_width_mm, double weight,
                 Life const& life = {});
  void add_box(draw::Box const& box, double weight);
  /// Call after the last add and before the first question.
  void finish();

  /// Hard area under a box, in mm2.
  double hard_mm2(OrientedBox const& box, Life const& life = {}) const;
  /// Cost under a box: sum of weight x mm2 of soft obstacles.
  double soft(OrientedBox const& box, Life const& life = {}) const;
  /// The same for an upright box, in constant time where nothing has a lifetime.
  double hard_mm2(draw::Box const& box, Life const& life = {}) const;
  double soft(draw::Box const& box, Life const& life = {}) const;

 private:
  /// Cells [first, last) of a row.
  struct Run {
    int row;
    int first;
    int last;
    auto operator<=>(Run const&) const = default;
  };
  /// An obstacle of a time: its cells, by row, disjoint.
  struct Timed {
    scene::Lifetime life;
    double weight;
    draw::Box bounds;
    std::vector<Run> runs;
  };

  std::vector<Run> runs_of_area(draw::Path const& area) const;
  std::vector<Run> runs_of_lines(draw::Path const& lines, double half_width_mm) const;
  void enter(std::vector<Run> runs, double weight, Life const& life);
  /// Sum of a summed-area table over a box or a run; 0 where the table was not needed.
  template <class Number>
  double sum(std::vector<Number> const& table, draw::Box const& box) const;
  template <class Number>
  double sum(std::vector<Number> const& table, Run const& run) const;
  /// Calls `use` for the cells of each row whose centres a box covers.
  template <class Use>
  void for_runs(OrientedBox const& box, Use use) const;
  /// Cells of `box` that timed obstacles of the kind cover, by their weight if soft.
  double timed(OrientedBox const& box, Life const& life, bool hard) const;

  draw::Box area_;
  double cell_mm_;
  int columns_;
  int rows_;
  std::vector<std::uint8_t> hard_;
  std::vector<float> soft_;  ///< empty until something is soft
  // Summed-area tables, (columns + 1) x (rows + 1); empty where there is nothing to sum. Counts
  // wrap, and their differences do not.
  std::vector<std::uint32_t> hard_sums_;
  std::vector<double> soft_sums_;
  std::vector<Timed> timed_;
};

}  // namespace hachure::layout
