#pragma once

#include <span>
#include <string_view>

namespace hachure::render {

/// A file of src/render/html, put into the program when it is built (cmake/embed.cmake).
struct Asset {
  std::string_view name;    ///< e.g. "page.css"
  std::string_view text;    ///< as in the file
  std::string_view sha256;  ///< of the text, 64 hexadecimal digits
};

/// The files of the page.
std::span<Asset const> assets();

}  // namespace hachure::render
