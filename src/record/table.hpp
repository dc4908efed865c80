#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"
#include "record/project.hpp"

namespace hachure::record {

/// `path` as the project means it: relative to `folder`, unless it is absolute or a connection
/// string of OGR (`PG:...`, `/vsizip/...`).
std::string resolve_path(std::filesystem::path const& folder, std::string const& path);

/// Whether `path` is a connection string, which is no file of the disk.
bool is_connection(std::string const& path);

/// Reports at `origin` that the file is not there, with the nearest name of its folder. True if it
/// is there or `path` is a connection string.
bool check_exists(std::string const& path, base::Origin const& origin,
                  base::Diagnostics& diagnostics);

/// Reads the table of `reference` as text: .csv, .tsv, .txt, .json, .geojson, .yaml and .yml here,
/// everything else by OGR. The file is named in messages as in `reference.path`. Nothing when it
/// cannot be read. With `lenient`, rows that cannot be read become warnings.
std::optional<geo::Table> read_table(DataReference const& reference, ReadOptions const& options,
                                     base::Diagnostics& diagnostics);

}  // namespace hachure::record
