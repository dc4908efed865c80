#include <filesystem>
#include <system_error>

#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "cli/new_project.hpp"
#include "cli/outputs.hpp"

namespace hachure::cli {

int run(NewJob const& job) {
  namespace fs = std::filesystem;
  std::error_code error;
  base::Origin const origin{.file = job.folder.string(), .line = 0, .place = {}, .field = {}};
  if (fs::exists(job.folder, error)) {
    if (!fs::is_directory(job.folder, error)) {
      throw base::Error(base::Fault::input, origin, "is a file, not a folder");
    }
    if (!fs::is_empty(job.folder, error)) {
      throw base::Error(base::Fault::input, origin, "the folder is not empty",
                        "name a folder that does not exist yet");
    }
  }
  std::vector<OutputFile> files;
  for (auto const& file : new_project()) {
    files.push_back({job.folder / file.name, std::string(file.text)});
  }
  base::Diagnostics problems;
  write_all(files, problems);
  print_problems(problems, {});
  if (problems.has_errors()) return exit_status(problems, {});
  std::string text;
  for (auto const& file : files) text += file.path.string() + "\n";
  print_result(text);
  return 0;
}

}  // namespace hachure::cli
