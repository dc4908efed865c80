#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <thread>

namespace hachure::base {

/// Processors this process may run on; at least 1.
int processor_count();

/// Calls `work(index, worker)` for every index below `count` on up to `jobs` threads (the caller's
/// is one of them). `worker` is below `jobs` and belongs to one thread at a time, for what threads
/// do not share. Results go to slots by index, so that their order does not depend on the threads.
/// An exception stops the handing out of further indices; the one of the lowest index is rethrown.
/// @pre jobs >= 1
void for_each_index(std::size_t count, int jobs,
                    std::function<void(std::size_t index, std::size_t worker)> const& work);

/// Work on a thread of its own beside what its owner goes on with.
class Beside {
 public:
  explicit Beside(std::function<void()> const& work);
  /// Waits for the work; what it threw is lost unless wait() was called.
  ~Beside();
  Beside(Beside const&) = delete;
  Beside& operator=(Beside const&) = delete;

  /// Waits for the work and throws what it threw.
  void wait();

 private:
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace hachure::base
