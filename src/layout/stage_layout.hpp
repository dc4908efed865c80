#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "layout/candidates.hpp"
#include "layout/date_plate.hpp"
#include "layout/layout.hpp"
#include "layout/timeline.hpp"
#include "scene/stage.hpp"

namespace hachure::layout {

/// A label of a sequence, placed once for all its frames.
struct StageLabel {
  std::shared_ptr<scene::LabelRequest const> request;
  bool is_static = false;                ///< names geodata: there in every frame
  std::optional<LabelCandidate> chosen;  ///< nothing: left out of all frames
  std::shared_ptr<draw::Node const> node;
};

/// A page laid out over a span of time.
struct StageLayout {
  PageLayout page;  ///< its drawing holds the ground that all frames share, painted first
  draw::Box frame;  ///< of the map, mm
  std::vector<std::pair<std::string, std::string>> groups;  ///< id and name of the drawing layers
  std::vector<StageLabel> labels;
  std::vector<draw::Node> above;           ///< furniture that all frames share
  std::shared_ptr<Timeline const> strip;   ///< null without one
  draw::Point strip_at;                    ///< its top left corner
  std::shared_ptr<DatePlate const> plate;  ///< null without one
  draw::Point plate_at;

  /// What of strip and date plate is of an instant, painted last.
  std::vector<draw::Node> plates_at(record::Instant instant) const;
};

/// Places furniture and labels for all that the stage shows at any time, so that nothing moves from
/// frame to frame.
StageLayout lay_out_stage(scene::Stage const& stage, Shaper const& shaper,
                          base::Diagnostics& diagnostics);

/// A placed label as a frame has it: at its record's position there, with its text there.
/// @pre planned.chosen
draw::Node moved_label(StageLabel const& planned, scene::LabelRequest const& request,
                       Shaper const& shaper);

}  // namespace hachure::layout
