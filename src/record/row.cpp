#include "record/row.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "record/node.hpp"
#include "record/wkt.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Fault;
using base::Origin;

/// Above this many ids, or after this many of them, the search for near misses would take minutes.
constexpr std::size_t max_ids_compared = 5000;
constexpr std::size_t max_hints = 1000;

/// Hint for a cell that should have been a number.
std::string number_hint(std::string const& text) {
  auto point = text;
  auto const commas = std::ranges::count(text, ',');
  if (commas == 1 && text.find('.') == text.npos) {
    // 1,500 is a thousand and a half to some and one and a half to others; 113,27 only the latter.
    auto const comma = text.find(',');
    bool const thousands = text.size() - comma - 1 == 3;
    point[comma] = '.';
    auto whole = text;
    whole.erase(comma, 1);
    if (thousands && base::parse_number(whole)) {
      return "write " + whole + " or " + point;
    }
    if (base::parse_number(point)) return "write " + point;
  }
  if (commas > 0) {
    std::erase(point, ',');
    if (base::parse_number(point)) return "write " + point;
  }
  return "write digits alone, with a point before decimals";
}

bool is_json_number(std::string_view text) {
  std::size_t at = 0;
  auto const digits = [&] {
    auto const start = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - start;
  };
  if (at < text.size() && text[at] == '-') ++at;
  auto const start = at;
  auto const whole = digits();
  // 007 is a name, and so is a number longer than a double can keep.
  if (whole == 0 || whole > 15 || (whole > 1 && text[start] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

}  // namespace

bool KnownIds::add(std::string const& id) {
  return ids_.insert(id).second;
}

bool KnownIds::contains(std::string_view id) const {
  return ids_.find(id) != ids_.end();
}

Error KnownIds::unknown(std::string const& id, Origin origin) const {
  std::string hint;
  if (ids_.empty()) {
    hint = "the project has none";
  } else if (ids_.size() <= max_ids_compared && ++hints_ <= max_hints) {
    hint = base::hint_of(id, {ids_.begin(), ids_.end()});
  }
  return {Fault::input, std::move(origin), quote(id) + " is not " + noun_, std::move(hint)};
}

bool RowReader::has_column(std::string_view field) const {
  return columns_.fields.contains(field) || columns_.texts.contains(field);
}

std::string RowReader::text(std::string_view field) const {
  if (auto const it = columns_.fields.find(field); it != columns_.fields.end()) {
    auto const cell = base::trim(row_.cells[it->second]);
    if (!cell.empty()) return std::string(cell);
  }
  auto const it = defaults_.find(std::string(field));
  return it == defaults_.end() ? std::string() : it->second;
}

base::LangText RowReader::texts(std::string_view field) const {
  base::LangText text;
  auto const it = columns_.texts.find(field);
  if (it == columns_.texts.end()) return text;
  for (auto const& [tag, column] : it->second) {
    auto const cell = base::trim(row_.cells[column]);
    if (!cell.empty()) text.by_tag.emplace(tag, cell);
  }
  return text;
}

std::vector<std::string> RowReader::list(std::string_view field) const {
  return base::split_list(text(field), ';');
}

Origin RowReader::origin(std::string_view field) const {
  auto origin = row_.origin;
  origin.field = field;
  if (auto const it = columns_.fields.find(field); it != columns_.fields.end()) {
    origin.field = table_.columns[it->second];
  } else if (auto const at = columns_.texts.find(field); at != columns_.texts.end()) {
    origin.field = table_.columns[at->second.front().second];
  }
  return origin;
}

void RowReader::error(std::string_view field, std::string message, std::string hint) const {
  problems_.error(origin(field), std::move(message), std::move(hint));
}

std::optional<double> RowReader::number(std::string_view field, double least) const {
  auto const cell = text(field);
  if (cell.empty()) return {};
  auto const value = base::parse_number(cell);
  if (!value) {
    error(field, quote(cell) + " is not a number", number_hint(cell));
  } else if (*value < least) {
    error(field, quote(cell) + " is below " + base::to_exact_text(least));
    return {};
  }
  return value;
}

namespace {

/// A cell of the type date or time of a spreadsheet or database, as OGR writes it (`1914/08/04`,
/// `1914/08/04 11:00:00`, with `+00` in UTC), as EDTF; anything else as it is.
std::string of_date_cell(std::string const& cell) {
  static constexpr std::string_view date = "0000/00/00";
  static constexpr std::string_view time = " 00:00:00";
  auto const shaped = [&](std::size_t from, std::string_view shape) {
    if (cell.size() < from + shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      char const c = cell[from + i];
      if (shape[i] == '0' ? c < '0' || c > '9' : c != shape[i]) return false;
    }
    return true;
  };
  if (!shaped(0, date)) return cell;
  auto const day = cell.substr(0, 4) + "-" + cell.substr(5, 2) + "-" + cell.substr(8, 2);
  if (cell.size() == date.size()) return day;
  if (!shaped(date.size(), time)) return cell;
  auto const rest = std::string_view(cell).substr(date.size() + time.size());
  if (!rest.empty() && rest != "+00") return cell;
  return day + "T" + cell.substr(date.size() + 1, time.size() - 1) + (rest.empty() ? "" : "Z");
}

}  // namespace

std::optional<Edtf> RowReader::parse_date(std::string_view field, std::string const& cell) const {
  try {
    // Only tables that OGR reads have a place; in a text file the same characters are a slip.
    return parse_edtf(row_.origin.place.empty() ? cell : of_date_cell(cell));
  } catch (Error const& problem) {
    error(field, problem.message(), problem.hint());
    return {};
  }
}

std::optional<Edtf> RowReader::date() const {
  auto const when = text("when");
  auto const first_of = [this](std::string_view edtf, std::string_view plain) {
    return text(edtf).empty() ? plain : edtf;
  };
  auto const start_field = first_of("start_edtf", "start");
  auto const end_field = first_of("end_edtf", "end");
  auto const start = text(start_field);
  auto const end = text(end_field);
  if (!when.empty()) {
    if (!start.empty() || !end.empty()) {
      error("when", "is given beside start or end", "keep when, or start and end");
    }
    return parse_date("when", when);
  }
  if (start.empty() && end.empty()) return {};
  // Each end by itself first, so that the message names the one that is wrong.
  bool good = true;
  if (!start.empty()) good = parse_date(start_field, start).has_value();
  if (!end.empty()) good = parse_date(end_field, end).has_value() && good;
  if (!good) return {};
  if (start == end) return parse_date(start_field, start);
  bool const whole = start.find('/') != start.npos && end.empty();
  if (whole) return parse_date(start_field, start);
  auto const open = [](std::string const& text) { return text.empty() ? std::string("..") : text; };
  return parse_date(end.empty() ? start_field : end_field, open(start) + "/" + open(end));
}

Certainty RowReader::certainty() const {
  auto const word = text("certainty");
  if (word.empty()) return Certainty::unstated;
  if (auto const certainty = parse_certainty(word)) return *certainty;
  error("certainty", quote(word) + " is not a degree of certainty",
        base::hint_of(word, certainty_names()));
  return Certainty::unstated;
}

std::string RowReader::reference(std::string_view field, KnownIds const& known) const {
  auto const id = text(field);
  if (!id.empty() && known.complete() && !known.contains(id)) {
    problems_.add(known.unknown(id, origin(field)));
  }
  return id;
}

std::vector<std::string> RowReader::references(std::string_view field,
                                               KnownIds const& known) const {
  auto ids = list(field);
  for (auto const& id : ids) {
    if (known.complete() && !known.contains(id)) problems_.add(known.unknown(id, origin(field)));
  }
  return ids;
}

std::vector<Citation> RowReader::citations(KnownIds const& known) const {
  std::vector<Citation> citations;
  for (auto const& entry : list("source")) {
    // A key may hold a colon itself ("doi:10.1000/1"), so the longest known key is looked for.
    auto colon = known.contains(entry) ? entry.npos : entry.rfind(':');
    while (colon != entry.npos && colon > 0 && !known.contains(entry.substr(0, colon)) &&
           entry.rfind(':', colon - 1) != entry.npos) {
      colon = entry.rfind(':', colon - 1);
    }
    std::string const key(base::trim(entry.substr(0, colon)));
    if (known.complete() && !known.contains(key)) {
      problems_.add(known.unknown(key, origin("source")));
    }
    citations.push_back(
        {key, colon == entry.npos ? "" : std::string(base::trim(entry.substr(colon + 1)))});
  }
  return citations;
}

std::optional<double> RowReader::coordinate(std::string_view field) const {
  auto const cell = text(field);
  if (cell.empty()) return {};
  auto const value = base::parse_number(cell);
  if (value) return value;
  bool const mapped = cell.find(',') != cell.npos;
  error(field, quote(cell) + " is not a " + (field == "lon" ? "longitude" : "latitude"),
        mapped ? number_hint(cell) : "write decimal degrees, e.g. 113.26");
  return {};
}

std::optional<geo::LonLat> RowReader::position() const {
  bool const has_lon = !text("lon").empty();
  bool const has_lat = !text("lat").empty();
  auto const lon = coordinate("lon");
  auto const lat = coordinate("lat");
  if (has_lon != has_lat) {
    error(has_lon ? "lat" : "lon", "is missing", "a position has both lon and lat");
  }
  if (!lon || !lat) return {};
  geo::LonLat const at{*lon, *lat};
  auto const problem = position_problem(at);
  if (problem.empty()) return at;
  error(problem.starts_with("lon") ? "lon" : "lat", problem, position_hint(at));
  return {};
}

geo::Geometry RowReader::geometry() const {
  auto const wkt = text("wkt");
  if (!wkt.empty()) {
    try {
      return parse_wkt(wkt);
    } catch (Error const& problem) {
      error("wkt", problem.message(), problem.hint());
      return {};
    }
  }
  if (auto const* bad = find_bad_position(row_.geometry)) {
    error("geometry", position_problem(*bad), position_hint(*bad));
    return {};
  }
  return row_.geometry;
}

std::map<std::string, geo::Attribute> RowReader::extra() const {
  std::map<std::string, geo::Attribute> extra;
  for (auto const column : columns_.extra) {
    auto const& cell = row_.cells[column];
    if (!cell.empty()) extra.emplace(table_.columns[column], to_attribute(cell));
  }
  return extra;
}

geo::Attribute to_attribute(std::string const& cell) {
  if (cell == "true") return true;
  if (cell == "false") return false;
  if (is_json_number(cell)) {
    if (auto const number = base::parse_number(cell)) return *number;
  }
  return cell;
}

}  // namespace hachure::record
