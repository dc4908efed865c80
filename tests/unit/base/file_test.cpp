#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "support/raster.hpp"

namespace hachure::base {
namespace {

namespace fs = std::filesystem;

/// A folder of one test.
class FileTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder); }
  void TearDown() override {
    fs::permissions(folder, fs::perms::owner_all);
    fs::remove_all(folder);
  }

  std::string content(std::string const& name) { return read_file(folder / name, 1 << 20); }
  void put(std::string const& name, std::string const& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  std::size_t count_files() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
  }
  /// The text of an error without the folder's own path.
  template <class Call>
  std::string message_of(Call call, Fault expected) {
    try {
      call();
    } catch (Error const& error) {
      EXPECT_EQ(error.fault(), expected);
      std::string text = error.what();
      auto const prefix = folder.string() + "/";
      for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
        text.erase(at, prefix.size());
      }
      return text;
    }
    return "no error";
  }

  fs::path folder = fs::path(tests::scratch_folder()) /
                    testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(FileTest, ReadsEveryByte) {
  std::string const bytes("a\0b\r\n\xFF", 6);
  put("x", bytes);
  EXPECT_EQ(content("x"), bytes);
}

TEST_F(FileTest, MissingFile) {
  EXPECT_EQ(message_of([&] { read_file(folder / "none.csv", 10); }, Fault::input),
            "none.csv: no such file");
}

TEST_F(FileTest, FolderInsteadOfFile) {
  fs::create_directory(folder / "sub");
  EXPECT_EQ(message_of([&] { read_file(folder / "sub", 10); }, Fault::input),
            "sub: is a folder, not a file");
}

TEST_F(FileTest, TooLargeNamesSizeAndLimit) {
  put("big", std::string(11, 'x'));
  EXPECT_EQ(message_of([&] { read_file(folder / "big", 10); }, Fault::input),
            "big: is 11 bytes; the limit is 10");
  EXPECT_EQ(read_file(folder / "big", 11).size(), 11u);
}

TEST_F(FileTest, EndlessInputStopsAtTheLimit) {
  EXPECT_EQ(message_of([&] { read_file("/dev/zero", 1000); }, Fault::input),
            "/dev/zero: is larger than the limit of 1000 bytes");
}

TEST_F(FileTest, WritesAndReplacesWithoutATrace) {
  write_atomically(folder / "out.svg", "one");
  write_atomically(folder / "out.svg", std::string("t\0o", 3));
  EXPECT_EQ(content("out.svg"), std::string("t\0o", 3));
  EXPECT_EQ(count_files(), 1u);
}

TEST_F(FileTest, MakesParentFolders) {
  write_atomically(folder / "a/b/c.svg", "deep");
  EXPECT_EQ(content("a/b/c.svg"), "deep");
}

TEST_F(FileTest, EmptyFileIsWritten) {
  write_atomically(folder / "empty", "");
  EXPECT_EQ(content("empty"), "");
}

TEST_F(FileTest, ParentIsAFile) {
  put("file", "x");
  EXPECT_EQ(message_of([&] { write_atomically(folder / "file/out.svg", "x"); }, Fault::environment),
            "file: cannot be written: Not a directory");
}

TEST_F(FileTest, TargetIsAFolder) {
  fs::create_directory(folder / "sub");
  EXPECT_EQ(message_of([&] { write_atomically(folder / "sub", "x"); }, Fault::environment),
            "sub: cannot be written: Is a directory");
  EXPECT_EQ(count_files(), 1u);  // the temporary file is gone
}

TEST_F(FileTest, UnwritableFolder) {
  put("out.svg", "old");
  fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec);
  // Root may write everywhere: the test takes the rights of nobody for the attempt.
  bool const is_root = ::geteuid() == 0;
  if (is_root) {
    ASSERT_EQ(::seteuid(65534), 0);
  }
  auto const message =
      message_of([&] { write_atomically(folder / "out.svg", "new"); }, Fault::environment);
  if (is_root) {
    ASSERT_EQ(::seteuid(0), 0);
  }
  EXPECT_EQ(message,
            "out.svg: cannot be written: Permission denied\n"
            "  hint: choose a folder you may write to with --out");
  EXPECT_EQ(content("out.svg"), "old");
}

TEST_F(FileTest, FolderThatNobodyMayWriteTo) {
  // /proc takes no files, not even from root.
  EXPECT_NE(message_of([&] { write_atomically("/proc/hachure.svg", "x"); }, Fault::environment)
                .find("/proc/hachure.svg: cannot be written: "),
            std::string::npos);
}

TEST_F(FileTest, DiskThatFillsUpLeavesTheOldFile) {
  put("out.svg", "old");
  auto const ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 1000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  auto const message = message_of(
      [&] { write_atomically(folder / "out.svg", std::string(5000, 'x')); }, Fault::environment);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignored);
  EXPECT_EQ(message, "out.svg: cannot be written: File too large");
  EXPECT_EQ(content("out.svg"), "old");
  EXPECT_EQ(count_files(), 1u);
}

TEST_F(FileTest, PipeIsWrittenToAndNotReplaced) {
  // `--out /dev/stdout` and process substitution: renaming over them would take them away.
  auto const pipe = folder / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] {
    std::ifstream stream(pipe, std::ios::binary);
    got.assign(std::istreambuf_iterator<char>(stream), {});
  });
  write_atomically(pipe, "through the pipe");
  struct stat status {};
  bool const still_there = ::lstat(pipe.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  if (!still_there) {
    // Lets the reader go, which waits on the pipe that was.
    got = "taken away";
    reader.detach();
  } else {
    reader.join();
  }
  EXPECT_TRUE(still_there);
  EXPECT_EQ(got, "through the pipe");
}

TEST(InvalidUtf8, FirstBadByte) {
  auto const npos = std::string_view::npos;
  EXPECT_EQ(find_invalid_utf8(""), npos);
  EXPECT_EQ(find_invalid_utf8("plain"), npos);
  EXPECT_EQ(find_invalid_utf8("é廣𠀀\xF4\x8F\xBF\xBF"), npos);
  EXPECT_EQ(find_invalid_utf8("ab\xFF"), 2u);
  EXPECT_EQ(find_invalid_utf8("\x80"), 0u);
  EXPECT_EQ(find_invalid_utf8("a\xC0\x80"), 1u);         // overlong NUL
  EXPECT_EQ(find_invalid_utf8("\xE0\x9F\xBF"), 0u);      // overlong
  EXPECT_EQ(find_invalid_utf8("\xF0\x8F\xBF\xBF"), 0u);  // overlong
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0u);      // surrogate
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(find_invalid_utf8("a\xE5\xBB"), 1u);         // cut short
  EXPECT_EQ(find_invalid_utf8("caf\xE9 noir"), 3u);      // Latin-1
}

TEST_F(FileTest, AFileOfPiecesAppearsWhenItIsWhole) {
  put("film", "old");
  {
    AtomicFile file(folder / "film");
    file.write("....abc");
    EXPECT_EQ(file.size(), 7U);
    file.overwrite(0, "head");
    file.write("d");
    EXPECT_EQ(content("film"), "old");
    EXPECT_EQ(count_files(), 2U);
    file.commit();
  }
  EXPECT_EQ(content("film"), "headabcd");
  EXPECT_EQ(count_files(), 1U);
}

TEST_F(FileTest, AFileOfPiecesThatIsNotCommittedLeavesNothing) {
  {
    AtomicFile file(folder / "new" / "film");
    file.write(std::string(3U << 20, 'x'));
    EXPECT_EQ(fs::file_size(file.temporary()), 3U << 20);
  }
  EXPECT_TRUE(fs::is_empty(folder / "new"));
}

TEST_F(FileTest, WhatCannotBecomeAFileOfPiecesIsSaidAtOnce) {
  fs::create_directories(folder / "film");
  EXPECT_EQ(message_of([&] { AtomicFile file(folder / "film"); }, Fault::environment),
            "film: cannot be written: Is a directory");
  EXPECT_EQ(message_of([&] { AtomicFile file("/dev/null"); }, Fault::environment),
            "/dev/null: is a device or a pipe: only a file can be written piece by piece");
  put("file", "");
  EXPECT_EQ(message_of([&] { AtomicFile file(folder / "file" / "film"); }, Fault::environment),
            "file: cannot be written: Not a directory");
}

}  // namespace
}  // namespace hachure::base
