#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "draw/drawing.hpp"
#include "style/style.hpp"

/// Patterns in areas and along lines, and colours that change along a line: as strokes, dots and
/// symbols, never as a picture of pixels.
namespace hachure::scene {

/// What fills an area.
struct AreaPattern {
  std::string name;  ///< `hatch`, `dots`, `stipple`, or the id of a symbol; empty for none
  draw::Color ink;
  double angle_rad = 0.785;                ///< of a hatch or a grid, clockwise from the right
  std::optional<double> second_angle_rad;  ///< of a second hatch across the first
  double spacing_mm = 1;                   ///< between strokes, dots or symbols
  double width_mm = 0.07;                  ///< of strokes
  double size_mm = 0.3;                    ///< diameter of dots, larger side of symbols
  std::vector<double> dash_mm;             ///< of broken strokes; empty for whole ones
};

/// The properties `fill-pattern...` of a look, in the ink `fill-color`.
AreaPattern area_pattern(style::Look const& look);

/// A symbol of `size_mm` at a point, turned clockwise by `angle_rad`; nothing where there is none.
using PutSymbol = std::function<std::optional<draw::Picture>(std::string const& id, draw::Point at,
                                                             double size_mm, double angle_rad)>;

/// The pattern within `area` (even-odd) as far as `window` shows it. Strokes end and dots stop at
/// the boundary; symbols are cut there by a clip. Rows lie on a grid of the page, so that areas
/// side by side join; the positions of a stipple come from `seed`.
std::vector<draw::Node> pattern_nodes(draw::Path const& area, draw::Box const& window,
                                      AreaPattern const& pattern, std::string_view seed,
                                      PutSymbol const& symbol);

/// Parts within `area` of parallel lines at `angle_rad`, `spacing_mm` apart, one of them through
/// the page's origin. An even-odd scan of the rows in the turned frame: linear in edges and
/// crossings.
std::vector<std::vector<draw::Point>> hatch_lines(draw::Path const& area, double angle_rad,
                                                  double spacing_mm,
                                                  std::vector<double> const& dash_mm = {});

/// What is set along a line.
struct LinePattern {
  /// `ticks`, `teeth`, `hollow-teeth`, `dots`, `crosses`, `merlons`, `batter`, `smoke`, `crenels`,
  /// `zigzag`, or the id of a symbol; empty for none.
  std::string name;
  draw::Color ink;
  double spacing_mm = 3;
  double size_mm = 1;     ///< length of ticks, height of teeth, diameter of dots, side of symbols
  double width_mm = 0.1;  ///< of ticks
  std::string side = "both";       ///< of what has one, seen along the line: both, left, right
  std::string turn = "along";      ///< top of a symbol: along, across (to the side), upright
  double offset_mm = 0;            ///< from the line, towards the side; left where it has both
  draw::Color ground{1, 1, 1, 1};  ///< inside of hollow signs
};

/// The properties `line-pattern...` of a look, in the ink `line-color`.
LinePattern line_pattern(style::Look const& look);

/// The signs along lines. A line is taken from corner to corner (turns sharper than 40 degrees):
/// each stretch holds a whole number of signs at the distance nearest to the one asked for, so that
/// none stands on a corner; a ring without corners closes evenly. A sign that would run into
/// another or across the line, as in a tight bend, is made smaller, or left out where that does not
/// help. A line shorter than a sign has one of its own length.
std::vector<draw::Node> pattern_along(std::vector<std::vector<draw::Point>> const& lines,
                                      LinePattern const& pattern, PutSymbol const& symbol);

/// Strokes along `line` whose colour changes from its start to its end: pieces of one colour each,
/// as many as its colours need to step by less than an eye sees, every opaque one reaching under
/// the next.
/// @param color at the share 0 to 1 of the length
std::vector<draw::Node> gradient_strokes(std::vector<draw::Point> const& line,
                                         draw::Stroke const& stroke,
                                         std::function<draw::Color(double)> const& color);

/// The inside of a movement's body: strokes across it (`movement-style: hatched`), or the colours
/// of `line-gradient` from tail to tip, cut at the body. Empty where the look has neither.
std::vector<draw::Node> body_pattern(draw::Path const& body, std::vector<draw::Point> const& axis,
                                     double head_width_mm, style::Look const& look,
                                     draw::Color const& ink);

}  // namespace hachure::scene
