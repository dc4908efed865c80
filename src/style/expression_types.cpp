#include "style/expression_types.hpp"

#include <algorithm>

namespace hachure::style {

Type Type::array_of(Type const& item, std::optional<std::size_t> count) {
  Type type(Kind::array);
  if (!item.is(Kind::value)) type.item = std::make_shared<Type const>(item);
  type.count = count;
  return type;
}

bool Type::operator==(Type const& other) const {
  if (kind != other.kind || count != other.count) return false;
  return kind != Kind::array || !item || !other.item ? !item == !other.item : *item == *other.item;
}

std::string to_string(Type const& type) {
  switch (type.kind) {
    case Type::Kind::null:
      return "null";
    case Type::Kind::number:
      return "number";
    case Type::Kind::string:
      return "string";
    case Type::Kind::boolean:
      return "boolean";
    case Type::Kind::color:
      return "color";
    case Type::Kind::object:
      return "object";
    case Type::Kind::value:
      return "value";
    case Type::Kind::error:
      return "error";
    case Type::Kind::collator:
      return "collator";
    case Type::Kind::formatted:
      return "formatted";
    case Type::Kind::image:
      return "resolvedImage";
    case Type::Kind::padding:
      return "padding";
    case Type::Kind::number_array:
      return "numberArray";
    case Type::Kind::color_array:
      return "colorArray";
    case Type::Kind::anchor_offsets:
      return "variableAnchorOffsetCollection";
    case Type::Kind::projection:
      return "projectionDefinition";
    case Type::Kind::length:
      return "length";
    case Type::Kind::array:
      break;
  }
  auto const item = to_string(type.item_type());
  if (type.count) return "array<" + item + ", " + std::to_string(*type.count) + ">";
  return item == "value" ? "array" : "array<" + item + ">";
}

namespace {

Type::Kind kind_of(Value const& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return Type::Kind::null;
    case Value::Kind::boolean:
      return Type::Kind::boolean;
    case Value::Kind::number:
      return Type::Kind::number;
    case Value::Kind::color:
      return Type::Kind::color;
    case Value::Kind::string:
      return Type::Kind::string;
    case Value::Kind::array:
      return Type::Kind::array;
    case Value::Kind::object:
      return Type::Kind::object;
    case Value::Kind::formatted:
      return Type::Kind::formatted;
    case Value::Kind::image:
      return Type::Kind::image;
    case Value::Kind::collator:
      return Type::Kind::collator;
    case Value::Kind::padding:
      return Type::Kind::padding;
    case Value::Kind::number_array:
      return Type::Kind::number_array;
    case Value::Kind::color_array:
      return Type::Kind::color_array;
    case Value::Kind::anchor_offsets:
      return Type::Kind::anchor_offsets;
    case Value::Kind::projection:
      return Type::Kind::projection;
  }
  return Type::Kind::null;
}

}  // namespace

Type type_of(Value const& value) {
  auto const kind = kind_of(value);
  if (kind != Type::Kind::array) return kind;
  auto const& items = value.as_array();
  if (items.empty()) return Type::array_of(Type::Kind::value, 0);
  auto const first = kind_of(items.front());
  bool const same =
      std::ranges::all_of(items, [&](Value const& item) { return kind_of(item) == first; });
  // Arrays in arrays are told apart by identity in MapLibre, so only a lone one has a type.
  if (!same || (first == Type::Kind::array && items.size() > 1)) {
    return Type::array_of(Type::Kind::value, items.size());
  }
  return Type::array_of(type_of(items.front()), items.size());
}

bool is_subtype(Type const& actual, Type const& expected) {
  using Kind = Type::Kind;
  if (actual.is(Kind::error)) return true;
  switch (expected.kind) {
    case Kind::value:
      return !actual.is(Kind::collator);
    case Kind::array:
      if (!actual.is(Kind::array)) return false;
      if (expected.count && expected.count != actual.count) return false;
      return (actual.count == 0u && actual.item_type().is(Kind::value)) ||
             is_subtype(actual.item_type(), expected.item_type());
    default:
      return actual.kind == expected.kind;
  }
}

bool has_type(Value const& value, Type const& expected) {
  using Kind = Type::Kind;
  switch (expected.kind) {
    case Kind::number:
      return value.is_number();
    case Kind::string:
      return value.is_string();
    case Kind::boolean:
      return value.is_boolean();
    case Kind::value:
      return value.kind() != Value::Kind::collator;
    case Kind::array: {
      if (value.kind() != Value::Kind::array) return false;
      auto const& items = value.as_array();
      if (expected.count && *expected.count != items.size()) return false;
      if (!expected.item) return true;
      return std::ranges::all_of(items,
                                 [&](Value const& item) { return has_type(item, *expected.item); });
    }
    default:
      return kind_of(value) == expected.kind;
  }
}

}  // namespace hachure::style
