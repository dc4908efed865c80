#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/parallel.hpp"
#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "cli/missing_texts.hpp"
#include "cli/pages.hpp"
#include "cli/styles_folder.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;

/// What there is, for the summary: name of the table, singular and plural, number of rows.
struct Count {
  std::string_view table;
  std::string_view one;
  std::string_view many;
  std::size_t number;
};

std::vector<Count> counts_of(record::Project const& project) {
  auto const& records = project.records;
  return {{"places", "place", "places", records.places.size()},
          {"sides", "side", "sides", records.sides.size()},
          {"units", "unit", "units", records.units.size()},
          {"events", "event", "events", records.events.size()},
          {"movements", "movement", "movements", records.movements.size()},
          {"sources", "source", "sources", records.sources.size()},
          {"layers", "layer", "layers", project.layers.size()},
          {"maps", "map", "maps", project.maps.size()}};
}

std::size_t number_of(base::Diagnostics const& problems, base::Problem::Severity severity) {
  std::size_t number = 0;
  for (auto const& problem : problems.problems()) number += problem.severity == severity ? 1 : 0;
  return number;
}

std::string numbered(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string summary(record::Project const& project, base::Diagnostics const& problems) {
  std::string text;
  for (auto const& count : counts_of(project)) {
    if (count.number > 0) text += numbered(count.number, count.one, count.many) + ", ";
  }
  auto const errors = number_of(problems, base::Problem::Severity::error);
  auto const warnings = number_of(problems, base::Problem::Severity::warning);
  if (errors + warnings == 0) return text + "no problems\n";
  if (errors > 0) text += numbered(errors, "error", "errors");
  if (warnings > 0) text += (errors > 0 ? ", " : "") + numbered(warnings, "warning", "warnings");
  return text + "\n";
}

std::string json_summary(record::Project const& project, base::Diagnostics const& problems) {
  Json json;
  json["errors"] = number_of(problems, base::Problem::Severity::error);
  json["warnings"] = number_of(problems, base::Problem::Severity::warning);
  json["problems"] = Json::array();
  for (auto const& problem : problems.problems()) {
    json["problems"].push_back(Json::parse(to_json(problem)));
  }
  for (auto const& count : counts_of(project))
    json["counts"][std::string(count.table)] = count.number;
  return json.dump(2) + "\n";
}

/// Every map in every language of the project.
std::vector<PageRequest> every_page(record::Project const& project) {
  std::vector<PageRequest> requests;
  for (auto const& map : project.maps) {
    for (auto const& lang : project.languages) {
      PageRequest request;
      request.map = &map;
      request.options.lang = lang;
      requests.push_back(std::move(request));
    }
  }
  return requests;
}

}  // namespace

int run(CheckJob const& job) {
  scene::Inputs inputs;
  base::Diagnostics found;
  try {
    inputs =
        scene::read_inputs(job.project, shipped_styles(), {.lenient = job.messages.lenient}, found);
    auto const requests = every_page(inputs.project);
    auto const styles = read_styles(inputs, requests, found);
    // What is wrong with records would only be said again by the maps that show them.
    if (!settled(found, job.messages.lenient).has_errors()) {
      warn_of_missing_texts(inputs.project, found);
      Timings timings;
      int const jobs = job.jobs > 0 ? job.jobs : base::processor_count();
      auto const drop = [](Page& page, std::size_t) { page.layout.reset(); };
      for (auto const& page : make_pages(inputs, requests, styles, jobs, timings, drop)) {
        found.append(page.diagnostics);
      }
    }
  } catch (base::Error const& error) {
    found.add(error);
  }
  auto const problems = settled(found, job.messages.lenient);
  print_problems(problems, job.messages);
  print_result(job.json ? json_summary(inputs.project, problems)
                        : summary(inputs.project, problems));
  return exit_status(problems, job.messages);
}

}  // namespace hachure::cli
