#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// A table from a YAML or JSON document: a list of maps, a map of id -> map, or a GeoJSON feature
/// collection (RFC 7946), also with the `@id`, `names` and `when` of Linked Places. The origin of a
/// row is the line where its map or feature begins. A map within a row gives one column for each of
/// its keys (`title: {en: ..}` gives `title:en`), a list one cell with semicolons. Nothing when the
/// document is none of these.
std::optional<geo::Table> table_of(Node const& document, std::string const& file,
                                   base::Diagnostics& diagnostics);

}  // namespace hachure::record
