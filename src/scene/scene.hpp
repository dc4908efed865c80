#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "draw/drawing.hpp"
#include "record/project.hpp"
#include "scene/order_of_battle.hpp"
#include "scene/timeline.hpp"
#include "style/style.hpp"

/// What is on the page before any text is placed: everything projected to page millimetres,
/// clipped, styled and in paint order, with requests for the labels and furniture that the layout
/// will place.
namespace hachure::scene {

/// A layer of the drawing, as an editor of the SVG will see it.
struct SceneLayer {
  std::string id;
  std::string label;
  std::vector<draw::Node> nodes;
  /// How a node gives way to what the layout puts on the page.
  struct Yield {
    bool to_text = false;  ///< cut free round letters
    bool tint = false;     ///< its fills are flat tints that run on under letters
    double fade_mm = 0;    ///< signs thin out so near to furniture; 0: not
  };
  std::map<std::size_t, Yield> yields;  ///< by index of the node; the others stay as they are
};

/// Seconds of record::Instant during which something is on the map, both ends included.
struct Lifetime {
  std::int64_t from_s = 0;
  std::int64_t to_s = 0;

  bool overlaps(Lifetime const& other) const {
    return from_s <= other.to_s && other.from_s <= to_s;
  }
  bool operator==(Lifetime const&) const = default;
};

/// Whether two things are ever on the map together; what has no lifetime is there always.
inline bool live_together(std::optional<Lifetime> const& a, std::optional<Lifetime> const& b) {
  return !a || !b || a->overlaps(*b);
}

/// Something that labels keep clear of.
struct Obstacle {
  std::string owner;  ///< record `table.id` it belongs to; its own label treats it like any other
  draw::Path area;    ///< polygons, or open lines with `half_width_mm`
  bool is_line = false;
  double half_width_mm = 0;
  double weight = 1;  ///< >= 1 hard: nothing may stand on it; below: cost per mm2 covered
  std::optional<Lifetime> life;  ///< nothing: always; counts only for labels that live with it
};

/// `callout`: a box of text anywhere near, with a leader line.
enum class LabelPlacement { point, line, area, flag, callout };

/// What a label would rather stand on.
enum class LabelGround { any, water, land };

/// A text that wants a place on the map.
struct LabelRequest {
  std::string id;      ///< unique on the page, `[<map>/]<table>.<id>[.<n>]`
  std::string record;  ///< `table.id`
  std::string layer;   ///< style layer
  std::string name;   ///< what is named: equal names near each other are printed once; may be empty
  std::string group;  ///< drawing layer it is painted in
  std::vector<style::TextSpan> spans;
  std::vector<style::TextSpan> ruby_spans;  ///< reading set over the text; empty for none
  std::string lang;
  double line_height = 1.12;
  double max_width_mm = 0;  ///< 0: never broken
  LabelPlacement placement = LabelPlacement::point;
  draw::Point anchor;
  draw::Box symbol;  ///< own symbol's box about the anchor, page position; may be empty
  std::vector<std::string> anchors;  ///< MapLibre's names, best first
  double gap_mm = 0.4;
  std::vector<std::vector<draw::Point>> lines;  ///< for line placement, in reading direction
  double line_offset_mm = 0;
  double repeat_mm = 0;
  double spread_em = 0;  ///< letters may stand so far apart to span a line or area
  draw::Path area;       ///< what an area's name had better stay in; may be empty
  double angle_rad = 0;
  bool vertical = false;  ///< in columns; on lines only where these run down rather than across
  LabelGround ground = LabelGround::any;
  std::optional<draw::Halo> halo;
  double knockout_mm = 0;  ///< line work ends so far from the letters; 0: it runs on
  double opacity = 1;      ///< by the life of its record at the instant shown
  double sort_key = 3;     ///< lower is more important
  bool required = false;
  bool leader = false;
  // When there is no room:
  std::vector<style::TextSpan> short_spans;  ///< shorter form; empty for none
  double least_size = 1;                     ///< smallest size, in sizes of the spans
  bool may_be_number = false;                ///< a number with an entry in the key may stand for it
  int number = 0;                            ///< that number, once the layout has given one
  std::optional<Lifetime> life;       ///< nothing: always; labels that never meet may share a place
  std::optional<draw::Point> offset;  ///< set by hand: page millimetres from the anchor
  /// A flag on a staff (placement `flag`): ground of the tab and colour of the staff.
  struct Flag {
    draw::Color tab;
    draw::Color staff;
  };
  std::optional<Flag> flag;
  /// A ring with the text in it, perhaps beside a symbol: key numbers of events.
  struct Badge {
    double diameter_mm = 2.9;
    double ring_width_mm = 0.3;
    draw::Color ring;
    draw::Color fill;
    std::optional<draw::Picture> icon;  ///< anchored at its centre; set to the left of the ring
    double icon_size_mm = 0;
  };
  std::optional<Badge> badge;
  /// A box of text with a leader line (placement `callout`).
  struct Callout {
    std::optional<draw::Color> fill;
    draw::Color outline;
    double outline_width_mm = 0.1;  ///< 0: none
    double padding_mm = 1;
    draw::Color leader;
    double leader_width_mm = 0.1;
    double foot_mm = 0.6;   ///< diameter of the dot at the leader's end; 0: none
    double reach_mm = 30;   ///< farthest from the anchor to the box
    double nearest_mm = 3;  ///< least length of the leader
  };
  std::optional<Callout> callout;
};

/// One row of the legend: a sample drawn in a box of its own about (0, 0), and a text.
struct LegendEntry {
  std::string key;  ///< style layer and variant, unique
  base::LangText text;
  std::vector<draw::Node> sample;  ///< within +-4 mm of the origin horizontally
  double sort = 0;                 ///< order of reading: paint order of the layer, actions first
  double height_mm = 0;            ///< of the sample where it may be taller than a row
};

/// One row of the numbered key.
struct KeyEntry {
  int number = 0;
  std::string record;
  std::string date;  ///< as printed; empty for the name of a label that became a number
  std::string text;
  draw::Color color;
};

/// Figures of the map's geometry that furniture prints.
struct MapFacts {
  double scale = 0;        ///< denominator at the centre
  std::string projection;  ///< one line
  double north_rad = 0;    ///< direction of north on the page, clockwise from up
  geo::LonLat center;
};

/// A tick or line of the graticule, for the labels at the frame.
struct GraticuleTick {
  draw::Point at;  ///< on the frame
  int edge = 0;    ///< 0 top, 1 right, 2 bottom, 3 left
  std::string text;
};

/// The scene of one map.
struct Scene {
  std::string map;
  std::string lang;
  base::LangText title;
  base::LangText subtitle;
  std::string description;
  double page_width_mm = 0;
  double page_height_mm = 0;
  draw::Box frame;  ///< the map's neatline
  draw::Color ground;
  std::vector<SceneLayer> layers;
  std::vector<Obstacle> obstacles;
  draw::Path water;  ///< areas drawn by layers of ground `water`
  draw::Path land;   ///< areas drawn over them by layers of ground `land`
  std::vector<LabelRequest> labels;
  std::vector<LegendEntry> legend;
  std::vector<KeyEntry> key;
  std::vector<GraticuleTick> ticks;
  style::TextStyle tick_style;
  /// How far outside the frame the graticule's figures stand; 0: inside it.
  double tick_distance_mm = 0;
  /// Drawn round the frame in place of the furniture's neatline; empty: that is drawn.
  std::vector<draw::Node> border;
  MapFacts facts;
  std::vector<record::FurnitureItem> furniture;
  std::vector<record::ScaleUnit> scale_units;
  std::optional<record::Instant> moment;  ///< the instant shown: `--at`, or that of a frame
  std::optional<record::Edtf> when;       ///< the time of the map
  std::vector<record::Instant> run;       ///< instants of all frames of the run; empty for a plate
  std::optional<Timeline> timeline;       ///< if the map asks for one
  draw::Box timeline_box;                 ///< where it goes, below the frame
  std::optional<OrderOfBattle> order_of_battle;  ///< if the map asks for one
  std::vector<Happening> happenings;             ///< what the date plate's caption is taken from
  std::vector<std::string> source_lines;  ///< works cited by what is shown, credits of the geodata
  style::FurnitureLook look;

  /// An inset: a scene of its own and where it goes.
  struct Inset {
    std::shared_ptr<Scene const> scene;
    record::Placement placement;
    std::vector<draw::Point> extent;  ///< outline of the inset's frame on this map; may be empty
  };
  std::vector<Inset> insets;

  /// Counts for the report.
  struct LayerCount {
    std::string id;
    std::size_t features = 0;
    std::size_t drawn = 0;
  };
  std::vector<LayerCount> counts;
};

}  // namespace hachure::scene
