#include "layout/shape.hpp"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "layout/vertical.hpp"

namespace hachure::layout {

namespace {

// Text is shaped at this em and scaled: Pango's 1/1024 unit is then 1/65536 of an em.
constexpr double shaping_em_px = 64;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Handle = std::unique_ptr<T, Unref>;

struct FreeDescription {
  void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

struct FreeAttributes {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreeAttributes>;

bool is_han(char32_t c) {
  return is_upright_in_columns(c);
}

/// Whether a character may go without ink: controls, spaces, joiners, variation selectors and all
/// else that a display may ignore (UAX 44, Default_Ignorable_Code_Point), marks of annotations.
bool may_be_invisible(char32_t c) {
  auto const code = static_cast<UChar32>(c);
  return u_iscntrl(code) != 0 || u_isspace(code) != 0 || (c >= 0xFFF9 && c <= 0xFFFB) ||
         u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

int css_weight(int fc_weight) {
  return static_cast<int>(FcWeightToOpenType(fc_weight));
}

std::string fc_string(FcPattern* pattern, char const* key, int n = 0) {
  FcChar8* value = nullptr;
  return FcPatternGetString(pattern, key, n, &value) == FcResultMatch
             ? reinterpret_cast<char const*>(value)
             : std::string();
}

int fc_int(FcPattern* pattern, char const* key, int fallback) {
  int value = 0;
  if (FcPatternGetInteger(pattern, key, 0, &value) == FcResultMatch) return value;
  double real = 0;
  return FcPatternGetDouble(pattern, key, 0, &real) == FcResultMatch ? static_cast<int>(real)
                                                                     : fallback;
}

/// Faces opened so far by (file, index), shared by all shapers of the process.
class FaceCache {
 public:
  std::shared_ptr<draw::FontFace const> face_of(PangoFont* font, std::string const& generic) {
    auto* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    auto const file = fc_string(pattern, FC_FILE);
    int const index = fc_int(pattern, FC_INDEX, 0);
    std::lock_guard const lock(mutex_);
    auto& face = faces_[{file, index}];
    if (!face) {
      draw::FontFace::Names names;
      names.path = file;
      names.index = index & 0xFFFF;
      names.family = fc_string(pattern, FC_FAMILY);
      names.postscript_name = fc_string(pattern, FC_POSTSCRIPT_NAME);
      names.weight = css_weight(fc_int(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
      names.italic = fc_int(pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN;
      names.stretch_percent = fc_int(pattern, FC_WIDTH, 100);
      names.generic = generic;
      face = std::make_shared<draw::FontFace>(names);
    }
    return face;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::shared_ptr<draw::FontFace const>> faces_;
};

FaceCache& face_cache() {
  static FaceCache cache;
  return cache;
}

/// "Noto Sans SemiCondensed Medium" -> description with family list "Noto Sans,<rest>".
Description describe(std::vector<std::string> const& fonts) {
  Description first(
      pango_font_description_from_string(fonts.empty() ? "Sans" : fonts.front().c_str()));
  std::string families;
  for (auto const& font : fonts) {
    Description const d(pango_font_description_from_string(font.c_str()));
    if (char const* family = pango_font_description_get_family(d.get())) {
      families += (families.empty() ? "" : ",") + std::string(family);
    }
  }
  if (!families.empty()) pango_font_description_set_family(first.get(), families.c_str());
  return first;
}

void add_attribute(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin,
                   std::size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

/// Families in the order for Han: the last first, which has the Chinese letters of a style. Latin
/// fonts of books have brackets and stops of Chinese too, slanted and narrow ones in their italics.
std::string han_families(std::vector<std::string> const& fonts) {
  std::string families;
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    auto const& font = fonts[(i + fonts.size() - 1) % fonts.size()];
    Description const d(pango_font_description_from_string(font.c_str()));
    if (char const* family = pango_font_description_get_family(d.get())) {
      families += (families.empty() ? "" : ",") + std::string(family);
    }
  }
  return families;
}

/// Letters, brackets and stops of Chinese, Japanese and Korean; not the signs of all scripts that
/// stand upright in columns as well.
bool is_east_asian(char32_t c) {
  return (c >= 0x2E80 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

/// Gives the East Asian parts of a span, which begins at `begin`, the style's last font first.
void add_han_families(PangoAttrList* list, std::string const& text, std::size_t begin,
                      std::vector<std::string> const& fonts) {
  if (fonts.size() < 2) return;
  auto const families = han_families(fonts);
  std::size_t at = begin;
  std::size_t from = begin;
  bool inside = false;
  for (char32_t const c : base::to_utf32(text + "\n")) {
    if (is_east_asian(c) != inside) {
      if (inside) add_attribute(list, pango_attr_family_new(families.c_str()), from, at);
      inside = !inside;
      from = at;
    }
    at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}

/// Byte ranges of runs of Han (true) and other text.
std::vector<std::pair<std::size_t, bool>> script_changes(std::string const& text) {
  std::vector<std::pair<std::size_t, bool>> changes;
  std::size_t byte = 0;
  for (char32_t const c : base::to_utf32(text)) {
    bool const han = is_han(c);
    if (changes.empty() || changes.back().second != han) changes.emplace_back(byte, han);
    byte += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return changes;
}

/// All spans of a paragraph as one text, with the style of each byte.
struct Paragraph {
  std::string text;
  std::vector<std::size_t> ends;  ///< end of each span in bytes
  std::vector<TextStyle const*> styles;
  double largest_mm = 0;

  explicit Paragraph(std::vector<TextSpan> const& spans) {
    for (auto const& span : spans) {
      text += span.text;
      ends.push_back(text.size());
      styles.push_back(&span.style);
      largest_mm = std::max(largest_mm, span.style.size_mm);
    }
  }

  TextStyle const& style_at(std::size_t byte) const {
    auto const it = std::ranges::upper_bound(ends, byte);
    auto const index =
        std::min<std::size_t>(static_cast<std::size_t>(it - ends.begin()), styles.size() - 1);
    return *styles[index];
  }
};

Attributes attributes_of(Paragraph const& paragraph, double px_per_mm,
                         ParagraphStyle const& asked) {
  bool const vertical = asked.vertical;
  auto const& lang = asked.lang;
  Attributes list(pango_attr_list_new());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < paragraph.ends.size(); ++i) {
    auto const end = paragraph.ends[i];
    auto const& style = *paragraph.styles[i];
    add_attribute(list.get(), pango_attr_font_desc_new(describe(style.fonts).get()), begin, end);
    auto const text = paragraph.text.substr(begin, end - begin);
    add_han_families(list.get(), text, begin, style.fonts);
    auto const changes = script_changes(text);
    for (std::size_t k = 0; k < changes.size(); ++k) {
      auto const from = begin + changes[k].first;
      auto const to = k + 1 < changes.size() ? begin + changes[k + 1].first : end;
      double const size = style.size_mm * px_per_mm * (changes[k].second ? style.han_scale : 1.0);
      add_attribute(list.get(),
                    pango_attr_size_new_absolute(static_cast<int>(std::lround(size * PANGO_SCALE))),
                    from, to);
      // Brackets and stops of columns. Dashes and letters are turned instead.
      if (vertical && changes[k].second) {
        add_attribute(list.get(), pango_attr_font_features_new("vert=1"), from, to);
      }
    }
    std::string features = style.features;
    // Ligatures would join letters that the spacing sets apart.
    if (style.letter_spacing_em != 0)
      features += (features.empty() ? "" : ", ") + std::string("liga=0, clig=0");
    if (!features.empty()) {
      add_attribute(list.get(), pango_attr_font_features_new(features.c_str()), begin, end);
    }
    auto const& tag = style.lang.empty() ? lang : style.lang;
    add_attribute(list.get(), pango_attr_language_new(pango_language_from_string(tag.c_str())),
                  begin, end);
    if (style.letter_spacing_em != 0) {
      double const px = style.letter_spacing_em * style.size_mm * px_per_mm;
      add_attribute(list.get(),
                    pango_attr_letter_spacing_new(static_cast<int>(std::lround(px * PANGO_SCALE))),
                    begin, end);
    }
    begin = end;
  }
  return list;
}

PangoAlignment pango_alignment(Align align) {
  switch (align) {
    case Align::start:
      return PANGO_ALIGN_LEFT;
    case Align::center:
      return PANGO_ALIGN_CENTER;
    case Align::end:
      return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

char32_t code_point_at(std::string const& text, std::size_t byte) {
  auto const rest = base::to_utf32(std::string_view(text).substr(byte, 4));
  return rest.empty() ? U'\0' : rest.front();
}

/// Reads the glyphs of one Pango run into draw runs.
class RunReader {
 public:
  RunReader(Paragraph const& paragraph, double mm_per_unit, ShapedText& out)
      : paragraph_(paragraph), mm_per_unit_(mm_per_unit), out_(out) {}

  /// Appends the run whose origin is (x_mm, y_mm); returns its advance.
  double read(PangoGlyphItem* item, double x_mm, double y_mm) {
    auto const* analysis = &item->item->analysis;
    auto const begin = static_cast<std::size_t>(item->item->offset);
    auto const end = begin + static_cast<std::size_t>(item->item->length);
    auto const& style = paragraph_.style_at(begin);
    Description const used(pango_font_describe(analysis->font));
    draw::GlyphRun run;
    run.face = face_cache().face_of(analysis->font, style.generic);
    run.size_mm = pango_font_description_get_size(used.get()) * mm_per_unit_;
    run.color = style.color;
    run.text_begin = static_cast<std::uint32_t>(begin);
    run.text_end = static_cast<std::uint32_t>(end);
    run.letter_spacing_mm = style.letter_spacing_em * style.size_mm;
    run.features = style.features;
    run.right_to_left = (analysis->level & 1) != 0;
    double pen = x_mm;
    auto const* glyphs = item->glyphs;
    for (int i = 0; i < glyphs->num_glyphs; ++i) {
      auto const& info = glyphs->glyphs[i];
      read_glyph(run, *glyphs, i, begin, end,
                 {pen + info.geometry.x_offset * mm_per_unit_,
                  y_mm + info.geometry.y_offset * mm_per_unit_});
      pen += info.geometry.width * mm_per_unit_;
    }
    if (!run.glyphs.empty()) out_.runs.push_back(std::move(run));
    return pen - x_mm;
  }

 private:
  void read_glyph(draw::GlyphRun& run, PangoGlyphString const& glyphs, int i, std::size_t begin,
                  std::size_t end, draw::Point at) {
    auto const glyph = glyphs.glyphs[i].glyph;
    auto const from = begin + static_cast<std::size_t>(glyphs.log_clusters[i]);
    auto const c = code_point_at(paragraph_.text, from);
    if (glyph == PANGO_GLYPH_EMPTY) return;
    if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 || glyph == 0) {
      // Of several characters in a cluster Pango says which one it is.
      auto const lacking = static_cast<char32_t>(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
      auto const missing = lacking != 0 && lacking <= 0x10FFFF ? lacking : c;
      if (!may_be_invisible(missing)) out_.missing.push_back({missing, paragraph_.text});
      return;
    }
    draw::Glyph placed;
    placed.id = glyph;
    placed.at = at;
    placed.text_begin = static_cast<std::uint32_t>(from);
    placed.text_end = static_cast<std::uint32_t>(cluster_end(glyphs, i, begin, end));
    run.glyphs.push_back(placed);
  }

  /// End of the cluster of glyph i: the next larger cluster start of the run.
  static std::size_t cluster_end(PangoGlyphString const& glyphs, int i, std::size_t begin,
                                 std::size_t end) {
    int const own = glyphs.log_clusters[i];
    std::size_t next = end;
    for (int k = 0; k < glyphs.num_glyphs; ++k) {
      if (glyphs.log_clusters[k] > own) {
        next = std::min(next, begin + static_cast<std::size_t>(glyphs.log_clusters[k]));
      }
    }
    return next;
  }

  Paragraph const& paragraph_;
  double mm_per_unit_;
  ShapedText& out_;
};

/// Baselines of lines: a line of small letters, such as a reading below a name, comes closer.
class Leading {
 public:
  Leading(Paragraph const& paragraph, double line_height)
      : paragraph_(paragraph), line_height_(line_height) {}

  double baseline_mm(PangoLayoutLine const* line) {
    double const size = largest_mm(line);
    // The body of a line lies above its baseline but for the descenders, a quarter of it.
    constexpr double below = 0.25;
    if (!first_) at_mm_ += line_height_ * (below * last_mm_ + (1 - below) * size);
    first_ = false;
    last_mm_ = size;
    return at_mm_;
  }

 private:
  double largest_mm(PangoLayoutLine const* line) const {
    auto const begin = static_cast<std::size_t>(line->start_index);
    auto const end = begin + static_cast<std::size_t>(line->length);
    double largest = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i < paragraph_.ends.size(); ++i) {
      if (from < end && paragraph_.ends[i] > begin) {
        largest = std::max(largest, paragraph_.styles[i]->size_mm);
      }
      from = paragraph_.ends[i];
    }
    return largest > 0 ? largest : paragraph_.largest_mm;
  }

  Paragraph const& paragraph_;
  double line_height_;
  double at_mm_ = 0;
  double last_mm_ = 0;
  bool first_ = true;
};

void measure_ink(ShapedText& shaped) {
  for (auto const& run : shaped.runs) {
    for (auto const& glyph : run.glyphs) {
      auto const box = ink_of(run, glyph);
      if (!box.empty()) shaped.ink.add(box);
    }
  }
}

/// Alignment within the widest line, so that a block keeps its own box whatever the wrapping width.
void align_lines(ShapedText& shaped, Align align) {
  double widest = 0;
  for (auto const& line : shaped.lines) widest = std::max(widest, line.width_mm);
  for (auto& line : shaped.lines) {
    double left = 0;
    if (align == Align::center) left = (widest - line.width_mm) / 2;
    if (align == Align::end) left = widest - line.width_mm;
    double const shift = left - line.left_mm;
    line.left_mm = left;
    if (shift == 0) continue;
    for (auto run = line.first_run; run < line.end_run; ++run) {
      for (auto& glyph : shaped.runs[run].glyphs) glyph.at.x_mm += shift;
    }
  }
}

void measure_heights(ShapedText& shaped, double largest_mm) {
  for (auto const& run : shaped.runs) {
    auto const& m = run.face->metrics();
    shaped.ascent_mm = std::max(shaped.ascent_mm, std::min(m.ascent, 0.9) * run.size_mm);
    shaped.descent_mm = std::max(shaped.descent_mm, std::min(m.descent, 0.25) * run.size_mm);
    shaped.cap_height_mm = std::max(shaped.cap_height_mm, m.cap_height * run.size_mm);
    shaped.x_height_mm = std::max(shaped.x_height_mm, m.x_height * run.size_mm);
  }
  if (shaped.runs.empty()) shaped.ascent_mm = 0.8 * largest_mm;
  double width = 0;
  for (auto const& line : shaped.lines) width = std::max(width, line.left_mm + line.width_mm);
  double const last = shaped.lines.empty() ? 0 : shaped.lines.back().baseline_mm;
  shaped.length_mm = width;
  if (shaped.vertical) {
    // `width` is the length of the columns, `last` the middle of the leftmost one.
    shaped.logical = {last - largest_mm / 2, 0, largest_mm / 2, width};
    return;
  }
  shaped.logical =
      draw::Box::of(0, -shaped.ascent_mm, width, shaped.ascent_mm + last + shaped.descent_mm);
}

}  // namespace

struct Shaper::Impl {
  Handle<PangoFontMap> map;
  Handle<PangoContext> context;
  mutable std::set<std::string> families;

  Impl() {
    map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    context.reset(pango_font_map_create_context(map.get()));
    pango_cairo_context_set_resolution(context.get(), 72);
    auto* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
  }
};

Shaper::Shaper() : impl_(std::make_unique<Impl>()) {}
Shaper::~Shaper() = default;

std::vector<std::string> Shaper::families() const {
  if (impl_->families.empty()) {
    PangoFontFamily** list = nullptr;
    int count = 0;
    pango_font_map_list_families(impl_->map.get(), &list, &count);
    for (int i = 0; i < count; ++i) impl_->families.insert(pango_font_family_get_name(list[i]));
    g_free(list);
  }
  return {impl_->families.begin(), impl_->families.end()};
}

bool Shaper::has_font(std::string const& description) const {
  if (impl_->families.empty()) families();
  Description const d(pango_font_description_from_string(description.c_str()));
  char const* family = pango_font_description_get_family(d.get());
  if (family == nullptr) return false;
  auto const wanted = base::to_lower(family);
  return std::ranges::any_of(impl_->families,
                             [&](auto const& name) { return base::to_lower(name) == wanted; });
}

ShapedText Shaper::shape(std::vector<TextSpan> const& spans,
                         ParagraphStyle const& paragraph_style) const {
  ShapedText out;
  if (spans.empty()) return out;
  Paragraph const paragraph(spans);
  out.text = paragraph.text;
  out.lang = paragraph_style.lang;
  double const px_per_mm = shaping_em_px / paragraph.largest_mm;
  double const mm_per_unit = 1.0 / (px_per_mm * PANGO_SCALE);

  Handle<PangoLayout> const layout(pango_layout_new(impl_->context.get()));
  pango_layout_set_text(layout.get(), paragraph.text.data(),
                        static_cast<int>(paragraph.text.size()));
  auto const attributes = attributes_of(paragraph, px_per_mm, paragraph_style);
  add_attribute(attributes.get(), pango_attr_insert_hyphens_new(FALSE), 0, paragraph.text.size());
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_alignment(layout.get(), pango_alignment(paragraph_style.align));
  pango_layout_set_auto_dir(layout.get(), TRUE);
  if (paragraph_style.width_mm) {
    pango_layout_set_width(layout.get(), static_cast<int>(*paragraph_style.width_mm / mm_per_unit));
    // A word that is too long overflows and loses on space; it is never cut or hyphenated.
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
  }

  RunReader reader(paragraph, mm_per_unit, out);
  double const step_mm = paragraph_style.line_height * paragraph.largest_mm;
  Leading leading(paragraph, paragraph_style.line_height);
  int const count = pango_layout_get_line_count(layout.get());
  for (int i = 0; i < count; ++i) {
    auto* line = pango_layout_get_line_readonly(layout.get(), i);
    ShapedLine shaped_line;
    shaped_line.baseline_mm = leading.baseline_mm(line);
    shaped_line.first_run = out.runs.size();
    double x = 0;
    for (GSList* node = line->runs; node != nullptr; node = node->next) {
      x += reader.read(static_cast<PangoGlyphItem*>(node->data), x, shaped_line.baseline_mm);
    }
    // Pango takes the letter spacing off both ends of a line, so that a name ends at its ink.
    shaped_line.width_mm = x;
    shaped_line.end_run = out.runs.size();
    out.lines.push_back(shaped_line);
  }
  bool const in_columns =
      paragraph_style.vertical && std::ranges::any_of(base::to_utf32(out.text), is_han);
  if (in_columns) {
    set_in_columns(out, step_mm);
  } else {
    align_lines(out, paragraph_style.align);
  }
  measure_ink(out);
  measure_heights(out, paragraph.largest_mm);
  return out;
}

ShapedText Shaper::shape(std::string_view text, TextStyle const& style,
                         std::string const& lang) const {
  ParagraphStyle paragraph;
  paragraph.lang = lang;
  return shape({{std::string(text), style}}, paragraph);
}

draw::Box ink_of(draw::GlyphRun const& run, draw::Glyph const& glyph) {
  draw::Box out;
  auto const box = run.face->outline(glyph.id).control_box();
  if (box.empty()) return out;
  for (double const x : {box.min_x_mm, box.max_x_mm}) {
    for (double const y : {box.min_y_mm, box.max_y_mm}) {
      out.add(glyph.at + draw::turned(draw::Point{x, y} * run.size_mm, glyph.angle_rad));
    }
  }
  return out;
}

ShapedText ShapedText::aligned(Align align) const {
  ShapedText out = *this;
  if (lines.size() < 2 || vertical) return out;
  align_lines(out, align);
  out.ink = {};
  measure_ink(out);
  return out;
}

draw::Text ShapedText::placed(draw::Point origin, double angle_rad) const {
  draw::Text out;
  out.text = text;
  out.lang = lang;
  out.origin = origin;
  out.angle_rad = angle_rad;
  out.runs = runs;
  return out;
}

}  // namespace hachure::layout
