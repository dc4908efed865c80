#include "render/frame_painter.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "draw/same_ink.hpp"
#include "render/ink.hpp"

namespace hachure::render {

namespace {

/// A piece of a frame with its ink, which is kept for as long as frames show it.
struct Layer {
  FramePiece piece;  ///< null for what the stage has above
  std::shared_ptr<Ink const> ink;
};

/// Layers by the address of their piece.
class Shown {
 public:
  explicit Shown(std::vector<Layer> const& layers) {
    for (auto const& layer : layers) {
      if (layer.piece) by_piece_.push_back(&layer);
    }
    std::ranges::sort(by_piece_, {}, [](Layer const* layer) { return layer->piece.get(); });
  }
  /// The ink of a piece, if it was shown.
  std::shared_ptr<Ink const> find(FramePiece const& piece) const {
    auto const it = std::ranges::lower_bound(by_piece_, piece.get(), {},
                                             [](Layer const* layer) { return layer->piece.get(); });
    return it != by_piece_.end() && (*it)->piece == piece ? (*it)->ink : nullptr;
  }

 private:
  std::vector<Layer const*> by_piece_;
};

using Layers = std::vector<Layer>;

/// Marks where two rows of layers differ that take each other's place.
void mark_replaced(std::span<Layer const> gone, std::span<Layer const> come,
                   StreamLayout const& layout, ChangedSegments& segments) {
  auto const both = std::min(gone.size(), come.size());
  for (std::size_t i = 0; i < both; ++i) {
    mark_differences(*gone[i].ink, *come[i].ink, layout, segments);
  }
  for (auto const& layer : gone.subspan(both)) layer.ink->mark(segments);
  for (auto const& layer : come.subspan(both)) layer.ink->mark(segments);
}

/// Marks where pixels may differ between the layers of two frames: layers that both have, in the
/// same order, change nothing; those between them take each other's place.
void mark_changes(Layers const& before, Layers const& now, StreamLayout const& layout,
                  ChangedSegments& segments) {
  Shown const shown(before);
  auto gone = before.begin();
  auto come = now.begin();
  for (auto layer = now.begin(); layer < now.end(); ++layer) {
    if (layer->piece && !shown.find(layer->piece)) continue;
    auto const it = std::ranges::find(gone, before.end(), layer->ink, &Layer::ink);
    if (it == before.end()) continue;
    mark_replaced({gone, it}, {come, layer}, layout, segments);
    gone = it + 1;
    come = layer + 1;
  }
  mark_replaced({gone, before.end()}, {come, now.end()}, layout, segments);
}

}  // namespace

namespace {

/// Plates are drawn anew for each frame, though little of them changes: their parts are compared
/// with those of the frame before.
class Plates {
 public:
  /// The parts in paint order, by the pointers of the frame before where they are the same.
  std::vector<FramePiece> const& parts_of(std::vector<draw::Node> const& plates) {
    auto const before = std::move(parts_);
    parts_.clear();
    auto next = before.begin();
    for (auto const& plate : plates) add(plate, next, before.end());
    return parts_;
  }

 private:
  using Next = std::vector<FramePiece>::const_iterator;

  void add(draw::Node const& node, Next& next, Next const& end) {
    auto const* group = std::get_if<draw::Group>(&node.value);
    if (group != nullptr && !group->clip && group->opacity >= 1) {
      for (auto const& child : group->children) add(child, next, end);
      return;
    }
    auto const it = std::find_if(
        next, end, [&](FramePiece const& piece) { return draw::same_ink(piece->front(), node); });
    if (it == end) {
      parts_.push_back(std::make_shared<std::vector<draw::Node> const>(1, node));
    } else {
      parts_.push_back(*it);
      next = it + 1;
    }
  }

  std::vector<FramePiece> parts_;
};

}  // namespace

struct FrameStage::Impl {
  Raster ground;
  PageInPixels page;
  draw::Box clip;  ///< mm
  std::shared_ptr<Ink const> above;
};

FrameStage::FrameStage(draw::Drawing const& ground, draw::Box const& clip,
                       std::vector<draw::Node> const& above, PaintOptions const& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->ground = rasterised(ground, options);
  auto const& raster = impl_->ground;
  impl_->page = {raster.width_px, raster.height_px, raster.width_px / ground.width_mm,
                 raster.height_px / ground.height_mm};
  impl_->clip = clip;
  impl_->above = std::make_shared<Ink const>(InkPress(impl_->page).ink_of(above, {}));
}

FrameStage::~FrameStage() = default;

int FrameStage::width_px() const {
  return impl_->ground.width_px;
}
int FrameStage::height_px() const {
  return impl_->ground.height_px;
}
double FrameStage::dpi() const {
  return impl_->ground.dpi;
}

struct FramePainter::Impl {
  FrameStage::Impl const& stage;
  StreamLayout layout;
  Raster frame;
  InkPress press;
  Plates plates;
  std::vector<Layer> layers;  ///< of the frame, in paint order
  ChangedSegments changes;    ///< of the frame against the one before
  bool is_first = true;

  explicit Impl(FrameStage::Impl const& shared)
      : stage(shared),
        layout(shared.page.layout()),
        frame(shared.ground),
        press(shared.page),
        changes(layout) {}

  std::vector<Layer> layers_of(FrameParts const& parts) {
    Shown const shown(layers);
    std::vector<Layer> out;
    auto const add = [&](FramePiece const& piece, draw::Box const& clip) {
      auto ink = shown.find(piece);
      if (!ink) ink = std::make_shared<Ink const>(press.ink_of(*piece, clip));
      out.push_back({piece, std::move(ink)});
    };
    for (auto const* some : {&parts.pieces, &parts.passing, &parts.standing}) {
      for (auto const& piece : *some) add(piece, stage.clip);
    }
    out.push_back({nullptr, stage.above});
    for (auto const& part : plates.parts_of(parts.plates)) add(part, {});
    return out;
  }

  /// Puts the ground back where something has changed, and lays all layers over it there.
  void paint_changes() {
    auto const* const ground = stage.ground.bgrx.data();
    changes.for_each([&](std::uint32_t segment) {
      auto const part = layout.segment(segment);
      auto const at = layout.pixel_of(part.row, part.begin) * 4;
      std::memcpy(frame.bgrx.data() + at, ground + at, std::size_t{part.end - part.begin} * 4);
    });
    for (auto const& layer : layers) layer.ink->lay_over(frame.bgrx.data(), layout, changes);
  }
};

FramePainter::FramePainter(FrameStage const& stage) : impl_(new Impl(*stage.impl_)) {}
FramePainter::~FramePainter() = default;
FramePainter::FramePainter(FramePainter&&) noexcept = default;

Raster const& FramePainter::paint(FrameParts const& parts) {
  auto now = impl_->layers_of(parts);
  auto& changes = impl_->changes;
  changes.clear();
  if (std::exchange(impl_->is_first, false)) changes.add_all();
  mark_changes(impl_->layers, now, impl_->layout, changes);
  impl_->layers = std::move(now);
  impl_->paint_changes();
  return impl_->frame;
}

ChangedSegments const& FramePainter::changes() const {
  return impl_->changes;
}

}  // namespace hachure::render
