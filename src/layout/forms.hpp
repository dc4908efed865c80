#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "layout/shape.hpp"
#include "scene/scene.hpp"

namespace hachure::layout {

/// What a label may be set as, best first. The numbers are kept in frozen placements.
enum class LabelForm {
  full = 0,
  broken = 1,       ///< on two lines or as many as its width asks for
  broken_more = 2,  ///< on one line more
  shorter = 3,      ///< the abbreviation of the data
  smaller = 4,      ///< half way to the smallest size of the style
  smallest = 5,     ///< the smallest size of the style
  smallest_broken = 6,
  number = 7,  ///< a number with an entry in the key
  spread = 8,  ///< letter-spaced over its line or area
};

inline constexpr std::size_t form_count = 9;

/// The word of a form in the report, e.g. "shorter".
std::string_view to_string(LabelForm form);

/// A text of a label, shaped.
struct ShapedForm {
  LabelForm form = LabelForm::full;
  double cost = 0;  ///< what it is worse than the full form
  /// By Align; those of a single line are one.
  std::array<ShapedText, 3> by_align;
  std::optional<ShapedText> column;  ///< of a vertical label on lines: for those that run down

  ShapedText const& text(Align align = Align::start) const {
    auto const& own = by_align[static_cast<std::size_t>(align)];
    return own.lines.empty() ? by_align[0] : own;
  }
};

/// Optical box of a text: ink across; names without ascenders have the height of their neighbours.
draw::Box optical_box(ShapedText const& shaped);

/// All forms that a request allows, the full one first.
std::vector<ShapedForm> forms_of(scene::LabelRequest const& request, Shaper const& shaper);

/// Breaks a text into `lines` lines of most even width at places where its language may break it
/// (Unicode line breaking, UAX 14, tailored by ICU), not after short words such as "of". Nothing
/// when it has too few such places or breaks of its own.
/// @param shaped the text on one line, left to right
std::optional<std::vector<TextSpan>> broken_evenly(std::vector<TextSpan> const& spans,
                                                   ShapedText const& shaped, int lines);

}  // namespace hachure::layout
