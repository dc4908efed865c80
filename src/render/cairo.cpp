#include "render/cairo.hpp"

#include <cairo-ft.h>
#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MULTIPLE_MASTERS_H

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <mutex>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "draw/dump.hpp"
#include "draw/text_outline.hpp"
#include "render/casing.hpp"
#include "render/glyph_mask.hpp"
#include "render/symbols.hpp"
#include "render/thinning.hpp"

namespace hachure::render {

using namespace draw;

namespace {

/// Saves the state of a context and restores it at the end of the block.
class SavedState {
 public:
  explicit SavedState(cairo_t* cr) : cr_(cr) { cairo_save(cr_); }
  ~SavedState() { cairo_restore(cr_); }
  SavedState(SavedState const&) = delete;
  SavedState& operator=(SavedState const&) = delete;

 private:
  cairo_t* cr_;
};

void set_color(cairo_t* cr, Color const& c) {
  cairo_set_source_rgba(cr, c.r, c.g, c.b, c.a);
}

void set_stroke(cairo_t* cr, Stroke const& stroke) {
  set_color(cr, stroke.color);
  cairo_set_line_width(cr, stroke.width_mm);
  switch (stroke.cap) {
    case LineCap::butt:
      cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
      break;
    case LineCap::round:
      cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
      break;
    case LineCap::square:
      cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
      break;
  }
  switch (stroke.join) {
    case LineJoin::miter:
      cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
      break;
    case LineJoin::round:
      cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
      break;
    case LineJoin::bevel:
      cairo_set_line_join(cr, CAIRO_LINE_JOIN_BEVEL);
      break;
  }
  cairo_set_miter_limit(cr, stroke.miter_limit);
  cairo_set_dash(cr, stroke.dash_mm.data(), static_cast<int>(stroke.dash_mm.size()),
                 stroke.dash_offset_mm);
}

// --- fonts -------------------------------------------------------------------------------------

/// FreeType allows one thread at a time to open and close faces of a library.
struct FreeType {
  FT_Library library = nullptr;
  std::mutex mutex;
};

/// Never destroyed: Cairo keeps scaled fonts, and so faces, beyond the painter that used them.
FreeType& free_type() {
  static auto* const instance = [] {
    auto* const made = new FreeType;
    FT_Init_FreeType(&made->library);
    return made;
  }();
  return *instance;
}

void close_face(void* face) {
  std::lock_guard const lock(free_type().mutex);
  FT_Done_Face(static_cast<FT_Face>(face));
}

/// Sets a variable font to the instance that its names ask for.
void set_variations(FT_Face face, FontFace::Names const& names) {
  FT_MM_Var* variations = nullptr;
  if (FT_Get_MM_Var(face, &variations) != 0) return;
  std::vector<FT_Fixed> coordinates;
  for (FT_UInt i = 0; i < variations->num_axis; ++i) {
    auto const& axis = variations->axis[i];
    double value = static_cast<double>(axis.def) / 65536;
    if (axis.tag == FT_MAKE_TAG('w', 'g', 'h', 't')) value = names.weight;
    if (axis.tag == FT_MAKE_TAG('w', 'd', 't', 'h')) value = names.stretch_percent;
    if (axis.tag == FT_MAKE_TAG('i', 't', 'a', 'l')) value = names.italic ? 1 : 0;
    coordinates.push_back(
        std::clamp(static_cast<FT_Fixed>(std::lround(value * 65536)), axis.minimum, axis.maximum));
  }
  FT_Set_Var_Design_Coordinates(face, variations->num_axis, coordinates.data());
  FT_Done_MM_Var(free_type().library, variations);
}

cairo_font_face_t* open_face(FontFace::Names const& names) {
  auto const fail = [&] {
    throw base::Error(base::Fault::environment, {names.path, 0, {}, {}},
                      "the font cannot be embedded", "reinstall the font package");
  };
  FT_Face face = nullptr;
  {
    std::lock_guard const lock(free_type().mutex);
    if (FT_New_Face(free_type().library, names.path.c_str(), names.index, &face) != 0) fail();
    set_variations(face, names);
  }
  auto* const font = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
  static cairo_user_data_key_t const key{};
  cairo_font_face_set_user_data(font, &key, face, close_face);
  return font;
}

// --- runs as Cairo wants them ------------------------------------------------------------------

/// Glyphs with the characters they stand for.
struct ShownGlyphs {
  std::string characters;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

/// Adds the cluster of glyphs `begin` to `end` with places relative to the origin of the text.
void add_cluster(ShownGlyphs& out, Text const& text, GlyphRun const& run, std::size_t begin,
                 std::size_t end) {
  auto const& first = run.glyphs[begin];
  auto const size = static_cast<std::uint32_t>(text.text.size());
  auto const from = std::min(first.text_begin, size);
  auto const to = std::clamp(first.text_end, from, size);
  out.characters.append(text.text, from, to - from);
  out.clusters.push_back({static_cast<int>(to - from), static_cast<int>(end - begin)});
  for (auto i = begin; i < end; ++i) {
    auto const& glyph = run.glyphs[i];
    out.glyphs.push_back({glyph.id, glyph.at.x_mm, glyph.at.y_mm});
  }
}

/// Ends of the clusters of a run, in the order of its glyphs.
std::vector<std::size_t> cluster_ends(GlyphRun const& run) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    bool const last = i + 1 == run.glyphs.size();
    if (last || run.glyphs[i + 1].text_begin != run.glyphs[i].text_begin) ends.push_back(i + 1);
  }
  return ends;
}

bool has_turned_glyphs(GlyphRun const& run) {
  for (auto const& glyph : run.glyphs) {
    if (glyph.angle_rad != 0) return true;
  }
  return false;
}

/// A path that is one rectangle with sides along the axes: clipping to it costs Cairo nothing.
bool is_rectangle(Path const& path) {
  auto const& p = path.points();
  auto const& v = path.verbs();
  if (p.size() < 4 || p.size() > 5 || v[0] != Path::Verb::move) return false;
  if (p.size() == 5 && p[4] != p[0]) return false;
  for (std::size_t i = 1; i < p.size(); ++i) {
    if (v[i] != Path::Verb::line) return false;
  }
  bool const first_level = p[0].y_mm == p[1].y_mm && p[1].x_mm == p[2].x_mm &&
                           p[2].y_mm == p[3].y_mm && p[3].x_mm == p[0].x_mm;
  bool const first_upright = p[0].x_mm == p[1].x_mm && p[1].y_mm == p[2].y_mm &&
                             p[2].x_mm == p[3].x_mm && p[3].y_mm == p[0].y_mm;
  return first_level || first_upright;
}

}  // namespace

struct CairoPainter::Impl {
  cairo_t* cr;
  CairoTarget target;
  Symbols symbols;
  bool samples_symbols = false;
  std::map<std::pair<std::string, int>, cairo_font_face_t*> fonts;
  GlyphMasks masks;
  std::optional<Box> visible;

  Impl(cairo_t* context, CairoTarget kind) : cr(context), target(kind) {}
  ~Impl() {
    for (auto const& [file, font] : fonts) cairo_font_face_destroy(font);
  }
  Impl(Impl const&) = delete;
  Impl& operator=(Impl const&) = delete;

  void paint(Node const& node) {
    std::visit([this](auto const& value) { paint(value); }, node.value);
  }

  /// Whether something within `reach` could colour a pixel; half a millimetre for its soft edge.
  bool may_show(Box const& reach) const {
    return !visible || reach.empty() || visible->overlaps(reach.grown(0.5));
  }
  static Box reach_of(Shape const& shape) {
    Box const box = shape.path.control_box();
    if (!shape.stroke) return box;
    return box.grown(reach_mm(*shape.stroke));
  }
  /// No glyph of a usable font reaches farther than this from its origin.
  static constexpr double glyph_reach_em = 3;
  static Box reach_of(Text const& text) {
    Box box;
    for (auto const& run : text.runs) {
      for (auto const& glyph : run.glyphs) {
        Point const p = place_of(text, run, glyph).origin;
        double const reach = glyph_reach_em * run.size_mm;
        box.add(Box::of(p.x_mm - reach, p.y_mm - reach, 2 * reach, 2 * reach));
      }
    }
    return text.halo ? box.grown(text.halo->width_mm) : box;
  }

  static Box reach_of(Image const& image) { return image.box; }
  static Box reach_of(Picture const& picture) { return ink_box({picture}); }
  static Box reach_of(Group const& group) {
    Box box;
    for (auto const& child : group.children) box.add(reach_of(child));
    return box;
  }
  static Box reach_of(Node const& node) {
    return std::visit([](auto const& value) { return reach_of(value); }, node.value);
  }

  // Groups

  void paint(Group const& group) {
    if (group.children.empty() || group.opacity <= 0) return;
    if (group.clip && !may_show(group.clip->control_box())) return;
    SavedState const saved(cr);
    bool const mask = group.clip && target == CairoTarget::pixels && !is_rectangle(*group.clip);
    if (group.clip) clip(*group.clip, mask);
    bool const layer = mask || group.opacity < 1;
    if (layer) {
      if (!mask) limit_to_ink(group);
      cairo_push_group(cr);
    }
    for (auto const& child : group.children) paint(child);
    if (!layer) return;
    cairo_pop_group_to_source(cr);
    if (mask) {
      cairo_new_path(cr);
      add_path(cr, *group.clip);
      cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_clip(cr);
    }
    cairo_paint_with_alpha(cr, group.opacity);
  }

  /// Cairo gives a group a layer of the size of the clip, and clears and blends all of it.
  void limit_to_ink(Group const& group) {
    if (target != CairoTarget::pixels) return;
    Box const box = reach_of(group);
    if (!box.empty()) clip_to_pixels_of(box.grown(0.5));
  }

  /// In pixels a clip of many corners is applied once to the finished group: Cairo would weigh it
  /// anew for every child, and its soft edge would show as a seam. The box of the clip limits the
  /// group meanwhile.
  void clip(Path const& path, bool box_only) {
    if (box_only) {
      clip_to_pixels_of(path.control_box());
      return;
    }
    cairo_new_path(cr);
    add_path(cr, path);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_clip(cr);
  }

  /// Clips to the whole pixels that a box touches.
  void clip_to_pixels_of(Box const& box) {
    double x0 = box.min_x_mm;
    double y0 = box.min_y_mm;
    double x1 = box.max_x_mm;
    double y1 = box.max_y_mm;
    cairo_user_to_device(cr, &x0, &y0);
    cairo_user_to_device(cr, &x1, &y1);
    SavedMatrix const matrix(cr);
    cairo_identity_matrix(cr);
    double const left = std::floor(std::min(x0, x1));
    double const top = std::floor(std::min(y0, y1));
    cairo_new_path(cr);
    cairo_rectangle(cr, left, top, std::ceil(std::max(x0, x1)) - left,
                    std::ceil(std::max(y0, y1)) - top);
    cairo_clip(cr);
  }

  /// Restores the matrix alone: cairo_restore would undo the clip as well.
  class SavedMatrix {
   public:
    explicit SavedMatrix(cairo_t* cr) : cr_(cr) { cairo_get_matrix(cr_, &matrix_); }
    ~SavedMatrix() { cairo_set_matrix(cr_, &matrix_); }
    SavedMatrix(SavedMatrix const&) = delete;
    SavedMatrix& operator=(SavedMatrix const&) = delete;

   private:
    cairo_t* cr_;
    cairo_matrix_t matrix_{};
  };

  // Shapes

  static constexpr double invisible_px = 0.05;

  double px_per_mm() const {
    cairo_matrix_t matrix;
    cairo_get_matrix(cr, &matrix);
    return std::sqrt(std::abs(matrix.xx * matrix.yy - matrix.xy * matrix.yx));
  }

  /// The path without corners that no pixel would show. Dashes are counted along the line as it is.
  Path outline_in_pixels(Shape const& shape) const {
    constexpr std::size_t few = 16;
    bool const dashed = shape.stroke && !shape.stroke->dash_mm.empty();
    if (dashed || shape.path.verbs().size() < few) return shape.path;
    return thinned(shape.path, invisible_px / px_per_mm());
  }

  /// Fills a shape whose stroke has the colour of its fill, as casings are, in one go; false if it
  /// is another.
  bool filled_with_stroke(Shape const& shape, Path const& outline) {
    if (!shape.fill || !shape.stroke) return false;
    auto const& stroke = *shape.stroke;
    if (!(shape.fill->color == stroke.color) || stroke.color.a < 1 || !stroke.dash_mm.empty() ||
        stroke.join != LineJoin::round) {
      return false;
    }
    auto const both = grown(outline, {stroke.width_mm / 2, invisible_px / px_per_mm()});
    if (!both) return false;
    add_path(cr, *both);
    set_color(cr, stroke.color);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
    return true;
  }

  void paint(Shape const& shape) {
    if (shape.path.empty() || (!shape.fill && !shape.stroke)) return;
    if (visible && !may_show(reach_of(shape))) return;
    cairo_new_path(cr);
    if (target == CairoTarget::pixels) {
      auto const outline = outline_in_pixels(shape);
      if (filled_with_stroke(shape, outline)) return;
      add_path(cr, outline);
    } else {
      add_path(cr, shape.path);
    }
    if (shape.fill) {
      set_color(cr, shape.fill->color);
      cairo_set_fill_rule(cr, shape.fill->rule == FillRule::evenodd ? CAIRO_FILL_RULE_EVEN_ODD
                                                                    : CAIRO_FILL_RULE_WINDING);
      shape.stroke ? cairo_fill_preserve(cr) : cairo_fill(cr);
    }
    if (shape.stroke) {
      set_stroke(cr, *shape.stroke);
      cairo_stroke(cr);
    }
  }

  // Text

  void paint(Text const& text) {
    if ((visible && !may_show(reach_of(text))) || stamped(text)) return;
    if (text.halo) {
      Stroke stroke;
      stroke.color = text.halo->color;
      stroke.width_mm = 2 * text.halo->width_mm;
      stroke.join = LineJoin::round;
      stroke.cap = LineCap::round;
      cairo_new_path(cr);
      add_path(cr, halo_outline_of(text));
      set_stroke(cr, stroke);
      cairo_stroke(cr);
    }
    for (auto const& run : text.runs) {
      if (run.glyphs.empty()) continue;
      target == CairoTarget::pdf_text ? show(text, run) : fill(text, run);
    }
  }

  /// Paints upright text in pixels from the masks of its letters. Halos that let the ground through
  /// are left to the path: letter by letter, they would cover twice where they overlap.
  bool stamped(Text const& text) {
    cairo_matrix_t matrix;
    cairo_get_matrix(cr, &matrix);
    bool const even = matrix.xy == 0 && matrix.yx == 0 &&
                      std::abs(matrix.xx - matrix.yy) < 0.002 * std::abs(matrix.xx);
    if (target != CairoTarget::pixels || text.curved || text.angle_rad != 0 || !even) return false;
    if (text.halo && text.halo->color.a < 1) return false;
    for (auto const& run : text.runs) {
      if (run.size_mm * matrix.xx > GlyphMasks::max_size_px || has_turned_glyphs(run)) return false;
    }
    SavedState const saved(cr);
    cairo_identity_matrix(cr);
    if (text.halo) {
      set_color(cr, text.halo->color);
      for (auto const& run : text.runs) stamp(text, run, text.halo->width_mm, matrix);
    }
    for (auto const& run : text.runs) {
      set_color(cr, run.color);
      stamp(text, run, 0, matrix);
    }
    return true;
  }

  void stamp(Text const& text, GlyphRun const& run, double halo_mm, cairo_matrix_t const& matrix) {
    GlyphMasks::Run out{run.face.get(), run.size_mm * matrix.xx, halo_mm * matrix.xx, {}};
    for (auto const& glyph : run.glyphs) {
      double x = text.origin.x_mm + glyph.at.x_mm;
      double y = text.origin.y_mm + glyph.at.y_mm;
      cairo_matrix_transform_point(&matrix, &x, &y);
      out.glyphs.push_back({glyph.id, x, y});
    }
    masks.stamp(cr, out);
  }

  void fill(Text const& text, GlyphRun const& run) {
    cairo_new_path(cr);
    add_path(cr, outline_of(text, run));
    set_color(cr, run.color);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cr);
  }

  void show(Text const& text, GlyphRun const& run) {
    SavedState const saved(cr);
    set_color(cr, run.color);
    cairo_set_font_face(cr, font_of(*run.face));
    cairo_translate(cr, text.origin.x_mm, text.origin.y_mm);
    cairo_rotate(cr, text.angle_rad);
    cairo_set_font_size(cr, run.size_mm);
    if (has_turned_glyphs(run)) {
      show_turned(text, run);
      return;
    }
    ShownGlyphs shown;
    std::size_t begin = 0;
    for (auto const end : cluster_ends(run)) {
      add_cluster(shown, text, run, begin, end);
      begin = end;
    }
    if (run.right_to_left) make_logical(shown);
    // Readers of PDF put level text together again by themselves, but not columns and text on a
    // slope: there one cluster, which Cairo marks with its characters (ActualText, ISO 32000-1,
    // 14.9.4), holds all.
    if (run.vertical || std::remainder(text.angle_rad, std::numbers::pi / 2) != 0) {
      shown.clusters = {
          {static_cast<int>(shown.characters.size()), static_cast<int>(shown.glyphs.size())}};
    }
    show(shown, run.right_to_left);
  }

  /// Cairo wants the characters in the order of reading and, for runs to the left, the clusters
  /// with them and the flag that the glyphs come backward.
  static void make_logical(ShownGlyphs& shown) {
    std::string characters;
    auto end = shown.characters.size();
    for (auto it = shown.clusters.rbegin(); it != shown.clusters.rend(); ++it) {
      auto const bytes = static_cast<std::size_t>(it->num_bytes);
      characters.append(shown.characters, end - bytes, bytes);
      end -= bytes;
    }
    shown.characters = std::move(characters);
    std::reverse(shown.clusters.begin(), shown.clusters.end());
  }

  void show(ShownGlyphs const& shown, bool backward) {
    cairo_show_text_glyphs(
        cr, shown.characters.data(), static_cast<int>(shown.characters.size()), shown.glyphs.data(),
        static_cast<int>(shown.glyphs.size()), shown.clusters.data(),
        static_cast<int>(shown.clusters.size()),
        backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : static_cast<cairo_text_cluster_flags_t>(0));
  }

  /// Every glyph has a font matrix and so a call of its own. The first one says all the characters
  /// of the run, the others none, so that a search finds words and not letters.
  void show_turned(Text const& text, GlyphRun const& run) {
    auto const size = static_cast<std::uint32_t>(text.text.size());
    auto const from = std::min(run.text_begin, size);
    std::string characters = text.text.substr(from, std::clamp(run.text_end, from, size) - from);
    for (auto const& glyph : run.glyphs) {
      cairo_matrix_t matrix;
      cairo_matrix_init_rotate(&matrix, glyph.angle_rad);
      cairo_matrix_scale(&matrix, run.size_mm, run.size_mm);
      cairo_set_font_matrix(cr, &matrix);
      show({characters,
            {{glyph.id, glyph.at.x_mm, glyph.at.y_mm}},
            {{static_cast<int>(characters.size()), 1}}},
           false);
      characters.clear();
    }
  }

  cairo_font_face_t* font_of(FontFace const& face) {
    auto& font = fonts[{face.names().path, face.names().index}];
    if (font == nullptr) font = open_face(face.names());
    return font;
  }

  // Images and symbols

  void paint(Image const& image) {
    if (!image.rgb || image.box.empty() || image.width_px <= 0 || image.height_px <= 0) return;
    if (!may_show(image.box)) return;
    auto const [first_row, end_row] = rows_needed(image);
    auto* const surface = surface_of(image, first_row, end_row);
    SavedState const saved(cr);
    cairo_translate(cr, image.box.min_x_mm, image.box.min_y_mm);
    cairo_scale(cr, image.box.width_mm() / image.width_px, image.box.height_mm() / image.height_px);
    cairo_set_source_surface(cr, surface, 0, first_row);
    cairo_surface_destroy(surface);
    auto* const pattern = cairo_get_source(cr);
    cairo_pattern_set_filter(pattern, image.smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    if (target != CairoTarget::pixels) {
      cairo_paint(cr);
      return;
    }
    // Pixels beyond the edge repeat the edge, else interpolation would fade it out.
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_new_path(cr);
    cairo_rectangle(cr, 0, 0, image.width_px, image.height_px);
    cairo_fill(cr);
  }

  /// Rows of an image that can show, with a margin for the filter (two pixels of the page).
  std::pair<int, int> rows_needed(Image const& image) const {
    if (!visible) return {0, image.height_px};
    double const rows_per_mm = image.height_px / image.box.height_mm();
    double ignored = 0;
    double pixel_mm = 1;
    cairo_device_to_user_distance(cr, &ignored, &pixel_mm);
    double const margin = 4 + 2 * pixel_mm * rows_per_mm;
    double const begin = (visible->min_y_mm - image.box.min_y_mm) * rows_per_mm - margin;
    double const end = (visible->max_y_mm - image.box.min_y_mm) * rows_per_mm + margin;
    return {static_cast<int>(std::clamp(std::floor(begin), 0.0, image.height_px - 1.0)),
            static_cast<int>(std::clamp(std::ceil(end), 1.0, 1.0 * image.height_px))};
  }

  static cairo_surface_t* surface_of(Image const& image, int first_row, int end_row) {
    auto* const surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width_px, end_row - first_row);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return surface;
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    auto* const data = cairo_image_surface_get_data(surface);
    auto const* from = image.rgb->data() + static_cast<std::size_t>(first_row) *
                                               static_cast<std::size_t>(image.width_px) * 3;
    for (std::size_t y = 0; y < static_cast<std::size_t>(end_row - first_row); ++y) {
      auto* row = data + y * stride;
      for (int x = 0; x < image.width_px; ++x, from += 3, row += 4) {
        std::uint32_t const pixel = 0xff000000U | static_cast<std::uint32_t>(from[0]) << 16 |
                                    static_cast<std::uint32_t>(from[1]) << 8 | from[2];
        std::memcpy(row, &pixel, 4);
      }
    }
    cairo_surface_mark_dirty(surface);
    return surface;
  }

  void paint(Picture const& picture) {
    if (!picture.source || picture.source->view_box.empty()) return;
    if (visible && !may_show(ink_box({picture}))) return;
    if (target != CairoTarget::pixels) {
      symbols.paint(cr, picture);
    } else {
      samples_symbols ? symbols.sample(cr, picture) : symbols.stamp(cr, picture);
    }
  }
};

double reach_mm(Stroke const& stroke) {
  double const beyond = stroke.join == LineJoin::miter
                            ? std::max(stroke.miter_limit, std::numbers::sqrt2)
                            : std::numbers::sqrt2;
  return stroke.width_mm / 2 * beyond;
}

CairoPainter::CairoPainter(cairo_t* cr, CairoTarget target)
    : impl_(std::make_unique<Impl>(cr, target)) {
  auto* const options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(cr, options);
  cairo_font_options_destroy(options);
}

CairoPainter::~CairoPainter() = default;

Box CairoPainter::reach_of(Node const& node) {
  return Impl::reach_of(node);
}

void CairoPainter::set_visible(Box const& part) {
  impl_->visible = part;
}

void CairoPainter::sample_symbols() {
  impl_->samples_symbols = true;
}

void CairoPainter::paint_background(Drawing const& drawing) {
  set_color(impl_->cr, drawing.background);
  cairo_paint(impl_->cr);
}

void CairoPainter::paint(Group const& group) {
  impl_->paint(group);
}

void CairoPainter::paint(std::vector<Node> const& nodes) {
  for (auto const& node : nodes) impl_->paint(node);
}

}  // namespace hachure::render
