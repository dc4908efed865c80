#include "record/schema.hpp"

#include <nlohmann/json.hpp>

#include "record/columns.hpp"
#include "record/keys.hpp"
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

constexpr std::string_view tag_regex = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

Json section_schema(Section const& section);

Json text_schema() {
  Json texts{{"type", "object"}};
  texts["propertyNames"] = Json{{"pattern", tag_regex}};
  texts["additionalProperties"] = string_schema();
  return any_of({word_schema(), std::move(texts)});
}

/// A record written in the project itself: any column of any table, and the user's own.
Json records_schema() {
  Json properties = Json::object();
  for (auto const& column : columns()) {
    Json schema{{"description", column.about}};
    if (column.name == "certainty") schema["enum"] = certainty_names();
    properties[std::string(column.name)] = std::move(schema);
  }
  Json const record{{"type", "object"}, {"properties", std::move(properties)}};
  return any_of({list_of(record), map_of(record)});
}

Json furniture_schema() {
  auto const options =
      any_of({Json{{"type", "null"}}, one_of(corners()), section_schema(furniture_section())});
  Json pieces{{"type", "object"}, {"additionalProperties", false}};
  for (auto const name : furniture_kinds()) pieces["properties"][std::string(name)] = options;
  return any_of({list_of(any_of({one_of(furniture_kinds()), pieces})), pieces});
}

Json page_size_schema() {
  std::vector<std::string_view> names;
  for (auto const& size : page_sizes()) names.push_back(size.name);
  return one_of(names);
}

Json scale_schema() {
  return any_of({Json{{"type", "number"}, {"exclusiveMinimum", 0}}, pattern("^1:[0-9.]+$")});
}

Json value_schema(Key const& key) {
  static constexpr std::string_view length = "^ *[+]?[0-9.]+ *(mm|cm|in|pt|px)$";
  static constexpr std::string_view signed_length = "^ *[-+]?[0-9.]+ *(mm|cm|in|pt|px)$";
  switch (key.type) {
    case ValueType::version:
      return {{"const", 1}};
    case ValueType::text:
      return text_schema();
    case ValueType::word:
      return word_schema();
    case ValueType::words:
      return any_of({word_schema(), list_of(word_schema())});
    case ValueType::word_map:
      return map_of(word_schema());
    case ValueType::words_map:
      return map_of(any_of({word_schema(), list_of(word_schema())}));
    case ValueType::path:
      return string_schema();
    case ValueType::languages:
      return any_of({pattern(tag_regex), list_of(pattern(tag_regex))});
    case ValueType::positive:
      return {{"type", "number"}, {"exclusiveMinimum", 0}};
    case ValueType::scale:
      return scale_schema();
    case ValueType::count:
      return {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}};
    case ValueType::angle:
      return {{"type", "number"}, {"minimum", -360}, {"maximum", 360}};
    case ValueType::page_length:
    case ValueType::margin:
      return pattern(length);
    case ValueType::offset:
      return pattern(signed_length);
    case ValueType::date:
      return {{"type", {"string", "integer"}}};
    case ValueType::position:
      return numbers(2);
    case ValueType::box:
      return numbers(4);
    case ValueType::page_size:
      return page_size_schema();
    case ValueType::orientation:
      return {{"enum", {"portrait", "landscape"}}};
    case ValueType::corner:
      return one_of(corners());
    case ValueType::section:
      return section_schema(*key.section);
    case ValueType::sections:
      return map_of(section_schema(*key.section));
    case ValueType::section_list:
      return list_of(section_schema(*key.section));
    case ValueType::table:
      return any_of({string_schema(), section_schema(*key.section)});
    case ValueType::sources:
      return any_of({string_schema(), list_of({{"type", "object"}}), map_of({{"type", "object"}})});
    case ValueType::records:
      return records_schema();
    case ValueType::furniture:
      return furniture_schema();
    case ValueType::selection:
      return any_of({word_schema(), Json{{"type", "array"}}, section_schema(selection_section())});
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
  return schema.dump(2) + "\n";
}

}  // namespace hachure::record
