#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "layout/solver_network.hpp"

/// The searches of the label solver over one connected component. Not for other modules.
namespace hachure::layout {

/// Places what fits, best gain per conflict first; what is chosen already stays.
void fill_greedily(Assignment& assignment);

/// A course of annealing. Temperatures are in shares of what the labels can gain.
struct Cooling {
  std::int64_t steps = 0;
  /// Which label's gain the hot end is a share of: 0.5 the median one, 1 the dearest.
  double quantile = 0.5;
  double hot = 0.3;
  double cold = 0.03;
  bool keep_best = true;  ///< ends with the best placement met, otherwise with the last
};

/// Simulated annealing by sweeps over all labels.
void anneal(Assignment& assignment, Cooling const& cooling, Dice& dice);

/// Joins `other` into `assignment`: wherever the two differ, each connected difference is solved
/// exactly over the choices of both (partition crossover, Whitley, Hains, Howe 2009, with optimal
/// recombination), or taken from the better one when it is too entangled. Never worse than either.
void merge(Assignment& assignment, std::vector<int> const& other, Dice& dice);

/// Reoptimises neighbourhoods of growing size exactly, each around a label that could do better,
/// until none improves or about `steps` are spent.
void polish(Assignment& assignment, std::int64_t steps, std::uint64_t seed);

/// Labels to be chosen anew while all others stay as they are.
struct Window {
  std::vector<int> labels;
  /// If given, only what one of these placements (a candidate per label of the network) chooses.
  std::vector<std::vector<int>> const* among = nullptr;
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
