#pragma once

#include <vector>

#include "layout/shape.hpp"

namespace hachure::layout {

/// A text with its reading: over the line, or to the right of a column and turned. A reading of as
/// many words as the text has characters of Chinese stands over them one by one, and these make
/// room for it (mono ruby); any other is centred over the whole (group ruby). Requirements for
/// Chinese Text Layout, W3C, section 3.2.
/// @param base set on one line or in one column; returned as it is if it has more of them
/// @param reading its words in order, each set on one line with `style` of its own
/// The text of the result is that of the base, a line end and the reading.
ShapedText with_ruby(ShapedText base, std::vector<TextSpan> const& reading, Shaper const& shaper);

}  // namespace hachure::layout
