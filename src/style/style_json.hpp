#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"

namespace hachure::style {

/// A style file as JSON with the line of each key, `extends` folded in and variables replaced.
struct StyleDocument {
  std::shared_ptr<nlohmann::json> json;
  std::map<std::string, base::Origin> origins;  ///< by path, e.g. `layers.coast.paint.line-color`
  std::vector<std::string> files;
  std::map<std::string, std::string> from_variable;  ///< by path: the variable that stands there
  std::vector<std::string> used_variables;           ///< sorted
  std::vector<std::string> unused_variables;         ///< sorted

  /// Origin of the nearest known ancestor of `path`, its field set to `path`; of a value that is a
  /// variable as a whole, the variable's.
  base::Origin origin(std::string const& path) const;
};

/// Reads a YAML or JSON style file. `layers` may be a list (each with `id`) and comes out as a list
/// in paint order. A style that extends another gives only what differs: layers are matched by id,
/// their paint, layout and other keys replace those of the base one by one; new ones are added at
/// the end or `before: ID`; `remove: true` takes one away. `["var", NAME]` and the text `$NAME` are
/// replaced by the variable of that name.
StyleDocument read_style_document(std::string const& name_or_file,
                                  std::vector<std::filesystem::path> const& folders,
                                  base::Diagnostics& diagnostics);

}  // namespace hachure::style
