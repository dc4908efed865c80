#include "support/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb.h>

namespace hachure::tests {

std::shared_ptr<draw::FontFace const> find_face(std::string const& family,
                                                std::string const& style) {
  auto* const pattern = FcNameParse(
      reinterpret_cast<FcChar8 const*>((style.empty() ? family : family + ":" + style).c_str()));
  FcConfigSubstitute(nullptr, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultNoMatch;
  auto* const match = FcFontMatch(nullptr, pattern, &result);
  FcPatternDestroy(pattern);
  if (match == nullptr) return nullptr;
  FcChar8* file = nullptr;
  FcChar8* found_family = nullptr;
  FcChar8* postscript = nullptr;
  int index = 0;
  int weight = FC_WEIGHT_REGULAR;
  int width = FC_WIDTH_NORMAL;
  int slant = FC_SLANT_ROMAN;
  FcPatternGetString(match, FC_FILE, 0, &file);
  FcPatternGetString(match, FC_FAMILY, 0, &found_family);
  FcPatternGetString(match, FC_POSTSCRIPT_NAME, 0, &postscript);
  FcPatternGetInteger(match, FC_INDEX, 0, &index);
  FcPatternGetInteger(match, FC_WEIGHT, 0, &weight);
  FcPatternGetInteger(match, FC_WIDTH, 0, &width);
  FcPatternGetInteger(match, FC_SLANT, 0, &slant);
  auto const text = [](FcChar8 const* s) {
    return std::string(s == nullptr ? "" : reinterpret_cast<char const*>(s));
  };
  draw::FontFace::Names names{text(file),
                              index,
                              text(found_family),
                              text(postscript),
                              FcWeightToOpenType(weight),
                              slant != FC_SLANT_ROMAN,
                              static_cast<double>(width),
                              "sans-serif"};
  FcPatternDestroy(match);
  if (names.family != family) return nullptr;
  return std::make_shared<draw::FontFace const>(names);
}

draw::Text shaped(std::shared_ptr<draw::FontFace const> const& face, std::string const& text,
                  double size_mm, draw::Point origin) {
  auto* const blob = hb_blob_create_from_file(face->names().path.c_str());
  auto* const hb_face = hb_face_create(blob, static_cast<unsigned>(face->names().index));
  auto* const font = hb_font_create(hb_face);
  auto* const buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(font, buffer, nullptr, 0);
  bool const backward = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer));
  unsigned count = 0;
  auto const* const infos = hb_buffer_get_glyph_infos(buffer, &count);
  auto const* const positions = hb_buffer_get_glyph_positions(buffer, &count);
  double const scale = size_mm / hb_face_get_upem(hb_face);

  draw::GlyphRun run;
  run.face = face;
  run.size_mm = size_mm;
  run.text_end = static_cast<std::uint32_t>(text.size());
  run.right_to_left = backward;
  double x = 0;
  for (unsigned i = 0; i < count; ++i) {
    // The cluster ends where the next one in reading order begins.
    std::uint32_t end = run.text_end;
    for (unsigned k = 0; k < count; ++k) {
      if (infos[k].cluster > infos[i].cluster && infos[k].cluster < end) end = infos[k].cluster;
    }
    run.glyphs.push_back({infos[i].codepoint,
                          {x + positions[i].x_offset * scale, -positions[i].y_offset * scale},
                          0,
                          infos[i].cluster,
                          end});
    x += positions[i].x_advance * scale;
  }
  hb_buffer_destroy(buffer);
  hb_font_destroy(font);
  hb_face_destroy(hb_face);
  hb_blob_destroy(blob);

  draw::Text result;
  result.text = text;
  result.lang = "en";
  result.origin = origin;
  result.runs.push_back(std::move(run));
  return result;
}

void bend(draw::Text& text, double radius_mm) {
  text.curved = true;
  for (auto& run : text.runs) {
    for (auto& glyph : run.glyphs) {
      double const angle = glyph.at.x_mm / radius_mm;
      glyph.at = draw::turned({0, -radius_mm}, angle) + draw::Point{0, radius_mm};
      glyph.angle_rad = angle;
    }
  }
}

}  // namespace hachure::tests
