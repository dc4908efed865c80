#pragma once

#include <optional>
#include <vector>

#include "draw/drawing.hpp"
#include "geo/raster_source.hpp"
#include "scene/view.hpp"

namespace hachure::scene {

/// How relief is shaded. Colours are mixed into the ground's, so that nothing blends on the page.
struct ReliefLook {
  draw::Color ground;
  draw::Color shadow;
  draw::Color highlight;
  double shadow_share = 0.25;
  double highlight_share = 0.4;
  double exaggeration = 1;
  double light_deg = 315;           ///< main light, clockwise from the top of the page
  std::optional<draw::Color> tint;  ///< ground colour of high ground
  double tint_height_m = 300;
  double dpi = 200;
};

/// Shaded relief of the frame as an opaque image: three lights (main 62 %, and 19 % each from 45
/// degrees to either side), altitude 42 degrees, after the multidirectional shading of swisstopo
/// (Jenny and Hurni 2006, "Swiss-style colour relief shading"). Where no grid has data the plain
/// ground is drawn. Later grids lie over earlier ones, fading in over their outer tenth so that no
/// edge shows.
draw::Image shaded_relief(std::vector<geo::HeightGrid> const& grids, MapView const& view,
                          ReliefLook const& look);

}  // namespace hachure::scene
