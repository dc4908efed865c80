#pragma once

#include <string>
#include <vector>

#include "draw/color.hpp"

namespace hachure::style {

/// How a stretch of text is set.
struct TextStyle {
  /// Font descriptions in order of preference, e.g. {"Noto Sans SemiCondensed Medium",
  /// "Noto Sans CJK TC"}: a glyph comes from the first that has it.
  std::vector<std::string> fonts;
  double size_mm = 2;  ///< em
  draw::Color color{0, 0, 0, 1};
  double letter_spacing_em = 0;
  /// Size of Han, Kana and Hangul beside Latin; Chinese faces fill their em, Latin ones do not.
  double han_scale = 1;
  std::string features;  ///< OpenType features as in CSS: "onum, smcp=1"
  std::string generic = "sans-serif";
  std::string lang;  ///< BCP-47 of this part, for the shaper; empty: that of the paragraph
  bool operator==(TextStyle const&) const = default;
};

/// A stretch of a paragraph in one style.
struct TextSpan {
  std::string text;  ///< UTF-8; "\n" breaks the line
  TextStyle style;
  bool operator==(TextSpan const&) const = default;
};

}  // namespace hachure::style
