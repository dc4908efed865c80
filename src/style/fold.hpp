#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "style/expression.hpp"

namespace hachure::style {

/// The expression at a fixed zoom: `["zoom"]` replaced, curves over constants reduced to the value
/// or to the two stops round it, `case`, `match`, `step`, `all` and `any` over constants to what
/// they give. Constants come out as plain JSON: colours as `#rrggbb` or `rgba(...)`.
/// @param spec what the property accepts; of its type the constants are taken
nlohmann::json folded_at_zoom(nlohmann::json const& expression, double zoom,
                              PropertySpec const& spec);

/// A value as a style file writes it: colours as texts, lists as lists.
nlohmann::json plain_json(Value const& value);

}  // namespace hachure::style
