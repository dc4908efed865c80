#include "layout/font_packages.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/diagnostics.hpp"
#include "base/text.hpp"

namespace hachure::layout {

namespace {

struct FontPackage {
  std::string_view family;  ///< beginning of the font's name, in small letters
  std::string_view package;
};

// Debian 12 (packages.debian.org). Longer beginnings stand before shorter ones.
constexpr std::array packages = {
    FontPackage{"noto sans cjk", "fonts-noto-cjk"},
    FontPackage{"noto serif cjk", "fonts-noto-cjk"},
    FontPackage{"noto sans mono cjk", "fonts-noto-cjk"},
    FontPackage{"noto", "fonts-noto-core and fonts-noto-extra"},
    FontPackage{"old standard", "fonts-oldstandard"},
    FontPackage{"oldstandard", "fonts-oldstandard"},
    FontPackage{"eb garamond", "fonts-ebgaramond"},
    FontPackage{"ebgaramond", "fonts-ebgaramond"},
    FontPackage{"dejavu", "fonts-dejavu"},
    FontPackage{"liberation", "fonts-liberation2"},
    FontPackage{"open sans", "fonts-open-sans"},
    FontPackage{"roboto", "fonts-roboto"},
    FontPackage{"lato", "fonts-lato"},
    FontPackage{"inter", "fonts-inter"},
    FontPackage{"cardo", "fonts-cardo"},
    FontPackage{"junicode", "fonts-junicode"},
    FontPackage{"linux libertine", "fonts-linuxlibertine"},
    FontPackage{"linux biolinum", "fonts-linuxlibertine"},
    FontPackage{"gfs didot", "fonts-gfs-didot"},
    FontPackage{"baskervald", "fonts-adf-baskervald"},
    FontPackage{"hanamin", "fonts-hanazono"},
};

/// Words that say weight, slant or width at the end of a font's name.
bool is_style_word(std::string_view word) {
  static constexpr std::array words = {
      "thin",     "extralight", "light",         "regular",        "book",    "medium",
      "semibold", "bold",       "extrabold",     "black",          "heavy",   "italic",
      "oblique",  "condensed",  "semicondensed", "extracondensed", "expanded"};
  return std::ranges::find(words, base::to_lower(word)) != words.end();
}

/// The family of a name: what is left without the words of its style, which go to `style`.
std::string family_of(std::string font, std::string& style) {
  for (;;) {
    auto const space = font.rfind(' ');
    if (space == std::string::npos || !is_style_word(font.substr(space + 1))) return font;
    style = font.substr(space) + style;
    font.erase(space);
  }
}

}  // namespace

std::string font_hint(std::string const& font, std::vector<std::string> const& families) {
  std::string style;
  auto const family = family_of(font, style);
  if (auto const near = base::near_miss(family, families); !near.empty()) {
    return "did you mean \"" + near + style + "\"?";
  }
  auto const wanted = base::to_lower(font);
  for (auto const& row : packages) {
    if (wanted.starts_with(row.family)) return "install " + std::string(row.package);
  }
  return "hachure list fonts prints the families that are installed";
}

}  // namespace hachure::layout
