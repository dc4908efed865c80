#pragma once

#include <cstdint>
#include <vector>

#include "draw/path.hpp"

/// Ways that nobody has drawn: found over the ground they have to keep to.
namespace hachure::scene {

/// Ground for routes, as cells of the page: good to go on, or bad. What lies outside the window is
/// not known: it counts as good, but costs thrice.
class RouteGround {
 public:
  /// @param window part of the page that is known
  /// @param reach points that routes may go to; the cells cover them too
  RouteGround(draw::Box const& window, draw::Box const& reach);

  /// Marks the cells whose middle lies on the areas (even-odd) or within `line_mm` of the lines as
  /// good ground. The first call makes all the rest of the window bad.
  void keep_to(draw::Path const& areas, draw::Path const& lines, double line_mm);
  /// Marks the cells on the areas as bad, and those within `line_mm` of the lines.
  void keep_off(draw::Path const& areas, draw::Path const& lines, double line_mm);

  bool is_good(draw::Point at) const;
  /// Length of bad ground under a line, by samples half a cell apart.
  double bad_length_mm(std::vector<draw::Point> const& line) const;

  /// The way of least cost through the stops, straightened where the ground allows; bad ground
  /// costs forty times as much as good one, and good one within `clearance_mm` of bad up to thrice.
  /// A* over cells with sixteen directions (Hart, Nilsson and Raphael, "A formal basis for the
  /// heuristic determination of minimum cost paths", 1968).
  std::vector<draw::Point> route(std::vector<draw::Point> const& stops, double clearance_mm) const;

 private:
  struct Cell {
    long x, y;
  };
  std::size_t index(long x, long y) const { return static_cast<std::size_t>(y * columns_ + x); }
  /// In the window, or so near that the cell's middle falls beside it.
  bool is_known(draw::Point at) const { return window_.grown(cell_mm_).contains(at); }
  Cell cell_at(draw::Point at) const;
  draw::Point middle(long x, long y) const;
  void mark(draw::Path const& areas, draw::Path const& lines, double line_mm, std::uint8_t value);
  std::vector<float> costs(double clearance_mm) const;
  double cost_along(std::vector<float> const& costs, draw::Point a, draw::Point b) const;
  std::vector<draw::Point> leg(std::vector<float> const& costs, draw::Point from,
                               draw::Point to) const;
  std::vector<draw::Point> straightened(std::vector<float> const& costs,
                                        std::vector<draw::Point> const& way) const;

  draw::Box window_;
  draw::Box area_;  ///< of the cells
  double cell_mm_;
  long columns_;
  long rows_;
  std::vector<std::uint8_t> bad_;
  bool is_bounded_ = false;
};

}  // namespace hachure::scene
