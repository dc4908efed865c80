// The solver against enumeration on small random problems, and against its own promises on large
// ones.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "layout/solver.hpp"
#include "layout/solver_conflicts.hpp"
#include "layout/solver_network.hpp"
#include "layout/solver_search.hpp"

namespace hachure::layout {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Costs are multiples of 1/8, so that sums are exact.
Problem random_problem(Dice& dice, int labels, Rule rule, bool soft) {
  Problem p;
  p.rule = rule;
  for (int i = 0; i < labels; ++i) {
    LabelVariables l;
    int const count = dice.below(4) + (dice.below(8) == 0 ? 0 : 1);
    for (int k = 0; k < count; ++k) l.candidates.push_back({dice.below(6) / 8.0});
    l.drop_cost = (1 + dice.below(16)) / 8.0;
    p.labels.push_back(l);
  }
  int const m = first_candidates(p.labels).back();
  int const links = m == 0 ? 0 : dice.below(4 * labels);
  for (int k = 0; k < links; ++k) {
    double const weight = soft && dice.below(2) == 0 ? (1 + dice.below(6)) / 8.0 : hard_conflict;
    p.conflicts.push_back({dice.below(m), dice.below(m), weight});
  }
  return p;
}

double least_cost(Problem const& p, std::vector<int>& choice, std::size_t label) {
  if (label == choice.size()) return cost_of(p, choice);
  int const count = static_cast<int>(p.labels[label].candidates.size());
  bool const may_drop = p.rule == Rule::no_overlap || count == 0;
  double best = hard_conflict;
  for (int k = may_drop ? -1 : 0; k < count; ++k) {
    choice[label] = k;
    best = std::min(best, least_cost(p, choice, label + 1));
  }
  return best;
}

double least_cost(Problem const& p) {
  std::vector<int> choice(p.labels.size(), -1);
  return least_cost(p, choice, 0);
}

std::vector<int> to_choice(Network const& net, std::vector<int> const& chosen) {
  std::vector<int> choice;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    choice.push_back(chosen[i] < 0 ? -1 : chosen[i] - net.first[i]);
  }
  return choice;
}

/// Every drop cost is one unit dearer inside the solver: how many of them a placement holds.
Cost extra_units(Network const& net, Assignment const& a) {
  Cost units = 0;
  for (int i = 0; i < net.label_count(); ++i) {
    int const v = a.chosen(i);
    units += v < 0 || (net.rule == Rule::place_all && a.hits(v) > 0) ? 1 : 0;
  }
  return units;
}

class SolverProperty : public testing::TestWithParam<std::tuple<Rule, bool>> {
 protected:
  Problem draw(Dice& dice, int labels) const {
    auto const [rule, soft] = GetParam();
    return random_problem(dice, labels, rule, soft && rule == Rule::no_overlap);
  }
};

TEST_P(SolverProperty, IsOptimalOnSmallProblems) {
  Dice dice(7);
  for (int round = 0; round < 600; ++round) {
    Problem const p = draw(dice, 1 + dice.below(7));
    Solution const s = solve(p);
    ASSERT_EQ(s.choice.size(), p.labels.size());
    ASSERT_EQ(s.cost, cost_of(p, s.choice));
    ASSERT_EQ(s.cost, least_cost(p)) << "round " << round;
  }
}

TEST_P(SolverProperty, CostDoesNotDependOnTheOrderOfLabels) {
  Dice dice(11);
  for (int round = 0; round < 100; ++round) {
    Problem const p = draw(dice, 12);
    std::vector<int> const first = first_candidates(p.labels);
    Problem turned = p;
    std::ranges::reverse(turned.labels);
    std::vector<int> const turned_first = first_candidates(turned.labels);
    int const n = static_cast<int>(p.labels.size());
    std::vector<int> number(at(first.back()));
    for (int i = 0; i < n; ++i) {
      for (int v = first[at(i)]; v < first[at(i) + 1]; ++v) {
        number[at(v)] = turned_first[at(n - 1 - i)] + v - first[at(i)];
      }
    }
    for (Conflict& c : turned.conflicts) c = {number[at(c.b)], number[at(c.a)], c.weight};
    ASSERT_EQ(solve(p).cost, solve(turned).cost);
  }
}

// The parts that only large components meet, on problems small enough to enumerate.
TEST_P(SolverProperty, SearchesStayConsistentAndFindTheOptimum) {
  Dice dice(13);
  int optimal = 0;
  int const rounds = 200;
  for (int round = 0; round < rounds; ++round) {
    Problem p = draw(dice, 6);
    for (LabelVariables& l : p.labels) {
      if (l.candidates.empty()) l.candidates.push_back({0});
    }
    p.conflicts.clear();
    int const m = first_candidates(p.labels).back();
    for (int k = 0; k < 20; ++k) p.conflicts.push_back({dice.below(m), dice.below(m)});
    Network const net = compile(p);
    Assignment a(net);
    fill_greedily(a);
    anneal(a, {.steps = 2000}, dice);
    Assignment b(net);
    fill_greedily(b);
    anneal(b, {.steps = 200, .keep_best = false}, dice);
    Cost const before = std::min(a.total(), b.total());
    merge(a, b.chosen(), dice);
    ASSERT_LE(a.total(), before);
    polish(a, 10'000, 3);
    std::vector<int> const choice = to_choice(net, a.chosen());
    double const cost = cost_of(p, choice);
    ASSERT_EQ(std::llround(cost * cost_scale), a.total() - extra_units(net, a));
    double const least = least_cost(p);
    ASSERT_GE(cost, least);
    optimal += cost == least ? 1 : 0;
  }
  EXPECT_GE(optimal, rounds * 99 / 100);
}

INSTANTIATE_TEST_SUITE_P(Rules, SolverProperty,
                         testing::Values(std::tuple{Rule::no_overlap, false},
                                         std::tuple{Rule::no_overlap, true},
                                         std::tuple{Rule::place_all, false}));

/// Labels of 30 x 7 at the corners of random points.
Problem crowd(int points, double side, Rule rule, std::vector<CandidateShape>* shapes_out) {
  Dice dice(5);
  Problem p;
  p.rule = rule;
  std::vector<CandidateShape> shapes;
  for (int i = 0; i < points; ++i) {
    double const x = dice.below(1 << 20) * side / (1 << 20);
    double const y = dice.below(1 << 20) * side / (1 << 20);
    LabelVariables l;
    for (int k = 0; k < 4; ++k) {
      l.candidates.push_back({k / 16.0});
      double const dx = k == 0 || k == 3 ? 15 : -15;
      double const dy = k < 2 ? 3.5 : -3.5;
      shapes.push_back({i, {{x + dx, y + dy, 15, 3.5}}});
    }
    p.labels.push_back(l);
  }
  p.conflicts = find_conflicts(shapes);
  if (shapes_out) *shapes_out = shapes;
  return p;
}

TEST(SolverCrowd, NothingOverlapsAndNothingGoesMissing) {
  std::vector<CandidateShape> shapes;
  Problem const p = crowd(800, 600, Rule::no_overlap, &shapes);
  Solution const s = solve(p, {.steps = 400'000});
  ASSERT_EQ(s.choice.size(), p.labels.size());
  std::vector<OrientedBox> placed;
  for (std::size_t i = 0; i < s.choice.size(); ++i) {
    if (s.choice[i] >= 0) placed.push_back(shapes[4 * i + at(s.choice[i])].boxes[0]);
  }
  for (std::size_t a = 0; a < placed.size(); ++a) {
    for (std::size_t b = a + 1; b < placed.size(); ++b) {
      ASSERT_FALSE(overlap(placed[a], placed[b]));
    }
  }
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(s.choice, -1)) + placed.size(),
            p.labels.size());
  EXPECT_GT(placed.size(), 680u);
}

TEST(SolverCrowd, SameBudgetSameResult) {
  for (Rule rule : {Rule::no_overlap, Rule::place_all}) {
    Problem const p = crowd(500, 450, rule, nullptr);
    EXPECT_EQ(solve(p, {.steps = 100'000}).choice, solve(p, {.steps = 100'000}).choice);
  }
}

TEST(SolverCrowd, MoreStepsAreNotWorse) {
  Problem const p = crowd(900, 600, Rule::no_overlap, nullptr);
  double const little = solve(p, {.steps = 1}).cost;
  double const more = solve(p, {.steps = 100'000}).cost;
  double const much = solve(p, {.steps = 3'000'000}).cost;
  EXPECT_LE(more, little);
  EXPECT_LE(much, more);
}

TEST(SolverCrowd, PreviousPlacementStaysAndOnlyTheNeighbourhoodOfAnEditMoves) {
  Problem p = crowd(800, 600, Rule::no_overlap, nullptr);
  p.previous = solve(p, {.steps = 1'000'000}).choice;
  p.change_cost = 0.25;
  EXPECT_EQ(solve(p, {.steps = 100'000}).choice, p.previous);

  p.labels[100].candidates.clear();
  std::vector<int> const first = first_candidates(p.labels);
  std::vector<Conflict> kept;
  for (Conflict c : p.conflicts) {
    if (c.a / 4 == 100 || c.b / 4 == 100) continue;
    kept.push_back({c.a > 400 ? c.a - 4 : c.a, c.b > 400 ? c.b - 4 : c.b});
  }
  p.conflicts = kept;
  p.previous[100] = -1;
  std::vector<int> const after = solve(p, {.steps = 100'000}).choice;
  int moved = 0;
  for (std::size_t i = 0; i < after.size(); ++i) moved += after[i] != p.previous[i] ? 1 : 0;
  EXPECT_LE(moved, 4);
}

TEST(FindConflictsProperty, AgreesWithComparingAllPairs) {
  Dice dice(17);
  for (int round = 0; round < 60; ++round) {
    std::vector<CandidateShape> shapes;
    double const scale = round % 3 == 0 ? 1 : 40;  // also boxes of very different sizes
    for (int k = 0; k < 120; ++k) {
      CandidateShape shape;
      shape.label = k / 3;
      for (int b = dice.below(4); b > 0; --b) {
        double const size = dice.below(20) == 0 ? scale : 1;
        shape.boxes.push_back({dice.below(10'000) / 100.0, dice.below(10'000) / 100.0,
                               size * (1 + dice.below(80) / 10.0), 0.5 + dice.below(20) / 10.0,
                               dice.below(2) == 0 ? 0 : dice.below(628) / 100.0});
      }
      shapes.push_back(shape);
    }
    std::vector<Conflict> expected;
    for (int a = 0; a < 120; ++a) {
      for (int b = a + 1; b < 120; ++b) {
        bool const meet = std::ranges::any_of(shapes[at(a)].boxes, [&](OrientedBox const& x) {
          return std::ranges::any_of(shapes[at(b)].boxes,
                                     [&](OrientedBox const& y) { return overlap(x, y); });
        });
        if (shapes[at(a)].label != shapes[at(b)].label && meet) expected.push_back({a, b});
      }
    }
    ASSERT_EQ(find_conflicts(shapes), expected);
  }
}

}  // namespace
}  // namespace hachure::layout
