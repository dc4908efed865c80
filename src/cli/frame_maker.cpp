#include "cli/frame_maker.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "cli/pages.hpp"
#include "layout/shape.hpp"

namespace hachure::cli {

namespace {

scene::StageOptions stage_options(FramePlan const& plan, style::Style const& style) {
  double const ground_mm = plan.on_own_page ? 0 : ground_height_mm(*plan.map, style);
  return {plan.lang, plan.style, plan.span, plan.instants, ground_mm, plan.step_s};
}

/// The map as its frames show it: without the key of numbers and the order of battle, for which a
/// picture that moves on gives no time; in their size, with clock and timeline. On its own page it
/// lies beside controls that have both, and keeps its title, which the plate with the date has
/// otherwise.
record::MapDefinition staged(FramePlan const& plan, style::Style const& style) {
  auto map = plan.on_own_page ? *plan.map : resized(*plan.map, plan.size_px, style);
  std::erase_if(map.furniture, [&](auto const& item) {
    return item.kind == "event-key" || item.kind == "order-of-battle" ||
           (item.kind == "title" && !plan.on_own_page);
  });
  if (plan.on_own_page) return map;
  // Sizes of a legend were given for the printed page.
  for (auto& item : map.furniture) {
    if (item.kind != "legend") continue;
    item.placement.width.reset();
    item.placement.height.reset();
  }
  for (auto const* kind : {"date", "timeline"}) {
    if (std::ranges::find(map.furniture, kind, &record::FurnitureItem::kind) !=
        map.furniture.end()) {
      continue;
    }
    record::FurnitureItem item;
    item.kind = kind;
    item.origin = map.origin;
    map.furniture.push_back(std::move(item));
  }
  return map;
}

}  // namespace

struct FrameMaker::Worker {
  base::Diagnostics diagnostics;
  FrameView::Player player;
  std::optional<render::FramePainter> painter;

  explicit Worker(FrameView const& view) : player(view) {}
};

FrameMaker::FrameMaker(scene::Inputs const& inputs, FramePlan const& plan,
                       style::Style const& style, base::Diagnostics& diagnostics,
                       OtherView const* other)
    : map_(staged(plan, style)), plan_(plan) {
  auto options = stage_options(plan, style);
  layout::StageHints hints;
  if (other != nullptr) {
    auto const rotation_deg = map_.view.rotation_deg;
    map_.view = other->view;
    map_.view.rotation_deg = rotation_deg;
    map_.projection = other->own->view().projection().definition();
    options.ground_height_mm = 0;
    options.own_view = other->own;
    hints = other->hints;
  }
  // The list of fonts is read beside the geodata.
  layout::Shaper const shaper;
  base::Beside fonts([&] { shaper.families(); });
  stage_ = std::make_unique<scene::Stage>(inputs, map_, options, diagnostics);
  fonts.wait();
  layout_ = std::make_unique<layout::StageLayout>(
      layout::lay_out_stage(*stage_, shaper, diagnostics, hints));
  view_ = std::make_unique<FrameView>(*stage_, *layout_);
}

FrameMaker::~FrameMaker() = default;

void FrameMaker::prepare_pixels(int threads) {
  render::PaintOptions options;
  options.size_px = plan_.size_px;
  options.threads = threads;
  pixels_ = std::make_unique<render::FrameStage>(layout_->page.drawing, layout_->frame,
                                                 layout_->above, options);
}

void FrameMaker::start(std::size_t workers) {
  while (workers_.size() < workers) workers_.push_back(std::make_unique<Worker>(*view_));
}

FrameContent FrameMaker::content(std::size_t index, std::size_t worker) {
  auto& own = *workers_[worker];
  return own.player.at(plan_.instants[index], own.diagnostics);
}

FramePixels FrameMaker::frame(std::size_t index, std::size_t worker) {
  auto& own = *workers_[worker];
  if (!own.painter) own.painter.emplace(*pixels_);
  auto const& raster = own.painter->paint(content(index, worker).parts);
  return {raster, &own.painter->changes()};
}

void FrameMaker::rest(std::size_t worker) {
  workers_[worker]->painter.reset();
}

base::Diagnostics FrameMaker::problems() const {
  base::Diagnostics all;
  for (auto const& worker : workers_) all.append(worker->diagnostics);
  return all;
}

}  // namespace hachure::cli
