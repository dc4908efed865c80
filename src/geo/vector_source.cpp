#include "geo/vector_source.hpp"

#include <ogrsf_frmts.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <utility>

#include "base/number.hpp"
#include "geo/gdal_guard.hpp"

namespace hachure::geo {

namespace {

using base::Error;
using base::Fault;
using base::Origin;

Origin file_origin(std::string const& label) {
  return {.file = label, .line = 0, .place = {}, .field = {}};
}

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

struct DestroyFeature {
  void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};
using FeatureHandle = std::unique_ptr<OGRFeature, DestroyFeature>;

Dataset open_vector(std::string const& data, std::string const& label) {
  start_gdal();
  CPLErrorReset();
  Dataset dataset(GDALDataset::Open(data.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (dataset) return dataset;
  std::error_code ignored;
  // A connection string ("PG:...") is no path; only plain paths can be missing files.
  bool const looks_like_path = data.find(':') == std::string::npos;
  if (looks_like_path && !std::filesystem::exists(data, ignored)) {
    throw Error(Fault::input, file_origin(label), "no such file");
  }
  auto const why = last_gdal_error();
  throw Error(Fault::input, file_origin(label),
              "is not a vector file that can be read" + (why.empty() ? "" : ": " + why),
              "formats: GeoJSON, FlatGeobuf, GeoPackage, Shapefile, KML, CSV, XLSX, ODS, PostGIS");
}

OGRLayer* find_layer(GDALDataset& dataset, std::string const& name, std::string const& label) {
  if (dataset.GetLayerCount() == 0) {
    throw Error(Fault::input, file_origin(label), "has no layer");
  }
  if (name.empty()) return dataset.GetLayer(0);
  if (auto* layer = dataset.GetLayerByName(name.c_str())) return layer;
  std::vector<std::string> known;
  for (auto* layer : dataset.GetLayers()) known.emplace_back(layer->GetName());
  throw Error(Fault::input, file_origin(label), "has no layer \"" + name + "\"",
              base::hint_of(name, known));
}

/// Converts one OGR geometry, simple or multi, into points, lines and polygons.
class GeometryReader {
 public:
  void add(OGRGeometry const& geometry) {
    switch (wkbFlatten(geometry.getGeometryType())) {
      case wkbPoint: {
        auto const& point = *geometry.toPoint();
        if (!point.IsEmpty()) points_.at.push_back({point.getX(), point.getY()});
        break;
      }
      case wkbLineString:
        if (!geometry.IsEmpty()) lines_.at.push_back(read_line(*geometry.toLineString()));
        break;
      case wkbPolygon: {
        std::vector<std::vector<LonLat>> rings;
        for (auto const* ring : *geometry.toPolygon()) {
          if (!ring->IsEmpty()) rings.push_back(read_line(*ring));
        }
        if (!rings.empty()) polygons_.at.push_back(std::move(rings));
        break;
      }
      case wkbMultiPoint:
      case wkbMultiLineString:
      case wkbMultiPolygon:
      case wkbGeometryCollection:
        for (auto const* part : *geometry.toGeometryCollection()) add(*part);
        break;
      default: {
        // Curves and surfaces are flattened by OGR to lines and polygons.
        std::unique_ptr<OGRGeometry> const linear(geometry.getLinearGeometry());
        if (linear &&
            wkbFlatten(linear->getGeometryType()) != wkbFlatten(geometry.getGeometryType())) {
          add(*linear);
        }
      }
    }
  }

  Geometry take() {
    if (!polygons_.at.empty()) return std::move(polygons_);
    if (!lines_.at.empty()) return std::move(lines_);
    if (!points_.at.empty()) return std::move(points_);
    return {};
  }

 private:
  static std::vector<LonLat> read_line(OGRSimpleCurve const& curve) {
    std::vector<LonLat> line;
    line.reserve(static_cast<std::size_t>(curve.getNumPoints()));
    for (int i = 0; i < curve.getNumPoints(); ++i) line.push_back({curve.getX(i), curve.getY(i)});
    return line;
  }

  Points<LonLat> points_;
  Lines<LonLat> lines_;
  Polygons<LonLat> polygons_;
};

bool usable(LonLat p) {
  return std::isfinite(p.lon_deg) && std::isfinite(p.lat_deg) && p.lon_deg >= -180.0000001 &&
         p.lon_deg <= 540 && p.lat_deg >= -90.0000001 && p.lat_deg <= 90.0000001;
}

/// First coordinate that is no place on the globe, or null.
LonLat const* find_unusable(Geometry const& geometry) {
  auto const in_line = [](std::vector<LonLat> const& line) -> LonLat const* {
    for (auto const& p : line) {
      if (!usable(p)) return &p;
    }
    return nullptr;
  };
  if (auto const* points = std::get_if<Points<LonLat>>(&geometry)) return in_line(points->at);
  if (auto const* lines = std::get_if<Lines<LonLat>>(&geometry)) {
    for (auto const& line : lines->at) {
      if (auto const* p = in_line(line)) return p;
    }
  }
  if (auto const* polygons = std::get_if<Polygons<LonLat>>(&geometry)) {
    for (auto const& polygon : polygons->at) {
      for (auto const& ring : polygon) {
        if (auto const* p = in_line(ring)) return p;
      }
    }
  }
  return nullptr;
}

std::string coordinate_text(double value) {
  return std::isfinite(value) ? base::to_text(value, 6) : std::string("not a number");
}

Attribute read_attribute(OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  auto const* definition = feature.GetFieldDefnRef(field);
  switch (definition->GetType()) {
    case OFTInteger:
      if (definition->GetSubType() == OFSTBoolean) return feature.GetFieldAsInteger(field) != 0;
      return static_cast<double>(feature.GetFieldAsInteger(field));
    case OFTInteger64:
      return static_cast<double>(feature.GetFieldAsInteger64(field));
    case OFTReal:
      return feature.GetFieldAsDouble(field);
    default:
      return std::string(feature.GetFieldAsString(field));
  }
}

/// Transformation of a layer into WGS 84, or null where it already is.
std::unique_ptr<OGRCoordinateTransformation> to_wgs84(OGRLayer& layer) {
  auto const* system = layer.GetSpatialRef();
  if (system == nullptr) return nullptr;
  OGRSpatialReference target;
  target.importFromEPSG(4326);
  // GDAL 3 would give latitude first for EPSG:4326; everything here is longitude first.
  target.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRSpatialReference source(*system);
  source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (source.IsSame(&target)) return nullptr;
  return std::unique_ptr<OGRCoordinateTransformation>(
      OGRCreateCoordinateTransformation(&source, &target));
}

/// Asks the source for the features of a box where that takes none too many: not of layers in
/// another system or in longitudes beyond 180, nor across the antimeridian. meets() decides in any
/// case.
void filter_by_box(OGRLayer& layer, std::optional<LonLatBox> const& box, bool transformed) {
  if (!box || transformed || box->west_deg > box->east_deg) return;
  OGREnvelope extent;
  if (layer.GetExtent(&extent) != OGRERR_NONE || extent.MinX < -180 || extent.MaxX > 180) return;
  layer.SetSpatialFilterRect(box->west_deg, box->south_deg, box->east_deg, box->north_deg);
}

/// Whether an envelope in degrees meets the box, whole turns of longitude apart.
bool meets(OGREnvelope const& envelope, LonLatBox const& box) {
  if (envelope.MaxY < box.south_deg || envelope.MinY > box.north_deg) return false;
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  for (double const turn : {-720.0, -360.0, 0.0, 360.0, 720.0}) {
    if (envelope.MinX + turn <= east && envelope.MaxX + turn >= box.west_deg) return true;
  }
  return false;
}

Origin feature_origin(std::string const& label, std::string const& layer, GIntBig fid) {
  return {.file = label, .line = 0, .place = "#" + layer + ":" + std::to_string(fid), .field = {}};
}

bool is_spreadsheet(GDALDataset& dataset) {
  std::string const driver = dataset.GetDriver()->GetDescription();
  return driver == "XLSX" || driver == "ODS" || driver == "XLS";
}

}  // namespace

std::vector<Feature> read_features(VectorQuery const& query, base::Diagnostics& diagnostics) {
  auto const dataset = open_vector(query.data, query.label);
  auto& layer = *find_layer(*dataset, query.layer, query.label);
  auto const transformation = to_wgs84(layer);
  filter_by_box(layer, query.box, transformation != nullptr);
  auto const* definition = layer.GetLayerDefn();
  int const id_field = definition->GetFieldIndex("id");

  std::vector<Feature> features;
  layer.ResetReading();
  while (FeatureHandle const source{layer.GetNextFeature()}) {
    Feature feature;
    feature.origin = feature_origin(query.label, layer.GetName(), source->GetFID());
    if (auto* geometry = source->GetGeometryRef()) {
      if (transformation) geometry->transform(transformation.get());
      GeometryReader reader;
      reader.add(*geometry);
      feature.geometry = reader.take();
    }
    if (auto const* bad = find_unusable(feature.geometry)) {
      diagnostics.error(feature.origin,
                        "coordinate " + coordinate_text(bad->lon_deg) + ", " +
                            coordinate_text(bad->lat_deg) + " is not on the globe",
                        "longitude comes first; a layer in metres needs its reference system");
      continue;
    }
    if (auto const* geometry = source->GetGeometryRef();
        geometry != nullptr && !geometry->IsEmpty() && query.box) {
      OGREnvelope envelope;
      geometry->getEnvelope(&envelope);
      if (!meets(envelope, *query.box)) continue;
    }
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
      auto value = read_attribute(*source, i);
      if (!std::holds_alternative<std::monostate>(value)) {
        feature.attributes.emplace(definition->GetFieldDefn(i)->GetNameRef(), std::move(value));
      }
    }
    feature.id = id_field >= 0 && source->IsFieldSetAndNotNull(id_field)
                     ? std::string(source->GetFieldAsString(id_field))
                     : std::string(layer.GetName()) + "." + std::to_string(source->GetFID());
    features.push_back(std::move(feature));
  }
  return features;
}

Table read_table(std::string const& data, std::string const& layer_name, std::string const& label) {
  auto const dataset = open_vector(data, label);
  auto& layer = *find_layer(*dataset, layer_name, label);
  bool const spreadsheet = is_spreadsheet(*dataset);
  auto const transformation = to_wgs84(layer);
  auto const* definition = layer.GetLayerDefn();

  Table table;
  table.origin = file_origin(label);
  for (int i = 0; i < definition->GetFieldCount(); ++i) {
    table.columns.emplace_back(definition->GetFieldDefn(i)->GetNameRef());
  }
  layer.ResetReading();
  while (FeatureHandle const source{layer.GetNextFeature()}) {
    TableRow row;
    row.origin = feature_origin(label, layer.GetName(), source->GetFID());
    // OGR numbers the rows of a sheet from 2 when the first one holds the column names.
    if (spreadsheet) {
      row.origin.place =
          "!" + std::string(layer.GetName()) + ":" + std::to_string(source->GetFID());
    }
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
      row.cells.push_back(to_text(read_attribute(*source, i)));
    }
    if (auto* geometry = source->GetGeometryRef()) {
      if (transformation) geometry->transform(transformation.get());
      GeometryReader reader;
      reader.add(*geometry);
      row.geometry = reader.take();
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace hachure::geo
