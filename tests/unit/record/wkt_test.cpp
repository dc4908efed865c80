#include "record/wkt.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace hachure::record {
namespace {

using geo::LonLat;
using Line = std::vector<LonLat>;

std::string error_of(std::string_view text) {
  try {
    parse_wkt(text);
  } catch (base::Error const& error) {
    return error.what();
  }
  return "no error";
}

std::vector<LonLat> points(std::string_view text) {
  return std::get<geo::Points<LonLat>>(parse_wkt(text)).at;
}
std::vector<Line> lines(std::string_view text) {
  return std::get<geo::Lines<LonLat>>(parse_wkt(text)).at;
}
std::vector<std::vector<Line>> polygons(std::string_view text) {
  return std::get<geo::Polygons<LonLat>>(parse_wkt(text)).at;
}

TEST(Wkt, ReadsPoints) {
  EXPECT_EQ(points("POINT (113.26 23.13)"), (Line{{113.26, 23.13}}));
  EXPECT_EQ(points(" point(-1e1 +2.5) "), points("POINT (-10 2.5)"));
  EXPECT_EQ(points("POINT Z (1 2 3)"), (Line{{1, 2}}));
  EXPECT_EQ(points("SRID=4326;POINT(1 2)"), (Line{{1, 2}}));
  EXPECT_EQ(points("MULTIPOINT ((1 2), (3 4))"), (Line{{1, 2}, {3, 4}}));
  EXPECT_EQ(points("MULTIPOINT (1 2, 3 4)"), (Line{{1, 2}, {3, 4}}));
}

TEST(Wkt, ReadsLines) {
  EXPECT_EQ(lines("LINESTRING (1 2, 3 4)"), (std::vector<Line>{{{1, 2}, {3, 4}}}));
  EXPECT_EQ(lines("MultiLineString ZM ((1 2 0 0, 3 4 0 0), (5 6 0 0, 7 8 0 0))"),
            (std::vector<Line>{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}));
}

TEST(Wkt, ReadsPolygons) {
  Line const shell{{0, 0}, {9, 0}, {9, 9}, {0, 0}};
  Line const hole{{2, 1}, {3, 1}, {3, 2}, {2, 1}};
  EXPECT_EQ(polygons("POLYGON ((0 0, 9 0, 9 9, 0 0), (2 1, 3 1, 3 2, 2 1))"),
            (std::vector<std::vector<Line>>{{shell, hole}}));
  EXPECT_EQ(polygons("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((2 1, 3 1, 3 2, 2 1)))"),
            (std::vector<std::vector<Line>>{{shell}, {hole}}));
}

TEST(Wkt, EmptyIsNothing) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(parse_wkt("POINT EMPTY")));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(parse_wkt("MULTIPOLYGON Z EMPTY")));
}

TEST(Wkt, SaysWhatIsWrongAndWhere) {
  std::string const hint =
      "\n  hint: write e.g. POINT (113.26 23.13) or LINESTRING (113.2 23.1, 113.3 23.2)";
  EXPECT_EQ(error_of("POINT (113,26 23,13)"),
            "\"POINT (113,26 23,13)\" is not WKT: expected a number at character 11" + hint);
  EXPECT_EQ(error_of("POINT (113.26 23.13"),
            "\"POINT (113.26 23.13\" is not WKT: expected \")\" at character 20" + hint);
  EXPECT_EQ(error_of("PIONT (1 2)"),
            "\"PIONT (1 2)\" is not WKT: no geometry of that name at character 1" + hint);
  EXPECT_EQ(error_of("LINESTRING (1 2)"),
            "\"LINESTRING (1 2)\" is not WKT: a line needs two points at character 17" + hint);
  EXPECT_EQ(error_of("POLYGON ((0 0, 9 0, 9 9, 1 1))"),
            "\"POLYGON ((0 0, 9 0, 9 9, 1 1))\" is not WKT: a ring does not end where it begins at "
            "character 30" +
                hint);
  EXPECT_EQ(error_of("POINT (nan 1)"),
            "\"POINT (nan 1)\" is not WKT: expected a number at character 8" + hint);
  EXPECT_EQ(
      error_of("POINT (1 2) POINT (1 2)"),
      "\"POINT (1 2) POINT (1 2)\" is not WKT: has text after its end at character 13" + hint);
  EXPECT_EQ(error_of("SRID=3857;POINT (1 2)"),
            "\"SRID=3857;POINT (1 2)\" is not WKT: is in another reference system than 4326 at "
            "character 10" +
                hint);
}

TEST(Wkt, PositionsLieOnTheGlobe) {
  EXPECT_EQ(error_of("POINT (200 2)"),
            "longitude 200 is not within -180 and 180\n"
            "  hint: write -160 for a place west of Greenwich");
  EXPECT_EQ(error_of("POINT (23.13 113.26)"),
            "latitude 113.26 is not within -90 and 90\n"
            "  hint: longitude and latitude look swapped: longitude comes first");
  EXPECT_EQ(error_of("POINT (729000 2560000)"),
            "longitude 729000 is not within -180 and 180\n"
            "  hint: positions are degrees of WGS 84, not metres of a projection");
}

}  // namespace
}  // namespace hachure::record
