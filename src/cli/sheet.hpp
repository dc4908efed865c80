#pragma once

#include <string>
#include <vector>

#include "layout/sheet.hpp"
#include "scene/build.hpp"
#include "scene/inputs.hpp"
#include "style/style.hpp"

namespace hachure::cli {

/// A date of a sheet.
struct SheetInstant {
  record::Instant at;
  std::string caption;  ///< as printed over its map
};

/// One map at several dates on one page.
struct SheetJob {
  record::MapDefinition const* map = nullptr;
  std::string lang;
  std::string style;  ///< style that replaces the map's own; may be empty
  std::vector<SheetInstant> instants;
  double page_width_mm = 0;  ///< 0: the map's own page
  double page_height_mm = 0;
  int jobs = 1;
};

/// Builds the map once for all that the dates show and once for each, and lays the sheet out.
/// @throws base::Error when the view cannot be made or the page has no room
layout::PageLayout make_sheet(scene::Inputs const& inputs, SheetJob const& job,
                              base::Diagnostics& diagnostics);

}  // namespace hachure::cli
