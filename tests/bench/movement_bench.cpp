// Geometry of movements: 1,000 of 100 points each, from points to smoothed axis to polygon. The
// floor is 0.2 s on one core, growing linearly.

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

#include "scene/movement.hpp"

namespace {

using namespace hachure::scene;
using hachure::draw::Point;

/// A column's march: 100 points about a millimetre apart whose course wanders slowly.
std::vector<Point> march(std::mt19937& random, double unrest) {
  std::uniform_real_distribution<double> at(0, 150);
  std::normal_distribution<double> bend(0, unrest);
  Point p{at(random), at(random)};
  double course = at(random);
  double turn = 0;
  std::vector<Point> path;
  for (int i = 0; i < 100; ++i) {
    path.push_back(p);
    turn = 0.8 * turn + bend(random);
    course += turn;
    p = p + Point{std::cos(course), std::sin(course)};
  }
  return path;
}

/// One in twelve crosses itself; of unrest 0.09 one in three.
std::vector<std::vector<Point>> marches(std::int64_t count, double unrest = 0.05) {
  std::mt19937 random(1812);
  std::vector<std::vector<Point>> all;
  for (std::int64_t i = 0; i < count; ++i) all.push_back(march(random, unrest));
  return all;
}

void arrows(benchmark::State& state, ArrowShape::Head head) {
  auto const paths = marches(state.range(0));
  ArrowShape shape;
  shape.head = head;
  for (auto _ : state) {
    for (auto const& path : paths) {
      benchmark::DoNotOptimize(make_arrow(smoothed_axis(path, 2), shape));
    }
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK_CAPTURE(arrows, filled, ArrowShape::Head::filled)
    ->Unit(benchmark::kMillisecond)
    ->RangeMultiplier(4)
    ->Range(250, 16'000)
    ->Complexity(benchmark::oN);
BENCHMARK_CAPTURE(arrows, none, ArrowShape::Head::none)->Unit(benchmark::kMillisecond)->Arg(1000);

void through(benchmark::State& state) {
  auto const paths = marches(state.range(0));
  ArrowShape const shape;
  for (auto _ : state) {
    for (auto const& path : paths) {
      benchmark::DoNotOptimize(make_arrow(curve_through(path), shape));
    }
  }
}
BENCHMARK(through)->Unit(benchmark::kMillisecond)->Arg(1000);

/// Bodies wider than their bends, routes that cross themselves: GEOS unites the parts.
void wide(benchmark::State& state) {
  auto const paths = marches(state.range(0), 0.09);
  ArrowShape shape;
  shape.width_start_mm = 4;
  shape.width_mm = 6;
  shape.head_width_mm = 12;
  shape.head_length_mm = 12;
  for (auto _ : state) {
    for (auto const& path : paths) {
      benchmark::DoNotOptimize(make_arrow(smoothed_axis(path, 2), shape));
    }
  }
}
BENCHMARK(wide)->Unit(benchmark::kMillisecond)->Arg(1000);

/// A frame of an animation: forty arrows at a share of their way.
void frame(benchmark::State& state) {
  std::vector<Axis> axes;
  for (auto const& path : marches(40)) axes.push_back(smoothed_axis(path, 2));
  ArrowShape const shape;
  for (auto _ : state) {
    for (auto const& axis : axes) {
      benchmark::DoNotOptimize(make_arrow(part_of(axis, 0, 0.6 * axis.length_mm()), shape));
    }
  }
}
BENCHMARK(frame)->Unit(benchmark::kMillisecond);

void apart(benchmark::State& state) {
  std::vector<Axis> axes;
  for (auto const& path : marches(state.range(0))) axes.push_back(smoothed_axis(path, 2));
  std::vector<double> const widths(axes.size(), 1.5);
  for (auto _ : state) benchmark::DoNotOptimize(moved_apart(axes, widths, 0.35));
}
BENCHMARK(apart)->Unit(benchmark::kMillisecond)->Arg(40);

}  // namespace
