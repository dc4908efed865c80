#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "cli/job.hpp"

namespace hachure::cli {

/// Progress of a run on stderr: a line per page on a terminal, a JSON object per event when asked,
/// else nothing. Thread-safe.
class Progress {
 public:
  Progress(MessageOptions const& options, std::size_t pages);

  void page_done(std::string const& map, std::string const& lang);
  /// A frame made: on a terminal one line that tells how many, how fast and how long still.
  void frame_done(std::size_t index, std::string const& file);
  void file_written(std::string const& file, std::size_t bytes);
  void finished(int exit_status);

 private:
  bool json_ = false;
  bool text_ = false;
  std::size_t pages_;
  std::atomic<std::size_t> done_{0};
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex line_;
  std::chrono::steady_clock::time_point shown_{};  ///< when the line was last drawn
};

}  // namespace hachure::cli
