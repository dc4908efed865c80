#include "layout/solver.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <string>

#include "base/error.hpp"
#include "layout/solver_conflicts.hpp"

namespace hachure::layout {
namespace {

LabelVariables label(std::vector<double> const& costs, double drop_cost = 1) {
  LabelVariables l;
  for (double c : costs) l.candidates.push_back({c});
  l.drop_cost = drop_cost;
  return l;
}

std::string refusal(Problem const& problem) {
  try {
    solve(problem);
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::defect);
    return error.what();
  }
  return "nothing thrown";
}

TEST(Solver, CountsCandidatesThroughAllLabels) {
  EXPECT_EQ(first_candidates({label({0, 0}), label({}), label({0})}),
            (std::vector<int>{0, 2, 2, 3}));
}

TEST(Solver, SolvesNothing) {
  Solution const s = solve({});
  EXPECT_EQ(s.choice, std::vector<int>{});
  EXPECT_EQ(s.cost, 0);
}

TEST(Solver, TakesTheBestPositionOfALabelAlone) {
  Problem p;
  p.labels = {label({0.3, 0.1, 0.2}), label({})};
  Solution const s = solve(p);
  EXPECT_EQ(s.choice, (std::vector<int>{1, -1}));
  EXPECT_DOUBLE_EQ(s.cost, 1.1);
  EXPECT_EQ(s.proven_optimal, (std::vector<std::uint8_t>{1, 1}));
}

TEST(Solver, MovesALabelAsideForAnother) {
  Problem p;
  p.labels = {label({0, 0.5}), label({0})};
  p.conflicts = {{0, 2}};
  Solution const s = solve(p);
  EXPECT_EQ(s.choice, (std::vector<int>{1, 0}));
  EXPECT_DOUBLE_EQ(s.cost, 0.5);
}

TEST(Solver, DropsTheLesserOfTwo) {
  Problem p;
  p.labels = {label({0}, 2), label({0}, 3)};
  p.conflicts = {{0, 1}};
  EXPECT_EQ(solve(p).choice, (std::vector<int>{-1, 0}));
}

TEST(Solver, PlacesAMustLabelOverManyOthers) {
  Problem p;
  p.labels = {label({0}, never_drop), label({0}, 1000), label({0}, 1000), label({0}, 1000)};
  p.conflicts = {{0, 1}, {0, 2}, {0, 3}};
  EXPECT_EQ(solve(p).choice, (std::vector<int>{0, -1, -1, -1}));
}

TEST(Solver, PlacesAtTheCostOfDroppingButNotAbove) {
  Problem p;
  p.labels = {label({1}, 1), label({1.01}, 1)};
  EXPECT_EQ(solve(p).choice, (std::vector<int>{0, -1}));
}

TEST(Solver, WeighsSoftConflicts) {
  Problem p;
  p.labels = {label({0, 0.4}), label({0})};
  p.conflicts = {{0, 2, 0.3}};
  EXPECT_EQ(solve(p).choice, (std::vector<int>{0, 0}));
  p.conflicts = {{0, 2, 0.5}};
  EXPECT_EQ(solve(p).choice, (std::vector<int>{1, 0}));
}

TEST(Solver, BreaksTiesByPosition) {
  Problem p;
  p.labels = {label({0, 0}), label({0, 0})};
  p.conflicts = {{0, 2}, {1, 3}};
  Solution const s = solve(p);
  EXPECT_EQ(s.choice, solve(p).choice);
  EXPECT_EQ(s.cost, 0);
}

TEST(Solver, KeepsAPreviousChoiceThatCostsLittle) {
  Problem p;
  p.labels = {label({0, 0.1}), label({0, 0.3})};
  p.previous = {1, 1};
  p.change_cost = 0.2;
  Solution const s = solve(p);
  EXPECT_EQ(s.choice, (std::vector<int>{1, 0}));
  EXPECT_DOUBLE_EQ(s.cost, 0.1);
}

TEST(Solver, PlacesAllAndHidesConflictsBehindEachOther) {
  // Three labels with one position each, all in conflict, and a fourth that can leave them.
  Problem p;
  p.rule = Rule::place_all;
  p.labels = {label({0}), label({0}), label({0, 0})};
  p.conflicts = {{0, 1}, {0, 2}, {1, 2}};
  Solution const s = solve(p);
  EXPECT_EQ(s.choice, (std::vector<int>{0, 0, 1}));
  EXPECT_DOUBLE_EQ(s.cost, 2);
}

TEST(Solver, PricesAPlacement) {
  Problem p;
  p.labels = {label({0.25}, 2), label({0.5}, 3)};
  p.conflicts = {{0, 1, 0.125}};
  EXPECT_DOUBLE_EQ(cost_of(p, {0, 0}), 0.875);
  EXPECT_DOUBLE_EQ(cost_of(p, {-1, 0}), 2.5);
  p.conflicts = {{0, 1}};
  EXPECT_EQ(cost_of(p, {0, 0}), hard_conflict);
  p.rule = Rule::place_all;
  EXPECT_DOUBLE_EQ(cost_of(p, {0, 0}), 5.75);
}

TEST(Solver, RefusesBrokenProblems) {
  Problem p;
  p.labels = {label({0}), label({0})};
  p.conflicts = {{0, 2}};
  EXPECT_EQ(refusal(p), "label solver: conflict of an unknown candidate");
  p.conflicts.clear();
  p.previous = {0};
  EXPECT_EQ(refusal(p), "label solver: previous choices are not one per label");
  p.previous = {0, 1};
  EXPECT_EQ(refusal(p), "label solver: previous choice is not a candidate of its label");
  p.previous.clear();
  p.labels[0].candidates[0].cost = -1;
  EXPECT_EQ(refusal(p), "label solver: cost of a candidate is negative or not a number");
}

constexpr double quarter = std::numbers::pi / 4;

TEST(Overlap, TouchingIsNone) {
  EXPECT_FALSE(overlap({0, 0, 1, 1}, {2, 0, 1, 1}));
  EXPECT_FALSE(overlap({0, 0, 1, 1}, {2, 2, 1, 1}));
  EXPECT_TRUE(overlap({0, 0, 1, 1}, {1.999, 0, 1, 1}));
}

TEST(Overlap, SeparatesTurnedBoxesWhoseBoundsMeet) {
  OrientedBox const slanted{0, 0, 4, 0.5, quarter};
  EXPECT_FALSE(overlap(slanted, {2, -2, 1, 1}));
  EXPECT_TRUE(overlap(slanted, {2, 2, 1, 1}));
  EXPECT_TRUE(overlap(slanted, {0, 0, 4, 0.5, -quarter}));
  EXPECT_FALSE(overlap(slanted, {1, -1, 4, 0.5, quarter}));
}

TEST(Overlap, OneBoxInsideAnother) {
  EXPECT_TRUE(overlap({0, 0, 10, 10}, {1, 1, 0.1, 0.1, quarter}));
}

TEST(FindConflicts, AcrossLabelsOnlyAndOncePerPair) {
  std::vector<CandidateShape> const shapes{
      {0, {{0, 0, 1, 1}, {2, 0, 1, 1}}},  // two clusters, both under the third shape
      {0, {{0, 0, 1, 1}}},
      {1, {{1, 0, 2, 1}}},
      {2, {{20, 20, 1, 1}}},
      {3, {}},
  };
  EXPECT_EQ(find_conflicts(shapes), (std::vector<Conflict>{{0, 2}, {1, 2}}));
}

TEST(FindConflicts, BetweenTheLettersOfAWideName) {
  std::vector<CandidateShape> const shapes{{0, {{0, 0, 1, 1}, {10, 0, 1, 1}}}, {1, {{5, 0, 3, 1}}}};
  EXPECT_EQ(find_conflicts(shapes), std::vector<Conflict>{});
}

}  // namespace
}  // namespace hachure::layout
