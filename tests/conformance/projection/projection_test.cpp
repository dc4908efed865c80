#include "geo/projection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/number.hpp"

/// Published coordinates of places in published projections, there and back.
namespace hachure::geo {
namespace {

/// `-76 56 37.26` as degrees.
double degrees_of(std::string const& text) {
  std::istringstream stream(text);
  std::vector<double> parts;
  for (std::string part; stream >> part;) {
    parts.push_back(base::parse_number(part).value_or(std::nan("")));
  }
  double const size = std::abs(parts.at(0)) + parts.at(1) / 60 + parts.at(2) / 3600;
  return text.starts_with('-') ? -size : size;
}

TEST(ProjectionConformance, PublishedPoints) {
  std::ifstream file(TESTS_DIR "/conformance/projection/points.tsv");
  ASSERT_TRUE(file);
  int rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 7u) << line;
    SCOPED_TRACE(cells[0]);
    LonLat const at{degrees_of(cells[2]), degrees_of(cells[3])};
    MapPoint const expected{base::parse_number(cells[4]).value(),
                            base::parse_number(cells[5]).value()};
    double const tolerance_m = base::parse_number(cells[6]).value();
    auto const projection = Projection::from_text(cells[1]);
    auto const projected = projection.forward(at);
    ASSERT_TRUE(projected);
    EXPECT_NEAR(projected->x_m, expected.x_m, tolerance_m);
    EXPECT_NEAR(projected->y_m, expected.y_m, tolerance_m);
    auto const back = projection.inverse(expected);
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->lon_deg, at.lon_deg, tolerance_m / 50'000);
    EXPECT_NEAR(back->lat_deg, at.lat_deg, tolerance_m / 50'000);
    ++rows;
  }
  EXPECT_EQ(rows, 11);
}

}  // namespace
}  // namespace hachure::geo
