#pragma once

#include <string>

#include "draw/drawing.hpp"
#include "render/format.hpp"

namespace hachure::render {

/// The Drawing as PDF 1.5: text searchable in embedded font subsets (or outlines), nothing turned
/// into pixels but Images, metadata from the Drawing, the date only if the Drawing has one.
std::string paint_pdf(draw::Drawing const& drawing, PaintOptions const& options);

}  // namespace hachure::render
