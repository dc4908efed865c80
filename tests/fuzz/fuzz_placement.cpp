// Any bytes as the file of `render --placement`: placements or an error of the input, never a
// crash; what was read is printed and read again alike.

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/placement_file.hpp"

namespace {

/// A file of this process, removed at its end.
struct File {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("hachure-fuzz-placement-" + std::to_string(::getpid()) + ".json");
  ~File() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  void write(std::string_view text) const { std::ofstream(path, std::ios::binary) << text; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace hachure;
  static File const file;
  file.write({reinterpret_cast<char const*>(data), size});
  cli::PlacementFile placements;
  try {
    placements = cli::read_placements(file.path);
  } catch (base::Error const& error) {
    if (error.fault() != base::Fault::input) std::abort();
    return 0;
  }
  auto const printed = cli::print_placements(placements);
  file.write(printed);
  // Lengths are rounded when they are printed: the second printing is the first.
  if (cli::print_placements(cli::read_placements(file.path)) != printed) std::abort();
  return 0;
}
