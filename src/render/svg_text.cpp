#include "render/svg_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/text.hpp"
#include "draw/text_outline.hpp"
#include "render/svg_path.hpp"
#include "render/xml.hpp"

namespace hachure::render {

using namespace draw;

namespace {

/// CSS name of the width nearest to a percentage (CSS Fonts 4, section 2.3), empty for normal.
std::string stretch_name(double percent) {
  constexpr std::array<std::pair<double, std::string_view>, 9> names{{{50, "ultra-condensed"},
                                                                      {62.5, "extra-condensed"},
                                                                      {75, "condensed"},
                                                                      {87.5, "semi-condensed"},
                                                                      {100, ""},
                                                                      {112.5, "semi-expanded"},
                                                                      {125, "expanded"},
                                                                      {150, "extra-expanded"},
                                                                      {200, "ultra-expanded"}}};
  auto const nearest = std::min_element(names.begin(), names.end(), [&](auto& a, auto& b) {
    return std::abs(a.first - percent) < std::abs(b.first - percent);
  });
  return std::string(nearest->second);
}

/// A list for the attribute `font-family`: the family, then a generic one so that any viewer has
/// one.
std::string family_list(FontFace::Names const& names) {
  bool const plain = std::all_of(names.family.begin(), names.family.end(), [](char c) {
    return c == ' ' || c == '-' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  return (plain ? names.family : "'" + names.family + "'") + ", " + names.generic;
}

/// Attributes of a run but for its place. SVG 1.1 knows weights by hundreds.
Attributes run_attributes(GlyphRun const& run) {
  Attributes out;
  auto const& names = run.face->names();
  out.emplace_back("font-family", family_list(names));
  out.emplace_back("font-size", text_of(run.size_mm));
  int const weight = std::clamp((names.weight + 50) / 100 * 100, 100, 900);
  if (weight != 400) out.emplace_back("font-weight", std::to_string(weight));
  if (names.italic) out.emplace_back("font-style", "italic");
  if (auto stretch = stretch_name(names.stretch_percent); !stretch.empty()) {
    out.emplace_back("font-stretch", std::move(stretch));
  }
  add_paint(out, "fill", "fill-opacity", run.color);
  return out;
}

/// The declarations that SVG 1.1 has no attribute for.
void add_style(Attributes& out, GlyphRun const& run, bool paint_stroke_first) {
  std::string style;
  if (paint_stroke_first) style = "paint-order:stroke";
  if (!run.features.empty()) {
    if (!style.empty()) style += ';';
    style += "font-feature-settings:";
    for (char const c : run.features) style += c == '"' ? '\'' : c;
  }
  if (!style.empty()) out.emplace_back("style", std::move(style));
}

void add_halo(Attributes& out, Halo const& halo) {
  add_paint(out, "stroke", "stroke-opacity", halo.color);
  out.emplace_back("stroke-width", text_of(2 * halo.width_mm));
  out.emplace_back("stroke-linejoin", "round");
}

/// Whether XML's default treatment of white space would change the text.
bool needs_preserved_space(std::string_view text) {
  return text.starts_with(' ') || text.ends_with(' ') || text.find("  ") != std::string_view::npos;
}

std::string_view part(std::string const& text, std::uint32_t begin, std::uint32_t end) {
  auto const size = text.size();
  auto const from = std::min<std::size_t>(begin, size);
  return std::string_view(text).substr(from, std::min<std::size_t>(end, size) - from);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string::npos;
}

/// Live text of a run needs its leftmost glyph on the first baseline: browsers and librsvg lay a
/// chunk out from its left end, whatever its direction.
Point run_start(GlyphRun const& run) {
  Point start = run.glyphs.front().at;
  if (!run.right_to_left) return start;
  for (auto const& glyph : run.glyphs) {
    if (glyph.at.x_mm < start.x_mm) start = glyph.at;
  }
  return start;
}

/// Whether a viewer setting the characters in a straight line would put every glyph where it is.
bool sets_straight(Text const& text) {
  if (text.curved) return false;
  return std::none_of(text.runs.begin(), text.runs.end(), [](GlyphRun const& run) {
    return run.vertical || std::any_of(run.glyphs.begin(), run.glyphs.end(),
                                       [](Glyph const& g) { return g.angle_rad != 0; });
  });
}

/// Whether the halo of one run could cover ink of a run painted before it.
bool halo_touches_other_run(Text const& text) {
  std::vector<Box> boxes;
  for (auto const& run : text.runs) {
    Box const box = outline_of(text, run).control_box();
    if (box.empty()) continue;
    Box const reach = box.grown(text.halo->width_mm);
    for (auto const& other : boxes) {
      if (reach.overlaps(other)) return true;
    }
    boxes.push_back(box);
  }
  return false;
}

class TextWriter {
 public:
  TextWriter(SvgOut& out, PaintOptions const& options, std::string const& lang)
      : out_(out), options_(options), lang_(lang) {}

  void write(Text const& text, int depth) {
    if (std::all_of(text.runs.begin(), text.runs.end(),
                    [](GlyphRun const& run) { return run.glyphs.empty(); })) {
      return;
    }
    if (options_.text == PaintOptions::TextMode::outlines) {
      outlined_text(text, depth);
    } else if (sets_straight(text)) {
      straight_text(text, depth);
    } else {
      cluster_text(text, depth);
    }
  }

 private:
  SvgOut& out_;
  PaintOptions const& options_;
  std::string const& lang_;

  /// Opens the group that stands for a text whose letters are no longer one element.
  void open_text_group(Text const& text, int depth, Attributes const& attributes) {
    out_.open("g", depth);
    out_.add_name(text.id);
    append_attribute(out_.text, "role", "img");
    std::string label = text.text;
    std::replace(label.begin(), label.end(), '\n', ' ');
    append_attribute(out_.text, "aria-label", label);
    add_lang(text);
    append_attributes(out_.text, attributes);
    out_.text += ">\n";
  }
  void add_lang(Text const& text) {
    if (!text.lang.empty() && text.lang != lang_) {
      append_attribute(out_.text, "xml:lang", text.lang);
    }
  }

  void halo_path(Text const& text, int depth) {
    if (!text.halo) return;
    Path const outline = halo_outline_of(text);
    if (outline.empty()) return;
    Attributes attributes{{"d", path_data(outline)}, {"fill", "none"}};
    add_halo(attributes, *text.halo);
    out_.open("path", depth);
    append_attributes(out_.text, attributes);
    out_.text += "/>\n";
  }
  void filled_path(Path const& outline, Color const& color, int depth) {
    if (outline.empty()) return;
    Attributes attributes{{"d", path_data(outline)}};
    add_paint(attributes, "fill", "fill-opacity", color);
    out_.open("path", depth);
    append_attributes(out_.text, attributes);
    out_.text += "/>\n";
  }

  /// Halo and letters at once, which browsers paint and SVG 1.1 viewers do not.
  void haloed_path(Path const& outline, Color const& color, Halo const& halo, int depth) {
    if (outline.empty()) return;
    Attributes attributes{{"d", path_data(outline)}};
    add_paint(attributes, "fill", "fill-opacity", color);
    add_halo(attributes, halo);
    attributes.emplace_back("paint-order", "stroke");
    out_.open("path", depth);
    append_attributes(out_.text, attributes);
    out_.text += "/>\n";
  }

  void outlined_text(Text const& text, int depth) {
    open_text_group(text, depth, {});
    if (out_.names() == SvgNames::records && text.halo && text.runs.size() == 1) {
      haloed_path(outline_of(text, text.runs[0]), text.runs[0].color, *text.halo, depth + 1);
    } else {
      halo_path(text, depth + 1);
      for (auto const& run : text.runs) filled_path(outline_of(text, run), run.color, depth + 1);
    }
    out_.close_group(depth);
  }

  /// Runs in the order of reading; those without glyphs are left out.
  static std::vector<GlyphRun const*> runs_as_read(Text const& text) {
    std::vector<GlyphRun const*> runs;
    for (auto const& run : text.runs) {
      if (!run.glyphs.empty()) runs.push_back(&run);
    }
    std::stable_sort(runs.begin(), runs.end(), [](GlyphRun const* a, GlyphRun const* b) {
      return a->text_begin < b->text_begin;
    });
    return runs;
  }

  static Attributes straight_attributes(GlyphRun const& run, bool stroke_first) {
    auto attributes = run_attributes(run);
    if (run.letter_spacing_mm != 0) {
      attributes.emplace_back("letter-spacing", text_of(run.letter_spacing_mm));
    }
    add_style(attributes, run, stroke_first);
    return attributes;
  }

  void straight_text(Text const& text, int depth) {
    auto const runs = runs_as_read(text);
    bool const halo_below = text.halo && runs.size() > 1 && halo_touches_other_run(text);
    if (halo_below) {
      open_text_group(text, depth, {});
      halo_path(text, depth + 1);
    }
    bool const stroke_first = text.halo && !halo_below;
    std::vector<Attributes> own;
    for (auto const* run : runs) own.push_back(straight_attributes(*run, stroke_first));
    auto const shared = taken_common(own);

    out_.open("text", halo_below ? depth + 1 : depth);
    if (!halo_below) out_.add_name(text.id);
    if (runs.size() == 1) add_place(text.origin + run_start(*runs[0]));
    if (text.angle_rad != 0) {
      append_attribute(out_.text, "transform", rotation(text.angle_rad, text.origin));
    }
    append_attributes(out_.text, shared);
    if (stroke_first) {
      Attributes halo;
      add_halo(halo, *text.halo);
      append_attributes(out_.text, halo);
    }
    if (!halo_below) add_lang(text);
    if (needs_preserved_space(text.text)) append_attribute(out_.text, "xml:space", "preserve");
    out_.text += '>';
    runs.size() == 1 ? content(part(text.text, runs[0]->text_begin, runs[0]->text_end))
                     : tspans(text, runs, own);
    out_.text += "</text>\n";
    if (halo_below) out_.close_group(depth);
  }

  void add_place(Point p) {
    append_attribute(out_.text, "x", text_of(p.x_mm));
    append_attribute(out_.text, "y", text_of(p.y_mm));
  }
  /// Line ends are spaces to a reader.
  void content(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    append_escaped(out_.text, line, false);
  }

  void tspans(Text const& text, std::vector<GlyphRun const*> const& runs,
              std::vector<Attributes> const& own) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (i > 0 && runs[i]->text_begin > runs[i - 1]->text_end) out_.text += ' ';
      out_.text += "<tspan";
      add_place(text.origin + run_start(*runs[i]));
      append_attributes(out_.text, own[i]);
      out_.text += '>';
      content(part(text.text, runs[i]->text_begin, runs[i]->text_end));
      out_.text += "</tspan>";
    }
  }

  /// Takes out of every list the attributes that all of them have alike.
  static Attributes taken_common(std::vector<Attributes>& lists) {
    Attributes common;
    for (auto const& attribute : Attributes(lists.front())) {
      bool const everywhere = std::all_of(lists.begin(), lists.end(), [&](Attributes const& list) {
        return std::find(list.begin(), list.end(), attribute) != list.end();
      });
      if (!everywhere) continue;
      for (auto& list : lists) list.erase(std::find(list.begin(), list.end(), attribute));
      common.push_back(attribute);
    }
    return common;
  }

  /// Letters one by one: along a curve, in a column, or turned.
  void cluster_text(Text const& text, int depth) {
    auto const runs = runs_as_read(text);
    std::vector<Attributes> own;
    for (auto const* run : runs) {
      own.push_back(run_attributes(*run));
      add_style(own.back(), *run, false);
    }
    auto const shared = taken_common(own);
    open_text_group(text, depth, shared);
    halo_path(text, depth + 1);
    for (std::size_t i = 0; i < runs.size(); ++i) clusters(text, *runs[i], own[i], depth + 1);
    out_.close_group(depth);
  }

  void clusters(Text const& text, GlyphRun const& run, Attributes const& own, int depth) {
    Path outlines;
    for (std::size_t begin = 0, end = 0; begin < run.glyphs.size(); begin = end) {
      while (end < run.glyphs.size() &&
             run.glyphs[end].text_begin == run.glyphs[begin].text_begin) {
        ++end;
      }
      auto const& first = run.glyphs[begin];
      auto const characters = part(text.text, first.text_begin, first.text_end);
      if (is_blank(characters)) continue;
      if (!viewer_finds_glyph(run, begin, end, characters)) {
        for (auto i = begin; i < end; ++i) append_outline(outlines, text, run, run.glyphs[i]);
        continue;
      }
      cluster(place_of(text, run, first), characters, own, depth);
    }
    filled_path(outlines, run.color, depth);
  }

  static void append_outline(Path& out, Text const& text, GlyphRun const& run, Glyph const& glyph) {
    auto const place = place_of(text, run, glyph);
    out.append(
        run.face->outline(glyph.id).transformed(place.size_mm, place.angle_rad, place.origin));
  }

  /// Joined scripts and the upright forms of columns depend on neighbours that a letter set alone
  /// does not have; only a letter with its everyday glyph can be left to the viewer there.
  static bool viewer_finds_glyph(GlyphRun const& run, std::size_t begin, std::size_t end,
                                 std::string_view characters) {
    if (!run.right_to_left && !run.vertical) return true;
    auto const codes = base::to_utf32(characters);
    return end - begin == 1 && codes.size() == 1 &&
           run.face->nominal_glyph(codes[0]) == run.glyphs[begin].id;
  }

  void cluster(GlyphPlace const& place, std::string_view characters, Attributes const& own,
               int depth) {
    out_.open("text", depth);
    std::string transform =
        "translate(" + text_of(place.origin.x_mm) + " " + text_of(place.origin.y_mm) + ")";
    if (place.angle_rad != 0) transform += " rotate(" + degrees(place.angle_rad) + ")";
    append_attribute(out_.text, "transform", transform);
    append_attributes(out_.text, own);
    out_.text += '>';
    content(characters);
    out_.text += "</text>\n";
  }
};

}  // namespace

void SvgText::write(Text const& text, int depth) {
  TextWriter(out_, options_, lang_).write(text, depth);
}

}  // namespace hachure::render
