#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "style/expression.hpp"

namespace hachure::style {

/// Whether a filter is written in the expression language and not in the legacy syntax
/// (`["==", "name", value]`). An `any` or `all` that mixes both counts as an expression.
bool is_expression_filter(nlohmann::json const& filter);

/// The expression of a filter in either syntax; `null` becomes `true`. Legacy comparisons become
/// the internal `filter-...` operators: without conversion, and false where types differ.
nlohmann::json convert_filter(nlohmann::json const& filter);

/// Which features a layer draws.
class Filter {
 public:
  /// Passes everything.
  Filter();

  /// Compiles a filter of a layer in either syntax.
  /// @param origin file, line and the path of the filter; the path of the offending node is
  /// appended
  /// @returns nothing when it reported errors to `diagnostics`
  static std::optional<Filter> compile(nlohmann::json const& json, base::Origin const& origin,
                                       base::Diagnostics& diagnostics);
  static std::optional<Filter> compile_strictly(nlohmann::json const& json,
                                                std::vector<ExpressionProblem>& problems);

  /// Whether the feature of `context` passes; a filter that cannot be evaluated (a wrong type) does
  /// not let it pass.
  bool passes(EvalContext const& context) const { return expression_.boolean(context); }
  /// The filter as an expression: its inputs, the properties it reads.
  Expression const& expression() const { return expression_; }

 private:
  explicit Filter(Expression expression) : expression_(std::move(expression)) {}

  Expression expression_;
};

}  // namespace hachure::style
