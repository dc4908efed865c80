#include "cli/outputs.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"

namespace hachure::cli {
namespace {

namespace fs = std::filesystem;

class Outputs : public testing::Test {
 protected:
  void SetUp() override {
    auto const* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / "hachure-outputs" / test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string text(fs::path const& name) const { return base::read_file(folder_ / name, 1000); }
  std::size_t files() const {
    auto const all = fs::recursive_directory_iterator(folder_);
    return static_cast<std::size_t>(std::distance(fs::begin(all), fs::end(all)));
  }

  fs::path folder_;
};

TEST_F(Outputs, NamesFollowTheKindOfOut) {
  OutputPlan const made("maps/");
  EXPECT_TRUE(made.is_folder());
  EXPECT_EQ(made.path("river", "", "svg"), "maps/river.svg");
  EXPECT_EQ(made.path("river", "zh-Hant", "png"), "maps/river.zh-Hant.png");
  OutputPlan const there(folder_.string());
  EXPECT_TRUE(there.is_folder());
  EXPECT_EQ(there.path("river", "", "svg"), folder_ / "river.svg");
  OutputPlan const file("a.svg");
  EXPECT_FALSE(file.is_folder() || file.is_stdout());
  EXPECT_EQ(file.path("river", "en", "svg"), "a.svg");
  EXPECT_TRUE(OutputPlan("-").is_stdout());
}

TEST_F(Outputs, AllAreWrittenAndFoldersMade) {
  base::Diagnostics problems;
  write_all({{folder_ / "a" / "b" / "one", "1"}, {folder_ / "two", "2"}}, problems);
  EXPECT_TRUE(problems.problems().empty());
  EXPECT_EQ(text("a/b/one"), "1");
  EXPECT_EQ(text("two"), "2");
  EXPECT_EQ(files(), 4u);
}

TEST_F(Outputs, OneThatFailsLeavesAllAsTheyWere) {
  base::write_atomically(folder_ / "one", "old");
  base::write_atomically(folder_ / "wall", "a file");
  base::Diagnostics problems;
  write_all({{folder_ / "one", "new"},
             {folder_ / "fresh" / "two", "new"},
             {folder_ / "wall" / "three", "new"}},
            problems);
  ASSERT_EQ(problems.problems().size(), 1u);
  EXPECT_EQ(problems.problems()[0].fault, base::Fault::environment);
  EXPECT_EQ(text("one"), "old");
  EXPECT_EQ(files(), 2u);
}

TEST_F(Outputs, AFolderInTheWayIsNamed) {
  fs::create_directories(folder_ / "map.svg");
  base::Diagnostics problems;
  write_all({{folder_ / "map.svg", "new"}}, problems);
  ASSERT_EQ(problems.problems().size(), 1u);
  EXPECT_EQ(base::to_string(problems.problems()[0]),
            (folder_ / "map.svg").string() + ": cannot be written: is a folder");
  EXPECT_EQ(files(), 1u);
}

}  // namespace
}  // namespace hachure::cli
