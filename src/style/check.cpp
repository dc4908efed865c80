#include "style/check.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/limits.hpp"
#include "style/json_member.hpp"
#include "style/property.hpp"
#include "style/style.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;

base::Origin item_of(base::Origin origin, std::size_t i) {
  origin.field += "[" + std::to_string(i) + "]";
  return origin;
}

/// Adds the outputs of the arguments from `first` on, every `step`-th of them.
void add_arguments(Json const& call, base::Origin const& origin, std::size_t first,
                   std::size_t step, std::vector<NamedUse>& uses) {
  for (std::size_t i = first; i < call.size(); i += step) {
    auto found = literal_outputs(call[i], item_of(origin, i));
    uses.insert(uses.end(), found.begin(), found.end());
  }
}

bool is_token_text(std::string const& text) {
  return text.find('{') != std::string::npos;
}

/// Whether a text of a font list is a name: operators of expressions begin with a small letter.
bool is_font_name(Json const& list) {
  return list.is_array() && !list.empty() && list[0].is_string() &&
         !list[0].get_ref<std::string const&>().empty() &&
         list[0].get_ref<std::string const&>()[0] >= 'A' &&
         list[0].get_ref<std::string const&>()[0] <= 'Z';
}

void add_fonts(Json const& value, base::Origin const& origin, int depth,
               std::vector<NamedUse>& uses) {
  if (!value.is_array() || depth > base::limits::max_expression_depth) return;
  bool const is_list = is_font_name(value);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (is_list && value[i].is_string()) {
      uses.push_back({value[i].get<std::string>(), item_of(origin, i)});
    }
    add_fonts(value[i], item_of(origin, i), depth + 1, uses);
  }
}

/// The layers of a document that are objects with an id.
std::vector<Json const*> layers_of(StyleDocument const& document) {
  std::vector<Json const*> layers;
  auto const it = document.json->find("layers");
  if (it == document.json->end() || !it->is_array()) return layers;
  for (auto const& layer : *it) {
    if (layer.is_object() && layer.contains("id") && layer["id"].is_string()) {
      layers.push_back(&layer);
    }
  }
  return layers;
}

std::string path_of(Json const& layer) {
  return "layers." + layer["id"].get<std::string>();
}

/// Calls `visit` with name, value and path of every property of a layer.
template <class Visit>
void for_properties(Json const& layer, Visit visit) {
  for (char const* section : {"paint", "layout"}) {
    auto const it = layer.find(section);
    if (it == layer.end() || !it->is_object()) continue;
    for (auto const& [name, value] : it->items()) {
      visit(name, value, path_of(layer) + "." + section + "." + name);
    }
  }
}

/// Patterns that are drawn without a symbol.
bool is_drawn_pattern(std::string const& property, std::string const& name) {
  if (property == "fill-pattern") return name == "hatch" || name == "dots" || name == "stipple";
  static constexpr std::array<std::string_view, 10> signs = {
      "ticks",   "teeth",   "hollow-teeth", "dots",   "crosses",
      "crenels", "merlons", "batter",       "zigzag", "smoke"};
  return property == "line-pattern" && std::ranges::find(signs, name) != signs.end();
}

bool names_symbol(std::string const& property) {
  return property == "icon-image" || property == "bombardment-burst" ||
         property == "fill-pattern" || property == "line-pattern";
}

void check_symbols(StyleDocument const& document, SymbolCatalogue const& symbols,
                   base::Diagnostics& diagnostics) {
  auto const known = symbols.ids();
  auto const check = [&](NamedUse const& use) {
    if (std::ranges::binary_search(known, use.name)) return;
    diagnostics.error(use.origin, "no symbol \"" + use.name + "\"", base::hint_of(use.name, known));
  };
  auto const furniture = document.json->value("furniture", Json::object());
  if (furniture.is_object() && !text_at(furniture, "north-symbol").empty()) {
    check({text_at(furniture, "north-symbol"), document.origin("furniture.north-symbol")});
  }
  for (auto const* layer : layers_of(document)) {
    for_properties(*layer,
                   [&](std::string const& name, Json const& value, std::string const& path) {
                     if (!names_symbol(name)) return;
                     for (auto const& use : literal_outputs(value, document.origin(path))) {
                       if (!is_drawn_pattern(name, use.name)) check(use);
                     }
                   });
  }
}

bool needs_source(std::string const& type) {
  return type == "fill" || type == "line" || type == "symbol" || type == "texture";
}

void check_layer(StyleDocument const& document, Json const& layer, base::Diagnostics& diagnostics) {
  auto const path = path_of(layer);
  double const least = number_at(layer, "scale-min", 0);
  double const most = number_at(layer, "scale-max", 1e12);
  if (least >= most) {
    diagnostics.warn(document.origin(path + ".scale-min"), "the layer is drawn at no scale",
                     "scale-min is less than scale-max; both are denominators");
  }
  bool const has_source = layer.contains("source") && !layer["source"].empty();
  if (needs_source(text_at(layer, "type")) && !has_source) {
    diagnostics.warn(document.origin(path), "the layer has no source and draws nothing",
                     "source: CLASS of a geodata layer");
  }
  if (!layer.contains("filter")) return;
  if (auto const why = why_never_passes(layer["filter"], least, most); !why.empty()) {
    diagnostics.warn(document.origin(path + ".filter"), "nothing passes the filter: " + why);
  }
}

/// The last layer that paints the whole map opaquely at every scale, or nothing.
void check_covered(StyleDocument const& document, std::vector<Json const*> const& layers,
                   base::Diagnostics& diagnostics) {
  for (std::size_t i = layers.size(); i-- > 1;) {
    auto const& layer = *layers[i];
    bool const is_always = text_at(layer, "type") == "background" && !layer.contains("scale-min") &&
                           !layer.contains("scale-max");
    if (!is_always) continue;
    diagnostics.warn(document.origin(path_of(layer)),
                     "the background covers what is painted before it: " + std::to_string(i) +
                         (i == 1 ? " layer" : " layers"),
                     "put it first in layers");
    return;
  }
}

void check_variables(StyleDocument const& document, base::Diagnostics& diagnostics) {
  for (auto const& name : document.unused_variables) {
    auto const origin = document.origin("variables." + name);
    // Those of a style that is extended are there for whoever may want them.
    if (document.files.empty() || origin.file != document.files.front()) continue;
    diagnostics.warn(origin, "nothing uses the variable",
                     base::near_miss(name, document.used_variables).empty()
                         ? std::string()
                         : base::hint_of(name, document.used_variables));
  }
}

}  // namespace

std::vector<NamedUse> literal_outputs(Json const& value, base::Origin const& origin) {
  std::vector<NamedUse> uses;
  if (value.is_string()) {
    auto const& text = value.get_ref<std::string const&>();
    if (!text.empty() && !is_token_text(text)) uses.push_back({text, origin});
    return uses;
  }
  if (!value.is_array() || value.empty() || !value[0].is_string()) return uses;
  auto const& op = value[0].get_ref<std::string const&>();
  auto const last = value.size() - 1;
  if (op == "literal" || op == "image" || op == "to-string" || op == "string" || op == "coalesce") {
    add_arguments(value, origin, 1, 1, uses);
  } else if (op == "case" && value.size() >= 4) {
    add_arguments(value, origin, 2, 2, uses);
    add_arguments(value, origin, last, value.size(), uses);
  } else if (op == "match" && value.size() >= 5) {
    add_arguments(value, origin, 3, 2, uses);
    add_arguments(value, origin, last, value.size(), uses);
  } else if (op == "step" && value.size() >= 3) {
    add_arguments(value, origin, 2, 2, uses);
  } else if (op == "let") {
    add_arguments(value, origin, last, value.size(), uses);
  }
  return uses;
}

std::vector<NamedUse> fonts_named(StyleDocument const& document) {
  std::vector<NamedUse> uses;
  auto const furniture = document.json->value("furniture", Json::object());
  if (furniture.is_object()) {
    for (auto const& [key, text] : furniture.items()) {
      if (!text.is_object() || !text.contains("font")) continue;
      auto const origin = document.origin("furniture." + key + ".font");
      if (text["font"].is_string()) uses.push_back({text["font"].get<std::string>(), origin});
      add_fonts(text["font"], origin, 0, uses);
    }
  }
  for (auto const* layer : layers_of(document)) {
    for_properties(*layer,
                   [&](std::string const& name, Json const& value, std::string const& path) {
                     if (name.ends_with("font")) add_fonts(value, document.origin(path), 0, uses);
                   });
  }
  return uses;
}

void check_style(StyleDocument const& document, SymbolCatalogue const& symbols,
                 base::Diagnostics& diagnostics) {
  check_symbols(document, symbols, diagnostics);
  auto const layers = layers_of(document);
  for (auto const* layer : layers) check_layer(document, *layer, diagnostics);
  check_covered(document, layers, diagnostics);
  check_variables(document, diagnostics);
}

}  // namespace hachure::style
