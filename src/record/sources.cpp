#include "record/sources.hpp"

#include <optional>
#include <utility>

#include "base/number.hpp"
#include "base/text.hpp"

namespace hachure::record {

namespace {

using base::Origin;

/// One CSL item; the first thing that is wrong is kept as the problem.
class ItemReader {
 public:
  ItemReader(Node const& item, std::string const& file, base::Diagnostics& problems)
      : item_(item), file_(file), problems_(problems) {}

  Source read(bool keyed) {
    Source source;
    source.origin = origin(item_.key_line, {});
    source.id = keyed ? item_.key : text("id");
    if (base::trim(source.id).empty()) {
      problems_.error(source.origin, "the source has no \"id\"", "citations name sources by it");
    } else if (source.id.find(';') != std::string::npos) {
      problems_.error(source.origin, quote(source.id) + " is not an id", "no semicolons");
    }
    source.type = text("type");
    source.title = text("title");
    source.author = names("author");
    if (source.author.empty()) source.author = names("editor");
    source.issued = issued();
    source.container = text("container-title");
    if (auto label = text("citation-label"); !label.empty()) {
      source.label.by_tag["und"] = std::move(label);
    }
    for (std::string const tag : {"en", "zh-Hant", "zh-Hans", "fr", "de"}) {
      if (auto label = text("citation-label:" + tag); !label.empty()) {
        source.label.by_tag[tag] = std::move(label);
      }
    }
    source.page = text("page");
    source.publisher = text("publisher");
    source.url = text("URL");
    if (source.url.empty()) source.url = text("url");
    source.note = text("note");
    return source;
  }

 private:
  Origin origin(int line, std::string_view field) const {
    return {.file = file_, .line = line, .place = {}, .field = std::string(field)};
  }

  std::string text(std::string_view field) {
    auto const* node = item_.find(field);
    if (node == nullptr || node->is_null()) return {};
    if (node->is_scalar()) return node->text;
    problems_.error(origin(node->line, field), describe(*node) + " is not a text");
    return {};
  }

  static std::string name(Node const& node) {
    if (node.is_scalar()) return node.text;
    auto const part = [&](std::string_view key) {
      auto const* value = node.find(key);
      return value != nullptr ? value->text : std::string();
    };
    if (auto const literal = part("literal"); !literal.empty()) return literal;
    auto family = part("family");
    if (auto const particle = part("non-dropping-particle"); !particle.empty()) {
      family = particle + " " + family;
    }
    auto const given = part("given");
    return family.empty() || given.empty() ? family + given : family + ", " + given;
  }

  std::string names(std::string_view field) {
    auto const* node = item_.find(field);
    if (node == nullptr || node->is_null()) return {};
    if (!node->is_list()) return name(*node);
    std::string joined;
    for (auto const& item : node->items) {
      auto const one = name(item);
      if (one.empty()) {
        problems_.error(origin(item.line, field), describe(item) + " is not a name",
                        "write {\"family\": ..., \"given\": ...} or {\"literal\": ...}");
      }
      joined += (joined.empty() ? "" : "; ") + one;
    }
    return joined;
  }

  /// `[1857, 12, 28]` as `1857-12-28`; nothing if a part is no whole number.
  static std::optional<std::string> date(Node const& parts) {
    std::string text;
    for (auto const& part : parts.items) {
      auto const number = part.is_scalar() ? base::parse_integer(part.text) : std::nullopt;
      if (!number) return {};
      auto const digits = std::to_string(*number);
      text += text.empty() ? digits : (digits.size() < 2 ? "-0" : "-") + digits;
    }
    if (text.empty()) return {};
    return text;
  }

  std::string issued() {
    auto const* node = item_.find("issued");
    if (node == nullptr || node->is_null()) return {};
    if (node->is_scalar()) return node->text;
    for (std::string_view const key : {"literal", "raw"}) {
      if (auto const* text = node->find(key)) return text->text;
    }
    auto const* dates = node->find("date-parts");
    std::string joined;
    if (dates != nullptr) {
      for (auto const& parts : dates->items) {
        auto const one = date(parts);
        if (!one) {
          problems_.error(origin(parts.line, "issued"), describe(parts) + " is not a date",
                          "write [[1857, 12, 28]]");
          return {};
        }
        joined += (joined.empty() ? "" : "/") + *one;
      }
    }
    if (joined.empty()) {
      problems_.error(origin(node->line, "issued"), "has no date",
                      "write {\"date-parts\": [[1857, 12, 28]]}");
    }
    return joined;
  }

  Node const& item_;
  std::string const& file_;
  base::Diagnostics& problems_;
};

}  // namespace

std::vector<Source> read_sources(Node const& document, std::string const& file, bool lenient,
                                 KnownIds& known, base::Diagnostics& diagnostics) {
  std::vector<Source> sources;
  if (!document.is_list() && !document.is_map()) {
    diagnostics.error({.file = file, .line = document.line, .place = {}, .field = {}},
                      describe(document) + " is not a list of sources",
                      "export the library as CSL-JSON");
    known.give_up();
    return sources;
  }
  for (auto const& item : document.items) {
    base::Diagnostics problems;
    Source source;
    if (item.is_map()) {
      source = ItemReader(item, file, problems).read(document.is_map());
      if (!source.id.empty() && !known.add(source.id)) {
        problems.error(source.origin, quote(source.id) + " is the id of another source already");
      }
    } else {
      problems.error({.file = file, .line = item.key_line, .place = {}, .field = {}},
                     describe(item) + " is not a source", "a source is a map of CSL fields");
    }
    for (auto const& problem : problems.problems()) {
      if (lenient) {
        diagnostics.warn(problem.origin, problem.message + "; the source is left out",
                         problem.hint);
      } else {
        diagnostics.error(problem.origin, problem.message, problem.hint);
      }
    }
    if (!problems.has_errors()) sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace hachure::record
