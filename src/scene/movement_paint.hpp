#pragma once

#include "draw/drawing.hpp"
#include "scene/movement.hpp"
#include "style/style.hpp"

/// Movements in the looks a style asks for.
namespace hachure::scene {

/// The arrow that a style's properties describe. Along an axis that has widths they are those of
/// the body, and the head is measured by the one at its end.
ArrowShape shape_of(style::Look const& look, Axis const& axis);

/// How a movement is painted beside its style.
struct Painting {
  draw::Color color;
  bool is_sample = false;  ///< a picture for the legend: keeps its look however short it is
  draw::Path joined;       ///< bodies it is joined to, which its casing leaves free
};

/// The movement as a group: casing first, then the body in its look.
draw::Group paint_arrow(Axis const& axis, style::Look const& look, Painting const& painting);

/// A small arrow for the legend, in the look of the real one but never longer than its box.
draw::Group sample_arrow(style::Look const& look, draw::Color const& color);

}  // namespace hachure::scene
