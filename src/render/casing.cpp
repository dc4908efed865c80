#include "render/casing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace hachure::render {

namespace {

using draw::Path;
using draw::Point;

/// The corners of the one closed contour of straight lines that a path is, none twice in a row;
/// empty for other paths.
std::vector<Point> corners_of(Path const& path) {
  auto const& verbs = path.verbs();
  if (verbs.size() < 4 || verbs.front() != Path::Verb::move || verbs.back() != Path::Verb::close) {
    return {};
  }
  bool const straight = std::all_of(verbs.begin() + 1, verbs.end() - 1,
                                    [](auto verb) { return verb == Path::Verb::line; });
  if (!straight) return {};
  std::vector<Point> corners;
  for (auto const& p : path.points()) {
    if (corners.empty() || !(p == corners.back())) corners.push_back(p);
  }
  while (corners.size() > 1 && corners.front() == corners.back()) corners.pop_back();
  if (corners.size() < 3) corners.clear();
  return corners;
}

/// A side of the contour: its direction and length.
struct Side {
  double x = 0;
  double y = 0;
  double length_mm = 0;
};

std::vector<Side> sides_of(std::vector<Point> const& corners) {
  std::vector<Side> sides;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    auto const& a = corners[i];
    auto const& b = corners[(i + 1) % corners.size()];
    double const dx = b.x_mm - a.x_mm;
    double const dy = b.y_mm - a.y_mm;
    double const length = std::sqrt(dx * dx + dy * dy);
    sides.push_back({dx / length, dy / length, length});
  }
  return sides;
}

/// Angle from one side to the next, within half a turn, clockwise on the page.
double turn(Side const& a, Side const& b) {
  return std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
}

/// Writes the corners of the grown contour one after the other.
class Outline {
 public:
  /// @param outward +1 if what is outside lies left of a side (y down), -1 if right
  Outline(Growth const& growth, double outward)
      : reach_mm_(growth.by_mm * outward),
        outward_(outward),
        step_rad_(2 * std::acos(std::max(0.0, 1 - growth.tolerance_mm / growth.by_mm))) {}

  void add_corner(Point p, Side const& in, Side const& out) {
    double const angle = turn(in, out);
    bool const opens = angle * outward_ > 0;
    double const half = std::abs(angle) / 2;
    double const taken = std::abs(reach_mm_) * std::tan(half);
    if (opens ? 2 * half <= step_rad_ : taken < std::min(in.length_mm, out.length_mm)) {
      add_meeting(p, in, out);
    } else if (opens) {
      add_arc(p, in, angle);
    } else {
      // The sides are too short to meet: by way of the corner itself, which is covered anyway.
      add(beside(p, in));
      add(p);
      add(beside(p, out));
    }
  }
  Path take() {
    path_.close();
    return std::move(path_);
  }

 private:
  Point beside(Point p, Side const& side) const {
    return {p.x_mm + reach_mm_ * side.y, p.y_mm - reach_mm_ * side.x};
  }
  void add(Point p) { path_.empty() ? path_.move_to(p) : path_.line_to(p); }
  /// Where the two sides meet once both are moved out.
  void add_meeting(Point p, Side const& in, Side const& out) {
    double const x = in.y + out.y;
    double const y = -in.x - out.x;
    double const stretch = 2 * reach_mm_ / (x * x + y * y);
    add({p.x_mm + stretch * x, p.y_mm + stretch * y});
  }
  void add_arc(Point p, Side const& in, double angle) {
    int const steps = std::max(1, static_cast<int>(std::ceil(std::abs(angle) / step_rad_)));
    for (int i = 0; i <= steps; ++i) {
      double const a = angle * i / steps;
      Side const side{in.x * std::cos(a) - in.y * std::sin(a),
                      in.x * std::sin(a) + in.y * std::cos(a), 0};
      add(beside(p, side));
    }
  }

  double reach_mm_;
  double outward_;
  double step_rad_;
  Path path_;
};

}  // namespace

std::optional<Path> grown(Path const& path, Growth const& growth) {
  auto const corners = corners_of(path);
  if (corners.empty() || growth.by_mm <= 0) return {};
  auto const sides = sides_of(corners);
  auto const before = [&](std::size_t i) { return sides[(i + sides.size() - 1) % sides.size()]; };
  double turned = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) turned += turn(before(i), sides[i]);
  if (std::abs(std::abs(turned) - 2 * std::numbers::pi) > 0.1) return {};
  Outline out(growth, turned > 0 ? 1 : -1);
  for (std::size_t i = 0; i < corners.size(); ++i) out.add_corner(corners[i], before(i), sides[i]);
  return out.take();
}

}  // namespace hachure::render
