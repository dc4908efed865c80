#pragma once

#include <span>
#include <string_view>

namespace hachure::style {

/// What a style layer draws. The names of files, e.g. `type: water-lining`.
enum class LayerType {
  background,
  hillshade,
  fill,
  line,
  symbol,
  place,
  event,
  unit,
  movement,
  bombardment,
  front,
  wall,
  water_lining,
  texture,
  graticule,
  hachure,
  contour,
  hypsometric,
  vignette,
  neatline,
  callout,
};

/// A row of the table of layer types.
struct LayerTypeRow {
  LayerType type;
  std::string_view id;
  std::string_view default_source;  ///< table or class drawn when the layer names none
  std::string_view sentence;
};
std::span<LayerTypeRow const> layer_types();
LayerTypeRow const* find_layer_type(std::string_view id);

/// What kind of value a property has.
enum class PropertyType {
  color,
  length,  ///< with a unit; a bare number is px
  number,
  boolean,
  string,
  enumeration,
  numbers,    ///< array of numbers
  lengths,    ///< array of lengths
  strings,    ///< array of strings
  formatted,  ///< text, possibly of several parts
  duration,   ///< text such as "2h" or "P1D", or a number of frames
};

/// A row of the table of properties. A property is read by name through Look.
struct PropertyRow {
  std::string_view name;  ///< MapLibre's name where it has one
  std::string_view
      layers;           ///< ids of the layer types that have it, separated by spaces; "*" for all
  bool layout = false;  ///< written under `layout:` (else `paint:`); both places are accepted
  PropertyType type = PropertyType::number;
  std::string_view fallback;  ///< JSON; "" = unset
  std::string_view values;    ///< of an enumeration, separated by spaces
  std::string_view sentence;
};
std::span<PropertyRow const> properties();
/// The property `name` of layers of type `type`, or null.
PropertyRow const* find_property(std::string_view name, std::string_view layer_type_id);

}  // namespace hachure::style
