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

/// How far a stroke colours beyond the path, at caps and joins, mm.
double reach_mm(draw::Stroke const& stroke);

/// Paints parts of a Drawing on a Cairo context whose user space is page millimetres. Keeps the
/// symbols and fonts it has met, so one painter serves a whole page. Not thread-safe.
class CairoPainter {
 public:
  CairoPainter(cairo_t* cr, CairoTarget target);
  ~CairoPainter();
  CairoPainter(CairoPainter const&) = delete;
  CairoPainter& operator=(CairoPainter const&) = delete;

  /// A box beyond which a node colours nothing but half a millimetre of soft edge, mm: quicker to
  /// tell than draw::ink_box, and wider.
  static draw::Box reach_of(draw::Node const& node);
  /// Leaves out what cannot show in this part of the page (all of it is painted unless this is
  /// said).
  void set_visible(draw::Box const& part);
  /// Draws small symbols that are turned from pixels made once (see Symbols::sample), as they turn
  /// from frame to frame. To be said before painting, for CairoTarget::pixels.
  void sample_symbols();
  void paint_background(draw::Drawing const& drawing);
  /// @throws Error defect if a symbol cannot be read, environment if a font file cannot
  void paint(draw::Group const& group);
  void paint(std::vector<draw::Node> const& nodes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hachure::render
