#include "scene/features.hpp"

#include "base/message.hpp"
#include "record/date_format.hpp"
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
  set_texts(feature, record.abbreviation, "abbreviation");
  set_texts(feature, record.note, "note");
  feature.set("title", Value(record.title.in(languages.tag, languages.fallbacks)));
  feature.set("name", Value(record.map_name(languages.tag, languages.fallbacks)));
  // The short form of another language is of no use beside a name in this one.
  if (record.abbreviation.has(languages.tag) || record.abbreviation.by_tag.contains("und")) {
    feature.set("abbreviation", Value(record.abbreviation.in(languages.tag)));
  }
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
  if (movement.kind) {
    auto const id = "kind." + std::string(movement.kind->id);
    feature.set("kind-name", Value(std::string(base::message(id, languages.tag))));
  }
  if (movement.certainty != record::Certainty::unstated) {
    auto const id = "certainty." + std::string(to_string(movement.certainty));
    feature.set("certainty-name", Value(std::string(base::message(id, languages.tag))));
  }
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
  base::LangText abbreviations;
  for (auto const& [key, attribute] : source.attributes) {
    Value value;
    if (auto const* number = std::get_if<double>(&attribute)) value = Value(*number);
    if (auto const* flag = std::get_if<bool>(&attribute)) value = Value(*flag);
    if (auto const* text = std::get_if<std::string>(&attribute)) {
      value = Value(*text);
      if (key.starts_with("name:")) names.by_tag[key.substr(5)] = *text;
      if (key.starts_with("title:")) names.by_tag[key.substr(6)] = *text;
      if (key == "name") names.by_tag["und"] = *text;
      if (key.starts_with("abbreviation:")) abbreviations.by_tag[key.substr(13)] = *text;
    }
    feature.set(Key(key), std::move(value));
  }
  if (base::language_and_script(languages.tag) == "zh-hans") {
    record::derive_simplified(names);
    record::derive_simplified(abbreviations);
  }
  if (abbreviations.has(languages.tag)) {
    feature.set("abbreviation", Value(abbreviations.in(languages.tag)));
  }
  if (!names.empty()) {
    // A layer's plain name goes before its names in languages that the map is not in.
    bool const has_plain = names.by_tag.contains("und");
    feature.set("name", Value(names.in(languages.tag, has_plain ? std::vector<std::string>{}
                                                                : languages.fallbacks)));
  }
  return feature;
}

std::string date_text(record::Edtf const& date, std::string const& lang, bool with_year) {
  return record::format_date_short(date, lang, with_year);
}

}  // namespace hachure::scene
