#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "style/color.hpp"
#include "style/expression_parse.hpp"

namespace hachure::style {

namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

/// Index of the last label not above `value`. @pre value >= labels[0]
std::size_t stop_below(std::vector<double> const& labels, double value) {
  auto const above = std::ranges::upper_bound(labels, value);
  return static_cast<std::size_t>(above - labels.begin()) - 1;
}

class StepNode final : public Node {
 public:
  StepNode(NodeParts parts, std::vector<double> labels)
      : Node(std::move(parts)), labels_(std::move(labels)) {}
  Role role() const override { return Role::curve; }

  Value const* eval(State& state, Value& scratch) const override {
    auto const* output = chosen(state);
    return output ? output->eval(state, scratch) : nullptr;
  }
  bool number(State& state, double& out) const override {
    auto const* output = chosen(state);
    return output && output->number(state, out);
  }
  bool boolean(State& state, bool& out) const override {
    auto const* output = chosen(state);
    return output && output->boolean(state, out);
  }

 private:
  /// Child 0 is the input, child i + 1 the output from label i on.
  Node const* chosen(State& state) const {
    double input = 0;
    if (labels_.size() == 1) return &child(1);
    if (!child(0).number(state, input)) return nullptr;
    if (!(input > labels_[0])) return &child(1);
    return &child(stop_below(labels_, input) + 1);
  }

  std::vector<double> labels_;
};

/// Cubic Bezier from (0,0) to (1,1): y for x, by Newton's method and bisection where that fails
/// (W3C CSS Easing Functions Level 1, section 2.3).
class BezierEasing {
 public:
  BezierEasing() = default;
  explicit BezierEasing(std::array<double, 4> const& p)
      : cx_(3 * p[0]),
        bx_(3 * (p[2] - p[0]) - cx_),
        ax_(1 - cx_ - bx_),
        cy_(3 * p[1]),
        by_(3 * (p[3] - p[1]) - cy_),
        ay_(1 - cy_ - by_) {}

  double y_at(double x) const {
    double const t = parameter_at(std::clamp(x, 0.0, 1.0));
    return ((ay_ * t + by_) * t + cy_) * t;
  }

 private:
  double x_at(double t) const { return ((ax_ * t + bx_) * t + cx_) * t; }

  double parameter_at(double x) const {
    constexpr double tolerance = 1e-9;
    double t = x;
    for (int i = 0; i < 8; ++i) {
      double const error = x_at(t) - x;
      if (std::abs(error) < tolerance) return t;
      double const slope = (3 * ax_ * t + 2 * bx_) * t + cx_;
      if (std::abs(slope) < 1e-6) break;
      t -= error / slope;
    }
    double low = 0;
    double high = 1;
    t = x;
    for (int i = 0; i < 60; ++i) {
      double const error = x_at(t) - x;
      if (std::abs(error) < tolerance) break;
      (error < 0 ? low : high) = t;
      t = (low + high) / 2;
    }
    return t;
  }

  double cx_ = 0, bx_ = 0, ax_ = 0, cy_ = 0, by_ = 0, ay_ = 0;
};

/// The way from one stop to the next.
struct Curve {
  enum class Kind { linear, exponential, cubic_bezier };
  Kind kind = Kind::linear;
  double base = 1;
  BezierEasing easing;

  /// Share of the way from `lower` to `upper` at `input`.
  double share(double input, double lower, double upper) const {
    double const whole = upper - lower;
    double const part = input - lower;
    if (whole == 0) return 0;
    if (kind == Kind::cubic_bezier) return easing.y_at(part / whole);
    if (kind == Kind::linear || base == 1) return part / whole;
    return (std::pow(base, part) - 1) / (std::pow(base, whole) - 1);
  }
};

double between(double from, double to, double share) {
  return from + share * (to - from);
}

class InterpolateNode final : public Node {
 public:
  InterpolateNode(NodeParts parts, std::vector<double> labels, Curve curve, ColorSpace space)
      : Node(std::move(parts)), labels_(std::move(labels)), curve_(curve), space_(space) {}
  Role role() const override { return Role::curve; }

  Value const* eval(State& state, Value& scratch) const override {
    auto const between_stops = find(state);
    if (!between_stops.lower) return nullptr;
    if (!between_stops.upper) return between_stops.lower->eval(state, scratch);
    if (type().is(Type::Kind::number) || type().is(Type::Kind::length)) {
      double out = 0;
      if (!mixed_number(state, between_stops, out)) return nullptr;
      scratch = Value(out);
      return &scratch;
    }
    Value other;
    auto const* from = between_stops.lower->eval(state, scratch);
    if (!from) return nullptr;
    auto const* to = between_stops.upper->eval(state, other);
    if (!to) return nullptr;
    return mix_values(state, *from, *to, between_stops.share, scratch);
  }

  bool number(State& state, double& out) const override {
    auto const between_stops = find(state);
    if (!between_stops.lower) return false;
    if (!between_stops.upper) return between_stops.lower->number(state, out);
    return mixed_number(state, between_stops, out);
  }

 private:
  /// Where the input lies: between two outputs, or on one (`upper` null), or unknown (`lower`
  /// null).
  struct Stops {
    Node const* lower = nullptr;
    Node const* upper = nullptr;
    double share = 0;
  };

  Stops find(State& state) const {
    double input = 0;
    if (labels_.size() == 1) return {&child(1), nullptr, 0};
    if (!child(0).number(state, input)) return {};
    if (!(input > labels_.front())) return {&child(1), nullptr, 0};
    if (input >= labels_.back()) return {&child(labels_.size()), nullptr, 0};
    auto const i = stop_below(labels_, input);
    return {&child(i + 1), &child(i + 2), curve_.share(input, labels_[i], labels_[i + 1])};
  }

  static bool mixed_number(State& state, Stops const& stops, double& out) {
    double from = 0;
    double to = 0;
    if (!stops.lower->number(state, from) || !stops.upper->number(state, to)) return false;
    out = between(from, to, stops.share);
    return true;
  }

  Value const* mix_values(State& state, Value const& from, Value const& to, double share,
                          Value& out) const {
    switch (type().kind) {
      case Type::Kind::color: {
        out = Value(mix(from.as_color(), to.as_color(), share, space_));
        return &out;
      }
      case Type::Kind::projection: {
        out = Value(Value::Object{{"from", from}, {"to", to}, {"transition", Value(share)}},
                    Value::Kind::projection);
        return &out;
      }
      default:
        return mix_arrays(state, from, to, share, out);
    }
  }

  Value const* mix_arrays(State& state, Value const& from, Value const& to, double share,
                          Value& out) const {
    auto const& a = from.as_array();
    auto const& b = to.as_array();
    if (a.size() != b.size()) {
      return state.fail(*this, [&] {
        return "Cannot interpolate values of different length. from: " + from.to_json_text() +
               ", to: " + to.to_json_text();
      });
    }
    Value::Array items;
    items.reserve(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].is_number() && b[i].is_number()) {
        items.emplace_back(between(a[i].as_number(), b[i].as_number(), share));
      } else if (a[i].is_color() && b[i].is_color()) {
        items.emplace_back(mix(a[i].as_color(), b[i].as_color(), share, space_));
      } else if (a[i] == b[i]) {
        items.push_back(a[i]);
      } else if (a[i].kind() == Value::Kind::array && b[i].kind() == Value::Kind::array) {
        Value inner;
        if (!mix_arrays(state, a[i], b[i], share, inner)) return nullptr;
        items.push_back(std::move(inner));
      } else {
        return state.fail(*this, [&] {
          return "Cannot interpolate between " + a[i].to_json_text() + " and " +
                 b[i].to_json_text() + ".";
        });
      }
    }
    auto const kind = from.kind();
    out = Value(std::move(items), kind);
    return &out;
  }

  std::vector<double> labels_;
  Curve curve_;
  ColorSpace space_;
};

bool is_interpolatable(Type const& type) {
  using Kind = Type::Kind;
  switch (type.kind) {
    case Kind::number:
    case Kind::length:
    case Kind::color:
    case Kind::padding:
    case Kind::number_array:
    case Kind::color_array:
    case Kind::anchor_offsets:
    case Kind::projection:
      return true;
    case Kind::array:
      return type.item_type().is(Kind::length) ||
             (type.item_type().is(Kind::number) && type.count.has_value());
    default:
      return false;
  }
}

/// Checks the number of arguments that step and interpolate share.
bool has_stop_arguments(Parser& parser, nlohmann::json const& json, Place const& place) {
  auto const count = json.size() - 1;
  if (count < 4) {
    parser.fail(place,
                "Expected at least 4 arguments, but found only " + std::to_string(count) + ".");
    return false;
  }
  if (count % 2 != 0) {
    parser.fail(place, "Expected an even number of arguments.");
    return false;
  }
  return true;
}

/// Reads label/output pairs from argument `first` on into `labels` and `children`; `output` is the
/// type of all outputs, the first one's if not given. False: a problem was noted.
bool parse_stops(Parser& parser, nlohmann::json const& json, Place const& place, std::size_t first,
                 std::optional<Type>& output, std::vector<double>& labels,
                 std::vector<NodePtr>& children) {
  auto const& name = json[0].get_ref<std::string const&>();
  for (std::size_t i = first; i < json.size(); i += 2) {
    bool const is_open = name == "step" && i == 1;
    if (!is_open && !json[i].is_number()) {
      parser.fail(place.argument(i),
                  "Input/output pairs for \"" + name +
                      "\" expressions must be defined using literal numeric values (not computed "
                      "expressions) for the input values.");
      return false;
    }
    double const label = is_open ? minus_infinity : json[i].get<double>();
    if (!labels.empty() && labels.back() >= label) {
      parser.fail(place.argument(i),
                  "Input/output pairs for \"" + name +
                      "\" expressions must be arranged with input values in strictly ascending "
                      "order.");
      return false;
    }
    auto node = parser.parse(json[i + 1], place.argument(i + 1, output));
    if (!node) return false;
    if (!output) output = node->type();
    labels.push_back(label);
    children.push_back(std::move(node));
  }
  return true;
}

std::optional<Type> wanted_output(Place const& place) {
  if (place.expected && !place.expected->is(Type::Kind::value)) return place.expected;
  return {};
}

NodePtr parse_step(Parser& parser, nlohmann::json const& json, Place const& place) {
  if (!has_stop_arguments(parser, json, place)) return nullptr;
  std::vector<NodePtr> children;
  children.push_back(parser.parse(json[1], place.argument(1, Type::Kind::number)));
  if (!children[0]) return nullptr;
  auto output = wanted_output(place);
  std::vector<double> labels;
  if (!parse_stops(parser, json, place, 1, output, labels, children)) return nullptr;
  return std::make_unique<StepNode>(NodeParts{*output, place.key, std::move(children)},
                                    std::move(labels));
}

std::optional<Curve> parse_curve(Parser& parser, nlohmann::json const& json, Place const& place) {
  if (!json.is_array() || json.empty()) {
    parser.fail(place, "Expected an interpolation type expression.");
    return {};
  }
  Curve curve;
  if (json[0] == "linear") return curve;
  if (json[0] == "exponential") {
    curve.kind = Curve::Kind::exponential;
    if (json.size() < 2 || !json[1].is_number()) {
      parser.fail(place.argument(1), "Exponential interpolation requires a numeric base.");
      return {};
    }
    curve.base = json[1].get<double>();
    return curve;
  }
  if (json[0] == "cubic-bezier") {
    std::array<double, 4> points{};
    bool valid = json.size() == 5;
    for (std::size_t i = 0; valid && i < 4; ++i) {
      valid = json[i + 1].is_number();
      if (valid) points[i] = json[i + 1].get<double>();
      valid = valid && points[i] >= 0 && points[i] <= 1;
    }
    if (!valid) {
      parser.fail(place.argument(1),
                  "Cubic bezier interpolation requires four numeric arguments with values between "
                  "0 and 1.");
      return {};
    }
    curve.kind = Curve::Kind::cubic_bezier;
    curve.easing = BezierEasing(points);
    return curve;
  }
  parser.fail(place.argument(0),
              "Unknown interpolation type " +
                  (json[0].is_string() ? json[0].get<std::string>() : json[0].dump()),
              "one of: linear, exponential, cubic-bezier");
  return {};
}

NodePtr parse_interpolate(Parser& parser, nlohmann::json const& json, Place const& place) {
  auto const curve =
      parse_curve(parser, json.size() > 1 ? json[1] : nlohmann::json(), place.argument(1));
  if (!curve || !has_stop_arguments(parser, json, place)) return nullptr;
  std::vector<NodePtr> children;
  children.push_back(parser.parse(json[2], place.argument(2, Type::Kind::number)));
  if (!children[0]) return nullptr;

  auto const& name = json[0].get_ref<std::string const&>();
  auto const space = name == "interpolate-hcl"   ? ColorSpace::hcl
                     : name == "interpolate-lab" ? ColorSpace::lab
                                                 : ColorSpace::rgb;
  auto output = wanted_output(place);
  bool const is_color_array = output && output->is(Type::Kind::color_array);
  if (space != ColorSpace::rgb && !is_color_array) output = Type::Kind::color;
  std::vector<double> labels;
  if (!parse_stops(parser, json, place, 3, output, labels, children)) return nullptr;
  if (!is_interpolatable(*output)) {
    return parser.fail(place, "Type " + to_string(*output) + " is not interpolatable.");
  }
  return std::make_unique<InterpolateNode>(NodeParts{*output, place.key, std::move(children)},
                                           std::move(labels), *curve, space);
}

}  // namespace

std::vector<Form> const& curve_forms() {
  static std::vector<Form> const forms = {
      {"step", parse_step},
      {"interpolate", parse_interpolate},
      {"interpolate-hcl", parse_interpolate},
      {"interpolate-lab", parse_interpolate},
  };
  return forms;
}

}  // namespace hachure::style
