// Animated WebP: every frame encoded by libwebp, the container written here as it grows (the
// library's own muxer keeps all frames until the end).

#include <webp/encode.h>

#include <vector>

#include "base/error.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

namespace {

void append_le(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255U);
}

void append_riff(std::string& out, std::string_view name, std::string_view data) {
  out += name;
  append_le(out, data.size(), 4);
  out += data;
  if (data.size() % 2 != 0) out += '\0';
}

/// Dublin Core title as XMP (ISO 16684-1).
std::string xmp_title(std::string const& title) {
  std::string escaped;
  for (char const c : title) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
         "rdf:about=\"\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt><rdf:li "
         "xml:lang=\"x-default\">" +
         escaped + "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";
}

WebPConfig configuration(VideoOptions const& options) {
  WebPConfig config;
  bool ok = false;
  if (options.quality && *options.quality < 100) {
    ok = WebPConfigPreset(&config, WEBP_PRESET_DRAWING, static_cast<float>(*options.quality)) != 0;
    config.method = 3;
    config.use_sharp_yuv = 1;  // thin coloured lines keep their colour
  } else {
    ok = WebPConfigInit(&config) != 0 && WebPConfigLosslessPreset(&config, 1) != 0;
  }
  if (!ok || WebPValidateConfig(&config) == 0) {
    throw base::Error(base::Fault::defect, {}, "libwebp refuses its configuration");
  }
  return config;
}

/// The chunks of the image in a WebP file of one image: what follows the RIFF header and, in files
/// with alpha beside lossy pixels, the header of the extended format (RFC 9649, section 2.7).
std::string_view image_chunks(std::string_view webp) {
  constexpr std::size_t riff_header = 12;
  constexpr std::size_t extended_header = 18;
  webp.remove_prefix(riff_header);
  if (webp.starts_with("VP8X")) webp.remove_prefix(extended_header);
  return webp;
}

class WebpEncoder : public VideoEncoder {
 public:
  explicit WebpEncoder(VideoTarget const& target)
      : target_(target), config_(configuration(target.options())) {
    auto const& options = target.options();
    std::string out("RIFF\0\0\0\0WEBP", 12);
    std::string data;
    constexpr int animation = 0x02;
    constexpr int alpha = 0x10;
    constexpr int xmp = 0x04;
    append_le(data, animation | alpha | (options.title.empty() ? 0U : xmp), 4);
    append_le(data, static_cast<std::uint64_t>(options.width_px - 1), 3);
    append_le(data, static_cast<std::uint64_t>(options.height_px - 1), 3);
    append_riff(out, "VP8X", data);
    data.clear();
    append_le(data, 0, 4);  // background: none is seen, the first frame covers everything
    append_le(data, static_cast<std::uint64_t>(options.loop), 2);
    append_riff(out, "ANIM", data);
    target_.file().write(out);
  }

  void write(VideoFrame const& frame) override {
    auto placed = frame;  // offsets are told in steps of two pixels
    placed.changed.x0 &= ~1;
    placed.changed.y0 &= ~1;
    auto const box = placed.changed;
    std::string data;
    append_le(data, static_cast<std::uint64_t>(box.x0 / 2), 3);
    append_le(data, static_cast<std::uint64_t>(box.y0 / 2), 3);
    append_le(data, static_cast<std::uint64_t>(box.width() - 1), 3);
    append_le(data, static_cast<std::uint64_t>(box.height() - 1), 3);
    append_le(data, static_cast<std::uint64_t>(clock_.take(frame.seconds)), 3);
    constexpr unsigned do_not_blend = 2;
    append_le(data, frame.before == nullptr ? do_not_blend : 0U, 1);
    append_image(data, placed);
    std::string out;
    append_riff(out, "ANMF", data);
    target_.file().write(out);
    check_length();
  }

  void finish() override {
    if (!target_.options().title.empty()) {
      std::string out;
      append_riff(out, "XMP ", xmp_title(target_.options().title));
      target_.file().write(out);
      check_length();
    }
    std::string length;
    append_le(length, target_.file().size() - 8, 4);
    target_.file().overwrite(4, length);
  }

 private:
  void check_length() const {
    if (target_.file().size() > 0xFFFF'FFF0U) {
      target_.refuse("grows beyond 4 GB, which is all that WebP holds",
                     "fewer frames or smaller ones, or .mp4");
    }
  }

  void append_image(std::string& out, VideoFrame const& frame) {
    auto const box = frame.changed;
    auto const width = static_cast<std::size_t>(box.width());
    pixels_.resize(width * static_cast<std::size_t>(box.height()));
    for (int y = 0; y < box.height(); ++y) {
      delta_row(frame, box.y0 + y, pixels_.data() + static_cast<std::size_t>(y) * width);
    }
    WebPPicture picture;
    if (WebPPictureInit(&picture) == 0) {
      throw base::Error(base::Fault::defect, {}, "libwebp is of another version than its headers");
    }
    WebPMemoryWriter written;
    WebPMemoryWriterInit(&written);
    picture.use_argb = 1;
    picture.width = box.width();
    picture.height = box.height();
    picture.argb = pixels_.data();
    picture.argb_stride = box.width();
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &written;
    bool const ok = WebPEncode(&config_, &picture) != 0;
    if (ok) {
      out += image_chunks({reinterpret_cast<char const*>(written.mem), written.size});
    }
    WebPMemoryWriterClear(&written);
    WebPPictureFree(&picture);
    if (!ok) {
      throw base::Error(base::Fault::defect, {},
                        "libwebp failed, error " + std::to_string(picture.error_code));
    }
  }

  VideoTarget target_;
  WebPConfig config_;
  TickClock clock_{1000, 1};
  std::vector<std::uint32_t> pixels_;
};

}  // namespace

std::unique_ptr<VideoEncoder> make_webp_encoder(VideoTarget const& target) {
  return std::make_unique<WebpEncoder>(target);
}

}  // namespace hachure::render
