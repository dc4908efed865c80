#include "scene/timeline.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/message.hpp"
#include "scene/builder.hpp"
#include "scene/side_color.hpp"

namespace hachure::scene {

namespace {

using record::Bounds;
using record::Instant;
using Precision = record::EdtfDate::Precision;

/// What is narrower than this share of the strip is a point.
constexpr double least_share = 0.006;
/// Half of what the sign of a point takes.
constexpr double half_sign_share = 0.012;

bool is_doubtful(record::Certainty certainty) {
  using enum record::Certainty;
  return certainty == approximate || certainty == uncertain || certainty == conjectural ||
         certainty == planned;
}

bool is_doubtful(record::EdtfEnd const& end) {
  return std::ranges::any_of(end.date.qualification, &record::Qualification::any) ||
         end.date.significant_digits != 0;
}

/// Whether an end is known less exactly than the units of a strip.
bool is_coarse(record::EdtfEnd const& end, TimeUnit unit) {
  if (end.kind != record::EdtfEnd::Kind::date) return end.kind == record::EdtfEnd::Kind::unknown;
  auto const& date = end.date;
  auto const has_x = [](std::string const& digits) { return digits.find('X') != digits.npos; };
  auto known = date.precision;
  if (has_x(date.day)) known = Precision::month;
  if (has_x(date.month)) known = Precision::year;
  switch (unit) {
    case TimeUnit::hour:
      return known < Precision::minute;
    case TimeUnit::day:
      return known < Precision::day;
    case TimeUnit::month:
      return known < Precision::month;
    case TimeUnit::year:
      break;
  }
  return known < Precision::year || has_x(date.year);
}

/// The instant at which something is over: a time of day is its own end, a day ends at midnight.
Instant end_of(record::EdtfEnd const& end, Instant latest) {
  if (!latest.is_finite()) return latest;
  bool const has_time =
      end.kind == record::EdtfEnd::Kind::date && end.date.precision >= Precision::minute;
  return {has_time ? latest.seconds - ((latest.seconds % 60) + 60) % 60 : latest.seconds + 1};
}

/// Extent and kind of time of a happening on a strip of `unit`, before it is cut to a span.
void set_time(Happening& out, record::Edtf const& when, record::Certainty certainty,
              TimeUnit unit) {
  auto const bounds = record::outer(when);
  auto const& first = when.members().front().first;
  auto const& last = when.members().back().last;
  out.from = bounds.earliest;
  out.to = end_of(last, bounds.latest);
  bool const contested = when.kind() == record::Edtf::Kind::one_of;
  bool const in_doubt = contested || is_doubtful(certainty);
  // An open end has no edge that could be wrong: the bar runs out of the strip.
  out.from_estimated =
      bounds.earliest.is_finite() && (in_doubt || is_coarse(first, unit) || is_doubtful(first));
  out.to_estimated =
      bounds.latest.is_finite() && (in_doubt || is_coarse(last, unit) || is_doubtful(last));
  bool const happens = out.kind != nullptr && out.kind->time == record::TimeMeaning::moment;
  bool const is_one_date = when.kind() == record::Edtf::Kind::date;
  out.settled = out.from;
  if (!out.from.is_finite() || !out.to.is_finite()) return;
  if (happens && out.from_estimated && is_one_date) out.settled = out.to;
  if (happens && ((is_one_date && is_coarse(first, unit)) || contested)) {
    // It happened once, nobody knows when in all that time: a point in its middle.
    out.from = {out.from.seconds + (out.to.seconds - out.from.seconds) / 2};
    out.to = out.from;
  }
  out.is_moment = out.from == out.to;
}

bool is_on_frame(Builder const& builder, record::Event const& event) {
  auto const lonlat = position_of(event, builder.records());
  if (!lonlat) return true;  // talks and proclamations have no place and belong to the time
  auto const at = builder.view.to_page(*lonlat);
  return at && builder.view.frame().grown(-0.3).contains(*at);
}

/// Whether a layer of the style draws a record of this sort; a style without such layers hides
/// none.
bool is_styled(Builder& builder, style::Feature const& feature,
               std::initializer_list<style::LayerType> types) {
  bool any = false;
  for (auto const& layer : builder.style.layers) {
    if (std::ranges::find(types, layer.type) == types.end()) continue;
    any = true;
    if (builder.takes(layer, feature)) return true;
  }
  return !any;
}

Happening happening_of(Builder const& builder, record::RecordBase const& record,
                       std::string const& side, std::string const& second) {
  Happening out;
  out.text = record.map_name(builder.languages.tag, builder.languages.fallbacks);
  if (!second.empty() && second != builder.languages.tag && record.title.has(second)) {
    out.second_text = record.map_name(second, {});
  }
  out.rank = record.rank;
  out.color = furniture_side_color(builder, side);
  return out;
}

/// The colour of a second side among the units that act, not the one acted against.
std::optional<draw::Color> second_color_of(Builder const& builder, record::Event const& event) {
  for (auto const& id : event.units) {
    auto const* unit = builder.records().unit(id);
    if (unit == nullptr || unit->side.empty()) continue;
    if (unit->side != event.side && unit->side != event.against) {
      return furniture_side_color(builder, unit->side);
    }
  }
  return {};
}

bool is_before(Happening const& a, Happening const& b) {
  if (a.from != b.from) return a.from < b.from;
  if (a.rank != b.rank) return a.rank < b.rank;
  return a.record < b.record;
}

}  // namespace

std::map<std::string, int> numbers_of(Builder& builder, Bounds const& span) {
  std::map<std::string, int> numbers;
  std::set<std::string> printed;
  for (auto const& layer : builder.style.layers) {
    if (layer.type != style::LayerType::event) continue;
    if (builder.view.scale() < layer.scale_min || builder.view.scale() >= layer.scale_max) continue;
    std::vector<record::Event const*> shown;
    for (auto const& event : builder.records().events) {
      if (!event.when || !record::overlaps(*event.when, span)) continue;
      if (!position_of(event, builder.records()) || !is_on_frame(builder, event)) continue;
      auto properties = feature_of(event, builder.languages);
      builder.add_side(properties, event.side);
      builder.add_age(properties, event.when);
      auto const at = builder.view.to_page(*position_of(event, builder.records()));
      properties.set("in-inset", style::Value(builder.in_detail(*at)));
      if (!builder.selected("events", event.id, properties) || !builder.takes(layer, properties)) {
        continue;
      }
      shown.push_back(&event);
      builder.context.feature = &properties;
      style::Look const look(layer, builder.context);
      if (look.mm("number-size") > 0) printed.insert(event.id);
    }
    std::ranges::stable_sort(shown, {},
                             [](record::Event const* e) { return time_in_order(*e->when); });
    for (auto const* event : shown) {
      numbers.emplace(event->id, static_cast<int>(numbers.size()) + 1);
    }
  }
  std::erase_if(numbers, [&](auto const& entry) { return !printed.contains(entry.first); });
  return numbers;
}

TimeUnit time_unit(Builder const& builder, Bounds const& span) {
  if (!span.earliest.is_finite() || !span.latest.is_finite()) return TimeUnit::year;
  auto const unit = unit_of(span.latest.seconds - span.earliest.seconds);
  if (unit != TimeUnit::hour) return unit;
  auto const is_hour = [](Instant at) { return at.seconds % 86400 != 0; };
  if (builder.run && std::ranges::any_of(builder.run->instants, is_hour)) return unit;
  auto const has_hour = [&](auto const& record) {
    return record.when && record.when->has_time() && record::overlaps(*record.when, span);
  };
  bool const any = std::ranges::any_of(builder.records().events, has_hour) ||
                   std::ranges::any_of(builder.records().movements, has_hour);
  return any ? unit : TimeUnit::day;
}

std::vector<Happening> happenings_of(Builder& builder, Bounds const& span,
                                     std::string const& second) {
  using style::LayerType;
  auto const unit = time_unit(builder, span);
  std::vector<Happening> out;
  // Side, start and end in units of the strip.
  std::set<std::tuple<std::string, Instant, Instant>> times;
  auto const time_of = [&](record::Edtf const& when, std::string const& side) {
    auto const bounds = record::outer(when);
    auto const at = [&](Instant t) { return t.is_finite() ? aligned(t, unit, false) : t; };
    return std::tuple(side, at(bounds.earliest), at({bounds.latest.seconds - 1}));
  };
  for (auto const& event : builder.records().events) {
    if (!event.when || event.kind == nullptr || !record::overlaps(*event.when, span)) continue;
    auto properties = feature_of(event, builder.languages);
    builder.add_side(properties, event.side);
    builder.add_age(properties, event.when);
    if (!builder.selected("events", event.id, properties) || !is_on_frame(builder, event) ||
        !is_styled(builder, properties, {LayerType::event, LayerType::bombardment})) {
      continue;
    }
    auto happening = happening_of(builder, event, event.side, second);
    happening.record = "events." + event.id;
    happening.kind = event.kind;
    happening.second_color = second_color_of(builder, event);
    set_time(happening, *event.when, event.certainty, unit);
    times.insert(time_of(*event.when, event.side));
    out.push_back(std::move(happening));
  }
  for (auto const& movement : builder.records().movements) {
    if (!movement.when || movement.kind == nullptr || !record::overlaps(*movement.when, span)) {
      continue;
    }
    auto const& when = *movement.when;
    // A movement has a time of its own where it is as fine as the strip and no event has it.
    if (is_coarse(when.members().front().first, unit) ||
        times.contains(time_of(when, movement.side))) {
      continue;
    }
    auto properties = feature_of(movement, builder.records(), builder.languages);
    builder.add_side(properties, movement.side);
    builder.add_age(properties, movement.when);
    if (!builder.selected("movements", movement.id, properties) ||
        !is_styled(builder, properties, {LayerType::movement})) {
      continue;
    }
    auto happening = happening_of(builder, movement, movement.side, second);
    // The short form of a movement is its flag's, a name; here it is said what is done.
    happening.brief_text = happening.text;
    happening.text = movement.title.in(builder.languages.tag, builder.languages.fallbacks);
    if (!happening.second_text.empty()) happening.second_text = movement.title.in(second);
    happening.record = "movements." + movement.id;
    happening.kind = movement.kind;
    happening.is_movement = true;
    set_time(happening, when, movement.certainty, unit);
    out.push_back(std::move(happening));
  }
  std::ranges::sort(out, is_before);
  return out;
}

Happening const* current_of(std::vector<Happening> const& happenings, Instant at,
                            std::int64_t recent_s) {
  Happening const* best = nullptr;
  Happening const* last = nullptr;
  for (auto const& happening : happenings) {
    auto const begin = happening.is_moment ? happening.settled : happening.from;
    auto const end = std::max(begin, happening.to);
    if (begin > at) continue;
    if (last == nullptr || end >= std::max(last->settled, last->to)) last = &happening;
    bool const is_active = !end.is_finite() || at.seconds - end.seconds <= recent_s;
    if (!is_active) continue;
    auto const key = [](Happening const& h) {
      return std::pair(h.rank, -(h.is_moment ? h.settled : h.from).seconds);
    };
    if (best == nullptr || key(happening) <= key(*best)) best = &happening;
  }
  return best != nullptr ? best : last;
}

// --- lanes ---------------------------------------------------------------------------------------

namespace {

/// Titles and kinds of the lanes: those of the map, or the families of the table of kinds.
struct LaneRule {
  std::string title;
  std::string second_title;
  std::vector<std::string> kinds;
};

std::vector<LaneRule> lane_rules(Builder const& builder, record::FurnitureItem const& item,
                                 std::string const& second) {
  auto const& tag = builder.languages.tag;
  std::vector<LaneRule> rules;
  for (auto const& lane : item.lanes) {
    rules.push_back(
        {lane.title.in(tag, builder.languages.fallbacks),
         lane.title.has(second) && second != tag ? lane.title.in(second) : std::string(),
         lane.kinds});
  }
  if (!rules.empty()) return rules;
  constexpr std::pair<record::Family, char const*> families[] = {
      {record::Family::guns, "timeline.guns"},
      {record::Family::fleet, "timeline.fleet"},
      {record::Family::army, "timeline.army"},
      {record::Family::other, "timeline.other"}};
  for (auto const& [family, id] : families) {
    LaneRule rule{std::string(base::message(id, tag)), {}, {}};
    if (!second.empty() && second != tag) rule.second_title = base::message(id, second);
    for (auto const& kind : record::kinds()) {
      if (kind.family == family) rule.kinds.emplace_back(kind.id);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

/// An end that is known only to the day may lie anywhere in that day; where something else of its
/// lane begins or ends there at a known hour, the bar stops short of it.
void pull_in_ends(std::vector<Phase>& phases) {
  for (auto& phase : phases) {
    auto& p = phase.what;
    if (p.is_moment) continue;
    for (auto const& other : phases) {
      auto const& o = other.what;
      if (&o == &p || o.is_moment || o.is_movement) continue;
      bool const day_end = p.to_estimated && p.to.seconds % 86400 == 0;
      if (day_end && o.from.seconds % 86400 != 0 && o.from > p.from && o.from < p.to) p.to = o.from;
      bool const day_start = p.from_estimated && p.from.seconds % 86400 == 0;
      if (day_start && o.to.seconds % 86400 != 0 && o.to > p.from && o.to < p.to) p.from = o.to;
    }
  }
}

std::vector<TimelineLane> lanes_of(std::vector<Happening> const& happenings,
                                   std::vector<LaneRule> const& rules) {
  std::vector<TimelineLane> lanes;
  for (auto const& rule : rules) {
    TimelineLane lane{rule.title, rule.second_title, {}, 1};
    for (auto const& happening : happenings) {
      bool const fits = std::ranges::find(rule.kinds, happening.kind->id) != rule.kinds.end();
      if (fits) lane.phases.push_back({happening, 0});
    }
    if (lane.phases.empty()) continue;
    pull_in_ends(lane.phases);
    lanes.push_back(std::move(lane));
  }
  return lanes;
}

/// Instants at which something begins, ends or happens. `known` leaves out each midnight that
/// stands for an hour that nobody knows.
std::vector<Instant> changes_of(std::vector<TimelineLane> const& lanes, bool known) {
  std::vector<Instant> changes;
  auto const add = [&](Instant at, bool is_estimated) {
    bool const is_unknown_hour = known && is_estimated && at.seconds % 86400 == 0;
    if (at.is_finite() && !is_unknown_hour) changes.push_back(at);
  };
  for (auto const& lane : lanes) {
    for (auto const& [what, row] : lane.phases) {
      add(what.from, what.from_estimated);
      add(what.to, what.to_estimated);
    }
  }
  std::ranges::sort(changes);
  return changes;
}

/// The time that the strip shows: of a run of frames all of it, else from the first change to the
/// last within the map's time, with a unit of air at both ends.
std::optional<Bounds> span_of(std::vector<Instant> const& changes, TimeUnit unit,
                              Builder const& builder) {
  Bounds span = builder.whole;
  std::vector<Instant> within;
  for (auto const at : changes) {
    if (at >= span.earliest && at <= span.latest) within.push_back(at);
  }
  if (builder.run) return builder.run->span;
  if (within.empty()) return {};
  std::int64_t const air_s = unit == TimeUnit::hour ? 3600 : 86400;
  auto const from = aligned({within.front().seconds - air_s / 2}, unit, false);
  auto const to = aligned({within.back().seconds + air_s / 2}, unit, true);
  return Bounds{std::max(from, span.earliest), std::min(to, span.latest), false, false};
}

}  // namespace

void pack_rows(TimelineLane& lane, TimeScale const& scale, int most,
               std::vector<std::string>& left_out) {
  std::vector<std::size_t> order(lane.phases.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    auto const& x = lane.phases[a].what;
    auto const& y = lane.phases[b].what;
    if (x.is_movement != y.is_movement) return y.is_movement;
    return x.rank < y.rank;
  });
  struct Taken {
    int row;
    double from, to;
  };
  std::vector<Taken> taken;
  std::vector<Phase> kept;
  lane.rows = 1;
  for (auto const index : order) {
    auto phase = lane.phases[index];
    double const half = phase.what.is_moment ? half_sign_share : 0;
    double const from = scale.share(phase.what.from) - half;
    double const to = scale.share(phase.what.to) + half;
    int row = 0;
    auto const collides = [&](Taken const& t) {
      return t.row == row && t.from < to - 1e-9 && from < t.to - 1e-9;
    };
    while (row < most && std::ranges::any_of(taken, collides)) ++row;
    if (row == most) {
      left_out.push_back(phase.what.record);
      continue;
    }
    taken.push_back({row, from, to});
    phase.row = row;
    lane.rows = std::max(lane.rows, row + 1);
    kept.push_back(std::move(phase));
  }
  std::ranges::stable_sort(
      kept, [](Phase const& a, Phase const& b) { return is_before(a.what, b.what); });
  lane.phases = std::move(kept);
}

std::optional<Timeline> make_timeline(Builder& builder, record::FurnitureItem const& item) {
  auto const second = second_language(item);
  auto const rules = lane_rules(builder, item, second);
  Timeline out;
  out.lanes = lanes_of(happenings_of(builder, builder.whole, second), rules);
  auto const changes = changes_of(out.lanes, false);
  bool const has_ends = builder.whole.earliest.is_finite() && builder.whole.latest.is_finite();
  auto const known_span = has_ends || changes.empty()
                              ? builder.whole
                              : Bounds{changes.front(), changes.back(), false, false};
  out.unit = time_unit(builder, known_span);
  auto const span = span_of(changes, out.unit, builder);
  if (!span || !(span->earliest < span->latest)) return {};
  out.scale = make_time_scale(*span, changes_of(out.lanes, out.unit == TimeUnit::hour), out.unit);
  if (out.unit == TimeUnit::hour) {
    out.nights = nights_in(*span, builder.view.center());
  }
  for (auto& lane : out.lanes) {
    for (auto& phase : lane.phases) {
      auto& p = phase.what;
      double const share = out.scale.share(p.to) - out.scale.share(p.from);
      if (!p.is_moment && share < least_share) {
        p.from = {p.from.seconds + (p.to.seconds - p.from.seconds) / 2};
        p.to = p.from;
        p.is_moment = true;
      }
      out.has_estimates |= p.from_estimated || p.to_estimated;
    }
    std::erase_if(lane.phases, [&](Phase const& phase) {
      return phase.what.to < span->earliest || phase.what.from > span->latest;
    });
    pack_rows(lane, out.scale, 3, out.left_out);
  }
  std::erase_if(out.lanes, [](TimelineLane const& lane) { return lane.phases.empty(); });
  if (out.lanes.empty()) return {};
  auto const calendars = item.options.find("calendars");
  if (calendars != item.options.end()) out.calendars = base::split_list(calendars->second, ',');
  return out;
}

std::string second_language(record::FurnitureItem const& item) {
  auto const it = item.options.find("second");
  return it == item.options.end() ? std::string() : it->second;
}

// --- size ----------------------------------------------------------------------------------------

StripMeasure measure_of(Timeline const& timeline, style::FurnitureLook const& look) {
  StripMeasure m;
  double const tick = look.time_tick.size_mm;
  double const phase = look.phase.size_mm;
  auto const dates = static_cast<double>(timeline.calendars.size());
  m.head_mm = tick * (2.5 + 1.35 * dates);
  m.bar_mm = phase * 1.75;
  m.row_mm = phase * 2.05;
  m.lane_gap_mm = phase * 0.5;
  m.foot_mm = phase * 0.7;
  return m;
}

double height_mm(Timeline const& timeline, style::FurnitureLook const& look) {
  auto const m = measure_of(timeline, look);
  double height = m.head_mm + m.foot_mm;
  for (auto const& lane : timeline.lanes) height += lane.rows * m.row_mm + m.lane_gap_mm;
  return height;
}

draw::Color furniture_side_color(Builder const& builder, std::string const& side) {
  auto const& expression = builder.style.furniture.side_color;
  if (!expression) return builder.side_color(side);
  style::Feature feature;
  feature.set("side", style::Value(side));
  builder.add_side(feature, side);
  auto context = builder.context;
  context.feature = &feature;
  return expression->color(context);
}

}  // namespace hachure::scene
