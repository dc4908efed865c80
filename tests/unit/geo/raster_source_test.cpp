#include "geo/raster_source.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>

#include "geo/gdal_guard.hpp"
#include "support/raster.hpp"

namespace hachure::geo {
namespace {

/// A GeoTIFF made by the test.
struct Raster {
  int columns = 4;
  int rows = 3;
  std::vector<float> heights;
  std::vector<double> transform;  ///< GDAL's six numbers
  int epsg = 4326;                ///< 0 for none
  GDALDataType type = GDT_Float32;
  std::optional<double> no_data;
  double scale = 1;
  double offset = 0;
};

std::string write(std::string const& name, Raster const& raster) {
  start_gdal();
  auto const path = tests::scratch_folder() + "/" + name;
  auto* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  auto* dataset =
      driver->Create(path.c_str(), raster.columns, raster.rows, 1, raster.type, nullptr);
  std::vector<double> transform = raster.transform;
  if (!transform.empty()) dataset->SetGeoTransform(transform.data());
  if (raster.epsg != 0) {
    OGRSpatialReference system;
    system.importFromEPSG(raster.epsg);
    dataset->SetSpatialRef(&system);
  }
  auto* band = dataset->GetRasterBand(1);
  if (raster.no_data) band->SetNoDataValue(*raster.no_data);
  if (raster.scale != 1) band->SetScale(raster.scale);
  if (raster.offset != 0) band->SetOffset(raster.offset);
  auto heights = raster.heights;
  EXPECT_EQ(band->RasterIO(GF_Write, 0, 0, raster.columns, raster.rows, heights.data(),
                           raster.columns, raster.rows, GDT_Float32, 0, 0, nullptr),
            CE_None);
  GDALClose(dataset);
  return path;
}

/// Four columns and three rows of one degree, west 10, north 53; height = 100 * row + column.
Raster small() {
  Raster raster;
  raster.transform = {10, 1, 0, 53, 0, -1};
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) raster.heights.push_back(static_cast<float>(100 * j + i));
  }
  return raster;
}

LonLatBox const everywhere{-180, -90, 180, 90};

std::string message_of(std::string const& data) {
  try {
    read_heights(data, "dem.tif", everywhere, 100);
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    return error.what();
  }
  return "no error";
}

TEST(ReadHeights, CellsAndTheirCentres) {
  auto const grid = read_heights(write("small.tif", small()), "dem", everywhere, 1000);
  EXPECT_EQ(grid.columns, 4);
  EXPECT_EQ(grid.rows, 3);
  EXPECT_DOUBLE_EQ(grid.west_deg, 10.5);
  EXPECT_DOUBLE_EQ(grid.north_deg, 52.5);
  EXPECT_DOUBLE_EQ(grid.step_lon_deg, 1);
  EXPECT_DOUBLE_EQ(grid.step_lat_deg, 1);
  EXPECT_EQ(grid.height_m, small().heights);
}

TEST(ReadHeights, BoxWithTwoCellsMoreOnEachSide) {
  Raster raster;
  raster.columns = 20;
  raster.rows = 10;
  raster.transform = {0, 1, 0, 10, 0, -1};
  for (int j = 0; j < 10; ++j) {
    for (int i = 0; i < 20; ++i) raster.heights.push_back(static_cast<float>(100 * j + i));
  }
  auto const grid =
      read_heights(write("wide.tif", raster), "dem", LonLatBox{8.2, 4.2, 9.8, 5.8}, 1000);
  EXPECT_EQ(grid.columns, 6);
  EXPECT_EQ(grid.rows, 6);
  EXPECT_DOUBLE_EQ(grid.west_deg, 6.5);
  EXPECT_DOUBLE_EQ(grid.north_deg, 7.5);
  EXPECT_EQ(grid.height_m.front(), 206);
  EXPECT_EQ(grid.height_m.back(), 711);
}

TEST(ReadHeights, NothingBesideTheRaster) {
  auto const grid =
      read_heights(write("small.tif", small()), "dem", LonLatBox{-60, -20, -50, -10}, 1000);
  EXPECT_EQ(grid.columns, 0);
  EXPECT_TRUE(grid.height_m.empty());
  EXPECT_TRUE(std::isnan(grid.at({-55, -15})));
}

TEST(ReadHeights, ReducedByAveraging) {
  Raster raster;
  raster.columns = 40;
  raster.rows = 40;
  raster.transform = {0, 0.1, 0, 4, 0, -0.1};
  for (int j = 0; j < 40; ++j) {
    for (int i = 0; i < 40; ++i) raster.heights.push_back(static_cast<float>((i + j) % 2 * 10));
  }
  auto const grid = read_heights(write("fine.tif", raster), "dem", everywhere, 100);
  EXPECT_LE(grid.columns * grid.rows, 100);
  EXPECT_NEAR(grid.step_lon_deg * grid.columns, 4, 1e-9);
  EXPECT_NEAR(grid.west_deg - grid.step_lon_deg / 2, 0, 1e-9);
  for (auto const h : grid.height_m) EXPECT_NEAR(static_cast<double>(h), 5, 1e-3);
}

TEST(ReadHeights, NeverMoreCellsThanAllowed) {
  Raster raster;
  raster.columns = 3000;
  raster.rows = 1;
  raster.transform = {0, 0.01, 0, 1, 0, -1};
  raster.heights.assign(3000, 7);
  auto const grid = read_heights(write("strip.tif", raster), "dem", everywhere, 100);
  EXPECT_LE(grid.columns * grid.rows, 100);
}

TEST(ReadHeights, NoDataIsNotANumber) {
  auto raster = small();
  raster.no_data = -9999;
  raster.heights[5] = -9999;
  auto const grid = read_heights(write("holes.tif", raster), "dem", everywhere, 1000);
  EXPECT_TRUE(std::isnan(grid.height_m[5]));
  EXPECT_TRUE(std::isnan(grid.at({11.5, 51.5})));
  EXPECT_EQ(grid.height_m[6], 102);
}

TEST(ReadHeights, ScaleAndOffsetOfTheBand) {
  auto raster = small();
  raster.type = GDT_Int16;
  raster.scale = 0.5;
  raster.offset = -10;
  auto const grid = read_heights(write("scaled.tif", raster), "dem", everywhere, 1000);
  EXPECT_EQ(grid.height_m[0], -10);
  EXPECT_EQ(grid.height_m[7], 41.5f);  // 103 * 0.5 - 10
}

TEST(ReadHeights, ScaleAndOffsetOfAWarpedBand) {
  auto raster = small();
  raster.epsg = 32633;
  raster.transform = {700000, 1000, 0, 5800000, 0, -1000};
  raster.heights.assign(12, 100);
  raster.type = GDT_Int16;
  raster.scale = 0.5;
  raster.offset = -10;
  auto const grid = read_heights(write("warped-scaled.tif", raster), "dem", everywhere, 1000);
  EXPECT_NEAR(grid.at({17.968, 52.29}), 40, 1e-3);
}

TEST(ReadHeights, WarpedFromUtmWithNothingInTheCorners) {
  // A square of 100 km in UTM 33 N is a turned quadrilateral in degrees: the corners of its box
  // hold no data, not height 0.
  Raster raster;
  raster.columns = 100;
  raster.rows = 100;
  raster.epsg = 32633;
  raster.type = GDT_Int16;
  raster.transform = {700000, 1000, 0, 5800000, 0, -1000};
  raster.heights.assign(10000, 500);
  auto const grid = read_heights(write("utm.tif", raster), "dem", everywhere, 100'000);
  std::size_t known = 0;
  std::size_t right = 0;
  for (auto const h : grid.height_m) {
    if (std::isnan(h)) continue;
    ++known;
    if (std::abs(h - 500) < 1e-3f) ++right;
  }
  EXPECT_EQ(right, known);
  EXPECT_GT(known, grid.height_m.size() * 8 / 10);
  EXPECT_LT(known, grid.height_m.size());
  EXPECT_NEAR(grid.at({18.8, 51.85}), 500, 1e-3);  // UTM 33 N: about 761 km, 5750 km
}

TEST(ReadHeights, DegreesOfAnotherMeridianAreWarped) {
  // EPSG:4807 counts grads from Paris: 2.3372 degrees east of Greenwich.
  auto raster = small();
  raster.epsg = 4807;
  raster.transform = {0, 1, 0, 53, 0, -1};
  auto const grid = read_heights(write("paris.tif", raster), "dem", everywhere, 1000);
  EXPECT_NEAR(grid.west_deg - grid.step_lon_deg / 2, 2.3372, 0.01);
  EXPECT_NEAR(grid.north_deg + grid.step_lat_deg / 2, 53 * 0.9, 0.02);
}

TEST(ReadHeights, MissingFile) {
  EXPECT_EQ(message_of(tests::scratch_folder() + "/none.tif"), "dem.tif: no such file");
}

TEST(ReadHeights, FileThatIsNoRaster) {
  auto const path = tests::scratch_folder() + "/text.tif";
  std::ofstream(path) << "not a raster";
  auto const message = message_of(path);
  EXPECT_TRUE(message.starts_with("dem.tif: is not a raster that can be read: ")) << message;
}

TEST(ReadHeights, RasterWithoutReferenceSystem) {
  auto raster = small();
  raster.epsg = 0;
  EXPECT_EQ(message_of(write("nowhere.tif", raster)),
            "dem.tif: has no reference system\n"
            "  hint: assign one with gdal_edit.py -a_srs EPSG:...");
}

TEST(HeightGrid, BilinearBetweenCentresFlatToTheEdges) {
  HeightGrid grid;
  grid.columns = 2;
  grid.rows = 2;
  grid.west_deg = 0;
  grid.north_deg = 1;
  grid.step_lon_deg = 1;
  grid.step_lat_deg = 1;
  grid.height_m = {0, 10, 20, 30};
  EXPECT_DOUBLE_EQ(grid.at({0, 1}), 0);
  EXPECT_DOUBLE_EQ(grid.at({1, 0}), 30);
  EXPECT_DOUBLE_EQ(grid.at({0.5, 0.5}), 15);
  EXPECT_DOUBLE_EQ(grid.at({0.25, 1}), 2.5);
  EXPECT_DOUBLE_EQ(grid.at({-0.4, 1.4}), 0);  // within half a cell of the edge
  EXPECT_TRUE(std::isnan(grid.at({-0.6, 1})));
  EXPECT_TRUE(std::isnan(grid.at({0.5, -0.6})));
  EXPECT_TRUE(std::isnan(grid.at({std::nan(""), 0})));
}

TEST(HeightGrid, OneCellIsFlat) {
  HeightGrid grid{1, 1, 5, 5, 1, 1, {42}};
  EXPECT_DOUBLE_EQ(grid.at({5.3, 4.8}), 42);
  EXPECT_TRUE(std::isnan(HeightGrid{}.at({0, 0})));
}

}  // namespace
}  // namespace hachure::geo
