#include "render/frame_painter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
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
    parts.pieces.push_back(moves ? square(10 + frame * 1.3, 20, {0.8, 0, 0, 0.9}) : standing[i]);
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

TEST(FramePainter, PiecesLookAsIfPaintedOnThePage) {
  auto const shared = stage();
  auto const first = square(20, 10, {0.7, 0.2, 0.1, 0.6});
  auto const second = square(24, 12, {0.1, 0.2, 0.7, 1});
  FrameParts parts;
  parts.pieces = {first, second};
  auto const a = FramePainter(shared).paint(parts).bgrx;
  auto page = ground();
  for (auto const& piece : {first, second, square(80, 30, {0, 0.5, 0, 0.8})}) {
    page.root.children.push_back(piece->front());
  }
  PaintOptions options;
  options.size_px = {200, 100};
  auto const b = rasterised(page, options).bgrx;
  int farthest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i % 4 != 3) farthest = std::max(farthest, std::abs(a[i] - b[i]));
  }
  EXPECT_LE(farthest, 2);  // each of two layers is rounded once more
  EXPECT_NE(a, FramePainter(shared).paint({}).bgrx);
}

/// A sign with an edge, a diagonal and a hole, turned.
FramePiece sign(double angle_rad) {
  draw::Picture picture;
  picture.source = std::make_shared<draw::PictureSource const>(draw::PictureSource{
      "sign",
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24"><rect x="-10" y="-6" width="20" height="12" fill="#b3202a" stroke="#fff" stroke-width="2"/><path d="M-10 6L10 -6" stroke="#000" stroke-width="2"/></svg>)",
      Box::of(-12, -12, 24, 24)});
  picture.anchor = {40.3, 21.7};
  picture.scale = 0.5;
  picture.angle_rad = angle_rad;
  return std::make_shared<std::vector<draw::Node> const>(1, draw::Node{picture});
}

/// Mean and largest difference of the pixels that either has changed.
std::pair<double, int> difference(std::vector<std::uint8_t> const& a,
                                  std::vector<std::uint8_t> const& b,
                                  std::vector<std::uint8_t> const& empty) {
  double sum = 0;
  int count = 0;
  int farthest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i % 4 == 3 || (a[i] == empty[i] && b[i] == empty[i])) continue;
    farthest = std::max(farthest, std::abs(a[i] - b[i]));
    sum += std::abs(a[i] - b[i]);
    ++count;
  }
  return {sum / std::max(1, count), farthest};
}

TEST(FramePainter, AreasThatReachBesideThePageAreWhole) {
  auto const shared = stage();
  // Its outline crosses the page at 40 mm, and closes far beside it.
  for (double const far_mm : {160.0, -60.0}) {
    draw::Shape shape;
    shape.path.add_box(Box::of(std::min(40.0, far_mm), 10, std::abs(far_mm - 40), 30));
    shape.fill = draw::Fill{{0.8, 0, 0, 1}, draw::FillRule::nonzero};
    FrameParts parts;
    parts.pieces = {std::make_shared<std::vector<draw::Node> const>(1, draw::Node{shape})};
    FramePainter painter(shared);
    auto const& raster = painter.paint(parts);
    for (int const x_px : {20, 60, 100, 180}) {
      auto const at =
          (50 * static_cast<std::size_t>(raster.width_px) + static_cast<std::size_t>(x_px)) * 4;
      bool const is_inside = far_mm > 40 ? x_px > 80 : x_px < 80;
      EXPECT_EQ(raster.bgrx[at + 2], is_inside ? 204 : 230) << x_px;
      EXPECT_EQ(raster.bgrx[at], is_inside ? 0 : 255) << x_px;
    }
    // Nor is any of it left for the next frame.
    auto const after = painter.paint({}).bgrx;
    EXPECT_EQ(after, FramePainter(shared).paint({}).bgrx);
  }
}

TEST(FramePainter, SignsKeptInPixelsLookAsDrawn) {
  auto page = ground();
  PaintOptions options;
  options.size_px = {200, 100};
  FrameStage const shared(page, Box::of(0, 0, 100, 50), {}, options);
  auto const empty = rasterised(page, options).bgrx;
  for (double const angle_rad : {0.0, 0.4, 2.0}) {
    FrameParts parts;
    parts.pieces = {sign(angle_rad)};
    auto const kept = FramePainter(shared).paint(parts).bgrx;
    page.root.children = {parts.pieces[0]->front()};
    auto const drawn = rasterised(page, options).bgrx;
    auto const [mean, farthest] = difference(kept, drawn, empty);
    EXPECT_LT(mean, 6) << angle_rad;
    EXPECT_LT(farthest, 100) << angle_rad;
  }
}

/// What a frame shows elsewhere must not be told as changed, what it shows anew must be.
TEST(FramePainter, ChangesHoldAllThatDiffersAndLittleElse) {
  auto const shared = stage();
  std::vector<FramePiece> pieces;
  for (int i = 0; i < 8; ++i) pieces.push_back(square(10 + 9 * i, 6 + 4 * i, {0.2, 0.1, 0.3, 1}));
  FramePainter painter(shared);
  StreamLayout const layout{200, 100};
  auto const marked = [&] {
    std::size_t count = 0;
    painter.changes().for_each([&](std::uint32_t) { ++count; });
    return count;
  };
  auto before = painter.paint(parts_of(pieces, 1)).bgrx;
  EXPECT_EQ(marked(), layout.segments());
  for (int frame = 1; frame < 6; ++frame) {
    // Standing labels come with frame 3; layers change their order.
    if (frame == 4) std::swap(pieces[2], pieces[3]);
    auto const now = painter.paint(parts_of(pieces, frame)).bgrx;
    if (frame == 1) {
      EXPECT_EQ(marked(), 0U);  // nothing has moved since
    }
    EXPECT_LT(marked(), layout.segments() / 3);
    for (std::uint32_t i = 0; i < layout.segments(); ++i) {
      auto const part = layout.segment(i);
      auto const begin = static_cast<std::ptrdiff_t>(layout.pixel_of(part.row, part.begin) * 4);
      auto const end = static_cast<std::ptrdiff_t>(layout.pixel_of(part.row, part.end) * 4);
      if (!std::equal(now.begin() + begin, now.begin() + end, before.begin() + begin)) {
        ASSERT_TRUE(painter.changes().has(i)) << frame << " " << i;
      }
    }
    before = now;
  }
}

/// Plates come as new nodes with each frame; the parts that stay are not painted anew.
TEST(FramePainter, PlatesAreComparedPartByPart) {
  auto const shared = stage();
  auto const plates = [](int frame) {
    draw::Group strip;
    for (int i = 0; i < 6; ++i)
      strip.children.push_back(square(2 + 12 * i, 44, {0, 0, 0, 1})->front());
    // One part goes, one comes, one is another.
    if (frame > 0) strip.children.erase(strip.children.begin() + 1);
    if (frame > 0) strip.children.push_back(square(80, 44, {1, 0, 0, 1})->front());
    strip.children[2] = square(26, 44 - frame, {0, 0, 1, 1})->front();
    FrameParts parts;
    parts.plates = {{strip}, square(2, 2, {1, 1, 1, 1})->front()};
    return parts;
  };
  FramePainter painter(shared);
  painter.paint(plates(0));
  EXPECT_EQ(painter.paint(plates(1)).bgrx, FramePainter(shared).paint(plates(1)).bgrx);
  StreamLayout const layout{200, 100};
  painter.changes().for_each([&](std::uint32_t segment) {
    auto const part = layout.segment(segment);
    EXPECT_GE(part.row, 80U);  // the plate at the top is as it was
    EXPECT_FALSE(part.begin == 64 && part.row > 98) << part.row;
  });
  painter.paint(plates(1));
  painter.changes().for_each([](std::uint32_t segment) { ADD_FAILURE() << segment; });
}

TEST(FramePainter, MovingPartsStayInTheMapAndUnderWhatIsAbove) {
  auto const shared = stage();
  FrameParts parts;
  parts.pieces = {square(0, 0, {1, 0, 0, 1}), square(0, 44, {1, 0, 0, 1})};
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
