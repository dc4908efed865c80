#pragma once

#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "scene/builder.hpp"
#include "scene/pattern.hpp"

/// Lines and areas on the page, and the strokes and patterns that they are drawn in: what layers of
/// geodata and lines of war have in common. Internal to this folder.
namespace hachure::scene {

/// Rings of an area on the page, closed, the shell first.
using PagePolygon = std::vector<std::vector<draw::Point>>;

/// How far beyond the frame what is drawn may reach, so that no cut edge is seen.
constexpr double clip_margin_mm = 4;

/// What one feature looks like on the page.
struct PageFeature {
  std::vector<PagePolygon> polygons;
  std::vector<std::vector<draw::Point>> lines;  ///< of lines, or the visible outlines of polygons
};

/// The lines and areas of a geometry as far as the frame grown by `margin_mm` shows them, by the
/// properties `simplify`, `smooth` and `minimum-area` of the look. Points give nothing.
PageFeature page_feature(geo::Geometry const& geometry, MapView const& view,
                         style::Look const& look, double margin_mm = clip_margin_mm);

draw::Path path_of(std::vector<PagePolygon> const& polygons);
/// Contours of the lines; those that end where they begin are closed.
draw::Path path_of(std::vector<std::vector<draw::Point>> const& lines);

/// The colour with its opacity times `opacity`.
draw::Color faded(draw::Color color, double opacity);
/// An area with the properties `fill-...` of a look.
draw::Shape area_shape(style::Look const& look, draw::Path path);
/// Sets a name in the area with these rings; false where it has no inside.
bool set_in_area(LabelRequest& request, PagePolygon const& rings);
/// The properties `line-...` of a look as a stroke.
draw::Stroke stroke_of(style::Look const& look);
/// Name in the drawing of a feature of geodata in a style layer.
std::string node_id(style::StyleLayer const& layer, geo::Feature const& feature);
/// The line moved to its right, vertex by vertex.
std::vector<draw::Point> offset_line(std::vector<draw::Point> const& line, double offset_mm);
/// Keeps labels off lines as far as the layer's `obstacle` asks.
void add_obstacle(Builder& builder, style::StyleLayer const& layer, std::string const& owner,
                  std::vector<std::vector<draw::Point>> const& lines, double half_width_mm);
/// Symbols of patterns, in the colour of the layer's ink.
PutSymbol symbols_of(Builder& builder, style::StyleLayer const& layer, draw::Color const& ink);
/// The lines with their casing, stroke or gradient, centre line, signs that interrupt them, and
/// pattern. `side` replaces the side of the pattern unless it is empty.
std::vector<draw::Node> line_nodes(Builder& builder, style::StyleLayer const& layer,
                                   style::Look const& look,
                                   std::vector<std::vector<draw::Point>> const& lines,
                                   std::string const& side = {});
/// A line of the length of a legend's sample, gently bent.
std::vector<std::vector<draw::Point>> sample_lines();
/// An area in a pattern: its ground, the pattern, the outline on top.
draw::Group patterned(Builder& builder, style::StyleLayer const& layer, style::Look const& look,
                      draw::Shape const& shape, draw::Box const& window);

}  // namespace hachure::scene
