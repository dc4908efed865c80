#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace hachure::base {

namespace {

[[noreturn]] void fail_read(std::string const& file, std::string const& why) {
  throw Error(Fault::input, {.file = file, .line = 0, .place = {}, .field = {}}, why);
}

[[noreturn]] void fail_write(std::filesystem::path const& path, int error) {
  std::string const why = std::generic_category().message(error);
  std::string hint;
  if (error == ENOSPC) hint = "free some space, or write to another disk with --out";
  if (error == EACCES || error == EROFS || error == EPERM) {
    hint = "choose a folder you may write to with --out";
  }
  throw Error(Fault::environment, {.file = path.string(), .line = 0, .place = {}, .field = {}},
              "cannot be written: " + why, hint);
}

std::string read_descriptor(int descriptor, std::string const& name, std::uintmax_t max_bytes) {
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    auto const got = ::read(descriptor, buffer, sizeof buffer);
    if (got < 0) {
      if (errno == EINTR) continue;
      fail_read(name, "cannot be read: " + std::generic_category().message(errno));
    }
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > max_bytes) {
      fail_read(name, "is larger than the limit of " + std::to_string(max_bytes) + " bytes");
    }
  }
}

/// Closes a descriptor when a function is left by an exception.
struct Descriptor {
  int value = -1;
  explicit Descriptor(int v) : value(v) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

/// Writes everything; 0, or the error number that stopped it.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return errno;
    if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

bool is_device_or_pipe(std::filesystem::path const& path) {
  std::error_code ignored;
  auto const status = std::filesystem::status(path, ignored);
  return std::filesystem::is_character_file(status) || std::filesystem::is_fifo(status);
}

void create_parent(std::filesystem::path const& path) {
  if (!path.has_parent_path()) return;
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) fail_write(path.parent_path(), error.value());
}

/// The name holds the process id, so that two runs never share a temporary file.
std::filesystem::path temporary_beside(std::filesystem::path path) {
  path += "." + std::to_string(::getpid()) + ".part";
  return path;
}

}  // namespace

std::string read_file(std::filesystem::path const& path, std::uintmax_t max_bytes) {
  Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.value < 0) {
    fail_read(path.string(), errno == ENOENT
                                 ? std::string("no such file")
                                 : "cannot be read: " + std::generic_category().message(errno));
  }
  struct stat status {};
  if (::fstat(file.value, &status) == 0) {
    if (S_ISDIR(status.st_mode)) fail_read(path.string(), "is a folder, not a file");
    // Opened without waiting: a pipe that nobody writes to would hold the program up for ever.
    if (S_ISFIFO(status.st_mode)) fail_read(path.string(), "is a pipe, not a file");
    if (S_ISREG(status.st_mode) && static_cast<std::uintmax_t>(status.st_size) > max_bytes) {
      fail_read(path.string(), "is " + std::to_string(status.st_size) + " bytes; the limit is " +
                                   std::to_string(max_bytes));
    }
  }
  return read_descriptor(file.value, path.string(), max_bytes);
}

std::string read_standard_input(std::uintmax_t max_bytes) {
  return read_descriptor(STDIN_FILENO, "standard input", max_bytes);
}

void write_atomically(std::filesystem::path const& path, std::string_view bytes,
                      Durability durability) {
  create_parent(path);
  if (is_device_or_pipe(path)) {
    // Renaming over /dev/stdout or a pipe would take it away; it has no old content to keep.
    Descriptor const file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    int const failed = file.value < 0 ? errno : write_all(file.value, bytes);
    if (failed != 0) fail_write(path, failed);
    return;
  }
  auto const temporary = temporary_beside(path);
  int error = 0;
  {
    Descriptor const file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.value < 0) fail_write(path, errno);
    error = write_all(file.value, bytes);
    bool const flush = durability == Durability::flushed;
    if (error == 0 && flush && ::fsync(file.value) != 0 && errno != EINVAL) error = errno;
  }
  if (error == 0 && std::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    fail_write(path, error);
  }
}

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
  create_parent(path_);
  // Found now rather than by the rename at the end of an hour's work.
  std::error_code ignored;
  if (std::filesystem::is_directory(path_, ignored)) fail_write(path_, EISDIR);
  if (is_device_or_pipe(path_)) {
    throw Error(Fault::environment, {.file = path_.string(), .line = 0, .place = {}, .field = {}},
                "is a device or a pipe: only a file can be written piece by piece");
  }
  temporary_ = temporary_beside(path_);
  descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_write(path_, errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::flush() {
  if (int const error = write_all(descriptor_, buffer_); error != 0) fail_write(path_, error);
  flushed_ += buffer_.size();
  buffer_.clear();
}

void AtomicFile::write(std::string_view bytes) {
  constexpr std::size_t enough = 1U << 20;  // libraries hand over a few bytes at a time
  buffer_ += bytes;
  if (buffer_.size() >= enough) flush();
}

void AtomicFile::overwrite(std::uint64_t offset, std::string_view bytes) {
  flush();
  auto const here = ::lseek(descriptor_, 0, SEEK_CUR);
  if (here < 0 || ::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0) {
    fail_write(path_, errno);
  }
  if (int const error = write_all(descriptor_, bytes); error != 0) fail_write(path_, error);
  if (::lseek(descriptor_, here, SEEK_SET) < 0) fail_write(path_, errno);
}

void AtomicFile::commit() {
  flush();
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail_write(path_, errno);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail_write(path_, errno);
  ::close(descriptor_);
  descriptor_ = -1;
}

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    auto const byte = static_cast<unsigned char>(text[i]);
    std::size_t length = 0;
    char32_t code = 0;
    if (byte < 0x80) {
      ++i;
      continue;
    } else if (byte >= 0xC2 && byte <= 0xDF) {
      length = 1;
      code = byte & 0x1Fu;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
      length = 2;
      code = byte & 0x0Fu;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
      length = 3;
      code = byte & 0x07u;
    } else {
      return i;
    }
    if (i + length >= text.size()) return i;
    for (std::size_t k = 1; k <= length; ++k) {
      auto const next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0u) != 0x80u) return i;
      code = (code << 6) | (next & 0x3Fu);
    }
    bool const overlong = (length == 2 && code < 0x800) || (length == 3 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return i;
    i += length + 1;
  }
  return std::string_view::npos;
}

}  // namespace hachure::base
