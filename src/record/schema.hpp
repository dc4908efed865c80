#pragma once

#include <string>

namespace hachure::record {

/// JSON Schema (draft 2020-12) of campaign.yaml, for editors: printed from the tables of keys and
/// columns by which the reader checks, indented by two spaces.
std::string project_schema();

}  // namespace hachure::record
