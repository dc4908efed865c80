#include "draw/font.hpp"

#include <hb-ot.h>
#include <hb.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace hachure::draw {

namespace {

template <auto destroy>
struct Destroyer {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using HbFace = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using HbFont = std::unique_ptr<hb_font_t, Destroyer<hb_font_destroy>>;
using HbDrawFuncs = std::unique_ptr<hb_draw_funcs_t, Destroyer<hb_draw_funcs_destroy>>;

/// What the callbacks write to: HarfBuzz has font units with y up, a Path an em of 1 with y down.
struct Pen {
  Path path;
  double scale = 1;
  Point at(float x, float y) const {
    return {static_cast<double>(x) * scale, -static_cast<double>(y) * scale};
  }
};

Pen& pen_of(void* data) {
  return *static_cast<Pen*>(data);
}

void pen_move(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
  pen_of(data).path.move_to(pen_of(data).at(x, y));
}
void pen_line(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
  pen_of(data).path.line_to(pen_of(data).at(x, y));
}
void pen_cubic(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x1, float y1, float x2,
               float y2, float x, float y, void*) {
  auto& pen = pen_of(data);
  pen.path.cubic_to(pen.at(x1, y1), pen.at(x2, y2), pen.at(x, y));
}
void pen_close(hb_draw_funcs_t*, void* data, hb_draw_state_t*, void*) {
  pen_of(data).path.close();
}

/// Without a function for quadratics HarfBuzz raises them to cubics, which is what a Path holds.
HbDrawFuncs make_draw_funcs() {
  HbDrawFuncs funcs(hb_draw_funcs_create());
  hb_draw_funcs_set_move_to_func(funcs.get(), pen_move, nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(funcs.get(), pen_line, nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(funcs.get(), pen_cubic, nullptr, nullptr);
  hb_draw_funcs_set_close_path_func(funcs.get(), pen_close, nullptr, nullptr);
  hb_draw_funcs_make_immutable(funcs.get());
  return funcs;
}

/// A variable font is set to the instance that its names ask for.
void set_variations(hb_font_t* font, FontFace::Names const& names) {
  if (hb_ot_var_has_data(hb_font_get_face(font)) == 0) return;
  hb_variation_t const axes[] = {
      {HB_OT_TAG_VAR_AXIS_WEIGHT, static_cast<float>(names.weight)},
      {HB_OT_TAG_VAR_AXIS_WIDTH, static_cast<float>(names.stretch_percent)},
      {HB_OT_TAG_VAR_AXIS_ITALIC, names.italic ? 1.0F : 0.0F},
  };
  hb_font_set_variations(font, axes, 3);
}

}  // namespace

struct FontFace::Impl {
  HbFace face;
  HbFont font;
  HbDrawFuncs draw_funcs = make_draw_funcs();
  double units_per_em = 1000;
  Metrics metrics;
  mutable std::shared_mutex mutex;
  std::map<std::uint32_t, Path> outlines;

  double metric(hb_ot_metrics_tag_t tag) const {
    hb_position_t value = 0;
    hb_ot_metrics_get_position_with_fallback(font.get(), tag, &value);
    return value / units_per_em;
  }
};

FontFace::FontFace(Names names) : names_(std::move(names)), impl_(std::make_unique<Impl>()) {
  auto const fail = [&](std::string const& why) {
    throw base::Error(base::Fault::environment, {names_.path, 0, {}, {}}, why,
                      "reinstall the font package, or name another font in the style");
  };
  auto* const blob = hb_blob_create_from_file_or_fail(names_.path.c_str());
  if (blob == nullptr) fail("the font file cannot be read");
  impl_->face.reset(hb_face_create(blob, static_cast<unsigned>(names_.index)));
  hb_blob_destroy(blob);
  if (hb_face_get_glyph_count(impl_->face.get()) == 0) fail("not a usable font file");
  impl_->font.reset(hb_font_create(impl_->face.get()));
  impl_->units_per_em = hb_face_get_upem(impl_->face.get());
  set_variations(impl_->font.get(), names_);
  hb_font_make_immutable(impl_->font.get());

  impl_->metrics = {impl_->metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER),
                    -impl_->metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER),
                    impl_->metric(HB_OT_METRICS_TAG_CAP_HEIGHT),
                    impl_->metric(HB_OT_METRICS_TAG_X_HEIGHT)};
}

FontFace::~FontFace() = default;

Path const& FontFace::outline(std::uint32_t glyph) const {
  {
    std::shared_lock const lock(impl_->mutex);
    auto const found = impl_->outlines.find(glyph);
    if (found != impl_->outlines.end()) return found->second;
  }
  Pen pen{{}, 1 / impl_->units_per_em};
  hb_font_get_glyph_shape(impl_->font.get(), glyph, impl_->draw_funcs.get(), &pen);
  // Two threads may have drawn the same glyph; the first one's outline stays, references hold.
  std::unique_lock const lock(impl_->mutex);
  return impl_->outlines.emplace(glyph, std::move(pen.path)).first->second;
}

std::uint32_t FontFace::nominal_glyph(char32_t character) const {
  hb_codepoint_t glyph = 0;
  hb_font_get_nominal_glyph(impl_->font.get(), character, &glyph);
  return glyph;
}

FontFace::Metrics const& FontFace::metrics() const {
  return impl_->metrics;
}

}  // namespace hachure::draw
