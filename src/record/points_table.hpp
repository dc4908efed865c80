#pragma once

#include <vector>

#include "base/diagnostics.hpp"
#include "geo/vector_source.hpp"
#include "record/records_reader.hpp"

namespace hachure::record {

/// A table of points made one of movements.
struct PointsTable {
  geo::Table table;  ///< one row for each group, with its line and our own column names
  Mapping mapping;   ///< names those columns that are ours; the rest is the user's own
  std::vector<std::vector<double>> strengths;  ///< row -> one number per point, or empty
};

/// Groups the rows of a point table by `points: {x, y, group, parts, order, strength}`. Groups
/// stand in the order of their first row; points in that of the column `order` (all numbers, or as
/// text), else of the file. Where the value of `parts` changes within a group a movement of its own
/// begins, at the point where the one before ends. The id of a group is its values joined by `-`,
/// then that of the part. Other columns give a movement the value of the group's first point; dates
/// that differ give the interval from first to last. With `lenient` wrong points are left out with
/// a warning.
PointsTable group_points(TableInput const& input, base::Diagnostics& diagnostics, bool lenient);

}  // namespace hachure::record
