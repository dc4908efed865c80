#include "cli/outputs.hpp"

#include <system_error>

#include "base/file.hpp"

namespace hachure::cli {

namespace fs = std::filesystem;

OutputPlan::OutputPlan(std::string const& out) : out_(out), is_stdout_(out == "-") {
  std::error_code ignored;
  is_folder_ = !is_stdout_ && (out.ends_with('/') || fs::is_directory(out_, ignored));
}

fs::path OutputPlan::path(std::string const& map, std::string const& lang,
                          std::string_view extension) const {
  if (!is_folder_) return out_;
  return out_ / (map + (lang.empty() ? "" : "." + lang) + "." + std::string(extension));
}

namespace {

base::Origin origin(fs::path const& path) {
  return {.file = path.string(), .line = 0, .place = {}, .field = {}};
}

/// Folders that write_atomically would make for `path`, deepest first.
std::vector<fs::path> missing_folders(fs::path const& path) {
  std::vector<fs::path> folders;
  std::error_code ignored;
  for (auto folder = path.parent_path(); !folder.empty() && !fs::exists(folder, ignored);
       folder = folder.parent_path()) {
    folders.push_back(folder);
  }
  return folders;
}

/// Whether a path leads to something that is neither a file nor a folder.
bool is_special(fs::path const& path) {
  std::error_code ignored;
  auto const status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

void write_all(std::vector<OutputFile> const& files, base::Diagnostics& diagnostics) {
  std::vector<fs::path> staged;
  std::vector<fs::path> made;
  std::error_code error;
  bool failed = false;
  for (auto const& file : files) {
    // Kept apart from the final name, and on the same file system, so that renaming is all that is
    // left to do once every byte is on the disk.
    auto waiting = file.path;
    waiting += ".new";
    if (fs::is_directory(file.path, error)) {
      diagnostics.error(origin(file.path), "cannot be written: is a folder", {},
                        base::Fault::environment);
      failed = true;
      break;
    }
    auto const folders = missing_folders(file.path);
    made.insert(made.end(), folders.begin(), folders.end());
    try {
      if (is_special(file.path)) {
        // A device or pipe takes the bytes as they are; renaming over it would replace it.
        base::write_atomically(file.path, file.bytes);
        staged.emplace_back();
        continue;
      }
      base::write_atomically(waiting, file.bytes);
      staged.push_back(waiting);
    } catch (base::Error const& problem) {
      auto const named =
          problem.origin().file == waiting.string() ? origin(file.path) : problem.origin();
      diagnostics.error(named, problem.message(), problem.hint(), problem.fault());
      failed = true;
      break;
    }
  }
  for (std::size_t i = 0; i < staged.size() && !failed; ++i) {
    if (staged[i].empty()) continue;
    fs::rename(staged[i], files[i].path, error);
    if (error) {
      diagnostics.error(origin(files[i].path), "cannot be written: " + error.message(), {},
                        base::Fault::environment);
      failed = true;
    }
  }
  if (!failed) return;
  for (auto const& path : staged) {
    if (!path.empty()) fs::remove(path, error);
  }
  for (auto const& folder : made) fs::remove(folder, error);  // those that are empty
}

}  // namespace hachure::cli
