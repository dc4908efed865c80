#include "draw/same_ink.hpp"

#include <algorithm>

namespace hachure::draw {

namespace {

bool same(Glyph const& a, Glyph const& b) {
  return a.id == b.id && a.at == b.at && a.angle_rad == b.angle_rad;
}

bool same(GlyphRun const& a, GlyphRun const& b) {
  return a.face == b.face && a.size_mm == b.size_mm && a.color == b.color &&
         a.vertical == b.vertical &&
         std::equal(a.glyphs.begin(), a.glyphs.end(), b.glyphs.begin(), b.glyphs.end(),
                    [](Glyph const& c, Glyph const& d) { return same(c, d); });
}

bool same(Text const& a, Text const& b) {
  bool const same_halo =
      a.halo && b.halo ? a.halo->color == b.halo->color && a.halo->width_mm == b.halo->width_mm
                       : a.halo.has_value() == b.halo.has_value();
  return same_halo && a.origin == b.origin && a.angle_rad == b.angle_rad && a.curved == b.curved &&
         std::equal(a.runs.begin(), a.runs.end(), b.runs.begin(), b.runs.end(),
                    [](GlyphRun const& c, GlyphRun const& d) { return same(c, d); });
}

bool same(Shape const& a, Shape const& b) {
  return a.fill == b.fill && a.stroke == b.stroke && a.path == b.path;
}

bool same(Image const& a, Image const& b) {
  return a.rgb == b.rgb && a.box == b.box && a.smooth == b.smooth;
}

bool same(Picture const& a, Picture const& b) {
  return a.source == b.source && a.anchor == b.anchor && a.anchor_in_view == b.anchor_in_view &&
         a.scale == b.scale && a.angle_rad == b.angle_rad;
}

bool same(Group const& a, Group const& b) {
  return a.opacity == b.opacity && a.clip == b.clip &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    same_ink);
}

}  // namespace

bool same_ink(Node const& a, Node const& b) {
  if (a.value.index() != b.value.index()) return false;
  return std::visit(
      [&](auto const& first) {
        return same(first, std::get<std::decay_t<decltype(first)>>(b.value));
      },
      a.value);
}

}  // namespace hachure::draw
