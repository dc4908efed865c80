// Any bytes as a symbol: a clean drawing or an error, never a crash, and nothing in the drawing
// that acts or reaches out.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "style/symbol.hpp"

namespace {

/// A folder of this process, removed at its end.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("hachure-fuzz-symbol-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure;
  static Folder const folder;
  std::ofstream(folder.path / "s.svg", std::ios::binary)
      << std::string_view(reinterpret_cast<char const*>(data), size);
  style::SymbolCatalogue catalogue({folder.path});
  try {
    auto const symbol =
        catalogue.find("s", {{1, 0, 0, 1}, {1, 1, 0, 1}, {0, 0, 1, 1}, {1, 1, 1, 1}, {0, 0, 0, 1}});
    if (!symbol) std::abort();
    auto const svg = base::to_lower(symbol->picture->svg);
    for (auto const* bad : {"<script", "<image", "<foreignobject", "<!", "<?", "javascript:"}) {
      if (svg.find(bad) != svg.npos) std::abort();
    }
    if (!(symbol->picture->view_box.width_mm() > 0)) std::abort();
  } catch (base::Error const&) {
  }
  return 0;
}
