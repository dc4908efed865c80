#include "render/format.hpp"

#include <array>

#include "render/pdf.hpp"
#include "render/png.hpp"
#include "render/svg.hpp"

namespace hachure::render {

std::span<Format const> formats() {
  static constexpr std::array<Format, 3> table{{
      {"svg", "svg", "image/svg+xml",
       "layered vector drawing with live text, for editors and the web", paint_svg},
      {"png", "png", "image/png", "pixels at --dpi or --size, for manuscripts and video",
       paint_png},
      {"pdf", "pdf", "application/pdf", "vector page with embedded fonts, for printers", paint_pdf},
  }};
  return table;
}

Format const* find_format(std::string_view id) {
  for (auto const& format : formats()) {
    if (format.id == id) return &format;
  }
  return nullptr;
}

}  // namespace hachure::render
