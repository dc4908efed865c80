#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/diagnostics.hpp"
#include "base/text.hpp"

namespace hachure::cli {

[[noreturn]] void refuse(std::string const& message, std::string const& hint) {
  throw base::Error(base::Fault::usage, {}, message, hint);
}

[[noreturn]] void refuse_value(std::string_view option, std::string const& message,
                               std::string const& hint) {
  throw base::Error(base::Fault::usage,
                    {.file = "--" + std::string(option), .line = 0, .place = {}, .field = {}},
                    message, hint);
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string CommandLine::value(std::string_view name) const {
  auto const found = options.find(name);
  return found == options.end() ? std::string() : found->second.back();
}

Words const& CommandLine::values(std::string_view name) const {
  static Words const none;
  auto const found = options.find(name);
  return found == options.end() ? none : found->second;
}

namespace {

/// Some dates mean something to the parser: one before the year 0 looks like an option, a set such
/// as `[1857,1858]` like a list of two arguments. With this mark in front they do not.
constexpr char date_mark = '\x1f';

bool is_special_date(std::string const& word) {
  bool const negative =
      word.size() > 1 && word[0] == '-' && (word[1] == 'Y' || (word[1] >= '0' && word[1] <= '9'));
  return negative || word.starts_with('[');
}

void unmark(Words& words) {
  for (auto& word : words) {
    if (!word.empty() && word.front() == date_mark) word.erase(0, 1);
  }
}

/// Words that CLI11 did not know: options that the command does not have.
void refuse_unknown_options(Words const& extras, Command const& command) {
  for (auto const& word : extras) {
    if (word.size() < 2 || word.front() != '-' || word == "--") continue;
    auto const name = word.substr(
        word.find_first_not_of('-') == std::string::npos ? 0 : word.find_first_not_of('-'));
    Words known;
    for (auto const* option : options_of(command))
      known.push_back("--" + std::string(option->name));
    known.emplace_back("--help");
    auto const near = base::near_miss("--" + name.substr(0, name.find('=')), known);
    refuse(in_quotes(word.substr(0, word.find('='))) + " is not an option of hachure " +
               std::string(command.name),
           near.empty() ? "see hachure " + std::string(command.name) + " --help"
                        : "did you mean \"" + near + "\"?");
  }
}

void check_choices(Option const& option, Words const& values) {
  if (option.choices == nullptr) return;
  auto const known = option.choices();
  for (auto const& value : values) {
    if (std::ranges::find(known, value) == known.end()) {
      refuse_value(option.name, in_quotes(value) + " is not one of its values",
                   base::hint_of(value, known));
    }
  }
}

Words values_of(Option const& option, Words given) {
  unmark(given);
  if (!option.repeats && given.size() > 1) refuse_value(option.name, "is given twice");
  Words values;
  for (auto const& text : given) {
    if (text.empty()) refuse_value(option.name, "has no value");
    if (!option.is_list) {
      values.push_back(text);
      continue;
    }
    for (auto& part : base::split_list(text, ',')) {
      if (std::ranges::find(values, part) == values.end()) values.push_back(std::move(part));
    }
  }
  if (values.empty()) refuse_value(option.name, "has no value");
  check_choices(option, values);
  return values;
}

void check_number_of_arguments(Command const& command, Words const& arguments) {
  std::string const usage =
      "usage: hachure " + std::string(command.name) + " " + std::string(command.arguments);
  if (arguments.size() < command.least) {
    refuse("hachure " + std::string(command.name) + " needs " + std::string(command.arguments),
           usage);
  }
  if (arguments.size() > command.most) {
    refuse(in_quotes(arguments[command.most]) + " is one argument too many", usage);
  }
}

}  // namespace

std::optional<CommandLine> parse_words(Command const& command, Words words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  auto const* help = app.add_flag("-h,--help");
  std::map<std::string, Words, std::less<>> given;
  std::map<std::string, CLI::Option*, std::less<>> switches;
  for (auto const* option : options_of(command)) {
    std::string const name(option->name);
    if (option->value.empty()) {
      switches[name] = app.add_flag("--" + name);
    } else {
      app.add_option("--" + name, given[name])->allow_extra_args(false);
    }
  }
  CommandLine parsed;
  app.add_option("arguments", parsed.arguments);
  for (auto& word : words) {
    if (is_special_date(word)) word.insert(word.begin(), date_mark);
  }
  std::ranges::reverse(words);  // CLI11 takes them from the back
  try {
    app.parse(std::move(words));
  } catch (CLI::ArgumentMismatch const& error) {
    std::string const text = error.what();
    refuse(text.substr(0, text.find(':')) + " has no value",
           "see hachure " + std::string(command.name) + " --help");
  } catch (CLI::ParseError const& error) {
    refuse(error.what(), "see hachure " + std::string(command.name) + " --help");
  }
  if (help->count() > 0) return {};
  refuse_unknown_options(app.remaining(), command);
  unmark(parsed.arguments);
  for (auto const& [name, option] : switches) {
    if (option->count() > 0) parsed.options[name] = {"true"};
  }
  for (auto const* option : options_of(command)) {
    auto const found = given.find(option->name);
    if (found == given.end() || found->second.empty()) continue;
    parsed.options[found->first] = values_of(*option, found->second);
  }
  for (auto const* option : options_of(command)) {
    if (!option->excludes.empty() && parsed.has(option->name) && parsed.has(option->excludes)) {
      refuse_value(option->name, "is not given together with --" + std::string(option->excludes));
    }
  }
  check_number_of_arguments(command, parsed.arguments);
  return parsed;
}

}  // namespace hachure::cli
