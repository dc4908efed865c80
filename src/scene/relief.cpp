#include "scene/relief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "scene/height_field.hpp"

namespace hachure::scene {

namespace {

constexpr double degree_rad = 3.14159265358979323846 / 180;

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
  HeightField field;
  field.columns = image.width_px;
  field.rows = image.height_px;
  field.step_mm = mm_per_px;
  field.zero = {frame.min_x_mm + 0.5 * mm_per_px, frame.min_y_mm + 0.5 * mm_per_px};
  sample_heights(field, grids, view, 0);
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
    return static_cast<double>(field.node(x, y));
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
