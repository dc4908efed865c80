#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// Values of a JSON table: each costs about 150 bytes, so this is 300 MB. Larger tables belong into
/// a GeoPackage.
inline constexpr std::size_t max_json_nodes = 2'000'000;

/// Reads one JSON document, lines kept, of at most limits::max_yaml_depth levels and max_json_nodes
/// values. Nothing when it cannot be read. Duplicate keys are errors, the first value stays.
std::optional<Node> read_json(std::string_view text, std::string const& file,
                              base::Diagnostics& diagnostics);

}  // namespace hachure::record
