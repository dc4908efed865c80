#include "scene/camera.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scene/life.hpp"

namespace hachure::scene {

CameraPath::CameraPath(std::vector<CameraRest> rests) : rests_(std::move(rests)) {}

CameraPath::Position CameraPath::position(record::Instant at) const {
  std::size_t rest = 0;
  while (rest + 1 < rests_.size() && rests_[rest + 1].from <= at) ++rest;
  auto const& last = rests_[rest];
  if (rest + 1 == rests_.size() || at <= last.until) return {rest, 0};
  auto const& next = rests_[rest + 1];
  if (next.view == last.view) return {rest, 0};
  auto const whole_s = static_cast<double>(next.from.seconds - last.until.seconds);
  auto const gone_s = static_cast<double>(at.seconds - last.until.seconds);
  return {rest, eased(gone_s / whole_s)};
}

CameraView CameraPath::view(Position const& position) const {
  auto const& a = rests_[position.rest].view;
  if (position.share <= 0 || position.rest + 1 == rests_.size()) return a;
  auto const& b = rests_[position.rest + 1].view;
  double const scale = a.scale * std::pow(b.scale / a.scale, position.share);
  // Page positions are ground / scale: with the centre linear in the scale, one point stands still.
  bool const zooms = std::abs(std::log(b.scale / a.scale)) > 1e-6;
  double const share = zooms ? (scale - a.scale) / (b.scale - a.scale) : position.share;
  return {{a.center.x_m + (b.center.x_m - a.center.x_m) * share,
           a.center.y_m + (b.center.y_m - a.center.y_m) * share},
          scale};
}

int CameraPath::parts_after(std::size_t rest, double frame_mm) const {
  if (rest + 1 >= rests_.size()) return 1;
  auto const& a = rests_[rest].view;
  auto const& b = rests_[rest + 1].view;
  double const zoom = std::abs(std::log(b.scale / a.scale)) / std::log(1.6);
  double const moved_m = std::hypot(b.center.x_m - a.center.x_m, b.center.y_m - a.center.y_m);
  double const moved_mm = moved_m * 1000 / std::min(a.scale, b.scale);
  double const parts = std::ceil(std::max(zoom, moved_mm / (frame_mm / 2)) - 1e-9);
  return static_cast<int>(std::clamp(parts, 1.0, 64.0));
}

}  // namespace hachure::scene
