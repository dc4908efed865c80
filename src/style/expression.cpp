#include "style/expression.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "style/expression_node.hpp"
#include "style/expression_parse.hpp"
#include "style/legacy_function.hpp"

namespace hachure::style {

// ---- Feature

void Feature::set(Key const& key, Value value) {
  auto const before = [](Property const& p, Key const& k) {
    return p.key.hash != k.hash ? p.key.hash < k.hash : p.key.name < k.name;
  };
  auto const at = std::lower_bound(properties_.begin(), properties_.end(), key, before);
  if (at != properties_.end() && at->key.hash == key.hash && at->key.name == key.name) {
    at->value = std::move(value);
  } else {
    properties_.insert(at, {key, std::move(value)});
  }
}

void Feature::set_geometry(FeatureGeometry geometry) {
  type_ = geometry.type;
  geometry_ = std::move(geometry);
}

Value const* Feature::find(std::string_view name, std::uint64_t hash) const {
  auto at = std::lower_bound(properties_.begin(), properties_.end(), hash,
                             [](Property const& p, std::uint64_t h) { return p.key.hash < h; });
  for (; at != properties_.end() && at->key.hash == hash; ++at) {
    if (at->key.name == name) return &at->value;
  }
  return nullptr;
}

Value Feature::properties() const {
  Value::Object members;
  members.reserve(properties_.size());
  for (auto const& property : properties_) members.emplace_back(property.key.name, property.value);
  return Value(std::move(members));
}

// ---- Expression

struct Expression::Compiled {
  NodePtr root;
  std::size_t slots = 0;
  std::uint32_t inputs = 0;
  Value fallback;
  std::vector<std::string> values;
  std::set<std::string> property_names;
};

namespace {

constexpr char const* nested_zoom_message =
    "\"zoom\" expression may only be used as input to a top-level \"step\" or \"interpolate\" "
    "expression.";

/// The curve over zoom of an expression, or what is wrong with it.
struct ZoomCurve {
  Node const* curve = nullptr;
  char const* problem = nullptr;
};

bool is_zoom_curve(Node const& node) {
  return node.role() == Node::Role::curve && node.child(0).role() == Node::Role::zoom;
}

/// Each node is visited once: a `let` passes on the curve of its result, a `coalesce` the first one
/// of its arguments, and any curve elsewhere is one too many.
ZoomCurve find_zoom_curve(Node const& node) {
  bool const is_let = node.role() == Node::Role::let;
  bool const is_coalesce = node.role() == Node::Role::coalesce;
  ZoomCurve found;
  if (is_zoom_curve(node)) found.curve = &node;
  ZoomCurve nested;
  for (auto const& child : node.children()) {
    auto const below = find_zoom_curve(*child);
    if (below.problem) return below;
    if (!below.curve) continue;
    bool const may_pass = is_coalesce || (is_let && child == node.children().back());
    if (found.curve) {
      return {nullptr,
              "Only one zoom-based \"step\" or \"interpolate\" subexpression may be used in an "
              "expression."};
    }
    (may_pass ? found : nested) = below;
  }
  if (nested.curve) return {nullptr, nested_zoom_message};
  return found;
}

struct Summary {
  std::uint32_t inputs = 0;
  std::set<std::string> property_names;
};

void summarise(Node const& node, Summary& summary) {
  summary.inputs |= node.own_inputs();
  if (auto const* name = node.property_name()) summary.property_names.insert(*name);
  for (auto const& child : node.children()) summarise(*child, summary);
}

bool has_input(std::uint32_t inputs, Input input) {
  return (inputs & static_cast<std::uint32_t>(input)) != 0;
}

/// Notes what the property does not accept of a well-formed expression.
void check_spec(Node const& root, std::uint32_t inputs, PropertySpec const& spec, Parser& parser) {
  bool const has_feature =
      has_input(inputs, Input::feature) || has_input(inputs, Input::feature_state);
  if (has_feature && !spec.accepts_feature) {
    parser.fail({}, "data expressions not supported");
    return;
  }
  bool const has_zoom = has_input(inputs, Input::zoom);
  if (has_zoom && !spec.accepts_zoom) {
    parser.fail({}, "zoom expressions not supported");
    return;
  }
  if (!spec.accepts_nested_zoom) {
    auto const found = find_zoom_curve(root);
    if (found.problem || (!found.curve && has_zoom)) {
      parser.fail({}, found.problem ? found.problem : nested_zoom_message);
      return;
    }
  }
  auto const* value = root.literal();
  if (value && value->is_string() && !spec.values.empty() &&
      std::ranges::find(spec.values, value->as_string()) == spec.values.end()) {
    parser.fail({},
                "Expected value to be one of the allowed values, but found \"" +
                    value->as_string() + "\" instead.",
                base::hint_of(value->as_string(), spec.values));
  }
}

/// Whether a property value is an expression, not a constant: an array with an operator in front.
bool is_expression(nlohmann::json const& json) {
  if (!json.is_array() || json.empty() || !json[0].is_string()) return false;
  return std::ranges::binary_search(operator_names(), json[0].get_ref<std::string const&>());
}

bool is_array_like(Type::Kind kind) {
  using Kind = Type::Kind;
  return kind == Kind::array || kind == Kind::padding || kind == Kind::number_array ||
         kind == Kind::color_array || kind == Kind::anchor_offsets || kind == Kind::projection;
}

/// Whether `json`, which is no expression we know, can only be meant as a constant of the property.
bool is_constant_array(nlohmann::json const& json, PropertySpec const& spec) {
  if (!json.is_array() || !spec.type || !is_array_like(spec.type->kind)) return false;
  return !is_expression(json);
}

/// The words of a problem as our messages are written: lower case, no full stop.
std::string house_message(std::string text) {
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

/// Runs an evaluation with room for the variables.
template <class Run>
static auto with_state(EvalContext const& context, std::size_t slots, bool wants_reason, Run run) {
  State state{.context = context, .slots = nullptr, .wants_reason = wants_reason};
  if (slots == 0) return run(state);
  constexpr std::size_t few = 8;
  if (slots <= few) {
    std::array<State::Slot, few> some;
    state.slots = some.data();
    return run(state);
  }
  std::vector<State::Slot> many(slots);
  state.slots = many.data();
  return run(state);
}

Expression::Expression(std::shared_ptr<Compiled const> compiled) : compiled_(std::move(compiled)) {}
Expression::Expression() : Expression(constant(Value())) {}
Expression::~Expression() = default;
Expression::Expression(Expression const&) = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression const&) = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

Expression Expression::constant(Value value) {
  auto compiled = std::make_shared<Compiled>();
  auto type = type_of(value);
  compiled->root = std::make_unique<LiteralNode>(std::move(type), std::string(), std::move(value));
  return Expression(std::move(compiled));
}

std::optional<Expression> Expression::compile_strictly(nlohmann::json const& json,
                                                       PropertySpec const& spec,
                                                       std::vector<ExpressionProblem>& problems) {
  if (json.is_object()) {
    try {
      return compile_strictly(convert_function(json, spec), spec, problems);
    } catch (base::Error const& error) {
      auto const& field = error.origin().field;
      problems.push_back({field.empty() ? field : "." + field, error.message(), {}});
      return {};
    }
  }
  Parser parser;
  bool const is_text = spec.type && spec.type->is(Type::Kind::string);
  Place place;
  place.expected = spec.type;
  auto root = parser.parse(json, place, is_text ? Annotation::coerce : Annotation::natural);
  Summary summary;
  if (root) {
    summarise(*root, summary);
    check_spec(*root, summary.inputs, spec, parser);
  }
  if (!root || !parser.problems().empty()) {
    problems.insert(problems.end(), parser.problems().begin(), parser.problems().end());
    return {};
  }
  auto compiled = std::make_shared<Compiled>();
  compiled->root = std::move(root);
  compiled->slots = parser.slots();
  compiled->inputs = summary.inputs;
  compiled->property_names = std::move(summary.property_names);
  compiled->fallback = spec.fallback;
  compiled->values = spec.values;
  return Expression(std::move(compiled));
}

std::optional<Expression> Expression::compile(nlohmann::json const& json, PropertySpec const& spec,
                                              base::Origin const& origin,
                                              base::Diagnostics& diagnostics) {
  std::vector<ExpressionProblem> problems;
  std::optional<Expression> expression;
  if (is_constant_array(json, spec)) {
    expression = compile_strictly(nlohmann::json::array({"literal", json}), spec, problems);
    // The key of the inserted call means nothing to the reader.
    for (auto& problem : problems) {
      if (problem.key.starts_with("[1]")) problem.key.erase(0, 3);
    }
  } else if (json.is_string() && spec.has_tokens) {
    expression = compile_strictly(convert_tokens(json), spec, problems);
  } else {
    expression = compile_strictly(json, spec, problems);
  }
  for (auto const& problem : problems) {
    auto at = origin;
    at.field += problem.key;
    diagnostics.error(std::move(at), house_message(problem.message), problem.hint);
  }
  return expression;
}

Expression Expression::compile(nlohmann::json const& json, PropertySpec const& spec,
                               base::Origin const& origin) {
  base::Diagnostics diagnostics;
  auto expression = compile(json, spec, origin, diagnostics);
  if (expression) return *std::move(expression);
  if (diagnostics.problems().size() == 1) {
    auto const& problem = diagnostics.problems().front();
    throw base::Error(problem.fault, problem.origin, problem.message, problem.hint);
  }
  diagnostics.raise_errors();
  throw base::Error(base::Fault::defect, origin, "an expression failed without a reason");
}

std::optional<Value> Expression::try_evaluate(EvalContext const& context,
                                              EvaluationFailure* failure) const {
  return with_state(context, compiled_->slots, failure != nullptr,
                    [&](State& state) -> std::optional<Value> {
                      Value scratch;
                      auto const* value = compiled_->root->eval(state, scratch);
                      if (!value) {
                        if (failure) *failure = std::move(state.failure);
                        return {};
                      }
                      return value == &scratch ? scratch : *value;
                    });
}

Value Expression::evaluate(EvalContext const& context) const {
  return with_state(context, compiled_->slots, false, [&](State& state) -> Value {
    Value scratch;
    auto const* value = compiled_->root->eval(state, scratch);
    bool const is_usable =
        value && !value->is_null() && !(value->is_number() && std::isnan(value->as_number())) &&
        (compiled_->values.empty() || !value->is_string() ||
         std::ranges::find(compiled_->values, value->as_string()) != compiled_->values.end());
    if (!is_usable) return compiled_->fallback;
    return value == &scratch ? scratch : *value;
  });
}

double Expression::number(EvalContext const& context, double otherwise) const {
  return with_state(context, compiled_->slots, false, [&](State& state) {
    double out = 0;
    if (compiled_->root->number(state, out) && !std::isnan(out)) return out;
    return compiled_->fallback.is_number() ? compiled_->fallback.as_number() : otherwise;
  });
}

bool Expression::boolean(EvalContext const& context, bool otherwise) const {
  return with_state(context, compiled_->slots, false, [&](State& state) {
    bool out = false;
    if (compiled_->root->boolean(state, out)) return out;
    return compiled_->fallback.is_boolean() ? compiled_->fallback.as_boolean() : otherwise;
  });
}

Color Expression::color(EvalContext const& context, Color const& otherwise) const {
  return with_state(context, compiled_->slots, false, [&](State& state) {
    Value scratch;
    auto const* value = compiled_->root->eval(state, scratch);
    if (value && value->is_color()) return value->as_color();
    return compiled_->fallback.is_color() ? compiled_->fallback.as_color() : otherwise;
  });
}

Type const& Expression::type() const {
  return compiled_->root->type();
}

bool Expression::is_constant() const {
  return compiled_->inputs == 0;
}

std::uint32_t Expression::inputs() const {
  return compiled_->inputs;
}

std::vector<std::string> Expression::property_names() const {
  return {compiled_->property_names.begin(), compiled_->property_names.end()};
}

}  // namespace hachure::style
