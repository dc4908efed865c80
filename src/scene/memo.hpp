#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "draw/drawing.hpp"
#include "scene/scene.hpp"

/// What has been drawn for a record stays good for as long as nothing about it changes. Internal to
/// the stage of a sequence.
namespace hachure::scene {

/// Time over which a drawing holds, seconds of record::Instant; empty when from > to.
struct Steadiness {
  double from_s = 1;
  double to_s = 0;
  bool holds(double at_s) const { return from_s <= at_s && at_s <= to_s; }
};

/// The drawing of one record by one style layer.
struct Drawn {
  std::string state;  ///< what of the record's state it was drawn by
  Steadiness steady;
  std::size_t group = 0;  ///< index of the drawing layer
  std::shared_ptr<std::vector<draw::Node> const> nodes;
  std::vector<std::shared_ptr<LabelRequest const>> labels;
};

/// Drawings kept between the frames that one thread makes.
struct Memo {
  std::map<std::string, Drawn> drawn;  ///< by `<layer>/<table>.<id>`
};

}  // namespace hachure::scene
