#include "style/style.hpp"

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "cli/styles_folder.hpp"
#include "style/eval_lines.hpp"

namespace hachure::cli {

int run(StyleEvalJob const& job) {
  auto const text = base::read_standard_input(base::limits::max_text_file_bytes);
  if (!job.lines) {
    print_result(style::evaluate_line(text) + "\n");
    return 0;
  }
  std::string answers;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find('\n', begin), text.size());
    auto const line = base::trim(std::string_view(text).substr(begin, end - begin));
    if (!line.empty()) answers += style::evaluate_line(line) + "\n";
    begin = end + 1;
  }
  print_result(answers);
  return 0;
}

int run(StyleCheckJob const& job) {
  base::Diagnostics found;
  std::string summary;
  try {
    auto const style = style::read_style(job.file, {shipped_styles()}, "en", found);
    summary = std::to_string(style.layers.size()) + " layers";
  } catch (base::Error const& error) {
    found.add(error);
  }
  auto const problems = settled(found, false);
  print_problems(problems, job.messages);
  if (problems.problems().empty()) print_result(summary + ", no problems\n");
  return exit_status(problems, job.messages);
}

}  // namespace hachure::cli
