#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace hachure::cli {

/// One file to write.
struct OutputFile {
  std::filesystem::path path;
  std::string bytes;
};

/// Where the outputs of `--out` go.
class OutputPlan {
 public:
  /// `out` is `-`, a folder (it ends with `/`, or is one), or a file.
  explicit OutputPlan(std::string const& out);

  bool is_stdout() const { return is_stdout_; }
  bool is_folder() const { return is_folder_; }
  /// Path of an output: the file of `--out`, or `<map>[.<lang>].<extension>` in its folder.
  /// @param lang empty when only one language is asked for
  std::filesystem::path path(std::string const& map, std::string const& lang,
                             std::string_view extension) const;

 private:
  std::filesystem::path out_;
  bool is_stdout_ = false;
  bool is_folder_ = false;
};

/// Writes all files or none: each is written whole beside its place, then all are put in place.
/// Missing folders are made. A file or folder that could not be written is an error; then no file
/// is changed and nothing is left behind.
void write_all(std::vector<OutputFile> const& files, base::Diagnostics& diagnostics);

}  // namespace hachure::cli
