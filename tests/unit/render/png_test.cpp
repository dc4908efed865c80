#include "render/png.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "support/raster.hpp"
#include "support/sample.hpp"

namespace hachure::render {
namespace {

std::string write(std::string const& name, std::string const& bytes) {
  auto const path = tests::scratch_folder() + "/" + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

draw::Drawing blank(double width_mm, double height_mm) {
  draw::Drawing drawing;
  drawing.width_mm = width_mm;
  drawing.height_mm = height_mm;
  return drawing;
}

TEST(Png, PixelsComeBackFromAnotherReader) {
  std::vector<std::uint8_t> rgb;
  for (unsigned i = 0; i < 301 * 211 * 3; ++i) rgb.push_back(static_cast<std::uint8_t>(i * i >> 3));
  auto const pixels = tests::read_png(write("round.png", encode_png({301, 211, rgb.data()}, {})));
  EXPECT_EQ(pixels.width, 301);
  EXPECT_EQ(pixels.height, 211);
  EXPECT_EQ(pixels.rgb, rgb);
}

TEST(Png, HeaderHoldsDensityAndWords) {
  std::uint8_t const pixel[] = {1, 2, 3};
  auto const bytes = encode_png({1, 1, pixel}, {300, "Plan", "Möller", "", "hachure", 86399});
  EXPECT_EQ(bytes.substr(0, 8), "\x89PNG\r\n\x1a\n");
  // 300 / 0.0254 = 11811 = 0x2E23 pixels a metre
  EXPECT_NE(bytes.find(std::string("pHYs\0\0\x2e\x23\0\0\x2e\x23\1", 13)), std::string::npos);
  EXPECT_NE(bytes.find(std::string("tEXtTitle\0Plan", 14)), std::string::npos);
  EXPECT_NE(bytes.find(std::string("iTXtAuthor\0\0\0\0\0Möller", 22)), std::string::npos);
  EXPECT_NE(bytes.find(std::string("tIME\x07\xb2\1\1\x17\x3b\x3b", 11)), std::string::npos);
  EXPECT_EQ(bytes.find("Copyright"), std::string::npos);
}

TEST(Png, PageSizeInPixels) {
  PaintOptions options;
  auto const page = rasterised(blank(174, 220), options);
  EXPECT_EQ(page.width_px, 2055);
  EXPECT_EQ(page.height_px, 2598);
  options.size_px = {{640, 480}};
  auto const frame = rasterised(blank(160, 120), options);
  EXPECT_EQ(frame.width_px, 640);
  EXPECT_EQ(frame.height_px, 480);
  EXPECT_DOUBLE_EQ(frame.dpi, 4 * 25.4);
}

TEST(Png, TooManyPixelsAreRefused) {
  PaintOptions options;
  options.dpi = 2400;
  try {
    paint_png(blank(1000, 500), options);
    FAIL();
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), base::Fault::input);
    EXPECT_STREQ(error.what(),
                 "a PNG of 94488 x 47244 pixels cannot be painted: a side has 1 to 32767 pixels\n"
                 "  hint: choose another --dpi, or the format svg or pdf");
  }
}

TEST(Png, BackgroundFillsThePage) {
  auto drawing = blank(10, 10);
  drawing.background = {1, 0.5, 0, 1};
  auto const raster = rasterised(drawing, {});
  for (std::size_t i = 0; i < raster.bgrx.size(); i += 4) {
    ASSERT_EQ(raster.bgrx[i], 0);
    ASSERT_EQ(raster.bgrx[i + 1], 128);
    ASSERT_EQ(raster.bgrx[i + 2], 255);
  }
}

TEST(Png, PaintingOverKeepsWhatIsThere) {
  auto base = blank(10, 10);
  base.background = {0, 0, 1, 1};
  auto raster = rasterised(base, {});
  auto moving = blank(10, 10);
  draw::Path half;
  half.add_box(draw::Box::of(0, 0, 5, 10));
  moving.root.children.push_back({draw::Shape{"", half, draw::Fill{{1, 0, 0, 1}}, {}}});
  paint_over(raster, moving, {});
  auto const at = [&](std::size_t x) {
    auto const* p = raster.bgrx.data() + (50 * 118 + x) * 4;
    return std::vector<int>{p[2], p[1], p[0]};
  };
  EXPECT_EQ(at(10), (std::vector<int>{255, 0, 0}));
  EXPECT_EQ(at(100), (std::vector<int>{0, 0, 255}));
}

TEST(Png, BandsLeaveNoSeam) {
  auto drawing = blank(10, 250);
  draw::Path line;
  line.move_to({5, 0});
  line.line_to({5, 250});
  draw::Stroke stroke;
  stroke.width_mm = 0.33;
  draw::Group clipped;
  clipped.clip.emplace();
  clipped.clip->add_polyline(
      std::vector<draw::Point>{{1, -5}, {9, -5}, {9, 255}, {5, 256}, {1, 255}}, true);
  clipped.children.push_back({draw::Shape{"", line, {}, stroke}});
  auto const grey = std::make_shared<std::vector<std::uint8_t>>(std::size_t{3 * 500 * 3}, 77);
  clipped.children.push_back({draw::Image{"", 3, 500, grey, draw::Box::of(2, 0, 1, 250), true}});
  drawing.root.children.push_back({clipped});
  auto const raster = rasterised(drawing, {});
  ASSERT_GT(raster.height_px, 2600);
  auto const row = [&](int y) {
    auto const bytes = static_cast<std::size_t>(raster.width_px) * 4;
    auto const* const begin = raster.bgrx.data() + static_cast<std::size_t>(y) * bytes;
    return std::vector<std::uint8_t>(begin, begin + bytes);
  };
  for (int y = 1; y + 1 < raster.height_px; ++y) ASSERT_EQ(row(y), row(10)) << "row " << y;
}

TEST(Png, ReliefIsFiltered) {
  std::vector<std::uint8_t> relief;
  for (int y = 0; y < 300; ++y) {
    for (int x = 0; x < 300; ++x) {
      auto const grey = static_cast<std::uint8_t>(x * x / 400 + y * y / 500 + (x * 7 + y * 13) % 3);
      relief.insert(relief.end(), 3, grey);
    }
  }
  EXPECT_LT(encode_png({300, 300, relief.data()}, {}).size(), relief.size() / 4);
}

TEST(Png, BytesDoNotDependOnThreads) {
  PaintOptions options;
  options.dpi = 500;  // more rows than one band
  auto const one = paint_png(tests::sample_page(), options);
  options.threads = 3;
  EXPECT_EQ(paint_png(tests::sample_page(), options), one);
}

}  // namespace
}  // namespace hachure::render
