#include "style/style_json.hpp"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"

namespace hachure::style {

namespace {

using nlohmann::json;
namespace limits = base::limits;

base::Origin at_line(std::string const& file, int line) {
  return {.file = file, .line = line, .place = {}, .field = {}};
}

json scalar(YAML::Node const& node) {
  auto const& text = node.Scalar();
  if (node.Tag() == "!") return text;  // quoted
  if (text == "true") return true;
  if (text == "false") return false;
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  if (auto const integer = base::parse_integer(text)) return *integer;
  if (auto const number = base::parse_number(text)) return *number;
  return text;
}

/// Converts YAML to JSON, noting where each key stands.
class Converter {
 public:
  Converter(std::string file, std::map<std::string, base::Origin>& origins,
            base::Diagnostics& diagnostics)
      : file_(std::move(file)), origins_(origins), diagnostics_(diagnostics) {}

  json convert(YAML::Node const& node, std::string const& path, int depth) {
    if (++count_ > limits::max_yaml_nodes || depth > limits::max_yaml_depth) {
      if (!refused_) {
        diagnostics_.error(at_line(file_, node.Mark().line + 1),
                           "nests too deeply or repeats itself too often",
                           "write aliases out, or split the file with extends");
      }
      refused_ = true;
      return nullptr;
    }
    origins_.emplace(path, at_line(file_, node.Mark().line + 1));
    switch (node.Type()) {
      case YAML::NodeType::Scalar:
        return scalar(node);
      case YAML::NodeType::Sequence: {
        json list = json::array();
        for (auto const& item : node) {
          list.push_back(convert(item, item_path(path, item, list.size()), depth + 1));
        }
        return list;
      }
      case YAML::NodeType::Map: {
        json map = json::object();
        for (auto const& entry : node) {
          auto const key = entry.first.Scalar();
          auto const inner = path.empty() ? key : path + "." + key;
          if (map.contains(key)) {
            diagnostics_.error(at_line(file_, entry.first.Mark().line + 1),
                               "\"" + key + "\" is given twice");
          }
          map[key] = convert(entry.second, inner, depth + 1);
          origins_[inner] = at_line(file_, entry.first.Mark().line + 1);
        }
        return map;
      }
      default:
        return nullptr;
    }
  }

 private:
  /// Layers are addressed by id, other items by index.
  static std::string item_path(std::string const& path, YAML::Node const& item, std::size_t index) {
    if (path == "layers" && item.IsMap() && item["id"] && item["id"].IsScalar()) {
      return "layers." + item["id"].Scalar();
    }
    return path + "[" + std::to_string(index) + "]";
  }

  std::string file_;
  std::map<std::string, base::Origin>& origins_;
  base::Diagnostics& diagnostics_;
  std::size_t count_ = 0;
  bool refused_ = false;
};

std::filesystem::path find_style(std::string const& name,
                                 std::vector<std::filesystem::path> const& folders,
                                 std::filesystem::path const& beside) {
  std::error_code ignored;
  bool const is_file = name.find('/') != std::string::npos || name.ends_with(".yaml") ||
                       name.ends_with(".yml") || name.ends_with(".json");
  if (is_file) {
    if (!beside.empty() && std::filesystem::exists(beside / name, ignored)) return beside / name;
    return name;
  }
  for (auto const& folder : folders) {
    for (char const* extension : {".yaml", ".yml", ".json"}) {
      auto const path = folder / (name + extension);
      if (std::filesystem::exists(path, ignored)) return path;
    }
  }
  return {};
}

std::vector<std::string> names_in(std::vector<std::filesystem::path> const& folders) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (auto const& folder : folders) {
    for (auto const& entry : std::filesystem::directory_iterator(folder, ignored)) {
      auto const extension = entry.path().extension();
      if (extension == ".yaml" || extension == ".yml")
        names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void merge_object(json& base, json const& top) {
  for (auto const& [key, value] : top.items()) {
    if (value.is_object() && base.contains(key) && base[key].is_object()) {
      merge_object(base[key], value);
    } else {
      base[key] = value;
    }
  }
}

/// The text of a key, or empty; what is of another type is reported by the reader of the style.
std::string text_at(json const& node, char const* key) {
  if (!node.is_object()) return {};
  auto const it = node.find(key);
  return it != node.end() && it->is_string() ? it->get<std::string>() : std::string();
}

auto find_layer(json& layers, std::string const& id) {
  return std::find_if(layers.begin(), layers.end(), [&](json const& layer) {
    return !id.empty() && layer.is_object() && text_at(layer, "id") == id;
  });
}

std::vector<std::string> ids_of(json const& layers) {
  std::vector<std::string> ids;
  for (auto const& layer : layers) {
    if (auto id = text_at(layer, "id"); !id.empty()) ids.push_back(std::move(id));
  }
  return ids;
}

/// Puts the layers of a style over those of the one it extends. What only changes a layer has no
/// type of its own: an id that is not there is a slip.
void merge_layers(json& base, json const& top, std::map<std::string, base::Origin> const& origins,
                  base::Diagnostics& diagnostics) {
  auto const refuse = [&](std::string const& id, char const* key, std::string const& wanted) {
    auto const path = "layers." + id + (*key ? "." + std::string(key) : std::string());
    auto const at = origins.find(path);
    auto origin = at == origins.end() ? base::Origin() : at->second;
    origin.field = path;
    diagnostics.error(origin, "the style that this one extends has no layer \"" + wanted + "\"",
                      base::hint_of(wanted, ids_of(base)));
  };
  for (auto const& layer : top) {
    if (!layer.is_object()) continue;
    auto const id = text_at(layer, "id");
    auto const it = find_layer(base, id);
    if (it == base.end() && !id.empty() && !layer.contains("type")) {
      refuse(id, "", id);
      continue;
    }
    if (auto const before = text_at(layer, "before");
        it == base.end() && !before.empty() && find_layer(base, before) == base.end()) {
      refuse(id, "before", before);
    }
    if (it != base.end()) {
      if (layer.contains("remove") && layer["remove"] == true) {
        base.erase(it);
      } else {
        merge_object(*it, layer);
      }
      continue;
    }
    base.insert(find_layer(base, text_at(layer, "before")), layer);
  }
}

/// Replaces ["var", NAME] and "$NAME" by the variables, which may use each other.
class Variables {
 public:
  Variables(json const& values, StyleDocument& document, base::Diagnostics& diagnostics)
      : values_(values), document_(document), diagnostics_(diagnostics) {}

  void replace(json& node, std::string const& path, int depth) {
    if (depth > limits::max_yaml_depth) {
      diagnostics_.error(document_.origin(path), "variables refer to each other in a circle");
      node = nullptr;
      return;
    }
    // In older filters these two are the feature's own.
    if (node == "$type" || node == "$id") return;
    if (auto const name = name_of(node); !name.empty()) {
      // ["let", x, ...] round ["var", x] means its own x.
      if (node.is_array() && std::ranges::find(bound_, name) != bound_.end()) return;
      auto const it = values_.find(name);
      if (it != values_.end()) {
        used_.insert(name);
        document_.from_variable.emplace(path, name);
        node = *it;
        replace(node, path, depth + 1);
        return;
      }
      // ["var", x] may also be bound by a ["let", ...] that this variable is put into.
      if (node.is_string()) {
        std::vector<std::string> known;
        for (auto const& [key, value] : values_.items()) known.push_back(key);
        diagnostics_.error(document_.origin(path), "no variable \"" + name + "\"",
                           base::hint_of(name, known));
        node = nullptr;  // as if not given: one slip, one message
      }
      return;
    }
    if (node.is_array()) {
      auto const outer = bound_.size();
      if (!node.empty() && node[0] == "let") {
        for (std::size_t i = 1; i + 1 < node.size(); i += 2) {
          if (node[i].is_string()) bound_.push_back(node[i].get<std::string>());
        }
      }
      for (std::size_t i = 0; i < node.size(); ++i) {
        auto const id = path == "layers" ? text_at(node[i], "id") : std::string();
        replace(node[i], id.empty() ? path + "[" + std::to_string(i) + "]" : path + "." + id,
                depth + 1);
      }
      bound_.resize(outer);
    } else if (node.is_object()) {
      for (auto& [key, value] : node.items()) {
        replace(value, path.empty() ? key : path + "." + key, depth + 1);
      }
    }
  }

  /// After all replacements: which were needed, and which not.
  void note_use() {
    for (auto const& [name, value] : values_.items()) {
      (used_.contains(name) ? document_.used_variables : document_.unused_variables)
          .push_back(name);
    }
  }

 private:
  static std::string name_of(json const& node) {
    if (node.is_string()) {
      auto const& text = node.get_ref<std::string const&>();
      return text.size() > 1 && text[0] == '$' ? text.substr(1) : std::string();
    }
    if (node.is_array() && node.size() == 2 && node[0] == "var" && node[1].is_string()) {
      return node[1].get<std::string>();
    }
    return {};
  }

  json const& values_;
  StyleDocument& document_;
  base::Diagnostics& diagnostics_;
  std::set<std::string> used_;
  std::vector<std::string> bound_;  ///< names of the ["let", ...] that are open
};

/// What a reader of YAML says of slips that are common in styles.
std::string yaml_hint(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool const starts_line = at == 0 || text[at - 1] == '\n';
    if (starts_line) {
      auto const first = text.find_first_not_of(' ', at);
      if (first != text.npos && text[first] == '\t') return "indent with spaces: a tab is none";
    }
    // A bare # after a space begins a comment, and with it ends the value.
    if (text[at] != '#' || at == 0 || text[at - 1] != ' ') continue;
    auto const end = text.find_first_not_of("0123456789abcdefABCDEF", at + 1);
    auto const digits = (end == text.npos ? text.size() : end) - at - 1;
    if (digits == 3 || digits == 4 || digits == 6 || digits == 8) {
      return "colours stand in quotes: \"" + std::string(text.substr(at, digits + 1)) + "\"";
    }
  }
  return {};
}

/// Reports keys of a map that have no value, and takes them out: what was meant is not known.
void refuse_empty(json& node, std::string const& path,
                  std::map<std::string, base::Origin> const& origins,
                  base::Diagnostics& diagnostics) {
  if (!node.is_object()) return;
  for (auto it = node.begin(); it != node.end();) {
    auto const inner = path + "." + it.key();
    if (!it->is_null()) {
      ++it;
      continue;
    }
    auto const at = origins.find(inner);
    auto origin = at == origins.end() ? base::Origin() : at->second;
    origin.field = inner;
    diagnostics.error(origin, "has no value",
                      "a colour stands in quotes: after a bare # YAML reads a comment");
    it = node.erase(it);
  }
}

/// Slips of one file that cannot be told any more when it is laid over another.
void check_own(json& own, std::map<std::string, base::Origin> const& origins,
               base::Diagnostics& diagnostics) {
  for (char const* key : {"variables", "furniture"}) {
    if (own.contains(key)) refuse_empty(own[key], key, origins, diagnostics);
  }
  if (!own.contains("layers") || !own["layers"].is_array()) return;
  bool const extends = own.contains("extends");
  std::set<std::string> seen;
  for (auto& layer : own["layers"]) {
    auto const id = text_at(layer, "id");
    if (id.empty()) continue;
    auto const path = "layers." + id;
    auto const at = origins.find(path);
    auto origin = at == origins.end() ? base::Origin() : at->second;
    origin.field = path;
    if (!seen.insert(id).second && extends) diagnostics.error(origin, "is given twice");
    for (char const* section : {"paint", "layout"}) {
      if (layer.contains(section)) {
        refuse_empty(layer[section], path + "." + section, origins, diagnostics);
      }
    }
    if (layer.contains("remove") && !layer["remove"].is_boolean()) {
      origin.field = path + ".remove";
      diagnostics.error(origin,
                        layer["remove"].dump(-1, ' ', false, json::error_handler_t::replace) +
                            " is not true or false");
      layer.erase("remove");
    }
  }
}

json read_chain(std::string const& name, std::vector<std::filesystem::path> const& folders,
                std::filesystem::path const& beside, StyleDocument& document,
                base::Origin const& asked_at, base::Diagnostics& diagnostics, int depth) {
  if (depth > 8) {
    diagnostics.error(asked_at, "styles extend each other in a circle");
    return json::object();
  }
  auto const path = find_style(name, folders, beside);
  if (path.empty()) {
    diagnostics.error(asked_at, "no style \"" + name + "\"",
                      base::hint_of(name, names_in(folders)));
    return json::object();
  }
  std::error_code ignored;
  if (!asked_at.file.empty() && !std::filesystem::exists(path, ignored)) {
    diagnostics.error(asked_at, "no style file \"" + name + "\"",
                      base::hint_of(path.stem().string(), names_in(folders)));
    return json::object();
  }
  std::map<std::string, base::Origin> origins;
  json own = json::object();
  std::string text;
  try {
    text = base::read_file(path, limits::max_yaml_bytes);
    document.files.push_back(path.string());
    own = Converter(path.string(), origins, diagnostics).convert(YAML::Load(text), "", 0);
  } catch (base::Error const& error) {
    diagnostics.add(error);
  } catch (YAML::Exception const& error) {
    diagnostics.error(at_line(path.string(), error.mark.line + 1),
                      "is not YAML: " + std::string(error.msg), yaml_hint(text));
  }
  if (!own.is_object()) {
    diagnostics.error(at_line(path.string(), 1), "is not a style: a map of keys is expected");
    own = json::object();
  }
  check_own(own, origins, diagnostics);
  json merged = own;
  if (own.contains("extends") && own["extends"].is_string()) {
    merged =
        read_chain(own["extends"].get<std::string>(), folders, path.parent_path(), document,
                   origins.contains("extends") ? origins["extends"] : at_line(path.string(), 0),
                   diagnostics, depth + 1);
    json layers = merged.value("layers", json::array());
    auto const own_layers = own.value("layers", json::array());
    if (layers.is_array() && own_layers.is_array())
      merge_layers(layers, own_layers, origins, diagnostics);
    if (!own_layers.is_array() && !own_layers.is_null()) layers = own_layers;
    own.erase("layers");
    own.erase("extends");
    merge_object(merged, own);
    merged["layers"] = std::move(layers);
  }
  for (auto& [key, origin] : origins) document.origins[key] = std::move(origin);
  return merged;
}

}  // namespace

base::Origin StyleDocument::origin(std::string const& path) const {
  if (auto const it = from_variable.find(path); it != from_variable.end()) {
    return origin("variables." + it->second);
  }
  std::string key = path;
  for (;;) {
    if (auto const it = origins.find(key); it != origins.end()) {
      auto found = it->second;
      found.field = path;
      return found;
    }
    auto const cut = key.find_last_of(".[");
    if (cut == std::string::npos) break;
    key.erase(cut);
  }
  return {.file = files.empty() ? "" : files.front(), .line = 0, .place = {}, .field = path};
}

StyleDocument read_style_document(std::string const& name_or_file,
                                  std::vector<std::filesystem::path> const& folders,
                                  base::Diagnostics& diagnostics) {
  StyleDocument document;
  auto merged = read_chain(name_or_file, folders, {}, document, {}, diagnostics, 0);
  auto variables = merged.value("variables", json::object());
  if (!variables.is_object()) {
    diagnostics.error(document.origin("variables"), "is not a map of names and values");
    variables = json::object();
  }
  merged.erase("variables");
  Variables replacer(variables, document, diagnostics);
  replacer.replace(merged, "", 0);
  replacer.note_use();
  document.json = std::make_shared<json>(std::move(merged));
  return document;
}

}  // namespace hachure::style
