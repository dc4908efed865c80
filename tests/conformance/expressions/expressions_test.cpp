#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "style/eval_lines.hpp"

namespace hachure::style {
namespace {

using Json = nlohmann::json;

/// Rows of the table: cells between tabs; lines with # are comments.
std::vector<std::vector<std::string>> read_table() {
  std::ifstream file(std::string(TESTS_DIR) + "/conformance/expressions/expressions.tsv");
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
    rows.push_back(std::move(cells));
  }
  return rows;
}

Json cell(std::string const& text) {
  return text.empty() ? Json::object() : Json::parse(text);
}

/// The last column for the answer of `style eval`.
std::string outcome(Json const& answer) {
  if (answer["compiled"] == "error") {
    auto const& first = answer["errors"][0];
    return "error " + first["key"].get<std::string>() + ": " + first["error"].get<std::string>();
  }
  auto const& output = answer["outputs"][0];
  if (output.is_object() && output.size() == 1 && output.contains("error")) {
    auto const text = output["error"].get<std::string>();
    return "fails " + text.substr(std::string("layers[0].paint.some-property").size());
  }
  return output.dump();
}

bool same(Json const& a, Json const& b) {
  if (a.is_number() && b.is_number()) {
    return std::abs(a.get<double>() - b.get<double>()) <=
           1e-8 * std::max(1.0, std::abs(b.get<double>()));
  }
  if (a.is_array() && b.is_array() && a.size() == b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!same(a[i], b[i])) return false;
    }
    return true;
  }
  return a == b;
}

TEST(Expressions, TableOfOurOwn) {
  auto const rows = read_table();
  ASSERT_GT(rows.size(), 200u);
  for (auto const& row : rows) {
    ASSERT_EQ(row.size(), 5u) << row[0];
    Json const line{{"expression", Json::parse(row[0])},
                    {"propertySpec", cell(row[1])},
                    {"inputs", Json::array({Json::array({cell(row[2]), cell(row[3])})})}};
    auto const found = outcome(Json::parse(evaluate_line(line.dump())));
    auto const& wanted = row[4];
    if (wanted.starts_with("error ") || wanted.starts_with("fails ")) {
      EXPECT_EQ(found, wanted) << row[0];
    } else {
      bool const failed = found.starts_with("error ") || found.starts_with("fails ");
      EXPECT_TRUE(!failed && same(Json::parse(found), Json::parse(wanted)))
          << row[0] << " gives " << found << ", not " << wanted;
    }
  }
}

}  // namespace
}  // namespace hachure::style
