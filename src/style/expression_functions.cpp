#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>

#include "base/text.hpp"
#include "style/expression_parse.hpp"

namespace hachure::style {

namespace {

using Kind = Type::Kind;

/// Number of one number.
template <auto Function>
class Unary final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(State& state, double& out) const override {
    double a = 0;
    if (!child(0).number(state, a)) return false;
    out = Function(a);
    return true;
  }
};

/// Number of two numbers.
template <auto Function>
class Binary final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(State& state, double& out) const override {
    double a = 0;
    double b = 0;
    if (!child(0).number(state, a) || !child(1).number(state, b)) return false;
    out = Function(a, b);
    return true;
  }
};

/// Number of any numbers, from the left, beginning with the neutral element.
template <auto Function, auto Neutral>
class Fold final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(State& state, double& out) const override {
    double result = Neutral();
    for (auto const& node : children()) {
      double a = 0;
      if (!node->number(state, a)) return false;
      result = Function(result, a);
    }
    out = result;
    return true;
  }
};

/// A named constant.
template <auto Function>
class Constant final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  bool number(State&, double& out) const override {
    out = Function();
    return true;
  }
};

double zero() {
  return 0;
}
double one() {
  return 1;
}
double plus_infinity() {
  return std::numeric_limits<double>::infinity();
}
double minus_infinity() {
  return -std::numeric_limits<double>::infinity();
}
double add(double a, double b) {
  return a + b;
}
double subtract(double a, double b) {
  return a - b;
}
double multiply(double a, double b) {
  return a * b;
}
double divide(double a, double b) {
  return a / b;
}
double modulo(double a, double b) {
  return std::fmod(a, b);
}
double power(double a, double b) {
  return std::pow(a, b);
}
double negate(double a) {
  return -a;
}
// Not a number wins, as in ECMAScript's Math.min and Math.max.
double least(double a, double b) {
  return std::isnan(a) || a < b ? a : b;
}
double greatest(double a, double b) {
  return std::isnan(a) || a > b ? a : b;
}
double square_root(double a) {
  return std::sqrt(a);
}
double log_10(double a) {
  return std::log10(a);
}
double log_2(double a) {
  return std::log2(a);
}
double log_e(double a) {
  return std::log(a);
}
double sine(double a) {
  return std::sin(a);
}
double cosine(double a) {
  return std::cos(a);
}
double tangent(double a) {
  return std::tan(a);
}
double arc_sine(double a) {
  return std::asin(a);
}
double arc_cosine(double a) {
  return std::acos(a);
}
double arc_tangent(double a) {
  return std::atan(a);
}
double absolute(double a) {
  return std::abs(a);
}
double floor_of(double a) {
  return std::floor(a);
}
double ceiling_of(double a) {
  return std::ceil(a);
}
// Halves go away from zero.
double round_of(double a) {
  return a < 0 ? -std::floor(-a + 0.5) : std::floor(a + 0.5);
}
double euler() {
  return std::numbers::e;
}
double pi() {
  return std::numbers::pi;
}
double log_of_two() {
  return std::numbers::ln2;
}

/// A number of the context.
template <auto Field, Input Bit>
class ContextNumber final : public NumberNode {
 public:
  using NumberNode::NumberNode;
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Bit); }
  Role role() const override { return Bit == Input::zoom ? Role::zoom : Role::other; }
  bool number(State& state, double& out) const override {
    out = state.context.*Field;
    return true;
  }
};

Value const& empty_text() {
  static Value const value("");
  return value;
}

/// A value of the context; of type string it is "" where the context has none.
template <auto Field, Input Bit>
class ContextValue final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Bit); }
  Value const* eval(State& state, Value&) const override {
    auto const& value = state.context.*Field;
    return type().is(Kind::string) && !value.is_string() ? &empty_text() : &value;
  }
};

class All final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(State& state, bool& out) const override {
    out = true;
    for (auto const& node : children()) {
      if (!node->boolean(state, out)) return false;
      if (!out) return true;
    }
    return true;
  }
};

class Any final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(State& state, bool& out) const override {
    out = false;
    for (auto const& node : children()) {
      if (!node->boolean(state, out)) return false;
      if (out) return true;
    }
    return true;
  }
};

class Not final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(State& state, bool& out) const override {
    if (!child(0).boolean(state, out)) return false;
    out = !out;
    return true;
  }
};

Value const& null_value() {
  static Value const value;
  return value;
}

std::uint32_t bit(Input input) {
  return static_cast<std::uint32_t>(input);
}

/// The property or member that child 0 names, in the feature or in the object of child 1.
class Lookup : public Node {
 public:
  explicit Lookup(NodeParts parts) : Node(std::move(parts)) {
    if (auto const* name = child(0).literal(); name && name->is_string()) {
      key_ = Key(name->as_string());
      has_key_ = true;
    }
  }
  std::uint32_t own_inputs() const override {
    return children().size() == 1 ? bit(Input::feature) : 0;
  }
  std::string const* property_name() const override {
    return has_key_ && children().size() == 1 ? &key_.name : nullptr;
  }

 protected:
  /// False: failed. `found` is null pointer where there is no such name; it lies in `holder` or in
  /// what outlives the evaluation.
  bool look_up(State& state, Value& holder, Value const*& found) const {
    Value scratch;
    std::string const* name = &key_.name;
    std::uint64_t hash = key_.hash;
    if (!has_key_) {
      name = text(state, 0, scratch);
      if (!name) return false;
      hash = base::stable_hash(*name);
    }
    if (children().size() == 1) {
      found = state.context.feature ? state.context.feature->find(*name, hash) : nullptr;
      return true;
    }
    auto const* object = child(1).eval(state, holder);
    if (!object) return false;
    found = object->member(*name);
    return true;
  }

 private:
  Key key_;
  bool has_key_ = false;
};

class Get final : public Lookup {
 public:
  using Lookup::Lookup;
  Value const* eval(State& state, Value& scratch) const override {
    Value holder;
    Value const* found = nullptr;
    if (!look_up(state, holder, found)) return nullptr;
    if (!found) return &null_value();
    // A member of an object made just now dies with it.
    if (holder.is_null()) return found;
    scratch = *found;
    return &scratch;
  }
};

class Has final : public Lookup {
 public:
  using Lookup::Lookup;
  bool boolean(State& state, bool& out) const override {
    Value holder;
    Value const* found = nullptr;
    if (!look_up(state, holder, found)) return false;
    out = found != nullptr;
    return true;
  }
  Value const* eval(State& state, Value& scratch) const override {
    bool out = false;
    if (!boolean(state, out)) return nullptr;
    scratch = Value(out);
    return &scratch;
  }
};

class FeatureState final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return bit(Input::feature_state); }
  Value const* eval(State& state, Value& scratch) const override {
    auto const* name = text(state, 0, scratch);
    if (!name) return nullptr;
    auto const* found = state.context.feature_state.member(*name);
    return found ? found : &null_value();
  }
};

class Properties final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return bit(Input::feature); }
  Value const* eval(State& state, Value& scratch) const override {
    scratch = state.context.feature ? state.context.feature->properties() : Value(Value::Object{});
    return &scratch;
  }
};

class GeometryTypeNode final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return bit(Input::feature); }
  Value const* eval(State& state, Value&) const override {
    static Value const names[] = {Value("Unknown"), Value("Point"), Value("LineString"),
                                  Value("Polygon")};
    auto const type =
        state.context.feature ? state.context.feature->geometry_type() : GeometryType::unknown;
    return &names[static_cast<std::size_t>(type)];
  }
};

class Id final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return bit(Input::feature); }
  Value const* eval(State& state, Value& scratch) const override {
    scratch = state.context.feature ? state.context.feature->id() : Value();
    return &scratch;
  }
};

class Typeof final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    auto const* value = child(0).eval(state, scratch);
    if (!value) return nullptr;
    // The usual answers are ready, so that a filter on types allocates nothing.
    static Value const null("null"), boolean("boolean"), number("number"), string("string");
    switch (value->kind()) {
      case Value::Kind::null:
        return &null;
      case Value::Kind::boolean:
        return &boolean;
      case Value::Kind::number:
        return &number;
      case Value::Kind::string:
        return &string;
      default:
        scratch = Value(to_string(type_of(*value)));
        return &scratch;
    }
  }
};

class Rgba final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    double c[4] = {0, 0, 0, 1};
    for (std::size_t i = 0; i < children().size(); ++i) {
      if (!child(i).number(state, c[i])) return nullptr;
    }
    auto const inside = [](double v, double top) { return v >= 0 && v <= top; };
    bool const valid_rgb = inside(c[0], 255) && inside(c[1], 255) && inside(c[2], 255);
    if (!valid_rgb || !inside(c[3], 1)) {
      return state.fail(*this, [&] {
        std::string list;
        for (std::size_t i = 0; i < children().size(); ++i) {
          list += (i ? ", " : "") + number_text(c[i]);
        }
        return "Invalid rgba value [" + list + "]: " +
               (valid_rgb ? "'a' must be between 0 and 1."
                          : "'r', 'g', and 'b' must be between 0 and 255.");
      });
    }
    scratch = Value(Color{c[0] / 255, c[1] / 255, c[2] / 255, c[3]});
    return &scratch;
  }
};

class ToRgba final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    auto const* value = child(0).eval(state, scratch);
    if (!value) return nullptr;
    auto const c = value->as_color();
    scratch = Value(Value::Array{c.r * 255, c.g * 255, c.b * 255, c.a});
    return &scratch;
  }
};

class Concat final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    std::string joined;
    for (auto const& node : children()) {
      auto const* value = node->eval(state, scratch);
      if (!value) return nullptr;
      if (value->is_string()) {
        joined += value->as_string();
      } else {
        joined += value->to_string();
      }
    }
    scratch = Value(std::move(joined));
    return &scratch;
  }
};

class Split final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    Value other;
    auto const* whole = text(state, 0, scratch);
    if (!whole) return nullptr;
    auto const* separator = text(state, 1, other);
    if (!separator) return nullptr;
    Value::Array parts;
    if (separator->empty()) {
      for (char32_t const c : base::to_utf32(*whole)) parts.emplace_back(base::to_utf8({&c, 1}));
    } else {
      std::size_t from = 0;
      for (auto at = whole->find(*separator); at != std::string::npos;
           at = whole->find(*separator, from)) {
        parts.emplace_back(whole->substr(from, at - from));
        from = at + separator->size();
      }
      parts.emplace_back(whole->substr(from));
    }
    scratch = Value(std::move(parts));
    return &scratch;
  }
};

class Join final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    Value other;
    auto const* parts = child(0).eval(state, scratch);
    if (!parts) return nullptr;
    auto const* separator = text(state, 1, other);
    if (!separator) return nullptr;
    std::string joined;
    bool is_first = true;
    for (auto const& part : parts->as_array()) {
      if (!is_first) joined += *separator;
      is_first = false;
      joined += part.to_string();
    }
    scratch = Value(std::move(joined));
    return &scratch;
  }
};

class ErrorNode final : public Node {
 public:
  using Node::Node;
  bool is_foldable() const override { return false; }
  Value const* eval(State& state, Value& scratch) const override {
    auto const* message = text(state, 0, scratch);
    if (!message) return nullptr;
    return state.fail(*this, [&] { return *message; });
  }
};

class IsSupportedScript final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  // Pango and HarfBuzz shape every script; a missing glyph is reported elsewhere.
  bool boolean(State& state, bool& out) const override {
    Value scratch;
    out = true;
    return text(state, 0, scratch) != nullptr;
  }
};

/// What a legacy filter compares: a property by name, the geometry type or the id.
enum class Subject { property, type, id };

/// A comparison of a legacy filter: no conversion, no failure, values of different types are
/// unequal and have no order. Children: [name,] value.
template <Subject Of>
class LegacyFilter : public BooleanNode {
 public:
  explicit LegacyFilter(NodeParts parts) : BooleanNode(std::move(parts)) {
    if constexpr (Of == Subject::property) {
      if (auto const* name = child(0).literal(); name && name->is_string()) {
        key_ = Key(name->as_string());
      }
    }
  }
  std::uint32_t own_inputs() const override { return bit(Input::feature); }
  std::string const* property_name() const override {
    return Of == Subject::property ? &key_.name : nullptr;
  }

 protected:
  /// Null pointer: there is no such property.
  Value const* subject(State& state, Value& scratch) const {
    auto const* feature = state.context.feature;
    if (!feature) return nullptr;
    if constexpr (Of == Subject::property) {
      return feature->find(key_.name, key_.hash);
    } else if constexpr (Of == Subject::id) {
      scratch = feature->id();
      return scratch.is_null() ? nullptr : &scratch;
    } else {
      static Value const names[] = {Value("Unknown"), Value("Point"), Value("LineString"),
                                    Value("Polygon")};
      return &names[static_cast<std::size_t>(feature->geometry_type())];
    }
  }

 private:
  Key key_ = std::string_view();
};

enum class Order { equal, less, less_or_equal, greater, greater_or_equal };

template <class T>
bool in_order(Order order, T const& a, T const& b) {
  switch (order) {
    case Order::equal:
      return a == b;
    case Order::less:
      return a < b;
    case Order::less_or_equal:
      return a <= b;
    case Order::greater:
      return a > b;
    case Order::greater_or_equal:
      return a >= b;
  }
  return false;
}

template <Subject Of, Order How>
class LegacyCompare final : public LegacyFilter<Of> {
 public:
  using LegacyFilter<Of>::LegacyFilter;
  bool boolean(State& state, bool& out) const override {
    Value first;
    Value second;
    auto const* a = this->subject(state, first);
    auto const* b = this->children().back()->eval(state, second);
    if (!b) return false;
    out = false;
    if (!a || a->kind() != b->kind()) return true;
    if (How == Order::equal) {
      out = *a == *b;
    } else if (a->is_number()) {
      out = in_order(How, a->as_number(), b->as_number());
    } else if (a->is_string()) {
      out = in_order(How, a->as_string(), b->as_string());
    } else if (a->is_boolean()) {
      out = in_order(How, a->as_boolean(), b->as_boolean());
    }
    return true;
  }
};

template <Subject Of>
class LegacyIn final : public LegacyFilter<Of> {
 public:
  using LegacyFilter<Of>::LegacyFilter;
  bool boolean(State& state, bool& out) const override {
    Value first;
    Value second;
    auto const* a = this->subject(state, first);
    auto const* list = this->children().back()->eval(state, second);
    if (!list) return false;
    out = a && std::ranges::find(list->as_array(), *a) != list->as_array().end();
    return true;
  }
};

template <Subject Of>
class LegacyHas final : public LegacyFilter<Of> {
 public:
  using LegacyFilter<Of>::LegacyFilter;
  bool boolean(State& state, bool& out) const override {
    Value scratch;
    out = this->subject(state, scratch) != nullptr;
    return true;
  }
};

/// One signature of an operator. With `is_variadic`, `parameters` holds the one type of all
/// arguments.
struct Signature {
  std::vector<Type> parameters;
  bool is_variadic = false;
};

/// A row of the table of functions.
struct Function {
  Type result;
  std::vector<Signature> signatures;
  NodePtr (*make)(NodeParts parts);
};

template <class T>
NodePtr make(NodeParts parts) {
  return std::make_unique<T>(std::move(parts));
}

NodePtr make_minus(NodeParts parts) {
  if (parts.children.size() == 1) return make<Unary<negate>>(std::move(parts));
  return make<Binary<subtract>>(std::move(parts));
}

Signature any_of(Type type) {
  return {{std::move(type)}, true};
}

using FunctionTable = std::map<std::string_view, Function>;

void add_arithmetic(FunctionTable& table) {
  Type const n = Kind::number;
  table["e"] = {n, {{}}, make<Constant<euler>>};
  table["pi"] = {n, {{}}, make<Constant<pi>>};
  table["ln2"] = {n, {{}}, make<Constant<log_of_two>>};
  table["+"] = {n, {any_of(n)}, make<Fold<add, zero>>};
  table["*"] = {n, {any_of(n)}, make<Fold<multiply, one>>};
  table["min"] = {n, {any_of(n)}, make<Fold<least, plus_infinity>>};
  table["max"] = {n, {any_of(n)}, make<Fold<greatest, minus_infinity>>};
  table["-"] = {n, {{{n, n}}, {{n}}}, make_minus};
  table["/"] = {n, {{{n, n}}}, make<Binary<divide>>};
  table["%"] = {n, {{{n, n}}}, make<Binary<modulo>>};
  table["^"] = {n, {{{n, n}}}, make<Binary<power>>};
  table["sqrt"] = {n, {{{n}}}, make<Unary<square_root>>};
  table["log10"] = {n, {{{n}}}, make<Unary<log_10>>};
  table["log2"] = {n, {{{n}}}, make<Unary<log_2>>};
  table["ln"] = {n, {{{n}}}, make<Unary<log_e>>};
  table["sin"] = {n, {{{n}}}, make<Unary<sine>>};
  table["cos"] = {n, {{{n}}}, make<Unary<cosine>>};
  table["tan"] = {n, {{{n}}}, make<Unary<tangent>>};
  table["asin"] = {n, {{{n}}}, make<Unary<arc_sine>>};
  table["acos"] = {n, {{{n}}}, make<Unary<arc_cosine>>};
  table["atan"] = {n, {{{n}}}, make<Unary<arc_tangent>>};
  table["abs"] = {n, {{{n}}}, make<Unary<absolute>>};
  table["floor"] = {n, {{{n}}}, make<Unary<floor_of>>};
  table["ceil"] = {n, {{{n}}}, make<Unary<ceiling_of>>};
  table["round"] = {n, {{{n}}}, make<Unary<round_of>>};
}

void add_inputs(FunctionTable& table) {
  Type const n = Kind::number;
  Type const s = Kind::string;
  table["zoom"] = {n, {{}}, make<ContextNumber<&EvalContext::zoom, Input::zoom>>};
  table["scale"] = {n, {{}}, make<ContextNumber<&EvalContext::scale, Input::scale>>};
  table["progress"] = {n, {{}}, make<ContextNumber<&EvalContext::progress, Input::progress>>};
  table["line-progress"] = {
      n, {{}}, make<ContextNumber<&EvalContext::line_progress, Input::gradient>>};
  table["heatmap-density"] = {
      n, {{}}, make<ContextNumber<&EvalContext::heatmap_density, Input::gradient>>};
  table["elevation"] = {n, {{}}, make<ContextNumber<&EvalContext::elevation_m, Input::gradient>>};
  table["accumulated"] = {
      Kind::value, {{}}, make<ContextValue<&EvalContext::accumulated, Input::gradient>>};
  table["time"] = {Kind::value, {{}}, make<ContextValue<&EvalContext::time, Input::time>>};
  table["certainty"] = {s, {{}}, make<ContextValue<&EvalContext::certainty, Input::certainty>>};
  table["side"] = {s, {{}}, make<ContextValue<&EvalContext::side, Input::side>>};
  table["lang"] = {s, {{}}, make<ContextValue<&EvalContext::lang, Input::lang>>};
  table["properties"] = {Kind::object, {{}}, make<Properties>};
  table["geometry-type"] = {s, {{}}, make<GeometryTypeNode>};
  table["id"] = {Kind::value, {{}}, make<Id>};
  table["feature-state"] = {Kind::value, {{{s}}}, make<FeatureState>};
  table["get"] = {Kind::value, {{{s}}, {{s, Kind::object}}}, make<Get>};
  table["has"] = {Kind::boolean, {{{s}}, {{s, Kind::object}}}, make<Has>};
}

void add_others(FunctionTable& table) {
  Type const n = Kind::number;
  Type const s = Kind::string;
  Type const b = Kind::boolean;
  Type const v = Kind::value;
  table["all"] = {b, {any_of(b)}, make<All>};
  table["any"] = {b, {any_of(b)}, make<Any>};
  table["!"] = {b, {{{b}}}, make<Not>};
  table["typeof"] = {s, {{{v}}}, make<Typeof>};
  table["rgb"] = {Kind::color, {{{n, n, n}}}, make<Rgba>};
  table["rgba"] = {Kind::color, {{{n, n, n, n}}}, make<Rgba>};
  table["to-rgba"] = {Type::array_of(n, 4), {{{Kind::color}}}, make<ToRgba>};
  table["concat"] = {s, {any_of(v)}, make<Concat>};
  table["split"] = {Type::array_of(s), {{{s, s}}}, make<Split>};
  table["join"] = {s, {{{Type::array_of(s), s}}}, make<Join>};
  table["error"] = {Kind::error, {{{s}}}, make<ErrorNode>};
  table["is-supported-script"] = {b, {{{s}}}, make<IsSupportedScript>};
}

template <Subject Of>
void add_legacy(FunctionTable& table, std::array<std::string_view, 6> const& names,
                std::vector<Type> const& parameters) {
  Type const b = Kind::boolean;
  auto with_list = parameters;
  with_list.back() = Type::array_of(Kind::value);
  table[names[0]] = {b, {{parameters}}, make<LegacyCompare<Of, Order::equal>>};
  table[names[1]] = {b, {{parameters}}, make<LegacyCompare<Of, Order::less>>};
  table[names[2]] = {b, {{parameters}}, make<LegacyCompare<Of, Order::less_or_equal>>};
  table[names[3]] = {b, {{parameters}}, make<LegacyCompare<Of, Order::greater>>};
  table[names[4]] = {b, {{parameters}}, make<LegacyCompare<Of, Order::greater_or_equal>>};
  table[names[5]] = {b, {{with_list}}, make<LegacyIn<Of>>};
}

FunctionTable const& functions() {
  static FunctionTable const table = [] {
    FunctionTable rows;
    add_arithmetic(rows);
    add_inputs(rows);
    add_others(rows);
    Type const v = Kind::value;
    add_legacy<Subject::property>(
        rows, {"filter-==", "filter-<", "filter-<=", "filter->", "filter->=", "filter-in"},
        {Kind::string, v});
    add_legacy<Subject::id>(rows,
                            {"filter-id-==", "filter-id-<", "filter-id-<=", "filter-id->",
                             "filter-id->=", "filter-id-in"},
                            {v});
    add_legacy<Subject::type>(rows,
                              {"filter-type-==", "filter-type-<", "filter-type-<=", "filter-type->",
                               "filter-type->=", "filter-type-in"},
                              {v});
    rows["filter-has"] = {Kind::boolean, {{{Kind::string}}}, make<LegacyHas<Subject::property>>};
    rows["filter-has-id"] = {Kind::boolean, {{}}, make<LegacyHas<Subject::id>>};
    return rows;
  }();
  return table;
}

std::string to_string(Signature const& signature) {
  if (signature.is_variadic) return "(" + to_string(signature.parameters[0]) + "...)";
  std::string text;
  for (auto const& type : signature.parameters)
    text += (text.empty() ? "" : ", ") + to_string(type);
  return "(" + text + ")";
}

/// Says which signatures there are and what was found, after reading the arguments without any
/// type.
NodePtr fail_signature(Parser& parser, nlohmann::json const& json, Place const& place,
                       Function const& function) {
  std::string expected;
  for (auto const& signature : function.signatures) {
    expected += (expected.empty() ? "" : " | ") + to_string(signature);
  }
  std::string found;
  for (std::size_t i = 1; i < json.size(); ++i) {
    auto const node = parser.parse(json[i], place.argument(i));
    if (!node) return nullptr;
    found += (found.empty() ? "" : ", ") + to_string(node->type());
  }
  return parser.fail(
      place, "Expected arguments of type " + expected + ", but found (" + found + ") instead.");
}

/// Sums, differences, extremes of lengths where a length is asked for: all arguments are lengths.
bool keeps_lengths(std::string const& name, Place const& place) {
  if (!place.expected || !place.expected->is(Kind::length)) return false;
  return name == "+" || name == "-" || name == "min" || name == "max" || name == "abs";
}

}  // namespace

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (auto const& [name, function] : functions()) {
    if (!name.starts_with("filter-")) names.push_back(name);
  }
  return names;
}

bool is_function(std::string_view name) {
  return functions().contains(name);
}

NodePtr parse_function(Parser& parser, nlohmann::json const& json, Place const& place) {
  auto const& name = json[0].get_ref<std::string const&>();
  auto const& function = functions().at(name);
  auto const count = json.size() - 1;
  auto const signature = std::ranges::find_if(function.signatures, [&](Signature const& s) {
    return s.is_variadic || s.parameters.size() == count;
  });
  if (signature == function.signatures.end()) return fail_signature(parser, json, place, function);
  bool const lengths = keeps_lengths(name, place);
  NodeParts parts{lengths ? Type(Kind::length) : function.result, place.key, {}};
  for (std::size_t i = 0; i < count; ++i) {
    auto const& type = signature->parameters[signature->is_variadic ? 0 : i];
    auto node =
        parser.parse(json[i + 1], place.argument(i + 1, lengths ? Type(Kind::length) : type));
    if (!node) return nullptr;
    parts.children.push_back(std::move(node));
  }
  return function.make(std::move(parts));
}

}  // namespace hachure::style
