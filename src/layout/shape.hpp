#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "draw/drawing.hpp"
#include "style/text_style.hpp"

namespace hachure::layout {

using style::TextSpan;
using style::TextStyle;

enum class Align { start, center, end };

/// What a paragraph is set to.
struct ParagraphStyle {
  std::string lang = "en";  ///< BCP-47; reaches the shaper
  Align align = Align::start;
  double line_height = 1.25;       ///< of the size of the largest style on the line
  std::optional<double> width_mm;  ///< break lines to this width; nothing = only at "\n"
  bool vertical = false;  ///< columns from right to left, if the text has Han, kana or hangul
};

/// One glyph position of missing ink: which character no font has.
struct MissingGlyph {
  char32_t code_point = 0;
  std::string text;
  bool operator==(MissingGlyph const&) const = default;
};

/// One line of a shaped paragraph; positions relative to the paragraph's origin. Of a column
/// `baseline_mm` is the x of its middle, `left_mm` the y of its top, `width_mm` its length.
struct ShapedLine {
  double baseline_mm = 0;  ///< y of the baseline
  double left_mm = 0;
  double width_mm = 0;        ///< advance width without trailing space
  std::size_t first_run = 0;  ///< its glyphs are in ShapedText::runs [first_run, end_run)
  std::size_t end_run = 0;
};

/// A paragraph shaped once: glyph runs relative to an origin at the start of the first baseline.
struct ShapedText {
  std::string text;  ///< all spans, in logical order
  std::string lang;
  std::vector<draw::GlyphRun> runs;
  std::vector<ShapedLine> lines;
  draw::Box ink;          ///< exact box of the outlines
  draw::Box logical;      ///< left 0, from the first line's ascent to the last one's descent
  double ascent_mm = 0;   ///< of the first line, above its baseline
  double descent_mm = 0;  ///< of the last line, below its baseline
  double cap_height_mm = 0;
  double x_height_mm = 0;
  bool vertical = false;  ///< set in columns; glyphs have angles of their own
  double length_mm = 0;   ///< of the longest line or column
  std::vector<MissingGlyph> missing;

  bool empty() const { return runs.empty(); }
  /// The text placed on the page, its origin at `origin`, turned clockwise by `angle_rad`.
  draw::Text placed(draw::Point origin, double angle_rad = 0) const;
  /// The same lines with other edges in line.
  ShapedText aligned(Align align) const;
};

/// Box of the outlines of a placed glyph, relative to its text's origin; empty for a space.
draw::Box ink_of(draw::GlyphRun const& run, draw::Glyph const& glyph);

/// Shapes text with Pango and HarfBuzz, unhinted and unrounded: the result scales and is the same
/// for every output. Not shared between threads; each thread makes its own.
class Shaper {
 public:
  Shaper();
  ~Shaper();
  Shaper(Shaper const&) = delete;
  Shaper& operator=(Shaper const&) = delete;

  /// Glyphs that no font has are listed in the result, never drawn as boxes.
  ShapedText shape(std::vector<TextSpan> const& spans, ParagraphStyle const& paragraph) const;
  ShapedText shape(std::string_view text, TextStyle const& style, std::string const& lang) const;

  /// Whether a family of this name (first words of a font description) is installed.
  bool has_font(std::string const& description) const;
  /// Installed families, sorted.
  std::vector<std::string> families() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::layout
