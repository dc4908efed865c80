#include "record/edtf.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace hachure::record {
namespace {

/// Rows of a table of tests/conformance: cells between tabs; lines with # are comments.
std::vector<std::vector<std::string>> read_table(std::string const& name) {
  std::ifstream file(std::string(TESTS_DIR) + "/conformance/edtf/" + name);
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

std::string extent_text(std::optional<Bounds> const& extent) {
  if (!extent) return "none";
  return to_text(extent->earliest, true) + " " + to_text(extent->latest, true);
}

TEST(EdtfTable, ValidDatesMeanWhatTheTableSays) {
  auto const rows = read_table("valid.tsv");
  ASSERT_GT(rows.size(), 100u);
  for (auto const& row : rows) {
    ASSERT_EQ(row.size(), 6u) << row[0];
    auto const report = describe(row[0]);
    ASSERT_TRUE(report.valid) << report.error;
    EXPECT_EQ(std::to_string(report.level), row[1]) << row[0];
    EXPECT_EQ(report.earliest.value_or("null"), row[2]) << row[0];
    EXPECT_EQ(report.latest.value_or("null"), row[3]) << row[0];
    EXPECT_EQ(report.canonical, row[4] == "=" ? row[0] : row[4]);
    auto const date = parse_edtf(row[0]);
    EXPECT_EQ(parse_edtf(print(date)), date) << row[0];
    auto const expected = row[5] == "all" ? extent_text(outer(date)) : row[5];
    EXPECT_EQ(extent_text(inner(date)), expected) << row[0];
  }
}

TEST(EdtfTable, InvalidDatesSayWhyAndWhatToWrite) {
  auto const rows = read_table("invalid.tsv");
  ASSERT_GT(rows.size(), 70u);
  for (auto const& row : rows) {
    ASSERT_EQ(row.size(), 3u) << row[0];
    auto const report = describe(row[0]);
    EXPECT_FALSE(report.valid) << row[0];
    EXPECT_EQ(report.error, "\"" + row[0] + "\" is not a date: " + row[1]);
    EXPECT_EQ(report.hint, row[2]) << row[0];
  }
}

}  // namespace
}  // namespace hachure::record
