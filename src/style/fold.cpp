#include "style/fold.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "style/color.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;

std::string color_text(Color const& color) {
  auto const byte = [](double channel) {
    return static_cast<int>(std::lround(std::clamp(channel, 0.0, 1.0) * 255));
  };
  if (color.a < 1) {
    return "rgba(" + std::to_string(byte(color.r)) + "," + std::to_string(byte(color.g)) + "," +
           std::to_string(byte(color.b)) + "," + base::to_text(color.a, 3) + ")";
  }
  return to_hex(color);
}

Json rounded(double number) {
  // Six digits behind the point are a nanometre of paper.
  if (!std::isfinite(number) || std::abs(number) > 1e12) return number;
  auto const value = base::parse_number(base::to_text(number, 6)).value_or(number);
  if (value == std::round(value)) return static_cast<long long>(value);
  return value;
}

bool is_plain(Json const& json) {
  return json.is_number() || json.is_string() || json.is_boolean() || json.is_null();
}

bool is_call(Json const& json, std::string_view op) {
  return json.is_array() && !json.empty() && json[0].is_string() &&
         json[0].get_ref<std::string const&>() == op;
}

/// Rewrites an expression from the leaves up.
class Folder {
 public:
  explicit Folder(double zoom) : zoom_(zoom) {}

  Json fold(Json const& json, int depth) {
    if (!json.is_array() || json.empty() || depth > base::limits::max_expression_depth) {
      return json;
    }
    if (is_call(json, "literal")) return json;
    if (is_call(json, "zoom")) return rounded(zoom_);
    Json out = Json::array();
    for (auto const& part : json) out.push_back(fold(part, depth + 1));
    if (!out[0].is_string()) return out;
    auto const& op = out[0].get_ref<std::string const&>();
    if (op == "step" && out.size() >= 3 && out[1].is_number()) return step(out);
    if (op.starts_with("interpolate") && out.size() >= 5 && out[2].is_number()) {
      return interpolate(out);
    }
    if (op == "case") return choose(out);
    if (op == "match" && out.size() >= 5 && is_plain(out[1])) return match(out);
    if (op == "all" || op == "any") return logic(out, op == "all");
    return computed(out);
  }

 private:
  static Json step(Json const& call) {
    Json out = call[2];
    for (std::size_t i = 3; i + 1 < call.size(); i += 2) {
      if (call[1] >= call[i]) out = call[i + 1];
    }
    return out;
  }

  Json interpolate(Json const& call) {
    double const at = call[2].get<double>();
    std::size_t const last = call.size() - 2;
    if (at <= call[3].get<double>()) return call[4];
    if (at >= call[last].get<double>()) return call[last + 1];
    std::size_t low = 3;
    while (at >= call[low + 2].get<double>()) low += 2;
    auto pruned = Json::array({call[0], call[1], call[2]});
    for (std::size_t i = low; i < low + 4; ++i) pruned.push_back(call[i]);
    if (call[low + 1] == call[low + 3]) return call[low + 1];
    if (is_plain(pruned[4]) && is_plain(pruned[6])) {
      auto const type = pruned[4].is_string() ? std::optional<Type>(Type::Kind::color)
                                              : std::optional<Type>(Type::Kind::number);
      if (auto const value = value_of(pruned, type)) return *value;
    }
    return pruned;
  }

  static Json choose(Json const& call) {
    auto out = Json::array({"case"});
    for (std::size_t i = 1; i + 1 < call.size(); i += 2) {
      if (call[i] == false) continue;
      if (call[i] == true) {
        out.push_back(call[i + 1]);
        break;
      }
      out.push_back(call[i]);
      out.push_back(call[i + 1]);
    }
    // A condition that is always true ends the list, else the last output does.
    if (out.size() % 2 == 1) out.push_back(call.back());
    return out.size() == 2 ? out[1] : out;
  }

  static Json match(Json const& call) {
    for (std::size_t i = 2; i + 1 < call.size(); i += 2) {
      bool const is_hit = call[i].is_array() ? std::ranges::find(call[i], call[1]) != call[i].end()
                                             : call[i] == call[1];
      if (is_hit) return call[i + 1];
    }
    return call.back();
  }

  static Json logic(Json const& call, bool is_all) {
    auto out = Json::array({call[0]});
    for (std::size_t i = 1; i < call.size(); ++i) {
      if (call[i].is_boolean()) {
        if (call[i] == is_all) continue;
        return !is_all;
      }
      out.push_back(call[i]);
    }
    if (out.size() == 1) return is_all;
    return out.size() == 2 ? out[1] : out;
  }

  /// A call of constants as its value.
  Json computed(Json const& call) {
    if (!std::all_of(call.begin() + 1, call.end(), is_plain) || call.size() < 2) return call;
    if (auto const value = value_of(call, std::nullopt); value && is_plain(*value)) return *value;
    return call;
  }

  static std::optional<Json> value_of(Json const& call, std::optional<Type> type) {
    PropertySpec spec;
    spec.type = std::move(type);
    spec.accepts_nested_zoom = true;
    std::vector<ExpressionProblem> problems;
    auto const expression = Expression::compile_strictly(call, spec, problems);
    if (!expression || !expression->is_constant()) return {};
    auto const value = expression->try_evaluate({});
    if (!value) return {};
    return plain_json(*value);
  }

  double zoom_;
};

}  // namespace

Json plain_json(Value const& value) {
  if (value.is_color()) return color_text(value.as_color());
  if (value.is_number()) return rounded(value.as_number());
  if (value.is_array_like()) {
    auto list = Json::array();
    for (auto const& item : value.as_array()) list.push_back(plain_json(item));
    return list;
  }
  if (value.kind() == Value::Kind::formatted || value.kind() == Value::Kind::image) {
    return value.to_string();
  }
  return value.to_json();
}

Json folded_at_zoom(Json const& expression, double zoom, PropertySpec const& spec) {
  auto folded = Folder(zoom).fold(expression, 0);
  if (!folded.is_array()) return folded.is_number() ? rounded(folded.get<double>()) : folded;
  // The whole of it may be constant only in the type of the property (lists, texts).
  std::vector<ExpressionProblem> problems;
  auto const compiled = Expression::compile_strictly(folded, spec, problems);
  if (!compiled || !compiled->is_constant()) return folded;
  auto const value = compiled->try_evaluate({});
  return value ? plain_json(*value) : folded;
}

}  // namespace hachure::style
