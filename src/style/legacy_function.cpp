#include "style/legacy_function.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;

[[noreturn]] void fail(std::string const& key, std::string const& message) {
  throw base::Error(base::Fault::input, {.file = {}, .line = 0, .place = {}, .field = key},
                    message);
}

Json literal(Json const& value) {
  if (value.is_object() || value.is_array()) return Json::array({"literal", value});
  return value;
}

/// The parts of a function, checked.
struct Function {
  std::string type;  ///< exponential, interval or categorical
  Json get;          ///< input from the feature; null for a zoom function
  Json stops;        ///< pairs of input and output, outputs as expressions
  Json fallback;     ///< an expression, or null when there is none
  double base = 1;
  std::string interpolate = "interpolate";  ///< operator of the colour space
};

Json curve(Function const& function) {
  if (function.base == 1) return Json::array({"linear"});
  return Json::array({"exponential", function.base});
}

/// `input` from interpolate or step through `stops`; of stops with the same input the first one
/// counts.
Json make_curve(Function const& function, bool is_step, Json const& input, Json const& stops) {
  auto out = is_step ? Json::array({"step", input, stops.at(0).at(1)})
                     : Json::array({function.interpolate, curve(function), input});
  Json previous;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    auto const& stop = stops.at(i);
    bool const is_repeated = i > 0 && stop.at(0) == previous;
    if (!is_repeated && !(is_step && i == 0)) {
      out.push_back(stop.at(0));
      out.push_back(stop.at(1));
    }
    previous = stop.at(0);
  }
  // A step over one stop has no second label; far below every input it changes nothing.
  if (is_step && out.size() == 3) {
    out.push_back(-1e300);
    out.push_back(stops.at(0).at(1));
  }
  return out;
}

Json make_categorical(Function const& function) {
  auto const& stops = function.stops;
  if (stops.at(0).at(0).is_boolean()) {
    auto out = Json::array({"case"});
    for (auto const& stop : stops) {
      out.push_back(Json::array({"==", function.get, stop.at(0)}));
      out.push_back(stop.at(1));
    }
    out.push_back(function.fallback);
    return out;
  }
  auto out = Json::array({"match", function.get});
  Json seen = Json::array();
  for (auto const& stop : stops) {
    if (std::ranges::find(seen, stop.at(0)) != seen.end()) continue;
    seen.push_back(stop.at(0));
    out.push_back(stop.at(0));
    out.push_back(stop.at(1));
  }
  out.push_back(function.fallback);
  return out;
}

Json make_property_function(Function const& function, Json const& stops) {
  auto one = function;
  one.stops = stops;
  if (function.type == "categorical") return make_categorical(one);
  bool const is_step = function.type == "interval";
  auto const input = Json::array({"number", function.get});
  auto out = make_curve(function, is_step, input, stops);
  if (function.fallback.is_null()) return out;
  auto const is_number = Json::array({"==", Json::array({"typeof", function.get}), "number"});
  return Json::array({"case", is_number, std::move(out), function.fallback});
}

/// A function of zoom and a property: stops are `[{zoom, value}, output]`.
Json make_composite(Function const& function) {
  auto zooms = Json::array();  // pairs of zoom and stops of the property
  for (auto const& stop : function.stops) {
    auto const& input = stop.at(0);
    if (!input.is_object() || !input.contains("zoom") || !input.contains("value")) {
      fail("stops", "a stop of zoom and property is [{zoom, value}, output]");
    }
    if (zooms.empty() || zooms.back().at(0) != input["zoom"]) {
      zooms.push_back(Json::array({input["zoom"], Json::array()}));
    }
    zooms.back().at(1).push_back(Json::array({input["value"], stop.at(1)}));
  }
  for (auto& zoom : zooms) zoom.at(1) = make_property_function(function, zoom.at(1));
  auto over_zoom = function;
  over_zoom.base = 1;
  return make_curve(over_zoom, function.type != "exponential", Json::array({"zoom"}), zooms);
}

Json json_of(Value const& value) {
  return value.is_null() ? Json() : literal(value.to_json());
}

Json make_identity(Json const& function, PropertySpec const& spec) {
  if (!function.contains("property") || !function["property"].is_string()) {
    fail("property", "a function needs stops or the name of a property");
  }
  auto const get = Json::array({"get", function["property"]});
  bool const has_default = function.contains("default");
  if (!spec.type) return get;
  if (!has_default) {
    return spec.type->is(Type::Kind::string) ? Json::array({"string", get}) : get;
  }
  auto const fallback = literal(function["default"]);
  if (!spec.values.empty()) return Json::array({"match", get, spec.values, get, fallback});
  switch (spec.type->kind) {
    case Type::Kind::color:
      return Json::array({"to-color", get, fallback});
    case Type::Kind::array: {
      auto const item = spec.type->item_type();
      auto const count = spec.type->count ? Json(*spec.type->count) : Json();
      if (item.is(Type::Kind::value)) return Json::array({"array", get, fallback});
      return Json::array({"array", to_string(item), count, get, fallback});
    }
    case Type::Kind::number:
    case Type::Kind::string:
    case Type::Kind::boolean:
    case Type::Kind::object:
      return Json::array({to_string(*spec.type), get, fallback});
    default:
      return Json::array({"coalesce", get, fallback});
  }
}

Function read_function(Json const& json, PropertySpec const& spec) {
  Function function;
  auto const& stops = json["stops"];
  if (!stops.is_array() || stops.empty()) fail("stops", "stops is a list of pairs");
  bool const has_feature = json.contains("property") ||
                           (stops[0].is_array() && !stops[0].empty() && stops[0][0].is_object());
  function.stops = Json::array();
  for (auto const& stop : stops) {
    if (!stop.is_array() || stop.size() != 2) fail("stops", "a stop is a pair of input and output");
    bool const has_tokens = !has_feature && spec.has_tokens && stop[1].is_string();
    function.stops.push_back(
        Json::array({stop[0], has_tokens ? convert_tokens(stop[1]) : literal(stop[1])}));
  }
  if (json.contains("property")) function.get = Json::array({"get", json["property"]});
  bool const interpolates =
      spec.accepts_interpolation &&
      !(spec.type && (spec.type->is(Type::Kind::string) || spec.type->is(Type::Kind::boolean)));
  function.type = json.value("type", interpolates ? "exponential" : "interval");
  if (function.type != "exponential" && function.type != "interval" &&
      function.type != "categorical") {
    fail("type", "unknown type of function \"" + function.type + "\"");
  }
  if (json.contains("base") && json["base"].is_number()) function.base = json["base"].get<double>();
  if (json.contains("colorSpace") && json["colorSpace"] != "rgb") {
    function.interpolate += "-" + json["colorSpace"].get<std::string>();
  }
  if (json.contains("default")) {
    function.fallback = literal(json["default"]);
  } else if (function.type == "categorical") {
    function.fallback = json_of(spec.fallback);
  }
  return function;
}

}  // namespace

nlohmann::json convert_function(nlohmann::json const& function, PropertySpec const& spec) {
  try {
    if (!function.contains("stops")) return make_identity(function, spec);
    auto const read = read_function(function, spec);
    if (read.stops.at(0).at(0).is_object()) return make_composite(read);
    if (!read.get.is_null()) return make_property_function(read, read.stops);
    return make_curve(read, read.type != "exponential", Json::array({"zoom"}), read.stops);
  } catch (nlohmann::json::exception const&) {
    fail("", "not a function: a part of it has a wrong type");
  }
}

nlohmann::json convert_tokens(nlohmann::json const& text) {
  auto const& whole = text.get_ref<std::string const&>();
  auto parts = Json::array({"concat"});
  std::size_t from = 0;
  for (auto open = whole.find('{'); open != std::string::npos; open = whole.find('{', from)) {
    auto const close = whole.find('}', open);
    if (close == std::string::npos) break;
    if (open > from) parts.push_back(whole.substr(from, open - from));
    parts.push_back(Json::array({"get", whole.substr(open + 1, close - open - 1)}));
    from = close + 1;
  }
  if (parts.size() == 1) return text;
  if (from < whole.size()) parts.push_back(whole.substr(from));
  if (parts.size() == 2) return Json::array({"to-string", parts[1]});
  return parts;
}

}  // namespace hachure::style
