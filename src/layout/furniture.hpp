#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "layout/shape.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// A piece of furniture, drawn about its own origin (top left) and not yet placed.
struct Panel {
  std::string id;     ///< furniture kind, or `inset.<map>`
  std::string title;  ///< accessible name
  double width_mm = 0;
  double height_mm = 0;
  bool framed = true;  ///< has a ground and a rule
  std::vector<draw::Node> nodes;
  record::Placement placement;
  draw::Box box;  ///< where it went, in page millimetres
};

/// Characters that no font has and what had no room, found while furniture was set.
struct FurnitureProblems {
  std::vector<MissingGlyph> missing;
  std::vector<std::pair<std::string, std::string>> warnings;  ///< message and hint
};

/// Builds all text and scale furniture of a scene, sized but not placed: title, legend, event key,
/// scale bars with the scale and the north arrow. Insets are added by the layout.
std::vector<Panel> make_panels(scene::Scene const& scene, Shaper const& shaper,
                               FurnitureProblems& problems);

/// The sources note below the frame, wrapped to its width.
std::optional<draw::Group> sources_note(scene::Scene const& scene, Shaper const& shaper,
                                        FurnitureProblems& problems,
                                        base::Diagnostics& diagnostics);

/// Gives every panel its box: by hand where the project says so, docked and stacked where it names
/// a corner or an edge, else where least of the map's ink is covered. Panels never overlap each
/// other as long as there is room. A panel that does not fit is a warning.
void place_panels(std::vector<Panel>& panels, scene::Scene const& scene,
                  base::Diagnostics& diagnostics);

/// The placed panel as a group.
draw::Group draw_panel(Panel const& panel, scene::Scene const& scene);

/// Moves a node and all in it: nodes hold absolute positions.
void shift(draw::Node& node, draw::Point by);

/// Round length of a scale bar: 1, 2 or 5 times a power of ten of `unit_m`, at most `max_mm` long.
double bar_length_units(double unit_m, double scale, double max_mm);

}  // namespace hachure::layout
