#include "scene/state.hpp"

#include <algorithm>

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

}  // namespace hachure::scene
