#pragma once

#include <string>
#include <vector>

#include "cli/job.hpp"

namespace hachure::cli {

/// What a command line asks for. Does no work and opens no file.
/// @param arguments without the program's name
/// @throws base::Error usage: an unknown command or option, a missing or malformed value
Job read_options(std::vector<std::string> const& arguments);

}  // namespace hachure::cli
