#pragma once

#include <optional>
#include <vector>

#include "draw/path.hpp"
#include "scene/inputs.hpp"
#include "scene/scene.hpp"
#include "scene/view.hpp"

/// Maps within a map. Internal to this folder.
namespace hachure::scene {

/// The definition of an inset with the size it has on this page; nothing for a map that is not
/// there, which the reader has reported.
std::optional<record::MapDefinition> inset_definition(record::Project const& project,
                                                      record::MapDefinition const& map,
                                                      record::InsetReference const& reference);

/// Areas that detail insets show larger, on the page of their parent; none below the deepest
/// level of insets.
std::vector<draw::Path> details_of(Inputs const& inputs, record::MapDefinition const& map,
                                   MapView const& view, int depth);

/// Puts a drawn map into its parent: a detail has its extent there, a locator shows the parent's.
void add_inset(Scene& parent, MapView const& parent_view, record::InsetReference const& reference,
               Scene child, MapView const& child_view);

}  // namespace hachure::scene
