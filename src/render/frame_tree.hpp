#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "draw/drawing.hpp"
#include "render/svg_body.hpp"

namespace hachure::render {

/// The frames of a picture as one SVG tree in which everything stands once. Groups whose opening
/// tags are alike are one group; what differs between frames names the frames it is shown in:
/// `data-f="3-17,22"`, and `display="none"` if the last frame is not among them. Frames keep their
/// paint order: each is a subsequence of the tree, matched to what is there by its longest common
/// subsequence (Hunt and Szymanski, "A fast algorithm for computing longest common subsequences",
/// CACM 20(5), 1977).
class FrameTree {
 public:
  /// @param body writes the nodes; names by SvgNames::records
  explicit FrameTree(SvgBody& body);
  ~FrameTree();
  FrameTree(FrameTree const&) = delete;
  FrameTree& operator=(FrameTree const&) = delete;

  /// Adds the children of `frame` as the next frame, in a group of their own where it clips or
  /// fades them.
  void add(draw::Group const& frame);
  /// The tree, each element on lines of its own.
  std::string markup() const;
  /// Elements and groups that stand in it.
  std::size_t parts() const;

 private:
  struct Part;
  struct Item;
  std::vector<Item> items_of(draw::Group const& group, int depth);
  Item item_of(std::string text, draw::Group const* group);
  void merge(Part& into, std::vector<Item> items, int depth);
  void write(std::string& out, Part const& part, int depth) const;
  void write_children(std::string& out, Part const& part, int depth) const;

  SvgBody& body_;
  std::map<std::string, std::size_t> number_of_;  ///< text of an element or an opening tag
  std::vector<std::string const*> texts_;
  std::unique_ptr<Part> root_;
  std::size_t frames_ = 0;
};

}  // namespace hachure::render
