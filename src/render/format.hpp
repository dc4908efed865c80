#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "draw/drawing.hpp"

/// From a Drawing to bytes: one table row per output format, painters that are strangers to each
/// other.
namespace hachure::render {

/// What a user may choose about an output without changing the Drawing.
struct PaintOptions {
  /// Live text can be searched and edited; outlines look alike on machines without the fonts.
  enum class TextMode { live, outlines };
  /// Curved labels of live SVG text: one element per cluster, or one textPath where the Text has
  /// one.
  enum class CurvedText { glyphs, textpath };

  double dpi = 300;                              ///< pixels per inch of PNG
  std::optional<std::pair<int, int>> size_px{};  ///< width and height of PNG instead of `dpi`
  TextMode text = TextMode::live;                ///< SVG and PDF; PNG has only pixels
  CurvedText curved_text = CurvedText::glyphs;   ///< SVG
  std::string software = "hachure";              ///< name and version, written into the metadata
  int threads = 1;                               ///< of one page; the bytes do not depend on it
};

/// A row of the table of output formats.
struct Format {
  std::string_view id;          ///< value of `--format`
  std::string_view extension;   ///< of file names, without the dot
  std::string_view media_type;  ///< IANA
  std::string_view sentence;    ///< for `--help` and the reference
  /// The Drawing as a complete file. @throws Error input for a page the format cannot hold
  std::string (*paint)(draw::Drawing const&, PaintOptions const&);
};

/// All output formats, in the order in which they are listed to users.
std::span<Format const> formats();

/// The format of that id, or null.
Format const* find_format(std::string_view id);

}  // namespace hachure::render
