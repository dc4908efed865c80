#pragma once

#include "draw/drawing.hpp"

namespace hachure::draw {

/// Where a glyph's own origin falls on the page, its em and its turn: all a painter needs to set
/// it.
struct GlyphPlace {
  Point origin;
  double size_mm = 1;
  double angle_rad = 0;  ///< clockwise, of the text and the glyph together
};

/// Place of one glyph of a run on the page.
GlyphPlace place_of(Text const& text, GlyphRun const& run, Glyph const& glyph);

/// Outlines of the glyphs of one run on the page (nonzero rule).
Path outline_of(Text const& text, GlyphRun const& run);
/// Outlines of all glyphs of a text on the page (nonzero rule).
Path outline_of(Text const& text);
/// The same as straight lines within 0.01 mm: for stroking halos, whose far edge shows none of the
/// difference, with a fraction of the points.
Path halo_outline_of(Text const& text);

}  // namespace hachure::draw
