#include "scene/movement_legend.hpp"

#include <algorithm>
#include <cmath>

#include "scene/movement_paint.hpp"
#include "style/color.hpp"

namespace hachure::scene {

namespace {

/// The feature as one of a side whose colour is the map's own ink.
style::Feature without_side(style::Feature feature, draw::Color const& ink,
                            draw::Color const& ground) {
  auto const set = [&](char const* name, draw::Color const& color) {
    feature.set(style::Key(name), style::Value(style::to_hex(color)));
  };
  set("side-color", ink);
  set("side-dark-color", ink);
  set("side-tint-color", draw::mixed(ink, ground, 0.8));
  set("side-light-color", draw::mixed(ink, ground, 0.35));
  feature.set("side-cue", style::Value(std::string("solid")));
  feature.set("age", style::Value(0.0));
  return feature;
}

}  // namespace

std::string MovementLegend::text_of(style::Feature const& properties, std::string const& field) {
  auto const* before = builder_.context.feature;
  builder_.context.feature = &properties;
  std::string text;
  for (auto const& span : builder_.spans(style::Look(layer_, builder_.context), field, "text-")) {
    text += span.text;
  }
  builder_.context.feature = before;
  return text;
}

std::vector<draw::Node> MovementLegend::sample_of(style::Feature const& properties,
                                                  draw::Color const& color) {
  auto const* before = builder_.context.feature;
  auto const side = builder_.context.side;
  auto const certainty = builder_.context.certainty;
  builder_.context.feature = &properties;
  auto const* sure = properties.find(style::Key("certainty"));
  builder_.context.certainty = sure != nullptr ? *sure : style::Value(std::string());
  style::Look const look(layer_, builder_.context);
  std::vector<draw::Node> nodes{{sample_arrow(look, look.color_or("movement-color", color))}};
  builder_.context.feature = before;
  builder_.context.side = side;
  builder_.context.certainty = certainty;
  return nodes;
}

void MovementLegend::add_entry(style::Feature const& properties, std::string const& text) {
  if (text.empty()) return;
  if (std::ranges::find(entries_, text, &Entry::text) != entries_.end()) return;
  auto const ink = builder_.style.furniture.ink;
  entries_.push_back({text, sample_of(without_side(properties, ink, builder_.scene.ground), ink)});
}

void MovementLegend::add(style::Feature const& properties, draw::Color const& color) {
  auto const kind = text_of(properties, "movement-kind-legend");
  auto const certainty = text_of(properties, "movement-certainty-legend");
  style::Look const look(layer_, builder_.context);
  if (!look.has("movement-kind-legend") && !look.has("movement-certainty-legend")) {
    return builder_.add_legend(layer_, properties, sample_of(properties, color));
  }
  auto plain = properties;
  plain.set("kind", style::Value(std::string()));
  plain.set("certainty", style::Value(std::string()));
  builder_.add_legend(layer_, plain, sample_of(plain, color));
  if (kind.empty() && certainty.empty()) is_plain_shown_ = true;
  auto of_kind = properties;
  of_kind.set("certainty", style::Value(std::string()));
  add_entry(of_kind, kind);
  auto of_certainty = properties;
  of_certainty.set("kind", style::Value(std::string()));
  add_entry(of_certainty, certainty);
}

void MovementLegend::finish() {
  // One look all over the map tells nothing apart.
  if (entries_.size() + (is_plain_shown_ ? 1 : 0) < 2) return;
  auto const order = std::ranges::find(builder_.style.layers, layer_.id, &style::StyleLayer::id);
  for (auto& entry : entries_) {
    auto key = layer_.id + "/kind/" + entry.text;
    if (!builder_.legend_keys.insert(key).second) continue;
    LegendEntry row;
    row.key = std::move(key);
    row.text.by_tag = {{builder_.languages.tag, entry.text}};
    row.sample = std::move(entry.sample);
    row.sort = static_cast<double>(order - builder_.style.layers.begin()) - 0.5;
    builder_.scene.legend.push_back(std::move(row));
  }
}

}  // namespace hachure::scene
