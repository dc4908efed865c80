#include "record/points_table.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/number.hpp"
#include "base/text.hpp"
#include "record/node.hpp"
#include "record/wkt.hpp"

namespace hachure::record {

namespace {

using base::Origin;

struct Point {
  std::size_t row;
  geo::LonLat at;
  std::optional<double> strength;
  std::string order;
  std::string part;
};

struct Group {
  std::string id;
  std::vector<Point> points;
  std::size_t last;  ///< index of the point whose date ends it
};

class PointGrouper {
 public:
  PointGrouper(TableInput const& input, base::Diagnostics& diagnostics, bool lenient)
      : source_(input.table),
        diagnostics_(diagnostics),
        lenient_(lenient),
        // Only points and mapped columns have a meaning here; the rest goes on as it is.
        columns_(
            map_columns(input.table, TableKind::movements, input.mapping, "und", diagnostics)) {}

  PointsTable group() {
    PointsTable result;
    result.table.origin = source_.origin;
    if (columns_.points["x"].empty() || columns_.points["y"].empty()) return result;
    for (std::size_t i = 0; i < source_.rows.size(); ++i) read_point(i);
    name_columns(result);
    for (auto& group : groups_) {
      if (group.points.size() < 2) {
        report(origin(group.points.front().row, {}),
               "the group " + quote(group.id) + " has one point", "a movement needs two");
        continue;
      }
      sort_points(group);
      for (auto const& part : parts_of(group)) add_group(part, result);
    }
    return result;
  }

 private:
  void report(Origin origin, std::string message, std::string hint = {}) {
    if (lenient_) {
      diagnostics_.warn(std::move(origin), message + "; it is left out", std::move(hint));
    } else {
      diagnostics_.error(std::move(origin), std::move(message), std::move(hint));
    }
  }

  Origin origin(std::size_t row, std::optional<std::size_t> column) const {
    auto origin = source_.rows[row].origin;
    if (column) origin.field = source_.columns[*column];
    return origin;
  }

  std::optional<double> number(std::size_t row, std::size_t column, std::string_view what) {
    auto const& cell = source_.rows[row].cells[column];
    auto const value = base::parse_number(cell);
    if (!value) {
      report(origin(row, column), quote(cell) + " is not " + std::string(what));
    }
    return value;
  }

  std::string joined(std::size_t row, std::string const& key, char const* separator) {
    std::string text;
    for (auto const column : columns_.points[key]) {
      text += (text.empty() ? "" : separator) +
              std::string(base::trim(source_.rows[row].cells[column]));
    }
    return text;
  }

  void read_point(std::size_t row) {
    auto const lon = number(row, columns_.points["x"].front(), "a longitude");
    auto const lat = number(row, columns_.points["y"].front(), "a latitude");
    if (!lon || !lat) return;
    Point point{row, {*lon, *lat}, {}, joined(row, "order", " "), joined(row, "parts", "-")};
    if (auto const problem = position_problem(point.at); !problem.empty()) {
      auto const column = columns_.points[problem.starts_with("lon") ? "x" : "y"].front();
      return report(origin(row, column), problem, position_hint(point.at));
    }
    if (auto const& column = columns_.points["strength"]; !column.empty()) {
      point.strength = number(row, column.front(), "a number");
      if (!point.strength) return;
    }
    auto const id = joined(row, "group", "-");
    auto const [it, added] = index_.emplace(id, groups_.size());
    if (added) groups_.push_back({id.empty() ? "1" : id, {}, 0});
    groups_[it->second].points.push_back(std::move(point));
  }

  static void sort_points(Group& group) {
    bool const numeric = std::ranges::all_of(
        group.points, [](Point const& p) { return base::parse_number(p.order).has_value(); });
    // Stable: points of equal order keep that of the file.
    std::ranges::stable_sort(group.points, [&](Point const& a, Point const& b) {
      if (numeric) return *base::parse_number(a.order) < *base::parse_number(b.order);
      return a.order < b.order;
    });
  }

  /// The group cut where the value of `parts` changes. The point of the change belongs to both, so
  /// that the way goes on; a change at the last point has no way left.
  std::vector<Group> parts_of(Group const& group) const {
    auto const columns = columns_.points.find("parts");
    if (columns == columns_.points.end() || columns->second.empty()) {
      return {{group.id, group.points, group.points.size() - 1}};
    }
    std::vector<Group> parts;
    std::map<std::string, int> times;
    for (std::size_t from = 0; from + 1 < group.points.size();) {
      auto to = from + 1;
      auto const& value = group.points[from].part;
      while (to + 1 < group.points.size() && group.points[to].part == value) ++to;
      auto const first = group.points.begin() + static_cast<std::ptrdiff_t>(from);
      Group part{group.id + "-" + value,
                 {first, group.points.begin() + static_cast<std::ptrdiff_t>(to) + 1},
                 to - from};
      // A stay where the change is: the part ends when it came there, not when the next sets out.
      if (group.points[to].part != value && group.points[to].at == group.points[to - 1].at) {
        part.last = to - from - 1;
      }
      if (int const again = ++times[value]; again > 1) part.id += "-" + std::to_string(again);
      parts.push_back(std::move(part));
      from = to;
    }
    return parts;
  }

  /// The columns of the result: ours under our names, the user's own under theirs.
  void name_columns(PointsTable& result) {
    auto const add = [&result](std::string name) {
      result.mapping.columns.push_back({name, name, result.table.origin});
      result.table.columns.push_back(std::move(name));
    };
    if (!columns_.fields.contains("id")) add("id");
    for (auto const& [field, column] : columns_.fields) {
      // Positions belong to the points.
      if (field == "lon" || field == "lat" || field == "wkt") continue;
      sources_.emplace_back(column);
      add(field == "start_edtf" ? "start_date:edtf"
          : field == "end_edtf" ? "end_date:edtf"
                                : field);
    }
    for (auto const& [field, texts] : columns_.texts) {
      for (auto const& [tag, column] : texts) {
        sources_.emplace_back(column);
        add(tag == "und" ? field : field + ":" + tag);
      }
    }
    for (auto const column : columns_.extra) {
      sources_.emplace_back(column);
      result.table.columns.push_back(source_.columns[column]);
    }
    if (has_times()) add("times");
  }

  /// Whether each point may tell when it was passed.
  bool has_times() const {
    return columns_.fields.contains("when") && !columns_.fields.contains("times");
  }

  /// The dates of a group's points, as the column `times` has them; empty where they are all one.
  std::string times_of(Group const& group) {
    auto const column = columns_.fields["when"];
    std::string times;
    bool differ = false;
    for (std::size_t i = 0; i < group.points.size(); ++i) {
      auto const& text = cell(group.points[i], column);
      if (i > 0) times += ';';
      // A point after the last is where the next part sets out, at its own time.
      if (i > group.last) continue;
      differ = differ || text != cell(group.points.front(), column);
      times += text;
    }
    return differ ? times : std::string();
  }

  std::string const& cell(Point const& point, std::size_t column) const {
    return source_.rows[point.row].cells[column];
  }

  void add_group(Group const& group, PointsTable& result) {
    geo::TableRow row;
    row.origin = origin(group.points.front().row, {});
    if (!columns_.fields.contains("id")) row.cells.push_back(group.id);
    for (auto const column : sources_) {
      auto text = cell(group.points.front(), column);
      auto const& last = cell(group.points[group.last], column);
      bool const is_when = columns_.fields.contains("when") && columns_.fields["when"] == column;
      if (is_when && last != text) text += "/" + last;
      row.cells.push_back(std::move(text));
    }
    if (has_times()) row.cells.push_back(times_of(group));
    geo::Lines<geo::LonLat> line;
    line.at.emplace_back();
    std::vector<double> strengths;
    for (auto const& point : group.points) {
      line.at.front().push_back(point.at);
      if (point.strength) strengths.push_back(*point.strength);
    }
    row.geometry = std::move(line);
    result.table.rows.push_back(std::move(row));
    result.strengths.push_back(std::move(strengths));
  }

  geo::Table const& source_;
  base::Diagnostics& diagnostics_;
  bool lenient_;
  ColumnMap columns_;
  std::vector<Group> groups_;
  std::map<std::string, std::size_t> index_;
  std::vector<std::size_t> sources_;
};

}  // namespace

PointsTable group_points(TableInput const& input, base::Diagnostics& diagnostics, bool lenient) {
  return PointGrouper(input, diagnostics, lenient).group();
}

}  // namespace hachure::record
