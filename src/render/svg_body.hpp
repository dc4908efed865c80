#pragma once

#include <memory>
#include <string>

#include "draw/drawing.hpp"
#include "render/format.hpp"
#include "render/svg_out.hpp"

namespace hachure::render {

/// Nodes of one Drawing, or of several that share a page, as SVG elements with shared definitions.
class SvgBody {
 public:
  /// @param options kept by reference
  /// @param lang of the page
  SvgBody(PaintOptions const& options, std::string const& lang, SvgNames names);
  ~SvgBody();
  SvgBody(SvgBody const&) = delete;
  SvgBody& operator=(SvgBody const&) = delete;

  /// Keeps an id from being given to a node.
  void reserve(std::string const& id);
  /// The node as one element with a line end, indented by `depth` spaces; empty for a node without
  /// ink. With SvgNames::records the same node always gives the same text.
  std::string element(draw::Node const& node, int depth);
  /// The opening tag of a group, with its title and description.
  std::string opening(draw::Group const& group, int depth);
  /// Clips and symbols of all that has been written: what belongs into `<defs>`.
  std::string const& definitions() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
