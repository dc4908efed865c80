#include "scene/movement.hpp"

#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"
#include "scene/band.hpp"

namespace hachure::scene {

namespace {

using draw::Path;
using draw::Point;

std::vector<double> half_widths(Axis const& shaft, ArrowShape const& shape, double length_mm) {
  std::vector<double> half;
  for (double const s : shaft.along_mm) half.push_back(body_width_mm(shape, s, length_mm) / 2);
  for (std::size_t i = 0; i < shaft.width_mm.size(); ++i) half[i] = shaft.width_mm[i] / 2;
  return half;
}

Path head_area(HeadOutline const& head) {
  auto corners = head.around;
  corners.push_back(head.notch);
  Path path;
  path.add_polyline(corners, true);
  return path;
}

/// Nothing shorter than a micrometre is drawn.
constexpr double shortest_mm = 0.001;

bool has_corner(Axis const& axis) {
  constexpr double corner_cosine = 0.95;
  for (std::size_t i = 1; i + 1 < axis.points.size(); ++i) {
    auto const a = axis.points[i] - axis.points[i - 1];
    auto const b = axis.points[i + 1] - axis.points[i];
    double const lengths = draw::length(a) * draw::length(b);
    if (draw::dot(a, b) < corner_cosine * lengths) return true;
  }
  return false;
}

/// Gap before a broken head, in lengths of the head.
constexpr double break_gap = 0.35;

}  // namespace

double body_width_mm(ArrowShape const& shape, double s_mm, double length_mm) {
  double const u = length_mm > 0 ? std::clamp(s_mm / (0.75 * length_mm), 0.0, 1.0) : 1;
  double const ease = 0.35 * u + 0.65 * u * u * (3 - 2 * u);
  return shape.width_start_mm + (shape.width_mm - shape.width_start_mm) * ease;
}

namespace {

/// The bar that a movement was stopped at: across the end of the axis.
Path bar_across(Axis const& axis, double bar_mm, double thickness_mm) {
  auto const end = axis.points.back();
  auto const way = axis.direction(axis.length_mm());
  Point const side{way.y_mm * bar_mm / 2, -way.x_mm * bar_mm / 2};
  auto const back = end - way * thickness_mm;
  std::vector<Point> const corners{end + side, end - side, back - side, back + side};
  Path path;
  path.add_polyline(corners, true);
  return path;
}

/// Thickness of a bar and the gap before it, in widths of the body.
constexpr double bar_thickness = 0.4;
constexpr double bar_gap = 0.45;

/// Where the second head of two ends, in lengths of the first: their barbs stay apart.
constexpr double second_head = 1.02;
/// How far before the tip of two strokes the body ends, in its widths: where both are as wide.
constexpr double open_inset = 1.15;

/// How much of the axis a head takes from the shaft.
double taken_by_head(HeadSize const& size, ArrowShape const& shape) {
  switch (shape.head) {
    case HeadKind::filled:
    case HeadKind::doubled:
      return size.length_mm * (1 - 0.55 * size.sweep);
    case HeadKind::hooked:
      return size.length_mm * 0.8;
    case HeadKind::broken:
      return size.length_mm * (1 + break_gap);
    case HeadKind::open:
      return std::min(open_inset * shape.width_mm, 0.6 * size.length_mm);
    case HeadKind::none:
      return 0;
  }
  return 0;
}

/// A short arrow keeps its proportions: head and body shrink together.
void shrink_to(ArrowShape& shape, double total_mm) {
  // Two heads and something of the body before them need a third each.
  double const share = shape.head == HeadKind::doubled ? 0.3 : 0.45;
  if (shape.head == HeadKind::none || shape.head_length_mm <= share * total_mm) return;
  double const factor = share * total_mm / shape.head_length_mm;
  shape.head_length_mm *= factor;
  shape.head_width_mm *= std::max(factor, 0.75 * std::min(1.0, factor * 2));
  shape.width_mm = std::min(shape.width_mm, shape.head_width_mm / 1.8);
  shape.width_start_mm = std::min(shape.width_start_mm, shape.width_mm);
}

}  // namespace

Arrow make_arrow(Axis const& whole, ArrowShape const& shape) {
  Arrow arrow;
  arrow.used = shape;
  auto& used = arrow.used;
  if (whole.empty() || whole.length_mm() < shortest_mm) return arrow;
  bool const has_bar = shape.bar_mm > 0;
  if (shape.head == HeadKind::none) used.head_length_mm = 0;
  shrink_to(used, whole.length_mm());
  double const before_bar =
      std::min((bar_thickness + bar_gap) * used.width_mm, 0.3 * whole.length_mm());
  auto const axis = has_bar ? part_of(whole, 0, whole.length_mm() - before_bar) : whole;
  if (axis.empty()) return arrow;
  shrink_to(used, axis.length_mm());
  double const total = axis.length_mm();
  double const length = used.head_length_mm;
  arrow.tip = axis.points.back();
  arrow.head_length_mm = length;
  using enum HeadKind;
  HeadSize const size{length, used.head_width_mm, used.head_sweep};
  auto const head = length > 0 ? head_outline(axis, size, shape.head) : HeadOutline{};
  double const shaft_end = total - taken_by_head(size, used);
  arrow.shaft = part_of(axis, 0, shaft_end);
  if (arrow.shaft.empty()) return arrow;
  auto const half = half_widths(arrow.shaft, used, shaft_end);
  BandEnds ends;
  ends.start = start_outline(arrow.shaft, 2 * half.front(), shape.start);
  bool const joined = shape.head == filled || shape.head == doubled || shape.head == hooked;
  if (joined) ends.head = head.around, ends.notch = head.notch;
  arrow.body = band_area(arrow.shaft.points, half, ends);
  auto& heads = arrow.heads;
  if (joined || shape.head == broken) heads.push_back(head_area(head));
  if (shape.head == open) {
    // Drawn back, so that the mitre of the strokes ends at the tip.
    double const inset = std::min(open_stroke * used.width_mm * 1.2, total / 4);
    auto const inner = head_outline(part_of(axis, 0, total - inset), size, open);
    auto const& corners = inner.around;
    std::vector<Point> const line{corners.front(), corners[corners.size() / 2], corners.back()};
    arrow.strokes.add_polyline(line, false);
  }
  std::vector<Path> apart;  // what the body does not hold yet
  if (shape.head == broken) apart.push_back(heads.front());
  if (shape.head == doubled) {
    auto const behind = part_of(axis, 0, total - length * second_head);
    if (!behind.empty() && behind.length_mm() > length) {
      heads.push_back(head_area(head_outline(behind, size, filled)));
      apart.push_back(heads.back());
    }
  }
  if (has_bar) {
    double const scale = used.width_mm / shape.width_mm;
    apart.push_back(bar_across(whole, shape.bar_mm * scale,
                               std::min(bar_thickness * used.width_mm, before_bar / 2)));
    heads.push_back(apart.back());
  }
  if (!apart.empty()) {
    apart.push_back(std::move(arrow.body));
    arrow.body = draw::united(apart);
  }
  return arrow;
}

namespace {

/// Width of a shape's body at a point of its shaft.
double width_at(Axis const& shaft, ArrowShape const& shape, double s_mm) {
  if (!shaft.width_mm.empty()) return shaft.width_at_mm(s_mm);
  return body_width_mm(shape, s_mm, shaft.length_mm());
}

/// Thickness of the lines of a track or of chevrons, in widths of the body.
constexpr double line_share = 0.24;

/// A line along the shaft, the given share of the body wide.
Path thin_line(Axis const& shaft, ArrowShape const& shape, double share) {
  std::vector<double> half;
  for (double const s : shaft.along_mm) half.push_back(width_at(shaft, shape, s) * share / 2);
  return band_area(shaft.points, half);
}

}  // namespace

Path track_of(Axis const& shaft, ArrowShape const& shape) {
  if (shaft.empty()) return {};
  double const total = shaft.length_mm();
  double const pitch = std::max(shape.width_mm * 1.15, 0.1);
  auto const count = static_cast<int>(std::min(5e4, std::floor(total / pitch)));
  std::vector<Path> parts{thin_line(shaft, shape, line_share)};
  for (int i = 0; i < count; ++i) {
    double const s = total * (i + 0.5) / count;
    double const width = width_at(shaft, shape, s);
    auto const way = shaft.direction(s);
    Point const side{way.y_mm * width / 2, -way.x_mm * width / 2};
    auto const ahead = way * (width * line_share / 2);
    auto const p = shaft.at(s);
    std::vector<Point> const tie{p + side - ahead, p + side + ahead, p - side + ahead,
                                 p - side - ahead};
    Path path;
    path.add_polyline(tie, true);
    parts.push_back(std::move(path));
  }
  return draw::united(parts);
}

Path chevrons_of(Axis const& shaft, ArrowShape const& shape) {
  if (shaft.empty()) return {};
  double const total = shaft.length_mm();
  double const pitch = std::max(shape.width_mm * 4, 0.2);
  auto const count = static_cast<int>(std::min(5e4, std::floor(total / pitch)));
  std::vector<Path> parts{thin_line(shaft, shape, line_share)};
  for (int i = 0; i < count; ++i) {
    double const s = total * (i + 0.5) / count;
    double const width = 1.5 * width_at(shaft, shape, s);
    auto const way = shaft.direction(s);
    Point const side{way.y_mm * width / 2, -way.x_mm * width / 2};
    auto const tip = shaft.at(s) + way * (width * 0.5);
    auto const back = way * (width * 1.0);
    auto const inner = way * (width * 0.55);
    std::vector<Point> const corners{tip, tip - back + side, tip - inner, tip - back - side};
    Path path;
    path.add_polyline(corners, true);
    parts.push_back(std::move(path));
  }
  return draw::united(parts);
}

Path dashes_of(Axis const& shaft, ArrowShape const& shape, double on_mm, double off_mm) {
  Path path;
  double const total = shaft.length_mm();
  if (shaft.empty() || on_mm <= 0) return path;
  // Whole dashes only: the pattern is stretched so that the last dash ends with the shaft.
  double const count = std::max(1.0, std::round((total + off_mm) / (on_mm + off_mm)));
  double const factor = total / (count * (on_mm + off_mm) - off_mm);
  std::vector<Path> dashes;
  for (int i = 0; i < static_cast<int>(count); ++i) {
    double const from = i * (on_mm + off_mm) * factor;
    auto const dash = part_of(shaft, from, from + on_mm * factor);
    if (dash.empty()) continue;
    std::vector<double> half;
    for (double const s : dash.along_mm) {
      half.push_back(body_width_mm(shape, from + s, total) / 2);
    }
    for (std::size_t k = 0; k < dash.width_mm.size(); ++k) half[k] = dash.width_mm[k] / 2;
    dashes.push_back(band_area(dash.points, half));
  }
  // Dashes lie over each other where the route meets itself and about its corners.
  auto const half = half_widths(shaft, shape, total);
  if (has_corner(shaft) || !is_simple(closed_contour(band_edges(shaft.points, half)))) {
    return draw::united(dashes);
  }
  for (auto const& dash : dashes) path.append(dash);
  return path;
}

Path dots_of(Axis const& shaft, double diameter_mm, double pitch_mm) {
  Path path;
  if (shaft.empty() || pitch_mm <= 0) return path;
  double const total = shaft.length_mm();
  int const count = std::max(1, static_cast<int>(std::floor(total / pitch_mm)));
  std::vector<Point> middles;
  for (int i = 0; i <= count; ++i) middles.push_back(shaft.at(total * i / count));
  bool apart = true;
  for (std::size_t i = 0; i < middles.size() && apart; ++i) {
    for (std::size_t k = 0; k < i && apart; ++k) {
      apart = draw::distance(middles[i], middles[k]) > diameter_mm;
    }
  }
  std::vector<Path> dots(apart ? 0 : middles.size());
  for (std::size_t i = 0; i < middles.size(); ++i) {
    (apart ? path : dots[i]).add_circle(middles[i], diameter_mm / 2);
  }
  return apart ? path : draw::united(dots);
}

}  // namespace hachure::scene
