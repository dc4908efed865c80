#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"

/// From words to options: the only user of CLI11.
namespace hachure::cli {

using Words = std::vector<std::string>;

/// The words of one command line: its arguments, and the values of each option.
struct CommandLine {
  Words arguments;
  std::map<std::string, Words, std::less<>> options;  ///< by name; a switch has one value

  bool has(std::string_view name) const { return options.contains(name); }
  /// The last value given, or empty.
  std::string value(std::string_view name) const;
  /// All values given; those of a list option one by one.
  Words const& values(std::string_view name) const;
};

/// Reads the words behind a command by the tables of commands and options: names, numbers of values
/// and of arguments, choices, what excludes what.
/// @returns nothing when help is asked for
/// @throws base::Error usage
std::optional<CommandLine> parse_words(Command const& command, Words words);

/// @throws base::Error usage with this message
[[noreturn]] void refuse(std::string const& message, std::string const& hint = {});
/// @throws base::Error usage with this message, `--<option>` in front
[[noreturn]] void refuse_value(std::string_view option, std::string const& message,
                               std::string const& hint = {});
/// `text` between double quotes.
std::string in_quotes(std::string_view text);

}  // namespace hachure::cli
