#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "cli/pages.hpp"
#include "record/project.hpp"

/// Which texts of a page another language stands in for.
namespace hachure::cli {

/// A text that its record does not have in the language of the page.
struct MissingTranslation {
  std::string record;  ///< `table.id`; `maps.<id>` of a map's own texts
  std::string field;   ///< title, subtitle
  std::string used;    ///< what is printed instead
};

/// Titles that the page prints although they are not in its language: of the map, its insets and
/// the records that have labels or entries in the key. In the order of the project.
std::vector<MissingTranslation> missing_translations(record::Project const& project,
                                                     Page const& page);

/// One warning for each language of the project that lacks titles of records or maps: how many, and
/// the first few.
void warn_of_missing_texts(record::Project const& project, base::Diagnostics& diagnostics);

}  // namespace hachure::cli
