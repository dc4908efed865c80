#pragma once

#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scene/build.hpp"
#include "scene/features.hpp"
#include "scene/life.hpp"
#include "scene/memo.hpp"
#include "scene/movement.hpp"
#include "scene/state.hpp"
#include "scene/timeline.hpp"
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
  record::Bounds interval;  ///< of what the map shows
  record::Bounds span;      ///< of what ages are told by: the interval, or the run of a sequence
  /// The instant shown, where one is asked for: movements are cut at their progress.
  std::optional<record::Instant> moment;
  std::optional<BuildOptions::Run> run;
  std::map<std::string, UnitState> units_now;  ///< at the moment; empty without one
  /// Paths of movements on the page by `<layer>/<id>`, as the whole run has them: what runs side by
  /// side does so in every frame. Filled by the whole of a run.
  std::map<std::string, Axis> routes;
  std::map<std::string, Axis> const* planned_routes = nullptr;  ///< those of the whole, in a frame
  /// Drawings of other frames; null for a page that stands alone.
  Memo* memo = nullptr;
  /// Pieces drawn with a memo, in order.
  std::vector<Drawn const*> pieces;
  record::Bounds whole;  ///< the interval before `--at` shortens it: the time of the timeline
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
  bool has_all_numbers = false;  ///< events without a number stay so
  bool is_inset = false;

  Builder(Inputs const& in, record::MapDefinition const& m, style::Style const& s, MapData const& d,
          MapView const& v, base::Diagnostics& diag)
      : inputs(in), map(m), style(s), data(d), view(v), diagnostics(diag) {}

  record::Records const& records() const { return inputs.project.records; }
  std::map<std::string, Axis> const& all_routes() const {
    return planned_routes != nullptr ? *planned_routes : routes;
  }

  /// The drawing layer a style layer paints into, made when first asked for.
  SceneLayer& layer_of(style::StyleLayer const& layer);
  void add(style::StyleLayer const& layer, draw::Node node);
  /// Whether the filter of the layer takes the feature.
  bool takes(style::StyleLayer const& layer, style::Feature const& feature);
  /// Completes a feature of a record: colours and name of its side, its age on this map.
  void add_side(style::Feature& feature, std::string const& side_id) const;
  void add_age(style::Feature& feature, std::optional<record::Edtf> const& when) const;
  /// Where a record stands in its time at the moment (at its end where none is asked for); tells
  /// the feature (`phase`, `presence`) and the context.
  Life add_life(style::Feature& feature, std::optional<record::Edtf> const& when);
  /// Opacity of a record by its life cycle and by how possible it is; 1 where no moment is shown.
  double life_opacity(style::StyleLayer const& layer, style::Look const& look, Life const& life);
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
  /// Draws one record: with a memo, what it kept is used while it holds, and what is new is kept.
  /// @param state what the drawing hangs on beside the record, the style and its life
  /// @param draw adds nodes, labels and obstacles, and calls life_opacity if its life matters
  void draw_kept(style::StyleLayer const& layer, std::string const& record,
                 std::string const& state, std::function<void()> const& draw);
  /// Said by `draw`: it looks otherwise at every instant.
  void never_steady() { steady_ = {}; }
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
  /// A property of the feature that is being drawn, or null.
  style::Value const* property(char const* name) const;
  /// What the label may be where it has no room.
  void set_short_form(LabelRequest& request, style::Look const& look);
  /// `must`, `may` or `never` as the record's own column says.
  void set_class(LabelRequest& request);

  std::map<std::string, std::optional<style::Filter>> filters_;
  std::set<std::string> missing_symbols_;
  std::set<std::string> refused_classes_;  ///< records whose label_class is none
  static constexpr double ever_s = std::numeric_limits<double>::infinity();
  Steadiness steady_{-ever_s, ever_s};  ///< of what is being drawn
  /// A length of time of the style in seconds: a duration, or a number of steps of the run.
  double duration_s(style::StyleLayer const& layer, style::Look const& look,
                    std::string const& property);
  /// Narrow the time over which what is being drawn holds: to this phase of its life, and to this
  /// stretch of its life cycle.
  void narrow_steadiness(double from_s, double to_s);
  void note_phase(Life const& life);
  void note_cycle(Life const& life, LifeCycle const& cycle);
};

/// Position of an event: its own point, else its first place that has one, else its target's.
std::optional<geo::LonLat> position_of(record::Event const& event, record::Records const& records);
std::optional<geo::LonLat> position_of(record::Place const& place);

/// What a map rests on before anything is drawn.
struct MapBasis {
  style::Style style;
  MapView view;
  MapData data;
  std::optional<Timeline> timeline;  ///< where the map has a strip of time
  draw::Box strip;                   ///< where it stands
  std::vector<Happening> happenings;
};
/// A map drawn in another style than its own: panels and insets that were given a place and a size
/// for the frame of its own style keep their share of the frame that the other style's margins
/// leave.
record::MapDefinition fitted_to(Inputs const& inputs, record::MapDefinition const& map,
                                BuildOptions const& options);

/// Reads the style, makes the view and reads the geodata of a map.
MapBasis prepare_map(Inputs const& inputs, record::MapDefinition const& map,
                     BuildOptions const& options, bool is_inset, base::Diagnostics& diagnostics);
/// The same for another view of a map that is prepared already (`own` may be null: it is not),
/// whose strip of time this one has.
MapBasis prepare_map(Inputs const& inputs, record::MapDefinition const& map,
                     BuildOptions const& options, MapBasis const* own,
                     base::Diagnostics& diagnostics);
/// The view of a map in its frame: on as much ground as the run asks for.
MapView view_of(Inputs const& inputs, record::MapDefinition const& map, BuildOptions const& options,
                draw::Box const& frame);
/// Inputs with their records in an order that does not hang on the order of rows.
Inputs ordered(Inputs const& inputs);
/// Sets a builder to its interval, moment and states, and its scene to the page.
void start_map(Builder& builder, BuildOptions const& options);
/// The layers of the builder's style that are drawn at its scale, in paint order.
std::vector<style::StyleLayer const*> drawn_layers(Builder const& builder);
/// Whether the layer draws records, which come and go with time.
bool draws_records(style::StyleLayer const& layer);
void draw_layer(Builder& builder, style::StyleLayer const& layer);
/// Whether a layer of the type `front` has anything that comes or goes with time.
bool has_dated_fronts(Builder const& builder, style::StyleLayer const& layer);
/// Sources, time and description, once all layers are drawn.
void finish_map(Builder& builder, MapBasis const& basis);
/// When an event comes in a list: its start; one of a day without an hour stands at noon among the
/// hours of that day.
record::Instant time_in_order(record::Edtf const& when);

/// The box of the symbol by which the layer shows a place standing at `at`; nothing where it shows
/// none. Needs no drawing of the places before.
std::optional<draw::Box> place_symbol_box(Builder& builder, style::StyleLayer const& layer,
                                          record::Place const& place, draw::Point at);

/// Height grids of the layer's sources.
std::vector<geo::HeightGrid> grids_of(Builder const& builder, style::StyleLayer const& layer);

// One function per family of layer types; each adds to builder.scene.
void draw_ground(Builder& builder, style::StyleLayer const& layer);
void draw_symbols(Builder& builder, style::StyleLayer const& layer);
void draw_places(Builder& builder, style::StyleLayer const& layer);
void draw_units(Builder& builder, style::StyleLayer const& layer);
void draw_events(Builder& builder, style::StyleLayer const& layer);
void draw_callouts(Builder& builder, style::StyleLayer const& layer);
void draw_movements(Builder& builder, style::StyleLayer const& layer);
void draw_bombardments(Builder& builder, style::StyleLayer const& layer);
void draw_fronts(Builder& builder, style::StyleLayer const& layer);
void draw_graticule(Builder& builder, style::StyleLayer const& layer);
void draw_relief_lines(Builder& builder, style::StyleLayer const& layer);
void draw_neatline(Builder& builder, style::StyleLayer const& layer);

}  // namespace hachure::scene
