#include "style/convert.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <optional>
#include <set>

#include "base/length.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "style/filter.hpp"
#include "style/fold.hpp"
#include "style/json_member.hpp"
#include "style/legacy_function.hpp"
#include "style/property.hpp"
#include "style/style.hpp"

namespace hachure::style {

double zoom_of_scale(double scale) {
  constexpr double equator_mm = 2 * std::numbers::pi * 6378137 * 1000;
  constexpr double tile_px = 512;
  return std::log2(equator_mm / (tile_px * base::mm_per_px * scale));
}

namespace {

using Json = nlohmann::json;

/// How a property of MapLibre becomes one of ours.
enum class How {
  same,     ///< same name, same meaning
  silent,   ///< means nothing on a page (screens, tiles, collisions)
  special,  ///< converted together with others
};

/// A row of the table of properties: what is in none of them has no counterpart.
struct Row {
  std::string_view layers;  ///< MapLibre's layer types, separated by spaces
  std::string_view name;
  How how = How::same;
  std::string_view fallback = {};  ///< MapLibre's default as JSON where ours is another
};

constexpr std::array rows = {
    Row{"background", "background-color", How::same, "\"#000000\""},
    Row{"fill", "fill-color"},
    Row{"fill", "fill-opacity"},
    Row{"fill", "fill-outline-color"},
    Row{"fill", "fill-antialias", How::silent},
    Row{"line", "line-color"},
    Row{"line", "line-opacity"},
    Row{"line", "line-width", How::same, "1"},
    Row{"line", "line-offset"},
    Row{"line", "line-cap"},
    Row{"line", "line-join", How::same, "\"miter\""},
    Row{"line", "line-dasharray", How::special},
    Row{"line", "line-round-limit", How::silent},
    Row{"hillshade", "hillshade-shadow-color", How::same, "\"#000000\""},
    Row{"hillshade", "hillshade-highlight-color"},
    Row{"hillshade", "hillshade-illumination-direction", How::same, "335"},
    Row{"hillshade", "hillshade-illumination-anchor", How::silent},
    Row{"circle", "circle-radius", How::special},
    Row{"circle", "circle-color", How::special},
    Row{"circle", "circle-opacity", How::special},
    Row{"circle", "circle-pitch-scale", How::silent},
    Row{"circle", "circle-pitch-alignment", How::silent},
    Row{"symbol", "icon-image", How::special},
    Row{"symbol", "icon-size", How::special},
    Row{"symbol", "icon-rotate"},
    Row{"symbol", "icon-opacity"},
    Row{"symbol", "icon-color"},
    Row{"symbol", "text-field"},
    Row{"symbol", "text-font", How::special},
    Row{"symbol", "text-size", How::same, "16"},
    Row{"symbol", "text-color"},
    Row{"symbol", "text-halo-color"},
    Row{"symbol", "text-halo-width", How::same, "0"},
    Row{"symbol", "text-letter-spacing"},
    Row{"symbol", "text-line-height", How::same, "1.2"},
    Row{"symbol", "text-max-width", How::same, "10"},
    Row{"symbol", "text-transform"},
    Row{"symbol", "text-rotate"},
    Row{"symbol", "text-anchor", How::special},
    Row{"symbol", "text-variable-anchor", How::special},
    Row{"symbol", "text-offset", How::special},
    Row{"symbol", "text-radial-offset", How::special},
    Row{"symbol", "text-justify", How::silent},
    Row{"symbol", "symbol-placement", How::special},
    Row{"symbol", "symbol-spacing", How::special},
    Row{"symbol", "symbol-sort-key"},
    Row{"symbol", "symbol-avoid-edges", How::silent},
    Row{"symbol", "symbol-z-order", How::silent},
    Row{"symbol", "icon-allow-overlap", How::silent},
    Row{"symbol", "icon-overlap", How::silent},
    Row{"symbol", "icon-ignore-placement", How::silent},
    Row{"symbol", "icon-optional", How::silent},
    Row{"symbol", "icon-padding"},
    Row{"symbol", "icon-rotation-alignment", How::silent},
    Row{"symbol", "icon-pitch-alignment", How::silent},
    Row{"symbol", "icon-keep-upright", How::silent},
    Row{"symbol", "icon-halo-blur", How::silent},
    Row{"symbol", "text-pitch-alignment", How::silent},
    Row{"symbol", "text-rotation-alignment", How::silent},
    Row{"symbol", "text-padding", How::silent},
    Row{"symbol", "text-keep-upright", How::silent},
    Row{"symbol", "text-allow-overlap", How::silent},
    Row{"symbol", "text-overlap", How::silent},
    Row{"symbol", "text-ignore-placement", How::silent},
    Row{"symbol", "text-optional", How::silent},
    Row{"symbol", "text-halo-blur", How::silent},
    Row{"symbol", "text-max-angle", How::silent},
};

/// MapLibre's layer types and what stands for them here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types = {{
    {"background", "background"},
    {"fill", "fill"},
    {"line", "line"},
    {"circle", "symbol"},
    {"symbol", "symbol"},
    {"hillshade", "hillshade"},
}};

bool has_word(std::string_view words, std::string_view word) {
  return std::ranges::any_of(base::split_list(words, ' '),
                             [&](std::string const& w) { return w == word; });
}

Row const* find_row(std::string_view type, std::string_view name) {
  auto const it = std::ranges::find_if(
      rows, [&](Row const& row) { return row.name == name && has_word(row.layers, type); });
  return it == rows.end() ? nullptr : &*it;
}

/// A layer on its way: its parts of ours and where messages about it point to.
struct Layer {
  Json paint = Json::object();
  Json layout = Json::object();
  std::string id;
  std::string type;  ///< MapLibre's
  std::string path;  ///< in the source: `layers.<id>`

  void set(std::string const& name, Json value) {
    bool const is_layout = std::ranges::any_of(
        properties(), [&](PropertyRow const& row) { return row.name == name && row.layout; });
    (is_layout ? layout : paint)[name] = std::move(value);
  }
};

/// YAML with one key to a line and values in JSON, which YAML can read.
std::string flow(Json const& value) {
  if (value.is_array()) {
    std::string text = "[";
    for (auto const& item : value) text += (text.size() > 1 ? ", " : "") + flow(item);
    return text + "]";
  }
  if (value.is_object()) {
    std::string text = "{";
    for (auto const& [key, item] : value.items()) {
      text += (text.size() > 1 ? ", " : "") + Json(key).dump() + ": " + flow(item);
    }
    return text + "}";
  }
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class StyleConverter {
 public:
  StyleConverter(std::string const& file, double scale, std::vector<std::string> const& symbols,
                 base::Diagnostics& diagnostics)
      : file_(file),
        scale_(scale),
        zoom_(zoom_of_scale(scale)),
        symbols_(symbols),
        diagnostics_(diagnostics) {}

  ConvertedStyle convert(Json const& root) {
    check_top(root);
    std::string body;
    std::size_t count = 0;
    for (auto const& layer : root.value("layers", Json::array())) {
      if (!layer.is_object()) continue;
      auto text = convert_layer(root, layer);
      count += text.empty() ? 0 : 1;
      body += text;
    }
    return {head(root) + "layers:\n" + body, count};
  }

 private:
  void note(std::string const& path, std::string message, std::string hint = {}) {
    diagnostics_.warn({.file = file_, .line = 0, .place = {}, .field = path}, std::move(message),
                      std::move(hint));
  }

  void check_top(Json const& root) {
    static std::set<std::string> const known{
        "version", "name",       "metadata", "center", "zoom",          "bearing",
        "pitch",   "sources",    "layers",   "sprite", "glyphs",        "id",
        "owner",   "transition", "state",    "roll",   "centerAltitude"};
    for (auto const& [key, value] : root.items()) {
      if (key == "sprite") {
        note(key, "images of a sprite are no symbols", "save them as SVG in a folder symbols");
      } else if (!known.contains(key)) {
        note(key, "has no counterpart");
      }
    }
  }

  /// Name, and as a comment what the style draws: the classes that the project's layers need.
  std::string head(Json const& root) const {
    auto const name = text_at(root, "name");
    std::string text = "# From a MapLibre style, at 1:" + base::to_text(scale_, 0) + " (zoom " +
                       base::to_text(zoom_, 2) + ").\n";
    text += "name: " + flow(Json(name.empty() ? "Converted" : name)) + "\n";
    for (auto const& [source, classes] : classes_) {
      text += "# source " + source + ": geodata layers of the classes " + classes + "\n";
    }
    return text;
  }

  /// The layer as YAML, or nothing after a note.
  std::string convert_layer(Json const& root, Json const& given) {
    auto const source = resolved(root, given);
    Layer layer;
    layer.id = text_at(source, "id");
    layer.type = text_at(source, "type");
    layer.path = "layers." + layer.id;
    auto const* type = std::ranges::find(types, layer.type, [](auto const& t) { return t.first; });
    if (type == types.end()) {
      note(layer.path, "layers of type " + layer.type + " have no counterpart");
      return {};
    }
    if (!is_shown(source, layer) || is_image_alone(source, layer)) return {};
    std::string filter;
    if (!convert_filter_of(source, layer, filter)) return {};
    convert_properties(source, layer);
    std::string text =
        "  - id: " + flow(Json(layer.id)) + "\n    type: " + std::string(type->second) + "\n";
    if (layer.type == "hillshade") {
      text += "    source: relief\n";
    } else if (layer.type != "background") {
      text += "    source: " + flow(Json(class_of(source))) + "\n";
    }
    text += filter;
    for (auto const* section : {&layer.layout, &layer.paint}) {
      if (section->empty()) continue;
      text += section == &layer.layout ? "    layout:\n" : "    paint:\n";
      for (auto const& [name, value] : section->items()) {
        text += "      " + name + ": " + flow(value) + "\n";
      }
    }
    return text;
  }

  /// The layer with what it takes over from the one it refers to (`ref`, until version 7).
  static Json resolved(Json const& root, Json const& layer) {
    auto const ref = text_at(layer, "ref");
    if (ref.empty()) return layer;
    Json out = layer;
    for (auto const& other : root.value("layers", Json::array())) {
      if (!other.is_object() || text_at(other, "id") != ref) continue;
      for (char const* key :
           {"type", "source", "source-layer", "minzoom", "maxzoom", "filter", "layout"}) {
        if (other.contains(key) && !out.contains(key)) out[key] = other[key];
      }
    }
    return out;
  }

  bool is_shown(Json const& source, Layer const& layer) {
    if (source.contains("layout") && source["layout"].is_object() &&
        text_at(source["layout"], "visibility") == "none") {
      note(layer.path, "is not visible and left out");
      return false;
    }
    double const least = number_at(source, "minzoom", 0);
    double const most = number_at(source, "maxzoom", 99);
    if (zoom_ >= least && zoom_ < most) return true;
    bool const is_early = zoom_ < least;
    note(layer.path, std::string("is drawn ") + (is_early ? "from" : "below") + " zoom " +
                         base::to_text(is_early ? least : most, 2) + " and left out at " +
                         base::to_text(zoom_, 2));
    return false;
  }

  /// Whether a pattern is all that the layer draws: without it the default colour, black, would
  /// show.
  bool is_image_alone(Json const& source, Layer const& layer) {
    auto const name = layer.type + "-pattern";
    if (!source.contains("paint") || !source["paint"].is_object()) return false;
    auto const& paint = source["paint"];
    if (!paint.contains(name) || paint.contains(layer.type + "-color")) return false;
    note(layer.path + ".paint." + name, "an image alone has no counterpart; the layer is left out",
         layer.type == "background" ? "give it a background-color"
                                    : "draw it with " + name + " of hatches, dots or a symbol");
    return true;
  }

  std::string class_of(Json const& source) {
    auto const name = text_at(source, "source");
    auto const layer = text_at(source, "source-layer");
    auto const id = layer.empty() ? name : layer;
    auto& classes = classes_[name];
    if (!has_word(classes, id)) classes += (classes.empty() ? "" : " ") + id;
    return id;
  }

  bool convert_filter_of(Json const& source, Layer const& layer, std::string& text) {
    if (!source.contains("filter")) return true;
    auto const& given = source["filter"];
    PropertySpec spec;
    spec.type = Type(Type::Kind::boolean);
    spec.accepts_nested_zoom = true;
    auto const filter = is_expression_filter(given) ? folded_at_zoom(given, zoom_, spec) : given;
    if (filter == false) {
      note(layer.path + ".filter", "passes nothing at this scale; the layer is left out");
      return false;
    }
    std::vector<ExpressionProblem> problems;
    if (!Filter::compile_strictly(filter, problems)) {
      note(layer.path + ".filter" + problems.front().key, problems.front().message);
      return true;
    }
    if (filter != true) text = "    filter: " + flow(filter) + "\n";
    return true;
  }

  // --- properties --------------------------------------------------------------------------------

  void convert_properties(Json const& source, Layer& layer) {
    Json all = Json::object();
    for (char const* section : {"layout", "paint"}) {
      if (!source.contains(section) || !source[section].is_object()) continue;
      for (auto const& [name, value] : source[section].items()) {
        if (name == "visibility" || name.ends_with("-transition")) continue;
        auto const path = layer.path + "." + section + "." + name;
        auto const* row = find_row(layer.type, name);
        if (row == nullptr) {
          note(path, "has no counterpart");
          continue;
        }
        if (row->how == How::silent) continue;
        if (auto folded = fold_property(name, value, layer, path)) all[name] = std::move(*folded);
      }
    }
    for (auto const& row : rows) {
      bool const is_given = all.contains(row.name);
      if (row.how != How::same || !has_word(row.layers, layer.type)) continue;
      bool const is_text =
          row.name.starts_with("text-") &&
          !all.contains(row.name == "text-halo-width" ? "text-halo-color" : "text-field");
      if (is_given) {
        layer.set(std::string(row.name), all[std::string(row.name)]);
      } else if (!row.fallback.empty() && !is_text) {
        layer.set(std::string(row.name), Json::parse(row.fallback));
      }
    }
    if (layer.type == "line") convert_dashes(all, layer);
    if (layer.type == "circle") convert_circle(all, layer);
    if (layer.type == "symbol") convert_symbol(all, layer);
  }

  /// The property at the zoom, checked against the property of ours of that name; nothing after a
  /// note.
  std::optional<Json> fold_property(std::string const& name, Json const& given, Layer const& layer,
                                    std::string const& path) {
    auto const ours = std::ranges::find(types, layer.type, [](auto const& t) { return t.first; });
    auto const* row = find_property(name, ours->second);
    PropertySpec spec;
    if (row) spec = spec_of(*row);
    // Lengths are numbers of px there, and curves over them stay numbers.
    if (spec.type && spec.type->is(Type::Kind::length)) spec.type = Type(Type::Kind::number);
    if (name == "line-dasharray" || name == "text-offset") {
      spec.type = Type::array_of(Type::Kind::number);
    }
    if (name == "circle-color") spec.type = Type(Type::Kind::color);
    if (name == "icon-size") spec.type = Type(Type::Kind::number);
    auto const kind = spec.type ? spec.type->kind : Type::Kind::value;
    spec.accepts_interpolation = kind == Type::Kind::number || kind == Type::Kind::color;
    try {
      Json value = given;
      if (value.is_object()) value = convert_function(value, spec);
      if (value.is_array() && !is_list(value)) value = folded_at_zoom(value, zoom_, spec);
      if (row && kind != Type::Kind::value) {
        base::Diagnostics found;
        if (!Expression::compile(value, spec, {}, found)) {
          auto const& problem = found.problems().front();
          note(path + problem.origin.field, problem.message);
          return {};
        }
      }
      return value;
    } catch (base::Error const& error) {
      note(path, error.message());
      return {};
    }
  }

  /// Whether a bare array is a list of constants and no call.
  static bool is_list(Json const& value) {
    return value.empty() || !value[0].is_string() ||
           !std::ranges::binary_search(operator_names(), value[0].get<std::string>());
  }

  /// Dashes are counted in widths there.
  void convert_dashes(Json const& all, Layer& layer) {
    if (!all.contains("line-dasharray")) return;
    auto const& dashes = all["line-dasharray"];
    auto const width = all.value("line-width", Json(1));
    if (!width.is_number() || !dashes.is_array() || !is_list(dashes)) {
      note(layer.path + ".paint.line-dasharray",
           "dashes in widths of a line whose width differs have no counterpart");
      return;
    }
    auto lengths = Json::array();
    for (auto const& dash : dashes) {
      if (dash.is_number()) lengths.push_back(rounded(dash.get<double>() * width.get<double>()));
    }
    layer.set("line-dasharray", std::move(lengths));
  }

  /// A circle is the symbol `disc`, whose ink is 20 of its 24 units wide.
  void convert_circle(Json const& all, Layer& layer) {
    auto const radius = all.value("circle-radius", Json(5));
    constexpr double box_per_radius = 2 * 24.0 / 20.0;
    layer.set("icon-image", "disc");
    layer.set("icon-size", times(radius, box_per_radius));
    layer.set("icon-color", all.value("circle-color", Json("#000000")));
    if (all.contains("circle-opacity")) layer.set("icon-opacity", all["circle-opacity"]);
  }

  void convert_symbol(Json const& all, Layer& layer) {
    convert_icon(all, layer);
    auto const placement = all.value("symbol-placement", Json("point"));
    bool const is_on_line = placement != "point";
    if (is_on_line) layer.set("symbol-placement", "line");
    if (placement == "line") layer.set("symbol-spacing", all.value("symbol-spacing", Json(250)));
    if (!all.contains("text-field")) return;
    layer.set("text-font", fonts(all.value("text-font", Json{"Open Sans Regular"}), layer));
    if (all.contains("text-variable-anchor")) {
      layer.set("text-variable-anchor", all["text-variable-anchor"]);
    } else if (auto const anchor = all.value("text-anchor", Json("center")); anchor.is_string()) {
      layer.set("text-variable-anchor", Json::array({anchor}));
    } else {
      note(layer.path + ".layout.text-anchor", "an anchor that differs has no counterpart");
    }
    convert_offset(all, layer);
  }

  void convert_icon(Json const& all, Layer& layer) {
    if (!all.contains("icon-image")) return;
    auto const path = layer.path + ".layout.icon-image";
    auto const& image = all["icon-image"];
    bool const is_known = image.is_string() &&
                          std::ranges::find(symbols_, image.get<std::string>()) != symbols_.end();
    if (!is_known) {
      note(path,
           image.is_string() ? "no symbol " + image.dump()
                             : "images chosen by an expression have no counterpart",
           image.is_string() ? base::near_miss(image.get<std::string>(), symbols_).empty()
                                   ? "save it as SVG in a folder symbols beside the style"
                                   : base::hint_of(image.get<std::string>(), symbols_)
                             : "write it with ids of hachure list symbols");
      return;
    }
    layer.set("icon-image", image);
    // A factor of an image's own pixels there; a symbol has none, and 15 px is usual.
    constexpr double image_px = 15;
    layer.set("icon-size", times(all.value("icon-size", Json(1)), image_px));
  }

  /// Offsets are in ems there and a gap here.
  void convert_offset(Json const& all, Layer& layer) {
    auto const size = all.value("text-size", Json(16));
    Json gap = 0;
    if (all.contains("text-radial-offset")) {
      gap = all["text-radial-offset"];
    } else if (all.contains("text-offset") && is_list(all["text-offset"])) {
      double most = 0;
      for (auto const& part : all["text-offset"]) {
        if (part.is_number()) most = std::max(most, std::abs(part.get<double>()));
      }
      gap = most;
    }
    if (gap.is_number() && size.is_number()) {
      layer.set("text-radial-offset", rounded(gap.get<double>() * size.get<double>()));
    } else if (gap != 0) {
      layer.set("text-radial-offset", Json::array({"*", gap, size}));
    } else {
      layer.set("text-radial-offset", 0);
    }
  }

  /// `Regular` is what a name without a weight means.
  static std::string font_name(std::string name) {
    if (name.ends_with(" Regular")) name.erase(name.size() - 8);
    return name;
  }

  Json fonts(Json const& value, Layer const& layer) {
    if (value.is_string()) return font_name(value.get<std::string>());
    if (!value.is_array()) return value;
    Json out = Json::array();
    for (auto const& item : value) out.push_back(fonts(item, layer));
    return out;
  }

  static Json rounded(double number) {
    auto const value = base::parse_number(base::to_text(number, 6)).value_or(number);
    if (value == std::round(value)) return static_cast<long long>(value);
    return value;
  }

  static Json times(Json const& value, double factor) {
    if (value.is_number()) return rounded(value.get<double>() * factor);
    return Json::array({"*", factor, value});
  }

  std::string const& file_;
  double scale_;
  double zoom_;
  std::vector<std::string> const& symbols_;
  base::Diagnostics& diagnostics_;
  std::map<std::string, std::string> classes_;  ///< by source
};

}  // namespace

ConvertedStyle convert_maplibre(std::string_view json_text, std::string const& file, double scale,
                                std::vector<std::string> const& symbols,
                                base::Diagnostics& diagnostics) {
  base::Origin const origin{.file = file, .line = 0, .place = {}, .field = {}};
  if (!(scale > 0)) throw base::Error(base::Fault::input, origin, "a scale is positive");
  Json root;
  try {
    root = Json::parse(json_text);
  } catch (Json::parse_error const& error) {
    auto at = origin;
    auto const end = std::min(error.byte, json_text.size());
    at.line = 1 + static_cast<int>(std::count(json_text.begin(), json_text.begin() + end, '\n'));
    throw base::Error(base::Fault::input, at, "is not JSON");
  }
  if (!root.is_object() || !root.contains("layers") || !root["layers"].is_array()) {
    throw base::Error(base::Fault::input, origin, "is not a MapLibre style: it has no list layers");
  }
  return StyleConverter(file, scale, symbols, diagnostics).convert(root);
}

}  // namespace hachure::style
