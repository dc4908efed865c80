#include "cli/frame_maker.hpp"

#include <algorithm>

#include "cli/pages.hpp"
#include "layout/shape.hpp"

namespace hachure::cli {

namespace {

scene::StageOptions stage_options(FramePlan const& plan, style::Style const& style) {
  double const ground_mm = plan.on_own_page ? 0 : ground_height_mm(*plan.map, style);
  return {plan.lang, plan.style, plan.span, plan.instants, ground_mm, plan.step_s};
}

/// The map as its frames show it: without the key of numbers, for which a picture that moves on
/// gives no time; in their size, with clock and timeline. On its own page it lies beside controls
/// that have both, and keeps its title, which the plate with the date has otherwise.
record::MapDefinition staged(FramePlan const& plan, style::Style const& style) {
  auto map = plan.on_own_page ? *plan.map : resized(*plan.map, plan.size_px, style);
  std::erase_if(map.furniture, [&](auto const& item) {
    return item.kind == "event-key" || (item.kind == "title" && !plan.on_own_page);
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

/// Whether a label of a frame looks and stands as it was planned.
bool is_as_planned(scene::LabelRequest const& planned, scene::LabelRequest const& shown) {
  auto const badge = [](scene::LabelRequest const& r) {
    return r.badge ? std::pair(r.badge->ring, r.badge->fill)
                   : std::pair<draw::Color, draw::Color>();
  };
  auto const tab = [](scene::LabelRequest const& r) {
    return r.flag ? std::pair(r.flag->tab, r.flag->staff) : std::pair<draw::Color, draw::Color>();
  };
  return shown.opacity >= 1 && shown.anchor == planned.anchor && shown.spans == planned.spans &&
         badge(shown) == badge(planned) && tab(shown) == tab(planned);
}

}  // namespace

struct FrameMaker::Worker {
  base::Diagnostics diagnostics;
  layout::Shaper shaper;
  scene::Stage::Player player;
  std::optional<render::FramePainter> painter;
  /// Labels that differ from the plan, by the request they were made from, which is kept alive.
  std::map<std::shared_ptr<scene::LabelRequest const>, render::FramePiece> labels;

  explicit Worker(scene::Stage const& stage) : player(stage) {}
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
  stage_ = std::make_unique<scene::Stage>(inputs, map_, options, diagnostics);
  layout::Shaper const shaper;
  layout_ = std::make_unique<layout::StageLayout>(
      layout::lay_out_stage(*stage_, shaper, diagnostics, hints));
  for (std::size_t i = 0; i < layout_->labels.size(); ++i) {
    auto const& label = layout_->labels[i];
    render::FramePiece piece;
    if (label.node) piece = std::make_shared<std::vector<draw::Node> const>(1, *label.node);
    label_pieces_.push_back(std::move(piece));
    if (!label.is_static) label_index_.emplace(label.request->id, i);
  }
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
  while (workers_.size() < workers) workers_.push_back(std::make_unique<Worker>(*stage_));
}

FrameContent FrameMaker::content(std::size_t index, std::size_t worker) {
  auto& own = *workers_[worker];
  auto const moment = own.player.at(plan_.instants[index], own.diagnostics);
  FrameContent out;
  for (auto const& piece : moment.pieces) {
    out.parts.pieces.push_back(piece.nodes);
    out.groups.push_back(piece.group);
  }
  auto const& labels = layout_->labels;
  std::vector<bool> stands(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    stands[i] = labels[i].is_static && labels[i].chosen;
  }
  for (auto const& shown : moment.labels) {
    auto const it = label_index_.find(shown.request->id);
    if (it == label_index_.end()) continue;
    auto const& planned = labels[it->second];
    if (!planned.chosen) continue;
    if (is_as_planned(*planned.request, *shown.request)) {
      stands[it->second] = true;
    } else {
      auto& piece = own.labels[shown.request];
      if (!piece) {
        piece = std::make_shared<std::vector<draw::Node> const>(
            1, layout::moved_label(planned, *shown.request, own.shaper));
      }
      out.parts.passing.push_back(piece);
    }
    out.labels.emplace_back(it->first, layout::offset_of(planned));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (stands[i]) out.parts.standing.push_back(label_pieces_[i]);
  }
  out.parts.plates = layout_->plates_at(plan_.instants[index]);
  // What moves on is never shown again: the next frames have requests of their own.
  constexpr std::size_t many = 4096;
  if (own.labels.size() > many) own.labels.clear();
  return out;
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
