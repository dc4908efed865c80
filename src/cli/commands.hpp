#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/job.hpp"

/// The tables of the command line: parsing, `--help` and completions are made from them.
namespace hachure::cli {

/// A row of the table of commands.
struct Command {
  std::string_view name;       ///< one word, or two: `style eval`
  std::string_view arguments;  ///< as in a usage line, e.g. "PROJECT"
  std::size_t least;           ///< fewest arguments
  std::size_t most;            ///< most arguments
  std::string_view sentence;   ///< for `--help`
};
std::span<Command const> commands();
Command const* find_command(std::string_view name);

/// A row of the table of options.
struct Option {
  std::string_view name;      ///< without the dashes
  std::string_view commands;  ///< names of the commands that have it, separated by `|`
  std::string_view value;     ///< name of its value; empty for a switch
  std::string_view sentence;
  /// The values it takes, for checking and completion; null when any text may be right.
  std::vector<std::string> (*choices)() = nullptr;
  bool is_list = false;            ///< several values separated by commas
  bool repeats = false;            ///< may be given several times
  std::string_view excludes = {};  ///< option that may not be given with it
};
std::span<Option const> options();
/// Those of one command, in the table's order.
std::vector<Option const*> options_of(Command const& command);

/// A row of the table of what `hachure list` lists.
struct ListSubject {
  std::string_view name;
  bool needs_project;
  std::string_view fields;  ///< separated by commas, in the order printed
  std::string_view sentence;
};
std::span<ListSubject const> list_subjects();
ListSubject const* find_list_subject(std::string_view name);

/// Names of a table's rows.
std::vector<std::string> command_names();
std::vector<std::string> format_names();
std::vector<std::string> list_subject_names();
std::vector<std::string> shell_names();
std::vector<std::string> schema_names();

/// What `hachure --help` prints.
std::string help();
/// What `hachure COMMAND --help` prints.
std::string help(Command const& command);
/// The line of `--version`.
std::string version_text();

/// Each gives the exit status of the process; results go to stdout, messages to stderr.
int run(RenderJob const& job);
int run(FramesJob const& job);
int run(CheckJob const& job);
int run(ListJob const& job);
int run(DateJob const& job);
int run(StyleEvalJob const& job);
int run(StyleCheckJob const& job);
int run(StyleConvertJob const& job);
int run(StyleCatalogueJob const& job);
int run(NewJob const& job);
int run(SchemaJob const& job);
int run(CompletionsJob const& job);
int run(PrintJob const& job);

/// The whole program: arguments without the program's name, to the exit status.
/// @throws base::Error for wrong usage and for what stops a command as a whole
int run(std::vector<std::string> const& arguments);

}  // namespace hachure::cli
