#include "render/svg.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <vector>

#include "base/number.hpp"
#include "base/text.hpp"
#include "draw/dump.hpp"
#include "draw/text_outline.hpp"
#include "render/png.hpp"
#include "render/svg_symbol.hpp"

namespace hachure::render {

using namespace draw;

namespace {

// --- XML -------------------------------------------------------------------------------------

/// Appends `text` escaped for element content and for attributes between double quotes; control
/// characters that XML 1.0 cannot hold are left out.
void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (char const c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
  }
}

std::string hex(std::uint64_t value, int digits) {
  std::string out(static_cast<std::size_t>(digits), '0');
  for (auto it = out.rbegin(); it != out.rend(); ++it, value >>= 4) {
    *it = "0123456789abcdef"[value & 15];
  }
  return out;
}

/// Name and value pairs in the order of writing.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_escaped(out, value, true);
  out += '"';
}

void append_attributes(std::string& out, Attributes const& attributes) {
  for (auto const& [name, value] : attributes) append_attribute(out, name, value);
}

std::string text_of(double value) {
  return base::to_text(value, 3);
}

std::string degrees(double angle_rad) {
  return text_of(angle_rad * 180 / std::numbers::pi);
}

// --- colours and paths -----------------------------------------------------------------------

std::string hex_color(Color const& color) {
  auto const byte = [](double v) {
    return static_cast<unsigned>(std::lround(std::clamp(v, 0.0, 1.0) * 255));
  };
  unsigned const r = byte(color.r);
  unsigned const g = byte(color.g);
  unsigned const b = byte(color.b);
  if (r % 17 == 0 && g % 17 == 0 && b % 17 == 0) {
    return "#" + hex((r / 17) << 8 | (g / 17) << 4 | b / 17, 3);
  }
  return "#" + hex(r << 16 | g << 8 | b, 6);
}

/// `fill` or `stroke` with its opacity where that is not 1.
void add_paint(Attributes& out, std::string_view name, std::string_view opacity_name,
               Color const& color) {
  out.emplace_back(name, hex_color(color));
  if (color.a < 1) out.emplace_back(opacity_name, text_of(color.a));
}

/// Path data with relative commands from coordinates rounded to 0.001 mm: sums of rounded steps are
/// exact in thousandths, so nothing drifts.
class PathData {
 public:
  explicit PathData(Path const& path) {
    std::size_t at = 0;
    for (auto const verb : path.verbs()) {
      auto const* const p = path.points().data() + at;
      switch (verb) {
        case Path::Verb::move:
          move(rounded(p[0]));
          at += 1;
          break;
        case Path::Verb::line:
          line(rounded(p[0]));
          at += 1;
          break;
        case Path::Verb::cubic:
          cubic(rounded(p[0]), rounded(p[1]), rounded(p[2]));
          at += 3;
          break;
        case Path::Verb::close:
          close();
          break;
      }
    }
  }
  std::string take() { return std::move(out_); }

 private:
  struct Milli {
    long long x = 0;
    long long y = 0;
    bool operator==(Milli const&) const = default;
  };
  std::string out_;
  Milli at_;
  Milli start_;
  char command_ = 0;
  bool contour_has_line_ = false;

  static Milli rounded(Point p) {
    return {std::llround(p.x_mm * 1000), std::llround(p.y_mm * 1000)};
  }

  void command(char c) {
    // A repeated command letter may be left out, but for M, after which l would be meant.
    if (command_ != c || c == 'M') out_ += c;
    command_ = c;
  }
  void number(long long milli) {
    char const last = out_.back();
    bool const after_number = (last >= '0' && last <= '9') || last == '.';
    if (after_number && milli >= 0) out_ += ' ';
    base::append_number(out_, static_cast<double>(milli) / 1000, 3);
  }
  void step(Milli to) {
    number(to.x - at_.x);
    number(to.y - at_.y);
  }

  void move(Milli p) {
    command('M');
    number(p.x);
    number(p.y);
    at_ = start_ = p;
    contour_has_line_ = false;
  }
  void line(Milli p) {
    // Steps that rounding made nothing are left out, but a dot keeps its one.
    if (p == at_ && contour_has_line_) return;
    contour_has_line_ = true;
    if (p.y == at_.y) {
      command('h');
      number(p.x - at_.x);
    } else if (p.x == at_.x) {
      command('v');
      number(p.y - at_.y);
    } else {
      command('l');
      step(p);
    }
    at_ = p;
  }
  void cubic(Milli a, Milli b, Milli p) {
    contour_has_line_ = true;
    command('c');
    step(a);
    step(b);
    step(p);
    at_ = p;
  }
  void close() {
    out_ += 'z';
    command_ = 'z';
    at_ = start_;
  }
};

std::string path_data(Path const& path) {
  return PathData(path).take();
}

/// Whether the fill rule can make a difference: not for a single contour of few points.
bool rule_matters(Path const& path) {
  return path.points().size() > 4;
}

// --- text ------------------------------------------------------------------------------------

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

// --- base64 (RFC 4648, section 4) ------------------------------------------------------------

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    auto const byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
    };
    unsigned const triple = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += digits[triple >> 18];
    out += digits[triple >> 12 & 63];
    out += i + 1 < bytes.size() ? digits[triple >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? digits[triple & 63] : '=';
  }
  return out;
}

// --- the writer ------------------------------------------------------------------------------

class Writer {
 public:
  Writer(Drawing const& drawing, PaintOptions const& options)
      : drawing_(drawing), options_(options) {
    ids_.insert({"title", "desc"});
  }

  std::string run() {
    for (auto const& child : drawing_.root.children) node(child, 1);
    std::string const body = std::move(out_);
    out_.clear();
    head();
    if (!defs_.empty()) out_ += "<defs>\n" + defs_ + "</defs>\n";
    if (drawing_.background.a > 0) background();
    bool const wrap = drawing_.root.clip || drawing_.root.opacity < 1;
    if (wrap) open_group(drawing_.root, 0);
    out_ += body;
    if (wrap) out_ += "</g>\n";
    return out_ + "</svg>\n";
  }

 private:
  Drawing const& drawing_;
  PaintOptions const& options_;
  std::string out_;
  std::string defs_;
  std::set<std::string> ids_;
  std::map<std::string, std::string> symbols_;  ///< what defines a symbol -> its id
  std::set<std::string> clips_;

  std::string unique_id(std::string const& wanted) {
    std::string const name = svg_id(wanted);
    std::string id = name;
    for (int n = 2; !ids_.insert(id).second; ++n) id = name + "-" + std::to_string(n);
    return id;
  }
  void add_id(std::string const& wanted) {
    if (!wanted.empty()) append_attribute(out_, "id", unique_id(wanted));
  }
  void element(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_ += '<';
    out_ += name;
    out_ += '>';
    append_escaped(out_, text, false);
    out_ += "</";
    out_ += name;
    out_ += '>';
  }
  void open(std::string_view name, int depth) {
    out_.append(static_cast<std::size_t>(depth), ' ');
    out_ += '<';
    out_ += name;
  }

  void head() {
    auto const width = text_of(drawing_.width_mm);
    auto const height = text_of(drawing_.height_mm);
    out_ +=
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" version=\"1.1\"";
    append_attribute(out_, "width", width + "mm");
    append_attribute(out_, "height", height + "mm");
    append_attribute(out_, "viewBox", "0 0 " + width + " " + height);
    out_ += " role=\"img\"";
    std::string labelled = drawing_.title.empty() ? "" : "title";
    if (!drawing_.description.empty()) labelled += labelled.empty() ? "desc" : " desc";
    if (!labelled.empty()) append_attribute(out_, "aria-labelledby", labelled);
    if (!drawing_.lang.empty()) append_attribute(out_, "xml:lang", drawing_.lang);
    out_ += ">\n";
    element_with_id("title", drawing_.title);
    element_with_id("desc", drawing_.description);
    metadata();
  }
  void element_with_id(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_ += '<';
    out_ += name;
    append_attribute(out_, "id", name);
    out_ += '>';
    append_escaped(out_, text, false);
    out_ += "</";
    out_ += name;
    out_ += ">\n";
  }
  /// Plain text: SVG 1.1 allows no element in it without a schema, and Illustrator refuses some
  /// RDF.
  void metadata() {
    std::string text;
    auto const add = [&](std::string_view name, std::string const& value) {
      if (value.empty()) return;
      if (!text.empty()) text += "; ";
      text += name;
      text += ": ";
      text += value;
    };
    add("author", drawing_.author);
    add("rights", drawing_.rights);
    add("keywords", drawing_.keywords);
    add("software", options_.software);
    element("metadata", text);
    if (!text.empty()) out_ += '\n';
  }
  void background() {
    Attributes attributes;
    attributes.emplace_back("width", text_of(drawing_.width_mm));
    attributes.emplace_back("height", text_of(drawing_.height_mm));
    add_paint(attributes, "fill", "fill-opacity", drawing_.background);
    out_ += "<rect";
    append_attributes(out_, attributes);
    out_ += "/>\n";
  }

  // Nodes

  void node(Node const& n, int depth) {
    std::visit([&](auto const& value) { visit(value, depth); }, n.value);
  }

  void visit(Group const& group, int depth) {
    open_group(group, depth);
    for (auto const& child : group.children) node(child, depth + 1);
    out_.append(static_cast<std::size_t>(depth), ' ');
    out_ += "</g>\n";
  }

  void open_group(Group const& group, int depth) {
    open("g", depth);
    add_id(group.id);
    if (group.role == GroupRole::layer) {
      append_attribute(out_, "inkscape:groupmode", "layer");
      append_attribute(out_, "inkscape:label", group.label.empty() ? group.id : group.label);
    }
    for (auto const& [key, value] : group.data) append_attribute(out_, data_name(key), value);
    if (group.clip) append_attribute(out_, "clip-path", "url(#" + clip_id(group) + ")");
    if (group.opacity < 1) append_attribute(out_, "opacity", text_of(group.opacity));
    out_ += '>';
    element("title", group.title);
    element("desc", group.description);
    out_ += '\n';
  }

  static std::string data_name(std::string const& key) {
    std::string name = "data-";
    for (char const c : base::to_lower(key)) {
      bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      name += plain ? c : '-';
    }
    return name;
  }

  /// Clips of anonymous groups are named after their shape, so that the name does not depend on how
  /// many other groups there are.
  std::string clip_id(Group const& group) {
    std::string const data = path_data(*group.clip);
    std::string const name =
        "clip-" + (group.id.empty() ? hex(base::stable_hash(data), 16) : svg_id(group.id));
    if (group.id.empty() && !clips_.insert(name).second) return name;
    std::string const id = unique_id(name);
    defs_ += "<clipPath";
    append_attribute(defs_, "id", id);
    defs_ += "><path clip-rule=\"evenodd\"";
    append_attribute(defs_, "d", data);
    defs_ += "/></clipPath>\n";
    return id;
  }

  void visit(Shape const& shape, int depth) {
    if (shape.path.empty() || (!shape.fill && !shape.stroke)) return;
    open("path", depth);
    add_id(shape.id);
    Attributes attributes;
    attributes.emplace_back("d", path_data(shape.path));
    if (shape.fill) {
      add_paint(attributes, "fill", "fill-opacity", shape.fill->color);
      if (shape.fill->rule == FillRule::evenodd && rule_matters(shape.path)) {
        attributes.emplace_back("fill-rule", "evenodd");
      }
    } else {
      attributes.emplace_back("fill", "none");
    }
    if (shape.stroke) add_stroke(attributes, *shape.stroke);
    append_attributes(out_, attributes);
    out_ += "/>\n";
  }

  static void add_stroke(Attributes& out, Stroke const& stroke) {
    add_paint(out, "stroke", "stroke-opacity", stroke.color);
    out.emplace_back("stroke-width", text_of(stroke.width_mm));
    if (stroke.cap == LineCap::round) out.emplace_back("stroke-linecap", "round");
    if (stroke.cap == LineCap::square) out.emplace_back("stroke-linecap", "square");
    if (stroke.join == LineJoin::round) out.emplace_back("stroke-linejoin", "round");
    if (stroke.join == LineJoin::bevel) out.emplace_back("stroke-linejoin", "bevel");
    if (stroke.join == LineJoin::miter && stroke.miter_limit != 4) {
      out.emplace_back("stroke-miterlimit", text_of(stroke.miter_limit));
    }
    if (stroke.dash_mm.empty()) return;
    std::string dash;
    for (double const d : stroke.dash_mm) dash += (dash.empty() ? "" : ",") + text_of(d);
    out.emplace_back("stroke-dasharray", std::move(dash));
    if (stroke.dash_offset_mm != 0) {
      out.emplace_back("stroke-dashoffset", text_of(stroke.dash_offset_mm));
    }
  }

  void visit(Image const& image, int depth) {
    if (!image.rgb || image.box.empty()) return;
    open("image", depth);
    add_id(image.id);
    append_attribute(out_, "x", text_of(image.box.min_x_mm));
    append_attribute(out_, "y", text_of(image.box.min_y_mm));
    append_attribute(out_, "width", text_of(image.box.width_mm()));
    append_attribute(out_, "height", text_of(image.box.height_mm()));
    append_attribute(out_, "preserveAspectRatio", "none");
    if (!image.smooth) append_attribute(out_, "image-rendering", "optimizeSpeed");
    out_ += " xlink:href=\"data:image/png;base64,";
    out_ += base64(encode_png({image.width_px, image.height_px, image.rgb->data()}, {}));
    out_ += "\"/>\n";
  }

  void visit(Picture const& picture, int depth) {
    if (!picture.source || picture.source->view_box.empty()) return;
    Box const& view = picture.source->view_box;
    Point const corner{view.min_x_mm, view.min_y_mm};
    Point const at = picture.anchor + (corner - picture.anchor_in_view) * picture.scale;
    open("use", depth);
    add_id(picture.id);
    append_attribute(out_, "xlink:href", "#" + symbol_id(*picture.source));
    append_attribute(out_, "x", text_of(at.x_mm));
    append_attribute(out_, "y", text_of(at.y_mm));
    append_attribute(out_, "width", text_of(view.width_mm() * picture.scale));
    append_attribute(out_, "height", text_of(view.height_mm() * picture.scale));
    if (picture.angle_rad != 0) {
      append_attribute(out_, "transform", rotation(picture.angle_rad, picture.anchor));
    }
    if (picture.title.empty()) {
      out_ += "/>\n";
      return;
    }
    out_ += '>';
    element("title", picture.title);
    out_ += "</use>\n";
  }

  static std::string rotation(double angle_rad, Point about) {
    return "rotate(" + degrees(angle_rad) + " " + text_of(about.x_mm) + " " + text_of(about.y_mm) +
           ")";
  }

  /// The same name with other colours is another symbol, so the name carries a hash of the content.
  std::string const& symbol_id(PictureSource const& source) {
    Box const& view = source.view_box;
    std::string const box = text_of(view.min_x_mm) + " " + text_of(view.min_y_mm) + " " +
                            text_of(view.width_mm()) + " " + text_of(view.height_mm());
    auto const [entry, added] = symbols_.try_emplace(box + source.name + '\n' + source.svg);
    if (!added) return entry->second;
    entry->second = unique_id("symbol-" + source.name + "-" +
                              hex(base::stable_hash(box + source.svg) >> 32, 8));
    auto const content = embedded(source.svg, entry->second + "-");
    defs_ += "<symbol";
    append_attribute(defs_, "id", entry->second);
    append_attribute(defs_, "viewBox", box);
    defs_ += content.attributes + ">" + content.body + "</symbol>\n";
    return entry->second;
  }

  // Text

  void visit(Text const& text, int depth) {
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

  /// Opens the group that stands for a text whose letters are no longer one element.
  void open_text_group(Text const& text, int depth, Attributes const& attributes) {
    open("g", depth);
    add_id(text.id);
    append_attribute(out_, "role", "img");
    std::string label = text.text;
    std::replace(label.begin(), label.end(), '\n', ' ');
    append_attribute(out_, "aria-label", label);
    add_lang(text);
    append_attributes(out_, attributes);
    out_ += ">\n";
  }
  void add_lang(Text const& text) {
    if (!text.lang.empty() && text.lang != drawing_.lang) {
      append_attribute(out_, "xml:lang", text.lang);
    }
  }

  void halo_path(Text const& text, int depth) {
    if (!text.halo) return;
    Path const outline = halo_outline_of(text);
    if (outline.empty()) return;
    Attributes attributes{{"d", path_data(outline)}, {"fill", "none"}};
    add_halo(attributes, *text.halo);
    open("path", depth);
    append_attributes(out_, attributes);
    out_ += "/>\n";
  }
  void filled_path(Path const& outline, Color const& color, int depth) {
    if (outline.empty()) return;
    Attributes attributes{{"d", path_data(outline)}};
    add_paint(attributes, "fill", "fill-opacity", color);
    open("path", depth);
    append_attributes(out_, attributes);
    out_ += "/>\n";
  }

  void outlined_text(Text const& text, int depth) {
    open_text_group(text, depth, {});
    halo_path(text, depth + 1);
    for (auto const& run : text.runs) filled_path(outline_of(text, run), run.color, depth + 1);
    close_group(depth);
  }
  void close_group(int depth) {
    out_.append(static_cast<std::size_t>(depth), ' ');
    out_ += "</g>\n";
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

    open("text", halo_below ? depth + 1 : depth);
    if (!halo_below) add_id(text.id);
    if (runs.size() == 1) add_place(text.origin + run_start(*runs[0]));
    if (text.angle_rad != 0) {
      append_attribute(out_, "transform", rotation(text.angle_rad, text.origin));
    }
    append_attributes(out_, shared);
    if (stroke_first) {
      Attributes halo;
      add_halo(halo, *text.halo);
      append_attributes(out_, halo);
    }
    if (!halo_below) add_lang(text);
    if (needs_preserved_space(text.text)) append_attribute(out_, "xml:space", "preserve");
    out_ += '>';
    runs.size() == 1 ? content(part(text.text, runs[0]->text_begin, runs[0]->text_end))
                     : tspans(text, runs, own);
    out_ += "</text>\n";
    if (halo_below) close_group(depth);
  }

  void add_place(Point p) {
    append_attribute(out_, "x", text_of(p.x_mm));
    append_attribute(out_, "y", text_of(p.y_mm));
  }
  /// Line ends are spaces to a reader.
  void content(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    append_escaped(out_, line, false);
  }

  void tspans(Text const& text, std::vector<GlyphRun const*> const& runs,
              std::vector<Attributes> const& own) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (i > 0 && runs[i]->text_begin > runs[i - 1]->text_end) out_ += ' ';
      out_ += "<tspan";
      add_place(text.origin + run_start(*runs[i]));
      append_attributes(out_, own[i]);
      out_ += '>';
      content(part(text.text, runs[i]->text_begin, runs[i]->text_end));
      out_ += "</tspan>";
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
    close_group(depth);
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
    open("text", depth);
    std::string transform =
        "translate(" + text_of(place.origin.x_mm) + " " + text_of(place.origin.y_mm) + ")";
    if (place.angle_rad != 0) transform += " rotate(" + degrees(place.angle_rad) + ")";
    append_attribute(out_, "transform", transform);
    append_attributes(out_, own);
    out_ += '>';
    content(characters);
    out_ += "</text>\n";
  }
};

}  // namespace

std::string svg_id(std::string_view id) {
  std::string out;
  for (char32_t const c : base::to_utf32(id)) {
    bool const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    bool const later = (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (later && out.empty()) out += '_';
    if (letter || later || c == '_') {
      out += static_cast<char>(c);
    } else {
      char digits[8];
      auto const end =
          std::to_chars(digits, digits + sizeof digits, static_cast<std::uint32_t>(c), 16).ptr;
      out += '_';
      out.append(digits, end);
      out += '_';
    }
  }
  return out.empty() ? "_" : out;
}

std::string paint_svg(Drawing const& drawing, PaintOptions const& options) {
  return Writer(drawing, options).run();
}

}  // namespace hachure::render
