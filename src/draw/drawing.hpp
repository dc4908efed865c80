#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "draw/color.hpp"
#include "draw/font.hpp"
#include "draw/path.hpp"

/// The finished page and nothing else: every position in millimetres, every colour, glyph and
/// picture resolved. Painters know this header and no other of ours; it knows neither map nor war.
namespace hachure::draw {

enum class LineCap { butt, round, square };
enum class LineJoin { miter, round, bevel };
enum class FillRule { nonzero, evenodd };

struct Stroke {
  Color color;
  double width_mm = 0.1;
  LineCap cap = LineCap::butt;
  LineJoin join = LineJoin::miter;
  double miter_limit = 4;
  std::vector<double> dash_mm;  ///< on, off, on, ...; empty for a solid line
  double dash_offset_mm = 0;
  bool operator==(Stroke const&) const = default;
};

struct Fill {
  Color color;
  FillRule rule = FillRule::evenodd;
  bool operator==(Fill const&) const = default;
};

/// An outline that is filled, then stroked.
struct Shape {
  std::string id;  ///< record id made an SVG id by the writer; empty for anonymous shapes
  Path path;
  std::optional<Fill> fill;
  std::optional<Stroke> stroke;
};

/// One glyph of a run. `at` is relative to the origin of its Text, before the Text's rotation.
struct Glyph {
  std::uint32_t id = 0;
  Point at;
  double angle_rad = 0;          ///< clockwise, of this glyph alone (curved or vertical text)
  std::uint32_t text_begin = 0;  ///< bytes of Text::text that this glyph's cluster stands for
  std::uint32_t text_end = 0;
};

/// Glyphs of one face, size and colour in visual order.
struct GlyphRun {
  std::shared_ptr<FontFace const> face;
  double size_mm = 2;  ///< em
  Color color;
  std::vector<Glyph> glyphs;
  std::uint32_t text_begin = 0;  ///< bytes of Text::text covered by the run
  std::uint32_t text_end = 0;
  double letter_spacing_mm = 0;  ///< already in the positions; painters of live text name it
  std::string features;          ///< CSS font-feature-settings, e.g. `"onum" 1`; may be empty
  bool right_to_left = false;
  bool vertical = false;
};

struct Halo {
  Color color;
  double width_mm = 0.3;  ///< reach beyond the outline
};

/// A piece of text set as a whole: one label, one line of a legend.
struct Text {
  std::string id;
  std::string text;  ///< UTF-8 in logical order, what a reader or a search finds; lines end with \n
  std::string lang;  ///< BCP-47
  Point origin;      ///< page position of the text's own (0, 0): start of the first baseline
  double angle_rad = 0;  ///< clockwise, of the whole text about its origin
  bool curved = false;   ///< glyphs have angles of their own: painters set cluster by cluster
  std::optional<Halo> halo;
  std::vector<GlyphRun> runs;
};

/// A raster with its pixels aligned to the page.
struct Image {
  std::string id;
  int width_px = 0;
  int height_px = 0;
  std::shared_ptr<std::vector<std::uint8_t> const> rgb;  ///< row by row, 3 bytes a pixel
  Box box;             ///< where the outer edges of the pixels fall
  bool smooth = true;  ///< interpolate between pixels
};

/// A small vector drawing (symbol) as SVG text: sanitised, classes resolved to colours.
struct PictureSource {
  std::string name;  ///< symbol id, for names in the output
  std::string svg;   ///< a complete SVG document
  Box view_box;      ///< in the units of `svg`
};

/// A symbol put on the page.
struct Picture {
  std::string id;
  std::string title;  ///< for readers of the SVG; may be empty
  std::shared_ptr<PictureSource const> source;
  Point anchor;          ///< page position of `anchor_in_view`
  Point anchor_in_view;  ///< in view-box units
  double scale = 1;      ///< millimetres per view-box unit
  double angle_rad = 0;  ///< clockwise about the anchor
};

struct Node;

/// What a group is to a reader of the file.
enum class GroupRole { plain, layer, record, furniture };

struct Group {
  std::string id;     ///< unique in the Drawing, made of record or layer ids; empty if anonymous
  std::string label;  ///< name of a layer for editors
  GroupRole role = GroupRole::plain;
  std::string title;                        ///< accessible name
  std::string description;                  ///< accessible description
  std::map<std::string, std::string> data;  ///< written as data-* attributes
  std::optional<Path> clip;
  double opacity = 1;
  std::vector<Node> children;
};

struct Node {
  std::variant<Group, Shape, Text, Image, Picture> value;
};

/// The finished page.
struct Drawing {
  double width_mm = 0;
  double height_mm = 0;
  Color background{1, 1, 1, 1};
  std::string lang = "en";
  std::string title;
  std::string description;
  std::string author;
  std::string rights;
  std::string keywords;
  std::int64_t created_epoch_s = 0;  ///< from SOURCE_DATE_EPOCH; 0 leaves the date out
  Group root;
};

}  // namespace hachure::draw
