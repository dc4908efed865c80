#include "scene/pattern.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "draw/polygon.hpp"

namespace hachure::scene {
namespace {

using draw::Box;
using draw::Path;
using draw::Point;

/// An L with a hole, whose edges no row of the tests runs along.
Path area() {
  Path path;
  std::vector<Point> const shell{{10.03, 10.01}, {50.03, 10.01}, {50.03, 25.01},
                                 {28.03, 25.01}, {28.03, 48.01}, {10.03, 48.01}};
  std::vector<Point> const hole{{14.03, 14.01}, {22.03, 14.01}, {22.03, 22.01}, {14.03, 22.01}};
  path.add_polyline(shell, true);
  path.add_polyline(hole, true);
  return path;
}

double length_of(std::vector<std::vector<Point>> const& lines) {
  double sum = 0;
  for (auto const& line : lines) sum += draw::distance(line.front(), line.back());
  return sum;
}

TEST(HatchLines, LengthIsTheAreaOverTheSpacing) {
  double const mm2 = draw::area_mm2(area());
  for (double const angle_deg : {0.0, 30.0, 45.0, 90.0, 137.0}) {
    auto const lines = hatch_lines(area(), angle_deg * std::numbers::pi / 180, 0.25);
    EXPECT_NEAR(length_of(lines) * 0.25, mm2, mm2 * 0.01) << angle_deg;
  }
}

TEST(HatchLines, NothingOfThemIsOutside) {
  for (auto const& line : hatch_lines(area(), 0.6, 1.3)) {
    double outside = 0;
    for (auto const& part : draw::clipped_line(line, area(), false)) {
      outside += draw::distance(part.front(), part.back());
    }
    EXPECT_LT(outside, 1e-6);
  }
}

TEST(HatchLines, RowsLieOnTheGridOfThePage) {
  double const angle = 0.5;
  for (auto const& line : hatch_lines(area(), angle, 1.5)) {
    double const row = draw::turned(line.front(), -angle).y_mm / 1.5;
    EXPECT_NEAR(row, std::round(row), 1e-9);
  }
}

TEST(HatchLines, DashesKeepTheirShareAndTheirRhythm) {
  auto const whole = hatch_lines(area(), 0, 0.5);
  auto const dashed = hatch_lines(area(), 0, 0.5, {0.6, 0.4});
  EXPECT_NEAR(length_of(dashed) / length_of(whole), 0.6, 0.02);
  EXPECT_GT(dashed.size(), whole.size());
}

TEST(HatchLines, AnEmptyAreaHasNone) {
  EXPECT_TRUE(hatch_lines({}, 0.5, 1).empty());
}

AreaPattern pattern(std::string name) {
  AreaPattern out;
  out.name = std::move(name);
  out.ink = {0, 0, 0, 1};
  return out;
}

std::optional<draw::Picture> a_sign(std::string const&, Point at, double size_mm, double) {
  draw::Picture picture;
  auto source = std::make_shared<draw::PictureSource>();
  source->view_box = Box::of(-12, -12, 24, 24);
  picture.source = source;
  picture.anchor = at;
  picture.scale = size_mm / 24;
  return picture;
}

Box const page = Box::of(0, 0, 60, 60);

TEST(PatternNodes, DotsStayInside) {
  auto look = pattern("dots");
  look.size_mm = 0.4;
  auto const nodes = pattern_nodes(area(), page, look, "x", a_sign);
  ASSERT_EQ(nodes.size(), 1u);
  auto const& shape = std::get<draw::Shape>(nodes[0].value);
  EXPECT_EQ(shape.stroke->cap, draw::LineCap::round);
  auto const dots = shape.path.flattened(0.1);
  // One to a square millimetre, but for the edge.
  EXPECT_NEAR(static_cast<double>(dots.size()), draw::area_mm2(area()), 100);
  for (auto const& dot : dots) {
    auto const ink = draw::buffered_line(dot, 0.19);
    EXPECT_LT(draw::area_mm2(draw::difference(ink, area())), 1e-3);
  }
}

TEST(PatternNodes, TheWindowCutsThem) {
  Box const window = Box::of(10, 10, 20, 20);
  for (auto const* name : {"hatch", "dots", "stipple"}) {
    for (auto const& node : pattern_nodes(area(), window, pattern(name), "x", a_sign)) {
      auto const box = std::get<draw::Shape>(node.value).path.control_box();
      EXPECT_TRUE(window.grown(0.2).contains(box)) << name;
    }
  }
}

TEST(PatternNodes, SymbolsAreCutByTheAreaAndNothingIsAnImage) {
  auto look = pattern("pagoda");
  look.spacing_mm = 6;
  look.size_mm = 4;
  auto const nodes = pattern_nodes(area(), page, look, "x", a_sign);
  ASSERT_EQ(nodes.size(), 1u);
  auto const& group = std::get<draw::Group>(nodes[0].value);
  EXPECT_EQ(group.clip, area());
  EXPECT_GT(group.children.size(), 20u);
  for (auto const& child : group.children) {
    EXPECT_TRUE(std::holds_alternative<draw::Picture>(child.value));
  }
}

TEST(PatternNodes, ASecondAngleCrosses) {
  auto look = pattern("hatch");
  look.second_angle_rad = look.angle_rad + std::numbers::pi / 2;
  EXPECT_EQ(pattern_nodes(area(), page, look, "x", a_sign).size(), 2u);
}

TEST(PatternAlong, TeethOfOneSideStandOnThatSide) {
  LinePattern look;
  look.name = "teeth";
  look.side = "left";  // of a line to the right: up the page
  auto const nodes = pattern_along({{{0, 10}, {30, 10}}}, look, a_sign);
  ASSERT_EQ(nodes.size(), 1u);
  auto const box = std::get<draw::Shape>(nodes[0].value).path.control_box();
  EXPECT_DOUBLE_EQ(box.max_y_mm, 10);
  EXPECT_DOUBLE_EQ(box.min_y_mm, 9);
  look.side = "both";
  look.name = "ticks";
  auto const ticks = pattern_along({{{0, 10}, {30, 10}}}, look, a_sign);
  EXPECT_EQ(std::get<draw::Shape>(ticks[0].value).path.flattened(0.1).size(), 10u);
}

TEST(PatternAlong, SymbolsTurnWithTheLine) {
  LinePattern look;
  look.name = "march";
  std::vector<double> angles;
  auto const note = [&](std::string const& id, Point at, double size_mm, double angle_rad) {
    angles.push_back(angle_rad);
    return a_sign(id, at, size_mm, angle_rad);
  };
  pattern_along({{{0, 0}, {3, 0}}, {{0, 0}, {0, 3}}}, look, note);
  ASSERT_EQ(angles.size(), 2u);
  EXPECT_NEAR(angles[0], std::numbers::pi / 2, 1e-9);  // to the right: 90 degrees from up
  EXPECT_NEAR(angles[1], std::numbers::pi, 1e-9);      // down the page
}

TEST(GradientStrokes, PiecesCoverTheLineAndGoThroughTheColours) {
  draw::Stroke stroke;
  stroke.width_mm = 1;
  stroke.cap = draw::LineCap::round;
  auto const grey = [](double share) { return draw::Color{share, share, share, 1}; };
  auto const nodes = gradient_strokes({{0, 0}, {10, 0}, {10, 10}}, stroke, grey);
  ASSERT_EQ(nodes.size(), 50u);
  double reached = 0;
  double last = -1;
  for (auto const& node : nodes) {
    auto const& shape = std::get<draw::Shape>(node.value);
    auto const line = shape.path.flattened(0.1).front();
    auto const along = [](Point p) { return p.x_mm + p.y_mm; };
    EXPECT_LE(along(line.front()), reached + 1e-9) << "a gap";
    reached = along(line.back());
    EXPECT_GT(shape.stroke->color.r, last);
    last = shape.stroke->color.r;
  }
  EXPECT_NEAR(reached, 20, 1e-9);
  EXPECT_EQ(std::get<draw::Shape>(nodes[0].value).stroke->cap, draw::LineCap::round);
  EXPECT_EQ(std::get<draw::Shape>(nodes[1].value).stroke->cap, draw::LineCap::butt);
}

}  // namespace
}  // namespace hachure::scene
