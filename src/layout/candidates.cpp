#include "layout/candidates.hpp"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/text.hpp"

namespace hachure::layout {

namespace {

using draw::Box;
using draw::Point;
using scene::LabelRequest;

// Air round the ink of a label in which no other ink may stand.
constexpr double air_mm = 0.22;
// Cost of covering one mm2 of fully weighted soft obstacle, against 1 for the worst position.
constexpr double cost_per_soft_mm2 = 1.6;
constexpr double quarter_turn_rad = 3.14159265358979323846 / 2;
// Nearer than this a label stands where it stood: placements are kept to a thousandth.
constexpr double same_place_mm = 0.002;
// Cost of a seat that only an earlier placement knows.
constexpr double frozen_cost = 1;
constexpr double leader_half_width_mm = 0.1;
// Hard ground a candidate may touch: the rasterisation of neighbours is that coarse.
constexpr double hard_tolerance_mm2 = 0.12;

/// Fraction of the label's box that touches the anchor: MapLibre's anchor names.
Point anchor_fraction(std::string const& anchor) {
  Point p{0.5, 0.5};
  if (anchor.find("left") != std::string::npos) p.x_mm = 0;
  if (anchor.find("right") != std::string::npos) p.x_mm = 1;
  if (anchor.find("top") != std::string::npos) p.y_mm = 0;
  if (anchor.find("bottom") != std::string::npos) p.y_mm = 1;
  return p;
}

std::vector<Point> corners_of(Point center, double half_width, double half_height, double angle) {
  std::vector<Point> out;
  for (auto const& [x, y] : {Point{-1, -1}, Point{1, -1}, Point{1, 1}, Point{-1, 1}}) {
    out.push_back(center + draw::turned({x * half_width, y * half_height}, angle));
  }
  return out;
}

/// A request with what decides where it may stand.
struct Task {
  LabelRequest const& request;
  LabelSpace space;
  FrozenLabel const* before;  ///< null: placed for the first time
  Shaper const& shaper;
  std::shared_ptr<std::vector<ShapedForm> const> forms;
};

/// A text of the forms, which it keeps alive.
std::shared_ptr<ShapedText const> shared(Task const& task, ShapedText const& text) {
  return {task.forms, &text};
}

/// Fills costs of obstacles; false when the candidate may not stand there.
bool weigh(LabelCandidate& candidate, Task const& task) {
  auto const& occupancy = task.space.occupancy;
  auto const& frame = task.space.frame;
  auto const& life = task.request.life;
  for (auto const& box : candidate.boxes) {
    for (auto const& corner :
         corners_of({box.cx_mm, box.cy_mm}, box.half_width_mm, box.half_height_mm, box.angle_rad)) {
      if (!frame.contains(corner)) return false;
    }
    double const hard =
        box.angle_rad == 0
            ? occupancy.hard_mm2(Box{box.cx_mm - box.half_width_mm, box.cy_mm - box.half_height_mm,
                                     box.cx_mm + box.half_width_mm, box.cy_mm + box.half_height_mm},
                                 life)
            : occupancy.hard_mm2(box, life);
    if (hard > hard_tolerance_mm2) return false;
    candidate.cost += cost_per_soft_mm2 * occupancy.soft(box, life);
  }
  return true;
}

/// The same for the ground of a callout, which hides what is under it: little weighs.
bool weigh_callout(LabelCandidate& candidate, Task const& task) {
  constexpr double share = 0.08;
  double const own = candidate.cost;
  candidate.cost = 0;
  bool const may_stand = weigh(candidate, task);
  candidate.cost = own + share * candidate.cost;
  return may_stand;
}

/// Where the middle of a label's optical box goes, with the cost of the position.
struct Seat {
  Point center;
  double cost = 0;
  bool far = false;  ///< may need a leader line
  Align align = Align::start;
};

/// A straight candidate on a seat.
LabelCandidate straight(std::shared_ptr<ShapedText const> shaped, Task const& task,
                        Seat const& seat) {
  LabelCandidate candidate;
  candidate.cost = seat.cost;
  candidate.shaped = std::move(shaped);
  double const angle = task.request.angle_rad;
  auto const box = optical_box(*candidate.shaped);
  candidate.origin = seat.center - draw::turned(box.center(), angle);
  candidate.boxes = {{seat.center.x_mm, seat.center.y_mm, box.width_mm() / 2 + air_mm,
                      box.height_mm() / 2 + air_mm, angle}};
  return candidate;
}

LabelCandidate straight(ShapedForm const& form, Task const& task, Seat const& seat) {
  auto candidate = straight(shared(task, form.text(seat.align)), task, seat);
  candidate.form = form.form;
  candidate.cost += form.cost;
  return candidate;
}

struct Body {
  double half_width;
  double half_height;
};

/// Centre of a body of this size when `anchor` of it touches the symbol's box.
Point center_at(std::string const& anchor, LabelRequest const& request, Body const& body) {
  auto const f = anchor_fraction(anchor);
  auto const symbol = request.symbol.empty() ? Box{request.anchor.x_mm, request.anchor.y_mm,
                                                   request.anchor.x_mm, request.anchor.y_mm}
                                             : request.symbol;
  double const gap = request.gap_mm;
  Point center = symbol.center();
  if (f.x_mm == 0) center.x_mm = symbol.max_x_mm + gap + body.half_width;
  if (f.x_mm == 1) center.x_mm = symbol.min_x_mm - gap - body.half_width;
  if (f.y_mm == 0) center.y_mm = symbol.max_y_mm + gap + body.half_height;
  if (f.y_mm == 1) center.y_mm = symbol.min_y_mm - gap - body.half_height;
  // At a corner the label tucks in: it may overlap the symbol's box diagonally by a quarter.
  if (f.x_mm != 0.5 && f.y_mm != 0.5 && !request.symbol.empty()) {
    double const tuck_x = symbol.width_mm() * 0.22;
    double const tuck_y = symbol.height_mm() * 0.22;
    center.x_mm += f.x_mm == 0 ? -tuck_x : tuck_x;
    center.y_mm += f.y_mm == 0 ? -tuck_y : tuck_y;
  }
  return center;
}

/// Point of a box nearest to `p`.
Point nearest_on(Box const& box, Point p) {
  return {std::clamp(p.x_mm, box.min_x_mm, box.max_x_mm),
          std::clamp(p.y_mm, box.min_y_mm, box.max_y_mm)};
}

/// The place a label stands at, for comparing placements.
Point middle_of(LabelCandidate const& candidate) {
  if (!candidate.text.curved && !candidate.boxes.empty()) {
    return {candidate.boxes.front().cx_mm, candidate.boxes.front().cy_mm};
  }
  Box box;
  for (auto const& p : candidate.outline) box.add(p);
  return box.center();
}

/// Edge of a text that faces what it names.
Align align_at(Point fraction) {
  if (fraction.x_mm == 0) return Align::start;
  return fraction.x_mm == 1 ? Align::end : Align::center;
}

/// Forms that are tried at the best seats only, near the symbol.
bool is_last_resort(LabelForm form) {
  return form != LabelForm::full && form != LabelForm::broken && form != LabelForm::broken_more;
}

std::vector<Seat> known_seats(LabelRequest const& request, LabelForm form, Body const& body) {
  std::vector<Seat> seats;
  if (request.offset) return {{request.anchor + *request.offset, 0, false, Align::center}};
  double cost = 0;
  for (auto const& anchor : request.anchors) {
    auto const center = center_at(anchor, request, body);
    auto const f = anchor_fraction(anchor);
    auto const align = align_at(f);
    seats.push_back({center, cost, false, align});
    cost += 0.16;
    if (is_last_resort(form)) continue;
    // Between the named positions the label may slide a little.
    if (f.x_mm != 0.5 && f.y_mm == 0.5) {
      for (double const shift : {-0.6, 0.6}) {
        seats.push_back(
            {center + Point{0, shift * body.half_height * 2}, cost + 0.09, false, align});
      }
    } else if (f.x_mm == 0.5 && f.y_mm != 0.5) {
      for (double const shift : {-0.5, 0.5, -0.9, 0.9}) {
        seats.push_back({center + Point{shift * body.half_width, 0},
                         cost + 0.04 + 0.15 * std::abs(shift), false, align});
      }
    }
  }
  if (is_last_resort(form)) return seats;
  // A little farther off it is still plain what a name belongs to.
  for (double const farther_mm : {0.8, 1.7}) {
    double place = 0;
    for (auto const& anchor : request.anchors) {
      auto const f = anchor_fraction(anchor);
      Point const by{(1 - 2 * f.x_mm) * farther_mm, (1 - 2 * f.y_mm) * farther_mm};
      if (by == Point{}) continue;
      auto const center = center_at(anchor, request, body) + by;
      seats.push_back({center, 1.0 + 0.5 * farther_mm + 0.1 * place++, false, align_at(f)});
    }
  }
  if (!request.leader) return seats;
  // Where other forms may help, a leader line comes after them.
  bool const has_forms =
      !request.short_spans.empty() || request.least_size < 1 || request.may_be_number;
  double const first_ring = has_forms ? 3.6 : 2.2;
  auto const from = request.symbol.empty() ? request.anchor : request.symbol.center();
  double const own = request.symbol.empty() ? 0 : request.symbol.width_mm() / 2;
  int ring = 0;
  for (double const reach : {2.2, 4.0, 6.5, 9.5}) {
    for (int k = 0; k < 16; ++k) {
      double const angle = k * 3.14159265358979323846 / 8;
      Point const d{std::cos(angle), -std::sin(angle)};
      Point const center = from + Point{d.x_mm * (own + reach + body.half_width),
                                        d.y_mm * (own + reach + body.half_height)};
      auto const align = d.x_mm > 0.3 ? Align::start : d.x_mm < -0.3 ? Align::end : Align::center;
      seats.push_back({center, first_ring + ring * 0.9 + 0.01 * k, true, align});
    }
    ++ring;
  }
  return seats;
}

/// Seats of a form, among them the one where the label stood before.
std::vector<Seat> seats_of(Task const& task, LabelForm form, Body const& body) {
  auto seats = known_seats(task.request, form, body);
  if (task.request.offset || task.before == nullptr || task.before->form != form) return seats;
  auto const at = task.request.anchor + task.before->offset;
  bool const known = std::ranges::any_of(
      seats, [&](Seat const& seat) { return draw::distance(seat.center, at) < same_place_mm; });
  if (!known) seats.push_back({at, frozen_cost, true, task.before->align});
  return seats;
}

/// Leader from the edge of a label's box to the edge of its symbol; none when they nearly touch.
std::vector<Point> leader_line(Box const& box, LabelRequest const& request) {
  auto const target = request.symbol.empty() ? request.anchor : request.symbol.center();
  auto start = nearest_on(box, target);
  auto end = target;
  if (!request.symbol.empty()) {
    double const r = std::min(request.symbol.width_mm(), request.symbol.height_mm()) / 2;
    double const d = draw::distance(start, target);
    if (d > r) end = target + (start - target) * (r / d);
  }
  if (draw::distance(start, end) < 0.9) return {};
  return {start, end};
}

OrientedBox box_of_line(Point a, Point b, double half_width) {
  auto const d = b - a;
  return {(a.x_mm + b.x_mm) / 2, (a.y_mm + b.y_mm) / 2, draw::length(d) / 2, half_width,
          std::atan2(d.y_mm, d.x_mm)};
}

/// Adds a leader line to a label that stands off; false when it would cross what labels may not
/// stand on for more than a third of its length.
bool add_leader(LabelCandidate& candidate, Box const& own, Task const& task) {
  candidate.leader = leader_line(own, task.request);
  if (candidate.leader.size() != 2) return true;
  auto const line = box_of_line(candidate.leader[0], candidate.leader[1], leader_half_width_mm);
  candidate.boxes.push_back(line);
  auto const& occupancy = task.space.occupancy;
  auto const& life = task.request.life;
  // The symbol it leads to is an obstacle of its own: it ends at its edge, within a cell or two.
  double const width = 2 * line.half_height_mm;
  double const crossed = occupancy.hard_mm2(line, life) / width;
  if (crossed > std::max(0.6, 2 * line.half_width_mm / 3)) return false;
  candidate.cost += 0.8 * crossed + 0.25 * occupancy.soft(line, life) / width;
  return true;
}

void point_candidates(Task const& task, std::vector<ShapedForm> const& forms,
                      std::vector<LabelCandidate>& out) {
  auto const& request = task.request;
  for (auto const& form : forms) {
    auto const size = optical_box(form.text());
    if (size.empty()) continue;
    Body const body{size.width_mm() / 2, size.height_mm() / 2};
    for (auto const& seat : seats_of(task, form.form, body)) {
      auto candidate = straight(form, task, seat);
      bool const fixed = request.offset.has_value();
      if (!weigh(candidate, task) && !fixed) continue;
      if (seat.far || fixed) {
        Box const own{seat.center.x_mm - body.half_width, seat.center.y_mm - body.half_height,
                      seat.center.x_mm + body.half_width, seat.center.y_mm + body.half_height};
        if (!add_leader(candidate, own.grown(0.25), task) && !fixed) continue;
      }
      candidate.align = seat.align;
      out.push_back(std::move(candidate));
    }
    // A label set by hand has its full form.
    if (request.offset) return;
  }
}

void badge_candidates(Task const& task, Shaper const& shaper, std::vector<LabelCandidate>& out,
                      std::vector<MissingGlyph>& missing) {
  auto const& request = task.request;
  auto const& badge = *request.badge;
  double const ring = badge.diameter_mm > 0 ? badge.diameter_mm + badge.ring_width_mm : 0;
  double const gap = ring > 0 && badge.icon_size_mm > 0 ? 0.25 : 0;
  Body const body{(ring + gap + badge.icon_size_mm) / 2, std::max(ring, badge.icon_size_mm) / 2};
  ShapedText figures;
  if (!request.spans.empty()) {
    ParagraphStyle paragraph;
    paragraph.lang = request.lang;
    figures = shaper.shape(request.spans, paragraph);
    missing.insert(missing.end(), figures.missing.begin(), figures.missing.end());
  }
  for (auto const& seat : seats_of(task, LabelForm::full, body)) {
    LabelCandidate candidate;
    candidate.cost = seat.cost;
    candidate.boxes = {{seat.center.x_mm, seat.center.y_mm, body.half_width + air_mm / 2,
                        body.half_height + air_mm / 2, 0}};
    if (!weigh(candidate, task) && !request.offset) continue;
    candidate.tab = Box{seat.center.x_mm - body.half_width, seat.center.y_mm - body.half_height,
                        seat.center.x_mm + body.half_width, seat.center.y_mm + body.half_height};
    candidate.badge_center = {candidate.tab.max_x_mm - ring / 2, seat.center.y_mm};
    if (!figures.empty()) {
      auto const ink = figures.ink.center();
      candidate.text = figures.placed(candidate.badge_center - Point{ink.x_mm, ink.y_mm});
    }
    candidate.outline = corners_of(seat.center, body.half_width, body.half_height, 0);
    if (seat.far && !add_leader(candidate, candidate.tab, task)) continue;
    out.push_back(std::move(candidate));
  }
}

/// Cost of standing on the wrong ground: nothing on the right one, 3 when wholly beside it.
double cost_of_ground(LabelCandidate const& candidate, LabelRequest const& request,
                      Grounds const& grounds) {
  double wet = 0;
  double total = 0;
  for (auto const& box : candidate.boxes) {
    wet += std::max(0.0, grounds.water.hard_mm2(box) - grounds.land.hard_mm2(box));
    total += 4 * box.half_width_mm * box.half_height_mm;
  }
  if (total <= 0) return 0;
  double const share = std::clamp(wet / total, 0.0, 1.0);
  return 3 * (request.ground == scene::LabelGround::water ? 1 - share : share);
}

/// A course of a text beside its line: how far below it lies, and what that costs.
struct Course {
  double aside_mm = 0;
  double cost = 0;
};

std::vector<Course> courses_of(LabelRequest const& request, ShapedText const& shaped) {
  std::vector<Course> courses{{0, 0}};
  if (request.line_offset_mm > 0) {
    // The nearer edge keeps the distance asked for: half of a column, half of an x-height or the
    // rest of a capital lie between it and the middle.
    double const above = shaped.vertical ? shaped.logical.width_mm() / 2 : shaped.x_height_mm * 0.5;
    double const below = shaped.vertical ? above : shaped.cap_height_mm - above;
    return {{-request.line_offset_mm - above, 0}, {request.line_offset_mm + below, 0.05}};
  }
  // Where something lies on the line itself, the name moves to the side of it.
  for (double const aside : {1.3, 2.4, 3.6, 5.0}) {
    courses.push_back({-aside, 0.35 + 0.2 * aside});
    courses.push_back({aside, 0.4 + 0.2 * aside});
  }
  return courses;
}

/// A line that runs beside another one, smooth: so that characters beside a bend keep even
/// distances from each other, they are spaced along this one.
std::vector<Point> beside(scene::Axis const& axis, double aside_mm, double em_mm) {
  if (aside_mm == 0) return axis.points;
  constexpr double step_mm = 0.5;
  auto const count = static_cast<int>(axis.length_mm() / step_mm) + 1;
  std::vector<Point> out;
  for (int i = 0; i <= count; ++i) {
    double const s = axis.length_mm() * i / count;
    // The direction over a character or two: the corners of a line are not those of its parallel.
    auto const d = axis.at(s + em_mm) - axis.at(s - em_mm);
    double const length = draw::length(d);
    if (length <= 0) continue;
    out.push_back(axis.at(s) + Point{-d.y_mm, d.x_mm} * (aside_mm / length));
  }
  return scene::smoothed_axis(out, em_mm, step_mm).points;
}

/// Whether a line runs down the page rather than across it.
bool runs_down(std::vector<Point> const& line) {
  auto const d = line.back() - line.front();
  return std::abs(d.y_mm) > std::abs(d.x_mm);
}

/// A text on its course.
struct OnCourse {
  ShapedForm const& form;
  ShapedText const& shaped;
  Course course;
};

/// Slides a text along its course.
void add_along(Task const& task, OnCourse const& text, scene::Axis const& path,
               std::vector<LabelCandidate>& out) {
  auto const& [form, shaped, course] = text;
  double const width = shaped.length_mm;
  if (path.empty() || path.length_mm() < width * 1.02) return;
  // The x-height's middle lies on the line, the middle of a column as well.
  double const raise_mm = shaped.vertical ? 0 : shaped.x_height_mm * 0.5;
  double const room = path.length_mm() - width;
  int const steps = std::clamp(static_cast<int>(room / 1.2), 1, 60);
  for (int i = 0; i <= steps; ++i) {
    double const share = static_cast<double>(i) / steps;
    auto set = set_along(shaped, path, width / 2 + room * share, raise_mm);
    if (!set) continue;
    LabelCandidate candidate;
    candidate.form = form.form;
    candidate.cost = form.cost + 0.8 * std::abs(share - 0.5) + 0.5 * set->bend_rad + course.cost;
    candidate.text = std::move(set->text);
    candidate.boxes = std::move(set->boxes);
    candidate.outline = std::move(set->outline);
    if (weigh(candidate, task)) out.push_back(std::move(candidate));
  }
}

/// Slides one form of a name along its lines; `offset` sets it beside the line, on either side.
void form_candidates_on_lines(Task const& task, ShapedForm const& form,
                              std::vector<LabelCandidate>& out) {
  for (auto line : task.request.lines) {
    bool const down = form.column && runs_down(line);
    auto const& shaped = down ? *form.column : form.text();
    if (shaped.vertical != down) continue;
    // A column is read from its top.
    if (down && line.front().y_mm > line.back().y_mm) std::ranges::reverse(line);
    auto const axis = scene::smoothed_axis(line, 0, 0.4);
    if (axis.empty()) continue;
    double const em_mm = shaped.runs.empty() ? 1 : shaped.runs.front().size_mm;
    for (auto const& course : courses_of(task.request, shaped)) {
      auto const path = scene::smoothed_axis(beside(axis, course.aside_mm, em_mm), 0, 0.4);
      add_along(task, {form, shaped, course}, path, out);
    }
  }
}

/// Whether the letters of a text may stand apart: not those of scripts that join or stack.
bool may_be_spread(ShapedText const& shaped) {
  if (shaped.runs.empty() || shaped.vertical) return false;
  auto const wide = base::to_utf32(shaped.text);
  return std::ranges::all_of(wide, [](char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED:
      case USCRIPT_LATIN:
      case USCRIPT_GREEK:
      case USCRIPT_CYRILLIC:
      case USCRIPT_ARMENIAN:
      case USCRIPT_GEORGIAN:
      case USCRIPT_HAN:
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA:
      case USCRIPT_HANGUL:
      case USCRIPT_BOPOMOFO:
        return true;
      default:
        return false;
    }
  });
}

/// The full form letter-spaced so that it is about `width_mm` long, as far as the request allows;
/// nothing where that is not worth it.
std::shared_ptr<ShapedText const> spread_to(Task const& task, double width_mm) {
  auto const& request = task.request;
  auto const& full = task.forms->front().text();
  if (request.spread_em <= 0 || full.lines.size() != 1 || !may_be_spread(full)) return nullptr;
  auto const letters = base::to_utf32(full.text).size();
  if (letters < 2) return nullptr;
  double const em_mm = request.spans.front().style.size_mm;
  double const extra_em = std::min(
      request.spread_em, (width_mm - full.length_mm) / (static_cast<double>(letters - 1) * em_mm));
  if (extra_em < 0.08) return nullptr;
  auto spans = request.spans;
  // A twentieth of an em is seen by nobody: neighbouring lengths share their texts.
  for (auto& span : spans) span.style.letter_spacing_em += std::floor(extra_em * 20) / 20;
  ParagraphStyle paragraph;
  paragraph.lang = request.lang;
  return std::make_shared<ShapedText>(task.shaper.shape(spans, paragraph));
}

// What a name that could span its line or area and does not is worse.
constexpr double cost_of_not_spread = 0.8;

/// The name letter-spaced over each of its lines.
void spread_candidates_on_lines(Task const& task, std::vector<LabelCandidate>& out) {
  constexpr double share_of_line = 0.78;
  for (auto const& line : task.request.lines) {
    auto const axis = scene::smoothed_axis(line, 0, 0.4);
    if (axis.empty()) continue;
    for (double const share : {share_of_line, share_of_line * 0.75, share_of_line * 0.5}) {
      auto const shaped = spread_to(task, share * axis.length_mm());
      if (!shaped) continue;
      ShapedForm form;
      form.form = LabelForm::spread;
      form.cost = 0.5 * (share_of_line - share);
      double const em_mm = shaped->runs.front().size_mm;
      for (auto const& course : courses_of(task.request, *shaped)) {
        auto const path = scene::smoothed_axis(beside(axis, course.aside_mm, em_mm), 0, 0.4);
        add_along(task, {form, *shaped, course}, path, out);
      }
    }
  }
}

/// Level names beside or on a line that is too short or too crooked for them.
void add_level_beside_lines(Task const& task, std::vector<LabelCandidate>& out) {
  constexpr double cost_of_level = 2.0;
  for (auto const& form : *task.forms) {
    if (form.form == LabelForm::number || form.text().empty() || form.text().vertical) continue;
    auto const box = optical_box(form.text());
    double const hw = box.width_mm() / 2;
    double const hh = box.height_mm() / 2;
    for (auto const& line : task.request.lines) {
      auto const axis = scene::axis_of(line);
      if (axis.empty()) continue;
      // The wide name of a great water says nothing beside a small part of it.
      bool const is_of_ground = task.request.ground != scene::LabelGround::any;
      if (is_of_ground && 2 * hw > 1.6 * axis.length_mm()) continue;
      for (double const share : {0.5, 0.35, 0.65, 0.2, 0.8}) {
        auto const at = axis.at(share * axis.length_mm());
        auto const d = axis.direction(share * axis.length_mm());
        for (double const aside : {0.0, 0.8, 1.8}) {
          for (double const side : {1.0, -1.0}) {
            Point const n{-d.y_mm * side, d.x_mm * side};
            // How far the box reaches towards the line.
            double const reach = std::abs(n.x_mm) * hw + std::abs(n.y_mm) * hh;
            double const off = aside == 0 ? 0 : task.request.line_offset_mm + reach + aside;
            double const cost = cost_of_level + std::abs(share - 0.5) + 0.3 * aside;
            auto candidate = straight(form, task, {.center = at + n * off, .cost = cost});
            if (weigh(candidate, task)) out.push_back(std::move(candidate));
            if (aside == 0) break;
          }
        }
      }
    }
  }
}

void line_candidates(Task const& task, std::vector<ShapedForm> const& forms,
                     std::vector<LabelCandidate>& out) {
  bool spreads = false;
  if (task.request.spread_em > 0) {
    spread_candidates_on_lines(task, out);
    spreads = !out.empty();
  }
  auto const first = out.size();
  for (auto const& form : forms) {
    if (form.form == LabelForm::number || form.text().empty()) continue;
    form_candidates_on_lines(task, form, out);
  }
  for (auto i = first; spreads && i < out.size(); ++i) out[i].cost += cost_of_not_spread;
  if (task.request.placement == scene::LabelPlacement::line && out.empty()) {
    add_level_beside_lines(task, out);
  }
}

/// How much of a box lies outside the area, 0 to 1.
class AreaTest {
 public:
  explicit AreaTest(draw::Path const& area) : rings_(area.flattened(0.2)) {}

  bool known() const { return !rings_.empty(); }

  double share_outside(OrientedBox const& box) const {
    constexpr int steps = 6;
    int outside = 0;
    for (int i = 0; i <= steps; ++i) {
      for (double const y : {-0.8, 0.0, 0.8}) {
        Point const p{(2.0 * i / steps - 1) * box.half_width_mm, y * box.half_height_mm};
        if (!contains(Point{box.cx_mm, box.cy_mm} + draw::turned(p, box.angle_rad))) ++outside;
      }
    }
    return outside / (3.0 * (steps + 1));
  }

  /// Length of the level chord through a point of the area that is centred on it.
  double chord_mm(Point p) const {
    double left = std::numeric_limits<double>::infinity();
    double right = left;
    for_crossings(p.y_mm, [&](double x) {
      if (x < p.x_mm) left = std::min(left, p.x_mm - x);
      if (x >= p.x_mm) right = std::min(right, x - p.x_mm);
    });
    double const half = std::min(left, right);
    return std::isfinite(half) ? 2 * half : 0;
  }

 private:
  template <class Use>
  void for_crossings(double y, Use use) const {
    for (auto const& ring : rings_) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const a = ring[i];
        auto const b = ring[(i + 1) % ring.size()];
        if ((a.y_mm > y) == (b.y_mm > y)) continue;
        use(a.x_mm + (b.x_mm - a.x_mm) * (y - a.y_mm) / (b.y_mm - a.y_mm));
      }
    }
  }

  bool contains(Point p) const {
    bool within = false;
    for_crossings(p.y_mm, [&](double x) { within = within != (x > p.x_mm); });
    return within;
  }

  std::vector<std::vector<Point>> rings_;
};

/// A name that stands on its place, such as that of a region, moves freely about it.
bool is_centred(LabelRequest const& request) {
  return request.placement == scene::LabelPlacement::point && !request.anchors.empty() &&
         request.anchors.front() == "center" && request.symbol.empty();
}

/// Level seats of a text about its place, the nearer to it the better.
class AreaSeats {
 public:
  AreaSeats(Task const& task, std::vector<LabelCandidate>& out)
      : task_(task), out_(out), area_(task.request.area) {}

  void add_form(ShapedForm const& form) {
    auto const box = optical_box(form.text());
    if (box.empty()) return;
    auto const& request = task_.request;
    if (request.offset)
      return add(form.form, form.cost, shared(task_, form.text()), *request.offset);
    double const base = form.cost + (request.lines.empty() ? 0 : 0.7) + (spreads_ ? 0.4 : 0);
    for_grid(box, [&](Point shift, double cost) {
      add(form.form, base + cost, shared(task_, form.text()), shift);
    });
    auto const* before = task_.before;
    if (before == nullptr || before->curved || before->form != form.form) return;
    auto const at = request.anchor + before->offset;
    bool const known = std::ranges::any_of(out_, [&](LabelCandidate const& candidate) {
      return candidate.form == form.form &&
             draw::distance(middle_of(candidate), at) < same_place_mm;
    });
    if (!known) add(form.form, form.cost + frozen_cost, shared(task_, form.text()), before->offset);
  }

  /// The name letter-spaced over the width of its area.
  void add_spread() {
    auto const& request = task_.request;
    if (request.offset || !area_.known()) return;
    constexpr double share_of_chord = 0.72;
    for (double const share : {share_of_chord, share_of_chord * 0.7}) {
      auto const shaped = spread_to(task_, share * area_.chord_mm(request.anchor));
      if (!shaped) continue;
      spreads_ = true;
      for_grid(optical_box(*shaped), [&](Point shift, double cost) {
        add(LabelForm::spread, cost + (share_of_chord - share) + (request.lines.empty() ? 0 : 0.7),
            shaped, shift);
      });
    }
  }

 private:
  template <class Use>
  static void for_grid(Box const& box, Use use) {
    for (int j = -3; j <= 3; ++j) {
      for (int i = -3; i <= 3; ++i) {
        use({i * box.width_mm() * 0.16, j * box.height_mm() * 0.7},
            0.2 * (std::abs(i) + std::abs(j)));
      }
    }
  }

  void add(LabelForm form, double cost, std::shared_ptr<ShapedText const> text, Point shift) {
    auto candidate =
        straight(std::move(text), task_, {.center = task_.request.anchor + shift, .cost = cost});
    candidate.form = form;
    if (area_.known()) candidate.cost += 3 * area_.share_outside(candidate.boxes.front());
    if (weigh(candidate, task_) || task_.request.offset) out_.push_back(std::move(candidate));
  }

  Task const& task_;
  std::vector<LabelCandidate>& out_;
  AreaTest area_;
  bool spreads_ = false;
};

void area_candidates(Task const& task, std::vector<LabelCandidate>& out) {
  AreaSeats seats(task, out);
  seats.add_spread();
  for (auto const& form : *task.forms) {
    seats.add_form(form);
    if (task.request.offset) return;
  }
}

/// A box of text somewhere round what it tells of, with a leader line; the nearer the better, and
/// rather beside than above it.
void callout_candidates(Task const& task, std::vector<LabelCandidate>& out) {
  auto const& request = task.request;
  auto const& look = *request.callout;
  double const own = request.symbol.empty()
                         ? 0
                         : std::max(request.symbol.width_mm(), request.symbol.height_mm()) / 2;
  auto const from = request.symbol.empty() ? request.anchor : request.symbol.center();
  for (auto const& form : *task.forms) {
    auto const box = optical_box(form.text());
    if (box.empty()) continue;
    double const hw = box.width_mm() / 2 + look.padding_mm;
    double const hh = box.height_mm() / 2 + look.padding_mm;
    auto const add = [&](Point center, double cost) {
      auto candidate = straight(form, task, {.center = center, .cost = cost});
      candidate.boxes = {{center.x_mm, center.y_mm, hw + 2 * air_mm, hh + 2 * air_mm, 0}};
      bool const fixed = request.offset.has_value();
      if (!weigh_callout(candidate, task) && !fixed) return;
      candidate.tab = Box{center.x_mm - hw, center.y_mm - hh, center.x_mm + hw, center.y_mm + hh};
      bool const leads =
          add_leader(candidate, candidate.tab, task) && !candidate.leader.empty() &&
          draw::distance(candidate.leader[0], candidate.leader[1]) >= 0.8 * look.nearest_mm;
      if (!leads && !fixed) return;
      out.push_back(std::move(candidate));
    };
    if (request.offset) return add(request.anchor + *request.offset, 0);
    if (task.before != nullptr && task.before->form == form.form) {
      add(request.anchor + task.before->offset, frozen_cost);
    }
    constexpr int directions = 20;
    for (double reach = look.nearest_mm; reach <= look.reach_mm; reach *= 1.35) {
      for (int k = 0; k < directions; ++k) {
        double const angle = 2 * quarter_turn_rad * 2 * k / directions;
        Point const d{std::cos(angle), -std::sin(angle)};
        add(from + Point{d.x_mm * (own + reach + hw), d.y_mm * (own + reach + hh)},
            form.cost + 0.09 * reach + 0.2 * std::abs(d.y_mm) + 0.004 * k);
      }
    }
  }
}

/// Flag: a tab on a staff that stands on the route.
void flag_candidates(Task const& task, std::vector<ShapedForm> const& forms,
                     std::vector<LabelCandidate>& out) {
  auto const& request = task.request;
  auto const& shaped = forms.front().text();
  auto const box = optical_box(shaped);
  if (box.empty() || request.lines.empty()) return;
  auto const axis = scene::smoothed_axis(request.lines.front(), 0, 0.5);
  if (axis.empty()) return;
  double const pad_x = 0.75;
  double const half_height = std::max(shaped.cap_height_mm * 0.5 + 0.75, 1.1);
  double const half_width = box.width_mm() / 2 + pad_x;
  for (double const share : {0.42, 0.5, 0.34, 0.58, 0.27, 0.66, 0.2, 0.75, 0.13, 0.85}) {
    auto const foot = axis.at(axis.length_mm() * share);
    for (double const rise : {3.2, -3.2, 4.8, -4.8, 6.6, -6.6}) {
      for (double const lean : {1.0, -1.0, 0.0}) {
        Point const center = foot + Point{lean * (half_width - 0.2 + std::abs(rise) * 0.35), -rise};
        LabelCandidate candidate;
        candidate.cost = 1.2 * std::abs(share - 0.42) + 0.12 * (std::abs(rise) - 3.2) +
                         (rise < 0 ? 0.12 : 0) +
                         (lean == 0  ? 0.1
                          : lean < 0 ? 0.06
                                     : 0);
        candidate.tab = Box{center.x_mm - half_width, center.y_mm - half_height,
                            center.x_mm + half_width, center.y_mm + half_height};
        candidate.boxes = {
            {center.x_mm, center.y_mm, half_width + air_mm, half_height + air_mm, 0}};
        if (!weigh(candidate, task)) continue;
        auto const target = nearest_on(candidate.tab, foot);
        candidate.leader = {foot, target};
        candidate.boxes.push_back(box_of_line(foot, target, 0.12));
        double const cap_middle = -shaped.cap_height_mm / 2;
        candidate.text = shaped.placed({center.x_mm - box.center().x_mm, center.y_mm - cap_middle});
        candidate.outline = corners_of(center, half_width, half_height, 0);
        out.push_back(std::move(candidate));
      }
    }
  }
}

/// Marks the candidate that stands where the label stood before, if there is one.
void mark_frozen(std::vector<LabelCandidate>& candidates, LabelRequest const& request,
                 FrozenLabel const& before) {
  auto const at = request.anchor + before.offset;
  LabelCandidate* nearest = nullptr;
  // Names on lines stand at steps: the step may have shifted with the line's ends.
  double least_mm = before.curved ? 1.0 : 0.05;
  for (auto& candidate : candidates) {
    if (candidate.form != before.form || candidate.text.curved != before.curved) continue;
    double const d = draw::distance(middle_of(candidate), at);
    if (d < least_mm) {
      least_mm = d;
      nearest = &candidate;
    }
  }
  if (nearest == nullptr) return;
  nearest->frozen = true;
  if (before.pinned) candidates = {LabelCandidate(*nearest)};
}

/// Best first, not too many of any form.
std::vector<LabelCandidate> best_of(std::vector<LabelCandidate>& candidates, int most_of_full) {
  // They are large: their numbers are sorted and they move once.
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return candidates[i].cost; });
  // More positions than these add conflicts, not solutions.
  int const most_of_others = most_of_full / 3;
  std::array<int, form_count> count{};
  std::vector<LabelCandidate> kept;
  int const most_kept = most_of_full + 2 * most_of_others;
  kept.reserve(std::min(order.size(), static_cast<std::size_t>(most_kept)));
  for (auto const i : order) {
    auto& candidate = candidates[i];
    auto const most = candidate.form == LabelForm::full ? most_of_full : most_of_others;
    if (++count[static_cast<std::size_t>(candidate.form)] > most && !candidate.frozen) continue;
    kept.push_back(std::move(candidate));
  }
  return kept;
}

}  // namespace

FrozenLabel frozen(LabelRequest const& request, LabelCandidate const& chosen) {
  FrozenLabel out;
  out.id = request.id;
  for (auto const& span : request.spans) out.text += span.text;
  out.offset = middle_of(chosen) - request.anchor;
  out.curved = chosen.text.curved;
  out.form = chosen.form;
  out.align = chosen.align;
  return out;
}

std::optional<CurvedText> set_along(ShapedText const& shaped, std::vector<Point> const& line,
                                    double middle_mm, double raise_mm) {
  return set_along(shaped, scene::smoothed_axis(line, 0, 0.4), middle_mm, raise_mm);
}

std::optional<CurvedText> set_along(ShapedText const& shaped, scene::Axis const& axis,
                                    double middle_mm, double raise_mm) {
  if (axis.empty() || shaped.ink.empty()) return {};
  double const width = shaped.length_mm;
  double const start = middle_mm - width / 2;
  if (start < -1e-6 || start + width > axis.length_mm() + 1e-6) return {};
  CurvedText out;
  out.text.text = shaped.text;
  out.text.lang = shaped.lang;
  out.text.curved = true;
  out.text.runs = shaped.runs;
  constexpr double max_turn_rad = 0.5;
  double last_angle = 0;
  Point last_base{};
  double last_center = 0;
  bool first = true;
  std::vector<Point> top;
  std::vector<Point> bottom;
  for (auto& run : out.text.runs) {
    for (std::size_t g = 0; g < run.glyphs.size();) {
      // A cluster moves as one body: joined letters and marks stay together.
      std::size_t end = g + 1;
      while (end < run.glyphs.size() && run.glyphs[end].text_begin == run.glyphs[g].text_begin) {
        ++end;
      }
      // The cluster in a frame whose x axis runs along the text.
      double const lying = shaped.vertical ? -quarter_turn_rad : 0;
      Box ink;
      for (auto k = g; k < end; ++k) {
        auto const box = ink_of(run, run.glyphs[k]);
        if (box.empty()) continue;
        ink.add(draw::turned(Point{box.min_x_mm, box.min_y_mm}, lying));
        ink.add(draw::turned(Point{box.max_x_mm, box.max_y_mm}, lying));
      }
      double const center = ink.empty() ? draw::turned(run.glyphs[g].at, lying).x_mm
                                        : (ink.min_x_mm + ink.max_x_mm) / 2;
      // Direction over the cluster's own width and a little more, not of one short segment.
      double const reach = std::max(run.size_mm * 0.6, ink.empty() ? 0 : ink.width_mm() / 2);
      auto const a = axis.at(start + center - reach);
      auto const b = axis.at(start + center + reach);
      double const angle = std::atan2(b.y_mm - a.y_mm, b.x_mm - a.x_mm);
      if (!first) {
        double const turn = std::abs(std::remainder(angle - last_angle, 6.283185307179586));
        if (turn > max_turn_rad) return {};
        out.bend_rad += turn;
      }
      auto const on_axis = axis.at(start + center);
      auto const base = on_axis + draw::turned({0, raise_mm}, angle);
      // On the inner side of a bend letters crowd, on the outer one they drift apart.
      if (!first && std::abs(center - last_center) > 0.2) {
        double const ratio = draw::distance(base, last_base) / std::abs(center - last_center);
        if (ratio < 0.84 || ratio > 1.3) return {};
      }
      first = false;
      last_angle = angle;
      last_base = base;
      last_center = center;
      for (auto k = g; k < end; ++k) {
        auto const rest = draw::turned(run.glyphs[k].at, lying) - Point{center, 0};
        run.glyphs[k].at = base + draw::turned(rest, angle);
        run.glyphs[k].angle_rad += angle + lying;
      }
      if (!ink.empty()) {
        auto const at = [&](double x, double y) {
          return base + draw::turned(Point{x - center, y}, angle);
        };
        auto const c = at(center, (ink.min_y_mm + ink.max_y_mm) / 2);
        out.boxes.push_back(
            {c.x_mm, c.y_mm, ink.width_mm() / 2 + air_mm, ink.height_mm() / 2 + air_mm, angle});
        for (double const x : {ink.min_x_mm, ink.max_x_mm}) {
          top.push_back(at(x, ink.min_y_mm));
          bottom.push_back(at(x, ink.max_y_mm));
        }
      }
      g = end;
    }
  }
  out.outline = top;
  out.outline.insert(out.outline.end(), bottom.rbegin(), bottom.rend());
  return out;
}

std::vector<LabelCandidate> candidates_of(LabelRequest const& asked, Shaper const& shaper,
                                          LabelSpace const& space, FrozenLabel const* before,
                                          std::vector<MissingGlyph>& missing) {
  // Most of what is tried is not kept: the room for it serves label after label.
  thread_local std::vector<LabelCandidate> out;
  out.clear();
  // A pinned label stands like one that the data set by hand.
  LabelRequest at_hand;
  if (before != nullptr && before->pinned && !before->curved) {
    at_hand = asked;
    at_hand.offset = before->offset;
    before = nullptr;
  }
  auto const& request = at_hand.offset ? at_hand : asked;
  Task task{request, space, before, shaper, {}};
  task.space.frame = space.frame.grown(-0.4);
  if (request.badge) {
    badge_candidates(task, shaper, out, missing);
  } else {
    task.forms = std::make_shared<std::vector<ShapedForm> const>(forms_of(request, shaper));
    auto const& forms = *task.forms;
    if (forms.empty()) return {};
    for (auto const& form : forms) {
      // The full form has all characters but those of the abbreviation.
      if (form.form != LabelForm::full && form.form != LabelForm::shorter) continue;
      missing.insert(missing.end(), form.text().missing.begin(), form.text().missing.end());
    }
    switch (request.placement) {
      case scene::LabelPlacement::point:
        if (is_centred(request)) {
          area_candidates(task, out);
        } else {
          point_candidates(task, forms, out);
        }
        break;
      case scene::LabelPlacement::line:
        line_candidates(task, forms, out);
        break;
      case scene::LabelPlacement::area:
        // The name of a region follows its line where that is long and clear enough.
        if (!request.lines.empty()) line_candidates(task, forms, out);
        area_candidates(task, out);
        break;
      case scene::LabelPlacement::callout:
        callout_candidates(task, out);
        break;
      case scene::LabelPlacement::flag:
        flag_candidates(task, forms, out);
        break;
    }
  }
  if (request.ground != scene::LabelGround::any && space.grounds.known) {
    for (auto& candidate : out) candidate.cost += cost_of_ground(candidate, request, space.grounds);
  }
  if (before != nullptr) mark_frozen(out, request, *before);
  return best_of(out, space.most_candidates);
}

void finish(LabelCandidate& candidate, LabelRequest const& request) {
  if (candidate.shaped) {
    auto const& shaped = *candidate.shaped;
    double const angle = request.angle_rad;
    candidate.text = shaped.placed(candidate.origin, angle);
    auto const ink_center = candidate.origin + draw::turned(shaped.ink.center(), angle);
    if (request.callout) {
      auto const& tab = candidate.tab;
      candidate.outline = corners_of(tab.center(), tab.width_mm() / 2, tab.height_mm() / 2, 0);
    } else {
      candidate.outline =
          corners_of(ink_center, shaped.ink.width_mm() / 2, shaped.ink.height_mm() / 2, angle);
    }
    candidate.shaped.reset();
  }
  candidate.text.id = request.id;
  candidate.text.halo = request.halo;
}

}  // namespace hachure::layout
