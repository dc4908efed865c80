#include "render/frame_tree.hpp"

#include <gtest/gtest.h>

namespace hachure::render {
namespace {

using namespace draw;

Node dot(double x_mm, std::string id = {}) {
  Shape shape;
  shape.id = std::move(id);
  shape.path.move_to({x_mm, 0});
  shape.path.line_to({x_mm, 1});
  shape.fill = Fill{{0, 0, 0, 1}, FillRule::nonzero};
  return {shape};
}

Group group(std::string id, std::vector<Node> children) {
  Group out;
  out.id = std::move(id);
  out.children = std::move(children);
  return out;
}

std::string element(double x_mm, std::string const& attributes, int depth = 1) {
  return std::string(static_cast<std::size_t>(depth), ' ') + "<path" + attributes + " d=\"M" +
         std::to_string(static_cast<int>(x_mm)) + " 0v1\" fill=\"#000\"/>\n";
}

std::string tree_of(std::vector<Group> const& frames) {
  PaintOptions const options;
  SvgBody body(options, "en", SvgNames::records);
  FrameTree tree(body);
  for (auto const& frame : frames) tree.add(frame);
  return tree.markup();
}

TEST(FrameTree, WhatAllFramesHaveIsWrittenOnceAndPlain) {
  auto const frame = group("", {dot(1), dot(2)});
  EXPECT_EQ(tree_of({frame, frame, frame}), element(1, "") + element(2, ""));
}

TEST(FrameTree, WhatSomeFramesHaveNamesThem) {
  EXPECT_EQ(tree_of({group("", {dot(1), dot(2)}), group("", {dot(1), dot(3)}),
                     group("", {dot(1), dot(2)}), group("", {dot(1), dot(2), dot(4)})}),
            element(1, "") + element(2, " data-f=\"0,2-3\"") +
                element(3, " data-f=\"1\" display=\"none\"") + element(4, " data-f=\"3\""));
}

TEST(FrameTree, PaintOrderOfEveryFrameIsKept) {
  // 2 is above 1 first and below it then: one of them stands twice.
  EXPECT_EQ(
      tree_of({group("", {dot(1), dot(2)}), group("", {dot(2), dot(1)})}),
      element(2, " data-f=\"1\"") + element(1, "") + element(2, " data-f=\"0\" display=\"none\""));
}

TEST(FrameTree, GroupsOfOneTagAreOneAndTheirPartsAreMatched) {
  EXPECT_EQ(tree_of({group("", {{group("events.a", {dot(1), dot(2)})}}),
                     group("", {{group("events.a", {dot(1), dot(3)})}})}),
            " <g data-record=\"events.a\">\n" + element(1, "", 2) +
                element(2, " data-f=\"0\" display=\"none\"", 2) + element(3, " data-f=\"1\"", 2) +
                " </g>\n");
}

TEST(FrameTree, NeighboursOfTheSameFramesShareAGroup) {
  EXPECT_EQ(tree_of({group("", {dot(1), dot(2), dot(3)}), group("", {dot(1)})}),
            element(1, "") + " <g data-f=\"0\" display=\"none\">\n" + element(2, "") +
                element(3, "") + " </g>\n");
}

TEST(FrameTree, EqualSiblingsStayApart) {
  EXPECT_EQ(tree_of({group("", {dot(1), dot(1)}), group("", {dot(1)})}),
            element(1, "") + element(1, " data-f=\"0\" display=\"none\""));
}

TEST(FrameTree, EmptyGroupsAreLeftOut) {
  EXPECT_EQ(tree_of({group("", {{group("a", {})}, dot(1)})}), element(1, ""));
}

TEST(FrameTree, ClipOfTheWholeFrameIsKept) {
  auto first = group("", {dot(1)});
  first.clip.emplace();
  first.clip->add_box(Box::of(0, 0, 2, 2));
  auto second = first;
  second.children = {dot(2)};
  PaintOptions const options;
  SvgBody body(options, "en", SvgNames::records);
  FrameTree tree(body);
  tree.add(first);
  tree.add(second);
  auto const markup = tree.markup();
  auto const end = markup.find('\n');
  EXPECT_TRUE(markup.starts_with(" <g clip-path=\"url(#clip-")) << markup;
  EXPECT_EQ(markup.substr(end + 1), element(1, " data-f=\"0\" display=\"none\"", 2) +
                                        element(2, " data-f=\"1\"", 2) + " </g>\n");
}

TEST(FrameTree, CountsItsParts) {
  PaintOptions const options;
  SvgBody body(options, "en", SvgNames::records);
  FrameTree tree(body);
  for (int i = 0; i < 100; ++i) {
    tree.add(group("", {dot(1), {group("events.a", {dot(2), dot(100 + i)})}}));
  }
  EXPECT_EQ(tree.parts(), 103U);
}

}  // namespace
}  // namespace hachure::render
