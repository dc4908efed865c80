#include "scene/avoid.hpp"

#include <algorithm>

#include "draw/polygon.hpp"

namespace hachure::scene {

namespace {

constexpr double margin_mm = 4;

/// One feature that is kept off, on the page.
struct Kept {
  draw::Path area;
  std::vector<std::vector<draw::Point>> lines;
};

std::vector<Kept> features_to_avoid(Builder const& builder, style::Look const& look) {
  auto const classes = look.texts("avoid");
  std::vector<Kept> out;
  for (auto const& source : builder.data.layers) {
    if (source.is_raster) continue;
    if (std::ranges::find(classes, source.reference->layer_class) == classes.end()) continue;
    for (auto const* feature : source.features) {
      Kept kept;
      if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&feature->geometry)) {
        for (auto const& polygon : polygons->at) {
          for (auto const& ring : builder.view.polygon(polygon, margin_mm)) {
            kept.area.add_polyline(ring, true);
          }
        }
      } else if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&feature->geometry)) {
        for (auto const& line : lines->at) {
          for (auto& part : builder.view.line(line, margin_mm)) {
            kept.lines.push_back(std::move(part));
          }
        }
      }
      out.push_back(std::move(kept));
    }
  }
  return out;
}

}  // namespace

std::optional<PageMask> mask_of(Builder const& builder, style::Look const& look) {
  if (look.texts("avoid").empty()) return {};
  double const distance_mm = look.mm("avoid-distance");
  PageMask mask(builder.view.frame().grown(margin_mm));
  for (auto const& kept : features_to_avoid(builder, look)) {
    mask.add_area(kept.area, distance_mm);
    draw::Path lines;
    for (auto const& line : kept.lines) lines.add_polyline(line, false);
    mask.add_lines(lines, distance_mm);
  }
  return mask;
}

draw::Path area_to_avoid(Builder const& builder, style::Look const& look) {
  double const distance_mm = look.mm("avoid-distance");
  std::vector<draw::Path> areas;
  for (auto const& kept : features_to_avoid(builder, look)) {
    if (!kept.area.empty()) areas.push_back(draw::buffered(kept.area, distance_mm, 2));
    if (distance_mm <= 0) continue;
    for (auto const& line : kept.lines) {
      areas.push_back(draw::buffered_line(line, distance_mm, true, 2));
    }
  }
  return areas.empty() ? draw::Path{} : draw::united(areas);
}

}  // namespace hachure::scene
