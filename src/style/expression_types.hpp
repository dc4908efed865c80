#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "style/value.hpp"

namespace hachure::style {

/// A static type of the expression language: those of the MapLibre Style Specification, and
/// `length`.
struct Type {
  enum class Kind {
    null,
    number,
    string,
    boolean,
    color,
    object,
    value,
    error,
    collator,
    formatted,
    image,
    array,
    padding,
    number_array,
    color_array,
    anchor_offsets,
    projection,
    length  ///< a number of millimetres on the page, written as a text with a unit or a number of
            ///< px
  };
  Kind kind = Kind::value;
  std::shared_ptr<Type const> item;  ///< of arrays: the type of every item; null means `value`
  std::optional<std::size_t> count;  ///< of arrays: the number of items, if fixed

  Type() = default;
  Type(Kind k) : kind(k) {}
  /// `array<item, count>`.
  static Type array_of(Type const& item, std::optional<std::size_t> count = {});

  bool is(Kind k) const { return kind == k; }
  /// The type of an item of an array.
  Type item_type() const { return item ? *item : Type(Kind::value); }
  bool operator==(Type const& other) const;
};

/// As messages name it: `number`, `array<string, 2>`, `array`, `resolvedImage`.
std::string to_string(Type const& type);

/// The type that `["typeof", value]` names; arrays get an item type when all items share one.
Type type_of(Value const& value);

/// Whether a value of type `actual` may stand where `expected` is asked for without any conversion.
bool is_subtype(Type const& actual, Type const& expected);

/// Whether `value` is of type `expected`: is_subtype(type_of(value), expected) without building a
/// type.
bool has_type(Value const& value, Type const& expected);

}  // namespace hachure::style
