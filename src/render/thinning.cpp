#include "render/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace hachure::render {

namespace {

using draw::Path;
using draw::Point;

struct Direction {
  double x = 0;
  double y = 0;
};

double cross(Direction const& a, Direction const& b) {
  return a.x * b.y - a.y * b.x;
}

/// Lengths on a page neither overflow nor vanish when squared, which std::hypot guards against at a
/// price.
double length(Direction const& a) {
  return std::sqrt(a.x * a.x + a.y * a.y);
}

/// Straight pieces on their way into a path.
class Sleeve {
 public:
  Sleeve(Path& out, double tolerance_mm) : out_(out), tolerance_mm_(tolerance_mm) {}

  /// What follows begins at `p`.
  void start(Point p) {
    anchor_ = p;
    waits_ = false;
    open_ = false;
    reach_mm_ = 0;
  }
  void add(Point p) {
    if (waits_ && !fits(p)) {
      auto const corner = last_;
      out_.line_to(corner);
      start(corner);
    }
    narrow(p);
    last_ = p;
    waits_ = true;
  }
  /// Writes the corner that waits for what follows.
  void finish() {
    if (waits_) out_.line_to(last_);
    waits_ = false;
  }

 private:
  Direction towards(Point p) const { return {p.x_mm - anchor_.x_mm, p.y_mm - anchor_.y_mm}; }

  bool fits(Point p) const {
    auto const d = towards(p);
    if (length(d) < reach_mm_) return false;
    return !open_ || (cross(right_, d) >= 0 && cross(left_, d) <= 0);
  }
  /// The sleeve must go on through the disc of the tolerance about `p`.
  void narrow(Point p) {
    auto const d = towards(p);
    double const far = length(d);
    reach_mm_ = std::max(reach_mm_, far);
    if (far <= tolerance_mm_) return;
    double const sine = tolerance_mm_ / far;
    double const cosine = std::sqrt(1 - sine * sine);
    Direction const left{d.x * cosine - d.y * sine, d.x * sine + d.y * cosine};
    Direction const right{d.x * cosine + d.y * sine, d.y * cosine - d.x * sine};
    if (!open_ || cross(left, left_) > 0) left_ = left;
    if (!open_ || cross(right_, right) > 0) right_ = right;
    open_ = true;
  }

  Path& out_;
  double tolerance_mm_;
  Point anchor_;
  Point last_;
  bool waits_ = false;  ///< last_ is not yet written
  bool open_ = false;   ///< the sleeve has sides
  Direction left_;
  Direction right_;
  double reach_mm_ = 0;  ///< of the corners left out
};

}  // namespace

Path thinned(Path const& path, double tolerance_mm) {
  using Verb = Path::Verb;
  Path out;
  Sleeve sleeve(out, tolerance_mm);
  auto const* p = path.points().data();
  Point first;
  for (auto const verb : path.verbs()) {
    if (verb != Verb::line) sleeve.finish();
    switch (verb) {
      case Verb::move:
        first = *p;
        out.move_to(first);
        sleeve.start(first);
        p += 1;
        break;
      case Verb::line:
        sleeve.add(*p);
        p += 1;
        break;
      case Verb::cubic:
        out.cubic_to(p[0], p[1], p[2]);
        sleeve.start(p[2]);
        p += 3;
        break;
      case Verb::close:
        out.close();
        sleeve.start(first);
        break;
    }
  }
  sleeve.finish();
  return out;
}

}  // namespace hachure::render
