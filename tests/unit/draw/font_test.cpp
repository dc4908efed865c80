#include "draw/font.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "support/fonts.hpp"
#include "support/raster.hpp"

namespace hachure::draw {
namespace {

class FontFaceTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!face) GTEST_SKIP() << "Noto Sans is not installed";
  }
  std::shared_ptr<FontFace const> face = tests::find_face("Noto Sans");
};

TEST_F(FontFaceTest, MetricsAreThoseOfTheFont) {
  // Noto Sans: 1000 units per em, hhea 1069 / -293, OS/2 capital height 714, x-height 536.
  auto const& m = face->metrics();
  EXPECT_NEAR(m.ascent, 1.069, 1e-9);
  EXPECT_NEAR(m.descent, 0.293, 1e-9);
  EXPECT_NEAR(m.cap_height, 0.714, 1e-9);
  EXPECT_NEAR(m.x_height, 0.536, 1e-9);
}

TEST_F(FontFaceTest, OutlineStandsOnTheBaselineWithYDown) {
  auto const box = face->outline(face->nominal_glyph(U'H')).control_box();
  EXPECT_NEAR(box.max_y_mm, 0, 1e-9);
  EXPECT_NEAR(box.min_y_mm, -0.714, 1e-9);
  EXPECT_GT(box.min_x_mm, 0);
}

TEST_F(FontFaceTest, SpaceHasNoOutline) {
  EXPECT_TRUE(face->outline(face->nominal_glyph(U' ')).empty());
}

TEST_F(FontFaceTest, CharacterWithoutGlyphIsZero) {
  EXPECT_EQ(face->nominal_glyph(U'\u5EE3'), 0u);  // Noto Sans has no Han characters
}

TEST_F(FontFaceTest, ThreadsShareOneOutline) {
  Path const* seen[4] = {};
  auto const glyph = face->nominal_glyph(U'R');
  std::vector<std::thread> threads;
  for (auto& place : seen) threads.emplace_back([&] { place = &face->outline(glyph); });
  for (auto& thread : threads) thread.join();
  for (auto const* path : seen) EXPECT_EQ(path, seen[0]);
}

std::string message_of(std::string const& path) {
  try {
    FontFace const face({path, 0, "X", "X", 400, false, 100, "serif"});
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::environment);
    return error.what();
  }
  return "no error";
}

TEST(FontFace, MissingFileIsNamed) {
  EXPECT_EQ(message_of("/nowhere/at-all.ttf"),
            "/nowhere/at-all.ttf: the font file cannot be read\n"
            "  hint: reinstall the font package, or name another font in the style");
}

TEST(FontFace, FileThatIsNoFontIsNamed) {
  auto const path = tests::scratch_folder() + "/no-font.ttf";
  std::ofstream(path) << "not a font";
  EXPECT_EQ(message_of(path), path +
                                  ": not a usable font file\n"
                                  "  hint: reinstall the font package, or name another font in "
                                  "the style");
}

}  // namespace
}  // namespace hachure::draw
