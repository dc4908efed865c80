#pragma once

#include <string>
#include <vector>

#include "scene/builder.hpp"

/// What the legend says about movements.
namespace hachure::scene {

/// Entries of a layer of movements while it is drawn.
class MovementLegend {
 public:
  MovementLegend(Builder& builder, style::StyleLayer const& layer)
      : builder_(builder), layer_(layer) {}

  /// Takes note of a movement that is on the map: the entry of its side, by `legend` or
  /// `legend-field` of the layer, and those of its kind and of how sure it is, if the style has
  /// texts for them. A side is then shown by a movement of no kind, and a kind or a doubt by one of
  /// no side.
  void add(style::Feature const& properties, draw::Color const& color);

  /// Enters the kinds; none where all movements look alike.
  void finish();

 private:
  struct Entry {
    std::string text;
    std::vector<draw::Node> sample;
  };
  std::string text_of(style::Feature const& properties, std::string const& field);
  std::vector<draw::Node> sample_of(style::Feature const& properties, draw::Color const& color);
  void add_entry(style::Feature const& properties, std::string const& text);

  Builder& builder_;
  style::StyleLayer const& layer_;
  std::vector<Entry> entries_;
  bool is_plain_shown_ = false;  ///< a movement without a kind of its own is on the map
};

}  // namespace hachure::scene
