#pragma once

#include <string>
#include <string_view>

namespace hachure::style {

/// Answers one line of `hachure style eval --lines`: JSON in, JSON out, without the line end.
///
/// - `{"expression", "propertySpec", "globalState", "inputs": [[globals, feature], ...]}` gives
///   `{"compiled": "success", "outputs": [value or {"error": text}, ...]}` or `{"compiled":
///   "error", "errors": [{"key", "error"}]}`. `globals` may hold `zoom`, `scale`, `time`,
///   `progress`, `certainty`, `side`, `lang`, `availableImages`, ...; a feature is `{"properties",
///   "id", "type" or "geometry", "featureState"}`. Colours are `[r, g, b, a]`, premultiplied, 0..1.
/// - `{"filter", "globals", "feature"}` gives `{"result": boolean}` or `{"error": text}`.
///
/// A line that is not JSON gives `{"error": text}`. Never throws for what a line holds.
std::string evaluate_line(std::string_view json_line);

}  // namespace hachure::style
