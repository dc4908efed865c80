#include "scene/flow.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace hachure::scene {

namespace {

using draw::Point;

using Node = std::pair<std::int64_t, std::int64_t>;

Node node_of(Point p) {
  return {std::llround(p.x_mm * 1000), std::llround(p.y_mm * 1000)};
}

/// The right-hand side of a direction, on a page with y downwards.
Point right_of(Point direction) {
  return {-direction.y_mm, direction.x_mm};
}

Point unit(Point p) {
  double const length = draw::length(p);
  return length > 0 ? p * (1 / length) : Point{1, 0};
}

/// A place across a trunk: to the right of its middle line, which runs in `direction`.
struct Port {
  Point direction;
  double across_mm;
};

/// A point of one of the flows.
struct Visit {
  std::size_t flow;
  std::size_t index;
};

struct Leg {
  std::size_t flow;
  std::size_t index;  ///< of its first point
  bool forward;       ///< from the lower node to the higher
};

class Junctions {
 public:
  Junctions(std::vector<Flow> const& flows, double gap_mm) : flows_(flows), gap_mm_(gap_mm) {
    for (std::size_t f = 0; f < flows.size(); ++f) {
      auto const& points = flows[f].points;
      shifts_.emplace_back(points.size());
      for (std::size_t i = 0; i < points.size(); ++i) {
        auto const node = node_of(points[i]);
        visits_[node].push_back({f, i});
        if (i == 0) continue;
        auto const before = node_of(points[i - 1]);
        if (node == before) continue;
        auto const ends = std::minmax(before, node);
        legs_[{ends.first, ends.second}].push_back({f, i - 1, before < node});
      }
    }
  }

  std::vector<Flow> join() {
    for (auto const& [ends, legs] : legs_) stack(legs);
    std::vector<Flow> out = flows_;
    for (std::size_t f = 0; f < out.size(); ++f) {
      for (std::size_t i = 0; i < out[f].points.size(); ++i) {
        out[f].points[i] = out[f].points[i] + shift_at(f, i);
      }
    }
    for (auto const& [node, visits] : visits_) join_ends(visits, out);
    return out;
  }

 private:
  /// Shift to the right of a flow's own direction on the legs before and after one of its points.
  struct Shift {
    std::optional<double> before;
    std::optional<double> after;
  };

  double leg_width(Leg const& leg) const {
    auto const& widths = flows_[leg.flow].width_mm;
    return std::max(widths[leg.index], widths[leg.index + 1]);
  }

  Point leg_direction(std::size_t flow, std::size_t index) const {
    auto const& points = flows_[flow].points;
    return unit(points[index + 1] - points[index]);
  }

  /// Where a flow goes as seen from another that shares some of its way: mean of its points to the
  /// right (positive) or left of the leg.
  double lean(std::size_t flow, Point at, Point direction) const {
    double sum = 0;
    for (auto const& p : flows_[flow].points) {
      sum += draw::cross(direction, p - at);
    }
    return sum / static_cast<double>(flows_[flow].points.size());
  }

  void stack(std::vector<Leg> legs) {
    if (legs.size() < 2) return;
    // The widest gives the direction, so that the order is the same on all legs of one route.
    auto const widest = *std::ranges::max_element(legs, {}, [&](Leg const& l) {
      return std::pair(leg_width(l), -static_cast<double>(l.flow));
    });
    auto const direction = leg_direction(widest.flow, widest.index);
    auto const at = flows_[widest.flow].points[widest.index];
    auto const side = [&](Leg const& leg) {
      if (leg.flow == widest.flow && leg.index == widest.index) return 0.0;
      double const d = lean(leg.flow, at, direction) - lean(widest.flow, at, direction);
      // Wider ones lie nearer to the middle; one that goes nowhere else lies to the right.
      double const sign = d < -1e-6 ? -1 : 1;
      return sign / (leg_width(leg) + 1e-3);
    };
    std::ranges::stable_sort(legs, [&](Leg const& a, Leg const& b) {
      return std::pair(side(a), a.flow) < std::pair(side(b), b.flow);
    });
    double total = -gap_mm_;
    for (auto const& leg : legs) total += leg_width(leg) + gap_mm_;
    double edge = -total / 2;
    for (auto const& leg : legs) {
      double const own = leg.forward == widest.forward ? 1 : -1;
      double const shift = own * (edge + leg_width(leg) / 2);
      shifts_[leg.flow][leg.index].after = shift;
      shifts_[leg.flow][leg.index + 1].before = shift;
      edge += leg_width(leg) + gap_mm_;
    }
  }

  Point shift_at(std::size_t flow, std::size_t i) const {
    auto const& [before, after] = shifts_[flow][i];
    if (!before && !after) return {0, 0};
    auto const n = flows_[flow].points.size();
    auto const a = leg_direction(flow, i > 0 ? i - 1 : i);
    auto const b = leg_direction(flow, i + 1 < n ? i : i - 1);
    if (!before) return right_of(b) * *after;
    if (!after) return right_of(a) * *before;
    // The bisector, not farther off than twice the shift at sharp bends.
    auto const sum = right_of(a) + right_of(b);
    double const square = std::max(draw::dot(sum, sum), 1.0);
    return sum * ((*before + *after) / square);
  }

  bool is_shared(std::size_t flow, std::size_t i) const {
    return shifts_[flow][i].before || shifts_[flow][i].after;
  }

  bool is_end(Visit v) const { return v.index == 0 || v.index + 1 == flows_[v.flow].points.size(); }

  double width_at(Visit v) const { return flows_[v.flow].width_mm[v.index]; }

  /// Direction of a flow at one of its points.
  Point course(std::vector<Flow> const& flows, Visit v) const {
    auto const& points = flows[v.flow].points;
    auto const first = v.index > 0 ? v.index - 1 : v.index;
    auto const last = std::min(v.index + 1, points.size() - 1);
    return unit(points[last] - points[first]);
  }

  void join_ends(std::vector<Visit> const& visits, std::vector<Flow>& out) {
    if (visits.size() < 2) return;
    auto const trunk = *std::ranges::max_element(visits, {}, [&](Visit v) {
      return std::tuple(width_at(v), !is_end(v), -static_cast<double>(v.flow));
    });
    auto const course_of_trunk = course(flows_, trunk);
    for (bool const arriving : {true, false}) {
      std::vector<Visit> ends;
      for (auto const& v : visits) {
        if (v.flow == trunk.flow || !is_end(v) || is_shared(v.flow, v.index)) continue;
        if ((v.index > 0) == arriving) ends.push_back(v);
      }
      if (!ends.empty()) place_ends(trunk, course_of_trunk, ends, out);
    }
  }

  /// Which way a flow lies from its end: to the right (positive) or left of the trunk.
  double bearing(Visit end, Point direction) const {
    auto const& points = flows_[end.flow].points;
    auto const next = points[end.index > 0 ? end.index - 1 : 1] - points[end.index];
    // As an angle from straight behind, so that the order holds for those beside and before.
    return std::atan2(draw::cross(direction, next), std::abs(draw::dot(direction, next)));
  }

  void place_ends(Visit trunk, Point direction, std::vector<Visit> ends, std::vector<Flow>& out) {
    std::ranges::stable_sort(ends, {}, [&](Visit v) { return bearing(v, direction); });
    double sum = 0;
    for (auto const& v : ends) sum += width_at(v);
    double const width = width_at(trunk);
    // A trunk that begins where these end is shared out among them; one that goes on takes them at
    // the side they come from.
    bool const whole = is_end(trunk) && (trunk.index > 0) != (ends.front().index > 0);
    double left = whole ? -sum / 2 : -width / 2;
    double right = width / 2;
    for (auto const& v : ends) {
      if (!whole && bearing(v, direction) > 0) break;
      set_end(v, trunk, {direction, left + width_at(v) / 2}, out);
      left += width_at(v);
    }
    if (whole) return;
    for (auto it = ends.rbegin(); it != ends.rend() && bearing(*it, direction) > 0; ++it) {
      set_end(*it, trunk, {direction, right - width_at(*it) / 2}, out);
      right -= width_at(*it);
    }
  }

  /// Moves an end across the trunk and lets the flow run into its direction.
  void set_end(Visit end, Visit trunk, Port const& where, std::vector<Flow>& out) const {
    auto& flow = out[end.flow];
    bool const arrives = end.index > 0;
    auto const place = arrives ? flow.points.size() - 1 : 0;
    auto const beside = flow.points[arrives ? place - 1 : 1];
    auto const port = flows_[trunk.flow].points[trunk.index] + shift_at(trunk.flow, trunk.index) +
                      right_of(where.direction) * where.across_mm;
    auto inwards = where.direction;
    if (draw::dot(inwards, beside - port) > 0) inwards = inwards * -1;
    double const leg = draw::distance(beside, port);
    double const run = std::min(0.4 * leg, 0.8 * width_at(trunk));
    flow.points[place] = port;
    auto const guide = port - inwards * run;
    auto const offset = static_cast<std::ptrdiff_t>(arrives ? place : 1);
    flow.points.insert(flow.points.begin() + offset, guide);
    flow.width_mm.insert(flow.width_mm.begin() + offset, flow.width_mm[place]);
  }

  std::vector<Flow> const& flows_;
  double gap_mm_;
  std::vector<std::vector<Shift>> shifts_;
  std::map<Node, std::vector<Visit>> visits_;
  std::map<std::pair<Node, Node>, std::vector<Leg>> legs_;
};

}  // namespace

std::vector<Flow> joined_flows(std::vector<Flow> const& flows, double gap_mm) {
  return Junctions(flows, gap_mm).join();
}

}  // namespace hachure::scene
