#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "layout/solver_network.hpp"

/// The searches of the label solver over one connected component. Not for other modules.
namespace hachure::layout {

/// Places what fits, best gain per conflict first; what is chosen already stays.
void fill_greedily(Assignment& assignment);

/// Simulated annealing for `steps` moves, leaving the best placement met in `assignment`.
void anneal(Assignment& assignment, std::int64_t steps, std::uint64_t seed);

/// Reoptimises neighbourhoods of growing size exactly, each around a label that could do better,
/// until none improves or about `steps` are spent.
void polish(Assignment& assignment, std::int64_t steps, std::uint64_t seed);

/// Labels to be chosen anew while all others stay as they are.
struct Window {
  std::vector<int> labels;
  std::int64_t max_table = 0;  ///< entries of the largest table allowed
  std::int64_t max_work = 0;   ///< sum of table entries allowed
};

/// The best choice of the labels of a window (along Window::labels) and the work it took.
struct WindowChoice {
  std::vector<int> chosen;
  std::int64_t work = 0;
};

/// Solves a window by variable elimination (Dechter 1999, bucket elimination, least table first);
/// nothing when its tables would exceed the limits. Equal choices are told apart by `dice`, or by
/// number when that is null. Exact under Rule::no_overlap and for whole components; otherwise a
/// label outside that is hit by several of the window is counted once for each.
std::optional<WindowChoice> solve_window(Assignment const& assignment, Window const& window,
                                         Dice* dice);

}  // namespace hachure::layout
