#include "cli/camera_run.hpp"

#include <algorithm>

#include "cli/pages.hpp"

namespace hachure::cli {

namespace {

bool is_error(base::Problem const& problem) {
  return problem.severity == base::Problem::Severity::error;
}

void add(base::Problem const& problem, base::Diagnostics& all) {
  if (is_error(problem)) {
    all.error(problem.origin, problem.message, problem.hint, problem.fault);
  } else {
    all.warn(problem.origin, problem.message, problem.hint);
  }
}

/// Adds what is not there yet: views of one map have most of their problems in common.
void add_new(base::Diagnostics const& more, base::Diagnostics& all) {
  for (auto const& problem : more.problems()) {
    auto const& known = all.problems();
    if (std::ranges::find(known, problem) == known.end()) add(problem, all);
  }
}

}  // namespace

CameraRun::CameraRun(scene::Inputs const& inputs, FramePlan const& plan, style::Style const& style,
                     base::Diagnostics& diagnostics)
    : inputs_(inputs), plan_(plan), style_(style) {
  own_ = std::make_unique<FrameMaker>(inputs, plan, style, diagnostics);
  auto const& stage = own_->stage();
  std::vector<scene::CameraRest> rests;
  for (auto const& stop : plan.sequence->camera) {
    // A scale is told for the map's page: a frame shows as much ground as that would.
    auto page = *plan.map;
    page.view = stop.view;
    auto const view =
        stage.other_view(resized(page, plan.size_px, style).view, ground_height_mm(page, style));
    auto const middle = view.to_map(view.frame().center());
    rests.push_back({stop.from, stop.until, {middle, view.scale()}});
  }
  path_ = std::make_unique<scene::CameraPath>(std::move(rests));
  panels_ = own_->layout().panels;
  legend_ = stage.whole().legend;
  place_stations(diagnostics);
}

CameraRun::~CameraRun() = default;

record::View CameraRun::view_of(scene::CameraView const& view) const {
  record::View out;
  out.center = own_->stage().view().projection().inverse(view.center);
  out.scale = view.scale;
  return out;
}

std::unique_ptr<FrameMaker> CameraRun::make_station(scene::CameraView const& view,
                                                    base::Diagnostics& diagnostics) {
  base::Diagnostics said;
  OtherView const other{view_of(view), &own_->stage(), {placed_before_, &panels_, &legend_, {}}};
  auto maker = std::make_unique<FrameMaker>(inputs_, plan_, style_, said, &other);
  placed_before_ = &maker->layout().page.placement;
  add_new(said, diagnostics);
  return maker;
}

void CameraRun::place_stations(base::Diagnostics& diagnostics) {
  auto const frame = own_->stage().view().frame();
  double const frame_mm = std::min(frame.width_mm(), frame.height_mm());
  for (std::size_t rest = 0; rest < path_->rests().size(); ++rest) {
    std::vector<Station> way;
    int const parts = path_->parts_after(rest, frame_mm);
    for (int part = 0; part < parts; ++part) {
      double const share = static_cast<double>(part) / parts;
      way.push_back({share, make_station(path_->view({rest, share}), diagnostics)});
    }
    stations_.push_back(std::move(way));
  }
}

void CameraRun::start(std::size_t workers) {
  workers_.resize(std::max(workers, workers_.size()));
  for (auto& way : stations_) way.front().maker->start(workers);
}

void CameraRun::prepare_pixels(int threads) {
  for (auto& way : stations_) way.front().maker->prepare_pixels(threads);
}

double CameraRun::dpi() const {
  return stations_.front().front().maker->dpi();
}

layout::PageLayout const& CameraRun::page() const {
  return stations_.front().front().maker->page();
}

std::unique_ptr<FrameMaker> CameraRun::make_on_way(scene::CameraPath::Position const& position,
                                                   base::Diagnostics& diagnostics) const {
  auto const& way = stations_[position.rest];
  std::size_t before = 0;
  while (before + 1 < way.size() && way[before + 1].share <= position.share) ++before;
  bool const is_last = before + 1 == way.size();
  auto const& after = is_last ? stations_[position.rest + 1].front() : way[before + 1];
  double const end = is_last ? 1 : after.share;
  layout::LabelPassage passage;
  passage.from = &way[before].maker->layout();
  passage.to = &after.maker->layout();
  passage.share = (position.share - way[before].share) / (end - way[before].share);
  base::Diagnostics said;
  OtherView const other{
      view_of(path_->view(position)), &own_->stage(), {nullptr, &panels_, &legend_, &passage}};
  auto maker = std::make_unique<FrameMaker>(inputs_, plan_, style_, said, &other);
  // Warnings of what finds no room are said of the views at rest.
  for (auto const& problem : said.problems()) {
    if (is_error(problem)) add(problem, diagnostics);
  }
  return maker;
}

FrameMaker& CameraRun::maker_of(std::size_t index, std::size_t worker, bool with_pixels) {
  auto& own = workers_[worker];
  auto const position = path_->position(plan_.instants[index]);
  own.on_way.reset();
  if (position.share <= 0) {
    auto* station = stations_[position.rest].front().maker.get();
    if (own.resting != nullptr && own.resting != station) own.resting->rest(worker);
    own.resting = station;
    return *station;
  }
  own.on_way = make_on_way(position, own.problems);
  own.on_way->start(worker + 1);
  if (with_pixels) own.on_way->prepare_pixels(1);
  return *own.on_way;
}

FrameContent CameraRun::content(std::size_t index, std::size_t worker) {
  return maker_of(index, worker, false).content(index, worker);
}

FramePixels CameraRun::frame(std::size_t index, std::size_t worker) {
  auto& maker = maker_of(index, worker, true);
  auto pixels = maker.frame(index, worker);
  // A station knows its own frames, not those that were made elsewhere between two of them.
  if (workers_[worker].last != &maker) pixels.changes = nullptr;
  workers_[worker].last = &maker;
  return pixels;
}

base::Diagnostics CameraRun::problems() const {
  base::Diagnostics all;
  for (auto const& way : stations_) add_new(way.front().maker->problems(), all);
  for (auto const& worker : workers_) add_new(worker.problems, all);
  return all;
}

}  // namespace hachure::cli
