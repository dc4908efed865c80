#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/frame_maker.hpp"
#include "scene/camera.hpp"

namespace hachure::cli {

/// Frames of a run whose picture moves over the map. Frames at a rest of the camera share their
/// ground; those on the way between two are drawn as maps of their own, with the labels of the
/// views along the way, which are placed one after the other before the first frame.
class CameraRun : public FrameSource {
 public:
  /// @pre plan.sequence has a camera. Problems go to `diagnostics`; inputs, plan and style outlive
  /// the run.
  /// @throws base::Error when a view cannot be made
  CameraRun(scene::Inputs const& inputs, FramePlan const& plan, style::Style const& style,
            base::Diagnostics& diagnostics);
  ~CameraRun() override;

  void start(std::size_t workers) override;
  void prepare_pixels(int threads) override;
  double dpi() const override;
  FrameContent content(std::size_t index, std::size_t worker) override;
  FramePixels frame(std::size_t index, std::size_t worker) override;
  layout::PageLayout const& page() const override;
  base::Diagnostics problems() const override;

 private:
  /// A view whose labels are placed: a rest, or one along a way.
  struct Station {
    double share = 0;  ///< of the way after the rest
    std::unique_ptr<FrameMaker> maker;
  };
  /// What a thread has at hand.
  struct Worker {
    FrameMaker* resting = nullptr;       ///< the station whose frame it made last
    std::unique_ptr<FrameMaker> on_way;  ///< the map of its last frame on a way
    FrameMaker const* last = nullptr;    ///< that of its last frame
    base::Diagnostics problems;
  };

  record::View view_of(scene::CameraView const& view) const;
  void place_stations(base::Diagnostics& diagnostics);
  std::unique_ptr<FrameMaker> make_station(scene::CameraView const& view,
                                           base::Diagnostics& diagnostics);
  /// The station at which a frame rests, or the map of a frame on the way, made for it.
  FrameMaker& maker_of(std::size_t index, std::size_t worker, bool with_pixels);
  std::unique_ptr<FrameMaker> make_on_way(scene::CameraPath::Position const& position,
                                          base::Diagnostics& diagnostics) const;

  scene::Inputs const& inputs_;
  FramePlan const& plan_;
  style::Style const& style_;
  std::unique_ptr<FrameMaker> own_;  ///< on the map's own view
  std::unique_ptr<scene::CameraPath> path_;
  /// By rest: the rest itself, then the views along the way to the next one.
  std::vector<std::vector<Station>> stations_;
  std::vector<layout::PanelPlace> panels_;
  std::vector<scene::LegendEntry> legend_;
  layout::FrozenPlacement const* placed_before_ = nullptr;
  std::vector<Worker> workers_;
};

}  // namespace hachure::cli
