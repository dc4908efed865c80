#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "record/record.hpp"
#include "scene/builder.hpp"

/// Lines and areas of war: fronts, works, boundaries, fields of fire, ground that is held. They are
/// features of geodata, or events and places with a line or area, that know a side and a time.
/// Internal to this folder.
namespace hachure::scene {

/// One of them, from whatever table or layer it comes.
struct Front {
  std::string id;  ///< `<layer>.<feature>` or `<table>.<id>`
  geo::Geometry const* geometry = nullptr;
  std::optional<geo::LonLat> at;  ///< where a sector is drawn about
  style::Feature properties;
  record::RecordBase base;  ///< sources and certainty
  std::optional<record::Edtf> when;
  std::string side;
  std::string against;
  std::string facing;  ///< `left`, `right`, degrees, or the id of a place; may be empty
};

/// When a feature of geodata is there: its `when`, or `start` and `end`, also as OpenHistoricalMap
/// writes them. A date that is none is an error in `diagnostics`.
std::optional<record::Edtf> time_of_feature(geo::Feature const& feature,
                                            base::Diagnostics& diagnostics);

/// All that the sources of a layer hold, in the order of the sources' records.
std::vector<Front> fronts_of(Builder& builder, style::StyleLayer const& layer);

/// To which side of its lines a front faces: `left` or `right`, by its column `facing`, else
/// towards the nearest place that the other side holds; empty where nothing tells.
std::string facing_side(Builder const& builder, Front const& front,
                        std::vector<std::vector<draw::Point>> const& lines);

/// A sector of a circle on the ground.
struct Sector {
  double bearing_deg = 0;  ///< of its middle, clockwise from north
  double angle_deg = 0;    ///< of its opening; 360 or more for a ring
  double range_m = 0;
  double inner_m = 0;  ///< where it begins
};

/// Its outline as closed rings, a point every two degrees at most. Distances by the radii of
/// curvature of the ellipsoid at the middle of each, which holds within a thousandth to 100 km.
/// Empty for an opening or a range that is not positive.
std::vector<std::vector<geo::LonLat>> outline_of(geo::LonLat at, Sector const& sector);

}  // namespace hachure::scene
