#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace hachure::layout {

/// One possible position of one label.
struct Candidate {
  /// Lower is better, >= 0: preference of the position plus penalties of the obstacles beneath it,
  /// summed by the caller. Differences below 1/16384 do not count.
  double cost = 0;
};

/// One label: its possible positions and what it costs to leave it out.
struct LabelVariables {
  std::vector<Candidate> candidates;
  /// Cost of leaving the label out; a label is placed at equal cost. `never_drop` for a `must`
  /// label. Under Rule::place_all: the cost of the label being hit by another one.
  double drop_cost = 1;
};

/// Drop cost of a label that may be left out only when nothing else is possible; larger costs are
/// cut to it.
inline constexpr double never_drop = 1e8;

/// Weight of two candidates that must not be chosen together.
inline constexpr double hard_conflict = std::numeric_limits<double>::infinity();

/// Two candidates of different labels that are in each other's way.
struct Conflict {
  int a = 0;                      ///< candidates counted through all labels, see first_candidates()
  int b = 0;                      ///< any order; pairs within one label are ignored
  double weight = hard_conflict;  ///< cost of choosing both; repeated pairs add up

  bool operator==(Conflict const&) const = default;
};

/// What a good placement is.
enum class Rule {
  /// No two chosen candidates are in hard conflict; labels may be left out. Least sum of candidate
  /// costs, drop costs and weights of soft conflicts.
  no_overlap,
  /// Every label is placed, overlaps or not; each label that is hit by another one costs its
  /// drop_cost once. The point-feature labelling problem of Yamamoto, Camara and Lorena (2002);
  /// all conflicts count as hard.
  place_all,
};

/// The labels of one page. Labels are expected in an order of their own (by record id), because
/// ties are broken by position: then the result does not depend on the order of the input.
struct Problem {
  std::vector<LabelVariables> labels;
  std::vector<Conflict> conflicts;
  Rule rule = Rule::no_overlap;
  /// Empty, or per label the candidate chosen before (-1: none). With it the search starts there
  /// and only mends: what need not move stays.
  std::vector<int> previous;
  /// Cost of moving or dropping a label that has a previous candidate; not part of Solution::cost.
  double change_cost = 0;
};

/// How much work to do. The result depends on nothing but the problem and these two numbers.
struct Budget {
  /// About one move of the annealing each (some 50 ns); shared among components by their size.
  /// 0: chosen by the size of the problem, growing linearly for large ones. Components small enough
  /// to be solved exactly are, whatever the budget.
  std::int64_t steps = 0;
  std::uint64_t seed = 1;
};

/// A placement.
struct Solution {
  std::vector<int> choice;  ///< per label the index of its candidate, or -1 for left out
  double cost = 0;          ///< under the rule of the problem, without change costs
  /// Per label, whether its connected component was solved to proven optimality (change costs
  /// included). All equal to 1: the whole placement is optimal.
  std::vector<std::uint8_t> proven_optimal;
};

/// Number of the first candidate of each label, counted through all labels, and the total at the
/// end: candidate k of label i is `first[i] + k`.
std::vector<int> first_candidates(std::vector<LabelVariables> const& labels);

/// Chooses a candidate, or none, for every label. Reduces the conflict graph, splits it into
/// connected components, solves those of small tree-width exactly by variable elimination and the
/// others by simulated annealing (Christensen, Marks, Shieber 1995) in rounds that are joined by
/// exact recombination, then by exact reoptimisation of neighbourhoods (POPMUSIC, Alvim and
/// Taillard 2009). Deterministic.
/// @throws base::Error defect when a conflict or `previous` names a candidate that does not exist,
///         or a cost is negative or not a number
Solution solve(Problem const& problem, Budget const& budget = {});

/// Cost of `choice` under the rule of the problem; infinite when hard conflicts remain under
/// Rule::no_overlap.
double cost_of(Problem const& problem, std::vector<int> const& choice);

}  // namespace hachure::layout
