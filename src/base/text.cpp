#include "base/text.hpp"

#include <algorithm>

#include "base/file.hpp"

namespace hachure::base {

namespace {

std::string const* find_tag(std::map<std::string, std::string> const& texts, std::string_view tag) {
  std::string key(tag);
  for (;;) {
    if (auto const it = texts.find(key); it != texts.end()) return &it->second;
    // Tags do not depend on case (RFC 4647 section 2); people mostly write the usual one.
    auto const lower = to_lower(key);
    for (auto const& [other, text] : texts) {
      if (to_lower(other) == lower) return &text;
    }
    auto const dash = key.rfind('-');
    if (dash == std::string::npos) return nullptr;
    key.erase(dash);
  }
}

std::string const* find_sibling(std::map<std::string, std::string> const& texts,
                                std::string_view tag) {
  auto const wanted = language_and_script(tag);
  std::string const* sibling = nullptr;
  for (auto const& [key, text] : texts) {
    if (language_and_script(key) != wanted) continue;
    // What all regions share goes before what one of them says: zh-Hant before zh-HK for zh-TW.
    if (to_lower(key) == wanted) return &text;
    if (sibling == nullptr) sibling = &text;
  }
  return sibling;
}

}  // namespace

std::string language_and_script(std::string_view any_case) {
  auto const tag = to_lower(any_case);
  if (tag == "zh-tw" || tag == "zh-hk" || tag == "zh-mo") return "zh-hant";
  if (tag == "zh-cn" || tag == "zh-sg") return "zh-hans";
  auto const first = tag.find('-');
  if (first == std::string_view::npos) return tag;
  auto const second = tag.find('-', first + 1);
  auto const part = tag.substr(
      first + 1, second == std::string_view::npos ? std::string_view::npos : second - first - 1);
  return tag.substr(0, part.size() == 4 ? second : first);
}

std::string const& LangText::in(std::string_view tag,
                                std::vector<std::string> const& fallbacks) const {
  static std::string const none;
  if (auto const* text = find_tag(by_tag, tag)) return *text;
  if (auto const* text = find_sibling(by_tag, tag)) return *text;
  for (auto const& fallback : fallbacks) {
    if (auto const* text = find_tag(by_tag, fallback)) return *text;
  }
  if (auto const it = by_tag.find("und"); it != by_tag.end()) return it->second;
  return by_tag.empty() ? none : by_tag.begin()->second;
}

bool LangText::has(std::string_view tag) const {
  return find_tag(by_tag, tag) != nullptr || find_sibling(by_tag, tag) != nullptr;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string_view trim(std::string_view text) {
  auto const is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split_list(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    auto const end = std::min(text.find(separator), text.size());
    if (auto const part = trim(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::u32string to_utf32(std::string_view utf8) {
  std::u32string out;
  while (!utf8.empty()) {
    auto const valid = std::min(find_invalid_utf8(utf8), utf8.size());
    for (std::size_t i = 0; i < valid;) {
      auto const byte = static_cast<unsigned char>(utf8[i]);
      std::size_t const extra = byte < 0x80 ? 0 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      char32_t code = extra == 0 ? byte : byte & (0x3Fu >> extra);
      for (std::size_t k = 1; k <= extra; ++k) {
        code = (code << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
      }
      out += code;
      i += extra + 1;
    }
    if (valid < utf8.size()) out += U'\uFFFD';
    utf8.remove_prefix(std::min(valid + 1, utf8.size()));
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (char32_t const c : text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (char const c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ull;
  }
  return hash;
}

}  // namespace hachure::base
