#include "render/frame_encoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "render/filtered_pixels.hpp"
#include "render/pixel_codes.hpp"
#include "render/png_chunk.hpp"

namespace hachure::render {

namespace {

/// Rows of a block of deflate, which has its own codes and copies from no other. Fixed, so that the
/// bytes do not depend on the number of threads that prepare the blocks.
constexpr std::uint32_t block_rows = 120;
/// A frame of which more segments than this share have changed is a picture of its own.
constexpr double most_changed = 0.5;

PixelRows pixel_rows(Raster const& raster) {
  auto const width = static_cast<std::size_t>(raster.width_px);
  auto const fill = [&raster, width](std::size_t y, std::uint8_t* to) {
    auto const* from = raster.bgrx.data() + y * width * 4;
    for (std::size_t x = 0; x < width; ++x, from += 4, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  };
  return {width * 3, static_cast<std::size_t>(raster.height_px), 3, fill};
}

/// The bits `begin` to `end` (64 at most) of a word.
std::uint64_t bits_between(std::uint32_t begin, std::uint32_t end) {
  std::uint64_t const below_end = end == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << end) - 1;
  return below_end & ~((std::uint64_t{1} << begin) - 1);
}

// --- what a pixel repeats ----------------------------------------------------------------------

/// Some pixels that stood before.
struct Copy {
  std::uint32_t pixels = 0;
  std::uint32_t distance_bytes = 0;
  std::uint32_t rows_up = 0;  ///< where the first pixel copied stands
  std::uint32_t x = 0;
};

std::uint32_t equal_pixels(PixelBytes const* a, PixelBytes const* b, std::uint32_t limit) {
  std::uint32_t n = 0;
  for (; n + 2 <= limit; n += 2) {
    std::uint64_t wa = 0;
    std::uint64_t wb = 0;
    std::memcpy(&wa, a + n, 8);
    std::memcpy(&wb, b + n, 8);
    if (wa != wb) return n + ((wa ^ wb) << 32U == 0 ? 1 : 0);
  }
  return n < limit && a[n] == b[n] ? n + 1 : n;
}

/// Which pixels of one segment repeat the pixel before or one of three above, a bit each.
class Neighbours {
 public:
  /// @param first_row copies are taken from this row on
  Neighbours(StreamLayout const& layout, PixelBytes const* pixels, Segment const& part,
             std::uint32_t first_row)
      : row_bytes_(layout.row_bytes()), begin_(part.begin) {
    auto const* const here = pixels + layout.pixel_of(part.row, part.begin);
    std::uint32_t const count = part.end - part.begin;
    std::uint64_t const all = bits_between(0, count);
    // What stands before the first pixel of a row, or after the last, is not in the row.
    std::uint64_t const not_first = part.begin == 0 ? all & ~std::uint64_t{1} : all;
    std::uint64_t const not_last = part.end == layout.width ? bits_between(0, count - 1) : all;
    before_ = not_first & ~differences(here + skipped(part), here + skipped(part) - 1, count)
                              << skipped(part);
    if (part.row == first_row) return;
    auto const* const above = here - layout.width;
    above_ = all & ~differences(here, above, count);
    after_above_ = not_last & ~differences(here, above + 1, count);
    before_above_ = not_first & ~differences(here + skipped(part), above + skipped(part) - 1, count)
                                    << skipped(part);
  }

  /// The longest copy for the pixel `x`, of several the one from the nearest.
  Copy longest(std::uint32_t x) const {
    auto const i = x - begin_;
    auto const run = [i](std::uint64_t bits) {
      return static_cast<std::uint32_t>(std::countr_one(bits >> i));
    };
    // The length decides, then the order.
    std::uint32_t best = run(before_) * 4 + 3;
    best = std::max(best, run(above_) * 4 + 2);
    best = std::max(best, run(after_above_) * 4 + 1);
    best = std::max(best, run(before_above_) * 4);
    switch (best % 4) {
      case 3:
        return {best / 4, 3, 0, x - 1};
      case 2:
        return {best / 4, row_bytes_, 1, x};
      case 1:
        return {best / 4, row_bytes_ - 3, 1, x + 1};
      default:
        return {best / 4, row_bytes_ + 3, 1, x - 1};
    }
  }

 private:
  /// The very first pixel has none before it in memory either.
  static unsigned skipped(Segment const& part) { return part.begin == 0 ? 1 : 0; }

  std::uint32_t row_bytes_;
  std::uint32_t begin_;
  std::uint64_t before_ = 0;
  std::uint64_t above_ = 0;
  std::uint64_t after_above_ = 0;
  std::uint64_t before_above_ = 0;
};

/// Where each pixel, and each pair, stood last.
class History {
 public:
  explicit History(StreamLayout const& layout, PixelBytes const* pixels)
      : layout_(layout), pixels_(pixels) {}

  void add(std::uint32_t row, std::uint32_t x) {
    auto const* const p = pixels_ + layout_.pixel_of(row, x);
    single_[hash(p[0])] = {row, x};
    pair_[hash(p[0] * 31 + p[1])] = {row, x};
  }
  /// Makes `best`, a copy for the pixel `x` of `part`, a longer one if there is.
  void improve(Copy& best, Segment const& part, std::uint32_t x) const {
    auto const* const here = pixels_ + layout_.pixel_of(part.row, x);
    for (auto const& place : {pair_[hash(here[0] * 31 + here[1])], single_[hash(here[0])]}) {
      auto const limit = std::min(part.end - x, layout_.width - place.x);
      auto const* const there = pixels_ + layout_.pixel_of(place.row, place.x);
      if (limit <= best.pixels || *there != *here || there[best.pixels] != here[best.pixels] ||
          there == here) {
        continue;
      }
      std::uint32_t const distance =
          (part.row - place.row) * layout_.row_bytes() + x * 3 - place.x * 3;
      if (distance > max_distance_bytes) continue;
      auto const n = equal_pixels(here, there, limit);
      if (n > best.pixels) best = {n, distance, part.row - place.row, place.x};
    }
  }
  /// Forgets what stood before this row.
  void begin_at(std::uint32_t row) {
    std::fill(single_.begin(), single_.end(), Place{row, 0});
    std::fill(pair_.begin(), pair_.end(), Place{row, 0});
  }

 private:
  struct Place {
    std::uint32_t row = 0;
    std::uint32_t x = 0;
  };
  static constexpr unsigned bits = 13;
  static std::uint32_t hash(std::uint32_t v) { return v * 2654435761U >> (32 - bits); }

  StreamLayout const& layout_;
  PixelBytes const* pixels_;
  std::vector<Place> single_ = std::vector<Place>(1U << bits);
  std::vector<Place> pair_ = std::vector<Place>(1U << bits);
};

// --- the base ----------------------------------------------------------------------------------

/// A token of the base, with what it copies.
struct BaseToken {
  PixelToken token;
  std::uint32_t segment = 0;  ///< of the first pixel copied
  std::uint32_t bit = 0;      ///< that pixel in it
};

/// Some pixels of a segment are copied by a token of another segment.
struct Reading {
  std::uint32_t from = 0;    ///< segment
  std::uint32_t reader = 0;  ///< segment
  std::uint64_t pixels = 0;  ///< of `from`, a bit each
};

/// Calls `visit(segment, bits)` for the segments that hold `count` pixels from bit `bit` of
/// `segment` on.
template <class Visit>
void for_each_part(std::uint32_t segment, std::uint32_t bit, std::uint32_t count,
                   Visit const& visit) {
  std::uint32_t const end = std::min(segment_px, bit + count);
  visit(segment, bits_between(bit, end));
  if (bit + count > end) visit(segment + 1, bits_between(0, bit + count - end));
}

/// One block of the base, compressed.
struct Block {
  std::vector<BaseToken> tokens;
  std::vector<std::uint32_t> ends;  ///< per segment, in `tokens`
  std::vector<Reading> readings;    ///< by reader
  std::vector<PixelCodes> codes;    ///< one
  std::vector<std::uint8_t> bits;
  std::uint64_t bit_count = 0;
  std::vector<std::uint64_t> begin_bit;  ///< per segment
  std::vector<std::uint64_t> end_bit;
};

/// The rows of a block.
struct Rows {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Adds the token of a copy, and what it reads, to the segment `index` of a row.
void add_copy(Block& block, StreamLayout const& layout, std::uint32_t index, Copy const& copy) {
  std::uint32_t const row_begin = index - index % layout.segments_of_row();
  BaseToken const token{{copy.distance_bytes, copy.pixels},
                        row_begin - copy.rows_up * layout.segments_of_row() + copy.x / segment_px,
                        copy.x % segment_px};
  block.tokens.push_back(token);
  for_each_part(token.segment, token.bit, copy.pixels, [&](std::uint32_t from, std::uint64_t bits) {
    if (from == index) return;
    auto& known = block.readings;
    if (!known.empty() && known.back().from == from && known.back().reader == index) {
      known.back().pixels |= bits;
    } else {
      known.push_back({from, index, bits});
    }
  });
}

void find_tokens(Block& block, StreamLayout const& layout, PixelBytes const* pixels,
                 Rows const& rows) {
  History history(layout, pixels);
  history.begin_at(rows.begin);
  auto const per_row = layout.segments_of_row();
  for (auto index = rows.begin * per_row; index < rows.end * per_row; ++index) {
    auto const part = layout.segment(index);
    Neighbours const neighbours(layout, pixels, part, rows.begin);
    for (auto x = part.begin; x < part.end;) {
      auto copy = neighbours.longest(x);
      if (copy.pixels < part.end - x) history.improve(copy, part, x);
      if (copy.pixels > 0) {
        add_copy(block, layout, index, copy);
      } else {
        block.tokens.push_back({{pixels[layout.pixel_of(part.row, x)], 0}, 0, 0});
      }
      for (auto const end = x + std::max(1U, copy.pixels); x < end; ++x) history.add(part.row, x);
    }
    block.ends.push_back(static_cast<std::uint32_t>(block.tokens.size()));
  }
}

void write_block(Block& block, StreamLayout const& layout, Filter filter, Rows const& rows) {
  auto const filter_byte = static_cast<std::uint8_t>(filter);
  SymbolCounts counts;
  for (auto const& base : block.tokens) counts.count(base.token);
  for (auto y = rows.begin; y < rows.end; ++y) counts.count_byte(filter_byte);
  auto const& code = block.codes.emplace_back(counts);
  // A head has 328 bytes at most, a pixel 45 bits.
  block.bits.resize(block.tokens.size() * 6 + (rows.end - rows.begin) * 2 + 400);
  BitWriter out(block.bits.data());
  code.put_head(out);
  std::size_t next = 0;
  for (std::size_t i = 0; i < block.ends.size(); ++i) {
    block.begin_bit.push_back(out.bits());
    if (i % layout.segments_of_row() == 0) code.put_byte(out, filter_byte);
    for (; next < block.ends[i]; ++next) code.put(out, block.tokens[next].token);
    block.end_bit.push_back(out.bits());
  }
  code.put_end(out);
  block.bit_count = out.bits();
}

/// Pixels of a segment that are not what they were.
struct Difference {
  std::uint32_t segment = 0;
  std::uint64_t pixels = 0;  ///< a bit each
};

}  // namespace

// --- the encoder -------------------------------------------------------------------------------

/// The last frame of a series, with its stream. The next one is made of it, which saves work and
/// changes no byte: what a segment becomes follows from the frame and the base.
struct FrameEncoder::Series::Last {
  std::vector<PixelBytes> pixels;      ///< filtered
  std::vector<std::uint64_t> changes;  ///< per segment, the pixels that are not the base's
  std::size_t changed = 0;             ///< segments that have some
  std::vector<std::uint8_t> is_own;    ///< per segment, whether its tokens are not the base's
  StreamChecksum checksum{0};
  std::vector<std::uint8_t> stream;
  std::uint64_t stream_bits = 0;
  std::vector<std::uint64_t> begin_bit;  ///< of each segment in it
  std::vector<std::uint64_t> end_bit;
  std::vector<std::uint8_t> marks;  ///< per segment, whether it must be compressed
  // For the time of one frame; kept, since fresh memory costs more than the work.
  std::vector<Difference> differences;
  std::vector<std::uint32_t> again;  ///< segments to be compressed, ascending
  std::vector<std::uint8_t> next_stream;
};

struct FrameEncoder::Impl {
  using Last = Series::Last;

  StreamLayout layout;
  PngInfo info;
  std::string head;  ///< the PNG before its pixels
  Filter filter = Filter::none;
  std::vector<PixelBytes> pixels;  ///< the base, filtered
  StreamChecksum checksum{0};      ///< of the base
  std::vector<Block> blocks;
  std::vector<std::uint8_t> stream;  ///< zlib stream of the base, without its checksum
  std::uint64_t stream_bits = 0;
  std::vector<std::uint64_t> begin_bit;  ///< of each segment in it
  std::vector<std::uint64_t> end_bit;
  /// By what is read: segment i is read in readings[first_reading[i]] to
  /// readings[first_reading[i + 1]].
  std::vector<Reading> readings;
  std::vector<std::uint32_t> first_reading;

  Impl(Raster const& base, PngInfo const& png_info, int threads);

  Rows rows_of(std::size_t block) const {
    auto const begin = static_cast<std::uint32_t>(block) * block_rows;
    return {begin, std::min(begin + block_rows, layout.height)};
  }

  // The base

  void filter_base(Raster const& base);
  void compress_base(int threads);
  void join_blocks();
  void sort_readings();

  // A frame

  std::unique_ptr<Last> make_last() const;
  void take_pixels(Last& last, Raster const& frame, ChangedSegments const& where) const;
  void take_segment(Last& last, Raster const& frame, std::uint32_t segment) const;
  void mark(Last& last) const;
  void mark_neighbours(Last& last, Difference const& difference) const;
  void collect_marked(Last& last) const;
  void renew_stream(Last& last) const;
  bool compress(BitWriter& out, Last const& last, std::uint32_t segment) const;
  bool holds(Last const& last, BaseToken const& token) const;
  std::string png(Last const& last) const;
};

FrameEncoder::Impl::Impl(Raster const& base, PngInfo const& png_info, int threads)
    : info(png_info) {
  if (base.width_px < 1 || base.height_px < 1) {
    throw base::Error(base::Fault::defect, {}, "the base of the frames has no pixels");
  }
  layout = {static_cast<std::uint32_t>(base.width_px), static_cast<std::uint32_t>(base.height_px)};
  head = png_header(base.width_px, base.height_px, info);
  filter = best_filter(pixel_rows(base));
  filter_base(base);
  compress_base(threads);
  join_blocks();
  sort_readings();
}

void FrameEncoder::Impl::filter_base(Raster const& base) {
  // One pixel more, so that pairs may be read at the last.
  pixels.resize(layout.pixel_of(layout.height, 0) + 1);
  checksum = StreamChecksum(layout.bytes());
  std::vector<PixelBytes> const zeros(segment_px);
  for (std::uint32_t y = 0; y < layout.height; ++y) {
    checksum.change_byte(layout.byte_of(y, 0) - 1, 0, static_cast<std::uint8_t>(filter));
  }
  for (std::uint32_t i = 0; i < layout.segments(); ++i) {
    auto const part = layout.segment(i);
    filter_segment(layout, base.bgrx.data(), filter, part, pixels.data());
    checksum.change(layout.byte_of(part.row, part.begin), zeros.data(),
                    pixels.data() + layout.pixel_of(part.row, part.begin), part.end - part.begin);
  }
}

void FrameEncoder::Impl::compress_base(int threads) {
  blocks.resize((layout.height + block_rows - 1) / block_rows);
  base::for_each_index(blocks.size(), threads, [&](std::size_t i, std::size_t) {
    find_tokens(blocks[i], layout, pixels.data(), rows_of(i));
    write_block(blocks[i], layout, filter, rows_of(i));
  });
}

void FrameEncoder::Impl::join_blocks() {
  std::uint64_t bits = 0;
  for (auto const& block : blocks) bits += block.bit_count;
  stream.resize(bits / 8 + 64);
  BitWriter out(stream.data());
  out.put(0x0178, 16);  // deflate, a window of 32768 bytes, fastest (RFC 1950, section 2.2)
  for (auto& block : blocks) {
    auto const at = out.bits();
    for (auto const bit : block.begin_bit) begin_bit.push_back(at + bit);
    for (auto const bit : block.end_bit) end_bit.push_back(at + bit);
    out.copy(block.bits.data(), 0, block.bit_count);
    block.bits = {};
    block.begin_bit = {};
    block.end_bit = {};
  }
  out.put(3, 10);  // a last block, empty, of the codes that need no head
  stream_bits = out.bits();
}

void FrameEncoder::Impl::sort_readings() {
  first_reading.assign(layout.segments() + 1, 0);
  for (auto const& block : blocks) {
    for (auto const& reading : block.readings) ++first_reading[reading.from + 1];
  }
  for (std::size_t i = 1; i < first_reading.size(); ++i) first_reading[i] += first_reading[i - 1];
  readings.resize(first_reading.back());
  auto next = first_reading;
  for (auto& block : blocks) {
    for (auto const& reading : block.readings) readings[next[reading.from]++] = reading;
    block.readings = {};
  }
}

std::unique_ptr<FrameEncoder::Series::Last> FrameEncoder::Impl::make_last() const {
  auto last = std::make_unique<Last>();
  last->pixels = pixels;
  last->changes.resize(layout.segments());
  last->is_own.resize(layout.segments());
  last->checksum = checksum;
  last->stream = stream;
  last->stream_bits = stream_bits;
  last->begin_bit = begin_bit;
  last->end_bit = end_bit;
  last->marks.resize(layout.segments() + 8);  // which are looked through by eights
  return last;
}

void FrameEncoder::Impl::take_pixels(Last& last, Raster const& frame,
                                     ChangedSegments const& where) const {
  last.differences.clear();
  auto const per_row = layout.segments_of_row();
  where.for_each([&](std::uint32_t segment) {
    take_segment(last, frame, segment);
    // A filtered pixel changes with its neighbour.
    if (filter == Filter::sub && (segment + 1) % per_row != 0) {
      take_segment(last, frame, segment + 1);
    }
    if (filter == Filter::up && segment + per_row < layout.segments()) {
      take_segment(last, frame, segment + per_row);
    }
  });
}

void FrameEncoder::Impl::take_segment(Last& last, Raster const& frame,
                                      std::uint32_t segment) const {
  auto const part = layout.segment(segment);
  auto const first = layout.pixel_of(part.row, part.begin);
  auto const count = part.end - part.begin;
  std::array<PixelBytes, segment_px> before;
  std::copy_n(last.pixels.data() + first, count, before.data());
  filter_segment(layout, frame.bgrx.data(), filter, part, last.pixels.data());
  auto const* const now = last.pixels.data() + first;
  auto const different = differences(before.data(), now, count);
  if (different == 0) return;
  last.differences.push_back({segment, different});
  last.checksum.change(layout.byte_of(part.row, part.begin), before.data(), now, count);
  auto& changes = last.changes[segment];
  if (changes != 0) --last.changed;
  changes = differences(now, pixels.data() + first, count);
  if (changes != 0) ++last.changed;
}

/// What a segment becomes depends on its pixels and those that its tokens copy.
void FrameEncoder::Impl::mark(Last& last) const {
  for (auto const& difference : last.differences) {
    last.marks[difference.segment] = 1;
    for (auto i = first_reading[difference.segment]; i < first_reading[difference.segment + 1];
         ++i) {
      if ((readings[i].pixels & difference.pixels) != 0) last.marks[readings[i].reader] = 1;
    }
    mark_neighbours(last, difference);
  }
}

/// Segments whose tokens are their own look at the pixel before them and at the row above.
void FrameEncoder::Impl::mark_neighbours(Last& last, Difference const& difference) const {
  auto const per_row = layout.segments_of_row();
  auto const column = difference.segment % per_row;
  bool const is_first = column == 0;
  bool const is_last = column + 1 == per_row;
  auto const mark_own = [&](std::uint32_t segment) {
    if (last.is_own[segment] != 0) last.marks[segment] = 1;
  };
  if (!is_last) mark_own(difference.segment + 1);
  auto const below = difference.segment + per_row;
  if (below >= layout.segments()) return;
  mark_own(below);
  if (!is_first) mark_own(below - 1);
  if (!is_last) mark_own(below + 1);
}

void FrameEncoder::Impl::collect_marked(Last& last) const {
  last.again.clear();
  for (std::uint32_t first = 0; first < layout.segments(); first += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, last.marks.data() + first, 8);
    if (eight == 0) continue;
    for (std::uint32_t i = first; i < first + 8; ++i) {
      if (last.marks[i] != 0) last.again.push_back(i);
    }
    std::memset(last.marks.data() + first, 0, 8);
  }
}

/// Whether what a token of the base copies is in the frame as well.
bool FrameEncoder::Impl::holds(Last const& last, BaseToken const& token) const {
  bool same = true;
  for_each_part(token.segment, token.bit, token.token.copied,
                [&](std::uint32_t segment, std::uint64_t bits) {
                  same = same && (last.changes[segment] & bits) == 0;
                });
  return same;
}

/// The tokens of the base serve where neither they nor what they copy has changed; false if all do.
bool FrameEncoder::Impl::compress(BitWriter& out, Last const& last, std::uint32_t segment) const {
  auto const part = layout.segment(segment);
  auto const& block = blocks[part.row / block_rows];
  auto const& code = block.codes.front();
  auto const in_block = segment - part.row / block_rows * block_rows * layout.segments_of_row();
  if (part.begin == 0) code.put_byte(out, static_cast<std::uint8_t>(filter));
  Neighbours const neighbours(layout, last.pixels.data(), part, part.row / block_rows * block_rows);
  auto const* const row = last.pixels.data() + layout.pixel_of(part.row, 0);
  auto const changes = last.changes[segment];
  bool is_own = false;
  auto x = part.begin;
  auto end = part.begin;
  for (auto i = in_block == 0 ? 0 : block.ends[in_block - 1]; i < block.ends[in_block]; ++i) {
    auto const& token = block.tokens[i];
    end += std::max(1U, token.token.copied);
    if (x >= end) continue;
    if ((changes & bits_between(x - part.begin, end - part.begin)) == 0 &&
        (token.token.copied == 0 || holds(last, token))) {
      // Of a copy the rest is one, too, from as far.
      code.put(out, {token.token.value, token.token.copied == 0 ? 0 : end - x});
      x = end;
      continue;
    }
    is_own = true;
    while (x < end) {
      auto const copy = neighbours.longest(x);
      bool const cheaper =
          copy.pixels > 1 ||
          (copy.pixels == 1 && code.cost(1, copy.distance_bytes) < code.cost(row[x]));
      code.put(out, cheaper ? PixelToken{copy.distance_bytes, copy.pixels} : PixelToken{row[x], 0});
      x += cheaper ? copy.pixels : 1;
    }
  }
  return is_own;
}

void FrameEncoder::Impl::renew_stream(Last& last) const {
  if (last.again.empty()) return;
  // A segment is at most 45 bits a pixel and the byte of a filter.
  std::size_t const room = last.stream_bits / 8 + last.again.size() * (segment_px * 6 + 2) + 64;
  if (last.next_stream.size() < room) last.next_stream.resize(room);
  BitWriter out(last.next_stream.data());
  std::uint64_t copied = 0;
  std::uint64_t shift = 0;  // modulo 2^64, as it may be to the front
  std::uint32_t moved = 0;
  auto const move_until = [&](std::uint32_t segment) {
    for (; moved < segment; ++moved) {
      last.begin_bit[moved] += shift;
      last.end_bit[moved] += shift;
    }
  };
  for (auto const segment : last.again) {
    out.copy(last.stream.data(), copied, last.begin_bit[segment]);
    copied = last.end_bit[segment];
    move_until(segment);
    last.begin_bit[segment] = out.bits();
    last.is_own[segment] = compress(out, last, segment) ? 1 : 0;
    last.end_bit[segment] = out.bits();
    shift = out.bits() - copied;
    moved = segment + 1;
  }
  move_until(layout.segments());
  out.copy(last.stream.data(), copied, last.stream_bits);
  last.stream_bits = out.bits();
  std::swap(last.stream, last.next_stream);
}

std::string FrameEncoder::Impl::png(Last const& last) const {
  std::size_t const bytes = (last.stream_bits + 7) / 8;
  std::string out;
  out.reserve(head.size() + bytes + 40);
  out = head;
  std::string sum;
  append_u32(sum, last.checksum.value());
  append_chunk(out, "IDAT", {reinterpret_cast<char const*>(last.stream.data()), bytes}, sum);
  append_chunk(out, "IEND", {});
  return out;
}

FrameEncoder::FrameEncoder(Raster const& base, PngInfo const& info, int threads)
    : impl_(std::make_unique<Impl>(base, info, threads)) {}

FrameEncoder::~FrameEncoder() = default;

std::string FrameEncoder::encode(Raster const& frame, FrameCost* cost) const {
  ChangedSegments all(impl_->layout);
  all.add_all();
  return Series(*this).encode(frame, all, cost);
}

FrameEncoder::Series::Series(FrameEncoder const& encoder)
    : encoder_(&encoder), last_(encoder.impl_->make_last()) {}

FrameEncoder::Series::~Series() = default;
FrameEncoder::Series::Series(Series&&) noexcept = default;

std::string FrameEncoder::Series::encode(Raster const& frame, ChangedSegments const& changes,
                                         FrameCost* cost) {
  auto const& of = *encoder_->impl_;
  auto const& layout = of.layout;
  if (frame.width_px != static_cast<int>(layout.width) ||
      frame.height_px != static_cast<int>(layout.height)) {
    throw base::Error(base::Fault::defect, {}, "a frame is not of the size of its base");
  }
  of.take_pixels(*last_, frame, changes);
  of.mark(*last_);
  bool const whole = static_cast<double>(last_->changed) > most_changed * layout.segments();
  std::string out;
  if (whole) {
    // The stream is left as it is, with the marks of all that it lacks.
    last_->again.clear();
    out = encode_png(frame, of.info);
  } else {
    of.collect_marked(*last_);
    of.renew_stream(*last_);
    out = of.png(*last_);
  }
  if (cost != nullptr) *cost = {layout.segments(), last_->changed, last_->again.size(), whole};
  return out;
}

}  // namespace hachure::render
