#include "layout/knockout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "draw/polygon.hpp"

namespace hachure::layout {
namespace {

using draw::Box;
using draw::Path;
using draw::Point;

Box const page = Box::of(0, 0, 40, 30);

draw::Node node_of(Path path, bool filled, bool stroked) {
  draw::Shape shape;
  shape.id = "shape";
  shape.path = std::move(path);
  if (filled) shape.fill = draw::Fill{{0, 0, 0, 1}, draw::FillRule::nonzero};
  if (stroked) shape.stroke = draw::Stroke{};
  return {std::move(shape)};
}

Path line(Point a, Point b) {
  Path path;
  path.add_polyline(std::vector<Point>{a, b}, false);
  return path;
}

Path box(Box const& b) {
  Path path;
  path.add_box(b);
  return path;
}

Knockout disc() {
  Knockout knockout(page);
  knockout.add_disc({20, 15}, 2);
  return knockout;
}

TEST(Knockout, LinesEndAtIt) {
  auto node = node_of(line({10, 15}, {30, 15}), false, true);
  disc().cut(node, false);
  auto const& path = std::get<draw::Shape>(node.value).path;
  auto const lines = path.flattened(0.01);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NEAR(lines[0].back().x_mm, 18, 0.03);
  EXPECT_NEAR(lines[1].front().x_mm, 22, 0.03);
}

TEST(Knockout, WhatIsElsewhereStaysAsItIs) {
  auto node = node_of(line({10, 5}, {30, 5}), false, true);
  auto const before = std::get<draw::Shape>(node.value).path;
  disc().cut(node, false);
  EXPECT_EQ(std::get<draw::Shape>(node.value).path, before);
}

TEST(Knockout, SignsAreWholeOrNotThere) {
  Path dots;
  for (int i = 0; i <= 40; ++i) dots.add_circle({10 + 0.5 * i, 15}, 0.1);
  auto node = node_of(dots, true, false);
  disc().cut(node, false);
  auto const& path = std::get<draw::Shape>(node.value).path;
  // Dots within 2.1 mm of the centre are gone, the others untouched.
  auto const left = path.flattened(0.01);
  EXPECT_EQ(left.size(), 41u - 9u);
  for (auto const& ring : left) {
    Box of;
    for (auto const& p : ring) of.add(p);
    EXPECT_NEAR(of.width_mm(), 0.2, 1e-3);
  }
}

TEST(Knockout, FillsAreCutButTintsRunOn) {
  auto texture = node_of(box(Box::of(17, 12, 6, 6)), true, false);
  disc().cut(texture, false);
  EXPECT_NEAR(draw::area_mm2(std::get<draw::Shape>(texture.value).path), 36 - 4 * std::numbers::pi,
              0.2);
  auto tint = node_of(box(Box::of(17, 12, 6, 6)), true, false);
  disc().cut(tint, true);
  EXPECT_NEAR(draw::area_mm2(std::get<draw::Shape>(tint.value).path), 36, 1e-9);
}

TEST(Knockout, AnOutlineIsNotDrawnAlongTheCut) {
  auto node = node_of(box(Box::of(20, 10, 8, 10)), true, true);
  disc().cut(node, true);
  auto const& group = std::get<draw::Group>(node.value);
  EXPECT_EQ(group.id, "shape");
  ASSERT_EQ(group.children.size(), 2u);
  auto const& inside = std::get<draw::Shape>(group.children[0].value);
  auto const& outline = std::get<draw::Shape>(group.children[1].value);
  EXPECT_NEAR(draw::area_mm2(inside.path), 80, 1e-9);
  double length_mm = 0;
  for (auto const& part : outline.path.flattened(0.01)) {
    for (std::size_t i = 1; i < part.size(); ++i) length_mm += draw::distance(part[i - 1], part[i]);
  }
  EXPECT_NEAR(length_mm, 36 - 4, 0.05);
}

TEST(Knockout, CutsTheShapesOfGroups) {
  draw::Group group;
  group.children.push_back(node_of(line({19, 15}, {21, 15}), false, true));
  group.children.push_back(node_of(line({10, 5}, {30, 5}), false, true));
  draw::Node node{std::move(group)};
  disc().cut(node, false);
  EXPECT_EQ(std::get<draw::Group>(node.value).children.size(), 1u);
}

TEST(FadeTowards, SignsThinOutTowardsTheBox) {
  Path dots;
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 80; ++x) dots.add_circle({0.5 * x + 0.1, 0.5 * y + 0.1}, 0.05);
  }
  auto node = node_of(dots, true, false);
  auto again = node;
  std::vector<Box> const boxes{Box::of(30, 0, 10, 30)};
  fade_towards(node, boxes, 8);
  fade_towards(again, boxes, 8);
  std::vector<int> columns(4);
  for (auto const& ring : std::get<draw::Shape>(node.value).path.flattened(0.01)) {
    ++columns[std::min<std::size_t>(3, static_cast<std::size_t>(ring.front().x_mm / 10))];
  }
  EXPECT_EQ(columns[0] + columns[1] / 10, 20 * 60 + columns[1] / 10);
  EXPECT_LT(columns[2], columns[1] / 2 + 150);
  EXPECT_EQ(columns[3], 0);
  EXPECT_EQ(std::get<draw::Shape>(node.value).path, std::get<draw::Shape>(again.value).path);
}

}  // namespace
}  // namespace hachure::layout
