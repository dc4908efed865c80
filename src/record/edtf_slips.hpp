#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hachure::record {

/// Texts in EDTF that `text`, which is not EDTF, probably means, most likely first: for hints.
/// Knows day-first and slashed dates, `c. 1857`, `before 1857`, month and season names (English,
/// French, German), `1857-1858`, `A - B`, `1850s`, `19th century`, `100 BC`, missing zeros,
/// full-width digits, typographic dashes, spaces, and the drafts' `u`, `unknown` and `open`. The
/// texts are not checked: the caller offers those that parse.
std::vector<std::string> suggest_edtf(std::string_view text);

}  // namespace hachure::record
