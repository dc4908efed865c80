// Any bytes as a style file: a style or problems, never a crash. What it extends is looked for in a
// folder of its own, so that no file of the machine is read.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "style/style.hpp"

namespace {

/// A folder of this process, removed at its end.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("hachure-fuzz-style-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

/// Reads every property of every layer, as the scene does.
void look_at(hachure::style::Style const& style) {
  using namespace hachure::style;
  EvalContext context;
  context.scale = 20000;
  Feature const feature(GeometryType::point);
  context.feature = &feature;
  for (auto const& layer : style.layers) {
    Look const look(layer, context);
    for (auto const& row : properties()) {
      look.value(row.name);
      look.number(row.name);
      look.color(row.name);
      look.text(row.name);
      look.mms(row.name);
    }
    if (find_layer_type(layer_types()[0].id) == nullptr) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure;
  static Folder const folder;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  // Paths lead out of the folder.
  if (text.find('/') != text.npos) return 0;
  std::ofstream(folder.path / "s.yaml", std::ios::binary) << text;
  base::Diagnostics diagnostics;
  auto const style = style::read_style("s", {folder.path}, "en", diagnostics);
  look_at(style);
  return 0;
}
