#include "style/check.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hachure::style {
namespace {

std::string why(char const* filter, double scale_min = 0, double scale_max = 1e12) {
  return why_never_passes(nlohmann::json::parse(filter), scale_min, scale_max);
}

TEST(FilterCheck, ContradictionsAreNamed) {
  EXPECT_EQ(why("false"), "it is constantly false");
  EXPECT_EQ(why(R"(["==", ["+", 1, 1], 3])"), "it is constantly false");
  EXPECT_EQ(why(R"(["all", ["==", ["get", "kind"], "fort"], ["==", "town", ["get", "kind"]]])"),
            R"("kind" is "fort" and is "town")");
  EXPECT_EQ(why(R"(["all", ["match", ["get", "kind"], ["fort", "gate"], true, false],
                   ["!", ["in", ["get", "kind"], ["literal", ["gate", "fort"]]]]])"),
            R"("kind" is "fort" or "gate", and is not)");
  EXPECT_EQ(why(R"(["all", [">", ["get", "rank"], 3], ["<=", ["get", "rank"], 3]])"),
            R"(nothing is "rank" > 3 and "rank" <= 3)");
  EXPECT_EQ(why(R"(["all", ["==", ["get", "rank"], 5], [">", 3, ["get", "rank"]]])"),
            R"("rank" is 5, and "rank" < 3)");
  EXPECT_EQ(why(R"(["all", ["!", ["has", "name"]], ["==", ["get", "name"], "x"]])"),
            R"("name" is both absent and needed)");
  EXPECT_EQ(why(R"(["all", ["==", ["get", "a"], 1],
                   ["any", ["==", ["get", "a"], 2], ["==", ["get", "a"], 3]]])"),
            R"("a" is 1 and is 2)");
}

TEST(FilterCheck, LegacyFiltersAreUnderstood) {
  EXPECT_EQ(why(R"(["all", ["==", "kind", "fort"], ["!in", "kind", "fort", "town"]])"),
            R"("kind" is "fort", and is not)");
  EXPECT_EQ(why(R"(["all", ["==", "$type", "Point"], ["==", "$type", "Polygon"]])"),
            R"(geometry-type is "Point" and is "Polygon")");
}

TEST(FilterCheck, TheScalesOfTheLayerCount) {
  EXPECT_EQ(why(R"([">=", ["scale"], 50000])", 0, 50000),
            "nothing is scale >= 50000 and scale < 50000");
  EXPECT_EQ(why(R"(["<", ["scale"], 50000])", 0, 100000), "");
}

TEST(FilterCheck, WhatMayPassIsLeftAlone) {
  for (
      auto const* filter :
      {"true", R"(["==", ["get", "a"], ["get", "b"]])",
       R"(["any", ["==", ["get", "a"], 1], ["==", ["get", "a"], 2]])",
       R"(["all", ["==", ["get", "a"], 1], ["any", ["==", ["get", "a"], 2], ["has", "b"]]])",
       R"(["all", ["!=", ["get", "a"], 1], ["!", ["has", "a"]]])",
       R"(["!", ["all", ["==", ["get", "a"], 1], ["==", ["get", "a"], 2]]])",
       R"(["all", ["match", ["get", "a"], "x", false, true], ["==", ["get", "a"], "y"]])",
       R"(["all", [">=", ["get", "r"], 3], ["<=", ["get", "r"], 3]])",
       R"(["all", ["==", ["get", "a"], "x", ["collator", {"case-sensitive": false}]], ["==", ["get", "a"], "X"]])",
       R"(["==", ["get", "a"]])"}) {
    EXPECT_EQ(why(filter), "") << filter;
  }
}

std::vector<std::string> outputs(char const* text) {
  std::vector<std::string> found;
  for (auto const& use : literal_outputs(nlohmann::json::parse(text),
                                         {.file = {}, .line = 0, .place = {}, .field = "p"})) {
    found.push_back(use.origin.field + " " + use.name);
  }
  return found;
}

TEST(LiteralOutputs, EveryBranchCounts) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(outputs(R"("fort")"), Texts{"p fort"});
  EXPECT_EQ(outputs(R"("{kind}-sign")"), Texts{});
  EXPECT_EQ(outputs(R"(["match", ["get", "k"], "a", "fort", ["b", "c"], "", "gate"])"),
            (Texts{"p[3] fort", "p[6] gate"}));
  EXPECT_EQ(
      outputs(R"(["case", ["has", "x"], "fort", ["coalesce", ["get", "s"], ["image", "gate"]]])"),
      (Texts{"p[2] fort", "p[3][2][1] gate"}));
  EXPECT_EQ(outputs(R"(["step", ["scale"], "fort", 5, "gate"])"),
            (Texts{"p[2] fort", "p[4] gate"}));
  EXPECT_EQ(outputs(R"(["let", "v", "x", ["literal", "fort"]])"), Texts{"p[3][1] fort"});
  EXPECT_EQ(outputs(R"(["concat", "fort-", ["get", "k"]])"), Texts{});
}

}  // namespace
}  // namespace hachure::style
