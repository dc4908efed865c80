#include "style/filter.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "style/eval_lines.hpp"

namespace hachure::style {
namespace {

using Json = nlohmann::json;

bool passes(std::string const& filter, Feature const& feature) {
  std::vector<ExpressionProblem> problems;
  auto const compiled = Filter::compile_strictly(Json::parse(filter), problems);
  EXPECT_TRUE(compiled) << filter;
  EvalContext context;
  context.feature = &feature;
  return compiled && compiled->passes(context);
}

Feature fort() {
  Feature feature(GeometryType::point);
  feature.set_id(Value(12));
  feature.set("kind", Value("fort"));
  feature.set("guns", Value(40));
  feature.set("note", Value());
  return feature;
}

TEST(Filter, LegacyComparesWithoutConversion) {
  for (auto const* filter :
       {R"(["==", "kind", "fort"])",
        R"(["!=", "kind", "town"])",
        R"([">", "guns", 39])",
        R"(["<=", "guns", 40])",
        R"(["in", "kind", "fort", "town"])",
        R"(["!in", "kind", "town"])",
        R"(["has", "guns"])",
        R"(["!has", "ships"])",
        R"(["has", "note"])",
        R"(["==", "note", null])",
        R"(["!=", "ships", null])",
        R"(["==", "$type", "Point"])",
        R"(["==", "$id", 12])",
        R"(["has", "$id"])",
        R"(["in", "$type", "Point", "Polygon"])",
        R"(["none", ["==", "kind", "town"], ["<", "guns", 10]])",
        R"(["all"])",
        "null",
        "true",
        R"(["all", ["has", "kind"], ["any", ["==", "guns", 1], [">=", "guns", 40]]])"}) {
    EXPECT_TRUE(passes(filter, fort())) << filter;
  }
  for (auto const* filter :
       {R"(["==", "guns", "40"])", R"([">", "guns", "3"])", R"([">", "ships", 0])",
        R"(["<", "ships", 0])", R"(["in", "guns", "40"])", R"(["==", "$id", "12"])",
        R"(["==", "$type", "Polygon"])", R"(["any"])", R"(["in", "kind"])", "false",
        R"(["==", "ships", null])"}) {
    EXPECT_FALSE(passes(filter, fort())) << filter;
  }
}

TEST(Filter, ExpressionThatFailsDoesNotPass) {
  EXPECT_TRUE(passes(R"([">", ["get", "guns"], 39])", fort()));
  EXPECT_FALSE(passes(R"([">", ["get", "kind"], 39])", fort()));
  EXPECT_TRUE(passes(R"(["match", ["get", "kind"], ["fort", "town"], true, false])", fort()));
}

TEST(Filter, MixedMembersAreConvertedOneByOne) {
  auto const* filter =
      R"(["all", ["==", "$type", "Point"], ["case", ["has", "guns"], [">", ["get", "guns"], 1], false]])";
  EXPECT_TRUE(is_expression_filter(Json::parse(filter)));
  EXPECT_TRUE(passes(filter, fort()));
}

TEST(Filter, TellsTheSyntaxes) {
  for (auto const* filter : {R"(["==", "a", 1])", R"(["in", "a", "b"])", R"(["!in", "a", "b"])",
                             R"(["has", "$id"])", R"(["any", ["==", "a", 1], ["has", "b"]])",
                             R"(["none", ["case", true, true, false]])", "[]"}) {
    EXPECT_FALSE(is_expression_filter(Json::parse(filter))) << filter;
  }
  for (auto const* filter :
       {R"(["==", ["get", "a"], 1])", R"(["in", "a", ["literal", ["b"]]])", R"(["has", "a"])",
        R"(["all", true, ["has", "a"]])", R"(["!", ["has", "a"]])", "true"}) {
    EXPECT_TRUE(is_expression_filter(Json::parse(filter))) << filter;
  }
}

TEST(Filter, NamesThePlaceOfAProblem) {
  base::Diagnostics diagnostics;
  auto const filter = Filter::compile(
      Json::parse(R"(["all", ["==", "a", 1], ["get", 3]])"),
      {.file = "s.yaml", .line = 3, .place = {}, .field = "layers[0].filter"}, diagnostics);
  EXPECT_FALSE(filter);
  ASSERT_EQ(diagnostics.problems().size(), 1u);
  EXPECT_EQ(base::to_string(diagnostics.problems()[0]),
            "s.yaml:3: layers[0].filter[2][1]: expected string but found number instead");
}

TEST(EvalLines, AnswersFiltersAndRefusesRubbish) {
  EXPECT_EQ(evaluate_line(R"({"filter":["==","a",1],"feature":{"properties":{"a":1}}})"),
            R"({"result":true})");
  EXPECT_EQ(evaluate_line(R"({"filter":["get",1]})"),
            R"({"error":"[1]: Expected string but found number instead."})");
  EXPECT_EQ(evaluate_line("[]"),
            R"({"error":"a line is an object with `expression` or `filter`"})");
  EXPECT_EQ(evaluate_line("{").substr(0, 10), R"({"error":")");
}

}  // namespace
}  // namespace hachure::style
