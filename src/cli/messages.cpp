#include "cli/messages.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/limits.hpp"

namespace hachure::cli {

void print_result(std::string_view bytes) {
  std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  std::cout.flush();
  if (!std::cout) {
    throw base::Error(base::Fault::environment, {}, "standard output cannot be written");
  }
}

void print_message(std::string_view line) {
  static std::mutex mutex;
  std::lock_guard const lock(mutex);
  std::string const whole = std::string(line) + "\n";
  std::cerr.write(whole.data(), static_cast<std::streamsize>(whole.size()));
}

void print_partial(std::string_view text) {
  std::cerr.write(text.data(), static_cast<std::streamsize>(text.size()));
  std::cerr.flush();
}

bool stderr_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::string to_json(base::Problem const& problem) {
  nlohmann::ordered_json json;
  bool const warning = problem.severity == base::Problem::Severity::warning;
  json["severity"] = warning ? "warning" : "error";
  json["file"] = problem.origin.file + problem.origin.place;
  json["line"] = problem.origin.line;
  json["field"] = problem.origin.field;
  json["message"] = problem.message;
  json["hint"] = problem.hint;
  // A message may quote bytes of the user's that are not UTF-8.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

base::Diagnostics settled(base::Diagnostics const& diagnostics, bool lenient) {
  base::Diagnostics out;
  std::vector<base::Problem> seen;
  for (auto problem : diagnostics.problems()) {
    bool const environment = problem.fault == base::Fault::environment;
    if (lenient && environment) problem.severity = base::Problem::Severity::warning;
    if (std::ranges::find(seen, problem) != seen.end()) continue;
    seen.push_back(problem);
    if (problem.severity == base::Problem::Severity::warning) {
      out.warn(problem.origin, problem.message, problem.hint);
    } else {
      out.error(problem.origin, problem.message, problem.hint, problem.fault);
    }
  }
  return out;
}

void print_problems(base::Diagnostics const& diagnostics, MessageOptions const& options) {
  std::size_t shown = 0;
  std::size_t hidden = 0;
  // Errors first, so that a flood of warnings does not hide them.
  for (auto const severity : {base::Problem::Severity::error, base::Problem::Severity::warning}) {
    if (severity == base::Problem::Severity::warning && options.quiet) continue;
    for (auto const& problem : diagnostics.problems()) {
      if (problem.severity != severity) continue;
      if (shown == base::limits::max_problems) {
        ++hidden;
        continue;
      }
      ++shown;
      print_message(options.json ? to_json(problem) : base::to_string(problem));
    }
  }
  if (hidden > 0 && !options.json) {
    print_message(std::to_string(hidden) + " more problems not shown");
  }
}

int exit_status(base::Diagnostics const& diagnostics, MessageOptions const& options) {
  int status = options.strict && diagnostics.has_warnings() ? 1 : 0;
  for (auto const& problem : diagnostics.problems()) {
    if (problem.severity == base::Problem::Severity::error) {
      status = std::max(status, base::exit_status(problem.fault));
    }
  }
  return status;
}

}  // namespace hachure::cli
