#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "record/node.hpp"
#include "record/record.hpp"
#include "record/row.hpp"

namespace hachure::record {

/// Sources from CSL-JSON 1.0 (a list of items, or a map of id -> item; JSON or YAML). Authors are
/// joined as "Family, Given; Family, Given", `issued` becomes `1857-12-28`, two dates `1857/1858`.
/// Fields of CSL that Source does not hold are passed over. Wrong items are reported and left out;
/// all ids are added to `known`. With `lenient` they are warnings.
std::vector<Source> read_sources(Node const& document, std::string const& file, bool lenient,
                                 KnownIds& known, base::Diagnostics& diagnostics);

}  // namespace hachure::record
