#include "render/svg_path.hpp"

#include <cmath>

#include "base/number.hpp"
#include "render/xml.hpp"

namespace hachure::render {

using namespace draw;

namespace {

/// Path data with relative commands from coordinates rounded to 0.001 mm: sums of rounded steps are
/// exact in thousandths, so nothing drifts.
class PathData {
 public:
  explicit PathData(Path const& path) {
    std::size_t at = 0;
    for (auto const verb : path.verbs()) {
      auto const* const p = path.points().data() + at;
      switch (verb) {
        case Path::Verb::move:
          move(rounded(p[0]));
          at += 1;
          break;
        case Path::Verb::line:
          line(rounded(p[0]));
          at += 1;
          break;
        case Path::Verb::cubic:
          cubic(rounded(p[0]), rounded(p[1]), rounded(p[2]));
          at += 3;
          break;
        case Path::Verb::close:
          close();
          break;
      }
    }
  }
  std::string take() { return std::move(out_); }

 private:
  struct Milli {
    long long x = 0;
    long long y = 0;
    bool operator==(Milli const&) const = default;
  };
  std::string out_;
  Milli at_;
  Milli start_;
  char command_ = 0;
  bool contour_has_line_ = false;

  static Milli rounded(Point p) {
    return {std::llround(p.x_mm * 1000), std::llround(p.y_mm * 1000)};
  }

  void command(char c) {
    // A repeated command letter may be left out, but for M, after which l would be meant.
    if (command_ != c || c == 'M') out_ += c;
    command_ = c;
  }
  void number(long long milli) {
    char const last = out_.back();
    bool const after_number = (last >= '0' && last <= '9') || last == '.';
    if (after_number && milli >= 0) out_ += ' ';
    base::append_number(out_, static_cast<double>(milli) / 1000, 3);
  }
  void step(Milli to) {
    number(to.x - at_.x);
    number(to.y - at_.y);
  }

  void move(Milli p) {
    command('M');
    number(p.x);
    number(p.y);
    at_ = start_ = p;
    contour_has_line_ = false;
  }
  void line(Milli p) {
    // Steps that rounding made nothing are left out, but a dot keeps its one.
    if (p == at_ && contour_has_line_) return;
    contour_has_line_ = true;
    if (p.y == at_.y) {
      command('h');
      number(p.x - at_.x);
    } else if (p.x == at_.x) {
      command('v');
      number(p.y - at_.y);
    } else {
      command('l');
      step(p);
    }
    at_ = p;
  }
  void cubic(Milli a, Milli b, Milli p) {
    contour_has_line_ = true;
    command('c');
    step(a);
    step(b);
    step(p);
    at_ = p;
  }
  void close() {
    out_ += 'z';
    command_ = 'z';
    at_ = start_;
  }
};

}  // namespace

std::string path_data(Path const& path) {
  return PathData(path).take();
}

std::string rotation(double angle_rad, Point about) {
  return "rotate(" + degrees(angle_rad) + " " + text_of(about.x_mm) + " " + text_of(about.y_mm) +
         ")";
}

}  // namespace hachure::render
