// docs/movements/torture.csv holds the paths of tests/support/torture_paths, laid out as a sheet.
// MAKE_REF=1 writes it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/torture_paths.hpp"

namespace hachure::tests {
namespace {

/// Cells of the sheet in millimetres; at 1:100,000 a millimetre is 100 m.
constexpr double cell_width_mm = 36;
constexpr double cell_height_mm = 26;
constexpr int rows = 30;
constexpr double degrees_per_mm = 100 / 111'319.49;
constexpr double latitudes_per_mm = 100 / 110'574.3;

std::string sheet() {
  std::string text = "id,title,share,wkt\n";
  int cell = 0;
  for (auto const& [name, points] : torture_paths()) {
    if (points.size() < 2) continue;  // no line, and so no record
    double const top_mm = cell % rows * cell_height_mm;
    double left_mm = cell / rows * 4 * cell_width_mm;
    for (auto const* share : {"0.01", "0.5", "0.99", "1"}) {
      text += fmt::format("p{}-{},\"{} at {}\",{},\"LINESTRING(", cell, share, name, share, share);
      for (std::size_t i = 0; i < points.size(); ++i) {
        text += fmt::format("{}{:.6f} {:.6f}", i == 0 ? "" : ",",
                            (left_mm + points[i].x_mm - 140) * degrees_per_mm,
                            (385 - top_mm - points[i].y_mm) * latitudes_per_mm);
      }
      text += ")\"\n";
      left_mm += cell_width_mm;
    }
    ++cell;
  }
  return text;
}

TEST(TortureSheet, HasThePathsOfTheTests) {
  auto const path = std::string(PROJECT_DIR) + "/docs/movements/torture.csv";
  if (std::getenv("MAKE_REF") != nullptr) std::ofstream(path) << sheet();
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(text.str() == sheet()) << "MAKE_REF=1 renews docs/movements/torture.csv";
}

}  // namespace
}  // namespace hachure::tests
