#include "record/simplify.hpp"

#include <opencc/opencc.h>

#include <exception>
#include <memory>
#include <mutex>

namespace hachure::record {

std::string to_simplified(std::string_view traditional) {
  static std::mutex mutex;
  static std::unique_ptr<opencc::SimpleConverter> converter;
  std::lock_guard const lock(mutex);
  try {
    if (!converter) converter = std::make_unique<opencc::SimpleConverter>("t2s.json");
    return converter->Convert(traditional.data(), traditional.size());
  } catch (std::exception const& error) {
    throw base::Error(base::Fault::environment, {},
                      std::string("no Simplified Chinese can be derived: ") + error.what(),
                      "install OpenCC's tables (package libopencc-data)");
  }
}

void derive_simplified(base::LangText& text) {
  if (text.has("zh-Hans")) return;
  auto const it = text.by_tag.find("zh-Hant");
  if (it != text.by_tag.end()) text.by_tag["zh-Hans"] = to_simplified(it->second);
}

namespace {

void derive(RecordBase& record) {
  derive_simplified(record.title);
  derive_simplified(record.short_title);
  derive_simplified(record.abbreviation);
  derive_simplified(record.note);
}

}  // namespace

void derive_simplified(Project& project) {
  derive_simplified(project.title);
  auto& records = project.records;
  for (auto& side : records.sides) derive(side);
  for (auto& place : records.places) derive(place);
  for (auto& unit : records.units) {
    derive(unit);
    derive_simplified(unit.commander);
  }
  for (auto& event : records.events) {
    derive(event);
    derive_simplified(event.losses);
  }
  for (auto& movement : records.movements) derive(movement);
  for (auto& layer : project.layers) derive_simplified(layer.attribution);
  for (auto& unit : project.scale_units) derive_simplified(unit.name);
  for (auto& map : project.maps) {
    derive_simplified(map.title);
    derive_simplified(map.subtitle);
    derive_simplified(map.description);
  }
}

}  // namespace hachure::record
