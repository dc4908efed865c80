#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "geo/raster_source.hpp"
#include "geo/vector_source.hpp"
#include "record/project.hpp"
#include "scene/view.hpp"
#include "style/style.hpp"
#include "style/symbol.hpp"

namespace hachure::scene {

/// Geodata of the project read so far: a layer that several maps, insets or languages show is read
/// once. Thread-safe. Layers of large files are not kept but asked for by their view's box.
class GeodataCache {
 public:
  GeodataCache();
  ~GeodataCache();
  GeodataCache(GeodataCache const&) = delete;
  GeodataCache& operator=(GeodataCache const&) = delete;

  /// Begins to read layers beside what the caller goes on with, as far as they are kept whole.
  /// What is wrong with them is told when they are asked for.
  void read_ahead(std::vector<record::LayerReference const*> const& references);
  /// Features of a layer that may meet `box`; they live as long as the cache.
  /// @throws base::Error input as geo::read_features
  std::vector<geo::Feature const*> features(record::LayerReference const& reference,
                                            geo::LonLatBox const& box,
                                            base::Diagnostics& diagnostics);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Everything that was read before any map is looked at.
struct Inputs {
  record::Project project;
  std::vector<std::filesystem::path> style_folders;  ///< the project's own first
  std::shared_ptr<style::SymbolCatalogue> symbols;
  std::shared_ptr<GeodataCache> geodata;
};

/// Reads a project and finds its symbols. Problems go to `diagnostics`.
/// @param shipped_styles folder of the styles that come with the program
Inputs read_inputs(std::filesystem::path const& path, std::filesystem::path const& shipped_styles,
                   record::ReadOptions const& options, base::Diagnostics& diagnostics);

/// Geodata of one map: only what its view and its style need.
struct MapData {
  struct Layer {
    record::LayerReference const* reference = nullptr;
    std::vector<geo::Feature const*> features;  ///< owned by the cache of the inputs
    geo::HeightGrid heights;
    bool is_raster = false;
  };
  std::vector<Layer> layers;  ///< in the project's order
};

/// Begins to read the layers that a map shows in this style at any scale, beside what the caller
/// goes on with: read_map_data() then finds them.
void read_ahead(Inputs const& inputs, record::MapDefinition const& map, style::Style const& style);

/// Reads the layers that `style` draws on a map of this view, filtered to its box.
MapData read_map_data(Inputs const& inputs, record::MapDefinition const& map,
                      style::Style const& style, MapView const& view,
                      base::Diagnostics& diagnostics);

}  // namespace hachure::scene
