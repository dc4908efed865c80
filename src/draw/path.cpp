#include "draw/path.hpp"

#include <cmath>

namespace hachure::draw {

void Path::move_to(Point p) {
  verbs_.push_back(Verb::move);
  points_.push_back(p);
}

void Path::line_to(Point p) {
  verbs_.push_back(Verb::line);
  points_.push_back(p);
}

void Path::cubic_to(Point control1, Point control2, Point p) {
  verbs_.push_back(Verb::cubic);
  points_.insert(points_.end(), {control1, control2, p});
}

void Path::close() {
  verbs_.push_back(Verb::close);
}

void Path::append(Path const& other) {
  verbs_.insert(verbs_.end(), other.verbs_.begin(), other.verbs_.end());
  points_.insert(points_.end(), other.points_.begin(), other.points_.end());
}

void Path::add_polyline(std::span<Point const> points, bool closed) {
  if (points.empty()) return;
  auto const last = closed && points.size() > 1 && points.front() == points.back()
                        ? points.size() - 1
                        : points.size();
  move_to(points[0]);
  for (std::size_t i = 1; i < last; ++i) line_to(points[i]);
  if (closed) close();
}

void Path::add_box(Box const& box) {
  move_to({box.min_x_mm, box.min_y_mm});
  line_to({box.max_x_mm, box.min_y_mm});
  line_to({box.max_x_mm, box.max_y_mm});
  line_to({box.min_x_mm, box.max_y_mm});
  close();
}

void Path::add_circle(Point center, double radius_mm) {
  constexpr double k = 0.5522847498307936;  // 4/3 (sqrt(2) - 1)
  double const r = radius_mm;
  auto const at = [&](double x, double y) { return center + Point{x * r, y * r}; };
  move_to(at(1, 0));
  cubic_to(at(1, k), at(k, 1), at(0, 1));
  cubic_to(at(-k, 1), at(-1, k), at(-1, 0));
  cubic_to(at(-1, -k), at(-k, -1), at(0, -1));
  cubic_to(at(k, -1), at(1, -k), at(1, 0));
  close();
}

Box Path::control_box() const {
  Box box;
  for (auto const& p : points_) box.add(p);
  return box;
}

Path Path::transformed(double scale, double angle_rad, Point offset) const {
  Path out = *this;
  double const c = std::cos(angle_rad) * scale;
  double const s = std::sin(angle_rad) * scale;
  for (auto& p : out.points_) {
    p = {p.x_mm * c - p.y_mm * s + offset.x_mm, p.x_mm * s + p.y_mm * c + offset.y_mm};
  }
  return out;
}

namespace {

void flatten_cubic(std::vector<Point>& out, Point p0, Point p1, Point p2, Point p3,
                   double tolerance_mm) {
  // Chord error of n equal steps is at most |second difference| * sqrt(3)/18 * (3/n)^2 ... bounded
  // here by the simpler 6/8 * max|d2| / n^2 (Sederberg, CAGD notes, section 10.6).
  double const d = std::max(length(p0 - p1 * 2 + p2), length(p1 - p2 * 2 + p3));
  int const n = std::clamp(static_cast<int>(std::ceil(std::sqrt(0.75 * d / tolerance_mm))), 1, 64);
  for (int i = 1; i <= n; ++i) {
    double const t = static_cast<double>(i) / n;
    double const u = 1 - t;
    out.push_back(p0 * (u * u * u) + p1 * (3 * u * u * t) + p2 * (3 * u * t * t) +
                  p3 * (t * t * t));
  }
}

}  // namespace

std::vector<std::vector<Point>> Path::flattened(double tolerance_mm) const {
  std::vector<std::vector<Point>> contours;
  std::size_t at = 0;
  for (auto const verb : verbs_) {
    switch (verb) {
      case Verb::move:
        contours.push_back({points_[at++]});
        break;
      case Verb::line:
        contours.back().push_back(points_[at++]);
        break;
      case Verb::cubic:
        flatten_cubic(contours.back(), contours.back().back(), points_[at], points_[at + 1],
                      points_[at + 2], tolerance_mm);
        at += 3;
        break;
      case Verb::close:
        if (!contours.empty() && contours.back().front() != contours.back().back()) {
          contours.back().push_back(contours.back().front());
        }
        break;
    }
  }
  return contours;
}

}  // namespace hachure::draw
