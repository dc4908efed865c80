#pragma once

#include <map>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "record/project.hpp"
#include "scene/state.hpp"
#include "style/expression.hpp"

/// Records and geodata as the expressions of a style see them.
namespace hachure::scene {

/// Language of the map and what it falls back to.
struct Languages {
  std::string tag;
  std::vector<std::string> fallbacks;
};

/// Properties every record has: id, title (and `name`, the short form in the map's language),
/// `name:<tag>` and `title:<tag>` per language, note, certainty, rank, uncertainty_m, sources, and
/// the columns of the user's own.
style::Feature feature_of(record::Place const& place, PlaceState const& now,
                          PlaceState const& before, Languages const& languages);
style::Feature feature_of(record::Unit const& unit, Languages const& languages);
style::Feature feature_of(record::Event const& event, Languages const& languages);
style::Feature feature_of(record::Movement const& movement, record::Records const& records,
                          Languages const& languages);
/// `name` is `name:<tag>` or `title:<tag>` of the feature by the map's language, else its `name`.
style::Feature feature_of(geo::Feature const& feature, Languages const& languages);

/// A date as a map prints it: record::format_date_short.
std::string date_text(record::Edtf const& date, std::string const& lang, bool with_year = true);

}  // namespace hachure::scene
