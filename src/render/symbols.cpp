#include "render/symbols.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace hachure::render {

namespace {

[[noreturn]] void fail(std::string const& name, GError* error) {
  std::string const why = error != nullptr ? error->message : "no reason given";
  g_clear_error(&error);
  throw base::Error(base::Fault::defect, {}, "symbol \"" + name + "\" cannot be drawn: " + why);
}

/// Draws the symbol, in its own units, with its anchor at the origin of `cr`.
void draw_symbol(cairo_t* cr, RsvgHandle* symbol, draw::Picture const& picture) {
  auto const& view = picture.source->view_box;
  cairo_translate(cr, -picture.anchor_in_view.x_mm, -picture.anchor_in_view.y_mm);
  RsvgRectangle const viewport{view.min_x_mm, view.min_y_mm, view.width_mm(), view.height_mm()};
  GError* error = nullptr;
  if (rsvg_handle_render_document(symbol, cr, &viewport, &error) == 0) {
    fail(picture.source->name, error);
  }
}

/// Larger symbols are rare and their pixels many.
constexpr double max_stamp_px = 128;
/// More would come from symbols that grow or shrink from frame to frame.
constexpr std::size_t max_stamps = 2048;
constexpr int phases = 4;  ///< positions between two pixels

/// Where a picture comes to lie, in the device space of a context.
struct Place {
  bool is_level = false;  ///< the page is neither turned, mirrored nor stretched
  double x = 0;           ///< of the anchor
  double y = 0;
  double unit_x_px = 1;  ///< of the symbol
  double unit_y_px = 1;
  double side_px = 0;  ///< the longer one
};

Place place_of(cairo_t* cr, draw::Picture const& picture) {
  cairo_matrix_t matrix;
  cairo_get_matrix(cr, &matrix);
  Place place;
  place.is_level = matrix.xy == 0 && matrix.yx == 0 && matrix.xx > 0 &&
                   std::abs(matrix.xx - matrix.yy) < 0.002 * matrix.xx;
  place.x = picture.anchor.x_mm;
  place.y = picture.anchor.y_mm;
  cairo_matrix_transform_point(&matrix, &place.x, &place.y);
  place.unit_x_px = picture.scale * matrix.xx;
  place.unit_y_px = picture.scale * matrix.yy;
  auto const& view = picture.source->view_box;
  place.side_px = std::max(view.width_mm() * place.unit_x_px, view.height_mm() * place.unit_y_px);
  return place;
}

}  // namespace

Symbols::Symbols() = default;

Symbols::~Symbols() {
  forget_stamps();
  for (auto const& [svg, handle] : symbols_) g_object_unref(handle);
}

void Symbols::forget_stamps() {
  for (auto const& [key, stamp] : stamps_) cairo_surface_destroy(stamp.surface);
  stamps_.clear();
}

RsvgHandle* Symbols::symbol_of(draw::PictureSource const& source) {
  auto& handle = symbols_[source.svg];
  if (handle != nullptr) return handle;
  GError* error = nullptr;
  handle = rsvg_handle_new_from_data(reinterpret_cast<guint8 const*>(source.svg.data()),
                                     source.svg.size(), &error);
  if (handle == nullptr) {
    symbols_.erase(source.svg);
    fail(source.name, error);
  }
  return handle;
}

void Symbols::paint(cairo_t* cr, draw::Picture const& picture) {
  auto* const symbol = symbol_of(*picture.source);
  cairo_save(cr);
  cairo_translate(cr, picture.anchor.x_mm, picture.anchor.y_mm);
  cairo_rotate(cr, picture.angle_rad);
  cairo_scale(cr, picture.scale, picture.scale);
  draw_symbol(cr, symbol, picture);
  cairo_restore(cr);
}

void Symbols::stamp(cairo_t* cr, draw::Picture const& picture) {
  auto const place = place_of(cr, picture);
  if (!place.is_level || picture.angle_rad != 0 || place.side_px > max_stamp_px) {
    return paint(cr, picture);
  }
  double const whole_x = std::floor(std::round(place.x * phases) / phases);
  double const whole_y = std::floor(std::round(place.y * phases) / phases);
  auto const& stamp =
      stamp_of(picture, {symbol_of(*picture.source), place.unit_x_px, place.unit_y_px,
                         picture.anchor_in_view.x_mm, picture.anchor_in_view.y_mm,
                         static_cast<int>(std::round(place.x * phases) - whole_x * phases),
                         static_cast<int>(std::round(place.y * phases) - whole_y * phases)});
  cairo_save(cr);
  cairo_identity_matrix(cr);
  cairo_set_source_surface(cr, stamp.surface, whole_x + stamp.left_px, whole_y + stamp.top_px);
  cairo_paint(cr);
  cairo_restore(cr);
}

void Symbols::sample(cairo_t* cr, draw::Picture const& picture) {
  auto const place = place_of(cr, picture);
  if (!place.is_level || picture.angle_rad == 0 || place.side_px > max_stamp_px) {
    return stamp(cr, picture);
  }
  // Interpolation between pixels of half the size weighs as much ground as a pixel covers.
  constexpr double finer = 2;
  auto const& stamp = stamp_of(
      picture, {symbol_of(*picture.source), finer * place.unit_x_px, finer * place.unit_y_px,
                picture.anchor_in_view.x_mm, picture.anchor_in_view.y_mm, 0, 0});
  cairo_save(cr);
  cairo_identity_matrix(cr);
  cairo_translate(cr, place.x, place.y);
  cairo_rotate(cr, picture.angle_rad);
  cairo_scale(cr, 1 / finer, 1 / finer);
  cairo_set_source_surface(cr, stamp.surface, stamp.left_px, stamp.top_px);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BILINEAR);
  cairo_paint(cr);
  cairo_restore(cr);
}

Symbols::Stamp const& Symbols::stamp_of(draw::Picture const& picture, Key const& key) {
  auto found = stamps_.find(key);
  if (found == stamps_.end()) {
    if (stamps_.size() >= max_stamps) forget_stamps();
    found = stamps_.emplace(key, make(picture, key)).first;
  }
  return found->second;
}

Symbols::Stamp Symbols::make(draw::Picture const& picture, Key const& key) {
  auto const& view = picture.source->view_box;
  constexpr int soft_edge_px = 1;
  double const x0 = (view.min_x_mm - key.anchor_x) * key.unit_x_px;
  double const x1 = (view.max_x_mm - key.anchor_x) * key.unit_x_px;
  double const y0 = (view.min_y_mm - key.anchor_y) * key.unit_y_px;
  double const y1 = (view.max_y_mm - key.anchor_y) * key.unit_y_px;
  Stamp stamp;
  stamp.left_px = static_cast<int>(std::floor(x0)) - soft_edge_px;
  stamp.top_px = static_cast<int>(std::floor(y0)) - soft_edge_px;
  // One pixel more for the quarters.
  int const right = static_cast<int>(std::ceil(x1)) + soft_edge_px + 1;
  int const bottom = static_cast<int>(std::ceil(y1)) + soft_edge_px + 1;
  stamp.surface =
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, right - stamp.left_px, bottom - stamp.top_px);
  auto* const cr = cairo_create(stamp.surface);
  cairo_translate(cr, -stamp.left_px + static_cast<double>(key.phase_x) / phases,
                  -stamp.top_px + static_cast<double>(key.phase_y) / phases);
  cairo_scale(cr, key.unit_x_px, key.unit_y_px);
  try {
    draw_symbol(cr, key.symbol, picture);
  } catch (...) {
    cairo_destroy(cr);
    cairo_surface_destroy(stamp.surface);
    throw;
  }
  cairo_destroy(cr);
  cairo_surface_flush(stamp.surface);
  return stamp;
}

}  // namespace hachure::render
