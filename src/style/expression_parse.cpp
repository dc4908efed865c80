#include "style/expression_parse.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/diagnostics.hpp"
#include "base/limits.hpp"

namespace hachure::style {

Scope::Binding const* Scope::find(std::string const& name) const {
  for (auto const* scope = this; scope; scope = scope->outer) {
    // Of two bindings of one name in a `let`, the later one counts.
    for (auto it = scope->bindings.rbegin(); it != scope->bindings.rend(); ++it) {
      if (it->name == name) return &*it;
    }
  }
  return nullptr;
}

Place Place::argument(std::size_t i, std::optional<Type> type) const {
  return {key + "[" + std::to_string(i) + "]", std::move(type), scope, depth + 1};
}

Place Place::option(std::string const& name, Type const& type) const {
  return {key + "." + name, type, scope, depth + 1};
}

std::string_view json_type_name(nlohmann::json const& json) {
  if (json.is_string()) return "string";
  if (json.is_number()) return "number";
  if (json.is_boolean()) return "boolean";
  return "object";
}

namespace {

std::map<std::string_view, ParseForm> const& forms() {
  static auto const all = [] {
    std::map<std::string_view, ParseForm> map;
    for (auto const* table : {&control_forms(), &curve_forms(), &comparison_forms(), &text_forms(),
                              &geometry_forms(), &distance_forms()}) {
      for (auto const& form : *table) map.emplace(form.name, form.parse);
    }
    return map;
  }();
  return all;
}

constexpr std::string_view literal_hint =
    "If you wanted a literal array, use [\"literal\", [...]].";

/// Whether a value of the actual type is converted, not asserted, to the expected one.
bool is_coerced(Type::Kind expected, Type::Kind actual) {
  using Kind = Type::Kind;
  switch (expected) {
    case Kind::color:
    case Kind::formatted:
    case Kind::image:
      return actual == Kind::value || actual == Kind::string;
    case Kind::padding:
    case Kind::number_array:
      return actual == Kind::value || actual == Kind::number || actual == Kind::array;
    case Kind::color_array:
      return actual == Kind::value || actual == Kind::string || actual == Kind::array;
    case Kind::anchor_offsets:
      return actual == Kind::value || actual == Kind::array;
    case Kind::projection:
      return actual == Kind::value || actual == Kind::string || actual == Kind::array;
    default:
      return false;
  }
}

bool is_asserted(Type::Kind expected) {
  using Kind = Type::Kind;
  return expected == Kind::string || expected == Kind::number || expected == Kind::boolean ||
         expected == Kind::object || expected == Kind::array;
}

std::vector<NodePtr> single(NodePtr node) {
  std::vector<NodePtr> nodes;
  nodes.push_back(std::move(node));
  return nodes;
}

bool is_length_array(Type const& type) {
  return type.is(Type::Kind::array) && type.item && type.item->is(Type::Kind::length);
}

}  // namespace

std::vector<std::string> const& operator_names() {
  static auto const names = [] {
    std::vector<std::string> all;
    for (auto const& [name, parse] : forms()) all.emplace_back(name);
    for (auto const name : function_names()) all.emplace_back(name);
    std::ranges::sort(all);
    return all;
  }();
  return names;
}

NodePtr Parser::fail(Place const& place, std::string message, std::string hint) {
  problems_.push_back({place.key, std::move(message), std::move(hint)});
  return nullptr;
}

NodePtr Parser::fail_type(Place const& place, Type const& actual, Type const& expected) {
  return fail(place,
              "Expected " + to_string(expected) + " but found " + to_string(actual) + " instead.");
}

NodePtr Parser::parse(Json const& json, Place const& place, Annotation annotation) {
  if (place.depth > base::limits::max_expression_depth) {
    return fail(place, "The expression is nested deeper than " +
                           std::to_string(base::limits::max_expression_depth) + " levels.");
  }
  if (++nodes_ > base::limits::max_expression_nodes) {
    return fail(place, "The expression has more than " +
                           std::to_string(base::limits::max_expression_nodes) + " nodes.");
  }
  if (json.is_object()) {
    return fail(place, "Bare objects invalid. Use [\"literal\", {...}] instead.");
  }
  if (!json.is_array()) {
    auto value = Value::from_json(json);
    auto type = type_of(value);
    return fit(std::make_unique<LiteralNode>(std::move(type), place.key, std::move(value)), place,
               annotation);
  }
  if (json.empty()) {
    return fail(place,
                "Expected an array with at least one element. If you wanted a literal array, use "
                "[\"literal\", []].");
  }
  if (!json[0].is_string()) {
    return fail(place.argument(0), "Expression name must be a string, but found " +
                                       std::string(json_type_name(json[0])) + " instead. " +
                                       std::string(literal_hint));
  }
  auto const& name = json[0].get_ref<std::string const&>();
  NodePtr node;
  if (auto const form = forms().find(name); form != forms().end()) {
    node = form->second(*this, json, place);
  } else if (is_function(name)) {
    node = parse_function(*this, json, place);
  } else {
    return fail(
        place.argument(0), "Unknown expression \"" + name + "\". " + std::string(literal_hint),
        base::near_miss(name, operator_names()).empty() ? std::string()
                                                        : base::hint_of(name, operator_names()));
  }
  if (!node) return nullptr;
  node = fit(std::move(node), place, annotation);
  return node ? fold(std::move(node), place) : nullptr;
}

NodePtr Parser::fit(NodePtr node, Place const& place, Annotation annotation) {
  if (!place.expected) return node;
  auto const& expected = *place.expected;
  auto const& actual = node->type();
  if (expected.is(Type::Kind::length) || is_length_array(expected)) {
    return fit_length(std::move(node), place, annotation);
  }
  bool const asserts = is_asserted(expected.kind) && actual.is(Type::Kind::value);
  if (asserts || is_coerced(expected.kind, actual.kind)) {
    if (annotation == Annotation::omit) return node;
    auto key = node->key();
    node = asserts && annotation != Annotation::coerce
               ? make_assertion(expected, std::move(key), single(std::move(node)))
               : make_coercion(expected, std::move(key), single(std::move(node)));
    // A constant colour is read here and now, so that a wrong name is found at load.
    return fold(std::move(node), place);
  }
  if (!is_subtype(actual, expected)) return fail_type(place, actual, expected);
  return node;
}

/// Lengths differ from the other conversions: even within `coalesce` every branch is converted
/// where it stands, since afterwards millimetres could not be told from pixels.
NodePtr Parser::fit_length(NodePtr node, Place const& place, Annotation annotation) {
  using Kind = Type::Kind;
  auto const& expected = *place.expected;
  // What is constant is known now, and wrong now and not on the page.
  node = fold(std::move(node), place);
  if (!node) return nullptr;
  auto const actual = node->type();
  if (is_subtype(actual, expected)) return node;
  bool const keeps_null = annotation == Annotation::omit;
  if (expected.is(Kind::length)) {
    if (auto const* literal = node->literal()) {
      if (literal->is_null() && keeps_null) return node;
      if (!literal->is_number() && !literal->is_string()) return fail_type(place, actual, expected);
      if (auto length = make_length_literal(place.key, *literal)) return length;
      return fail(place, "Could not parse length from value '" + literal->to_string() + "'",
                  "a number of px or a text such as \"0.3mm\", \"8pt\", \"150m\"");
    }
    if (!actual.is(Kind::value) && !actual.is(Kind::number) && !actual.is(Kind::string)) {
      return fail_type(place, actual, expected);
    }
  } else if (!actual.is(Kind::array) && !actual.is(Kind::value)) {
    return fail_type(place, actual, expected);
  }
  auto key = node->key();
  return make_coercion(expected, std::move(key), single(std::move(node)), keeps_null);
}

NodePtr Parser::fold(NodePtr node, Place const& place) {
  if (node->literal() || node->type().is(Type::Kind::image) || !node->is_foldable() ||
      node->own_inputs() != 0 ||
      !std::ranges::all_of(node->children(), [](NodePtr const& n) { return n->literal(); })) {
    return node;
  }
  EvalContext const nothing;
  State state{.context = nothing, .slots = nullptr, .wants_reason = true};
  Value scratch;
  auto const* value = node->eval(state, scratch);
  if (!value) return fail(place, std::move(state.failure.message));
  return std::make_unique<LiteralNode>(node->type(), node->key(), *value);
}

}  // namespace hachure::style
