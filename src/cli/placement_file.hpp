#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "layout/frozen.hpp"

/// The file of `--placement`: where the labels of each page stand, so that an editor's decisions
/// survive the next run.
namespace hachure::cli {

/// Frozen placements by map and language.
using PlacementFile = std::map<std::pair<std::string, std::string>, layout::FrozenPlacement>;

/// Reads a file of print_placements(). One that does not exist is empty.
/// @throws base::Error input when it is not such a file (names the file, the label and the key) or
///         of a newer version
PlacementFile read_placements(std::filesystem::path const& path);

/// JSON, a label a line, lengths in millimetres: what read_placements() reads.
std::string print_placements(PlacementFile const& placements);

}  // namespace hachure::cli
