#include "render/pixel_codes.hpp"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <memory>

#include "base/error.hpp"

namespace hachure::render {

namespace {

/// Symbol of the length of a copy of so many bytes (RFC 1951, section 3.2.5).
unsigned length_symbol(std::uint32_t bytes) {
  if (bytes == 258) return 285;
  std::uint32_t const l = bytes - 3;
  if (l < 8) return 257 + l;
  auto const top = static_cast<unsigned>(std::bit_width(l)) - 1;
  return 257 + 4 * (top - 1) + (l >> (top - 2) & 3U);
}

}  // namespace

void BitWriter::copy(std::uint8_t const* from, std::uint64_t begin, std::uint64_t end) {
  // Bit by bit to a byte of our own, so that the rest are words at a fixed shift, each by itself.
  if (pending_count_ > 0 && begin < end) {
    auto const count =
        static_cast<unsigned>(std::min<std::uint64_t>(8 - pending_count_, end - begin));
    std::uint32_t const bits =
        (from[begin / 8] | static_cast<std::uint32_t>(from[begin / 8 + 1]) << 8U) >> (begin & 7U);
    put(bits & ((1U << count) - 1), count);
    begin += count;
  }
  if (begin == end) return;
  from += begin / 8;
  unsigned const shift = begin & 7U;
  std::uint64_t const count = end - begin;
  std::uint64_t const words = count / 64;
  for (std::uint64_t i = 0; i < words; ++i) {
    std::uint64_t low = 0;
    std::memcpy(&low, from + 8 * i, 8);
    std::uint64_t const high = from[8 * i + 8];
    std::uint64_t const word = low >> shift | (high << 1U) << (63 - shift);
    std::memcpy(at_ + 8 * i, &word, 8);
  }
  from += 8 * words;
  at_ += 8 * words;
  auto left = static_cast<unsigned>(count % 64);
  std::uint64_t low = 0;
  std::memcpy(&low, from, 8);
  std::uint64_t word = low >> shift | (std::uint64_t{from[8]} << 1U) << (63 - shift);
  if (left > 32) {
    put(word & 0xffffffffU, 32);
    word >>= 32U;
    left -= 32;
  }
  put(word & ((std::uint64_t{1} << left) - 1), left);
}

void SymbolCounts::count(PixelToken const& token) {
  if (token.copied > 0) {
    ++lengths_[length_symbol(token.copied * 3)];
    ++distances_[PixelCodes::symbol_of(token.value)];
    return;
  }
  for (unsigned shift = 0; shift < 24; shift += 8) {
    count_byte(static_cast<std::uint8_t>(token.value >> shift));
  }
}

PixelCodes::PixelCodes(SymbolCounts const& counts) {
  auto const histogram = std::make_unique<isal_huff_histogram>();
  std::copy(counts.lengths_.begin(), counts.lengths_.end(), histogram->lit_len_histogram);
  std::copy(counts.distances_.begin(), counts.distances_.end(), histogram->dist_histogram);
  auto const made = std::make_unique<isal_hufftables>();
  if (isal_create_hufftables(made.get(), histogram.get()) != 0) {
    throw base::Error(base::Fault::defect, {}, "isal_create_hufftables failed");
  }
  std::copy_n(made->lit_table, 256, byte_code_.begin());
  std::copy_n(made->lit_table_sizes, 256, byte_bits_.begin());
  end_ = made->lit_table[256];
  end_bits_ = made->lit_table_sizes[256];
  for (std::uint32_t copied = 1; copied <= max_copied_pixels; ++copied) {
    auto const entry = made->len_table[copied * 3 - 3];
    length_code_[copied] = entry >> 5U;
    length_bits_[copied] = static_cast<std::uint8_t>(entry & 31U);
  }
  for (unsigned symbol = 0; symbol < 30; ++symbol) {
    distance_code_[symbol] = made->dcodes[symbol];
    distance_bits_[symbol] =
        static_cast<std::uint8_t>(made->dcodes_sizes[symbol] + extra_bits(symbol));
  }
  head_.assign(made->deflate_hdr, made->deflate_hdr + made->deflate_hdr_count + 1);
  head_[0] &= 0xfeU;
  head_bits_ = made->deflate_hdr_count * 8 + made->deflate_hdr_extra_bits;
}

void PixelCodes::put_head(BitWriter& out) const {
  for (unsigned i = 0; i * 8 < head_bits_; ++i) {
    unsigned const count = std::min(8U, head_bits_ - i * 8);
    out.put(head_[i] & ((1U << count) - 1), count);
  }
}

}  // namespace hachure::render
