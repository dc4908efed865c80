#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hachure::base {

/// A text in several languages: BCP-47 tag -> UTF-8 text. The tag "und" holds a text given without
/// a language.
struct LangText {
  std::map<std::string, std::string> by_tag;

  bool empty() const { return by_tag.empty(); }
  bool operator==(LangText const&) const = default;

  /// The text for `tag` by BCP-47 lookup (RFC 4647 section 3.4): the tag itself, then with subtags
  /// cut from its end, then a sibling of the same language and script, then `fallbacks` in order,
  /// then "und", then the first by tag. Empty if there is none at all.
  std::string const& in(std::string_view tag, std::vector<std::string> const& fallbacks = {}) const;

  /// Whether `tag` is served without falling back to another language.
  bool has(std::string_view tag) const;
};

/// Language and script of a BCP-47 tag in lower case, e.g. `zh-hant` of `zh-Hant-HK`; regions imply
/// scripts for Chinese (`zh-hant` of `zh-TW`, `zh-hans` of `zh-CN`).
std::string language_and_script(std::string_view tag);

/// Lower-case ASCII copy.
std::string to_lower(std::string_view text);
/// Parts of `text` between `separator`, trimmed of spaces, empty ones left out.
std::vector<std::string> split_list(std::string_view text, char separator);
/// `text` without spaces, tabs and line ends at both ends.
std::string_view trim(std::string_view text);
/// Unicode scalar values of valid UTF-8; an invalid byte gives U+FFFD.
std::u32string to_utf32(std::string_view utf8);
/// UTF-8 of scalar values.
std::string to_utf8(std::u32string_view text);

/// FNV-1a, 64 bits: the seed of every texture and choice is a record id through this, never a
/// counter.
std::uint64_t stable_hash(std::string_view text);

}  // namespace hachure::base
