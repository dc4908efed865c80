#include "layout/messages.hpp"

#include <gtest/gtest.h>

namespace hachure::layout {
namespace {

TEST(Message, InEachLanguage) {
  EXPECT_EQ(message("legend", "en"), "Legend");
  EXPECT_EQ(message("legend", "fr"), "Légende");
  EXPECT_EQ(message("legend", "zh-Hant"), "圖例");
  EXPECT_EQ(message("legend", "zh-Hans"), "图例");
}

TEST(Message, RegionsFollowTheirLanguageAndScript) {
  EXPECT_EQ(message("legend", "en-GB"), "Legend");
  EXPECT_EQ(message("legend", "fr-CA"), "Légende");
  EXPECT_EQ(message("legend", "zh"), "圖例");
  EXPECT_EQ(message("legend", "zh-TW"), "圖例");
  EXPECT_EQ(message("legend", "zh-CN"), "图例");
}

TEST(Message, EnglishWhereALanguageHasNone) {
  EXPECT_EQ(message("legend", "de"), "Legend");
  EXPECT_EQ(message("sources", ""), "Sources");
}

TEST(Message, UnknownIdIsItself) {
  EXPECT_EQ(message("glossary", "zh-Hant"), "glossary");
}

TEST(Message, EveryIdOfTheFurnitureHasAText) {
  for (auto const* id : {"legend", "events", "sources", "north", "km", "m", "mi", "nmi", "yd"}) {
    for (auto const* lang : {"en", "fr", "zh-Hant", "zh-Hans"}) {
      EXPECT_FALSE(message(id, lang).empty()) << id << ' ' << lang;
    }
  }
}

}  // namespace
}  // namespace hachure::layout
