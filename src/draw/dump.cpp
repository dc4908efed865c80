#include "draw/dump.hpp"

#include <cmath>
#include <numbers>
#include <string_view>
#include <vector>

#include "base/number.hpp"
#include "base/text.hpp"
#include "draw/text_outline.hpp"

namespace hachure::draw {

namespace {

class Dumper {
 public:
  std::string take() { return std::move(out_); }

  void drawing(Drawing const& d) {
    out_ += "drawing";
    field("size", base::to_text(d.width_mm) + "x" + base::to_text(d.height_mm));
    field("background", color(d.background));
    quoted("lang", d.lang);
    quoted("title", d.title);
    quoted("description", d.description);
    quoted("author", d.author);
    quoted("rights", d.rights);
    quoted("keywords", d.keywords);
    if (d.created_epoch_s != 0) field("created", std::to_string(d.created_epoch_s));
    out_ += '\n';
    group(d.root, 1);
  }

 private:
  std::string out_;

  void begin(std::string_view kind, std::string const& id, int depth) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += kind;
    if (!id.empty()) {
      out_ += '#';
      out_ += id;
    }
  }
  void field(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += '=';
    out_ += value;
  }
  void quoted(std::string_view name, std::string const& value) {
    if (value.empty()) return;
    std::string text = "\"";
    for (char const c : value) {
      if (c == '\n') {
        text += "\\n";
        continue;
      }
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    field(name, text + '"');
  }
  void number(std::string_view name, double value) { field(name, base::to_text(value)); }

  static std::string color(Color const& c) {
    return base::to_text(c.r) + "," + base::to_text(c.g) + "," + base::to_text(c.b) +
           (c.a == 1 ? "" : "," + base::to_text(c.a));
  }
  static std::string point(Point p) { return base::to_text(p.x_mm) + "," + base::to_text(p.y_mm); }
  static std::string degrees(double angle_rad) {
    return base::to_text(angle_rad * 180 / std::numbers::pi);
  }
  static std::string path(Path const& p) {
    std::string text;
    std::size_t at = 0;
    for (auto const verb : p.verbs()) {
      if (!text.empty()) text += ' ';
      switch (verb) {
        case Path::Verb::move:
          text += "M " + point(p.points()[at++]);
          break;
        case Path::Verb::line:
          text += "L " + point(p.points()[at++]);
          break;
        case Path::Verb::cubic:
          text += "C " + point(p.points()[at]) + " " + point(p.points()[at + 1]) + " " +
                  point(p.points()[at + 2]);
          at += 3;
          break;
        case Path::Verb::close:
          text += "Z";
          break;
      }
    }
    return "[" + text + "]";
  }

  void node(Node const& n, int depth) {
    std::visit([&](auto const& value) { visit(value, depth); }, n.value);
  }
  void visit(Group const& value, int depth) { group(value, depth); }

  void group(Group const& g, int depth) {
    constexpr std::string_view roles[] = {"plain", "layer", "record", "furniture"};
    begin("group", g.id, depth);
    if (g.role != GroupRole::plain) field("role", roles[static_cast<std::size_t>(g.role)]);
    quoted("label", g.label);
    quoted("title", g.title);
    quoted("description", g.description);
    for (auto const& [key, value] : g.data) quoted("data-" + key, value);
    if (g.opacity != 1) number("opacity", g.opacity);
    if (g.clip) field("clip", path(*g.clip));
    out_ += '\n';
    for (auto const& child : g.children) node(child, depth + 1);
  }

  void visit(Shape const& s, int depth) {
    constexpr std::string_view caps[] = {"butt", "round", "square"};
    constexpr std::string_view joins[] = {"miter", "round", "bevel"};
    begin("shape", s.id, depth);
    if (s.fill) {
      field("fill", color(s.fill->color));
      if (s.fill->rule == FillRule::nonzero) field("rule", "nonzero");
    }
    if (s.stroke) {
      field("stroke", color(s.stroke->color));
      number("width", s.stroke->width_mm);
      if (s.stroke->cap != LineCap::butt) field("cap", caps[static_cast<int>(s.stroke->cap)]);
      if (s.stroke->join != LineJoin::miter) field("join", joins[static_cast<int>(s.stroke->join)]);
      if (s.stroke->miter_limit != 4) number("miter", s.stroke->miter_limit);
      std::string dash;
      for (double const d : s.stroke->dash_mm) dash += (dash.empty() ? "" : ",") + base::to_text(d);
      if (!dash.empty()) field("dash", dash);
      if (s.stroke->dash_offset_mm != 0) number("dash-offset", s.stroke->dash_offset_mm);
    }
    field("path", path(s.path));
    out_ += '\n';
  }

  void visit(Text const& t, int depth) {
    begin("text", t.id, depth);
    quoted("text", t.text);
    quoted("lang", t.lang);
    field("at", point(t.origin));
    if (t.angle_rad != 0) field("angle", degrees(t.angle_rad));
    if (t.curved) field("curved", "yes");
    if (t.halo) {
      field("halo", color(t.halo->color));
      number("reach", t.halo->width_mm);
    }
    out_ += '\n';
    for (auto const& r : t.runs) run(r, depth + 1);
  }

  void run(GlyphRun const& r, int depth) {
    begin("run", {}, depth);
    if (r.face) quoted("face", r.face->names().postscript_name);
    number("size", r.size_mm);
    field("color", color(r.color));
    field("bytes", std::to_string(r.text_begin) + ".." + std::to_string(r.text_end));
    if (r.letter_spacing_mm != 0) number("letter-spacing", r.letter_spacing_mm);
    quoted("features", r.features);
    if (r.right_to_left) field("right-to-left", "yes");
    if (r.vertical) field("vertical", "yes");
    std::string glyphs;
    for (auto const& g : r.glyphs) {
      if (!glyphs.empty()) glyphs += ' ';
      glyphs += std::to_string(g.id) + "@" + point(g.at);
      if (g.angle_rad != 0) glyphs += "/" + degrees(g.angle_rad);
    }
    field("glyphs", "[" + glyphs + "]");
    out_ += '\n';
  }

  void visit(Image const& i, int depth) {
    begin("image", i.id, depth);
    field("pixels", std::to_string(i.width_px) + "x" + std::to_string(i.height_px));
    field("box", base::to_text(i.box.min_x_mm) + "," + base::to_text(i.box.min_y_mm) + "," +
                     base::to_text(i.box.width_mm()) + "," + base::to_text(i.box.height_mm()));
    if (!i.smooth) field("smooth", "no");
    if (i.rgb) {
      field("hash", std::to_string(base::stable_hash(
                        {reinterpret_cast<char const*>(i.rgb->data()), i.rgb->size()})));
    }
    out_ += '\n';
  }

  void visit(Picture const& p, int depth) {
    begin("picture", p.id, depth);
    if (p.source) {
      quoted("source", p.source->name);
      field("hash", std::to_string(base::stable_hash(p.source->svg)));
    }
    quoted("title", p.title);
    field("at", point(p.anchor));
    field("anchor", point(p.anchor_in_view));
    number("scale", p.scale);
    if (p.angle_rad != 0) field("angle", degrees(p.angle_rad));
    out_ += '\n';
  }
};

/// Tip of the miter at `b` between the segments a-b and b-c, if the join keeps it (SVG 1.1, 11.4).
void add_miter(Box& box, Point a, Point b, Point c, Stroke const& stroke) {
  Point const in = b - a;
  Point const out = c - b;
  double const scale = length(in) * length(out);
  if (scale <= 0) return;
  // The miter ratio is 1 / sin(theta / 2), theta being the inner angle between the segments.
  double const sine_half = std::sqrt(std::max(0.0, (1 + dot(in, out) / scale) / 2));
  if (sine_half <= 0 || 1 / sine_half > stroke.miter_limit) return;
  Point const bisector = in * (1 / length(in)) - out * (1 / length(out));
  if (length(bisector) <= 0) return;
  box.add(b + bisector * (stroke.width_mm / 2 / sine_half / length(bisector)));
}

Box stroked_box(Path const& path, Stroke const& stroke) {
  Box box;
  for (auto const& contour : path.flattened(0.01)) {
    for (auto const& p : contour) box.add(p);
  }
  if (box.empty()) return box;
  double const reach =
      stroke.width_mm / 2 * (stroke.cap == LineCap::square ? std::numbers::sqrt2 : 1.0);
  box = box.grown(reach);
  if (stroke.join != LineJoin::miter) return box;
  for (auto const& contour : path.flattened(0.01)) {
    bool const closed = contour.size() > 2 && contour.front() == contour.back();
    for (std::size_t i = 1; i + 1 < contour.size(); ++i) {
      add_miter(box, contour[i - 1], contour[i], contour[i + 1], stroke);
    }
    if (closed) add_miter(box, contour[contour.size() - 2], contour[0], contour[1], stroke);
  }
  return box;
}

Box box_of(Group const& group) {
  Box box;
  for (auto const& child : group.children) box.add(ink_box(child));
  return box;
}

Box box_of(Shape const& shape) {
  if (shape.stroke) return stroked_box(shape.path, *shape.stroke);
  Box box;
  if (!shape.fill) return box;
  for (auto const& contour : shape.path.flattened(0.01)) {
    for (auto const& p : contour) box.add(p);
  }
  return box;
}

Box box_of(Text const& text) {
  Box const box = outline_of(text).control_box();
  return text.halo && !box.empty() ? box.grown(text.halo->width_mm) : box;
}

Box box_of(Image const& image) {
  return image.box;
}

Box box_of(Picture const& picture) {
  Box box;
  if (!picture.source) return box;
  Box const& view = picture.source->view_box;
  for (Point const corner :
       {Point{view.min_x_mm, view.min_y_mm}, Point{view.max_x_mm, view.min_y_mm},
        Point{view.max_x_mm, view.max_y_mm}, Point{view.min_x_mm, view.max_y_mm}}) {
    box.add(picture.anchor +
            turned((corner - picture.anchor_in_view) * picture.scale, picture.angle_rad));
  }
  return box;
}

}  // namespace

std::string dump(Drawing const& drawing) {
  Dumper dumper;
  dumper.drawing(drawing);
  return dumper.take();
}

Box ink_box(Node const& node) {
  return std::visit([](auto const& value) { return box_of(value); }, node.value);
}

}  // namespace hachure::draw
