#include "render/frame_painter.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "draw/dump.hpp"
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

/// Whole pixels of the page.
struct PixelBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

/// Premultiplied colours with alpha, and where they are.
struct Ink {
  struct Run {
    std::size_t at;  ///< its first pixel in the page, row by row
    std::size_t count;
  };
  std::vector<std::uint32_t> pixels;  ///< of the runs, one after the other
  std::vector<Run> runs;

  /// Adds what is in a part of `page`, a picture of rows of `width_px`.
  void add(std::vector<std::uint32_t> const& page, int width_px, PixelBox const& box) {
    for (int y = box.top; y < box.bottom; ++y) {
      auto const row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px);
      add_row(page, row + static_cast<std::size_t>(box.left),
              row + static_cast<std::size_t>(box.right));
    }
  }

 private:
  void add_row(std::vector<std::uint32_t> const& page, std::size_t at, std::size_t end_of_row) {
    // Gaps shorter than this cost less to run through than a run of their own.
    constexpr std::size_t short_gap = 16;
    while (true) {
      while (at < end_of_row && page[at] == 0) ++at;
      if (at == end_of_row) return;
      std::size_t const begin = at;
      std::size_t end = at + 1;
      for (; at < end_of_row && at < end + short_gap; ++at) {
        if (page[at] != 0) end = at + 1;
      }
      runs.push_back({begin, end - begin});
      auto const first = page.begin() + static_cast<std::ptrdiff_t>(begin);
      pixels.insert(pixels.end(), first, first + static_cast<std::ptrdiff_t>(end - begin));
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

void lay_over(Ink const& ink, std::uint8_t* bgrx) {
  auto const* over = ink.pixels.data();
  for (auto const& run : ink.runs) {
    auto* pixel = bgrx + run.at * 4;
    for (auto const* const end = over + run.count; over < end; ++over, pixel += 4) {
      if (*over == 0) continue;
      std::uint32_t under = 0;
      std::memcpy(&under, pixel, 4);
      under = blended(*over, under);
      std::memcpy(pixel, &under, 4);
    }
  }
}

/// A page and the part of it where things move.
struct PageInPixels {
  int width_px = 0;
  int height_px = 0;
  double scale_x = 1;  ///< pixels per millimetre
  double scale_y = 1;
  draw::Box clip;  ///< mm

  std::size_t pixels() const {
    return static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px);
  }
};

/// Pieces painted once, for as long as frames show them. The pixels are those of a piece painted by
/// itself, so that it does not matter whether it is kept.
class KeptInk {
 public:
  explicit KeptInk(PageInPixels const& size)
      : size_(size),
        page_(size.pixels()),
        canvas_(reinterpret_cast<std::uint8_t*>(page_.data()), size.width_px, size.height_px, true,
                size.scale_x, size.scale_y) {
    canvas_.clip(size.clip);
  }

  Ink const& of(FramePiece const& piece) {
    auto& kept = kept_[piece.get()];
    if (!kept.piece) kept = {piece, painted(*piece), 0};
    kept.last_round = round_;
    return kept.ink;
  }
  /// To be said before each frame: what has long not been shown is forgotten.
  void next_frame() {
    constexpr std::size_t few = 256;
    constexpr std::uint64_t long_ago = 8;
    ++round_;
    if (kept_.size() <= few) return;
    std::erase_if(kept_,
                  [&](auto const& entry) { return entry.second.last_round + long_ago < round_; });
  }

 private:
  struct Kept {
    FramePiece piece;
    Ink ink;
    std::uint64_t last_round = 0;
  };

  Ink painted(std::vector<draw::Node> const& nodes) {
    draw::Box box;
    for (auto const& node : nodes) box.add(draw::ink_box(node));
    Ink ink;
    if (box.empty()) return ink;
    auto const pixels = pixels_of(box);
    canvas_.paint(nodes);
    canvas_.finish();
    ink.add(page_, size_.width_px, pixels);
    for (auto const& run : ink.runs) {
      std::fill_n(page_.begin() + static_cast<std::ptrdiff_t>(run.at), run.count, 0U);
    }
    canvas_.changed();
    return ink;
  }
  PixelBox pixels_of(draw::Box const& box) const {
    constexpr double soft_edge_px = 2;
    auto const place = [](double px, int size_px) {
      return static_cast<int>(std::clamp(px, 0.0, static_cast<double>(size_px)));
    };
    int const width = size_.width_px;
    int const height = size_.height_px;
    return {place(std::floor(box.min_x_mm * size_.scale_x - soft_edge_px), width),
            place(std::floor(box.min_y_mm * size_.scale_y - soft_edge_px), height),
            place(std::ceil(box.max_x_mm * size_.scale_x + soft_edge_px), width),
            place(std::ceil(box.max_y_mm * size_.scale_y + soft_edge_px), height)};
  }

  PageInPixels size_;
  std::vector<std::uint32_t> page_;  ///< transparent between pieces
  Canvas canvas_;
  std::map<std::vector<draw::Node> const*, Kept> kept_;
  std::uint64_t round_ = 0;
};

}  // namespace

struct FrameStage::Impl {
  Raster ground;
  PageInPixels page;
  Ink above;
};

FrameStage::FrameStage(draw::Drawing const& ground, draw::Box const& clip,
                       std::vector<draw::Node> const& above, PaintOptions const& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->ground = rasterised(ground, options);
  auto const& raster = impl_->ground;
  impl_->page = {raster.width_px, raster.height_px, raster.width_px / ground.width_mm,
                 raster.height_px / ground.height_mm, clip};
  std::vector<std::uint32_t> page(impl_->page.pixels());
  Canvas canvas(reinterpret_cast<std::uint8_t*>(page.data()), raster.width_px, raster.height_px,
                true, impl_->page.scale_x, impl_->page.scale_y);
  canvas.paint(above);
  canvas.finish();
  impl_->above.add(page, raster.width_px, {0, 0, raster.width_px, raster.height_px});
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
  std::vector<FramePiece> before;  ///< all pieces of the frame before
  KeptInk kept;

  explicit Impl(FrameStage::Impl const& shared)
      : stage(shared), frame(shared.ground), kept(shared.page) {
    canvas.emplace(frame.bgrx.data(), frame.width_px, frame.height_px, false, stage.page.scale_x,
                   stage.page.scale_y);
  }

  /// Copies the settled pixels into the frame and gives the number of pieces that are in them.
  std::size_t start(std::vector<FrameParts::Part> const& pieces) {
    bool const fits = settled_pieces.size() <= pieces.size() &&
                      std::equal(settled_pieces.begin(), settled_pieces.end(), pieces.begin(),
                                 [](auto const& a, auto const& b) { return a == b.piece; });
    auto const& from = fits && !settled.empty() ? settled : stage.ground.bgrx;
    std::memcpy(frame.bgrx.data(), from.data(), from.size());
    canvas->changed();
    std::size_t const done = fits ? settled_pieces.size() : 0;
    // Copying a frame costs as much as laying down some pieces.
    constexpr std::size_t worth_settling = 8;
    auto const steady = standing(pieces);
    before.clear();
    for (auto const& part : pieces) before.push_back(part.piece);
    return steady < done + worth_settling ? done : settle(pieces, done, steady);
  }
  /// How many of the first pieces are steady and were in the frame before as well.
  std::size_t standing(std::vector<FrameParts::Part> const& pieces) const {
    std::size_t n = 0;
    while (n < pieces.size() && n < before.size() && pieces[n].is_steady &&
           pieces[n].piece == before[n]) {
      ++n;
    }
    return n;
  }
  std::size_t settle(std::vector<FrameParts::Part> const& pieces, std::size_t done,
                     std::size_t end) {
    settled_pieces.resize(done);
    for (; done < end; ++done) {
      paint(pieces[done]);
      settled_pieces.push_back(pieces[done].piece);
    }
    canvas->finish();
    settled = frame.bgrx;
    return done;
  }

  void paint(FrameParts::Part const& part) {
    if (part.is_steady) {
      lay(kept.of(part.piece));
    } else {
      canvas->paint(*part.piece);
    }
  }
  void lay(Ink const& ink) {
    canvas->finish();
    lay_over(ink, frame.bgrx.data());
    canvas->changed();
  }
};

FramePainter::FramePainter(FrameStage const& stage) : impl_(new Impl(*stage.impl_)) {}
FramePainter::~FramePainter() = default;
FramePainter::FramePainter(FramePainter&&) noexcept = default;

Raster const& FramePainter::paint(FrameParts const& parts) {
  auto& canvas = *impl_->canvas;
  impl_->kept.next_frame();
  canvas.clip(impl_->stage.page.clip);
  auto const done = impl_->start(parts.pieces);
  for (std::size_t i = done; i < parts.pieces.size(); ++i) impl_->paint(parts.pieces[i]);
  for (auto const& label : parts.passing) canvas.paint(*label);
  canvas.unclip();
  for (auto const& label : parts.standing) impl_->lay(impl_->kept.of(label));
  impl_->lay(impl_->stage.above);
  canvas.paint(parts.plates);
  canvas.finish();
  return impl_->frame;
}

}  // namespace hachure::render
