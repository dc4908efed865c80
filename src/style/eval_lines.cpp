#include "style/eval_lines.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "style/expression.hpp"
#include "style/filter.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;
using Kind = Type::Kind;

/// What a failed evaluation is said to belong to, as in MapLibre's fixtures.
constexpr std::string_view property_path = "layers[0].paint.some-property";

Json member(Json const& json, char const* name) {
  if (!json.is_object()) return {};
  auto const found = json.find(name);
  return found == json.end() ? Json() : *found;
}

std::optional<Type> type_named(std::string const& name) {
  static constexpr std::pair<std::string_view, Kind> types[] = {
      {"color", Kind::color},
      {"string", Kind::string},
      {"enum", Kind::string},
      {"number", Kind::number},
      {"boolean", Kind::boolean},
      {"formatted", Kind::formatted},
      {"padding", Kind::padding},
      {"numberArray", Kind::number_array},
      {"colorArray", Kind::color_array},
      {"projectionDefinition", Kind::projection},
      {"resolvedImage", Kind::image},
      {"variableAnchorOffsetCollection", Kind::anchor_offsets},
      {"length", Kind::length},
  };
  auto const* found = std::ranges::find(types, name, &std::pair<std::string_view, Kind>::first);
  if (found == std::end(types)) return {};
  return found->second;
}

bool contains(Json const& list, char const* text) {
  return list.is_array() && std::ranges::find(list, Json(text)) != list.end();
}

/// A property specification in MapLibre's words (style-spec/reference/v8.json).
PropertySpec read_spec(Json const& json) {
  PropertySpec spec;
  if (!json.is_object()) return spec;
  auto const type = member(json, "type");
  if (type == "array") {
    auto const item = member(json, "value");
    auto const length = member(json, "length");
    auto const item_type = item.is_string() ? type_named(item.get<std::string>()) : std::nullopt;
    spec.type = Type::array_of(
        item_type.value_or(Kind::value),
        length.is_number() ? std::optional(length.get<std::size_t>()) : std::nullopt);
  } else if (type.is_string()) {
    spec.type = type_named(type.get<std::string>());
  }
  if (type == "enum" && member(json, "values").is_object()) {
    for (auto const& [name, value] : json["values"].items()) spec.values.push_back(name);
  }
  if (auto const kind = member(json, "property-type"); kind.is_string()) {
    spec.accepts_feature = kind == "data-driven" || kind == "cross-faded-data-driven";
  }
  if (auto const expression = member(json, "expression"); expression.is_object()) {
    spec.accepts_zoom = contains(member(expression, "parameters"), "zoom");
    spec.accepts_interpolation = member(expression, "interpolated") == true;
  }
  spec.has_tokens = member(json, "tokens") == true;
  spec.fallback = Value::from_json(member(json, "default"));
  return spec;
}

GeometryType geometry_type_of(Json const& type) {
  if (type.is_number_integer()) {
    auto const code = type.get<int>();
    if (code >= 1 && code <= 3) return static_cast<GeometryType>(code);
  }
  if (type == "Point" || type == "MultiPoint") return GeometryType::point;
  if (type == "LineString" || type == "MultiLineString") return GeometryType::line_string;
  if (type == "Polygon" || type == "MultiPolygon") return GeometryType::polygon;
  return GeometryType::unknown;
}

std::vector<FeatureGeometry::LonLat> read_points(Json const& json) {
  std::vector<FeatureGeometry::LonLat> points;
  for (auto const& point : json) {
    points.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
  }
  return points;
}

FeatureGeometry read_geometry(Json const& json) {
  FeatureGeometry geometry;
  auto const type = member(json, "type");
  auto const coordinates = member(json, "coordinates");
  geometry.type = geometry_type_of(type);
  if (type == "Point") geometry.parts.push_back(read_points(Json::array({coordinates})));
  if (type == "MultiPoint" || type == "LineString") {
    geometry.parts.push_back(read_points(coordinates));
  }
  if (type == "MultiLineString" || type == "Polygon") {
    for (auto const& part : coordinates) geometry.parts.push_back(read_points(part));
  }
  if (type == "MultiPolygon") {
    for (auto const& polygon : coordinates) {
      for (auto const& ring : polygon) geometry.parts.push_back(read_points(ring));
    }
  }
  return geometry;
}

Feature read_feature(Json const& json) {
  Feature feature;
  if (auto const properties = member(json, "properties"); properties.is_object()) {
    for (auto const& [name, value] : properties.items()) {
      feature.set(Key(name), Value::from_json(value));
    }
  }
  feature.set_id(Value::from_json(member(json, "id")));
  if (auto const geometry = member(json, "geometry"); geometry.is_object()) {
    feature.set_geometry(read_geometry(geometry));
  }
  if (auto const type = member(json, "type"); type != "Feature" && !type.is_null()) {
    feature.set_geometry_type(geometry_type_of(type));
  }
  return feature;
}

/// A context and what it looks at.
struct Inputs {
  EvalContext context;
  std::vector<std::string> images;
};

double number_of(Json const& json, char const* name) {
  auto const value = member(json, name);
  return value.is_number() ? value.get<double>() : 0;
}

void read_context(Json const& globals, Json const& feature, Json const& global_state,
                  Inputs& inputs) {
  auto& context = inputs.context;
  context.zoom = number_of(globals, "zoom");
  context.scale = number_of(globals, "scale");
  context.progress = number_of(globals, "progress");
  context.line_progress = number_of(globals, "lineProgress");
  context.heatmap_density = number_of(globals, "heatmapDensity");
  context.elevation_m = number_of(globals, "elevation");
  context.accumulated = Value::from_json(member(globals, "accumulated"));
  if (auto const z = member(member(globals, "canonicalID"), "z"); z.is_number_integer()) {
    context.tile_zoom = std::clamp(z.get<int>(), 0, 30);
  }
  context.time = Value::from_json(member(globals, "time"));
  context.certainty = Value::from_json(member(globals, "certainty"));
  context.side = Value::from_json(member(globals, "side"));
  context.lang = Value::from_json(member(globals, "lang"));
  context.global_state = Value::from_json(global_state);
  context.feature_state = Value::from_json(member(feature, "featureState"));
  if (auto const images = member(globals, "availableImages"); images.is_array()) {
    for (auto const& image : images) {
      if (image.is_string()) inputs.images.push_back(image.get<std::string>());
    }
    std::ranges::sort(inputs.images);
    context.available_images = &inputs.images;
  }
}

Json evaluate_one(Expression const& expression, Json const& input, Json const& global_state) {
  auto const globals = input.is_array() && !input.empty() ? input[0] : Json();
  auto const described = input.is_array() && input.size() > 1 ? input[1] : Json();
  Inputs inputs;
  read_context(globals, described, global_state, inputs);
  auto const feature = read_feature(described);
  inputs.context.feature = &feature;
  EvaluationFailure failure;
  auto const value = expression.try_evaluate(inputs.context, &failure);
  if (value) return value->to_json();
  return {{"error", std::string(property_path) + failure.key + ": " + failure.message}};
}

Json problems_json(std::vector<ExpressionProblem> const& problems) {
  auto list = Json::array();
  for (auto const& problem : problems) {
    list.push_back({{"key", problem.key}, {"error", problem.message}});
  }
  return list;
}

Json evaluate_expression(Json const& line) {
  std::vector<ExpressionProblem> problems;
  auto const expression = Expression::compile_strictly(
      line.at("expression"), read_spec(member(line, "propertySpec")), problems);
  if (!expression) return {{"compiled", "error"}, {"errors", problems_json(problems)}};
  auto outputs = Json::array();
  auto const global_state = member(line, "globalState");
  for (auto const& input : member(line, "inputs")) {
    outputs.push_back(evaluate_one(*expression, input, global_state));
  }
  return {{"compiled", "success"}, {"outputs", std::move(outputs)}};
}

Json evaluate_filter(Json const& line) {
  if (member(line, "kind") == "isExpressionFilter") {
    return {{"result", is_expression_filter(line.at("filter"))}};
  }
  std::vector<ExpressionProblem> problems;
  auto const filter = Filter::compile_strictly(line.at("filter"), problems);
  if (!filter) {
    auto const& first = problems.front();
    return {{"error", first.key + ": " + first.message}};
  }
  auto const described = member(line, "feature");
  Inputs inputs;
  read_context(member(line, "globals"), described, member(line, "globalState"), inputs);
  auto const feature = read_feature(described);
  inputs.context.feature = &feature;
  return {{"result", filter->passes(inputs.context)}};
}

/// Whether brackets nest deeper than any expression may: documents are copied by recursion.
bool is_too_deep(std::string_view text) {
  constexpr int most = 4 * base::limits::max_expression_depth;
  int depth = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (is_quoted && c == '\\') ++i;
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > most) return true;
  }
  return false;
}

Json answer(std::string_view json_line) {
  if (is_too_deep(json_line)) return {{"error", "nested too deep"}};
  try {
    auto const line = Json::parse(json_line);
    if (line.is_object() && line.contains("filter")) return evaluate_filter(line);
    if (line.is_object() && line.contains("expression")) return evaluate_expression(line);
    return {{"error", "a line is an object with `expression` or `filter`"}};
  } catch (Json::exception const& error) {
    return {{"error", std::string("not valid: ") + error.what()}};
  } catch (base::Error const& error) {
    return {{"error", error.message()}};
  }
}

}  // namespace

std::string evaluate_line(std::string_view json_line) {
  return answer(json_line).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hachure::style
