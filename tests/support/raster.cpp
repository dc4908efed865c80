#include "support/raster.hpp"

#include <cairo.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>

extern char** environ;

namespace hachure::tests {

Pixels read_png(std::string const& path) {
  Pixels pixels;
  auto* const surface = cairo_image_surface_create_from_png(path.c_str());
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
    pixels.width = cairo_image_surface_get_width(surface);
    pixels.height = cairo_image_surface_get_height(surface);
    auto const* const data = cairo_image_surface_get_data(surface);
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (std::size_t y = 0; y < static_cast<std::size_t>(pixels.height); ++y) {
      for (std::size_t x = 0; x < static_cast<std::size_t>(pixels.width); ++x) {
        std::uint32_t pixel = 0;
        std::memcpy(&pixel, data + y * stride + x * 4, 4);
        pixels.rgb.push_back(static_cast<unsigned char>(pixel >> 16 & 255U));
        pixels.rgb.push_back(static_cast<unsigned char>(pixel >> 8 & 255U));
        pixels.rgb.push_back(static_cast<unsigned char>(pixel & 255U));
      }
    }
  }
  cairo_surface_destroy(surface);
  return pixels;
}

Difference difference(Pixels const& a, Pixels const& b, int threshold) {
  if (std::abs(a.width - b.width) > 1 || std::abs(a.height - b.height) > 1) return {};
  int const width = std::min(a.width, b.width) - 1;
  int const height = std::min(a.height, b.height) - 1;
  if (width <= 0 || height <= 0) return {};
  auto const at = [](Pixels const& p, int x, int y, int channel) {
    return static_cast<int>(p.rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(p.width) +
                                   static_cast<std::size_t>(x)) *
                                      3 +
                                  static_cast<std::size_t>(channel)]);
  };
  constexpr int tile = 8;
  int const tiles_across = (width + tile - 1) / tile;
  int const tiles_down = (height + tile - 1) / tile;
  std::vector<double> sums(static_cast<std::size_t>(tiles_across * tiles_down) * 3, 0);
  double total = 0;
  double beyond = 0;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int worst = 0;
      auto const tile_index = static_cast<std::size_t>(y / tile * tiles_across + x / tile) * 3;
      for (int channel = 0; channel < 3; ++channel) {
        int const d = at(a, x, y, channel) - at(b, x, y, channel);
        total += std::abs(d);
        worst = std::max(worst, std::abs(d));
        sums[tile_index + static_cast<std::size_t>(channel)] += d;
      }
      if (worst > threshold) ++beyond;
    }
  }
  Difference result;
  result.mean = total / (3.0 * width * height);
  result.share = beyond / (1.0 * width * height);
  result.blurred = 0;
  for (double const sum : sums) {
    result.blurred = std::max(result.blurred, std::abs(sum) / (tile * tile));
  }
  return result;
}

bool run(std::vector<std::string> const& command) {
  std::vector<char*> arguments;
  for (auto const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
    return false;
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string scratch_folder() {
  struct Folder {
    std::string path =
        (std::filesystem::temp_directory_path() / ("hachure-tests-" + std::to_string(getpid())))
            .string();
    Folder() {
      std::filesystem::remove_all(path);
      std::filesystem::create_directories(path);
    }
    ~Folder() {
      std::error_code ignored;
      if (std::getenv("KEEP_SCRATCH") == nullptr) std::filesystem::remove_all(path, ignored);
    }
  };
  static Folder const folder;
  return folder.path;
}

}  // namespace hachure::tests
