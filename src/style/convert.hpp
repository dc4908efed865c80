#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

/// MapLibre styles as styles of ours.
namespace hachure::style {

/// Zoom level of MapLibre at which a map has the scale 1:`scale` on the equator. A tile is 512 px
/// wide, a px 1/96 inch, the world 2 pi 6378137 m: scale = 295829355.45 / 2^zoom (MapLibre Style
/// Specification, "zoom"; OGC 07-057r7, annex E.4, has 559082264.03 for tiles of 256 px of 0.28 mm,
/// which is the same with its own two numbers).
double zoom_of_scale(double scale);

/// A style and what was lost on the way to it.
struct ConvertedStyle {
  std::string yaml;
  std::size_t layers = 0;  ///< number of layers written
};

/// A MapLibre style (version 8, JSON) at a fixed scale as a style file: layers of the zoom level,
/// zoom expressions and functions folded, legacy functions as expressions, `source-layer` as
/// `source`, font stacks as fonts. What has no counterpart is warned of in `diagnostics`, one line
/// each.
/// @param file as the user named it, for messages
/// @throws base::Error input: not JSON, not a style, no positive scale
ConvertedStyle convert_maplibre(std::string_view json_text, std::string const& file, double scale,
                                std::vector<std::string> const& symbols,
                                base::Diagnostics& diagnostics);

}  // namespace hachure::style
