#pragma once

#include <nlohmann/json_fwd.hpp>

#include "style/expression.hpp"

namespace hachure::style {

/// The expression that means the same as a legacy function of MapLibre's styles (`{stops: [...],
/// base, property, type, default, colorSpace}` or `{type: identity, property}`): zoom functions,
/// property functions and both together (MapLibre Style Specification, "Function").
/// @throws base::Error input: the object is not a function; the field is the key within it
nlohmann::json convert_function(nlohmann::json const& function, PropertySpec const& spec);

/// The expression of a text with tokens: `{name}` becomes `["get", "name"]`; a text without tokens
/// is given back.
nlohmann::json convert_tokens(nlohmann::json const& text);

}  // namespace hachure::style
