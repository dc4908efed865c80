#include "cli/sheet.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"

namespace hachure::cli {

namespace {

/// The map as a cell: as large as the plan's maps within the style's margins, which are cut off.
record::MapDefinition cell_map(record::MapDefinition const& map, layout::SheetPlan const& plan,
                               double margin_mm) {
  auto cell = map;
  cell.page_width_mm = plan.maps.front().width_mm() + 2 * margin_mm;
  cell.page_height_mm = plan.maps.front().height_mm() + 2 * margin_mm;
  cell.furniture.clear();
  cell.insets.clear();
  if (cell.view.scale) *cell.view.scale *= plan.reduction;
  return cell;
}

/// The dates as a run of frames, so that ages and years mean the same in every cell.
scene::BuildOptions::Run run_of(SheetJob const& job) {
  auto const first = job.instants.front().at;
  auto const last = job.instants.back().at;
  auto begin = first;
  if (job.map->when) begin = std::min(begin, record::outer(*job.map->when).earliest);
  auto const steps = static_cast<std::int64_t>(std::max<std::size_t>(2, job.instants.size()) - 1);
  return {{begin, last, false, false},
          {},
          0,
          std::max<std::int64_t>(1, (last.seconds - first.seconds) / steps)};
}

/// The scenes of all dates at the size that the plan gives them.
std::vector<layout::SheetCell> build_cells(scene::Inputs const& inputs, SheetJob const& job,
                                           record::MapDefinition const& cell,
                                           base::Diagnostics& diagnostics) {
  std::vector<layout::SheetCell> cells(job.instants.size());
  std::vector<base::Diagnostics> said(cells.size());
  base::for_each_index(cells.size(), job.jobs, [&](std::size_t index, std::size_t) {
    auto const& instant = job.instants[index];
    scene::BuildOptions const options{
        .lang = job.lang, .style = job.style, .at = instant.at, .during = {}, .run = run_of(job)};
    cells[index] = {scene::build_scene(inputs, cell, options, said[index]), instant.caption};
  });
  for (auto const& of_cell : said) diagnostics.append(of_cell);
  return cells;
}

bool same_size(layout::SheetPlan const& a, layout::SheetPlan const& b) {
  constexpr double tolerance_mm = 0.05;
  auto const differ = [](double x, double y) { return std::abs(x - y) > tolerance_mm; };
  return !differ(a.maps.front().width_mm(), b.maps.front().width_mm()) &&
         !differ(a.maps.front().height_mm(), b.maps.front().height_mm());
}

}  // namespace

layout::PageLayout make_sheet(scene::Inputs const& inputs, SheetJob const& job,
                              base::Diagnostics& diagnostics) {
  auto const& map = *job.map;
  scene::BuildOptions const last{
      .lang = job.lang, .style = job.style, .at = job.instants.back().at, .during = {}};
  auto whole = scene::build_scene(inputs, map, last, diagnostics);
  layout::Shaper const shaper;
  layout::SheetRequest const request{
      job.instants.size(), job.page_width_mm > 0 ? job.page_width_mm : map.page_width_mm,
      job.page_height_mm > 0 ? job.page_height_mm : map.page_height_mm};
  auto plan = layout::plan_sheet(request, whole, shaper);
  // A smaller map shows other ground and other layers, whose legend takes other room: the scenes
  // are built again until the room stays, which is at the second time but for odd cases.
  std::vector<layout::SheetCell> cells;
  base::Diagnostics said;
  constexpr int most_times = 4;
  for (int time = 0; time < most_times; ++time) {
    said = {};
    cells = build_cells(inputs, job, cell_map(map, plan, whole.look.margin_mm), said);
    whole = layout::with_what_is_shown(whole, cells);
    auto next = layout::plan_sheet(request, whole, shaper);
    if (same_size(plan, next)) {
      plan = std::move(next);
      break;
    }
    if (time + 1 < most_times) plan = std::move(next);
  }
  diagnostics.append(said);
  return layout::lay_out_sheet(plan, cells, whole, job.jobs, diagnostics);
}

}  // namespace hachure::cli
