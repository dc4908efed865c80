#include "render/glyph_mask.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace hachure::render {

namespace {

/// Whole pixels.
struct Extent {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

/// Coverage by one or the other of two shapes, 255 being all.
std::uint8_t covered_by_either(std::uint8_t a, std::uint8_t b) {
  if (a == 0 || b == 255) return b;
  unsigned const both = unsigned{a} * b + 128;
  return static_cast<std::uint8_t>(a + b - ((both + (both >> 8U)) >> 8U));
}

}  // namespace

GlyphMasks::Placed GlyphMasks::placed(Run const& run, Run::Glyph const& glyph) {
  int const phases = run.halo_px > 0 ? 2 : 4;
  double const x = std::round(glyph.x_px * phases);
  double const y = std::round(glyph.y_px * phases);
  double const whole_x = std::floor(x / phases);
  double const whole_y = std::floor(y / phases);
  int const phase_x = static_cast<int>(x - whole_x * phases);
  int const phase_y = static_cast<int>(y - whole_y * phases);
  Key const key{run.face, glyph.id, run.size_px, run.halo_px, phase_x, phase_y};
  auto found = masks_.find(key);
  if (found == masks_.end()) {
    auto mask = make(run, glyph.id, static_cast<double>(phase_x) / phases,
                     static_cast<double>(phase_y) / phases);
    found = masks_.emplace(key, std::move(mask)).first;
  }
  auto const& mask = found->second;
  return {&mask, static_cast<int>(whole_x) + mask.left_px, static_cast<int>(whole_y) + mask.top_px};
}

/// One mask for all: Cairo takes longer to begin than to paint a letter.
void GlyphMasks::stamp(cairo_t* cr, Run const& run) {
  double clip_x0 = 0;
  double clip_y0 = 0;
  double clip_x1 = 0;
  double clip_y1 = 0;
  cairo_clip_extents(cr, &clip_x0, &clip_y0, &clip_x1, &clip_y1);
  std::vector<Placed> glyphs;
  Extent box{std::numeric_limits<int>::max(), std::numeric_limits<int>::max(),
             std::numeric_limits<int>::min(), std::numeric_limits<int>::min()};
  for (auto const& glyph : run.glyphs) {
    // What lies far out would make the mask of all too large.
    double const reach = 3 * run.size_px + run.halo_px;
    if (glyph.x_px + reach < clip_x0 || glyph.x_px - reach > clip_x1 ||
        glyph.y_px + reach < clip_y0 || glyph.y_px - reach > clip_y1) {
      continue;
    }
    auto const at = placed(run, glyph);
    if (at.mask->rows.empty()) continue;
    glyphs.push_back(at);
    box = {std::min(box.left, at.left_px), std::min(box.top, at.top_px),
           std::max(box.right, at.left_px + at.mask->width_px),
           std::max(box.bottom, at.top_px + at.mask->height_px)};
  }
  if (glyphs.empty()) return;
  auto* const surface =
      cairo_image_surface_create(CAIRO_FORMAT_A8, box.right - box.left, box.bottom - box.top);
  auto* const data = cairo_image_surface_get_data(surface);
  auto const stride = cairo_image_surface_get_stride(surface);
  for (auto const& [mask, left, top] : glyphs) {
    auto const* from = mask->rows.data();
    for (int y = 0; y < mask->height_px && data != nullptr; ++y) {
      auto* to = data + std::ptrdiff_t{top - box.top + y} * stride + (left - box.left);
      for (int x = 0; x < mask->width_px; ++x, ++from, ++to) *to = covered_by_either(*from, *to);
    }
  }
  cairo_surface_mark_dirty(surface);
  cairo_mask_surface(cr, surface, box.left, box.top);
  cairo_surface_destroy(surface);
}

GlyphMasks::Mask GlyphMasks::make(Run const& run, std::uint32_t glyph, double phase_x_px,
                                  double phase_y_px) {
  // The outline is in an em of 1; a Path takes any unit, here pixels.
  draw::Path const outline =
      run.face->outline(glyph).transformed(run.size_px, 0, {phase_x_px, phase_y_px});
  draw::Box const box = outline.control_box().grown(run.halo_px + 1);
  if (outline.empty()) return {};
  Mask mask;
  mask.left_px = static_cast<int>(std::floor(box.min_x_mm));
  mask.top_px = static_cast<int>(std::floor(box.min_y_mm));
  mask.width_px = static_cast<int>(std::ceil(box.max_x_mm)) - mask.left_px;
  mask.height_px = static_cast<int>(std::ceil(box.max_y_mm)) - mask.top_px;
  auto* const surface = cairo_image_surface_create(CAIRO_FORMAT_A8, mask.width_px, mask.height_px);
  auto* const cr = cairo_create(surface);
  cairo_translate(cr, -mask.left_px, -mask.top_px);
  add_path(cr, outline);
  if (run.halo_px > 0) {
    cairo_set_line_width(cr, 2 * run.halo_px);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke_preserve(cr);
  }
  cairo_fill(cr);
  cairo_destroy(cr);
  cairo_surface_flush(surface);
  auto const* const data = cairo_image_surface_get_data(surface);
  auto const stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < mask.height_px && data != nullptr; ++y) {
    auto const* const row = data + std::ptrdiff_t{y} * stride;
    mask.rows.insert(mask.rows.end(), row, row + mask.width_px);
  }
  cairo_surface_destroy(surface);
  return mask;
}

void add_path(cairo_t* cr, draw::Path const& path) {
  using Verb = draw::Path::Verb;
  auto const* p = path.points().data();
  for (auto const verb : path.verbs()) {
    switch (verb) {
      case Verb::move:
        cairo_move_to(cr, p->x_mm, p->y_mm);
        p += 1;
        break;
      case Verb::line:
        cairo_line_to(cr, p->x_mm, p->y_mm);
        p += 1;
        break;
      case Verb::cubic:
        cairo_curve_to(cr, p[0].x_mm, p[0].y_mm, p[1].x_mm, p[1].y_mm, p[2].x_mm, p[2].y_mm);
        p += 3;
        break;
      case Verb::close:
        cairo_close_path(cr);
        break;
    }
  }
}

}  // namespace hachure::render
