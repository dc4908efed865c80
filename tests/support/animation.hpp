#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hachure::tests {

/// An animation as another program reads it.
struct Animation {
  int width = 0;
  int height = 0;
  std::vector<std::vector<std::uint32_t>> frames;  ///< whole pictures, 0xRRGGBB
  std::vector<double> seconds;                     ///< duration of each
};

/// WebP by the decoder of libwebp. Empty if it cannot be read.
Animation read_webp(std::string const& path);

/// Anything else by ffmpeg and ffprobe; films are converted from BT.709 here, as those convert
/// coarsely. Empty if it cannot be read or the programs are missing.
Animation read_animation(std::string const& path);

/// What ffprobe says of a file: `entries` as its option -show_entries has them, one value a line.
std::vector<std::string> probe(std::string const& path, std::string const& entries);

/// Whether ffmpeg and ffprobe are installed.
bool has_ffmpeg();

}  // namespace hachure::tests
