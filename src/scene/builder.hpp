#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scene/build.hpp"
#include "scene/features.hpp"
#include "scene/state.hpp"
#include "scene/view.hpp"

/// What the parts of build_scene share. Internal to this folder.
namespace hachure::scene {

struct Builder {
  Inputs const& inputs;
  record::MapDefinition const& map;
  style::Style const& style;
  MapData const& data;
  MapView const& view;
  Languages languages;
  record::Bounds interval;  ///< of the map
  std::map<std::string, PlaceState> now;
  std::map<std::string, PlaceState> before;
  base::Diagnostics& diagnostics;
  style::EvalContext context;
  Scene scene;
  std::map<std::string, std::size_t> layer_index;
  std::map<std::string, draw::Box> symbol_boxes;  ///< by place id
  std::map<std::string, int> sources_shown;       ///< by id, how many records cite it
  std::set<std::string> legend_keys;
  /// Areas of this map that a detail inset shows larger.
  std::vector<draw::Path> detail_areas;
  /// Numbers of the events of the page by id: an inset uses those of the map it is in.
  std::map<std::string, int> numbers;
  bool is_inset = false;

  Builder(Inputs const& in, record::MapDefinition const& m, style::Style const& s, MapData const& d,
          MapView const& v, base::Diagnostics& diag)
      : inputs(in), map(m), style(s), data(d), view(v), diagnostics(diag) {}

  record::Records const& records() const { return inputs.project.records; }

  /// The drawing layer a style layer paints into, made when first asked for.
  SceneLayer& layer_of(style::StyleLayer const& layer);
  void add(style::StyleLayer const& layer, draw::Node node);
  /// Whether the filter of the layer takes the feature.
  bool takes(style::StyleLayer const& layer, style::Feature const& feature);
  /// Completes a feature of a record: colours and name of its side, its age on this map.
  void add_side(style::Feature& feature, std::string const& side_id) const;
  void add_age(style::Feature& feature, std::optional<record::Edtf> const& when) const;
  draw::Color side_color(std::string const& side_id) const;
  style::SymbolColors colors_for(std::string const& side_id, style::Look const& look) const;
  /// The symbol on the page, or nothing (a missing symbol is reported once).
  std::optional<draw::Picture> picture(std::string const& symbol, style::SymbolColors const& colors,
                                       draw::Point at, double size_mm, double bearing_deg,
                                       style::StyleLayer const& layer);
  /// Box of a picture's view on the page.
  static draw::Box box_of(draw::Picture const& picture);
  /// Text properties of a look as a label request without placement; no spans when there is no
  /// text.
  LabelRequest label(style::StyleLayer const& layer, style::Look const& look,
                     std::string const& record);
  std::vector<style::TextSpan> spans(style::Look const& look, std::string const& field,
                                     std::string const& prefix);
  void add_legend(style::StyleLayer const& layer, style::Feature const& feature,
                  std::vector<draw::Node> sample);
  void cite(record::RecordBase const& record);
  /// Whether the map's `select` takes a record of a table.
  bool selected(std::string const& table, std::string const& id, style::Feature const& feature);
  /// Whether a record's time meets the map's interval.
  bool in_time(std::optional<record::Edtf> const& when) const;
  void count(style::StyleLayer const& layer, std::size_t features, std::size_t drawn);
  /// Whether the map's time spans more than one year, so that dates need theirs.
  bool years_matter() const;
  /// Whether a detail inset shows this point larger; features know it as `in-inset`.
  bool in_detail(draw::Point at) const;

 private:
  std::map<std::string, std::optional<style::Filter>> filters_;
  std::set<std::string> missing_symbols_;
};

/// Position of an event: its own point, else its first place that has one, else its target's.
std::optional<geo::LonLat> position_of(record::Event const& event, record::Records const& records);
std::optional<geo::LonLat> position_of(record::Place const& place);

// One function per family of layer types; each adds to builder.scene.
void draw_ground(Builder& builder, style::StyleLayer const& layer);
void draw_symbols(Builder& builder, style::StyleLayer const& layer);
void draw_places(Builder& builder, style::StyleLayer const& layer);
void draw_units(Builder& builder, style::StyleLayer const& layer);
void draw_events(Builder& builder, style::StyleLayer const& layer);
void draw_movements(Builder& builder, style::StyleLayer const& layer);
void draw_bombardments(Builder& builder, style::StyleLayer const& layer);
void draw_graticule(Builder& builder, style::StyleLayer const& layer);

}  // namespace hachure::scene
