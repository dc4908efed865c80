#include "record/map_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "record/keys.hpp"
#include "record/values.hpp"

namespace hachure::record {

namespace {

base::Origin origin_at(std::string const& file, int line, std::string field) {
  return {.file = file, .line = line, .place = {}, .field = std::move(field)};
}

void read_page(Node const* page, MapDefinition& map) {
  if (page == nullptr) return;
  auto const size = word_of(page->find("size"));
  for (auto const& known : page_sizes()) {
    if (known.name != size) continue;
    map.page_width_mm = known.width_mm;
    map.page_height_mm = known.height_mm;
  }
  if (word_of(page->find("orientation")) == "landscape" && !size.empty()) {
    std::swap(map.page_width_mm, map.page_height_mm);
  }
  if (auto const width = page_length_of(page->find("width"))) map.page_width_mm = width->value;
  if (auto const height = page_length_of(page->find("height"))) map.page_height_mm = height->value;
}

void read_view(Node const* view, View& result) {
  if (view == nullptr) return;
  result.center = position_of(view->find("center"));
  result.scale = scale_of(view->find("scale"));
  result.box = box_of(view->find("bbox"));
  result.fit = words_of(view->find("fit"));
  if (auto const margin = page_length_of(view->find("margin"))) result.margin = *margin;
}

Placement read_placement(Node const& node) {
  Placement placement;
  if (node.is_scalar()) placement.at = node.text;
  if (!node.is_map()) return placement;
  placement.at = word_of(node.find("at"));
  placement.width = page_length_of(node.find("width"));
  placement.height = page_length_of(node.find("height"));
  placement.x = page_length_of(node.find("x"));
  placement.y = page_length_of(node.find("y"));
  if (auto const columns = number_of(node.find("columns"))) {
    placement.columns = static_cast<int>(std::clamp(*columns, 1.0, 1000.0));
  }
  return placement;
}

std::vector<FurnitureItem::Lane> read_lanes(Node const* node, std::string const& default_tag) {
  std::vector<FurnitureItem::Lane> lanes;
  if (node == nullptr || !node->is_list()) return lanes;
  for (auto const& lane : node->items) {
    lanes.push_back({text_of(lane.find("title"), default_tag), words_of(lane.find("kinds"))});
  }
  return lanes;
}

/// What is no placement among the keys of a piece of furniture.
void read_options(Node const& node, FurnitureItem& item) {
  static constexpr std::string_view placement[] = {"at", "width",   "height", "x",
                                                   "y",  "columns", "lanes"};
  for (auto const& entry : node.items) {
    if (std::ranges::find(placement, entry.key) != std::end(placement)) continue;
    std::string joined;
    for (auto const& word : words_of(&entry)) joined += (joined.empty() ? "" : ",") + word;
    item.options[entry.key] = joined;
  }
}

std::vector<FurnitureItem> read_furniture(Node const* node, std::string const& file,
                                          std::string const& path, std::string const& default_tag) {
  std::vector<FurnitureItem> items;
  for (auto const& entry : furniture_of(node)) {
    FurnitureItem item;
    item.kind = entry.name;
    item.origin = origin_at(file, entry.line, path + "." + entry.name);
    if (entry.options != nullptr) {
      item.placement = read_placement(*entry.options);
      if (entry.options->is_map()) read_options(*entry.options, item);
      item.lanes = read_lanes(entry.options->find("lanes"), default_tag);
    }
    items.push_back(std::move(item));
  }
  return items;
}

void read_insets(Node const* node, std::string const& file, MapDefinition& map) {
  if (node == nullptr || !node->is_list()) return;
  for (auto const& item : node->items) {
    map.insets.push_back({word_of(item.find("map")), read_placement(item),
                          origin_at(file, item.key_line, "maps." + map.id + ".insets")});
  }
}

MapDefinition::Selection read_selection(Node const& node) {
  MapDefinition::Selection selection;
  if (!node.is_map()) {
    selection.ids = words_of(&node);
    // Kept beside the ids until it is known which of the two the list is.
    if (node.is_list()) selection.filter = to_json(node);
    return selection;
  }
  selection.ids = words_of(node.find("ids"));
  selection.except = words_of(node.find("except"));
  if (auto const* filter = node.find("filter"); filter != nullptr && filter->is_list()) {
    selection.filter = to_json(*filter);
  }
  return selection;
}

}  // namespace

std::vector<CameraStop> read_camera(Node const* node, std::string const& file,
                                    std::string const& path) {
  std::vector<CameraStop> stops;
  if (node == nullptr || !node->is_list()) return stops;
  for (auto const& item : node->items) {
    CameraStop stop;
    stop.origin = origin_at(file, item.line, path + ".camera");
    read_view(&item, stop.view);
    if (auto const* at = item.find("at"); at != nullptr && at->is_scalar()) {
      try {
        auto const when = parse_edtf(at->text);
        auto const bounds = outer(when);
        stop.from = bounds.earliest;
        stop.until = when.kind() == Edtf::Kind::interval ? bounds.latest : bounds.earliest;
      } catch (base::Error const&) {
        // Reported by check_section.
      }
    }
    stops.push_back(std::move(stop));
  }
  return stops;
}

MapDefinition read_map(Node const& node, std::string const& file, std::string const& default_tag) {
  MapDefinition map;
  map.id = node.key;
  auto const path = "maps." + map.id;
  map.origin = origin_at(file, node.key_line, path);
  map.title = text_of(node.find("title"), default_tag);
  map.subtitle = text_of(node.find("subtitle"), default_tag);
  map.description = text_of(node.find("description"), default_tag);
  read_page(node.find("page"), map);
  read_view(node.find("view"), map.view);
  map.view.rotation_deg = number_of(node.find("rotation")).value_or(0);
  if (auto const* projection = node.find("projection")) map.projection = word_of(projection);
  if (auto const* when = node.find("when"); when != nullptr && when->is_scalar()) {
    try {
      map.when = parse_edtf(when->text);
    } catch (base::Error const&) {
      // Reported by check_section.
    }
  }
  if (auto const* style = node.find("style")) map.style = word_of(style);
  map.furniture = read_furniture(node.find("furniture"), file, path + ".furniture", default_tag);
  read_insets(node.find("insets"), file, map);
  if (auto const* select = node.find("select")) {
    for (auto const& table : select->items) map.select[table.key] = read_selection(table);
  }
  map.layers = words_of(node.find("layers"));
  return map;
}

}  // namespace hachure::record
