#pragma once

#include "draw/drawing.hpp"
#include "layout/shape.hpp"
#include "style/style.hpp"
#include "style/symbol.hpp"

namespace hachure::layout {

/// A sheet of all symbols with their ids, grouped by subject (`data-subject` of their files), in
/// the fonts, ink and papers of a style. 210 mm wide, as high as it needs to be.
/// @throws base::Error input: a symbol is no safe drawing
draw::Drawing symbol_sheet(style::SymbolCatalogue& symbols, style::Style const& style,
                           style::SymbolColors const& colors, Shaper const& shaper);

}  // namespace hachure::layout
