#pragma once

#include "layout/shape.hpp"

namespace hachure::layout {

/// Whether a character stands upright in a column: Han, kana, hangul, their punctuation, full-width
/// forms (the U and Tu of UAX 50 as far as maps need them).
bool is_upright_in_columns(char32_t c);

/// Turns a text shaped on horizontal lines, with the `vert` forms of its font, into columns from
/// right to left: the first one's middle at x = 0, its top at y = 0. Upright characters stand in
/// cells of their advance, one to three figures beside each other in one cell (tate-chu-yoko),
/// other scripts on their side. Texts that read from right to left stay as they are.
/// See W3C, Requirements for Chinese Text Layout, 2.3 and 3.1.
/// @param pitch_mm distance of columns
void set_in_columns(ShapedText& shaped, double pitch_mm);

}  // namespace hachure::layout
