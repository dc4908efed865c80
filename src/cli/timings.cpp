#include "cli/timings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace hachure::cli {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
  auto const span = std::chrono::steady_clock::now() - begin;
  auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(span).count();
  return static_cast<double>(microseconds) / 1e6;
}

}  // namespace

Timings::Stage::Stage(Timings& timings, std::string stage, std::string of)
    : timings_(timings),
      stage_(std::move(stage)),
      of_(std::move(of)),
      begin_(std::chrono::steady_clock::now()) {}

Timings::Stage::~Stage() {
  double const seconds = seconds_since(begin_);
  std::lock_guard const lock(timings_.mutex_);
  timings_.entries_.push_back({std::move(stage_), std::move(of_), seconds});
}

Timings::Stage Timings::stage(std::string stage, std::string of) {
  return Stage(*this, std::move(stage), std::move(of));
}

std::string Timings::to_json() const {
  std::lock_guard const lock(mutex_);
  auto sorted = entries_;
  std::ranges::stable_sort(sorted, {}, [](Entry const& e) { return std::tie(e.stage, e.of); });
  nlohmann::ordered_json json;
  json["total_s"] = seconds_since(begin_);
  json["stages"] = nlohmann::ordered_json::array();
  for (auto const& entry : sorted) {
    json["stages"].push_back(
        {{"stage", entry.stage}, {"of", entry.of}, {"seconds", entry.seconds}});
  }
  return json.dump(2) + "\n";
}

}  // namespace hachure::cli
