#pragma once

#include <string>
#include <string_view>

namespace hachure::render {

/// An SVG document made ready to live inside another one.
struct EmbeddedSvg {
  std::string attributes;  ///< presentation attributes of its root, each with a space before it
  std::string body;        ///< what its root holds
};

/// Takes an SVG document apart: the ids in it and the references to them get `id_prefix`; comments,
/// metadata, scripts, foreign elements and attributes and indentation are left out.
/// @pre `svg` is well-formed; text that is not is cut off where it breaks
EmbeddedSvg embedded(std::string_view svg, std::string_view id_prefix);

}  // namespace hachure::render
