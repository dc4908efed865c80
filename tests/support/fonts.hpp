#pragma once

#include <memory>
#include <string>

#include "draw/drawing.hpp"

namespace hachure::tests {

/// The face that fontconfig finds for a pattern like `Noto Sans:weight=medium`; null if it finds
/// one of another family, so that a test can skip itself.
std::shared_ptr<draw::FontFace const> find_face(std::string const& family,
                                                std::string const& style = "");

/// A text of one face and one line, shaped by HarfBuzz without hinting.
draw::Text shaped(std::shared_ptr<draw::FontFace const> const& face, std::string const& text,
                  double size_mm, draw::Point origin);

/// The glyphs of `text` bent along a circle of `radius_mm` whose centre is below the origin.
void bend(draw::Text& text, double radius_mm);

}  // namespace hachure::tests
