#include "style/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "style/color.hpp"

namespace hachure::style {

Key::Key(std::string_view text) : name(text), hash(base::stable_hash(text)) {}

template <class T>
void Value::hold(T content) {
  payload_.shared = new Holder<T>(std::move(content));
}

// The kind is set after the allocation, so that a failed one leaves a null value to destroy.
Value::Value(std::string v) : Value() {
  hold(std::move(v));
  kind_ = Kind::string;
}

Value::Value(Array v, Kind kind) : Value() {
  hold(std::move(v));
  kind_ = kind;
}

Value::Value(Object v, Kind kind) : Value() {
  std::ranges::stable_sort(v, {}, &Member::first);
  Object unique;
  unique.reserve(v.size());
  for (auto& member : v) {
    if (!unique.empty() && unique.back().first == member.first) {
      unique.back().second = std::move(member.second);
    } else {
      unique.push_back(std::move(member));
    }
  }
  hold(std::move(unique));
  kind_ = kind;
}

Value::Value(Sections v) : Value() {
  hold(std::move(v));
  kind_ = Kind::formatted;
}

Value::Value(ImageName v) : Value() {
  hold(std::move(v));
  kind_ = Kind::image;
}

Value::Value(Collation v) : Value() {
  hold(std::move(v));
  kind_ = Kind::collator;
}

void Value::release() noexcept {
  if (!is_shared()) return;
  if (payload_.shared->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  switch (kind_) {
    case Kind::string:
      delete static_cast<Holder<std::string> const*>(payload_.shared);
      break;
    case Kind::array:
    case Kind::padding:
    case Kind::number_array:
    case Kind::color_array:
    case Kind::anchor_offsets:
      delete static_cast<Holder<Array> const*>(payload_.shared);
      break;
    case Kind::object:
    case Kind::projection:
      delete static_cast<Holder<Object> const*>(payload_.shared);
      break;
    case Kind::formatted:
      delete static_cast<Holder<Sections> const*>(payload_.shared);
      break;
    case Kind::image:
      delete static_cast<Holder<ImageName> const*>(payload_.shared);
      break;
    case Kind::collator:
      delete static_cast<Holder<Collation> const*>(payload_.shared);
      break;
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
    case Kind::color:
      break;
  }
}

Value::Array const& Value::as_array() const noexcept {
  return held<Array>();
}
Value::Object const& Value::as_object() const noexcept {
  return held<Object>();
}
Value::Sections const& Value::as_sections() const noexcept {
  return held<Sections>();
}
ImageName const& Value::as_image() const noexcept {
  return held<ImageName>();
}
Collation const& Value::as_collator() const noexcept {
  return held<Collation>();
}

Value const* Value::member(std::string_view name) const noexcept {
  if (kind_ != Kind::object && kind_ != Kind::projection) return nullptr;
  auto const& members = as_object();
  auto const found = std::ranges::lower_bound(members, name, {}, &Member::first);
  return found != members.end() && found->first == name ? &found->second : nullptr;
}

bool Value::operator==(Value const& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return as_boolean() == other.as_boolean();
    case Kind::number:
      return as_number() == other.as_number();
    case Kind::color:
      return as_color() == other.as_color();
    case Kind::string:
      return as_string() == other.as_string();
    case Kind::array:
    case Kind::padding:
    case Kind::number_array:
    case Kind::color_array:
    case Kind::anchor_offsets:
      return as_array() == other.as_array();
    case Kind::object:
    case Kind::projection:
      return as_object() == other.as_object();
    case Kind::formatted:
      return as_sections() == other.as_sections();
    case Kind::image:
      return as_image().name == other.as_image().name;
    case Kind::collator:
      return as_collator().locale == other.as_collator().locale &&
             as_collator().case_sensitive == other.as_collator().case_sensitive &&
             as_collator().diacritic_sensitive == other.as_collator().diacritic_sensitive;
  }
  return false;
}

bool TextSection::operator==(TextSection const& other) const {
  bool const same_image =
      image.has_value() == other.image.has_value() && (!image || image->name == other.image->name);
  return same_image && text == other.text && scale == other.scale && font == other.font &&
         color == other.color && vertical_align == other.vertical_align && lang == other.lang;
}

bool Value::is_truthy() const {
  switch (kind_) {
    case Kind::null:
      return false;
    case Kind::boolean:
      return as_boolean();
    case Kind::number:
      return as_number() != 0 && !std::isnan(as_number());
    case Kind::string:
      return !as_string().empty();
    default:
      return true;
  }
}

namespace {

std::string joined_text(Value::Sections const& sections) {
  std::string text;
  for (auto const& section : sections) text += section.text;
  return text;
}

std::string joined_text(Value::Array const& items) {
  std::string text = "[";
  for (auto const& item : items) text += (text.size() > 1 ? "," : "") + item.to_string();
  return text + "]";
}

}  // namespace

std::string Value::to_string() const {
  switch (kind_) {
    case Kind::null:
      return {};
    case Kind::boolean:
      return as_boolean() ? "true" : "false";
    case Kind::number:
      return number_text(as_number());
    case Kind::color:
      return to_text(as_color());
    case Kind::string:
      return as_string();
    case Kind::formatted:
      return joined_text(as_sections());
    case Kind::image:
      return as_image().name;
    case Kind::padding:
    case Kind::number_array:
    case Kind::color_array:
      return joined_text(as_array());
    case Kind::array:
    case Kind::object:
    case Kind::anchor_offsets:
    case Kind::projection:
    case Kind::collator:
      return to_json_text();
  }
  return {};
}

std::optional<double> Value::to_number() const {
  switch (kind_) {
    case Kind::null:
      return 0.0;
    case Kind::boolean:
      return as_boolean() ? 1.0 : 0.0;
    case Kind::number:
      if (std::isnan(as_number())) return {};
      return as_number();
    case Kind::string: {
      auto const text = base::trim(as_string());
      if (text.empty()) return 0.0;
      if (text.starts_with("0x") || text.starts_with("0X")) {
        std::uint64_t bits = 0;
        auto const [end, error] =
            std::from_chars(text.data() + 2, text.data() + text.size(), bits, 16);
        if (error != std::errc{} || end != text.data() + text.size()) return {};
        return static_cast<double>(bits);
      }
      // from_chars reads no sign twice, so "+-1" has to be refused here.
      if (text.starts_with("+-") || text.starts_with("++")) return {};
      return base::parse_number(text);
    }
    case Kind::array:
      // ECMAScript reads an array as the text of its items joined by commas.
      if (as_array().empty()) return 0.0;
      if (as_array().size() > 1) return {};
      return as_array().front().is_boolean() ? std::nullopt : as_array().front().to_number();
    default:
      return {};
  }
}

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value == 0) return "0";
  char buffer[64];
  auto const scientific =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
  std::string_view const text(buffer, static_cast<std::size_t>(scientific.ptr - buffer));
  auto const e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 1) digits += text.substr(2, e - 2);
  int exponent = 0;
  auto const* first = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(first, text.data() + text.size(), exponent);

  // n and k are those of ECMA-262: value = digits x 10^(n-k), k digits.
  int const n = exponent + 1;
  int const k = static_cast<int>(digits.size());
  std::string out = value < 0 ? "-" : "";
  if (n > 21 || n <= -6) {
    out += digits[0];
    if (k > 1) out += "." + digits.substr(1);
    out += n - 1 < 0 ? "e-" : "e+";
    return out + std::to_string(std::abs(n - 1));
  }
  if (n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  if (n >= k) return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
  auto const point = static_cast<std::size_t>(n);
  return out + digits.substr(0, point) + "." + digits.substr(point);
}

namespace {

Value read_json(nlohmann::json const& json, int depth) {
  using Type = nlohmann::json::value_t;
  if (depth > base::limits::max_expression_depth) {
    throw base::Error(base::Fault::input, {},
                      "a value is nested deeper than " +
                          std::to_string(base::limits::max_expression_depth) + " levels");
  }
  switch (json.type()) {
    case Type::boolean:
      return Value(json.get<bool>());
    case Type::number_integer:
    case Type::number_unsigned:
    case Type::number_float:
      return Value(json.get<double>());
    case Type::string:
      return Value(json.get_ref<std::string const&>());
    case Type::array: {
      Value::Array items;
      items.reserve(json.size());
      for (auto const& item : json) items.push_back(read_json(item, depth + 1));
      return Value(std::move(items));
    }
    case Type::object: {
      Value::Object members;
      members.reserve(json.size());
      for (auto const& [name, item] : json.items()) {
        members.emplace_back(name, read_json(item, depth + 1));
      }
      return Value(std::move(members));
    }
    case Type::null:
    case Type::binary:
    case Type::discarded:
      break;
  }
  return {};
}

nlohmann::json image_json(ImageName const& image) {
  return {{"name", image.name}, {"available", image.available}};
}

nlohmann::json color_json(Color const& color) {
  return {
      {"r", color.r * color.a}, {"g", color.g * color.a}, {"b", color.b * color.a}, {"a", color.a}};
}

nlohmann::json section_json(TextSection const& section) {
  nlohmann::json json;
  json["text"] = section.text;
  json["image"] = section.image ? image_json(*section.image) : nlohmann::json();
  json["scale"] = section.scale ? nlohmann::json(*section.scale) : nlohmann::json();
  json["fontStack"] = section.font ? nlohmann::json(*section.font) : nlohmann::json();
  json["textColor"] = section.color ? color_json(*section.color) : nlohmann::json();
  json["verticalAlign"] =
      section.vertical_align ? nlohmann::json(*section.vertical_align) : nlohmann::json();
  if (section.lang) json["lang"] = *section.lang;
  return json;
}

nlohmann::json number_json(double value) {
  if (!std::isfinite(value)) return nullptr;
  // Whole numbers print without ".0", as ECMAScript does.
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

}  // namespace

Value Value::from_json(nlohmann::json const& json) {
  return read_json(json, 0);
}

nlohmann::json Value::to_json(bool is_inside) const {
  switch (kind_) {
    case Kind::null:
      return nullptr;
    case Kind::boolean:
      return as_boolean();
    case Kind::number:
      return number_json(as_number());
    case Kind::string:
      return as_string();
    case Kind::color: {
      auto const& c = as_color();
      if (is_inside) return color_json(c);
      return nlohmann::json::array({c.r * c.a, c.g * c.a, c.b * c.a, c.a});
    }
    case Kind::array:
    case Kind::padding:
    case Kind::number_array:
    case Kind::color_array:
    case Kind::anchor_offsets: {
      auto items = nlohmann::json::array();
      for (auto const& item : as_array()) items.push_back(item.to_json(true));
      if (kind_ == Kind::array) return items;
      return {{"values", std::move(items)}};
    }
    case Kind::object:
    case Kind::projection: {
      auto members = nlohmann::json::object();
      for (auto const& [name, item] : as_object()) members[name] = item.to_json(true);
      return members;
    }
    case Kind::formatted: {
      auto sections = nlohmann::json::array();
      for (auto const& section : as_sections()) sections.push_back(section_json(section));
      return {{"sections", std::move(sections)}};
    }
    case Kind::image:
      return image_json(as_image());
    case Kind::collator:
      return {{"locale", as_collator().locale},
              {"case-sensitive", as_collator().case_sensitive},
              {"diacritic-sensitive", as_collator().diacritic_sensitive}};
  }
  return nullptr;
}

std::string Value::to_json_text() const {
  return to_json(true).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace hachure::style
