#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "geo/geometry.hpp"

namespace hachure::geo {

/// What to read of a layer.
struct VectorQuery {
  std::string data;              ///< file, folder or OGR connection string
  std::string layer;             ///< name; empty for the first
  std::optional<LonLatBox> box;  ///< only features whose envelope meets it (filtered by the source)
  std::string label;             ///< how messages name the file
};

/// Features of a vector layer, in WGS 84 degrees whatever the source's own system; features without
/// a reference system are taken as WGS 84 if their coordinates fit. A geometry with NaN, infinity
/// or coordinates outside [-180, 540] x [-90, 90] is an error with the feature's origin.
/// GeometryCollections are taken apart by dimension (largest kept).
/// @throws Error input: no such file, no driver, no such layer (hint lists the layers)
std::vector<Feature> read_features(VectorQuery const& query, base::Diagnostics& diagnostics);

/// A table as rows of text, with geometry where the source has one.
struct TableRow {
  std::vector<std::string> cells;  ///< one per column of the Table; "" for null
  Geometry geometry;
  base::Origin origin;  ///< `file!sheet:row` for spreadsheets, `file#layer:feature` elsewhere
};
struct Table {
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
  base::Origin origin;
};

/// Any layer that OGR reads (XLSX, ODS, GeoPackage, Shapefile, KML, PostGIS ...) as a table of
/// text.
/// @throws Error input as read_features
Table read_table(std::string const& data, std::string const& layer, std::string const& label);

}  // namespace hachure::geo
