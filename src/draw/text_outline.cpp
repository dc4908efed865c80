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

Path halo_outline_of(Text const& text) {
  constexpr double tolerance_mm = 0.01;
  Path path;
  for (auto& contour : outline_of(text).flattened(tolerance_mm)) {
    // Curves of fonts come in many short pieces: points that stray less are left out as well.
    std::vector<Point> kept{contour.front()};
    std::size_t from = 0;
    for (std::size_t to = 2; to < contour.size(); ++to) {
      Point const chord = contour[to] - contour[from];
      double const size = length(chord);
      bool const straight = [&] {
        for (std::size_t k = from + 1; k < to; ++k) {
          Point const offset = contour[k] - contour[from];
          double const along = dot(offset, chord);
          if (size <= 0 || along < 0 || along > size * size ||
              std::abs(cross(chord, offset)) > tolerance_mm * size) {
            return false;
          }
        }
        return true;
      }();
      if (straight) continue;
      kept.push_back(contour[to - 1]);
      from = to - 1;
    }
    if (contour.size() > 1) kept.push_back(contour.back());
    path.add_polyline(kept, kept.size() > 2);
  }
  return path;
}

}  // namespace hachure::draw
