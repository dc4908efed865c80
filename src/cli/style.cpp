#include "style/style.hpp"

#include <set>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/messages.hpp"
#include "cli/styles_folder.hpp"
#include "layout/catalogue.hpp"
#include "layout/font_packages.hpp"
#include "layout/shape.hpp"
#include "style/check.hpp"
#include "style/convert.hpp"
#include "style/eval_lines.hpp"

namespace hachure::cli {

int run(StyleEvalJob const& job) {
  auto const text = base::read_standard_input(base::limits::max_text_file_bytes);
  if (!job.lines) {
    print_result(style::evaluate_line(text) + "\n");
    return 0;
  }
  std::string answers;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find('\n', begin), text.size());
    auto const line = base::trim(std::string_view(text).substr(begin, end - begin));
    if (!line.empty()) answers += style::evaluate_line(line) + "\n";
    begin = end + 1;
  }
  print_result(answers);
  return 0;
}

namespace {

/// Folders of symbols that a map in the style of `file` would look into.
std::vector<std::filesystem::path> symbol_folders(std::string const& file) {
  std::vector<std::filesystem::path> folders;
  if (file.find('/') != std::string::npos || file.find('.') != std::string::npos) {
    folders.push_back(std::filesystem::path(file).parent_path() / "symbols");
  }
  folders.push_back(shipped_styles() / "symbols");
  return folders;
}

void check_fonts(style::StyleDocument const& document, base::Diagnostics& found) {
  layout::Shaper const shaper;
  std::set<std::string> seen;
  for (auto const& [name, origin] : style::fonts_named(document)) {
    if (shaper.has_font(name) || !seen.insert(name).second) continue;
    found.error(origin, "no font \"" + name + "\" is installed",
                layout::font_hint(name, shaper.families()), base::Fault::environment);
  }
}

}  // namespace

int run(StyleCheckJob const& job) {
  base::Diagnostics found;
  std::string summary;
  try {
    auto const document = style::read_style_document(job.file, {shipped_styles()}, found);
    auto const style = style::read_style(document, found);
    style::check_style(document, style::SymbolCatalogue(symbol_folders(job.file)), found);
    check_fonts(document, found);
    summary = std::to_string(style.layers.size()) + " layers";
  } catch (base::Error const& error) {
    found.add(error);
  }
  auto const problems = settled(found, false);
  print_problems(problems, job.messages);
  if (problems.problems().empty()) print_result(summary + ", no problems\n");
  return exit_status(problems, job.messages);
}

int run(StyleCatalogueJob const& job) {
  base::Diagnostics found;
  auto const style = style::read_style(job.style, {shipped_styles()}, "en", found);
  found.raise_errors();
  style::SymbolCatalogue symbols(symbol_folders(job.style));
  style::SymbolColors colors;
  colors.side = job.side.value_or(style.furniture.ink);
  colors.second = job.second.value_or(style.furniture.ink);
  colors.paper = style.furniture.panel;
  colors.ink = style.furniture.ink;
  colors.side_light = draw::mixed(colors.side, colors.paper, 0.3);
  auto const bytes =
      job.format->paint(layout::symbol_sheet(symbols, style, colors, layout::Shaper()), job.paint);
  if (job.out.empty() || job.out == "-") {
    print_result(bytes);
  } else {
    base::write_atomically(job.out, bytes);
  }
  return 0;
}

int run(StyleConvertJob const& job) {
  base::Diagnostics found;
  auto const text = base::read_file(job.file, base::limits::max_yaml_bytes);
  auto const symbols = style::SymbolCatalogue(symbol_folders(job.file)).ids();
  auto const converted = style::convert_maplibre(text, job.file, job.scale, symbols, found);
  auto const problems = settled(found, false);
  if (job.out.empty() || job.out == "-") {
    print_result(converted.yaml);
  } else {
    base::write_atomically(job.out, converted.yaml);
  }
  print_problems(problems, job.messages);
  return exit_status(problems, job.messages);
}

}  // namespace hachure::cli
