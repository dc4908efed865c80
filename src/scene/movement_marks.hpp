#pragma once

#include "scene/builder.hpp"
#include "scene/movement.hpp"

/// What stands along a movement: figures of its strength, and their scale in the legend.
namespace hachure::scene {

/// Arc length at which the axis passes nearest to `p`, not before `from_mm`.
double position_on(Axis const& axis, draw::Point p, double from_mm);

/// Lets expressions ask a feature of our own, and the one before again afterwards.
class Asking {
 public:
  Asking(Builder& builder, style::Feature const& feature)
      : builder_(builder), before_(builder.context.feature) {
    builder.context.feature = &feature;
  }
  ~Asking() { builder_.context.feature = before_; }
  Asking(Asking const&) = delete;
  Asking& operator=(Asking const&) = delete;

 private:
  Builder& builder_;
  style::FeatureView const* before_;
};

/// A movement as figures are set along it.
struct MarkedMovement {
  style::Feature const& properties;
  Axis const& axis;
  double opacity = 1;
};

/// Requests the style's `strength-field` at the start of the movement and wherever its strength has
/// changed, across its course as on Minard's sheet of 1869: on the body where it is wide enough,
/// else beside it.
void add_strength_figures(Builder& builder, style::StyleLayer const& layer,
                          record::Movement const& movement, MarkedMovement const& marked);

/// A movement in the legend.
struct LegendMovement {
  style::Look const& look;
  style::Feature const& properties;
  draw::Color color;
};

/// Bars of the widths that the strengths of `movement-legend` have, once for each layer.
void add_strength_legend(Builder& builder, style::StyleLayer const& layer,
                         LegendMovement const& movement);

}  // namespace hachure::scene
