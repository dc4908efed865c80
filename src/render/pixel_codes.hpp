#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

/// Pieces of a deflate stream (RFC 1951) made of whole pixels of 3 bytes.
namespace hachure::render {

/// Red, green and blue in the lowest three bytes, in this order.
using PixelBytes = std::uint32_t;

/// Either one pixel as it stands or some pixels that stood `distance_bytes` before.
struct PixelToken {
  std::uint32_t value = 0;   ///< the pixel, or the distance in bytes (1 to 32768)
  std::uint32_t copied = 0;  ///< pixels copied; 0 for a pixel as it stands
};

/// A stream deflate copies from this far at most, and this many pixels at a time (258 bytes).
constexpr std::uint32_t max_distance_bytes = 32768;
constexpr std::uint32_t max_copied_pixels = 86;

/// Appends bits, the lowest first; the last byte is filled with zeros. The caller sees to the room:
/// 8 bytes beyond what is written.
class BitWriter {
 public:
  explicit BitWriter(std::uint8_t* to) : begin_(to), at_(to) {}

  /// Appends the `count` lowest bits (56 at most); those above must be 0.
  void put(std::uint64_t bits, unsigned count) {
    pending_ |= bits << pending_count_;
    pending_count_ += count;
    std::memcpy(at_, &pending_, 8);
    at_ += pending_count_ >> 3U;
    pending_ >>= pending_count_ & 56U;
    pending_count_ &= 7U;
  }
  /// Appends the bits from `begin` to `end` of `from`, which is readable 16 bytes beyond them.
  void copy(std::uint8_t const* from, std::uint64_t begin, std::uint64_t end);
  std::uint64_t bits() const {
    return static_cast<std::uint64_t>(at_ - begin_) * 8 + pending_count_;
  }

 private:
  std::uint8_t* begin_;
  std::uint8_t* at_;
  std::uint64_t pending_ = 0;
  unsigned pending_count_ = 0;  ///< below 8 between calls
};

/// How often the symbols of a block occur.
class SymbolCounts {
 public:
  void count_byte(std::uint8_t byte) { ++lengths_[byte]; }
  void count(PixelToken const& token);

 private:
  friend class PixelCodes;
  std::array<std::uint64_t, 286> lengths_{};
  std::array<std::uint64_t, 30> distances_{};
};

/// The Huffman codes of one block: every byte, length and distance has one.
class PixelCodes {
 public:
  /// Codes that suit `counts`, made by ISA-L.
  explicit PixelCodes(SymbolCounts const& counts);

  /// Bits of a token.
  unsigned cost(PixelBytes pixel) const {
    return byte_bits_[pixel & 255U] + byte_bits_[pixel >> 8U & 255U] + byte_bits_[pixel >> 16U];
  }
  unsigned cost(std::uint32_t copied, std::uint32_t distance_bytes) const {
    return length_bits_[copied] + distance_bits_[symbol_of(distance_bytes)];
  }

  /// The head of a block that uses these codes; it is never the last of its stream.
  void put_head(BitWriter& out) const;
  void put_end(BitWriter& out) const { out.put(end_, end_bits_); }
  void put_byte(BitWriter& out, std::uint8_t byte) const {
    out.put(byte_code_[byte], byte_bits_[byte]);
  }
  void put(BitWriter& out, PixelToken const& token) const {
    token.copied == 0 ? put_pixel(out, token.value) : put_copy(out, token);
  }

  /// Symbol of a distance (RFC 1951, section 3.2.5).
  static unsigned symbol_of(std::uint32_t distance_bytes) {
    std::uint32_t const d = distance_bytes - 1;
    if (d < 4) return d;
    auto const top = static_cast<unsigned>(std::bit_width(d)) - 1;
    return 2 * top + (d >> (top - 1) & 1U);
  }

 private:
  static unsigned extra_bits(unsigned symbol) { return symbol < 4 ? 0 : symbol / 2 - 1; }
  void put_pixel(BitWriter& out, PixelBytes pixel) const {
    auto const r = pixel & 255U;
    auto const g = pixel >> 8U & 255U;
    auto const b = pixel >> 16U;
    std::uint64_t const rg = byte_code_[r] | std::uint64_t{byte_code_[g]} << byte_bits_[r];
    unsigned const rg_bits = byte_bits_[r] + byte_bits_[g];
    out.put(rg | std::uint64_t{byte_code_[b]} << rg_bits, rg_bits + byte_bits_[b]);
  }
  void put_copy(BitWriter& out, PixelToken const& token) const {
    auto const symbol = symbol_of(token.value);
    auto const extra = extra_bits(symbol);
    std::uint64_t const distance =
        distance_code_[symbol] | std::uint64_t{(token.value - 1) & ((1U << extra) - 1)}
                                     << (distance_bits_[symbol] - extra);
    auto const length_bits = length_bits_[token.copied];
    out.put(length_code_[token.copied] | distance << length_bits,
            length_bits + distance_bits_[symbol]);
  }

  std::array<std::uint16_t, 256> byte_code_{};
  std::array<std::uint8_t, 256> byte_bits_{};
  std::array<std::uint32_t, max_copied_pixels + 1> length_code_{};  ///< with its extra bits
  std::array<std::uint8_t, max_copied_pixels + 1> length_bits_{};
  std::array<std::uint16_t, 30> distance_code_{};  ///< without its extra bits
  std::array<std::uint8_t, 30> distance_bits_{};   ///< with them
  std::uint16_t end_ = 0;
  unsigned end_bits_ = 0;
  std::vector<std::uint8_t> head_;
  unsigned head_bits_ = 0;
};

}  // namespace hachure::render
