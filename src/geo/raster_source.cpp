#include "geo/raster_source.hpp"

#include <gdal_priv.h>
#include <gdal_utils.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>

#include "geo/gdal_guard.hpp"

namespace hachure::geo {

namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

[[noreturn]] void refuse(std::string const& label, std::string const& message,
                         std::string const& hint = {}) {
  throw base::Error(base::Fault::input, {.file = label, .line = 0, .place = {}, .field = {}},
                    message, hint);
}

Dataset open_raster(std::string const& data, std::string const& label) {
  start_gdal();
  CPLErrorReset();
  Dataset dataset(GDALDataset::Open(data.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
  if (!dataset) {
    std::error_code ignored;
    if (!std::filesystem::exists(data, ignored)) refuse(label, "no such file");
    refuse(label, "is not a raster that can be read: " + last_gdal_error());
  }
  if (dataset->GetRasterCount() < 1) refuse(label, "has no band");
  return dataset;
}

/// Whether the raster counts degrees from Greenwich: other datums lie within a cell of it, other
/// meridians and units do not.
bool is_in_degrees(GDALDataset& dataset) {
  auto const* system = dataset.GetSpatialRef();
  return system != nullptr && system->IsGeographic() && system->GetPrimeMeridian() == 0 &&
         std::abs(system->GetAngularUnits() - 0.017453292519943295) < 1e-12;
}

/// The raster in WGS 84 as floats, not a number where it has no data: beside a turned raster there
/// is none, which is not the height 0.
Dataset warped_to_wgs84(GDALDataset& source) {
  char* words[] = {const_cast<char*>("-of"),
                   const_cast<char*>("VRT"),
                   const_cast<char*>("-t_srs"),
                   const_cast<char*>("EPSG:4326"),
                   const_cast<char*>("-r"),
                   const_cast<char*>("bilinear"),
                   const_cast<char*>("-ot"),
                   const_cast<char*>("Float32"),
                   const_cast<char*>("-dstnodata"),
                   const_cast<char*>("nan"),
                   nullptr};
  auto* options = GDALWarpAppOptionsNew(words, nullptr);
  GDALDatasetH handle = GDALDataset::ToHandle(&source);
  Dataset warped(GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &handle, options, nullptr)));
  GDALWarpAppOptionsFree(options);
  return warped;
}

}  // namespace

double HeightGrid::at(LonLat place) const {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const x = (place.lon_deg - west_deg) / step_lon_deg;
  double const y = (north_deg - place.lat_deg) / step_lat_deg;
  if (!(x >= -0.5 && y >= -0.5 && x <= columns - 0.5 && y <= rows - 0.5)) return nan;
  int const i = std::clamp(static_cast<int>(std::floor(x)), 0, std::max(0, columns - 2));
  int const j = std::clamp(static_cast<int>(std::floor(y)), 0, std::max(0, rows - 2));
  double const u = std::clamp(x - i, 0.0, 1.0);
  double const v = std::clamp(y - j, 0.0, 1.0);
  auto const cell = [&](int column, int row) {
    return static_cast<double>(height_m[static_cast<std::size_t>(std::min(row, rows - 1)) *
                                            static_cast<std::size_t>(columns) +
                                        static_cast<std::size_t>(std::min(column, columns - 1))]);
  };
  return (cell(i, j) * (1 - u) + cell(i + 1, j) * u) * (1 - v) +
         (cell(i, j + 1) * (1 - u) + cell(i + 1, j + 1) * u) * v;
}

HeightGrid read_heights(std::string const& data, std::string const& label, LonLatBox const& box,
                        std::size_t max_cells) {
  auto source = open_raster(data, label);
  if (source->GetSpatialRef() == nullptr) {
    refuse(label, "has no reference system", "assign one with gdal_edit.py -a_srs EPSG:...");
  }
  Dataset warped;
  GDALDataset* dataset = source.get();
  if (!is_in_degrees(*source)) {
    warped = warped_to_wgs84(*source);
    if (!warped) refuse(label, "cannot be warped to WGS 84: " + last_gdal_error());
    dataset = warped.get();
  }
  double transform[6];
  if (dataset->GetGeoTransform(transform) != CE_None || transform[1] <= 0 || transform[5] >= 0) {
    refuse(label, "has no north-up georeference");
  }
  int const width = dataset->GetRasterXSize();
  int const height = dataset->GetRasterYSize();
  auto const column_of = [&](double lon) { return (lon - transform[0]) / transform[1]; };
  auto const row_of = [&](double lat) { return (lat - transform[3]) / transform[5]; };
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  // Two cells more on each side, so that slopes at the edge of the view have neighbours.
  int const x0 = std::clamp(static_cast<int>(std::floor(column_of(box.west_deg))) - 2, 0, width);
  int const x1 = std::clamp(static_cast<int>(std::ceil(column_of(east))) + 2, 0, width);
  int const y0 = std::clamp(static_cast<int>(std::floor(row_of(box.north_deg))) - 2, 0, height);
  int const y1 = std::clamp(static_cast<int>(std::ceil(row_of(box.south_deg))) + 2, 0, height);
  HeightGrid grid;
  if (x1 <= x0 || y1 <= y0) return grid;
  double const cells = static_cast<double>(x1 - x0) * (y1 - y0);
  double const reduce = std::max(1.0, std::sqrt(cells / static_cast<double>(max_cells)));
  auto const most = static_cast<double>(max_cells);
  grid.rows = std::max(1, static_cast<int>((y1 - y0) / reduce));
  grid.columns = std::max(1, static_cast<int>(std::min((x1 - x0) / reduce, most / grid.rows)));
  grid.step_lon_deg = transform[1] * (x1 - x0) / grid.columns;
  grid.step_lat_deg = -transform[5] * (y1 - y0) / grid.rows;
  grid.west_deg = transform[0] + transform[1] * x0 + grid.step_lon_deg / 2;
  grid.north_deg = transform[3] + transform[5] * y0 - grid.step_lat_deg / 2;
  grid.height_m.resize(static_cast<std::size_t>(grid.columns) *
                       static_cast<std::size_t>(grid.rows));
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  extra.eResampleAlg = reduce > 1 ? GRIORA_Average : GRIORA_NearestNeighbour;
  auto* band = dataset->GetRasterBand(1);
  if (band->RasterIO(GF_Read, x0, y0, x1 - x0, y1 - y0, grid.height_m.data(), grid.columns,
                     grid.rows, GDT_Float32, 0, 0, &extra) != CE_None) {
    refuse(label, "cannot be read: " + last_gdal_error());
  }
  int has_no_data = 0;
  double const no_data = band->GetNoDataValue(&has_no_data);
  // The warper hands the scale and offset of its source on.
  double const scale = band->GetScale(nullptr);
  double const offset = band->GetOffset(nullptr);
  for (auto& h : grid.height_m) {
    if (has_no_data && (h == static_cast<float>(no_data))) {
      h = std::numeric_limits<float>::quiet_NaN();
    } else if (scale != 1 || offset != 0) {
      h = static_cast<float>(h * scale + offset);
    }
  }
  return grid;
}

}  // namespace hachure::geo
