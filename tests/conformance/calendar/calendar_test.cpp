#include "record/calendar.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace hachure::record {
namespace {

/// Rows of a table of tests/conformance: cells between tabs; lines with # are comments.
std::vector<std::vector<std::string>> read_table(std::string const& name) {
  std::ifstream file(std::string(TESTS_DIR) + "/conformance/calendar/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    for (char const c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back(cells);
  }
  return rows;
}

TEST(CalendarTable, ReignDatesAreTheGregorianDatesOfTheTableAndBack) {
  auto const rows = read_table("reign_dates.tsv");
  ASSERT_GT(rows.size(), 20u);
  for (auto const& row : rows) {
    auto const date = parse_reign(row[0]);
    auto const first = extent_of(date).earliest;
    EXPECT_EQ(to_text(first, false), row[1]) << row[0];
    EXPECT_EQ(ganzhi_of_year(date), row[2]) << row[0];
    auto const civil = to_civil(first);
    auto const back = to_reign(civil.year, civil.month, civil.day);
    ASSERT_TRUE(back.has_value()) << row[0];
    EXPECT_EQ(print(*back), row[0]);
  }
}

TEST(CalendarTable, JulianDatesAreTheGregorianDatesOfTheTableAndBack) {
  auto const rows = read_table("julian.tsv");
  ASSERT_GT(rows.size(), 10u);
  for (auto const& row : rows) {
    auto const report = describe_any("julian:" + row[0]);
    EXPECT_EQ(report.canonical, row[1]) << row[0];
    EXPECT_EQ(calendar_texts(parse_any(row[1])).julian, row[0]);
  }
}

}  // namespace
}  // namespace hachure::record
