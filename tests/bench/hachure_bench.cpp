// Hachures and contours of a grid of heights of 2,000 by 2,000 nodes: ridges and valleys made of
// sines, no data set. Floor of the program: two seconds for the hachures.

#include <benchmark/benchmark.h>

#include <cmath>

#include "scene/hachures.hpp"

namespace {

using namespace hachure;

scene::HeightField const& field() {
  static auto const made = [] {
    scene::HeightField out;
    out.columns = 2000;
    out.rows = 2000;
    out.step_mm = 0.1;
    out.metres_per_mm = 36;
    out.height_m.resize(4'000'000);
    for (int j = 0; j < out.rows; ++j) {
      for (int i = 0; i < out.columns; ++i) {
        double const x = i * 0.1;
        double const y = j * 0.1;
        double const h = 60 * (1 + std::sin(x / 9 + std::sin(y / 13))) *
                             (1 + std::cos(y / 11 + std::sin(x / 17))) / 2 +
                         8 * std::sin(x / 2.3) * std::cos(y / 2.9);
        out.node(i, j) = static_cast<float>(h);
      }
    }
    return out;
  }();
  return made;
}

void hachures(benchmark::State& state) {
  scene::HachureLook look;
  look.levels_m = scene::form_line_levels(36000, 140);
  std::size_t strokes = 0;
  for (auto _ : state) {
    auto const drawn = scene::hachure_strokes(field(), look, nullptr);
    benchmark::DoNotOptimize(scene::tapered(drawn, look.taper));
    strokes = drawn.size();
  }
  state.counters["strokes"] = static_cast<double>(strokes);
}
BENCHMARK(hachures)->Unit(benchmark::kMillisecond);

void contours(benchmark::State& state) {
  auto const levels = scene::even_levels(5, 0, 140);
  for (auto _ : state) benchmark::DoNotOptimize(scene::contours(field(), levels));
}
BENCHMARK(contours)->Unit(benchmark::kMillisecond);

}  // namespace
