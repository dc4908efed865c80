#include "style/style.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "style/color.hpp"
#include "support/raster.hpp"

namespace hachure::style {
namespace {

namespace fs = std::filesystem;

/// Style files of one test, in a folder of its own.
class StyleTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  void put(std::string const& name, std::string const& content) {
    std::ofstream(folder / name, std::ios::binary) << content;
  }
  Style read(std::string const& name = "s") {
    diagnostics = {};
    return read_style(name, {folder}, "en", diagnostics);
  }
  Style read_text(std::string const& content) {
    put("s.yaml", content);
    return read();
  }
  /// Problems of a style of this content, the folder's path taken out.
  std::string problems_of(std::string const& content) {
    read_text(content);
    return problems();
  }
  std::string problems() const {
    std::string text;
    for (auto const& problem : diagnostics.problems()) {
      text += (text.empty() ? "" : "\n") + base::to_string(problem);
    }
    auto const prefix = folder.string() + "/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }
  static std::vector<std::string> ids(Style const& style) {
    std::vector<std::string> out;
    for (auto const& layer : style.layers) out.push_back(layer.id);
    return out;
  }
  static StyleLayer const& layer(Style const& style, std::string const& id) {
    return *std::ranges::find(style.layers, id, &StyleLayer::id);
  }

  fs::path folder =
      fs::path(tests::scratch_folder()) /
      (std::string("style-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  base::Diagnostics diagnostics;
  EvalContext context;
};

constexpr char const* base_style = R"(name: {en: Base, zh-Hant: 底}
screen-scale: 2
furniture:
  title: {font: [EB Garamond Medium, Noto Serif CJK TC], size: 14pt, color: "#222222"}
  margin: 5mm
  paper-color: "#fdfaf3"
layers:
  - id: sea
    type: fill
    source: water
    paint: {fill-color: "#cde0e8", fill-opacity: 0.5}
  - id: roads
    type: line
    source: [road, track]
    scale-max: 100000
    paint: {line-color: black, line-width: 0.3mm}
    legend: {en: Road, zh-Hant: 道路}
  - id: forts
    type: place
    filter: ["==", ["get", "kind"], "fort"]
    layout: {text-field: "{name}", text-font: [Noto Sans Medium], text-size: 7pt}
    legend-field: ["get", "kind"]
    group: names
)";

TEST_F(StyleTest, ReadsLayersInPaintOrder) {
  auto const style = read_text(base_style);
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(style.id, "s");
  EXPECT_EQ(style.name.in("zh-Hant"), "底");
  EXPECT_EQ(style.screen_scale, 2);
  EXPECT_EQ(ids(style), (std::vector<std::string>{"sea", "roads", "forts"}));
  auto const& roads = layer(style, "roads");
  EXPECT_EQ(roads.type, LayerType::line);
  EXPECT_EQ(roads.sources, (std::vector<std::string>{"road", "track"}));
  EXPECT_EQ(roads.scale_min, 0);
  EXPECT_EQ(roads.scale_max, 100000);
  EXPECT_EQ(roads.group, "roads");
  EXPECT_EQ(roads.legend.in("zh-Hant"), "道路");
  EXPECT_EQ(roads.obstacle, 0.15);
  EXPECT_EQ(base::to_string(roads.origin), (folder / "s.yaml").string() + ":12: layers.roads");
  auto const& forts = layer(style, "forts");
  EXPECT_EQ(forts.sources, std::vector<std::string>{"places"});  // what the type draws
  EXPECT_EQ(forts.group, "names");
  EXPECT_TRUE(forts.filter.has_value());
  EXPECT_TRUE(forts.legend_field.has_value());
  EXPECT_EQ(layer(style, "sea").obstacle, 0);
}

TEST_F(StyleTest, LookReadsValuesAndFallbacks) {
  auto const style = read_text(base_style);
  Look const sea(layer(style, "sea"), context);
  EXPECT_EQ(sea.color("fill-color"), parse_color("#cde0e8"));
  EXPECT_EQ(sea.number("fill-opacity"), 0.5);
  EXPECT_FALSE(sea.has("fill-outline-color"));
  EXPECT_EQ(sea.color("fill-outline-color"), std::nullopt);
  EXPECT_EQ(sea.color_or("fill-outline-color", {1, 0, 0, 1}), (Color{1, 0, 0, 1}));
  Look const roads(layer(style, "roads"), context);
  EXPECT_DOUBLE_EQ(roads.mm("line-width"), 0.3);
  EXPECT_EQ(roads.text("line-join"), "round");
  Look const forts(layer(style, "forts"), context);
  EXPECT_DOUBLE_EQ(forts.mm("text-size"), 7 * 25.4 / 72);
  EXPECT_EQ(forts.texts("text-font"), std::vector<std::string>{"Noto Sans Medium"});
  EXPECT_FALSE(forts.flag("text-required"));
  EXPECT_EQ(forts.texts("text-variable-anchor").size(), 8u);
}

TEST_F(StyleTest, GroundLengthsFollowTheScale) {
  auto const style =
      read_text("layers:\n- {id: river, type: line, source: river, paint: {line-width: 150m}}\n");
  EXPECT_EQ(problems(), "");
  context.scale = 20000;
  EXPECT_DOUBLE_EQ(Look(style.layers[0], context).mm("line-width"), 7.5);
  context.scale = 100000;
  EXPECT_DOUBLE_EQ(Look(style.layers[0], context).mm("line-width"), 1.5);
}

TEST_F(StyleTest, Furniture) {
  auto const style = read_text(base_style);
  auto const& f = style.furniture;
  EXPECT_EQ(f.title.fonts, (std::vector<std::string>{"EB Garamond Medium", "Noto Serif CJK TC"}));
  EXPECT_DOUBLE_EQ(f.title.size_mm, 14 * 25.4 / 72);
  EXPECT_DOUBLE_EQ(f.margin_mm, 5);
  EXPECT_EQ(f.paper, parse_color("#fdfaf3").value());
  EXPECT_EQ(f.north_symbol, "north-arrow");
  EXPECT_EQ(style.fonts, (std::vector<std::string>{"EB Garamond Medium", "Noto Sans Medium",
                                                   "Noto Serif CJK TC"}));
}

// --- extends and variables -----------------------------------------------------------------------

TEST_F(StyleTest, ExtendsGivesOnlyWhatDiffers) {
  put("base.yaml", base_style);
  auto const style = read_text(R"(extends: base
name: {en: Night}
furniture: {title: {color: white}}
layers:
  - {id: sea, paint: {fill-color: "#001020"}}
  - {id: roads, remove: true}
  - {id: relief, type: hillshade, source: relief, before: sea}
  - {id: fire, type: event}
)");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(ids(style), (std::vector<std::string>{"relief", "sea", "forts", "fire"}));
  Look const sea(layer(style, "sea"), context);
  EXPECT_EQ(sea.color("fill-color"), parse_color("#001020"));
  EXPECT_EQ(sea.number("fill-opacity"), 0.5);  // of the base
  EXPECT_EQ(style.name.in("en"), "Night");
  EXPECT_EQ(style.name.in("zh-Hant"), "底");
  EXPECT_EQ(style.furniture.title.color, parse_color("white"));
  EXPECT_DOUBLE_EQ(style.furniture.title.size_mm, 14 * 25.4 / 72);
  EXPECT_EQ(style.screen_scale, 2);
  EXPECT_EQ(style.files_read, (std::vector<std::string>{(folder / "s.yaml").string(),
                                                        (folder / "base.yaml").string()}));
}

TEST_F(StyleTest, ExtendsAFileBesideIt) {
  fs::create_directories(folder / "sub");
  put("sub/base.yaml", base_style);
  put("sub/top.yaml", "extends: base.yaml\n");
  auto const style = read((folder / "sub/top.yaml").string());
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(style.id, "top");
  EXPECT_EQ(style.layers.size(), 3u);
}

TEST_F(StyleTest, ExtendsInACircle) {
  put("a.yaml", "extends: b\n");
  put("b.yaml", "extends: a\n");
  read("a");
  EXPECT_EQ(problems(), "a.yaml:1: styles extend each other in a circle");
}

TEST_F(StyleTest, UnknownStyleHasAHint) {
  put("engraved.yaml", "layers: []\n");
  put("modern.yaml", "layers: []\n");
  read("engravd");
  EXPECT_EQ(problems(), "no style \"engravd\"\n  hint: did you mean \"engraved\"?");
  EXPECT_EQ(problems_of("extends: modren\n"),
            "s.yaml:1: no style \"modren\"\n  hint: did you mean \"modern\"?");
}

TEST_F(StyleTest, VariablesStandForValues) {
  auto const style = read_text(R"(variables: {ink: "#102030", line: $ink, thick: 0.5mm}
furniture: {ink-color: $ink}
layers:
  - id: a
    type: line
    source: x
    paint:
      line-width: $thick
      line-color: [case, [has, side], ["var", ink], $line]
)");
  EXPECT_EQ(problems(), "");
  Look const look(style.layers[0], context);
  EXPECT_DOUBLE_EQ(look.mm("line-width"), 0.5);
  EXPECT_EQ(look.color("line-color"), parse_color("#102030"));
  EXPECT_EQ(style.furniture.ink, parse_color("#102030"));
}

TEST_F(StyleTest, VariablesOfTheTopStyleWin) {
  put("base.yaml",
      "variables: {ink: black}\n"
      "layers:\n- {id: a, type: line, source: x, paint: {line-color: $ink}}\n");
  auto const style = read_text("extends: base\nvariables: {ink: \"#ff0000\"}\n");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(Look(style.layers[0], context).color("line-color"), (Color{1, 0, 0, 1}));
}

TEST_F(StyleTest, NamesOfALetGoBeforeVariables) {
  auto const style = read_text(R"(variables: {cue: "0.2mm"}
layers:
  - id: a
    type: line
    source: x
    paint:
      line-width: [let, cue, "0.5mm", ["var", cue]]
      line-casing-width: [case, [==, [let, other, 1, ["var", other]], 1], ["var", cue], "9mm"]
)");
  EXPECT_EQ(problems(), "");
  Look const look(style.layers[0], context);
  EXPECT_DOUBLE_EQ(look.mm("line-width"), 0.5);
  EXPECT_DOUBLE_EQ(look.mm("line-casing-width"), 0.2);
}

TEST_F(StyleTest, UnknownVariableHasAHint) {
  EXPECT_EQ(problems_of("variables: {paper: white}\nfurniture:\n  ink-color: $papre\n"),
            "s.yaml:3: furniture.ink-color: no variable \"papre\"\n"
            "  hint: did you mean \"paper\"?");
}

TEST_F(StyleTest, VariablesInACircleEnd) {
  auto const text = problems_of("variables: {a: $b, b: $a}\nfurniture: {ink-color: $a}\n");
  EXPECT_TRUE(text.starts_with("s.yaml:1: variables.a: variables refer to each other in a circle"))
      << text;
}

// --- slips ---------------------------------------------------------------------------------------

TEST_F(StyleTest, UnknownProperty) {
  EXPECT_EQ(problems_of("layers:\n- id: a\n  type: fill\n  source: x\n  paint:\n"
                        "    fill-colour: red\n"),
            "s.yaml:6: layers.a.paint.fill-colour: layers of type fill have no property "
            "\"fill-colour\"\n  hint: did you mean \"fill-color\"?");
}

TEST_F(StyleTest, PropertyOfAnotherLayerType) {
  EXPECT_EQ(problems_of("layers:\n- id: a\n  type: vignette\n  source: x\n  paint:\n"
                        "    icon-opacity: 1\n"),
            "s.yaml:6: layers.a.paint.icon-opacity: layers of type vignette have no property "
            "\"icon-opacity\"\n  hint: one of: minimum-area, simplify, smooth, knocked-out, "
            "furniture-fade, shore-side, vignette-color, vignette-distances, vignette-opacity");
}

TEST_F(StyleTest, UnknownKeyOfALayer) {
  EXPECT_EQ(problems_of("layers:\n- id: a\n  type: fill\n  sources: x\n"),
            "s.yaml:4: layers.a.sources: unknown key \"sources\"\n"
            "  hint: did you mean \"source\"?");
}

TEST_F(StyleTest, UnknownKeyAtTheTop) {
  EXPECT_EQ(problems_of("layer: []\n"),
            "s.yaml:1: layer: unknown key \"layer\"\n  hint: did you mean \"layers\"?");
}

TEST_F(StyleTest, UnknownLayerType) {
  EXPECT_EQ(problems_of("layers:\n- id: a\n  type: fil\n"),
            "s.yaml:3: layers.a.type: \"fil\" is not a layer type\n"
            "  hint: did you mean \"fill\"?");
}

TEST_F(StyleTest, LayerWithoutIdOrWithASecondOne) {
  EXPECT_EQ(problems_of("layers:\n- {type: fill}\n- {id: a, type: line}\n- {id: a, type: line}\n"),
            "s.yaml:1: layers: a layer has no id\n"
            "s.yaml:3: layers.a: a second layer with this id");
}

TEST_F(StyleTest, WrongFurniture) {
  EXPECT_EQ(problems_of("furniture:\n  margin: 5km\n  rule-color: rad\n  titel: {}\n"),
            "s.yaml:4: furniture.titel: unknown key \"titel\"\n"
            "  hint: did you mean \"title\"?\n"
            "s.yaml:3: furniture.rule-color: \"rad\" is not a colour\n"
            "  hint: write \"#rrggbb\" or a CSS colour\n"
            "s.yaml:2: furniture.margin: \"5km\" is not a length on the page\n"
            "  hint: write \"0.3mm\" or \"8pt\"");
}

TEST_F(StyleTest, KeyGivenTwice) {
  EXPECT_EQ(problems_of("name: a\nname: b\n"), "s.yaml:2: \"name\" is given twice");
}

TEST_F(StyleTest, NoYaml) {
  EXPECT_TRUE(problems_of("layers: [\n").starts_with("s.yaml:2: is not YAML: ")) << problems();
  EXPECT_EQ(problems_of("just words\n"), "s.yaml:1: is not a style: a map of keys is expected");
}

TEST_F(StyleTest, AliasBomb) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    auto const last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 9; ++k) bomb += ", " + last;
    bomb += "]\n";
  }
  EXPECT_NE(problems_of(bomb).find("nests too deeply or repeats itself too often\n"
                                   "  hint: write aliases out, or split the file with extends"),
            std::string::npos);
}

TEST_F(StyleTest, WrongTypesAreReportedNotThrown) {
  EXPECT_EQ(problems_of("furniture: dark\n"), "s.yaml:1: furniture: \"dark\" is not a map of keys");
  EXPECT_EQ(problems_of("furniture: {title: bold}\n"),
            "s.yaml:1: furniture.title: \"bold\" is not a map of keys");
  EXPECT_EQ(problems_of("layers: many\n"),
            "s.yaml:1: layers: \"many\" is not a list of layers\n  hint: one line each: - {id: "
            "movements, paint: {movement-width: 1mm}}");
  EXPECT_EQ(
      problems_of("layers:\n- {id: a, type: fill, group: 5, scale-min: many, obstacle: true}\n"),
      "s.yaml:2: layers.a.group: 5 is not a text\n"
      "s.yaml:2: layers.a.scale-min: \"many\" is not a number\n"
      "s.yaml:2: layers.a.obstacle: true is not a number");
  EXPECT_EQ(problems_of("variables: [a]\n"),
            "s.yaml:1: variables: is not a map of names and values");
}

TEST_F(StyleTest, WrongTypesInAStyleThatExtends) {
  put("base.yaml", base_style);
  EXPECT_EQ(problems_of("extends: base\nlayers: [{id: 5}]\n"),
            "s.yaml:2: layers: a layer has no id");
  EXPECT_EQ(problems_of("extends: base\nlayers: many\n"),
            "s.yaml:2: layers: \"many\" is not a list of layers\n  hint: one line each: - {id: "
            "movements, paint: {movement-width: 1mm}}");
}

TEST_F(StyleTest, EmptyStyleIsAStyle) {
  auto const style = read_text("layers: []\n");
  EXPECT_EQ(problems(), "");
  EXPECT_TRUE(style.layers.empty());
}

// --- the folder ----------------------------------------------------------------------------------

TEST_F(StyleTest, NamesAreSortedAndUnique) {
  put("b.yaml", "");
  put("a.yml", "");
  put("a.json", "");
  put("notes.md", "");
  EXPECT_EQ(style_names({folder, folder / "none", folder}), (std::vector<std::string>{"a", "b"}));
}

TEST(StyleSchema, NamesEveryLayerTypeAndProperty) {
  auto const schema = nlohmann::json::parse(style_schema());
  auto const& layer = schema["properties"]["layers"]["items"]["properties"];
  EXPECT_EQ(layer["type"]["enum"].size(), layer_types().size());
  for (auto const& row : properties()) {
    EXPECT_TRUE(layer["paint"]["properties"].contains(std::string(row.name))) << row.name;
  }
}

TEST(ShippedStyles, KeepToTheSchema) {
  auto const schema = nlohmann::json::parse(style_schema());
  auto const expect_known = [](nlohmann::json const& node, nlohmann::json const& of,
                               std::string const& where) {
    for (auto const& [key, value] : node.items()) {
      EXPECT_TRUE(of["properties"].contains(key)) << where << "." << key;
    }
  };
  std::vector<fs::path> const folders{fs::path(PROJECT_DIR) / "styles"};
  for (auto const& name : style_names(folders)) {
    base::Diagnostics diagnostics;
    auto const document = read_style_document(name, folders, diagnostics);
    expect_known(*document.json, schema, name);
    auto const& furniture = schema["properties"]["furniture"];
    expect_known((*document.json)["furniture"], furniture, name + ".furniture");
    auto const& layer = schema["properties"]["layers"]["items"];
    for (auto const& given : (*document.json)["layers"]) {
      expect_known(given, layer, name + ".layers");
      for (auto const* section : {"paint", "layout"}) {
        if (given.contains(section)) {
          expect_known(given[section], layer["properties"][section], name + "." + section);
        }
      }
    }
  }
}

TEST(ShippedStyles, AreWithoutProblems) {
  std::vector<fs::path> const folders{fs::path(PROJECT_DIR) / "styles"};
  auto const names = style_names(folders);
  EXPECT_FALSE(names.empty());
  for (auto const& name : names) {
    base::Diagnostics diagnostics;
    auto const style = read_style(name, folders, "en", diagnostics);
    for (auto const& problem : diagnostics.problems()) ADD_FAILURE() << base::to_string(problem);
    EXPECT_FALSE(style.layers.empty()) << name;
    EXPECT_FALSE(style.fonts.empty()) << name;
    EXPECT_FALSE(style.name.empty()) << name;
  }
}

}  // namespace
}  // namespace hachure::style
