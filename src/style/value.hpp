#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "draw/color.hpp"

namespace hachure::style {

using draw::Color;

class Value;

/// A property name with its hash, made once when an expression is compiled, so that a lookup
/// compares numbers. Keys order by hash first: the order means nothing but is the same on every
/// machine.
struct Key {
  std::string name;
  std::uint64_t hash = 0;  ///< base::stable_hash of the name

  Key() = default;
  Key(std::string_view text);
  Key(std::string const& text) : Key(std::string_view(text)) {}
  Key(char const* text) : Key(std::string_view(text)) {}
};

class TextOrder;

/// A language-aware order of strings, the value of `["collator", ...]`.
struct Collation {
  bool case_sensitive = false;
  bool diacritic_sensitive = false;
  std::string locale;                      ///< BCP-47 tag; empty for the root order of CLDR
  std::shared_ptr<TextOrder const> order;  ///< what compares, see text_order.hpp
};

/// An image by name, the value of `["image", ...]`.
struct ImageName {
  std::string name;
  bool available = false;  ///< whether EvalContext::available_images holds the name
};

/// One run of `["format", ...]`; what is absent is inherited from the layer.
struct TextSection;

/// The value of an expression or of a property of a feature: immutable, 40 bytes, cheap to copy
/// (texts and containers are shared), safe to read from several threads.
class Value {
 public:
  /// The runtime kinds. `padding`, `number_array`, `color_array` and `anchor_offsets` are arrays
  /// that a property of that type holds; `projection` is an object `{from, to, transition}`.
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    color,
    string,
    array,
    object,
    formatted,
    image,
    collator,
    padding,
    number_array,
    color_array,
    anchor_offsets,
    projection
  };
  using Array = std::vector<Value>;
  using Member = std::pair<std::string, Value>;
  /// Sorted by name, names unique.
  using Object = std::vector<Member>;
  using Sections = std::vector<TextSection>;

  Value() noexcept : kind_(Kind::null) {}
  Value(bool v) noexcept : kind_(Kind::boolean) { payload_.boolean = v; }
  Value(double v) noexcept : kind_(Kind::number) { payload_.number = v; }
  Value(int v) noexcept : Value(static_cast<double>(v)) {}
  Value(Color const& v) noexcept : kind_(Kind::color) { payload_.color = v; }
  Value(std::string v);
  Value(std::string_view v) : Value(std::string(v)) {}
  Value(char const* v) : Value(std::string(v)) {}
  /// `kind` is array or one of the array-like kinds.
  explicit Value(Array v, Kind kind = Kind::array);
  /// `kind` is object or projection. Members are sorted here; of equal names the last one stays.
  explicit Value(Object v, Kind kind = Kind::object);
  explicit Value(Sections v);
  explicit Value(ImageName v);
  explicit Value(Collation v);

  Value(Value const& other) noexcept : kind_(other.kind_), payload_(other.payload_) { retain(); }
  Value(Value&& other) noexcept : kind_(other.kind_), payload_(other.payload_) {
    other.kind_ = Kind::null;
  }
  Value& operator=(Value const& other) noexcept {
    // `other` may live inside what this value holds: it is read before anything is released.
    other.retain();
    Kind const kind = other.kind_;
    Payload const payload = other.payload_;
    release();
    kind_ = kind;
    payload_ = payload;
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    Kind const kind = other.kind_;
    Payload const payload = other.payload_;
    other.kind_ = Kind::null;
    release();
    kind_ = kind;
    payload_ = payload;
    return *this;
  }
  ~Value() { release(); }

  Kind kind() const noexcept { return kind_; }
  bool is_null() const noexcept { return kind_ == Kind::null; }
  bool is_number() const noexcept { return kind_ == Kind::number; }
  bool is_string() const noexcept { return kind_ == Kind::string; }
  bool is_boolean() const noexcept { return kind_ == Kind::boolean; }
  bool is_color() const noexcept { return kind_ == Kind::color; }
  /// Whether as_array() may be called: an array or an array-like kind.
  bool is_array_like() const noexcept {
    return kind_ == Kind::array || (kind_ >= Kind::padding && kind_ <= Kind::anchor_offsets);
  }

  /// The content. @pre kind() is the kind asked for (array-like for as_array; object or projection
  /// for as_object).
  bool as_boolean() const noexcept { return payload_.boolean; }
  double as_number() const noexcept { return payload_.number; }
  Color const& as_color() const noexcept { return payload_.color; }
  std::string const& as_string() const noexcept;
  Array const& as_array() const noexcept;
  Object const& as_object() const noexcept;
  Sections const& as_sections() const noexcept;
  ImageName const& as_image() const noexcept;
  Collation const& as_collator() const noexcept;

  /// The member of an object, or null pointer.
  Value const* member(std::string_view name) const noexcept;

  /// Deep equality; numbers by value (NaN equals nothing).
  bool operator==(Value const& other) const;

  /// Null, false, zero, NaN and "" are false, everything else is true (ECMAScript's Boolean()).
  bool is_truthy() const;
  /// MapLibre's `to-string`: null is "", numbers as ECMAScript prints them, colours `rgba(...)`,
  /// containers as JSON, formatted text and images as their text.
  std::string to_string() const;
  /// The value as compact JSON text (ECMAScript's JSON.stringify; NaN is null).
  std::string to_json_text() const;
  /// ECMAScript's Number(): nothing where that is NaN.
  std::optional<double> to_number() const;

  /// Value of a JSON document; objects and arrays become containers, never expressions.
  /// @throws base::Error input: nested deeper than limits::max_expression_depth
  static Value from_json(nlohmann::json const& json);
  /// JSON as MapLibre's fixtures print results: colours as [r,g,b,a] premultiplied at the top and
  /// as {r,g,b,a} inside other values, formatted text as {"sections": [...]}, array-like kinds as
  /// {"values": [...]}.
  nlohmann::json to_json(bool is_inside = false) const;

 private:
  struct Shared;
  template <class T>
  struct Holder;
  union Payload {
    Payload() noexcept : number(0) {}
    bool boolean;
    double number;
    Color color;
    Shared const* shared;
  };

  bool is_shared() const noexcept { return kind_ >= Kind::string; }
  void retain() const noexcept;
  void release() noexcept;
  template <class T>
  void hold(T content);
  template <class T>
  T const& held() const noexcept;

  Kind kind_;
  Payload payload_;
};

struct TextSection {
  std::string text;                           ///< empty for an image
  std::optional<ImageName> image;             ///< set for an image section
  std::optional<double> scale;                ///< factor of the layer's text size
  std::optional<std::string> font;            ///< families, separated by commas
  std::optional<Color> color;                 ///< fill of the text
  std::optional<std::string> vertical_align;  ///< bottom, center or top
  std::optional<std::string> lang;            ///< BCP-47, beyond MapLibre

  bool operator==(TextSection const& other) const;
};

/// The shortest text of a number as ECMAScript's Number::toString gives it (ECMA-262, 6.1.6.1.20):
/// `1`, `0.1`, `1e+21`, `1e-7`, `NaN`, `Infinity`.
std::string number_text(double value);

struct Value::Shared {
  mutable std::atomic<std::uint32_t> references{1};
};

template <class T>
struct Value::Holder : Value::Shared {
  explicit Holder(T v) : content(std::move(v)) {}
  T content;
};

inline void Value::retain() const noexcept {
  if (is_shared()) payload_.shared->references.fetch_add(1, std::memory_order_relaxed);
}

template <class T>
T const& Value::held() const noexcept {
  return static_cast<Holder<T> const*>(payload_.shared)->content;
}

inline std::string const& Value::as_string() const noexcept {
  return held<std::string>();
}

}  // namespace hachure::style
