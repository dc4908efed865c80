#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "draw/drawing.hpp"
#include "render/changed_segments.hpp"

namespace hachure::render {

/// A page in pixels.
struct PageInPixels {
  int width_px = 0;
  int height_px = 0;
  double scale_x = 1;  ///< pixels per millimetre
  double scale_y = 1;

  StreamLayout layout() const {
    return {static_cast<std::uint32_t>(width_px), static_cast<std::uint32_t>(height_px)};
  }
};

/// What some nodes colour of a page: premultiplied colours with alpha, and where they are.
struct Ink {
  struct Run {
    std::uint32_t row;
    std::uint32_t x;  ///< of its first pixel
    std::uint32_t count;
    std::uint32_t at;  ///< of its first pixel in `pixels`
  };
  std::vector<std::uint32_t> pixels;  ///< of the runs, one after the other
  std::vector<Run> runs;              ///< by row and x

  /// Marks all segments that hold some of it.
  void mark(ChangedSegments& segments) const;
  /// Lays it over the picture, rows of `width_px`, in some of its segments.
  void lay_over(std::uint8_t* bgrx, StreamLayout const& layout, ChangedSegments const& where) const;
};

/// Marks the segments in which two inks differ.
void mark_differences(Ink const& a, Ink const& b, StreamLayout const& layout,
                      ChangedSegments& segments);

/// Makes inks of nodes, each by itself: they do not depend on what was painted before.
/// Not thread-safe.
class InkPress {
 public:
  explicit InkPress(PageInPixels const& page);
  ~InkPress();
  InkPress(InkPress const&) = delete;
  InkPress& operator=(InkPress const&) = delete;

  /// The ink of the nodes.
  /// @param clip what goes beyond it is cut off, mm; an empty box cuts nothing
  Ink ink_of(std::vector<draw::Node> const& nodes, draw::Box const& clip);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
