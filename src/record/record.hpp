#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "geo/geometry.hpp"
#include "record/edtf.hpp"
#include "record/kind.hpp"

namespace hachure::record {

/// One work that records rest on (an item of CSL-JSON).
struct Source {
  std::string id;
  std::string type;  ///< CSL type, e.g. "book"
  std::string title;
  std::string author;  ///< "Family, Given; Family, Given"
  std::string issued;  ///< year or date as given
  std::string container;
  base::LangText label;  ///< CSL citation-label, perhaps by language: how a map cites the work
  std::string page;
  std::string publisher;
  std::string url;
  std::string note;
  base::Origin origin;
};

/// A reference to a Source with a place in it.
struct Citation {
  std::string source;   ///< id of a Source
  std::string locator;  ///< page or the like; may be empty
  bool operator==(Citation const&) const = default;
};

/// How sure a record is; `unstated` counts as certain.
enum class Certainty { unstated, certain, probable, approximate, uncertain, conjectural, planned };

/// The word used in files, e.g. "approximate"; "" for unstated.
std::string_view to_string(Certainty certainty);
/// The certainty that a word of a file means, or nothing.
std::optional<Certainty> parse_certainty(std::string_view word);
/// All words, surest first.
std::vector<std::string> certainty_names();

/// What every record has.
struct RecordBase {
  std::string id;
  base::LangText title;
  base::LangText short_title;   ///< form for the map; empty: `title` is used
  base::LangText abbreviation;  ///< for labels that have no room for the name; may be empty
  base::LangText note;
  Certainty certainty = Certainty::unstated;
  double rank = 3;           ///< 1 most important
  double uncertainty_m = 0;  ///< 0 when unknown
  std::vector<Citation> sources;
  /// Columns of the user's own, for styles. A cell written as a JSON number or as `true` or `false`
  /// is one; everything else is text; empty cells are left out.
  std::map<std::string, geo::Attribute> extra;
  base::Origin origin;

  /// Name for a map in `tag`: the short title if that language has one, else the title.
  std::string const& map_name(std::string_view tag,
                              std::vector<std::string> const& fallbacks) const;
};

struct Side : RecordBase {
  std::string color;  ///< CSS colour; checked by the style when it is used
  std::string light;  ///< tint; derived from `color` when empty
  std::string
      cue;  ///< second cue for eyes and printers without colour: solid, line, hollow, hatched
};

struct Place : RecordBase {
  std::string kind;
  std::optional<geo::LonLat> at;  ///< of a line its middle, of an area its centroid, unless given
  geo::Geometry geometry;         ///< line or area where the table gives one, else empty
  std::string side;               ///< holder at the start; empty for none
  std::optional<Edtf> when;
};

struct Unit : RecordBase {
  std::string kind;
  std::string side;
  std::string parent;
  std::string echelon;
  base::LangText commander;
  std::optional<double> strength;
  std::optional<geo::LonLat> at;
  std::optional<double> heading_deg;  ///< clockwise from north
  std::optional<Edtf> when;           ///< while it stands there
};

struct Event : RecordBase {
  Kind const* kind = nullptr;
  std::optional<Edtf> when;
  std::string side;
  std::string against;
  std::vector<std::string> units;
  std::vector<std::string> places;
  std::vector<std::string> from;  ///< places of the guns, or where a path starts
  std::vector<std::string> via;
  std::vector<std::string> to;  ///< targets, or where a path ends
  std::optional<double> strength;
  base::LangText losses;
  std::optional<geo::LonLat> at;  ///< lon and lat: where its symbol stands when given
  geo::Geometry geometry;  ///< the file's geometry or wkt, else the point `at`; empty when only
                           ///< places are named
};

struct Movement : RecordBase {
  Kind const* kind = nullptr;
  std::optional<Edtf> when;
  std::string side;
  std::string against;
  std::string unit;                ///< the first of `units`; empty for none
  std::vector<std::string> units;  ///< all that move
  std::vector<std::string> places;
  std::vector<std::string> from;
  std::vector<std::string> via;
  std::vector<std::string> to;
  base::LangText losses;
  std::optional<double> strength;         ///< at its start
  std::vector<double> strength_at_point;  ///< one per point of `line`, or empty
  std::vector<geo::LonLat> line;          ///< at least two points once places are resolved
  bool is_of_places = false;              ///< the line joins its places; nobody has drawn it
  std::vector<std::optional<Edtf>> when_at_point;  ///< one per point of `line`, or empty
};

/// All records of a project, each table sorted as in its file, ids unique per table.
struct Records {
  std::vector<Side> sides;
  std::vector<Source> sources;
  std::vector<Place> places;
  std::vector<Unit> units;
  std::vector<Event> events;
  std::vector<Movement> movements;

  Side const* side(std::string_view id) const;
  Place const* place(std::string_view id) const;
  Unit const* unit(std::string_view id) const;
  Event const* event(std::string_view id) const;
  Movement const* movement(std::string_view id) const;
  Source const* source(std::string_view id) const;
};

}  // namespace hachure::record
