#include "scene/movement_ticks.hpp"

#include <algorithm>
#include <cmath>

#include "scene/movement_paint.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

constexpr std::int64_t day_s = 86'400;
/// Longer marches are told by fewer marks.
constexpr std::int64_t most_days = 4000;

struct Knot {
  double along_mm;
  double at_s;
};

/// Places and times between which the speed is taken as even; both grow.
std::vector<Knot> knots_of(Builder const& builder, record::Movement const& movement,
                           Axis const& axis) {
  std::vector<Knot> knots;
  auto const add = [&](double along_mm, record::Instant at) {
    if (!at.is_finite()) return;
    auto const at_s = static_cast<double>(at.seconds);
    if (!knots.empty() && (at_s <= knots.back().at_s || along_mm <= knots.back().along_mm)) return;
    knots.push_back({along_mm, at_s});
  };
  // Of a way that the page shows in part, its beginning or end is not that of the axis.
  auto const is_end = [&](geo::LonLat place, Point end) {
    constexpr double near_mm = 8;
    auto const at = builder.view.to_page(place);
    return at && draw::distance(*at, end) < near_mm;
  };
  auto const places = timed_places(builder, movement, axis);
  bool const starts = (places.empty() || places.front().along_mm > 0.5) &&
                      is_end(movement.line.front(), axis.points.front());
  if (movement.when && starts) add(0, record::outer(*movement.when).earliest);
  for (auto const& place : places) add(place.along_mm, record::outer(place.when).earliest);
  if (movement.when && is_end(movement.line.back(), axis.points.back())) {
    add(axis.length_mm(), record::outer(*movement.when).latest);
  }
  return knots;
}

}  // namespace

std::vector<TimedPlace> timed_places(Builder const& builder, record::Movement const& movement,
                                     Axis const& axis) {
  std::vector<TimedPlace> places;
  double along_mm = 0;
  for (std::size_t i = 0; i < movement.when_at_point.size() && i < movement.line.size(); ++i) {
    auto const at = builder.view.to_page(movement.line[i]);
    if (!at) continue;
    along_mm = position_on(axis, *at, along_mm);
    constexpr double near_mm = 6;
    bool const is_on_page = draw::distance(axis.at(along_mm), *at) < near_mm;
    if (movement.when_at_point[i] && is_on_page) {
      places.push_back({along_mm, *movement.when_at_point[i]});
    }
  }
  return places;
}

std::vector<TimedPlace> day_places(Builder const& builder, record::Movement const& movement,
                                   Axis const& axis, double least_mm) {
  std::vector<TimedPlace> places;
  auto const knots = knots_of(builder, movement, axis);
  if (knots.size() < 2) return places;
  auto const first = static_cast<std::int64_t>(std::floor(knots.front().at_s / day_s)) + 1;
  auto const last = static_cast<std::int64_t>(std::ceil(knots.back().at_s / day_s)) - 1;
  if (last < first || last - first > most_days) return places;
  auto const days = static_cast<double>(last - first + 1);
  double const pitch_mm = (knots.back().along_mm - knots.front().along_mm) / days;
  std::int64_t every = 1;
  for (auto const step : {1, 2, 5, 7, 10, 14, 28, 56, 112}) {
    every = step;
    if (pitch_mm * static_cast<double>(step) >= least_mm) break;
  }
  std::size_t k = 1;
  for (auto day = first; day <= last; ++day) {
    if (day % every != 0) continue;
    auto const at_s = static_cast<double>(day * day_s);
    while (k + 1 < knots.size() && knots[k].at_s < at_s) ++k;
    auto const& a = knots[k - 1];
    auto const& b = knots[k];
    double const t = (at_s - a.at_s) / (b.at_s - a.at_s);
    places.push_back({std::lerp(a.along_mm, b.along_mm, t),
                      record::parse_edtf(record::to_text(record::Instant{day * day_s}, false))});
  }
  return places;
}

std::vector<draw::Node> add_ticks(Builder& builder, style::StyleLayer const& layer,
                                  record::Movement const& movement, MarkedMovement const& marked,
                                  double drawn_mm, draw::Color const& color) {
  auto const& axis = marked.axis;
  style::Look const plain(layer, builder.context);
  auto const how = plain.text("movement-ticks");
  if (how == "none" || axis.empty()) return {};
  constexpr double least_mm = 2.5;
  auto const places = how == "times" ? timed_places(builder, movement, axis)
                                     : day_places(builder, movement, axis, least_mm);
  auto const shape = shape_of(plain, axis);
  double const size_mm = plain.mm("tick-size");
  draw::Path strokes;
  auto properties = marked.properties;
  for (std::size_t i = 0; i < places.size(); ++i) {
    double const s = places[i].along_mm;
    if (s > drawn_mm) break;
    double const width =
        axis.width_mm.empty() ? body_width_mm(shape, s, axis.length_mm()) : axis.width_at_mm(s);
    auto const way = axis.direction(s);
    Point const across{way.y_mm * (width / 2 + size_mm), -way.x_mm * (width / 2 + size_mm)};
    auto const at = axis.at(s);
    if (!builder.view.frame().contains(at)) continue;
    strokes.move_to(at + across);
    strokes.line_to(at - across);
    properties.set("tick-date", style::Value(date_text(places[i].when, builder.languages.tag,
                                                       builder.years_matter())));
    Asking const asking(builder, properties);
    style::Look const look(layer, builder.context);
    auto spans = builder.spans(look, "tick-field", "tick-");
    if (spans.empty()) continue;
    LabelRequest text;
    text.id = "movements." + movement.id + ".tick" + std::to_string(i) + "@" + layer.id;
    text.record = "movements." + movement.id;
    text.layer = layer.id;
    text.group = "movement-dates";
    text.lang = builder.languages.tag;
    text.spans = std::move(spans);
    text.sort_key = look.number("symbol-sort-key") + 0.5;
    text.opacity = marked.opacity;
    text.anchor = at;
    text.symbol.add(at + across);
    text.symbol.add(at - across);
    text.anchors = look.texts("text-variable-anchor");
    text.gap_mm = 0.25;
    if (auto const halo = look.color("text-halo-color")) {
      text.halo = draw::Halo{*halo, look.mm("text-halo-width")};
    }
    builder.scene.labels.push_back(std::move(text));
  }
  if (strokes.empty()) return {};
  draw::Stroke stroke;
  stroke.color = plain.color_or("tick-color", color);
  stroke.width_mm = plain.mm("tick-width");
  return {{draw::Shape{{}, std::move(strokes), {}, stroke}}};
}

}  // namespace hachure::scene
