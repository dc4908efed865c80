#include "render/frame_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "support/raster.hpp"
#include "support/sample.hpp"

namespace hachure::render {
namespace {

/// Numbers that are the same on every machine: distributions of the library are not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }

 private:
  std::mt19937 engine_;
};

using Paint = std::function<std::uint32_t(int x, int y)>;

Raster picture(int width_px, int height_px, Paint const& bgrx) {
  Raster raster{width_px, height_px, 96, {}};
  for (int y = 0; y < height_px; ++y) {
    for (int x = 0; x < width_px; ++x) {
      auto const color = bgrx(x, y);
      for (unsigned shift = 0; shift < 32; shift += 8) {
        raster.bgrx.push_back(static_cast<std::uint8_t>(color >> shift));
      }
    }
  }
  return raster;
}

void set_pixel(Raster& raster, int x, int y, std::uint32_t bgrx) {
  auto const at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width_px) +
                   static_cast<std::size_t>(x)) *
                  4;
  for (unsigned i = 0; i < 4; ++i) {
    raster.bgrx[at + i] = static_cast<std::uint8_t>(bgrx >> 8 * i);
  }
}

/// Grounds of maps: flat, of few colours, shaded (which takes another filter), noise.
std::vector<std::pair<std::string, Paint>> grounds(Dice& dice) {
  return {
      {"flat", [](int, int) { return 0xffd8e6efU; }},
      {"hatched", [](int x, int y) { return (x + 2 * y) % 7 == 0 ? 0xff303030U : 0xfff0f0e0U; }},
      {"shaded across",
       [&](int x, int y) {
         auto const v = static_cast<std::uint32_t>((x * 7 + dice.below(2) + y * 31) & 255);
         return v << 16U | v << 8U | v;
       }},
      {"shaded down",
       [&](int x, int y) {
         auto const v = static_cast<std::uint32_t>((x * 101 + dice.below(2) + y * 2) & 255);
         return v << 16U | (255U - v) << 8U | v;
       }},
      {"noise", [&](int, int) { return static_cast<std::uint32_t>(dice.below(1 << 24)); }},
  };
}

/// Some rectangles of one colour or of none in particular.
void scribble(Raster& raster, Dice& dice) {
  for (int n = dice.below(12); n > 0; --n) {
    int const x0 = dice.below(raster.width_px);
    int const y0 = dice.below(raster.height_px);
    int const x1 = std::min(raster.width_px, x0 + 1 + dice.below(40));
    int const y1 = std::min(raster.height_px, y0 + 1 + dice.below(12));
    auto const color = static_cast<std::uint32_t>(dice.below(1 << 24));
    bool const mixed = dice.below(3) == 0;
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        set_pixel(raster, x, y, mixed ? static_cast<std::uint32_t>(dice.below(1 << 24)) : color);
      }
    }
  }
}

std::vector<std::uint8_t> rgb_of(Raster const& raster) {
  std::vector<std::uint8_t> rgb;
  for (std::size_t i = 0; i < raster.bgrx.size(); i += 4) {
    for (std::size_t k = 3; k > 0; --k) rgb.push_back(raster.bgrx[i + k - 1]);
  }
  return rgb;
}

std::vector<std::uint8_t> decoded(std::string const& png) {
  auto const path = tests::scratch_folder() + "/frame.png";
  std::ofstream(path, std::ios::binary) << png;
  return tests::read_png(path).rgb;
}

TEST(FrameEncoder, AnyEditOfAnyGroundComesBackFromAnotherReader) {
  Dice dice(1857);
  std::pair<int, int> const sizes[] = {{1, 1}, {3, 130}, {63, 9}, {64, 9}, {65, 9}, {301, 260}};
  for (auto const& [width, height] : sizes) {
    for (auto const& [name, paint] : grounds(dice)) {
      auto const base = picture(width, height, paint);
      FrameEncoder const encoder(base, {});
      EXPECT_EQ(decoded(encoder.encode(base)), rgb_of(base)) << name << " " << width;
      for (int round = 0; round < 12; ++round) {
        auto frame = base;
        scribble(frame, dice);
        ASSERT_EQ(decoded(encoder.encode(frame)), rgb_of(frame)) << name << " " << width;
      }
    }
  }
}

TEST(FrameEncoder, BytesDependOnThePixelsOfTheFrameAlone) {
  Dice dice(7);
  auto const base = picture(400, 300, [](int x, int y) {
    return static_cast<std::uint32_t>((x / 9 * 40 + y / 5 * 7) & 0xff) * 0x010203U;
  });
  std::vector<Raster> frames;
  for (int i = 0; i < 24; ++i) {
    frames.push_back(base);
    scribble(frames.back(), dice);
  }
  // One that shares nothing, between others.
  for (auto& byte : frames[9].bgrx) byte = static_cast<std::uint8_t>(dice.below(256));
  FrameEncoder const encoder(base, {}, 1);
  std::vector<std::string> expected;
  for (auto const& frame : frames) expected.push_back(encoder.encode(frame));

  FrameEncoder const prepared_by_three(base, {}, 3);
  for (std::size_t i = frames.size(); i-- > 0;) {
    EXPECT_EQ(prepared_by_three.encode(frames[i]), expected[i]) << i;
  }
  std::vector<std::string> at_once(frames.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t k = 0; k < 3; ++k) {
      threads.emplace_back([&, k] {
        for (auto i = k; i < frames.size(); i += 3) at_once[i] = encoder.encode(frames[i]);
      });
    }
  }
  EXPECT_EQ(at_once, expected);
}

/// Segments that differ, and some that do not.
ChangedSegments changes_between(Raster const& a, Raster const& b, Dice& dice) {
  StreamLayout const layout{static_cast<std::uint32_t>(a.width_px),
                            static_cast<std::uint32_t>(a.height_px)};
  ChangedSegments out(layout);
  for (std::uint32_t i = 0; i < layout.segments(); ++i) {
    auto const part = layout.segment(i);
    for (auto x = part.begin; x < part.end; ++x) {
      auto const at = static_cast<std::ptrdiff_t>(layout.pixel_of(part.row, x) * 4);
      if (!std::equal(a.bgrx.begin() + at, a.bgrx.begin() + at + 4, b.bgrx.begin() + at)) {
        out.add(part.row, x, x + 1);
      }
    }
    if (dice.below(9) == 0) out.add(part.row, part.begin, part.end);
  }
  return out;
}

TEST(FrameEncoder, ASeriesGivesTheBytesOfItsFramesAlone) {
  Dice dice(1858);
  for (auto const& [name, paint] : grounds(dice)) {
    auto const base = picture(301, 260, paint);
    FrameEncoder const encoder(base, {});
    FrameEncoder::Series series(encoder);
    auto last = base;
    for (int i = 0; i < 16; ++i) {
      auto frame = i % 3 == 0 ? base : last;
      scribble(frame, dice);
      // One that shares nothing, between others.
      if (i == 7) {
        for (auto& byte : frame.bgrx) byte = static_cast<std::uint8_t>(dice.below(256));
      }
      ASSERT_EQ(series.encode(frame, changes_between(last, frame, dice)), encoder.encode(frame))
          << name << " " << i;
      last = std::move(frame);
    }
  }
}

TEST(FrameEncoder, TheUnusedByteOfAPixelIsNoChange) {
  auto const base =
      picture(100, 20, [](int x, int) { return 0xff000000U | static_cast<std::uint32_t>(x); });
  auto frame = base;
  for (std::size_t i = 3; i < frame.bgrx.size(); i += 4) frame.bgrx[i] = 0;
  FrameEncoder const encoder(base, {});
  FrameCost cost;
  EXPECT_EQ(encoder.encode(frame, &cost), encoder.encode(base));
  EXPECT_EQ(cost.segments, 40U);
  EXPECT_EQ(cost.changed, 0U);
  EXPECT_EQ(cost.compressed, 0U);
}

TEST(FrameEncoder, OnlyWhatChangedAndWhatCopiesItIsCompressed) {
  auto const base = picture(640, 100, [](int, int) { return 0xffffffU; });
  auto frame = base;
  set_pixel(frame, 100, 50, 0);
  FrameCost cost;
  FrameEncoder(base, {}).encode(frame, &cost);
  EXPECT_EQ(cost.segments, 1000U);
  EXPECT_EQ(cost.changed, 1U);
  EXPECT_LE(cost.compressed, 3U);
  EXPECT_FALSE(cost.whole);
}

TEST(FrameEncoder, AFrameThatSharesLittleIsAPictureOfItsOwn) {
  PngInfo const info{96, "Plan", "", "", "hachure", 0};
  auto const base = picture(200, 50, [](int, int) { return 0xffffffU; });
  auto const frame =
      picture(200, 50, [](int x, int y) { return static_cast<std::uint32_t>(x * y); });
  FrameCost cost;
  EXPECT_EQ(FrameEncoder(base, info).encode(frame, &cost), encode_png(frame, info));
  EXPECT_TRUE(cost.whole);
}

TEST(FrameEncoder, WordsAndDensityStandInEveryFrame) {
  PngInfo const info{96, "Plan", "", "", "hachure", 0};
  auto const base = picture(70, 5, [](int, int) { return 0x123456U; });
  auto const alone = encode_png(base, info);
  auto const framed = FrameEncoder(base, info).encode(base);
  auto const pixels = alone.find("IDAT") - 4;
  EXPECT_EQ(framed.substr(0, pixels), alone.substr(0, pixels));
}

TEST(FrameEncoder, SizesMustAgree) {
  auto const base = picture(4, 4, [](int, int) { return 0U; });
  FrameEncoder const encoder(base, {});
  EXPECT_THROW(encoder.encode(picture(4, 5, [](int, int) { return 0U; })), base::Error);
  EXPECT_THROW(FrameEncoder({}, {}), base::Error);
}

}  // namespace
}  // namespace hachure::render
