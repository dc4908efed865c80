#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "cli/timings.hpp"
#include "layout/layout.hpp"
#include "scene/build.hpp"
#include "scene/inputs.hpp"
#include "style/style.hpp"

/// The way from Inputs to finished pages, shared by `render` and `check`.
namespace hachure::cli {

/// One page to make: a map in a language.
struct PageRequest {
  record::MapDefinition const* map = nullptr;
  scene::BuildOptions options;
  std::optional<std::pair<int, int>> size_px;         ///< `--size`
  layout::FrozenPlacement const* previous = nullptr;  ///< of `--placement`; may be null
};

/// One page made, with what is said of it.
struct Page {
  PageRequest request;
  std::optional<layout::PageLayout> layout;      ///< nothing when an error stopped it
  std::vector<scene::Scene::LayerCount> counts;  ///< of the map, then `<inset>/<id>` of its insets
  base::Diagnostics diagnostics;
};

/// The map on a page of `size_px` pixels: its view keeps the centre and shows at least what it
/// showed before. Boxes and lists to fit are widened by the view itself.
record::MapDefinition resized(record::MapDefinition const& map, std::pair<int, int> size_px,
                              style::Style const& style);

/// Height on the ground that a map of a given scale shows, in millimetres as at 1:1; 0 of a map
/// that is fitted to a box or to records.
double ground_height_mm(record::MapDefinition const& map, style::Style const& style);

/// Reports every glyph that no font has, at the record whose text holds it.
void report_missing(record::Records const& records, std::vector<layout::MissingText> const& missing,
                    base::Diagnostics& diagnostics);

/// Seconds of SOURCE_DATE_EPOCH, 0 when it is not set.
/// See https://reproducible-builds.org/specs/source-date-epoch/
/// @throws base::Error environment when it is not a whole number of seconds
std::int64_t source_date_epoch();

/// Styles by name, each read once for all maps of a run.
using Styles = std::map<std::string, style::Style>;

/// Every page's style, read; problems, and fonts that are not installed, go to `diagnostics`.
Styles read_styles(scene::Inputs const& inputs, std::vector<PageRequest> const& requests,
                   base::Diagnostics& diagnostics);

/// Name of the style of a page.
std::string const& style_of(PageRequest const& request);

/// Builds and lays out every page on up to `jobs` threads. A page that fails holds its errors.
/// @param finish called with each page on the thread that made it; it may add to the diagnostics
std::vector<Page> make_pages(scene::Inputs const& inputs, std::vector<PageRequest> const& requests,
                             Styles const& styles, int jobs, Timings& timings,
                             std::function<void(Page&, std::size_t index)> const& finish);

/// The languages of a run: those asked for, else the project's first. One that the project does not
/// have is an error with a near miss.
std::vector<std::string> languages_of(record::Project const& project,
                                      std::vector<std::string> const& asked,
                                      base::Diagnostics& diagnostics);

/// The record `table.id` (behind `<map>/` of insets) of a label or a missing glyph: where it
/// stands.
base::Origin origin_of(record::Records const& records, std::string const& record);

}  // namespace hachure::cli
