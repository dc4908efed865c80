#include "render/svg_symbol.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace hachure::render {

namespace {

constexpr auto npos = std::string_view::npos;

struct Attribute {
  std::string_view name;
  std::string_view value;  ///< still escaped
};

struct Tag {
  std::string_view name;
  std::vector<Attribute> attributes;
  bool closing = false;
  bool empty_element = false;
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_space);
}

template <std::size_t n>
bool one_of(std::string_view word, std::array<std::string_view, n> const& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The tag between `<` and `>`, both left out.
Tag parse_tag(std::string_view text) {
  Tag tag;
  if (text.starts_with('/')) {
    tag.closing = true;
    text.remove_prefix(1);
  }
  if (text.ends_with('/')) {
    tag.empty_element = true;
    text.remove_suffix(1);
  }
  std::size_t at = 0;
  while (at < text.size() && !is_space(text[at])) ++at;
  tag.name = text.substr(0, at);
  while (at < text.size()) {
    while (at < text.size() && is_space(text[at])) ++at;
    auto const equals = text.find('=', at);
    if (equals == npos) break;
    auto name = text.substr(at, equals - at);
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    auto const quote = text.find_first_of("\"'", equals);
    if (quote == npos) break;
    auto const end = text.find(text[quote], quote + 1);
    if (end == npos) break;
    tag.attributes.push_back({name, text.substr(quote + 1, end - quote - 1)});
    at = end + 1;
  }
  return tag;
}

/// End of the tag that begins at `begin`: a `>` outside quotes.
std::size_t tag_end(std::string_view svg, std::size_t begin) {
  char quote = 0;
  for (std::size_t i = begin; i < svg.size(); ++i) {
    if (quote != 0) {
      if (svg[i] == quote) quote = 0;
    } else if (svg[i] == '"' || svg[i] == '\'') {
      quote = svg[i];
    } else if (svg[i] == '>') {
      return i;
    }
  }
  return npos;
}

class Embedder {
 public:
  Embedder(std::string_view svg, std::string_view prefix) : svg_(svg), prefix_(prefix) {}

  EmbeddedSvg run() {
    std::size_t at = 0;
    while (at < svg_.size()) {
      auto const open = svg_.find('<', at);
      if (open == npos) break;
      text(svg_.substr(at, open - at));
      at = markup(open);
    }
    return std::move(result_);
  }

 private:
  std::string_view svg_;
  std::string_view prefix_;
  EmbeddedSvg result_;
  int depth_ = 0;
  int skipped_from_ = 0;  ///< depth of the element being left out, 0 if none is

  void text(std::string_view piece) {
    if (depth_ == 0 || skipped_from_ != 0 || is_blank(piece)) return;
    result_.body += piece;
  }

  /// Handles what begins with the `<` at `open`; position after it.
  std::size_t markup(std::size_t open) {
    auto const rest = svg_.substr(open);
    auto const after = [&](std::string_view terminator) {
      auto const end = svg_.find(terminator, open);
      return end == npos ? svg_.size() : end + terminator.size();
    };
    if (rest.starts_with("<!--")) return after("-->");
    if (rest.starts_with("<?")) return after("?>");
    if (rest.starts_with("<![CDATA[")) return after("]]>");
    if (rest.starts_with("<!")) return after(">");
    auto const end = tag_end(svg_, open);
    if (end == npos) return svg_.size();
    auto const tag = parse_tag(svg_.substr(open + 1, end - open - 1));
    tag.closing ? close(tag) : begin(tag);
    return end + 1;
  }

  void begin(Tag const& tag) {
    static constexpr std::array<std::string_view, 5> refused{"metadata", "script", "style",
                                                             "foreignObject", "title"};
    bool const refuse = tag.name.find(':') != npos || one_of(tag.name, refused);
    if (depth_ == 0) {
      for (auto const& a : tag.attributes) root_attribute(a);
    } else if (skipped_from_ == 0 && refuse) {
      if (!tag.empty_element) skipped_from_ = depth_ + 1;
    } else if (skipped_from_ == 0) {
      result_.body += '<';
      result_.body += tag.name;
      for (auto const& a : tag.attributes) attribute(result_.body, a);
      result_.body += tag.empty_element ? "/>" : ">";
    }
    if (!tag.empty_element) ++depth_;
  }

  void close(Tag const& tag) {
    if (skipped_from_ == 0 && depth_ > 1) {
      result_.body += "</";
      result_.body += tag.name;
      result_.body += '>';
    }
    if (skipped_from_ == depth_) skipped_from_ = 0;
    --depth_;
  }

  void root_attribute(Attribute const& a) {
    static constexpr std::array<std::string_view, 11> of_the_document{
        "id",       "width",   "height",      "viewBox",  "x",
        "y",        "version", "baseProfile", "overflow", "preserveAspectRatio",
        "xml:space"};
    if (!one_of(a.name, of_the_document)) attribute(result_.attributes, a);
  }

  void attribute(std::string& out, Attribute const& a) {
    bool const link = a.name == "href" || a.name == "xlink:href";
    bool const foreign = a.name.find(':') != npos && !link && !a.name.starts_with("xml:");
    if (foreign || a.name.starts_with("xmlns") || a.name == "class" || a.name == "role" ||
        a.name.starts_with("aria-") || a.name.starts_with("data-") || a.name.starts_with("on")) {
      return;
    }
    out += ' ';
    out += link ? "xlink:href" : a.name;
    out += "=\"";
    if (a.name == "id") {
      out += prefix_;
      out += a.value;
    } else if (link && a.value.starts_with('#')) {
      out += '#';
      out += prefix_;
      out += a.value.substr(1);
    } else {
      with_prefixed_urls(out, a.value);
    }
    out += '"';
  }

  void with_prefixed_urls(std::string& out, std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
      if (value.substr(at).starts_with("url(#")) {
        out += "url(#";
        out += prefix_;
        at += 5;
      } else if (value[at] == '"') {
        out += "&quot;";  // the value stood between apostrophes
        ++at;
      } else {
        out += value[at++];
      }
    }
  }
};

}  // namespace

EmbeddedSvg embedded(std::string_view svg, std::string_view id_prefix) {
  return Embedder(svg, id_prefix).run();
}

}  // namespace hachure::render
