// Frames of video: painting what moves over a shared ground, and encoding the result, against the
// encoder of single pictures.

#include <benchmark/benchmark.h>
#include <cstring>

#include <algorithm>

#include <cmath>
#include <filesystem>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/pages.hpp"
#include "layout/layout.hpp"
#include "render/frame_encoder.hpp"
#include "render/png.hpp"
#include "scene/build.hpp"

namespace {

using namespace hachure;

std::filesystem::path const project_dir = PROJECT_DIR;

/// The ground of the frames: a shipped map, fitted to 1920 x 1080.
render::Raster const& ground() {
  static render::Raster const raster = [] {
    base::Diagnostics diagnostics;
    auto const inputs = scene::read_inputs(project_dir / "geodata/canton-1857",
                                           project_dir / "styles", {}, diagnostics);
    auto map = *inputs.project.map("assault");
    map.page_width_mm = 508;
    map.page_height_mm = 285.75;
    auto const scene = scene::build_scene(
        inputs, map, {.lang = "en", .style = {}, .at = {}, .during = {}}, diagnostics);
    layout::Shaper const shaper;
    render::PaintOptions options;
    options.size_px = {1920, 1080};
    return render::rasterised(layout::lay_out(scene, shaper, diagnostics).drawing, options);
  }();
  return raster;
}

draw::Path arrow(double x_mm, double y_mm, double bend, double progress) {
  draw::Path path;
  std::vector<draw::Point> right;
  constexpr int count = 400;  // as dense as the arrows of movements are
  draw::Point tip;
  for (int i = 0; i <= count; ++i) {
    double const t = progress * i / count;
    draw::Point const p{x_mm + 130 * t, y_mm + bend * std::sin(t * std::numbers::pi)};
    double const half = 0.5 + 0.8 * t;
    i == 0 ? path.move_to({p.x_mm, p.y_mm - half}) : path.line_to({p.x_mm, p.y_mm - half});
    right.push_back({p.x_mm, p.y_mm + half});
    tip = p;
  }
  path.line_to({tip.x_mm, tip.y_mm - 3});
  path.line_to({tip.x_mm + 5, tip.y_mm});
  path.line_to({tip.x_mm, tip.y_mm + 3});
  for (auto it = right.rbegin(); it != right.rend(); ++it) path.line_to(*it);
  path.close();
  return path;
}

/// What moves in frame `k` of 120: 40 arrows with their casing and 60 signs.
draw::Drawing moving(int k) {
  draw::Drawing drawing;
  drawing.width_mm = 508;
  drawing.height_mm = 285.75;
  for (int i = 0; i < 40; ++i) {
    double const progress = std::clamp((k - i * 1.5) / 50.0, 0.02, 1.0);
    draw::Shape shape;
    shape.path = arrow(20 + 37.0 * (i % 10), 25 + 60.0 * (i / 10), 6.0 * (i % 5 - 2), progress);
    shape.fill =
        draw::Fill{i % 2 == 0 ? draw::Color{0.7, 0.13, 0.17, 1} : draw::Color{0.12, 0.29, 0.6, 1},
                   draw::FillRule::nonzero};
    draw::Stroke casing;
    casing.color = {1, 1, 1, 1};
    casing.width_mm = 0.8;
    casing.join = draw::LineJoin::round;
    auto under = shape;
    under.fill = draw::Fill{casing.color, draw::FillRule::nonzero};
    under.stroke = casing;
    drawing.root.children.push_back({under});
    drawing.root.children.push_back({shape});
  }
  auto const source = std::make_shared<draw::PictureSource>(draw::PictureSource{
      "unit",
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect x="1" y="1" width="28" height="18" fill="#b3202a" stroke="#fff" stroke-width="1"/><path d="M1 1L29 19M29 1L1 19" stroke="#000" stroke-width="1.5" fill="none"/></svg>)",
      draw::Box::of(0, 0, 30, 20)});
  for (int i = 0; i < 60; ++i) {
    draw::Picture sign;
    sign.source = source;
    sign.anchor = {30 + 44.0 * (i % 10) + k * 0.21, 20 + 44.0 * (i / 10) + k * 0.13};
    sign.anchor_in_view = {15, 10};
    sign.scale = 0.2;
    drawing.root.children.push_back({sign});
  }
  return drawing;
}

render::Raster frame(int k) {
  render::Raster raster = ground();
  render::paint_over(raster, moving(k), {});
  return raster;
}

enum class Part { all, casings, arrows, signs };

void paint_moving(benchmark::State& state, Part part) {
  auto raster = ground();
  auto drawing = moving(60);
  auto& nodes = drawing.root.children;
  std::erase_if(nodes, [&](draw::Node const& node) {
    auto const* const shape = std::get_if<draw::Shape>(&node.value);
    bool const casing = shape != nullptr && shape->stroke;
    auto const is = shape == nullptr ? Part::signs : casing ? Part::casings : Part::arrows;
    return part != Part::all && part != is;
  });
  for (auto _ : state) render::paint_over(raster, drawing, {});
}
BENCHMARK_CAPTURE(paint_moving, all, Part::all)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint_moving, casings, Part::casings)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint_moving, arrows, Part::arrows)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(paint_moving, signs, Part::signs)->Unit(benchmark::kMillisecond);

void encode_alone(benchmark::State& state) {
  auto const raster = frame(static_cast<int>(state.range(0)));
  std::size_t bytes = 0;
  for (auto _ : state) bytes = render::encode_png(raster, {}).size();
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(encode_alone)->Arg(0)->Arg(60)->Arg(119)->Unit(benchmark::kMillisecond);

void prepare_encoder(benchmark::State& state) {
  for (auto _ : state) render::FrameEncoder const encoder(ground(), {});
}
BENCHMARK(prepare_encoder)->Unit(benchmark::kMillisecond);

render::ChangedSegments changed(render::Raster const& from, render::Raster const& to) {
  render::StreamLayout const layout{static_cast<std::uint32_t>(to.width_px),
                                    static_cast<std::uint32_t>(to.height_px)};
  render::ChangedSegments out(layout);
  for (std::uint32_t i = 0; i < layout.segments(); ++i) {
    auto const part = layout.segment(i);
    auto const at = layout.pixel_of(part.row, part.begin) * 4;
    if (std::memcmp(from.bgrx.data() + at, to.bgrx.data() + at, (part.end - part.begin) * 4) != 0) {
      out.add(part.row, part.begin, part.end);
    }
  }
  return out;
}

/// Frames as they follow each other in a thread that has every second one.
void encode_on_base(benchmark::State& state) {
  render::FrameEncoder const encoder(ground(), {});
  std::vector<render::Raster> rasters;
  for (int i = 0; i < 8; ++i) rasters.push_back(frame(static_cast<int>(state.range(0)) + 2 * i));
  // There and back, so that no step is longer than between two frames.
  auto const raster = [&](std::size_t i) -> render::Raster const& {
    return rasters[i % 14 < 8 ? i % 14 : 14 - i % 14];
  };
  std::vector<render::ChangedSegments> changes;
  for (std::size_t i = 0; i < 14; ++i) changes.push_back(changed(raster(i + 13), raster(i)));
  render::FrameEncoder::Series series(encoder);
  series.encode(raster(13), changed(ground(), raster(13)));
  std::size_t bytes = 0;
  std::size_t next = 0;
  render::FrameCost cost;
  for (auto _ : state) {
    bytes = series.encode(raster(next), changes[next % 14], &cost).size();
    ++next;
  }
  auto const share = [&](std::size_t n) {
    return static_cast<double>(n) / static_cast<double>(cost.segments);
  };
  state.counters["bytes"] = static_cast<double>(bytes);
  state.counters["changed"] = share(cost.changed);
  state.counters["again"] = share(cost.compressed);
}
BENCHMARK(encode_on_base)->Arg(0)->Arg(60)->Arg(119)->Unit(benchmark::kMillisecond);

}  // namespace
