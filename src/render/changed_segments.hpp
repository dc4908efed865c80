#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "render/filtered_pixels.hpp"
#include "render/png.hpp"

namespace hachure::render {

/// Segments in which a picture may not be what it was.
class ChangedSegments {
 public:
  /// None of a picture cut in this way.
  explicit ChangedSegments(StreamLayout const& layout)
      : per_row_(layout.segments_of_row()), marks_(layout.segments()), rows_(layout.height) {}

  explicit ChangedSegments(Raster const& picture)
      : ChangedSegments(StreamLayout{static_cast<std::uint32_t>(picture.width_px),
                                     static_cast<std::uint32_t>(picture.height_px)}) {}

  /// Those that hold the pixels `begin` to `end` of a row; at least one pixel.
  void add(std::uint32_t row, std::uint32_t begin, std::uint32_t end) {
    rows_[row] = 1;
    auto* const of_row = marks_.data() + std::size_t{row} * per_row_;
    std::fill(of_row + begin / segment_px, of_row + (end - 1) / segment_px + 1, std::uint8_t{1});
  }
  void add(ChangedSegments const& others) {
    others.for_each([this](std::uint32_t segment) {
      marks_[segment] = 1;
      rows_[segment / per_row_] = 1;
    });
  }
  void add_all() {
    std::fill(marks_.begin(), marks_.end(), std::uint8_t{1});
    std::fill(rows_.begin(), rows_.end(), std::uint8_t{1});
  }
  void clear() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row] == 0) continue;
      std::fill_n(marks_.begin() + static_cast<std::ptrdiff_t>(row * per_row_), per_row_,
                  std::uint8_t{0});
      rows_[row] = 0;
    }
  }

  /// Whether a row has some.
  bool has_row(std::uint32_t row) const { return rows_[row] != 0; }
  bool has(std::uint32_t segment) const { return marks_[segment] != 0; }
  /// Calls `visit(segment)` for each, ascending.
  template <class Visit>
  void for_each(Visit const& visit) const {
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row] == 0) continue;
      for (auto segment = row * per_row_; segment < (row + 1) * per_row_; ++segment) {
        if (marks_[segment] != 0) visit(segment);
      }
    }
  }

 private:
  std::uint32_t per_row_;
  std::vector<std::uint8_t> marks_;  ///< per segment
  std::vector<std::uint8_t> rows_;   ///< whether one of a row is marked
};

}  // namespace hachure::render
