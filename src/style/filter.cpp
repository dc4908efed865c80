#include "style/filter.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/limits.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;

std::string_view operator_of(Json const& filter) {
  if (!filter.is_array() || filter.empty() || !filter[0].is_string()) return {};
  return filter[0].get_ref<std::string const&>();
}

bool is_comparison(std::string_view op) {
  return op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=";
}

enum class Syntax {
  legacy,
  either,  ///< means the same in both
  expression,
};

Syntax syntax_of(Json const& filter, int depth);

/// Of `any` and `all`: an expression as soon as one member can be nothing else.
Syntax syntax_of_members(Json const& filter, int depth) {
  auto syntax = Syntax::either;
  for (std::size_t i = 1; i < filter.size(); ++i) {
    if (filter[i].is_boolean()) continue;
    auto const member = syntax_of(filter[i], depth + 1);
    if (member == Syntax::expression) return member;
    if (member == Syntax::legacy) syntax = member;
  }
  return syntax;
}

Syntax syntax_of(Json const& filter, int depth) {
  if (filter.is_boolean()) return Syntax::either;
  // Too deep for either: the parser says so.
  if (depth > base::limits::max_expression_depth) return Syntax::expression;
  auto const op = operator_of(filter);
  auto const size = filter.size();
  if (!filter.is_array() || filter.empty()) return Syntax::legacy;
  if (op == "has") {
    bool const is_legacy = size < 2 || filter[1] == "$id" || filter[1] == "$type";
    if (is_legacy) return Syntax::legacy;
    return filter[1].is_string() && size == 2 ? Syntax::either : Syntax::expression;
  }
  if (op == "in") {
    bool const is_new = size >= 3 && (!filter[1].is_string() || filter[2].is_array());
    return is_new ? Syntax::expression : Syntax::legacy;
  }
  if (op == "!in" || op == "!has" || op == "none") return Syntax::legacy;
  if (is_comparison(op)) {
    bool const is_new = size != 3 || filter[1].is_array() || filter[2].is_array();
    return is_new ? Syntax::expression : Syntax::legacy;
  }
  if (op == "any" || op == "all") return syntax_of_members(filter, depth);
  return Syntax::expression;
}

Json negate(Json filter) {
  return Json::array({"!", std::move(filter)});
}

/// `["filter-==", name, value]`, or the forms for `$type` and `$id`.
Json compare(Json const& filter, std::string const& op) {
  auto const& subject = filter[1];
  Json const value = filter.size() > 2 ? filter[2] : Json();
  if (subject == "$type") return Json::array({"filter-type-" + op, value});
  if (subject == "$id") return Json::array({"filter-id-" + op, value});
  return Json::array({"filter-" + op, subject, value});
}

Json contain(Json const& filter) {
  if (filter.size() <= 2) return false;
  auto const values = Json::array({"literal", Json(filter.begin() + 2, filter.end())});
  if (filter[1] == "$type") return Json::array({"filter-type-in", values});
  if (filter[1] == "$id") return Json::array({"filter-id-in", values});
  return Json::array({"filter-in", filter[1], values});
}

Json have(Json const& filter) {
  if (filter[1] == "$type") return true;
  if (filter[1] == "$id") return Json::array({"filter-has-id"});
  return Json::array({"filter-has", filter[1]});
}

Json convert(Json const& filter, int depth);

Json convert_members(Json const& filter, std::string const& op, bool is_negated, int depth) {
  auto out = Json::array({op});
  for (std::size_t i = 1; i < filter.size(); ++i) {
    auto member = convert(filter[i], depth + 1);
    out.push_back(is_negated ? negate(std::move(member)) : std::move(member));
  }
  return out;
}

Json convert(Json const& filter, int depth) {
  if (filter.is_null()) return true;
  auto const op = std::string(operator_of(filter));
  auto const syntax = syntax_of(filter, depth);
  // Members of a mixed `any` or `all` are converted one by one.
  bool const has_members = op == "any" || op == "all";
  if (syntax != Syntax::legacy && !has_members) return filter;
  if (!filter.is_array() || filter.empty() || depth > base::limits::max_expression_depth) {
    return filter;
  }
  if (filter.size() == 1) return op != "any";
  if (is_comparison(op)) {
    return op == "!=" ? negate(compare(filter, "==")) : compare(filter, op);
  }
  if (has_members) return convert_members(filter, op, false, depth);
  if (op == "none") return convert_members(filter, "all", true, depth);
  if (op == "in") return contain(filter);
  if (op == "!in") return negate(contain(filter));
  if (op == "!has") return negate(have(filter));
  return have(filter);
}

PropertySpec filter_spec() {
  PropertySpec spec;
  spec.type = Type(Type::Kind::boolean);
  spec.accepts_nested_zoom = true;
  spec.fallback = Value(false);
  return spec;
}

}  // namespace

bool is_expression_filter(nlohmann::json const& filter) {
  return syntax_of(filter, 0) != Syntax::legacy;
}

nlohmann::json convert_filter(nlohmann::json const& filter) {
  return convert(filter, 0);
}

Filter::Filter() : expression_(Expression::constant(Value(true))) {}

std::optional<Filter> Filter::compile(nlohmann::json const& json, base::Origin const& origin,
                                      base::Diagnostics& diagnostics) {
  auto expression = Expression::compile(convert_filter(json), filter_spec(), origin, diagnostics);
  if (!expression) return {};
  return Filter(*std::move(expression));
}

std::optional<Filter> Filter::compile_strictly(nlohmann::json const& json,
                                               std::vector<ExpressionProblem>& problems) {
  auto expression = Expression::compile_strictly(convert_filter(json), filter_spec(), problems);
  if (!expression) return {};
  return Filter(*std::move(expression));
}

}  // namespace hachure::style
