#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "draw/font.hpp"

typedef struct _cairo cairo_t;  // NOLINT: Cairo's own name

namespace hachure::render {

/// Coverage of upright glyphs in pixels, made once for each glyph, size and position between
/// pixels, then stamped wherever it is needed: a page of labels repeats the same letters, and a
/// halo costs three times as much to stroke as its letter to fill. Not thread-safe.
class GlyphMasks {
 public:
  GlyphMasks() = default;
  GlyphMasks(GlyphMasks const&) = delete;
  GlyphMasks& operator=(GlyphMasks const&) = delete;

  /// Glyphs to stamp together.
  struct Run {
    struct Glyph {
      std::uint32_t id;
      double x_px;  ///< its origin in the device space of the context
      double y_px;
    };
    draw::FontFace const* face;  ///< outlives the masks
    double size_px;              ///< em
    double halo_px = 0;          ///< reach beyond the outlines; 0 for the letters themselves
    std::vector<Glyph> glyphs;
  };
  /// Stamps with the source of `cr`, whose matrix must be the identity. Letters are placed to a
  /// quarter of a pixel, halos to half of one. Where glyphs overlap they cover as if one were
  /// painted after the other with an opaque colour.
  void stamp(cairo_t* cr, Run const& run);

  /// Larger letters are rare and their masks big: they are better filled as paths.
  static constexpr double max_size_px = 160;

 private:
  /// Coverage, a byte a pixel.
  struct Mask {
    std::vector<std::uint8_t> rows;  ///< empty for glyphs without ink
    int width_px = 0;
    int height_px = 0;
    int left_px = 0;  ///< from the whole-pixel origin
    int top_px = 0;
  };
  struct Placed {
    Mask const* mask;
    int left_px;  ///< in the device space
    int top_px;
  };
  using Key = std::tuple<draw::FontFace const*, std::uint32_t, double, double, int, int>;
  Placed placed(Run const& run, Run::Glyph const& glyph);
  static Mask make(Run const& run, std::uint32_t glyph, double phase_x_px, double phase_y_px);

  std::map<Key, Mask> masks_;
};

/// Adds a path to the current path of `cr`.
void add_path(cairo_t* cr, draw::Path const& path);

}  // namespace hachure::render
