#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scene/build.hpp"
#include "scene/scene.hpp"
#include "scene/view.hpp"

namespace hachure::scene {

class Stage;

/// A run of frames of one map.
struct StageOptions {
  std::string lang;
  std::string style;  ///< style that replaces the map's own; may be empty
  record::Bounds span;
  std::vector<record::Instant> instants;  ///< of all frames, ascending
  double ground_height_mm = 0;            ///< as BuildOptions::Run has it
  std::int64_t step_s = 0;
  /// The same run on the map's own view where this stage has another one: its strip of time and its
  /// numbers are those of the run. Null for the map's own view; must outlive the stage.
  Stage const* own_view = nullptr;
};

/// Part of a frame's drawing: nodes of one record, painted together. Equal pointers are equal
/// nodes.
struct Piece {
  std::size_t group = 0;  ///< index into Scene::layers of the whole
  std::shared_ptr<std::vector<draw::Node> const> nodes;
};

/// A label that a frame shows. Equal pointers are equal labels.
struct ShownLabel {
  std::shared_ptr<LabelRequest const> request;
};

/// What a sequence shows at one instant above the ground that all frames share.
struct Moment {
  record::Instant at;
  std::vector<Piece> pieces;       ///< in paint order
  std::vector<ShownLabel> labels;  ///< of records, ids as in the whole
};

/// A map over a span of time: the whole of it, from which labels are placed once so that they keep
/// their places, and what of it is there at each instant.
class Stage {
 public:
  /// Reads the geodata and draws the whole. `map` must outlive the stage, as must `inputs`.
  /// @throws base::Error when the view cannot be made
  Stage(Inputs const& inputs, record::MapDefinition const& map, StageOptions const& options,
        base::Diagnostics& diagnostics);
  ~Stage();
  Stage(Stage const&) = delete;
  Stage& operator=(Stage const&) = delete;

  /// The map with all that is there at some instant of the span, paths whole.
  Scene const& whole() const;
  MapView const& view() const;
  /// Another view of the map in the projection and frame of this one.
  /// @param ground_height_mm as BuildOptions::Run has it
  /// @throws base::Error input: an empty extent, a centre the projection does not reach
  MapView other_view(record::View const& view, double ground_height_mm) const;
  /// Layers of the whole below this index are the same in all frames.
  std::size_t ground_layers() const;
  /// Maps within the map, in the order of the whole's insets that have a scene.
  std::vector<std::unique_ptr<Stage>> const& insets() const;
  /// Whether requests of this style layer are there in all frames.
  bool is_static(LabelRequest const& request) const;

  /// Draws instants for one thread, keeping what does not change from one to the next. What it
  /// gives for an instant does not depend on those before.
  class Player {
   public:
    explicit Player(Stage const& stage);
    ~Player();
    Player(Player&&) noexcept;
    /// Problems of the style that show only then go to `diagnostics`.
    Moment at(record::Instant instant, base::Diagnostics& diagnostics);

   private:
    struct State;
    std::unique_ptr<State> state_;
  };

 private:
  struct Impl;
  explicit Stage(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::scene
