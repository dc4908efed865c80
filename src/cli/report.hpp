#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "cli/missing_texts.hpp"
#include "cli/pages.hpp"

namespace hachure::cli {

/// One output as the report names it.
struct ReportedOutput {
  std::string file;
  std::string format;
  Page const* page = nullptr;
  std::vector<MissingTranslation> missing_texts;
};

/// The JSON of `--report` (DESIGN.md section 3), lengths in mm from the page's top left; beside
/// `outputs`, `problems` holds every problem of the run.
std::string report_of(std::vector<ReportedOutput> const& outputs,
                      base::Diagnostics const& problems);

}  // namespace hachure::cli
