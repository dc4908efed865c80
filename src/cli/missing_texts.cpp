#include "cli/missing_texts.hpp"

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"

namespace hachure::cli {

namespace {

/// A text without a language, or written in figures and signs only, is right in every one.
bool serves(base::LangText const& text, std::string const& lang) {
  return text.empty() || text.has(lang) || text.by_tag.contains("und");
}

/// Calls `use(record, title)` for every record that can be named on a map.
template <class Use>
void for_titles(record::Records const& records, Use use) {
  for (auto const& side : records.sides) use("sides." + side.id, side.title);
  for (auto const& place : records.places) use("places." + place.id, place.title);
  for (auto const& unit : records.units) use("units." + unit.id, unit.title);
  for (auto const& event : records.events) use("events." + event.id, event.title);
  for (auto const& movement : records.movements) use("movements." + movement.id, movement.title);
}

/// Ids of the maps that are insets of `map`, and its own.
void collect_maps(record::Project const& project, record::MapDefinition const& map,
                  std::set<std::string>& ids) {
  if (!ids.insert(map.id).second) return;
  for (auto const& inset : map.insets) {
    if (auto const* inner = project.map(inset.map)) collect_maps(project, *inner, ids);
  }
}

}  // namespace

std::vector<MissingTranslation> missing_translations(record::Project const& project,
                                                     Page const& page) {
  std::vector<MissingTranslation> out;
  auto const& lang = page.request.options.lang;
  auto const note = [&](std::string const& record, char const* field, base::LangText const& text) {
    if (!serves(text, lang)) out.push_back({record, field, text.in(lang, project.languages)});
  };
  std::set<std::string> maps;
  collect_maps(project, *page.request.map, maps);
  for (auto const& map : project.maps) {
    if (!maps.contains(map.id)) continue;
    note("maps." + map.id, "title", map.title);
    note("maps." + map.id, "subtitle", map.subtitle);
  }
  std::set<std::string> shown;
  for (auto const& label : page.layout->labels) {
    auto const slash = label.record.rfind('/');
    shown.insert(slash == std::string::npos ? label.record : label.record.substr(slash + 1));
  }
  for_titles(project.records, [&](std::string const& record, base::LangText const& title) {
    if (shown.contains(record)) note(record, "title", title);
  });
  return out;
}

void warn_of_missing_texts(record::Project const& project, base::Diagnostics& diagnostics) {
  constexpr std::size_t most_named = 3;
  for (auto const& lang : project.languages) {
    std::size_t total = 0;
    std::vector<std::string> missing;
    auto const look = [&](std::string const& record, base::LangText const& title) {
      if (title.empty()) return;
      ++total;
      if (!serves(title, lang)) missing.push_back(record);
    };
    for (auto const& map : project.maps) look("maps." + map.id, map.title);
    for_titles(project.records, look);
    if (missing.empty()) continue;
    std::string named;
    for (std::size_t i = 0; i < missing.size() && i < most_named; ++i) {
      named += (i > 0 ? ", " : "") + missing[i];
    }
    if (missing.size() > most_named) named += ", ...";
    diagnostics.warn(
        {.file = project.file.string(), .line = 0, .place = {}, .field = "languages"},
        fmt::format("{} of {} titles are not in {}: {}", missing.size(), total, lang, named),
        "--report lists those of each page as missing_texts");
  }
}

}  // namespace hachure::cli
