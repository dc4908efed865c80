#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draw/drawing.hpp"

/// Who fights: the units of a map under their commanders, as a tree by side.
namespace hachure::scene {

/// The order of battle of a map at its instant, in the order of reading.
struct OrderOfBattle {
  /// A unit. Those below it follow it.
  struct Row {
    std::string unit;                   ///< id
    int depth = 0;                      ///< 0 for a unit that has none above it
    std::string name;                   ///< in the map's language
    std::string kind;                   ///< as its table has it
    std::string echelon;                ///< likewise
    std::optional<draw::Picture> sign;  ///< symbol of its kind about (0, 0), where there is one
    std::optional<draw::Picture> echelon_sign;
    std::string commander;           ///< may be empty
    std::optional<double> strength;  ///< at the instant: as known, else the sum of those below
    std::optional<double> losses;    ///< up to the instant, of it and those below
    std::string losses_text;         ///< losses that are given in words; may be empty
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
  std::string date;  ///< day of the instant in the map's language; empty where it has none
};

struct Builder;

/// The units that the map's furniture names, with those below them; without such a list those that
/// the map selects and those above them. By side in the order of the project's sides. Strengths are
/// those of the instant shown, or of the end of the map's time.
OrderOfBattle order_of_battle(Builder& builder);

}  // namespace hachure::scene
