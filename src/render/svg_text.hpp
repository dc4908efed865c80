#pragma once

#include <string>

#include "draw/drawing.hpp"
#include "render/format.hpp"
#include "render/svg_out.hpp"

namespace hachure::render {

/// Writes Texts as SVG: straight live text as one `<text>`, curved or vertical text as one group of
/// positioned clusters (librsvg draws neither textPath nor rotate lists), or outlines, as
/// `options.text` says.
class SvgText {
 public:
  /// @param lang of the page: texts of another language name theirs
  SvgText(SvgOut& out, PaintOptions const& options, std::string lang)
      : out_(out), options_(options), lang_(std::move(lang)) {}

  /// Appends the text; nothing if it has no glyphs.
  void write(draw::Text const& text, int depth);

 private:
  SvgOut& out_;
  PaintOptions const& options_;
  std::string lang_;
};

}  // namespace hachure::render
