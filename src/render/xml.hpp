#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "draw/color.hpp"

/// The letters of XML: escapes, attributes, numbers and colours as SVG writes them.
namespace hachure::render {

/// Appends `text` escaped for element content and for attributes between double quotes; control
/// characters that XML 1.0 cannot hold are left out.
void append_escaped(std::string& out, std::string_view text, bool attribute);

/// The last `digits` hexadecimal digits of `value`, lower case.
std::string hex(std::uint64_t value, int digits);

/// Name and value pairs in the order of writing.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// Appends ` name="value"`, escaped.
void append_attribute(std::string& out, std::string_view name, std::string_view value);
void append_attributes(std::string& out, Attributes const& attributes);

/// A length or factor to three decimals.
std::string text_of(double value);
/// An angle in degrees to three decimals.
std::string degrees(double angle_rad);

/// `#rgb` or `#rrggbb`; the alpha is left out.
std::string hex_color(draw::Color const& color);
/// `fill` or `stroke` with its opacity where that is not 1.
void add_paint(Attributes& out, std::string_view name, std::string_view opacity_name,
               draw::Color const& color);

/// Base64 of RFC 4648, section 4, with padding.
std::string base64(std::string_view bytes);

}  // namespace hachure::render
