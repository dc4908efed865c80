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
  double opacity = 1;                 ///< beside the request's own
  std::optional<geo::LonLat> ground;  ///< of a name set on a line or area: the middle of its ink
  draw::Point ground_at;              ///< that on the page
};

/// From where the record or the ground of a chosen label is to where its text is: what stays while
/// the label keeps its place.
draw::Point offset_of(StageLabel const& label);

/// A piece of furniture that the program found a place for.
struct PanelPlace {
  std::string id;
  draw::Box box;  ///< mm
};

struct StageLayout;

/// A map within the map of a run.
struct StageInset {
  std::shared_ptr<StageLayout const> layout;
  scene::Stage const* stage = nullptr;
  draw::Point at;      ///< top left corner of its page on the parent's
  std::string prefix;  ///< of the ids within it
};

/// A page laid out over a span of time.
struct StageLayout {
  PageLayout page;  ///< its drawing holds the ground that all frames share, painted first
  draw::Box frame;  ///< of the map, mm
  std::vector<std::pair<std::string, std::string>> groups;  ///< id and name of the drawing layers
  std::vector<StageLabel> labels;
  std::vector<StageInset> insets;
  std::vector<PanelPlace> panels;          ///< those without a place of their own
  std::vector<draw::Node> above;           ///< furniture that all frames share
  std::shared_ptr<Timeline const> strip;   ///< null without one
  draw::Point strip_at;                    ///< its top left corner
  std::shared_ptr<DatePlate const> plate;  ///< null without one
  draw::Point plate_at;

  /// What of strip and date plate is of an instant, painted last.
  std::vector<draw::Node> plates_at(record::Instant instant) const;
};

/// The way between two views of a run, whose labels a view on it takes over.
struct LabelPassage {
  StageLayout const* from = nullptr;
  StageLayout const* to = nullptr;
  double share = 0;  ///< 0..1 of the way
};

/// What a view of a run has from other views of it, so that little moves when the view does.
struct StageHints {
  FrozenPlacement const* labels = nullptr;                  ///< those of the view before
  std::vector<PanelPlace> const* panels = nullptr;          ///< furniture stands there
  std::vector<scene::LegendEntry> const* legend = nullptr;  ///< of all views
  LabelPassage const* passage = nullptr;                    ///< labels are taken from its ends
};

/// Places furniture and labels for all that the stage shows at any time, so that nothing moves from
/// frame to frame.
StageLayout lay_out_stage(scene::Stage const& stage, Shaper const& shaper,
                          base::Diagnostics& diagnostics, StageHints const& hints = {});

/// Moves all that a label paints.
void move_label(LabelCandidate& chosen, draw::Point by);

/// A placed label as a frame has it: at its record's position there, with its text there.
/// @pre planned.chosen
draw::Node moved_label(StageLabel const& planned, scene::LabelRequest const& request,
                       Shaper const& shaper);

}  // namespace hachure::layout
