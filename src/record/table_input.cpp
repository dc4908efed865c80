#include "record/table_input.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "record/node_table.hpp"
#include "record/table.hpp"
#include "record/values.hpp"

namespace hachure::record {

namespace {

class TableInputReader {
 public:
  TableInputReader(Node const& node, TableKind kind, ProjectFile const& project,
                   base::Diagnostics& diagnostics)
      : node_(node), kind_(kind), project_(project), diagnostics_(diagnostics) {}

  std::optional<TableInput> read(std::vector<std::string>& files_read) {
    auto const* data = node_.is_scalar() ? &node_ : node_.find("data");
    auto const* records = node_.find("records");
    if ((data == nullptr) == (records == nullptr)) {
      if (node_.is_map()) {
        error(node_, {},
              data == nullptr ? "has neither data nor records" : "has both data and records",
              "keep one of the two");
      }
      return {};
    }
    TableInput input;
    input.mapping = read_mapping();
    input.defaults = read_defaults();
    auto const before = diagnostics_.problems().size();
    auto table = records != nullptr ? table_of(*records, project_.file, diagnostics_)
                                    : read_data(*data, files_read);
    if (!table) return {};
    auto const& problems = diagnostics_.problems();
    input.whole = std::none_of(problems.begin() + static_cast<std::ptrdiff_t>(before),
                               problems.end(), [](base::Problem const& problem) {
                                 return problem.severity == base::Problem::Severity::error;
                               });
    input.table = std::move(*table);
    return input;
  }

 private:
  base::Origin origin(Node const& node, std::string const& below) const {
    auto field = std::string(to_string(kind_));
    if (!below.empty()) field += "." + below;
    return {.file = project_.file, .line = node.key_line, .place = {}, .field = std::move(field)};
  }

  void error(Node const& node, std::string const& below, std::string message, std::string hint) {
    diagnostics_.error(origin(node, below), std::move(message), std::move(hint));
  }

  std::optional<geo::Table> read_data(Node const& data, std::vector<std::string>& files_read) {
    if (!data.is_scalar()) return {};
    DataReference reference;
    reference.path = resolve_path(project_.folder, data.text);
    reference.layer = word_of(node_.find("layer"));
    reference.origin = origin(data, node_.is_scalar() ? "" : "data");
    auto table = read_table(reference, project_.options, diagnostics_);
    if (!is_connection(reference.path)) files_read.push_back(reference.path);
    return table;
  }

  /// Reports a name that is no column of ours.
  bool check_ours(Node const& item, std::string const& path) {
    if (parse_column(item.key, kind_)) return true;
    error(item, path, quote(item.key) + " is not a column of " + std::string(to_string(kind_)),
          base::hint_of(item.key, column_names(kind_)));
    return false;
  }

  Mapping read_mapping() {
    Mapping mapping;
    if (auto const* columns = node_.find("columns"); columns != nullptr && columns->is_map()) {
      for (auto const& item : columns->items) {
        if (!item.is_scalar() || !check_ours(item, "columns")) continue;
        mapping.columns.push_back({item.key, item.text, origin(item, "columns." + item.key)});
      }
    }
    auto const* points = node_.find("points");
    if (points == nullptr || !points->is_map()) return mapping;
    if (kind_ != TableKind::movements) {
      error(*points, "points", "is a mapping of movements", "remove it");
      return mapping;
    }
    static const std::vector<std::string> known = {"x", "y", "group", "parts", "order", "strength"};
    for (auto const& item : points->items) {
      if (std::ranges::find(known, item.key) == known.end()) {
        error(item, "points", quote(item.key) + " is not a key here",
              base::hint_of(item.key, known));
        continue;
      }
      for (auto const& column : words_of(&item)) {
        mapping.points.push_back({item.key, column, origin(item, "points." + item.key)});
      }
    }
    for (auto const* key : {"x", "y"}) {
      if (points->find(key) != nullptr) continue;
      error(*points, "points", "has no " + quote(key), "name the columns of the position: x and y");
    }
    return mapping;
  }

  std::map<std::string, std::string> read_defaults() {
    std::map<std::string, std::string> result;
    auto const* defaults = node_.find("defaults");
    if (defaults == nullptr || !defaults->is_map()) return result;
    for (auto const& item : defaults->items) {
      if (!item.is_scalar() || !check_ours(item, "defaults")) continue;
      auto const name = parse_column(item.key, kind_);
      result[name->field] = item.text;
    }
    return result;
  }

  Node const& node_;
  TableKind kind_;
  ProjectFile const& project_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<TableInput> read_table_input(Node const& node, TableKind kind,
                                           ProjectFile const& project,
                                           std::vector<std::string>& files_read,
                                           base::Diagnostics& diagnostics) {
  return TableInputReader(node, kind, project, diagnostics).read(files_read);
}

}  // namespace hachure::record
