#include <algorithm>

#include "cli/commands.hpp"
#include "render/format.hpp"

namespace hachure::cli {

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

/// Two columns, indented; the second starts after the widest of the first, within reason.
std::string columns(Rows const& rows) {
  std::size_t width = 0;
  for (auto const& [left, right] : rows) {
    if (left.size() <= 28) width = std::max(width, left.size());
  }
  std::string text;
  for (auto const& [left, right] : rows) {
    text += "  " + left;
    text += left.size() > width ? "\n  " + std::string(width, ' ')
                                : std::string(width - left.size(), ' ');
    text += "  " + right + "\n";
  }
  return text;
}

std::string usage_of(Command const& command) {
  std::string text = "hachure " + std::string(command.name);
  if (!command.arguments.empty()) text += " " + std::string(command.arguments);
  if (!options_of(command).empty()) text += " [options]";
  return text;
}

Rows option_rows(Command const& command) {
  Rows rows;
  for (auto const* option : options_of(command)) {
    std::string left = "--" + std::string(option->name);
    if (!option->value.empty()) left += " " + std::string(option->value);
    std::string right(option->sentence);
    if (option->choices != nullptr) {
      right += ": ";
      bool first = true;
      for (auto const& choice : option->choices()) {
        right += (first ? "" : ", ") + choice;
        first = false;
      }
    }
    rows.emplace_back(left, right);
  }
  rows.emplace_back("--help", "print this");
  return rows;
}

Rows format_rows() {
  Rows rows;
  for (auto const& format : render::formats()) rows.emplace_back(format.id, format.sentence);
  return rows;
}

Rows subject_rows() {
  Rows rows;
  for (auto const& subject : list_subjects()) {
    rows.emplace_back(std::string(subject.name) + (subject.needs_project ? " PROJECT" : ""),
                      std::string(subject.sentence));
  }
  return rows;
}

constexpr std::string_view exit_statuses =
    "Exit status: 0 done, 1 the input is wrong (with --strict, warnings too), 2 usage,\n"
    "3 the environment (missing font, unwritable folder, full disk), 4 a defect of the program.\n";

}  // namespace

std::string help() {
  Rows rows;
  for (auto const& command : commands()) {
    std::string left(command.name);
    if (!command.arguments.empty()) left += " " + std::string(command.arguments);
    rows.emplace_back(left, command.sentence);
  }
  Rows const general{{"--help", "print this; after a command, its options"},
                     {"--version", "print the version"}};
  return "Maps of campaigns from dated, sourced records.\n\nUsage: hachure COMMAND "
         "...\n\nCommands:\n" +
         columns(rows) + "\nOptions:\n" + columns(general) + "\nOutput formats:\n" +
         columns(format_rows()) + "\n" + std::string(exit_statuses);
}

std::string help(Command const& command) {
  std::string text = "Usage: " + usage_of(command) + "\n\n" + std::string(command.sentence) + "\n";
  if (command.arguments.starts_with("PROJECT")) {
    text += "\nPROJECT is a folder with campaign.yaml, or that file.\n";
  }
  if (command.name == "list") text += "\nSubjects:\n" + columns(subject_rows());
  text += "\nOptions:\n" + columns(option_rows(command));
  if (command.name == "render") text += "\nFormats:\n" + columns(format_rows());
  return text + "\n" + std::string(exit_statuses);
}

std::string version_text() {
  return "hachure " HACHURE_VERSION;
}

}  // namespace hachure::cli
