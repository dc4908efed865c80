// The main of a fuzz target where libFuzzer is not linked: gives it the empty input and every file
// of the folders and files named on the command line, in order of name.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(int count, char** arguments) {
  std::vector<fs::path> files;
  for (int i = 1; i < count; ++i) {
    fs::path const path = arguments[i];
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (auto const& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(fs::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<char> const bytes{std::istreambuf_iterator<char>(stream), {}};
  std::vector<std::uint8_t> const input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** arguments) {
  auto const files = files_of(count, arguments);
  if (files.empty()) {
    std::cerr << "no corpus: give files or folders\n";
    return 1;
  }
  std::uint8_t const nothing = 0;
  LLVMFuzzerTestOneInput(&nothing, 0);
  for (auto const& file : files) {
    std::cerr << file.filename().string() << '\n';  // the last one named is the one that failed
    replay(file);
  }
  std::cout << files.size() << " inputs replayed\n";
  return 0;
}
