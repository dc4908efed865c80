// Times of the conflict finder and the solver on random maps of growing size at the density of
// 750 labels of 30 x 7 on a page of 792 x 612 (Christensen, Marks and Shieber 1995).

#include <benchmark/benchmark.h>

#include <cmath>

#include "layout/solver.hpp"
#include "layout/solver_conflicts.hpp"
#include "layout/solver_network.hpp"

namespace {

using namespace hachure::layout;

std::vector<CandidateShape> shapes_of(int points, int positions) {
  double const side = std::sqrt(792.0 * 612.0 * points / 750);
  Dice dice(1);
  std::vector<CandidateShape> shapes;
  for (int i = 0; i < points; ++i) {
    double const x = dice.below(1 << 24) * side / (1 << 24);
    double const y = dice.below(1 << 24) * side / (1 << 24);
    for (int k = 0; k < positions; ++k) {
      double const turn = 6.283185307179586 * (k + 0.5) / positions;
      shapes.push_back({i, {{x + 15 * std::cos(turn), y + 3.5 * std::sin(turn), 15, 3.5}}});
    }
  }
  return shapes;
}

Problem problem_of(int points, int positions, Rule rule) {
  Problem p;
  p.rule = rule;
  LabelVariables label;
  for (int k = 0; k < positions; ++k) label.candidates.push_back({k / (16.0 * positions)});
  p.labels.assign(static_cast<std::size_t>(points), label);
  p.conflicts = find_conflicts(shapes_of(points, positions));
  return p;
}

void find_all(benchmark::State& state) {
  auto const shapes = shapes_of(static_cast<int>(state.range(0)), 8);
  for (auto _ : state) benchmark::DoNotOptimize(find_conflicts(shapes));
  state.SetComplexityN(state.range(0));
}
BENCHMARK(find_all)->RangeMultiplier(4)->Range(800, 51'200)->Complexity(benchmark::oN);

void place(benchmark::State& state, Rule rule) {
  Problem const p = problem_of(static_cast<int>(state.range(0)), 8, rule);
  double cost = 0;
  for (auto _ : state) cost = solve(p).cost;
  state.counters["cost"] = cost;
  state.SetComplexityN(state.range(0));
}
BENCHMARK_CAPTURE(place, no_overlap, Rule::no_overlap)
    ->Unit(benchmark::kMillisecond)
    ->RangeMultiplier(4)
    ->Range(800, 51'200)
    ->Complexity(benchmark::oN);

}  // namespace

BENCHMARK_MAIN();
