#include "base/message.hpp"

#include <algorithm>
#include <map>

#include "base/message_catalogues.hpp"
#include "base/text.hpp"

namespace hachure::base {

namespace {

using Forms = std::vector<std::string>;

/// How a language counts: the rules of Plural-Forms that the catalogues have.
enum class Plural { none, not_one, above_one };

struct Catalogue {
  Plural plural = Plural::not_one;
  std::map<std::string, Forms, std::less<>> by_id;
};

/// One entry while it is read.
struct Entry {
  std::string id;
  std::string english;
  std::string english_plural;
  Forms translated;
};

/// The content of a quoted string of a catalogue.
std::string unquoted(std::string_view line) {
  std::string out;
  auto const first = line.find('"');
  auto const last = line.rfind('"');
  if (first == std::string_view::npos || last <= first) return out;
  for (auto i = first + 1; i < last; ++i) {
    if (line[i] == '\\' && i + 1 < last) {
      ++i;
      out += line[i] == 'n' ? '\n' : line[i];
    } else {
      out += line[i];
    }
  }
  return out;
}

Plural plural_of(std::string_view header) {
  if (header.find("nplurals=1") != std::string_view::npos) return Plural::none;
  return header.find("n > 1") != std::string_view::npos ? Plural::above_one : Plural::not_one;
}

void add(Catalogue& catalogue, Entry& entry, bool is_template) {
  if (entry.id.empty()) {
    if (!entry.translated.empty()) catalogue.plural = plural_of(entry.translated.front());
  } else if (is_template) {
    Forms forms{entry.english};
    if (!entry.english_plural.empty()) forms.push_back(entry.english_plural);
    catalogue.by_id[entry.id] = std::move(forms);
  } else if (!entry.translated.empty() && !entry.translated.front().empty()) {
    catalogue.by_id[entry.id] = std::move(entry.translated);
  }
  entry = {};
}

/// Reads the format of gettext as far as its tools write it: comments, msgctxt, msgid,
/// msgid_plural, msgstr, msgstr[n], strings that go on over lines.
Catalogue read(std::string_view text, bool is_template) {
  Catalogue catalogue;
  Entry entry;
  bool has_entry = false;
  std::string* target = nullptr;
  std::size_t at = 0;
  while (at <= text.size()) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto const line = trim(text.substr(at, end - at));
    at = end + 1;
    bool const begins =
        line.starts_with("msgctxt ") || (line.starts_with("msgid ") && target != &entry.id);
    if (begins && has_entry) add(catalogue, entry, is_template);
    if (line.starts_with("msgctxt ")) {
      target = &entry.id;
    } else if (line.starts_with("msgid_plural ")) {
      target = &entry.english_plural;
    } else if (line.starts_with("msgid ")) {
      target = &entry.english;
    } else if (line.starts_with("msgstr")) {
      entry.translated.emplace_back();
      target = &entry.translated.back();
    } else if (!line.starts_with("\"") || target == nullptr) {
      continue;
    }
    has_entry = true;
    *target += unquoted(line);
  }
  if (has_entry) add(catalogue, entry, is_template);
  return catalogue;
}

std::map<std::string, Catalogue, std::less<>> const& catalogues() {
  static auto const all = [] {
    std::map<std::string, Catalogue, std::less<>> read_all;
    for (auto const& [file, text] : message_catalogues()) {
      bool const is_template = file.ends_with(".pot");
      auto tag = is_template ? std::string("en") : std::string(file.substr(0, file.find('.')));
      std::ranges::replace(tag, '_', '-');
      read_all.emplace(std::move(tag), read(text, is_template));
    }
    return read_all;
  }();
  return all;
}

Forms const* forms_of(std::string_view id, std::string_view language) {
  auto const catalogue = catalogues().find(language);
  if (catalogue == catalogues().end()) return nullptr;
  auto const forms = catalogue->second.by_id.find(id);
  return forms == catalogue->second.by_id.end() ? nullptr : &forms->second;
}

}  // namespace

std::string language_of(std::string_view tag) {
  auto const lower = to_lower(tag);
  auto const language = lower.substr(0, lower.find('-'));
  if (language != "zh") return language;
  bool const traditional = lower.find("-hant") != std::string::npos;
  bool const simplified = lower.find("-hans") != std::string::npos || lower.ends_with("-cn") ||
                          lower.ends_with("-sg") || lower.ends_with("-my");
  return simplified && !traditional ? "zh-Hans" : "zh-Hant";
}

std::string_view message(std::string_view id, std::string_view tag) {
  return plural_message(id, 1, tag);
}

std::string_view plural_message(std::string_view id, std::size_t count, std::string_view tag) {
  auto language = language_of(tag);
  auto const* forms = forms_of(id, language);
  if (forms == nullptr) {
    language = "en";
    forms = forms_of(id, language);
  }
  if (forms == nullptr) return id;
  auto const plural = catalogues().find(language)->second.plural;
  bool const is_many = plural == Plural::not_one ? count != 1 : count > 1;
  return plural != Plural::none && is_many && forms->size() > 1 ? (*forms)[1] : forms->front();
}

std::string filled(std::string_view text,
                   std::vector<std::pair<std::string_view, std::string>> const& values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const value = std::ranges::find_if(values, [&](auto const& pair) {
      auto const rest = text.substr(at);
      return rest.starts_with('{') && rest.substr(1).starts_with(pair.first) &&
             rest.substr(1 + pair.first.size()).starts_with('}');
    });
    if (value == values.end()) {
      out += text[at++];
    } else {
      out += value->second;
      at += value->first.size() + 2;
    }
  }
  return out;
}

std::vector<std::string> message_languages() {
  std::vector<std::string> languages;
  for (auto const& [tag, catalogue] : catalogues()) languages.push_back(tag);
  return languages;
}

std::vector<std::string> message_ids(std::string_view language) {
  std::vector<std::string> ids;
  for (auto const& [id, forms] : catalogues().find(language)->second.by_id) ids.push_back(id);
  return ids;
}

}  // namespace hachure::base
