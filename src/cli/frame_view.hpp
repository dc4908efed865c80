#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "layout/stage_layout.hpp"
#include "render/frame_painter.hpp"
#include "scene/stage.hpp"

namespace hachure::cli {

/// What a frame shows, as vector parts above the shared ground.
struct FrameContent {
  render::FrameParts parts;
  std::vector<std::size_t> groups;  ///< drawing layer of each piece
  /// Offset of each label of a record from that one's position, by id.
  std::vector<std::pair<std::string, draw::Point>> labels;
};

/// A map of a run as all threads read it: that of the page, or one within it.
class FrameView {
 public:
  /// Stage and layout outlive the view.
  FrameView(scene::Stage const& stage, layout::StageLayout const& layout);

  /// Composes frames for one thread.
  class Player {
   public:
    explicit Player(FrameView const& view);
    /// What is there at an instant; does not depend on those asked for before. Problems of the
    /// style go to `diagnostics`.
    FrameContent at(record::Instant instant, base::Diagnostics& diagnostics);

   private:
    void add_labels(scene::Moment const& moment, FrameContent& out);

    FrameView const& view_;
    scene::Stage::Player player_;
    layout::Shaper shaper_;
    /// Labels that differ from the plan, by the request they were made from, which is kept alive.
    std::map<std::shared_ptr<scene::LabelRequest const>, render::FramePiece> labels_;
    std::vector<std::unique_ptr<Player>> insets_;
  };

 private:
  scene::Stage const& stage_;
  layout::StageLayout const& layout_;
  std::map<std::string, std::size_t> label_index_;  ///< of record labels by id
  std::vector<render::FramePiece> label_pieces_;    ///< of placed labels, as planned
  std::vector<FrameView> insets_;
};

}  // namespace hachure::cli
