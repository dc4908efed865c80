#pragma once

#include <string_view>

namespace hachure::render {

/// Language of the controls on a page of language `lang`: the nearest one that they are written in,
/// else English.
std::string_view html_words_lang(std::string_view lang);

/// A word or sentence of the controls, `word.<id>` in page.html, as plain text in
/// html_words_lang(lang); empty if there is no such word.
std::string_view html_word(std::string_view id, std::string_view lang);

}  // namespace hachure::render
