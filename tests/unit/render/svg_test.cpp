#include "render/svg.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "render/svg_symbol.hpp"
#include "support/fonts.hpp"
#include "support/sample.hpp"

namespace hachure::render {
namespace {

using namespace draw;

Drawing page() {
  Drawing drawing;
  drawing.width_mm = 40;
  drawing.height_mm = 20;
  return drawing;
}

std::string body_of(Drawing const& drawing, PaintOptions const& options = {}) {
  auto const svg = paint_svg(drawing, options);
  auto const begin = svg.find("<rect");
  return svg.substr(begin, svg.rfind("</svg>") - begin);
}

/// Compares with a file under tests/golden/svg; MAKE_REF=1 writes the file instead.
void expect_golden(std::string const& name, std::string const& text) {
  auto const path = std::filesystem::path(TESTS_DIR) / "golden" / "svg" / (name + ".svg");
  if (std::getenv("MAKE_REF") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  EXPECT_EQ(text, content.str()) << "golden file " << name;
}

TEST(SvgId, KeepsAsciiNamesAndSpellsOutTheRest) {
  EXPECT_EQ(svg_id("events.fort-1_a"), "events.fort-1_a");
  EXPECT_EQ(svg_id("places.14 Dec"), "places.14_20_Dec");
  EXPECT_EQ(svg_id("1857"), "_1857");
  EXPECT_EQ(svg_id("廣州"), "_5ee3__5dde_");
  EXPECT_EQ(svg_id(""), "_");
}

TEST(Svg, EmptyPageIsComplete) {
  auto drawing = page();
  drawing.title = "Canton <1857>";
  drawing.description = "A \"plan\" & more";
  drawing.lang = "en-GB";
  drawing.rights = "CC0";
  PaintOptions options;
  options.software = "hachure 1.0";
  expect_golden("empty", paint_svg(drawing, options));
}

TEST(Svg, ShapesAndGroups) {
  auto drawing = page();
  Path dot;
  dot.add_circle({5, 5}, 2);
  Path area;
  area.add_box(Box::of(10, 2, 8, 8));
  area.add_box(Box::of(12, 4, 2, 2));
  Stroke stroke{{0, 0, 0, 0.5}, 0.15, LineCap::round, LineJoin::round, 4, {1, 0.5}, 0.25};
  Group layer{"forts", "Forts & walls", GroupRole::layer, "Forts", "All forts", {}, {}, 1, {}};
  layer.children.push_back({Shape{"places.gough", dot, Fill{{1, 0, 0, 1}}, stroke}});
  Group record{"events.1", {}, GroupRole::record, {}, {}, {{"when", "1857-12-28"}}, area, 0.5, {}};
  record.children.push_back({Shape{"", area, Fill{{0.2, 0.4, 0.6, 1}}, {}}});
  layer.children.push_back({record});
  drawing.root.children.push_back({layer});
  expect_golden("shapes", paint_svg(drawing, {}));
}

TEST(Svg, PathStepsAreSumsOfRoundedCoordinates) {
  auto drawing = page();
  Path path;
  path.move_to({1.0004, 1});
  path.line_to({1.3333, 1.6666});
  path.line_to({1.3333, 2});
  path.line_to({1.33331, 2.00001});  // nothing at 0.001 mm
  path.line_to({0, 2});
  path.move_to({3, 3});
  path.line_to({3, 3});  // a dot
  drawing.root.children.push_back({Shape{"", path, {}, Stroke{}}});
  EXPECT_EQ(body_of(drawing),
            "<rect width=\"40\" height=\"20\" fill=\"#fff\"/>\n"
            " <path d=\"M1 1l0.333 0.667v0.333h-1.333M3 3h0\" fill=\"none\" stroke=\"#000\" "
            "stroke-width=\"0.1\"/>\n");
}

TEST(Svg, IdsAreUniqueAndKeepTheirNames) {
  auto drawing = page();
  for (int i = 0; i < 3; ++i)
    drawing.root.children.push_back({Group{"title", {}, {}, {}, {}, {}, {}, 1, {}}});
  EXPECT_EQ(body_of(drawing),
            "<rect width=\"40\" height=\"20\" fill=\"#fff\"/>\n <g id=\"title-2\">\n </g>\n "
            "<g id=\"title-3\">\n </g>\n <g id=\"title-4\">\n </g>\n");
}

TEST(Svg, SymbolIsDefinedOnceAndUsedOften) {
  auto drawing = page();
  for (int i = 0; i < 3; ++i) {
    drawing.root.children.push_back(
        {Picture{"", "", tests::sample_symbol(), {5.0 + i * 10, 10}, {0, 0}, 0.4, i * 0.5}});
  }
  expect_golden("symbols", paint_svg(drawing, {}));
}

TEST(SvgSymbol, IsTakenApartAndPrefixed) {
  auto const content = embedded(
      "<?xml version='1.0'?><!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 "
      "1' "
      "fill='none' id='root' xmlns:sodipodi='x'><metadata><a>b</a></metadata><sodipodi:view x='1'>"
      "<g/></sodipodi:view>\n <linearGradient id='g'/><rect fill='url(#g)' sodipodi:x='2' "
      "onclick='f()' class='k'/><script>f()</script><use href='#g'/><text>a b</text></svg>",
      "p-");
  EXPECT_EQ(content.attributes, " fill=\"none\"");
  EXPECT_EQ(content.body,
            "<linearGradient id=\"p-g\"/><rect fill=\"url(#p-g)\"/><use xlink:href=\"#p-g\"/>"
            "<text>a b</text>");
}

class SvgTextTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!face) GTEST_SKIP() << "Noto Sans is not installed";
  }
  std::string painted(Text const& text, PaintOptions const& options = {}) {
    auto drawing = page();
    drawing.root.children.push_back({text});
    auto const svg = body_of(drawing, options);
    return svg.substr(svg.find('\n') + 1);
  }
  std::shared_ptr<FontFace const> face = tests::find_face("Noto Sans");
};

TEST_F(SvgTextTest, StraightTextIsOneElement) {
  auto text = tests::shaped(face, "Fort Gough & walls", 3, {2, 10});
  text.id = "label.gough";
  text.lang = "pt";
  text.angle_rad = 0.5;
  text.halo = Halo{{1, 1, 1, 0.8}, 0.3};
  text.runs[0].letter_spacing_mm = 0.2;
  text.runs[0].features = "\"onum\" 1";
  EXPECT_EQ(painted(text),
            " <text id=\"label.gough\" x=\"2\" y=\"10\" transform=\"rotate(28.648 2 10)\" "
            "font-family=\"Noto Sans, sans-serif\" font-size=\"3\" fill=\"#000\" "
            "letter-spacing=\"0.2\" style=\"paint-order:stroke;font-feature-settings:'onum' 1\" "
            "stroke=\"#fff\" stroke-opacity=\"0.8\" stroke-width=\"0.6\" "
            "stroke-linejoin=\"round\" xml:lang=\"pt\">Fort Gough &amp; walls</text>\n");
}

TEST_F(SvgTextTest, LinesAreTspansOfOneElement) {
  auto text = tests::shaped(face, "Fort", 3, {2, 10});
  auto const second = tests::shaped(face, "Gough", 3, {2, 14});
  text.text = "Fort\nGough";
  auto run = second.runs[0];
  run.text_begin = 5;
  run.text_end = 10;
  run.color = {1, 0, 0, 1};
  for (auto& glyph : run.glyphs) glyph.at.y_mm += 4;
  text.runs.push_back(run);
  text.runs.front().text_end = 4;
  EXPECT_EQ(painted(text),
            " <text font-family=\"Noto Sans, sans-serif\" font-size=\"3\"><tspan x=\"2\" y=\"10\" "
            "fill=\"#000\">Fort</tspan> <tspan x=\"2\" y=\"14\" fill=\"#f00\">Gough</tspan>"
            "</text>\n");
}

TEST_F(SvgTextTest, CurvedTextIsOneGroupOfClusters) {
  auto text = tests::shaped(face, "a bc", 3, {2, 10});
  tests::bend(text, 20);
  auto const svg = painted(text);
  EXPECT_EQ(svg.substr(0, svg.find('\n')),
            " <g role=\"img\" aria-label=\"a bc\" font-family=\"Noto Sans, sans-serif\" "
            "font-size=\"3\" fill=\"#000\">");
  EXPECT_NE(svg.find("\n  <text transform=\"translate(2 10)\">a</text>\n"), std::string::npos);
  EXPECT_NE(svg.find(")\">c</text>\n </g>\n"), std::string::npos);
  EXPECT_EQ(std::count(svg.begin(), svg.end(), '\n'), 5);  // the space has no element
}

TEST_F(SvgTextTest, OutlinesKeepTheWords) {
  auto text = tests::shaped(face, "I", 10, {2, 10});
  text.halo = Halo{{1, 1, 1, 1}, 0.5};
  PaintOptions options;
  options.text = PaintOptions::TextMode::outlines;
  auto const svg = painted(text, options);
  EXPECT_EQ(svg.find("<text"), std::string::npos);
  EXPECT_EQ(svg.find(" <g role=\"img\" aria-label=\"I\">\n  <path d=\"M"), 0u);
  EXPECT_NE(
      svg.find("fill=\"none\" stroke=\"#fff\" stroke-width=\"1\" stroke-linejoin=\"round\"/>"),
      std::string::npos);
}

TEST_F(SvgTextTest, ColumnFormsThatNoViewerFindsAreOutlines) {
  auto text = tests::shaped(face, "ab", 10, {2, 10});
  text.runs[0].vertical = true;
  text.runs[0].glyphs[1].id = face->nominal_glyph(U'c');  // as if a feature had replaced it
  auto const svg = painted(text);
  EXPECT_NE(svg.find("<text transform=\"translate(2 10)\">a</text>"), std::string::npos);
  EXPECT_EQ(svg.find(">b<"), std::string::npos);
  EXPECT_NE(svg.find("<path d=\"M"), std::string::npos);
}

TEST(Svg, SameBytesTwice) {
  EXPECT_EQ(paint_svg(tests::sample_page(), {}), paint_svg(tests::sample_page(), {}));
}

}  // namespace
}  // namespace hachure::render
