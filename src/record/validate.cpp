#include "record/validate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "record/values.hpp"

namespace hachure::record {

namespace {

using base::Diagnostics;
using base::Origin;

template <class Items, class Member>
std::vector<std::string> ids_of(Items const& items, Member member) {
  std::vector<std::string> ids;
  for (auto const& item : items) ids.push_back(std::invoke(member, item));
  return ids;
}

bool holds(std::vector<std::string> const& ids, std::string const& id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// Ids per table, and all of them for `fit`.
class RecordIds {
 public:
  explicit RecordIds(Records const& records) {
    tables_["places"] = ids_of(records.places, &Place::id);
    tables_["units"] = ids_of(records.units, &Unit::id);
    tables_["events"] = ids_of(records.events, &Event::id);
    tables_["movements"] = ids_of(records.movements, &Movement::id);
    all_ = ids_of(records.sides, &Side::id);
    for (auto const& [table, ids] : tables_) all_.insert(all_.end(), ids.begin(), ids.end());
  }
  std::vector<std::string> const& of(std::string const& table) const { return tables_.at(table); }
  std::vector<std::string> const& all() const { return all_; }

 private:
  std::map<std::string, std::vector<std::string>> tables_;
  std::vector<std::string> all_;
};

bool is_operator(std::string const& word) {
  static constexpr std::array<std::string_view, 16> words = {
      "==",  "!=",   "<",  ">",   "<=",  ">=",   "!",    "all",
      "any", "none", "in", "!in", "has", "!has", "case", "match"};
  return std::ranges::find(words, word) != words.end();
}

class MapValidator {
 public:
  MapValidator(Node const& root, MapChecks checks, Project& project, Diagnostics& diagnostics)
      : project_(project),
        checks_(checks),
        ids_(project.records),
        map_ids_(ids_of(project.maps, &MapDefinition::id)),
        layer_ids_(ids_of(project.layers, &LayerReference::id)),
        diagnostics_(diagnostics) {
    maps_ = root.find("maps");
    sequences_ = root.find("sequences");
  }

  void validate() {
    for (auto& map : project_.maps) {
      auto const* node = maps_->find(map.id);
      check_page(map, node->find("page"));
      check_view(map.view, node->find("view"), "maps." + map.id + ".view");
      check_selections(map, node->find("select"));
      check_words(map.layers, node->find("layers"), "maps." + map.id + ".layers", "a layer",
                  layer_ids_);
      check_scale_bars(map);
      check_insets(map);
    }
    for (auto const& map : project_.maps) check_circle(map);
    for (auto& sequence : project_.sequences) check_camera(sequence);
  }

 private:
  Origin origin_of(int line, std::string const& path) const {
    return {.file = project_.file.string(), .line = line, .place = {}, .field = path};
  }
  Origin at(int line, std::string const& path) const { return origin_of(line, "maps." + path); }

  void check_words(std::vector<std::string> const& words, Node const* node, std::string const& path,
                   std::string_view what, std::vector<std::string> const& known) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (holds(known, words[i])) continue;
      int const line = node->is_list() && i < node->items.size() ? node->items[i].line : node->line;
      diagnostics_.error(origin_of(line, path), quote(words[i]) + " is not " + std::string(what),
                         known.size() > 5000 ? "" : base::hint_of(words[i], known));
    }
  }

  /// As check_words, for ids of records.
  void check_ids(std::vector<std::string>& ids, Node const* node, std::string const& path,
                 std::string_view what, std::vector<std::string> const& known) {
    if (!checks_.ids_complete || ids.empty()) return;
    if (!checks_.lenient) return check_words(ids, node, path, what, known);
    std::erase_if(ids, [&](std::string const& id) {
      if (holds(known, id)) return false;
      diagnostics_.warn(origin_of(node->line, path),
                        quote(id) + " is not " + std::string(what) + "; it is left out");
      return true;
    });
  }

  void check_page(MapDefinition const& map, Node const* page) {
    if (page == nullptr || !page->is_map()) return;
    bool const sized = page->find("size") != nullptr;
    bool const wide = page->find("width") != nullptr;
    bool const high = page->find("height") != nullptr;
    auto const origin = at(page->key_line, map.id + ".page");
    if (sized && (wide || high)) {
      diagnostics_.error(origin, "gives size beside width or height", "keep one of the two");
    } else if (!sized && wide != high) {
      diagnostics_.error(origin, wide ? "has no \"height\"" : "has no \"width\"");
    }
    if (!sized && page->find("orientation") != nullptr) {
      diagnostics_.error(origin, "gives an orientation without size");
    }
  }

  /// @param path of the view in the file
  void check_view(View& result, Node const* view, std::string const& path) {
    if (view == nullptr || !view->is_map()) return;
    // What a misspelt key was to say is not known, so nothing is said to be missing.
    static constexpr std::array<std::string_view, 6> keys = {"center", "scale",  "bbox",
                                                             "fit",    "margin", "at"};
    bool const misspelt = std::ranges::any_of(view->items, [](Node const& item) {
      return std::ranges::find(keys, item.key) == keys.end();
    });
    if (misspelt) return;
    bool const center = view->find("center") != nullptr;
    bool const scale = view->find("scale") != nullptr;
    int const ways = (center || scale ? 1 : 0) + (view->find("bbox") != nullptr ? 1 : 0) +
                     (view->find("fit") != nullptr ? 1 : 0);
    auto const origin = origin_of(view->key_line > 0 ? view->key_line : view->line, path);
    if (ways == 0) {
      diagnostics_.error(origin, "shows nothing", "give center and scale, bbox, or fit");
    } else if (ways > 1) {
      diagnostics_.error(origin, "is given in several ways",
                         "keep one of: center and scale, bbox, fit");
    } else if (center != scale) {
      diagnostics_.error(origin, center ? "has no \"scale\"" : "has no \"center\"");
    }
    if (auto const* fit = view->find("fit")) {
      if (result.fit.empty()) {
        diagnostics_.error(origin_of(fit->line, path + ".fit"), "names nothing",
                           "name places, events, movements, units or sides");
      }
      check_ids(result.fit, fit, path + ".fit", "the id of a record or side", ids_.all());
    }
  }

  void check_camera(SequenceDefinition& sequence) {
    auto& stops = sequence.camera;
    if (stops.empty()) return;
    auto const& items = sequences_->find(sequence.id)->find("camera")->items;
    for (std::size_t i = 0; i < stops.size(); ++i) {
      check_view(stops[i].view, &items[i], stops[i].origin.field);
      if (stops[i].from.is_finite() && stops[i].until.is_finite()) continue;
      diagnostics_.error(stops[i].origin, "the time of a view has no beginning or no end",
                         "write a date, or an interval with both ends");
    }
    std::ranges::stable_sort(stops, {}, &CameraStop::from);
    for (std::size_t i = 1; i < stops.size(); ++i) {
      if (stops[i - 1].until < stops[i].from) continue;
      diagnostics_.error(stops[i].origin,
                         "this view begins before the one of line " +
                             std::to_string(stops[i - 1].origin.line) + " is over",
                         "give every view a time of its own");
    }
  }

  void check_selections(MapDefinition& map, Node const* select) {
    if (select == nullptr || !select->is_map()) return;
    static constexpr std::array<std::string_view, 4> tables = {"places", "units", "events",
                                                               "movements"};
    std::erase_if(map.select, [](auto const& entry) {
      return std::ranges::find(tables, entry.first) == tables.end();
    });
    for (auto& [table, selection] : map.select) {
      auto const* node = select->find(table);
      auto const& known = ids_.of(table);
      auto const path = "maps." + map.id + ".select." + table;
      auto const what = "the id of a record in " + table;
      if (node->is_list()) decide(*node, known, selection);
      auto const* listed = node->is_map() ? node->find("ids") : node;
      // An empty list takes nothing; no list takes everything.
      if (listed != nullptr && selection.ids.empty() && selection.filter.empty()) {
        selection.filter = "[\"any\"]";
      }
      auto const* ids = node->is_map() ? node->find("ids") : node;
      check_ids(selection.ids, ids, path, what, known);
      auto const* except = node->find("except");
      check_ids(selection.except, except, path + ".except", what, known);
    }
  }

  /// Whether a list is one of ids or a filter.
  static void decide(Node const& node, std::vector<std::string> const& known,
                     MapDefinition::Selection& selection) {
    bool const nested =
        std::ranges::any_of(node.items, [](Node const& item) { return !item.is_scalar(); });
    auto const first = node.items.empty() ? std::string() : word_of(&node.items.front());
    bool const is_filter = nested || (!holds(known, first) && is_operator(first));
    if (is_filter) {
      selection.ids.clear();
    } else {
      selection.filter.clear();
    }
  }

  void check_scale_bars(MapDefinition const& map) {
    auto known = std::vector<std::string>{"km", "mi", "nmi", "yd", "m"};
    for (auto const& unit : project_.scale_units) known.push_back(unit.id);
    for (auto const& item : map.furniture) {
      auto const units = item.options.find("units");
      if (units == item.options.end()) continue;
      if (item.kind == "order-of-battle") {
        check_order_of_battle(item, units->second);
        continue;
      }
      for (auto const& unit : base::split_list(units->second, ',')) {
        if (holds(known, unit)) continue;
        diagnostics_.error(item.origin, quote(unit) + " is not a unit of scale bars",
                           base::hint_of(unit, known));
      }
    }
  }

  void check_order_of_battle(FurnitureItem const& item, std::string const& units) {
    if (!checks_.ids_complete) return;
    for (auto const& unit : base::split_list(units, ',')) {
      if (holds(ids_.of("units"), unit)) continue;
      diagnostics_.error(item.origin, quote(unit) + " is not the id of a unit",
                         base::hint_of(unit, ids_.of("units")));
    }
  }

  void check_insets(MapDefinition const& map) {
    for (auto const& inset : map.insets) {
      if (inset.map.empty() || holds(map_ids_, inset.map)) continue;
      auto origin = inset.origin;
      origin.field += ".map";
      diagnostics_.error(std::move(origin), quote(inset.map) + " is not a map",
                         base::hint_of(inset.map, map_ids_));
    }
  }

  /// Reports a map that comes to lie within itself; a longer chain than the limit is reported too.
  void check_circle(MapDefinition const& map) {
    std::vector<std::string> chain{map.id};
    std::function<bool(MapDefinition const&)> const visit = [&](MapDefinition const& outer) {
      for (auto const& inset : outer.insets) {
        auto const* inner = project_.map(inset.map);
        if (inner == nullptr) continue;
        if (inner->id == map.id) return report_circle(map, chain);
        if (holds(chain, inner->id)) continue;  // a circle further in is that map's own report
        chain.push_back(inner->id);
        if (chain.size() > static_cast<std::size_t>(base::limits::max_inset_depth) + 1) {
          return report_depth(map, chain);
        }
        if (visit(*inner)) return true;
        chain.pop_back();
      }
      return false;
    };
    visit(map);
  }

  bool report_circle(MapDefinition const& map, std::vector<std::string> const& chain) {
    std::string way;
    for (auto const& id : chain) way += id + " > ";
    diagnostics_.error(at(map.origin.line, map.id + ".insets"),
                       "the map is an inset of itself: " + way + map.id);
    return true;
  }

  bool report_depth(MapDefinition const& map, std::vector<std::string> const& chain) {
    std::string way;
    for (auto const& id : chain) way += (way.empty() ? "" : " > ") + id;
    diagnostics_.error(at(map.origin.line, map.id + ".insets"),
                       "insets lie deeper than the limit of " +
                           std::to_string(base::limits::max_inset_depth) + ": " + way);
    return true;
  }

  Project& project_;
  MapChecks checks_;
  RecordIds ids_;
  std::vector<std::string> map_ids_;
  std::vector<std::string> layer_ids_;
  Diagnostics& diagnostics_;
  Node const* maps_ = nullptr;
  Node const* sequences_ = nullptr;
};

void validate_sequences(Project const& project, Diagnostics& diagnostics) {
  auto const known = ids_of(project.maps, &MapDefinition::id);
  for (auto const& sequence : project.sequences) {
    if (sequence.map.empty() || holds(known, sequence.map)) continue;
    auto origin = sequence.origin;
    origin.field += ".map";
    diagnostics.error(std::move(origin), quote(sequence.map) + " is not a map",
                      base::hint_of(sequence.map, known));
  }
}

}  // namespace

void validate_units(KnownIds const& known, bool lenient, Records& records,
                    Diagnostics& diagnostics) {
  std::map<std::string, std::string> parents;
  for (auto const& unit : records.units) parents[unit.id] = unit.parent;
  auto const report = [&](Unit& unit, std::string message, std::string hint) {
    auto origin = unit.origin;
    origin.field = "parent";
    if (lenient) {
      diagnostics.warn(std::move(origin), std::move(message), std::move(hint));
    } else {
      diagnostics.error(std::move(origin), std::move(message), std::move(hint));
    }
    unit.parent.clear();
  };
  for (auto& unit : records.units) {
    if (unit.parent.empty()) continue;
    if (!known.contains(unit.parent)) {
      auto const error = known.unknown(unit.parent, {});
      report(unit, error.message(), error.hint());
      continue;
    }
    std::set<std::string> seen;
    auto above = unit.parent;
    while (!above.empty() && above != unit.id && seen.insert(above).second) {
      auto const it = parents.find(above);
      above = it == parents.end() ? std::string() : it->second;
    }
    if (above == unit.id) report(unit, "the unit stands above itself", {});
  }
}

void validate_positions(Records const& records, Diagnostics& diagnostics) {
  std::vector<double> lon_deg;
  std::vector<double> lat_deg;
  for (auto const& place : records.places) {
    if (!place.at) continue;
    lon_deg.push_back(place.at->lon_deg);
    lat_deg.push_back(place.at->lat_deg);
  }
  if (lon_deg.size() < 4) return;
  auto const at_share = [](std::vector<double> values, double share) {
    auto const middle = values.begin() +
                        static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, middle);
    return *middle;
  };
  geo::LonLat const centre{at_share(lon_deg, 0.5), at_share(lat_deg, 0.5)};
  auto const distance_deg = [&](double lon, double lat) {
    double const across = std::abs(lon - centre.lon_deg);
    return std::hypot(std::min(across, 360 - across), lat - centre.lat_deg);
  };
  std::vector<double> distances;
  for (std::size_t i = 0; i < lon_deg.size(); ++i) {
    distances.push_back(distance_deg(lon_deg[i], lat_deg[i]));
  }
  double const usual_deg = std::max(1.0, at_share(distances, 0.75));
  for (auto const& place : records.places) {
    if (!place.at || distance_deg(place.at->lon_deg, place.at->lat_deg) < 4 * usual_deg) continue;
    if (distance_deg(place.at->lat_deg, place.at->lon_deg) > 2 * usual_deg) continue;
    auto const lon = base::to_exact_text(place.at->lon_deg);
    auto const lat = base::to_exact_text(place.at->lat_deg);
    auto origin = place.origin;
    origin.field = "lon";
    diagnostics.warn(std::move(origin),
                     lon + ", " + lat + " lies far from the other places: swapped?",
                     "write lon " + lat + ", lat " + lon);
  }
}

void validate_maps(Node const& root, MapChecks checks, Project& project, Diagnostics& diagnostics) {
  if (!project.maps.empty()) MapValidator(root, checks, project, diagnostics).validate();
  validate_sequences(project, diagnostics);
}

}  // namespace hachure::record
