#include <algorithm>
#include <cmath>
#include <utility>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "record/columns.hpp"
#include "record/edtf.hpp"
#include "record/keys.hpp"
#include "record/kind.hpp"
#include "record/values.hpp"
#include "record/wkt.hpp"

namespace hachure::record {

namespace {

using base::Length;

template <class Range>
std::vector<std::string> names_of(Range const& range) {
  return {range.begin(), range.end()};
}

class Checker {
 public:
  Checker(std::string const& file, base::Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void section(Node const& node, Section const& section, std::string const& path) {
    if (!node.is_map()) return wrong(node, path, "a map", "write its keys, one a line");
    for (auto const& item : node.items) {
      auto const it = std::ranges::find(section.keys, item.key, &Key::name);
      if (it == section.keys.end()) {
        unknown_key(item, section, path);
      } else {
        value(item, *it, joined(path, item.key));
      }
    }
    for (auto const& key : section.keys) {
      if (key.required && node.find(key.name) == nullptr) missing(node, key, path);
    }
  }

 private:
  static std::string joined(std::string const& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
  }

  void error(int line, std::string const& path, std::string message, std::string hint = {}) {
    diagnostics_.error({.file = file_, .line = line, .place = {}, .field = path},
                       std::move(message), std::move(hint));
  }

  void wrong(Node const& node, std::string const& path, std::string_view what,
             std::string hint = {}) {
    error(node.line, path, describe(node) + " is not " + std::string(what), std::move(hint));
  }

  void unknown_key(Node const& item, Section const& section, std::string const& path) {
    std::vector<std::string> names;
    for (auto const& key : section.keys) names.emplace_back(key.name);
    error(item.key_line, path, quote(item.key) + " is not a key" + (path.empty() ? "" : " here"),
          base::hint_of(item.key, names));
  }

  void missing(Node const& node, Key const& key, std::string const& path) {
    if (key.type == ValueType::version) {
      return error(0, "hachure", "the version is missing", "begin the file with \"hachure: 1\"");
    }
    error(node.key_line, path, "has no " + quote(key.name), std::string(key.about));
  }

  /// A value that is one word out of a closed list.
  void one_of(Node const& node, std::string const& path, std::string_view what,
              std::vector<std::string> const& names) {
    if (node.is_scalar() && std::ranges::find(names, node.text) != names.end()) return;
    wrong(node, path, what, base::hint_of(word_of(&node), names));
  }

  /// One such word, or a list of them.
  void each_one_of(Node const& node, std::string const& path, std::string_view what,
                   std::vector<std::string> const& names) {
    if (!node.is_list()) return one_of(node, path, what, names);
    for (auto const& item : node.items) one_of(item, path, what, names);
  }

  void value(Node const& node, Key const& key, std::string const& path);
  void version(Node const& node, std::string const& path);
  void text(Node const& node, std::string const& path);
  void words(Node const& node, std::string const& path);
  void word_map(Node const& node, std::string const& path, bool lists);
  void languages(Node const& node, std::string const& path);
  void number(Node const& node, Key const& key, std::string const& path);
  void length(Node const& node, ValueType type, std::string const& path);
  void date(Node const& node, std::string const& path);
  void position(Node const& node, std::string const& path);
  void box(Node const& node, std::string const& path);
  void sections(Node const& node, Key const& key, std::string const& path);
  void section_list(Node const& node, Key const& key, std::string const& path);
  void furniture(Node const& node, std::string const& path);
  void selection(Node const& node, std::string const& path);

  std::string const& file_;
  base::Diagnostics& diagnostics_;
};

void Checker::value(Node const& node, Key const& key, std::string const& path) {
  switch (key.type) {
    case ValueType::version:
      return version(node, path);
    case ValueType::text:
      return text(node, path);
    case ValueType::word:
      if (!node.is_scalar()) wrong(node, path, "a word");
      return;
    case ValueType::path:
      if (!node.is_scalar()) wrong(node, path, "a path");
      return;
    case ValueType::words:
      return words(node, path);
    case ValueType::word_map:
      return word_map(node, path, false);
    case ValueType::words_map:
      return word_map(node, path, true);
    case ValueType::languages:
      return languages(node, path);
    case ValueType::positive:
    case ValueType::scale:
    case ValueType::count:
    case ValueType::angle:
      return number(node, key, path);
    case ValueType::page_length:
    case ValueType::margin:
    case ValueType::offset:
      return length(node, key.type, path);
    case ValueType::date:
      return date(node, path);
    case ValueType::position:
      return position(node, path);
    case ValueType::box:
      return box(node, path);
    case ValueType::page_size: {
      std::vector<std::string> names;
      for (auto const& size : page_sizes()) names.emplace_back(size.name);
      return one_of(node, path, "a paper size", names);
    }
    case ValueType::orientation:
      return one_of(node, path, "an orientation", {"portrait", "landscape"});
    case ValueType::cue:
      return one_of(node, path, "a cue", names_of(side_cues()));
    case ValueType::corner:
      return one_of(node, path, "a corner or edge", names_of(corners()));
    case ValueType::kinds: {
      std::vector<std::string> names;
      for (auto const& kind : kinds()) names.emplace_back(kind.id);
      return each_one_of(node, path, "a kind of event", names);
    }
    case ValueType::calendars:
      return each_one_of(node, path, "a calendar", names_of(other_calendars()));
    case ValueType::section:
      return section(node, *key.section, path);
    case ValueType::sections:
      return sections(node, key, path);
    case ValueType::section_list:
      return section_list(node, key, path);
    case ValueType::table:
      if (!node.is_scalar()) section(node, *key.section, path);
      return;
    case ValueType::sources:
    case ValueType::records:
      if (node.is_list() || node.is_map()) return;
      if (key.type == ValueType::sources && node.is_scalar()) return;
      return wrong(node, path, "a list of " + std::string(key.name));
    case ValueType::furniture:
      return furniture(node, path);
    case ValueType::selection:
      return selection(node, path);
    case ValueType::filter:
      if (!node.is_list())
        wrong(node, path, "a filter", "write e.g. [\"<=\", [\"get\", \"rank\"], 2]");
      return;
    case ValueType::anything:
      return;
  }
}

void Checker::version(Node const& node, std::string const& path) {
  auto const number = node.is_scalar() ? base::parse_integer(node.text) : std::nullopt;
  if (!number || *number < 1) return wrong(node, path, "a version", "write \"hachure: 1\"");
  if (*number > 1) {
    error(node.line, path, "version " + node.text + " is newer than this program, which reads 1",
          "install a newer hachure");
  }
}

void Checker::text(Node const& node, std::string const& path) {
  if (node.is_scalar()) return;
  if (!node.is_map()) {
    return wrong(node, path, "a text", "write a string, or a map of language tags to strings");
  }
  for (auto const& item : node.items) {
    if (!parse_language_tag(item.key)) {
      error(item.key_line, path, quote(item.key) + " is not a language tag",
            "write e.g. en or zh-Hant");
    } else if (!item.is_scalar()) {
      wrong(item, joined(path, item.key), "a text");
    }
  }
}

void Checker::words(Node const& node, std::string const& path) {
  if (node.is_scalar()) return;
  if (!node.is_list()) return wrong(node, path, "a list", "write [first, second]");
  for (auto const& item : node.items) {
    if (!item.is_scalar()) wrong(item, path, "a word");
  }
}

void Checker::word_map(Node const& node, std::string const& path, bool lists) {
  if (!node.is_map()) return wrong(node, path, "a map", "write {ours: theirs}");
  for (auto const& item : node.items) {
    if (lists && item.is_list()) {
      words(item, joined(path, item.key));
    } else if (!item.is_scalar()) {
      wrong(item, joined(path, item.key), "a word");
    }
  }
}

void Checker::languages(Node const& node, std::string const& path) {
  words(node, path);
  for (auto const& tag : words_of(&node)) {
    if (!parse_language_tag(tag)) {
      error(node.line, path, quote(tag) + " is not a language tag", "write e.g. en or zh-Hant");
    }
  }
}

void Checker::number(Node const& node, Key const& key, std::string const& path) {
  auto const value = key.type == ValueType::scale ? scale_of(&node) : number_of(&node);
  switch (key.type) {
    case ValueType::scale:
      if (!value || *value <= 0) {
        wrong(node, path, "a scale", "write its denominator: 20000 for 1:20,000");
      }
      return;
    case ValueType::count:
      if (!value || *value < 1 || *value > 1000 || *value != std::floor(*value)) {
        wrong(node, path, "a whole number from 1 to 1000");
      }
      return;
    case ValueType::angle:
      if (!value || std::abs(*value) > 360) wrong(node, path, "an angle from -360 to 360 degrees");
      return;
    default:
      if (!value || *value <= 0) wrong(node, path, "a number above 0");
  }
}

void Checker::length(Node const& node, ValueType type, std::string const& path) {
  auto const length = page_length_of(&node);
  if (!length) {
    if (base::parse_number(word_of(&node))) {
      return wrong(node, path, "a length", "write " + node.text + "mm");
    }
    auto const ground = base::parse_length(word_of(&node));
    if (ground && ground->frame == Length::Frame::ground) {
      return error(node.line, path, quote(node.text) + " is a length on the ground",
                   "write mm, cm, in or pt");
    }
    return wrong(node, path, "a length", "write e.g. 174mm; mm, cm, in and pt are known");
  }
  bool const too_small = (type == ValueType::page_length && length->value <= 0) ||
                         (type == ValueType::margin && length->value < 0);
  if (too_small) {
    return error(
        node.line, path,
        quote(node.text) + " is not " + (type == ValueType::margin ? "0 or more" : "above 0"));
  }
  if (std::abs(length->value) > base::limits::max_page_mm) {
    error(node.line, path,
          quote(node.text) + " is over the limit of " + base::to_text(base::limits::max_page_mm) +
              "mm");
  }
}

void Checker::date(Node const& node, std::string const& path) {
  if (!node.is_scalar()) return wrong(node, path, "a date", "write e.g. 1857-12-28/1857-12-29");
  try {
    parse_edtf(node.text);
  } catch (base::Error const& problem) {
    error(node.line, path, problem.message(), problem.hint());
  }
}

void Checker::position(Node const& node, std::string const& path) {
  auto const at = position_of(&node);
  if (!at) return wrong(node, path, "a position", "write [longitude, latitude]");
  if (auto const problem = position_problem(*at); !problem.empty()) {
    error(node.line, path, problem, position_hint(*at));
  }
}

void Checker::box(Node const& node, std::string const& path) {
  auto const box = box_of(&node);
  if (!box) return wrong(node, path, "a box", "write [west, south, east, north]");
  geo::LonLat const corner_points[] = {{box->west_deg, box->south_deg},
                                       {box->east_deg, box->north_deg}};
  for (auto const& at : corner_points) {
    if (auto const problem = position_problem(at); !problem.empty()) {
      return error(node.line, path, problem, position_hint(at));
    }
  }
  if (box->west_deg == box->east_deg) {
    error(node.line, path,
          "the box is empty: west and east are both " + base::to_exact_text(box->west_deg));
  }
  if (box->south_deg >= box->north_deg) {
    error(node.line, path,
          "the box is empty: south " + base::to_exact_text(box->south_deg) +
              " is not below north " + base::to_exact_text(box->north_deg),
          "the order is west, south, east, north");
  }
}

/// Ids of maps become names of files, so what means something to a file system is kept out.
bool is_section_id(std::string_view id) {
  return !id.empty() && id.front() != '.' && std::ranges::none_of(id, [](char c) {
    return c == '/' || c == '\\' || c == ';' || c == ':' || static_cast<unsigned char>(c) < 0x20;
  });
}

void Checker::sections(Node const& node, Key const& key, std::string const& path) {
  if (!node.is_map()) return wrong(node, path, "a map", "write the id of each before it");
  for (auto const& item : node.items) {
    if (!is_section_id(item.key)) {
      error(item.key_line, path, quote(item.key) + " is not an id",
            "letters, digits, - and _; not \"/\", \"\\\", \":\" or \";\", and no \".\" in front");
    }
    section(item, *key.section, joined(path, item.key));
  }
}

void Checker::section_list(Node const& node, Key const& key, std::string const& path) {
  if (!node.is_list()) return wrong(node, path, "a list", "write [{...}, {...}]");
  for (auto const& item : node.items) section(item, *key.section, path);
}

void Checker::furniture(Node const& node, std::string const& path) {
  if (node.is_null()) return wrong(node, path, "a list of furniture");
  for (auto const& item : node.items) {
    if (node.is_list() && !item.is_scalar() && !item.is_map()) {
      wrong(item, path, "a piece of furniture");
    }
  }
  auto const known = names_of(furniture_kinds());
  for (auto const& entry : furniture_of(&node)) {
    if (std::ranges::find(known, entry.name) == known.end()) {
      error(entry.line, path, quote(entry.name) + " is not a piece of furniture",
            base::hint_of(entry.name, known));
    } else if (entry.options != nullptr && entry.options->is_scalar()) {
      one_of(*entry.options, joined(path, entry.name), "a corner or edge", names_of(corners()));
    } else if (entry.options != nullptr) {
      section(*entry.options, furniture_section(), joined(path, entry.name));
    }
  }
}

void Checker::selection(Node const& node, std::string const& path) {
  if (node.is_list() || node.is_scalar()) return;  // ids or a filter; validate.cpp tells which
  section(node, selection_section(), path);
}

}  // namespace

void check_section(Node const& node, Section const& section, std::string const& file,
                   std::string const& key_path, base::Diagnostics& diagnostics) {
  Checker(file, diagnostics).section(node, section, key_path);
}

}  // namespace hachure::record
