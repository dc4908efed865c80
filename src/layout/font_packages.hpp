#pragma once

#include <string>
#include <vector>

namespace hachure::layout {

/// What to do about a font that is not installed: the installed family of nearly the same name, the
/// Debian package that has it, or where to look.
/// @param families installed ones, as Shaper::families() gives them
std::string font_hint(std::string const& font, std::vector<std::string> const& families);

}  // namespace hachure::layout
