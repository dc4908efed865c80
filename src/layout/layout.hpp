#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "draw/drawing.hpp"
#include "layout/frozen.hpp"
#include "layout/shape.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// What became of one label request; page millimetres of the outermost page.
struct PlacedLabel {
  std::string text;
  std::string record;  ///< `table.id`, within an inset `<map>/<inset>/table.id`
  std::string reason;  ///< placed, no-room, off-page, lower-priority, missing-glyph, merged
  bool placed = false;
  bool curved = false;
  bool required = false;
  LabelForm form = LabelForm::full;  ///< what it is set as
  std::string set;                   ///< the text as printed, where that is another one
  draw::Box box;                     ///< axis-aligned, of the ink
  std::vector<draw::Point> outline;  ///< polygon round the ink
};

/// A glyph that no font has, and where.
struct MissingText {
  std::string record;
  std::string text;
  char32_t code_point = 0;
};

/// The finished page with an account of its labels.
struct PageLayout {
  draw::Drawing drawing;
  std::vector<PlacedLabel> labels;  ///< placed + unplaced = requested
  std::vector<MissingText> missing;
  std::vector<std::string> fonts;  ///< PostScript names of the faces used, sorted
  FrozenPlacement placement;       ///< where the labels stand, for a later layout of the page
};

/// Places furniture and labels and composes the page. Labels that find no place are warnings if
/// they are required and entries of the result in any case.
/// @param previous the `placement` of an earlier layout, may be null: labels stay where they stood
///   as long as nothing hard is in their way
PageLayout lay_out(scene::Scene const& scene, Shaper const& shaper, base::Diagnostics& diagnostics,
                   FrozenPlacement const* previous = nullptr);

/// Reports each font of a style that is not installed (environment) with the package to install.
void check_fonts(Shaper const& shaper, std::vector<std::string> const& fonts,
                 std::string const& style, base::Diagnostics& diagnostics);

}  // namespace hachure::layout
