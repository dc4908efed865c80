#include "scene/texture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "draw/polygon.hpp"

namespace hachure::scene {
namespace {

using draw::Box;
using draw::Path;
using draw::Point;

std::vector<std::string> const kinds{"stipple", "blocks", "paddy", "marsh", "wood", "hatch"};

TextureLook look_of(std::string const& kind) {
  TextureLook look;
  look.kind = kind;
  look.size_mm = kind == "blocks" ? 2 : kind == "stipple" ? 0.15 : 0.8;
  look.spacing_mm = kind == "blocks" ? 0.4 : kind == "hatch" ? 1 : 1.6;
  return look;
}

/// An L with a hole in its corner.
Path area() {
  Path path;
  std::vector<Point> const shell{{10, 10}, {50, 10}, {50, 25}, {28, 25}, {28, 48}, {10, 48}};
  std::vector<Point> const hole{{14, 14}, {22, 14}, {22, 22}, {14, 22}};
  path.add_polyline(shell, true);
  path.add_polyline(hole, true);
  return path;
}

Box const page = Box::of(0, 0, 60, 60);

double length_outside(Path const& lines, Path const& of) {
  double length = 0;
  for (auto const& line : lines.flattened(0.01)) {
    for (auto const& part : draw::clipped_line(line, of, false)) {
      for (std::size_t i = 1; i < part.size(); ++i) length += draw::distance(part[i - 1], part[i]);
    }
  }
  return length;
}

/// Middles of the contours: where the signs stand.
std::vector<Point> middles(Path const& path) {
  std::vector<Point> out;
  for (auto const& contour : path.flattened(0.01)) {
    Box box;
    for (auto const& p : contour) box.add(p);
    out.push_back(box.center());
  }
  return out;
}

TEST(MakeTexture, EveryKindDrawsSomething) {
  for (auto const& kind : kinds) {
    auto const texture = make_texture(area(), page, look_of(kind), "layer.1");
    EXPECT_FALSE(texture.filled.empty() && texture.lines.empty()) << kind;
    bool const fills = kind == "stipple" || kind == "blocks";
    EXPECT_EQ(texture.filled.empty(), !fills) << kind;
    EXPECT_EQ(texture.lines.empty(), fills) << kind;
  }
}

TEST(MakeTexture, SameSeedSameResult) {
  for (auto const& kind : kinds) {
    auto const a = make_texture(area(), page, look_of(kind), "town.7");
    auto const b = make_texture(area(), page, look_of(kind), "town.7");
    EXPECT_EQ(a.filled, b.filled) << kind;
    EXPECT_EQ(a.lines, b.lines) << kind;
  }
}

TEST(MakeTexture, AnotherSeedIsAnotherArrangement) {
  for (auto const* kind : {"stipple", "blocks", "marsh"}) {
    auto const a = make_texture(area(), page, look_of(kind), "town.7");
    auto const b = make_texture(area(), page, look_of(kind), "town.8");
    EXPECT_FALSE(a.filled == b.filled && a.lines == b.lines) << kind;
  }
}

TEST(MakeTexture, EverythingIsInsideTheArea) {
  for (auto const& kind : kinds) {
    auto const look = look_of(kind);
    auto const texture = make_texture(area(), page, look, "town.7");
    // A sign stands in the area with its foot; its leaves may reach out by its own size.
    double const reach = kind == "blocks" || kind == "hatch" ? 1e-6 : 1.6 * look.size_mm;
    auto const wider = draw::buffered(area(), reach);
    EXPECT_LT(draw::area_mm2(draw::difference(texture.filled, wider)), 1e-6) << kind;
    EXPECT_LT(length_outside(texture.lines, wider), 1e-3) << kind;
  }
}

TEST(MakeTexture, NothingStandsInAHole) {
  for (auto const& kind : kinds) {
    auto const texture = make_texture(area(), page, look_of(kind), "town.7");
    Path hole;
    hole.add_box(Box::of(16, 16, 4, 4));
    EXPECT_LT(draw::area_mm2(draw::intersection(texture.filled, hole)), 1e-6) << kind;
    double inside = 0;
    for (auto const& line : texture.lines.flattened(0.01)) {
      for (auto const& part : draw::clipped_line(line, hole, true)) {
        for (std::size_t i = 1; i < part.size(); ++i)
          inside += draw::distance(part[i - 1], part[i]);
      }
    }
    EXPECT_LT(inside, 1e-6) << kind;
  }
}

TEST(MakeTexture, StippleDoesNotDependOnTheCrop) {
  auto const look = look_of("stipple");
  Box const window = Box::of(20, 12, 25, 20);
  auto const whole = middles(make_texture(area(), page, look, "sand.1").filled);
  auto const cropped = middles(make_texture(area(), window, look, "sand.1").filled);
  std::vector<Point> expected;
  for (auto const& p : whole) {
    if (window.contains(p)) expected.push_back(p);
  }
  ASSERT_EQ(cropped.size(), expected.size());
  EXPECT_GT(cropped.size(), 50u);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(cropped[i].x_mm, expected[i].x_mm, 1e-9);
    EXPECT_NEAR(cropped[i].y_mm, expected[i].y_mm, 1e-9);
  }
}

TEST(MakeTexture, StippleIsEvenButNotRegular) {
  TextureLook look = look_of("stipple");
  look.spacing_mm = 1;
  Path square;
  square.add_box(Box::of(0, 0, 40, 40));
  auto const dots = middles(make_texture(square, page, look, "sand.1").filled);
  // One dot per 1 x 0.866 mm.
  EXPECT_NEAR(static_cast<double>(dots.size()), 40 * 40 / 0.866, 0.05 * 40 * 40);
  double nearest = 1e9;
  std::vector<double> fractions;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    fractions.push_back(dots[i].x_mm - std::floor(dots[i].x_mm));
    for (std::size_t j = 0; j < i; ++j) {
      nearest = std::min(nearest, draw::distance(dots[i], dots[j]));
    }
  }
  EXPECT_GT(nearest, 2 * look.size_mm);  // dots do not touch
  std::ranges::sort(fractions);
  EXPECT_GT(std::ranges::unique(fractions).begin() - fractions.begin(), 1000);
}

TEST(MakeTexture, BlocksAreApart) {
  auto const look = look_of("blocks");
  auto const blocks = make_texture(area(), page, look, "town.7").filled;
  auto const grown = draw::buffered(blocks, look.spacing_mm / 2 - 0.01, 1);
  // Grown by half a lane they still do not touch, so that their number stays.
  EXPECT_EQ(grown.flattened(0.05).size(), blocks.flattened(0.05).size());
  EXPECT_GT(blocks.flattened(0.05).size(), 100u);
  EXPECT_GT(draw::area_mm2(blocks), 0.4 * draw::area_mm2(area()));
}

TEST(MakeTexture, HatchLinesAreSpacedAndTurned) {
  TextureLook look = look_of("hatch");
  look.angle_rad = 0.5;
  look.spacing_mm = 1.5;
  auto const lines = make_texture(area(), page, look, "x").lines.flattened(0.01);
  for (auto const& line : lines) {
    auto const d = line.back() - line.front();
    EXPECT_NEAR(std::remainder(std::atan2(d.y_mm, d.x_mm) - 0.5, std::acos(-1.0)), 0, 1e-6);
    double const offset = draw::dot(line.front(), {-std::sin(0.5), std::cos(0.5)}) / 1.5;
    EXPECT_NEAR(offset, std::round(offset), 1e-6);
  }
  EXPECT_GT(lines.size(), 15u);
}

TextureLook fields_look() {
  TextureLook look;
  look.kind = "fields";
  look.size_mm = 4;
  look.spacing_mm = 0.4;
  look.hatch_mm = 0.6;
  look.angle_rad = 0.1;
  return look;
}

TEST(MakeTexture, FieldsAreClosedPlotsOfTheSizeAsked) {
  Path land;
  land.add_box(Box::of(0, 0, 60, 60));
  auto const texture = make_texture(land, page, fields_look(), "paddy.1");
  auto const plots = texture.edges.flattened(0.01);
  ASSERT_GT(plots.size(), 120u);
  ASSERT_LT(plots.size(), 400u);
  for (auto const& ring : plots) {
    EXPECT_EQ(ring.front(), ring.back());
    Path one;
    one.add_polyline(ring, true);
    EXPECT_GE(draw::area_mm2(one), 16.0 / 4 - 1e-6);
    EXPECT_LE(draw::area_mm2(one), 16 * 1.6);
  }
  EXPECT_TRUE(texture.filled.empty());
  // Paths part the plots: together they are smaller than the land, and none covers another.
  double sum_mm2 = 0;
  for (auto const& ring : plots) {
    Path one;
    one.add_polyline(ring, true);
    sum_mm2 += draw::area_mm2(one);
  }
  EXPECT_LT(sum_mm2, 3600 * 0.9);
  EXPECT_NEAR(sum_mm2, draw::area_mm2(draw::united(std::vector<Path>{texture.edges})), 1e-3);
}

TEST(MakeTexture, FieldsEndWhereTheLandDoes) {
  auto const texture = make_texture(area(), page, fields_look(), "paddy.1");
  EXPECT_LT(length_outside(texture.edges, draw::buffered(area(), 1e-3)), 1e-6);
  EXPECT_LT(length_outside(texture.lines, draw::buffered(area(), 1e-3)), 1e-6);
}

TEST(MakeTexture, FieldsOfNeighboursFitTogether) {
  Path west;
  west.add_box(Box::of(0, 0, 30, 60));
  Path all;
  all.add_box(Box::of(0, 0, 60, 60));
  auto const part = make_texture(west, page, fields_look(), "paddy.1").edges.flattened(0.01);
  auto const whole = make_texture(all, page, fields_look(), "paddy.2").edges.flattened(0.01);
  // A plot away from the border between them is the same in both.
  auto const far_from_edges = [](std::vector<Point> const& ring) {
    return std::ranges::all_of(ring, [](Point p) { return p.x_mm > 1 && p.x_mm < 29; });
  };
  auto const corner_sum = [](std::vector<Point> const& ring) {
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) sum += ring[i].x_mm + 1000 * ring[i].y_mm;
    return std::llround(sum * 1000);
  };
  std::vector<long long> a;
  std::vector<long long> b;
  for (auto const& ring : part) {
    if (far_from_edges(ring)) a.push_back(corner_sum(ring));
  }
  for (auto const& ring : whole) {
    if (far_from_edges(ring)) b.push_back(corner_sum(ring));
  }
  std::ranges::sort(a);
  std::ranges::sort(b);
  EXPECT_GT(a.size(), 30u);
  EXPECT_EQ(a, b);
}

TEST(MakeTexture, NothingOfNothing) {
  for (auto const& kind : kinds) {
    auto const empty = make_texture({}, page, look_of(kind), "x");
    EXPECT_TRUE(empty.filled.empty() && empty.lines.empty()) << kind;
    auto const elsewhere = make_texture(area(), Box::of(200, 200, 50, 50), look_of(kind), "x");
    EXPECT_TRUE(elsewhere.filled.empty() && elsewhere.lines.empty()) << kind;
  }
}

TEST(MakeTexture, SpacingOfNothingEnds) {
  for (auto const& kind : kinds) {
    auto look = look_of(kind);
    look.spacing_mm = 0;
    make_texture(area(), page, look, "x");
    if (kind == "blocks") continue;  // ends too, after thousands of splits
    look.size_mm = 0;
    make_texture(area(), page, look, "x");
  }
}

}  // namespace
}  // namespace hachure::scene
