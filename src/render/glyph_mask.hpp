#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>

#include "draw/font.hpp"

typedef struct _cairo cairo_t;                  // NOLINT: Cairo's own names
typedef struct _cairo_surface cairo_surface_t;  // NOLINT

namespace hachure::render {

/// Coverage of upright glyphs in pixels, made once for each glyph, size and position between
/// pixels, then stamped wherever it is needed: a page of labels repeats the same letters, and a
/// halo costs three times as much to stroke as its letter to fill. Not thread-safe.
class GlyphMasks {
 public:
  GlyphMasks();
  ~GlyphMasks();
  GlyphMasks(GlyphMasks const&) = delete;
  GlyphMasks& operator=(GlyphMasks const&) = delete;

  /// One glyph to stamp.
  struct Stamp {
    draw::FontFace const* face;  ///< outlives the masks
    std::uint32_t glyph;
    double size_px;      ///< em
    double halo_px = 0;  ///< reach beyond the outline; 0 for the letter itself
    double x_px;         ///< origin of the glyph in the device space of the context
    double y_px;
  };
  /// Stamps with the source of `cr`, whose matrix must be the identity. Letters are placed to a
  /// quarter of a pixel, halos to half of one.
  void stamp(cairo_t* cr, Stamp const& what);

  /// Larger letters are rare and their masks big: they are better filled as paths.
  static constexpr double max_size_px = 160;

 private:
  struct Mask {
    cairo_surface_t* surface = nullptr;  ///< null for glyphs without ink
    int left_px = 0;                     ///< of the surface, from the whole-pixel origin
    int top_px = 0;
  };
  using Key = std::tuple<draw::FontFace const*, std::uint32_t, double, double, int, int>;
  Mask make(Stamp const& what, double phase_x_px, double phase_y_px) const;

  std::map<Key, Mask> masks_;
};

/// Adds a path to the current path of `cr`.
void add_path(cairo_t* cr, draw::Path const& path);

}  // namespace hachure::render
