#include "render/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace hachure::render {

namespace {

std::array<int, 3> channels(std::uint32_t rgb) {
  return {static_cast<int>(rgb >> 16 & 255U), static_cast<int>(rgb >> 8 & 255U),
          static_cast<int>(rgb & 255U)};
}

/// Squared distance; the weights follow how much each channel adds to what the eye sees.
constexpr std::array<int, 3> weights{2, 4, 3};

int distance(std::uint32_t a, std::uint32_t b) {
  auto const p = channels(a);
  auto const q = channels(b);
  int sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += weights[i] * (p[i] - q[i]) * (p[i] - q[i]);
  return sum;
}

/// Nine weights times the square of a step of 6 in 255: beside each other such colours are told
/// apart with effort, in different frames not at all.
constexpr int unseen = 9 * 6 * 6;

/// Colours `begin` to `end` of a list, with the error of replacing them by their mean.
struct Box {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::array<double, 3> mean{};
  std::size_t axis = 0;  ///< along which the error is largest
  double error = 0;      ///< of all axes
};

Box measured(std::vector<ColorCount> const& list, std::size_t begin, std::size_t end) {
  Box box{begin, end, {}, 0, 0};
  double pixels = 0;
  std::array<double, 3> squares{};
  for (auto i = begin; i < end; ++i) {
    auto const c = channels(list[i].rgb);
    auto const count = static_cast<double>(list[i].count);
    pixels += count;
    for (std::size_t k = 0; k < 3; ++k) {
      box.mean[k] += count * c[k];
      squares[k] += count * c[k] * c[k];
    }
  }
  double largest = -1;
  for (std::size_t k = 0; k < 3; ++k) {
    box.mean[k] /= pixels;
    double const error = weights[k] * (squares[k] - pixels * box.mean[k] * box.mean[k]);
    box.error += error;
    if (error > largest) box.axis = k;
    largest = std::max(largest, error);
  }
  return box;
}

/// Cuts at the mean; the upper part is returned, the lower stays in `box`.
Box cut(std::vector<ColorCount>& list, Box& box) {
  auto const at = [&](std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
  auto const middle = std::partition(at(box.begin), at(box.end), [&](ColorCount const& c) {
    return channels(c.rgb)[box.axis] <= box.mean[box.axis];
  });
  auto const split = static_cast<std::size_t>(middle - list.begin());
  auto const upper = measured(list, split, box.end);
  box = measured(list, box.begin, split);
  return upper;
}

std::uint32_t color_of(Box const& box) {
  std::uint32_t rgb = 0;
  for (double const mean : box.mean) rgb = rgb << 8 | static_cast<std::uint32_t>(std::lround(mean));
  return rgb;
}

std::uint64_t sum_of(std::span<ColorCount const> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                         [](std::uint64_t sum, ColorCount const& c) { return sum + c.count; });
}

}  // namespace

void merge_counts(std::vector<ColorCount>& counts) {
  std::sort(counts.begin(), counts.end(),
            [](ColorCount const& a, ColorCount const& b) { return a.rgb < b.rgb; });
  std::size_t kept = 0;
  for (auto const& entry : counts) {
    if (kept > 0 && counts[kept - 1].rgb == entry.rgb) {
      counts[kept - 1].count += entry.count;
    } else {
      counts[kept++] = entry;
    }
  }
  counts.resize(kept);
}

std::vector<std::uint32_t> choose_colors(std::span<ColorCount const> counts, std::size_t size) {
  std::vector<ColorCount> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](ColorCount const& a, ColorCount const& b) { return a.count > b.count; });
  std::vector<std::uint32_t> chosen;
  auto const frequent = sum_of(counts) / 1000;
  std::size_t const as_they_are = list.size() <= size ? size : size / 2;
  for (auto const& c : list) {
    if (chosen.size() == as_they_are || (list.size() > size && c.count <= frequent)) break;
    chosen.push_back(c.rgb);
  }
  list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(chosen.size()));
  if (list.empty() || chosen.size() == size) return chosen;
  std::vector<Box> boxes{measured(list, 0, list.size())};
  while (boxes.size() + chosen.size() < size) {
    auto const worst = std::max_element(
        boxes.begin(), boxes.end(), [](Box const& a, Box const& b) { return a.error < b.error; });
    if (worst->error < 1 || worst->end - worst->begin < 2) break;
    auto const upper = cut(list, *worst);
    if (upper.begin == upper.end || worst->begin == worst->end) break;
    boxes.push_back(upper);
  }
  for (auto const& box : boxes) chosen.push_back(color_of(box));
  return chosen;
}

std::vector<std::uint8_t> StablePalette::nearest(std::span<ColorCount const> counts) const {
  std::vector<std::uint8_t> indices;
  indices.reserve(counts.size());
  std::size_t last = 0;
  for (auto const& c : counts) {
    // Neighbours in order of colour mostly share their stand-in: its distance bounds the search.
    std::size_t best = last;
    int least = colors_.empty() ? 0 : distance(c.rgb, colors_[best]);
    for (std::size_t i = 0; i < colors_.size() && least > 0; ++i) {
      int const d = distance(c.rgb, colors_[i]);
      if (d < least || (d == least && i < best)) best = i;
      least = std::min(least, d);
    }
    indices.push_back(static_cast<std::uint8_t>(best));
    last = best;
  }
  return indices;
}

std::vector<ColorCount> StablePalette::poorly_served(std::span<ColorCount const> counts,
                                                     std::span<std::uint8_t const> indices) const {
  std::vector<ColorCount> poor;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (distance(counts[i].rgb, colors_[indices[i]]) > unseen) poor.push_back(counts[i]);
  }
  return poor;
}

std::uint64_t StablePalette::error_of(std::span<ColorCount const> counts) const {
  auto const indices = nearest(counts);
  std::uint64_t error = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    error +=
        counts[i].count * static_cast<std::uint64_t>(distance(counts[i].rgb, colors_[indices[i]]));
  }
  return error;
}

void StablePalette::take_in(std::span<std::uint32_t const> fresh, std::vector<bool> const& needed) {
  for (auto const rgb : fresh) {
    if (colors_.size() < size_) {
      colors_.push_back(rgb);
      pixels_.push_back(0);
      continue;
    }
    std::size_t place = colors_.size();
    for (std::size_t i = 0; i < needed.size(); ++i) {
      bool const free = !needed[i] && pixels_[i] != std::numeric_limits<std::uint64_t>::max();
      if (free && (place == colors_.size() || pixels_[i] < pixels_[place])) place = i;
    }
    if (place == colors_.size()) return;
    colors_[place] = rgb;
    pixels_[place] = std::numeric_limits<std::uint64_t>::max();  // not to be replaced at once
  }
}

bool StablePalette::adapt(std::span<ColorCount const> counts) {
  constexpr std::uint64_t bearable = std::uint64_t{24} * 9 * 10 * 10;  // 24 pixels off by 10 of 255
  constexpr std::size_t at_once = 48;
  bool changed = false;
  if (colors_.empty()) {
    colors_ = choose_colors(counts, size_);
    pixels_.assign(colors_.size(), 0);
    changed = true;
  }
  auto indices = nearest(counts);
  auto const poor = poorly_served(counts, indices);
  if (!changed && error_of(poor) >= bearable) {
    if (sum_of(poor) * 2 > sum_of(counts) && poor.size() > size_) {
      colors_ = choose_colors(counts, size_);  // another picture
      pixels_.assign(colors_.size(), 0);
    } else {
      std::vector<bool> needed(colors_.size());
      for (std::size_t i = 0; i < counts.size(); ++i) {
        if (distance(counts[i].rgb, colors_[indices[i]]) <= unseen) needed[indices[i]] = true;
      }
      take_in(choose_colors(poor, at_once), needed);
    }
    changed = true;
    indices = nearest(counts);
  }
  for (auto& pixels : pixels_) {
    if (pixels == std::numeric_limits<std::uint64_t>::max()) pixels = 0;
  }
  for (std::size_t i = 0; i < counts.size(); ++i) pixels_[indices[i]] += counts[i].count;
  return changed;
}

}  // namespace hachure::render
