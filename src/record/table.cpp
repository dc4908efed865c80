#include "record/table.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "record/csv.hpp"
#include "record/json_reader.hpp"
#include "record/node_table.hpp"
#include "record/yaml_reader.hpp"

namespace hachure::record {

namespace {

namespace fs = std::filesystem;

/// Names in the folder of `path`, sorted: what a hint may offer.
std::vector<std::string> names_beside(fs::path const& path) {
  std::vector<std::string> names;
  std::error_code error;
  auto const folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
    if (names.size() >= 1000) break;
  }
  std::ranges::sort(names);
  return names;
}

std::optional<geo::Table> read_by_extension(DataReference const& reference,
                                            base::Diagnostics& diagnostics) {
  auto const& path = reference.path;
  auto const extension = base::to_lower(fs::path(path).extension().string());
  if (extension == ".csv" || extension == ".tsv" || extension == ".txt") {
    return read_csv(base::read_file(path, base::limits::max_text_file_bytes), path, diagnostics);
  }
  if (extension == ".json" || extension == ".geojson") {
    auto const text = base::read_file(path, base::limits::max_text_file_bytes);
    auto const document = read_json(text, path, diagnostics);
    return document ? table_of(*document, path, diagnostics) : std::nullopt;
  }
  if (extension == ".yaml" || extension == ".yml") {
    auto const text = base::read_file(path, base::limits::max_yaml_bytes);
    auto const document = read_yaml(text, path, diagnostics);
    return document ? table_of(*document, path, diagnostics) : std::nullopt;
  }
  return geo::read_table(path, reference.layer, path);
}

}  // namespace

bool is_connection(std::string const& path) {
  if (path.starts_with("/vsi")) return true;
  // A driver's prefix has two letters or more: "C:" would be a disk elsewhere.
  auto const colon = path.find(':');
  return colon != std::string::npos && colon >= 2 && path.find('/') > colon;
}

std::string resolve_path(fs::path const& folder, std::string const& path) {
  if (is_connection(path)) return path;
  return (folder / path).lexically_normal().string();
}

bool check_exists(std::string const& path, base::Origin const& origin,
                  base::Diagnostics& diagnostics) {
  std::error_code error;
  if (is_connection(path) || fs::exists(path, error)) return true;
  auto const name = fs::path(path).filename().string();
  auto const near = base::near_miss(name, names_beside(path));
  diagnostics.error(origin, "\"" + path + "\": no such file",
                    near.empty() ? "paths are relative to the project's folder"
                                 : "did you mean \"" + near + "\"?");
  return false;
}

std::optional<geo::Table> read_table(DataReference const& reference, ReadOptions const& options,
                                     base::Diagnostics& diagnostics) {
  if (!check_exists(reference.path, reference.origin, diagnostics)) return {};
  base::Diagnostics found;
  std::optional<geo::Table> table;
  try {
    table = read_by_extension(reference, found);
  } catch (base::Error const& error) {
    found.add(error);
  }
  // A table that came back whole but for some rows can be used without them.
  for (auto const& problem : found.problems()) {
    if (problem.severity == base::Problem::Severity::warning || (options.lenient && table)) {
      diagnostics.warn(problem.origin, problem.message, problem.hint);
    } else {
      diagnostics.error(problem.origin, problem.message, problem.hint, problem.fault);
    }
  }
  return table;
}

}  // namespace hachure::record
