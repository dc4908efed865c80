#include "style/property.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/text.hpp"
#include "style/style.hpp"

namespace hachure::style {
namespace {

TEST(LayerTypes, HaveAnIdASentenceAndAPropertyEach) {
  std::set<std::string_view> ids;
  for (auto const& row : layer_types()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_FALSE(row.sentence.empty()) << row.id;
    EXPECT_EQ(find_layer_type(row.id), &row);
    EXPECT_TRUE(std::ranges::any_of(properties(), [&](auto const& p) {
      return find_property(p.name, row.id) != nullptr;
    })) << row.id;
  }
  EXPECT_EQ(find_layer_type("hatchery"), nullptr);
  EXPECT_EQ(find_layer_type(""), nullptr);
}

TEST(Properties, NamesAreUnique) {
  // Look reads a property by its name alone.
  std::set<std::string_view> names;
  for (auto const& row : properties()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
}

TEST(Properties, BelongToLayerTypesThatExist) {
  for (auto const& row : properties()) {
    for (auto const& id : base::split_list(row.layers, ' ')) {
      EXPECT_NE(find_layer_type(id), nullptr) << row.name << ": " << id;
      EXPECT_EQ(find_property(row.name, id), &row);
    }
    EXPECT_FALSE(row.sentence.empty()) << row.name;
  }
}

TEST(Properties, AreFoundOnlyInTheirLayers) {
  EXPECT_NE(find_property("fill-color", "fill"), nullptr);
  EXPECT_EQ(find_property("fill-color", "line"), nullptr);
  EXPECT_EQ(find_property("fill-colour", "fill"), nullptr);
  EXPECT_EQ(find_property("icon-image", "event")->type, PropertyType::string);
}

TEST(Properties, EnumerationsListTheirFallback) {
  for (auto const& row : properties()) {
    if (row.type != PropertyType::enumeration) {
      EXPECT_TRUE(row.values.empty()) << row.name;
      continue;
    }
    auto const values = base::split_list(row.values, ' ');
    EXPECT_GE(values.size(), 2u) << row.name;
    auto const fallback = nlohmann::json::parse(row.fallback).get<std::string>();
    EXPECT_NE(std::ranges::find(values, fallback), values.end()) << row.name;
  }
}

TEST(Properties, FallbacksAreValuesOfTheirType) {
  EvalContext const context;
  for (auto const& row : properties()) {
    StyleLayer const empty;
    Look const look(empty, context);
    EXPECT_EQ(look.has(row.name), !row.fallback.empty()) << row.name;
    if (row.fallback.empty()) continue;
    switch (row.type) {
      case PropertyType::color:
        EXPECT_TRUE(look.color(row.name)) << row.name;
        break;
      case PropertyType::length:
      case PropertyType::number:
        EXPECT_TRUE(look.value(row.name).is_number()) << row.name;
        break;
      case PropertyType::boolean:
        EXPECT_TRUE(look.value(row.name).is_boolean()) << row.name;
        break;
      case PropertyType::string:
      case PropertyType::enumeration:
        EXPECT_TRUE(look.value(row.name).is_string()) << row.name;
        break;
      case PropertyType::numbers:
        EXPECT_FALSE(look.numbers(row.name).empty()) << row.name;
        break;
      case PropertyType::lengths:
        EXPECT_FALSE(look.mms(row.name).empty()) << row.name;
        break;
      case PropertyType::strings:
        EXPECT_FALSE(look.texts(row.name).empty()) << row.name;
        break;
      case PropertyType::duration:
        EXPECT_FALSE(look.value(row.name).is_null()) << row.name;
        break;
      case PropertyType::formatted:
        break;
    }
  }
}

}  // namespace
}  // namespace hachure::style
