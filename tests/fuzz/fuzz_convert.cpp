// Any bytes as a MapLibre style: refused, or converted into a style file that is read without a
// slip of syntax, whatever was lost on the way.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "style/convert.hpp"
#include "style/style.hpp"

namespace {

/// A folder of this process, removed at its end.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("hachure-fuzz-convert-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

/// Ends the run where the converted file is no style of ours.
void expect_style(std::string const& yaml, std::size_t layers) {
  using namespace hachure;
  static Folder const folder;
  std::ofstream(folder.path / "s.yaml", std::ios::binary) << yaml;
  base::Diagnostics found;
  auto const style = style::read_style("s", {folder.path}, "en", found);
  auto const is_broken = [](base::Problem const& problem) {
    auto const text = base::to_string(problem);
    return text.find("is not YAML") != text.npos || text.find("is not a style") != text.npos;
  };
  if (std::ranges::any_of(found.problems(), is_broken) || style.layers.size() > layers) {
    std::fputs(yaml.c_str(), stderr);
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure;
  static constexpr std::array scales{500.0, 50'000.0, 2'000'000.0, 400'000'000.0};
  static std::vector<std::string> const symbols{"disc", "fort", "village"};
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  // As deep as files are read: the parser of JSON has no bound of its own.
  if (std::ranges::count(text, '[') + std::ranges::count(text, '{') > 500) return 0;
  base::Diagnostics lost;
  try {
    auto const out = style::convert_maplibre(text, "web.json", scales[size % 4], symbols, lost);
    expect_style(out.yaml, out.layers);
  } catch (base::Error const& error) {
    if (error.fault() != base::Fault::input) std::abort();
  }
  return 0;
}
