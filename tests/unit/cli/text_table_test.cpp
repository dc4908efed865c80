#include "cli/text_table.hpp"

#include <gtest/gtest.h>

namespace hachure::cli {
namespace {

TEST(TextTable, WidthCountsColumnsOfATerminal) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("Canton"), 6u);
  EXPECT_EQ(display_width("廣州"), 4u);
  EXPECT_EQ(display_width("（Ａ）"), 6u);
  EXPECT_EQ(display_width("caf\u00e9"), 4u);
  EXPECT_EQ(display_width("cafe\u0301"), 4u);
  EXPECT_EQ(display_width("\U00020000"), 2u);
}

TEST(TextTable, ColumnsAreAligned) {
  TextTable const table{
      {"id", "name", "kind"},
      {{"canton", "廣州", "city"}, {"fort", "", "fort"}, {"x", "two\nlines", ""}}};
  EXPECT_EQ(aligned(table),
            "id      name       kind\n"
            "canton  廣州       city\n"
            "fort               fort\n"
            "x       two lines\n");
}

TEST(TextTable, CsvQuotesWhatNeedsIt) {
  TextTable const table{{"id", "name"}, {{"a", "x, y"}, {"b", "the \"fort\""}, {"c", "1\n2"}}};
  EXPECT_EQ(comma_separated(table), "id,name\na,\"x, y\"\nb,\"the \"\"fort\"\"\"\nc,\"1\n2\"\n");
}

}  // namespace
}  // namespace hachure::cli
