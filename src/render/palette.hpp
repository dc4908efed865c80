#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// A few colours for many, such that a colour keeps its stand-in from frame to frame.
namespace hachure::render {

/// A colour 0xRRGGBB and the number of pixels that have it.
struct ColorCount {
  std::uint32_t rgb = 0;
  std::uint64_t count = 0;
};

/// Sorts by colour and adds up equal colours.
void merge_counts(std::vector<ColorCount>& counts);

/// At most `size` colours for those of `counts` (merged): what covers more than a thousandth of the
/// pixels as it is (up to half of `size`), for the rest the means of boxes that are cut where the
/// squared error is largest (after X. Wu, "Color Quantization by Dynamic Programming and Principal
/// Analysis", ACM TOG 11, 1992; cut at the mean along an axis of RGB).
std::vector<std::uint32_t> choose_colors(std::span<ColorCount const> counts, std::size_t size);

/// The palette of an animation. Maps of one campaign have few colours that change: the palette of
/// the first frame serves as long as its error stays unseen; then new colours take the places of
/// those least used, and all others stay. So an area that did not change does not change its
/// colour.
class StablePalette {
 public:
  /// @param size greatest number of colours
  explicit StablePalette(std::size_t size) : size_(size) {}

  /// Makes room for the colours of the next frame's changed pixels (merged). True if the palette is
  /// not what it was.
  bool adapt(std::span<ColorCount const> counts);

  /// 0xRRGGBB; no more than `size`.
  std::vector<std::uint32_t> const& colors() const { return colors_; }

  /// Index of the colour nearest to each of `counts`.
  std::vector<std::uint8_t> nearest(std::span<ColorCount const> counts) const;

 private:
  std::vector<ColorCount> poorly_served(std::span<ColorCount const> counts,
                                        std::span<std::uint8_t const> indices) const;
  std::uint64_t error_of(std::span<ColorCount const> counts) const;
  void take_in(std::span<std::uint32_t const> fresh, std::vector<bool> const& needed);

  std::size_t size_;
  std::vector<std::uint32_t> colors_;
  std::vector<std::uint64_t> pixels_;  ///< of each colour, over all frames
};

}  // namespace hachure::render
