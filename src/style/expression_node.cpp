#include "style/expression_node.hpp"

#include <algorithm>
#include <cmath>

#include "base/length.hpp"
#include "style/color.hpp"

namespace hachure::style {

namespace {

std::string wrong_type(Type const& expected, Value const& actual) {
  return "Expected value to be of type " + to_string(expected) + ", but found " +
         to_string(type_of(actual)) + " instead.";
}

}  // namespace

bool Node::number(State& state, double& out) const {
  Value scratch;
  auto const* value = eval(state, scratch);
  if (!value) return false;
  if (!value->is_number()) {
    state.fail(*this, [&] { return wrong_type(Type::Kind::number, *value); });
    return false;
  }
  out = value->as_number();
  return true;
}

bool Node::boolean(State& state, bool& out) const {
  Value scratch;
  auto const* value = eval(state, scratch);
  if (!value) return false;
  if (!value->is_boolean()) {
    state.fail(*this, [&] { return wrong_type(Type::Kind::boolean, *value); });
    return false;
  }
  out = value->as_boolean();
  return true;
}

std::string const* Node::text(State& state, std::size_t i, Value& scratch) const {
  auto const* value = child(i).eval(state, scratch);
  if (!value) return nullptr;
  if (value->is_string()) return &value->as_string();
  state.fail(child(i), [&] { return wrong_type(Type::Kind::string, *value); });
  return nullptr;
}

Value const* NumberNode::eval(State& state, Value& scratch) const {
  double out = 0;
  if (!number(state, out)) return nullptr;
  scratch = Value(out);
  return &scratch;
}

Value const* BooleanNode::eval(State& state, Value& scratch) const {
  bool out = false;
  if (!boolean(state, out)) return nullptr;
  scratch = Value(out);
  return &scratch;
}

namespace {

class AssertionNode final : public Node {
 public:
  using Node::Node;

  Value const* eval(State& state, Value& scratch) const override {
    for (std::size_t i = 0;; ++i) {
      auto const* value = child(i).eval(state, scratch);
      if (!value || has_type(*value, type())) return value;
      if (i + 1 == children().size()) {
        return state.fail(*this, [&] { return wrong_type(type(), *value); });
      }
    }
  }
};

std::optional<double> length_mm(Value const& value, double scale) {
  if (value.is_number()) return value.as_number() * base::mm_per_px;
  if (!value.is_string()) return {};
  auto const length = base::parse_length(value.as_string());
  if (!length) return {};
  return length->to_mm(scale);
}

/// A length on the ground: known when the scale is.
class GroundLengthNode final : public NumberNode {
 public:
  GroundLengthNode(std::string key, double length_m)
      : NumberNode({Type::Kind::length, std::move(key), {}}), length_m_(length_m) {}
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Input::scale); }
  bool number(State& state, double& out) const override {
    if (state.context.scale <= 0) {
      state.fail(*this, [] { return std::string("A length on the ground needs a scale."); });
      return false;
    }
    out = length_m_ * 1000 / state.context.scale;
    return true;
  }

 private:
  double length_m_;
};

/// Values of the array-like property types from what CSS-like shorthands allow.
std::optional<Value> to_padding(Value const& value) {
  if (value.kind() == Value::Kind::padding) return value;
  if (value.is_number()) return Value(Value::Array(4, value), Value::Kind::padding);
  if (value.kind() != Value::Kind::array) return {};
  auto const& v = value.as_array();
  if (v.empty() || v.size() > 4) return {};
  if (!std::ranges::all_of(v, &Value::is_number)) return {};
  // CSS order: top, right, bottom, left; what is missing is taken from the opposite side.
  Value::Array sides{v[0], v.size() > 1 ? v[1] : v[0], v.size() > 2 ? v[2] : v[0],
                     v.size() > 3   ? v[3]
                     : v.size() > 1 ? v[1]
                                    : v[0]};
  return Value(std::move(sides), Value::Kind::padding);
}

std::optional<Value> to_number_array(Value const& value) {
  if (value.kind() == Value::Kind::number_array) return value;
  if (value.is_number()) return Value(Value::Array{value}, Value::Kind::number_array);
  if (value.kind() != Value::Kind::array) return {};
  if (!std::ranges::all_of(value.as_array(), &Value::is_number)) return {};
  return Value(value.as_array(), Value::Kind::number_array);
}

std::optional<Value> to_color_array(Value const& value) {
  if (value.kind() == Value::Kind::color_array) return value;
  Value::Array items;
  if (value.kind() == Value::Kind::array) {
    items = value.as_array();
  } else {
    items.push_back(value);
  }
  for (auto& item : items) {
    if (item.is_color()) continue;
    auto const color = item.is_string() ? parse_color(item.as_string()) : std::nullopt;
    if (!color) return {};
    item = Value(*color);
  }
  return Value(std::move(items), Value::Kind::color_array);
}

bool is_anchor(Value const& value) {
  static constexpr std::string_view anchors[] = {"center",    "left",        "right",
                                                 "top",       "bottom",      "top-left",
                                                 "top-right", "bottom-left", "bottom-right"};
  return value.is_string() && std::ranges::find(anchors, value.as_string()) != std::end(anchors);
}

std::optional<Value> to_anchor_offsets(Value const& value) {
  if (value.kind() == Value::Kind::anchor_offsets) return value;
  if (value.kind() != Value::Kind::array) return {};
  auto const& v = value.as_array();
  if (v.empty() || v.size() % 2 != 0) return {};
  for (std::size_t i = 0; i < v.size(); i += 2) {
    auto const& offset = v[i + 1];
    if (!is_anchor(v[i]) || offset.kind() != Value::Kind::array) return {};
    auto const& xy = offset.as_array();
    if (xy.size() != 2 || !xy[0].is_number() || !xy[1].is_number()) return {};
  }
  return Value(v, Value::Kind::anchor_offsets);
}

std::optional<Value> to_projection(Value const& value) {
  if (value.is_string() || value.kind() == Value::Kind::projection) return value;
  if (value.kind() != Value::Kind::array) return {};
  auto const& v = value.as_array();
  if (v.size() != 3 || !v[0].is_string() || !v[1].is_string() || !v[2].is_number()) return {};
  return Value(Value::Object{{"from", v[0]}, {"to", v[1]}, {"transition", v[2]}},
               Value::Kind::projection);
}

std::string quoted(Value const& value) {
  return "'" + (value.is_string() ? value.as_string() : value.to_json_text()) + "'";
}

/// A colour from three or four numbers 0..255 and alpha 0..1; what is wrong with them goes to
/// `why`.
std::optional<Color> color_of_array(Value const& value, std::string& why) {
  auto const& v = value.as_array();
  if (v.size() != 3 && v.size() != 4) {
    why = "Invalid rgba value " + value.to_json_text() +
          ": expected an array containing either three or four numeric values.";
    return {};
  }
  auto const inside = [&](std::size_t i, double top) {
    return v[i].is_number() && v[i].as_number() >= 0 && v[i].as_number() <= top;
  };
  if (!inside(0, 255) || !inside(1, 255) || !inside(2, 255)) {
    why = "Invalid rgba value " + value.to_json_text() +
          ": 'r', 'g', and 'b' must be between 0 and 255.";
    return {};
  }
  if (v.size() == 4 && !inside(3, 1)) {
    why = "Invalid rgba value " + value.to_json_text() + ": 'a' must be between 0 and 1.";
    return {};
  }
  return Color{v[0].as_number() / 255, v[1].as_number() / 255, v[2].as_number() / 255,
               v.size() == 4 ? v[3].as_number() : 1.0};
}

class CoercionNode final : public Node {
 public:
  CoercionNode(NodeParts parts, bool keeps_null)
      : Node(std::move(parts)), keeps_null_(keeps_null) {}

  std::uint32_t own_inputs() const override {
    bool const is_length =
        type().is(Type::Kind::length) ||
        (type().is(Type::Kind::array) && type().item_type().is(Type::Kind::length));
    if (!is_length) return 0;
    if (auto const* literal = child(0).literal(); literal && is_page_length(*literal)) return 0;
    return static_cast<std::uint32_t>(Input::scale);
  }

  Value const* eval(State& state, Value& scratch) const override {
    switch (type().kind) {
      case Type::Kind::boolean:
        return to_boolean(state, scratch);
      case Type::Kind::number:
        return to_number(state, scratch);
      case Type::Kind::color:
        return to_color(state, scratch);
      case Type::Kind::length:
        return to_length(state, scratch);
      case Type::Kind::array:
        return to_lengths(state, scratch);
      case Type::Kind::padding:
        return to_other(state, scratch, to_padding, "padding");
      case Type::Kind::number_array:
        return to_other(state, scratch, to_number_array, "numberArray");
      case Type::Kind::color_array:
        return to_other(state, scratch, to_color_array, "colorArray");
      case Type::Kind::anchor_offsets:
        return to_other(state, scratch, to_anchor_offsets, "variableAnchorOffsetCollection");
      case Type::Kind::projection:
        return to_other(state, scratch, to_projection, "projectionDefinition");
      case Type::Kind::formatted:
        return to_formatted(state, scratch);
      case Type::Kind::image:
        return to_image(state, scratch);
      default:
        return to_text(state, scratch);
    }
  }

 private:
  static bool is_page_length(Value const& value) {
    if (value.kind() == Value::Kind::array) {
      return std::ranges::all_of(value.as_array(), is_page_length);
    }
    if (!value.is_string()) return true;
    auto const length = base::parse_length(value.as_string());
    return !length || length->frame == base::Length::Frame::page;
  }

  Value const* to_boolean(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || value->is_boolean()) return value;
    bool const truth = value->is_truthy();
    scratch = Value(truth);
    return &scratch;
  }

  Value const* to_number(State& state, Value& scratch) const {
    for (std::size_t i = 0;; ++i) {
      auto const* value = child(i).eval(state, scratch);
      if (!value || (value->is_number() && !std::isnan(value->as_number()))) return value;
      if (auto const number = value->to_number()) {
        scratch = Value(*number);
        return &scratch;
      }
      if (i + 1 == children().size()) {
        return state.fail(
            *this, [&] { return "Could not convert " + value->to_json_text() + " to number."; });
      }
    }
  }

  Value const* to_color(State& state, Value& scratch) const {
    for (std::size_t i = 0;; ++i) {
      auto const* value = child(i).eval(state, scratch);
      if (!value || value->is_color()) return value;
      std::string why;
      std::optional<Color> color;
      if (value->is_string()) color = parse_color(value->as_string());
      if (value->kind() == Value::Kind::array) color = color_of_array(*value, why);
      if (color) {
        scratch = Value(*color);
        return &scratch;
      }
      if (i + 1 == children().size()) {
        return state.fail(*this, [&] {
          return why.empty() ? "Could not parse color from value " + quoted(*value) : why;
        });
      }
    }
  }

  Value const* to_length(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || (keeps_null_ && value->is_null())) return value;
    if (auto const mm = length_mm(*value, state.context.scale); mm && std::isfinite(*mm)) {
      scratch = Value(*mm);
      return &scratch;
    }
    return state.fail(*this, [&] { return "Could not parse length from value " + quoted(*value); });
  }

  Value const* to_lengths(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || (keeps_null_ && value->is_null())) return value;
    auto const count = type().count;
    if (value->kind() != Value::Kind::array || (count && *count != value->as_array().size())) {
      return state.fail(*this, [&] { return wrong_type(type(), *value); });
    }
    Value::Array lengths;
    lengths.reserve(value->as_array().size());
    for (auto const& item : value->as_array()) {
      auto const mm = length_mm(item, state.context.scale);
      if (!mm || !std::isfinite(*mm)) {
        return state.fail(*this,
                          [&] { return "Could not parse length from value " + quoted(item); });
      }
      lengths.emplace_back(*mm);
    }
    scratch = Value(std::move(lengths));
    return &scratch;
  }

  Value const* to_other(State& state, Value& scratch, std::optional<Value> (*convert)(Value const&),
                        char const* name) const {
    Value const* value = nullptr;
    for (std::size_t i = 0; i < children().size(); ++i) {
      value = child(i).eval(state, scratch);
      if (!value) return nullptr;
      if (auto converted = convert(*value)) {
        scratch = std::move(*converted);
        return &scratch;
      }
    }
    return state.fail(*this, [&] {
      return std::string("Could not parse ") + name + " from value " + quoted(*value);
    });
  }

  Value const* to_formatted(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || value->kind() == Value::Kind::formatted) return value;
    TextSection section;
    section.text = value->to_string();
    scratch = Value(Value::Sections{std::move(section)});
    return &scratch;
  }

  Value const* to_image(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || value->kind() == Value::Kind::image) return value;
    auto name = value->to_string();
    scratch = name.empty() ? Value() : Value(ImageName{std::move(name), false});
    return &scratch;
  }

  Value const* to_text(State& state, Value& scratch) const {
    auto const* value = child(0).eval(state, scratch);
    if (!value || value->is_string()) return value;
    scratch = Value(value->to_string());
    return &scratch;
  }

  bool keeps_null_;
};

}  // namespace

NodePtr make_assertion(Type type, std::string key, std::vector<NodePtr> children) {
  return std::make_unique<AssertionNode>(
      NodeParts{std::move(type), std::move(key), std::move(children)});
}

NodePtr make_coercion(Type type, std::string key, std::vector<NodePtr> children, bool keeps_null) {
  return std::make_unique<CoercionNode>(
      NodeParts{std::move(type), std::move(key), std::move(children)}, keeps_null);
}

NodePtr make_length_literal(std::string key, Value const& value) {
  if (value.is_string()) {
    auto const length = base::parse_length(value.as_string());
    if (!length) return nullptr;
    if (length->frame == base::Length::Frame::ground) {
      return std::make_unique<GroundLengthNode>(std::move(key), length->value);
    }
  }
  auto const mm = length_mm(value, 1);
  if (!mm) return nullptr;
  return std::make_unique<LiteralNode>(Type::Kind::length, std::move(key), Value(*mm));
}

}  // namespace hachure::style
