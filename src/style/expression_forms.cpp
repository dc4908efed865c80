#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "style/expression_parse.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;
using Kind = Type::Kind;

std::optional<Type> wanted_output(Place const& place) {
  if (place.expected && !place.expected->is(Kind::value)) return place.expected;
  return {};
}

std::string count_text(Json const& json) {
  return std::to_string(json.size() - 1);
}

// ---- literals

/// The literal of `json`, or null pointer after a problem was noted.
NodePtr make_literal(Parser& parser, Json const& json, Place const& place) {
  Value value;
  try {
    value = Value::from_json(json);
  } catch (base::Error const& error) {
    return parser.fail(place, error.message());
  }
  auto type = type_of(value);
  // An empty array is of whatever item type the context wants.
  auto const& expected = place.expected;
  if (type.is(Kind::array) && type.count == 0u && expected && expected->is(Kind::array) &&
      (!expected->count || expected->count == 0u) && !expected->item_type().is(Kind::length)) {
    type = *expected;
  }
  return std::make_unique<LiteralNode>(std::move(type), place.key, std::move(value));
}

NodePtr parse_literal(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) {
    return parser.fail(place, "'literal' expression requires exactly one argument, but found " +
                                  count_text(json) + " instead.");
  }
  return make_literal(parser, json[1], place);
}

/// An array whose items are computed.
class ArrayNode final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    Value::Array items;
    items.reserve(children().size());
    for (auto const& node : children()) {
      Value holder;
      auto const* value = node->eval(state, holder);
      if (!value) return nullptr;
      items.push_back(*value);
    }
    scratch = Value(std::move(items));
    return &scratch;
  }
};

/// `["semiliteral", [...]]`: an array with expressions among its items.
NodePtr parse_semiliteral(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) {
    return parser.fail(place, "'semiliteral' expression requires exactly one argument, but found " +
                                  count_text(json) + " instead.");
  }
  if (!json[1].is_array()) return make_literal(parser, json[1], place);
  NodeParts parts{{}, place.key, {}};
  auto inner = place.argument(1);
  std::optional<Type> item;
  bool same = true;
  for (std::size_t i = 0; i < json[1].size(); ++i) {
    auto const& element = json[1][i];
    auto node = element.is_array() ? parser.parse(element, inner.argument(i))
                                   : make_literal(parser, element, inner.argument(i));
    if (!node) return nullptr;
    if (!item) item = node->type();
    same = same && node->type() == *item;
    parts.children.push_back(std::move(node));
  }
  parts.type = Type::array_of(same && item ? *item : Type(Kind::value), parts.children.size());
  return std::make_unique<ArrayNode>(std::move(parts));
}

// ---- types

/// Arguments from `first` on, each of any type. False: a problem was noted.
bool parse_rest(Parser& parser, Json const& json, Place const& place, std::size_t first,
                std::vector<NodePtr>& children) {
  for (std::size_t i = first; i < json.size(); ++i) {
    auto node = parser.parse(json[i], place.argument(i, Kind::value));
    if (!node) return false;
    children.push_back(std::move(node));
  }
  return true;
}

std::optional<Type> plain_type(std::string_view name) {
  if (name == "string") return Kind::string;
  if (name == "number") return Kind::number;
  if (name == "boolean") return Kind::boolean;
  if (name == "object") return Kind::object;
  return {};
}

NodePtr parse_assertion(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 2) return parser.fail(place, "Expected at least one argument.");
  auto const type = plain_type(json[0].get_ref<std::string const&>());
  std::vector<NodePtr> children;
  if (!parse_rest(parser, json, place, 1, children)) return nullptr;
  return make_assertion(*type, place.key, std::move(children));
}

NodePtr parse_array(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 2) return parser.fail(place, "Expected at least one argument.");
  Type item = Kind::value;
  std::optional<std::size_t> count;
  std::size_t first = 1;
  if (json.size() > 2) {
    auto const type =
        json[1].is_string() ? plain_type(json[1].get_ref<std::string const&>()) : std::nullopt;
    if (!type || type->is(Kind::object)) {
      return parser.fail(
          place.argument(1),
          "The item type argument of \"array\" must be one of string, number, boolean");
    }
    item = *type;
    ++first;
  }
  if (json.size() > 3) {
    if (!json[2].is_null()) {
      double const n = json[2].is_number() ? json[2].get<double>() : -1;
      if (n < 0 || n != std::floor(n) || n > 1e9) {
        return parser.fail(place.argument(2),
                           "The length argument to \"array\" must be a positive integer literal");
      }
      count = static_cast<std::size_t>(n);
    }
    ++first;
  }
  std::vector<NodePtr> children;
  if (!parse_rest(parser, json, place, first, children)) return nullptr;
  return make_assertion(Type::array_of(item, count), place.key, std::move(children));
}

NodePtr parse_coercion(Parser& parser, Json const& json, Place const& place) {
  auto const& name = json[0].get_ref<std::string const&>();
  if (json.size() < 2) return parser.fail(place, "Expected at least one argument.");
  bool const is_unary = name == "to-boolean" || name == "to-string";
  if (is_unary && json.size() != 2) return parser.fail(place, "Expected one argument.");
  Type const type = name == "to-boolean"  ? Kind::boolean
                    : name == "to-color"  ? Kind::color
                    : name == "to-number" ? Kind::number
                                          : Kind::string;
  std::vector<NodePtr> children;
  if (!parse_rest(parser, json, place, 1, children)) return nullptr;
  return make_coercion(type, place.key, std::move(children));
}

// ---- decisions

/// A node that passes on what one of its children gives; `chosen` finds it, null pointer: failed.
class ChoiceNode : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const final {
    auto const* node = chosen(state);
    return node ? node->eval(state, scratch) : nullptr;
  }
  bool number(State& state, double& out) const final {
    auto const* node = chosen(state);
    return node && node->number(state, out);
  }
  bool boolean(State& state, bool& out) const final {
    auto const* node = chosen(state);
    return node && node->boolean(state, out);
  }

 protected:
  virtual Node const* chosen(State& state) const = 0;
};

/// Children: test, output, test, output, ..., otherwise.
class CaseNode final : public ChoiceNode {
 public:
  using ChoiceNode::ChoiceNode;

 protected:
  Node const* chosen(State& state) const override {
    std::size_t const last = children().size() - 1;
    for (std::size_t i = 0; i < last; i += 2) {
      bool test = false;
      if (!child(i).boolean(state, test)) return nullptr;
      if (test) return &child(i + 1);
    }
    return &child(last);
  }
};

NodePtr parse_case(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 4) {
    return parser.fail(place,
                       "Expected at least 3 arguments, but found only " + count_text(json) + ".");
  }
  if (json.size() % 2 != 0) return parser.fail(place, "Expected an odd number of arguments.");
  auto output = wanted_output(place);
  std::vector<NodePtr> children;
  for (std::size_t i = 1; i < json.size(); ++i) {
    bool const is_test = i % 2 == 1 && i + 1 < json.size();
    auto node = parser.parse(json[i], place.argument(i, is_test ? Type(Kind::boolean) : output));
    if (!node) return nullptr;
    if (!is_test && !output) output = node->type();
    children.push_back(std::move(node));
  }
  return std::make_unique<CaseNode>(NodeParts{*output, place.key, std::move(children)});
}

/// The labels of a `match`: all numbers or all texts, each with the child that it leads to; sorted.
struct Labels {
  std::vector<std::pair<double, std::size_t>> numbers;
  std::vector<std::pair<std::string, std::size_t>> texts;

  bool empty() const { return numbers.empty() && texts.empty(); }
  void sort() {
    std::ranges::stable_sort(numbers, {}, &std::pair<double, std::size_t>::first);
    std::ranges::stable_sort(texts, {}, &std::pair<std::string, std::size_t>::first);
  }
  /// The place in the message's key of a label that stands twice, or nothing. Call after sort().
  std::optional<std::size_t> find_duplicate() const {
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      if (numbers[i].first == numbers[i - 1].first) return numbers[i].second;
    }
    for (std::size_t i = 1; i < texts.size(); ++i) {
      if (texts[i].first == texts[i - 1].first) return texts[i].second;
    }
    return {};
  }
};

/// Children: input, outputs, otherwise.
class MatchNode final : public ChoiceNode {
 public:
  MatchNode(NodeParts parts, Labels labels)
      : ChoiceNode(std::move(parts)), labels_(std::move(labels)) {}

 protected:
  Node const* chosen(State& state) const override {
    Value scratch;
    auto const* input = child(0).eval(state, scratch);
    if (!input) return nullptr;
    if (input->is_number()) return find(labels_.numbers, input->as_number());
    if (input->is_string()) return find(labels_.texts, input->as_string());
    return children().back().get();
  }

 private:
  template <class Table, class Label>
  Node const* find(Table const& table, Label const& label) const {
    auto const found = std::ranges::lower_bound(table, label, {}, &Table::value_type::first);
    if (found == table.end() || found->first != label) return children().back().get();
    return &child(found->second);
  }

  Labels labels_;
};

/// Adds the labels of argument `i`, which lead to child `target`. False: a problem was noted.
bool parse_labels(Parser& parser, Json const& json, Place const& place, std::size_t target,
                  Labels& labels) {
  auto const list = json.is_array() ? json : Json::array({json});
  if (list.empty()) {
    parser.fail(place, "Expected at least one branch label.");
    return false;
  }
  for (auto const& label : list) {
    if (!label.is_number() && !label.is_string()) {
      parser.fail(place, "Branch labels must be numbers or strings.");
      return false;
    }
    constexpr double max_safe_integer = 9007199254740991;
    if (label.is_number() && std::abs(label.get<double>()) > max_safe_integer) {
      parser.fail(place, "Branch labels must be integers no larger than 9007199254740991.");
      return false;
    }
    if (label.is_number() && std::floor(label.get<double>()) != label.get<double>()) {
      parser.fail(place, "Numeric branch labels must be integer values.");
      return false;
    }
    if (label.is_number() ? !labels.texts.empty() : !labels.numbers.empty()) {
      parser.fail_type(place, label.is_number() ? Kind::number : Kind::string,
                       label.is_number() ? Kind::string : Kind::number);
      return false;
    }
    if (label.is_number()) {
      labels.numbers.emplace_back(label.get<double>(), target);
    } else {
      labels.texts.emplace_back(label.get<std::string>(), target);
    }
  }
  return true;
}

NodePtr parse_match(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 5) {
    return parser.fail(place,
                       "Expected at least 4 arguments, but found only " + count_text(json) + ".");
  }
  if (json.size() % 2 != 1) return parser.fail(place, "Expected an even number of arguments.");
  auto output = wanted_output(place);
  Labels labels;
  std::vector<NodePtr> children(1);
  for (std::size_t i = 2; i + 1 < json.size(); i += 2) {
    if (!parse_labels(parser, json[i], place.argument(i), children.size(), labels)) return nullptr;
    auto node = parser.parse(json[i + 1], place.argument(i + 1, output));
    if (!node) return nullptr;
    if (!output) output = node->type();
    children.push_back(std::move(node));
  }
  labels.sort();
  if (auto const child = labels.find_duplicate()) {
    return parser.fail(place.argument(*child * 2), "Branch labels must be unique.");
  }
  children[0] = parser.parse(json[1], place.argument(1, Kind::value));
  if (!children[0]) return nullptr;
  auto otherwise = parser.parse(json.back(), place.argument(json.size() - 1, output));
  if (!otherwise) return nullptr;
  children.push_back(std::move(otherwise));
  Type const label_type = labels.numbers.empty() ? Kind::string : Kind::number;
  auto const& input_type = children[0]->type();
  if (!input_type.is(Kind::value) && !is_subtype(input_type, label_type)) {
    return parser.fail_type(place.argument(1), input_type, label_type);
  }
  return std::make_unique<MatchNode>(NodeParts{*output, place.key, std::move(children)},
                                     std::move(labels));
}

class CoalesceNode final : public Node {
 public:
  using Node::Node;
  Role role() const override { return Role::coalesce; }
  Value const* eval(State& state, Value& scratch) const override {
    std::optional<Value> missing_image;
    for (std::size_t i = 0; i < children().size(); ++i) {
      auto const* value = child(i).eval(state, scratch);
      if (!value) return nullptr;
      if (value->kind() == Value::Kind::image && !value->as_image().available) {
        // The first image that was asked for is the one to report as missing.
        if (!missing_image) missing_image = *value;
        continue;
      }
      if (!value->is_null()) return value;
    }
    scratch = missing_image ? std::move(*missing_image) : Value();
    return &scratch;
  }
};

NodePtr parse_coalesce(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 2) return parser.fail(place, "Expected at least one argument.");
  auto output = wanted_output(place);
  std::vector<NodePtr> children;
  // Without assertions, so that null does not fail before the next argument is asked; the whole is
  // asserted instead.
  for (std::size_t i = 1; i < json.size(); ++i) {
    auto node = parser.parse(json[i], place.argument(i, output), Annotation::omit);
    if (!node) return nullptr;
    if (!output) output = node->type();
    children.push_back(std::move(node));
  }
  bool const is_length = output->is(Kind::length);
  bool const needs_annotation =
      place.expected && !is_length && std::ranges::any_of(children, [&](NodePtr const& node) {
        return !is_subtype(node->type(), *place.expected);
      });
  return std::make_unique<CoalesceNode>(
      NodeParts{needs_annotation ? Type(Kind::value) : *output, place.key, std::move(children)});
}

// ---- variables

/// Children: the bound expressions, then the result.
class LetNode final : public ChoiceNode {
 public:
  using ChoiceNode::ChoiceNode;
  Role role() const override { return Role::let; }

 protected:
  Node const* chosen(State&) const override { return children().back().get(); }
};

/// A variable: its expression is evaluated when the first use asks for it, once per evaluation.
class VarNode final : public Node {
 public:
  VarNode(std::string key, Node const& bound, std::size_t slot)
      : Node({bound.type(), std::move(key), {}}), bound_(bound), slot_(slot) {}
  bool is_foldable() const override { return false; }
  Value const* eval(State& state, Value&) const override {
    auto& slot = state.slots[slot_];
    if (!slot.at) slot.at = bound_.eval(state, slot.value);
    return slot.at;
  }

 private:
  Node const& bound_;
  std::size_t slot_;
};

bool is_name(std::string const& text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

NodePtr parse_let(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 4) {
    return parser.fail(
        place, "Expected at least 3 arguments, but found " + count_text(json) + " instead.");
  }
  if (json.size() % 2 != 0) return parser.fail(place, "Expected an odd number of arguments.");
  Scope scope;
  scope.outer = place.scope;
  std::vector<NodePtr> children;
  for (std::size_t i = 1; i + 1 < json.size(); i += 2) {
    if (!json[i].is_string()) {
      return parser.fail(place.argument(i), "Expected string, but found " +
                                                std::string(json_type_name(json[i])) + " instead.");
    }
    auto const& name = json[i].get_ref<std::string const&>();
    if (!is_name(name)) {
      return parser.fail(place.argument(i),
                         "Variable names must contain only alphanumeric characters or '_'.");
    }
    auto node = parser.parse(json[i + 1], place.argument(i + 1));
    if (!node) return nullptr;
    scope.bindings.push_back({name, node.get(), parser.next_slot()});
    children.push_back(std::move(node));
  }
  auto inner = place.argument(json.size() - 1, place.expected);
  inner.scope = &scope;
  auto result = parser.parse(json.back(), inner);
  if (!result) return nullptr;
  auto type = result->type();
  children.push_back(std::move(result));
  return std::make_unique<LetNode>(NodeParts{std::move(type), place.key, std::move(children)});
}

NodePtr parse_var(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2 || !json[1].is_string()) {
    return parser.fail(place, "'var' expression requires exactly one string literal argument.");
  }
  auto const& name = json[1].get_ref<std::string const&>();
  auto const* binding = place.scope ? place.scope->find(name) : nullptr;
  if (!binding) {
    return parser.fail(place.argument(1),
                       "Unknown variable \"" + name + "\". Make sure \"" + name +
                           "\" has been bound in an enclosing \"let\" expression "
                           "before using it.");
  }
  if (auto const* literal = binding->node->literal()) {
    return std::make_unique<LiteralNode>(binding->node->type(), place.key, *literal);
  }
  return std::make_unique<VarNode>(place.key, *binding->node, binding->slot);
}

class GlobalStateNode final : public Node {
 public:
  GlobalStateNode(std::string key, std::string name)
      : Node({Kind::value, std::move(key), {}}), name_(std::move(name)) {}
  std::uint32_t own_inputs() const override {
    return static_cast<std::uint32_t>(Input::global_state);
  }
  Value const* eval(State& state, Value& scratch) const override {
    if (auto const* found = state.context.global_state.member(name_)) return found;
    scratch = Value();
    return &scratch;
  }

 private:
  std::string name_;
};

NodePtr parse_global_state(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) {
    return parser.fail(place, "Expected 1 argument, but found " + count_text(json) + " instead.");
  }
  if (json[1].is_null()) return parser.fail(place, "Global state property must be defined.");
  if (!json[1].is_string()) {
    return parser.fail(place, "Global state property must be string, but found " +
                                  std::string(json_type_name(json[1])) + " instead.");
  }
  return std::make_unique<GlobalStateNode>(place.key, json[1].get<std::string>());
}

// ---- texts and arrays

/// `actual` as messages about native types name it: no item types.
std::string native_name(Value const& value) {
  if (value.kind() == Value::Kind::array) return "array";
  return to_string(type_of(value));
}

bool is_needle_type(Type const& type) {
  return type.is(Kind::boolean) || type.is(Kind::string) || type.is(Kind::number) ||
         type.is(Kind::null) || type.is(Kind::value);
}

bool is_needle(Value const& value) {
  return value.is_boolean() || value.is_string() || value.is_number() || value.is_null();
}

bool is_haystack(Value const& value) {
  return value.is_string() || value.kind() == Value::Kind::array;
}

/// What `in` and `index-of` do: child 0 is looked for in child 1.
class SearchNode : public Node {
 public:
  using Node::Node;

 protected:
  /// False: failed, because one of the two is of a wrong kind.
  bool check(State& state, Value const& needle, Value const& haystack) const {
    if (!is_needle(needle)) {
      state.fail(*this, [&] {
        return "Expected first argument to be of type boolean, string, number or null, but found " +
               native_name(needle) + " instead.";
      });
      return false;
    }
    if (!is_haystack(haystack)) {
      state.fail(*this, [&] {
        return "Expected second argument to be of type array or string, but found " +
               native_name(haystack) + " instead.";
      });
      return false;
    }
    return true;
  }
};

class InNode final : public SearchNode {
 public:
  using SearchNode::SearchNode;
  bool boolean(State& state, bool& out) const override {
    Value first;
    Value second;
    auto const* needle = child(0).eval(state, first);
    if (!needle) return false;
    auto const* haystack = child(1).eval(state, second);
    if (!haystack) return false;
    out = false;
    if (!haystack->is_truthy()) return true;
    if (!check(state, *needle, *haystack)) return false;
    if (!haystack->is_string()) {
      auto const& items = haystack->as_array();
      out = std::ranges::find(items, *needle) != items.end();
    } else if (needle->is_string()) {
      out = haystack->as_string().find(needle->as_string()) != std::string::npos;
    } else {
      auto const text = needle->is_null() ? std::string("null") : needle->to_string();
      out = haystack->as_string().find(text) != std::string::npos;
    }
    return true;
  }
  Value const* eval(State& state, Value& scratch) const override {
    bool out = false;
    if (!boolean(state, out)) return nullptr;
    scratch = Value(out);
    return &scratch;
  }
};

/// ECMAScript's ToIntegerOrInfinity, bounded to what an index can be.
long long whole(double value) {
  if (std::isnan(value)) return 0;
  return static_cast<long long>(std::clamp(std::trunc(value), -1e15, 1e15));
}

/// The index that a relative one means in a sequence of `size` items: negative ones count from the
/// end.
long long absolute_index(double value, std::size_t size) {
  auto const count = static_cast<long long>(size);
  auto const index = whole(value);
  return index < 0 ? std::max(0ll, count + index) : std::min(index, count);
}

class IndexOfNode final : public SearchNode {
 public:
  using SearchNode::SearchNode;
  bool number(State& state, double& out) const override {
    Value first;
    Value second;
    double from = 0;
    auto const* needle = child(0).eval(state, first);
    if (!needle) return false;
    auto const* haystack = child(1).eval(state, second);
    if (!haystack || !check(state, *needle, *haystack)) return false;
    if (children().size() > 2 && !child(2).number(state, from)) return false;
    out = haystack->is_string() ? in_text(*needle, haystack->as_string(), from)
                                : in_array(*needle, haystack->as_array(), from);
    return true;
  }
  Value const* eval(State& state, Value& scratch) const override {
    double out = 0;
    if (!number(state, out)) return nullptr;
    scratch = Value(out);
    return &scratch;
  }

 private:
  static double in_array(Value const& needle, Value::Array const& items, double from) {
    auto const start = items.begin() + absolute_index(from, items.size());
    auto const found = std::find(start, items.end(), needle);
    return found == items.end() ? -1 : static_cast<double>(found - items.begin());
  }
  /// Counted in characters (Unicode scalar values), not in bytes.
  static double in_text(Value const& needle, std::string const& haystack, double from) {
    auto const text = base::to_utf32(haystack);
    auto const part = base::to_utf32(needle.is_null() ? std::string("null") : needle.to_string());
    // A start beyond the end finds the empty text at the end.
    auto const start = std::clamp(whole(from), 0ll, static_cast<long long>(text.size()));
    auto const found = text.find(part, static_cast<std::size_t>(start));
    return found == std::u32string::npos ? -1 : static_cast<double>(found);
  }
};

/// Number of arguments between `least` and `most`; false: a problem was noted.
bool has_arguments(Parser& parser, Json const& json, Place const& place, std::size_t least,
                   std::size_t most) {
  auto const count = json.size() - 1;
  if (count >= least && count <= most) return true;
  auto wanted = std::to_string(least);
  if (most != least) wanted += " or " + std::to_string(most);
  parser.fail(place, "Expected " + wanted + (most == 1 ? " argument" : " arguments") +
                         ", but found " + std::to_string(count) + " instead.");
  return false;
}

/// Arguments 1 and on with the given types; false: a problem was noted.
bool parse_typed(Parser& parser, Json const& json, Place const& place,
                 std::initializer_list<Type> types, std::vector<NodePtr>& children) {
  std::size_t i = 1;
  for (auto const& type : types) {
    if (i == json.size()) break;
    auto node = parser.parse(json[i], place.argument(i, type));
    if (!node) return false;
    children.push_back(std::move(node));
    ++i;
  }
  return true;
}

NodePtr parse_search(Parser& parser, Json const& json, Place const& place) {
  bool const is_in = json[0] == "in";
  if (!has_arguments(parser, json, place, 2, is_in ? 2 : 3)) return nullptr;
  NodeParts parts{is_in ? Kind::boolean : Kind::number, place.key, {}};
  if (!parse_typed(parser, json, place, {Kind::value, Kind::value, Kind::number}, parts.children)) {
    return nullptr;
  }
  auto const& needle = parts.children[0]->type();
  if (!is_needle_type(needle)) {
    return parser.fail(place,
                       "Expected first argument to be of type boolean, string, number or null, but "
                       "found " +
                           to_string(needle) + " instead");
  }
  if (is_in) return std::make_unique<InNode>(std::move(parts));
  return std::make_unique<IndexOfNode>(std::move(parts));
}

class SliceNode final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    Value holder;
    auto const* input = child(0).eval(state, holder);
    if (!input) return nullptr;
    double from = 0;
    double to = std::numeric_limits<double>::infinity();
    if (!child(1).number(state, from)) return nullptr;
    if (children().size() > 2 && !child(2).number(state, to)) return nullptr;
    if (input->is_string()) {
      auto const text = base::to_utf32(input->as_string());
      auto const [begin, end] = range(from, to, text.size());
      scratch = Value(base::to_utf8(std::u32string_view(text).substr(begin, end - begin)));
    } else if (input->kind() == Value::Kind::array) {
      auto const& items = input->as_array();
      auto const [begin, end] = range(from, to, items.size());
      scratch = Value(Value::Array(items.begin() + static_cast<std::ptrdiff_t>(begin),
                                   items.begin() + static_cast<std::ptrdiff_t>(end)));
    } else {
      return state.fail(*this, [&] {
        return "Expected first argument to be of type array or string, but found " +
               native_name(*input) + " instead.";
      });
    }
    return &scratch;
  }

 private:
  static std::pair<std::size_t, std::size_t> range(double from, double to, std::size_t size) {
    auto const begin = static_cast<std::size_t>(absolute_index(from, size));
    auto const end = static_cast<std::size_t>(absolute_index(to, size));
    return {begin, std::max(begin, end)};
  }
};

NodePtr parse_slice(Parser& parser, Json const& json, Place const& place) {
  if (!has_arguments(parser, json, place, 2, 3)) return nullptr;
  NodeParts parts{{}, place.key, {}};
  if (!parse_typed(parser, json, place, {Kind::value, Kind::number, Kind::number},
                   parts.children)) {
    return nullptr;
  }
  auto const& type = parts.children[0]->type();
  if (!type.is(Kind::array) && !type.is(Kind::string) && !type.is(Kind::value)) {
    return parser.fail(place, "Expected first argument to be of type array or string, but found " +
                                  to_string(type) + " instead");
  }
  parts.type = type.is(Kind::array) ? Type::array_of(type.item_type()) : type;
  return std::make_unique<SliceNode>(std::move(parts));
}

class LengthNode final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(State& state, double& out) const override {
    Value scratch;
    auto const* value = child(0).eval(state, scratch);
    if (!value) return false;
    if (value->is_string()) {
      // Every byte but the continuations begins a character.
      out = static_cast<double>(std::ranges::count_if(value->as_string(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
      return true;
    }
    if (value->kind() == Value::Kind::array) {
      out = static_cast<double>(value->as_array().size());
      return true;
    }
    state.fail(*this, [&] {
      return "Expected value to be of type string or array, but found " +
             to_string(type_of(*value)) + " instead.";
    });
    return false;
  }
};

NodePtr parse_length(Parser& parser, Json const& json, Place const& place) {
  if (!has_arguments(parser, json, place, 1, 1)) return nullptr;
  NodeParts parts{Kind::number, place.key, {}};
  parts.children.push_back(parser.parse(json[1], place.argument(1)));
  if (!parts.children[0]) return nullptr;
  auto const& type = parts.children[0]->type();
  if (!type.is(Kind::array) && !type.is(Kind::string) && !type.is(Kind::value)) {
    return parser.fail(place, "Expected argument of type string or array, but found " +
                                  to_string(type) + " instead.");
  }
  return std::make_unique<LengthNode>(std::move(parts));
}

class AtNode final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    double index = 0;
    if (!child(0).number(state, index)) return nullptr;
    Value holder;
    auto const* array = child(1).eval(state, holder);
    if (!array) return nullptr;
    auto const& items = array->as_array();
    if (index < 0) {
      return state.fail(
          *this, [&] { return "Array index out of bounds: " + number_text(index) + " < 0."; });
    }
    if (index >= static_cast<double>(items.size())) {
      return state.fail(*this, [&] {
        return "Array index out of bounds: " + number_text(index) + " > " +
               number_text(static_cast<double>(items.size()) - 1) + ".";
      });
    }
    if (index != std::floor(index)) {
      return state.fail(*this, [&] {
        return "Array index must be an integer, but found " + number_text(index) + " instead.";
      });
    }
    auto const& item = items[static_cast<std::size_t>(index)];
    if (array != &holder) return &item;
    scratch = item;
    return &scratch;
  }
};

NodePtr parse_at(Parser& parser, Json const& json, Place const& place) {
  if (!has_arguments(parser, json, place, 2, 2)) return nullptr;
  NodeParts parts{{}, place.key, {}};
  auto item = place.expected ? *place.expected : Type(Kind::value);
  // A conversion (to a colour, a length) is done with the item, not with the array.
  bool const is_plain = item.is(Kind::number) || item.is(Kind::string) || item.is(Kind::boolean) ||
                        item.is(Kind::object) || item.is(Kind::array);
  if (!is_plain) item = Kind::value;
  if (!parse_typed(parser, json, place, {Kind::number, Type::array_of(item)}, parts.children)) {
    return nullptr;
  }
  parts.type = parts.children[1]->type().item_type();
  return std::make_unique<AtNode>(std::move(parts));
}

}  // namespace

std::vector<Form> const& control_forms() {
  static std::vector<Form> const forms = {
      {"literal", parse_literal},
      {"semiliteral", parse_semiliteral},
      {"string", parse_assertion},
      {"number", parse_assertion},
      {"boolean", parse_assertion},
      {"object", parse_assertion},
      {"array", parse_array},
      {"to-boolean", parse_coercion},
      {"to-color", parse_coercion},
      {"to-number", parse_coercion},
      {"to-string", parse_coercion},
      {"case", parse_case},
      {"match", parse_match},
      {"coalesce", parse_coalesce},
      {"let", parse_let},
      {"var", parse_var},
      {"global-state", parse_global_state},
      {"in", parse_search},
      {"index-of", parse_search},
      {"slice", parse_slice},
      {"length", parse_length},
      {"at", parse_at},
  };
  return forms;
}

}  // namespace hachure::style
