#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draw/color.hpp"

/// Who fights: the units of a map under their commanders, as a tree by side.
namespace hachure::scene {

/// The order of battle of a map at its instant, in the order of reading.
struct OrderOfBattle {
  /// A unit, or the total of a side.
  struct Row {
    std::string unit;       ///< id
    int depth = 0;          ///< 0 for a unit that has none above it
    std::string name;       ///< in the map's language
    std::string sign;       ///< of its echelon, as APP-6 writes it: "III", "X"; may be empty
    std::string commander;  ///< may be empty
    std::optional<double> strength;  ///< at the instant, or as stated; of the unit as a whole
    std::string losses;              ///< up to the instant; may be empty
  };
  struct Side {
    std::string id;
    std::string name;
    draw::Color color;
    std::string cue;  ///< second cue of the side: solid, line, hollow, hatched
    std::vector<Row> rows;
    /// Sum over the units that have none above them; nothing where one of them is unknown.
    std::optional<double> strength;
  };
  std::vector<Side> sides;
};

struct Builder;

/// The units that the map's `select` takes, by side in the order of the project's sides; above each
/// those that lead it. Strengths are those of the instant shown, or of the end of the map's time.
OrderOfBattle order_of_battle(Builder& builder);

}  // namespace hachure::scene
