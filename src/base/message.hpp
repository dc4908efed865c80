#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Words and sentences that the program itself puts on a map, in the map's language. They lie in
/// src/base/messages, in gettext's format: `msgctxt` is the id, `msgid` the English text.
namespace hachure::base {

/// The catalogue that serves a BCP-47 tag: `en`, `fr`, `de`, `zh-Hant` (also for `zh`, `zh-TW`) or
/// `zh-Hans` (also for `zh-CN`, `zh-SG`, `zh-MY`); the language alone of any other tag, in lower
/// case.
std::string language_of(std::string_view tag);

/// The text of an id (`legend`, `sources` ...) in the language of a BCP-47 tag; English where the
/// language has none, the id itself where nobody has one. Of an id with a plural its singular.
/// @post the view lives as long as the program
std::string_view message(std::string_view id, std::string_view tag);

/// The form of a message for a count, by the rule of its language.
std::string_view plural_message(std::string_view id, std::size_t count, std::string_view tag);

/// `text` with each `{name}` replaced by its value; other braces are kept.
std::string filled(std::string_view text,
                   std::vector<std::pair<std::string_view, std::string>> const& values);

/// Languages with a catalogue, sorted: `de`, `en`, `fr`, `zh-Hans`, `zh-Hant`.
std::vector<std::string> message_languages();
/// Ids of the catalogue of a language, sorted.
/// @pre one of message_languages()
std::vector<std::string> message_ids(std::string_view language);

}  // namespace hachure::base
