#pragma once

#include <span>
#include <string_view>

namespace hachure::base {

/// A catalogue of src/base/messages as it was when the program was built.
struct MessageCatalogue {
  std::string_view file;  ///< `fr.po`, `zh_Hant.po`; `hachure.pot` has the English texts
  std::string_view text;  ///< in the format of gettext, UTF-8
};

/// All catalogues, by file name. Defined in a source that cmake/messages.cmake writes.
std::span<MessageCatalogue const> message_catalogues();

}  // namespace hachure::base
