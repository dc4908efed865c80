#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// Reads one YAML document (JSON is one too) of at most limits::max_yaml_nodes values, aliases
/// expanded, and limits::max_yaml_depth levels. Nothing when it cannot be read: bad UTF-8, bad
/// syntax, two documents, or over a limit. Duplicate keys are errors, the first value stays.
/// Problems go to `diagnostics` under the name `file`.
std::optional<Node> read_yaml(std::string_view text, std::string const& file,
                              base::Diagnostics& diagnostics);

/// Reports the first byte of `text` that is not UTF-8, with its line. True if all of it is.
bool check_utf8(std::string_view text, std::string const& file, base::Diagnostics& diagnostics);

}  // namespace hachure::record
