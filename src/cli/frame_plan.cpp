#include "cli/frame_plan.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "record/date_format.hpp"

namespace hachure::cli {

namespace {

using record::Instant;

base::Origin option(std::string const& name) {
  return {.file = "--" + name, .line = 0, .place = {}, .field = {}};
}

bool has_hours(record::Edtf const& date) {
  return date.members().front().first.date.precision >= record::EdtfDate::Precision::minute;
}

/// The words of a run's times, from options or from a sequence, and where to blame them.
struct Times {
  std::string from;
  std::string to;
  std::string step;
  base::Origin origin;  ///< of a sequence; empty: options
};

class Planner {
 public:
  Planner(FramesJob const& job, record::Project const& project, base::Diagnostics& diagnostics)
      : job_(job), project_(project), diagnostics_(diagnostics) {}

  FramePlan plan() {
    choose_sequence();
    choose_map();
    if (plan_.map == nullptr) return plan_;
    choose_size();
    plan_.style = job_.style;
    if (plan_.style.empty() && plan_.sequence != nullptr) plan_.style = plan_.sequence->style;
    if (choose_span()) choose_instants();
    return plan_;
  }

 private:
  void choose_sequence() {
    std::vector<std::string> known;
    for (auto const& sequence : project_.sequences) {
      known.push_back(sequence.id);
      if (sequence.id == job_.sequence) plan_.sequence = &sequence;
    }
    if (!job_.sequence.empty() && plan_.sequence == nullptr) {
      diagnostics_.error(option("sequence"),
                         "\"" + job_.sequence + "\" is not a sequence of the project",
                         base::hint_of(job_.sequence, known));
    }
    bool const own_times = !job_.from.empty() || !job_.to.empty() || !job_.step.empty() ||
                           job_.count || !job_.dates.empty() || job_.events;
    if (job_.sequence.empty() && !own_times) {
      auto const it =
          std::ranges::find(project_.sequences, job_.map, &record::SequenceDefinition::map);
      if (it != project_.sequences.end()) plan_.sequence = &*it;
    }
  }

  void choose_map() {
    auto const& id =
        !job_.map.empty() || plan_.sequence == nullptr ? job_.map : plan_.sequence->map;
    std::vector<std::string> known;
    for (auto const& map : project_.maps) known.push_back(map.id);
    plan_.map = project_.map(id);
    if (plan_.map != nullptr || diagnostics_.has_errors()) return;
    if (id.empty()) {
      diagnostics_.error(option("map"), "which map?", base::hint_of("", known), base::Fault::usage);
    } else {
      diagnostics_.error(option("map"), "\"" + id + "\" is not a map of the project",
                         base::hint_of(id, known));
    }
  }

  void choose_size() {
    if (job_.size_px) {
      plan_.size_px = *job_.size_px;
    } else if (plan_.sequence != nullptr && !plan_.sequence->size.empty()) {
      auto const& text = plan_.sequence->size;
      if (auto const size = parse_size(text)) {
        plan_.size_px = *size;
      } else {
        diagnostics_.error(plan_.sequence->origin,
                           "size: \"" + text + "\" is not WxH with two whole numbers",
                           "as in 1920x1080");
      }
    }
  }

  std::optional<record::Edtf> date(std::string const& text, base::Origin const& origin) {
    try {
      return record::parse_edtf(text);
    } catch (base::Error const& error) {
      diagnostics_.error(origin, error.message(), error.hint());
      return {};
    }
  }

  base::Origin blame(std::string const& name) const {
    return times_.origin.file.empty() ? option(name) : times_.origin;
  }

  /// First and last instant; false when they make no span.
  bool choose_span() {
    auto const* sequence = plan_.sequence;
    if (sequence != nullptr) {
      times_ = {sequence->from, sequence->to, sequence->step, sequence->origin};
    }
    if (!job_.from.empty() || !job_.to.empty()) times_.origin = {};
    if (!job_.from.empty()) times_.from = job_.from;
    if (!job_.to.empty()) times_.to = job_.to;
    if (!job_.step.empty()) times_.step = job_.step;
    if (!job_.dates.empty()) return true;
    auto first = Instant::min();
    auto last = Instant::max();
    if (plan_.map->when) {
      auto const bounds = record::outer(*plan_.map->when);
      first = bounds.earliest;
      last = bounds.latest;
      // A map of hours has a time that says hours.
      to_has_hours_ = plan_.map->when->has_time();
    }
    if (!times_.from.empty()) {
      auto const from = date(times_.from, blame("from"));
      if (!from) return false;
      first = record::outer(*from).earliest;
    }
    if (!times_.to.empty()) {
      auto const to = date(times_.to, blame("to"));
      if (!to) return false;
      last = record::outer(*to).latest;
      to_start_ = record::outer(*to).earliest;
      to_has_hours_ = has_hours(*to);
    }
    if (!first.is_finite() || !last.is_finite()) {
      diagnostics_.error(option(first.is_finite() ? "to" : "from"),
                         "map " + plan_.map->id + " has no time of its own",
                         "say --from DATE and --to DATE", base::Fault::usage);
      return false;
    }
    if (first > last) {
      diagnostics_.error(blame("to"), "the last frame (" + record::to_text(last, true) +
                                          ") comes before the first (" +
                                          record::to_text(first, true) + ")");
      return false;
    }
    plan_.span = {first, last, false, false};
    return true;
  }

  void choose_instants() {
    if (!job_.dates.empty()) {
      by_dates();
    } else if (job_.events) {
      by_events();
    } else if (job_.count) {
      by_count(*job_.count);
    } else if (!times_.step.empty()) {
      by_step();
    } else {
      diagnostics_.error(option("step"), "how many frames?",
                         "say --step DURATION (1d, 30min), --count N, --dates D,D,... or --events",
                         base::Fault::usage);
    }
    if (plan_.instants.empty() || diagnostics_.has_errors()) return;
    auto const& all = plan_.instants;
    if (all.size() > base::limits::max_frames) too_many(all.size());
    if (plan_.step_s == 0 && all.size() > 1) {
      plan_.step_s =
          (all.back().seconds - all.front().seconds) / static_cast<std::int64_t>(all.size() - 1);
    }
    plan_.step_s = std::max<std::int64_t>(plan_.step_s, 1);
    plan_.span = {all.front(), all.back(), false, false};
    plan_.with_time = std::ranges::any_of(all, [](Instant at) {
      auto const civil = record::to_civil(at);
      return civil.hour != 0 || civil.minute != 0 || civil.second != 0;
    });
  }

  void too_many(std::size_t count) {
    diagnostics_.error(
        option("step"),
        std::to_string(count) + " frames; the limit is " + std::to_string(base::limits::max_frames),
        "a longer step, or a shorter time");
  }

  void by_step() {
    record::Duration step;
    try {
      step = record::parse_duration(times_.step);
    } catch (base::Error const& error) {
      diagnostics_.error(job_.step.empty() ? times_.origin : option("step"), error.message(),
                         error.hint());
      return;
    }
    for (std::int64_t k = 0;; ++k) {
      auto const at = record::add(plan_.span.earliest, step, k);
      if (at > plan_.span.latest) break;
      plan_.instants.push_back(at);
      if (plan_.instants.size() > base::limits::max_frames) break;
    }
    if (plan_.instants.size() > 1) {
      plan_.step_s = plan_.instants[1].seconds - plan_.instants[0].seconds;
    }
  }

  /// N frames at even distances: to an hour, the last one shows it; to a day, its last step ends
  /// with the day.
  void by_count(int count) {
    auto const first = plan_.span.earliest.seconds;
    bool const to_hour = to_has_hours_ && to_start_;
    auto const last = to_hour ? to_start_->seconds : plan_.span.latest.seconds + 1;
    std::int64_t const steps = to_hour ? std::max(1, count - 1) : count;
    for (int k = 0; k < count; ++k) {
      // Whole seconds, halves up; the rest of the division by itself stays within 64 bits.
      std::int64_t const rest = (last - first) % steps * k * 2 + steps;
      plan_.instants.push_back({first + (last - first) / steps * k + rest / (2 * steps)});
    }
    plan_.step_s = (last - first) / steps;
  }

  void by_dates() {
    for (auto const& text : job_.dates) {
      auto const when = date(text, option("dates"));
      if (!when) continue;
      auto const at = record::outer(*when).earliest;
      if (!at.is_finite()) {
        diagnostics_.error(option("dates"), "\"" + text + "\" has no beginning");
      } else {
        plan_.instants.push_back(at);
      }
    }
    settle();
  }

  /// The first instant, then each at which a record begins or is over.
  void by_events() {
    auto const& records = project_.records;
    plan_.instants.push_back(plan_.span.earliest);
    auto const add = [&](std::optional<record::Edtf> const& when) {
      if (!when) return;
      auto const bounds = record::outer(*when);
      for (auto const at :
           {bounds.earliest,
            bounds.latest.is_finite() ? Instant{bounds.latest.seconds + 1} : bounds.latest}) {
        if (at.is_finite() && at >= plan_.span.earliest && at <= plan_.span.latest) {
          plan_.instants.push_back(at);
        }
      }
    };
    for (auto const& event : records.events) add(event.when);
    for (auto const& movement : records.movements) add(movement.when);
    for (auto const& unit : records.units) add(unit.when);
    settle();
  }

  void settle() {
    auto& all = plan_.instants;
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  FramesJob const& job_;
  record::Project const& project_;
  base::Diagnostics& diagnostics_;
  FramePlan plan_;
  Times times_;
  bool to_has_hours_ = false;
  std::optional<Instant> to_start_;
};

}  // namespace

FramePlan plan_frames(FramesJob const& job, record::Project const& project,
                      base::Diagnostics& diagnostics) {
  return Planner(job, project, diagnostics).plan();
}

std::string date_of_frame(FramePlan const& plan, std::size_t index) {
  return record::to_text(plan.instants[index], plan.with_time);
}

std::string caption_of_frame(FramePlan const& plan, std::size_t index) {
  auto const precision =
      plan.with_time ? record::EdtfDate::Precision::minute : record::EdtfDate::Precision::day;
  return record::format_instant(plan.instants[index], precision, plan.lang);
}

}  // namespace hachure::cli
