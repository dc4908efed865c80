#include "record/columns.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "record/node.hpp"

namespace hachure::record {

namespace {

constexpr std::array table = {
    Column{"id", "puem", false, "unique in its table; others refer to it"},
    Column{"kind", "puem", false, "a kind of `hachure list kinds`; free for places and units"},
    Column{"title", "puem", true, "name or title"},
    Column{"name", "puem", true, "the same as title"},
    Column{"short", "puem", true, "form of the name for the map"},
    Column{"abbreviation", "puem", true, "still shorter form, for where there is no room"},
    Column{"note", "puem", true, "remark for readers"},
    Column{"when", "puem", false, "EDTF date or interval"},
    Column{"start", "puem", false, "EDTF date of the first day; with end instead of when"},
    Column{"end", "puem", false, "EDTF date of the last day"},
    Column{"start_date", "puem", false, "start, as OpenHistoricalMap writes it"},
    Column{"end_date", "puem", false, "end, as OpenHistoricalMap writes it"},
    Column{"start_date:edtf", "puem", false, "EDTF start of OpenHistoricalMap"},
    Column{"end_date:edtf", "puem", false, "EDTF end of OpenHistoricalMap"},
    Column{"side", "puem", false, "id of a side"},
    Column{"against", "em", false, "id of the other side"},
    Column{"unit", "em", false, "ids of units, separated by semicolons"},
    Column{"place", "uem", false, "ids of places, separated by semicolons"},
    Column{"from", "em", false, "ids of places where it starts"},
    Column{"via", "em", false, "ids of places on its way"},
    Column{"to", "em", false, "ids of places where it ends, or of targets"},
    Column{"target", "em", false, "the same as to"},
    Column{"times", "m", false,
           "dates of the points of its path, separated by semicolons; empty where not known"},
    Column{"lon", "puem", false, "longitude, degrees of WGS 84"},
    Column{"lat", "puem", false, "latitude, degrees of WGS 84"},
    Column{"wkt", "pem", false, "geometry as Well-Known Text, longitude first"},
    Column{"uncertainty_m", "puem", false, "how far the position may be wrong, metres"},
    Column{"parent", "u", false, "id of the unit above"},
    Column{"echelon", "u", false, "size of the unit, e.g. regiment"},
    Column{"commander", "u", true, "name of the commander"},
    Column{"heading", "u", false, "degrees clockwise from north"},
    Column{"strength", "uem", false, "number of men"},
    Column{"losses", "em", true, "losses as text"},
    Column{"rank", "puem", false,
           "1 is the most important; 3 if empty, 2 for events and movements of a table without it"},
    Column{"certainty", "puem", false,
           "certain, probable, approximate, uncertain, conjectural or planned"},
    Column{"source", "puem", false, "key or key:locator of a source, separated by semicolons"},
};

/// The field that an alias stands for.
std::string_view canonical(std::string_view name) {
  if (name == "name") return "title";
  if (name == "target") return "to";
  if (name == "start_date:edtf") return "start_edtf";
  if (name == "end_date:edtf") return "end_edtf";
  if (name == "start_date") return "start";
  if (name == "end_date") return "end";
  return name;
}

Column const* find_column(std::string_view name, TableKind kind) {
  auto const it =
      std::ranges::find_if(table, [&](Column const& c) { return c.name == name && c.in(kind); });
  return it == table.end() ? nullptr : &*it;
}

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string in_tag_case(std::string subtag, bool first) {
  subtag = base::to_lower(subtag);
  bool const letters = std::ranges::all_of(subtag, is_alpha);
  auto const raise = [](char c) { return is_alpha(c) ? static_cast<char>(c - 'a' + 'A') : c; };
  if (!first && letters && subtag.size() == 4) subtag[0] = raise(subtag[0]);
  if (!first && letters && subtag.size() == 2)
    std::ranges::transform(subtag, subtag.begin(), raise);
  return subtag;
}

/// The known column that `name` was probably meant to be. Short names are held to be ours only when
/// a letter is missing, doubled or out of order: `size` is not a slip for `side`.
std::string meant_column(std::string const& name, TableKind kind) {
  auto const stem = name.substr(0, name.find_first_of(":."));
  auto const names = column_names(kind);
  auto const lower = base::to_lower(stem);
  if (lower != stem && std::ranges::find(names, lower) != names.end()) {
    return lower + name.substr(stem.size());
  }
  auto const near = base::near_miss(stem, names);
  if (near.empty() || near == stem) return {};
  if (stem.size() <= 4 && near.size() == stem.size()) {
    auto sorted = stem;
    auto sorted_near = near;
    std::ranges::sort(sorted);
    std::ranges::sort(sorted_near);
    if (sorted != sorted_near) return {};
  }
  return near + name.substr(stem.size());
}

class ColumnFinder {
 public:
  ColumnFinder(geo::Table const& source, TableKind kind, std::string const& default_tag,
               base::Diagnostics& diagnostics)
      : source_(source), kind_(kind), default_tag_(default_tag), diagnostics_(diagnostics) {}

  ColumnMap find(Mapping const& mapping) {
    used_.assign(source_.columns.size(), false);
    for (auto const& pair : mapping.columns) {
      if (auto const at = find_theirs(pair)) take(*parse_column(pair.ours, kind_), *at);
    }
    for (auto const& pair : mapping.points) {
      if (auto const at = find_theirs(pair)) {
        map_.points[pair.ours].push_back(*at);
        // A column that groups may say something too: `parts: side`.
        bool const groups = pair.ours == "group" || pair.ours == "parts";
        bool const is_ours = find_column(source_.columns[*at], kind_) != nullptr;
        used_[*at] = used_[*at] || !groups || !is_ours || !mapping.columns.empty();
      }
    }
    for (std::size_t i = 0; i < source_.columns.size(); ++i) {
      if (used_[i] || source_.columns[i].empty()) continue;
      if (mapping.columns.empty()) {
        take_own(i);
      } else {
        map_.extra.push_back(i);
      }
    }
    return std::move(map_);
  }

 private:
  std::optional<std::size_t> find_theirs(Mapping::Pair const& pair) {
    auto const it = std::ranges::find(source_.columns, pair.theirs);
    if (it != source_.columns.end()) return static_cast<std::size_t>(it - source_.columns.begin());
    diagnostics_.error(pair.origin,
                       quote(pair.theirs) + " is not a column of " + source_.origin.file,
                       base::hint_of(pair.theirs, source_.columns));
    return {};
  }

  void take(ColumnName const& name, std::size_t at) {
    used_[at] = true;
    auto const* column = find_column(name.field, kind_);
    if (column != nullptr && column->tagged) {
      // A text that names its language comes before one that only has the default one.
      auto& texts = map_.texts[name.field];
      if (name.tag.empty()) {
        texts.emplace_back(default_tag_, at);
      } else {
        texts.emplace(texts.begin(), name.tag, at);
      }
    } else if (!map_.fields.emplace(name.field, at).second) {
      report(at, "means the same as " + quote(source_.columns[map_.fields[name.field]]),
             "keep one of the two");
    }
  }

  void take_own(std::size_t at) {
    auto const& name = source_.columns[at];
    if (auto const known = parse_column(name, kind_)) return take(*known, at);
    if (auto const* text = find_column(name.substr(0, name.find_first_of(":.")), kind_);
        text != nullptr && text->tagged) {
      return diagnostics_.error(source_.origin, quote(name) + " does not end in a language tag",
                                "write e.g. title:zh-Hant");
    }
    if (auto const meant = meant_column(name, kind_); !meant.empty()) {
      return diagnostics_.error(
          source_.origin, quote(name) + " is not a column of " + std::string(to_string(kind_)),
          "did you mean " + quote(meant) + "?");
    }
    map_.extra.push_back(at);
  }

  void report(std::size_t at, std::string message, std::string hint) {
    auto origin = source_.origin;
    origin.field = source_.columns[at];
    diagnostics_.error(std::move(origin), std::move(message), std::move(hint));
  }

  geo::Table const& source_;
  TableKind kind_;
  std::string const& default_tag_;
  base::Diagnostics& diagnostics_;
  ColumnMap map_;
  std::vector<bool> used_;
};

}  // namespace

std::string_view to_string(TableKind kind) {
  switch (kind) {
    case TableKind::places:
      return "places";
    case TableKind::units:
      return "units";
    case TableKind::events:
      return "events";
    case TableKind::movements:
      return "movements";
  }
  return {};
}

std::span<Column const> columns() {
  return table;
}

std::vector<std::string> column_names(TableKind kind) {
  std::vector<std::string> names;
  for (auto const& column : table) {
    if (column.in(kind)) names.emplace_back(column.name);
  }
  return names;
}

std::optional<ColumnName> parse_column(std::string_view name, TableKind kind) {
  if (find_column(name, kind) != nullptr) return ColumnName{std::string(canonical(name)), {}};
  auto const colon = name.find_first_of(":.");
  if (colon == std::string_view::npos) return {};
  auto const* column = find_column(name.substr(0, colon), kind);
  if (column == nullptr || !column->tagged) return {};
  auto tag = parse_language_tag(name.substr(colon + 1));
  if (!tag) return {};
  return ColumnName{std::string(canonical(column->name)), std::move(*tag)};
}

std::optional<std::string> parse_language_tag(std::string_view text) {
  std::string tag;
  bool first = true;
  for (;;) {
    auto const dash = std::min(text.find('-'), text.size());
    auto const subtag = text.substr(0, dash);
    bool const letters = std::ranges::all_of(subtag, is_alpha);
    bool const fits =
        std::ranges::all_of(subtag, [](char c) { return is_alpha(c) || is_digit(c); });
    if (subtag.empty() || subtag.size() > 8 || !fits) return {};
    if (first && (!letters || subtag.size() < 2 || subtag.size() > 3)) return {};
    if (!first) tag += '-';
    tag += in_tag_case(std::string(subtag), first);
    first = false;
    if (dash == text.size()) return tag;
    text.remove_prefix(dash + 1);
  }
}

ColumnMap map_columns(geo::Table const& source, TableKind kind, Mapping const& mapping,
                      std::string const& default_tag, base::Diagnostics& diagnostics) {
  return ColumnFinder(source, kind, default_tag, diagnostics).find(mapping);
}

}  // namespace hachure::record
