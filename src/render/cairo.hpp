#pragma once

#include <memory>
#include <vector>

#include "draw/drawing.hpp"

// Cairo's own name for it, so that its header stays in the .cpp files.
typedef struct _cairo cairo_t;  // NOLINT

namespace hachure::render {

/// What a Cairo context writes to, which decides how letters and images are given to it.
enum class CairoTarget {
  pixels,        ///< unhinted outlines, filled
  pdf_text,      ///< glyphs of embedded fonts with their characters, for search and copying
  pdf_outlines,  ///< outlines, in a PDF
};

/// Paints parts of a Drawing on a Cairo context whose user space is page millimetres. Keeps the
/// symbols and fonts it has met, so one painter serves a whole page. Not thread-safe.
class CairoPainter {
 public:
  CairoPainter(cairo_t* cr, CairoTarget target);
  ~CairoPainter();
  CairoPainter(CairoPainter const&) = delete;
  CairoPainter& operator=(CairoPainter const&) = delete;

  /// Leaves out what cannot show in this part of the page (all of it is painted unless this is
  /// said).
  void set_visible(draw::Box const& part);
  void paint_background(draw::Drawing const& drawing);
  /// @throws Error defect if a symbol cannot be read, environment if a font file cannot
  void paint(draw::Group const& group);
  void paint(std::vector<draw::Node> const& nodes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
