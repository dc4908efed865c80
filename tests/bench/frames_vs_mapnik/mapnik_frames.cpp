// The peer: frames of the page of make_inputs.py by Mapnik's library. The ground is rendered once;
// each frame copies it and draws arrows, markers and the hour on the copy, with Mapnik's own
// renderer; several threads, the PNG settings given.
//   mapnik_frames INPUTS OUT_DIR FRAMES THREADS FORMAT PLUGINS FONT

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mapnik/agg_renderer.hpp>
#include <mapnik/datasource_cache.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/load_map.hpp>
#include <mapnik/map.hpp>
#include <mapnik/memory_datasource.hpp>
#include <mapnik/proj_transform.hpp>
#include <mapnik/projection.hpp>
#include <mapnik/unicode.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int width_px = 1920;
constexpr int height_px = 1080;

struct Track {
  std::string side;
  std::string kind;
  bool arrow = false;
  double begin_h = 0;
  double end_h = 0;
  std::vector<mapnik::geometry::point<double>> points;
  std::vector<double> along;
};

struct Page {
  std::vector<Track> tracks;
  mapnik::box2d<double> extent;
  double unit_per_px = 1;
};

std::vector<Track> read_tracks(std::string const& path, mapnik::proj_transform const& to) {
  std::ifstream in(path);
  std::vector<Track> out;
  Track track;
  int arrow = 0;
  std::size_t count = 0;
  while (in >> track.side >> track.kind >> arrow >> track.begin_h >> track.end_h >> count) {
    track.arrow = arrow != 0;
    track.points.clear();
    track.along = {0};
    for (std::size_t i = 0; i < count; ++i) {
      double x = 0;
      double y = 0;
      in >> x >> y;
      double z = 0;
      to.forward(x, y, z);
      if (i > 0) {
        track.along.push_back(track.along.back() +
                              std::hypot(x - track.points.back().x, y - track.points.back().y));
      }
      track.points.emplace_back(x, y);
    }
    out.push_back(track);
  }
  return out;
}

/// The way made by the hour, and where it has come to.
mapnik::geometry::line_string<double> made(Track const& track, double hour) {
  double const progress =
      std::clamp((hour - track.begin_h) / (track.end_h - track.begin_h), 0.0, 1.0);
  double const length = progress * track.along.back();
  mapnik::geometry::line_string<double> line;
  line.push_back(track.points.front());
  for (std::size_t i = 1; i < track.points.size(); ++i) {
    if (track.along[i] >= length) {
      double const t = (length - track.along[i - 1]) / (track.along[i] - track.along[i - 1]);
      auto const& a = track.points[i - 1];
      auto const& b = track.points[i];
      line.emplace_back(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
      break;
    }
    line.push_back(track.points[i]);
  }
  return line;
}

mapnik::geometry::polygon<double> head(mapnik::geometry::line_string<double> const& line,
                                       double size) {
  auto const& b = line.back();
  auto const& a = line[line.size() - 2];
  double const length = std::hypot(b.x - a.x, b.y - a.y);
  double const dx = length > 0 ? (b.x - a.x) / length : 1;
  double const dy = length > 0 ? (b.y - a.y) / length : 0;
  mapnik::geometry::linear_ring<double> ring;
  ring.emplace_back(b.x + dx * size, b.y + dy * size);
  ring.emplace_back(b.x - dy * size * 0.6, b.y + dx * size * 0.6);
  ring.emplace_back(b.x + dy * size * 0.6, b.y - dx * size * 0.6);
  ring.push_back(ring.front());
  mapnik::geometry::polygon<double> polygon;
  polygon.set_exterior_ring(std::move(ring));
  return polygon;
}

/// Bearing of the last part of a way, degrees clockwise from north.
double heading_deg(mapnik::geometry::line_string<double> const& line) {
  auto const& b = line.back();
  auto const& a = line[line.size() - 2];
  return std::atan2(b.x - a.x, b.y - a.y) * 180 / 3.14159265358979323846;
}

/// Features of one frame, by layer.
class Moving {
 public:
  Moving(Page const& page, double hour) {
    for (auto& source : sources_) {
      mapnik::parameters parameters;
      parameters["type"] = "memory";
      source = std::make_shared<mapnik::memory_datasource>(parameters);
    }
    context_->push("side");
    context_->push("text");
    context_->push("sign");
    context_->push("heading");
    for (auto const& track : page.tracks) {
      auto const line = made(track, hour);
      bool const begun = hour > track.begin_h;
      if (track.arrow && begun) {
        add(0, line, track.side);
        add(1, head(line, 12 * page.unit_per_px), track.side);
      }
      auto& sign = add(2, line.back(), track.side);
      sign.put("sign", transcoder_.transcode((track.kind + "-" + track.side).c_str()));
      sign.put("heading", heading_deg(line));
    }
    int const whole = static_cast<int>(hour);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%d December 1857, %02d:00", 28 + whole / 24,
                  whole % 24);
    add(3,
        mapnik::geometry::point<double>(page.extent.minx() + 200 * page.unit_per_px,
                                        page.extent.maxy() - 60 * page.unit_per_px),
        "", text.data());
  }
  std::shared_ptr<mapnik::memory_datasource> const& source(std::size_t layer) const {
    return sources_.at(layer);
  }

 private:
  template <class Geometry>
  mapnik::feature_impl& add(std::size_t layer, Geometry geometry, std::string const& side,
                            std::string const& text = {}) {
    auto feature = mapnik::feature_factory::create(context_, ++id_);
    feature->set_geometry(mapnik::geometry::geometry<double>(std::move(geometry)));
    feature->put("side", transcoder_.transcode(side.c_str()));
    feature->put("text", transcoder_.transcode(text.c_str()));
    sources_.at(layer)->push(feature);
    return *feature;
  }

  mapnik::context_ptr context_ = std::make_shared<mapnik::context_type>();
  mapnik::transcoder transcoder_{"utf-8"};
  std::array<std::shared_ptr<mapnik::memory_datasource>, 4> sources_;
  int id_ = 0;
};

struct Job {
  Page const* page;
  mapnik::image_rgba8 const* ground;
  std::string inputs;
  std::string out;
  std::string format;
  int frames;
};

void draw_frames(Job const& job, std::atomic<int>& next) {
  mapnik::Map map(width_px, height_px);
  mapnik::load_map(map, job.inputs + "/moving.xml");
  map.zoom_to_box(job.page->extent);
  for (int i = next++; i < job.frames; i = next++) {
    Moving const moving(*job.page, i);
    for (std::size_t layer = 0; layer < map.layer_count(); ++layer) {
      map.get_layer(layer).set_datasource(moving.source(layer));
    }
    mapnik::image_rgba8 frame(*job.ground);
    mapnik::agg_renderer<mapnik::image_rgba8> renderer(map, frame);
    renderer.apply();
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "/page_%06d.png", i);
    mapnik::save_to_file(frame, job.out + name.data(), job.format);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8) {
    std::cerr << "mapnik_frames INPUTS OUT_DIR FRAMES THREADS FORMAT PLUGINS FONT\n";
    return 2;
  }
  std::string const inputs = argv[1];
  mapnik::datasource_cache::instance().register_datasource(std::string(argv[6]) + "/geojson.input");
  mapnik::datasource_cache::instance().register_datasource(std::string(argv[6]) + "/csv.input");
  mapnik::freetype_engine::register_font(argv[7]);

  mapnik::Map map(width_px, height_px);
  mapnik::load_map(map, inputs + "/ground.xml");
  mapnik::projection const degrees("epsg:4326");
  mapnik::projection const metres(map.srs());
  mapnik::proj_transform const to(degrees, metres);
  Page page;
  double west = 112.9;
  double south = 21.8;
  double east = 114.4;
  double north = 23.5;
  double z = 0;
  to.forward(west, south, z);
  to.forward(east, north, z);
  map.zoom_to_box({west, south, east, north});
  page.extent = map.get_current_extent();
  page.unit_per_px = page.extent.width() / width_px;
  page.tracks = read_tracks(inputs + "/tracks.txt", to);
  mapnik::image_rgba8 ground(width_px, height_px);
  mapnik::agg_renderer<mapnik::image_rgba8> renderer(map, ground);
  renderer.apply();

  Job const job{&page, &ground, inputs, argv[2], argv[5], std::atoi(argv[3])};
  std::atomic<int> next{0};
  std::vector<std::thread> threads;
  for (int i = 1; i < std::atoi(argv[4]); ++i)
    threads.emplace_back([&] { draw_frames(job, next); });
  draw_frames(job, next);
  for (auto& thread : threads) thread.join();
}
