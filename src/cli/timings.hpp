#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace hachure::cli {

/// How long the stages of a run took. Thread-safe.
class Timings {
 public:
  /// Measures from its making to its end.
  class Stage {
   public:
    Stage(Timings& timings, std::string stage, std::string of);
    ~Stage();
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;

   private:
    Timings& timings_;
    std::string stage_;
    std::string of_;
    std::chrono::steady_clock::time_point begin_;
  };

  /// Starts a stage; `of` is what it works on, e.g. "river.en.png".
  Stage stage(std::string stage, std::string of = {});

  /// `{"total_s", "stages": [{"stage", "of", "seconds"}]}`, stages sorted by name and `of`.
  std::string to_json() const;

 private:
  struct Entry {
    std::string stage;
    std::string of;
    double seconds;
  };
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace hachure::cli
