#include "record/project.hpp"

#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "record/json_reader.hpp"
#include "record/keys.hpp"
#include "record/map_reader.hpp"
#include "record/records_reader.hpp"
#include "record/sources.hpp"
#include "record/table.hpp"
#include "record/table_input.hpp"
#include "record/validate.hpp"
#include "record/values.hpp"
#include "record/yaml_reader.hpp"

namespace hachure::record {

namespace {

namespace fs = std::filesystem;
using base::Diagnostics;
using base::Origin;

fs::path find_project_file(fs::path const& path) {
  std::error_code error;
  auto const file = fs::is_directory(path, error) ? path / "campaign.yaml" : path;
  if (fs::exists(file, error)) return file.lexically_normal();
  throw base::Error(base::Fault::input,
                    {.file = file.lexically_normal().string(), .line = 0, .place = {}, .field = {}},
                    "no such file",
                    "a project is a folder with campaign.yaml; hachure new DIR makes one");
}

std::optional<Node> read_document(std::string const& file, std::uintmax_t json_limit,
                                  Diagnostics& diagnostics) {
  bool const is_json = base::to_lower(fs::path(file).extension().string()) == ".json";
  auto const text = base::read_file(file, is_json ? json_limit : base::limits::max_yaml_bytes);
  return is_json ? read_json(text, file, diagnostics) : read_yaml(text, file, diagnostics);
}

/// Reads the parts of a checked project file into a Project.
class ProjectReader {
 public:
  ProjectReader(Node const& root, ProjectFile file, Project& project, Diagnostics& diagnostics)
      : root_(root), file_(std::move(file)), project_(project), diagnostics_(diagnostics) {}

  void read() {
    read_languages();
    project_.title = text("title");
    project_.author = text("author");
    project_.rights = text("rights");
    read_sides();
    Diagnostics of_records;
    std::swap(of_records, diagnostics_);
    read_sources_key();
    read_records();
    bool const ids_complete = !diagnostics_.has_errors();
    of_records.append(diagnostics_);
    std::swap(of_records, diagnostics_);
    read_layers();
    read_scale_units();
    for (auto const* node : section_items("maps")) {
      project_.maps.push_back(read_map(*node, file_.file, default_tag_));
      auto& style = project_.maps.back().style;
      // A style file is relative to the project, as every path in it; a bare name is looked up.
      if (style.find('/') != std::string::npos || style.ends_with(".yaml") ||
          style.ends_with(".yml") || style.ends_with(".json")) {
        style = resolve_path(file_.folder, style);
      }
    }
    read_sequences();
    read_styles();
    validate_maps(root_, {ids_complete, file_.options.lenient}, project_, diagnostics_);
  }

 private:
  Origin origin(Node const& node, std::string field) const {
    return {.file = file_.file, .line = node.key_line, .place = {}, .field = std::move(field)};
  }

  base::LangText text(std::string_view key) const { return text_of(root_.find(key), default_tag_); }

  /// The maps under `key` that are maps; what is not was reported.
  std::vector<Node const*> section_items(std::string_view key) const {
    std::vector<Node const*> nodes;
    auto const* section = root_.find(key);
    if (section == nullptr || !section->is_map()) return nodes;
    for (auto const& item : section->items) {
      if (item.is_map()) nodes.push_back(&item);
    }
    return nodes;
  }

  void read_languages() {
    for (auto const& word : words_of(root_.find("languages"))) {
      if (auto const tag = parse_language_tag(word)) project_.languages.push_back(*tag);
    }
    // Without a list the title tells; a title of one language unnamed tells nothing.
    auto const* title = root_.find("title");
    if (project_.languages.empty() && title != nullptr && title->is_map()) {
      for (auto const& item : title->items) {
        if (auto const tag = parse_language_tag(item.key)) project_.languages.push_back(*tag);
      }
    }
    if (project_.languages.empty()) project_.languages.emplace_back("und");
    default_tag_ = project_.languages.front();
  }

  void read_sides() {
    for (auto const* node : section_items("sides")) {
      Side side;
      side.id = node->key;
      side.origin = origin(*node, "sides." + node->key);
      side.title = text_of(node->find("name"), default_tag_);
      side.short_title = text_of(node->find("short"), default_tag_);
      side.note = text_of(node->find("note"), default_tag_);
      side.color = word_of(node->find("color"));
      side.light = word_of(node->find("light"));
      side.cue = word_of(node->find("cue"));
      references_.sides.add(side.id);
      project_.records.sides.push_back(std::move(side));
    }
  }

  void read_sources_key() {
    auto const* node = root_.find("sources");
    if (node == nullptr || node->is_null()) return;
    std::optional<Node> document;
    auto file = file_.file;
    if (node->is_scalar()) {
      file = resolve_path(file_.folder, node->text);
      if (check_exists(file, origin(*node, "sources"), diagnostics_)) {
        project_.files_read.push_back(file);
        try {
          document = read_document(file, base::limits::max_text_file_bytes, diagnostics_);
        } catch (base::Error const& error) {
          diagnostics_.add(error);
        }
      }
    } else {
      document = *node;
    }
    if (!document) return references_.sources.give_up();
    project_.records.sources = record::read_sources(*document, file, file_.options.lenient,
                                                    references_.sources, diagnostics_);
  }

  void read_records() {
    RowContext const context{default_tag_, file_.options.lenient, references_, diagnostics_};
    if (auto const input = read_input("places", TableKind::places, &references_.places)) {
      read_places(*input, context, project_.records);
      validate_positions(project_.records, diagnostics_);
    }
    if (auto const input = read_input("units", TableKind::units, &references_.units)) {
      read_units(*input, context, project_.records);
    }
    if (references_.units.complete()) {
      validate_units(references_.units, file_.options.lenient, project_.records, diagnostics_);
    }
    if (auto const input = read_input("events", TableKind::events, nullptr)) {
      read_events(*input, context, project_.records);
    }
    if (auto const input = read_input("movements", TableKind::movements, nullptr)) {
      read_movements(*input, context, project_.records);
    }
  }

  std::optional<TableInput> read_input(std::string_view key, TableKind kind, KnownIds* known) {
    auto const* node = root_.find(key);
    if (node == nullptr) return {};
    auto input = read_table_input(*node, kind, file_, project_.files_read, diagnostics_);
    if (!input && known != nullptr) known->give_up();
    return input;
  }

  void read_layers() {
    for (auto const* node : section_items("layers")) {
      LayerReference layer;
      layer.id = node->key;
      layer.origin = origin(*node, "layers." + node->key);
      layer.layer = word_of(node->find("layer"));
      auto const* layer_class = node->find("class");
      layer.layer_class = layer_class == nullptr ? layer.id : word_of(layer_class);
      if (auto const* height = node->find("height")) layer.height_attribute = word_of(height);
      layer.scale_min = scale_of(node->find("scale-min"));
      layer.scale_max = scale_of(node->find("scale-max"));
      layer.attribution = text_of(node->find("attribution"), default_tag_);
      if (auto const* data = node->find("data"); data != nullptr && data->is_scalar()) {
        layer.path = resolve_path(file_.folder, data->text);
        check_exists(layer.path, origin(*data, layer.origin.field + ".data"), diagnostics_);
      }
      project_.layers.push_back(std::move(layer));
    }
  }

  void read_scale_units() {
    for (auto const* node : section_items("scale-units")) {
      ScaleUnit unit;
      unit.id = node->key;
      unit.name = text_of(node->find("name"), default_tag_);
      unit.metres = number_of(node->find("metres")).value_or(unit.metres);
      project_.scale_units.push_back(std::move(unit));
    }
  }

  void read_sequences() {
    for (auto const* node : section_items("sequences")) {
      SequenceDefinition sequence;
      sequence.id = node->key;
      sequence.origin = origin(*node, "sequences." + node->key);
      sequence.map = word_of(node->find("map"));
      sequence.from = word_of(node->find("from"));
      sequence.to = word_of(node->find("to"));
      sequence.step = word_of(node->find("step"));
      sequence.size = word_of(node->find("size"));
      sequence.style = word_of(node->find("style"));
      sequence.camera = read_camera(node->find("camera"), file_.file, sequence.origin.field);
      project_.sequences.push_back(std::move(sequence));
    }
  }

  void read_styles() {
    auto const* node = root_.find("styles");
    for (auto const& word : words_of(node)) {
      auto const path = resolve_path(file_.folder, word);
      check_exists(path, origin(*node, "styles"), diagnostics_);
      project_.styles_folders.push_back(path);
    }
  }

  Node const& root_;
  ProjectFile file_;
  Project& project_;
  Diagnostics& diagnostics_;
  References references_;
  std::string default_tag_;
};

/// Whether the file is of a version that this program does not know: its other keys are not judged.
bool is_newer(Node const& root) {
  auto const version = base::parse_integer(word_of(root.find("hachure")));
  return version && *version > 1;
}

}  // namespace

MapDefinition const* Project::map(std::string_view id) const {
  auto const it = std::ranges::find(maps, id, &MapDefinition::id);
  return it == maps.end() ? nullptr : &*it;
}

Project read_project(fs::path const& path, ReadOptions const& options, Diagnostics& diagnostics) {
  Project project;
  project.file = find_project_file(path);
  auto const folder = project.file.parent_path();
  project.folder = folder.empty() ? fs::path(".") : folder;
  auto const file = project.file.string();
  project.files_read.push_back(file);
  auto const root = read_document(file, base::limits::max_yaml_bytes, diagnostics);
  if (!root) return project;
  if (is_newer(*root)) {
    diagnostics.error(
        {.file = file, .line = root->find("hachure")->line, .place = {}, .field = "hachure"},
        "version " + root->find("hachure")->text + " is newer than this program, which reads 1",
        "install a newer hachure");
    return project;
  }
  check_section(*root, project_section(), file, {}, diagnostics);
  if (!root->is_map()) return project;
  ProjectReader(*root, {file, folder, options}, project, diagnostics).read();
  return project;
}

}  // namespace hachure::record
