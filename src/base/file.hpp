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

/// Writes `bytes` to a temporary file beside `path`, flushes it to the disk and renames it, so that
/// `path` holds either its old content or all of the new. Creates missing parent folders.
/// @throws Error environment: unwritable folder, full disk; the temporary file is removed
void write_atomically(std::filesystem::path const& path, std::string_view bytes);

/// Position of the first byte that is not valid UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace hachure::base
