#pragma once

#include <string>
#include <vector>

#include "cli/pages.hpp"

namespace hachure::cli {

/// Files that the outputs of a run are made from, sorted, each once: the project, its tables and
/// layers, styles and the symbols that the program found.
std::vector<std::string> files_read(scene::Inputs const& inputs, Styles const& styles);

/// The Makefile fragment of `--deps`: every output depends on every input; each input is also a
/// target without a recipe, so that make does not stop when one is deleted.
std::string make_fragment(std::vector<std::string> const& outputs,
                          std::vector<std::string> const& inputs);

}  // namespace hachure::cli
