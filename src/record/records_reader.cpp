#include "record/records_reader.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/number.hpp"
#include "base/text.hpp"
#include "record/node.hpp"
#include "record/points_table.hpp"
#include "record/position.hpp"

namespace hachure::record {

namespace {

using base::Diagnostics;
using base::Problem;

/// How an error names an earlier row.
std::string row_name(base::Origin const& origin) {
  return origin.line > 0 ? "line " + std::to_string(origin.line) : origin.place.substr(1);
}

/// Characters that break a list of ids, or the name that an id becomes in a file.
bool is_usable_id(std::string_view id) {
  return std::ranges::none_of(
      id, [](char c) { return c == ';' || static_cast<unsigned char>(c) < 0x20; });
}

/// The common part of reading a table: ids, the fields of RecordBase, what becomes of wrong rows.
template <class Record>
class TableReader {
 public:
  TableReader(TableInput const& input, TableKind kind, RowContext const& context, KnownIds* known)
      : input_(input),
        kind_(kind),
        context_(context),
        known_(known),
        columns_(map_columns(input.table, kind, input.mapping, context.default_tag,
                             context.diagnostics)) {}

  void read(std::function<void(RowReader const&, Record&)> const& read_fields,
            std::vector<Record>& records) {
    if (!check_id_column()) {
      if (known_ != nullptr) known_->give_up();
      return;
    }
    if (!input_.whole && known_ != nullptr) known_->give_up();
    for (std::size_t i = 0; i < input_.table.rows.size(); ++i) {
      Diagnostics problems;
      RowReader const row(input_.table, input_.table.rows[i], columns_, input_.defaults, problems);
      Record record;
      bool const named = read_id(row, i, record);
      read_base(row, record);
      read_fields(row, record);
      finish(problems, named, std::move(record), records);
    }
  }

 private:
  bool check_id_column() const {
    if (columns_.fields.contains("id") || input_.mapping.foreign() || input_.table.rows.empty()) {
      return true;
    }
    auto const& names = input_.table.columns;
    auto hint = std::string("add a column id, or map one: columns: {id: ...}");
    if (auto const near = base::near_miss("id", names); !near.empty()) {
      hint = "map it: columns: {id: " + near + "}";
    }
    context_.diagnostics.error(input_.table.origin, "the table has no column \"id\"", hint);
    return false;
  }

  bool read_id(RowReader const& row, std::size_t number, Record& record) {
    record.origin = row.row().origin;
    record.id = row.text("id");
    if (record.id.empty()) {
      if (columns_.fields.contains("id")) {
        row.error("id", "is empty", "every row has an id of its own");
        return false;
      }
      record.id = std::string(to_string(kind_)) + "-" + std::to_string(number + 1);
    }
    if (!is_usable_id(record.id)) {
      row.error("id", quote(record.id) + " is not an id", "no semicolons and no line ends");
    }
    auto const [it, added] = ids_.emplace(record.id, number);
    if (!added) {
      row.error("id", quote(record.id) + " is the id of " +
                          row_name(input_.table.rows[it->second].origin) + " already");
    }
    return true;
  }

  void read_base(RowReader const& row, Record& record) const {
    record.title = row.texts("title");
    record.short_title = row.texts("short");
    record.abbreviation = row.texts("abbreviation");
    record.note = row.texts("note");
    record.certainty = row.certainty();
    record.rank = row.number("rank", 0).value_or(default_rank(row));
    record.uncertainty_m = row.number("uncertainty_m", 0).value_or(0);
    record.sources = row.citations(context_.references.sources);
    record.extra = row.extra();
  }

  /// What happened is drawn from rank 2 up; a table that ranks nothing is not to be left out whole.
  double default_rank(RowReader const& row) const {
    bool const happens = kind_ == TableKind::events || kind_ == TableKind::movements;
    return happens && !row.has_column("rank") ? 2 : 3;
  }

  void finish(Diagnostics const& problems, bool named, Record record,
              std::vector<Record>& records) {
    bool const wrong = problems.has_errors();
    if (named && known_ != nullptr && !(wrong && context_.lenient)) known_->add(record.id);
    for (auto const& problem : problems.problems()) {
      if (context_.lenient || problem.severity == Problem::Severity::warning) {
        context_.diagnostics.warn(problem.origin,
                                  problem.message + (wrong ? "; the record is left out" : ""),
                                  problem.hint);
      } else {
        context_.diagnostics.error(problem.origin, problem.message, problem.hint);
      }
    }
    if (!wrong) records.push_back(std::move(record));
  }

  TableInput const& input_;
  TableKind kind_;
  RowContext const& context_;
  KnownIds* known_;
  ColumnMap columns_;
  std::map<std::string, std::size_t> ids_;
};

/// The kind of an event or movement; a table without kinds holds `fallback`.
Kind const* read_kind(RowReader const& row, std::string_view fallback) {
  auto const word = row.text("kind");
  if (word.empty()) {
    if (!row.has_column("kind")) return find_kind(fallback);
    row.error("kind", "is empty", "see: hachure list kinds");
    return nullptr;
  }
  auto const* kind = find_kind(word);
  if (kind != nullptr) return kind;
  std::vector<std::string> names;
  for (auto const& known : kinds()) names.emplace_back(known.id);
  auto const near = base::near_miss(word, names);
  row.error("kind", quote(word) + " is not a kind of event",
            near.empty() ? "see: hachure list kinds" : "did you mean " + quote(near) + "?");
  return nullptr;
}

bool has_geometry(geo::Geometry const& geometry) {
  return !std::holds_alternative<std::monostate>(geometry);
}

/// Whether an event has what its kind asks for. A path kind may stand at one place as an event: its
/// path is drawn by a movement.
void check_event_place(RowReader const& row, Event const& event) {
  if (event.kind == nullptr || event.kind->geometry == NeededGeometry::none) return;
  bool const placed = has_geometry(event.geometry) || !event.places.empty() ||
                      !event.from.empty() || !event.to.empty() || !row.text("lon").empty() ||
                      !row.text("lat").empty() || !row.text("wkt").empty();
  if (placed) return;
  row.error("place", "an event of the kind " + quote(event.kind->id) + " needs a place",
            row.columns().fields.contains("place") ? "give place, lon and lat, or wkt"
                                                   : "add a column place, lon and lat, or wkt");
}

/// The one line of a geometry, parts that meet joined.
std::optional<std::vector<geo::LonLat>> one_line(geo::Geometry const& geometry) {
  auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry);
  if (lines == nullptr || lines->at.empty()) return {};
  auto line = lines->at.front();
  for (std::size_t i = 1; i < lines->at.size(); ++i) {
    auto const& part = lines->at[i];
    if (part.empty() || !(part.front() == line.back())) return {};
    line.insert(line.end(), part.begin() + 1, part.end());
  }
  return line;
}

/// Positions of the places that a movement names, in its order.
struct PlaceLine {
  std::vector<geo::LonLat> line;
  bool whole = true;  ///< false when a place has no position: reported, here or in its own row
};

PlaceLine line_of_places(RowReader const& row, Movement const& movement, Records const& records) {
  PlaceLine result;
  auto& line = result.line;
  auto const add = [&](std::string_view field, std::vector<std::string> const& ids) {
    for (auto const& id : ids) {
      auto const* place = records.place(id);
      if (place == nullptr || !place->at) result.whole = false;
      if (place == nullptr) continue;
      if (!place->at) {
        row.error(field, "the place " + quote(id) + " has no position");
        continue;
      }
      if (line.empty() || !(line.back() == *place->at)) line.push_back(*place->at);
    }
  };
  add("from", movement.from);
  add("via", movement.via);
  add(movement.to.empty() ? "place" : "to", movement.to.empty() ? movement.places : movement.to);
  return result;
}

void read_line(RowReader const& row, Movement& movement, Records const& records) {
  auto const geometry = row.geometry();
  if (has_geometry(geometry)) {
    if (auto line = one_line(geometry)) {
      movement.line = std::move(*line);
    } else {
      row.error(row.text("wkt").empty() ? "geometry" : "wkt", "is not one line",
                "a movement is a LineString; split it into several records");
    }
    return;
  }
  if (!row.text("wkt").empty()) return;
  auto const named = movement.from.size() + movement.via.size() +
                     (movement.to.empty() ? movement.places : movement.to).size();
  auto const places = line_of_places(row, movement, records);
  movement.line = places.line;
  movement.is_of_places = true;
  if (named < 2) {
    row.error("", "the movement has no path", "give a line, or places in from, via and to");
  } else if (movement.line.size() < 2 && places.whole) {
    row.error("", "the movement has no path: its places are one point");
  }
}

/// The column `times`: a date for each point of the path, or nothing.
void read_times(RowReader const& row, Movement& movement) {
  auto const cell = row.text("times");
  if (cell.empty()) return;
  std::vector<std::optional<Edtf>> times;
  std::size_t from = 0;
  while (from <= cell.size()) {
    auto const to = std::min(cell.find(';', from), cell.size());
    auto const text = std::string(base::trim(std::string_view(cell).substr(from, to - from)));
    times.push_back(text.empty() ? std::nullopt : row.parse_date("times", text));
    from = to + 1;
  }
  if (times.size() == movement.line.size()) {
    movement.when_at_point = std::move(times);
  } else if (!movement.line.empty()) {
    row.error("times",
              "has " + std::to_string(times.size()) + " dates for a path of " +
                  std::to_string(movement.line.size()) + " points",
              "give one for each point, separated by semicolons; leave out those not known");
  }
}

}  // namespace

void read_places(TableInput const& input, RowContext const& context, Records& records) {
  TableReader<Place> reader(input, TableKind::places, context, &context.references.places);
  reader.read(
      [&](RowReader const& row, Place& place) {
        place.kind = row.text("kind");
        place.side = row.reference("side", context.references.sides);
        place.when = row.date();
        place.at = row.position();
        place.geometry = row.geometry();
        if (!place.at) place.at = middle_of(place.geometry);
        if (std::holds_alternative<geo::Points<geo::LonLat>>(place.geometry)) place.geometry = {};
      },
      records.places);
}

void read_units(TableInput const& input, RowContext const& context, Records& records) {
  TableReader<Unit> reader(input, TableKind::units, context, &context.references.units);
  reader.read(
      [&](RowReader const& row, Unit& unit) {
        unit.kind = row.text("kind");
        unit.side = row.reference("side", context.references.sides);
        unit.parent = row.text("parent");
        unit.echelon = row.text("echelon");
        unit.commander = row.texts("commander");
        unit.strength = row.number("strength", 0);
        unit.heading_deg = row.number("heading", -360);
        unit.when = row.date();
        unit.at = row.position();
        if (!unit.at) unit.at = middle_of(row.geometry());
        auto const places = row.references("place", context.references.places);
        if (unit.at || places.empty()) return;
        if (auto const* place = records.place(places.front())) unit.at = place->at;
      },
      records.units);
}

void read_events(TableInput const& input, RowContext const& context, Records& records) {
  auto const& known = context.references;
  TableReader<Event> reader(input, TableKind::events, context, nullptr);
  reader.read(
      [&](RowReader const& row, Event& event) {
        event.kind = read_kind(row, "note");
        event.when = row.date();
        event.side = row.reference("side", known.sides);
        event.against = row.reference("against", known.sides);
        event.units = row.references("unit", known.units);
        event.places = row.references("place", known.places);
        event.from = row.references("from", known.places);
        event.via = row.references("via", known.places);
        event.to = row.references("to", known.places);
        event.strength = row.number("strength", 0);
        event.losses = row.texts("losses");
        event.at = row.position();
        event.geometry = row.geometry();
        if (!has_geometry(event.geometry) && event.at) {
          event.geometry = geo::Points<geo::LonLat>{{*event.at}};
        }
        check_event_place(row, event);
      },
      records.events);
}

void read_movements(TableInput const& input, RowContext const& context, Records& records) {
  auto const& known = context.references;
  PointsTable points;
  if (!input.mapping.points.empty()) {
    points = group_points(input, context.diagnostics, context.lenient);
  }
  TableInput const grouped{std::move(points.table), std::move(points.mapping), input.defaults,
                           true};
  auto const& used = input.mapping.points.empty() ? input : grouped;
  TableReader<Movement> reader(used, TableKind::movements, context, nullptr);
  std::size_t number = 0;
  reader.read(
      [&](RowReader const& row, Movement& movement) {
        movement.kind = read_kind(row, "march");
        movement.when = row.date();
        movement.side = row.reference("side", known.sides);
        movement.against = row.reference("against", known.sides);
        movement.units = row.references("unit", known.units);
        if (!movement.units.empty()) movement.unit = movement.units.front();
        movement.places = row.references("place", known.places);
        movement.from = row.references("from", known.places);
        movement.via = row.references("via", known.places);
        movement.to = row.references("to", known.places);
        movement.losses = row.texts("losses");
        movement.strength = row.number("strength", 0);
        read_line(row, movement, records);
        read_times(row, movement);
        if (number < points.strengths.size()) {
          movement.strength_at_point = points.strengths[number];
          if (!movement.strength && !movement.strength_at_point.empty()) {
            movement.strength = movement.strength_at_point.front();
          }
        }
        ++number;
      },
      records.movements);
}

}  // namespace hachure::record
