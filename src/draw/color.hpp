#pragma once

namespace hachure::draw {

/// sRGB colour, channels and alpha 0..1, not premultiplied.
struct Color {
  double r = 0;
  double g = 0;
  double b = 0;
  double a = 1;
  constexpr bool operator==(Color const&) const = default;
};

/// `top` at `share` (0..1) mixed with `bottom`, channel by channel in sRGB; the alpha of `top`
/// kept.
constexpr Color mixed(Color top, Color bottom, double share) {
  return {top.r * share + bottom.r * (1 - share), top.g * share + bottom.g * (1 - share),
          top.b * share + bottom.b * (1 - share), top.a};
}

}  // namespace hachure::draw
