#include <gtest/gtest.h>

#include <fstream>

#include "render/format.hpp"
#include "support/raster.hpp"
#include "support/sample.hpp"

/// The PNG, the SVG as librsvg draws it and the PDF as Poppler draws it show the same page.
namespace hachure::render {
namespace {

class CrossPainter : public testing::TestWithParam<PaintOptions::TextMode> {
 protected:
  std::string file(std::string const& name) { return tests::scratch_folder() + "/" + name; }

  void paint(std::string const& id) {
    PaintOptions options;
    options.dpi = 150;
    options.text = GetParam();
    std::ofstream(file("page." + id), std::ios::binary)
        << find_format(id)->paint(tests::sample_page(), options);
  }
};

TEST_P(CrossPainter, SvgLooksLikePng) {
  paint("png");
  paint("svg");
  if (!tests::run(
          {"rsvg-convert", "-d", "150", "-p", "150", file("page.svg"), "-o", file("svg.png")})) {
    GTEST_SKIP() << "rsvg-convert is not installed";
  }
  auto const d =
      tests::difference(tests::read_png(file("page.png")), tests::read_png(file("svg.png")), 48);
  EXPECT_LT(d.mean, 0.5);
  EXPECT_LT(d.share, 0.001);
  EXPECT_LT(d.blurred, 6);
}

TEST_P(CrossPainter, PdfLooksLikePng) {
  paint("png");
  paint("pdf");
  if (!tests::run(
          {"pdftoppm", "-r", "150", "-png", "-singlefile", file("page.pdf"), file("pdf")})) {
    GTEST_SKIP() << "pdftoppm is not installed";
  }
  auto const d =
      tests::difference(tests::read_png(file("page.png")), tests::read_png(file("pdf.png")), 48);
  // Poppler sets letters on quarters of a pixel and clips without soft edges.
  EXPECT_LT(d.mean, 2.2);
  EXPECT_LT(d.share, 0.015);
  EXPECT_LT(d.blurred, 36);
}

INSTANTIATE_TEST_SUITE_P(Texts, CrossPainter,
                         testing::Values(PaintOptions::TextMode::live,
                                         PaintOptions::TextMode::outlines),
                         [](auto const& mode) {
                           return mode.param == PaintOptions::TextMode::live ? "Live" : "Outlines";
                         });

}  // namespace
}  // namespace hachure::render
