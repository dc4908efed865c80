#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "cli/listing.hpp"
#include "cli/messages.hpp"
#include "cli/styles_folder.hpp"

namespace hachure::cli {

namespace {

/// Style folders and symbols of the program alone, for lists that ask for no project.
scene::Inputs without_project() {
  scene::Inputs inputs;
  inputs.style_folders = {shipped_styles()};
  inputs.symbols = std::make_shared<style::SymbolCatalogue>(
      std::vector<std::filesystem::path>{shipped_styles() / "symbols"});
  return inputs;
}

}  // namespace

int run(ListJob const& job) {
  auto const& subject = *find_list_subject(job.subject);
  scene::Inputs inputs;
  base::Diagnostics found;
  try {
    inputs = job.project.empty() ? without_project()
                                 : scene::read_inputs(job.project, shipped_styles(),
                                                      {.lenient = job.messages.lenient}, found);
  } catch (base::Error const& error) {
    found.add(error);
  }
  auto const problems = settled(found, job.messages.lenient);
  print_problems(problems, job.messages);
  if (problems.has_errors()) return exit_status(problems, job.messages);
  auto const listing = subject.needs_project ? list_records(subject.name, inputs.project, job.at)
                                             : list_tables(subject.name, inputs);
  print_result(print(listing, subject, job.format, inputs.project.languages));
  return exit_status(problems, job.messages);
}

}  // namespace hachure::cli
