#include "layout/order_of_battle.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace hachure::layout {
namespace {

using scene::OrderOfBattle;

scene::Scene scene_with(int units) {
  scene::Scene scene;
  scene.map = "battle";
  scene.lang = "en";
  scene.frame = draw::Box::of(4, 4, 160, 120);
  for (auto* style :
       {&scene.look.heading, &scene.look.body, &scene.look.small, &scene.look.figure}) {
    style->fonts = {"Noto Sans"};
    style->size_mm = 2.1;
  }
  OrderOfBattle order;
  order.date = "1 May 1863";
  OrderOfBattle::Side side;
  side.id = "north";
  side.name = "North";
  side.strength = 12345;
  OrderOfBattle::Row army;
  army.unit = "army";
  army.name = "Army";
  army.commander = "Gen. Smith";
  army.strength = 12345;
  army.losses = 678;
  side.rows.push_back(army);
  for (int i = 1; i <= units; ++i) {
    OrderOfBattle::Row row;
    row.unit = "u" + std::to_string(i);
    row.name = "Regiment " + std::to_string(i);
    row.depth = 1;
    side.rows.push_back(row);
  }
  order.sides.push_back(std::move(side));
  scene.order_of_battle = std::move(order);
  return scene;
}

std::vector<std::string> texts_of(Panel const& panel) {
  std::vector<std::string> texts;
  for (auto const& node : panel.nodes) {
    if (auto const* text = std::get_if<draw::Text>(&node.value)) texts.push_back(text->text);
  }
  return texts;
}

bool has(std::vector<std::string> const& texts, std::string const& text) {
  return std::ranges::find(texts, text) != texts.end();
}

double right_edge_of_column(Panel const& panel, std::string const& text) {
  for (auto const& node : panel.nodes) {
    auto const* found = std::get_if<draw::Text>(&node.value);
    if (found != nullptr && found->text == text) return found->origin.x_mm;
  }
  return -1;
}

TEST(OrderOfBattlePanel, NamesCommandersStrengthsAndLosses) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto const scene = scene_with(2);
  record::FurnitureItem item;
  item.kind = "order-of-battle";
  auto const panel = order_of_battle_panel(scene, item, shaper, problems);
  auto const texts = texts_of(panel);
  EXPECT_TRUE(has(texts, "Order of battle"));
  EXPECT_TRUE(has(texts, "strengths on 1 May 1863 (losses)"));
  EXPECT_TRUE(has(texts, "12,345"));
  EXPECT_TRUE(has(texts, "12,345 (\u2212678)"));
  EXPECT_TRUE(has(texts, "Regiment 2"));
  EXPECT_TRUE(std::ranges::any_of(texts, [](std::string const& text) {
    return text.starts_with("Army") && text.ends_with("Gen. Smith");
  }));
  EXPECT_GT(right_edge_of_column(panel, "Regiment 1"), right_edge_of_column(panel, "North") + 2);
  EXPECT_TRUE(problems.warnings.empty());
}

TEST(OrderOfBattlePanel, TakesMoreColumnsWhereItHasNotTheHeight) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto const scene = scene_with(20);
  record::FurnitureItem item;
  item.kind = "order-of-battle";
  item.placement.height = base::Length::mm(60);
  auto const panel = order_of_battle_panel(scene, item, shaper, problems);
  EXPECT_DOUBLE_EQ(panel.height_mm, 60);
  EXPECT_GT(right_edge_of_column(panel, "Regiment 20"),
            right_edge_of_column(panel, "Regiment 1") + 20);
  EXPECT_TRUE(problems.warnings.empty());
}

TEST(OrderOfBattlePanel, NamesWhatHasNoRoom) {
  Shaper const shaper;
  FurnitureProblems problems;
  auto const scene = scene_with(6);
  record::FurnitureItem item;
  item.kind = "order-of-battle";
  item.placement.height = base::Length::mm(30);
  item.placement.columns = 1;
  auto const panel = order_of_battle_panel(scene, item, shaper, problems);
  ASSERT_EQ(problems.warnings.size(), 1u);
  EXPECT_EQ(problems.warnings[0].first,
            "map battle: the order of battle has no room for Regiment 4, Regiment 5, Regiment 6");
  auto const texts = texts_of(panel);
  EXPECT_TRUE(has(texts, "Regiment 3"));
  EXPECT_FALSE(has(texts, "Regiment 4"));
}

}  // namespace
}  // namespace hachure::layout
