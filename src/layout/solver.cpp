#include "layout/solver.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "layout/solver_network.hpp"
#include "layout/solver_search.hpp"

namespace hachure::layout {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Moves spent on a component when the caller does not say: many while that is a matter of a
/// second, then a fixed number per label.
std::int64_t default_steps(std::int64_t labels) {
  return labels *
         std::clamp<std::int64_t>(60'000'000 / std::max<std::int64_t>(1, labels), 1'000, 40'000);
}

/// A component's placement and whether it is proven best.
struct Outcome {
  std::vector<int> chosen;
  bool proven = false;
};

std::optional<Outcome> solve_exactly(Network const& net) {
  Assignment const empty(net);
  Window window;
  for (int i = 0; i < net.label_count(); ++i) window.labels.push_back(i);
  window.max_table = 1 << 19;
  window.max_work = 1 << 23;
  auto choice = solve_window(empty, window, nullptr);
  if (!choice) return std::nullopt;
  return Outcome{std::move(choice->chosen), true};
}

std::vector<int> mend_previous(Network const& net, std::vector<int> const& previous,
                               std::int64_t steps, std::uint64_t seed) {
  Assignment a(net);
  for (int i = 0; i < net.label_count(); ++i) {
    int const v = previous[at(i)];
    if (v >= 0 && (net.rule == Rule::place_all || a.hits(v) == 0)) a.choose(i, v);
  }
  fill_greedily(a);
  polish(a, steps, seed);
  return a.chosen();
}

/// One annealing from hot, then rounds that warm the best placement up again and merge the result
/// back, so that every region of the page keeps the best it ever had.
std::vector<int> search(Network const& net, std::int64_t steps, std::uint64_t seed) {
  Dice dice(seed);
  Assignment best(net);
  fill_greedily(best);
  // A round needs some sweeps to cool down; more than twenty only pay when they are long.
  std::int64_t const labels = net.label_count();
  std::int64_t const round = std::clamp<std::int64_t>(steps / 27, 100 * labels, 1000 * labels);
  std::int64_t const rounds = steps * 3 / 4 / round;
  anneal(best, {.steps = rounds > 0 ? steps / 5 : steps * 19 / 20}, dice);
  Assignment other(net);
  // Where priorities differ widely, every rank of label needs rounds at its own temperature.
  constexpr double quantiles[] = {0.5, 0.75, 0.9};
  for (std::int64_t k = 0; k < rounds; ++k) {
    other.assign(best.chosen());
    anneal(other,
           {.steps = round,
            .quantile = quantiles[k % 3],
            .hot = 0.38,
            .cold = 0.03,
            .keep_best = false},
           dice);
    merge(best, other.chosen(), dice);
  }
  polish(best, steps / 20, seed + 1);
  return best.chosen();
}

/// Previous choices in the numbers of a component; candidates reduced away count as none.
std::vector<int> previous_of(Component const& part, Problem const& problem,
                             std::vector<int> const& first) {
  std::vector<int> list;
  for (std::size_t n = 0; n < part.labels.size(); ++n) {
    int const i = part.labels[n];
    int const k = problem.previous[at(i)];
    auto const begin = part.candidates.begin() + part.network.first[n];
    auto const end = part.candidates.begin() + part.network.first[n + 1];
    auto const it = k < 0 ? end : std::find(begin, end, first[at(i)] + k);
    list.push_back(it == end ? -1 : static_cast<int>(it - part.candidates.begin()));
  }
  return list;
}

}  // namespace

std::vector<int> first_candidates(std::vector<LabelVariables> const& labels) {
  std::vector<int> first{0};
  for (LabelVariables const& l : labels) {
    first.push_back(first.back() + static_cast<int>(l.candidates.size()));
  }
  return first;
}

Solution solve(Problem const& problem, Budget const& budget) {
  Network const net = compile(problem);
  Reduced reduced = reduce(net);
  Solution solution;
  solution.proven_optimal.assign(problem.labels.size(), 1);
  std::int64_t unsettled = 0;
  for (Component const& part : reduced.components) unsettled += part.network.label_count();
  for (Component const& part : reduced.components) {
    std::int64_t const size = part.network.label_count();
    std::int64_t const steps = budget.steps > 0
                                   ? std::max<std::int64_t>(1, budget.steps / unsettled * size)
                                   : default_steps(size);
    std::optional<Outcome> outcome = solve_exactly(part.network);
    if (!outcome) {
      outcome.emplace();
      outcome->chosen = problem.previous.empty()
                            ? search(part.network, steps, budget.seed)
                            : mend_previous(part.network, previous_of(part, problem, net.first),
                                            steps, budget.seed);
    }
    for (std::size_t k = 0; k < part.labels.size(); ++k) {
      int const v = outcome->chosen[k];
      reduced.chosen[at(part.labels[k])] = v < 0 ? -1 : part.candidates[at(v)];
      solution.proven_optimal[at(part.labels[k])] = outcome->proven ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < problem.labels.size(); ++i) {
    int const v = reduced.chosen[i];
    solution.choice.push_back(v < 0 ? -1 : v - net.first[i]);
  }
  solution.cost = cost_of(problem, solution.choice);
  return solution;
}

double cost_of(Problem const& problem, std::vector<int> const& choice) {
  std::vector<int> const first = first_candidates(problem.labels);
  std::vector<std::uint8_t> chosen(at(first.back()), 0);
  std::vector<int> label_of(at(first.back()), 0);
  double cost = 0;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    for (int v = first[i]; v < first[i + 1]; ++v) label_of[at(v)] = static_cast<int>(i);
    if (choice[i] < 0) {
      cost += problem.labels[i].drop_cost;
      continue;
    }
    chosen[at(first[i] + choice[i])] = 1;
    cost += problem.labels[i].candidates[at(choice[i])].cost;
  }
  std::vector<std::uint8_t> hit(choice.size(), 0);
  for (Conflict const& c : problem.conflicts) {
    int const a = label_of[at(c.a)];
    int const b = label_of[at(c.b)];
    if (a == b || !chosen[at(c.a)] || !chosen[at(c.b)]) continue;
    if (problem.rule == Rule::no_overlap) {
      cost += c.weight >= never_drop ? hard_conflict : c.weight;
    } else {
      hit[at(a)] = 1;
      hit[at(b)] = 1;
    }
  }
  for (std::size_t i = 0; i < choice.size(); ++i) {
    if (hit[i]) cost += problem.labels[i].drop_cost;
  }
  return cost;
}

}  // namespace hachure::layout
