#pragma once

#include <string>

#include "record/node.hpp"
#include "record/project.hpp"

namespace hachure::record {

/// A map as the project file defines it; `node` is checked already, so that what is wrong in it
/// keeps its default here. Lists of `select` that may be ids or a filter are told apart by
/// validate_maps.
MapDefinition read_map(Node const& node, std::string const& file, std::string const& default_tag);

/// The dated views of a sequence as the file lists them; validate_maps brings them into the order
/// of their times. `node` may be null.
/// @param path of the sequence in the file, `sequences.<id>`
std::vector<CameraStop> read_camera(Node const* node, std::string const& file,
                                    std::string const& path);

}  // namespace hachure::record
