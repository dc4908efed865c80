#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/text.hpp"
#include "geo/geometry.hpp"
#include "record/node.hpp"

namespace hachure::record {

/// Values of checked nodes; null or wrong nodes give nothing, since check_section has reported
/// them.

std::string word_of(Node const* node);
std::vector<std::string> words_of(Node const* node);
/// A string counts as text in `default_tag`.
base::LangText text_of(Node const* node, std::string const& default_tag);
std::optional<double> number_of(Node const* node);
/// A denominator; `1:20000` gives 20000.
std::optional<double> scale_of(Node const* node);
/// A length on the page that names its unit.
std::optional<base::Length> page_length_of(Node const* node);
std::optional<geo::LonLat> position_of(Node const* node);
std::optional<geo::LonLatBox> box_of(Node const* node);

/// One piece of furniture as written: in a list by name or as a map of one key, or as a key of a
/// map.
struct FurnitureEntry {
  std::string name;
  int line = 0;
  Node const* options = nullptr;  ///< null if there are none; a corner's name or a map
};
/// All of them; items that are neither are left out.
std::vector<FurnitureEntry> furniture_of(Node const* node);

}  // namespace hachure::record
