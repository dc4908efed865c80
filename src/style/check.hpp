#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "style/style_json.hpp"
#include "style/symbol.hpp"

/// What can be said of a style without a map: what it names and is not there, and what it draws
/// never.
namespace hachure::style {

/// A text that a style names something by, and where it stands.
struct NamedUse {
  std::string name;
  base::Origin origin;
  bool operator==(NamedUse const&) const = default;
};

/// Texts that a property may have as its value, as far as they stand in the file: the constant, or
/// every output of `case`, `match`, `step`, `coalesce` and `let`. Texts put together by other
/// operators are not among them, nor are empty ones.
/// @param origin of the property; the path of the output is appended to its field
std::vector<NamedUse> literal_outputs(nlohmann::json const& value, base::Origin const& origin);

/// Every font named anywhere in the style, in the order of the file.
std::vector<NamedUse> fonts_named(StyleDocument const& document);

/// Why no feature ever passes a filter, e.g. `"kind" is "fort" and "town"`; empty where one may.
/// The answer is sure, not complete: contradictions between constants, ranges and the scales at
/// which the layer is drawn are found, contradictions that need arithmetic are not.
std::string why_never_passes(nlohmann::json const& filter, double scale_min = 0,
                             double scale_max = 1e12);

/// Adds to `diagnostics` what is wrong with a style beyond the types of its values. Errors: symbols
/// that no folder has. Warnings: filters that nothing passes, layers that are drawn at no scale,
/// name no source or lie under an opaque background, and variables that nothing uses.
void check_style(StyleDocument const& document, SymbolCatalogue const& symbols,
                 base::Diagnostics& diagnostics);

}  // namespace hachure::style
