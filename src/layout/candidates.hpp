#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "layout/forms.hpp"
#include "layout/frozen.hpp"
#include "layout/occupancy.hpp"
#include "layout/shape.hpp"
#include "layout/solver_conflicts.hpp"
#include "scene/movement.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// One way to set a label: where its text goes and what it covers.
struct LabelCandidate {
  double cost = 0;
  LabelForm form = LabelForm::full;
  Align align = Align::start;        ///< of several lines
  draw::Text text;                   ///< placed on the page; of straight ones once finish()ed
  std::vector<OrientedBox> boxes;    ///< what it covers, with a little air
  std::vector<draw::Point> outline;  ///< round its ink; of straight ones once finish()ed
  std::vector<draw::Point> leader;   ///< leader line or staff; empty for none
  draw::Box tab;                     ///< ground of a flag or box of a badge; empty for none
  draw::Point badge_center;          ///< middle of a badge's ring
  bool frozen = false;               ///< stands where the label stood before
  /// Of a straight one: its text and where that goes. Many are weighed and one is set.
  std::shared_ptr<ShapedText const> shaped;
  draw::Point origin;
};

/// Sets the text of a candidate on the page.
void finish(LabelCandidate& candidate, scene::LabelRequest const& request);

/// Where water and land lie, for labels that prefer one of them.
struct Grounds {
  Occupancy water;
  Occupancy land;
  bool known = false;  ///< the map has water at all
};

/// Where the labels of a map may stand.
struct LabelSpace {
  Occupancy const& occupancy;
  Grounds const& grounds;
  draw::Box frame;
  int most_candidates = 96;  ///< of the full form; of each other form a third
};

/// All candidates of a request, best first, those on hard obstacles or outside the frame left out.
/// The texts of straight ones are not set yet: see finish(). One of them is marked as `frozen` when
/// the label may stand where `before` (which may be null) says; it is the only one when that is
/// pinned. `missing` receives the characters that no font has. Point positions follow Imhof 1975,
/// "Positioning Names on Maps" (right and above before left and below); line positions slide along
/// the line and avoid its bends; leaders reach out to three rings.
std::vector<LabelCandidate> candidates_of(scene::LabelRequest const& request, Shaper const& shaper,
                                          LabelSpace const& space, FrozenLabel const* before,
                                          std::vector<MissingGlyph>& missing);

/// What a later layout needs to set the label there again.
FrozenLabel frozen(scene::LabelRequest const& request, LabelCandidate const& chosen);

/// Text set along a line, its middle at arc length `middle_mm`, its baseline `raise_mm` below the
/// line (negative above); glyphs stand upright on the curve, cluster by cluster. Nothing where the
/// line is too short or bends by more than 30 degrees between neighbours.
struct CurvedText {
  draw::Text text;
  std::vector<OrientedBox> boxes;
  std::vector<draw::Point> outline;
  double bend_rad = 0;  ///< sum of turns along the text
};
std::optional<CurvedText> set_along(ShapedText const& shaped, std::vector<draw::Point> const& line,
                                    double middle_mm, double raise_mm);
std::optional<CurvedText> set_along(ShapedText const& shaped, scene::Axis const& axis,
                                    double middle_mm, double raise_mm);

}  // namespace hachure::layout
