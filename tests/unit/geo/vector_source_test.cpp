#include "geo/vector_source.hpp"

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "geo/gdal_guard.hpp"
#include "geo/geometry.hpp"
#include "support/raster.hpp"

namespace hachure::geo {
namespace {

namespace fs = std::filesystem;

/// Files of one test, in a folder of its own.
class VectorSource : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }

  std::string put(std::string const& name, std::string const& content) {
    std::ofstream(folder / name, std::ios::binary) << content;
    return (folder / name).string();
  }
  /// A GeoJSON layer called `ground` of these features.
  std::string put_features(std::string const& features, std::string const& crs = {}) {
    return put("ground.geojson",
               R"({"type": "FeatureCollection", "name": "ground", )" +
                   (crs.empty() ? ""
                                : R"("crs": {"type": "name", "properties": {"name": ")" + crs +
                                      R"("}}, )") +
                   R"("features": [)" + features + "]}");
  }
  static std::string feature(std::string const& properties, std::string const& geometry) {
    return R"({"type": "Feature", "properties": {)" + properties + R"(}, "geometry": )" + geometry +
           "}";
  }
  static std::string point(double lon, double lat) {
    return R"({"type": "Point", "coordinates": [)" + std::to_string(lon) + ", " +
           std::to_string(lat) + "]}";
  }

  std::vector<Feature> read(std::string const& data, std::optional<LonLatBox> box = {},
                            std::string const& layer = {}) {
    diagnostics = {};
    return read_features({.data = data, .layer = layer, .box = box, .label = "ground"},
                         diagnostics);
  }
  std::string problems() const {
    std::string text;
    for (auto const& problem : diagnostics.problems()) {
      text += (text.empty() ? "" : "\n") + base::to_string(problem);
    }
    return text;
  }
  std::string message_of(std::string const& data, std::string const& layer = {}) {
    try {
      read(data, {}, layer);
    } catch (base::Error const& error) {
      EXPECT_EQ(error.fault(), base::Fault::input);
      return error.what();
    }
    return "no error";
  }
  static std::vector<std::string> ids(std::vector<Feature> const& features) {
    std::vector<std::string> out;
    for (auto const& f : features) out.push_back(f.id);
    return out;
  }
  static LonLat point_of(Feature const& feature) {
    return std::get<Points<LonLat>>(feature.geometry).at.at(0);
  }

  fs::path folder =
      fs::path(tests::scratch_folder()) /
      (std::string("vector-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  base::Diagnostics diagnostics;
};

TEST_F(VectorSource, MissingFile) {
  EXPECT_EQ(message_of((folder / "none.gpkg").string()), "ground: no such file");
}

TEST_F(VectorSource, FileThatIsNoLayer) {
  auto const message = message_of(put("text.bin", "nothing of the kind"));
  EXPECT_TRUE(message.starts_with("ground: is not a vector file that can be read")) << message;
  EXPECT_TRUE(
      message.ends_with("\n  hint: formats: GeoJSON, FlatGeobuf, GeoPackage, Shapefile, KML, "
                        "CSV, XLSX, ODS, PostGIS"))
      << message;
}

TEST_F(VectorSource, UnknownLayerHasAHint) {
  auto const file = put_features(feature("", point(1, 2)));
  EXPECT_EQ(message_of(file, "grond"),
            "ground: has no layer \"grond\"\n  hint: did you mean \"ground\"?");
  EXPECT_EQ(message_of(file, "sea"), "ground: has no layer \"sea\"\n  hint: one of: ground");
}

TEST_F(VectorSource, AttributesKeepTheirTypes) {
  auto const features = read(
      put_features(feature(R"("id": "fort", "n": 7, "x": 0.5, "b": true, "t": "Lin", "none": null)",
                           point(113.25, 23.125))));
  ASSERT_EQ(features.size(), 1u);
  EXPECT_EQ(features[0].id, "fort");
  EXPECT_EQ(features[0].attributes, (std::map<std::string, Attribute>{{"id", std::string("fort")},
                                                                      {"n", 7.0},
                                                                      {"x", 0.5},
                                                                      {"b", true},
                                                                      {"t", std::string("Lin")}}));
  EXPECT_EQ(point_of(features[0]), (LonLat{113.25, 23.125}));
  EXPECT_EQ(base::to_string(features[0].origin), "ground#ground:0");
  EXPECT_EQ(problems(), "");
}

TEST_F(VectorSource, IdIsLayerAndNumberWhereNoneIsGiven) {
  EXPECT_EQ(ids(read(put_features(feature(R"("a": 1)", point(1, 2)) + "," +
                                  feature(R"("a": 2)", point(2, 2))))),
            (std::vector<std::string>{"ground.0", "ground.1"}));
}

TEST_F(VectorSource, MultiGeometriesAreTakenApart) {
  auto const features = read(put_features(
      feature("", R"({"type": "MultiPolygon", "coordinates": [[[[0,0],[4,0],[4,4],[0,0]],
                  [[2,1],[3,1],[3,2],[2,1]]], [[[10,0],[14,0],[14,4],[10,0]]]]})") +
      "," +
      feature("", R"({"type": "MultiLineString", "coordinates": [[[0,0],[1,1]],[[2,2],[3,3]]]})") +
      "," + feature("", R"({"type": "GeometryCollection", "geometries": [
                  {"type": "Point", "coordinates": [9, 9]},
                  {"type": "LineString", "coordinates": [[0,0],[1,0]]}]})")));
  ASSERT_EQ(features.size(), 3u);
  auto const& polygons = std::get<Polygons<LonLat>>(features[0].geometry).at;
  ASSERT_EQ(polygons.size(), 2u);
  EXPECT_EQ(polygons[0].size(), 2u);  // shell and hole
  EXPECT_EQ(polygons[0][1].front(), (LonLat{2, 1}));
  EXPECT_EQ(polygons[0][0].front(), polygons[0][0].back());
  EXPECT_EQ(std::get<Lines<LonLat>>(features[1].geometry).at.size(), 2u);
  // Of a mixture the largest dimension is kept.
  EXPECT_EQ(std::get<Lines<LonLat>>(features[2].geometry).at,
            (std::vector<std::vector<LonLat>>{{{0, 0}, {1, 0}}}));
}

TEST_F(VectorSource, FeaturesWithoutGeometryAreKept) {
  auto const features = read(put_features(feature(R"("id": "a")", "null")));
  ASSERT_EQ(features.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(features[0].geometry));
}

TEST_F(VectorSource, EmptyGeometriesAreNoGeometry) {
  auto const features =
      read(put("ground.csv",
               "id,WKT\np,POINT EMPTY\nl,LINESTRING EMPTY\na,POLYGON EMPTY\nm,\"MULTILINESTRING "
               "(EMPTY,(0 0,1 1))\"\n"));
  ASSERT_EQ(features.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(std::holds_alternative<std::monostate>(features[i].geometry)) << features[i].id;
  }
  EXPECT_EQ(std::get<Lines<LonLat>>(features[3].geometry).at.size(), 1u);
}

TEST_F(VectorSource, CoordinatesOffTheGlobeAreErrorsOfTheirFeature) {
  auto const features = read(put_features(feature(R"("id": "good")", point(1, 2)) + "," +
                                          feature(R"("id": "metres")", point(640123, 2559000)) +
                                          "," + feature(R"("id": "swapped")", point(23.1, 113.2))));
  EXPECT_EQ(ids(features), (std::vector<std::string>{"good"}));
  EXPECT_EQ(problems(),
            "ground#ground:1: coordinate 640123, 2559000 is not on the globe\n"
            "  hint: longitude comes first; a layer in metres needs its reference system\n"
            "ground#ground:2: coordinate 23.1, 113.2 is not on the globe\n"
            "  hint: longitude comes first; a layer in metres needs its reference system");
}

TEST_F(VectorSource, NanIsAnErrorOfItsFeature) {
  start_gdal();
  auto const path = (folder / "ground.gpkg").string();
  auto* dataset = GetGDALDriverManager()->GetDriverByName("GPKG")->Create(path.c_str(), 0, 0, 0,
                                                                          GDT_Unknown, nullptr);
  auto* layer = dataset->CreateLayer("ground", nullptr, wkbLineString, nullptr);
  for (double const x : {2.0, std::nan("")}) {
    OGRLineString line;
    line.addPoint(0, 0);
    line.addPoint(x, 1);
    OGRFeature row(layer->GetLayerDefn());
    row.SetGeometry(&line);
    EXPECT_EQ(layer->CreateFeature(&row), OGRERR_NONE);
  }
  GDALClose(dataset);
  auto const features = read(path);
  EXPECT_EQ(ids(features), (std::vector<std::string>{"ground.1"}));
  EXPECT_EQ(problems(),
            "ground#ground:2: coordinate not a number, 1 is not on the globe\n"
            "  hint: longitude comes first; a layer in metres needs its reference system");
}

TEST_F(VectorSource, LongitudesToFiveHundredAndForty) {
  auto const features = read(put_features(feature(R"("id": "fiji")", point(181.5, -17)) + "," +
                                          feature(R"("id": "far")", point(541, 0))));
  EXPECT_EQ(ids(features), (std::vector<std::string>{"fiji"}));
  EXPECT_EQ(point_of(features[0]).lon_deg, 181.5);
}

TEST_F(VectorSource, BoxLeavesOutWhatIsElsewhere) {
  auto const file =
      put_features(feature(R"("id": "in")", point(113, 23)) + "," +
                   feature(R"("id": "out")", point(120, 23)) + "," +
                   feature(R"("id": "through")",
                           R"({"type": "LineString", "coordinates": [[110, 23],[118, 23]]})"));
  EXPECT_EQ(ids(read(file, LonLatBox{112, 22, 114, 24})),
            (std::vector<std::string>{"in", "through"}));
}

TEST_F(VectorSource, BoxAcrossTheAntimeridian) {
  auto const file = put_features(feature(R"("id": "west")", point(178, -17)) + "," +
                                 feature(R"("id": "east")", point(-179, -17)) + "," +
                                 feature(R"("id": "beyond")", point(181, -17)) + "," +
                                 feature(R"("id": "elsewhere")", point(0, -17)));
  EXPECT_EQ(ids(read(file, LonLatBox{177, -19, -178, -16})),
            (std::vector<std::string>{"west", "east", "beyond"}));
}

TEST_F(VectorSource, BoxMeetsLongitudesOfTheOtherCount) {
  // Layers of the Pacific count from 0 to 360.
  auto const file = put_features(feature(R"("id": "honolulu")", point(202.14, 21.3)) + "," +
                                 feature(R"("id": "manila")", point(121, 14.6)));
  EXPECT_EQ(ids(read(file, LonLatBox{-160, 20, -155, 23})), (std::vector<std::string>{"honolulu"}));
}

constexpr char const* web_mercator = "urn:ogc:def:crs:EPSG::3857";

TEST_F(VectorSource, LayerInWebMercator) {
  // 20037508.342789244 m are 180 degrees: the half of the equator of radius 6378137 m.
  double const quarter = 6378137 * std::acos(-1.0) / 2;
  auto const features = read(
      put_features(feature(R"("id": "p")", point(quarter, 0)) + "," +
                       feature(R"("id": "l")", R"({"type": "LineString", "coordinates": [[0, 0],
              [-11169055.58, 2800000.0]]})"),
                   web_mercator));
  ASSERT_EQ(features.size(), 2u);
  EXPECT_NEAR(point_of(features[0]).lon_deg, 90, 1e-6);
  EXPECT_NEAR(point_of(features[0]).lat_deg, 0, 1e-9);
  auto const end = std::get<Lines<LonLat>>(features[1].geometry).at.at(0).at(1);
  EXPECT_NEAR(end.lon_deg, -(100 + 20.0 / 60), 1e-6);
  EXPECT_NEAR(end.lat_deg, 24 + 22.0 / 60 + 54.433 / 3600, 1e-6);
}

TEST_F(VectorSource, BoxFiltersALayerInAnotherSystem) {
  auto const file = put_features(feature(R"("id": "in")", point(12578845, 2633000)) + "," +
                                     feature(R"("id": "out")", point(0, 0)),
                                 web_mercator);
  EXPECT_EQ(ids(read(file, LonLatBox{112, 22, 114, 24})), (std::vector<std::string>{"in"}));
}

TEST_F(VectorSource, ReprojectsFromUtm) {
  // CN Tower: EPSG:32617 630084, 4833438 is 43 38 33.24 N, 79 23 13.7 W to a metre.
  auto const features =
      read(put_features(feature("", point(630084, 4833438)), "urn:ogc:def:crs:EPSG::32617"));
  ASSERT_EQ(features.size(), 1u);
  EXPECT_NEAR(point_of(features[0]).lon_deg, -(79 + 23.0 / 60 + 13.7 / 3600), 1e-5);
  EXPECT_NEAR(point_of(features[0]).lat_deg, 43 + 38.0 / 60 + 33.24 / 3600, 1e-5);
}

TEST_F(VectorSource, TableIsTextWithGeometry) {
  auto const table =
      read_table(put_features(feature(R"("id": "a", "n": 1.50, "note": null)", point(1, 2)) + "," +
                              feature(R"("id": "b", "n": 20000, "note": "x")", "null")),
                 "", "places");
  EXPECT_EQ(table.columns, (std::vector<std::string>{"id", "n", "note"}));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].cells, (std::vector<std::string>{"a", "1.5", ""}));
  EXPECT_EQ(table.rows[1].cells, (std::vector<std::string>{"b", "20000", "x"}));
  EXPECT_EQ(std::get<Points<LonLat>>(table.rows[0].geometry).at,
            (std::vector<LonLat>{LonLat{1, 2}}));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows[1].geometry));
  EXPECT_EQ(base::to_string(table.origin), "places");
  EXPECT_EQ(base::to_string(table.rows[1].origin), "places#ground:1");
}

TEST_F(VectorSource, TableOfNoFile) {
  try {
    read_table((folder / "none.xlsx").string(), "", "places");
    FAIL();
  } catch (base::Error const& error) {
    EXPECT_STREQ(error.what(), "places: no such file");
  }
}

TEST(AttributeText, ShortestForms) {
  EXPECT_EQ(to_text(Attribute{}), "");
  EXPECT_EQ(to_text(Attribute{true}), "true");
  EXPECT_EQ(to_text(Attribute{0.1}), "0.1");
  EXPECT_EQ(to_text(Attribute{20000.0}), "20000");
  EXPECT_EQ(to_text(Attribute{std::string("x")}), "x");
}

}  // namespace
}  // namespace hachure::geo
