#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "draw/color.hpp"

namespace hachure::style {

using draw::Color;

/// Space in which two colours are mixed.
enum class ColorSpace { rgb, hcl, lab };

/// A colour as CSS writes it and MapLibre accepts it: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, the
/// 148 named colours, `transparent`, `rgb()/rgba()` and `hsl()/hsla()` with commas or with spaces
/// and a slash, numbers or percentages (CSS Color Module Level 4, sections 4 to 7). Case and outer
/// spaces do not matter; channels out of range are clamped. Nothing for anything else.
std::optional<Color> parse_color(std::string_view text);

/// `rgba(r,g,b,a)` with channels 0..255 rounded and alpha as the shortest number: MapLibre's text
/// of a colour.
std::string to_text(Color const& color);

/// `#rrggbb` of the colour, its opacity left out.
std::string to_hex(Color const& color);

/// The colour at `share` (0 gives `from`, 1 gives `to`) in `space`. RGB mixes channels that are not
/// premultiplied; Lab is CIE L*a*b* at D50, HCL its polar form with the shorter way round the hues
/// (M. Bostock, "Lab and RGB"; the spaces of MapLibre's `interpolate-lab` and `interpolate-hcl`).
Color mix(Color const& from, Color const& to, double share, ColorSpace space);

}  // namespace hachure::style
