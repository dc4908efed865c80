// Writes animations of a drawn map and prints what they cost: seconds, bytes, memory.
//   video_frames [--frames N] [--size WxH] [--quality N] OUT.webp|.png|.gif|.mp4|.webm...
// The frames: land with hills and a coast, 40 markers, three arrows that grow, a clock in a corner.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <numbers>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/number.hpp"
#include "draw/drawing.hpp"
#include "render/png.hpp"
#include "render/video.hpp"

namespace {

using namespace hachure;

struct Options {
  int frames = 120;
  int width_px = 1920;
  int height_px = 1080;
  std::optional<int> quality;
  std::vector<std::string> files;
};

int number(std::string const& text) {
  auto const value = base::parse_integer(text);
  if (!value || *value < 0 || *value > 100'000) {
    throw base::Error(base::Fault::usage, {}, text + " is not a number that fits");
  }
  return static_cast<int>(*value);
}

Options parse(int count, char const* const* words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    std::string const word = words[i];
    bool const last = i + 1 == count;
    if (word == "--frames" && !last) {
      options.frames = number(words[++i]);
    } else if (word == "--quality" && !last) {
      options.quality = number(words[++i]);
    } else if (word == "--size" && !last) {
      std::string const size = words[++i];
      auto const x = size.find('x');
      options.width_px = number(size.substr(0, x));
      options.height_px = number(x == std::string::npos ? "" : size.substr(x + 1));
    } else {
      options.files.push_back(word);
    }
  }
  return options;
}

draw::Node shape(draw::Path path, draw::Color color, double stroke_mm = 0) {
  draw::Shape shape{"", std::move(path), {}, {}};
  if (stroke_mm > 0) {
    draw::Stroke stroke;
    stroke.color = color;
    stroke.width_mm = stroke_mm;
    shape.stroke = stroke;
  } else {
    shape.fill = draw::Fill{color};
  }
  return {shape};
}

draw::Path wave(double y_mm, double height_mm, double length_mm) {
  std::vector<draw::Point> points;
  for (int x = 0; x <= 192; ++x) {
    points.push_back({static_cast<double>(x), y_mm + height_mm * std::sin(x / length_mm)});
  }
  draw::Path path;
  path.add_polyline(points, false);
  return path;
}

/// Hills as a shaded picture, so that there are more than a few colours.
draw::Node relief() {
  constexpr int w = 960;
  constexpr int h = 540;
  auto rgb = std::make_shared<std::vector<std::uint8_t>>();
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      double const shade = std::sin(x / 31.0) * std::cos(y / 23.0) + 0.4 * std::sin((x + y) / 9.0);
      for (int const base : {226, 217, 190}) {
        rgb->push_back(static_cast<std::uint8_t>(base + 18 * shade));
      }
    }
  }
  return {draw::Image{"", w, h, rgb, draw::Box::of(0, 0, 192, 108), true}};
}

draw::Drawing page() {
  draw::Drawing drawing;
  drawing.width_mm = 192;
  drawing.height_mm = 108;
  drawing.background = {0.93, 0.90, 0.80, 1};
  auto& nodes = drawing.root.children;
  nodes.push_back(relief());
  auto sea = wave(70, 9, 17);
  sea.line_to({192, 108});
  sea.line_to({0, 108});
  sea.close();
  nodes.push_back(shape(sea, {0.72, 0.82, 0.88, 1}));
  for (int i = 1; i < 6; ++i) nodes.push_back(shape(wave(70 + i, 9, 17), {0.3, 0.45, 0.6, 1}, 0.1));
  for (int i = 0; i < 40; ++i) {
    draw::Path box;
    box.add_box(draw::Box::of(6 + 23 * (i % 8), 5 + 9 * (i / 8), 3, 2));
    nodes.push_back(shape(box, {0.15, 0.15, 0.15, 1}));
  }
  return drawing;
}

/// What moves at `share` of the time.
draw::Drawing moving(double share) {
  draw::Drawing drawing;
  drawing.width_mm = 192;
  drawing.height_mm = 108;
  for (int k = 0; k < 3; ++k) {
    std::vector<draw::Point> points;
    for (int i = 0; i <= 60; ++i) {
      double const t = share * i / 60;
      points.push_back({12 + 50 * k + 60 * t, 60 - 40 * t + 6 * std::sin(9 * t + k)});
    }
    draw::Path path;
    path.add_polyline(points, false);
    draw::Color const color =
        k == 0 ? draw::Color{0.7, 0.13, 0.16, 0.9} : draw::Color{0.12, 0.23, 0.55, 0.9};
    drawing.root.children.push_back(shape(path, color, 1.4));
  }
  draw::Path hand;
  double const angle = 12 * std::numbers::pi * share;
  hand.add_polyline(
      std::vector<draw::Point>{{180, 98}, {180 + 7 * std::sin(angle), 98 - 7 * std::cos(angle)}},
      false);
  drawing.root.children.push_back(shape(hand, {0, 0, 0, 1}, 0.6));
  return drawing;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void write_one(std::string const& file, Options const& options) {
  render::PaintOptions paint;
  paint.size_px = {{options.width_px, options.height_px}};
  auto const still = render::rasterised(page(), paint);
  render::VideoOptions video;
  video.width_px = options.width_px;
  video.height_px = options.height_px;
  video.frame_seconds = 1.0 / 25;
  video.title = "Frames";
  video.quality = options.quality;
  auto const writer = render::make_video_writer(file, video);
  double spent_s = 0;
  for (int i = 0; i < options.frames; ++i) {
    auto frame = still;
    render::paint_over(frame, moving(static_cast<double>(i) / options.frames), paint);
    auto const begin = std::chrono::steady_clock::now();
    writer->add(frame);
    spent_s += seconds_since(begin);
  }
  auto const begin = std::chrono::steady_clock::now();
  writer->finish();
  spent_s += seconds_since(begin);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:24} {:4} frames  {:7.2f} s  {:6.1f} ms a frame  {:9.1f} kB  {:5} MB at most\n",
             file, options.frames, spent_s, 1000 * spent_s / options.frames,
             static_cast<double>(std::filesystem::file_size(file)) / 1000, usage.ru_maxrss / 1024);
}

}  // namespace

int main(int count, char** words) {
  try {
    auto const options = parse(count, words);
    for (auto const& file : options.files) write_one(file, options);
    return 0;
  } catch (base::Error const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return base::exit_status(error.fault());
  }
}
