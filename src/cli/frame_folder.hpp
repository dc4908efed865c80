#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "cli/frame_plan.hpp"

namespace hachure::cli {

/// The folder in which the frames of a run gather, perhaps from several machines and after a kill.
/// `frames.json` in it names the run; it is there from the first frame on, so that another run is
/// refused, and tells of every frame that is whole.
class FrameFolder {
 public:
  /// @param run what makes the bytes of the frames: equal texts, equal frames
  FrameFolder(std::filesystem::path folder, FramePlan const& plan, std::string const& run);

  /// How a folder is entered.
  struct Entry {
    bool keep = false;      ///< whole frames of this run stay (`--resume`), else they are made anew
    bool force = false;     ///< frames of another run are written over
    std::size_t first = 0;  ///< the frames that this process makes, up to `end`
    std::size_t end = 0;
  };
  /// Looks at what the folder holds. Frames of another run are an error, unless `force`.
  void open(Entry const& entry, base::Diagnostics& diagnostics);

  /// Whether the frame is there and is kept.
  bool has(std::size_t index) const { return sums_[index].has_value(); }
  /// Name of a frame's file, without the folder.
  std::string name(std::size_t index) const;
  std::filesystem::path path(std::size_t index) const { return folder_ / name(index); }
  /// Writes a frame, whole or not at all. Thread-safe for different frames.
  void write(std::size_t index, std::string_view png);
  /// Writes `frames.json` with all frames that are there.
  void close();

 private:
  std::string manifest() const;
  void keep_whole(Entry const& entry);
  /// Clears away what a kill left of the frames that this process makes; others may be under way.
  void remove_parts(Entry const& entry) const;

  std::filesystem::path folder_;
  FramePlan const& plan_;
  std::string run_;
  std::vector<std::optional<std::string>> sums_;  ///< SHA-256 of the frames that are there
};

}  // namespace hachure::cli
