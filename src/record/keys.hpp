#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// What a value of the project file may be. The reader checks by it, the schema is printed from it.
enum class ValueType {
  version,       ///< 1
  text,          ///< a string, or a map of language tags to strings
  word,          ///< a string of one meaning: an id, a name, a projection
  words,         ///< a list of words, or one
  word_map,      ///< a map of words to words
  words_map,     ///< a map of words to a word or a list of words
  path,          ///< a file or folder relative to the project, or an OGR connection string
  languages,     ///< a list of BCP-47 tags
  positive,      ///< a number above 0
  scale,         ///< a denominator, also written 1:20000
  count,         ///< a whole number above 0
  angle,         ///< degrees, -360 to 360
  page_length,   ///< above 0, on the page
  margin,        ///< 0 or more, on the page
  offset,        ///< on the page, of any sign
  date,          ///< EDTF
  position,      ///< [longitude, latitude]
  box,           ///< [west, south, east, north]
  page_size,     ///< a name of page_sizes()
  orientation,   ///< portrait or landscape
  cue,           ///< a name of side_cues()
  corner,        ///< a name of corners()
  kinds,         ///< a list of ids of kinds(), or one
  calendars,     ///< a list of names of other_calendars(), or one
  section,       ///< a map with the keys of a section
  sections,      ///< a map of ids to such maps
  section_list,  ///< a list of such maps
  table,         ///< a path, or a map with the keys of a section
  sources,       ///< a path, a list of CSL-JSON items, or a map of ids to them
  furniture,     ///< a list of names, or a map of names to placements
  selection,     ///< a list of ids, a filter of the style language, or ids, except and filter
  records,       ///< a list of records, or a map of ids to them
  filter,        ///< an expression of the style language
  anything,
};

struct Section;

/// A key of the project file.
struct Key {
  std::string_view name;
  ValueType type;
  std::string_view about;            ///< one line for editors
  Section const* section = nullptr;  ///< of types that hold maps
  bool required = false;
};

/// The keys of one sort of map. `place` is where it stands, for the reference: `maps.<id>.page`.
struct Section {
  std::string_view place;
  std::span<Key const> keys;
};

/// The whole project file.
Section const& project_section();
/// Placement and options of a piece of furniture.
Section const& furniture_section();
/// `ids`, `except` and `filter` of a selection.
Section const& selection_section();

/// Names of furniture, in the order of the reference.
std::span<std::string_view const> furniture_kinds();
/// Second cues of sides, for eyes and printers without colour.
std::span<std::string_view const> side_cues();
/// Calendars that dates may be given in beside the Gregorian one.
std::span<std::string_view const> other_calendars();
/// Corners and edges where furniture and insets may stand.
std::span<std::string_view const> corners();

struct PageSize {
  std::string_view name;
  double width_mm;  ///< upright
  double height_mm;
};
std::span<PageSize const> page_sizes();

/// Checks `node` and all below it against `section`: keys, types, ranges. Each problem goes to
/// `diagnostics` with its line and key path.
void check_section(Node const& node, Section const& section, std::string const& file,
                   std::string const& key_path, base::Diagnostics& diagnostics);

}  // namespace hachure::record
