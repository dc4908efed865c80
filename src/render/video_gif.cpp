// GIF: framing and LZW by giflib; colours by StablePalette.

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.hpp"
#include "render/palette.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

namespace {

constexpr std::size_t max_colors = 255;  // and the one that stands for "as it was"

void check(int result) {
  if (result == GIF_ERROR) throw base::Error(base::Fault::defect, {}, "giflib failed");
}

struct ColorMapDeleter {
  void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};
using ColorMap = std::unique_ptr<ColorMapObject, ColorMapDeleter>;

/// A table of the colours and one more, rounded up to a power of two as GIF has them.
ColorMap color_map(std::vector<std::uint32_t> const& colors) {
  std::vector<GifColorType> entries(std::max<std::size_t>(2, std::bit_ceil(colors.size() + 1)));
  for (std::size_t i = 0; i < colors.size(); ++i) {
    entries[i] = {static_cast<GifByteType>(colors[i] >> 16 & 255U),
                  static_cast<GifByteType>(colors[i] >> 8 & 255U),
                  static_cast<GifByteType>(colors[i] & 255U)};
  }
  ColorMap map(GifMakeMapObject(static_cast<int>(entries.size()), entries.data()));
  if (!map) throw base::Error(base::Fault::environment, {}, "out of memory");
  return map;
}

/// Calls `use(x, y)` for the pixels of the changed box that differ from the frame before.
template <class Use>
void each_changed(VideoFrame const& frame, Use const& use) {
  auto const& box = frame.changed;
  for (int y = box.y0; y < box.y1; ++y) {
    for (int x = box.x0; x < box.x1; ++x) {
      auto const rgb = rgb_at(frame.bgrx, frame.width_px, x, y);
      if (frame.before != nullptr && rgb_at(frame.before, frame.width_px, x, y) == rgb) continue;
      use(x, y, rgb);
    }
  }
}

std::vector<ColorCount> changed_colors(VideoFrame const& frame) {
  std::vector<ColorCount> counts;
  each_changed(frame, [&](int, int, std::uint32_t rgb) {
    if (counts.empty() || counts.back().rgb != rgb) counts.push_back({rgb, 0});
    ++counts.back().count;
  });
  merge_counts(counts);
  return counts;
}

/// Finds the place of a colour in a sorted list: the colours of equal red and half of green begin
/// at a known place, so that few are searched.
class PlaceOfColor {
 public:
  explicit PlaceOfColor(std::vector<ColorCount> const& counts) : counts_(&counts) {
    std::size_t i = 0;
    for (std::uint32_t prefix = 0; prefix <= prefixes; ++prefix) {
      while (i < counts.size() && counts[i].rgb >> 12 < prefix) ++i;
      begins_[prefix] = i;
    }
  }

  std::size_t operator()(std::uint32_t rgb) {
    if (rgb == last_rgb_) return last_place_;
    auto const at = [&](std::size_t i) {
      return counts_->begin() + static_cast<std::ptrdiff_t>(begins_[i]);
    };
    auto const prefix = rgb >> 12;
    auto const found =
        std::lower_bound(at(prefix), at(prefix + 1), rgb,
                         [](ColorCount const& c, std::uint32_t value) { return c.rgb < value; });
    last_rgb_ = rgb;
    last_place_ = static_cast<std::size_t>(found - counts_->begin());
    return last_place_;
  }

 private:
  static constexpr std::uint32_t prefixes = 1U << 12;
  std::vector<ColorCount> const* counts_;
  std::array<std::size_t, prefixes + 1> begins_{};
  std::uint32_t last_rgb_ = 0xFFFF'FFFF;
  std::size_t last_place_ = 0;
};

class GifEncoder : public VideoEncoder {
 public:
  explicit GifEncoder(VideoTarget const& target)
      : target_(target),
        pixels_(static_cast<std::size_t>(target.options().width_px) *
                static_cast<std::size_t>(target.options().height_px)) {
    gif_ = EGifOpen(&written_, append, nullptr);
    if (gif_ == nullptr) throw base::Error(base::Fault::environment, {}, "out of memory");
    EGifSetGifVersion(gif_, true);
  }

  GifEncoder(GifEncoder const&) = delete;
  GifEncoder& operator=(GifEncoder const&) = delete;
  ~GifEncoder() override {
    if (gif_ != nullptr) EGifCloseFile(gif_, nullptr);
  }

  void write(VideoFrame const& frame) override {
    auto const counts = changed_colors(frame);
    if (palette_.adapt(counts) && frame.before != nullptr) own_palette_ = true;
    if (frame.before == nullptr) write_header();
    auto const box = paint(frame, counts);
    write_control(clock_.take(frame.seconds));
    auto const local = own_palette_ ? color_map(palette_.colors()) : ColorMap();
    check(EGifPutImageDesc(gif_, box.x0, box.y0, box.width(), box.height(), false, local.get()));
    row_.resize(static_cast<std::size_t>(box.width()));
    for (int y = box.y0; y < box.y1; ++y) {
      for (int x = box.x0; x < box.x1; ++x) row_[static_cast<std::size_t>(x - box.x0)] = take(x, y);
      check(EGifPutLine(gif_, row_.data(), box.width()));
    }
    flush();
  }

  void finish() override {
    int const result = EGifCloseFile(gif_, nullptr);
    gif_ = nullptr;
    check(result);
    flush();
  }

 private:
  static constexpr std::uint8_t unchanged = 255;

  /// What a pixel shows, and whether the frame under way gave it another colour.
  struct Pixel {
    std::uint32_t rgb = 0;
    std::uint8_t index = unchanged;
  };
  static int append(GifFileType* gif, GifByteType const* bytes, int count) {
    static_cast<std::string*>(gif->UserData)
        ->append(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(count));
    return count;
  }

  void flush() {
    target_.file().write(written_);
    written_.clear();
  }

  int transparent() const { return static_cast<int>(palette_.colors().size()); }

  void write_header() {
    auto const& options = target_.options();
    auto const map = color_map(palette_.colors());
    check(EGifPutScreenDesc(gif_, options.width_px, options.height_px, 8, 0, map.get()));
    if (options.loop != 1) {  // the number of further times; 0 is for ever
      int const further = std::max(0, options.loop - 1);
      std::array<GifByteType, 3> const loops{1, static_cast<GifByteType>(further & 255),
                                             static_cast<GifByteType>(further >> 8)};
      check(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE));
      check(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0"));
      check(EGifPutExtensionBlock(gif_, 3, loops.data()));
      check(EGifPutExtensionTrailer(gif_));
    }
    if (!options.title.empty()) check(EGifPutComment(gif_, options.title.c_str()));
  }

  void write_control(std::int64_t hundredths) {
    GraphicsControlBlock control{};
    control.DisposalMode = DISPOSE_DO_NOT;
    control.DelayTime = static_cast<int>(hundredths);
    control.TransparentColor = transparent();
    std::array<GifByteType, 4> bytes{};
    EGifGCBToExtension(&control, bytes.data());
    check(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, 4, bytes.data()));
  }

  /// Gives the changed pixels their new colours; the box of those that look different now, one
  /// pixel if there are none.
  PixelBox paint(VideoFrame const& frame, std::vector<ColorCount> const& counts) {
    auto const indices = palette_.nearest(counts);
    PlaceOfColor place(counts);
    PixelBox box{frame.width_px, target_.options().height_px, 0, 0};
    each_changed(frame, [&](int x, int y, std::uint32_t rgb) {
      auto const index = indices[place(rgb)];
      auto& pixel = at(x, y);
      auto const shown = palette_.colors()[index];
      if (frame.before != nullptr && pixel.rgb == shown) return;
      pixel.rgb = shown;
      pixel.index = index;
      box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x + 1), y + 1};
    });
    return box.y1 == 0 ? PixelBox{0, 0, 1, 1} : box;
  }

  Pixel& at(int x, int y) {
    return pixels_[static_cast<std::size_t>(y) *
                       static_cast<std::size_t>(target_.options().width_px) +
                   static_cast<std::size_t>(x)];
  }

  /// The index to write for a pixel, which counts as unchanged from now on.
  GifPixelType take(int x, int y) {
    auto& pixel = at(x, y);
    auto const index = pixel.index == unchanged ? static_cast<GifPixelType>(transparent())
                                                : static_cast<GifPixelType>(pixel.index);
    pixel.index = unchanged;
    return index;
  }

  VideoTarget target_;
  std::string written_;
  GifFileType* gif_ = nullptr;
  StablePalette palette_{max_colors};
  bool own_palette_ = false;
  TickClock clock_{100, 2};
  std::vector<Pixel> pixels_;
  std::vector<GifPixelType> row_;
};

}  // namespace

std::unique_ptr<VideoEncoder> make_gif_encoder(VideoTarget const& target) {
  return std::make_unique<GifEncoder>(target);
}

}  // namespace hachure::render
