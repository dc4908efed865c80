#include "render/svg.hpp"

#include <charconv>

#include "base/text.hpp"
#include "render/svg_body.hpp"
#include "render/xml.hpp"

namespace hachure::render {

using namespace draw;

namespace {

/// The document around the nodes.
class Writer {
 public:
  Writer(Drawing const& drawing, PaintOptions const& options)
      : drawing_(drawing), options_(options), nodes_(options, drawing.lang, SvgNames::ids) {
    nodes_.reserve("title");
    nodes_.reserve("desc");
  }

  std::string run() {
    std::string body;
    for (auto const& child : drawing_.root.children) body += nodes_.element(child, 1);
    bool const wrap = drawing_.root.clip || drawing_.root.opacity < 1;
    std::string const opening = wrap ? nodes_.opening(drawing_.root, 0) : std::string();
    head();
    if (auto const& defs = nodes_.definitions(); !defs.empty()) {
      out_ += "<defs>\n" + defs + "</defs>\n";
    }
    if (drawing_.background.a > 0) background();
    out_ += opening + body;
    if (wrap) out_ += "</g>\n";
    return out_ + "</svg>\n";
  }

 private:
  Drawing const& drawing_;
  PaintOptions const& options_;
  SvgBody nodes_;
  std::string out_;

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
