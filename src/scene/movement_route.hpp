#pragma once

#include <map>
#include <memory>
#include <string>

#include "scene/builder.hpp"
#include "scene/routing.hpp"

/// Movements that only name their places.
namespace hachure::scene {

/// Grounds of the routes of one map, each made once.
class RouteGrounds {
 public:
  /// The ground that a look keeps to; null where it names none, or the project has none of it.
  RouteGround const* of(Builder const& builder, style::Look const& look, draw::Box const& reach);

 private:
  std::map<std::string, std::unique_ptr<RouteGround>> grounds_;
};

/// The way of a movement whose line only joins its places, as far as the page shows it: over the
/// ground of `movement-route-over` and off that of `movement-route-avoid` where the project has
/// such ground, else a curve through the places, between two of them a slight bow. Empty where the
/// places lie so far off that the page has no say in it.
Axis natural_axis(Builder& builder, style::Look const& look, record::Movement const& movement,
                  RouteGrounds& grounds);

}  // namespace hachure::scene
