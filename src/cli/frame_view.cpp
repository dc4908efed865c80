#include "cli/frame_view.hpp"

#include <utility>

#include "draw/prefix.hpp"
#include "layout/furniture.hpp"
#include "layout/shape.hpp"

namespace hachure::cli {

namespace {

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

/// What moves in a map within the map, on the page of that one.
draw::Node inset_node(layout::StageInset const& inset, FrameContent const& content) {
  draw::Group group;
  group.clip.emplace();
  group.clip->add_box(inset.layout->frame);
  auto const add = [&](std::vector<draw::Node> const& nodes) {
    group.children.insert(group.children.end(), nodes.begin(), nodes.end());
  };
  auto const& parts = content.parts;
  for (auto const* list : {&parts.pieces, &parts.passing, &parts.standing}) {
    for (auto const& piece : *list) add(*piece);
  }
  add(parts.plates);
  prefix_ids(group, inset.prefix);
  draw::Node node{std::move(group)};
  layout::shift(node, inset.at);
  return node;
}

}  // namespace

FrameView::FrameView(scene::Stage const& stage, layout::StageLayout const& layout)
    : stage_(stage), layout_(layout) {
  for (std::size_t i = 0; i < layout.labels.size(); ++i) {
    auto const& label = layout.labels[i];
    render::FramePiece piece;
    if (label.node) piece = std::make_shared<std::vector<draw::Node> const>(1, *label.node);
    label_pieces_.push_back(std::move(piece));
    if (!label.is_static) label_index_.emplace(label.request->id, i);
  }
  for (auto const& inset : layout.insets) insets_.emplace_back(*inset.stage, *inset.layout);
}

FrameView::Player::Player(FrameView const& view) : view_(view), player_(view.stage_) {
  for (auto const& inset : view.insets_) insets_.push_back(std::make_unique<Player>(inset));
}

void FrameView::Player::add_labels(scene::Moment const& moment, FrameContent& out) {
  auto const& labels = view_.layout_.labels;
  std::vector<bool> stands(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    stands[i] = labels[i].is_static && labels[i].chosen;
  }
  for (auto const& shown : moment.labels) {
    auto const it = view_.label_index_.find(shown.request->id);
    if (it == view_.label_index_.end()) continue;
    auto const& planned = labels[it->second];
    if (!planned.chosen) continue;
    if (is_as_planned(*planned.request, *shown.request)) {
      stands[it->second] = true;
    } else {
      auto& piece = labels_[shown.request];
      if (!piece) {
        piece = std::make_shared<std::vector<draw::Node> const>(
            1, layout::moved_label(planned, *shown.request, shaper_));
      }
      out.parts.passing.push_back(piece);
    }
    out.labels.emplace_back(it->first, layout::offset_of(planned));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (stands[i]) out.parts.standing.push_back(view_.label_pieces_[i]);
  }
  // What moves on is never shown again: the next frames have requests of their own.
  constexpr std::size_t many = 4096;
  if (labels_.size() > many) labels_.clear();
}

FrameContent FrameView::Player::at(record::Instant instant, base::Diagnostics& diagnostics) {
  auto const moment = player_.at(instant, diagnostics);
  FrameContent out;
  for (auto const& piece : moment.pieces) {
    out.parts.pieces.push_back(piece.nodes);
    out.groups.push_back(piece.group);
  }
  add_labels(moment, out);
  for (std::size_t i = 0; i < insets_.size(); ++i) {
    auto const content = insets_[i]->at(instant, diagnostics);
    out.parts.plates.push_back(inset_node(view_.layout_.insets[i], content));
  }
  for (auto& plate : view_.layout_.plates_at(instant)) out.parts.plates.push_back(std::move(plate));
  return out;
}

}  // namespace hachure::cli
