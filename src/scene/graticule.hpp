#pragma once

#include <string>
#include <vector>

#include "scene/builder.hpp"

/// Meridians and parallels, shared by the graticule and the neatline.
namespace hachure::scene {

/// One line of the graticule within the frame.
struct GridLine {
  std::vector<draw::Point> points;
  int value_s = 0;  ///< seconds of arc, east and north positive
  bool is_lon = false;
};

/// Lines of a graticule at multiples of a step in seconds of arc, clipped to the frame.
std::vector<GridLine> grid_lines(MapView const& view, int step_s);

/// Step of a text such as `5'`, `30"` or `10°`; 0 if it is none.
int parse_graticule_step_s(std::string const& text);

/// Step of the graticule that the map's furniture asks for; by the scale where it names none; 0 for
/// a map without graticule.
int graticule_step_s(Builder const& builder);

/// Edge of the frame a point lies on: 0 top, 1 right, 2 bottom, 3 left, or -1.
int edge_of(draw::Box const& frame, draw::Point p);

}  // namespace hachure::scene
