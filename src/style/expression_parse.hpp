#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "style/expression_node.hpp"

/// Inside of the expression language: from JSON to nodes, with static types.
namespace hachure::style {

/// How a value whose type is not known is fitted to the expected type.
enum class Annotation {
  natural,  ///< asserted for plain types, converted for colours, formatted text and the like
  coerce,   ///< converted also to string
  omit,     ///< not at all: the caller does it (within `coalesce`)
};

/// The variables of enclosing `let`s; the innermost scope first.
struct Scope {
  struct Binding {
    std::string name;
    Node const* node;
    std::size_t slot;
  };
  std::vector<Binding> bindings;
  Scope const* outer = nullptr;

  Binding const* find(std::string const& name) const;
};

/// Where the parser stands.
struct Place {
  std::string key;               ///< path from the root: `[2][1]`
  std::optional<Type> expected;  ///< type that the context asks for
  Scope const* scope = nullptr;
  int depth = 0;

  /// Argument `i`, with nothing expected unless said.
  Place argument(std::size_t i, std::optional<Type> type = {}) const;
  /// The named option of an object argument.
  Place option(std::string const& name, Type const& type) const;
};

/// Parses one expression; holds the problems found and the counts that are limited.
class Parser {
 public:
  using Json = nlohmann::json;

  /// The node of `json` at `place`, or null pointer after an error was noted.
  NodePtr parse(Json const& json, Place const& place, Annotation annotation = Annotation::natural);

  /// Notes a problem; the null pointer for `return`.
  NodePtr fail(Place const& place, std::string message, std::string hint = {});
  /// Notes that `actual` is not `expected`; the null pointer.
  NodePtr fail_type(Place const& place, Type const& actual, Type const& expected);

  /// A slot for a variable.
  std::size_t next_slot() { return slots_++; }
  std::size_t slots() const { return slots_; }
  std::vector<ExpressionProblem>& problems() { return problems_; }

 private:
  NodePtr fit(NodePtr node, Place const& place, Annotation annotation);
  NodePtr fit_length(NodePtr node, Place const& place, Annotation annotation);
  NodePtr fold(NodePtr node, Place const& place);

  std::vector<ExpressionProblem> problems_;
  std::size_t slots_ = 0;
  std::size_t nodes_ = 0;
};

/// Parses the call of one operator: `json` is the array with its name in front.
using ParseForm = NodePtr (*)(Parser& parser, nlohmann::json const& json, Place const& place);

/// A row of an operator table.
struct Form {
  std::string_view name;
  ParseForm parse;
};

/// The tables: forms with rules of their own, and functions with a signature.
std::vector<Form> const& control_forms();     ///< case, match, let, get ... (expression_forms.cpp)
std::vector<Form> const& curve_forms();       ///< step and interpolate (expression_curves.cpp)
std::vector<Form> const& comparison_forms();  ///< == and the like (expression_comparisons.cpp)
std::vector<Form> const& text_forms();        ///< format, collator ... (expression_text.cpp)
std::vector<Form> const& geometry_forms();    ///< within (expression_geometry.cpp)
std::vector<Form> const& distance_forms();    ///< distance (expression_distance.cpp)
std::vector<std::string_view> function_names();  ///< operators with a signature
/// Parses the call of an operator with a signature; `json[0]` is one of function_names() or a
/// legacy filter operator.
NodePtr parse_function(Parser& parser, nlohmann::json const& json, Place const& place);
/// Whether `name` has a signature.
bool is_function(std::string_view name);

/// ECMAScript's `typeof` of a JSON value, for messages.
std::string_view json_type_name(nlohmann::json const& json);

}  // namespace hachure::style
