// The looks that the shipped styles give to the kinds of movements, along the torture paths: valid
// areas at every share of the way, and each kind told from every other.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "draw/dump.hpp"
#include "draw/polygon.hpp"
#include "scene/movement_ends.hpp"
#include "scene/movement_paint.hpp"
#include "support/torture_paths.hpp"

namespace hachure::scene {
namespace {

namespace fs = std::filesystem;

struct KindLook {
  char const* kind;
  char const* certainty;
};

constexpr KindLook looks[] = {
    {"march", ""},          {"advance", ""},         {"attack", ""},
    {"repulse", ""},        {"retreat", ""},         {"pursuit", ""},
    {"feint", ""},          {"landing", ""},         {"naval-movement", ""},
    {"raid", ""},           {"supply", ""},          {"rail-movement", ""},
    {"advance", "planned"}, {"advance", "uncertain"}};

/// A shipped style and what its layer of movements asks of a feature.
class Movements {
 public:
  explicit Movements(std::string const& name) {
    base::Diagnostics diagnostics;
    style_ = style::read_style(name, {fs::path(PROJECT_DIR) / "styles"}, "en", diagnostics);
    EXPECT_TRUE(diagnostics.problems().empty());
    layer_ =
        &*std::ranges::find(style_.layers, style::LayerType::movement, &style::StyleLayer::type);
    context_.scale = 36'000;
  }

  void ask(KindLook const& look) {
    feature_ = style::Feature(style::GeometryType::line_string);
    feature_.set("kind", style::Value(std::string(look.kind)));
    feature_.set("certainty", style::Value(std::string(look.certainty)));
    feature_.set("rank", style::Value(1.0));
    feature_.set("side-cue", style::Value(std::string("solid")));
    for (auto const* name :
         {"side-color", "side-light-color", "side-dark-color", "side-tint-color"}) {
      feature_.set(style::Key(name), style::Value(std::string("#b3202a")));
    }
    feature_.set("side-light-color", style::Value(std::string("#e0b0b4")));
    context_.feature = &feature_;
  }

  style::Look look() const { return {*layer_, context_}; }

 private:
  style::Style style_;
  style::StyleLayer const* layer_ = nullptr;
  style::Feature feature_;
  style::EvalContext context_;
};

/// The filled areas of a drawing.
void gather(draw::Node const& node, std::vector<draw::Path>& areas) {
  if (auto const* shape = std::get_if<draw::Shape>(&node.value)) {
    if (shape->fill) areas.push_back(shape->path);
  } else if (auto const* group = std::get_if<draw::Group>(&node.value)) {
    for (auto const& child : group->children) gather(child, areas);
  }
}

class MovementLooks : public testing::TestWithParam<char const*> {};

TEST_P(MovementLooks, ValidAtEveryShareOfEveryPath) {
  Movements movements(GetParam());
  int drawn = 0;
  for (auto const& kind : looks) {
    movements.ask(kind);
    auto const look = movements.look();
    double const share = look.number("movement-return");
    for (auto const& [name, points] : tests::torture_paths()) {
      auto const whole = out_and_back(smoothed_axis(points, look.mm("movement-smooth")), 3, share);
      for (double const progress : {0.0, 0.01, 0.5, 0.99, 1.0}) {
        auto const axis = part_of(whole, 0, progress * whole.length_mm());
        auto const group = paint_arrow(axis, look, {{0.5, 0, 0, 1}, false, {}});
        SCOPED_TRACE(testing::Message() << name << ", " << kind.kind << ' ' << kind.certainty
                                        << ", progress " << progress);
        EXPECT_EQ(group.children.empty(), axis.length_mm() < 0.001);
        std::vector<draw::Path> areas;
        for (auto const& child : group.children) gather(child, areas);
        for (auto const& area : areas) EXPECT_TRUE(draw::is_valid(area));
        drawn += group.children.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(drawn, 3000);
}

TEST_P(MovementLooks, EachKindIsToldFromEveryOther) {
  Movements movements(GetParam());
  std::set<std::string> seen;
  auto const way = smoothed_axis(std::vector<draw::Point>{{0, 0}, {20, 4}, {45, 0}}, 2);
  for (auto const& kind : looks) {
    movements.ask(kind);
    auto const look = movements.look();
    auto const axis = out_and_back(way, 3, look.number("movement-return"));
    draw::Drawing drawing;
    drawing.root.children.push_back({paint_arrow(axis, look, {{0.5, 0, 0, 1}, false, {}})});
    EXPECT_TRUE(seen.insert(draw::dump(drawing)).second) << kind.kind << ' ' << kind.certainty;
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, MovementLooks,
                         testing::Values("modern", "engraved", "mono", "night"));

}  // namespace
}  // namespace hachure::scene
