#include "style/property.hpp"

#include <algorithm>
#include <array>

namespace hachure::style {

namespace {

constexpr std::array types = {
    LayerTypeRow{LayerType::background, "background", "", "the ground of the whole map frame"},
    LayerTypeRow{LayerType::hillshade, "hillshade", "relief",
                 "shaded relief from a raster of heights, mixed with the ground's colour"},
    LayerTypeRow{LayerType::fill, "fill", "", "areas of a geodata layer"},
    LayerTypeRow{LayerType::line, "line", "", "lines or outlines of a geodata layer"},
    LayerTypeRow{LayerType::symbol, "symbol", "", "symbols and names of a geodata layer"},
    LayerTypeRow{LayerType::place, "place", "places", "symbols and names of the places"},
    LayerTypeRow{LayerType::event, "event", "events", "symbols and key numbers of the events"},
    LayerTypeRow{LayerType::unit, "unit", "units", "units and ships where they stand"},
    LayerTypeRow{LayerType::movement, "movement", "movements", "arrows of the movements"},
    LayerTypeRow{LayerType::bombardment, "bombardment", "events", "fire from guns to targets"},
    LayerTypeRow{LayerType::wall, "wall", "wall", "walls with their towers"},
    LayerTypeRow{LayerType::water_lining, "water-lining", "water",
                 "lines along the shore, fading away from it"},
    LayerTypeRow{LayerType::texture, "texture", "", "signs spread over areas"},
    LayerTypeRow{LayerType::graticule, "graticule", "", "meridians and parallels"},
    LayerTypeRow{LayerType::hachure, "hachure", "relief",
                 "slopes as rows of tapered strokes from a raster of heights"},
    LayerTypeRow{LayerType::contour, "contour", "relief",
                 "lines of equal height from a raster of heights, and their figures"},
    LayerTypeRow{LayerType::hypsometric, "hypsometric", "relief",
                 "tints by height from a raster of heights"},
    LayerTypeRow{LayerType::vignette, "vignette", "water",
                 "bands of tint along the shore, inside the areas"},
    LayerTypeRow{LayerType::neatline, "neatline", "",
                 "the frame of the map: rules and bars of the graticule"},
};

using enum PropertyType;

constexpr std::string_view with_symbols = "symbol place event unit";
constexpr std::string_view with_time = "event unit movement bombardment";
constexpr std::string_view with_ink =
    "fill line wall water-lining texture hachure contour vignette graticule bombardment";
constexpr std::string_view with_text = "symbol place event unit movement graticule contour";

constexpr std::array table = {
    // areas
    PropertyRow{"background-color", "background", false, color, "\"#ffffff\"", "",
                "colour of the ground"},
    PropertyRow{"fill-color", "fill", false, color, "\"#000000\"", "", "colour of the area"},
    PropertyRow{"fill-opacity", "fill", false, number, "1", "", "0 to 1"},
    PropertyRow{"fill-outline-color", "fill", false, color, "", "",
                "colour of the outline; none if unset"},
    PropertyRow{"fill-outline-width", "fill", false, length, "\"0.2pt\"", "",
                "width of the outline"},
    PropertyRow{"minimum-area", "fill line water-lining vignette", true, number, "0", "",
                "areas smaller than this many mm2 on the page are left out"},
    PropertyRow{"simplify", "fill line water-lining vignette wall symbol", true, length,
                "\"0.03mm\"", "", "tolerance of the simplification"},
    PropertyRow{"smooth", "fill line wall water-lining vignette", true, number, "0", "",
                "rounds of corner cutting (Chaikin 1974)"},
    PropertyRow{"union", "fill", true, boolean, "false", "",
                "draw touching areas as one, without inner outlines"},
    PropertyRow{"knocked-out", with_ink, true, boolean, "false", "",
                "lines and signs are cut free round letters that have `text-knockout`"},
    PropertyRow{"furniture-fade", with_ink, true, length, "0", "",
                "signs thin out so near to furniture instead of ending at its edge"},
    // lines
    PropertyRow{"line-color", "line wall water-lining graticule bombardment contour neatline",
                false, color, "\"#000000\"", "", "colour of the line"},
    PropertyRow{"line-opacity", "line wall water-lining graticule contour", false, number, "1", "",
                "0 to 1"},
    PropertyRow{"line-width", "line wall water-lining graticule bombardment contour", false, length,
                "\"0.5pt\"", "", "width of the line; ground lengths are to scale"},
    PropertyRow{"line-casing-color", "line wall bombardment", false, color, "", "",
                "colour of the line beneath; none if unset"},
    PropertyRow{"line-casing-width", "line wall bombardment", false, length, "\"0.2mm\"", "",
                "how far the casing reaches beyond the line"},
    PropertyRow{"line-dasharray", "line bombardment graticule contour", false, lengths, "", "",
                "lengths of dashes and gaps"},
    PropertyRow{"line-offset", "line", false, length, "0", "", "distance to the right of the line"},
    PropertyRow{"line-cap", "line", true, enumeration, "\"butt\"", "butt round square",
                "ends of the line"},
    PropertyRow{"line-join", "line", true, enumeration, "\"round\"", "miter round bevel",
                "corners of the line"},
    PropertyRow{"line-centre-color", "line", false, color, "", "",
                "colour of a thinner line on top (roads, canals)"},
    PropertyRow{"line-centre-width", "line", false, length, "\"0.2mm\"", "",
                "width of the thinner line"},
    // walls
    PropertyRow{"tower-spacing", "wall", true, length, "\"1.5mm\"", "",
                "distance between towers; 0 for none"},
    PropertyRow{"tower-size", "wall", true, length, "\"0.5mm\"", "", "side of a tower"},
    PropertyRow{"wall-inner-width", "wall", false, length, "0", "",
                "width of the rampart line inside the wall; 0 for none"},
    PropertyRow{"wall-inner-gap", "wall", false, length, "\"0.4mm\"", "",
                "distance of the rampart line"},
    // water lining
    PropertyRow{"lining-distances", "water-lining", true, lengths, "[\"0.3mm\", \"0.7mm\"]", "",
                "distances of the lines from the shore"},
    PropertyRow{"lining-fade", "water-lining", false, number, "0.5", "",
                "share of width and ink left at the last line"},
    PropertyRow{"lining-shortest", "water-lining", true, length, "0", "",
                "shorter rings are left out"},
    // textures
    PropertyRow{"texture", "texture", true, enumeration, "\"stipple\"",
                "stipple blocks paddy marsh wood hatch", "what is spread over the area"},
    PropertyRow{"texture-color", "texture", false, color, "\"#000000\"", "", "ink of the texture"},
    PropertyRow{"texture-fill", "texture", false, color, "", "", "fill of blocks"},
    PropertyRow{"texture-size", "texture", true, length, "\"0.3mm\"", "",
                "size of a sign (stipple: radius; blocks: side)"},
    PropertyRow{"texture-spacing", "texture", true, length, "\"1mm\"", "",
                "distance between signs (blocks: width of lanes)"},
    PropertyRow{"texture-width", "texture", false, length, "\"0.14pt\"", "", "width of strokes"},
    PropertyRow{"texture-angle", "texture", true, number, "45", "", "degrees, of a hatch"},
    PropertyRow{"texture-density", "texture", true, number, "1", "",
                "share of the signs that are drawn"},
    PropertyRow{"texture-outline-width", "texture", false, length, "0", "",
                "outline of blocks and dots; 0 for none"},
    PropertyRow{"texture-shade-width", "texture", false, length, "0", "",
                "edges of blocks away from a light in the north-west; 0 for none"},
    PropertyRow{"texture-hatch-spacing", "texture", true, length, "0", "",
                "distance of lines in four of five blocks; 0 for none"},
    PropertyRow{"texture-steepest", "texture", true, number, "0", "",
                "slope of the relief, in metres per metre, above which no signs stand; 0 for any"},
    PropertyRow{"texture-ragged", "texture", true, length, "0", "",
                "so near to the area's edge four blocks in ten are left out"},
    // relief
    PropertyRow{"hillshade-shadow-color", "hillshade", false, color, "\"#5c5340\"", "",
                "colour of the shaded slopes"},
    PropertyRow{"hillshade-highlight-color", "hillshade", false, color, "\"#ffffff\"", "",
                "colour of the lit slopes"},
    PropertyRow{"hillshade-shadow", "hillshade", false, number, "0.25", "",
                "strongest share of the shadow colour"},
    PropertyRow{"hillshade-highlight", "hillshade", false, number, "0.4", "",
                "strongest share of the highlight colour"},
    PropertyRow{"hillshade-exaggeration", "hillshade", false, number, "1", "",
                "factor on the heights"},
    PropertyRow{"hillshade-illumination-direction", "hillshade", false, number, "315", "",
                "main light, degrees clockwise from the top of the page"},

    PropertyRow{"hillshade-tint-color", "hillshade", false, color, "", "",
                "ground colour of high ground; none if unset"},
    PropertyRow{"hillshade-tint-height", "hillshade", false, number, "300", "",
                "height in metres at which the tint is full"},
    PropertyRow{"hillshade-resolution", "hillshade", true, number, "200", "",
                "pixels per inch of the relief image"},
    PropertyRow{"relief-detail", "hachure contour hypsometric", true, length, "\"0.15mm\"", "",
                "distance of the heights on the page from which lines are drawn"},
    PropertyRow{"relief-smooth", "hachure contour hypsometric", true, length, "\"0.3mm\"", "",
                "reach of the smoothing of the heights"},
    // hachures
    PropertyRow{"hachure-color", "hachure", false, color, "\"#5a4a3a\"", "", "ink of the strokes"},
    PropertyRow{"hachure-levels", "hachure", true, numbers, "", "",
                "heights in metres of the form lines between rows; by the scale if unset"},
    PropertyRow{"hachure-spacing", "hachure", true, lengths, "[\"0.47mm\", \"0.32mm\"]", "",
                "distance of strokes on the gentlest and on the steepest slope"},
    PropertyRow{"hachure-width", "hachure", false, lengths, "[\"0.055mm\", \"0.16mm\"]", "",
                "width at the top of a stroke on the gentlest and on the steepest slope"},
    PropertyRow{"hachure-taper", "hachure", false, number, "0.38", "",
                "width at the foot of a stroke, in widths at its top"},
    PropertyRow{"hachure-length", "hachure", true, lengths, "[\"0.35mm\", \"1.9mm\"]", "",
                "shortest and longest stroke"},
    PropertyRow{"hachure-slopes", "hachure", true, numbers, "[0.03, 0.27]", "",
                "slope below which the ground stays white, and slope of the heaviest strokes, in "
                "metres per metre"},
    PropertyRow{"hachure-light", "hachure", false, number, "0.5", "",
                "how much heavier the side away from the light is; 0 for Lehmann's vertical light"},
    PropertyRow{"hachure-illumination-direction", "hachure", false, number, "315", "",
                "where the light comes from, degrees clockwise from the top of the page"},
    PropertyRow{"avoid", "hachure texture water-lining", true, strings, "", "",
                "classes of geodata whose areas and lines this ink keeps off"},
    PropertyRow{"avoid-distance", "hachure texture water-lining", true, length, "\"0.3mm\"", "",
                "how far it keeps off them"},
    // contours and tints by height
    PropertyRow{"contour-interval", "contour", true, number, "20", "", "metres between lines"},
    PropertyRow{"contour-index", "contour", true, number, "5", "",
                "every so manieth line has `index` true for expressions; 0 for none"},
    PropertyRow{"hypsometric-levels", "hypsometric", true, numbers, "[0, 50, 100, 200, 400]", "",
                "heights in metres at which a tint begins"},
    PropertyRow{"hypsometric-color", "hypsometric", false, color, "\"#e4d6b8\"", "",
                "tint by the property `height`, the foot of its step"},
    PropertyRow{"hypsometric-opacity", "hypsometric", false, number, "1", "", "0 to 1"},
    // vignette
    PropertyRow{"vignette-color", "vignette", false, color, "\"#bcd5d3\"", "",
                "colour of the bands"},
    PropertyRow{"vignette-distances", "vignette", true, lengths,
                "[\"2.6mm\", \"1.5mm\", \"0.75mm\"]", "",
                "how far each band reaches from the shore"},
    PropertyRow{"vignette-opacity", "vignette", false, number, "0.35", "",
                "of one band; where they lie over each other they add up"},
    // symbols
    PropertyRow{"icon-image", with_symbols, true, string, "", "",
                "symbol; {property} is filled in"},
    PropertyRow{"icon-size", with_symbols, true, length, "\"4mm\"", "",
                "larger side of the symbol's box"},
    PropertyRow{"icon-rotate", with_symbols, true, number, "0", "",
                "degrees clockwise from the top of the page"},
    PropertyRow{"icon-opacity", with_symbols, false, number, "1", "", "0 to 1"},
    PropertyRow{"icon-color", with_symbols, false, color, "", "",
                "side's colour in the symbol; that of the record's side if unset"},
    PropertyRow{"icon-second-color", with_symbols, false, color, "", "",
                "second side's colour in the symbol"},
    PropertyRow{"icon-ink-color", with_symbols, false, color, "", "",
                "ink of the symbol; that of the style if unset"},
    PropertyRow{"icon-light-color", with_symbols, false, color, "", "", "light tint in the symbol"},
    PropertyRow{"icon-padding", with_symbols, true, length, "\"0.3mm\"", "",
                "space kept free of labels round the symbol"},
    PropertyRow{"icon-offset", with_symbols, true, lengths, "", "",
                "right and down, from the record's position"},
    PropertyRow{"icon-spacing", with_symbols, true, length, "\"0mm\"", "",
                "least distance of symbols at one position: they are set side by side"},
    // text
    PropertyRow{"text-field", with_text, true, formatted, "", "",
                "the label; parts by [\"format\", ...]"},
    PropertyRow{"text-font", with_text, true, strings, "", "", "fonts in order of preference"},
    PropertyRow{"text-size", with_text, true, length, "\"7pt\"", "", "em"},
    PropertyRow{"text-han-scale", with_text, true, number, "0.92", "", "size of Han beside Latin"},
    PropertyRow{"text-color", with_text, false, color, "\"#000000\"", "", "colour of the label"},
    PropertyRow{"text-halo-color", with_text, false, color, "", "",
                "colour of the halo; none if unset"},
    PropertyRow{"text-halo-width", with_text, false, length, "\"0.9pt\"", "", "reach of the halo"},
    PropertyRow{"text-knockout", with_text, false, length, "0", "",
                "how far from the letters line work of layers with `knocked-out` ends"},
    PropertyRow{"text-letter-spacing", with_text, true, number, "0", "", "in ems"},
    PropertyRow{"text-transform", with_text, true, enumeration, "\"none\"",
                "none uppercase lowercase", "capitals"},
    PropertyRow{"text-line-height", with_text, true, number, "1.12", "", "in ems"},
    PropertyRow{"text-max-width", with_text, true, number, "9", "",
                "in ems; longer labels are broken"},
    PropertyRow{"text-features", with_text, true, string, "\"\"", "",
                "OpenType features, e.g. onum"},
    PropertyRow{"text-variable-anchor", with_text, true, strings,
                "[\"left\",\"right\",\"top\",\"bottom\",\"top-left\",\"top-right\",\"bottom-left\","
                "\"bottom-right\"]",
                "", "positions tried, best first: the side of the text that touches the symbol"},
    PropertyRow{"text-radial-offset", with_text, true, length, "\"0.4mm\"", "",
                "gap between symbol and label"},
    PropertyRow{"text-rotate", with_text, true, number, "0", "", "degrees clockwise"},
    PropertyRow{
        "text-writing-mode", with_text, true, enumeration, "\"horizontal\"", "horizontal vertical",
        "vertical sets Chinese, Japanese and Korean in columns; other text stays horizontal"},
    PropertyRow{"text-ground", with_text, true, enumeration, "\"any\"", "any water land",
                "what the label would rather stand on"},
    PropertyRow{"text-required", with_text, true, boolean, "false", "",
                "a label that is left out is a warning"},
    PropertyRow{"text-leader", with_text, true, boolean, "false", "",
                "may stand farther off with a leader line"},
    PropertyRow{"text-field-short", with_text, true, formatted, "", "",
                "set where the label has no room; the name replaced by the record's abbreviation "
                "if unset"},
    PropertyRow{"text-size-min", with_text, true, length, "0", "",
                "a label without room may be set as small as this; 0 keeps its size"},
    PropertyRow{"text-number", with_text, true, boolean, "false", "",
                "a label without room may become a number with an entry in the event key"},
    PropertyRow{"symbol-placement", with_text, true, enumeration, "\"point\"", "point line area",
                "where the label goes"},
    PropertyRow{"symbol-spacing", with_text, true, length, "\"0mm\"", "",
                "distance between repeated names on a line; 0 for one name"},
    PropertyRow{"symbol-sort-key", with_text, true, number, "3", "", "lower is more important"},
    PropertyRow{"text-offset-line", with_text, true, length, "0", "",
                "distance of a name beside its line; 0 sets it on the line"},
    // event numbers
    PropertyRow{"number-size", "event", true, length, "\"2.9mm\"", "",
                "diameter of the ring of a key number; 0 for none"},
    PropertyRow{"number-text-size", "event", true, length, "\"6.2pt\"", "", "size of the figures"},
    PropertyRow{"number-color", "event", false, color, "", "",
                "ring and figures; the side's colour if unset"},
    PropertyRow{"number-fill", "event", false, color, "\"#ffffff\"", "", "inside of the ring"},
    PropertyRow{"number-width", "event", false, length, "\"0.9pt\"", "", "width of the ring"},
    PropertyRow{"number-font", "event", true, strings, "", "", "font of the figures"},
    // movements
    PropertyRow{"movement-color", "movement", false, color, "", "", "the side's colour if unset"},
    PropertyRow{"movement-width", "movement", false, length, "\"1.5mm\"", "",
                "width of the body before the head"},
    PropertyRow{"movement-width-start", "movement", false, length, "\"0.7mm\"", "",
                "width of the body at its tail"},
    PropertyRow{"movement-head", "movement", true, enumeration, "\"filled\"",
                "filled open double none", "kind of head"},
    PropertyRow{"movement-head-width", "movement", false, number, "2.15", "",
                "width of the head, in widths of the body"},
    PropertyRow{"movement-head-length", "movement", false, number, "1.1", "",
                "length of the head, in widths of the head"},
    PropertyRow{"movement-head-sweep", "movement", false, number, "0.16", "",
                "how far the barbs are swept back, in lengths of the head"},
    PropertyRow{"movement-style", "movement", true, enumeration, "\"solid\"",
                "solid hollow dashed dotted hatched", "look of the body"},
    PropertyRow{"movement-fill", "movement", false, color, "", "", "inside of a hollow body"},
    PropertyRow{"movement-outline-color", "movement", false, color, "", "",
                "outline; none if unset"},
    PropertyRow{"movement-outline-width", "movement", false, length, "\"0.4pt\"", "",
                "width of the outline"},
    PropertyRow{"movement-inner-color", "movement", false, color, "", "",
                "line along the middle of the body; none if unset"},
    PropertyRow{"movement-inner-width", "movement", false, number, "0.28", "",
                "width of the inner line, in widths of the body"},
    PropertyRow{"movement-casing-color", "movement", false, color, "\"#ffffff\"", "",
                "edge that parts the arrow from what is under it"},
    PropertyRow{"movement-casing-width", "movement", false, length, "\"0.32mm\"", "",
                "width of that edge"},
    PropertyRow{"movement-opacity", "movement", false, number, "1", "", "0 to 1"},
    PropertyRow{"movement-smooth", "movement", true, length, "\"2mm\"", "",
                "reach of the smoothing along the path"},
    PropertyRow{"movement-trim-start", "movement", true, length, "\"0mm\"", "",
                "length cut off at the tail"},
    PropertyRow{"movement-trim-end", "movement", true, length, "\"0.8mm\"", "",
                "distance kept from what the tip points at"},
    PropertyRow{"movement-gap", "movement", true, length, "\"0.35mm\"", "",
                "space between arrows on one route"},
    PropertyRow{"flag-field", "movement", true, formatted, "", "", "text of the date flag"},
    PropertyRow{"flag-color", "movement", false, color, "", "",
                "ground of the flag; the movement's colour if unset"},
    PropertyRow{"flag-text-color", "movement", false, color, "\"#ffffff\"", "", "text of the flag"},
    PropertyRow{"flag-text-size", "movement", true, length, "\"5.9pt\"", "",
                "size of the flag's text"},
    PropertyRow{"flag-font", "movement", true, strings, "", "", "font of the flag"},
    // time
    PropertyRow{"life-rise", with_time, true, duration, "0", "",
                "frames, or a duration (2h), from nothing to full strength at the start"},
    PropertyRow{"life-plateau", with_time, true, duration, "0", "",
                "frames or a duration at full strength after the end"},
    PropertyRow{"life-decay", with_time, true, duration, "0", "",
                "frames or a duration from full strength to what rests"},
    PropertyRow{"life-rest", with_time, true, number, "1", "",
                "opacity of what is past, 0 to 1; bombardments are drawn while they last"},
    PropertyRow{"life-fade", with_time, true, duration, "", "",
                "frames or a duration from the rest to nothing; never if unset"},
    PropertyRow{"possible-opacity", with_time, true, number, "0.55", "",
                "opacity where the date makes it possible only, 0 to 1"},
    PropertyRow{"unit-at-head", "unit", true, boolean, "false", "",
                "units that have no position of their own stand at the head of their movement"},
    // bombardment
    PropertyRow{"bombardment-bend", "bombardment", true, number, "0.14", "",
                "height of the arc, in chords"},
    PropertyRow{"bombardment-burst-size", "bombardment", true, length, "\"2.4mm\"", "",
                "size of the burst on the target"},
    PropertyRow{"bombardment-burst", "bombardment", true, string, "\"bombardment\"", "",
                "symbol on the target"},
    // graticule
    PropertyRow{"graticule-step", "graticule", true, string, "\"auto\"", "",
                "auto, or a step such as 5' or 1°"},
    PropertyRow{"graticule-ticks", "graticule", true, length, "\"1.2mm\"", "",
                "length of ticks inside the frame; 0 draws whole lines"},
    // neatline
    PropertyRow{"neatline-distances", "neatline", true, lengths, "[\"0mm\"]", "",
                "of the rules from the map's edge, outwards"},
    PropertyRow{"neatline-widths", "neatline", false, lengths, "[\"0.5pt\"]", "",
                "of the rules; the last one for those beyond"},
    PropertyRow{"neatline-bars", "neatline", true, lengths, "", "",
                "inner and outer edge of the alternating bars, from the map's edge; none if unset"},
    PropertyRow{"neatline-bar-color", "neatline", false, color, "", "",
                "ink of the bars; the line's if unset"},
    PropertyRow{"neatline-bar-step", "neatline", true, string, "\"auto\"", "",
                "length of a bar: a step such as 30\" or 1°; auto: half the graticule's"},
    PropertyRow{"neatline-figures", "neatline", true, length, "0", "",
                "distance of the degrees outside the map's edge; 0 leaves them inside"},
};

bool has_word(std::string_view words, std::string_view word) {
  if (words == "*") return true;
  for (std::size_t at = 0; at < words.size();) {
    auto const end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::span<LayerTypeRow const> layer_types() {
  return types;
}

LayerTypeRow const* find_layer_type(std::string_view id) {
  auto const it = std::ranges::find(types, id, &LayerTypeRow::id);
  return it == types.end() ? nullptr : &*it;
}

std::span<PropertyRow const> properties() {
  return table;
}

PropertyRow const* find_property(std::string_view name, std::string_view layer_type_id) {
  auto const it = std::ranges::find_if(table, [&](PropertyRow const& row) {
    return row.name == name && has_word(row.layers, layer_type_id);
  });
  return it == table.end() ? nullptr : &*it;
}

}  // namespace hachure::style
