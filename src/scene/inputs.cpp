#include "scene/inputs.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "style/color.hpp"

namespace hachure::scene {

Inputs read_inputs(std::filesystem::path const& path, std::filesystem::path const& shipped_styles,
                   record::ReadOptions const& options, base::Diagnostics& diagnostics) {
  Inputs inputs;
  inputs.project = record::read_project(path, options, diagnostics);
  for (auto const& side : inputs.project.records.sides) {
    for (auto const& [field, text] : {std::pair{"color", &side.color}, {"light", &side.light}}) {
      if (text->empty() || style::parse_color(*text)) continue;
      auto origin = side.origin;
      origin.field = "sides." + side.id + "." + field;
      diagnostics.error(origin, "\"" + *text + "\" is not a colour",
                        "write \"#rrggbb\" or a CSS colour");
    }
  }
  for (auto const& folder : inputs.project.styles_folders) inputs.style_folders.emplace_back(folder);
  inputs.style_folders.push_back(shipped_styles);
  std::vector<std::filesystem::path> symbol_folders;
  for (auto const& folder : inputs.style_folders) symbol_folders.push_back(folder / "symbols");
  inputs.symbols = std::make_shared<style::SymbolCatalogue>(std::move(symbol_folders));
  return inputs;
}

namespace {

constexpr std::size_t max_relief_cells = 6'000'000;

std::set<std::string> classes_drawn(style::Style const& style, double scale) {
  std::set<std::string> classes;
  for (auto const& layer : style.layers) {
    if (scale < layer.scale_min || scale >= layer.scale_max) continue;
    classes.insert(layer.sources.begin(), layer.sources.end());
  }
  return classes;
}

bool is_raster_file(std::string const& path) {
  auto const dot = path.rfind('.');
  if (dot == std::string::npos) return false;
  auto const extension = base::to_lower(path.substr(dot));
  static std::set<std::string> const known{".tif", ".tiff", ".asc", ".hgt", ".dem", ".vrt",
                                           ".img", ".nc",   ".grd", ".bil", ".flt", ".xyz"};
  return known.contains(extension);
}

}  // namespace

MapData read_map_data(record::Project const& project, record::MapDefinition const& map,
                      style::Style const& style, MapView const& view,
                      base::Diagnostics& diagnostics) {
  MapData data;
  auto const drawn = classes_drawn(style, view.scale());
  for (auto const& reference : project.layers) {
    if (!map.layers.empty() &&
        std::ranges::find(map.layers, reference.id) == map.layers.end()) {
      continue;
    }
    if (reference.scale_min && view.scale() < *reference.scale_min) continue;
    if (reference.scale_max && view.scale() >= *reference.scale_max) continue;
    if (!drawn.contains(reference.layer_class)) continue;
    MapData::Layer layer;
    layer.reference = &reference;
    layer.is_raster = is_raster_file(reference.path);
    try {
      if (layer.is_raster) {
        layer.heights =
            geo::read_heights(reference.path, reference.path, view.box(), max_relief_cells);
      } else {
        layer.features = geo::read_features({.data = reference.path,
                                             .layer = reference.layer,
                                             .box = view.box(),
                                             .label = reference.path},
                                            diagnostics);
      }
    } catch (base::Error const& error) {
      auto origin = reference.origin;
      origin.field = "layers." + reference.id + ".data";
      diagnostics.error(origin, "\"" + reference.path + "\" " + error.message(), error.hint(),
                        error.fault());
    }
    data.layers.push_back(std::move(layer));
  }
  return data;
}

}  // namespace hachure::scene
