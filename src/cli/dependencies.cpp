#include "cli/dependencies.hpp"

#include <filesystem>
#include <set>
#include <system_error>

namespace hachure::cli {

namespace {

/// A file name in a rule of make: `$`, `#`, blanks and colons have a meaning there.
std::string escaped(std::string const& name) {
  std::string out;
  for (char const c : name) {
    if (c == '$') out += '$';
    if (c == ' ' || c == '\t' || c == '#' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::vector<std::string> files_read(scene::Inputs const& inputs, Styles const& styles) {
  std::set<std::string> files(inputs.project.files_read.begin(), inputs.project.files_read.end());
  std::error_code ignored;
  for (auto const& layer : inputs.project.layers) {
    // Connection strings of databases are no files.
    if (std::filesystem::exists(layer.path, ignored)) files.insert(layer.path);
  }
  for (auto const& [name, style] : styles) {
    files.insert(style.files_read.begin(), style.files_read.end());
  }
  for (auto const& id : inputs.symbols->ids()) files.insert(inputs.symbols->file_of(id).string());
  return {files.begin(), files.end()};
}

std::string make_fragment(std::vector<std::string> const& outputs,
                          std::vector<std::string> const& inputs) {
  std::string text;
  for (auto const& output : outputs) text += (text.empty() ? "" : " \\\n") + escaped(output);
  text += ":";
  for (auto const& input : inputs) text += " \\\n  " + escaped(input);
  text += "\n";
  for (auto const& input : inputs) text += "\n" + escaped(input) + ":\n";
  return text;
}

}  // namespace hachure::cli
