#include "style/expression.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/limits.hpp"

namespace hachure::style {
namespace {

using Json = nlohmann::json;

PropertySpec spec_of(Type type) {
  PropertySpec spec;
  spec.type = std::move(type);
  return spec;
}

Expression compile(std::string const& text, PropertySpec const& spec = {}) {
  return Expression::compile(Json::parse(text), spec);
}

/// The whole text of the error that compiling gives.
std::string error_of(std::string const& text, PropertySpec const& spec = {}) {
  try {
    Expression::compile(Json::parse(text), spec,
                        {.file = "s.yaml", .line = 7, .place = {}, .field = "layers[3].paint.p"});
    return "no error";
  } catch (base::Error const& error) {
    return error.what();
  }
}

TEST(Expression, NamesThePlaceOfAProblem) {
  EXPECT_EQ(error_of(R"(["+", 1, ["get", 2]])", spec_of(Type::Kind::number)),
            "s.yaml:7: layers[3].paint.p[2][1]: expected string but found number instead");
  EXPECT_EQ(error_of(R"(["gett", "x"])"),
            "s.yaml:7: layers[3].paint.p[0]: unknown expression \"gett\". If you wanted a literal "
            "array, use [\"literal\", [...]]\n  hint: did you mean \"get\"?");
  EXPECT_EQ(error_of(R"("3 mmm")", spec_of(Type::Kind::length)),
            "s.yaml:7: layers[3].paint.p: could not parse length from value '3 mmm'\n  hint: a "
            "number of px or a text such as \"0.3mm\", \"8pt\", \"150m\"");
}

TEST(Expression, RefusesWhatThePropertyDoesNotAccept) {
  auto spec = spec_of(Type::Kind::string);
  spec.values = {"butt", "round", "square"};
  EXPECT_EQ(
      error_of(R"("rond")", spec),
      "s.yaml:7: layers[3].paint.p: expected value to be one of the allowed values, but found "
      "\"rond\" instead\n  hint: did you mean \"round\"?");
  spec.accepts_feature = false;
  EXPECT_EQ(error_of(R"(["get", "cap"])", spec),
            "s.yaml:7: layers[3].paint.p: data expressions not supported");
}

TEST(Expression, GivesTheFallbackWhereEvaluationFails) {
  auto spec = spec_of(Type::Kind::number);
  spec.fallback = Value(7);
  auto const expression = compile(R"(["get", "x"])", spec);
  Feature feature;
  EvalContext context;
  context.feature = &feature;
  EXPECT_EQ(expression.evaluate(context), Value(7));
  EXPECT_EQ(expression.number(context), 7);
  feature.set("x", Value("text"));
  EXPECT_EQ(expression.evaluate(context), Value(7));
  EvaluationFailure failure;
  EXPECT_FALSE(expression.try_evaluate(context, &failure));
  EXPECT_EQ(failure.message, "Expected value to be of type number, but found string instead.");
  feature.set("x", Value(3));
  EXPECT_EQ(expression.number(context), 3);
}

TEST(Expression, KnowsWhatItReads) {
  auto const expression = compile(
      R"(["case", ["has", "b"], ["get", "a"], ["==", ["side"], "x"], ["scale"], ["progress"]])");
  EXPECT_TRUE(expression.uses(Input::feature));
  EXPECT_TRUE(expression.uses(Input::side));
  EXPECT_TRUE(expression.uses(Input::scale));
  EXPECT_TRUE(expression.uses(Input::progress));
  EXPECT_FALSE(expression.uses(Input::time));
  EXPECT_FALSE(expression.is_constant());
  EXPECT_EQ(expression.property_names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(compile(R"(["+", 1, 2])").is_constant());
}

TEST(Expression, TakesBareArraysOfAProperty) {
  auto const fonts =
      compile(R"(["Noto Sans", "Old Standard"])", spec_of(Type::array_of(Type::Kind::string)));
  EXPECT_EQ(fonts.evaluate({}), Value(Value::Array{"Noto Sans", "Old Standard"}));
  auto const dashes = compile(R"(["1mm", 96])", spec_of(Type::array_of(Type::Kind::length)));
  EXPECT_EQ(dashes.evaluate({}), Value(Value::Array{1.0, 25.4}));
  EXPECT_TRUE(dashes.is_constant());
}

TEST(Expression, ReadsTokensOfATextField) {
  auto spec = spec_of(Type::Kind::formatted);
  spec.has_tokens = true;
  auto const expression = compile(R"-("{name} ({rank})")-", spec);
  Feature feature;
  feature.set("name", Value("Canton"));
  EvalContext context;
  context.feature = &feature;
  EXPECT_EQ(expression.evaluate(context).to_string(), "Canton ()");
}

TEST(Expression, GroundLengthsFollowTheScale) {
  auto const expression =
      compile(R"(["step", ["progress"], "100m", 0.5, "2mm"])", spec_of(Type::Kind::length));
  EvalContext context;
  context.scale = 10000;
  EXPECT_DOUBLE_EQ(expression.number(context), 10);
  context.scale = 50000;
  EXPECT_DOUBLE_EQ(expression.number(context), 2);
  context.progress = 0.6;
  EXPECT_DOUBLE_EQ(expression.number(context), 2);
  EXPECT_TRUE(expression.uses(Input::scale));
}

TEST(Expression, EvaluatesAVariableOnce) {
  // Doubling forty times would take years if every use were evaluated anew.
  Json body = Json::array({"var", "v39"});
  for (int i = 39; i > 0; --i) {
    auto const last = Json::array({"var", "v" + std::to_string(i - 1)});
    body = Json::array({"let", "v" + std::to_string(i), Json::array({"+", last, last}), body});
  }
  body = Json::array({"let", "v0", Json::array({"number", Json::array({"get", "x"})}), body});
  auto const expression = Expression::compile(body, {});
  Feature feature;
  feature.set("x", Value(1));
  EvalContext context;
  context.feature = &feature;
  EXPECT_EQ(expression.number(context), 549755813888.0);
}

TEST(Expression, RefusesWhatIsTooDeep) {
  Json deep = 1;
  for (int i = 0; i < base::limits::max_expression_depth + 1; ++i) {
    deep = Json::array({"-", deep});
  }
  std::vector<ExpressionProblem> problems;
  EXPECT_FALSE(Expression::compile_strictly(deep, {}, problems));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "The expression is nested deeper than 128 levels.");
}

TEST(Feature, FindsItsProperties) {
  Feature feature(GeometryType::point);
  for (int i = 0; i < 50; ++i) feature.set("p" + std::to_string(i), Value(i));
  feature.set("p7", Value("seven"));
  EXPECT_EQ(*feature.find("p7"), Value("seven"));
  EXPECT_EQ(*feature.find("p49"), Value(49));
  EXPECT_EQ(feature.find("p50"), nullptr);
  EXPECT_EQ(feature.properties().as_object().size(), 50u);
}

TEST(Value, KeepsWhatItShares) {
  Value copy;
  {
    Value const original(Value::Array{Value("a"), Value(Value::Object{{"k", Value(1)}})});
    copy = original;
    EXPECT_EQ(copy, original);
  }
  copy = copy.as_array()[1];
  EXPECT_EQ(*copy.member("k"), Value(1));
  EXPECT_EQ(copy.member("l"), nullptr);
  copy = *copy.member("k");
  EXPECT_EQ(copy, Value(1));
}

TEST(Value, WritesNumbersAsEcmaScript) {
  EXPECT_EQ(number_text(0.000001), "0.000001");
  EXPECT_EQ(number_text(1e-7), "1e-7");
  EXPECT_EQ(number_text(1.5e-7), "1.5e-7");
  EXPECT_EQ(number_text(1e20), "100000000000000000000");
  EXPECT_EQ(number_text(1e21), "1e+21");
  EXPECT_EQ(number_text(-12.25), "-12.25");
  EXPECT_EQ(number_text(-0.0), "0");
}

}  // namespace
}  // namespace hachure::style
