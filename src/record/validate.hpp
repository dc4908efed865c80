#pragma once

#include <string>

#include "base/diagnostics.hpp"
#include "record/node.hpp"
#include "record/project.hpp"
#include "record/row.hpp"

namespace hachure::record {

/// Checks what can only be known once everything is read: parents of units (unknown, in a circle).
/// With `lenient` a unit with a wrong parent keeps its place and loses the parent.
void validate_units(KnownIds const& known, bool lenient, Records& records,
                    base::Diagnostics& diagnostics);

/// Warns of places whose longitude and latitude look swapped: far from where most places of the
/// project lie (the median, against the distance that three in four keep), and among them with the
/// two numbers exchanged. Said of tables of four places and more.
void validate_positions(Records const& records, base::Diagnostics& diagnostics);

/// How validate_maps looks at ids of records.
struct MapChecks {
  bool ids_complete = true;  ///< false when a table holds errors: ids are not checked then
  bool lenient = false;      ///< unknown ids are left out with a warning
};

/// Checks the maps against the records and each other: views, ids of `fit` and `select`, layers,
/// units of scale bars, insets (unknown, in a circle, too deep), sequences. `root` is the project
/// file, for lines. Lists of `select` become ids or a filter: a filter if the list holds a list, or
/// if its first item is an operator such as `<=`, `has` or `all` and no id of the table.
void validate_maps(Node const& root, MapChecks checks, Project& project,
                   base::Diagnostics& diagnostics);

}  // namespace hachure::record
