#include "cli/commands.hpp"
#include "cli/messages.hpp"

namespace hachure::cli {
int run(CompletionsJob const&) {
  return 0;
}
}  // namespace hachure::cli
