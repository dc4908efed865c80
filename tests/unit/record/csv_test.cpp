#include "record/csv.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace hachure::record {
namespace {

using Cells = std::vector<std::vector<std::string>>;

struct Read {
  std::vector<std::string> columns;
  Cells cells;
  std::vector<int> lines;
  std::string problems;
  bool whole = false;
};

Read read(std::string_view text) {
  base::Diagnostics diagnostics;
  Read result;
  if (auto const table = read_csv(text, "t.csv", diagnostics)) {
    result.whole = true;
    result.columns = table->columns;
    for (auto const& row : table->rows) {
      result.cells.push_back(row.cells);
      result.lines.push_back(row.origin.line);
    }
  }
  for (auto const& problem : diagnostics.problems()) {
    result.problems += (result.problems.empty() ? "" : "\n") + base::to_string(problem);
  }
  return result;
}

TEST(Csv, ReadsCellsAndTheirLines) {
  auto const table = read("id,title\na,Canton\n\nb,Whampoa\n");
  EXPECT_EQ(table.columns, (std::vector<std::string>{"id", "title"}));
  EXPECT_EQ(table.cells, (Cells{{"a", "Canton"}, {"b", "Whampoa"}}));
  EXPECT_EQ(table.lines, (std::vector<int>{2, 4}));
  EXPECT_EQ(table.problems, "");
}

TEST(Csv, QuotedCellsHoldSeparatorsQuotesAndLines) {
  auto const table = read("id,note\na,\"one, \"\"two\"\"\nthree\"\nb,last");
  EXPECT_EQ(table.cells, (Cells{{"a", "one, \"two\"\nthree"}, {"b", "last"}}));
  EXPECT_EQ(table.lines, (std::vector<int>{2, 4}));
}

TEST(Csv, AQuoteWithinAPlainCellIsItself) {
  EXPECT_EQ(read("id,note\na,the \"Arrow\" affair\n").cells,
            (Cells{{"a", "the \"Arrow\" affair"}}));
}

TEST(Csv, LineEndsMayBeLfCrlfOrCr) {
  Cells const expected{{"a", "x"}, {"b", "y"}};
  EXPECT_EQ(read("id,t\na,x\nb,y\n").cells, expected);
  EXPECT_EQ(read("id,t\r\na,x\r\nb,y\r\n").cells, expected);
  EXPECT_EQ(read("id,t\ra,x\rb,y\r").cells, expected);
  EXPECT_EQ(read("id,t\r\na,x\r\nb,y\r\n").lines, (std::vector<int>{2, 3}));
}

TEST(Csv, TheHeaderTellsTheSeparator) {
  Cells const expected{{"a", "1,5"}};
  EXPECT_EQ(read("id;t\na;1,5\n").cells, expected);
  EXPECT_EQ(read("id\tt\na\t1,5\n").cells, expected);
  EXPECT_EQ(read("\"id;x\",t\na,\"1,5\"\n").columns, (std::vector<std::string>{"id;x", "t"}));
}

TEST(Csv, AByteOrderMarkIsNoPartOfTheFirstName) {
  EXPECT_EQ(read("\xEF\xBB\xBFid,t\na,x\n").columns.front(), "id");
}

TEST(Csv, Utf16IsRefused) {
  EXPECT_EQ(read(std::string_view("\xFF\xFEi\0d\0", 6)).problems,
            "t.csv: is UTF-16\n  hint: save the file as UTF-8");
}

TEST(Csv, BadUtf8NamesItsLine) {
  EXPECT_EQ(read("id,t\na,x\nb,caf\xE9\n").problems,
            "t.csv:3: byte 0xE9 is not UTF-8\n  hint: save the file as UTF-8");
}

TEST(Csv, AnUnclosedQuoteNamesTheLineWhereItOpens) {
  auto const table = read("id,t\na,x\nb,\"open\nc,z\nd,z\n");
  EXPECT_FALSE(table.whole);
  EXPECT_EQ(table.problems,
            "t.csv:3: a quote opens here and never closes\n"
            "  hint: a quote within a quoted cell is written twice");
}

TEST(Csv, TextAfterAClosingQuoteIsAnError) {
  EXPECT_EQ(read("id,t\na,\"x\"y\n").problems,
            "t.csv:2: text follows a closing quote\n"
            "  hint: a quote within a quoted cell is written twice");
}

TEST(Csv, ARowOfTooManyCellsIsAnErrorOfThatRow) {
  auto const table = read("id,t\na,x,y\nb,z\nc,w,,\n");
  EXPECT_EQ(table.cells, (Cells{{"b", "z"}, {"c", "w"}}));
  EXPECT_EQ(table.problems,
            "t.csv:2: has 3 cells, the header has 2\n"
            "  hint: a cell that holds the separator is written in quotes");
}

TEST(Csv, ARowOfTooFewCellsIsFilledWithAWarning) {
  auto const table = read("id,t,u\na,x\n");
  EXPECT_EQ(table.cells, (Cells{{"a", "x", ""}}));
  EXPECT_EQ(table.problems,
            "t.csv:2: warning: has 2 cells, the header has 3\n  hint: write the empty cells too");
}

TEST(Csv, AColumnGivenTwiceIsAnError) {
  EXPECT_EQ(read("id,t,id\na,x,b\n").problems, "t.csv:1: the column \"id\" is there twice");
}

TEST(Csv, AColumnWithoutANameMustBeEmpty) {
  EXPECT_EQ(read("id,t,\na,x,\n").problems, "");
  EXPECT_EQ(read("id,t,\na,x,y\n").problems,
            "t.csv:2: column 3 holds \"y\" but has no name in the header");
}

TEST(Csv, AnEmptyFileHasNoHeader) {
  EXPECT_EQ(read("").problems, "t.csv: is empty\n  hint: the first line names the columns");
  EXPECT_EQ(read("\n\n").problems, "t.csv: is empty\n  hint: the first line names the columns");
}

TEST(Csv, ARunawayCellIsRefused) {
  std::string const line(base::limits::max_field_bytes + 10, 'x');
  std::string const expected =
      "t.csv:2: a cell is longer than the limit of 1048576 bytes\n"
      "  hint: is this a table of separated values?";
  EXPECT_EQ(read("id\n" + line).problems, expected);
  EXPECT_EQ(read("id\n\"" + line).problems, expected);
}

TEST(Csv, ARunawayHeaderIsRefused) {
  std::string header = "id";
  for (std::size_t i = 0; i < max_csv_columns; ++i) header += ",x";
  EXPECT_EQ(read(header).problems, "t.csv:1: has more than 4096 cells");
}

}  // namespace
}  // namespace hachure::record
