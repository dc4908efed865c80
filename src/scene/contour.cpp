#include "scene/contour.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/limits.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

/// Sides of a cell: top, right, bottom, left.
enum Side { top, right, bottom, left };

/// Piece of a contour across one cell.
struct Segment {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

/// Number of the edge between two neighbouring nodes, from the absolute numbers of its first node.
std::uint64_t edge_number(long column, long row, bool vertical) {
  constexpr long middle = 1L << 30;
  return (static_cast<std::uint64_t>(row + middle) << 32) |
         (static_cast<std::uint64_t>(column + middle) << 1) | (vertical ? 1u : 0u);
}

class Marcher {
 public:
  Marcher(HeightField const& field, std::vector<double> const& levels)
      : field_(field), levels_(levels), segments_(levels.size()) {}

  std::vector<ContourLine> lines() {
    for (int j = 0; j + 1 < field_.rows; ++j) {
      for (int i = 0; i + 1 < field_.columns; ++i) march(i, j);
    }
    std::vector<ContourLine> out;
    for (std::size_t k = 0; k < levels_.size(); ++k) link(k, out);
    return out;
  }

 private:
  void march(int i, int j) {
    std::array<double, 4> const h{
        static_cast<double>(field_.node(i, j)), static_cast<double>(field_.node(i + 1, j)),
        static_cast<double>(field_.node(i + 1, j + 1)), static_cast<double>(field_.node(i, j + 1))};
    auto const [low, high] = std::minmax({h[0], h[1], h[2], h[3]});
    if (std::isnan(h[0] + h[1] + h[2] + h[3])) return;
    // A level crosses the cell when it is above its lowest and not above its highest corner.
    auto const first = std::ranges::upper_bound(levels_, low) - levels_.begin();
    auto const last = std::ranges::upper_bound(levels_, high) - levels_.begin();
    for (auto k = first; k < last; ++k) {
      auto const level = static_cast<std::size_t>(k);
      unsigned corners = 0;
      for (unsigned c = 0; c < 4; ++c) corners |= (h[c] >= levels_[level] ? 1u : 0u) << c;
      bool const middle_high = (h[0] + h[1] + h[2] + h[3]) / 4 >= levels_[level];
      add(level, i, j, corners, middle_high);
    }
  }

  /// Segments with the high ground on the right; bits are the corners clockwise from the top left.
  void add(std::size_t level, int i, int j, unsigned corners, bool middle_high) {
    auto const put = [&](Side from, Side to) {
      segments_[level].push_back({edge(i, j, from), edge(i, j, to)});
    };
    switch (corners) {
      case 1:
        return put(top, left);
      case 2:
        return put(right, top);
      case 3:
        return put(right, left);
      case 4:
        return put(bottom, right);
      case 6:
        return put(bottom, top);
      case 7:
        return put(bottom, left);
      case 8:
        return put(left, bottom);
      case 9:
        return put(top, bottom);
      case 11:
        return put(right, bottom);
      case 12:
        return put(left, right);
      case 13:
        return put(top, right);
      case 14:
        return put(left, top);
      case 5:
        put(top, middle_high ? right : left);
        return put(bottom, middle_high ? left : right);
      case 10:
        put(right, middle_high ? bottom : top);
        return put(left, middle_high ? top : bottom);
      default:
        return;
    }
  }

  std::uint64_t edge(int i, int j, Side side) const {
    long const column = field_.first_column + i;
    long const row = field_.first_row + j;
    switch (side) {
      case top:
        return edge_number(column, row, false);
      case bottom:
        return edge_number(column, row + 1, false);
      case left:
        return edge_number(column, row, true);
      case right:
        break;
    }
    return edge_number(column + 1, row, true);
  }

  Point crossing(std::uint64_t edge, double level) const {
    constexpr long middle = 1L << 30;
    bool const vertical = (edge & 1u) != 0;
    long const column = static_cast<long>((edge & 0xffffffffu) >> 1) - middle;
    long const row = static_cast<long>(edge >> 32) - middle;
    int const i = static_cast<int>(column - field_.first_column);
    int const j = static_cast<int>(row - field_.first_row);
    double const a = static_cast<double>(field_.node(i, j));
    double const b = static_cast<double>(vertical ? field_.node(i, j + 1) : field_.node(i + 1, j));
    double const t = std::clamp((level - a) / (b - a), 0.0, 1.0);
    auto const from = field_.at(column, row);
    auto const to = vertical ? field_.at(column, row + 1) : field_.at(column + 1, row);
    return from + (to - from) * t;
  }

  /// Every edge is left by at most one segment of a level and entered by at most one.
  void link(std::size_t level, std::vector<ContourLine>& out) {
    auto& segments = segments_[level];
    std::ranges::sort(segments, {}, &Segment::from);
    std::vector<std::uint64_t> entered;
    entered.reserve(segments.size());
    for (auto const& segment : segments) entered.push_back(segment.to);
    std::ranges::sort(entered);
    std::vector<bool> used(segments.size());
    auto const leaving = [&](std::uint64_t edge) {
      auto const it = std::ranges::lower_bound(segments, edge, {}, &Segment::from);
      return it != segments.end() && it->from == edge
                 ? static_cast<std::size_t>(it - segments.begin())
                 : segments.size();
    };
    auto const follow = [&](std::size_t start) {
      ContourLine line;
      line.height_m = levels_[level];
      line.level = level;
      line.edges.push_back(segments[start].from);
      for (auto k = start; k < segments.size() && !used[k]; k = leaving(segments[k].to)) {
        used[k] = true;
        line.edges.push_back(segments[k].to);
      }
      if (line.edges.front() == line.edges.back()) {
        line.closed = true;
        line.edges.pop_back();
      }
      for (auto const edge : line.edges) line.points.push_back(crossing(edge, levels_[level]));
      out.push_back(std::move(line));
    };
    for (std::size_t k = 0; k < segments.size(); ++k) {
      if (!std::ranges::binary_search(entered, segments[k].from)) follow(k);
    }
    for (std::size_t k = 0; k < segments.size(); ++k) {
      if (!used[k]) follow(k);
    }
  }

  HeightField const& field_;
  std::vector<double> const& levels_;
  std::vector<std::vector<Segment>> segments_;
};

}  // namespace

std::vector<ContourLine> contours(HeightField const& field, std::vector<double> const& levels_m) {
  return Marcher(field, levels_m).lines();
}

std::vector<draw::Path> areas_above(HeightField const& field, std::vector<double> const& levels_m) {
  auto const range = range_of(field);
  std::vector<draw::Path> out(levels_m.size());
  if (!range) return out;
  // A rim of low nodes closes every line just inside the field's edge.
  HeightField rimmed = field;
  rimmed.first_column -= 1;
  rimmed.first_row -= 1;
  rimmed.columns += 2;
  rimmed.rows += 2;
  double const depth = 1e6 * std::max(1.0, range->high_m - range->low_m);
  auto const low = static_cast<float>(range->low_m - depth);
  rimmed.height_m.assign(
      static_cast<std::size_t>(rimmed.columns) * static_cast<std::size_t>(rimmed.rows), low);
  for (int j = 0; j < field.rows; ++j) {
    for (int i = 0; i < field.columns; ++i) {
      float const h = field.node(i, j);
      if (!std::isnan(h)) rimmed.node(i + 1, j + 1) = h;
    }
  }
  for (auto const& line : contours(rimmed, levels_m)) {
    if (line.closed && line.points.size() > 2) out[line.level].add_polyline(line.points, true);
  }
  return out;
}

std::vector<double> even_levels(double interval_m, double from_m, double to_m) {
  std::vector<double> levels;
  if (!(interval_m > 0)) return levels;
  for (double k = std::floor(from_m / interval_m) + 1; k * interval_m <= to_m; ++k) {
    if (levels.size() >= base::limits::max_contour_levels) break;
    levels.push_back(k * interval_m);
  }
  return levels;
}

std::optional<HeightRange> range_of(HeightField const& field) {
  std::optional<HeightRange> range;
  for (float const h : field.height_m) {
    if (std::isnan(h)) continue;
    auto const height = static_cast<double>(h);
    if (!range) range = HeightRange{height, height};
    range->low_m = std::min(range->low_m, height);
    range->high_m = std::max(range->high_m, height);
  }
  return range;
}

}  // namespace hachure::scene
