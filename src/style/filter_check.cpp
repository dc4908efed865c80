// Filters that nothing passes.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "style/check.hpp"
#include "style/filter.hpp"

namespace hachure::style {

namespace {

using Json = nlohmann::json;

/// What is known of one input of a filter: a property, or `["scale"]` and its like.
struct Known {
  std::optional<std::vector<Json>> allowed;  ///< the values it may have; absent: any
  std::vector<Json> excluded;
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool is_least_open = false;
  bool is_most_open = false;
  bool is_present = false;
  bool is_absent = false;
};

/// The inputs by the name that messages give them.
using Facts = std::map<std::string, Known>;

std::string text_of(Json const& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_plain(Json const& value) {
  return value.is_string() || value.is_number() || value.is_boolean();
}

/// A constant as the language writes it.
std::optional<Json> constant_of(Json const& json) {
  if (is_plain(json)) return json;
  if (json.is_array() && json.size() == 2 && json[0] == "literal" && is_plain(json[1])) {
    return json[1];
  }
  return {};
}

/// Name of what `["get", name]`, `["scale"]` and the like read; nothing for other expressions.
/// Assertions (`["string", x]`) change no value that passes.
std::optional<std::string> input_of(Json const& json) {
  if (!json.is_array() || json.empty() || !json[0].is_string()) return {};
  auto const& op = json[0].get_ref<std::string const&>();
  if (op == "get" && json.size() == 2 && json[1].is_string()) return text_of(json[1]);
  if ((op == "string" || op == "number" || op == "boolean") && json.size() == 2) {
    return input_of(json[1]);
  }
  static std::set<std::string> const plain{"scale", "lang",          "side", "certainty",
                                           "zoom",  "geometry-type", "id"};
  if (json.size() == 1 && plain.contains(op)) return op;
  return {};
}

std::string range_text(std::string const& input, Known const& known) {
  std::string text;
  if (std::isfinite(known.least)) {
    text += input + (known.is_least_open ? " > " : " >= ") + base::to_text(known.least, 6);
  }
  if (std::isfinite(known.most)) {
    text += (text.empty() ? "" : " and ") + input + (known.is_most_open ? " < " : " <= ") +
            base::to_text(known.most, 6);
  }
  return text;
}

bool is_in_range(double value, Known const& known) {
  return (known.is_least_open ? value > known.least : value >= known.least) &&
         (known.is_most_open ? value < known.most : value <= known.most);
}

std::string list_text(std::vector<Json> const& values) {
  std::string text;
  for (auto const& value : values) text += (text.empty() ? "" : " or ") + text_of(value);
  return text;
}

/// What cannot be about one input; empty: it can.
std::string contradiction(std::string const& input, Known const& known) {
  bool const has_range = std::isfinite(known.least) || std::isfinite(known.most);
  if (known.is_absent && (known.is_present || known.allowed || has_range)) {
    return input + " is both absent and needed";
  }
  if (known.least > known.most ||
      (known.least == known.most && (known.is_least_open || known.is_most_open))) {
    return "nothing is " + range_text(input, known);
  }
  if (!known.allowed) return {};
  auto const possible = [&](Json const& value) {
    if (std::ranges::find(known.excluded, value) != known.excluded.end()) return false;
    if (!has_range) return true;
    // A range compares numbers here; a text in it is no contradiction that is sure.
    return !value.is_number() || is_in_range(value.get<double>(), known);
  };
  if (std::ranges::any_of(*known.allowed, possible)) return {};
  if (known.allowed->empty()) return input + " has no value that it may have";
  if (has_range) {
    return input + " is " + list_text(*known.allowed) + ", and " + range_text(input, known);
  }
  return input + " is " + list_text(*known.allowed) + ", and is not";
}

/// Adds what `input` may be. What cannot be, or empty.
std::string allow(Facts& facts, std::string const& input, std::vector<Json> const& values) {
  auto& known = facts[input];
  if (known.allowed) {
    std::vector<Json> both;
    for (auto const& value : *known.allowed) {
      if (std::ranges::find(values, value) != values.end()) both.push_back(value);
    }
    if (both.empty()) {
      return input + " is " + list_text(*known.allowed) + " and is " + list_text(values);
    }
    known.allowed = std::move(both);
  } else {
    known.allowed = values;
  }
  return contradiction(input, known);
}

std::string exclude(Facts& facts, std::string const& input, std::vector<Json> const& values) {
  auto& known = facts[input];
  known.excluded.insert(known.excluded.end(), values.begin(), values.end());
  return contradiction(input, known);
}

std::string bound(Facts& facts, std::string const& input, std::string const& op, double value) {
  auto& known = facts[input];
  bool const is_open = op == "<" || op == ">";
  if (op[0] == '>' && (value > known.least || (value == known.least && is_open))) {
    known.least = value;
    known.is_least_open = is_open;
  }
  if (op[0] == '<' && (value < known.most || (value == known.most && is_open))) {
    known.most = value;
    known.is_most_open = is_open;
  }
  return contradiction(input, known);
}

/// Labels of `["match", input, labels, output, ...]` whose output is `wanted`, when all outputs are
/// booleans.
std::optional<std::vector<Json>> labels_for(Json const& match, bool wanted) {
  std::vector<Json> labels;
  for (std::size_t i = 2; i + 1 < match.size(); i += 2) {
    if (!match[i + 1].is_boolean()) return {};
    if (match[i + 1] != wanted) continue;
    if (match[i].is_array()) {
      labels.insert(labels.end(), match[i].begin(), match[i].end());
    } else {
      labels.push_back(match[i]);
    }
  }
  return labels;
}

std::string turned_round(std::string const& op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  if (op == ">=") return "<=";
  return op;
}

std::string negated(std::string const& op) {
  if (op == "==") return "!=";
  if (op == "!=") return "==";
  return {};  // not(a < b) also holds where the comparison fails
}

/// Goes through the terms of a conjunction, collecting facts, until two of them exclude each other.
class Terms {
 public:
  explicit Terms(Facts facts) : facts_(std::move(facts)) {}

  /// What cannot be if `term` holds too (or, with `is_negated`, does not hold); empty: nothing
  /// found.
  std::string add(Json const& term, bool is_negated, int depth) {
    if (depth > base::limits::max_expression_depth) return {};
    if (term.is_boolean()) {
      return term.get<bool>() == is_negated ? "it is constantly false" : std::string();
    }
    if (!term.is_array() || term.empty() || !term[0].is_string()) return {};
    auto const op = term[0].get<std::string>();
    if (op == "!" && term.size() == 2) return add(term[1], !is_negated, depth + 1);
    if ((op == "all" && !is_negated) || (op == "any" && is_negated)) {
      for (std::size_t i = 1; i < term.size(); ++i) {
        if (auto why = add(term[i], is_negated, depth + 1); !why.empty()) return why;
      }
      return {};
    }
    if (op == "any" || op == "all") {
      choices_.push_back({&term, is_negated});
      return {};
    }
    if (op == "match") return add_match(term, is_negated);
    if (op == "has" && term.size() == 2 && term[1].is_string()) {
      auto& known = facts_[text_of(term[1])];
      (is_negated ? known.is_absent : known.is_present) = true;
      return contradiction(text_of(term[1]), known);
    }
    if (op == "in" && term.size() == 3) return add_membership(term, is_negated);
    return add_comparison(term, op, is_negated);
  }

  /// After all terms: what cannot be because every branch of an `any` excludes something. Branches
  /// are looked at by themselves, so the work is linear.
  std::string branches(int depth) const {
    for (auto const& [term, is_negated] : choices_) {
      std::string first;
      bool is_dead = true;
      for (std::size_t i = 1; is_dead && i < term->size(); ++i) {
        Terms branch(facts_);
        auto why = branch.add((*term)[i], is_negated, depth + 1);
        if (why.empty() && depth < 8) why = branch.branches(depth + 1);
        is_dead = !why.empty();
        if (first.empty()) first = std::move(why);
      }
      if (is_dead) return first.empty() ? "it is constantly false" : first;
    }
    return {};
  }

 private:
  std::string add_match(Json const& term, bool is_negated) {
    if (term.size() < 5 || term.size() % 2 == 0 || !term.back().is_boolean()) return {};
    auto const input = input_of(term[1]);
    if (!input) return {};
    bool const otherwise = term.back().get<bool>() != is_negated;
    auto const labels = labels_for(term, otherwise == is_negated);
    if (!labels) return {};
    return otherwise ? exclude(facts_, *input, *labels) : allow(facts_, *input, *labels);
  }

  std::string add_membership(Json const& term, bool is_negated) {
    auto const input = input_of(term[1]);
    auto const& list = term[2];
    bool const is_list =
        list.is_array() && list.size() == 2 && list[0] == "literal" && list[1].is_array();
    if (!input || !is_list || !std::ranges::all_of(list[1], is_plain)) return {};
    std::vector<Json> const values(list[1].begin(), list[1].end());
    return is_negated ? exclude(facts_, *input, values) : allow(facts_, *input, values);
  }

  std::string add_comparison(Json const& term, std::string op, bool is_negated) {
    static std::set<std::string> const orders{"<", "<=", ">", ">="};
    bool const is_order = orders.contains(op);
    // With a collator texts that differ may be equal.
    if ((!is_order && op != "==" && op != "!=") || term.size() != 3) return {};
    auto left = term[1];
    auto right = term[2];
    if (constant_of(left) && constant_of(right)) return {};  // folded by the compiler
    if (constant_of(left)) {
      std::swap(left, right);
      op = turned_round(op);
    }
    auto const input = input_of(left);
    auto const value = constant_of(right);
    if (!input || !value) return {};
    if (is_negated) op = negated(op);
    if (op == "==") return allow(facts_, *input, {*value});
    if (op == "!=") return exclude(facts_, *input, {*value});
    if (op.empty() || !value->is_number()) return {};
    return bound(facts_, *input, op, value->get<double>());
  }

  struct Choice {
    Json const* term;
    bool is_negated;
  };
  Facts facts_;
  std::vector<Choice> choices_;
};

/// A legacy filter in the words of the expression language, as far as they mean the same here; the
/// members of `all` and `any` one by one.
Json modern(Json const& filter, int depth) {
  if (!filter.is_array() || filter.empty() || !filter[0].is_string() ||
      depth > base::limits::max_expression_depth) {
    return filter;
  }
  auto const op = filter[0].get<std::string>();
  if (op == "all" || op == "any" || op == "none" || op == "!") {
    Json out = Json::array({op == "none" ? "any" : op});
    for (std::size_t i = 1; i < filter.size(); ++i) out.push_back(modern(filter[i], depth + 1));
    return op == "none" ? Json::array({"!", out}) : out;
  }
  if (is_expression_filter(filter) || filter.size() < 2 || !filter[1].is_string()) return filter;
  auto const name = filter[1].get<std::string>();
  auto const input = name == "$type" ? Json::array({"geometry-type"})
                     : name == "$id" ? Json::array({"id"})
                                     : Json::array({"get", name});
  if (op == "in" || op == "!in") {
    auto const list = Json::array({"literal", Json(filter.begin() + 2, filter.end())});
    auto const in = Json::array({"in", input, list});
    return op == "in" ? in : Json::array({"!", in});
  }
  if (name == "$id" || name == "$type")
    return filter.size() == 3 ? Json{op, input, filter[2]} : filter;
  if (op == "!has") return Json::array({"!", Json::array({"has", name})});
  return filter.size() == 3 ? Json::array({op, input, filter[2]}) : filter;
}

}  // namespace

std::string why_never_passes(Json const& filter, double scale_min, double scale_max) {
  std::vector<ExpressionProblem> problems;
  auto const compiled = Filter::compile_strictly(filter, problems);
  if (!compiled) return {};  // reported elsewhere
  if (compiled->expression().is_constant()) {
    return compiled->passes({}) ? std::string() : "it is constantly false";
  }
  Facts facts;
  auto& scale = facts["scale"];
  if (scale_min > 0) scale.least = scale_min;
  if (scale_max < 1e12) {
    scale.most = scale_max;
    scale.is_most_open = true;
  }
  Terms terms(std::move(facts));
  auto const expression = modern(filter, 0);  // the terms point into it
  auto why = terms.add(expression, false, 0);
  return why.empty() ? terms.branches(0) : why;
}

}  // namespace hachure::style
