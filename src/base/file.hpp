#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hachure::base {

/// The whole file as bytes.
/// @throws Error input: missing, a folder, unreadable, or larger than `max_bytes` (message names
///         file, size and limit)
std::string read_file(std::filesystem::path const& path, std::uintmax_t max_bytes);

/// All of standard input, up to `max_bytes`. @throws Error input when there is more.
std::string read_standard_input(std::uintmax_t max_bytes);

/// What a written file outlives: the end of the machine's power, or only that of the program, as
/// frames do which a run can make again.
enum class Durability { flushed, renamed };

/// Writes `bytes` to a temporary file beside `path`, flushes it to the disk and renames it, so that
/// `path` holds either its old content or all of the new. Creates missing parent folders.
/// @throws Error environment: unwritable folder, full disk; the temporary file is removed
void write_atomically(std::filesystem::path const& path, std::string_view bytes,
                      Durability durability = Durability::flushed);

/// A file that is written piece by piece and appears under its name only when it is whole: the
/// temporary file beside it has the name that write_atomically() uses. Missing parent folders are
/// created. All members throw Error environment when the disk is full or the folder unwritable.
class AtomicFile {
 public:
  /// @throws Error environment also when `path` is a folder, a device or a pipe
  explicit AtomicFile(std::filesystem::path path);
  AtomicFile(AtomicFile const&) = delete;
  AtomicFile& operator=(AtomicFile const&) = delete;
  /// Removes the temporary file if commit() was not reached.
  ~AtomicFile();

  /// Appends.
  void write(std::string_view bytes);
  /// Replaces bytes that have been written, from `offset` on.
  void overwrite(std::uint64_t offset, std::string_view bytes);
  /// Bytes appended so far.
  std::uint64_t size() const { return flushed_ + buffer_.size(); }
  /// The file under way, for libraries that write by name instead of through write().
  std::filesystem::path const& temporary() const { return temporary_; }
  /// The name that it will have.
  std::filesystem::path const& path() const { return path_; }
  /// Flushes to the disk and renames. Nothing may be written after it.
  void commit();

 private:
  void flush();

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
  std::uint64_t flushed_ = 0;
  std::string buffer_;
};

/// Position of the first byte that is not valid UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace hachure::base
