#include "render/glyph_mask.hpp"

#include <cairo.h>

#include <cmath>

namespace hachure::render {

GlyphMasks::GlyphMasks() = default;

GlyphMasks::~GlyphMasks() {
  for (auto const& [key, mask] : masks_) cairo_surface_destroy(mask.surface);
}

void GlyphMasks::stamp(cairo_t* cr, Stamp const& what) {
  int const phases = what.halo_px > 0 ? 2 : 4;
  double const x = std::round(what.x_px * phases);
  double const y = std::round(what.y_px * phases);
  double const whole_x = std::floor(x / phases);
  double const whole_y = std::floor(y / phases);
  int const phase_x = static_cast<int>(x - whole_x * phases);
  int const phase_y = static_cast<int>(y - whole_y * phases);
  Key const key{what.face, what.glyph, what.size_px, what.halo_px, phase_x, phase_y};
  auto found = masks_.find(key);
  if (found == masks_.end()) {
    auto const mask =
        make(what, static_cast<double>(phase_x) / phases, static_cast<double>(phase_y) / phases);
    found = masks_.emplace(key, mask).first;
  }
  auto const& mask = found->second;
  if (mask.surface == nullptr) return;
  cairo_mask_surface(cr, mask.surface, whole_x + mask.left_px, whole_y + mask.top_px);
}

GlyphMasks::Mask GlyphMasks::make(Stamp const& what, double phase_x_px, double phase_y_px) const {
  // The outline is in an em of 1; a Path takes any unit, here pixels.
  draw::Path const outline =
      what.face->outline(what.glyph).transformed(what.size_px, 0, {phase_x_px, phase_y_px});
  draw::Box const box = outline.control_box().grown(what.halo_px + 1);
  if (outline.empty()) return {};
  Mask mask;
  mask.left_px = static_cast<int>(std::floor(box.min_x_mm));
  mask.top_px = static_cast<int>(std::floor(box.min_y_mm));
  mask.surface = cairo_image_surface_create(
      CAIRO_FORMAT_A8, static_cast<int>(std::ceil(box.max_x_mm)) - mask.left_px,
      static_cast<int>(std::ceil(box.max_y_mm)) - mask.top_px);
  auto* const cr = cairo_create(mask.surface);
  cairo_translate(cr, -mask.left_px, -mask.top_px);
  add_path(cr, outline);
  if (what.halo_px > 0) {
    cairo_set_line_width(cr, 2 * what.halo_px);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke_preserve(cr);
  }
  cairo_fill(cr);
  cairo_destroy(cr);
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
