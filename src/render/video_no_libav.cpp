// Instead of video_libav.cpp in a build without the headers of libav (CMakeLists.txt chooses).

#include "base/error.hpp"
#include "render/video_encoder.hpp"

namespace hachure::render {

VideoFormat::Missing missing_for_mp4() {
  return {"this program was built without libav",
          "install libavformat-dev, libavcodec-dev and libswscale-dev and build again, or write "
          ".webp, .png or .gif"};
}

VideoFormat::Missing missing_for_webm() {
  return missing_for_mp4();
}

std::unique_ptr<VideoEncoder> make_mp4_encoder(VideoTarget const& /*target*/) {
  throw base::Error(base::Fault::defect, {}, "a film without libav");
}

std::unique_ptr<VideoEncoder> make_webm_encoder(VideoTarget const& target) {
  return make_mp4_encoder(target);
}

}  // namespace hachure::render
