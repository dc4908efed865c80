#include "render/video.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <numeric>

#include "base/error.hpp"
#include "base/file.hpp"
#include "render/video_encoder.hpp"
#include "support/animation.hpp"
#include "support/raster.hpp"

namespace hachure::render {
namespace {

namespace fs = std::filesystem;

Raster blank(int width_px, int height_px, std::uint32_t rgb) {
  Raster raster{width_px, height_px, 96, {}};
  for (int i = 0; i < width_px * height_px; ++i) {
    for (unsigned const shift : {0U, 8U, 16U}) {
      raster.bgrx.push_back(static_cast<std::uint8_t>(rgb >> shift & 255U));
    }
    raster.bgrx.push_back(static_cast<std::uint8_t>(i));  // unused, and never looked at
  }
  return raster;
}

void fill(Raster& raster, PixelBox const& box, std::uint32_t rgb) {
  for (int y = box.y0; y < box.y1; ++y) {
    for (int x = box.x0; x < box.x1; ++x) {
      auto* const p = raster.bgrx.data() + static_cast<std::ptrdiff_t>(y * raster.width_px + x) * 4;
      for (unsigned k = 0; k < 3; ++k) p[k] = static_cast<std::uint8_t>(rgb >> (8 * k) & 255U);
    }
  }
}

std::vector<std::uint32_t> pixels_of(Raster const& raster) {
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < raster.height_px; ++y) {
    for (int x = 0; x < raster.width_px; ++x) {
      pixels.push_back(rgb_at(raster.bgrx.data(), raster.width_px, x, y));
    }
  }
  return pixels;
}

/// Sea, land, a slope of greys and two blocks far apart, of which one moves by odd steps.
std::vector<Raster> frames_of(int width_px, int height_px, int count) {
  auto still = blank(width_px, height_px, 0xB8D0DE);
  fill(still, {0, 0, width_px, height_px / 3}, 0xEAE1C6);
  fill(still, {0, 0, width_px / 3, height_px / 3}, 0xB3202A);
  for (int x = 0; x < width_px; ++x) {
    auto const grey = static_cast<std::uint32_t>(60 + x * 150 / width_px);
    fill(still, {x, height_px / 2, x + 1, height_px / 2 + 9}, grey * 0x010101U);
  }
  std::vector<Raster> frames;
  for (int i = 0; i < count; ++i) {
    auto frame = still;
    int const x = 1 + 3 * i;
    fill(frame, {x, height_px / 2 - 5, x + 7, height_px / 2 + 5}, 0xB3202A);
    fill(frame, {width_px - 3, height_px - 4, width_px, height_px},
         static_cast<std::uint32_t>(i * 30));
    frames.push_back(std::move(frame));
  }
  return frames;
}

VideoOptions options_for(Raster const& frame) {
  VideoOptions options;
  options.width_px = frame.width_px;
  options.height_px = frame.height_px;
  options.title = "Möve & <Co>";
  return options;
}

std::string write(std::string const& name, std::vector<Raster> const& frames,
                  VideoOptions const& options) {
  auto const path = tests::scratch_folder() + "/" + name;
  auto const writer = make_video_writer(path, options);
  for (auto const& frame : frames) writer->add(frame);
  writer->finish();
  return path;
}

std::string content(std::string const& path) {
  return base::read_file(path, 1U << 26);
}

std::string error_of(std::string const& name, VideoOptions const& options, base::Fault fault) {
  try {
    make_video_writer(name, options);
  } catch (base::Error const& error) {
    EXPECT_EQ(error.fault(), fault);
    return error.what();
  }
  return "no error";
}

double sum(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Largest difference of a channel between two pictures, leaving out pixels beside an edge: films
/// hold the colour of 2 x 2 pixels.
int largest_difference(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b,
                       PixelBox const& box, int width) {
  int largest = 0;
  for (int y = box.y0; y < box.y1; ++y) {
    for (int x = box.x0; x < box.x1; ++x) {
      auto const i = static_cast<std::size_t>(y * width + x);
      for (unsigned const shift : {0U, 8U, 16U}) {
        largest = std::max(largest, std::abs(static_cast<int>(a[i] >> shift & 255U) -
                                             static_cast<int>(b[i] >> shift & 255U)));
      }
    }
  }
  return largest;
}

double mean_difference(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (unsigned const shift : {0U, 8U, 16U}) {
      total +=
          std::abs(static_cast<int>(a[i] >> shift & 255U) - static_cast<int>(b[i] >> shift & 255U));
    }
  }
  return total / static_cast<double>(a.size() * 3);
}

TEST(VideoParts, TicksFollowTheSumOfSeconds) {
  TickClock clock(100, 2);
  std::vector<std::int64_t> ticks;
  for (int i = 0; i < 6; ++i) ticks.push_back(clock.take(1.0 / 30));
  EXPECT_EQ(ticks, (std::vector<std::int64_t>{3, 4, 3, 3, 4, 3}));
  // What is lengthened to the least is taken from what follows.
  EXPECT_EQ(clock.take(0.001), 2);
  EXPECT_EQ(clock.take(0.1), 8);
}

TEST(VideoParts, SecondsAsFractions) {
  auto const is = [](double value, std::int64_t over, std::int64_t under) {
    auto const ratio = ratio_of(value);
    EXPECT_EQ(ratio.numerator, over) << value;
    EXPECT_EQ(ratio.denominator, under) << value;
  };
  is(0.04, 1, 25);
  is(1.0 / 30, 1, 30);
  is(1001.0 / 30000, 1001, 30000);
  is(1 / 29.97, 100, 2997);
  is(2, 2, 1);
  is(1.5, 3, 2);
}

TEST(VideoParts, LongStretchesWithoutChangeAreTransparent) {
  auto before = blank(40, 1, 0x102030);
  auto now = before;
  for (int const x : {2, 6, 30}) fill(now, {x, 0, x + 1, 1}, 0xFF0000);
  VideoFrame const frame{40, now.bgrx.data(), before.bgrx.data(), {2, 0, 31, 1}, 1};
  std::vector<std::uint32_t> row(29, 1);
  delta_row(frame, 0, row.data());
  std::vector<std::uint32_t> expected(29, 0);
  for (std::size_t i = 0; i < 5; ++i) expected[i] = 0xFF102030;  // short: as it is
  expected[0] = expected[4] = expected[28] = 0xFFFF0000;
  EXPECT_EQ(row, expected);
}

TEST(VideoFormats, AreFoundByExtension) {
  EXPECT_EQ(find_video_format(".MP4")->id, "mp4");
  EXPECT_EQ(find_video_format(".apng")->id, "png");
  EXPECT_EQ(find_video_format("webp"), nullptr);
  for (auto const& format : video_formats()) {
    for (auto const name : format.extensions) EXPECT_EQ(find_video_format(name), &format);
  }
}

TEST(Video, UnknownExtensionsAreSaid) {
  EXPECT_EQ(error_of("x.wepb", {}, base::Fault::usage),
            "x.wepb: \".wepb\" is not a video format\n  hint: did you mean \".webp\"?");
  EXPECT_EQ(error_of("x.svg.gz", {}, base::Fault::usage),
            "x.svg.gz: \".gz\" is not a video format\n"
            "  hint: one of: .webp, .png, .apng, .gif, .mp4, .m4v, .webm");
  EXPECT_EQ(error_of("film", {}, base::Fault::usage),
            "film: the name has no extension to tell the video format\n"
            "  hint: one of: .webp, .png, .apng, .gif, .mp4, .m4v, .webm");
}

TEST(Video, WhatAFormatCannotHoldIsSaid) {
  auto options = options_for(blank(641, 480, 0));
  EXPECT_EQ(error_of("x.mp4", options, base::Fault::input),
            "x.mp4: frames of 641 x 480 pixels: the sides of .mp4 are even\n"
            "  hint: --size 642x480 is the next even size");
  options.width_px = 20'000;
  EXPECT_EQ(error_of("x.webp", options, base::Fault::input),
            "x.webp: frames of 20000 x 480 pixels: a side of .webp has 1 to 16383 pixels\n"
            "  hint: choose another --size or --dpi");
  options.width_px = 640;
  options.frame_seconds = 0.01;
  EXPECT_EQ(error_of("x.gif", options, base::Fault::input),
            "x.gif: a frame of 0.01 s: one of .gif is shown for 0.02 to 600 s\n"
            "  hint: fewer frames per second, or .mp4");
  options.frame_seconds = 0.04;
  options.quality = 50;
  EXPECT_EQ(error_of("x.png", options, base::Fault::usage),
            "x.png: .png has no quality to choose\n"
            "  hint: leave the quality out, or write .webp, .mp4 or .webm");
  options.quality = 101;
  EXPECT_EQ(error_of("x.webp", options, base::Fault::usage),
            "x.webp: quality 101 is not within 0 to 100");
  options.quality.reset();
  options.loop = -1;
  EXPECT_EQ(error_of("x.webp", options, base::Fault::usage),
            "x.webp: a video cannot be played -1 times: 0 (for ever) to 65535");
}

/// One test per format that can be written here.
class EveryVideo : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto const missing = find_video_format("." + GetParam())->missing();
    if (!missing.what.empty()) GTEST_SKIP() << missing.what;
  }
  std::string name(std::string const& stem) const { return stem + "." + GetParam(); }
};

TEST_P(EveryVideo, HasTheSameBytesEachTime) {
  auto const frames = frames_of(96, 64, 9);
  auto const options = options_for(frames[0]);
  // Several times: what an encoder makes of memory that others used differs now and then only. Not
  // EXPECT_EQ, which would print the files.
  auto const first = content(write(name("a"), frames, options));
  for (int i = 0; i < 12; ++i) {
    EXPECT_TRUE(content(write(name("b"), frames, options)) == first) << i;
  }
}

TEST_P(EveryVideo, LeavesNothingWhenItIsNotFinished) {
  auto const folder = fs::path(tests::scratch_folder()) / "unfinished";
  auto const frames = frames_of(96, 64, 9);
  {
    auto const writer = make_video_writer(folder / name("a"), options_for(frames[0]));
    for (auto const& frame : frames) writer->add(frame);
    EXPECT_FALSE(fs::is_empty(folder));
  }
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST_P(EveryVideo, RefusesFramesOfAnotherSizeAndNone) {
  auto const path = tests::scratch_folder() + "/" + name("none");
  auto const writer = make_video_writer(path, options_for(blank(8, 8, 0)));
  EXPECT_THROW(writer->add(blank(8, 10, 0)), base::Error);
  EXPECT_THROW(writer->add(blank(8, 8, 0), 0), base::Error);
  try {
    writer->finish();
    FAIL();
  } catch (base::Error const& error) {
    EXPECT_EQ(error.what(), path + ": a video without frames");
  }
}

TEST_P(EveryVideo, SaysThatTheDiskIsFull) {
  auto const folder = fs::path(tests::scratch_folder()) / "full";
  std::vector<Raster> frames;
  std::uint32_t noise = 1;
  for (int i = 0; i < 40; ++i) {
    frames.push_back(blank(128, 128, 0));
    for (auto& byte : frames.back().bgrx) {
      noise = noise * 1664525 + 1013904223;
      byte = static_cast<std::uint8_t>(noise >> 24);
    }
  }
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  auto const previous = std::signal(SIGXFSZ, SIG_IGN);
  rlimit const few{20'000, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &few);
  auto fault = base::Fault::defect;
  std::string text;
  try {
    auto const writer = make_video_writer(folder / name("a"), options_for(frames[0]));
    for (auto const& frame : frames) writer->add(frame);
    writer->finish();
  } catch (base::Error const& error) {
    fault = error.fault();
    text = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, previous);
  EXPECT_EQ(fault, base::Fault::environment) << text;
  EXPECT_NE(text.find("cannot be written: "), std::string::npos) << text;
  EXPECT_TRUE(fs::is_empty(folder));
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryVideo, testing::Values("webp", "png", "gif", "mp4", "webm"),
                         [](auto const& of) { return of.param; });

TEST(WebpVideo, EveryPixelComesBack) {
  auto frames = frames_of(61, 43, 8);
  frames.insert(frames.begin() + 3, frames[2]);  // one picture shown twice as long
  auto options = options_for(frames[0]);
  options.loop = 3;
  auto const path = write("exact.webp", frames, options);
  auto const read = tests::read_webp(path);
  EXPECT_EQ(read.width, 61);
  EXPECT_EQ(read.height, 43);
  ASSERT_EQ(read.frames.size(), 8U);
  frames.erase(frames.begin() + 3);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(read.frames[i], pixels_of(frames[i])) << i;
    EXPECT_DOUBLE_EQ(read.seconds[i], i == 2 ? 0.08 : 0.04) << i;
  }
  auto const bytes = content(path);
  EXPECT_NE(bytes.find(std::string("ANIM\6\0\0\0\0\0\0\0\3\0", 14)), std::string::npos);
  EXPECT_NE(bytes.find("Möve &amp; &lt;Co></rdf:li>"), std::string::npos);
  EXPECT_EQ(bytes.size() % 2, 0U);
}

TEST(WebpVideo, AQualityMakesItLossy) {
  auto const frames = frames_of(96, 64, 3);
  auto options = options_for(frames[0]);
  options.quality = 80;
  auto const read = tests::read_webp(write("lossy.webp", frames, options));
  ASSERT_EQ(read.frames.size(), 3U);
  auto const flat = largest_difference(read.frames[2], pixels_of(frames[2]), {40, 2, 90, 18}, 96);
  EXPECT_LE(flat, 6);
  EXPECT_NE(read.frames[2], pixels_of(frames[2]));
}

TEST(WebpVideo, AFrameLongerThanOneMayBeIsToldAsTwo) {
  auto const frame = blank(8, 8, 0x336699);
  auto const path = tests::scratch_folder() + "/long.webp";
  auto const writer = make_video_writer(path, options_for(frame));
  for (int i = 0; i < 3; ++i) writer->add(frame, 400);
  writer->finish();
  auto const read = tests::read_webp(path);
  EXPECT_EQ(read.seconds, (std::vector<double>{400, 400, 400}));
  EXPECT_EQ(read.frames[2], pixels_of(frame));
}

class SeenByFfmpeg : public testing::Test {
 protected:
  void SetUp() override {
    if (!tests::has_ffmpeg()) GTEST_SKIP() << "no ffmpeg";
  }
};

TEST_F(SeenByFfmpeg, EveryPixelOfAnAnimatedPng) {
  auto frames = frames_of(61, 43, 8);
  frames.insert(frames.begin() + 3, frames[2]);
  auto options = options_for(frames[0]);
  options.frame_seconds = 1.0 / 30;
  auto const path = write("exact.png", frames, options);
  auto const read = tests::read_animation(path);
  EXPECT_EQ(read.width, 61);
  EXPECT_EQ(read.height, 43);
  ASSERT_EQ(read.frames.size(), 8U);
  frames.erase(frames.begin() + 3);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(read.frames[i], pixels_of(frames[i])) << i;
    EXPECT_NEAR(read.seconds[i], i == 2 ? 2.0 / 30 : 1.0 / 30, 1e-5) << i;
  }
  // The first frame is the picture that other programs show.
  EXPECT_EQ(tests::read_png(path).width, 61);
  // Eight frames, for ever; the title beyond ASCII.
  auto const bytes = content(path);
  EXPECT_NE(bytes.find(std::string("acTL\0\0\0\10\0\0\0\0", 12)), std::string::npos);
  EXPECT_NE(bytes.find("Möve & <Co>"), std::string::npos);
}

TEST_F(SeenByFfmpeg, EveryPixelOfAGifOfFewColours) {
  auto frames = frames_of(61, 43, 8);
  frames.insert(frames.begin() + 3, frames[2]);
  auto options = options_for(frames[0]);
  options.frame_seconds = 1.0 / 30;
  auto const read = tests::read_animation(write("exact.gif", frames, options));
  EXPECT_EQ(read.width, 61);
  EXPECT_EQ(read.height, 43);
  ASSERT_EQ(read.frames.size(), 8U);
  EXPECT_NEAR(sum(read.seconds), 0.3, 1e-9);
  frames.erase(frames.begin() + 3);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(largest_difference(read.frames[i], pixels_of(frames[i]), {0, 0, 58, 39}, 61), 0) << i;
    // The blues in the corner are new from frame to frame.
    EXPECT_LE(largest_difference(read.frames[i], pixels_of(frames[i]), {58, 39, 61, 43}, 61), 10)
        << i;
  }
}

TEST_F(SeenByFfmpeg, ColoursOfAGifDoNotCrawl) {
  // Two slopes of colours, far more than 255, over which a block moves and leaves them again.
  auto still = blank(160, 120, 0);
  for (int y = 0; y < 120; ++y) {
    for (int x = 0; x < 160; ++x) {
      auto const rgb = static_cast<std::uint32_t>((120 + x / 2) << 16 | (90 + y) << 8 | 150);
      fill(still, {x, y, x + 1, y + 1}, rgb);
    }
  }
  std::vector<Raster> frames{still};
  for (int i = 0; i < 10; ++i) {
    auto frame = still;
    fill(frame, {10 * i, 40, 10 * i + 25, 70}, 0x10A0FF - static_cast<std::uint32_t>(i) * 0x100800);
    frames.push_back(std::move(frame));
  }
  frames.push_back(still);
  auto const read = tests::read_animation(write("crawl.gif", frames, options_for(still)));
  ASSERT_EQ(read.frames.size(), frames.size());
  auto const first = pixels_of(still);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    auto const source = pixels_of(frames[i]);
    std::size_t other = 0;
    for (std::size_t k = 0; k < source.size(); ++k) {
      if (source[k] == first[k] && read.frames[i][k] != read.frames[0][k]) ++other;
    }
    EXPECT_LE(other, source.size() / 200) << i;
    EXPECT_LE(largest_difference(read.frames[i], source, {0, 0, 160, 120}, 160), 12) << i;
  }
}

class Film : public SeenByFfmpeg, public testing::WithParamInterface<std::string> {};

TEST_P(Film, HasItsSizeRateLengthAndColours) {
  if (!find_video_format("." + GetParam())->missing().what.empty()) GTEST_SKIP();
  auto frames = frames_of(96, 64, 9);
  frames.push_back(frames.back());
  auto options = options_for(frames[0]);
  options.frame_seconds = 1.0 / 30;
  auto const path = write("film." + GetParam(), frames, options);
  auto const read = tests::read_animation(path);
  EXPECT_EQ(read.width, 96);
  EXPECT_EQ(read.height, 64);
  ASSERT_EQ(read.frames.size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    auto const source = pixels_of(frames[i]);
    EXPECT_LE(largest_difference(read.frames[i], source, {4, 2, 28, 17}, 96), 6) << i;
    EXPECT_LE(largest_difference(read.frames[i], source, {36, 2, 94, 17}, 96), 6) << i;
    EXPECT_LE(mean_difference(read.frames[i], source), 2.5) << i;
  }
  EXPECT_EQ(tests::probe(path, "stream=r_frame_rate"), std::vector<std::string>{"30/1"});
  EXPECT_EQ(tests::probe(path, "format_tags=title"), std::vector<std::string>{"Möve & <Co>"});
  EXPECT_EQ(tests::probe(path, "stream=color_range,color_space,color_transfer,color_primaries"),
            (std::vector<std::string>{"tv", "bt709", "bt709", "bt709"}));
  auto const duration = tests::probe(path, "format=duration");
  ASSERT_EQ(duration.size(), 1U);
  EXPECT_NEAR(std::stod(duration[0]), 10.0 / 30, 0.001);
}

INSTANTIATE_TEST_SUITE_P(Formats, Film, testing::Values("mp4", "webm"),
                         [](auto const& of) { return of.param; });

TEST_F(SeenByFfmpeg, AnMp4BeginsWithItsIndex) {
  if (!missing_for_mp4().what.empty()) GTEST_SKIP();
  auto const frames = frames_of(96, 64, 9);
  auto const bytes = content(write("fast.mp4", frames, options_for(frames[0])));
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST_F(SeenByFfmpeg, AWebmMayHaveOddSides) {
  if (!missing_for_webm().what.empty()) GTEST_SKIP();
  auto const frames = frames_of(61, 43, 4);
  auto const read = tests::read_animation(write("odd.webm", frames, options_for(frames[0])));
  EXPECT_EQ(read.width, 61);
  EXPECT_EQ(read.height, 43);
  ASSERT_EQ(read.frames.size(), 4U);
  EXPECT_LE(largest_difference(read.frames[3], pixels_of(frames[3]), {2, 34, 56, 43}, 61), 3);
}

}  // namespace
}  // namespace hachure::render
