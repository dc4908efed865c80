#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "render/png.hpp"

/// Animations made of rasters, frame by frame: one table row per container.
namespace hachure::render {

/// What an animation has beside its frames.
struct VideoOptions {
  int width_px = 0;
  int height_px = 0;
  /// Duration of a frame that says none; the frame rate of formats that have one rate only.
  double frame_seconds = 0.04;
  std::string title{};  ///< metadata, UTF-8
  int loop = 0;  ///< how often it is played; 0: for ever. Film formats leave it to the player
  /// 0 (smallest) to 100 (best), for formats with a quality; without it their default.
  std::optional<int> quality{};
};

class VideoEncoder;

/// A row of the table of video formats.
struct VideoFormat {
  std::string_view id;
  std::span<std::string_view const> extensions;  ///< with the dot; the first is the usual one
  std::string_view sentence;                     ///< for `--help` and the reference
  int max_side_px;
  bool even_sides;          ///< colour is stored for 2 x 2 pixels
  bool has_quality;         ///< VideoOptions::quality may be given
  double shortest_frame_s;  ///< shorter ones are slowed down by viewers or cannot be written
  /// What is missing on this machine or in this build: empty when the format can be written; else
  /// a clause for a message and what to do about it.
  struct Missing {
    std::string what;
    std::string hint;
  };
  Missing (*missing)();
  /// The encoder of the format, for a file that make_video_writer() has opened.
  std::unique_ptr<VideoEncoder> (*encoder)(class VideoTarget const&);
};

/// All video formats, in the order in which they are listed to users.
std::span<VideoFormat const> video_formats();

/// The format of that extension (with the dot, case does not matter), or null.
VideoFormat const* find_video_format(std::string_view extension);

/// Writes an animation frame by frame. Memory holds two frames, however many there are; the file
/// appears when finish() is reached, and nothing of it is left if it never is.
class VideoWriter {
 public:
  VideoWriter(VideoFormat const& format, std::filesystem::path const& file,
              VideoOptions const& options);
  VideoWriter(VideoWriter const&) = delete;
  VideoWriter& operator=(VideoWriter const&) = delete;
  ~VideoWriter();

  /// Appends a frame shown for `seconds`; one like the frame before prolongs that one. Durations
  /// are rounded to what the format can hold without letting the errors add up.
  /// @throws Error defect: not of the size of the options, seconds not positive; input: the file
  ///         grows beyond what the format holds; environment: full disk
  void add(Raster const& frame, double seconds);
  /// Appends a frame of VideoOptions::frame_seconds.
  void add(Raster const& frame);
  /// Ends the file and gives it its name. @throws Error input when there is no frame
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A writer of the format that the extension of `file` names.
/// @throws Error usage: unknown extension, a quality that the format does not have; input: a size
///         or duration that the format cannot hold; environment: unwritable, a library is missing
std::unique_ptr<VideoWriter> make_video_writer(std::filesystem::path const& file,
                                               VideoOptions const& options);

}  // namespace hachure::render
