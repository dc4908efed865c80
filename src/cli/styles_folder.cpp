#include "cli/styles_folder.hpp"

#include <system_error>

#include "base/error.hpp"

namespace hachure::cli {

std::filesystem::path shipped_styles() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  auto const program = fs::read_symlink("/proc/self/exe", ignored);
  fs::path const beside = program.parent_path() / ".." / "share" / "hachure" / "styles";
  for (fs::path const& folder :
       {beside, fs::path(HACHURE_SOURCE_STYLES), fs::path(HACHURE_INSTALL_STYLES)}) {
    if (fs::is_directory(folder, ignored)) return folder.lexically_normal();
  }
  throw base::Error(base::Fault::environment, {}, "the styles of hachure are not installed",
                    "run make install in its checkout");
}

}  // namespace hachure::cli
