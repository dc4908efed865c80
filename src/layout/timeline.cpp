#include "layout/timeline.hpp"

#include <algorithm>
#include <cmath>

#include "base/message.hpp"
#include "scene/time_words.hpp"

namespace hachure::layout {

namespace {

using draw::Box;
using draw::Color;
using draw::Group;
using draw::Point;
using record::Instant;
using scene::TimeUnit;

/// A change of the scale in less than this is too short for its mark.
constexpr double least_gap_mm = 0.6;

ShapedText set(Shaper const& shaper, FurnitureProblems& problems,
               std::vector<TextSpan> const& spans, std::string const& lang) {
  ParagraphStyle paragraph;
  paragraph.lang = lang;
  paragraph.line_height = 1.12;
  auto shaped = shaper.shape(spans, paragraph);
  problems.missing.insert(problems.missing.end(), shaped.missing.begin(), shaped.missing.end());
  return shaped;
}

draw::Stroke line(Color color, double width_mm) {
  draw::Stroke stroke;
  stroke.color = color;
  stroke.width_mm = width_mm;
  return stroke;
}

draw::Shape filled(std::vector<Point> const& outline, Color color) {
  draw::Shape shape;
  shape.path.add_polyline(outline, true);
  shape.fill = draw::Fill{color, draw::FillRule::nonzero};
  return shape;
}

draw::Shape segment(Point a, Point b, Color color, double width_mm) {
  draw::Shape shape;
  std::vector<Point> const points{a, b};
  shape.path.add_polyline(points, false);
  shape.stroke = line(color, width_mm);
  return shape;
}

/// Relative luminance after WCAG 2.1: which of two inks reads better on a ground.
double luminance(Color c) {
  auto const linear = [](double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

/// The lighter of two inks as far as it reads on the ground, as large type does at a contrast of 3;
/// bars of one strip then have names of one colour.
Color readable_on(Color ground, Color ink, Color paper) {
  auto const contrast = [&](Color c) {
    double const a = luminance(c) + 0.05;
    double const b = luminance(ground) + 0.05;
    return std::max(a, b) / std::min(a, b);
  };
  bool const ink_is_light = luminance(ink) > luminance(paper);
  auto const light = ink_is_light ? ink : paper;
  auto const dark = ink_is_light ? paper : ink;
  return contrast(light) >= 3 || contrast(light) >= contrast(dark) ? light : dark;
}

draw::Text colored(ShapedText const& text, Point at, Color color) {
  auto out = text.placed(at);
  for (auto& run : out.runs) run.color = color;
  return out;
}

}  // namespace

Timeline::Timeline(scene::Scene const& scene, Shaper const& shaper, FurnitureProblems& problems)
    : timeline_(*scene.timeline),
      look_(scene.look),
      lang_(scene.lang),
      title_(base::message("timeline", scene.lang)),
      width_mm_(scene.timeline_box.width_mm()),
      height_mm_(scene.timeline_box.height_mm()),
      measure_(scene::measure_of(timeline_, look_)) {
  place_lanes(problems, shaper);
  place_ticks(problems, shaper);
  place_dates(problems, shaper);
  auto instants = scene.run;
  if (scene.moment) instants.push_back(*scene.moment);
  auto bold = look_.time_tick;
  bold.fonts = look_.figure.fonts;
  bold.size_mm *= 1.06;
  auto const unit = timeline_.unit;
  for (auto const at : instants) {
    if (!tabs_.contains(at)) {
      tabs_.emplace(at, set(shaper, problems, {{scene::tab_text(at, unit, lang_), bold}}, lang_));
    }
  }
}

double Timeline::x_of(Instant at) const {
  return from_x_mm_ + (to_x_mm_ - from_x_mm_) * timeline_.scale.share(at);
}

// --- making --------------------------------------------------------------------------------------

void Timeline::place_lanes(FurnitureProblems& problems, Shaper const& shaper) {
  auto second = look_.lane;
  second.fonts = look_.phase.fonts;
  std::vector<std::pair<ShapedText, ShapedText>> titles;
  double first_width = 0;
  double second_width = 0;
  for (auto const& lane : timeline_.lanes) {
    titles.emplace_back(set(shaper, problems, {{lane.title, look_.lane}}, lang_),
                        set(shaper, problems, {{lane.second_title, second}}, lang_));
    first_width = std::max(first_width, titles.back().first.logical.width_mm());
    if (!titles.back().second.empty()) {
      second_width = std::max(second_width, titles.back().second.logical.width_mm());
    }
  }
  double const pad = look_.padding_mm;
  double const em = look_.phase.size_mm;
  double const second_x = pad + first_width + em;
  auto heavy = look_.time_tick;
  heavy.fonts = look_.figure.fonts;
  auto const context =
      set(shaper, problems,
          {{scene::context_text(timeline_.scale.from(), timeline_.unit, lang_), heavy}}, lang_);
  double const titles_end = second_width > 0 ? second_x + second_width : pad + first_width;
  double const context_width = context.empty() ? 0 : context.logical.width_mm();
  from_x_mm_ = std::max(titles_end, pad + context_width) + 1.6 * em;
  to_x_mm_ = width_mm_ - pad - 1.2 * look_.time_tick.size_mm;
  if (!context.empty()) {
    words_.emplace_back(
        context, Point{from_x_mm_ - 1.6 * em - context_width, 1.45 * look_.time_tick.size_mm});
  }
  // A height given by hand is shared out among the rows.
  double const natural = scene::height_mm(timeline_, look_);
  double const stretch =
      std::max(0.6, (height_mm_ - measure_.head_mm) / (natural - measure_.head_mm));
  measure_.row_mm *= stretch;
  measure_.bar_mm *= stretch;
  measure_.lane_gap_mm *= stretch;
  double y = measure_.head_mm;
  for (std::size_t i = 0; i < timeline_.lanes.size(); ++i) {
    auto const& lane = timeline_.lanes[i];
    double const bottom = y + lane.rows * measure_.row_mm;
    lanes_mm_.emplace_back(y, bottom);
    for (auto const& phase : lane.phases) {
      add_bar(phase, y + phase.row * measure_.row_mm + (measure_.row_mm - measure_.bar_mm) / 2,
              problems, shaper);
    }
    auto const& [first, other] = titles[i];
    double const baseline = (y + bottom + first.cap_height_mm) / 2;
    words_.emplace_back(first, Point{pad, baseline});
    if (!other.empty()) words_.emplace_back(other, Point{second_x, baseline});
    y = bottom + measure_.lane_gap_mm;
  }
  for (auto& bar : bars_) {
    bar.room_right_mm = width_mm_ - pad;
    for (auto const& other : bars_) {
      if (std::abs(other.top_mm - bar.top_mm) > 0.01 || other.left_mm <= bar.left_mm) continue;
      double const sign = other.what.is_moment ? measure_.bar_mm * 0.5 : 0;
      bar.room_right_mm = std::min(bar.room_right_mm, other.left_mm - sign - 0.6);
    }
  }
}

void Timeline::add_bar(scene::Phase const& phase, double top_mm, FurnitureProblems& problems,
                       Shaper const& shaper) {
  Bar bar;
  bar.what = phase.what;
  bar.left_mm = x_of(phase.what.from);
  bar.right_mm = x_of(phase.what.to);
  bar.top_mm = top_mm;
  bar.bottom_mm = top_mm + measure_.bar_mm;
  auto const& what = phase.what;
  if (!what.second_text.empty()) {
    bar.names.push_back(set(shaper, problems,
                            {{what.text + "  ", look_.phase}, {what.second_text, look_.phase}},
                            lang_));
    if (measure_.bar_mm > 2.5 * look_.phase.size_mm) {
      bar.names.push_back(
          set(shaper, problems, {{what.text + "\n" + what.second_text, look_.phase}}, lang_));
    }
  }
  bar.names.push_back(set(shaper, problems, {{what.text, look_.phase}}, lang_));
  if (!what.brief_text.empty()) {
    bar.names.push_back(set(shaper, problems, {{what.brief_text, look_.phase}}, lang_));
  }
  if (what.number > 0) {
    auto figure = look_.phase;
    figure.fonts = look_.figure.fonts;
    figure.size_mm *= what.number > 9 ? 0.86 : 0.95;
    bar.number = set(shaper, problems, {{std::to_string(what.number), figure}}, lang_);
    if (!what.is_moment) bar.names.push_back(*bar.number);
  }
  bars_.push_back(std::move(bar));
}

std::vector<Timeline::Tick> Timeline::ticks_of(scene::TimeStretch const& stretch,
                                               FurnitureProblems& problems,
                                               Shaper const& shaper) const {
  double const length = x_of(stretch.to) - x_of(stretch.from);
  double const mm_per_s = length / static_cast<double>(stretch.to.seconds - stretch.from.seconds);
  auto heavy = look_.time_tick;
  heavy.fonts = look_.figure.fonts;
  auto const unit = timeline_.unit;
  for (auto const& step : scene::tick_steps()) {
    if (step.length_s() * mm_per_s < 2 * look_.time_tick.size_mm) continue;
    // Ticks finer than the unit of the strip would claim what the strip cannot show.
    if (step.unit() < unit) continue;
    std::vector<Tick> ticks;
    bool fits = true;
    for (auto const at : scene::ticks_in(stretch.from, stretch.to, step)) {
      bool const is_first = at == timeline_.scale.from();
      Tick tick{at, x_of(at), !is_first && scene::is_major_tick(at, step.unit()), {}};
      tick.text = set(shaper, problems,
                      {{scene::tick_text(at, step.unit(), lang_, is_first),
                        tick.is_major ? heavy : look_.time_tick}},
                      lang_);
      auto const needed = [](Tick const& a, Tick const& b) {
        return (a.text.logical.width_mm() + b.text.logical.width_mm()) / 2;
      };
      double const air = 1.1 * look_.time_tick.size_mm;
      if (!ticks.empty()) fits &= tick.x_mm - ticks.back().x_mm > needed(ticks.back(), tick) + air;
      ticks.push_back(std::move(tick));
      if (!fits) break;
    }
    if (fits) return ticks;
  }
  return {};
}

void Timeline::place_ticks(FurnitureProblems& problems, Shaper const& shaper) {
  FurnitureProblems tried;
  auto const& stretches = timeline_.scale.stretches();
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    if (i > 0) breaks_mm_.push_back(x_of(stretches[i].from));
    for (auto& tick : ticks_of(stretches[i], tried, shaper)) {
      // Two stretches meet at one tick, and their labels at their ends may be near each other.
      if (!ticks_.empty()) {
        double const gap =
            tick.x_mm - ticks_.back().x_mm -
            (tick.text.logical.width_mm() + ticks_.back().text.logical.width_mm()) / 2;
        if (tick.at == ticks_.back().at) continue;
        if (gap < least_gap_mm) {
          if (!tick.is_major || ticks_.back().is_major) continue;
          ticks_.pop_back();
        }
      }
      ticks_.push_back(std::move(tick));
    }
  }
  for (auto const& tick : ticks_) {
    problems.missing.insert(problems.missing.end(), tick.text.missing.begin(),
                            tick.text.missing.end());
  }
}

void Timeline::place_dates(FurnitureProblems& problems, Shaper const& shaper) {
  if (timeline_.calendars.empty()) return;
  auto const of_strip = timeline_.unit;
  // What the larger ticks name: the day of hours, the month of days, the year of months.
  auto const named = of_strip == TimeUnit::hour  ? TimeUnit::day
                     : of_strip == TimeUnit::day ? TimeUnit::month
                                                 : TimeUnit::year;
  double const size = look_.time_tick.size_mm;
  auto style = look_.time_tick;
  style.size_mm *= 0.92;
  double last_right = -1e9;
  auto const put = [&](Instant at, double x, bool is_end) {
    double right = x;
    double baseline = 1.45 * size;
    double const left_limit = last_right + size;
    for (auto const& text : scene::calendar_texts(at, named, timeline_.calendars, lang_)) {
      baseline += 1.35 * size;
      auto shaped = set(shaper, problems, {{text, style}}, lang_);
      double const width = shaped.logical.width_mm();
      double const left = is_end ? std::max(look_.padding_mm, x - width) : x - width / 2;
      if (left < left_limit || left + width > width_mm_) continue;
      right = std::max(right, left + width);
      words_.emplace_back(std::move(shaped), Point{left, baseline});
    }
    last_right = right;
  };
  put(timeline_.scale.from(), from_x_mm_ - 1.6 * look_.phase.size_mm, true);
  for (auto const& tick : ticks_) {
    if (tick.is_major) put(tick.at, tick.x_mm, false);
  }
}

// --- drawing -------------------------------------------------------------------------------------

double Timeline::strength_of(Bar const& bar, std::optional<Playhead> const& head) const {
  if (!head) return look_.past_strength;
  if (bar.what.from > head->at) return look_.future_strength;
  bool const runs = bar.what.to > head->at;
  return runs ? look_.current_strength : look_.past_strength;
}

void Timeline::draw_ground(Group& group) const {
  auto const faint = draw::mixed(look_.timeline_rule, look_.timeline, 0.28);
  draw::Shape ground;
  ground.path.add_box(Box::of(0, 0, width_mm_, height_mm_));
  ground.fill = draw::Fill{look_.timeline, draw::FillRule::nonzero};
  ground.stroke = line(look_.timeline_rule, look_.rule_width_mm);
  group.children.push_back({std::move(ground)});
  double const top = measure_.head_mm;
  double const bottom = lanes_mm_.empty() ? height_mm_ : lanes_mm_.back().second;
  auto const dark = draw::mixed(look_.ink, look_.timeline, look_.night_strength);
  for (auto const& night : timeline_.nights) {
    double const x = x_of(night.earliest);
    draw::Shape band;
    band.path.add_box(Box::of(x, top, x_of(night.latest) - x, bottom - top));
    band.fill = draw::Fill{dark, draw::FillRule::nonzero};
    group.children.push_back({std::move(band)});
  }
  for (auto const& tick : ticks_) {
    group.children.push_back(
        {segment({tick.x_mm, top}, {tick.x_mm, bottom}, faint, look_.rule_width_mm * 0.5)});
  }
  for (std::size_t i = 0; i + 1 < lanes_mm_.size(); ++i) {
    double const y = (lanes_mm_[i].second + lanes_mm_[i + 1].first) / 2;
    group.children.push_back(
        {segment({from_x_mm_, y}, {to_x_mm_, y}, faint, look_.rule_width_mm * 0.5)});
  }
  for (auto const& [text, at] : words_) group.children.push_back({text.placed(at)});
}

void Timeline::draw_ticks(Group& group, std::optional<Playhead> const& head,
                          double clear_mm) const {
  double const size = look_.time_tick.size_mm;
  double const baseline = 1.45 * size;
  double const foot = measure_.head_mm;
  for (auto const& tick : ticks_) {
    group.children.push_back({segment({tick.x_mm, foot - 0.5 * size}, {tick.x_mm, foot},
                                      look_.timeline_rule, look_.rule_width_mm)});
    double const half = tick.text.logical.width_mm() / 2;
    bool const is_hit = head && std::abs(tick.x_mm - head->x_mm) < half + clear_mm;
    if (!is_hit) group.children.push_back({tick.text.placed({tick.x_mm - half, baseline})});
  }
  for (double const x : breaks_mm_) {
    for (double const shift_mm : {-0.18, 0.18}) {
      double const at = x + shift_mm * size;
      group.children.push_back(
          {segment({at - 0.16 * size, foot + 0.1 * size}, {at + 0.16 * size, foot - 0.6 * size},
                   look_.ink, look_.rule_width_mm)});
    }
  }
}

Group Timeline::draw_bar(Bar const& bar, std::optional<Playhead> const& head) const {
  Group group;
  group.id = "timeline." + bar.what.record;
  group.title = bar.what.text;
  double const height = bar.bottom_mm - bar.top_mm;
  auto const color_at = [&](Color color, double strength) {
    return draw::mixed(color, look_.timeline, strength);
  };
  double const strength = strength_of(bar, head);
  if (bar.what.is_moment) {
    draw_moment(group, bar, strength);
    return group;
  }
  double const width = bar.right_mm - bar.left_mm;
  double const slant = std::min(height * 0.55, width * 0.6);
  // Half the slant to each side of the estimated instant; the edge of a bar at a share of its
  // height, 0 at the bottom.
  auto const left = [&](double share) {
    return bar.left_mm + (bar.what.from_estimated ? (share - 0.5) * slant : 0);
  };
  auto const right = [&](double share) {
    return bar.right_mm + (bar.what.to_estimated ? (share - 0.5) * slant : 0);
  };
  auto const add = [&](double low, double high, std::optional<double> from,
                       std::optional<double> to, Color color) {
    auto const y = [&](double share) { return bar.bottom_mm - share * height; };
    auto const begin = [&](double share) {
      return from ? std::max(*from, left(share)) : left(share);
    };
    auto const end = [&](double share) { return to ? std::min(*to, right(share)) : right(share); };
    std::vector<Point> const outline{
        {begin(low), y(low)}, {end(low), y(low)}, {end(high), y(high)}, {begin(high), y(high)}};
    group.children.push_back({filled(outline, color)});
  };
  auto const add_part = [&](std::optional<double> from, std::optional<double> to, double share) {
    add(0, 1, from, to, color_at(bar.what.color, share));
    if (bar.what.second_color) {
      add(0.84, 1, from, to, color_at(*bar.what.second_color, std::max(share, 0.35)));
    }
  };
  bool const is_cut = head && head->x_mm > bar.left_mm && head->x_mm < bar.right_mm;
  if (is_cut) {
    add_part({}, head->x_mm, strength);
    add_part(head->x_mm, {}, look_.future_strength);
  } else {
    add_part({}, {}, strength);
  }
  // Bars that follow one another on a day stay two.
  auto edge = filled({{left(0), bar.bottom_mm},
                      {right(0), bar.bottom_mm},
                      {right(1), bar.top_mm},
                      {left(1), bar.top_mm}},
                     look_.timeline);
  edge.fill.reset();
  edge.stroke = line(look_.timeline, 0.07 * height);
  group.children.push_back({std::move(edge)});
  return group;
}

void Timeline::draw_moment(Group& group, Bar const& bar, double strength) const {
  double const height = bar.bottom_mm - bar.top_mm;
  auto const color = draw::mixed(bar.what.color, look_.timeline, strength);
  auto const stroke = line(color, 0.09 * height);
  Point const c{bar.left_mm, (bar.top_mm + bar.bottom_mm) / 2};
  auto const fill = bar.what.from_estimated ? look_.timeline : color;
  if (!bar.number) {
    double const r = height * 0.36;
    auto diamond =
        filled({c + Point{0, -r}, c + Point{r, 0}, c + Point{0, r}, c + Point{-r, 0}}, fill);
    diamond.stroke = stroke;
    group.children.push_back({std::move(diamond)});
    return;
  }
  draw::Shape disc;
  disc.path.add_circle(c, height * 0.44);
  disc.fill = draw::Fill{fill, draw::FillRule::nonzero};
  disc.stroke = stroke;
  group.children.push_back({std::move(disc)});
  auto const ink = bar.what.from_estimated ? color : readable_on(fill, look_.ink, look_.timeline);
  group.children.push_back({colored(*bar.number, c - bar.number->ink.center(), ink)});
}

Timeline::NamePlace Timeline::name_of(Bar const& bar, std::optional<Playhead> const& head) const {
  double const em = look_.phase.size_mm;
  double const pad = 0.55 * em;
  double const slant = bar.what.from_estimated ? 0.3 * em : 0;
  double const left = bar.left_mm + pad + slant;
  double const right = bar.right_mm - pad - (bar.what.to_estimated ? 0.3 * em : 0);
  bool const is_cut = head && head->x_mm > bar.left_mm && head->x_mm < bar.right_mm;
  for (auto const& name : bar.names) {
    double const width = name.logical.width_mm();
    if (bar.what.is_moment) break;
    if (!is_cut && width <= right - left) return {&name, left, false};
    // Beside the playhead: before it, else right of it.
    if (is_cut && left + width + 0.4 * em <= head->x_mm) return {&name, left, false};
    if (is_cut && head->x_mm + pad + width <= right) return {&name, head->x_mm + pad, false};
  }
  double const beside =
      bar.right_mm + (bar.what.is_moment ? 0.62 * measure_.bar_mm + 0.1 * em : 0.5 * em);
  for (auto const& name : bar.names) {
    double const width = name.logical.width_mm();
    if (name.lines.size() > 1 || beside + width > bar.room_right_mm) continue;
    bool const is_hit = head && head->x_mm > beside - 0.3 * em && head->x_mm < beside + width;
    if (!is_hit) return {&name, beside, true};
    // Just behind the playhead it still belongs to its bar.
    double const behind = head->x_mm + pad;
    bool const is_near = behind - beside < 8 * em;
    if (is_near && behind + width <= bar.room_right_mm) return {&name, behind, true};
  }
  return {};
}

void Timeline::draw_name(Group& group, Bar const& bar, std::optional<Playhead> const& head) const {
  auto const place = name_of(bar, head);
  if (place.text == nullptr) return;
  auto const& text = *place.text;
  double const block = text.lines.empty() ? 0 : text.lines.back().baseline_mm;
  double const baseline = (bar.top_mm + bar.bottom_mm) / 2 - block / 2 + text.x_height_mm * 0.62;
  bool const is_future =
      head && (bar.what.from > head->at || (!place.is_outside && place.x_mm > head->x_mm));
  double const strength = is_future ? look_.future_strength : strength_of(bar, head);
  auto const ground =
      place.is_outside ? look_.timeline : draw::mixed(bar.what.color, look_.timeline, strength);
  auto color = readable_on(ground, look_.phase.color, look_.timeline);
  // What is to come is said in a lower voice.
  if (is_future) color = draw::mixed(color, ground, 0.72);
  group.children.push_back({colored(text, {place.x_mm, baseline}, color)});
}

void Timeline::draw_playhead(Group& group, Playhead const& head, ShapedText const* tab) const {
  double const size = look_.time_tick.size_mm;
  double const width = std::max(0.25, size * 0.13);
  double const foot = height_mm_ - measure_.foot_mm * 0.4;
  double const tab_bottom = 2.0 * size;
  Color const casing = look_.timeline;
  group.children.push_back(
      {segment({head.x_mm, tab_bottom}, {head.x_mm, foot}, casing, width * 2.4)});
  group.children.push_back(
      {segment({head.x_mm, tab_bottom}, {head.x_mm, foot}, look_.playhead, width)});
  if (tab == nullptr) return;
  double const half = tab->logical.width_mm() / 2 + 0.55 * size;
  double const middle = std::clamp(head.x_mm, half + 0.3, width_mm_ - half - 0.3);
  draw::Shape ground;
  ground.path.add_box(Box::of(middle - half, 0.42 * size, 2 * half, 1.5 * size));
  ground.fill = draw::Fill{look_.playhead, draw::FillRule::nonzero};
  group.children.push_back({std::move(ground)});
  double const tip = 0.4 * size;
  group.children.push_back({filled(
      {{head.x_mm - tip, 1.9 * size}, {head.x_mm + tip, 1.9 * size}, {head.x_mm, 1.9 * size + tip}},
      look_.playhead)});
  auto const color = readable_on(look_.playhead, look_.ink, look_.timeline);
  group.children.push_back({colored(
      *tab, {middle - tab->logical.width_mm() / 2, 1.17 * size + tab->cap_height_mm / 2}, color)});
}

Group Timeline::at(std::optional<Instant> instant) const {
  auto group = still();
  auto over = moving(instant);
  for (auto& node : over.children) group.children.push_back(std::move(node));
  return group;
}

Group Timeline::still() const {
  Group group;
  group.id = "timeline";
  group.role = draw::GroupRole::furniture;
  group.label = "timeline";
  group.title = title_;
  draw_ground(group);
  return group;
}

Group Timeline::moving(std::optional<Instant> instant) const {
  Group group;
  group.id = "timeline-now";
  group.role = draw::GroupRole::furniture;
  group.title = title_;
  std::optional<Playhead> head;
  ShapedText const* tab = nullptr;
  if (instant) {
    head = Playhead{*instant, x_of(*instant)};
    if (auto const it = tabs_.find(*instant); it != tabs_.end()) tab = &it->second;
  }
  double const clear =
      tab != nullptr ? tab->logical.width_mm() / 2 + 0.9 * look_.time_tick.size_mm : 0;
  draw_ticks(group, head, clear);
  for (auto const& bar : bars_) {
    auto phase = draw_bar(bar, head);
    draw_name(phase, bar, head);
    group.children.push_back({std::move(phase)});
  }
  if (head) draw_playhead(group, *head, tab);
  return group;
}

}  // namespace hachure::layout
