#include "layout/place.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/text.hpp"
#include "layout/solver.hpp"

namespace hachure::layout {

namespace {

// Far above what any position costs: a label moves only when it has to.
constexpr double cost_of_moving = 1e5;
// Fine enough that half a cell is less than the air round a label.
constexpr double cell_mm = 0.25;

Occupancy occupancy_of(scene::Scene const& scene, std::vector<draw::Box> const& taken) {
  Occupancy occupancy(scene.frame, cell_mm);
  for (auto const& obstacle : scene.obstacles) {
    if (obstacle.is_line) {
      occupancy.add_lines(obstacle.area, obstacle.half_width_mm, obstacle.weight, obstacle.life);
    } else {
      occupancy.add_area(obstacle.area, obstacle.weight, obstacle.life);
    }
  }
  // Names keep off the frames of insets where they can.
  for (auto const& inset : scene.insets) {
    draw::Path outline;
    outline.add_polyline(inset.extent, true);
    occupancy.add_lines(outline, 0.1, 0.5);
  }
  for (auto const& box : taken) occupancy.add_box(box, 1);
  occupancy.finish();
  return occupancy;
}

Grounds grounds_of(scene::Scene const& scene) {
  constexpr double coarse_mm = 0.5;
  Grounds grounds{Occupancy(scene.frame, coarse_mm), Occupancy(scene.frame, coarse_mm),
                  !scene.water.empty()};
  grounds.water.add_area(scene.water, 1);
  grounds.land.add_area(scene.land, 1);
  grounds.water.finish();
  grounds.land.finish();
  return grounds;
}

/// Work of the solver: enough for the knots of a page of names, linear where there are very many. A
/// step is some 50 ns.
std::int64_t steps_for(std::size_t labels) {
  auto const n = static_cast<std::int64_t>(labels);
  return std::max<std::int64_t>(
      800'000,
      n * std::clamp<std::int64_t>(12'000'000 / std::max<std::int64_t>(1, n), 200, 12'000));
}

/// Positions of each label: many on a page of some hundred names, where each counts; their pairs,
/// which take the time, grow with the square.
int most_candidates_for(std::size_t labels) {
  constexpr std::size_t enough = 1000;
  constexpr int most = 96;
  constexpr int least = 15;
  return std::max(least, static_cast<int>(most * enough / std::max(enough, labels)));
}

/// What it costs to leave a label out: more important labels (lower sort keys) cost more, and every
/// label more than its worst position.
double drop_cost_of(scene::LabelRequest const& request) {
  if (request.required) return never_drop;
  return 12 * std::pow(2.0, std::clamp(6 - request.sort_key, -4.0, 10.0));
}

/// Distance between what two requests name, in mm.
double distance_between(scene::LabelRequest const& a, scene::LabelRequest const& b) {
  auto const points = [](scene::LabelRequest const& r) {
    std::vector<draw::Point> out;
    for (auto const& line : r.lines) out.insert(out.end(), line.begin(), line.end());
    if (out.empty()) out.push_back(r.anchor);
    return out;
  };
  double nearest = std::numeric_limits<double>::infinity();
  for (auto const& p : points(a)) {
    for (auto const& q : points(b)) nearest = std::min(nearest, draw::distance(p, q));
  }
  return nearest;
}

/// Where a label with the same text stood before, or null.
FrozenLabel const* place_before(FrozenPlacement const* previous,
                                scene::LabelRequest const& request) {
  auto const* before = previous == nullptr ? nullptr : previous->find(request.id);
  if (before == nullptr) return nullptr;
  std::string text;
  for (auto const& span : request.spans) text += span.text;
  return before->text == text ? before : nullptr;
}

std::string plain_text(scene::LabelRequest const& request) {
  std::string text = request.name;
  if (text.empty()) {
    for (auto const& span : request.spans) text += span.text;
  }
  return base::to_lower(text);
}

/// Whether `b` is on the map all the time that `a` is.
bool outlives(scene::LabelRequest const& b, scene::LabelRequest const& a) {
  return !b.life || (a.life && b.life->from_s <= a.life->from_s && a.life->to_s <= b.life->to_s);
}

/// Requests that repeat the name of a more important one nearby: a fort and its island, say. The
/// same words are printed once.
std::vector<char> merged_requests(scene::Scene const& scene) {
  constexpr double near_mm = 16;
  std::vector<char> merged(scene.labels.size(), 0);
  std::multimap<std::string, std::size_t> by_text;
  for (std::size_t i = 0; i < scene.labels.size(); ++i) {
    if (!scene.labels[i].badge && !scene.labels[i].flag && !scene.labels[i].callout) {
      by_text.emplace(plain_text(scene.labels[i]), i);
    }
  }
  for (auto const& [text, i] : by_text) {
    auto const [first, last] = by_text.equal_range(text);
    for (auto it = first; it != last && merged[i] == 0; ++it) {
      auto const& a = scene.labels[i];
      auto const& b = scene.labels[it->second];
      bool const stronger = b.sort_key < a.sort_key || (b.sort_key == a.sort_key && b.id < a.id);
      // Two columns of one commander are two things.
      bool const alike = !a.record.starts_with("movements.") &&
                         !(a.repeat_mm > 0 && a.record == b.record && a.layer == b.layer);
      if (it->second != i && alike && stronger && merged[it->second] == 0 && !a.offset &&
          outlives(b, a) && distance_between(a, b) < near_mm) {
        merged[i] = 1;
      }
    }
  }
  return merged;
}

bool is_covered(draw::Point p, std::vector<draw::Box> const& taken) {
  return std::ranges::any_of(taken, [&](draw::Box const& box) { return box.contains(p); });
}

std::string reason_left_out(scene::LabelRequest const& request, bool had_candidates,
                            std::vector<draw::Box> const& taken, bool lacks_glyphs) {
  if (lacks_glyphs) return "missing-glyph";
  if (had_candidates) return "lower-priority";
  if (request.lines.empty() && is_covered(request.anchor, taken)) return "off-page";
  return "no-room";
}

}  // namespace

LabelPlacements place_labels(scene::Scene const& scene, std::vector<draw::Box> const& taken,
                             Shaper const& shaper, FrozenPlacement const* previous) {
  auto const occupancy = occupancy_of(scene, taken);
  auto const grounds = grounds_of(scene);
  LabelSpace const space{occupancy, grounds, scene.frame, most_candidates_for(scene.labels.size())};
  // Ties are broken by position in the problem: order by id makes the result independent of the
  // order of the records.
  std::vector<std::size_t> order(scene.labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return scene.labels[i].id; });

  LabelPlacements out;
  auto const merged = merged_requests(scene);
  std::vector<std::vector<LabelCandidate>> candidates(order.size());
  std::vector<char> lacks_glyphs(order.size(), 0);
  Problem problem;
  problem.labels.resize(order.size());
  if (previous != nullptr) {
    problem.previous.assign(order.size(), -1);
    problem.change_cost = cost_of_moving;
  }
  std::vector<CandidateShape> shapes;
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto const& request = scene.labels[order[i]];
    if (merged[order[i]] != 0) {
      problem.labels[i].drop_cost = 0;
      continue;
    }
    std::vector<MissingGlyph> missing;
    candidates[i] = candidates_of(request, shaper, space, place_before(previous, request), missing);
    lacks_glyphs[i] = missing.empty() ? 0 : 1;
    for (auto& glyph : missing) out.missing.push_back({request.record, std::move(glyph)});
    problem.labels[i].drop_cost = drop_cost_of(request);
    for (auto& candidate : candidates[i]) {
      if (candidate.frozen) {
        problem.previous[i] = static_cast<int>(problem.labels[i].candidates.size());
      }
      problem.labels[i].candidates.push_back({std::max(0.0, candidate.cost)});
      shapes.push_back({.label = static_cast<int>(i), .boxes = std::move(candidate.boxes)});
      if (request.life) {
        shapes.back().from_s = request.life->from_s;
        shapes.back().to_s = request.life->to_s;
      }
    }
  }
  problem.conflicts = find_conflicts(shapes);
  shapes = std::vector<CandidateShape>();
  auto const solution = solve(problem, {.steps = steps_for(order.size()), .seed = 1});

  out.labels.resize(scene.labels.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto const& request = scene.labels[order[i]];
    auto& placement = out.labels[order[i]];
    placement.request = &request;
    int const choice = solution.choice[i];
    if (choice >= 0) {
      placement.chosen = std::move(candidates[i][static_cast<std::size_t>(choice)]);
      finish(*placement.chosen, request);
      placement.reason = "placed";
    } else if (merged[order[i]] != 0) {
      placement.reason = "merged";
    } else {
      placement.reason =
          reason_left_out(request, !candidates[i].empty(), taken, lacks_glyphs[i] != 0);
    }
  }
  return out;
}

}  // namespace hachure::layout
