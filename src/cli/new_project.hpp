#pragma once

#include <span>
#include <string_view>

namespace hachure::cli {

/// A file of the project that `hachure new` writes.
struct NewFile {
  std::string_view name;  ///< relative to the project's folder
  std::string_view text;
};

/// The fights at Lexington and Concord, 19 April 1775: small enough to be read whole, with a place,
/// an event, a movement and a layer of each kind that a beginner needs.
std::span<NewFile const> new_project();

}  // namespace hachure::cli
