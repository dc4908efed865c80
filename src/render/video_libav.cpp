// H.264 in MP4 and VP9 in WebM by libav (FFmpeg). Its libraries are opened when a film is asked
// for: they draw in a hundred others, which every start of the program would pay for.

#include <dlfcn.h>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

namespace {

// --- the libraries ------------------------------------------------------------------------------

/// One shared library, open for the rest of the run: codecs leave threads and exit handlers behind.
class Library {
 public:
  Library(std::string const& name, int version)
      : file_(name + ".so." + std::to_string(version)),
        handle_(::dlopen(file_.c_str(), RTLD_NOW)) {}

  bool open() const { return handle_ != nullptr; }
  std::string const& file() const { return file_; }

  template <class Function>
  void find(char const* name, Function*& function) const {
    function = reinterpret_cast<Function*>(::dlsym(handle_, name));
    if (function == nullptr) {
      throw base::Error(base::Fault::environment, {}, file_ + " has no function " + name);
    }
  }

 private:
  std::string file_;
  void* handle_;
};

/// The functions that are used, with the types of the headers, under their names without prefix.
struct Libav {
  decltype(&avformat_alloc_output_context2) format_alloc = nullptr;
  decltype(&avformat_free_context) format_free = nullptr;
  decltype(&avformat_new_stream) new_stream = nullptr;
  decltype(&avformat_write_header) write_header = nullptr;
  decltype(&av_interleaved_write_frame) write_packet = nullptr;
  decltype(&av_write_trailer) write_trailer = nullptr;
  decltype(&avio_open) io_open = nullptr;
  decltype(&avio_closep) io_close = nullptr;
  decltype(&avcodec_find_encoder_by_name) find_encoder = nullptr;
  decltype(&avcodec_alloc_context3) codec_alloc = nullptr;
  decltype(&avcodec_free_context) codec_free = nullptr;
  decltype(&avcodec_open2) codec_open = nullptr;
  decltype(&avcodec_parameters_from_context) parameters = nullptr;
  decltype(&avcodec_send_frame) send_frame = nullptr;
  decltype(&avcodec_receive_packet) receive_packet = nullptr;
  decltype(&av_packet_alloc) packet_alloc = nullptr;
  decltype(&av_packet_free) packet_free = nullptr;
  decltype(&av_packet_rescale_ts) rescale = nullptr;
  decltype(&av_frame_alloc) frame_alloc = nullptr;
  decltype(&av_frame_free) frame_free = nullptr;
  decltype(&av_frame_get_buffer) frame_buffer = nullptr;
  decltype(&av_frame_make_writable) frame_writable = nullptr;
  decltype(&av_dict_set) dict_set = nullptr;
  decltype(&av_dict_free) dict_free = nullptr;
  decltype(&av_strerror) error_text = nullptr;
  decltype(&av_log_set_level) log_level = nullptr;
  decltype(&sws_getContext) scaler = nullptr;
  decltype(&sws_freeContext) scaler_free = nullptr;
  decltype(&sws_scale) scale = nullptr;
  decltype(&sws_getCoefficients) coefficients = nullptr;
  decltype(&sws_setColorspaceDetails) set_colors = nullptr;
  std::string missing;  ///< the library that is not installed; then no function is there
};

Libav loaded() {
  // The version is that of the headers: structures of another one have another layout.
  Libav av;
  Library const util("libavutil", LIBAVUTIL_VERSION_MAJOR);
  Library const codec("libavcodec", LIBAVCODEC_VERSION_MAJOR);
  Library const format("libavformat", LIBAVFORMAT_VERSION_MAJOR);
  Library const scale("libswscale", LIBSWSCALE_VERSION_MAJOR);
  for (auto const* library : {&util, &codec, &format, &scale}) {
    if (!library->open()) {
      av.missing = library->file();
      return av;
    }
  }
  format.find("avformat_alloc_output_context2", av.format_alloc);
  format.find("avformat_free_context", av.format_free);
  format.find("avformat_new_stream", av.new_stream);
  format.find("avformat_write_header", av.write_header);
  format.find("av_interleaved_write_frame", av.write_packet);
  format.find("av_write_trailer", av.write_trailer);
  format.find("avio_open", av.io_open);
  format.find("avio_closep", av.io_close);
  codec.find("avcodec_find_encoder_by_name", av.find_encoder);
  codec.find("avcodec_alloc_context3", av.codec_alloc);
  codec.find("avcodec_free_context", av.codec_free);
  codec.find("avcodec_open2", av.codec_open);
  codec.find("avcodec_parameters_from_context", av.parameters);
  codec.find("avcodec_send_frame", av.send_frame);
  codec.find("avcodec_receive_packet", av.receive_packet);
  codec.find("av_packet_alloc", av.packet_alloc);
  codec.find("av_packet_free", av.packet_free);
  codec.find("av_packet_rescale_ts", av.rescale);
  util.find("av_frame_alloc", av.frame_alloc);
  util.find("av_frame_free", av.frame_free);
  util.find("av_frame_get_buffer", av.frame_buffer);
  util.find("av_frame_make_writable", av.frame_writable);
  util.find("av_dict_set", av.dict_set);
  util.find("av_dict_free", av.dict_free);
  util.find("av_strerror", av.error_text);
  util.find("av_log_set_level", av.log_level);
  scale.find("sws_getContext", av.scaler);
  scale.find("sws_freeContext", av.scaler_free);
  scale.find("sws_scale", av.scale);
  scale.find("sws_getCoefficients", av.coefficients);
  scale.find("sws_setColorspaceDetails", av.set_colors);
  av.log_level(AV_LOG_QUIET);  // a clean run says nothing
  return av;
}

Libav const& libav() {
  static Libav const av = loaded();
  return av;
}

// --- the encoder --------------------------------------------------------------------------------

/// What differs between the two containers.
struct Film {
  char const* container;
  char const* codec;
  char const* codec_package;
  /// Constant quality (0 best) for VideoOptions::quality 0 and 100, and without one.
  int worst, best, usual;
  int threads;
  /// Options of the codec and of the container, as their documentation has them.
  std::array<std::pair<char const*, char const*>, 5> codec_options;
};

// The numbers of threads are fixed, as the bytes depend on them. Map art moves little and has hard
// edges: hence the tuning. cpu-independent: the macroblock tree of x264 164 with AVX-512 gives
// other bytes now and then, in small frames above all; without it those of all processors are the
// same.
constexpr Film mp4{"mp4",
                   "libx264",
                   "libx264",
                   40,
                   8,
                   17,
                   4,
                   {{{"preset", "faster"},
                     {"tune", "animation"},
                     {"profile", "high"},
                     {"x264-params", "cpu-independent=1"},
                     {}}}};
constexpr Film webm{"webm",
                    "libvpx-vp9",
                    "libvpx",
                    60,
                    8,
                    24,
                    4,
                    {{{"deadline", "good"},
                      {"cpu-used", "4"},
                      {"tile-columns", "2"},
                      {"tune-content", "screen"},
                      {"auto-alt-ref", "1"}}}};

int constant_quality(Film const& film, std::optional<int> quality) {
  if (!quality) return film.usual;
  return film.worst - (film.worst - film.best) * *quality / 100;
}

class LibavEncoder : public VideoEncoder {
 public:
  LibavEncoder(VideoTarget const& target, Film const& film)
      : av_(libav()),
        target_(target),
        film_(film),
        frame_duration_(ratio_of(target.options().frame_seconds)),
        clock_(static_cast<double>(frame_duration_.denominator) /
                   static_cast<double>(frame_duration_.numerator),
               1) {
    try {
      open_container();
      open_codec();
      open_stream();
      open_scaler();
    } catch (...) {
      close();
      throw;
    }
  }

  LibavEncoder(LibavEncoder const&) = delete;
  LibavEncoder& operator=(LibavEncoder const&) = delete;
  ~LibavEncoder() override { close(); }

  void write(VideoFrame const& frame) override {
    check(av_.frame_writable(frame_), "preparing a frame");
    int const stride = target_.options().width_px * 4;
    std::uint8_t const* const rows = frame.bgrx;
    av_.scale(scaler_, &rows, &stride, 0, target_.options().height_px, frame_->data,
              frame_->linesize);
    // One rate for the whole film: editing programs expect it, and what does not move costs little.
    for (auto ticks = clock_.take(frame.seconds); ticks > 0; --ticks) {
      frame_->pts = next_++;
      send(frame_);
    }
  }

  void finish() override {
    send(nullptr);
    check(av_.write_trailer(format_), "ending the file");
    check(av_.io_close(&format_->pb), "closing the file");
  }

 private:
  void check(int result, char const* doing) const {
    if (result >= 0) return;
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_.error_text(result, text.data(), text.size());
    throw base::Error(base::Fault::environment,
                      {.file = target_.file().path().string(), .line = 0, .place = {}, .field = {}},
                      std::string("cannot be written: ") + doing + ": " + text.data());
  }

  void open_container() {
    // "file:": a colon in a folder's name is no protocol.
    auto const url = "file:" + target_.file().temporary().string();
    check(av_.format_alloc(&format_, nullptr, film_.container, url.c_str()),
          "opening the container");
    format_->flags |= AVFMT_FLAG_BITEXACT;  // no version, no random numbers
    if (!target_.options().title.empty()) {
      check(av_.dict_set(&format_->metadata, "title", target_.options().title.c_str(), 0),
            "writing the title");
    }
    check(av_.io_open(&format_->pb, url.c_str(), AVIO_FLAG_WRITE), "opening the file");
  }

  void open_codec() {
    auto const* const encoder = av_.find_encoder(film_.codec);
    codec_ = encoder == nullptr ? nullptr : av_.codec_alloc(encoder);
    if (codec_ == nullptr) check(AVERROR_ENCODER_NOT_FOUND, film_.codec);
    codec_->width = target_.options().width_px;
    codec_->height = target_.options().height_px;
    codec_->pix_fmt = AV_PIX_FMT_YUV420P;
    codec_->time_base = {static_cast<int>(frame_duration_.numerator),
                         static_cast<int>(frame_duration_.denominator)};
    codec_->framerate = {codec_->time_base.den, codec_->time_base.num};
    codec_->color_range = AVCOL_RANGE_MPEG;
    codec_->colorspace = AVCOL_SPC_BT709;
    codec_->color_primaries = AVCOL_PRI_BT709;
    codec_->color_trc = AVCOL_TRC_BT709;
    codec_->chroma_sample_location = AVCHROMA_LOC_LEFT;
    codec_->thread_count = film_.threads;
    codec_->flags |= AV_CODEC_FLAG_BITEXACT;
    if ((format_->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
      codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    // Somebody who looks for a moment waits for the next whole picture: one every four seconds.
    codec_->gop_size =
        static_cast<int>(std::clamp(4 / target_.options().frame_seconds, 12.0, 250.0));
    AVDictionary* options = nullptr;
    for (auto const& [name, value] : film_.codec_options) {
      if (name != nullptr) av_.dict_set(&options, name, value, 0);
    }
    auto const quality = std::to_string(constant_quality(film_, target_.options().quality));
    av_.dict_set(&options, "crf", quality.c_str(), 0);
    int const result = av_.codec_open(codec_, encoder, &options);
    av_.dict_free(&options);
    check(result, film_.codec);
  }

  void open_stream() {
    stream_ = av_.new_stream(format_, nullptr);
    packet_ = av_.packet_alloc();
    if (stream_ == nullptr || packet_ == nullptr) check(AVERROR(ENOMEM), "opening the film");
    check(av_.parameters(stream_->codecpar, codec_), "describing the film");
    stream_->time_base = codec_->time_base;
    stream_->avg_frame_rate = codec_->framerate;
    AVDictionary* options = nullptr;
    if (std::string_view(film_.container) == "mp4") {
      av_.dict_set(&options, "movflags", "+faststart", 0);  // plays before it is wholly there
    }
    int const result = av_.write_header(format_, &options);
    av_.dict_free(&options);
    check(result, "writing the header");
  }

  void open_scaler() {
    frame_ = av_.frame_alloc();
    if (frame_ == nullptr) check(AVERROR(ENOMEM), "making a frame");
    frame_->format = codec_->pix_fmt;
    frame_->width = codec_->width;
    frame_->height = codec_->height;
    frame_->colorspace = codec_->colorspace;
    frame_->color_range = codec_->color_range;
    check(av_.frame_buffer(frame_, 0), "making a frame");
    scaler_ = av_.scaler(codec_->width, codec_->height, AV_PIX_FMT_BGR0, codec_->width,
                         codec_->height, codec_->pix_fmt,
                         SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_BITEXACT,
                         nullptr, nullptr, nullptr);
    if (scaler_ == nullptr) check(AVERROR(ENOMEM), "converting colours");
    constexpr int full_range = 1;
    constexpr int one = 1 << 16;
    auto const* const bt709 = av_.coefficients(SWS_CS_ITU709);
    check(av_.set_colors(scaler_, bt709, full_range, bt709, 0, 0, one, one), "converting colours");
  }

  void send(AVFrame const* frame) {
    check(av_.send_frame(codec_, frame), "encoding");
    for (;;) {
      int const result = av_.receive_packet(codec_, packet_);
      if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
      check(result, "encoding");
      if (packet_->duration == 0) packet_->duration = 1;
      av_.rescale(packet_, codec_->time_base, stream_->time_base);
      packet_->stream_index = stream_->index;
      check(av_.write_packet(format_, packet_), "writing");
      check(format_->pb->error, "writing");
    }
  }

  void close() {
    av_.scaler_free(scaler_);
    av_.frame_free(&frame_);
    av_.packet_free(&packet_);
    av_.codec_free(&codec_);
    if (format_ != nullptr && format_->pb != nullptr) av_.io_close(&format_->pb);
    av_.format_free(format_);
    scaler_ = nullptr;
    format_ = nullptr;
  }

  Libav const& av_;
  VideoTarget target_;
  Film film_;
  Ratio frame_duration_;
  TickClock clock_;
  std::int64_t next_ = 0;
  AVFormatContext* format_ = nullptr;
  AVCodecContext* codec_ = nullptr;
  AVStream* stream_ = nullptr;
  AVPacket* packet_ = nullptr;
  AVFrame* frame_ = nullptr;
  SwsContext* scaler_ = nullptr;
};

VideoFormat::Missing missing_for(Film const& film) {
  auto const& av = libav();
  if (!av.missing.empty()) {
    return {av.missing + " is not installed",
            "install the Debian packages libavformat" + std::to_string(LIBAVFORMAT_VERSION_MAJOR) +
                " and libswscale" + std::to_string(LIBSWSCALE_VERSION_MAJOR) +
                ", or write .webp, .png or .gif"};
  }
  if (av.find_encoder(film.codec) == nullptr) {
    return {"libavcodec has no encoder " + std::string(film.codec),
            "install a libavcodec with " + std::string(film.codec_package) +
                ", or write .webp, .png or .gif"};
  }
  return {};
}

}  // namespace

VideoFormat::Missing missing_for_mp4() {
  return missing_for(mp4);
}
VideoFormat::Missing missing_for_webm() {
  return missing_for(webm);
}

std::unique_ptr<VideoEncoder> make_mp4_encoder(VideoTarget const& target) {
  return std::make_unique<LibavEncoder>(target, mp4);
}
std::unique_ptr<VideoEncoder> make_webm_encoder(VideoTarget const& target) {
  return std::make_unique<LibavEncoder>(target, webm);
}

}  // namespace hachure::render
