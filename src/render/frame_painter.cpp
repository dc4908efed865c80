#include "render/frame_painter.hpp"

#include <cairo.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/error.hpp"
#include "render/cairo.hpp"

namespace hachure::render {

namespace {

/// A Cairo context over pixels of ours, in page millimetres.
class Canvas {
 public:
  Canvas(std::uint8_t* pixels, int width_px, int height_px, bool has_alpha, double scale_x,
         double scale_y)
      : surface_(cairo_image_surface_create_for_data(
            pixels, has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width_px, height_px,
            width_px * 4)),
        cr_(cairo_create(surface_)) {
    if (cairo_status(cr_) != CAIRO_STATUS_SUCCESS) {
      throw base::Error(base::Fault::defect, {}, "no canvas for a frame");
    }
    cairo_scale(cr_, scale_x, scale_y);
    painter_.emplace(cr_, CairoTarget::pixels);
  }
  ~Canvas() {
    painter_.reset();
    cairo_destroy(cr_);
    cairo_surface_destroy(surface_);
  }
  Canvas(Canvas const&) = delete;
  Canvas& operator=(Canvas const&) = delete;

  void paint(std::vector<draw::Node> const& nodes) { painter_->paint(nodes); }
  void clip(draw::Box const& box) {
    cairo_new_path(cr_);
    cairo_rectangle(cr_, box.min_x_mm, box.min_y_mm, box.width_mm(), box.height_mm());
    cairo_clip(cr_);
  }
  void unclip() { cairo_reset_clip(cr_); }
  void finish() { cairo_surface_flush(surface_); }
  /// To be said when the pixels were changed behind Cairo's back.
  void changed() { cairo_surface_mark_dirty(surface_); }

 private:
  cairo_surface_t* surface_;
  cairo_t* cr_;
  std::optional<CairoPainter> painter_;
};

/// Premultiplied colours with alpha, and where in each row they are.
struct Overlay {
  struct Span {
    int row;
    int begin;
    int end;
  };
  std::vector<std::uint32_t> pixels;
  std::vector<Span> spans;

  void find_spans(int width_px, int height_px) {
    spans.clear();
    // Gaps shorter than this cost less to run through than a span of their own.
    constexpr int short_gap = 16;
    for (int y = 0; y < height_px; ++y) {
      auto const* row = pixels.data() + static_cast<std::ptrdiff_t>(y) * width_px;
      int x = 0;
      while (x < width_px) {
        while (x < width_px && row[x] == 0) ++x;
        if (x == width_px) break;
        int const begin = x;
        int end = x + 1;
        for (; x < width_px && x - end < short_gap; ++x) {
          if (row[x] != 0) end = x + 1;
        }
        spans.push_back({y, begin, end});
      }
    }
  }
};

/// Colours of `over` on those of `under`, both premultiplied; exact to half a level
/// (x + 128 + (x + 128 >> 8)) >> 8 as in Jim Blinn, "Three Wrongs Make a Right" (1995).
std::uint32_t blended(std::uint32_t over, std::uint32_t under) {
  std::uint32_t const rest = 255 - (over >> 24);
  if (rest == 0) return over;
  std::uint32_t red_blue = (under & 0x00ff00ffU) * rest + 0x00800080U;
  red_blue = ((red_blue + ((red_blue >> 8) & 0x00ff00ffU)) >> 8) & 0x00ff00ffU;
  std::uint32_t rest_green = ((under >> 8) & 0x00ff00ffU) * rest + 0x00800080U;
  rest_green = (rest_green + ((rest_green >> 8) & 0x00ff00ffU)) & 0xff00ff00U;
  return over + (red_blue | rest_green);
}

void lay_over(Overlay const& overlay, std::uint8_t* bgrx, int width_px) {
  for (auto const& span : overlay.spans) {
    auto const at = static_cast<std::ptrdiff_t>(span.row) * width_px;
    for (int x = span.begin; x < span.end; ++x) {
      auto const over = overlay.pixels[static_cast<std::size_t>(at + x)];
      if (over == 0) continue;
      std::uint32_t under = 0;
      auto* const pixel = bgrx + (at + x) * 4;
      std::memcpy(&under, pixel, 4);
      under = blended(over, under);
      std::memcpy(pixel, &under, 4);
    }
  }
}

}  // namespace

struct FrameStage::Impl {
  Raster ground;
  draw::Box clip;
  double scale_x = 1;
  double scale_y = 1;
  std::vector<std::uint32_t> above;

  std::size_t pixels() const {
    return static_cast<std::size_t>(ground.width_px) * static_cast<std::size_t>(ground.height_px);
  }
};

FrameStage::FrameStage(draw::Drawing const& ground, draw::Box const& clip,
                       std::vector<draw::Node> const& above, PaintOptions const& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->ground = rasterised(ground, options);
  auto const& raster = impl_->ground;
  impl_->clip = clip;
  impl_->scale_x = raster.width_px / ground.width_mm;
  impl_->scale_y = raster.height_px / ground.height_mm;
  impl_->above.assign(impl_->pixels(), 0);
  Canvas canvas(reinterpret_cast<std::uint8_t*>(impl_->above.data()), raster.width_px,
                raster.height_px, true, impl_->scale_x, impl_->scale_y);
  canvas.paint(above);
  canvas.finish();
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
  Raster frame;
  std::optional<Canvas> canvas;
  /// The ground with those first pieces that have not changed for a while.
  std::vector<std::uint8_t> settled;
  std::vector<FramePiece> settled_pieces;
  bool has_settled = false;
  Overlay overlay;
  std::vector<FramePiece> overlay_labels;
  bool has_overlay = false;

  explicit Impl(FrameStage::Impl const& shared) : stage(shared), frame(shared.ground) {
    canvas.emplace(frame.bgrx.data(), frame.width_px, frame.height_px, false, stage.scale_x,
                   stage.scale_y);
  }

  /// Copies the settled pixels into the frame and gives the number of pieces that are in them.
  std::size_t start(std::vector<FrameParts::Part> const& pieces) {
    auto const steady_end = std::ranges::find_if_not(pieces, &FrameParts::Part::is_steady);
    auto const steady = static_cast<std::size_t>(steady_end - pieces.begin());
    bool const fits = has_settled && settled_pieces.size() <= pieces.size() &&
                      std::equal(settled_pieces.begin(), settled_pieces.end(), pieces.begin(),
                                 [](auto const& a, auto const& b) { return a == b.piece; });
    auto const& from = fits ? settled : stage.ground.bgrx;
    std::memcpy(frame.bgrx.data(), from.data(), from.size());
    std::size_t done = fits ? settled_pieces.size() : 0;
    canvas->changed();
    if (steady <= done) return done;
    for (; done < steady; ++done) canvas->paint(*pieces[done].piece);
    canvas->finish();
    settled = frame.bgrx;
    settled_pieces.clear();
    for (std::size_t i = 0; i < steady; ++i) settled_pieces.push_back(pieces[i].piece);
    has_settled = true;
    return done;
  }

  void set_overlay(std::vector<FramePiece> const& labels) {
    if (has_overlay && labels == overlay_labels) return;
    overlay.pixels.assign(stage.pixels(), 0);
    {
      Canvas over(reinterpret_cast<std::uint8_t*>(overlay.pixels.data()), frame.width_px,
                  frame.height_px, true, stage.scale_x, stage.scale_y);
      over.clip(stage.clip);
      for (auto const& label : labels) over.paint(*label);
      over.finish();
    }
    for (std::size_t i = 0; i < overlay.pixels.size(); ++i) {
      auto const above = stage.above[i];
      if (above != 0) overlay.pixels[i] = blended(above, overlay.pixels[i]);
    }
    overlay.find_spans(frame.width_px, frame.height_px);
    overlay_labels = labels;
    has_overlay = true;
  }
};

FramePainter::FramePainter(FrameStage const& stage) : impl_(new Impl(*stage.impl_)) {}
FramePainter::~FramePainter() = default;
FramePainter::FramePainter(FramePainter&&) noexcept = default;

Raster const& FramePainter::paint(FrameParts const& parts) {
  auto& canvas = *impl_->canvas;
  canvas.clip(impl_->stage.clip);
  auto const done = impl_->start(parts.pieces);
  for (std::size_t i = done; i < parts.pieces.size(); ++i) canvas.paint(*parts.pieces[i].piece);
  for (auto const& label : parts.passing) canvas.paint(*label);
  canvas.finish();
  canvas.unclip();
  impl_->set_overlay(parts.standing);
  lay_over(impl_->overlay, impl_->frame.bgrx.data(), impl_->frame.width_px);
  canvas.changed();
  canvas.paint(parts.plates);
  canvas.finish();
  return impl_->frame;
}

}  // namespace hachure::render
