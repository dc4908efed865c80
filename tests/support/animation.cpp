#include "support/animation.hpp"

#include <webp/demux.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "support/raster.hpp"

namespace hachure::tests {

namespace {

std::string content(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Standard output of a shell's command; empty if it fails.
std::string output_of(std::string const& command) {
  auto const path = scratch_folder() + "/output.txt";
  return run({"sh", "-c", command + " > '" + path + "'"}) ? content(path) : "";
}

std::uint32_t from_bt709(int y, int cb, int cr) {
  double const luma = (y - 16) * 255.0 / 219;
  double const blue = (cb - 128) * 255.0 / 224;
  double const red = (cr - 128) * 255.0 / 224;
  std::uint32_t rgb = 0;
  for (double const channel :
       {luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue}) {
    rgb = rgb << 8 | static_cast<std::uint32_t>(std::clamp(std::lround(channel), 0L, 255L));
  }
  return rgb;
}

int byte(std::string const& bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::vector<std::uint32_t> picture_of_film(std::string const& raw, std::size_t begin,
                                           Animation const& film) {
  auto const width = static_cast<std::size_t>(film.width);
  auto const height = static_cast<std::size_t>(film.height);
  auto const half = (width + 1) / 2;
  auto const blue = begin + width * height;
  auto const red = blue + half * ((height + 1) / 2);
  std::vector<std::uint32_t> pixels;
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      auto const chroma = y / 2 * half + x / 2;
      pixels.push_back(from_bt709(byte(raw, begin + y * width + x), byte(raw, blue + chroma),
                                  byte(raw, red + chroma)));
    }
  }
  return pixels;
}

std::vector<std::uint32_t> picture_of_pixels(std::string const& raw, std::size_t begin,
                                             std::size_t pixels) {
  std::vector<std::uint32_t> picture;
  for (std::size_t i = begin; i < begin + pixels * 3; i += 3) {
    picture.push_back(
        static_cast<std::uint32_t>(byte(raw, i) << 16 | byte(raw, i + 1) << 8 | byte(raw, i + 2)));
  }
  return picture;
}

}  // namespace

bool has_ffmpeg() {
  static bool const there =
      run({"sh", "-c", "ffmpeg -version > /dev/null && ffprobe -version > /dev/null"});
  return there;
}

std::vector<std::string> probe(std::string const& path, std::string const& entries) {
  std::istringstream text(output_of("ffprobe -v error -show_entries " + entries +
                                    " -of default=nokey=1:noprint_wrappers=1 '" + path + "'"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

Animation read_webp(std::string const& path) {
  auto const bytes = content(path);
  WebPData const data{reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()};
  auto* const decoder = WebPAnimDecoderNew(&data, nullptr);
  Animation animation;
  WebPAnimInfo info;
  if (decoder == nullptr || WebPAnimDecoderGetInfo(decoder, &info) == 0) return {};
  animation.width = static_cast<int>(info.canvas_width);
  animation.height = static_cast<int>(info.canvas_height);
  std::uint8_t* rgba = nullptr;
  for (int end_ms = 0, begin_ms = 0; WebPAnimDecoderGetNext(decoder, &rgba, &end_ms) != 0;
       begin_ms = end_ms) {
    animation.seconds.push_back((end_ms - begin_ms) / 1000.0);
    std::vector<std::uint32_t> frame;
    for (auto const* p = rgba; p != rgba + 4 * info.canvas_width * info.canvas_height; p += 4) {
      frame.push_back(static_cast<std::uint32_t>(p[0] << 16 | p[1] << 8 | p[2]));
    }
    animation.frames.push_back(std::move(frame));
  }
  WebPAnimDecoderDelete(decoder);
  return animation;
}

Animation read_animation(std::string const& path) {
  Animation animation;
  auto const stream = probe(path, "stream=width,height,pix_fmt");
  if (stream.size() != 3) return {};
  animation.width = std::stoi(stream[0]);
  animation.height = std::stoi(stream[1]);
  bool const film = stream[2] == "yuv420p";
  for (auto const& text : probe(path, "packet=duration_time")) {
    animation.seconds.push_back(text == "N/A" ? 0 : std::stod(text));
  }
  auto const raw = output_of("ffmpeg -v error -i '" + path + "' -vsync passthrough -pix_fmt " +
                             (film ? "yuv420p" : "rgb24") + " -f rawvideo -");
  auto const width = static_cast<std::size_t>(animation.width);
  auto const height = static_cast<std::size_t>(animation.height);
  auto const bytes =
      film ? width * height + (width + 1) / 2 * ((height + 1) / 2) * 2 : width * height * 3;
  for (std::size_t begin = 0; begin + bytes <= raw.size(); begin += bytes) {
    animation.frames.push_back(film ? picture_of_film(raw, begin, animation)
                                    : picture_of_pixels(raw, begin, width * height));
  }
  return animation;
}

}  // namespace hachure::tests
