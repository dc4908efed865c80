#include "record/schema.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "record/columns.hpp"
#include "record/keys.hpp"
#include "record/kind.hpp"
#include "record/record.hpp"

namespace hachure::record {

namespace {

using Json = nlohmann::ordered_json;

Json string_schema() {
  return {{"type", "string"}};
}

/// YAML gives numbers where a word looks like one.
Json word_schema() {
  return {{"type", {"string", "number", "boolean"}}};
}

Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json map_of(Json values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

Json any_of(std::vector<Json> choices) {
  return {{"anyOf", std::move(choices)}};
}

Json pattern(std::string_view regex) {
  return {{"type", "string"}, {"pattern", regex}};
}

Json numbers(std::size_t count) {
  auto schema = list_of({{"type", "number"}});
  schema["minItems"] = count;
  schema["maxItems"] = count;
  return schema;
}

template <class Names>
Json one_of(Names const& names) {
  Json values = Json::array();
  for (auto const& name : names) values.push_back(std::string(name));
  return {{"enum", std::move(values)}};
}

/// A schema that stands once under `$defs`.
Json defined(std::string_view name) {
  return {{"$ref", "#/$defs/" + std::string(name)}};
}

constexpr std::string_view tag_regex = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

Json section_schema(Section const& section);

Json text_schema() {
  Json texts{{"type", "object"}};
  texts["propertyNames"] = Json{{"pattern", tag_regex}};
  texts["additionalProperties"] = string_schema();
  return any_of({word_schema(), std::move(texts)});
}

/// A record written in the project itself: any column of any table, and the user's own.
Json record_schema() {
  Json properties = Json::object();
  for (auto const& column : columns()) {
    Json schema{{"description", column.about}};
    if (column.name == "certainty") schema["enum"] = certainty_names();
    properties[std::string(column.name)] = std::move(schema);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

Json furniture_schema() {
  Json pieces{{"type", "object"}, {"additionalProperties", false}};
  for (auto const name : furniture_kinds()) {
    pieces["properties"][std::string(name)] = defined("furniture-options");
  }
  return any_of({list_of(any_of({one_of(furniture_kinds()), pieces})), pieces});
}

/// The table section is the same for all tables, so it stands once.
Section const& table_section() {
  auto const& keys = project_section().keys;
  return *std::ranges::find(keys, ValueType::table, &Key::type)->section;
}

/// Everything that several keys share.
Json definitions() {
  std::vector<std::string_view> sizes;
  for (auto const& size : page_sizes()) sizes.push_back(size.name);
  Json const item{{"type", "object"}};
  Json all;
  all["text"] = text_schema();
  all["word"] = word_schema();
  all["words"] = any_of({defined("word"), list_of(defined("word"))});
  all["tag"] = pattern(tag_regex);
  all["scale"] =
      any_of({Json{{"type", "number"}, {"exclusiveMinimum", 0}}, pattern("^1:[0-9.]+$")});
  all["length"] = pattern("^[0-9.]+ *(mm|cm|in|pt|px)$");
  all["offset"] = pattern("^[-+]?[0-9.]+ *(mm|cm|in|pt|px)$");
  all["page-size"] = one_of(sizes);
  all["corner"] = one_of(corners());
  all["record"] = record_schema();
  all["records"] = any_of({list_of(defined("record")), map_of(defined("record"))});
  all["table"] = any_of({string_schema(), section_schema(table_section())});
  all["sources"] = any_of({string_schema(), list_of(item), map_of(item)});
  all["furniture-options"] =
      any_of({Json{{"type", "null"}}, defined("corner"), section_schema(furniture_section())});
  all["furniture"] = furniture_schema();
  all["selection"] =
      any_of({defined("word"), Json{{"type", "array"}}, section_schema(selection_section())});
  return all;
}

Json value_schema(Key const& key) {
  switch (key.type) {
    case ValueType::version:
      return {{"const", 1}};
    case ValueType::text:
      return defined("text");
    case ValueType::word:
      return defined("word");
    case ValueType::words:
      return defined("words");
    case ValueType::word_map:
      return map_of(defined("word"));
    case ValueType::words_map:
      return map_of(defined("words"));
    case ValueType::path:
      return string_schema();
    case ValueType::languages:
      return any_of({defined("tag"), list_of(defined("tag"))});
    case ValueType::positive:
      return {{"type", "number"}, {"exclusiveMinimum", 0}};
    case ValueType::scale:
      return defined("scale");
    case ValueType::count:
      return {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}};
    case ValueType::angle:
      return {{"type", "number"}, {"minimum", -360}, {"maximum", 360}};
    case ValueType::page_length:
    case ValueType::margin:
      return defined("length");
    case ValueType::offset:
      return defined("offset");
    case ValueType::date:
      return {{"type", {"string", "integer"}}};
    case ValueType::position:
      return numbers(2);
    case ValueType::box:
      return numbers(4);
    case ValueType::page_size:
      return defined("page-size");
    case ValueType::orientation:
      return {{"enum", {"portrait", "landscape"}}};
    case ValueType::cue:
      return one_of(side_cues());
    case ValueType::corner:
      return defined("corner");
    case ValueType::kinds: {
      std::vector<std::string_view> ids;
      for (auto const& kind : kinds()) ids.push_back(kind.id);
      return any_of({one_of(ids), list_of(one_of(ids))});
    }
    case ValueType::calendars:
      return any_of({one_of(other_calendars()), list_of(one_of(other_calendars()))});
    case ValueType::section:
      return section_schema(*key.section);
    case ValueType::sections:
      return map_of(section_schema(*key.section));
    case ValueType::section_list:
      return list_of(section_schema(*key.section));
    case ValueType::table:
      return defined("table");
    case ValueType::sources:
      return defined("sources");
    case ValueType::records:
      return defined("records");
    case ValueType::furniture:
      return defined("furniture");
    case ValueType::selection:
      return defined("selection");
    case ValueType::filter:
      return {{"type", "array"}};
    case ValueType::anything:
      return Json::object();
  }
  return Json::object();
}

Json section_schema(Section const& section) {
  Json schema{{"type", "object"}};
  Json required = Json::array();
  for (auto const& key : section.keys) {
    auto value = value_schema(key);
    value["description"] = key.about;
    schema["properties"][std::string(key.name)] = std::move(value);
    if (key.required) required.push_back(key.name);
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

std::string project_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "A project of Hachure (campaign.yaml)"}};
  schema.update(section_schema(project_section()));
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

}  // namespace hachure::record
