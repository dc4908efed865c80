#include "cli/frame_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/checksum.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view manifest_name = "frames.json";

/// The run that a folder's manifest names; nothing when it has none that can be read.
std::optional<Json> manifest_in(std::filesystem::path const& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(folder / manifest_name, ignored)) return {};
  auto const text = base::read_file(folder / manifest_name, base::limits::max_text_file_bytes);
  auto json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Json::object();
  return json;
}

bool is_frame(std::string const& name, std::string const& map) {
  return name.size() == map.size() + 11 && name.starts_with(map + "_") && name.ends_with(".png") &&
         std::all_of(name.end() - 10, name.end() - 4, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

FrameFolder::FrameFolder(std::filesystem::path folder, FramePlan const& plan,
                         std::string const& run)
    : folder_(std::move(folder)),
      plan_(plan),
      run_(base::sha256_hex(run)),
      sums_(plan.instants.size()) {}

std::string FrameFolder::name(std::size_t index) const {
  return fmt::format("{}_{:06}.png", plan_.map->id, index);
}

void FrameFolder::open(Entry const& entry, base::Diagnostics& diagnostics) {
  auto const there = manifest_in(folder_);
  bool const same = there && there->value("run", "") == run_;
  std::error_code ignored;
  std::vector<std::filesystem::path> foreign;
  for (auto const& file : std::filesystem::directory_iterator(folder_, ignored)) {
    if (is_frame(file.path().filename().string(), plan_.map->id)) foreign.push_back(file.path());
  }
  if (same) foreign.clear();
  if (!same && (there || !foreign.empty()) && !entry.force) {
    diagnostics.error({.file = folder_.string(), .line = 0, .place = {}, .field = {}},
                      "the folder holds frames of another run",
                      "another --out, or --force to write over them");
    return;
  }
  for (auto const& frame : foreign) std::filesystem::remove(frame, ignored);
  if (same && entry.keep) keep_whole(entry);
  if (!same) base::write_atomically(folder_ / manifest_name, manifest());
}

void FrameFolder::keep_whole(Entry const& entry) {
  std::error_code ignored;
  // A frame gets its name only when it is whole.
  for (auto i = entry.first; i < entry.end; ++i) {
    if (!std::filesystem::exists(path(i), ignored)) continue;
    sums_[i] = base::sha256_hex(base::read_file(path(i), base::limits::max_raster_file_bytes));
  }
  remove_parts(entry);
}

void FrameFolder::remove_parts(Entry const& entry) const {
  std::error_code ignored;
  std::vector<std::filesystem::path> parts;
  for (auto const& file : std::filesystem::directory_iterator(folder_, ignored)) {
    auto const name = file.path().filename().string();
    if (!name.ends_with(".part")) continue;
    bool ours = name.starts_with(manifest_name);
    for (auto i = entry.first; i < entry.end && !ours; ++i) ours = name.starts_with(this->name(i));
    if (ours) parts.push_back(file.path());
  }
  for (auto const& part : parts) std::filesystem::remove(part, ignored);
}

void FrameFolder::write(std::size_t index, std::string_view png) {
  base::write_atomically(path(index), png, base::Durability::renamed);
  sums_[index] = base::sha256_hex(png);
}

void FrameFolder::close() {
  std::error_code ignored;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    // Frames outside this run's range that another one has written.
    if (sums_[i] || !std::filesystem::exists(path(i), ignored)) continue;
    sums_[i] = base::sha256_hex(base::read_file(path(i), base::limits::max_raster_file_bytes));
  }
  base::write_atomically(folder_ / manifest_name, manifest());
}

std::string FrameFolder::manifest() const {
  Json head;
  head["map"] = plan_.map->id;
  head["lang"] = plan_.lang;
  head["width"] = plan_.size_px.first;
  head["height"] = plan_.size_px.second;
  head["count"] = plan_.instants.size();
  head["run"] = run_;
  auto text = head.dump();
  text.pop_back();
  text += ",\"frames\":[";
  bool first = true;
  constexpr auto none = static_cast<std::size_t>(-1);
  auto source = none;  // first of the equal frames up to here
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    if (!sums_[i]) {
      source = none;
      continue;
    }
    Json row;
    row["index"] = i;
    row["date"] = date_of_frame(plan_, i);
    row["file"] = name(i);
    row["sha256"] = *sums_[i];
    if (source != none && sums_[source] == sums_[i]) {
      row["unchanged-from"] = source;
    } else {
      source = i;
    }
    text += (first ? "\n" : ",\n") + row.dump();
    first = false;
  }
  return text + "\n]}\n";
}

}  // namespace hachure::cli
