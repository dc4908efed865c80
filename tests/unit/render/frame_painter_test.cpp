#include "render/frame_painter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace hachure::render {
namespace {

using draw::Box;
using draw::Color;

FramePiece square(double x_mm, double y_mm, Color const& color) {
  draw::Shape shape;
  shape.path.add_box(Box::of(x_mm, y_mm, 9.3, 4.7));
  shape.fill = draw::Fill{color, draw::FillRule::nonzero};
  draw::Stroke stroke;
  stroke.color = {0, 0, 0, 0.5};
  stroke.width_mm = 0.7;
  shape.stroke = stroke;
  return std::make_shared<std::vector<draw::Node> const>(1, draw::Node{shape});
}

draw::Drawing ground() {
  draw::Drawing drawing;
  drawing.width_mm = 100;
  drawing.height_mm = 50;
  drawing.background = {0.9, 0.95, 1, 1};
  return drawing;
}

FrameStage stage() {
  PaintOptions options;
  options.size_px = {200, 100};
  return {ground(), Box::of(5, 5, 90, 40), *square(80, 30, {0, 0.5, 0, 0.8}), options};
}

/// Pieces of which the seventh moves, two labels from frame 3 on, and one that passes.
FrameParts parts_of(std::vector<FramePiece> const& standing, int frame) {
  FrameParts parts;
  for (std::size_t i = 0; i < standing.size(); ++i) {
    bool const moves = i == 6;
    parts.pieces.push_back(
        {moves ? square(10 + frame * 1.3, 20, {0.8, 0, 0, 0.9}) : standing[i], !moves});
  }
  if (frame >= 3) parts.standing = {standing[1], standing[4]};
  parts.passing = {square(60 - frame * 0.7, 8, {0, 0, 0.7, 0.6})};
  return parts;
}

TEST(FramePainter, PixelsDoNotDependOnTheFramesBefore) {
  auto const shared = stage();
  std::vector<FramePiece> pieces;
  for (int i = 0; i < 24; ++i)
    pieces.push_back(square(2 + 4 * i, 3 + 1.7 * i, {0.5, 0.1 * (i % 9), 0.3, 0.7}));
  FramePainter forward(shared);
  std::vector<std::vector<std::uint8_t>> frames;
  for (int i = 0; i < 12; ++i) frames.push_back(forward.paint(parts_of(pieces, i)).bgrx);
  FramePainter backward(shared);
  for (int i = 11; i >= 0; --i) {
    EXPECT_EQ(backward.paint(parts_of(pieces, i)).bgrx, frames[static_cast<std::size_t>(i)]) << i;
    EXPECT_EQ(FramePainter(shared).paint(parts_of(pieces, i)).bgrx,
              frames[static_cast<std::size_t>(i)])
        << i;
  }
}

TEST(FramePainter, KeptPiecesLookAsIfPaintedOnThePage) {
  auto const shared = stage();
  auto const first = square(20, 10, {0.7, 0.2, 0.1, 0.6});
  auto const second = square(24, 12, {0.1, 0.2, 0.7, 1});
  FrameParts kept;
  kept.pieces = {{first, true}, {second, true}};
  FrameParts painted;
  painted.pieces = {{first, false}, {second, false}};
  auto const a = FramePainter(shared).paint(kept).bgrx;
  auto const b = FramePainter(shared).paint(painted).bgrx;
  int farthest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i % 4 != 3) farthest = std::max(farthest, std::abs(a[i] - b[i]));
  }
  EXPECT_LE(farthest, 2);  // each of two layers is rounded once more
  EXPECT_NE(a, FramePainter(shared).paint({}).bgrx);
}

TEST(FramePainter, MovingPartsStayInTheMapAndUnderWhatIsAbove) {
  auto const shared = stage();
  FrameParts parts;
  parts.pieces = {{square(0, 0, {1, 0, 0, 1}), true}, {square(0, 44, {1, 0, 0, 1}), false}};
  FramePainter painter(shared);
  auto const empty = painter.paint({}).bgrx;
  auto const drawn = painter.paint(parts).bgrx;
  for (std::size_t y = 0; y < 100; ++y) {
    for (std::size_t x = 0; x < 200; ++x) {
      if (x >= 10 && y >= 10 && y < 90) continue;
      auto const at = (y * 200 + x) * 4;
      ASSERT_TRUE(std::equal(drawn.begin() + static_cast<std::ptrdiff_t>(at),
                             drawn.begin() + static_cast<std::ptrdiff_t>(at) + 3,
                             empty.begin() + static_cast<std::ptrdiff_t>(at)))
          << x << " " << y;
    }
  }
}

}  // namespace
}  // namespace hachure::render
