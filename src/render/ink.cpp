#include "render/ink.hpp"

#include <cairo.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/error.hpp"
#include "render/cairo.hpp"

namespace hachure::render {

namespace {

/// The first pixel from `begin` on that is not empty; `end` if all are.
std::uint32_t const* first_inked(std::uint32_t const* begin, std::uint32_t const* end) {
#ifdef __SSE2__
  auto const zero = _mm_setzero_si128();
  for (; end - begin >= 4; begin += 4) {
    auto const four = _mm_loadu_si128(reinterpret_cast<__m128i const*>(begin));
    auto const empty = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi32(four, zero)));
    if (empty != 0xffffU) return begin + std::countr_one(empty) / 4;
  }
#endif
  return std::find_if(begin, end, [](std::uint32_t pixel) { return pixel != 0; });
}

/// Adds the inked pixels of a row, of which the first has the number `x`.
void add_row(Ink& ink, Ink::Run const& place, std::uint32_t const* row) {
  // Gaps shorter than this cost less to run through than a run of their own.
  constexpr std::ptrdiff_t short_gap = 16;
  auto const* const row_end = row + place.count;
  for (auto const* begin = first_inked(row, row_end); begin < row_end;) {
    auto const* end = begin + 1;
    auto const* next = first_inked(end, row_end);
    for (; next < row_end && next - end <= short_gap; next = first_inked(end, row_end)) {
      end = next + 1;
    }
    ink.runs.push_back({place.row, place.x + static_cast<std::uint32_t>(begin - row),
                        static_cast<std::uint32_t>(end - begin),
                        static_cast<std::uint32_t>(ink.pixels.size())});
    ink.pixels.insert(ink.pixels.end(), begin, end);
    begin = next;
  }
}

/// Colours of `over` on those of `under`, both premultiplied; exact to half a level
/// (x + 128 + (x + 128 >> 8)) >> 8 as in Jim Blinn, "Three Wrongs Make a Right" (1995).
std::uint32_t blended(std::uint32_t over, std::uint32_t under) {
  std::uint32_t const rest = 255 - (over >> 24);
  std::uint32_t red_blue = (under & 0x00ff00ffU) * rest + 0x00800080U;
  red_blue = ((red_blue + ((red_blue >> 8) & 0x00ff00ffU)) >> 8) & 0x00ff00ffU;
  std::uint32_t rest_green = ((under >> 8) & 0x00ff00ffU) * rest + 0x00800080U;
  rest_green = (rest_green + ((rest_green >> 8) & 0x00ff00ffU)) & 0xff00ff00U;
  return over + (red_blue | rest_green);
}

void blend(std::uint32_t const* over, std::uint8_t* bgrx, std::uint32_t count) {
  for (auto const* const end = over + count; over < end; ++over, bgrx += 4) {
    if (*over == 0) continue;
    std::uint32_t under = *over;
    if (*over >> 24 != 255) {
      std::memcpy(&under, bgrx, 4);
      under = blended(*over, under);
    }
    std::memcpy(bgrx, &under, 4);
  }
}

}  // namespace

void Ink::mark(ChangedSegments& segments) const {
  for (auto const& run : runs) segments.add(run.row, run.x, run.x + run.count);
}

void Ink::lay_over(std::uint8_t* bgrx, StreamLayout const& layout,
                   ChangedSegments const& where) const {
  for (auto const& run : runs) {
    if (!where.has_row(run.row)) continue;
    auto* const row = bgrx + layout.pixel_of(run.row, 0) * 4;
    auto const run_end = run.x + run.count;
    auto const first = run.row * layout.segments_of_row();
    for (auto x = run.x; x < run_end;) {
      auto const end = std::min(run_end, (x / segment_px + 1) * segment_px);
      if (where.has(first + x / segment_px)) {
        blend(pixels.data() + run.at + (x - run.x), row + std::size_t{x} * 4, end - x);
      }
      x = end;
    }
  }
}

namespace {

/// The runs of one row, and a row of pixels to spread them out.
class SpreadRow {
 public:
  explicit SpreadRow(std::uint32_t width) : pixels_(width) {}

  /// Takes the runs of `row` from `next` on.
  void take(Ink const& ink, std::size_t& next, std::uint32_t row) {
    for (; next < ink.runs.size() && ink.runs[next].row == row; ++next) {
      auto const& run = ink.runs[next];
      std::copy_n(ink.pixels.data() + run.at, run.count, pixels_.data() + run.x);
      begin_ = std::min(begin_, run.x);
      end_ = std::max(end_, run.x + run.count);
    }
  }
  void clear() {
    if (begin_ < end_) std::fill_n(pixels_.data() + begin_, end_ - begin_, 0U);
    begin_ = static_cast<std::uint32_t>(pixels_.size());
    end_ = 0;
  }
  std::uint32_t const* pixels() const { return pixels_.data(); }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }

 private:
  std::vector<std::uint32_t> pixels_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

std::uint32_t row_at(Ink const& ink, std::size_t next) {
  return next < ink.runs.size() ? ink.runs[next].row : ~std::uint32_t{0};
}

}  // namespace

void mark_differences(Ink const& a, Ink const& b, StreamLayout const& layout,
                      ChangedSegments& segments) {
  SpreadRow row_a(layout.width);
  SpreadRow row_b(layout.width);
  std::size_t next_a = 0;
  std::size_t next_b = 0;
  while (next_a < a.runs.size() || next_b < b.runs.size()) {
    auto const row = std::min(row_at(a, next_a), row_at(b, next_b));
    row_a.clear();
    row_b.clear();
    row_a.take(a, next_a, row);
    row_b.take(b, next_b, row);
    auto const end = std::max(row_a.end(), row_b.end());
    auto const begin = std::min(row_a.begin(), row_b.begin()) / segment_px * segment_px;
    for (auto x = begin; x < end; x += segment_px) {
      auto const count = std::min(segment_px, layout.width - x);
      if (differences(row_a.pixels() + x, row_b.pixels() + x, count) != 0) {
        segments.add(row, x, x + 1);
      }
    }
  }
}

namespace {

/// For each row of a page, from where to where it may be inked.
class RowExtents {
 public:
  RowExtents(PageInPixels const& page, std::vector<draw::Node> const& nodes)
      : page_(page), rows_(static_cast<std::size_t>(page.height_px)) {
    for (auto const& node : nodes) add(node);
  }

  struct Extent {
    std::uint32_t begin = ~std::uint32_t{0};
    std::uint32_t end = 0;
  };
  std::uint32_t top() const { return top_; }
  std::uint32_t bottom() const { return bottom_; }
  Extent const& operator[](std::uint32_t row) const { return rows_[row]; }

 private:
  void add(draw::Node const& node) {
    if (auto const* group = std::get_if<draw::Group>(&node.value)) {
      for (auto const& child : group->children) add(child);
    } else if (auto const* shape = std::get_if<draw::Shape>(&node.value)) {
      add(*shape);
    } else {
      add(CairoPainter::reach_of(node));
    }
  }

  /// By the parts of the outline: on each row a shape lies between some of them.
  void add(draw::Shape const& shape) {
    using Verb = draw::Path::Verb;
    double const beyond_mm = shape.stroke ? reach_mm(*shape.stroke) : 0;
    auto const* p = shape.path.points().data();
    draw::Point first;
    draw::Point last;
    auto const add_part = [&](draw::Point const* to, int points) {
      draw::Box box;
      box.add(last);
      for (; points > 0; --points) box.add(*to++);
      add(box.grown(beyond_mm));
    };
    for (auto const verb : shape.path.verbs()) {
      if (verb == Verb::move) {
        // What is filled is closed even if nobody says so.
        if (p > shape.path.points().data()) add_part(&first, 1);
        first = last = *p++;
      } else if (verb == Verb::close) {
        add_part(&first, 1);
        last = first;
      } else {
        int const points = verb == Verb::cubic ? 3 : 1;
        add_part(p, points);
        p += points;
        last = p[-1];
      }
    }
    if (!shape.path.empty()) add_part(&first, 1);
  }

  void add(draw::Box const& box) {
    if (box.empty()) return;
    constexpr double soft_edge_px = 2;
    auto const place = [](double px, int size_px) {
      return static_cast<std::uint32_t>(std::clamp(px, 0.0, static_cast<double>(size_px)));
    };
    auto const left =
        place(std::floor(box.min_x_mm * page_.scale_x - soft_edge_px), page_.width_px);
    auto const right =
        place(std::ceil(box.max_x_mm * page_.scale_x + soft_edge_px), page_.width_px);
    auto const top =
        place(std::floor(box.min_y_mm * page_.scale_y - soft_edge_px), page_.height_px);
    auto const bottom =
        place(std::ceil(box.max_y_mm * page_.scale_y + soft_edge_px), page_.height_px);
    if (top >= bottom) return;
    // Beside the page nothing is inked, but what is filled may reach from there over all of it: the
    // edge of the page is where such a row begins or ends.
    top_ = std::min(top_, top);
    bottom_ = std::max(bottom_, bottom);
    for (auto row = top; row < bottom; ++row) {
      rows_[row].begin = std::min(rows_[row].begin, left);
      rows_[row].end = std::max(rows_[row].end, right);
    }
  }

  PageInPixels const& page_;
  std::vector<Extent> rows_;
  std::uint32_t top_ = ~std::uint32_t{0};
  std::uint32_t bottom_ = 0;
};

}  // namespace

/// A transparent page, and Cairo's view of it in page millimetres.
struct InkPress::Impl {
  PageInPixels page;
  std::vector<std::uint32_t> pixels;  ///< transparent between inks
  cairo_surface_t* surface;
  cairo_t* cr;
  std::optional<CairoPainter> painter;

  explicit Impl(PageInPixels const& size)
      : page(size),
        pixels(static_cast<std::size_t>(size.width_px) * static_cast<std::size_t>(size.height_px)),
        surface(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()),
                                                    CAIRO_FORMAT_ARGB32, size.width_px,
                                                    size.height_px, size.width_px * 4)),
        cr(cairo_create(surface)) {
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS) {
      throw base::Error(base::Fault::defect, {}, "no canvas for a frame");
    }
    cairo_scale(cr, page.scale_x, page.scale_y);
    painter.emplace(cr, CairoTarget::pixels);
    painter->sample_symbols();
  }
  ~Impl() {
    painter.reset();
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
  }
  Impl(Impl const&) = delete;
  Impl& operator=(Impl const&) = delete;

  void clip(draw::Box const& box) {
    cairo_reset_clip(cr);
    if (box.empty()) return;
    cairo_new_path(cr);
    cairo_rectangle(cr, box.min_x_mm, box.min_y_mm, box.width_mm(), box.height_mm());
    cairo_clip(cr);
  }
  /// Takes the ink off the page.
  Ink taken(RowExtents const& extents) {
    cairo_surface_flush(surface);
    Ink ink;
    auto const layout = page.layout();
    for (auto row = extents.top(); row < extents.bottom(); ++row) {
      auto const& [begin, end] = extents[row];
      if (begin >= end) continue;
      add_row(ink, {row, begin, end - begin, 0}, pixels.data() + layout.pixel_of(row, begin));
    }
    for (auto const& run : ink.runs) {
      std::fill_n(pixels.data() + layout.pixel_of(run.row, run.x), run.count, 0U);
    }
    cairo_surface_mark_dirty(surface);
    return ink;
  }
};

InkPress::InkPress(PageInPixels const& page) : impl_(std::make_unique<Impl>(page)) {}
InkPress::~InkPress() = default;

Ink InkPress::ink_of(std::vector<draw::Node> const& nodes, draw::Box const& clip) {
  impl_->clip(clip);
  impl_->painter->paint(nodes);
  return impl_->taken({impl_->page, nodes});
}

}  // namespace hachure::render
