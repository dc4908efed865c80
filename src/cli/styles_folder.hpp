#pragma once

#include <filesystem>

namespace hachure::cli {

/// Folder of the styles that come with the program: beside an installed program
/// (`../share/hachure/styles`), else in the checkout it was built from, else where the build would
/// have installed them. @throws Error environment when there is none
std::filesystem::path shipped_styles();

}  // namespace hachure::cli
