#include "render/svg_body.hpp"

#include <map>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "render/png.hpp"
#include "render/svg.hpp"
#include "render/svg_path.hpp"
#include "render/svg_symbol.hpp"
#include "render/svg_text.hpp"
#include "render/xml.hpp"

namespace hachure::render {

using namespace draw;

namespace {

/// Whether the fill rule can make a difference: not for a single contour of few points.
bool rule_matters(Path const& path) {
  return path.points().size() > 4;
}

}  // namespace

struct SvgBody::Impl {
 public:
  Impl(PaintOptions const& options, std::string const& lang, SvgNames names)
      : out_(names), text_(out_, options, lang) {}

  void reserve(std::string const& id) { out_.reserve(id); }
  std::string const& definitions() const { return defs_; }
  std::string element(Node const& n, int depth) {
    node(n, depth);
    return std::exchange(out_.text, {});
  }
  std::string opening(Group const& group, int depth) {
    open_group(group, depth);
    return std::exchange(out_.text, {});
  }

 private:
  SvgOut out_;
  SvgText text_;
  std::string defs_;
  std::map<std::string, std::string> symbols_;  ///< what defines a symbol -> its id
  std::set<std::string> clips_;

  void node(Node const& n, int depth) {
    std::visit([&](auto const& value) { visit(value, depth); }, n.value);
  }

  void visit(Text const& text, int depth) { text_.write(text, depth); }
  void visit(Group const& group, int depth) {
    open_group(group, depth);
    for (auto const& child : group.children) node(child, depth + 1);
    out_.close_group(depth);
  }

  void open_group(Group const& group, int depth) {
    out_.open("g", depth);
    out_.add_name(group.id);
    if (group.role == GroupRole::layer && out_.names() == SvgNames::ids) {
      append_attribute(out_.text, "inkscape:groupmode", "layer");
      append_attribute(out_.text, "inkscape:label", group.label.empty() ? group.id : group.label);
    }
    for (auto const& [key, value] : group.data) append_attribute(out_.text, data_name(key), value);
    if (group.clip) append_attribute(out_.text, "clip-path", "url(#" + clip_id(group) + ")");
    if (group.opacity < 1) append_attribute(out_.text, "opacity", text_of(group.opacity));
    out_.text += '>';
    out_.element("title", group.title);
    out_.element("desc", group.description);
    out_.text += '\n';
  }

  static std::string data_name(std::string const& key) {
    std::string name = "data-";
    for (char const c : base::to_lower(key)) {
      bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      name += plain ? c : '-';
    }
    return name;
  }

  /// Clips of groups without an id are named after their shape, so that the name does not depend on
  /// how many other groups there are.
  std::string clip_id(Group const& group) {
    std::string const data = path_data(*group.clip);
    bool const by_shape = group.id.empty() || out_.names() == SvgNames::records;
    std::string const name =
        "clip-" + (by_shape ? hex(base::stable_hash(data), 16) : svg_id(group.id));
    if (by_shape && !clips_.insert(name).second) return name;
    std::string const id = out_.unique_id(name);
    defs_ += "<clipPath";
    append_attribute(defs_, "id", id);
    defs_ += "><path clip-rule=\"evenodd\"";
    append_attribute(defs_, "d", data);
    defs_ += "/></clipPath>\n";
    return id;
  }

  void visit(Shape const& shape, int depth) {
    if (shape.path.empty() || (!shape.fill && !shape.stroke)) return;
    out_.open("path", depth);
    out_.add_name(shape.id);
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
    append_attributes(out_.text, attributes);
    out_.text += "/>\n";
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
    out_.open("image", depth);
    out_.add_name(image.id);
    append_attribute(out_.text, "x", text_of(image.box.min_x_mm));
    append_attribute(out_.text, "y", text_of(image.box.min_y_mm));
    append_attribute(out_.text, "width", text_of(image.box.width_mm()));
    append_attribute(out_.text, "height", text_of(image.box.height_mm()));
    append_attribute(out_.text, "preserveAspectRatio", "none");
    if (!image.smooth) append_attribute(out_.text, "image-rendering", "optimizeSpeed");
    out_.text += " xlink:href=\"data:image/png;base64,";
    out_.text += base64(encode_png({image.width_px, image.height_px, image.rgb->data()}, {}));
    out_.text += "\"/>\n";
  }

  void visit(Picture const& picture, int depth) {
    if (!picture.source || picture.source->view_box.empty()) return;
    Box const& view = picture.source->view_box;
    Point const corner{view.min_x_mm, view.min_y_mm};
    Point const at = picture.anchor + (corner - picture.anchor_in_view) * picture.scale;
    out_.open("use", depth);
    out_.add_name(picture.id);
    append_attribute(out_.text, "xlink:href", "#" + symbol_id(*picture.source));
    append_attribute(out_.text, "x", text_of(at.x_mm));
    append_attribute(out_.text, "y", text_of(at.y_mm));
    append_attribute(out_.text, "width", text_of(view.width_mm() * picture.scale));
    append_attribute(out_.text, "height", text_of(view.height_mm() * picture.scale));
    if (picture.angle_rad != 0) {
      append_attribute(out_.text, "transform", rotation(picture.angle_rad, picture.anchor));
    }
    if (picture.title.empty()) {
      out_.text += "/>\n";
      return;
    }
    out_.text += '>';
    out_.element("title", picture.title);
    out_.text += "</use>\n";
  }

  /// The same name with other colours is another symbol, so the name carries a hash of the content.
  std::string const& symbol_id(PictureSource const& source) {
    Box const& view = source.view_box;
    std::string const box = text_of(view.min_x_mm) + " " + text_of(view.min_y_mm) + " " +
                            text_of(view.width_mm()) + " " + text_of(view.height_mm());
    auto const [entry, added] = symbols_.try_emplace(box + source.name + '\n' + source.svg);
    if (!added) return entry->second;
    entry->second = out_.unique_id("symbol-" + source.name + "-" +
                                   hex(base::stable_hash(box + source.svg) >> 32, 8));
    auto const content = embedded(source.svg, entry->second + "-");
    defs_ += "<symbol";
    append_attribute(defs_, "id", entry->second);
    append_attribute(defs_, "viewBox", box);
    defs_ += content.attributes + ">" + content.body + "</symbol>\n";
    return entry->second;
  }
};

SvgBody::SvgBody(PaintOptions const& options, std::string const& lang, SvgNames names)
    : impl_(std::make_unique<Impl>(options, lang, names)) {}

SvgBody::~SvgBody() = default;

void SvgBody::reserve(std::string const& id) {
  impl_->reserve(id);
}

std::string SvgBody::element(Node const& node, int depth) {
  return impl_->element(node, depth);
}

std::string SvgBody::opening(Group const& group, int depth) {
  return impl_->opening(group, depth);
}

std::string const& SvgBody::definitions() const {
  return impl_->definitions();
}

}  // namespace hachure::render
