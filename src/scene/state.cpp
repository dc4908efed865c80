#include "scene/state.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scene/life.hpp"
#include "scene/strength.hpp"

namespace hachure::scene {

namespace {

struct Change {
  record::Instant at;
  record::Event const* event;
};

std::vector<Change> changes_until(record::Records const& records, record::Instant instant) {
  std::vector<Change> changes;
  for (auto const& event : records.events) {
    if (!event.when || event.kind == nullptr || event.kind->effect == record::Effect::none)
      continue;
    // A planned or conjectural deed changes nothing on the ground.
    if (event.certainty == record::Certainty::planned) continue;
    // Before the latest instant of its date nobody can say that the deed is done.
    auto const bounds = record::outer(*event.when);
    // What lasts, like an occupation, is there from its start.
    bool const lasts =
        event.kind->time == record::TimeMeaning::duration && event.when->is_interval();
    auto const at = !lasts && bounds.latest.is_finite() ? bounds.latest : bounds.earliest;
    if (at > instant) continue;
    changes.push_back({at, &event});
  }
  std::ranges::stable_sort(changes, {}, &Change::at);
  return changes;
}

}  // namespace

std::map<std::string, PlaceState> states_at(record::Records const& records, record::Instant instant,
                                            std::optional<record::Instant> from) {
  std::map<std::string, PlaceState> states;
  std::map<std::string, std::vector<std::string>> holders;
  for (auto const& place : records.places) {
    states[place.id].holder = place.side;
    holders[place.id].push_back(place.side);
  }
  for (auto const& [at, event] : changes_until(records, instant)) {
    for (auto const& id : event->places) {
      auto const it = states.find(id);
      if (it == states.end()) continue;
      auto& state = it->second;
      auto& before = holders[id];
      switch (event->kind->effect) {
        case record::Effect::none:
          break;
        case record::Effect::holder:
          if (event->side.empty()) break;
          if (!from || record::outer(*event->when).latest >= *from) state.taken_by = event->side;
          if (state.holder != event->side) before.push_back(event->side);
          state.holder = event->side;
          state.since_event = event->id;
          break;
        case record::Effect::restore:
          if (!before.empty() && before.back() == event->side) before.pop_back();
          state.holder = before.empty() ? std::string() : before.back();
          state.since_event = event->id;
          break;
        case record::Effect::destroyed:
          state.condition = "destroyed";
          break;
        case record::Effect::burnt:
          state.condition = "burnt";
          break;
        case record::Effect::breached:
          state.condition = "breached";
          break;
      }
    }
  }
  return states;
}

namespace {

constexpr double degree_rad = std::numbers::pi / 180;

/// Legs of a path in units of a degree of latitude: east, north.
struct Leg {
  double east;
  double north;
  double length() const { return std::hypot(east, north); }
};

Leg leg(geo::LonLat a, geo::LonLat b) {
  // The short way round where a path crosses the antimeridian.
  double const turn = std::remainder(b.lon_deg - a.lon_deg, 360.0);
  return {turn * std::cos((a.lat_deg + b.lat_deg) / 2 * degree_rad), b.lat_deg - a.lat_deg};
}

/// Strength of the carried unit at a share of the movement's path.
std::optional<double> strength_along(record::Movement const& movement, double share) {
  auto const& at_point = movement.strength_at_point;
  if (at_point.size() < 2) return movement.strength;
  double total = 0;
  for (std::size_t i = 1; i < movement.line.size(); ++i) {
    total += leg(movement.line[i - 1], movement.line[i]).length();
  }
  double left = share * total;
  for (std::size_t i = 1; i < movement.line.size() && i < at_point.size(); ++i) {
    double const length = leg(movement.line[i - 1], movement.line[i]).length();
    if (left <= length && length > 0) {
      return at_point[i - 1] + (at_point[i] - at_point[i - 1]) * left / length;
    }
    left -= length;
  }
  return at_point.back();
}

/// A strength that a record states, and when.
struct KnownStrength {
  double at_s;
  double strength;
};

std::vector<KnownStrength> known_strengths(record::Records const& records,
                                           record::Unit const& unit) {
  std::vector<KnownStrength> known;
  auto const add = [&](record::Instant at, double strength) {
    known.push_back({static_cast<double>(at.seconds), strength});
  };
  if (unit.strength) {
    auto const from = unit.when ? record::outer(*unit.when).earliest : record::Instant::min();
    add(from, *unit.strength);
  }
  for (auto const& movement : records.movements) {
    if (!movement.when || std::ranges::find(movement.units, unit.id) == movement.units.end()) {
      continue;
    }
    auto const bounds = record::outer(*movement.when);
    if (auto const first = strength_along(movement, 0)) add(bounds.earliest, *first);
    if (movement.strength_at_point.size() > 1) {
      add(bounds.latest, movement.strength_at_point.back());
    }
  }
  for (auto const& event : records.events) {
    // What several units count together says nothing of one of them.
    if (!event.when || !event.strength || event.units != std::vector{unit.id}) continue;
    add(record::outer(*event.when).latest, *event.strength);
  }
  std::ranges::stable_sort(known, {}, &KnownStrength::at_s);
  return known;
}

std::optional<double> strength_at(std::vector<KnownStrength> const& known,
                                  record::Instant instant) {
  if (known.empty()) return {};
  auto const t = static_cast<double>(instant.seconds);
  if (t <= known.front().at_s) return known.front().strength;
  for (std::size_t i = 1; i < known.size(); ++i) {
    auto const& a = known[i - 1];
    auto const& b = known[i];
    if (t > b.at_s) continue;
    double const span = b.at_s - a.at_s;
    // A value without a beginning holds until the next one is known.
    constexpr double open_s = 9e18;
    if (a.at_s < -open_s || b.at_s > open_s || span <= 0) return a.strength;
    return a.strength + (b.strength - a.strength) * (t - a.at_s) / span;
  }
  return known.back().strength;
}

/// The last movement of each unit that has begun by the instant.
std::map<std::string, record::Movement const*> last_movements(record::Records const& records,
                                                              record::Instant instant) {
  std::map<std::string, record::Movement const*> last;
  auto const begins = [](record::Movement const& m) { return record::outer(*m.when).earliest; };
  for (auto const& movement : records.movements) {
    if (!movement.when || movement.line.size() < 2 || begins(movement) > instant) continue;
    if (movement.certainty == record::Certainty::planned) continue;
    for (auto const& id : movement.units) {
      auto& known = last[id];
      bool const later = known == nullptr || begins(movement) > begins(*known) ||
                         (begins(movement) == begins(*known) && movement.id > known->id);
      if (later) known = &movement;
    }
  }
  return last;
}

}  // namespace

PathPosition along(std::vector<geo::LonLat> const& path, double share) {
  if (path.size() < 2) return {path.empty() ? geo::LonLat{} : path.front(), 0};
  std::vector<double> lengths(path.size());
  double total = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    lengths[i] = leg(path[i - 1], path[i]).length();
    total += lengths[i];
  }
  double left = std::clamp(share, 0.0, 1.0) * total;
  // The leg on which the share ends, or the last one that has a length.
  std::size_t end = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (lengths[i] <= 0) continue;
    if (end > 0) left -= lengths[end];
    end = i;
    if (left <= lengths[i]) break;
  }
  if (end == 0) return {path.back(), 0};
  auto const& from = path[end - 1];
  auto const step = leg(from, path[end]);
  PathPosition position{path.back(), 0};
  position.heading_deg = std::fmod(std::atan2(step.east, step.north) / degree_rad + 360, 360);
  if (left <= lengths[end]) {
    double const f = left / lengths[end];
    double const turn = std::remainder(path[end].lon_deg - from.lon_deg, 360.0);
    position.at = {std::remainder(from.lon_deg + turn * f, 360.0), from.lat_deg + step.north * f};
  }
  return position;
}

double progress_at(record::Movement const& movement, record::Instant instant) {
  double const even = life_at(movement.when, instant).progress;
  auto const& times = movement.when_at_point;
  if (times.size() != movement.line.size() || !movement.when) return even;
  struct Knot {
    double at_s, share;
  };
  auto const bounds = record::outer(*movement.when);
  if (!bounds.earliest.is_finite() || !bounds.latest.is_finite()) return even;
  auto const seconds = [](record::Instant at) { return static_cast<double>(at.seconds); };
  std::vector<double> along{0};
  for (std::size_t i = 1; i < movement.line.size(); ++i) {
    along.push_back(along.back() + leg(movement.line[i - 1], movement.line[i]).length());
  }
  if (along.back() <= 0) return even;
  std::vector<Knot> knots{{seconds(bounds.earliest), 0}};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!times[i]) continue;
    auto const at = record::outer(*times[i]).earliest;
    // What contradicts the order of the way is no help.
    if (!at.is_finite() || seconds(at) < knots.back().at_s || at > bounds.latest) continue;
    knots.push_back({seconds(at), along[i] / along.back()});
  }
  knots.push_back({seconds(bounds.latest), 1});
  double const now = seconds(instant);
  if (now <= knots.front().at_s) return 0;
  for (std::size_t i = 1; i < knots.size(); ++i) {
    auto const& a = knots[i - 1];
    auto const& b = knots[i];
    if (now > b.at_s || b.at_s <= a.at_s) continue;
    return std::lerp(a.share, b.share, (now - a.at_s) / (b.at_s - a.at_s));
  }
  return 1;
}

std::map<std::string, UnitState> units_at(record::Records const& records, record::Instant instant) {
  std::map<std::string, UnitState> states;
  auto const carried_by = last_movements(records, instant);
  for (auto const& unit : records.units) {
    auto& state = states[unit.id];
    state.at = unit.at;
    state.heading_deg = unit.heading_deg;
    state.strength = strength_at(known_strengths(records, unit), instant);
    auto const it = carried_by.find(unit.id);
    if (it == carried_by.end()) continue;
    auto const& movement = *it->second;
    auto const life = life_at(movement.when, instant);
    double const progress = progress_at(movement, instant);
    auto const position = along(movement.line, progress);
    state.at = position.at;
    state.heading_deg = position.heading_deg;
    state.movement = movement.id;
    state.is_moving = life.phase == Life::Phase::running;
    if (auto const strength = strength_along(movement, progress);
        strength && state.is_moving && movement.strength_at_point.size() > 1) {
      state.strength = strength;
    }
  }
  return states;
}

std::optional<double> stated_strength(record::Records const& records, record::Unit const& unit,
                                      record::Instant instant) {
  auto const known = known_strengths(records, unit);
  if (known.empty()) return {};
  auto last = known.front().strength;
  for (auto const& one : known) {
    if (one.at_s <= static_cast<double>(instant.seconds)) last = one.strength;
  }
  return last;
}

}  // namespace hachure::scene
