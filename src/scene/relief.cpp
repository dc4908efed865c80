#include "scene/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace hachure::scene {

namespace {

constexpr double degree_rad = 3.14159265358979323846 / 180;

/// Degrees at every pixel: the inverse projection on a coarse net, bilinear between its knots (the
/// error over 16 pixels is far below a cell of any raster).
class LonLatNet {
 public:
  LonLatNet(MapView const& view, int width, int height, double mm_per_px)
      : columns_((width + step - 1) / step + 2), rows_((height + step - 1) / step + 2) {
    knots_.reserve(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    auto const& frame = view.frame();
    for (int j = 0; j < rows_; ++j) {
      for (int i = 0; i < columns_; ++i) {
        auto const at = view.to_lonlat({frame.min_x_mm + (i * step + 0.5) * mm_per_px,
                                        frame.min_y_mm + (j * step + 0.5) * mm_per_px});
        knots_.push_back(at.value_or(geo::LonLat{NAN, NAN}));
      }
    }
  }

  geo::LonLat at(int x, int y) const {
    int const i = x / step;
    int const j = y / step;
    double const u = static_cast<double>(x % step) / step;
    double const v = static_cast<double>(y % step) / step;
    auto const& a = knot(i, j);
    auto const& b = knot(i + 1, j);
    auto const& c = knot(i, j + 1);
    auto const& d = knot(i + 1, j + 1);
    return {
        (a.lon_deg * (1 - u) + b.lon_deg * u) * (1 - v) + (c.lon_deg * (1 - u) + d.lon_deg * u) * v,
        (a.lat_deg * (1 - u) + b.lat_deg * u) * (1 - v) +
            (c.lat_deg * (1 - u) + d.lat_deg * u) * v};
  }

 private:
  static constexpr int step = 16;
  geo::LonLat const& knot(int i, int j) const {
    return knots_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(i)];
  }
  int columns_;
  int rows_;
  std::vector<geo::LonLat> knots_;
};

/// Weight of a grid at a place: 1 inside, falling to 0 over the outer tenth.
double weight_of(geo::HeightGrid const& grid, geo::LonLat at) {
  double const x = (at.lon_deg - grid.west_deg) / grid.step_lon_deg / grid.columns;
  double const y = (grid.north_deg - at.lat_deg) / grid.step_lat_deg / grid.rows;
  double const inside = std::min({x, 1 - x, y, 1 - y});
  return std::clamp(inside / 0.1, 0.0, 1.0);
}

std::vector<float> heights_on_page(std::vector<geo::HeightGrid> const& grids, LonLatNet const& net,
                                   int width, int height) {
  std::vector<float> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      auto const at = net.at(x, y);
      double h = 0;
      bool first = true;
      for (auto const& grid : grids) {
        if (grid.columns == 0) continue;
        double const own = grid.at(at);
        if (std::isnan(own)) continue;
        double const w = first ? 1 : weight_of(grid, at);
        h = h * (1 - w) + own * w;
        first = false;
      }
      out[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
          static_cast<std::size_t>(x)] = static_cast<float>(h);
    }
  }
  return out;
}

/// 256 steps of a mix of two colours, so that a pixel costs a look-up.
struct Light {
  double x, y, z, weight;
};

}  // namespace

draw::Image shaded_relief(std::vector<geo::HeightGrid> const& grids, MapView const& view,
                          ReliefLook const& look) {
  auto const& frame = view.frame();
  double const mm_per_px = 25.4 / look.dpi;
  draw::Image image;
  image.width_px = std::max(1, static_cast<int>(std::ceil(frame.width_mm() / mm_per_px)));
  image.height_px = std::max(1, static_cast<int>(std::ceil(frame.height_mm() / mm_per_px)));
  image.box = draw::Box::of(frame.min_x_mm, frame.min_y_mm, image.width_px * mm_per_px,
                            image.height_px * mm_per_px);
  LonLatNet const net(view, image.width_px, image.height_px, mm_per_px);
  auto const heights = heights_on_page(grids, net, image.width_px, image.height_px);
  double const metres_per_px = mm_per_px / 1000 * view.scale();
  double const altitude = 42 * degree_rad;
  std::array<Light, 3> lights{};
  double const turns[3] = {0, -45, 45};
  double const shares[3] = {0.62, 0.19, 0.19};
  for (std::size_t i = 0; i < 3; ++i) {
    double const azimuth = (look.light_deg + turns[i]) * degree_rad;
    lights[i] = {std::sin(azimuth) * std::cos(altitude), -std::cos(azimuth) * std::cos(altitude),
                 std::sin(altitude), shares[i]};
  }
  double const flat = std::sin(altitude);
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(
      static_cast<std::size_t>(image.width_px) * static_cast<std::size_t>(image.height_px) * 3);
  auto const height_at = [&](int x, int y) {
    x = std::clamp(x, 0, image.width_px - 1);
    y = std::clamp(y, 0, image.height_px - 1);
    return static_cast<double>(
        heights[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width_px) +
                static_cast<std::size_t>(x)]);
  };
  std::size_t at = 0;
  for (int y = 0; y < image.height_px; ++y) {
    for (int x = 0; x < image.width_px; ++x) {
      double const gx =
          (height_at(x + 1, y) - height_at(x - 1, y)) / (2 * metres_per_px) * look.exaggeration;
      double const gy =
          (height_at(x, y + 1) - height_at(x, y - 1)) / (2 * metres_per_px) * look.exaggeration;
      double const norm = 1 / std::sqrt(gx * gx + gy * gy + 1);
      double shade = 0;
      for (auto const& light : lights) {
        shade += light.weight * std::max(0.0, (-gx * light.x - gy * light.y + light.z) * norm);
      }
      auto color = look.ground;
      if (look.tint) {
        double const high = std::clamp(height_at(x, y) / look.tint_height_m, 0.0, 1.0);
        color = draw::mixed(*look.tint, color, std::sqrt(high));
      }
      double const relative = shade / flat - 1;
      if (relative < 0) {
        color = draw::mixed(look.shadow, color, std::min(look.shadow_share, -relative * 0.9));
      } else {
        color = draw::mixed(look.highlight, color, std::min(look.highlight_share, relative * 1.2));
      }
      (*pixels)[at++] = static_cast<std::uint8_t>(std::lround(color.r * 255));
      (*pixels)[at++] = static_cast<std::uint8_t>(std::lround(color.g * 255));
      (*pixels)[at++] = static_cast<std::uint8_t>(std::lround(color.b * 255));
    }
  }
  image.rgb = std::move(pixels);
  return image;
}

}  // namespace hachure::scene
