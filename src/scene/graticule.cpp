// Meridians and parallels: lines or ticks, and the degrees at the frame.
#include <array>
#include <cmath>
#include <set>

#include "base/number.hpp"
#include "scene/graticule.hpp"

namespace hachure::scene {

namespace {

using draw::Point;

/// Steps of a graticule in seconds of arc: divisors of degrees that maps use.
constexpr std::array<int, 17> steps_s{1,   5,    10,   15,   30,    60,    120,   300,   600,
                                      900, 1800, 3600, 7200, 18000, 36000, 54000, 108000};

int automatic_step_s(MapView const& view) {
  auto const& box = view.box();
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  double const span = std::max(east - box.west_deg, box.north_deg - box.south_deg);
  // About one line every 40 mm of the longer side.
  double const wanted_s =
      span * 3600 / std::max(2.0, std::max(view.frame().width_mm(), view.frame().height_mm()) / 42);
  for (int const step : steps_s) {
    if (step >= wanted_s) return step;
  }
  return steps_s.back();
}

}  // namespace

int parse_graticule_step_s(std::string const& text) {
  struct Unit {
    std::string_view suffix;
    int seconds;
  };
  for (auto const& unit : {Unit{"°", 3600}, Unit{"′", 60}, Unit{"'", 60}, Unit{"″", 1},
                           Unit{"\"", 1}, Unit{"d", 3600}, Unit{"m", 60}, Unit{"s", 1}}) {
    if (!text.ends_with(unit.suffix)) continue;
    auto const number = base::parse_number(text.substr(0, text.size() - unit.suffix.size()));
    if (number && *number > 0) return static_cast<int>(std::lround(*number * unit.seconds));
  }
  return 0;
}

namespace {

std::string degrees_text(int seconds, int step_s, bool is_lon, std::string const& lang) {
  int const value = std::abs(seconds);
  auto const two = [](int v) { return (v < 10 ? "0" : "") + std::to_string(v); };
  std::string text = std::to_string(value / 3600) + "°";
  if (step_s % 3600 != 0) text += two(value / 60 % 60) + "′";
  if (step_s % 60 != 0) text += two(value % 60) + "″";
  if (seconds == 0 || (is_lon && value == 180 * 3600)) return text;
  // The letters of the compass are read in every language; Chinese sets them close.
  char const* gap = lang.starts_with("zh") ? "" : " ";
  if (is_lon) return text + gap + (seconds > 0 ? "E" : "W");
  return text + gap + (seconds > 0 ? "N" : "S");
}

}  // namespace

std::vector<GridLine> grid_lines(MapView const& view, int step_s) {
  std::vector<GridLine> lines;
  auto const& box = view.box();
  double const east = box.east_deg < box.west_deg ? box.east_deg + 360 : box.east_deg;
  constexpr int points_per_line = 60;
  auto const add = [&](bool is_lon, int value_s) {
    std::vector<geo::LonLat> line;
    for (int i = 0; i <= points_per_line; ++i) {
      double const t = static_cast<double>(i) / points_per_line;
      double const value = value_s / 3600.0;
      line.push_back(is_lon
                         ? geo::LonLat{value, box.south_deg + (box.north_deg - box.south_deg) * t}
                         : geo::LonLat{box.west_deg + (east - box.west_deg) * t, value});
    }
    for (auto& part : view.line(line, 0)) {
      int shown = value_s;
      if (is_lon && shown > 180 * 3600) shown -= 360 * 3600;
      lines.push_back({std::move(part), shown, is_lon});
    }
  };
  int const first_lon = static_cast<int>(std::ceil(box.west_deg * 3600 / step_s)) * step_s;
  for (int v = first_lon; v <= east * 3600; v += step_s) add(true, v);
  int const first_lat = static_cast<int>(std::ceil(box.south_deg * 3600 / step_s)) * step_s;
  for (int v = first_lat; v <= box.north_deg * 3600; v += step_s) add(false, v);
  return lines;
}

int edge_of(draw::Box const& frame, Point p) {
  constexpr double near_mm = 0.02;
  if (std::abs(p.y_mm - frame.min_y_mm) < near_mm) return 0;
  if (std::abs(p.x_mm - frame.max_x_mm) < near_mm) return 1;
  if (std::abs(p.y_mm - frame.max_y_mm) < near_mm) return 2;
  if (std::abs(p.x_mm - frame.min_x_mm) < near_mm) return 3;
  return -1;
}

int graticule_step_s(Builder const& builder) {
  for (auto const& item : builder.map.furniture) {
    if (item.kind != "graticule") continue;
    auto const it = item.options.find("interval");
    int const step = it == item.options.end() ? 0 : parse_graticule_step_s(it->second);
    return step > 0 ? step : automatic_step_s(builder.view);
  }
  return 0;
}

void draw_graticule(Builder& builder, style::StyleLayer const& layer) {
  int step = graticule_step_s(builder);
  if (step == 0) return;
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  bool asked = false;
  for (auto const& item : builder.map.furniture) {
    asked = asked || (item.kind == "graticule" && item.options.contains("interval"));
  }
  // The map's own interval goes over the style's.
  if (int const own = parse_graticule_step_s(look.text("graticule-step")); own > 0 && !asked) {
    step = own;
  }
  double const tick_mm = look.mm("graticule-ticks");
  draw::Path path;
  auto const lines = grid_lines(builder.view, step);
  for (auto const& line : lines) {
    if (tick_mm <= 0) path.add_polyline(line.points, false);
    for (bool const at_start : {true, false}) {
      auto const end = at_start ? line.points.front() : line.points.back();
      int const edge = edge_of(builder.view.frame(), end);
      if (edge < 0) continue;
      // Meridians are lettered at top and bottom, parallels at the sides.
      if (line.is_lon != (edge == 0 || edge == 2)) continue;
      if (tick_mm > 0) {
        auto const next = at_start ? line.points[1] : line.points[line.points.size() - 2];
        auto const d = next - end;
        double const n = draw::length(d);
        if (n > 0) {
          path.move_to(end);
          path.line_to(end + d * (tick_mm / n));
        }
      }
      builder.scene.ticks.push_back(
          {end, edge, degrees_text(line.value_s, step, line.is_lon, builder.languages.tag)});
    }
  }
  draw::Stroke stroke;
  stroke.color = look.color_or("line-color", {});
  stroke.width_mm = look.mm("line-width");
  stroke.dash_mm = look.mms("line-dasharray");
  draw::Shape shape;
  shape.id = layer.id;
  shape.path = std::move(path);
  shape.stroke = stroke;
  if (!shape.path.empty()) builder.add(layer, {std::move(shape)});
  builder.count(layer, lines.size(), lines.size());
}

}  // namespace hachure::scene
