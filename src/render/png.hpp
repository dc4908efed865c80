#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "draw/drawing.hpp"
#include "render/format.hpp"

namespace hachure::render {

/// Pixels of a page, opaque, as Cairo has them: 4 bytes a pixel (blue, green, red, unused on the
/// little-endian machines we build for), rows without padding.
struct Raster {
  int width_px = 0;
  int height_px = 0;
  double dpi = 300;
  std::vector<std::uint8_t> bgrx;
};

/// The page in pixels: `size_px` if set (the page is fitted to it), else at `dpi`.
/// @throws Error input for more than limits::max_pixels_side pixels a side
Raster rasterised(draw::Drawing const& drawing, PaintOptions const& options);

/// Paints the nodes of `drawing`, not its background, over what `raster` holds: the moving parts of
/// a frame over the part that all frames share. The page is fitted to the raster.
void paint_over(Raster& raster, draw::Drawing const& drawing, PaintOptions const& options);

/// Words that go into a PNG beside its pixels; what is empty or 0 is left out.
struct PngInfo {
  double dpi = 0;
  std::string title;
  std::string author;
  std::string rights;
  std::string software;
  std::int64_t created_epoch_s = 0;
};

/// The signature and all chunks before the pixels, which are 8-bit RGB: sRGB, density, words.
std::string png_header(int width_px, int height_px, PngInfo const& info);

/// Rows of red, green, blue bytes without padding.
struct RgbView {
  int width_px = 0;
  int height_px = 0;
  std::uint8_t const* rgb = nullptr;
};

/// PNG (ISO/IEC 15948) of 8-bit RGB, deflated by ISA-L with one filter for all rows: the best of
/// none, sub and up on a sample of them. The bytes depend on the pixels and `info` alone.
std::string encode_png(RgbView const& pixels, PngInfo const& info);
std::string encode_png(Raster const& raster, PngInfo const& info);

/// The Drawing as a PNG file, sRGB, with its density and metadata.
std::string paint_png(draw::Drawing const& drawing, PaintOptions const& options);

}  // namespace hachure::render
