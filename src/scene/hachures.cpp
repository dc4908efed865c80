#include "scene/hachures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>

#include "base/limits.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

/// The finalizer of MurmurHash3 (Appleby 2011): neighbouring edges get unlike numbers.
std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdull;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ull;
  return x ^ (x >> 33);
}

double unit(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) * 0x1.0p-53;
}

/// Where a stroke starts.
struct Seed {
  Point at;
  /// Strokes of low rank give way: 0 for every other one of a row, 1 for every other of the rest
  /// and so on, so that a row that narrows is thinned evenly.
  int rank = 0;
  std::uint64_t hash = 0;
};

/// Points of a form line from which the strokes of a row are counted: those whose hash is the least
/// within `reach_mm` along the line. They do not depend on where the line starts or is cut off.
std::vector<std::size_t> anchors_of(ContourLine const& line, std::vector<double> const& along,
                                    double length_mm, double reach_mm) {
  std::size_t const n = line.points.size();
  std::vector<std::uint64_t> hashes(n);
  for (std::size_t i = 0; i < n; ++i) hashes[i] = mixed(line.edges[i] * 31 + line.level);
  std::vector<std::size_t> anchors;
  if (length_mm <= 2 * reach_mm) {
    anchors.push_back(static_cast<std::size_t>(std::ranges::min_element(hashes) - hashes.begin()));
    return anchors;
  }
  // Closed lines are walked with a lap before and after, by indices beyond the ends.
  auto const count = static_cast<long>(n);
  auto const wrapped = [&](long i) {
    return static_cast<std::size_t>((i % count + count) % count);
  };
  auto const place = [&](long i) {
    double const laps = std::floor(static_cast<double>(i) / static_cast<double>(count));
    return along[wrapped(i)] + laps * length_mm;
  };
  long const first = line.closed ? -count : 0;
  long const last = line.closed ? 2 * count : count;
  std::deque<long> least;  // of the window, ascending hashes
  long head = first;
  for (long i = 0; i < count; ++i) {
    while (head < last && place(head) <= place(i) + reach_mm) {
      while (!least.empty() && hashes[wrapped(least.back())] >= hashes[wrapped(head)]) {
        least.pop_back();
      }
      least.push_back(head++);
    }
    while (place(least.front()) < place(i) - reach_mm) least.pop_front();
    if (least.front() == i) anchors.push_back(static_cast<std::size_t>(i));
  }
  return anchors;
}

/// Points of one row, asked whether one lies near.
class NearPoints {
 public:
  NearPoints(draw::Box const& window, double gap_mm)
      : window_(window), gap_mm_(gap_mm), columns_(cell_of(window.width_mm()) + 1) {
    heads_.resize(columns_ * (cell_of(window.height_mm()) + 1), none);
  }

  void clear() {
    for (auto const cell : touched_) heads_[cell] = none;
    touched_.clear();
    entries_.clear();
  }

  void add(Point p) {
    if (!window_.contains(p)) return;
    auto const cell =
        cell_of(p.y_mm - window_.min_y_mm) * columns_ + cell_of(p.x_mm - window_.min_x_mm);
    entries_.push_back({p, heads_[cell]});
    heads_[cell] = entries_.size() - 1;
    touched_.push_back(cell);
  }

  /// Whether a point lies nearer than the gap.
  bool is_near(Point p) const {
    if (!window_.contains(p)) return false;
    auto const x = cell_of(p.x_mm - window_.min_x_mm);
    auto const y = cell_of(p.y_mm - window_.min_y_mm);
    auto const rows = heads_.size() / columns_;
    for (auto j = y > 0 ? y - 1 : 0; j <= std::min(y + 1, rows - 1); ++j) {
      for (auto i = x > 0 ? x - 1 : 0; i <= std::min(x + 1, columns_ - 1); ++i) {
        for (auto k = heads_[j * columns_ + i]; k != none; k = entries_[k].next) {
          if (draw::distance(entries_[k].at, p) < gap_mm_) return true;
        }
      }
    }
    return false;
  }

 private:
  static constexpr auto none = static_cast<std::size_t>(-1);
  struct Entry {
    Point at;
    std::size_t next;
  };
  std::size_t cell_of(double mm) const { return static_cast<std::size_t>(mm / gap_mm_); }

  draw::Box window_;
  double gap_mm_;
  std::size_t columns_;
  std::vector<std::size_t> heads_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> touched_;
};

draw::Box box_of(HeightField const& field) {
  draw::Box box;
  box.add(field.at(field.first_column, field.first_row));
  box.add(field.at(field.first_column + field.columns, field.first_row + field.rows));
  return box;
}

class Hachurer {
 public:
  Hachurer(HeightField const& field, HachureLook const& look, PageMask const* avoid)
      : field_(field),
        look_(look),
        avoid_(avoid),
        terrain_(field),
        row_(box_of(field), look.least_gap_mm) {
    double const light_rad = look.light_deg * 3.14159265358979323846 / 180;
    away_ = {-std::sin(light_rad), std::cos(light_rad)};
  }

  std::vector<HachureStroke> strokes() {
    std::vector<std::vector<Seed>> rows(look_.levels_m.size());
    for (auto const& line : contours(field_, look_.levels_m)) seed(line, rows[line.level]);
    std::vector<HachureStroke> out;
    for (std::size_t level = 0; level < rows.size(); ++level) draw_row(level, rows[level], out);
    return out;
  }

 private:
  double share(double slope) const { return std::clamp(slope / look_.steepest, 0.0, 1.0); }

  double spacing(double slope) const {
    return look_.spacing_mm + (look_.spacing_steep_mm - look_.spacing_mm) * share(slope);
  }

  static double slope_of(Terrain::Sample const& sample) {
    return std::hypot(sample.uphill.x, sample.uphill.y);
  }

  /// How many form lines a row spans: twice, four times ... as many where they crowd.
  std::size_t span(std::size_t level, double slope) const {
    auto const& levels = look_.levels_m;
    double const step_m = level > 0 ? levels[level] - levels[level - 1]
                                    : (levels.size() > 1 ? levels[1] - levels[0] : levels[0]);
    double const row_mm = step_m / std::max(slope, 1e-9) / field_.metres_per_mm;
    double const wanted_mm = 2.6 * look_.shortest_mm;
    std::size_t span = 1;
    while (span < 64 && row_mm * static_cast<double>(span) < wanted_mm) span *= 2;
    return span;
  }

  /// Strokes along a form line: evenly between one anchor and the next, as many as the slopes ask
  /// for.
  void seed(ContourLine const& line, std::vector<Seed>& seeds) const {
    std::size_t const n = line.points.size();
    if (n < 3) return;
    std::vector<double> along(n);
    for (std::size_t i = 1; i < n; ++i) {
      along[i] = along[i - 1] + draw::distance(line.points[i - 1], line.points[i]);
    }
    double length_mm = along.back();
    if (line.closed) length_mm += draw::distance(line.points.back(), line.points.front());
    if (length_mm < 2 * look_.spacing_steep_mm) return;
    constexpr double reach_mm = 6;
    auto const anchors = anchors_of(line, along, length_mm, reach_mm);
    if (anchors.empty()) return;
    for (std::size_t k = 0; k + 1 < anchors.size(); ++k) {
      auto const count = static_cast<long>(anchors[k + 1] - anchors[k]);
      seed_between(line, {static_cast<long>(anchors[k]), count, 1, true}, seeds);
    }
    auto const first = static_cast<long>(anchors.front());
    auto const last = static_cast<long>(anchors.back());
    auto const count = static_cast<long>(n);
    if (line.closed) {
      seed_between(line, {last, count - last + first, 1, true}, seeds);
    } else {
      seed_between(line, {last, count - 1 - last, 1, false}, seeds);
      seed_between(line, {first, first, -1, false}, seeds);
    }
  }

  /// Part of a form line that starts at an anchor.
  struct Stretch {
    long from;
    long steps;
    int direction;
    bool ends_at_anchor;
  };

  void seed_between(ContourLine const& line, Stretch const& stretch,
                    std::vector<Seed>& seeds) const {
    auto const n = static_cast<long>(line.points.size());
    auto const index = [&](long k) {
      return static_cast<std::size_t>(((stretch.from + stretch.direction * k) % n + n) % n);
    };
    // Strokes asked for up to each point.
    std::vector<double> wanted(static_cast<std::size_t>(stretch.steps) + 1);
    for (long k = 1; k <= stretch.steps; ++k) {
      auto const a = line.points[index(k - 1)];
      auto const b = line.points[index(k)];
      auto const middle = terrain_.at((a + b) * 0.5);
      double const gap = spacing(middle ? slope_of(*middle) : 0);
      auto const at = static_cast<std::size_t>(k);
      wanted[at] = wanted[at - 1] + draw::distance(a, b) / gap;
    }
    double const whole = std::max(1.0, std::round(wanted.back()));
    double const factor = stretch.ends_at_anchor ? whole / std::max(1e-9, wanted.back()) : 1;
    std::uint64_t const own = mixed(line.edges[index(0)] * 31 + line.level);
    // The anchor's own stroke belongs to the stretch that leaves it forwards.
    auto number = stretch.direction > 0 ? 0L : 1L;
    for (long k = 1; k <= stretch.steps; ++k) {
      auto const at = static_cast<std::size_t>(k);
      double const low = wanted[at - 1] * factor;
      double const high = wanted[at] * factor;
      for (; high > low; ++number) {
        auto const hash = mixed(own + static_cast<std::uint64_t>(number * stretch.direction));
        constexpr double jitter = 0.08;
        double const place =
            static_cast<double>(number) + (number == 0 ? 0 : jitter * (2 * unit(hash) - 1));
        if (place >= high || (stretch.ends_at_anchor && place > whole - 0.5)) break;
        double const t = std::clamp((place - low) / (high - low), 0.0, 1.0);
        auto const a = line.points[index(k - 1)];
        auto const b = line.points[index(k)];
        int const rank = number == 0 ? 16 : std::countr_zero(static_cast<unsigned long>(number));
        seeds.push_back({a + (b - a) * t, rank, hash});
      }
    }
  }

  /// A stroke from its seed down to the form line `span` below, to the foot of the slope, to ground
  /// it avoids, or to its greatest length.
  std::vector<Point> descend(Point from, double until_m) const {
    constexpr double step_mm = 0.09;
    std::vector<Point> line{from};
    auto const direction = [&](Point at) -> std::optional<Point> {
      auto const sample = terrain_.at(at);
      if (!sample) return {};
      double const slope = slope_of(*sample);
      if (slope < look_.flattest) return {};
      return Point{-sample->uphill.x / slope, -sample->uphill.y / slope};
    };
    auto const steps = static_cast<int>(look_.longest_mm / step_mm);
    for (int i = 0; i < steps; ++i) {
      auto const at = line.back();
      auto const first = direction(at);
      if (!first) break;
      // Midpoint rule.
      auto const second = direction(at + *first * (step_mm / 2));
      if (!second) break;
      auto const next = at + *second * step_mm;
      auto const sample = terrain_.at(next);
      if (!sample || sample->height_m <= until_m) break;
      if (avoid_ != nullptr && avoid_->covers(next)) break;
      line.push_back(next);
    }
    return line;
  }

  /// How much of the line may stay before it comes near to another of the row.
  std::size_t clear_points(std::vector<Point> const& line) const {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (row_.is_near(line[i])) return i;
    }
    return line.size();
  }

  void draw_row(std::size_t level, std::vector<Seed>& seeds, std::vector<HachureStroke>& out) {
    // Those that stay come first; of equal rank any order that the ground itself gives.
    std::ranges::sort(seeds, [](Seed const& a, Seed const& b) {
      return a.rank != b.rank ? a.rank > b.rank : a.hash < b.hash;
    });
    row_.clear();
    auto const& levels = look_.levels_m;
    for (std::size_t k = 0; k < seeds.size(); ++k) {
      auto const& seed = seeds[k];
      auto const sample = terrain_.at(seed.at);
      if (!sample || (avoid_ != nullptr && avoid_->covers(seed.at))) continue;
      double const slope = slope_of(*sample);
      if (slope < look_.flattest) continue;
      auto const rows = span(level, slope);
      if (level % rows != 0) continue;
      double const below = level >= rows       ? levels[level - rows]
                           : levels.size() > 1 ? levels[0] - (levels[1] - levels[0])
                                               : 0;
      auto line = descend(seed.at, below + 0.05 * (levels[level] - below));
      line.resize(clear_points(line));
      double length_mm = 0;
      for (std::size_t i = 1; i < line.size(); ++i) {
        length_mm += draw::distance(line[i - 1], line[i]);
      }
      if (length_mm < look_.shortest_mm) continue;
      for (auto const& p : line) row_.add(p);
      out.push_back({std::move(line), width_of(*sample, slope), level});
    }
  }

  double width_of(Terrain::Sample const& sample, double slope) const {
    double const t = share(slope);
    double const lit =
        (-sample.uphill.x * away_.x_mm - sample.uphill.y * away_.y_mm) / std::max(slope, 1e-9);
    double const width = look_.width_mm + (look_.width_steep_mm - look_.width_mm) * t;
    return std::min(look_.widest_mm, width * (1 + look_.light * lit));
  }

  HeightField const& field_;
  HachureLook const& look_;
  PageMask const* avoid_;
  Terrain terrain_;
  Point away_;
  NearPoints row_;
};

/// A line without the points that lie within `tolerance_mm` of a straight run (Douglas and Peucker
/// 1973), by halves.
void keep_bends(std::vector<Point> const& line, std::size_t first, std::size_t last,
                double tolerance_mm, std::vector<std::size_t>& kept) {
  auto const chord = line[last] - line[first];
  double const length_mm = draw::length(chord);
  std::size_t farthest = first;
  double most = tolerance_mm;
  for (std::size_t i = first + 1; i < last; ++i) {
    double const off = length_mm > 0
                           ? std::abs(draw::cross(chord, line[i] - line[first])) / length_mm
                           : draw::distance(line[i], line[first]);
    if (off > most) most = off, farthest = i;
  }
  if (farthest != first) {
    keep_bends(line, first, farthest, tolerance_mm, kept);
    kept.push_back(farthest);
    keep_bends(line, farthest, last, tolerance_mm, kept);
  }
}

}  // namespace

std::vector<HachureStroke> hachure_strokes(HeightField const& field, HachureLook const& look,
                                           PageMask const* avoid) {
  if (look.levels_m.empty() || field.columns < 2 || field.rows < 2) return {};
  return Hachurer(field, look, avoid).strokes();
}

draw::Path tapered(std::vector<HachureStroke> const& strokes, double taper) {
  draw::Path path;
  for (auto const& stroke : strokes) {
    if (stroke.line.size() < 2) continue;
    constexpr double tolerance_mm = 0.012;
    std::vector<std::size_t> kept{0};
    keep_bends(stroke.line, 0, stroke.line.size() - 1, tolerance_mm, kept);
    kept.push_back(stroke.line.size() - 1);
    std::vector<Point> left;
    std::vector<Point> right;
    auto const last = static_cast<double>(stroke.line.size() - 1);
    for (std::size_t k = 0; k < kept.size(); ++k) {
      auto const before = stroke.line[kept[k > 0 ? k - 1 : 0]];
      auto const after = stroke.line[kept[std::min(k + 1, kept.size() - 1)]];
      auto const d = after - before;
      double const n = std::max(1e-9, draw::length(d));
      double const t = static_cast<double>(kept[k]) / last;
      double const half = stroke.width_mm / 2 * (1 + (taper - 1) * t);
      Point const across{-d.y_mm / n * half, d.x_mm / n * half};
      left.push_back(stroke.line[kept[k]] + across);
      right.push_back(stroke.line[kept[k]] - across);
    }
    left.insert(left.end(), right.rbegin(), right.rend());
    path.add_polyline(left, true);
  }
  return path;
}

std::vector<double> form_line_levels(double scale, double highest_m) {
  std::vector<double> levels;
  double const first_step = 8.4e-5 * scale;
  double level = 0.72 * first_step;
  for (int k = 1; level <= highest_m && levels.size() < base::limits::max_contour_levels; ++k) {
    levels.push_back(level);
    level += first_step * (1 + 0.27 * (k - 1));
  }
  return levels;
}

}  // namespace hachure::scene
