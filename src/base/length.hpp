#pragma once

#include <optional>
#include <string_view>

namespace hachure::base {

/// A length with its unit family: on the page (fixed) or on the ground (depends on the scale).
struct Length {
  enum class Frame { page, ground };
  double value = 0;  ///< millimetres on the page, or metres on the ground
  Frame frame = Frame::page;

  static constexpr Length mm(double v) { return {v, Frame::page}; }
  static constexpr Length pt(double v) { return {v * 25.4 / 72.0, Frame::page}; }
  static constexpr Length px(double v) { return {v * 25.4 / 96.0, Frame::page}; }
  static constexpr Length ground_m(double v) { return {v, Frame::ground}; }

  /// Millimetres on a page of scale 1:`scale_denominator`.
  constexpr double to_mm(double scale_denominator) const {
    return frame == Frame::page ? value : value * 1000.0 / scale_denominator;
  }
  constexpr bool operator==(Length const&) const = default;
};

inline constexpr double mm_per_pt = 25.4 / 72.0;
inline constexpr double mm_per_px = 25.4 / 96.0;  ///< CSS pixel, 1/96 inch

/// Reads `0.3mm`, `8pt`, `2px`, `1.5cm`, `1in` (page), `150m`, `2km` (ground); a bare number is px
/// as in MapLibre. Nothing for anything else.
std::optional<Length> parse_length(std::string_view text);

}  // namespace hachure::base
