#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "cli/job.hpp"

/// What the program says: results to stdout, problems and progress to stderr.
namespace hachure::cli {

/// Writes a result to stdout, whole. @throws Error environment when it does not take it
void print_result(std::string_view bytes);

/// One line for stderr, whole even when threads speak at once.
void print_message(std::string_view line);

/// Text for a terminal's stderr that does not end its line.
void print_partial(std::string_view text);

/// Whether stderr is a terminal.
bool stderr_is_terminal();

/// A problem as one line of JSON without line end: severity, file, line, field, message, hint.
std::string to_json(base::Problem const& problem);

/// The problems, each once, in the order found; with `lenient`, what the environment lacks is only
/// warned of.
base::Diagnostics settled(base::Diagnostics const& diagnostics, bool lenient);

/// Prints the problems on stderr, errors before warnings: at most
/// limits::max_problems of them, then their number.
void print_problems(base::Diagnostics const& diagnostics, MessageOptions const& options);

/// Exit status that the problems of a run ask for.
int exit_status(base::Diagnostics const& diagnostics, MessageOptions const& options);

}  // namespace hachure::cli
