#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/frame_plan.hpp"
#include "layout/stage_layout.hpp"
#include "render/frame_painter.hpp"
#include "scene/stage.hpp"
#include "style/style.hpp"

namespace hachure::cli {

/// What a frame shows, as vector parts above the shared ground.
struct FrameContent {
  render::FrameParts parts;
  std::vector<std::size_t> groups;  ///< drawing layer of each piece
  /// Offset of each shown label from its record's position, by index of the stage's labels.
  std::vector<std::pair<std::size_t, draw::Point>> labels;
};

/// Frames of one run: what they share is built and laid out once, the rest per frame and thread.
class FrameMaker {
 public:
  /// Builds scene and layout of the whole run. Problems go to `diagnostics`.
  FrameMaker(scene::Inputs const& inputs, FramePlan const& plan, style::Style const& style,
             base::Diagnostics& diagnostics);
  ~FrameMaker();
  FrameMaker(FrameMaker const&) = delete;
  FrameMaker& operator=(FrameMaker const&) = delete;

  layout::StageLayout const& layout() const { return *layout_; }
  scene::Scene const& whole() const { return stage_->whole(); }
  record::MapDefinition const& map() const { return map_; }

  /// Rasterises what the frames share. To be called before frame().
  void prepare_pixels(int threads);
  render::FrameStage const& pixels() const { return *pixels_; }

  /// The parts of a frame. @param worker the thread's own number, below `workers` of start()
  FrameContent content(std::size_t index, std::size_t worker);
  /// The pixels of a frame; valid until the worker's next one.
  render::Raster const& frame(std::size_t index, std::size_t worker);
  /// Makes room for so many threads.
  void start(std::size_t workers);
  /// Problems found while frames were made.
  base::Diagnostics problems() const;

 private:
  struct Worker;

  record::MapDefinition map_;
  FramePlan const& plan_;
  std::unique_ptr<scene::Stage> stage_;
  std::unique_ptr<layout::StageLayout> layout_;
  std::unique_ptr<render::FrameStage> pixels_;
  std::map<std::string, std::size_t> label_index_;  ///< of record labels by id
  std::vector<render::FramePiece> label_pieces_;    ///< of placed labels, as planned
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace hachure::cli
