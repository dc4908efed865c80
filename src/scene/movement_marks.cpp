#include "scene/movement_marks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/number.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

/// Width of a figure's line by its count of characters; only decides on which side it stands.
constexpr double figure_width_em = 0.55;

std::string text_of(std::vector<style::TextSpan> const& spans) {
  std::string text;
  for (auto const& span : spans) text += span.text;
  return text;
}

/// Characters of a UTF-8 text.
std::size_t characters(std::string const& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The angle at which a text reads across the course without standing on its head.
double across(Point direction) {
  double angle = std::atan2(direction.x_mm, -direction.y_mm);
  if (angle > std::numbers::pi / 2 + 1e-9) angle -= std::numbers::pi;
  if (angle <= -std::numbers::pi / 2 + 1e-9) angle += std::numbers::pi;
  return angle;
}

/// A figure beside the route `own`.
struct Figure {
  Point reading;
  double length_mm;
  std::string own;
};

/// Distance of a figure about `center` from the bodies of other movements; more than 3 mm is as
/// good as 3 mm.
double room_at(Builder const& builder, Point center, Figure const& figure) {
  double room = 3;
  if (!builder.view.frame().contains(center)) return -1;
  for (auto const& [key, axis] : builder.all_routes()) {
    for (std::size_t i = 0; i < axis.points.size(); ++i) {
      auto const d = axis.points[i] - center;
      // Nearest point of the figure's line.
      double const along =
          std::clamp(draw::dot(d, figure.reading), -figure.length_mm / 2, figure.length_mm / 2);
      double const gap = draw::length(d - figure.reading * along) -
                         (axis.width_mm.empty() ? 0.5 : axis.width_mm[i] / 2);
      // The own body is beside it by intent; farther parts of it count.
      if (key == figure.own && gap < 1.2 && draw::length(d) < figure.length_mm + 4) continue;
      room = std::min(room, gap);
    }
  }
  return room;
}

/// Whether another movement begins where this one ends, as strong: it has the figure then.
bool goes_on(Builder const& builder, record::Movement const& movement) {
  return std::ranges::any_of(builder.records().movements, [&](record::Movement const& next) {
    return next.id != movement.id && !next.strength_at_point.empty() &&
           next.line.front() == movement.line.back() &&
           next.strength_at_point.front() == movement.strength_at_point.back();
  });
}

}  // namespace

double position_on(Axis const& axis, Point p, double from_mm) {
  double best = from_mm;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < axis.points.size(); ++i) {
    if (axis.along_mm[i] < from_mm) continue;
    double const d = draw::distance(axis.points[i], p);
    // The first approach: a later one is another visit to the same place.
    if (d > least + 3) break;
    if (d < least) least = d, best = axis.along_mm[i];
  }
  return best;
}

void add_strength_figures(Builder& builder, style::StyleLayer const& layer,
                          record::Movement const& movement, MarkedMovement const& marked) {
  auto const& axis = marked.axis;
  if (axis.empty() || movement.strength_at_point.size() != movement.line.size()) return;
  auto properties = marked.properties;
  double last_strength = -1;
  double along_mm = 0;
  for (std::size_t i = 0; i < movement.line.size(); ++i) {
    double const strength = movement.strength_at_point[i];
    auto const at = builder.view.to_page(movement.line[i]);
    if (!at) continue;
    along_mm = position_on(axis, *at, along_mm);
    // Of two strengths at one place the second goes on.
    if (i + 1 < movement.line.size() && movement.line[i + 1] == movement.line[i]) continue;
    if (strength == last_strength) continue;
    last_strength = strength;
    if (i + 1 == movement.line.size() && goes_on(builder, movement)) continue;
    properties.set("strength-here", style::Value(strength));
    Asking const asking(builder, properties);
    style::Look const look(layer, builder.context);
    auto spans = builder.spans(look, "strength-field", "strength-");
    if (spans.empty()) continue;
    // Figures of a start stand a little inside.
    double const em = spans.front().style.size_mm;
    double const s = std::clamp(along_mm, std::min(em, axis.length_mm() / 2),
                                std::max(axis.length_mm() - em, axis.length_mm() / 2));
    auto const direction = axis.direction(s);
    double const length = figure_width_em * em * static_cast<double>(characters(text_of(spans)));
    double const width = axis.width_at_mm(s);
    LabelRequest figure;
    figure.id = "movements." + movement.id + ".strength" + std::to_string(i) + "@" + layer.id;
    figure.record = "movements." + movement.id;
    figure.layer = layer.id;
    figure.group = "strengths";
    figure.lang = builder.languages.tag;
    figure.spans = std::move(spans);
    figure.sort_key = look.number("symbol-sort-key");
    figure.opacity = marked.opacity;
    figure.angle_rad = across(direction);
    figure.anchors = {"center"};
    figure.anchor = axis.at(s);
    if (auto const color = look.color("text-halo-color")) {
      figure.halo = draw::Halo{*color, look.mm("text-halo-width")};
    }
    // Where it stands is settled here: a figure that slid along would belong to another place.
    figure.offset = Point{0, 0};
    if (width < length * 1.1) {
      auto const reading = draw::turned({1, 0}, figure.angle_rad);
      double const out = (width + length) / 2 + 0.5;
      auto const one = figure.anchor + reading * out;
      auto const other = figure.anchor - reading * out;
      Figure const as{reading, length, layer.id + "/" + movement.id};
      figure.anchor = room_at(builder, one, as) + 0.5 < room_at(builder, other, as) ? other : one;
    }
    builder.scene.labels.push_back(std::move(figure));
  }
}

void add_strength_legend(Builder& builder, style::StyleLayer const& layer,
                         LegendMovement const& movement) {
  double const mm_per_1000 = movement.look.mm("movement-width-per-1000");
  if (mm_per_1000 <= 0) return;
  auto properties = movement.properties;
  for (auto const& text : movement.look.texts("movement-legend")) {
    auto const strength = base::parse_number(text);
    if (!strength || *strength <= 0) continue;
    properties.set("strength-here", style::Value(*strength));
    Asking const asking(builder, properties);
    style::Look const look(layer, builder.context);
    auto label = text_of(builder.spans(look, "strength-field", "strength-"));
    if (label.empty()) label = text;
    auto key = layer.id + "/strength/" + text;
    if (!builder.legend_keys.insert(key).second) continue;
    double const width = std::max(*strength / 1000 * mm_per_1000, look.mm("movement-width-least"));
    draw::Path bar;
    bar.add_box(draw::Box::of(-4, -width / 2, 8, width));
    auto const order = std::ranges::find(builder.style.layers, layer.id, &style::StyleLayer::id);
    LegendEntry entry;
    entry.key = std::move(key);
    entry.text.by_tag = {{builder.languages.tag, label}};
    entry.sample = {
        {draw::Shape{{}, bar, draw::Fill{movement.color, draw::FillRule::nonzero}, {}}}};
    entry.height_mm = width;
    entry.sort = static_cast<double>(order - builder.style.layers.begin());
    builder.scene.legend.push_back(std::move(entry));
  }
}

}  // namespace hachure::scene
