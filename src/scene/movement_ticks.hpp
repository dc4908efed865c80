#pragma once

#include "scene/movement_marks.hpp"

/// Dates along a movement.
namespace hachure::scene {

/// A place on an axis with the time at which the movement passes it.
struct TimedPlace {
  double along_mm = 0;
  record::Edtf when;
};

/// Where the movement is known to have been when, by the column `times`, in order of the way.
std::vector<TimedPlace> timed_places(Builder const& builder, record::Movement const& movement,
                                     Axis const& axis);

/// Where days begin on the way, at even speed between the places of known time and the bounds of
/// the movement's own time; none for a movement of one day. Where days would stand closer than
/// `least_mm` only every so manieth is told.
std::vector<TimedPlace> day_places(Builder const& builder, record::Movement const& movement,
                                   Axis const& axis, double least_mm);

/// Marks across the way by `movement-ticks`, up to where it is drawn, and their texts.
/// @param drawn_mm length of the axis that is drawn
std::vector<draw::Node> add_ticks(Builder& builder, style::StyleLayer const& layer,
                                  record::Movement const& movement, MarkedMovement const& marked,
                                  double drawn_mm, draw::Color const& color);

}  // namespace hachure::scene
