#include "record/yaml_reader.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "record/json_reader.hpp"

namespace hachure::record {
namespace {

std::string problems_text(base::Diagnostics const& diagnostics) {
  std::string text;
  for (auto const& problem : diagnostics.problems()) {
    text += (text.empty() ? "" : "\n") + base::to_string(problem);
  }
  return text;
}

std::string yaml_as_json(std::string_view text) {
  base::Diagnostics diagnostics;
  auto const node = read_yaml(text, "f", diagnostics);
  return node ? to_json(*node) : problems_text(diagnostics);
}

std::string yaml_problems(std::string_view text) {
  base::Diagnostics diagnostics;
  read_yaml(text, "f", diagnostics);
  return problems_text(diagnostics);
}

std::string json_problems(std::string_view text) {
  base::Diagnostics diagnostics;
  read_json(text, "f", diagnostics);
  return problems_text(diagnostics);
}

TEST(YamlReader, ReadsValuesInTheirOrder) {
  EXPECT_EQ(yaml_as_json("b: 1\na: [x, '2', true, null, 1e3]\nc: {}\n"),
            R"({"b":1,"a":["x","2",true,null,1000],"c":{}})");
}

TEST(YamlReader, KeepsLines) {
  base::Diagnostics diagnostics;
  auto const node = read_yaml("a: 1\n\nb:\n  - x\n  - y\n", "f", diagnostics);
  ASSERT_TRUE(node);
  EXPECT_EQ(node->find("a")->line, 1);
  EXPECT_EQ(node->find("b")->key_line, 3);
  EXPECT_EQ(node->find("b")->items[1].line, 5);
}

TEST(YamlReader, ExpandsAliases) {
  EXPECT_EQ(yaml_as_json("a: &x [1, 2]\nb: *x\n"), R"({"a":[1,2],"b":[1,2]})");
}

TEST(YamlReader, ReadsJson) {
  EXPECT_EQ(yaml_as_json("{\"a\": [1, \"2\"]}"), R"({"a":[1,"2"]})");
}

TEST(YamlReader, DuplicateKeysAreErrors) {
  EXPECT_EQ(yaml_problems("a: 1\nb: 2\na: 3\n"), "f:3: the key \"a\" is given twice");
}

TEST(YamlReader, BadSyntaxNamesItsLine) {
  EXPECT_EQ(yaml_problems("a: 1\nb: [1, 2\nc: 3\n"),
            "f:3: is not YAML: end of sequence flow not found");
  EXPECT_EQ(yaml_problems("a: 1\n\tb: 2\n").substr(0, 16), "f:2: is not YAML");
}

TEST(YamlReader, EmptyAndSecondDocumentsAreErrors) {
  EXPECT_EQ(yaml_problems(""), "f: is empty");
  EXPECT_EQ(yaml_problems("a: 1\n---\nb: 2\n"),
            "f:3: a second document begins\n  hint: keep one document in a file");
}

TEST(YamlReader, BadUtf8NamesItsLine) {
  EXPECT_EQ(yaml_problems("a: 1\nb: \xFF\n"),
            "f:2: byte 0xFF is not UTF-8\n  hint: save the file as UTF-8");
}

TEST(YamlReader, KeysAreWords) {
  EXPECT_EQ(yaml_problems("? [1, 2]\n: 3\n"),
            "f:1: a key is a list or a map\n  hint: keys are plain words");
}

/// Each level names the one before it ten times: 10^9 values from a kilobyte.
TEST(YamlReader, AliasBombsAreRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 9; ++level) {
    auto const name = std::to_string(level);
    auto const below = "*a" + std::to_string(level - 1);
    bomb += "a" + name + ": &a" + name + " [";
    for (int i = 0; i < 10; ++i) bomb += (i > 0 ? ", " : "") + below;
    bomb += "]\n";
  }
  EXPECT_EQ(yaml_problems(bomb),
            "f:5: holds more than 200000 values once its aliases are expanded");
}

TEST(YamlReader, DeepNestingIsRefused) {
  auto const levels = base::limits::max_yaml_depth + 1;
  auto const deep = std::string(levels, '[') + std::string(levels, ']');
  EXPECT_EQ(yaml_problems(deep + "\n"), "f:1: is nested deeper than the limit of 64 levels");
  EXPECT_EQ(json_problems(deep), "f:1: is nested deeper than the limit of 64 levels");
}

TEST(YamlReader, AnAliasOfItsOwnParentIsRefused) {
  EXPECT_EQ(yaml_problems("a: &x [1, *x]\n"), "f:1: an alias refers to its own value");
}

TEST(YamlReader, HugeFilesAreRefused) {
  EXPECT_EQ(yaml_problems(std::string(base::limits::max_yaml_bytes + 1, ' ')),
            "f: is 8388609 bytes; the limit is 8388608");
}

TEST(JsonReader, KeepsLinesAndOrder) {
  base::Diagnostics diagnostics;
  auto const node =
      read_json("{\n\"b\": 1,\n\"a\": [\n2\n,\n\"x\"],\n \"c\": 3\n}", "f", diagnostics);
  ASSERT_TRUE(node);
  EXPECT_EQ(to_json(*node), R"({"b":1,"a":[2,"x"],"c":3})");
  EXPECT_EQ(node->find("b")->line, 2);
  EXPECT_EQ(node->find("a")->items[0].line, 4);
  EXPECT_EQ(node->find("a")->items[1].line, 6);
  EXPECT_EQ(node->find("c")->line, 7);
}

TEST(JsonReader, ProblemsNameTheirLine) {
  EXPECT_EQ(json_problems("{\n\"a\": 1,\n\"a\": 2\n}"), "f:3: the key \"a\" is given twice");
  EXPECT_EQ(json_problems("{\n\"a\": NaN\n}").substr(0, 33), "f:2: is not JSON: invalid literal");
  EXPECT_EQ(json_problems("{\n\"a\": 1e999 }").substr(0, 16), "f:2: is not JSON");
  EXPECT_EQ(json_problems("\n\n{\"a\": \"\xC3\x28\"}"),
            "f:3: byte 0xC3 is not UTF-8\n  hint: save the file as UTF-8");
}

TEST(Node, QuotesAreCutAtACharacter) {
  EXPECT_EQ(quote("short"), "\"short\"");
  EXPECT_EQ(quote(std::string(59, 'x') + "廣州"), "\"" + std::string(59, 'x') + "...\"");
}

}  // namespace
}  // namespace hachure::record
