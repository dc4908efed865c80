#include "record/kind.hpp"

#include <algorithm>
#include <array>

namespace hachure::record {

namespace {

using enum NeededGeometry;
using enum TimeMeaning;

constexpr std::array table = {
    Kind{"march", path, progress, Effect::none, "", "{unit} marches to {place}"},
    Kind{"advance", path, progress, Effect::none, "", "{unit} advances on {place}"},
    Kind{"attack", path, progress, Effect::none, "", "{unit} attacks {place}"},
    Kind{"repulse", path, progress, Effect::none, "", "{unit} is repulsed at {place}"},
    Kind{"retreat", path, progress, Effect::none, "", "{unit} retreats"},
    Kind{"pursuit", path, progress, Effect::none, "", "{unit} pursues {against}"},
    Kind{"feint", path, progress, Effect::none, "", "{unit} feints towards {place}"},
    Kind{"landing", path, progress, Effect::none, "landing", "{unit} lands at {place}"},
    Kind{"naval-movement", path, progress, Effect::none, "", "{unit} sails to {place}",
         Family::fleet},
    Kind{"bombardment", place, duration, Effect::none, "bombardment", "{unit} bombards {place}",
         Family::guns},
    Kind{"skirmish", place, moment, Effect::none, "skirmish", "skirmish at {place}"},
    Kind{"battle", place, moment, Effect::none, "battle", "battle of {place}"},
    Kind{"siege", place, duration, Effect::none, "siege", "{side} besieges {place}"},
    Kind{"blockade", place, duration, Effect::none, "blockade", "{side} blockades {place}",
         Family::fleet},
    Kind{"capture", place, moment, Effect::holder, "capture", "{side} captures {place}"},
    Kind{"occupation", place, duration, Effect::holder, "capture", "{side} occupies {place}"},
    Kind{"surrender", place, moment, Effect::holder, "surrender", "{place} surrenders to {side}"},
    Kind{"breach", place, moment, Effect::breached, "breach", "{place} is breached"},
    Kind{"fire", place, moment, Effect::burnt, "fire", "{place} burns", Family::other},
    Kind{"raid", path, progress, Effect::none, "raid", "{unit} raids {place}"},
    Kind{"supply", path, progress, Effect::none, "supply", "supplies go to {place}"},
    Kind{"rail-movement", path, progress, Effect::none, "", "{unit} goes by rail to {place}"},
    Kind{"destruction", place, moment, Effect::destroyed, "explosion", "{side} destroys {place}"},
    Kind{"explosion", place, moment, Effect::destroyed, "explosion", "explosion at {place}",
         Family::other},
    Kind{"evacuation", place, moment, Effect::restore, "evacuation", "{side} evacuates {place}"},
    Kind{"capture-of-person", none, moment, Effect::none, "capture-of-person",
         "a person is captured at {place}", Family::other},
    Kind{"negotiation", none, moment, Effect::none, "parley", "negotiation at {place}",
         Family::other},
    Kind{"proclamation", none, moment, Effect::none, "proclamation", "proclamation at {place}",
         Family::other},
    Kind{"note", none, moment, Effect::none, "note", "{title}", Family::other},
};

}  // namespace

std::span<Kind const> kinds() {
  return table;
}

Kind const* find_kind(std::string_view id) {
  auto const it = std::ranges::find(table, id, &Kind::id);
  return it == table.end() ? nullptr : &*it;
}

}  // namespace hachure::record
