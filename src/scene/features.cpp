#include "scene/features.hpp"

#include <array>

#include "record/simplify.hpp"

namespace hachure::scene {

namespace {

using style::Feature;
using style::GeometryType;
using style::Key;
using style::Value;

void set_texts(Feature& feature, base::LangText const& text, std::string const& name) {
  for (auto const& [tag, value] : text.by_tag) feature.set(Key(name + ":" + tag), Value(value));
}

void set_base(Feature& feature, record::RecordBase const& record, Languages const& languages) {
  for (auto const& [name, value] : record.extra) {
    struct ToValue {
      Value operator()(std::monostate) const { return {}; }
      Value operator()(bool b) const { return b; }
      Value operator()(double d) const { return d; }
      Value operator()(std::string const& s) const { return s; }
    };
    feature.set(Key(name), std::visit(ToValue{}, value));
  }
  feature.set_id(Value(record.id));
  feature.set("id", Value(record.id));
  set_texts(feature, record.title, "title");
  set_texts(feature, record.title, "name");
  set_texts(feature, record.short_title, "name");
  set_texts(feature, record.short_title, "short");
  set_texts(feature, record.note, "note");
  feature.set("title", Value(record.title.in(languages.tag, languages.fallbacks)));
  feature.set("name", Value(record.map_name(languages.tag, languages.fallbacks)));
  feature.set("note", Value(record.note.in(languages.tag, languages.fallbacks)));
  feature.set("certainty", Value(std::string(to_string(record.certainty))));
  feature.set("rank", Value(record.rank));
  feature.set("uncertainty_m", Value(record.uncertainty_m));
  std::string keys;
  for (auto const& citation : record.sources) keys += (keys.empty() ? "" : ";") + citation.source;
  feature.set("source", Value(keys));
}

std::string joined(std::vector<std::string> const& ids) {
  std::string text;
  for (auto const& id : ids) text += (text.empty() ? "" : ";") + id;
  return text;
}

void set_when(Feature& feature, std::optional<record::Edtf> const& when, std::string const& lang) {
  if (!when) return;
  auto const bounds = record::outer(*when);
  feature.set("when", Value(record::print(*when)));
  feature.set("date", Value(date_text(*when, lang)));
  feature.set("date-short", Value(date_text(*when, lang, false)));
  if (bounds.earliest.is_finite()) {
    auto const first = record::to_civil(bounds.earliest);
    feature.set("day",
                Value(date_text(
                    record::parse_edtf(record::to_text(
                        record::Instant::from_civil(first.year, first.month, first.day), false)),
                    lang, false)));
  }
  if (bounds.earliest.is_finite()) {
    feature.set("start-year", Value(static_cast<double>(record::to_civil(bounds.earliest).year)));
    feature.set("start", Value(record::to_text(bounds.earliest, true)));
  }
  if (bounds.latest.is_finite()) feature.set("end", Value(record::to_text(bounds.latest, true)));
}

}  // namespace

Feature feature_of(record::Place const& place, PlaceState const& now, PlaceState const& before,
                   Languages const& languages) {
  Feature feature(GeometryType::point);
  set_base(feature, place, languages);
  feature.set("kind", Value(place.kind));
  feature.set("side", Value(now.holder));
  feature.set("holder", Value(now.holder));
  feature.set("holder-before", Value(before.holder));
  feature.set("taken-by", Value(now.taken_by));
  feature.set("condition", Value(now.condition));
  return feature;
}

Feature feature_of(record::Unit const& unit, Languages const& languages) {
  Feature feature(GeometryType::point);
  set_base(feature, unit, languages);
  feature.set("kind", Value(unit.kind));
  feature.set("side", Value(unit.side));
  feature.set("parent", Value(unit.parent));
  feature.set("echelon", Value(unit.echelon));
  feature.set("commander", Value(unit.commander.in(languages.tag, languages.fallbacks)));
  if (unit.strength) feature.set("strength", Value(*unit.strength));
  if (unit.heading_deg) feature.set("heading", Value(*unit.heading_deg));
  return feature;
}

Feature feature_of(record::Event const& event, Languages const& languages) {
  Feature feature(GeometryType::point);
  set_base(feature, event, languages);
  feature.set("kind", Value(event.kind ? std::string(event.kind->id) : std::string()));
  feature.set("symbol", Value(event.kind ? std::string(event.kind->symbol) : std::string()));
  feature.set("side", Value(event.side));
  feature.set("against", Value(event.against));
  feature.set("unit", Value(joined(event.units)));
  feature.set("place", Value(joined(event.places)));
  if (event.strength) feature.set("strength", Value(*event.strength));
  feature.set("losses", Value(event.losses.in(languages.tag, languages.fallbacks)));
  set_when(feature, event.when, languages.tag);
  return feature;
}

Feature feature_of(record::Movement const& movement, record::Records const& records,
                   Languages const& languages) {
  Feature feature(GeometryType::line_string);
  set_base(feature, movement, languages);
  feature.set("kind", Value(movement.kind ? std::string(movement.kind->id) : std::string()));
  feature.set("side", Value(movement.side));
  feature.set("unit", Value(movement.unit));
  if (auto const* unit = records.unit(movement.unit)) {
    feature.set("unit-kind", Value(unit->kind));
    feature.set("unit-name", Value(unit->map_name(languages.tag, languages.fallbacks)));
    feature.set("commander", Value(unit->commander.in(languages.tag, languages.fallbacks)));
  }
  if (movement.strength) feature.set("strength", Value(*movement.strength));
  feature.set("has-short", Value(!movement.short_title.empty()));
  set_when(feature, movement.when, languages.tag);
  return feature;
}

Feature feature_of(geo::Feature const& source, Languages const& languages) {
  Feature feature;
  if (std::holds_alternative<geo::Points<geo::LonLat>>(source.geometry)) {
    feature.set_geometry_type(GeometryType::point);
  } else if (std::holds_alternative<geo::Lines<geo::LonLat>>(source.geometry)) {
    feature.set_geometry_type(GeometryType::line_string);
  } else if (std::holds_alternative<geo::Polygons<geo::LonLat>>(source.geometry)) {
    feature.set_geometry_type(GeometryType::polygon);
  }
  feature.set_id(Value(source.id));
  base::LangText names;
  for (auto const& [key, attribute] : source.attributes) {
    Value value;
    if (auto const* number = std::get_if<double>(&attribute)) value = Value(*number);
    if (auto const* flag = std::get_if<bool>(&attribute)) value = Value(*flag);
    if (auto const* text = std::get_if<std::string>(&attribute)) {
      value = Value(*text);
      if (key.starts_with("name:")) names.by_tag[key.substr(5)] = *text;
      if (key.starts_with("title:")) names.by_tag[key.substr(6)] = *text;
      if (key == "name") names.by_tag["und"] = *text;
    }
    feature.set(Key(key), std::move(value));
  }
  if (languages.tag.starts_with("zh-Hans")) record::derive_simplified(names);
  if (!names.empty()) {
    // A layer's plain name goes before its names in languages that the map is not in.
    bool const has_plain = names.by_tag.contains("und");
    feature.set("name", Value(names.in(languages.tag, has_plain ? std::vector<std::string>{}
                                                                : languages.fallbacks)));
  }
  return feature;
}

namespace {

constexpr std::array<std::string_view, 12> months_en{"Jan",  "Feb", "Mar",  "Apr", "May", "June",
                                                     "July", "Aug", "Sept", "Oct", "Nov", "Dec"};

struct Parts {
  record::Civil civil;
  record::EdtfDate::Precision precision;
};

std::string two(int v) {
  return (v < 10 ? "0" : "") + std::to_string(v);
}

std::string time_text(record::Civil const& c) {
  return two(c.hour) + ":" + two(c.minute);
}

bool has_day(Parts const& p) {
  return p.precision >= record::EdtfDate::Precision::day;
}
bool has_month(Parts const& p) {
  return p.precision >= record::EdtfDate::Precision::month;
}
bool has_time(Parts const& p) {
  return p.precision >= record::EdtfDate::Precision::minute;
}

std::string chinese(Parts const& p, bool year, bool month, bool day) {
  std::string text;
  if (year) text += std::to_string(p.civil.year) + "年";
  if (month && has_month(p)) text += std::to_string(p.civil.month) + "月";
  if (day && has_day(p)) text += std::to_string(p.civil.day) + "日";
  return text;
}

std::string english(Parts const& p, bool year, bool month, bool day) {
  std::string text;
  if (day && has_day(p)) text += std::to_string(p.civil.day);
  if (month && has_month(p)) {
    text += (text.empty() ? "" : " ") +
            std::string(months_en[static_cast<std::size_t>(p.civil.month - 1)]);
  }
  if (year) text += (text.empty() ? "" : " ") + std::to_string(p.civil.year);
  return text;
}

/// Precision of what is known: `1857-12-XX` is a month.
record::EdtfDate::Precision known_precision(record::EdtfDate const& date) {
  using enum record::EdtfDate::Precision;
  auto const is_unknown = [](std::string const& digits) { return digits.find('X') != digits.npos; };
  if (date.precision <= season) return date.precision;
  if (is_unknown(date.year) || is_unknown(date.month)) return year;
  return date.precision >= day && is_unknown(date.day) ? month : date.precision;
}

Parts parts_of(record::EdtfEnd const& end, record::Instant at) {
  return {record::to_civil(at), known_precision(end.date)};
}

bool is_simplified(std::string const& lang) {
  return lang.starts_with("zh-Hans") || lang.starts_with("zh-CN") || lang.starts_with("zh-SG");
}

}  // namespace

std::string date_text(record::Edtf const& date, std::string const& lang, bool with_year) {
  bool const zh = lang.starts_with("zh");
  auto const bounds = record::outer(date);
  if (!bounds.earliest.is_finite() && !bounds.latest.is_finite()) return "?";
  auto const& member_first = date.members().front().first;
  auto const& member_last = date.members().back().last;
  // An open end is described by the other one.
  bool const has_start = bounds.earliest.is_finite();
  bool const has_end = bounds.latest.is_finite();
  auto const from =
      has_start ? parts_of(member_first, bounds.earliest) : parts_of(member_last, bounds.latest);
  auto const to =
      has_end ? parts_of(member_last, bounds.latest) : parts_of(member_first, bounds.earliest);
  std::string text;
  auto const single = [&](Parts const& p, bool year) {
    return zh ? chinese(p, year, true, true) : english(p, year, true, true);
  };
  bool const same_day = from.civil.year == to.civil.year && from.civil.month == to.civil.month &&
                        from.civil.day == to.civil.day;
  bool const coarse = from.precision <= record::EdtfDate::Precision::season;
  // `185X` spans years although it is written as one date.
  bool const is_span =
      (date.kind() != record::Edtf::Kind::date || from.civil.year != to.civil.year) && !same_day &&
      has_start && has_end;
  if (!is_span) {
    // A plain date, or an interval within a day: the day once. A year alone is never left out.
    text = single(from, with_year || coarse);
  } else if (from.civil.year != to.civil.year || !has_month(from) || !has_month(to)) {
    bool const same_year = from.civil.year == to.civil.year;
    text = same_year ? single(from, true) : single(from, true) + "–" + single(to, true);
  } else if (from.civil.month != to.civil.month || !has_day(from) || !has_day(to)) {
    text = zh ? chinese(from, with_year, true, true) + "–" + chinese(to, false, true, true)
              : english(from, false, true, true) + "–" + english(to, with_year, true, true);
  } else {
    text = zh ? chinese(from, with_year, true, false) + std::to_string(from.civil.day) + "–" +
                    std::to_string(to.civil.day) + "日"
              : std::to_string(from.civil.day) + "–" + english(to, with_year, true, true);
  }
  if (same_day && has_time(from)) text += (zh ? " " : ", ") + time_text(from.civil);
  if (date.is_open_start()) text = (zh ? "至" : "until ") + text;
  if (date.is_open_end()) text += zh ? "起" : " on";
  if (date.is_approximate()) text = (is_simplified(lang) ? "约" : zh ? "約" : "c. ") + text;
  if (date.is_uncertain()) text += "?";
  return text;
}

}  // namespace hachure::scene
