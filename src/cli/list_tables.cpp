#include <map>
#include <nlohmann/json.hpp>

#include "cli/listing.hpp"
#include "geo/projection.hpp"
#include "layout/shape.hpp"
#include "record/kind.hpp"
#include "render/format.hpp"
#include "style/property.hpp"
#include "style/style.hpp"

namespace hachure::cli {

namespace {

std::string_view word_of(record::NeededGeometry geometry) {
  switch (geometry) {
    case record::NeededGeometry::none:
      return "none";
    case record::NeededGeometry::place:
      return "place";
    case record::NeededGeometry::path:
      return "path";
  }
  return "";
}

std::string_view word_of(record::TimeMeaning time) {
  switch (time) {
    case record::TimeMeaning::progress:
      return "progress";
    case record::TimeMeaning::duration:
      return "duration";
    case record::TimeMeaning::moment:
      return "moment";
  }
  return "";
}

std::string_view word_of(record::Effect effect) {
  switch (effect) {
    case record::Effect::none:
      return "";
    case record::Effect::holder:
      return "holder";
    case record::Effect::restore:
      return "restore";
    case record::Effect::destroyed:
      return "destroyed";
    case record::Effect::burnt:
      return "burnt";
    case record::Effect::breached:
      return "breached";
  }
  return "";
}

std::string_view word_of(style::PropertyType type) {
  switch (type) {
    case style::PropertyType::color:
      return "color";
    case style::PropertyType::length:
      return "length";
    case style::PropertyType::number:
      return "number";
    case style::PropertyType::boolean:
      return "boolean";
    case style::PropertyType::string:
      return "string";
    case style::PropertyType::enumeration:
      return "enumeration";
    case style::PropertyType::numbers:
      return "numbers";
    case style::PropertyType::lengths:
      return "lengths";
    case style::PropertyType::strings:
      return "strings";
    case style::PropertyType::formatted:
      return "formatted";
    case style::PropertyType::duration:
      return "duration";
  }
  return "";
}

Listing list_kinds(scene::Inputs const&) {
  Listing listing;
  for (auto const& kind : record::kinds()) {
    listing.rows.push_back({{"id", kind.id},
                            {"geometry", word_of(kind.geometry)},
                            {"time", word_of(kind.time)},
                            {"effect", word_of(kind.effect)},
                            {"symbol", kind.symbol},
                            {"sentence", kind.sentence}});
  }
  return listing;
}

Listing list_styles(scene::Inputs const& inputs) {
  Listing listing;
  for (auto const& name : style::style_names(inputs.style_folders)) {
    listing.rows.push_back({{"name", name}});
  }
  return listing;
}

Listing list_symbols(scene::Inputs const& inputs) {
  Listing listing;
  auto const black = draw::Color{};
  for (auto const& id : inputs.symbols->ids()) {
    auto const symbol = inputs.symbols->find(id, {black, black, black, black, black});
    listing.rows.push_back({{"id", id},
                            {"title", symbol ? symbol->title : ""},
                            {"file", inputs.symbols->file_of(id).string()}});
  }
  return listing;
}

Listing list_fonts(scene::Inputs const&) {
  Listing listing;
  for (auto const& family : layout::Shaper().families()) {
    listing.rows.push_back({{"family", family}});
  }
  return listing;
}

Listing list_formats(scene::Inputs const&) {
  Listing listing;
  for (auto const& format : render::formats()) {
    listing.rows.push_back({{"id", format.id},
                            {"extension", format.extension},
                            {"media_type", format.media_type},
                            {"sentence", format.sentence}});
  }
  return listing;
}

Listing list_projections(scene::Inputs const&) {
  Listing listing;
  for (auto const& row : geo::projections()) {
    listing.rows.push_back({{"id", row.id}, {"proj", row.proj}, {"sentence", row.sentence}});
  }
  return listing;
}

Listing list_properties(scene::Inputs const&) {
  Listing listing;
  for (auto const& row : style::properties()) {
    listing.rows.push_back({{"name", row.name},
                            {"type", word_of(row.type)},
                            {"layers", row.layers},
                            {"default", row.fallback},
                            {"sentence", row.sentence}});
  }
  return listing;
}

}  // namespace

Listing list_tables(std::string_view subject, scene::Inputs const& inputs) {
  using Maker = Listing (*)(scene::Inputs const&);
  static std::map<std::string_view, Maker> const makers{
      {"kinds", list_kinds},
      {"styles", list_styles},
      {"symbols", list_symbols},
      {"fonts", list_fonts},
      {"formats", list_formats},
      {"properties", list_properties},
      {"projections", list_projections},
  };
  return makers.at(subject)(inputs);
}

}  // namespace hachure::cli
