#pragma once

#include <string>
#include <string_view>

namespace hachure::layout {

/// Words of the furniture in the map's language ("legend", "key", "sources" ...); English where a
/// language has none. Ids are the English words in lower case.
std::string_view message(std::string_view id, std::string_view lang);

}  // namespace hachure::layout
