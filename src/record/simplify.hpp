#pragma once

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "record/project.hpp"

namespace hachure::record {

/// Simplified Chinese of a text in Traditional Chinese, character and phrase by phrase, through
/// OpenCC
/// (`t2s`). Other scripts are left as they are. Thread-safe.
/// @throws base::Error environment: OpenCC's tables are not installed
std::string to_simplified(std::string_view traditional);

/// Gives a text its `zh-Hans` from its `zh-Hant` where it has none of its own.
void derive_simplified(base::LangText& text);

/// The same for every text of a project.
void derive_simplified(Project& project);

}  // namespace hachure::record
