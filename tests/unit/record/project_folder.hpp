#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/diagnostics.hpp"
#include "record/project.hpp"

namespace hachure::record {

/// A project of a test, in a folder of its own that goes with it.
class ProjectFolder {
 public:
  /// Writes `files` (name -> content).
  explicit ProjectFolder(std::map<std::string, std::string> const& files);
  ProjectFolder(ProjectFolder const&) = delete;
  ProjectFolder& operator=(ProjectFolder const&) = delete;
  ~ProjectFolder();

  /// Reads it, and keeps what was found wrong.
  Project read(bool lenient = false);
  /// All problems of the last reading as printed, one after the other, the folder's own path taken
  /// out.
  std::string problems() const;
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
  base::Diagnostics diagnostics_;
};

/// Problems of a project of these files.
std::string problems_of(std::map<std::string, std::string> const& files, bool lenient = false);

/// Problems of a project whose campaign.yaml is `hachure: 1` and `yaml` on the lines after it.
std::string problems_of_yaml(std::string const& yaml);

}  // namespace hachure::record
