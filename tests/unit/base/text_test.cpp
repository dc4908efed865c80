#include "base/text.hpp"

#include <gtest/gtest.h>

namespace hachure::base {
namespace {

LangText const fort{
    {{"en", "Fort"}, {"fr", "Fort de Lin"}, {"zh-Hant", "砲臺"}, {"zh-Hans", "炮台"}}};

TEST(LangText, ExactTag) {
  EXPECT_EQ(fort.in("fr"), "Fort de Lin");
  EXPECT_EQ(fort.in("zh-Hans"), "炮台");
}

TEST(LangText, SubtagsAreCutFromTheEnd) {
  EXPECT_EQ(fort.in("en-GB-oxendict"), "Fort");
  EXPECT_EQ(fort.in("zh-Hant-HK"), "砲臺");
}

TEST(LangText, SiblingOfTheSameLanguageAndScript) {
  LangText const text{{{"en-GB", "harbour"}, {"sr-Latn-RS", "luka"}}};
  EXPECT_EQ(text.in("en-US"), "harbour");
  EXPECT_EQ(text.in("en"), "harbour");
  EXPECT_EQ(text.in("sr-Latn-BA"), "luka");
  EXPECT_FALSE(text.has("sr-Cyrl"));
}

TEST(LangText, RegionsOfChineseImplyTheScript) {
  EXPECT_EQ(fort.in("zh-TW"), "砲臺");
  EXPECT_EQ(fort.in("zh-CN"), "炮台");
  LangText const taiwan{{{"zh-TW", "砲臺"}}};
  EXPECT_EQ(taiwan.in("zh-Hant"), "砲臺");
  EXPECT_FALSE(taiwan.has("zh-Hans"));
}

TEST(LangText, AnotherRegionsFormComesAfterTheCommonOne) {
  LangText const text{{{"en", "Bowring"}, {"zh-HK", "寶寧"}, {"zh-Hant", "包令"}}};
  EXPECT_EQ(text.in("zh-HK"), "寶寧");
  EXPECT_EQ(text.in("zh-TW"), "包令");
  EXPECT_EQ(text.in("zh-Hant-MO"), "包令");
  EXPECT_EQ(text.in("fr-CA", {"en"}), "Bowring");
}

TEST(LangText, TagsDoNotDependOnCase) {  // RFC 4647 section 2
  EXPECT_EQ(fort.in("ZH-hant"), "砲臺");
  EXPECT_EQ(fort.in("zh-tw"), "砲臺");
  EXPECT_TRUE(fort.has("FR"));
}

TEST(LangText, FallbacksInTheirOrder) {
  EXPECT_EQ(fort.in("de", {"it", "fr", "en"}), "Fort de Lin");
  EXPECT_EQ(fort.in("de", {"en-GB"}), "Fort");
}

TEST(LangText, UndeterminedBeforeTheFirst) {
  EXPECT_EQ((LangText{{{"aa", "x"}, {"und", "Canton"}}}).in("de", {"it"}), "Canton");
  EXPECT_EQ((LangText{{{"fr", "b"}, {"en", "a"}}}).in("de"), "a");
}

TEST(LangText, NothingAtAllIsEmpty) {
  EXPECT_EQ(LangText{}.in("en", {"fr"}), "");
  EXPECT_FALSE(LangText{}.has("en"));
  EXPECT_TRUE(LangText{}.empty());
}

TEST(LangText, HasLooksAtNoOtherLanguage) {
  EXPECT_TRUE(fort.has("en-GB"));
  EXPECT_FALSE(fort.has("de"));
  EXPECT_FALSE((LangText{{{"und", "x"}}}).has("en"));
}

TEST(Text, ToLowerChangesAsciiOnly) {
  EXPECT_EQ(to_lower("ÀBC-Z09"), "Àbc-z09");
}

TEST(Text, TrimAndSplit) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split_list(" a; b ;;c;", ';'), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(split_list(" ; ", ';').empty());
  EXPECT_EQ(split_list("one", ','), (std::vector<std::string>{"one"}));
}

TEST(Utf, RoundTripOfEveryLength) {
  std::u32string const all = U"\u0001A\u007F\u0080\u07FF\u0800\u5EE3\uFFFD\U00010000\U0010FFFF";
  EXPECT_EQ(to_utf32(to_utf8(all)), all);
  EXPECT_EQ(to_utf8(U"é廣𠀀"), "é廣𠀀");
}

TEST(Utf, InvalidBytesBecomeReplacementsAndNothingElseIsLost) {
  EXPECT_EQ(to_utf32("a\xFFz"), U"a\uFFFDz");
  EXPECT_EQ(to_utf32("\x80z"), U"\uFFFDz");
  EXPECT_EQ(to_utf32("\xE5\xBB"), U"\uFFFD\uFFFD");  // cut short
  EXPECT_EQ(to_utf32("\xE4"
                     "ab"),
            U"\uFFFD"
            U"ab");  // Latin-1 "ä" before letters
  EXPECT_EQ(to_utf32("\xF0"
                     "abc"),
            U"\uFFFD"
            U"abc");
  EXPECT_EQ(to_utf32("\xC0\x80"), U"\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(to_utf32("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(to_utf32("\xF5\x80\x80\x80"), U"\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
}

TEST(StableHash, IsFnv1a) {  // values of the reference implementation (Fowler, Noll and Vo)
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325ull);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cull);
  EXPECT_EQ(stable_hash("foobar"), 0x85944171f73967e8ull);
}

}  // namespace
}  // namespace hachure::base
