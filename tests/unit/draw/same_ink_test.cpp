#include "draw/same_ink.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

namespace hachure::draw {
namespace {

Node page() {
  Shape shape;
  shape.path.add_box(Box::of(1, 2, 3, 4));
  shape.fill = Fill{{1, 0, 0, 1}, FillRule::nonzero};
  shape.stroke = Stroke{};
  Text text;
  text.text = "A";
  text.halo = Halo{};
  text.runs.emplace_back();
  text.runs[0].glyphs = {{3, {1, 0}, 0, 0, 1}, {4, {2, 0}, 0, 1, 2}};
  Image image;
  image.rgb = std::make_shared<std::vector<std::uint8_t> const>(3);
  Picture picture;
  picture.source = std::make_shared<PictureSource const>();
  Group group;
  group.id = "g";
  group.children = {{shape}, {text}, {image}, {picture}};
  return {group};
}

template <class T>
T& part(Node& node, std::size_t i) {
  return std::get<T>(std::get<Group>(node.value).children[i].value);
}

TEST(SameInk, WordsAboutANodeAreNoInk) {
  auto const a = page();
  auto b = a;
  auto& group = std::get<Group>(b.value);
  group.id = "h";
  group.title = "Title";
  group.data["x"] = "y";
  part<Shape>(b, 0).id = "s";
  part<Text>(b, 1).text = "B";
  part<Text>(b, 1).runs[0].glyphs[0].text_end = 7;
  part<Picture>(b, 3).title = "Sign";
  EXPECT_TRUE(same_ink(a, b));
}

TEST(SameInk, WhatIsSeenCounts) {
  auto const a = page();
  std::vector<std::function<void(Node&)>> const changes{
      [](Node& n) { std::get<Group>(n.value).opacity = 0.5; },
      [](Node& n) { std::get<Group>(n.value).clip.emplace(); },
      [](Node& n) { std::get<Group>(n.value).children.pop_back(); },
      [](Node& n) {
        std::swap(std::get<Group>(n.value).children[0], std::get<Group>(n.value).children[1]);
      },
      [](Node& n) { part<Shape>(n, 0).path.close(); },
      [](Node& n) { part<Shape>(n, 0).fill->color.g = 0.1; },
      [](Node& n) { part<Shape>(n, 0).stroke.reset(); },
      [](Node& n) { part<Text>(n, 1).origin.x_mm = 1; },
      [](Node& n) { part<Text>(n, 1).angle_rad = 1; },
      [](Node& n) { part<Text>(n, 1).halo.reset(); },
      [](Node& n) { part<Text>(n, 1).halo->width_mm = 2; },
      [](Node& n) { part<Text>(n, 1).runs[0].size_mm = 9; },
      [](Node& n) { part<Text>(n, 1).runs[0].color.r = 0.7; },
      [](Node& n) { part<Text>(n, 1).runs[0].glyphs[1].id = 5; },
      [](Node& n) { part<Text>(n, 1).runs[0].glyphs[1].at.y_mm = 5; },
      [](Node& n) { part<Text>(n, 1).runs[0].glyphs[1].angle_rad = 5; },
      [](Node& n) { part<Text>(n, 1).runs[0].glyphs.pop_back(); },
      [](Node& n) { part<Image>(n, 2).rgb.reset(); },
      [](Node& n) { part<Image>(n, 2).smooth = false; },
      [](Node& n) { part<Picture>(n, 3).anchor.x_mm = 1; },
      [](Node& n) { part<Picture>(n, 3).scale = 2; },
      [](Node& n) { part<Picture>(n, 3).angle_rad = 2; },
      [](Node& n) { part<Picture>(n, 3).source.reset(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto b = a;
    changes[i](b);
    EXPECT_FALSE(same_ink(a, b)) << i;
    EXPECT_TRUE(same_ink(b, b)) << i;
  }
}

}  // namespace
}  // namespace hachure::draw
