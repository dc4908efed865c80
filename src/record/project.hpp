#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/length.hpp"
#include "base/text.hpp"
#include "record/record.hpp"

namespace hachure::record {

/// Where a table or layer comes from: `data`, and how its columns are named.
struct DataReference {
  /// Absolute, or relative to the working directory; or an OGR connection string.
  std::string path;
  std::string layer;                           ///< layer or sheet; empty for the first
  std::map<std::string, std::string> columns;  ///< our field -> column of the file
  /// `points:` mapping of a movement table.
  std::map<std::string, std::vector<std::string>> points;
  base::Origin origin;
};

/// One entry of `layers:`. Styles address it by class.
struct LayerReference : DataReference {
  std::string id;
  std::string layer_class;          ///< `class:`; the id if absent
  std::optional<double> scale_min;  ///< used only on maps of denominator >= this
  std::optional<double> scale_max;  ///< ... and < this
  base::LangText attribution;       ///< credit printed in the sources line; may be empty
  /// Attribute with the height in metres of form lines and points, from which a grid of heights is
  /// interpolated; empty for a layer that is drawn as it is.
  std::string height_attribute;
};

/// Where a piece of furniture or an inset stands.
struct Placement {
  std::string at;  ///< corner or edge: top-left, top, top-right, left, right, bottom-left, ... ;
                   ///< empty = found by the program
  std::optional<base::Length> width;
  std::optional<base::Length> height;
  std::optional<base::Length> x;  ///< offset from the left of the map frame when given
  std::optional<base::Length> y;  ///< offset from its top
  std::optional<int> columns;     ///< of a key or legend
};

/// A piece of furniture of a map.
struct FurnitureItem {
  /// title, legend, scale-bar, north-arrow, graticule, timeline, date, event-key or sources.
  std::string kind;
  Placement placement;
  std::map<std::string, std::string> options;  ///< e.g. units: "km,mi,li"
  /// One lane of a timeline.
  struct Lane {
    base::LangText title;
    std::vector<std::string> kinds;  ///< of the events in it
  };
  std::vector<Lane> lanes;  ///< of a timeline; empty: by the families of the kinds
  base::Origin origin;
};

struct InsetReference {
  std::string map;
  Placement placement;
  base::Origin origin;
};

/// View of a map: exactly one of centre + scale, box, or a list of records to fit.
struct View {
  std::optional<geo::LonLat> center;
  std::optional<double> scale;  ///< denominator
  std::optional<geo::LonLatBox> box;
  std::vector<std::string> fit;  ///< ids of places, events, movements, units or sides
  base::Length margin = base::Length::mm(8);
  double rotation_deg = 0;  ///< the page's up is this many degrees clockwise from north
};

/// One map of the project.
struct MapDefinition {
  std::string id;
  base::LangText title;
  base::LangText subtitle;
  base::LangText description;  ///< alt text; derived when empty
  double page_width_mm = 174;
  double page_height_mm = 220;
  View view;
  std::string projection = "auto";
  std::optional<Edtf> when;
  std::string style = "modern";
  std::vector<FurnitureItem> furniture;
  std::vector<InsetReference> insets;
  /// Which records appear, per table ("places", "events", "movements", "units"): ids, or a filter
  /// in the style language as JSON text. An empty list in the file is the filter `["any"]`,
  /// which takes nothing.
  struct Selection {
    std::vector<std::string> ids;
    std::vector<std::string> except;
    std::string filter;
  };
  std::map<std::string, Selection> select;
  std::vector<std::string> layers;  ///< ids of the layers used; empty = all
  /// Reserved for styles: language -> second language.
  std::map<std::string, std::vector<std::string>> bilingual;
  base::Origin origin;
};

/// A unit of length for scale bars.
struct ScaleUnit {
  std::string id;
  base::LangText name;
  double metres = 1000;
};

/// A view that the picture of a sequence has at a time.
struct CameraStop {
  Instant from;   ///< the view is this one from then on
  Instant until;  ///< to then; the picture moves to the next view after it
  View view;
  base::Origin origin;
};

/// A sequence of frames.
struct SequenceDefinition {
  std::string id;
  std::string map;
  std::string from;
  std::string to;
  std::string step;
  std::string size;
  std::string style;
  std::vector<CameraStop> camera;  ///< by time; empty: the map's own view throughout
  base::Origin origin;
};

/// A whole project as read: every reference between records resolved, every value in range.
struct Project {
  std::filesystem::path file;    ///< campaign.yaml
  std::filesystem::path folder;  ///< its folder: paths in it are relative to this
  base::LangText title;
  base::LangText author;
  base::LangText rights;
  std::vector<std::string> languages;  ///< the first is the default
  std::vector<ScaleUnit> scale_units;  ///< beside km, mi, nmi, yd, m which are built in
  Records records;
  std::vector<LayerReference> layers;
  std::vector<MapDefinition> maps;
  std::vector<SequenceDefinition> sequences;
  std::vector<std::string> files_read;  ///< for --deps and watch, in order of reading
  std::vector<std::string> styles_folders;

  MapDefinition const* map(std::string_view id) const;
};

/// How strict to be: with `lenient` a wrong record is left out with a warning that names it.
struct ReadOptions {
  bool lenient = false;
};

/// Reads the project in `path` (folder with campaign.yaml, or that file) and all its records.
/// Every problem goes to `diagnostics`; the caller decides what to do with the errors.
/// Geodata layers are referenced, not read.
Project read_project(std::filesystem::path const& path, ReadOptions const& options,
                     base::Diagnostics& diagnostics);

}  // namespace hachure::record
