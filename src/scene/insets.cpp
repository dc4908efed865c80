#include "scene/insets.hpp"

#include <memory>
#include <utility>

#include "base/limits.hpp"

namespace hachure::scene {

namespace {

/// Outline of the frame of a map on the page of another; empty where it leaves the projection.
std::vector<draw::Point> extent_of(MapView const& inset, MapView const& parent) {
  std::vector<draw::Point> outline;
  auto const& f = inset.frame();
  std::vector<draw::Point> const corners{{f.min_x_mm, f.min_y_mm},
                                         {f.max_x_mm, f.min_y_mm},
                                         {f.max_x_mm, f.max_y_mm},
                                         {f.min_x_mm, f.max_y_mm}};
  for (std::size_t i = 0; i < 4; ++i) {
    auto const a = corners[i];
    auto const b = corners[(i + 1) % 4];
    for (int k = 0; k < 12; ++k) {
      auto const lonlat = inset.to_lonlat(a + (b - a) * (k / 12.0));
      auto const at = lonlat ? parent.to_page(*lonlat) : std::nullopt;
      if (!at) return {};
      outline.push_back(*at);
    }
  }
  outline.push_back(outline.front());
  return outline;
}

}  // namespace

std::optional<record::MapDefinition> inset_definition(record::Project const& project,
                                                      record::MapDefinition const& map,
                                                      record::InsetReference const& reference) {
  auto const* definition = project.map(reference.map);
  if (definition == nullptr) return {};  // the reader has reported it
  auto inset = *definition;
  auto const& placement = reference.placement;
  if (placement.width) inset.page_width_mm = placement.width->to_mm(1);
  if (placement.height) {
    inset.page_height_mm = placement.height->to_mm(1);
  } else if (placement.width) {
    inset.page_height_mm =
        definition->page_height_mm * inset.page_width_mm / definition->page_width_mm;
  }
  if (inset.style.empty()) inset.style = map.style;
  return inset;
}

std::vector<draw::Path> details_of(Inputs const& inputs, record::MapDefinition const& map,
                                   MapView const& view, int depth) {
  std::vector<draw::Path> areas;
  if (depth >= base::limits::max_inset_depth) return areas;
  for (auto const& reference : map.insets) {
    auto const inset = inset_definition(inputs.project, map, reference);
    if (!inset) continue;
    auto const child = MapView::make(
        inputs.project, *inset, draw::Box::of(0, 0, inset->page_width_mm, inset->page_height_mm));
    if (child.scale() >= view.scale()) continue;
    draw::Path area;
    area.add_polyline(extent_of(child, view), true);
    areas.push_back(std::move(area));
  }
  return areas;
}

void add_inset(Scene& parent, MapView const& parent_view, record::InsetReference const& reference,
               Scene child, MapView const& child_view) {
  Scene::Inset out;
  // A locator holds the map; a detail lies within it.
  if (child_view.scale() > parent_view.scale()) {
    Scene::Inset self;
    self.extent = extent_of(parent_view, child_view);
    child.insets.push_back(std::move(self));
  } else {
    out.extent = extent_of(child_view, parent_view);
  }
  out.placement = reference.placement;
  out.scene = std::make_shared<Scene const>(std::move(child));
  parent.insets.push_back(std::move(out));
}

}  // namespace hachure::scene
