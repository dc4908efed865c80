#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace hachure::base {

int processor_count() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void for_each_index(std::size_t count, int jobs,
                    std::function<void(std::size_t, std::size_t)> const& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::mutex mutex;
  std::size_t failed_index = count;
  std::exception_ptr failure;

  auto const run = [&](std::size_t worker) {
    while (!stopped) {
      auto const index = next.fetch_add(1);
      if (index >= count) return;
      try {
        work(index, worker);
      } catch (...) {
        std::lock_guard const lock(mutex);
        if (index < failed_index) {
          failed_index = index;
          failure = std::current_exception();
        }
        stopped = true;
      }
    }
  };

  auto const workers = std::min(count, static_cast<std::size_t>(std::max(1, jobs)));
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back(run, worker);
  run(0);
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

Beside::Beside(std::function<void()> const& work)
    : thread_([this, work] {
        try {
          work();
        } catch (...) {
          failure_ = std::current_exception();
        }
      }) {}

Beside::~Beside() {
  if (thread_.joinable()) thread_.join();
}

void Beside::wait() {
  if (thread_.joinable()) thread_.join();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace hachure::base
