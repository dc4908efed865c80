#include "scene/inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "base/number.hpp"
#include "base/parallel.hpp"
#include "geo/height_interpolation.hpp"
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
  for (auto const& folder : inputs.project.styles_folders)
    inputs.style_folders.emplace_back(folder);
  inputs.style_folders.push_back(shipped_styles);
  std::vector<std::filesystem::path> symbol_folders;
  for (auto const& folder : inputs.style_folders) symbol_folders.push_back(folder / "symbols");
  inputs.geodata = std::make_shared<GeodataCache>();
  inputs.symbols = std::make_shared<style::SymbolCatalogue>(std::move(symbol_folders));
  return inputs;
}

namespace {

/// Files up to this size are read whole and kept.
constexpr std::uintmax_t max_kept_bytes = 24u << 20;

bool is_kept_whole(std::string const& path) {
  std::error_code unknown;
  auto const bytes = std::filesystem::file_size(path, unknown);
  return !unknown && bytes <= max_kept_bytes;
}

/// Box of a geometry in degrees.
geo::LonLatBox box_of(geo::Geometry const& geometry) {
  geo::LonLatBox box{540, 90, -540, -90};
  auto const add = [&](geo::LonLat p) {
    box = {std::min(box.west_deg, p.lon_deg), std::min(box.south_deg, p.lat_deg),
           std::max(box.east_deg, p.lon_deg), std::max(box.north_deg, p.lat_deg)};
  };
  auto const add_line = [&](std::vector<geo::LonLat> const& line) {
    std::ranges::for_each(line, add);
  };
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&geometry)) add_line(points->at);
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry)) {
    std::ranges::for_each(lines->at, add_line);
  }
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&geometry)) {
    for (auto const& polygon : polygons->at) std::ranges::for_each(polygon, add_line);
  }
  return box;
}

/// Whether two boxes meet in some turn of the globe; `view` may cross the antimeridian.
bool may_meet(geo::LonLatBox const& view, geo::LonLatBox const& box) {
  if (box.south_deg > view.north_deg || box.north_deg < view.south_deg) return false;
  double const east = view.east_deg < view.west_deg ? view.east_deg + 360 : view.east_deg;
  for (double const turn : {-360.0, 0.0, 360.0}) {
    if (box.west_deg + turn <= east && box.east_deg + turn >= view.west_deg) return true;
  }
  return false;
}

}  // namespace

struct GeodataCache::Impl {
  struct Layer {
    geo::VectorQuery query;
    std::once_flag was_read;
    std::vector<geo::Feature> features;
    std::vector<geo::LonLatBox> boxes;
    base::Diagnostics problems;
    std::once_flag told;  ///< the problems

    /// By who comes first; others wait.
    void read() {
      std::call_once(was_read, [this] {
        base::Diagnostics found;  // nothing is kept of a reading that fails
        features = geo::read_features(query, found);
        for (auto const& feature : features) boxes.push_back(box_of(feature.geometry));
        problems = std::move(found);
      });
    }
  };
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<Layer>> layers;
  std::vector<std::unique_ptr<base::Beside>> ahead;

  /// A layer, which may not have been read.
  std::shared_ptr<Layer> layer(record::LayerReference const& reference, geo::LonLatBox const* box) {
    std::string key = reference.path + "#" + reference.layer;
    if (box != nullptr) {
      for (double const edge : {box->west_deg, box->south_deg, box->east_deg, box->north_deg}) {
        key += "," + base::to_text(edge, 6);
      }
    }
    std::lock_guard const lock(mutex);
    auto& kept = layers[key];
    if (!kept) {
      kept = std::make_shared<Layer>();
      kept->query = {.data = reference.path,
                     .layer = reference.layer,
                     .box = std::nullopt,
                     .label = reference.path};
      if (box != nullptr) kept->query.box = *box;
    }
    return kept;
  }
};

GeodataCache::GeodataCache() : impl_(std::make_unique<Impl>()) {}
GeodataCache::~GeodataCache() = default;

void GeodataCache::read_ahead(std::vector<record::LayerReference const*> const& references) {
  std::vector<std::shared_ptr<Impl::Layer>> layers;
  for (auto const* reference : references) {
    if (is_kept_whole(reference->path)) layers.push_back(impl_->layer(*reference, nullptr));
  }
  if (layers.empty()) return;
  auto task = std::make_unique<base::Beside>([layers] {
    base::for_each_index(layers.size(), base::processor_count(), [&](std::size_t i, std::size_t) {
      try {
        layers[i]->read();
      } catch (base::Error const&) {
        // Told to who asks for the layer, and reads it again.
      }
    });
  });
  std::lock_guard const lock(impl_->mutex);
  impl_->ahead.push_back(std::move(task));
}

std::vector<geo::Feature const*> GeodataCache::features(record::LayerReference const& reference,
                                                        geo::LonLatBox const& box,
                                                        base::Diagnostics& diagnostics) {
  auto const* part = is_kept_whole(reference.path) ? nullptr : &box;
  auto const layer = impl_->layer(reference, part);
  layer->read();
  std::call_once(layer->told, [&] { diagnostics.append(layer->problems); });
  std::vector<geo::Feature const*> out;
  for (std::size_t i = 0; i < layer->features.size(); ++i) {
    if (may_meet(box, layer->boxes[i])) out.push_back(&layer->features[i]);
  }
  return out;
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

constexpr std::size_t max_interpolated_cells = 400'000;

/// Layers of known heights and one class are one ground: form lines in one file, summits in
/// another. The first of them has its grid, whatever part of it a view shows.
void interpolate_heights(Inputs const& inputs, MapData& data, base::Diagnostics& diagnostics) {
  constexpr geo::LonLatBox world{-180, -90, 180, 90};
  std::set<std::string> done;
  for (auto& first : data.layers) {
    auto const& name = first.reference->layer_class;
    if (first.reference->height_attribute.empty() || !done.insert(name).second) continue;
    std::vector<geo::KnownHeight> heights;
    for (auto& layer : data.layers) {
      auto const& reference = *layer.reference;
      if (reference.layer_class != name || reference.height_attribute.empty()) continue;
      auto const features = inputs.geodata->features(reference, world, diagnostics);
      auto const own = geo::known_heights(features, reference.height_attribute, diagnostics);
      if (own.empty() && !features.empty()) {
        auto origin = reference.origin;
        origin.field = "layers." + reference.id + ".height";
        std::vector<std::string> names;
        for (auto const& [key, value] : features.front()->attributes) names.push_back(key);
        diagnostics.error(origin,
                          "no feature has the attribute \"" + reference.height_attribute + "\"",
                          base::hint_of(reference.height_attribute, names));
        return;
      }
      heights.insert(heights.end(), own.begin(), own.end());
    }
    try {
      first.heights = geo::interpolated_heights(heights, max_interpolated_cells);
    } catch (base::Error const& error) {
      auto origin = first.reference->origin;
      origin.field = "layers." + first.reference->id + ".data";
      diagnostics.error(origin, "\"" + first.reference->path + "\" " + error.message(),
                        error.hint(), error.fault());
    }
  }
}

bool is_of_map(record::LayerReference const& reference, record::MapDefinition const& map) {
  return map.layers.empty() || std::ranges::find(map.layers, reference.id) != map.layers.end();
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

void read_ahead(Inputs const& inputs, record::MapDefinition const& map, style::Style const& style) {
  style::StyleLayer const without_limits;
  std::set<std::string> drawn;
  for (auto const& layer : style.layers) {
    bool const limited =
        layer.scale_min != without_limits.scale_min || layer.scale_max != without_limits.scale_max;
    if (!limited) drawn.insert(layer.sources.begin(), layer.sources.end());
  }
  std::vector<record::LayerReference const*> sure;
  for (auto const& reference : inputs.project.layers) {
    if (reference.scale_min || reference.scale_max) continue;
    if (is_of_map(reference, map) && drawn.contains(reference.layer_class) &&
        !is_raster_file(reference.path)) {
      sure.push_back(&reference);
    }
  }
  inputs.geodata->read_ahead(sure);
}

MapData read_map_data(Inputs const& inputs, record::MapDefinition const& map,
                      style::Style const& style, MapView const& view,
                      base::Diagnostics& diagnostics) {
  MapData data;
  auto const drawn = classes_drawn(style, view.scale());
  for (auto const& reference : inputs.project.layers) {
    if (!is_of_map(reference, map)) continue;
    if (reference.scale_min && view.scale() < *reference.scale_min) continue;
    if (reference.scale_max && view.scale() >= *reference.scale_max) continue;
    if (!drawn.contains(reference.layer_class)) continue;
    MapData::Layer layer;
    layer.reference = &reference;
    bool const is_interpolated = !reference.height_attribute.empty();
    layer.is_raster = is_interpolated || is_raster_file(reference.path);
    try {
      if (is_interpolated) {
        // Made below, of all layers of its class.
      } else if (layer.is_raster) {
        layer.heights =
            geo::read_heights(reference.path, reference.path, view.box(), max_relief_cells);
      } else {
        layer.features = inputs.geodata->features(reference, view.box(), diagnostics);
      }
    } catch (base::Error const& error) {
      auto origin = reference.origin;
      origin.field = "layers." + reference.id + ".data";
      diagnostics.error(origin, "\"" + reference.path + "\" " + error.message(), error.hint(),
                        error.fault());
    }
    data.layers.push_back(std::move(layer));
  }
  interpolate_heights(inputs, data, diagnostics);
  return data;
}

}  // namespace hachure::scene
