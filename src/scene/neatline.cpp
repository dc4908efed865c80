// The frame of the map: rules and the alternating bars of the graticule, outside the map's edge.
#include <algorithm>
#include <cmath>

#include "scene/builder.hpp"
#include "scene/graticule.hpp"

namespace hachure::scene {

namespace {

using draw::Box;

/// A line round the map at a distance outwards.
draw::Shape rule(Box const& frame, double distance_mm, draw::Stroke const& stroke) {
  draw::Shape shape;
  shape.path.add_box(frame.grown(distance_mm));
  shape.stroke = stroke;
  return shape;
}

/// Places along one edge of the frame where the lines of a graticule meet it, with their number in
/// the series of steps.
struct Mark {
  double along_mm;
  long number;
};

std::vector<Mark> marks_on(std::vector<GridLine> const& lines, Box const& frame, int edge,
                           int step_s) {
  std::vector<Mark> marks;
  bool const horizontal = edge == 0 || edge == 2;
  for (auto const& line : lines) {
    if (line.is_lon != horizontal) continue;
    for (auto const& end : {line.points.front(), line.points.back()}) {
      if (edge_of(frame, end) != edge) continue;
      marks.push_back({horizontal ? end.x_mm : end.y_mm,
                       std::lround(std::floor(static_cast<double>(line.value_s) / step_s))});
    }
  }
  std::ranges::sort(marks, {}, &Mark::along_mm);
  return marks;
}

/// Every other stretch between marks of one edge, from corner to corner.
void add_bars(draw::Path& path, Box const& frame, int edge, std::vector<Mark> const& marks,
              std::vector<double> const& reach_mm) {
  bool const horizontal = edge == 0 || edge == 2;
  double const first = horizontal ? frame.min_x_mm : frame.min_y_mm;
  double const last = horizontal ? frame.max_x_mm : frame.max_y_mm;
  // Longitudes grow to the right; latitudes fall downwards: a stretch has the lower of its numbers.
  auto const number_of = [&](std::size_t k) {
    if (marks.empty()) return 0L;
    if (k == 0) return horizontal ? marks[0].number - 1 : marks[0].number;
    return horizontal ? marks[k - 1].number : marks[k - 1].number - 1;
  };
  for (std::size_t k = 0; k <= marks.size(); ++k) {
    if (number_of(k) % 2 == 0) continue;
    double const from = k == 0 ? first : marks[k - 1].along_mm;
    double const to = k == marks.size() ? last : marks[k].along_mm;
    double const near = reach_mm[0];
    double const far = reach_mm[1];
    switch (edge) {
      case 0:
        path.add_box({from, frame.min_y_mm - far, to, frame.min_y_mm - near});
        break;
      case 1:
        path.add_box({frame.max_x_mm + near, from, frame.max_x_mm + far, to});
        break;
      case 2:
        path.add_box({from, frame.max_y_mm + near, to, frame.max_y_mm + far});
        break;
      default:
        path.add_box({frame.min_x_mm - far, from, frame.min_x_mm - near, to});
    }
  }
}

}  // namespace

void draw_neatline(Builder& builder, style::StyleLayer const& layer) {
  // An inset has the rule of its panel.
  if (builder.is_inset) return;
  style::Feature const none;
  builder.context.feature = &none;
  style::Look const look(layer, builder.context);
  auto const& frame = builder.view.frame();
  draw::Stroke stroke;
  stroke.color = look.color_or("line-color", {});
  stroke.join = draw::LineJoin::miter;
  auto const widths = look.mms("neatline-widths");
  auto const distances = look.mms("neatline-distances");
  auto& border = builder.scene.border;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    stroke.width_mm = widths.empty() ? 0.18 : widths[std::min(i, widths.size() - 1)];
    if (stroke.width_mm > 0) border.push_back({rule(frame, distances[i], stroke)});
  }
  auto const bars = look.mms("neatline-bars");
  int const labelled = graticule_step_s(builder);
  if (bars.size() == 2 && labelled > 0) {
    int step = parse_graticule_step_s(look.text("neatline-bar-step"));
    if (step == 0) step = labelled % 2 == 0 ? labelled / 2 : labelled;
    draw::Shape shape;
    auto const lines = grid_lines(builder.view, step);
    for (int edge = 0; edge < 4; ++edge) {
      add_bars(shape.path, frame, edge, marks_on(lines, frame, edge, step), bars);
    }
    shape.fill =
        draw::Fill{look.color_or("neatline-bar-color", stroke.color), draw::FillRule::nonzero};
    border.push_back({std::move(shape)});
  }
  builder.scene.tick_distance_mm = look.mm("neatline-figures");
  builder.count(layer, 1, 1);
}

}  // namespace hachure::scene
