#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace hachure::style {

/// The text of a member of an object; empty where it has none or another type.
std::string text_at(nlohmann::json const& node, char const* key);

/// The number of a member of an object, or `otherwise`.
double number_at(nlohmann::json const& node, char const* key, double otherwise);

}  // namespace hachure::style
