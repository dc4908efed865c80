#pragma once

#include <string>
#include <string_view>

#include "draw/drawing.hpp"
#include "render/format.hpp"

namespace hachure::render {

/// The Drawing as SVG 1.1 in user units of a millimetre (coordinates to 0.001), with Inkscape's
/// layer attributes, `role`, `aria-*` and `data-*` beside it. Straight live text is one `<text>`,
/// curved or vertical text one group of positioned clusters (librsvg draws neither textPath nor
/// rotate lists); characters whose glyph a viewer could not choose by itself become outlines.
std::string paint_svg(draw::Drawing const& drawing, PaintOptions const& options);

/// A valid ASCII XML name for a record id: letters, digits and `.-_` stay, anything else becomes
/// the hexadecimal number of its code point between underscores; a leading digit, dot or dash gets
/// an underscore before it. Different ids give different names, save those that hold such numbers.
std::string svg_id(std::string_view id);

}  // namespace hachure::render
