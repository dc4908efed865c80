#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/frame_plan.hpp"
#include "cli/frame_view.hpp"
#include "layout/stage_layout.hpp"
#include "render/frame_painter.hpp"
#include "scene/stage.hpp"
#include "style/style.hpp"

namespace hachure::cli {

/// The pixels of a frame.
struct FramePixels {
  render::Raster const& raster;
  /// Where they may differ from those of the worker's frame before; null: anywhere.
  render::ChangedSegments const* changes = nullptr;
};

/// Makes the frames of a run.
class FrameSource {
 public:
  FrameSource() = default;
  FrameSource(FrameSource const&) = delete;
  FrameSource& operator=(FrameSource const&) = delete;
  virtual ~FrameSource() = default;

  /// Makes room for so many threads.
  virtual void start(std::size_t workers) = 0;
  /// Rasterises what the frames share. To be called before frame().
  virtual void prepare_pixels(int threads) = 0;
  virtual double dpi() const = 0;
  /// What a frame shows. @param worker the thread's own number, below `workers` of start()
  virtual FrameContent content(std::size_t index, std::size_t worker) = 0;
  /// The pixels of a frame; valid until the worker's next one.
  virtual FramePixels frame(std::size_t index, std::size_t worker) = 0;
  /// Page and labels of the run, of its first view where it has several.
  virtual layout::PageLayout const& page() const = 0;
  /// Problems found while frames were made.
  virtual base::Diagnostics problems() const = 0;
};

/// A view of the map that is not its own.
struct OtherView {
  record::View view;                  ///< centre and scale
  scene::Stage const* own = nullptr;  ///< the run on the map's own view
  layout::StageHints hints;
};

/// Frames of one view: what they share is built and laid out once, the rest per frame and thread.
class FrameMaker : public FrameSource {
 public:
  /// Builds scene and layout of the whole run. Problems go to `diagnostics`.
  /// @param other the view where it is not the map's own; may be null
  FrameMaker(scene::Inputs const& inputs, FramePlan const& plan, style::Style const& style,
             base::Diagnostics& diagnostics, OtherView const* other = nullptr);
  ~FrameMaker() override;

  layout::StageLayout const& layout() const { return *layout_; }
  scene::Stage const& stage() const { return *stage_; }
  layout::PageLayout const& page() const override { return layout_->page; }

  void start(std::size_t workers) override;
  void prepare_pixels(int threads) override;
  double dpi() const override { return pixels_->dpi(); }
  FrameContent content(std::size_t index, std::size_t worker) override;
  FramePixels frame(std::size_t index, std::size_t worker) override;
  base::Diagnostics problems() const override;
  /// Frees the pixels that a thread keeps from one frame to the next.
  void rest(std::size_t worker);

 private:
  struct Worker;

  record::MapDefinition map_;
  FramePlan const& plan_;
  std::unique_ptr<scene::Stage> stage_;
  std::unique_ptr<layout::StageLayout> layout_;
  std::unique_ptr<render::FrameStage> pixels_;
  std::unique_ptr<FrameView> view_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace hachure::cli
