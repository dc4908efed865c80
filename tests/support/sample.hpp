#pragma once

#include "draw/drawing.hpp"

namespace hachure::tests {

/// A small page with every kind of node: fills by both rules, strokes, dashes, clips, opacity, a
/// symbol placed twice, an image, straight, turned, curved and right-to-left text with halos.
/// Text is left out if Noto Sans is not installed.
draw::Drawing sample_page();

/// A square symbol with a gradient-free picture in it: a red disc on a stroked blue frame.
std::shared_ptr<draw::PictureSource const> sample_symbol();

}  // namespace hachure::tests
