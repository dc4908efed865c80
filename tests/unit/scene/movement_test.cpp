#include "scene/movement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "draw/polygon.hpp"

namespace hachure::scene {
namespace {

using draw::Path;
using draw::Point;
using Line = std::vector<Point>;

double const pi = std::acos(-1.0);

Line straight(double length_mm) {
  return {{0, 0}, {length_mm, 0}};
}
Line hairpin(double leg_mm, double gap_mm) {
  return {{0, 0}, {leg_mm, 0}, {leg_mm, gap_mm}, {0, gap_mm}};
}
Line spiral(double turns, double pitch_mm) {
  Line line;
  for (double a = 0; a < turns * 2 * pi; a += 0.2) {
    double const r = 1 + pitch_mm * a / (2 * pi);
    line.push_back({r * std::cos(a), r * std::sin(a)});
  }
  return line;
}
Line zigzag(double step_mm) {
  Line line;
  for (int i = 0; i < 20; ++i) line.push_back({i * step_mm, i % 2 * step_mm * 3});
  return line;
}

// --- axis ----------------------------------------------------------------------------------------

TEST(SmoothedAxis, EvenlySpacedFromEndToEnd) {
  auto const axis = smoothed_axis(straight(20), 2);
  EXPECT_EQ(axis.points.front(), (Point{0, 0}));
  EXPECT_EQ(axis.points.back(), (Point{20, 0}));
  EXPECT_NEAR(axis.length_mm(), 20, 1e-9);
  ASSERT_EQ(axis.points.size(), axis.along_mm.size());
  for (std::size_t i = 1; i < axis.points.size(); ++i) {
    double const step = axis.along_mm[i] - axis.along_mm[i - 1];
    EXPECT_GT(step, 0.3);
    EXPECT_LT(step, 0.36);
    EXPECT_NEAR(draw::distance(axis.points[i - 1], axis.points[i]), step, 1e-9);
  }
}

TEST(SmoothedAxis, EndsStayWhateverTheSmoothing) {
  for (double const smooth : {0.0, 0.5, 2.0, 10.0, 100.0}) {
    auto const axis = smoothed_axis(hairpin(15, 3), smooth);
    EXPECT_EQ(axis.points.front(), (Point{0, 0})) << smooth;
    EXPECT_EQ(axis.points.back(), (Point{0, 3})) << smooth;
  }
}

double sharpest_turn(Axis const& axis) {
  double most = 0;
  for (std::size_t i = 1; i + 1 < axis.points.size(); ++i) {
    auto const a = axis.points[i] - axis.points[i - 1];
    auto const b = axis.points[i + 1] - axis.points[i];
    most = std::max(most, std::abs(std::atan2(draw::cross(a, b), draw::dot(a, b))));
  }
  return most;
}

TEST(SmoothedAxis, MoreSmoothingBendsLess) {
  Line const corner{{0, 0}, {20, 0}, {20, 20}};
  EXPECT_GT(sharpest_turn(smoothed_axis(corner, 0)), 0.7);
  EXPECT_LT(sharpest_turn(smoothed_axis(corner, 1)), 0.4);
  EXPECT_LT(sharpest_turn(smoothed_axis(corner, 3)), sharpest_turn(smoothed_axis(corner, 1)));
}

TEST(SmoothedAxis, RepeatedPointsChangeNothing) {
  auto const plain = smoothed_axis({{0, 0}, {10, 4}, {20, 0}}, 1);
  auto const repeated =
      smoothed_axis({{0, 0}, {0, 0}, {10, 4}, {10, 4}, {10, 4}, {20, 0}, {20, 0}}, 1);
  EXPECT_EQ(repeated.points, plain.points);
}

TEST(SmoothedAxis, FewerThanTwoPointsAreEmpty) {
  for (Line const& line : {Line{}, Line{{3, 3}}, Line{{3, 3}, {3, 3}, {3, 3}}}) {
    auto const axis = smoothed_axis(line, 1);
    EXPECT_TRUE(axis.empty());
    EXPECT_EQ(axis.length_mm(), 0);
  }
}

TEST(SmoothedAxis, ClosedRoutesComeBack) {
  auto const axis = smoothed_axis({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, 1);
  EXPECT_EQ(axis.points.front(), axis.points.back());
  EXPECT_GT(axis.length_mm(), 30);
}

TEST(Axis, AtAndDirection) {
  auto const axis = smoothed_axis({{0, 0}, {10, 0}, {10, 10}}, 0);
  EXPECT_EQ(axis.at(-5), (Point{0, 0}));
  EXPECT_EQ(axis.at(1e9), (Point{10, 10}));
  EXPECT_NEAR(axis.at(5).x_mm, 5, 1e-6);
  EXPECT_NEAR(axis.direction(1).x_mm, 1, 1e-9);
  EXPECT_NEAR(axis.direction(1e9).y_mm, 1, 1e-9);
  EXPECT_NEAR(axis.direction(-1).x_mm, 1, 1e-9);
}

TEST(PartOf, CutsWhereAsked) {
  auto const axis = smoothed_axis({{0, 0}, {10, 0}, {10, 10}}, 0);
  auto const part = part_of(axis, 4, 12);
  EXPECT_NEAR(part.length_mm(), 8, 0.3);  // the corner is cut by the sampling
  EXPECT_NEAR(draw::distance(part.points.front(), axis.at(4)), 0, 1e-9);
  EXPECT_NEAR(draw::distance(part.points.back(), axis.at(12)), 0, 1e-9);
  EXPECT_EQ(part.along_mm.front(), 0);
}

TEST(PartOf, IsClampedAndMayBeEmpty) {
  auto const axis = smoothed_axis(straight(10), 0);
  EXPECT_NEAR(part_of(axis, -5, 50).length_mm(), 10, 1e-9);
  EXPECT_TRUE(part_of(axis, 6, 6).empty());
  EXPECT_TRUE(part_of(axis, 8, 3).empty());
  EXPECT_TRUE(part_of(axis, 20, 30).empty());
  EXPECT_TRUE(part_of(Axis{}, 0, 1).empty());
}

TEST(PartOf, PartsAddUp) {
  auto const axis = smoothed_axis(spiral(3, 4), 1);
  double const total = axis.length_mm();
  EXPECT_NEAR(part_of(axis, 0, total / 3).length_mm() + part_of(axis, total / 3, total).length_mm(),
              total, 1e-9);
}

// --- widths --------------------------------------------------------------------------------------

TEST(BodyWidth, TapersOverThreeQuarters) {
  ArrowShape const shape;  // 0.7 to 1.5 mm
  EXPECT_DOUBLE_EQ(body_width_mm(shape, 0, 40), 0.7);
  EXPECT_DOUBLE_EQ(body_width_mm(shape, 30, 40), 1.5);
  EXPECT_DOUBLE_EQ(body_width_mm(shape, 40, 40), 1.5);
  // Half way of the taper: 0.35 / 2 + 0.65 / 2.
  EXPECT_DOUBLE_EQ(body_width_mm(shape, 15, 40), 0.7 + 0.8 * 0.5);
  EXPECT_DOUBLE_EQ(body_width_mm(shape, -3, 40), 0.7);
  EXPECT_DOUBLE_EQ(body_width_mm(shape, 0, 0), 1.5);
}

TEST(BodyWidth, NeverShrinksTowardsTheHead) {
  ArrowShape const shape;
  double last = 0;
  for (int i = 0; i <= 100; ++i) {
    double const width = body_width_mm(shape, i * 0.4, 40);
    EXPECT_GE(width, last);
    last = width;
  }
}

// --- arrows --------------------------------------------------------------------------------------

struct Case {
  char const* name;
  Line line;
};

std::vector<Case> cases() {
  std::vector<Case> all{{"straight", straight(30)},
                        {"two points, short", straight(1.2)},
                        {"tiny", straight(0.05)},
                        {"hairpin", hairpin(15, 4)},
                        {"tight hairpin", hairpin(15, 0.4)},
                        {"there and back", {{0, 0}, {12, 0}, {0, 0}}},
                        {"spiral", spiral(3, 4)},
                        {"tight spiral", spiral(4, 0.6)},
                        {"zigzag", zigzag(1)},
                        {"repeated points", {{0, 0}, {0, 0}, {5, 1}, {5, 1}, {9, 0}}},
                        {"closed", {{0, 0}, {8, 0}, {8, 8}, {0, 8}, {0, 0}}},
                        {"figure eight", {{0, 0}, {10, 10}, {10, 0}, {0, 10}}}};
  std::mt19937 random(11);
  std::uniform_real_distribution<double> at(0, 25);
  for (int k = 0; k < 8; ++k) {
    Line line;
    for (int i = 0; i < 3 + k % 6; ++i) line.push_back({at(random), at(random)});
    all.push_back({"random", line});
  }
  return all;
}

using Head = ArrowShape::Head;

TEST(MakeArrow, BodyIsValidOnEveryRouteAtEveryWidth) {
  for (auto const& [name, line] : cases()) {
    for (double const smooth : {0.0, 2.0}) {
      auto const axis = smoothed_axis(line, smooth);
      for (double const width : {0.3, 1.5, 5.0}) {
        for (auto const head : {Head::filled, Head::open, Head::doubled, Head::none}) {
          ArrowShape shape;
          shape.head = head;
          shape.width_mm = width;
          shape.width_start_mm = width * 0.45;
          shape.head_width_mm = width * 2.15;
          shape.head_length_mm = width * 2.3;
          auto const arrow = make_arrow(axis, shape);
          SCOPED_TRACE(testing::Message() << name << ", smooth " << smooth << ", width " << width
                                          << ", head " << static_cast<int>(head));
          EXPECT_FALSE(arrow.body.empty());
          EXPECT_TRUE(draw::is_valid(arrow.body));
          EXPECT_GT(draw::area_mm2(arrow.body), 0);
          EXPECT_EQ(arrow.tip, axis.points.back());
          EXPECT_LE(arrow.head_length_mm, 0.45 * axis.length_mm() + 1e-9);
        }
      }
    }
  }
}

TEST(MakeArrow, NothingWithoutAnAxis) {
  for (Line const& line : {Line{}, Line{{1, 1}}, Line{{1, 1}, {1, 1}}}) {
    auto const arrow = make_arrow(smoothed_axis(line, 1), {});
    EXPECT_TRUE(arrow.body.empty());
    EXPECT_TRUE(arrow.strokes.empty());
    EXPECT_TRUE(arrow.shaft.empty());
    EXPECT_EQ(arrow.head_length_mm, 0);
  }
}

TEST(MakeArrow, LongArrowHasTheHeadItAsksFor) {
  ArrowShape const shape;
  auto const arrow = make_arrow(smoothed_axis(straight(40), 0), shape);
  EXPECT_DOUBLE_EQ(arrow.head_length_mm, 3.5);
  draw::Box box;
  for (auto const& p : arrow.body.points()) box.add(p);
  EXPECT_NEAR(box.height_mm(), 3.2, 1e-9);  // across the barbs
  EXPECT_NEAR(box.max_x_mm, 40, 1e-9);      // the tip
  EXPECT_NEAR(box.min_x_mm, 0, 1e-9);       // the tail
}

TEST(MakeArrow, HeadAndBodyShrinkTogether) {
  ArrowShape const shape;
  auto const arrow = make_arrow(smoothed_axis(straight(4), 0), shape);
  EXPECT_NEAR(arrow.head_length_mm, 1.8, 1e-9);
  draw::Box box;
  for (auto const& p : arrow.body.points()) box.add(p);
  EXPECT_LT(box.height_mm(), 3.2);
  EXPECT_LE(box.width_mm(), 4 + 1e-9);
}

TEST(MakeArrow, HeadFollowsTheChordNotTheLastSegment) {
  // A hook of 0.4 mm at the end does not turn the head of 3.5 mm across the route.
  Line const line{{0, 0}, {20, 0}, {20, 0.4}};
  ArrowShape shape;
  shape.head = Head::open;
  auto const arrow = make_arrow(smoothed_axis(line, 0, 0.1), shape);
  ASSERT_EQ(arrow.strokes.points().size(), 3u);
  auto const middle = (arrow.strokes.points()[0] + arrow.strokes.points()[2]) * 0.5;
  auto const direction = arrow.strokes.points()[1] - middle;
  EXPECT_LT(std::abs(std::atan2(direction.y_mm, direction.x_mm)), 0.25);
}

TEST(MakeArrow, OpenHeadIsStrokedAndNoneHasNone) {
  auto const axis = smoothed_axis(straight(20), 0);
  ArrowShape shape;
  shape.head = Head::open;
  EXPECT_EQ(make_arrow(axis, shape).strokes.points().size(), 3u);
  shape.head = Head::none;
  auto const none = make_arrow(axis, shape);
  EXPECT_TRUE(none.strokes.empty());
  EXPECT_EQ(none.head_length_mm, 0);
  EXPECT_NEAR(none.shaft.length_mm(), 20, 1e-9);
  shape.head = Head::filled;
  EXPECT_TRUE(make_arrow(axis, shape).strokes.empty());
}

TEST(MakeArrow, DoubledHeadHasMoreArea) {
  auto const axis = smoothed_axis(straight(30), 0);
  ArrowShape shape;
  double const single = draw::area_mm2(make_arrow(axis, shape).body);
  shape.head = Head::doubled;
  EXPECT_GT(draw::area_mm2(make_arrow(axis, shape).body), single + 1);
}

TEST(MakeArrow, TightBendsKeepTheirWidth) {
  // Along a hairpin narrower than the body both legs are covered.
  ArrowShape shape;
  shape.width_mm = shape.width_start_mm = 2;
  shape.head = Head::none;
  auto const axis = smoothed_axis(hairpin(15, 1), 0);
  auto const outside = draw::clipped_line(axis.points, make_arrow(axis, shape).body, false);
  double length = 0;
  for (auto const& part : outside) {
    for (std::size_t i = 1; i < part.size(); ++i) length += draw::distance(part[i - 1], part[i]);
  }
  EXPECT_LT(length, 1e-6);
}

// --- dashes and dots -----------------------------------------------------------------------------

TEST(DashesOf, WholeDashesFromEndToEnd) {
  auto const shaft = smoothed_axis(straight(20), 0);
  auto const dashes = dashes_of(shaft, {}, 2, 1).flattened(0.01);
  EXPECT_EQ(dashes.size(), 7u);  // 7 * 2 + 6 * 1
  draw::Box first;
  draw::Box last;
  for (auto const& p : dashes.front()) first.add(p);
  for (auto const& p : dashes.back()) last.add(p);
  EXPECT_NEAR(first.min_x_mm, 0, 1e-9);
  EXPECT_NEAR(last.max_x_mm, 20, 1e-9);
  EXPECT_NEAR(first.width_mm(), 2, 1e-6);
}

TEST(DashesOf, StretchedToEndWithTheShaft) {
  auto const shaft = smoothed_axis(straight(21), 0);
  auto const dashes = dashes_of(shaft, {}, 2, 1).flattened(0.01);
  EXPECT_EQ(dashes.size(), 7u);
  draw::Box last;
  for (auto const& p : dashes.back()) last.add(p);
  EXPECT_NEAR(last.max_x_mm, 21, 1e-9);
  EXPECT_NEAR(last.width_mm(), 2 * 21.0 / 20, 1e-6);
}

TEST(DashesOf, HaveTheWidthOfTheBody) {
  ArrowShape const shape;
  auto const shaft = smoothed_axis(straight(40), 0);
  auto const dashes = dashes_of(shaft, shape, 2, 1).flattened(0.01);
  draw::Box first;
  draw::Box last;
  for (auto const& p : dashes.front()) first.add(p);
  for (auto const& p : dashes.back()) last.add(p);
  EXPECT_NEAR(last.height_mm(), 1.5, 1e-9);
  EXPECT_LT(first.height_mm(), 0.85);
  EXPECT_GE(first.height_mm(), 0.7);
}

TEST(DashesOf, ShortShaftIsOneDash) {
  EXPECT_EQ(dashes_of(smoothed_axis(straight(0.8), 0), {}, 2, 1).flattened(0.01).size(), 1u);
}

TEST(DashesOf, NothingOfNothing) {
  EXPECT_TRUE(dashes_of({}, {}, 2, 1).empty());
  EXPECT_TRUE(dashes_of(smoothed_axis(straight(10), 0), {}, 0, 1).empty());
}

TEST(DotsOf, EvenlyFromEndToEnd) {
  auto const dots = dots_of(smoothed_axis(straight(10), 0), 0.8, 2);
  EXPECT_EQ(dots.flattened(0.01).size(), 6u);
  auto const box = dots.control_box();
  EXPECT_NEAR(box.min_x_mm, -0.4, 1e-9);
  EXPECT_NEAR(box.max_x_mm, 10.4, 1e-9);
  EXPECT_NEAR(box.height_mm(), 0.8, 1e-9);
}

TEST(DotsOf, NothingOfNothing) {
  EXPECT_TRUE(dots_of({}, 1, 2).empty());
  EXPECT_TRUE(dots_of(smoothed_axis(straight(10), 0), 1, 0).empty());
}

}  // namespace
}  // namespace hachure::scene
