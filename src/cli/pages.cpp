#include "cli/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "base/number.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"

namespace hachure::cli {

namespace {

void collect_counts(scene::Scene const& scene, std::string const& prefix,
                    std::vector<scene::Scene::LayerCount>& counts) {
  for (auto count : scene.counts) {
    count.id = prefix + count.id;
    counts.push_back(std::move(count));
  }
  for (auto const& inset : scene.insets) {
    if (inset.scene) collect_counts(*inset.scene, prefix + inset.scene->map + "/", counts);
  }
}

void make_page(scene::Inputs const& inputs, style::Style const& style, layout::Shaper const& shaper,
               Timings& timings, Page& page) {
  auto const& request = page.request;
  auto const name = request.map->id + "." + request.options.lang;
  auto const map = request.size_px ? resized(*request.map, *request.size_px, style) : *request.map;
  std::optional<scene::Scene> scene;
  {
    auto const stage = timings.stage("build_scene", name);
    scene = scene::build_scene(inputs, map, request.options, page.diagnostics);
  }
  collect_counts(*scene, "", page.counts);
  {
    auto const stage = timings.stage("lay_out", name);
    page.layout = layout::lay_out(*scene, shaper, page.diagnostics, request.previous);
  }
  auto& drawing = page.layout->drawing;
  auto const& project = inputs.project;
  if (drawing.author.empty()) {
    drawing.author = project.author.in(request.options.lang, project.languages);
  }
  if (drawing.rights.empty()) {
    drawing.rights = project.rights.in(request.options.lang, project.languages);
  }
  report_missing(project.records, page.layout->missing, page.diagnostics);
}

/// A style that is not there has no place of its own: what names it is to blame.
void add_with_origin(base::Diagnostics const& of_style, PageRequest const& request,
                     base::Diagnostics& diagnostics) {
  auto named_at = request.map->origin;
  named_at.field = "maps." + request.map->id + ".style";
  if (!request.options.style.empty()) {
    named_at = {.file = "--style", .line = 0, .place = {}, .field = {}};
  }
  for (auto const& problem : of_style.problems()) {
    auto const& origin = problem.origin.file.empty() ? named_at : problem.origin;
    if (problem.severity == base::Problem::Severity::warning) {
      diagnostics.warn(origin, problem.message, problem.hint);
    } else {
      diagnostics.error(origin, problem.message, problem.hint, problem.fault);
    }
  }
}

template <typename Record>
base::Origin origin_in(std::vector<Record> const& table, std::string_view id) {
  auto const found = std::ranges::find(table, id, &Record::id);
  return found == table.end() ? base::Origin() : found->origin;
}

}  // namespace

record::MapDefinition resized(record::MapDefinition const& map, std::pair<int, int> size_px,
                              style::Style const& style) {
  auto out = map;
  double const mm_per_pixel = base::mm_per_px * style.screen_scale;
  out.page_width_mm = size_px.first * mm_per_pixel;
  out.page_height_mm = size_px.second * mm_per_pixel;
  if (out.view.scale) {
    // The frame is the page less its margins, which do not grow with it.
    double const margins = 2 * style.furniture.margin_mm;
    double const foot = style.furniture.margin_mm + style.furniture.sources_height_mm;
    auto const ratio = [](double before, double after, double margin) {
      return after > margin ? (before - margin) / (after - margin) : 1.0;
    };
    *out.view.scale *= std::max(ratio(map.page_width_mm, out.page_width_mm, margins),
                                ratio(map.page_height_mm, out.page_height_mm, foot));
  }
  return out;
}

double ground_height_mm(record::MapDefinition const& map, style::Style const& style) {
  if (!map.view.scale) return 0;
  double const foot = style.furniture.margin_mm + style.furniture.sources_height_mm;
  return std::max(0.0, map.page_height_mm - foot) * *map.view.scale;
}

void report_missing(record::Records const& records,
                    std::vector<layout::MissingText> const& missing_texts,
                    base::Diagnostics& diagnostics) {
  for (auto const& missing : missing_texts) {
    diagnostics.error(
        origin_of(records, missing.record),
        fmt::format("\"{}\" (U+{:04X}) of \"{}\" is in no installed font",
                    base::to_utf8(std::u32string(1, missing.code_point)),
                    static_cast<std::uint32_t>(missing.code_point), missing.text),
        "install a font that has it (fonts-noto-cjk, fonts-noto-extra), or draw without it by "
        "--lenient",
        base::Fault::environment);
  }
}

std::int64_t source_date_epoch() {
  char const* const text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr || *text == '\0') return 0;
  auto const seconds = base::parse_integer(text);
  if (!seconds || *seconds < 0) {
    throw base::Error(
        base::Fault::environment, {},
        "SOURCE_DATE_EPOCH: \"" + std::string(text) + "\" is not a whole number of seconds");
  }
  return *seconds;
}

std::string const& style_of(PageRequest const& request) {
  return request.options.style.empty() ? request.map->style : request.options.style;
}

Styles read_styles(scene::Inputs const& inputs, std::vector<PageRequest> const& requests,
                   base::Diagnostics& diagnostics) {
  Styles styles;
  layout::Shaper const shaper;
  for (auto const& request : requests) {
    auto const& name = style_of(request);
    if (styles.contains(name)) continue;
    base::Diagnostics of_style;
    auto style = style::read_style(name, inputs.style_folders, request.options.lang, of_style);
    add_with_origin(of_style, request, diagnostics);
    layout::check_fonts(shaper, style.fonts, name, diagnostics);
    styles.emplace(name, std::move(style));
  }
  return styles;
}

std::vector<Page> make_pages(scene::Inputs const& inputs, std::vector<PageRequest> const& requests,
                             Styles const& styles, int jobs, Timings& timings,
                             std::function<void(Page&, std::size_t)> const& finish) {
  std::vector<Page> pages(requests.size());
  // Text is shaped by one shaper a thread, made on the thread that uses it.
  std::vector<std::unique_ptr<layout::Shaper>> shapers(static_cast<std::size_t>(jobs));
  base::for_each_index(requests.size(), jobs, [&](std::size_t index, std::size_t worker) {
    auto& page = pages[index];
    page.request = requests[index];
    try {
      if (!shapers[worker]) shapers[worker] = std::make_unique<layout::Shaper>();
      make_page(inputs, styles.at(style_of(page.request)), *shapers[worker], timings, page);
      finish(page, index);
    } catch (base::Error const& error) {
      page.diagnostics.add(error);
    }
  });
  return pages;
}

std::vector<std::string> languages_of(record::Project const& project,
                                      std::vector<std::string> const& asked,
                                      base::Diagnostics& diagnostics) {
  if (asked.empty()) {
    return {project.languages.empty() ? std::string("en") : project.languages.front()};
  }
  auto known = project.languages;
  // Simplified Chinese is made of Traditional (DESIGN.md 3.1).
  for (auto const& tag : project.languages) {
    if (tag.starts_with("zh")) {
      known.insert(known.end(), {"zh-Hans", "zh-Hant"});
      break;
    }
  }
  for (auto const& tag : asked) {
    auto const wanted = base::language_and_script(tag);
    bool const served = std::ranges::any_of(known, [&](std::string const& have) {
      return tag == have || tag.starts_with(have + "-") ||
             base::language_and_script(have) == wanted;
    });
    if (!served) {
      diagnostics.error({.file = "--lang", .line = 0, .place = {}, .field = {}},
                        "\"" + tag + "\" is not a language of the project",
                        base::hint_of(tag, project.languages));
    }
  }
  return asked;
}

base::Origin origin_of(record::Records const& records, std::string const& record) {
  auto const slash = record.rfind('/');
  auto const name = slash == std::string::npos ? record : record.substr(slash + 1);
  auto const dot = name.find('.');
  if (dot == std::string::npos) return {};
  auto const table = name.substr(0, dot);
  auto const id = name.substr(dot + 1);
  if (table == "places") return origin_in(records.places, id);
  if (table == "events") return origin_in(records.events, id);
  if (table == "units") return origin_in(records.units, id);
  if (table == "movements") return origin_in(records.movements, id);
  if (table == "sides") return origin_in(records.sides, id);
  return {};
}

}  // namespace hachure::cli
