#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "geo/geometry.hpp"
#include "record/project.hpp"
#include "scene/inputs.hpp"

namespace hachure::cli {

/// Rows of `hachure list`: one JSON object each, with the subject's fields in its order.
struct Listing {
  std::vector<nlohmann::ordered_json> rows;
  std::vector<geo::Geometry> geometries;  ///< one per row where the subject has positions
};

/// Rows of a subject that needs a project. @param at nothing: the records as they are written
Listing list_records(std::string_view subject, record::Project const& project,
                     std::optional<record::Instant> at);

/// Rows of a subject that does not. @param inputs only its style folders and symbols are used
Listing list_tables(std::string_view subject, scene::Inputs const& inputs);

/// The listing as the text of a format; `languages` say which text tables and CSV show.
std::string print(Listing const& listing, ListSubject const& subject, ListFormat format,
                  std::vector<std::string> const& languages);

}  // namespace hachure::cli
