#include "scene/order_of_battle.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "base/number.hpp"
#include "scene/builder.hpp"
#include "scene/side_color.hpp"
#include "scene/strength.hpp"

namespace hachure::scene {

namespace {

using Row = OrderOfBattle::Row;

/// What units lost in events and movements by an instant: sums of numbers, else the last words.
struct Losses {
  double men = 0;
  bool are_known = false;
  std::string words;
};

std::map<std::string, Losses> losses_by(Builder const& builder, record::Instant instant) {
  std::map<std::string, Losses> losses;
  auto const& languages = builder.languages;
  auto const add = [&](auto const& record) {
    // What several units lost together says nothing of one of them.
    if (record.losses.empty() || record.units.size() != 1) return;
    if (record.when && record::outer(*record.when).latest > instant) return;
    auto& own = losses[record.units.front()];
    auto const& text = record.losses.in(languages.tag, languages.fallbacks);
    if (auto const men = base::parse_number(text)) {
      own.men += *men;
      own.are_known = true;
    } else {
      own.words = text;
    }
  };
  for (auto const& event : builder.records().events) add(event);
  for (auto const& movement : builder.records().movements) add(movement);
  return losses;
}

/// The tree of units of a map.
class Tree {
 public:
  explicit Tree(Builder& builder)
      : builder_(builder), instant_(instant_of(builder)), losses_(losses_by(builder, instant_)) {
    take_units();
  }

  record::Instant instant() const { return instant_; }

  OrderOfBattle::Side side(record::Side const& side) {
    OrderOfBattle::Side out;
    out.id = side.id;
    out.name = side.map_name(builder_.languages.tag, builder_.languages.fallbacks);
    out.color = furniture_side_color(builder_, side.id);
    out.cue = side.cue;
    double sum = 0;
    bool whole = true;
    for (auto const* unit : tops(side.id)) {
      add_rows(*unit, 0, out.rows);
      auto const strength = strength_of(*unit);
      whole = whole && strength.has_value();
      sum += strength.value_or(0);
    }
    if (whole && !out.rows.empty()) out.strength = sum;
    return out;
  }

 private:
  static record::Instant instant_of(Builder const& builder) {
    return builder.moment ? *builder.moment : builder.interval.latest;
  }

  /// Units that the map's furniture names, with all below them; else those that the map selects,
  /// and all above these.
  void take_units() {
    auto const& records = builder_.records();
    auto const& furniture = builder_.map.furniture;
    auto const item = std::ranges::find(furniture, "order-of-battle", &record::FurnitureItem::kind);
    std::vector<std::string> roots;
    if (item != furniture.end()) {
      if (auto const it = item->options.find("units"); it != item->options.end()) {
        roots = base::split_list(it->second, ',');
      }
    }
    for (auto const& unit : records.units) {
      if (!builder_.in_time(unit.when)) continue;
      bool const taken =
          roots.empty() ? builder_.selected("units", unit.id, feature_of(unit, builder_.languages))
                        : leads_to(unit, roots);
      if (!taken) continue;
      taken_.insert(unit.id);
      if (!roots.empty()) continue;
      for (auto const* above = records.unit(unit.parent); above != nullptr;
           above = records.unit(above->parent)) {
        if (!taken_.insert(above->id).second) break;
      }
    }
  }

  bool leads_to(record::Unit const& unit, std::vector<std::string> const& roots) const {
    for (auto const* at = &unit; at != nullptr; at = builder_.records().unit(at->parent)) {
      if (std::ranges::find(roots, at->id) != roots.end()) return true;
    }
    return false;
  }

  /// In the order of rank, then of the table.
  std::vector<record::Unit const*> ordered(
      std::function<bool(record::Unit const&)> const& is) const {
    std::vector<record::Unit const*> out;
    for (auto const& unit : builder_.records().units) {
      if (taken_.contains(unit.id) && is(unit)) out.push_back(&unit);
    }
    std::ranges::stable_sort(out, [](auto const* a, auto const* b) {
      return std::pair{a->rank, a->origin.line} < std::pair{b->rank, b->origin.line};
    });
    return out;
  }

  std::vector<record::Unit const*> tops(std::string const& side) const {
    return ordered([&](record::Unit const& unit) {
      auto const* above = builder_.records().unit(unit.parent);
      bool const is_under_own =
          above != nullptr && above->side == unit.side && taken_.contains(above->id);
      return unit.side == side && !is_under_own;
    });
  }

  std::vector<record::Unit const*> below(record::Unit const& unit) const {
    return ordered([&](record::Unit const& other) {
      return other.parent == unit.id && other.side == unit.side;
    });
  }

  /// As stated, else the sum of those below where all of them are known.
  std::optional<double> strength_of(record::Unit const& unit) const {
    if (auto const own = stated_strength(builder_.records(), unit, instant_)) return own;
    double sum = 0;
    bool any = false;
    for (auto const* part : below(unit)) {
      auto const strength = strength_of(*part);
      if (!strength) return {};
      sum += *strength;
      any = true;
    }
    return any ? std::optional(sum) : std::nullopt;
  }

  Losses losses_of(record::Unit const& unit) const {
    Losses sum;
    if (auto const it = losses_.find(unit.id); it != losses_.end()) sum = it->second;
    for (auto const* part : below(unit)) {
      auto const own = losses_of(*part);
      sum.men += own.men;
      sum.are_known = sum.are_known || own.are_known;
    }
    return sum;
  }

  void add_rows(record::Unit const& unit, int depth, std::vector<Row>& rows) const {
    auto const& languages = builder_.languages;
    Row row;
    row.unit = unit.id;
    row.depth = depth;
    row.name = unit.map_name(languages.tag, languages.fallbacks);
    if (row.name.empty()) row.name = unit.id;
    row.kind = unit.kind;
    row.echelon = unit.echelon;
    row.commander = unit.commander.in(languages.tag, languages.fallbacks);
    row.strength = strength_of(unit);
    auto const losses = losses_of(unit);
    if (losses.are_known) row.losses = losses.men;
    row.losses_text = losses.words;
    rows.push_back(std::move(row));
    for (auto const* part : below(unit)) add_rows(*part, depth + 1, rows);
  }

  Builder& builder_;
  record::Instant instant_;
  std::map<std::string, Losses> losses_;
  std::set<std::string> taken_;
};

}  // namespace

OrderOfBattle order_of_battle(Builder& builder) {
  OrderOfBattle out;
  Tree tree(builder);
  for (auto const& side : builder.records().sides) {
    auto own = tree.side(side);
    if (!own.rows.empty()) out.sides.push_back(std::move(own));
  }
  if (tree.instant().is_finite()) {
    auto const civil = record::to_civil(tree.instant());
    auto const day = record::Instant::from_civil(civil.year, civil.month, civil.day);
    out.date = date_text(record::parse_edtf(record::to_text(day, false)), builder.languages.tag);
  }
  // Signs that the catalogue has; a unit of another kind has a plain bar.
  auto const ids = builder.inputs.symbols->ids();
  auto const has = [&](std::string const& id) { return std::ranges::find(ids, id) != ids.end(); };
  style::StyleLayer const layer;
  for (auto& side : out.sides) {
    style::SymbolColors colors;
    colors.side = side.color;
    colors.side_light = draw::mixed(side.color, builder.scene.ground, 0.3);
    colors.second = colors.ink = builder.style.furniture.ink;
    colors.paper = builder.style.furniture.panel;
    // In one ink the second cue tells the sides apart.
    bool const is_alike = std::ranges::any_of(out.sides, [&](OrderOfBattle::Side const& other) {
      return &other != &side && other.color == side.color;
    });
    if (is_alike) colors.side_cue = style::symbol_cue(side.cue);
    auto const sign = [&](std::string const& id, double size_mm) -> std::optional<draw::Picture> {
      if (!has(id)) return {};
      auto picture = builder.picture(id, colors, {0, 0}, size_mm, 90, layer);
      if (picture) picture->anchor_in_view = picture->source->view_box.center();
      return picture;
    };
    for (auto& row : side.rows) {
      row.sign = sign(row.kind, 3.6);
      row.echelon_sign = sign("echelon-" + row.echelon, 4.4);
    }
  }
  return out;
}

}  // namespace hachure::scene
