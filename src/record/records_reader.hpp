#pragma once

#include <string>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"
#include "record/columns.hpp"
#include "record/project.hpp"
#include "record/row.hpp"

namespace hachure::record {

/// A table with what the project says about it.
struct TableInput {
  geo::Table table;
  Mapping mapping;
  std::map<std::string, std::string> defaults;  ///< our field -> value of rows that give none
  bool whole = true;  ///< false when rows are missing since they could not be read
};

/// What reading the rows of one table needs from outside of it.
struct RowContext {
  std::string default_tag;  ///< language of texts that name none
  bool lenient = false;
  References& references;  ///< the tables read so far; ids of places and units are added
  base::Diagnostics& diagnostics;
};

/// Each reads its whole table into `records`, in the order of the rows, and reports every row that
/// is wrong: unknown references, dates, numbers, positions, ids that repeat. A wrong row is left
/// out; its id counts as known, so that it draws no further errors, unless `lenient`. A mapped
/// table without ids gets `<table>-<row>`.
void read_places(TableInput const& input, RowContext const& context, Records& records);
void read_units(TableInput const& input, RowContext const& context, Records& records);
void read_events(TableInput const& input, RowContext const& context, Records& records);
/// With a `points` mapping each group of rows is one movement, its points in the given order.
void read_movements(TableInput const& input, RowContext const& context, Records& records);

}  // namespace hachure::record
