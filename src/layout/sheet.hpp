#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "layout/layout.hpp"
#include "layout/shape.hpp"
#include "scene/scene.hpp"

/// Small multiples: one map at several dates on one page.
namespace hachure::layout {

/// A page of maps before the maps are made.
struct SheetRequest {
  std::size_t cells = 1;
  double page_width_mm = 0;
  double page_height_mm = 0;
};

/// Where the maps of a sheet stand, so that their scenes can be built at that size.
struct SheetPlan {
  double page_width_mm = 0;
  double page_height_mm = 0;
  int columns = 1;
  int rows = 1;
  std::vector<draw::Box> maps;  ///< one for each cell, row by row, all of one size
  draw::Box content;            ///< the grid with its captions, as wide as the page's margins allow
  /// Where legend and scale stand.
  enum class KeyPlace {
    below,    ///< in a strip under the grid
    in_grid,  ///< in the empty places of the last row
    beside,   ///< in a column at the right of the grid
  };
  KeyPlace key_place = KeyPlace::below;
  draw::Box key_room;  ///< for legend and scale; open downwards below the grid
  /// How much smaller than on its own page the map is drawn: its scale is divided by this.
  double reduction = 1;
};

/// One date of a sheet.
struct SheetCell {
  scene::Scene scene;   ///< its frame is as large as the plan's maps; without furniture and insets
  std::string caption;  ///< the date
};

/// Rows and columns by which the maps come out largest, beside the title, legend, scale bar and
/// sources of `whole`.
/// @param whole the map on its own page with all that any of the cells shows: its frame tells the
///   shape of a cell, which may be up to a fifth wider or narrower
/// @throws Error input if the page has no room for maps
SheetPlan plan_sheet(SheetRequest const& request, scene::Scene const& whole, Shaper const& shaper);

/// `whole` with the legend and the numbered key of the cells: what a plan reserves room for once
/// there are scenes. Entries that several cells have stand once.
scene::Scene with_what_is_shown(scene::Scene const& whole, std::vector<SheetCell> const& cells);

/// Lays the cells out on up to `jobs` threads and composes the page. Names stand in the same place
/// in all cells where they can; labels without room are entries of the result, their records under
/// `<map>/<number of the cell>/`. Dates of paths are left out: the caption has the date.
/// @pre as many cells as the plan has maps, and `whole` as the plan was made with
PageLayout lay_out_sheet(SheetPlan const& plan, std::vector<SheetCell> const& cells,
                         scene::Scene const& whole, int jobs, base::Diagnostics& diagnostics);

}  // namespace hachure::layout
