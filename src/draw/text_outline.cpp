#include "draw/text_outline.hpp"

namespace hachure::draw {

GlyphPlace place_of(Text const& text, GlyphRun const& run, Glyph const& glyph) {
  return {text.origin + turned(glyph.at, text.angle_rad), run.size_mm,
          text.angle_rad + glyph.angle_rad};
}

Path outline_of(Text const& text, GlyphRun const& run) {
  Path path;
  for (auto const& glyph : run.glyphs) {
    auto const& outline = run.face->outline(glyph.id);
    if (outline.empty()) continue;
    auto const place = place_of(text, run, glyph);
    path.append(outline.transformed(place.size_mm, place.angle_rad, place.origin));
  }
  return path;
}

Path outline_of(Text const& text) {
  Path path;
  for (auto const& run : text.runs) path.append(outline_of(text, run));
  return path;
}

}  // namespace hachure::draw
