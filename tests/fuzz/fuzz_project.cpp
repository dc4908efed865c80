// Any bytes as campaign.yaml: a project or problems, never a crash. Paths lead into an empty
// folder, so that no file of the machine is read.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "record/project.hpp"

namespace {

/// A folder of this process, removed at its end.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("hachure-fuzz-" + std::to_string(::getpid()));
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
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  // Absolute paths and connections lead out of the folder.
  if (text.find('/') != text.npos || text.find("PG:") != text.npos) return 0;
  auto const file = folder.path / "campaign.yaml";
  std::ofstream(file, std::ios::binary) << text;
  for (bool const lenient : {false, true}) {
    base::Diagnostics diagnostics;
    try {
      auto const project = record::read_project(file, {lenient}, diagnostics);
      for (auto const& map : project.maps) {
        if (project.map(map.id) == nullptr) std::abort();
      }
      bool const sound = !diagnostics.has_errors();
      for (auto const& movement : project.records.movements) {
        if (sound && movement.line.size() < 2) std::abort();
      }
    } catch (base::Error const&) {
    }
  }
  return 0;
}
