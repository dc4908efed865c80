// Any bytes as a line of `style eval`: as a whole line, as an expression for several types of
// property and as a filter. Nothing crashes, what compiles evaluates, and evaluating twice gives
// the same.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.hpp"
#include "style/color.hpp"
#include "style/eval_lines.hpp"
#include "style/expression.hpp"
#include "style/filter.hpp"

namespace {

using hachure::style::EvalContext;
using hachure::style::Expression;
using hachure::style::Feature;
using hachure::style::Filter;
using hachure::style::Type;
using hachure::style::Value;

void try_types(nlohmann::json const& json, EvalContext const& context) {
  using Kind = Type::Kind;
  for (auto const kind : {Kind::value, Kind::number, Kind::string, Kind::boolean, Kind::color,
                          Kind::length, Kind::formatted, Kind::image, Kind::padding,
                          Kind::color_array, Kind::anchor_offsets, Kind::projection}) {
    hachure::style::PropertySpec spec;
    spec.type = Type(kind);
    spec.has_tokens = kind == Kind::formatted;
    hachure::base::Diagnostics problems;
    auto const expression = Expression::compile(json, spec, {}, problems);
    if (!expression) continue;
    auto const first = expression->evaluate(context).to_json_text();
    if (first != expression->evaluate(context).to_json_text()) std::abort();
    static_cast<void>(expression->number(context));
    static_cast<void>(expression->boolean(context));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  static_cast<void>(hachure::style::evaluate_line(text));
  static_cast<void>(hachure::style::parse_color(text));
  // Style files are bounded in depth when they are read; so is this.
  if (std::ranges::count(text, '[') + std::ranges::count(text, '{') > 500) return 0;
  auto const json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return 0;
  Feature feature;
  feature.set("x", Value(3));
  feature.set("s", Value("text"));
  feature.set("a", Value(Value::Array{Value(1), Value("b")}));
  EvalContext context;
  context.feature = &feature;
  context.scale = 20000;
  try {
    try_types(json, context);
    hachure::base::Diagnostics problems;
    if (auto const filter = Filter::compile(json, {}, problems)) {
      static_cast<void>(filter->passes(context));
    }
  } catch (hachure::base::Error const&) {
  }
  return 0;
}
