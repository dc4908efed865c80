#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scene/inputs.hpp"
#include "scene/scene.hpp"

namespace hachure::scene {

/// What a run asks of a map beyond its definition.
struct BuildOptions {
  std::string lang;
  std::string style;                     ///< style that replaces the map's own; may be empty
  std::optional<record::Instant> at;     ///< `--at`: what has happened by then
  std::optional<record::Bounds> during;  ///< `--during` instead of the map's `when`
  /// A frame of a sequence: `at` within a run. Life cycles of the style and eased movement count.
  struct Run {
    record::Bounds span;  ///< first to last frame: what ages and years are told by
    /// Instants of all frames, ascending: the date plate has room for each.
    std::vector<record::Instant> instants;
    /// Height on the ground that the map must show, divided by its scale as if that were 1:1: the
    /// strip of time must not take from what the map showed without it. 0: the map's scale stands.
    double ground_height_mm = 0;
    std::int64_t step_s = 0;  ///< time from frame to frame, the unit of the style's life cycles
  };
  std::optional<Run> run = {};
};

/// Scene of a map and of the insets in it. Reads the geodata it needs; problems go to
/// `diagnostics`.
/// @throws base::Error when the view cannot be made
Scene build_scene(Inputs const& inputs, record::MapDefinition const& map,
                  BuildOptions const& options, base::Diagnostics& diagnostics);

}  // namespace hachure::scene
