#pragma once

#include <memory>
#include <vector>

#include "draw/drawing.hpp"
#include "render/changed_segments.hpp"
#include "render/png.hpp"

namespace hachure::render {

/// What the frames of a run share, in pixels. Made once, read by all painters.
class FrameStage {
 public:
  /// @param ground page with all that lies under the moving parts
  /// @param clip box of the map, mm: moving parts do not leave it
  /// @param above what lies over them, transparent elsewhere
  FrameStage(draw::Drawing const& ground, draw::Box const& clip,
             std::vector<draw::Node> const& above, PaintOptions const& options);
  ~FrameStage();
  FrameStage(FrameStage const&) = delete;
  FrameStage& operator=(FrameStage const&) = delete;

  int width_px() const;
  int height_px() const;
  double dpi() const;

 private:
  friend class FramePainter;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Nodes painted together; equal pointers are equal ink.
using FramePiece = std::shared_ptr<std::vector<draw::Node> const>;

/// The parts of one frame, in paint order: pieces, passing labels, standing labels, what the stage
/// has above, then the plates.
struct FrameParts {
  std::vector<FramePiece> pieces;
  std::vector<FramePiece> passing;   ///< labels that move or fade
  std::vector<FramePiece> standing;  ///< labels that stay for a while
  std::vector<draw::Node> plates;    ///< clock and timeline
};

/// Paints frames of one stage for one thread. The pixels of a frame depend on its parts alone; what
/// stays from one to the next is not painted anew.
class FramePainter {
 public:
  explicit FramePainter(FrameStage const& stage);
  ~FramePainter();
  FramePainter(FramePainter&&) noexcept;

  /// The frame; valid until the next call.
  Raster const& paint(FrameParts const& parts);
  /// Where the frame may differ from the one before; everywhere for the first one.
  ChangedSegments const& changes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
