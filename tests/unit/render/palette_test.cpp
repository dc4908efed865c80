#include "render/palette.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace hachure::render {
namespace {

/// `n` greys of ten pixels each from `first` on, each `step` lighter.
std::vector<ColorCount> greys(std::uint32_t first, std::uint32_t n, std::uint32_t step = 1) {
  std::vector<ColorCount> counts;
  for (std::uint32_t i = 0; i < n; ++i) counts.push_back({(first + i * step) * 0x010101U, 10});
  return counts;
}

std::uint32_t shown(StablePalette const& palette, std::uint32_t rgb) {
  return palette.colors()[palette.nearest(std::vector<ColorCount>{{rgb, 1}})[0]];
}

TEST(Palette, EqualColoursAreAddedUp) {
  std::vector<ColorCount> counts{{7, 1}, {3, 2}, {7, 4}};
  merge_counts(counts);
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].rgb, 3U);
  EXPECT_EQ(counts[1].rgb, 7U);
  EXPECT_EQ(counts[1].count, 5U);
}

TEST(Palette, FewColoursStayAsTheyAre) {
  auto const counts = greys(0, 30, 3);
  auto const chosen = choose_colors(counts, 30);
  for (auto const& c : counts) {
    EXPECT_NE(std::find(chosen.begin(), chosen.end(), c.rgb), chosen.end()) << c.rgb;
  }
}

TEST(Palette, AWideColourStaysAsItIsAmongMany) {
  auto counts = greys(0, 256);
  counts.push_back({0xB8D0DE, 100'000});
  merge_counts(counts);
  auto const chosen = choose_colors(counts, 16);
  EXPECT_EQ(chosen.size(), 16U);
  EXPECT_EQ(chosen[0], 0xB8D0DEU);
  StablePalette palette(16);
  palette.adapt(counts);
  for (auto const& c : counts) {
    // 15 colours for 256 greys: none is farther than a box of 256 / 15 is wide
    EXPECT_LE(
        std::abs(static_cast<int>(shown(palette, c.rgb) & 255U) - static_cast<int>(c.rgb & 255U)),
        18);
  }
}

TEST(Palette, StaysWhileItServes) {
  StablePalette palette(64);
  EXPECT_TRUE(palette.adapt(greys(0, 64, 4)));
  auto const before = palette.colors();
  EXPECT_FALSE(palette.adapt(greys(1, 63, 4)));
  EXPECT_EQ(palette.colors(), before);
  // Three pixels somewhat off are no reason to change it, three of a strange colour are.
  EXPECT_FALSE(palette.adapt(std::vector<ColorCount>{{0x10101C, 3}}));
  EXPECT_TRUE(palette.adapt(std::vector<ColorCount>{{0xFF0000, 3}}));
}

TEST(Palette, ANewColourTakesThePlaceOfTheLeastUsed) {
  auto counts = greys(0, 64, 4);
  counts[5].count = 1;
  StablePalette palette(64);
  palette.adapt(counts);
  EXPECT_TRUE(palette.adapt(std::vector<ColorCount>{{0xD01020, 500}}));
  EXPECT_EQ(palette.colors().size(), 64U);
  EXPECT_EQ(shown(palette, 0xD01020), 0xD01020U);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i == 5) continue;
    EXPECT_EQ(shown(palette, counts[i].rgb), counts[i].rgb) << i;
  }
}

TEST(Palette, AnotherPictureHasAnotherPalette) {
  StablePalette palette(16);
  palette.adapt(greys(0, 16, 2));
  std::vector<ColorCount> other;
  for (std::uint32_t i = 0; i < 200; ++i) other.push_back({0xC00000 + i * 0x100, 50});
  EXPECT_TRUE(palette.adapt(other));
  for (auto const rgb : palette.colors()) EXPECT_EQ(rgb >> 16, 0xC0U);
}

}  // namespace
}  // namespace hachure::render
