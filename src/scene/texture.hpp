#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "draw/path.hpp"

namespace hachure::scene {

/// What is spread over an area.
struct TextureLook {
  std::string kind = "stipple";  ///< stipple, blocks, fields, paddy, marsh, wood or hatch
  double size_mm = 0.3;
  double spacing_mm = 1;
  double angle_rad = 0.785;
  double density = 1;    ///< share of the signs that are drawn
  double hatch_mm = 0;   ///< blocks, fields: distance of the lines in them; 0: none
  double ragged_mm = 0;  ///< blocks: so near to the area's edge four in ten are left out
  std::function<bool(draw::Point)> stands_at;  ///< where a sign may stand; everywhere if empty
  draw::Path kept_free;  ///< what the signs keep off; blocks stand between its parts
};

/// Signs of a texture: areas to fill and lines to stroke.
struct Texture {
  draw::Path filled;
  draw::Path lines;
  draw::Path edges;   ///< fields: their edges, to be dashed
  draw::Path shades;  ///< blocks: edges away from the light of the north-west, drawn heavier
};

/// Spreads signs over `area` (even-odd), seen through `window`. The arrangement is seeded by
/// `seed` (a record id) and anchored to the area, so that it is the same on every run.
/// - stipple: dots of radius `size`, evenly but not regularly spaced (dart throwing on a jittered
/// grid)
/// - blocks: houses: the area split along its long side until about `size` squared, apart by
/// `spacing`, four of five hatched at `angle` if `hatch_mm` asks for it
/// - fields: plots of about `size` squared with dashed edges, apart by `spacing`; of ten, four have
///   furrows `hatch_mm` apart and four or five tufts. A lattice of the page turned by `angle`, not
///   the seed, arranges them, so that those of neighbouring areas fit together
/// - paddy, marsh, wood: tufts of strokes of height `size` on a quincunx
/// - hatch: parallel lines at `angle`
Texture make_texture(draw::Path const& area, draw::Box const& window, TextureLook const& look,
                     std::string_view seed);

}  // namespace hachure::scene
