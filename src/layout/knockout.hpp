#pragma once

#include <cstdint>
#include <vector>

#include "draw/drawing.hpp"

namespace hachure::layout {

/// Lettering cut free of line work: strokes end and textures stop a little before the letters, as
/// an engraver leaves them out, and flat tints run through. Vector stays vector.
class Knockout {
 public:
  explicit Knockout(draw::Box const& page);

  /// Keeps `reach_mm` round the letters of a text free.
  void add(draw::Text const& text, double reach_mm);
  /// Keeps a disc free.
  void add_disc(draw::Point center, double radius_mm);
  bool empty() const { return areas_.empty(); }

  /// Cuts the shapes of a node and of the groups in it: lines end at the letters; fills are cut
  /// contour by contour, and signs (contours smaller than 0.45 mm) that would be cut are left out
  /// whole, as are splinters that a cut leaves. Text, images and pictures stay.
  /// @param tint fills are flat tints: only outlines are cut
  void cut(draw::Node& node, bool tint) const;

 private:
  /// One connected part of what is kept free.
  struct Area {
    draw::Path outline;
    draw::Box box;
  };
  void add_area(std::vector<draw::Point> ring);
  std::vector<std::size_t> near(draw::Box const& box) const;
  bool cut_strokes(draw::Path& path) const;
  bool cut_fills(draw::Path& path) const;

  static constexpr double cell_mm = 5;
  draw::Box page_;
  std::size_t columns_;
  std::vector<Area> areas_;
  std::vector<std::vector<std::size_t>> cells_;  ///< areas by cells of the page, row by row
};

/// Thins signs out towards boxes on the page: contours whose middle lies within `reach_mm` of a box
/// are left out, the nearer the likelier. Which ones depends on their places alone.
void fade_towards(draw::Node& node, std::vector<draw::Box> const& boxes, double reach_mm);

}  // namespace hachure::layout
