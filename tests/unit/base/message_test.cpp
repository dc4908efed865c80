#include "base/message.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace hachure::base {
namespace {

using ::std::string;

TEST(Message, InEachLanguage) {
  EXPECT_EQ(message("legend", "en"), "Legend");
  EXPECT_EQ(message("legend", "fr"), "Légende");
  EXPECT_EQ(message("legend", "de"), "Legende");
  EXPECT_EQ(message("legend", "zh-Hant"), "圖例");
  EXPECT_EQ(message("legend", "zh-Hans"), "图例");
}

TEST(Message, RegionsFollowTheirLanguageAndScript) {
  EXPECT_EQ(message("legend", "en-GB"), "Legend");
  EXPECT_EQ(message("legend", "fr-CA"), "Légende");
  EXPECT_EQ(message("legend", "zh"), "圖例");
  EXPECT_EQ(message("legend", "zh-TW"), "圖例");
  EXPECT_EQ(message("legend", "zh-CN"), "图例");
  EXPECT_EQ(message("legend", "zh-Hant-CN"), "圖例");
}

TEST(Message, EnglishWhereALanguageHasNone) {
  EXPECT_EQ(message("legend", "nl"), "Legend");
  EXPECT_EQ(message("sources", ""), "Sources");
}

TEST(Message, UnknownIdIsItself) {
  EXPECT_EQ(message("glossary", "zh-Hant"), "glossary");
}

TEST(Message, CountsByTheRuleOfTheLanguage) {
  auto const further = [](std::size_t n, char const* tag) {
    return filled(plural_message("sources.more", n, tag), {{"count", std::to_string(n)}});
  };
  EXPECT_EQ(further(1, "en"), "and 1 further work");
  EXPECT_EQ(further(0, "en"), "and 0 further works");
  EXPECT_EQ(further(0, "fr"), "et 0 autre ouvrage");
  EXPECT_EQ(further(2, "fr"), "et 2 autres ouvrages");
  EXPECT_EQ(further(2, "zh-Hant"), "另有2種，見資料檔");
}

TEST(Message, FilledByName) {
  EXPECT_EQ(filled("{a} {b}{a}", {{"a", "{b}"}, {"b", "2"}}), "{b} 2{b}");
  EXPECT_EQ(filled("{c} {", {{"a", "1"}}), "{c} {");
}

std::multiset<string> placeholders(std::string_view text) {
  std::multiset<string> names;
  for (auto at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
    names.emplace(text.substr(at, text.find('}', at) - at + 1));
  }
  return names;
}

TEST(Catalogues, AllAreComplete) {
  EXPECT_EQ(message_languages(), (std::vector<string>{"de", "en", "fr", "zh-Hans", "zh-Hant"}));
  auto const ids = message_ids("en");
  EXPECT_GT(ids.size(), 20U);
  for (auto const& language : message_languages()) {
    EXPECT_EQ(message_ids(language), ids) << language;
    for (auto const& id : ids) {
      EXPECT_FALSE(message(id, language).empty()) << id << ' ' << language;
      EXPECT_EQ(placeholders(message(id, language)), placeholders(message(id, "en")))
          << id << ' ' << language;
    }
  }
}

}  // namespace
}  // namespace hachure::base
