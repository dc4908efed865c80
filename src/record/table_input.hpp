#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "record/node.hpp"
#include "record/project.hpp"
#include "record/records_reader.hpp"

namespace hachure::record {

/// Where the project stands, and what becomes of what is read.
struct ProjectFile {
  std::string file;              ///< as the user named it
  std::filesystem::path folder;  ///< paths are relative to it; may be empty
  ReadOptions options;
};

/// The table that a key such as `places:` of the project gives: `node` is a path, or a map with
/// `data` or `records`, `columns`, `points`, `defaults`; it was checked by check_section. The file
/// read is added to `files_read`. Nothing when the table cannot be read.
std::optional<TableInput> read_table_input(Node const& node, TableKind kind,
                                           ProjectFile const& project,
                                           std::vector<std::string>& files_read,
                                           base::Diagnostics& diagnostics);

}  // namespace hachure::record
