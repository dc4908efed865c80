#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace hachure::base {
namespace {

TEST(Parallel, EveryIndexIsDoneOnce) {
  for (int const jobs : {1, 2, 7, 300}) {
    std::vector<int> done(100);
    for_each_index(done.size(), jobs, [&](std::size_t index, std::size_t worker) {
      EXPECT_LT(worker, static_cast<std::size_t>(jobs));
      ++done[index];
    });
    EXPECT_EQ(done, std::vector<int>(100, 1));
  }
}

TEST(Parallel, NothingToDoCallsNothing) {
  for_each_index(0, 4, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(Parallel, AnExceptionReachesTheCaller) {
  std::atomic<int> calls{0};
  auto const work = [&](std::size_t index, std::size_t) {
    ++calls;
    if (index == 3) throw std::runtime_error("three");
  };
  EXPECT_THROW(for_each_index(1000, 1, work), std::runtime_error);
  EXPECT_EQ(calls, 4);
  EXPECT_THROW(for_each_index(1000, 4, work), std::runtime_error);
}

TEST(Beside, WaitsForTheWorkAndPassesOnWhatItThrew) {
  int done = 0;
  {
    Beside const work([&] { done = 1; });
  }
  EXPECT_EQ(done, 1);
  Beside fails([] { throw std::runtime_error("beside"); });
  EXPECT_THROW(fails.wait(), std::runtime_error);
  EXPECT_NO_THROW(fails.wait());  // told once
  Beside const unheard([] { throw std::runtime_error("beside"); });
}

TEST(Parallel, ThereIsAProcessor) {
  EXPECT_GE(processor_count(), 1);
}

}  // namespace
}  // namespace hachure::base
