#include "layout/passage.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace hachure::layout {

namespace {

using draw::Point;
using ById = std::map<std::string_view, StageLabel const*>;

ById by_id(StageLayout const& layout) {
  ById out;
  for (auto const& label : layout.labels) {
    if (label.chosen) out.emplace(label.request->id, &label);
  }
  return out;
}

/// Whether a request is set beside a point of its record rather than on the ground.
bool is_at_point(scene::LabelRequest const& request) {
  return request.placement == scene::LabelPlacement::point ||
         request.placement == scene::LabelPlacement::flag;
}

/// Whether both views have a label at the same side of its record.
bool are_alike(StageLabel const& a, StageLabel const& b) {
  return is_at_point(*a.request) && a.chosen->form == b.chosen->form &&
         a.chosen->text.text == b.chosen->text.text &&
         draw::distance(offset_of(a), offset_of(b)) < 0.01;
}

/// The label moved to where its record or its ground is in the view; nothing when that is not in
/// it.
std::optional<LabelCandidate> moved(StageLabel const& label, scene::LabelRequest const& request,
                                    scene::MapView const& view) {
  auto chosen = *label.chosen;
  Point by = request.anchor - label.request->anchor;
  if (!is_at_point(request)) {
    auto const at = label.ground ? view.to_page(*label.ground) : std::nullopt;
    if (!at) return {};
    by = *at - label.ground_at;
  }
  move_label(chosen, by);
  return chosen;
}

}  // namespace

Point offset_of(StageLabel const& label) {
  auto const from = is_at_point(*label.request) ? label.request->anchor : label.ground_at;
  return label.chosen->text.origin - from;
}

LabelPlacements carried_labels(scene::Scene const& scene, scene::MapView const& view,
                               LabelPassage const& passage) {
  auto const before = by_id(*passage.from);
  auto const after = by_id(*passage.to);
  auto const find = [](ById const& labels, std::string const& id) {
    auto const it = labels.find(id);
    return it == labels.end() ? nullptr : it->second;
  };
  LabelPlacements out;
  for (auto const& request : scene.labels) {
    Placement placement;
    placement.request = &request;
    placement.reason = "no-room";
    auto const* first = find(before, request.id);
    auto const* second = find(after, request.id);
    StageLabel const* shown = passage.share < 0.5 ? first : second;
    placement.opacity = std::clamp(4 * std::abs(passage.share - 0.5), 0.0, 1.0);
    if (first != nullptr && second != nullptr && are_alike(*first, *second)) {
      placement.opacity = 1;
    }
    if (shown != nullptr && placement.opacity > 0) {
      placement.chosen = moved(*shown, request, view);
      if (placement.chosen) placement.reason = "placed";
    }
    out.labels.push_back(std::move(placement));
  }
  return out;
}

}  // namespace hachure::layout
