#include "render/html.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/message.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "render/frame_tree.hpp"
#include "render/html_assets.hpp"
#include "render/svg_body.hpp"
#include "render/xml.hpp"

namespace hachure::render {

using namespace draw;

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text, true);
  return out;
}

/// A JSON string that may stand in a script element: no `<`, so neither `</script>` nor `<!--`.
std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      out += "\\u00" + hex(byte, 2);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// A source of the policy: the SHA-256 of an element's text (CSP Level 3, section 2.3.1).
std::string policy_hash(Asset const& asset) {
  std::string bytes;
  auto const digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i + 1 < asset.sha256.size(); i += 2) {
    bytes += static_cast<char>(digit(asset.sha256[i]) * 16 + digit(asset.sha256[i + 1]));
  }
  return "'sha256-" + base64(bytes) + "'";
}

Asset const& asset(std::string_view name) {
  auto const all = assets();
  return *std::ranges::find(all, name, &Asset::name);
}

/// Whether a date is one that the attribute `datetime` may hold: a day, perhaps with a time.
bool is_html_date(std::string_view iso) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  if (iso.size() != 10 && iso.size() != 16 && iso.size() != 19) return false;
  return std::ranges::equal(iso, form.substr(0, iso.size()), [](char c, char f) {
    return f == 'd' ? c >= '0' && c <= '9' : c == f;
  });
}

bool is_web_address(std::string_view url) {
  auto const start = base::to_lower(url.substr(0, 8));
  return start.starts_with("https://") || start.starts_with("http://");
}

/// ISO 639 codes of the languages whose usual script runs from the right.
bool runs_from_right(std::string_view lang) {
  auto const language = lang.substr(0, lang.find('-'));
  for (std::string_view const code :
       {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}) {
    if (language == code) return true;
  }
  return false;
}

/// The controls' language on a page of `lang`: English where there is no catalogue.
std::string language_of_words(std::string_view lang) {
  auto language = base::language_of(lang);
  return std::ranges::count(base::message_languages(), language) > 0 ? language : "en";
}

/// The layers of the picture, frame by frame.
class LayeredPicture {
 public:
  LayeredPicture(Drawing const& stage, Group const& above, PaintOptions const& options)
      : options_(options),
        body_(options_, stage.lang, SvgNames::records),
        moving_(body_),
        overlay_(body_),
        view_box_("0 0 " + text_of(stage.width_mm) + " " + text_of(stage.height_mm)) {
    stage_ = background(stage);
    append_nodes(stage_, stage.root);
    append_nodes(above_, above);
  }

  void add(HtmlFrame const& frame) {
    moving_.add(frame.moving);
    overlay_.add(frame.overlay);
  }

  std::string markup() const {
    std::string const ring = " <rect id=\"ring\" rx=\"1\" display=\"none\"/>\n";
    return "<svg class=\"defs\" aria-hidden=\"true\"><defs>\n" + body_.definitions() +
           "</defs></svg>\n" + layer("stage", stage_) + layer("moving", moving_.markup()) +
           (above_.empty() ? "" : layer("above", above_)) +
           layer("overlay", overlay_.markup() + ring);
  }

 private:
  PaintOptions options_;
  SvgBody body_;
  FrameTree moving_;
  FrameTree overlay_;
  std::string view_box_;
  std::string stage_;
  std::string above_;

  std::string layer(std::string_view name, std::string const& content) const {
    std::string out = "<svg";
    append_attribute(out, "class", name);
    append_attribute(out, "viewBox", view_box_);
    return out + " aria-hidden=\"true\">\n" + content + "</svg>\n";
  }

  static std::string background(Drawing const& stage) {
    if (stage.background.a <= 0) return {};
    Attributes attributes{{"width", text_of(stage.width_mm)}, {"height", text_of(stage.height_mm)}};
    add_paint(attributes, "fill", "fill-opacity", stage.background);
    std::string out = " <rect";
    append_attributes(out, attributes);
    return out + "/>\n";
  }

  /// The children of a group, within a tag of its own only where it clips or fades them.
  void append_nodes(std::string& out, Group const& group) {
    if (group.clip || group.opacity < 1) {
      out += body_.element(Node{group}, 1);
      return;
    }
    for (auto const& child : group.children) out += body_.element(child, 1);
  }
};

/// What a page holds beside its picture.
struct Content {
  Drawing stage;                  ///< without its nodes
  std::vector<HtmlFrame> frames;  ///< likewise
  std::vector<HtmlEvent> events;
};

/// Makes the parts of the page that page.html names.
class PageWriter {
 public:
  PageWriter(Content const& page, PaintOptions const& options, std::string picture)
      : page_(page),
        options_(options),
        picture_(std::move(picture)),
        words_(language_of_words(page.stage.lang)) {}

  std::string run() const {
    auto const& last = page_.frames.back();
    std::map<std::string, std::string, std::less<>> parts{
        {"lang", escaped(page_.stage.lang)},
        {"dir", runs_from_right(page_.stage.lang) ? "rtl" : "ltr"},
        {"policy", escaped(policy())},
        {"meta", meta()},
        {"title", escaped(page_.stage.title)},
        {"description", escaped(page_.stage.description)},
        {"style", std::string(asset("page.css").text)},
        {"script", std::string(asset("page.js").text)},
        {"picture", picture_},
        {"band", band()},
        {"events", events()},
        {"footer", footer()},
        {"frames", frames()},
        {"last", std::to_string(page_.frames.size() - 1)},
        {"last.label", escaped(last.label)},
        {"last.datetime", is_html_date(last.iso) ? " datetime=\"" + last.iso + "\"" : ""},
        {"words.lang", words_},
    };
    return filled(asset("page.html").text, parts);
  }

 private:
  Content const& page_;
  PaintOptions const& options_;
  std::string picture_;
  std::string words_;  ///< language of the controls

  std::string word(std::string_view id) const { return escaped(base::message(id, words_)); }

  /// The template with `{{name}}` replaced; what is put in is not looked at again.
  std::string filled(std::string_view page,
                     std::map<std::string, std::string, std::less<>> const& parts) const {
    std::string out;
    while (true) {
      auto const begin = page.find("{{");
      out += page.substr(0, begin);
      if (begin == std::string_view::npos) return out;
      auto const end = page.find("}}", begin);
      auto const name = page.substr(begin + 2, end - begin - 2);
      auto const part = parts.find(name);
      out += part != parts.end() ? part->second : word(name);
      page.remove_prefix(end + 2);
    }
  }

  std::string policy() const {
    std::string out = "default-src 'none'; img-src data:; script-src " +
                      policy_hash(asset("page.js")) + "; style-src " +
                      policy_hash(asset("page.css"));
    // Live text asks for its halo and its figures in attributes.
    if (options_.text == PaintOptions::TextMode::live) out += "; style-src-attr 'unsafe-inline'";
    return out + "; base-uri 'none'; form-action 'none'";
  }

  std::string meta() const {
    std::string out;
    auto const add = [&](std::string_view name, std::string const& content) {
      if (content.empty()) return;
      out += "<meta";
      append_attribute(out, "name", name);
      append_attribute(out, "content", content);
      out += ">\n";
    };
    add("generator", options_.software);
    add("author", page_.stage.author);
    add("description", page_.stage.description);
    add("keywords", page_.stage.keywords);
    return out;
  }

  // The events

  std::string events() const {
    if (page_.events.empty()) return {};
    std::string out =
        "<section id=\"events\" tabindex=\"-1\" aria-labelledby=\"events-title\">\n"
        "<h2 id=\"events-title\" lang=\"" +
        words_ + "\">" + word("events") + "</h2>\n<ol>\n";
    for (auto const& event : page_.events) out += item(event);
    return out + "</ol>\n</section>\n";
  }

  std::string item(HtmlEvent const& event) const {
    auto const& frame = page_.frames[event.first_frame];
    std::string out = "<li class=\"event\"";
    append_attribute(out, "data-first", std::to_string(event.first_frame));
    append_attribute(out, "data-last", std::to_string(event.last_frame));
    append_attribute(out, "data-event", event.record);
    out += ">" + sign(event) + "<div>";
    out += "<a class=\"go\"";
    append_attribute(out, "href", "#t=" + address(frame.iso));
    out += ">";
    if (!event.date.empty()) out += "<span class=\"when\">" + escaped(event.date) + "</span> ";
    out += "<span class=\"what\">" + escaped(event.title) + "</span></a>";
    if (!event.note.empty()) out += "<p>" + escaped(event.note) + "</p>";
    return out + sources(event) + "</div></li>\n";
  }

  /// A drawn sign of the side's colour, as paper shows no backgrounds and the policy admits no
  /// style attribute: the ring with the number that the map has, or a disc.
  static std::string sign(HtmlEvent const& event) {
    auto const number = event.number > 0 ? std::to_string(event.number) : std::string();
    auto label = event.side;
    if (!number.empty()) label = label.empty() ? number : number + ", " + label;
    std::string out = "<svg viewBox=\"0 0 20 20\"";
    if (label.empty()) {
      out += " aria-hidden=\"true\"";
    } else {
      out += " role=\"img\"";
      append_attribute(out, "aria-label", label);
    }
    auto const color = hex_color(event.color);
    if (number.empty()) {
      return out + "><circle cx=\"10\" cy=\"10\" r=\"6\" fill=\"" + color +
             "\" stroke=\"currentColor\" stroke-width=\"0.8\"/></svg>";
    }
    return out + "><circle cx=\"10\" cy=\"10\" r=\"8.6\" fill=\"none\" stroke=\"" + color +
           "\" stroke-width=\"2\"/><text x=\"10\" y=\"14\">" + number + "</text></svg>";
  }

  /// Percent-encoded for a fragment (RFC 3986, section 3.5), what needs no encoding left readable.
  static std::string address(std::string_view iso) {
    constexpr std::string_view plain = "-_.~:/?@!$'()*+,;=";
    std::string out;
    for (char const c : iso) {
      bool const letter =
          (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (letter || plain.find(c) != std::string_view::npos) {
        out += c;
      } else {
        out += "%" + hex(static_cast<unsigned char>(c), 2);
      }
    }
    return out;
  }

  std::string sources(HtmlEvent const& event) const {
    if (event.sources.empty()) return {};
    std::string out =
        "<details><summary lang=\"" + words_ + "\">" + word("sources") + "</summary><ul>";
    for (auto const& source : event.sources) {
      bool const linked = is_web_address(source.url);
      out += "<li>";
      if (linked) {
        out += "<a rel=\"noopener noreferrer\"";
        append_attribute(out, "href", source.url);
        out += ">";
      }
      out += escaped(source.text.empty() ? source.url : source.text);
      out += linked ? "</a></li>" : "</li>";
    }
    return out + "</ul></details>";
  }

  /// When the events are, under the slider: a row for each colour.
  std::string band() const {
    if (page_.events.empty()) return {};
    std::vector<std::string> colors;
    for (auto const& event : page_.events) {
      auto const color = hex_color(event.color);
      if (std::ranges::find(colors, color) == colors.end()) colors.push_back(color);
    }
    auto const frames = std::max<std::size_t>(1, page_.frames.size() - 1);
    std::string out = "<svg class=\"band\" aria-hidden=\"true\" preserveAspectRatio=\"none\"";
    append_attribute(out, "viewBox",
                     "0 0 " + std::to_string(frames) + " " + std::to_string(6 * colors.size()));
    append_attribute(out, "height", std::to_string(6 * colors.size()));
    out += ">";
    std::set<std::string> drawn;
    auto const line = [&](std::string_view kind, std::size_t first, std::size_t last,
                          std::string const& color) {
      auto const row = std::ranges::find(colors, color) - colors.begin();
      std::string text = "<line";
      append_attribute(text, "class", kind);
      append_attribute(text, "x1", std::to_string(first));
      append_attribute(text, "x2", std::to_string(last));
      append_attribute(text, "y1", std::to_string(6 * row + 3));
      append_attribute(text, "y2", std::to_string(6 * row + 3));
      append_attribute(text, "stroke", color);
      if (drawn.insert(text).second) out += text + "/>";
    };
    for (auto const& event : page_.events) {
      if (event.last_frame == event.first_frame) continue;
      line("while", event.first_frame, event.last_frame, hex_color(event.color));
    }
    for (auto const& event : page_.events) {
      line("start", event.first_frame, event.first_frame, hex_color(event.color));
    }
    return out + "</svg>\n";
  }

  std::string footer() const {
    std::string text = page_.stage.author;
    if (!text.empty() && !page_.stage.rights.empty()) text += ". ";
    text += page_.stage.rights;
    return text.empty() ? "" : "<footer>" + escaped(text) + "</footer>\n";
  }

  std::string frames() const {
    std::string out = "[";
    for (auto const& frame : page_.frames) {
      if (out.size() > 1) out += ",\n";
      out += "[" + json_text(frame.label) + "," + json_text(frame.iso) + "," +
             text_of(frame.seconds) + "]";
    }
    return out + "]";
  }
};

void check(Content const& page) {
  auto const defect = [](std::string const& what) {
    throw base::Error(base::Fault::defect, {}, "a page of frames: " + what);
  };
  if (page.frames.empty()) defect("there is no frame");
  for (auto const& event : page.events) {
    if (event.first_frame <= event.last_frame && event.last_frame < page.frames.size()) continue;
    defect("\"" + event.record + "\" names a frame that is not there");
  }
}

}  // namespace

struct HtmlWriter::Impl {
  Impl(Drawing const& stage, Group const& above, PaintOptions const& given)
      : options(given), picture(stage, above, given) {
    // Everything but the nodes, which the picture has as text.
    auto& kept = content.stage;
    kept.width_mm = stage.width_mm;
    kept.height_mm = stage.height_mm;
    kept.lang = stage.lang;
    kept.title = stage.title;
    kept.description = stage.description;
    kept.author = stage.author;
    kept.rights = stage.rights;
    kept.keywords = stage.keywords;
  }
  PaintOptions options;
  Content content;
  LayeredPicture picture;
};

HtmlWriter::HtmlWriter(Drawing const& stage, Group const& above, PaintOptions const& options)
    : impl_(std::make_unique<Impl>(stage, above, options)) {}

HtmlWriter::~HtmlWriter() = default;

void HtmlWriter::add(HtmlFrame const& frame) {
  impl_->picture.add(frame);
  impl_->content.frames.push_back({frame.label, frame.iso, frame.seconds, {}, {}});
}

std::string HtmlWriter::finish(std::vector<HtmlEvent> const& events) {
  impl_->content.events = events;
  check(impl_->content);
  return PageWriter(impl_->content, impl_->options, impl_->picture.markup()).run();
}

std::string paint_html(HtmlPage const& page, PaintOptions const& options) {
  HtmlWriter writer(page.stage, page.above, options);
  for (auto const& frame : page.frames) writer.add(frame);
  return writer.finish(page.events);
}

}  // namespace hachure::render
