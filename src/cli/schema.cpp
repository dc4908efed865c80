#include "record/schema.hpp"

#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "style/style.hpp"

namespace hachure::cli {

int run(SchemaJob const& job) {
  auto text = job.of == "style" ? style::style_schema() : record::project_schema();
  if (!text.ends_with('\n')) text += '\n';
  print_result(text);
  return 0;
}

}  // namespace hachure::cli
