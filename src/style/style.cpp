#include "style/style.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/length.hpp"
#include "base/number.hpp"
#include "style/color.hpp"
#include "style/filter.hpp"
#include "style/style_json.hpp"

namespace hachure::style {

namespace {

using nlohmann::json;

Type type_of_property(PropertyType type) {
  switch (type) {
    case PropertyType::color:
      return Type::Kind::color;
    case PropertyType::length:
      return Type::Kind::length;
    case PropertyType::number:
      return Type::Kind::number;
    case PropertyType::boolean:
      return Type::Kind::boolean;
    case PropertyType::string:
    case PropertyType::enumeration:
      return Type::Kind::string;
    case PropertyType::numbers:
      return Type::array_of(Type::Kind::number);
    case PropertyType::lengths:
      return Type::array_of(Type::Kind::length);
    case PropertyType::strings:
      return Type::array_of(Type::Kind::string);
    case PropertyType::formatted:
      return Type::Kind::formatted;
    case PropertyType::duration:
      return Type::Kind::value;
  }
  return Type::Kind::value;
}

}  // namespace

PropertySpec spec_of(PropertyRow const& row) {
  PropertySpec spec;
  spec.type = type_of_property(row.type);
  spec.accepts_nested_zoom = true;
  spec.has_tokens = row.type == PropertyType::formatted || row.name == "icon-image";
  if (row.type == PropertyType::enumeration) {
    spec.values = base::split_list(row.values, ' ');
  }
  return spec;
}

namespace {

/// Defaults of the property table, compiled once.
Expression const* fallback_of(PropertyRow const& row) {
  static auto const compiled = [] {
    std::map<std::string_view, Expression> all;
    for (auto const& r : properties()) {
      if (r.fallback.empty()) continue;
      all.emplace(r.name, Expression::compile(json::parse(r.fallback), spec_of(r)));
    }
    return all;
  }();
  auto const it = compiled.find(row.name);
  return it == compiled.end() ? nullptr : &it->second;
}

/// Property row by name whatever the layer; names are unique in the table.
PropertyRow const* row_named(std::string_view name) {
  static auto const by_name = [] {
    std::map<std::string_view, PropertyRow const*> all;
    for (auto const& row : properties()) all.emplace(row.name, &row);
    return all;
  }();
  auto const it = by_name.find(name);
  return it == by_name.end() ? nullptr : it->second;
}

base::LangText lang_text(json const& node) {
  base::LangText text;
  if (node.is_string()) text.by_tag["und"] = node.get<std::string>();
  if (node.is_object()) {
    for (auto const& [tag, value] : node.items()) {
      if (value.is_string()) text.by_tag[tag] = value.get<std::string>();
    }
  }
  return text;
}

/// Where the values of the keys of `furniture` go.
struct FurnitureKeys {
  std::map<std::string, TextStyle*> texts;
  std::map<std::string, Color*> colors;
  std::map<std::string, double*> lengths;
  // Read when the others are, for they follow from those.
  std::map<std::string, TextStyle*> texts_of_time;
  std::map<std::string, Color*> colors_of_time;
  std::map<std::string, double*> strengths;
};

FurnitureKeys keys_of(FurnitureLook& f) {
  FurnitureKeys keys;
  keys.texts = {{"title", &f.title},     {"subtitle", &f.subtitle},
                {"heading", &f.heading}, {"body", &f.body},
                {"small", &f.small},     {"figure", &f.figure},
                {"tick", &f.tick},       {"inset-title", &f.inset_title},
                {"sources", &f.sources}};
  keys.texts_of_time = {
      {"clock", &f.clock},        {"date", &f.date}, {"date-title", &f.date_title},
      {"caption", &f.caption},    {"lane", &f.lane}, {"phase", &f.phase},
      {"time-tick", &f.time_tick}};
  keys.colors_of_time = {{"timeline-color", &f.timeline},
                         {"timeline-rule-color", &f.timeline_rule},
                         {"playhead-color", &f.playhead}};
  keys.strengths = {{"past-strength", &f.past_strength},
                    {"current-strength", &f.current_strength},
                    {"future-strength", &f.future_strength},
                    {"night-strength", &f.night_strength}};
  keys.colors = {{"paper-color", &f.paper},
                 {"ink-color", &f.ink},
                 {"panel-color", &f.panel},
                 {"rule-color", &f.rule},
                 {"extent-color", &f.extent_color}};
  keys.lengths = {{"rule-width", &f.rule_width_mm},
                  {"neatline-width", &f.neatline_width_mm},
                  {"neatline-gap", &f.neatline_gap_mm},
                  {"margin", &f.margin_mm},
                  {"sources-height", &f.sources_height_mm},
                  {"padding", &f.padding_mm},
                  {"row", &f.row_mm},
                  {"title-rule", &f.title_rule_mm},
                  {"extent-width", &f.extent_width_mm}};
  return keys;
}

/// Reads one document into a Style.
class StyleReader {
 public:
  StyleReader(StyleDocument const& document, base::Diagnostics& diagnostics)
      : document_(document), diagnostics_(diagnostics) {}

  Style read() {
    auto const& root = *document_.json;
    check_keys(root, "", {"name", "layers", "furniture", "screen-scale", "version", "description"});
    style_.name = lang_text(root.value("name", json()));
    read_key(root, "", "screen-scale", style_.screen_scale);
    derive_time_looks(style_.furniture);
    if (is_map(root, "", "furniture")) read_furniture(root["furniture"]);
    std::set<std::string> ids;
    auto const layers = root.value("layers", json::array());
    if (!layers.is_array() && !layers.is_null()) {
      diagnostics_.error(document_.origin("layers"), text_of(layers) + " is not a list of layers",
                         "one line each: - {id: movements, paint: {movement-width: 1mm}}");
      return std::move(style_);
    }
    for (auto const& layer : layers) {
      if (!layer.is_object() || !layer.contains("id") || !layer["id"].is_string()) {
        diagnostics_.error(document_.origin("layers"), "a layer has no id");
        continue;
      }
      if (!ids.insert(layer["id"].get<std::string>()).second) {
        diagnostics_.error(document_.origin("layers." + layer["id"].get<std::string>()),
                           "a second layer with this id");
      }
      read_layer(layer);
    }
    style_.files_read = document_.files;
    style_.fonts.assign(fonts_.begin(), fonts_.end());
    return std::move(style_);
  }

 private:
  /// A value for a message; bytes that are no UTF-8 are replaced.
  static std::string text_of(json const& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  /// The value of a key where it is of the type of `out`; another type is reported.
  template <class T>
  void read_key(json const& node, std::string const& path, std::string const& key, T& out) {
    auto const it = node.find(key);
    if (it == node.end() || it->is_null()) return;
    constexpr bool wants_text = std::is_same_v<T, std::string>;
    if (wants_text ? it->is_string() : it->is_number()) {
      out = it->template get<T>();
    } else {
      diagnostics_.error(document_.origin(path.empty() ? key : path + "." + key),
                         text_of(*it) + (wants_text ? " is not a text" : " is not a number"));
    }
  }

  /// Whether a key holds a map; what it holds instead is reported.
  bool is_map(json const& node, std::string const& path, std::string const& key) {
    auto const it = node.find(key);
    if (it == node.end() || it->is_null()) return false;
    if (it->is_object()) return true;
    diagnostics_.error(document_.origin(path.empty() ? key : path + "." + key),
                       text_of(*it) + " is not a map of keys");
    return false;
  }

  void check_keys(json const& node, std::string const& path,
                  std::vector<std::string> const& known) {
    for (auto const& [key, value] : node.items()) {
      if (std::ranges::find(known, key) == known.end()) {
        diagnostics_.error(document_.origin(path.empty() ? key : path + "." + key),
                           "unknown key \"" + key + "\"", base::hint_of(key, known));
      }
    }
  }

  void read_layer(json const& node) {
    StyleLayer layer;
    layer.id = node["id"].get<std::string>();
    auto const path = "layers." + layer.id;
    layer.origin = document_.origin(path);
    check_keys(node, path,
               {"id", "type", "source", "filter", "paint", "layout", "legend", "legend-field",
                "group", "scale-min", "scale-max", "obstacle", "before", "ground"});
    std::string type_id;
    read_key(node, path, "type", type_id);
    auto const* type = find_layer_type(type_id);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (auto const& row : layer_types()) known.emplace_back(row.id);
      diagnostics_.error(document_.origin(path + ".type"),
                         "\"" + type_id + "\" is not a layer type", base::hint_of(type_id, known));
      return;
    }
    layer.type = type->type;
    layer.group = layer.id;
    read_key(node, path, "group", layer.group);
    read_key(node, path, "scale-min", layer.scale_min);
    read_key(node, path, "scale-max", layer.scale_max);
    read_key(node, path, "ground", layer.ground);
    if (!layer.ground.empty() && layer.ground != "water" && layer.ground != "land") {
      diagnostics_.error(document_.origin(path + ".ground"),
                         "\"" + layer.ground + "\" is not a ground", "one of: water, land");
    }
    layer.obstacle = default_obstacle(type->type);
    read_key(node, path, "obstacle", layer.obstacle);
    read_sources(node, *type, layer);
    if (node.contains("filter")) read_filter(node["filter"], path, layer);
    if (node.contains("legend")) layer.legend = lang_text(node["legend"]);
    if (node.contains("legend-field")) {
      PropertySpec spec;
      spec.type = Type::Kind::string;
      layer.legend_field = Expression::compile(
          node["legend-field"], spec, document_.origin(path + ".legend-field"), diagnostics_);
    }
    for (char const* section : {"paint", "layout"}) {
      if (is_map(node, path, section)) {
        read_properties(node[section], path + "." + section, type_id, layer);
      }
    }
    style_.layers.push_back(std::move(layer));
  }

  static double default_obstacle(LayerType type) {
    switch (type) {
      case LayerType::line:
      case LayerType::water_lining:
        return 0.15;
      case LayerType::fill:
      case LayerType::background:
      case LayerType::hillshade:
      case LayerType::texture:
      case LayerType::graticule:
      case LayerType::hypsometric:
      case LayerType::vignette:
      case LayerType::neatline:
      case LayerType::callout:
        return 0;
      case LayerType::contour:
      case LayerType::hachure:
        return 0.1;
      case LayerType::wall:
      case LayerType::front:
        return 0.5;
      default:
        return 1;
    }
  }

  static void read_sources(json const& node, LayerTypeRow const& type, StyleLayer& layer) {
    if (!node.contains("source")) {
      if (!type.default_source.empty()) layer.sources.emplace_back(type.default_source);
    } else if (node["source"].is_string()) {
      layer.sources.push_back(node["source"].get<std::string>());
    } else {
      for (auto const& source : node["source"]) {
        if (source.is_string()) layer.sources.push_back(source.get<std::string>());
      }
    }
  }

  void read_filter(json const& node, std::string const& path, StyleLayer& layer) {
    layer.filter = Filter::compile(node, document_.origin(path + ".filter"), diagnostics_);
  }

  void read_properties(json const& node, std::string const& path, std::string const& type_id,
                       StyleLayer& layer) {
    for (auto const& [name, value] : node.items()) {
      auto const* row = find_property(name, type_id);
      auto const origin = document_.origin(path + "." + name);
      if (row == nullptr) {
        std::vector<std::string> known;
        for (auto const& r : properties()) {
          if (find_property(r.name, type_id)) known.emplace_back(r.name);
        }
        diagnostics_.error(origin,
                           "layers of type " + type_id + " have no property \"" + name + "\"",
                           base::hint_of(name, known));
        continue;
      }
      if (value.is_null()) continue;
      if (row->type == PropertyType::strings && name.find("font") != std::string::npos) {
        collect_fonts(value);
      }
      if (auto expression = Expression::compile(value, spec_of(*row), origin, diagnostics_)) {
        layer.properties.emplace_back(row, std::move(*expression));
      }
    }
    std::ranges::sort(layer.properties, {}, [](auto const& p) { return p.first->name; });
  }

  /// Font names are texts in lists; operators of expressions are no fonts, so only lists whose
  /// first item holds a capital or that stand under "literal" count.
  void collect_fonts(json const& node) {
    if (!node.is_array()) return;
    auto const first = !node.empty() && node[0].is_string() ? node[0].get<std::string>() : "";
    bool const names = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
    for (auto const& item : node) {
      if (names && item.is_string()) fonts_.insert(item.get<std::string>());
      collect_fonts(item);
    }
  }

  // --- furniture ---------------------------------------------------------------------------------

  void read_color(json const& node, std::string const& path, Color& out) {
    if (node.is_null()) return;
    auto const color = node.is_string() ? parse_color(node.get<std::string>()) : std::nullopt;
    if (color) {
      out = *color;
    } else {
      diagnostics_.error(document_.origin(path), text_of(node) + " is not a colour",
                         "write \"#rrggbb\" or a CSS colour");
    }
  }

  void read_mm(json const& node, std::string const& path, double& out) {
    if (node.is_null()) return;
    auto const length =
        base::parse_length(node.is_string() ? node.get<std::string>() : text_of(node));
    if (length && length->frame == base::Length::Frame::page) {
      out = length->to_mm(1);
    } else {
      diagnostics_.error(document_.origin(path), text_of(node) + " is not a length on the page",
                         "write \"0.3mm\" or \"8pt\"");
    }
  }

  void read_text_style(json const& node, std::string const& path, TextStyle& out) {
    check_keys(node, path, {"font", "size", "color", "letter-spacing", "han-scale", "features"});
    if (node.contains("font")) {
      out.fonts.clear();
      auto const& font = node["font"];
      if (font.is_string()) out.fonts.push_back(font.get<std::string>());
      if (font.is_array()) {
        for (auto const& item : font) {
          if (item.is_string()) out.fonts.push_back(item.get<std::string>());
        }
      }
      fonts_.insert(out.fonts.begin(), out.fonts.end());
    }
    if (node.contains("size")) read_mm(node["size"], path + ".size", out.size_mm);
    if (node.contains("color")) read_color(node["color"], path + ".color", out.color);
    read_key(node, path, "letter-spacing", out.letter_spacing_em);
    read_key(node, path, "han-scale", out.han_scale);
    read_key(node, path, "features", out.features);
  }

  void read_flag(json const& node, std::string const& key, bool& out) {
    auto const it = node.find(key);
    if (it == node.end() || it->is_null()) return;
    out = *it == true;
    if (!it->is_boolean()) {
      diagnostics_.error(document_.origin("furniture." + key),
                         text_of(*it) + " is not true or false");
    }
  }

  void read_furniture(json const& node) {
    auto& f = style_.furniture;
    auto const [texts, colors, lengths, texts_of_time, colors_of_time, strengths] = keys_of(f);
    std::vector<std::string> known{"north-symbol", "title-align", "scale-frame", "legend-slim",
                                   "side-color"};
    for (auto const& [key, unused] : texts) known.push_back(key);
    for (auto const& [key, unused] : colors) known.push_back(key);
    for (auto const& [key, unused] : lengths) known.push_back(key);
    for (auto const& [key, unused] : texts_of_time) known.push_back(key);
    for (auto const& [key, unused] : colors_of_time) known.push_back(key);
    for (auto const& [key, unused] : strengths) known.push_back(key);
    check_keys(node, "furniture", known);
    read_key(node, "furniture", "north-symbol", f.north_symbol);
    read_flag(node, "scale-frame", f.scale_frame);
    read_flag(node, "legend-slim", f.legend_slim);
    if (node.contains("side-color") && !node["side-color"].is_null()) {
      PropertySpec spec;
      spec.type = Type::Kind::color;
      f.side_color = Expression::compile(node["side-color"], spec,
                                         document_.origin("furniture.side-color"), diagnostics_);
    }
    std::string align = "start";
    read_key(node, "furniture", "title-align", align);
    f.title_centred = align == "center";
    if (align != "start" && align != "center") {
      diagnostics_.error(document_.origin("furniture.title-align"),
                         "\"" + align + "\" is not an alignment", "one of: start, center");
    }
    for (auto const& [key, target] : colors) {
      if (node.contains(key)) read_color(node[key], "furniture." + key, *target);
    }
    for (auto const& [key, target] : lengths) {
      if (node.contains(key)) read_mm(node[key], "furniture." + key, *target);
    }
    for (auto const& [key, target] : texts) {
      if (is_map(node, "furniture", key)) read_text_style(node[key], "furniture." + key, *target);
    }
    derive_time_looks(f);
    for (auto const& [key, target] : colors_of_time) {
      if (node.contains(key)) read_color(node[key], "furniture." + key, *target);
    }
    for (auto const& [key, target] : strengths) {
      read_key(node, "furniture", key, *target);
      *target = std::clamp(*target, 0.0, 1.0);
    }
    for (auto const& [key, target] : texts_of_time) {
      if (is_map(node, "furniture", key)) read_text_style(node[key], "furniture." + key, *target);
    }
  }

  /// What a style says of titles and panels carries over to the strip of time and the date plate.
  static void derive_time_looks(FurnitureLook& f) {
    f.clock = f.title;
    f.clock.size_mm *= 1.7;
    f.clock.features = "tnum";
    f.date = f.subtitle;
    f.date_title = f.heading;
    f.date_title.size_mm *= 1.12;
    f.caption = f.subtitle;
    f.lane = f.heading;
    f.lane.size_mm = f.body.size_mm * 1.08;
    f.phase = f.body;
    f.time_tick = f.tick;
    f.timeline = f.panel;
    f.timeline_rule = f.rule;
    f.playhead = f.ink;
  }

  StyleDocument const& document_;
  base::Diagnostics& diagnostics_;
  Style style_;
  std::set<std::string> fonts_;
};

}  // namespace

Expression const* Look::find(std::string_view name) const {
  auto const it = std::ranges::lower_bound(layer_.properties, name, {},
                                           [](auto const& p) { return p.first->name; });
  if (it != layer_.properties.end() && it->first->name == name) return &it->second;
  auto const* row = row_named(name);
  return row ? fallback_of(*row) : nullptr;
}

bool Look::has(std::string_view name) const {
  return find(name) != nullptr;
}

Value Look::value(std::string_view name) const {
  auto const* expression = find(name);
  return expression ? expression->evaluate(context_) : Value();
}

std::optional<Color> Look::color(std::string_view name) const {
  auto const v = value(name);
  if (!v.is_color()) return {};
  return v.as_color();
}

Color Look::color_or(std::string_view name, Color otherwise) const {
  return color(name).value_or(otherwise);
}

std::optional<Color> Look::color_at(std::string_view name, double line_progress) const {
  auto context = context_;
  context.line_progress = line_progress;
  auto const* expression = find(name);
  auto const v = expression ? expression->evaluate(context) : Value();
  if (!v.is_color()) return {};
  return v.as_color();
}

double Look::mm(std::string_view name) const {
  return number(name);
}

double Look::number(std::string_view name) const {
  auto const* expression = find(name);
  return expression ? expression->number(context_, 0) : 0;
}

bool Look::flag(std::string_view name) const {
  auto const* expression = find(name);
  return expression && expression->boolean(context_, false);
}

std::string Look::text(std::string_view name) const {
  auto const v = value(name);
  return v.is_null() ? std::string() : v.to_string();
}

std::vector<double> Look::mms(std::string_view name) const {
  // Lengths are compiled to millimetres.
  return numbers(name);
}

std::vector<double> Look::numbers(std::string_view name) const {
  std::vector<double> out;
  auto const v = value(name);
  if (v.is_array_like()) {
    for (auto const& item : v.as_array()) {
      if (item.is_number()) out.push_back(item.as_number());
    }
  }
  return out;
}

std::vector<std::string> Look::texts(std::string_view name) const {
  std::vector<std::string> out;
  auto const v = value(name);
  if (v.is_array_like()) {
    for (auto const& item : v.as_array()) out.push_back(item.to_string());
  }
  return out;
}

Style read_style(std::string const& name_or_file, std::vector<std::filesystem::path> const& folders,
                 std::string const&, base::Diagnostics& diagnostics) {
  auto style = read_style(read_style_document(name_or_file, folders, diagnostics), diagnostics);
  style.id = std::filesystem::path(name_or_file).stem().string();
  return style;
}

Style read_style(StyleDocument const& document, base::Diagnostics& diagnostics) {
  return StyleReader(document, diagnostics).read();
}

std::vector<std::string> style_names(std::vector<std::filesystem::path> const& folders) {
  std::set<std::string> names;
  std::error_code ignored;
  for (auto const& folder : folders) {
    for (auto const& entry : std::filesystem::directory_iterator(folder, ignored)) {
      auto const extension = entry.path().extension();
      if (extension == ".yaml" || extension == ".yml" || extension == ".json") {
        names.insert(entry.path().stem().string());
      }
    }
  }
  return {names.begin(), names.end()};
}

namespace {

json schema_of(PropertyRow const& row) {
  json value;
  switch (row.type) {
    case PropertyType::color:
    case PropertyType::string:
    case PropertyType::formatted:
      value["type"] = "string";
      break;
    case PropertyType::length:
    case PropertyType::duration:
      value["type"] = {"string", "number"};
      break;
    case PropertyType::number:
      value["type"] = "number";
      break;
    case PropertyType::boolean:
      value["type"] = "boolean";
      break;
    case PropertyType::enumeration:
      value["enum"] = base::split_list(row.values, ' ');
      break;
    case PropertyType::numbers:
    case PropertyType::lengths:
    case PropertyType::strings:
      value["type"] = "array";
      break;
  }
  json out;
  out["description"] = row.sentence;
  if (!row.fallback.empty()) out["default"] = json::parse(row.fallback);
  out["anyOf"] = {value,
                  {{"type", "array"}, {"description", "an expression"}},
                  {{"type", "string"}, {"pattern", "^\\$"}}};
  return out;
}

json furniture_schema() {
  FurnitureLook look;
  auto const keys = keys_of(look);
  json const color{{"type", "string"}};
  json const number{{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  json text{{"type", {"object", "string"}}, {"additionalProperties", false}};
  text["properties"] = {{"font", {{"type", {"string", "array"}}}},
                        {"size", {{"type", {"string", "number"}}}},
                        {"color", color},
                        {"letter-spacing", {{"type", {"number", "string"}}}},
                        {"han-scale", {{"type", {"number", "string"}}}},
                        {"features", color}};
  json schema{{"type", "object"}, {"additionalProperties", false}};
  auto& properties = schema["properties"];
  for (auto const* texts : {&keys.texts, &keys.texts_of_time}) {
    for (auto const& [key, unused] : *texts) properties[key] = text;
  }
  for (auto const* colors : {&keys.colors, &keys.colors_of_time}) {
    for (auto const& [key, unused] : *colors) properties[key] = color;
  }
  for (auto const& [key, unused] : keys.lengths) {
    properties[key] = {{"type", {"string", "number"}}};
  }
  for (auto const& [key, unused] : keys.strengths) properties[key] = number;
  properties["north-symbol"] = color;
  properties["title-align"] = {{"enum", {"start", "center"}}};
  for (char const* key : {"scale-frame", "legend-slim"}) properties[key] = {{"type", "boolean"}};
  properties["side-color"] = {{"type", {"string", "array"}}};
  return schema;
}

}  // namespace

std::string style_schema() {
  json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Hachure style"},
              {"type", "object"}};
  json layer{{"type", "object"}, {"required", {"id"}}};
  json& keys = layer["properties"];
  keys["id"] = {{"type", "string"}};
  json ids = json::array();
  for (auto const& row : layer_types()) ids.push_back(row.id);
  keys["type"] = {{"enum", ids}};
  keys["source"] = {{"type", {"string", "array"}}};
  keys["filter"] = {{"type", "array"}};
  for (char const* section : {"paint", "layout"}) {
    json& section_keys = keys[section]["properties"];
    keys[section]["type"] = "object";
    keys[section]["additionalProperties"] = false;
    for (auto const& row : properties()) section_keys[std::string(row.name)] = schema_of(row);
  }
  keys["ground"] = {{"enum", {"water", "land"}}};
  for (char const* key : {"legend", "group", "before"})
    keys[key] = {{"type", {"string", "object"}}};
  for (char const* key : {"scale-min", "scale-max", "obstacle"}) keys[key] = {{"type", "number"}};
  keys["legend-field"] = {{"type", {"array", "string"}}};
  keys["remove"] = {{"type", "boolean"}};
  layer["additionalProperties"] = false;
  auto& root = schema["properties"];
  root["layers"] = {{"type", "array"}, {"items", layer}};
  root["variables"] = {{"type", "object"}};
  root["extends"] = {{"type", "string"}};
  root["name"] = {{"type", {"string", "object"}}};
  root["description"] = {{"type", {"string", "object"}}};
  root["furniture"] = furniture_schema();
  root["screen-scale"] = {{"type", "number"}};
  root["version"] = {{"type", {"number", "string"}}};
  schema["additionalProperties"] = false;
  return schema.dump(2) + "\n";
}

}  // namespace hachure::style
