#include "style/symbol.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "style/color.hpp"

namespace hachure::style {

namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string text_of(xmlChar const* text) {
  return text ? reinterpret_cast<char const*>(text) : std::string();
}

std::string attribute(xmlNode const* node, char const* name) {
  xmlChar* value = xmlGetNoNsProp(node, reinterpret_cast<xmlChar const*>(name));
  std::string text = text_of(value);
  xmlFree(value);
  return text;
}

void escape(std::string& out, std::string_view text) {
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
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
}

std::vector<double> numbers(std::string const& text) {
  std::vector<double> out;
  std::string spaced = text;
  std::ranges::replace(spaced, ',', ' ');
  for (auto const& part : base::split_list(spaced, ' ')) {
    if (auto const n = base::parse_number(part)) out.push_back(*n);
  }
  return out;
}

/// Copies the safe part of an SVG document, its classes resolved to colours.
class Sanitizer {
 public:
  Sanitizer(std::string file, SymbolColors const& colors)
      : file_(std::move(file)), colors_(colors) {}

  std::string copy(xmlNode const* root) {
    std::string out;
    auto const view = numbers(attribute(root, "viewBox"));
    view_box_ = draw::Box::of(view[0], view[1], view[2], view[3]);
    write(root, out, true);
    return out;
  }

 private:
  [[noreturn]] void refuse(xmlNode const* node, std::string const& what) const {
    throw base::Error(
        base::Fault::input,
        {.file = file_, .line = static_cast<int>(xmlGetLineNo(node)), .place = {}, .field = {}},
        "symbol holds " + what, "symbols are static drawings: paths, shapes, gradients, groups");
  }

  void write(xmlNode const* node, std::string& out, bool is_root) const {
    static std::set<std::string> const allowed{
        "svg",  "g",        "path",    "circle", "ellipse",        "rect",
        "line", "polyline", "polygon", "defs",   "linearGradient", "radialGradient",
        "stop", "clipPath", "use",     "symbol", "title",          "desc"};
    static std::set<std::string> const dropped{"metadata", "namedview", "sodipodi:namedview"};
    std::string const name = text_of(node->name);
    if (dropped.contains(name)) return;
    if (!allowed.contains(name)) refuse(node, "an element <" + name + ">");
    // Titles are spoken for the picture as a whole, not again inside it.
    if (name == "title" || name == "desc") return;
    if (auto const part = part_of(node)) return write_part(node, *part, out);
    out += "<" + name;
    if (is_root)
      out +=
          " xmlns=\"http://www.w3.org/2000/svg\" "
          "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    write_attributes(node, out);
    bool open = false;
    for (xmlNode const* child = node->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE) continue;
      if (!open) out += ">";
      open = true;
      write(child, out, false);
    }
    out += open ? "</" + name + ">" : "/>";
  }

  /// An area of a side that is not simply filled.
  struct Part {
    SymbolCue cue;
    draw::Color color;
  };

  std::optional<Part> part_of(xmlNode const* node) const {
    static std::set<std::string> const shapes{"path", "circle",   "ellipse",
                                              "rect", "polyline", "polygon"};
    if (!shapes.contains(text_of(node->name))) return {};
    for (auto const& word : base::split_list(attribute(node, "class"), ' ')) {
      if (word == "side" && colors_.side_cue != SymbolCue::solid) {
        return Part{colors_.side_cue, colors_.side};
      }
      if (word == "second" && colors_.second_cue != SymbolCue::solid) {
        return Part{colors_.second_cue, colors_.second};
      }
    }
    return {};
  }

  /// Paper within an outline; over it, cut at the shape, what the cue asks for.
  void write_part(xmlNode const* node, Part const& part, std::string& out) const {
    std::string const name = text_of(node->name);
    std::string shape = "<" + name;
    write_attributes(node, shape, Looks::none);
    auto const color = to_hex(part.color);
    double const unit = view_box_.width_mm() / 24;
    out += shape + " fill=\"" + to_hex(colors_.paper) + "\"/>";
    if (part.cue != SymbolCue::hollow) {
      auto const id = "cue" + std::to_string(++parts_);
      out += "<clipPath id=\"" + id + "\">" + shape + "/></clipPath>";
      out += "<path clip-path=\"url(#" + id + ")\" ";
      out += part.cue == SymbolCue::line
                 ? "fill=\"" + color + "\" d=\"" + left_half()
                 : "fill=\"none\" stroke=\"" + color + "\" stroke-width=\"" +
                       base::to_text(0.75 * unit) + "\" d=\"" + strokes_across(1.9 * unit);
      out += "\"/>";
    }
    // An outline of its own, unless the file gives the area one.
    bool const has_stroke = color_of(attribute(node, "class"), true).has_value();
    out += "<" + name;
    write_attributes(node, out, has_stroke ? Looks::stroke : Looks::none);
    out += " fill=\"none\"";
    if (!has_stroke) {
      out += " stroke=\"" + color + "\" stroke-linejoin=\"round\" stroke-width=\"" +
             base::to_text(1.1 * unit) + "\"";
    }
    out += "/>";
  }

  std::string left_half() const {
    auto const& v = view_box_;
    auto const at = [](double x, double y) { return base::to_text(x) + " " + base::to_text(y); };
    double const middle = v.min_x_mm <= 0 && v.max_x_mm >= 0 ? 0 : v.center().x_mm;
    return "M" + at(v.min_x_mm, v.min_y_mm) + " L" + at(middle, v.min_y_mm) + " L" +
           at(middle, v.max_y_mm) + " L" + at(v.min_x_mm, v.max_y_mm) + " Z";
  }

  /// Strokes from the lower left to the upper right over the whole view box.
  std::string strokes_across(double spacing) const {
    auto const& v = view_box_;
    double const step = spacing * 1.4142135623730951;
    std::string d;
    int const count = static_cast<int>((v.width_mm() + v.height_mm()) / step);
    for (int k = 1; k <= count; ++k) {
      double const reach = k * step;
      d += (d.empty() ? "M" : " M") + base::to_text(v.min_x_mm) + " " +
           base::to_text(v.min_y_mm + reach) + " L" + base::to_text(v.min_x_mm + reach) + " " +
           base::to_text(v.min_y_mm);
    }
    return d;
  }

  enum class Looks { all, stroke, none };

  /// @param looks which of fill and stroke are written
  void write_attributes(xmlNode const* node, std::string& out, Looks looks = Looks::all) const {
    std::string const classes = attribute(node, "class");
    auto const fill = color_of(classes, false);
    auto const stroke = color_of(classes, true);
    for (xmlAttr const* a = node->properties; a != nullptr; a = a->next) {
      std::string const name = text_of(a->name);
      if (name == "class" || name.starts_with("data-")) continue;
      if (looks != Looks::all && (name == "id" || name.starts_with("fill"))) continue;
      if (looks == Looks::none && name.starts_with("stroke")) continue;
      if (a->ns != nullptr && text_of(a->ns->href) != "http://www.w3.org/1999/xlink") continue;
      if ((name == "fill" && fill) || (name == "stroke" && stroke)) continue;
      xmlChar* raw = xmlNodeListGetString(node->doc, a->children, 1);
      std::string const value = text_of(raw);
      xmlFree(raw);
      check_value(node, name, value);
      out += a->ns != nullptr ? " xlink:" + name + "=\"" : " " + name + "=\"";
      escape(out, value);
      out += "\"";
    }
    if (fill && looks == Looks::all) out += " fill=\"" + *fill + "\"";
    if (stroke && looks != Looks::none) out += " stroke=\"" + *stroke + "\"";
  }

  void check_value(xmlNode const* node, std::string const& name, std::string const& value) const {
    if (name.starts_with("on")) refuse(node, "an event attribute " + name);
    if (name == "href" && !value.starts_with("#")) refuse(node, "a reference to \"" + value + "\"");
    auto const lower = base::to_lower(value);
    for (auto at = lower.find("url("); at != std::string::npos; at = lower.find("url(", at + 4)) {
      auto const target = lower.find_first_not_of(" '\"", at + 4);
      if (target == std::string::npos || lower[target] != '#') {
        refuse(node, "a reference to \"" + value + "\"");
      }
    }
    if (lower.find("javascript:") != std::string::npos) refuse(node, "a script");
  }

  std::optional<std::string> color_of(std::string const& classes, bool stroke) const {
    std::array<std::pair<std::string_view, draw::Color const*>, 5> const known{
        {{"side", &colors_.side},
         {"side-light", &colors_.side_light},
         {"second", &colors_.second},
         {"paper", &colors_.paper},
         {"ink", &colors_.ink}}};
    for (auto const& word : base::split_list(classes, ' ')) {
      for (auto const& [name, color] : known) {
        if (word == std::string(name) + (stroke ? "-stroke" : "")) return to_hex(*color);
      }
    }
    return {};
  }

  std::string file_;
  SymbolColors const& colors_;
  draw::Box view_box_;
  mutable int parts_ = 0;  ///< with clip paths of their own, for their ids
};

std::string find_title(xmlNode const* root) {
  for (xmlNode const* child = root->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE && text_of(child->name) == "title") {
      xmlChar* content = xmlNodeGetContent(child);
      std::string const text = text_of(content);
      xmlFree(content);
      return text;
    }
  }
  return {};
}

Symbol read_symbol(std::filesystem::path const& path, std::string const& id,
                   SymbolColors const& colors) {
  auto const bytes = base::read_file(path, base::limits::max_symbol_bytes);
  base::Origin const origin{.file = path.string(), .line = 0, .place = {}, .field = {}};
  // NONET and no entity substitution: nothing outside the file is ever looked at.
  std::unique_ptr<xmlDoc, FreeDocument> const document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr || text_of(root->name) != "svg") {
    throw base::Error(base::Fault::input, origin, "is not an SVG drawing");
  }
  if (document->intSubset != nullptr) {
    throw base::Error(base::Fault::input, origin, "has a document type with declarations",
                      "save it as plain SVG");
  }
  auto const view = numbers(attribute(root, "viewBox"));
  if (view.size() != 4 || view[2] <= 0 || view[3] <= 0) {
    throw base::Error(base::Fault::input, origin, "has no viewBox",
                      "give the root viewBox=\"-12 -12 24 24\"");
  }
  Symbol symbol;
  auto picture = std::make_shared<draw::PictureSource>();
  picture->name = id;
  picture->view_box = draw::Box::of(view[0], view[1], view[2], view[3]);
  picture->svg = Sanitizer(path.string(), colors).copy(root);
  symbol.title = find_title(root);
  symbol.subject = attribute(root, "data-subject");
  auto const anchor = numbers(attribute(root, "data-anchor"));
  symbol.anchor = anchor.size() == 2 ? draw::Point{anchor[0], anchor[1]}
                  : view[0] <= 0 && view[1] <= 0 && view[0] + view[2] >= 0
                      ? draw::Point{0, 0}
                      : picture->view_box.center();
  if (view[0] == 0 && view[1] == 0 && anchor.size() != 2)
    symbol.anchor = picture->view_box.center();
  if (auto const heading = base::parse_number(attribute(root, "data-heading"))) {
    symbol.heading_deg = *heading;
  }
  symbol.picture = std::move(picture);
  return symbol;
}

}  // namespace

SymbolCue symbol_cue(std::string_view name) {
  if (name == "line") return SymbolCue::line;
  if (name == "hollow") return SymbolCue::hollow;
  if (name == "hatched") return SymbolCue::hatched;
  return SymbolCue::solid;
}

SymbolCatalogue::SymbolCatalogue(std::vector<std::filesystem::path> folders)
    : folders_(std::move(folders)) {}

std::filesystem::path SymbolCatalogue::file_of(std::string const& id) const {
  // Ids come from data: nothing but a plain name may reach the file system.
  bool const plain = !id.empty() && id.size() <= base::limits::max_key_length &&
                     std::ranges::all_of(id, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_';
                     });
  if (!plain) return {};
  std::error_code ignored;
  for (auto const& folder : folders_) {
    auto const path = folder / (id + ".svg");
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return {};
}

std::optional<Symbol> SymbolCatalogue::find(std::string const& id, SymbolColors const& colors) {
  std::string const key = id + to_hex(colors.side) + to_hex(colors.side_light) +
                          to_hex(colors.second) + to_hex(colors.paper) + to_hex(colors.ink) +
                          static_cast<char>('0' + static_cast<int>(colors.side_cue)) +
                          static_cast<char>('0' + static_cast<int>(colors.second_cue));
  std::lock_guard const lock(mutex_);
  if (auto const it = cache_.find(key); it != cache_.end()) return it->second;
  auto const path = file_of(id);
  if (path.empty()) return {};
  auto symbol = read_symbol(path, id, colors);
  cache_.emplace(key, symbol);
  return symbol;
}

std::vector<std::string> SymbolCatalogue::ids() const {
  std::set<std::string> names;
  std::error_code ignored;
  for (auto const& folder : folders_) {
    for (auto const& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (entry.path().extension() == ".svg") names.insert(entry.path().stem().string());
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace hachure::style
