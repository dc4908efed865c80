#include <nlohmann/json.hpp>

#include "style/expression_parse.hpp"
#include "style/text_order.hpp"

namespace hachure::style {

namespace {

using Kind = Type::Kind;

enum class Comparison { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

template <Comparison How, class T>
bool holds(T const& a, T const& b) {
  switch (How) {
    case Comparison::equal:
      return a == b;
    case Comparison::not_equal:
      return !(a == b);
    case Comparison::less:
      return a < b;
    case Comparison::less_or_equal:
      return a <= b;
    case Comparison::greater:
      return a > b;
    case Comparison::greater_or_equal:
      return a >= b;
  }
  return false;
}

constexpr std::string_view name_of(Comparison how) {
  switch (how) {
    case Comparison::equal:
      return "==";
    case Comparison::not_equal:
      return "!=";
    case Comparison::less:
      return "<";
    case Comparison::less_or_equal:
      return "<=";
    case Comparison::greater:
      return ">";
    case Comparison::greater_or_equal:
      return ">=";
  }
  return {};
}

constexpr bool is_order(Comparison how) {
  return how != Comparison::equal && how != Comparison::not_equal;
}

/// Containers are equal only to themselves in ECMAScript, which is to nothing here.
bool same(Value const& a, Value const& b) {
  if (a.kind() != b.kind()) return false;
  bool const is_plain = a.is_null() || a.is_boolean() || a.is_number() || a.is_string();
  return is_plain ? a == b : &a == &b;
}

/// Both sides are numbers, known at load.
template <Comparison How>
class NumberComparison final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(State& state, bool& out) const override {
    double a = 0;
    double b = 0;
    if (!child(0).number(state, a) || !child(1).number(state, b)) return false;
    out = holds<How>(a, b);
    return true;
  }
};

/// Children: left, right [, collator].
template <Comparison How>
class ComparisonNode final : public BooleanNode {
 public:
  using BooleanNode::BooleanNode;
  bool boolean(State& state, bool& out) const override {
    Value first;
    Value second;
    auto const* a = child(0).eval(state, first);
    if (!a) return false;
    auto const* b = child(1).eval(state, second);
    if (!b) return false;
    if (is_order(How) && (a->kind() != b->kind() || (!a->is_string() && !a->is_number()))) {
      state.fail(*this, [&] {
        return "Expected arguments for \"" + std::string(name_of(How)) +
               "\" to be (string, string) or (number, number), but found (" + kind_name(*a) + ", " +
               kind_name(*b) + ") instead.";
      });
      return false;
    }
    if (children().size() > 2 && a->is_string() && b->is_string()) {
      return collated(state, *a, *b, out);
    }
    if constexpr (is_order(How)) {
      out = a->is_number() ? holds<How>(a->as_number(), b->as_number())
                           : holds<How>(a->as_string(), b->as_string());
    } else {
      out = same(*a, *b) == (How == Comparison::equal);
    }
    return true;
  }

 private:
  static std::string kind_name(Value const& value) {
    return value.kind() == Value::Kind::array ? "array" : to_string(type_of(value));
  }

  bool collated(State& state, Value const& a, Value const& b, bool& out) const {
    Value scratch;
    auto const* collator = child(2).eval(state, scratch);
    if (!collator) return false;
    int const order = collator->as_collator().order->compare(a.as_string(), b.as_string());
    out = holds<How>(order, 0);
    return true;
  }
};

bool is_comparable(Comparison how, Type const& type) {
  if (type.is(Kind::string) || type.is(Kind::number) || type.is(Kind::value)) return true;
  return !is_order(how) && (type.is(Kind::boolean) || type.is(Kind::null));
}

NodePtr assert_type(NodePtr node, Type const& type) {
  auto key = node->key();
  std::vector<NodePtr> children;
  children.push_back(std::move(node));
  return make_assertion(type, std::move(key), std::move(children));
}

template <Comparison How>
NodePtr parse_comparison(Parser& parser, nlohmann::json const& json, Place const& place) {
  if (json.size() != 3 && json.size() != 4) {
    return parser.fail(place, "Expected two or three arguments.");
  }
  std::vector<NodePtr> sides;
  for (std::size_t i = 1; i <= 2; ++i) {
    auto node = parser.parse(json[i], place.argument(i, Kind::value));
    if (!node) return nullptr;
    if (!is_comparable(How, node->type())) {
      return parser.fail(place.argument(i), "\"" + std::string(name_of(How)) +
                                                "\" comparisons are not supported for type '" +
                                                to_string(node->type()) + "'.");
    }
    sides.push_back(std::move(node));
  }
  auto const left = sides[0]->type();
  auto const right = sides[1]->type();
  if (left.kind != right.kind && !left.is(Kind::value) && !right.is(Kind::value)) {
    return parser.fail(
        place, "Cannot compare types '" + to_string(left) + "' and '" + to_string(right) + "'.");
  }
  if (is_order(How)) {
    if (left.is(Kind::value) && !right.is(Kind::value)) {
      sides[0] = assert_type(std::move(sides[0]), right);
    } else if (!left.is(Kind::value) && right.is(Kind::value)) {
      sides[1] = assert_type(std::move(sides[1]), left);
    }
  }
  if (json.size() == 4) {
    if (!left.is(Kind::string) && !right.is(Kind::string) && !left.is(Kind::value) &&
        !right.is(Kind::value)) {
      return parser.fail(place, "Cannot use collator to compare non-string types.");
    }
    auto collator = parser.parse(json[3], place.argument(3, Kind::collator));
    if (!collator) return nullptr;
    sides.push_back(std::move(collator));
  }
  bool const numbers = sides[0]->type().is(Kind::number) && sides[1]->type().is(Kind::number);
  NodeParts parts{Kind::boolean, place.key, std::move(sides)};
  if (numbers) return std::make_unique<NumberComparison<How>>(std::move(parts));
  return std::make_unique<ComparisonNode<How>>(std::move(parts));
}

}  // namespace

std::vector<Form> const& comparison_forms() {
  static std::vector<Form> const forms = {
      {"==", parse_comparison<Comparison::equal>},
      {"!=", parse_comparison<Comparison::not_equal>},
      {"<", parse_comparison<Comparison::less>},
      {"<=", parse_comparison<Comparison::less_or_equal>},
      {">", parse_comparison<Comparison::greater>},
      {">=", parse_comparison<Comparison::greater_or_equal>},
  };
  return forms;
}

}  // namespace hachure::style
