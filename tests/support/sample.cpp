#include "support/sample.hpp"

#include "support/fonts.hpp"

namespace hachure::tests {

using namespace draw;

std::shared_ptr<PictureSource const> sample_symbol() {
  auto source = std::make_shared<PictureSource>();
  source->name = "fort";
  source->view_box = Box::of(-10, -10, 20, 20);
  source->svg =
      "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"-10 -10 20 20\" width=\"20\" "
      "height=\"20\" fill=\"none\">\n  <!-- a fort -->\n  <defs><path id=\"flag\" "
      "d=\"M0-9h6v4h-6z\" fill=\"#b3202a\"/></defs>\n  <rect x=\"-8\" y=\"-8\" width=\"16\" "
      "height=\"16\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>\n  <circle r=\"5\" "
      "fill=\"#c0282d\"/>\n  <use xlink:href=\"#flag\"/>\n</svg>\n";
  return source;
}

namespace {

Path star(Point center, double radius_mm) {
  Path path;
  for (int i = 0; i < 5; ++i) {
    Point const p = center + turned({0, -radius_mm}, i * 2 * 2 * 3.14159265358979 / 5);
    i == 0 ? path.move_to(p) : path.line_to(p);
  }
  path.close();
  return path;
}

Group shapes() {
  Group group{"shapes", "Shapes", GroupRole::layer, {}, {}, {}, {}, 1, {}};
  group.children.push_back(
      {Shape{"star-evenodd", star({12, 12}, 9), Fill{{0.1, 0.4, 0.7, 1}}, {}}});
  group.children.push_back(
      {Shape{"star-nonzero", star({32, 12}, 9), Fill{{0.8, 0.5, 0.1, 0.6}, FillRule::nonzero},
             Stroke{{0.2, 0.1, 0, 1}, 0.5, LineCap::butt, LineJoin::miter, 4, {}, 0}}});
  Path wave;
  wave.move_to({4, 30});
  wave.cubic_to({14, 22}, {24, 38}, {36, 30});
  wave.line_to({40, 26});
  group.children.push_back({Shape{
      "", wave, {}, Stroke{{0, 0, 0, 1}, 0.8, LineCap::round, LineJoin::round, 4, {3, 1.6}, 0.5}}});
  Path zigzag;
  for (int i = 0; i < 8; ++i) {
    Point const p{4.0 + i * 5, i % 2 == 0 ? 36.0 : 42.0};
    i == 0 ? zigzag.move_to(p) : zigzag.line_to(p);
  }
  group.children.push_back({Shape{
      "", zigzag, {}, Stroke{{0.5, 0, 0.4, 1}, 1.2, LineCap::square, LineJoin::miter, 4, {}, 0}}});
  return group;
}

Group clipped() {
  Group group{"clipped", {}, GroupRole::record, "Clipped stripes", {}, {{"kind", "sea"}}, {},
              0.7,       {}};
  group.clip.emplace();
  group.clip->add_circle({62, 14}, 11);
  group.clip->add_circle({62, 14}, 5);
  for (int i = 0; i < 9; ++i) {
    Path stripe;
    stripe.add_box(Box::of(50, 2 + i * 3.0, 24, 1.5));
    group.children.push_back({Shape{"", stripe, Fill{{0.1, 0.3, 0.6, 1}}, {}}});
  }
  return group;
}

Group pictures() {
  Group group{"pictures", "Pictures", GroupRole::layer, {}, {}, {}, {}, 1, {}};
  auto const symbol = sample_symbol();
  group.children.push_back({Picture{"", "A fort", symbol, {56, 36}, {0, 0}, 0.5, 0}});
  group.children.push_back({Picture{"", {}, symbol, {74, 36}, {0, 8}, 0.6, 0.4}});
  // As fine as the pixels it is painted on, so that the programs' ways of interpolation do not
  // show.
  constexpr int width_px = 189;
  constexpr int height_px = 236;
  auto rgb = std::make_shared<std::vector<std::uint8_t>>();
  for (int y = 0; y < height_px; ++y) {
    for (int x = 0; x < width_px; ++x) {
      rgb->insert(rgb->end(), {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 120});
    }
  }
  group.children.push_back({Image{"", width_px, height_px, rgb, Box::of(78, 4, 16, 20), true}});
  return group;
}

void add_texts(Group& group) {
  auto const face = find_face("Noto Sans");
  if (!face) return;
  auto straight = shaped(face, "Shameen & the fords", 4, {4, 54});
  straight.id = "label.shameen";
  straight.halo = Halo{{1, 1, 1, 1}, 0.4};
  group.children.push_back({straight});
  auto turned_text = shaped(face, "North Wall", 5, {60, 58});
  turned_text.angle_rad = -0.35;
  turned_text.runs[0].color = {0.1, 0.2, 0.6, 1};
  group.children.push_back({turned_text});
  auto curved = shaped(face, "Pearl River", 5, {6, 64});
  bend(curved, 40);
  curved.halo = Halo{{1, 0.95, 0.7, 1}, 0.5};
  group.children.push_back({curved});
}

}  // namespace

Drawing sample_page() {
  Drawing drawing;
  drawing.width_mm = 100;
  drawing.height_mm = 75;
  drawing.background = {0.98, 0.97, 0.92, 1};
  drawing.title = "A page of everything";
  drawing.description = "Shapes, symbols, an image and lettering.";
  drawing.author = "Hachure's tests";
  drawing.root.children.push_back({shapes()});
  drawing.root.children.push_back({clipped()});
  drawing.root.children.push_back({pictures()});
  Group texts{"texts", "Lettering", GroupRole::layer, {}, {}, {}, {}, 1, {}};
  add_texts(texts);
  drawing.root.children.push_back({texts});
  return drawing;
}

}  // namespace hachure::tests
