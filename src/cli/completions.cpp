#include <algorithm>
#include <map>
#include <utility>

#include "cli/commands.hpp"
#include "cli/messages.hpp"

namespace hachure::cli {

namespace {

using Words = std::vector<std::string>;

std::string joined(Words const& words, std::string_view separator) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : std::string(separator)) + word;
  return text;
}

Words seconds_of(std::string_view word) {
  Words seconds;
  for (auto const& command : commands()) {
    if (command.name.starts_with(std::string(word) + " ")) {
      seconds.emplace_back(command.name.substr(word.size() + 1));
    }
  }
  return seconds;
}

/// Words that may stand as the first argument of a command; empty where it is a file.
Words arguments_of(std::string_view word) {
  if (word == "list") return list_subject_names();
  if (word == "schema") return schema_names();
  if (word == "completions") return shell_names();
  return seconds_of(word);
}

/// Options of a command's first word: of `style`, those of both its commands.
std::vector<Option const*> options_by_word(std::string_view word) {
  std::vector<Option const*> out;
  for (auto const& command : commands()) {
    if (command.name.substr(0, command.name.find(' ')) != word) continue;
    for (auto const* option : options_of(command)) {
      if (std::ranges::find(out, option) == out.end()) out.push_back(option);
    }
  }
  return out;
}

/// A sentence within single quotes of a shell.
std::string in_quotes(std::string_view sentence) {
  std::string text = "'";
  for (char const c : sentence) {
    if (c == '\'') {
      text += "'\\''";
    } else {
      text += c;
    }
  }
  return text + "'";
}

std::string bash_case(std::string const& word) {
  Words names{"--help"};
  std::string values;
  for (auto const* option : options_by_word(word)) {
    std::string const name = "--" + std::string(option->name);
    names.push_back(name);
    if (option->value.empty()) continue;
    values += "        " + name + ") ";
    values += option->choices != nullptr
                  ? "COMPREPLY=($(compgen -W \"" + joined(option->choices(), " ") +
                        "\" -- \"$word\")); return ;;\n"
                  : std::string("COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
  }
  std::string text = "    " + word + ")\n      case $before in\n" + values + "      esac\n";
  text += "      options=\"" + joined(names, " ") + "\"\n";
  text += "      arguments=\"" + joined(arguments_of(word), " ") + "\" ;;\n";
  return text;
}

std::string bash() {
  std::string text = "# bash completion of hachure: source <(hachure completions bash)\n";
  text += "_hachure() {\n";
  text += "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n";
  text += "  local options arguments\n";
  text += "  if ((COMP_CWORD == 1)); then\n    COMPREPLY=($(compgen -W \"" +
          joined(command_names(), " ") + " --help --version\" -- \"$word\"))\n    return\n  fi\n";
  text += "  case ${COMP_WORDS[1]} in\n";
  for (auto const& word : command_names()) text += bash_case(word);
  text += "  esac\n";
  text += "  if [[ $word == -* ]]; then\n";
  text += "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n";
  text += "  elif ((COMP_CWORD == 2)) && [[ -n $arguments ]]; then\n";
  text += "    COMPREPLY=($(compgen -W \"$arguments\" -- \"$word\"))\n";
  text += "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\n";
  return text + "complete -o filenames -F _hachure hachure\n";
}

/// One argument of zsh's _arguments; brackets and colons have a meaning in it.
std::string zsh_option(Option const& option) {
  std::string sentence;
  for (char const c : option.sentence) {
    if (c == '[' || c == ']' || c == ':') sentence += '\\';
    sentence += c;
  }
  std::string text = std::string(option.repeats ? "*" : "") + "--" + std::string(option.name) +
                     "[" + sentence + "]";
  if (option.value.empty()) return in_quotes(text);
  text += ":" + std::string(option.name) + ":";
  text += option.choices != nullptr ? "(" + joined(option.choices(), " ") + ")" : "_files";
  return in_quotes(text);
}

std::string zsh() {
  std::string text =
      "#compdef hachure\n# zsh completion of hachure: hachure completions zsh > _hachure\n";
  text += "_hachure() {\n  if ((CURRENT == 2)); then\n    local -a commands=(\n";
  std::map<std::string, bool> seen;
  for (auto const& command : commands()) {
    std::string const word(command.name.substr(0, command.name.find(' ')));
    if (std::exchange(seen[word], true)) continue;
    text += "      " + in_quotes(word + ":" + std::string(command.sentence)) + "\n";
  }
  text += "    )\n    _describe command commands\n    return\n  fi\n  case $words[2] in\n";
  for (auto const& word : command_names()) {
    text += "    " + word + ") _arguments '--help[print help]'";
    for (auto const* option : options_by_word(word)) text += " \\\n      " + zsh_option(*option);
    auto const arguments = arguments_of(word);
    text += " \\\n      '2:argument:" +
            (arguments.empty() ? "_files" : "(" + joined(arguments, " ") + ")") +
            "' '*:file:_files' ;;\n";
  }
  return text + "  esac\n}\n_hachure \"$@\"\n";
}

std::string fish() {
  std::string text = "# fish completion of hachure: hachure completions fish | source\n";
  std::map<std::string, bool> seen;
  for (auto const& command : commands()) {
    std::string const word(command.name.substr(0, command.name.find(' ')));
    if (std::exchange(seen[word], true)) continue;
    text += "complete -c hachure -n __fish_use_subcommand -f -a " + word + " -d " +
            in_quotes(command.sentence) + "\n";
  }
  for (auto const& word : command_names()) {
    std::string const begin = "complete -c hachure -n '__fish_seen_subcommand_from " + word + "'";
    for (auto const* option : options_by_word(word)) {
      text += begin + " -l " + std::string(option->name);
      if (option->choices != nullptr) {
        text += " -x -a " + in_quotes(joined(option->choices(), " "));
      } else if (!option->value.empty()) {
        text += " -r";
      }
      text += " -d " + in_quotes(option->sentence) + "\n";
    }
    auto const arguments = arguments_of(word);
    if (!arguments.empty()) {
      text += begin + " -f -a " + in_quotes(joined(arguments, " ")) + "\n";
    }
  }
  return text;
}

}  // namespace

int run(CompletionsJob const& job) {
  print_result(job.shell == "bash" ? bash() : job.shell == "zsh" ? zsh() : fish());
  return 0;
}

}  // namespace hachure::cli
