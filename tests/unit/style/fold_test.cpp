#include "style/fold.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "style/convert.hpp"

namespace hachure::style {
namespace {

using Json = nlohmann::json;

PropertySpec of(Type type) {
  PropertySpec spec;
  spec.type = std::move(type);
  spec.accepts_nested_zoom = true;
  return spec;
}

std::string folded(char const* text, Type type, double zoom = 12) {
  return folded_at_zoom(Json::parse(text), zoom, of(std::move(type))).dump();
}

TEST(ZoomOfScale, IsThatOfTilesOf512Pixels) {
  // 559082264.03 is the scale of zoom 0 for tiles of 256 px of 0.28 mm (OGC 07-057r7, annex E.4).
  double const scale = 559082264.03 * 0.28 / (25.4 / 96) * 256 / 512;
  EXPECT_NEAR(zoom_of_scale(scale), 0, 1e-9);
  EXPECT_NEAR(zoom_of_scale(scale / 4096), 12, 1e-9);
}

TEST(Fold, CurvesOverZoomAreTheirValue) {
  EXPECT_EQ(folded(R"(["interpolate", ["linear"], ["zoom"], 10, 1, 14, 3])", Type::Kind::number),
            "2");
  EXPECT_EQ(folded(R"(["interpolate", ["linear"], ["zoom"], 10, "#000000", 14, "#ffffff"])",
                   Type::Kind::color),
            R"("#808080")");
  EXPECT_EQ(folded(R"(["step", ["zoom"], ["get", "a"], 12, ["get", "b"], 13, ["get", "c"]])",
                   Type::Kind::number),
            R"(["get","b"])");
  EXPECT_EQ(folded(R"(["+", ["*", 2, ["zoom"]], ["get", "a"]])", Type::Kind::number),
            R"(["+",24,["get","a"]])");
}

TEST(Fold, ACurveOverFeaturesKeepsTheTwoStopsRoundTheZoom) {
  EXPECT_EQ(
      folded(R"(["interpolate", ["linear"], ["zoom"], 5, 1, 10, ["get", "a"], 14, ["get", "b"],
                      18, 9])",
             Type::Kind::number),
      R"(["interpolate",["linear"],12,10,["get","a"],14,["get","b"]])");
}

TEST(Fold, BranchesThatAreDecidedGo) {
  EXPECT_EQ(
      folded(R"(["case", [">", ["zoom"], 13], 1, ["has", "x"], 2, ["<", ["zoom"], 13], 3, 4])",
             Type::Kind::number),
      R"(["case",["has","x"],2,3])");
  EXPECT_EQ(folded(R"(["all", [">", ["zoom"], 3], ["has", "x"]])", Type::Kind::boolean),
            R"(["has","x"])");
  EXPECT_EQ(folded(R"(["any", [">", ["zoom"], 3], ["has", "x"]])", Type::Kind::boolean), "true");
  EXPECT_EQ(folded(R"(["match", ["round", ["zoom"]], [11, 12], "a", "b"])", Type::Kind::string),
            R"("a")");
}

/// The folded expression gives what the original gives at the zoom, for every feature.
TEST(Fold, ChangesNoValue) {
  auto const original = Json::parse(R"(
    ["let", "z", ["zoom"],
      ["interpolate", ["exponential", 1.6], ["zoom"],
        4, ["*", 2, ["get", "rank"]],
        9, ["case", ["==", ["get", "kind"], "a"], ["+", ["var", "z"], 1], 5],
        16, ["step", ["zoom"], 3, 8, ["max", ["get", "rank"], 7], 15, 40]]])");
  for (double const zoom : {0.0, 4.0, 6.5, 9.0, 12.25, 15.0, 16.0, 20.0}) {
    auto const spec = of(Type::Kind::number);
    auto const before = Expression::compile(original, spec);
    auto const after = Expression::compile(folded_at_zoom(original, zoom, spec), spec);
    EXPECT_FALSE(after.uses(Input::zoom));
    for (int rank = 0; rank < 12; ++rank) {
      Feature feature;
      feature.set("rank", Value(rank));
      feature.set("kind", Value(rank % 2 ? "a" : "b"));
      EvalContext context;
      context.zoom = zoom;
      context.feature = &feature;
      EXPECT_NEAR(before.number(context), after.number(context), 1e-5) << zoom << " " << rank;
    }
  }
}

}  // namespace
}  // namespace hachure::style
