// Evaluations of typical style expressions over features with twelve properties, one thread. The
// requirement is five million simple evaluations a second.

#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "style/expression.hpp"
#include "style/filter.hpp"

namespace {

using hachure::style::EvalContext;
using hachure::style::Expression;
using hachure::style::Feature;
using hachure::style::Filter;
using hachure::style::GeometryType;
using hachure::style::PropertySpec;
using hachure::style::Type;
using hachure::style::Value;

/// Features that differ in what the expressions below read.
std::vector<Feature> make_features() {
  static constexpr char const* kinds[] = {"fort", "town", "village", "battery"};
  std::vector<Feature> features;
  for (int i = 0; i < 256; ++i) {
    Feature feature(GeometryType::point);
    feature.set_id(Value(i));
    feature.set("kind", Value(kinds[i % 4]));
    feature.set("rank", Value(i % 10));
    feature.set("name", Value("Place " + std::to_string(i)));
    feature.set("width", Value("0.3mm"));
    for (auto const* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
      feature.set(name, Value(i));
    }
    features.push_back(std::move(feature));
  }
  return features;
}

Expression compile(char const* text, Type type) {
  PropertySpec spec;
  spec.type = std::move(type);
  return Expression::compile(nlohmann::json::parse(text), spec);
}

template <class Evaluate>
void run(benchmark::State& state, Evaluate evaluate) {
  auto const features = make_features();
  EvalContext context;
  context.zoom = 7;
  context.scale = 20000;
  context.progress = 0.25;
  context.side = Value("british");
  context.certainty = Value("certain");
  std::size_t i = 0;
  for (auto unused : state) {
    static_cast<void>(unused);
    context.feature = &features[i++ % features.size()];
    benchmark::DoNotOptimize(evaluate(context));
  }
  state.SetItemsProcessed(state.iterations());
}

void filter_equal(benchmark::State& state) {
  hachure::base::Diagnostics problems;
  auto const filter =
      Filter::compile(nlohmann::json::parse(R"(["==", ["get", "kind"], "fort"])"), {}, problems);
  run(state, [&](EvalContext const& c) { return filter->passes(c); });
}
BENCHMARK(filter_equal);

void filter_legacy_all(benchmark::State& state) {
  hachure::base::Diagnostics problems;
  auto const filter = Filter::compile(
      nlohmann::json::parse(R"(["all", ["==", "kind", "fort"], [">=", "rank", 3]])"), {}, problems);
  run(state, [&](EvalContext const& c) { return filter->passes(c); });
}
BENCHMARK(filter_legacy_all);

void filter_that_fails(benchmark::State& state) {
  hachure::base::Diagnostics problems;
  auto const filter =
      Filter::compile(nlohmann::json::parse(R"([">=", ["get", "name"], 3])"), {}, problems);
  run(state, [&](EvalContext const& c) { return filter->passes(c); });
}
BENCHMARK(filter_that_fails);

void number_arithmetic(benchmark::State& state) {
  auto const expression = compile(R"(["+", ["*", 2, ["get", "rank"]], 1])", Type::Kind::number);
  run(state, [&](EvalContext const& c) { return expression.number(c); });
}
BENCHMARK(number_arithmetic);

void number_interpolate(benchmark::State& state) {
  auto const expression =
      compile(R"(["interpolate", ["linear"], ["zoom"], 5, 1, 10, ["*", 2, ["get", "rank"]]])",
              Type::Kind::number);
  run(state, [&](EvalContext const& c) { return expression.number(c); });
}
BENCHMARK(number_interpolate);

void length_by_scale(benchmark::State& state) {
  auto const expression =
      compile(R"(["interpolate", ["linear"], ["scale"], 10000, "0.5mm", 50000, "0.2mm"])",
              Type::Kind::length);
  run(state, [&](EvalContext const& c) { return expression.number(c); });
}
BENCHMARK(length_by_scale);

void length_from_text(benchmark::State& state) {
  auto const expression = compile(R"(["get", "width"])", Type::Kind::length);
  run(state, [&](EvalContext const& c) { return expression.number(c); });
}
BENCHMARK(length_from_text);

void color_match(benchmark::State& state) {
  auto const expression = compile(
      R"(["match", ["get", "kind"], "fort", "#b3202a", ["town", "village"], "#444", "black"])",
      Type::Kind::color);
  run(state, [&](EvalContext const& c) { return expression.color(c); });
}
BENCHMARK(color_match);

void color_interpolate(benchmark::State& state) {
  auto const expression =
      compile(R"(["interpolate", ["linear"], ["get", "rank"], 0, "white", 10, "#b3202a"])",
              Type::Kind::color);
  run(state, [&](EvalContext const& c) { return expression.color(c); });
}
BENCHMARK(color_interpolate);

void case_with_let(benchmark::State& state) {
  auto const expression = compile(
      R"(["let", "r", ["number", ["get", "rank"]],
          ["case", [">", ["var", "r"], 5], ["var", "r"], ["==", ["side"], "british"], 1, 0]])",
      Type::Kind::number);
  run(state, [&](EvalContext const& c) { return expression.number(c); });
}
BENCHMARK(case_with_let);

void text_field(benchmark::State& state) {
  auto const expression = compile(R"(["get", "name"])", Type::Kind::string);
  run(state, [&](EvalContext const& c) { return expression.evaluate(c); });
}
BENCHMARK(text_field);

void text_concat(benchmark::State& state) {
  auto const expression = compile(
      R"(["concat", ["upcase", ["get", "name"]], " ", ["get", "rank"]])", Type::Kind::string);
  run(state, [&](EvalContext const& c) { return expression.evaluate(c); });
}
BENCHMARK(text_concat);

}  // namespace
