#pragma once

#include <cstddef>
#include <vector>

#include "geo/geometry.hpp"
#include "record/instant.hpp"

namespace hachure::scene {

/// What a camera over a map sees: all its views have one projection and one frame.
struct CameraView {
  geo::MapPoint center;  ///< projected metres, in the middle of the frame
  double scale = 1;      ///< denominator

  bool operator==(CameraView const&) const = default;
};

/// A time at which the camera rests.
struct CameraRest {
  record::Instant from;
  record::Instant until;
  CameraView view;
};

/// The way of a camera from rest to rest. Between two it starts and stops gently; the scale changes
/// by equal factors, and the ground moves so that one point of the frame keeps its place.
class CameraPath {
 public:
  /// @pre at least one rest, by time, none beginning before the last is over
  explicit CameraPath(std::vector<CameraRest> rests);

  std::vector<CameraRest> const& rests() const { return rests_; }

  /// Where on its way the camera is: after `rest`, at the share 0..1 of the way to the next one.
  struct Position {
    std::size_t rest = 0;
    double share = 0;

    bool operator==(Position const&) const = default;
  };
  /// Before the first rest the camera is at it, after the last one at that; a way between equal
  /// views is a rest.
  Position position(record::Instant at) const;
  CameraView view(Position const& position) const;

  /// Into how many parts the way after a rest is divided so that over none of them the scale
  /// changes by more than a factor of 1.6, or the ground moves by more than half of `frame_mm`. At
  /// least 1, at most 64.
  int parts_after(std::size_t rest, double frame_mm) const;

 private:
  std::vector<CameraRest> rests_;
};

}  // namespace hachure::scene
