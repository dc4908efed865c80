#include <algorithm>
#include <nlohmann/json.hpp>

#include "style/expression_parse.hpp"
#include "style/text_order.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;
using Kind = Type::Kind;

bool is_ascii(std::string const& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <bool Up>
class LetterCase final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    auto const* whole = text(state, 0, scratch);
    if (!whole) return nullptr;
    if (!is_ascii(*whole)) {
      scratch = Value(Up ? to_upper_text(*whole) : to_lower_text(*whole));
      return &scratch;
    }
    std::string out = *whole;
    for (char& c : out) {
      if (Up ? (c >= 'a' && c <= 'z') : (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
    }
    scratch = Value(std::move(out));
    return &scratch;
  }
};

template <class T>
NodePtr parse_unary(Parser& parser, Json const& json, Place const& place, Type const& argument) {
  if (json.size() != 2) {
    return parser.fail(place, "Expected arguments of type (" + to_string(argument) +
                                  "), but found " + std::to_string(json.size() - 1) + " of them.");
  }
  NodeParts parts{Kind::string, place.key, {}};
  parts.children.push_back(parser.parse(json[1], place.argument(1, argument)));
  if (!parts.children[0]) return nullptr;
  return std::make_unique<T>(std::move(parts));
}

template <bool Up>
NodePtr parse_letter_case(Parser& parser, Json const& json, Place const& place) {
  return parse_unary<LetterCase<Up>>(parser, json, place, Kind::string);
}

// ---- collator

/// Children: case-sensitive, diacritic-sensitive, locale (a text, "" for none).
class CollatorNode final : public Node {
 public:
  explicit CollatorNode(NodeParts parts) : Node(std::move(parts)) {
    auto const is_literal = [](NodePtr const& node) { return node->literal() != nullptr; };
    if (!std::ranges::all_of(children(), is_literal)) return;
    EvalContext const nothing;
    State state{.context = nothing};
    constant_ = build(state);
  }
  Value const* eval(State& state, Value& scratch) const override {
    if (constant_) return &*constant_;
    auto built = build(state);
    if (!built) return nullptr;
    scratch = std::move(*built);
    return &scratch;
  }
  bool is_foldable() const override { return false; }

 private:
  std::optional<Value> build(State& state) const {
    Collation collation;
    if (!child(0).boolean(state, collation.case_sensitive)) return {};
    if (!child(1).boolean(state, collation.diacritic_sensitive)) return {};
    Value scratch;
    auto const* locale = text(state, 2, scratch);
    if (!locale) return {};
    collation.order =
        TextOrder::make(*locale, collation.case_sensitive, collation.diacritic_sensitive);
    collation.locale = collation.order->locale();
    return Value(std::move(collation));
  }

  std::optional<Value> constant_;
};

NodePtr parse_collator(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) return parser.fail(place, "Expected one argument.");
  if (!json[1].is_object()) {
    return parser.fail(place, "Collator options argument must be an object.");
  }
  struct Option {
    char const* name;
    Type type;
    Json otherwise;
  };
  Option const options[] = {{"case-sensitive", Kind::boolean, false},
                            {"diacritic-sensitive", Kind::boolean, false},
                            {"locale", Kind::string, ""}};
  NodeParts parts{Kind::collator, place.key, {}};
  auto const inner = place.argument(1);
  for (auto const& option : options) {
    auto const& given = json[1].contains(option.name) ? json[1][option.name] : option.otherwise;
    auto node = parser.parse(given, inner.option(option.name, option.type));
    if (!node) return nullptr;
    parts.children.push_back(std::move(node));
  }
  return std::make_unique<CollatorNode>(std::move(parts));
}

class ResolvedLocale final : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const override {
    Value holder;
    auto const* collator = child(0).eval(state, holder);
    if (!collator) return nullptr;
    scratch = Value(collator->as_collator().locale);
    return &scratch;
  }
};

NodePtr parse_resolved_locale(Parser& parser, Json const& json, Place const& place) {
  return parse_unary<ResolvedLocale>(parser, json, place, Kind::collator);
}

// ---- number-format

/// Children: the number, then those options that are given, in the order of their flags.
class NumberFormatNode final : public Node {
 public:
  enum Option { locale, currency, unit, least_decimals, most_decimals, option_count };

  NumberFormatNode(NodeParts parts, std::vector<Option> given)
      : Node(std::move(parts)), given_(std::move(given)) {}

  Value const* eval(State& state, Value& scratch) const override {
    double value = 0;
    if (!child(0).number(state, value)) return nullptr;
    NumberStyle style;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (!read(state, given_[i], i + 1, style)) return nullptr;
    }
    auto formatted = format_number(value, style);
    if (!formatted) {
      return state.fail(*this, [&] {
        return "Could not format number " + number_text(value) +
               ": a currency, unit or number of fraction digits is not valid.";
      });
    }
    scratch = Value(std::move(*formatted));
    return &scratch;
  }

 private:
  bool read(State& state, Option option, std::size_t i, NumberStyle& style) const {
    if (option == least_decimals || option == most_decimals) {
      double digits = 0;
      if (!child(i).number(state, digits)) return false;
      // Anything out of range is refused by format_number.
      int const whole = digits >= 0 && digits <= 1000 ? static_cast<int>(digits) : -1;
      (option == least_decimals ? style.least_decimals : style.most_decimals) = whole;
      return true;
    }
    Value scratch;
    auto const* value = text(state, i, scratch);
    if (!value) return false;
    (option == locale ? style.locale : option == currency ? style.currency : style.unit) = *value;
    return true;
  }

  std::vector<Option> given_;
};

NodePtr parse_number_format(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 3) return parser.fail(place, "Expected two arguments.");
  NodeParts parts{Kind::string, place.key, {}};
  parts.children.push_back(parser.parse(json[1], place.argument(1, Kind::number)));
  if (!parts.children[0]) return nullptr;
  if (!json[2].is_object()) {
    return parser.fail(place, "NumberFormat options argument must be an object.");
  }
  if (json[2].contains("currency") && json[2].contains("unit")) {
    return parser.fail(place, "NumberFormat options `currency` and `unit` are mutually exclusive");
  }
  static constexpr char const* names[] = {"locale", "currency", "unit", "min-fraction-digits",
                                          "max-fraction-digits"};
  std::vector<NumberFormatNode::Option> given;
  auto const inner = place.argument(2);
  for (int i = 0; i < NumberFormatNode::option_count; ++i) {
    if (!json[2].contains(names[i])) continue;
    Type const type = i < NumberFormatNode::least_decimals ? Kind::string : Kind::number;
    auto node = parser.parse(json[2][names[i]], inner.option(names[i], type));
    if (!node) return nullptr;
    parts.children.push_back(std::move(node));
    given.push_back(static_cast<NumberFormatNode::Option>(i));
  }
  return std::make_unique<NumberFormatNode>(std::move(parts), std::move(given));
}

// ---- image

class ImageNode final : public Node {
 public:
  using Node::Node;
  std::uint32_t own_inputs() const override { return static_cast<std::uint32_t>(Input::images); }
  Value const* eval(State& state, Value& scratch) const override {
    auto const* name = text(state, 0, scratch);
    if (!name) return nullptr;
    if (name->empty()) {
      scratch = Value();
      return &scratch;
    }
    auto const* available = state.context.available_images;
    bool const is_available = available && std::ranges::binary_search(*available, *name);
    scratch = Value(ImageName{std::string(*name), is_available});
    return &scratch;
  }
};

NodePtr parse_image(Parser& parser, Json const& json, Place const& place) {
  if (json.size() != 2) return parser.fail(place, "Expected two arguments.");
  NodeParts parts{Kind::image, place.key, {}};
  parts.children.push_back(parser.parse(json[1], place.argument(1, Kind::string)));
  if (!parts.children[0]) return parser.fail(place, "No image name provided.");
  return std::make_unique<ImageNode>(std::move(parts));
}

// ---- format

/// The children of one section of `format`; 0 where an option is not given (child 0 is a content).
struct SectionChildren {
  std::size_t content = 0;
  std::size_t scale = 0;
  std::size_t font = 0;
  std::size_t color = 0;
  std::size_t vertical_align = 0;
  std::size_t lang = 0;
};

class FormatNode final : public Node {
 public:
  FormatNode(NodeParts parts, std::vector<SectionChildren> sections)
      : Node(std::move(parts)), sections_(std::move(sections)) {}

  Value const* eval(State& state, Value& scratch) const override {
    Value::Sections sections;
    sections.reserve(sections_.size());
    for (auto const& from : sections_) {
      TextSection section;
      if (!read(state, from, section)) return nullptr;
      sections.push_back(std::move(section));
    }
    scratch = Value(std::move(sections));
    return &scratch;
  }

 private:
  bool read(State& state, SectionChildren const& from, TextSection& section) const {
    Value scratch;
    auto const* content = child(from.content).eval(state, scratch);
    if (!content) return false;
    bool const is_image = content->kind() == Value::Kind::image;
    if (is_image) {
      section.image = content->as_image();
    } else {
      section.text = content->to_string();
    }
    if (from.vertical_align) {
      auto const* align = text(state, from.vertical_align, scratch);
      if (!align) return false;
      section.vertical_align = *align;
    }
    // Images have neither size nor font nor colour of text.
    return is_image || read_style(state, from, section);
  }

  bool read_style(State& state, SectionChildren const& from, TextSection& section) const {
    Value scratch;
    if (from.scale) {
      double scale = 0;
      if (!child(from.scale).number(state, scale)) return false;
      section.scale = scale;
    }
    if (from.font) {
      auto const* fonts = child(from.font).eval(state, scratch);
      if (!fonts) return false;
      std::string joined;
      for (auto const& font : fonts->as_array()) {
        joined += (joined.empty() ? "" : ",") + font.to_string();
      }
      section.font = std::move(joined);
    }
    if (from.lang) {
      auto const* lang = text(state, from.lang, scratch);
      if (!lang) return false;
      section.lang = *lang;
    }
    if (from.color) {
      auto const* color = child(from.color).eval(state, scratch);
      if (!color) return false;
      section.color = color->as_color();
    }
    return true;
  }

  std::vector<SectionChildren> sections_;
};

/// Reads the options of a section. False: a problem was noted.
bool parse_section_options(Parser& parser, Json const& json, Place const& place,
                           SectionChildren& section, std::vector<NodePtr>& children) {
  struct Option {
    char const* name;
    Type type;
    std::size_t SectionChildren::*target;
  };
  Option const options[] = {
      {"font-scale", Kind::number, &SectionChildren::scale},
      {"text-font", Type::array_of(Kind::string), &SectionChildren::font},
      {"text-color", Kind::color, &SectionChildren::color},
      {"text-lang", Kind::string, &SectionChildren::lang},
      {"vertical-align", Kind::string, &SectionChildren::vertical_align},
  };
  for (auto const& option : options) {
    auto const found = json.find(option.name);
    if (found == json.end() || found->is_null()) continue;
    if (option.target == &SectionChildren::vertical_align && found->is_string() &&
        *found != "bottom" && *found != "center" && *found != "top") {
      parser.fail(place, "'vertical-align' must be one of: 'bottom', 'center', 'top' but found '" +
                             found->get<std::string>() + "' instead.");
      return false;
    }
    auto node = parser.parse(*found, place.option(option.name, option.type));
    if (!node) return false;
    section.*option.target = children.size();
    children.push_back(std::move(node));
  }
  return true;
}

NodePtr parse_format(Parser& parser, Json const& json, Place const& place) {
  if (json.size() < 2) return parser.fail(place, "Expected at least one argument.");
  if (json[1].is_object()) {
    return parser.fail(place, "First argument must be an image or text section.");
  }
  NodeParts parts{Kind::formatted, place.key, {}};
  std::vector<SectionChildren> sections;
  bool may_be_options = false;
  for (std::size_t i = 1; i < json.size(); ++i) {
    if (may_be_options && json[i].is_object()) {
      may_be_options = false;
      if (!parse_section_options(parser, json[i], place.argument(i), sections.back(),
                                 parts.children)) {
        return nullptr;
      }
      continue;
    }
    auto node = parser.parse(json[i], place.argument(i, Kind::value));
    if (!node) return nullptr;
    auto const& type = node->type();
    if (!type.is(Kind::string) && !type.is(Kind::value) && !type.is(Kind::null) &&
        !type.is(Kind::image)) {
      return parser.fail(place,
                         "Formatted text type must be 'string', 'value', 'image' or 'null'.");
    }
    may_be_options = true;
    sections.push_back({parts.children.size(), 0, 0, 0, 0, 0});
    parts.children.push_back(std::move(node));
  }
  return std::make_unique<FormatNode>(std::move(parts), std::move(sections));
}

}  // namespace

std::vector<Form> const& text_forms() {
  static std::vector<Form> const forms = {
      {"upcase", parse_letter_case<true>},
      {"downcase", parse_letter_case<false>},
      {"collator", parse_collator},
      {"resolved-locale", parse_resolved_locale},
      {"number-format", parse_number_format},
      {"image", parse_image},
      {"format", parse_format},
  };
  return forms;
}

}  // namespace hachure::style
