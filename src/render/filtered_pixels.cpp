#include "render/filtered_pixels.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <array>
#include <cstring>

namespace hachure::render {

namespace {

PixelBytes load(std::uint8_t const* row, std::uint32_t x) {
  std::uint32_t bgrx = 0;
  std::memcpy(&bgrx, row + std::size_t{x} * 4, 4);
  return (bgrx & 0xffU) << 16U | (bgrx & 0xff00U) | (bgrx >> 16U & 0xffU);
}

/// Difference of each byte by itself, modulo 256 (H. S. Warren, Hacker's Delight, section 2-18).
PixelBytes minus(PixelBytes a, PixelBytes b) {
  constexpr std::uint32_t high = 0x808080;
  return ((a | high) - (b & ~high)) ^ ((a ^ ~b) & high);
}

#ifdef __SSE2__

__m128i load_four(PixelBytes const* pixels) {
  return _mm_loadu_si128(reinterpret_cast<__m128i const*>(pixels));
}

std::int32_t total(__m128i four) {
  std::array<std::int32_t, 4> lanes{};
  _mm_storeu_si128(reinterpret_cast<__m128i*>(lanes.data()), four);
  return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

/// Sums over the changes of bytes: of themselves, and times their number.
struct Weighted {
  std::int32_t sum = 0;
  std::int32_t weighted = 0;
};

/// Four pixels at a time: their bytes weigh by their number among the 12, and 12 more for each four
/// before. That is summed up without a product: what has come so far counts once more each time.
Weighted weighted_difference(PixelBytes const* from, PixelBytes const* to, std::uint32_t fours) {
  auto const zero = _mm_setzero_si128();
  auto const ones = _mm_set1_epi16(1);
  auto const low_weights = _mm_setr_epi16(0, 1, 2, 0, 3, 4, 5, 0);
  auto const high_weights = _mm_setr_epi16(6, 7, 8, 0, 9, 10, 11, 0);
  auto sums = zero;
  auto inside = zero;
  auto repeated = zero;
  for (std::uint32_t i = 0; i < fours; ++i) {
    auto const a = load_four(from + 4 * std::size_t{i});
    auto const b = load_four(to + 4 * std::size_t{i});
    auto const low = _mm_sub_epi16(_mm_unpacklo_epi8(b, zero), _mm_unpacklo_epi8(a, zero));
    auto const high = _mm_sub_epi16(_mm_unpackhi_epi8(b, zero), _mm_unpackhi_epi8(a, zero));
    sums = _mm_add_epi32(sums, _mm_madd_epi16(_mm_add_epi16(low, high), ones));
    inside = _mm_add_epi32(inside, _mm_add_epi32(_mm_madd_epi16(low, low_weights),
                                                 _mm_madd_epi16(high, high_weights)));
    repeated = _mm_add_epi32(repeated, sums);
  }
  auto const sum = total(sums);
  // `repeated` holds the first four `fours` times, the last one once.
  return {sum, total(inside) + 12 * (static_cast<std::int32_t>(fours) * sum - total(repeated))};
}

#endif

}  // namespace

void filter_segment(StreamLayout const& layout, std::uint8_t const* bgrx, Filter filter,
                    Segment const& part, PixelBytes* to) {
  std::size_t const first = layout.pixel_of(part.row, 0);
  auto const* const row = bgrx + first * 4;
  to += first;
  switch (filter) {
    case Filter::none:
      for (auto x = part.begin; x < part.end; ++x) to[x] = load(row, x);
      return;
    case Filter::sub:
      for (auto x = part.begin; x < part.end; ++x) {
        to[x] = minus(load(row, x), x > 0 ? load(row, x - 1) : 0);
      }
      return;
    case Filter::up:
      auto const* const above = part.row > 0 ? row - std::size_t{layout.width} * 4 : nullptr;
      for (auto x = part.begin; x < part.end; ++x) {
        to[x] = minus(load(row, x), above != nullptr ? load(above, x) : 0);
      }
      return;
  }
}

std::uint64_t differences(PixelBytes const* a, PixelBytes const* b, std::uint32_t count) {
  std::uint64_t out = 0;
  std::uint32_t i = 0;
#ifdef __SSE2__
  for (; i + 16 <= count; i += 16) {
    auto const same = [&](std::uint32_t k) {
      return _mm_cmpeq_epi32(load_four(a + i + k), load_four(b + i + k));
    };
    auto const low = _mm_packs_epi32(same(0), same(4));
    auto const high = _mm_packs_epi32(same(8), same(12));
    auto const bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
    out |= std::uint64_t{bits ^ 0xffffU} << i;
  }
#endif
  for (; i < count; ++i) out |= std::uint64_t{a[i] != b[i]} << i;
  return out;
}

void StreamChecksum::change(std::uint64_t at, PixelBytes const* from, PixelBytes const* to,
                            std::uint32_t count) {
  std::int32_t sum = 0;
  std::int32_t weighted = 0;
  std::uint32_t i = 0;
#ifdef __SSE2__
  auto const changed = weighted_difference(from, to, count / 4);
  sum = changed.sum;
  weighted = changed.weighted;
  i = count / 4 * 4;
#endif
  for (; i < count; ++i) {
    for (unsigned k = 0; k < 3; ++k) {
      auto const byte = [k](PixelBytes pixel) {
        return static_cast<std::int32_t>(pixel >> 8 * k & 255U);
      };
      auto const change = byte(to[i]) - byte(from[i]);
      sum += change;
      weighted += static_cast<std::int32_t>(3 * i + k) * change;
    }
  }
  add(at, sum, weighted);
}

}  // namespace hachure::render
