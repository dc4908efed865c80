// Times of the stages of DESIGN.md, section 4, on two shipped maps: from files to the bytes of each
// format. A stage starts from what the one before it gives; reading geodata belongs to build_scene.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "layout/layout.hpp"
#include "render/format.hpp"
#include "scene/build.hpp"

namespace {

using namespace hachure;

std::filesystem::path const project_dir = PROJECT_DIR;

scene::Inputs read(base::Diagnostics& diagnostics) {
  return scene::read_inputs(project_dir / "geodata/canton-1857", project_dir / "styles", {},
                            diagnostics);
}

scene::Scene build(scene::Inputs const& inputs, std::string const& map,
                   base::Diagnostics& diagnostics) {
  auto const* const definition = inputs.project.map(map);
  if (definition == nullptr) throw std::runtime_error("no map " + map);
  return scene::build_scene(inputs, *definition,
                            {.lang = "en", .style = {}, .at = {}, .during = {}}, diagnostics);
}

/// What was wrong with the shipped campaign would make every time below meaningless.
void require_clean(benchmark::State& state, base::Diagnostics const& diagnostics) {
  if (diagnostics.has_errors()) state.SkipWithError("the shipped campaign has errors");
}

void read_inputs(benchmark::State& state) {
  base::Diagnostics diagnostics;
  for (auto _ : state) benchmark::DoNotOptimize(read(diagnostics));
  require_clean(state, diagnostics);
}
BENCHMARK(read_inputs)->Unit(benchmark::kMillisecond);

void build_scene(benchmark::State& state, std::string const& map, bool geodata_is_read) {
  base::Diagnostics diagnostics;
  auto inputs = read(diagnostics);
  if (geodata_is_read) build(inputs, map, diagnostics);
  for (auto _ : state) {
    if (!geodata_is_read) {
      state.PauseTiming();
      inputs = read(diagnostics);
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(build(inputs, map, diagnostics));
  }
  require_clean(state, diagnostics);
}
BENCHMARK_CAPTURE(build_scene, assault, "assault", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build_scene, river, "river", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build_scene, assault_again, "assault", true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build_scene, river_again, "river", true)->Unit(benchmark::kMillisecond);

void lay_out(benchmark::State& state, std::string const& map) {
  base::Diagnostics diagnostics;
  auto const scene = build(read(diagnostics), map, diagnostics);
  layout::Shaper const shaper;
  std::size_t labels = 0;
  for (auto _ : state) labels = layout::lay_out(scene, shaper, diagnostics).labels.size();
  state.counters["labels"] = static_cast<double>(labels);
  require_clean(state, diagnostics);
}
BENCHMARK_CAPTURE(lay_out, assault, "assault")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(lay_out, river, "river")->Unit(benchmark::kMillisecond);

void paint(benchmark::State& state, std::string const& map, std::string const& format) {
  base::Diagnostics diagnostics;
  layout::Shaper const shaper;
  auto const page =
      layout::lay_out(build(read(diagnostics), map, diagnostics), shaper, diagnostics);
  render::PaintOptions options;
  options.threads = static_cast<int>(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) bytes = render::find_format(format)->paint(page.drawing, options).size();
  state.counters["bytes"] = static_cast<double>(bytes);
  require_clean(state, diagnostics);
}
BENCHMARK_CAPTURE(paint, assault_png, "assault", "png")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(paint, assault_svg, "assault", "svg")->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint, assault_pdf, "assault", "pdf")->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint, river_png, "river", "png")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(paint, river_svg, "river", "svg")->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint, river_pdf, "river", "pdf")->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
