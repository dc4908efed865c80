#include "cli/placement_file.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"

namespace hachure::cli {

namespace {

using Json = nlohmann::ordered_json;
using layout::Align;
using layout::FrozenLabel;
using layout::LabelForm;

constexpr int version = 1;

// By LabelForm: one word each, since a label must come back as it was.
constexpr std::array<char const*, layout::form_count> forms{
    "full",     "broken",          "broken-more", "shorter", "smaller",
    "smallest", "smallest-broken", "number",      "spread"};
constexpr std::array<char const*, 3> aligns{"start", "center", "end"};

double rounded(double mm) {
  return std::round(mm * 1000) / 1000 + 0.0;
}

/// Reads values of one file and says where one is wrong.
class Reader {
 public:
  explicit Reader(std::filesystem::path path) : path_(std::move(path)) {}

  PlacementFile read() {
    auto const bytes = base::read_file(path_, base::limits::max_text_file_bytes);
    auto const json = Json::parse(bytes, nullptr, false);
    if (json.is_discarded()) refuse("", "is not JSON");
    if (!json.is_object() || !json.contains("hachure-placement")) {
      refuse("", "is no placement of labels", "hachure render --placement FILE writes one");
    }
    where_ = "hachure-placement";
    if (number(json, "hachure-placement") > version) {
      refuse("hachure-placement", "is of a newer version of hachure");
    }
    PlacementFile out;
    for (auto const& page : list(json, "pages")) {
      where_ = "pages";
      auto const key = std::pair(text(page, "map"), text(page, "lang"));
      auto& placement = out[key];
      for (auto const& label : list(page, "labels")) placement.labels.push_back(read_label(label));
      placement.sort();
    }
    return out;
  }

 private:
  [[noreturn]] void refuse(std::string const& field, std::string message,
                           std::string hint = {}) const {
    throw base::Error(base::Fault::input,
                      {.file = path_.string(), .line = 0, .place = {}, .field = field},
                      std::move(message), std::move(hint));
  }

  Json const& value(Json const& object, char const* key) const {
    if (!object.is_object() || !object.contains(key)) {
      refuse(where_, "has no \"" + std::string(key) + "\"");
    }
    return object.at(key);
  }

  std::string text(Json const& object, char const* key) const {
    auto const& found = value(object, key);
    if (!found.is_string()) refuse(where_, "\"" + std::string(key) + "\" is not a text");
    return found.get<std::string>();
  }

  double number(Json const& object, char const* key) const {
    auto const& found = value(object, key);
    if (!found.is_number()) refuse(where_, "\"" + std::string(key) + "\" is not a number");
    auto const out = found.get<double>();
    // Nothing is set farther off than the largest page.
    if (!(std::abs(out) <= base::limits::max_page_mm)) {
      refuse(where_, "\"" + std::string(key) + "\" is out of range");
    }
    return out;
  }

  Json const& list(Json const& object, char const* key) const {
    auto const& found = value(object, key);
    if (!found.is_array()) refuse(where_, "\"" + std::string(key) + "\" is not a list");
    return found;
  }

  bool flag(Json const& object, char const* key) const {
    if (!object.contains(key)) return false;
    if (!object.at(key).is_boolean()) {
      refuse(where_, "\"" + std::string(key) + "\" is neither true nor false");
    }
    return object.at(key).get<bool>();
  }

  /// Index of the word of a key in `words`; the first when the key is left out.
  template <std::size_t n>
  std::size_t choice(Json const& object, char const* key,
                     std::array<char const*, n> const& words) const {
    if (!object.contains(key)) return 0;
    auto const word = text(object, key);
    std::vector<std::string> known(words.begin(), words.end());
    auto const it = std::find(known.begin(), known.end(), word);
    if (it == known.end()) {
      refuse(where_, std::string(key) + ": \"" + word + "\" is none", base::hint_of(word, known));
    }
    return static_cast<std::size_t>(it - known.begin());
  }

  FrozenLabel read_label(Json const& json) {
    where_ = "labels";
    FrozenLabel label;
    label.id = text(json, "id");
    where_ = label.id;
    label.text = text(json, "text");
    label.offset = {number(json, "dx"), number(json, "dy")};
    label.curved = flag(json, "curved");
    label.pinned = flag(json, "pinned");
    label.form = static_cast<LabelForm>(choice(json, "form", forms));
    label.align = static_cast<Align>(choice(json, "align", aligns));
    return label;
  }

  std::filesystem::path path_;
  std::string where_;
};

Json label_of(FrozenLabel const& label) {
  Json out{{"id", label.id},
           {"text", label.text},
           {"dx", rounded(label.offset.x_mm)},
           {"dy", rounded(label.offset.y_mm)}};
  if (label.form != LabelForm::full) out["form"] = forms[static_cast<std::size_t>(label.form)];
  if (label.align != Align::start) out["align"] = aligns[static_cast<std::size_t>(label.align)];
  if (label.curved) out["curved"] = true;
  if (label.pinned) out["pinned"] = true;
  return out;
}

}  // namespace

PlacementFile read_placements(std::filesystem::path const& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  return Reader(path).read();
}

std::string print_placements(PlacementFile const& placements) {
  auto const print = [](Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::string out = "{\"hachure-placement\": " + std::to_string(version) + ", \"pages\": [";
  bool first_page = true;
  for (auto const& [key, placement] : placements) {
    out += std::string(first_page ? "\n" : ",\n") + "{\"map\": " + print(key.first) +
           ", \"lang\": " + print(key.second) + ", \"labels\": [";
    first_page = false;
    bool first = true;
    for (auto const& label : placement.labels) {
      out += (first ? "\n " : ",\n ") + print(label_of(label));
      first = false;
    }
    out += "]}";
  }
  return out + "]}\n";
}

}  // namespace hachure::cli
