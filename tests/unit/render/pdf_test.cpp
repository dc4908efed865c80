#include "render/pdf.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "support/fonts.hpp"
#include "support/raster.hpp"
#include "support/sample.hpp"

namespace hachure::render {
namespace {

std::string write(std::string const& bytes) {
  auto const path = tests::scratch_folder() + "/page.pdf";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::size_t count(std::string const& text, std::string const& word) {
  std::size_t n = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

TEST(Pdf, SameBytesTwiceAndNoDateOfItsOwn) {
  auto const bytes = paint_pdf(tests::sample_page(), {});
  EXPECT_EQ(paint_pdf(tests::sample_page(), {}), bytes);
  EXPECT_EQ(bytes.substr(0, 8), "%PDF-1.5");
  EXPECT_EQ(count(bytes, "CreationDate"), 0u);
}

TEST(Pdf, DateOfTheDrawingIsWritten) {
  auto drawing = tests::sample_page();
  drawing.created_epoch_s = 1'000'000'000;
  EXPECT_EQ(count(paint_pdf(drawing, {}), "/CreationDate(D:20010909014640)"), 1u);
}

TEST(Pdf, NothingBecomesPixelsButImages) {
  EXPECT_EQ(count(paint_pdf(tests::sample_page(), {}), "/Subtype /Image"), 1u);
}

TEST(Pdf, WordsAreFoundInLevelTurnedAndCurvedText) {
  if (!tests::find_face("Noto Sans")) GTEST_SKIP() << "Noto Sans is not installed";
  auto const path = write(paint_pdf(tests::sample_page(), {}));
  auto const text_path = tests::scratch_folder() + "/page.txt";
  if (!tests::run({"pdftotext", path, text_path})) GTEST_SKIP() << "pdftotext is not installed";
  std::stringstream text;
  text << std::ifstream(text_path).rdbuf();
  EXPECT_EQ(text.str(), "Shameen & the fords\n\nPearl River\n\nNorth Wall\n\n\f");
}

TEST(Pdf, ColumnsAreFoundAsWords) {
  auto const face = tests::find_face("Noto Sans CJK SC");
  if (!face) GTEST_SKIP() << "Noto Sans CJK is not installed";
  auto text = tests::shaped(face, "珠江口", 5, {20, 8});
  text.runs[0].vertical = true;
  for (std::size_t i = 0; i < 3; ++i) {
    text.runs[0].glyphs[i].at = {0, 5.5 * static_cast<double>(i)};
  }
  draw::Drawing drawing;
  drawing.width_mm = drawing.height_mm = 40;
  drawing.root.children.push_back({text});
  auto const path = write(paint_pdf(drawing, {}));
  auto const text_path = tests::scratch_folder() + "/column.txt";
  if (!tests::run({"pdftotext", path, text_path})) GTEST_SKIP() << "pdftotext is not installed";
  std::stringstream found;
  found << std::ifstream(text_path).rdbuf();
  EXPECT_EQ(found.str(), "珠江口\n\n\f");
}

TEST(Pdf, OutlinesNeedNoFont) {
  PaintOptions options;
  options.text = PaintOptions::TextMode::outlines;
  EXPECT_EQ(count(paint_pdf(tests::sample_page(), options), "/Font"), 0u);
}

}  // namespace
}  // namespace hachure::render
