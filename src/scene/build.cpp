#include "scene/build.hpp"

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "base/message.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "scene/builder.hpp"
#include "scene/insets.hpp"
#include "style/convert.hpp"

namespace hachure::scene {

namespace {

bool has_furniture(record::MapDefinition const& map, std::string_view kind) {
  return std::ranges::any_of(map.furniture, [&](auto const& item) { return item.kind == kind; });
}

/// The map's frame on its page: the margins of the style, and room for the sources note below.
draw::Box frame_of(record::MapDefinition const& map, style::FurnitureLook const& look,
                   bool is_inset) {
  if (is_inset) return draw::Box::of(0, 0, map.page_width_mm, map.page_height_mm);
  double const m = look.margin_mm;
  double const bottom = has_furniture(map, "sources") ? look.sources_height_mm : m;
  return {m, m, map.page_width_mm - m, map.page_height_mm - bottom};
}

record::Bounds given_span(record::MapDefinition const& map, BuildOptions const& options) {
  if (options.during) return *options.during;
  if (map.when) return record::outer(*map.when);
  return {record::Instant::min(), record::Instant::max(), false, false};
}

/// The time of a map without regard to the instant asked for, and of the run it belongs to.
record::Bounds span_of(record::MapDefinition const& map, BuildOptions const& options) {
  auto span = given_span(map, options);
  if (!options.run) return span;
  span.earliest = std::min(span.earliest, options.run->span.earliest);
  span.latest = std::max(span.latest, options.run->span.latest);
  return span;
}

record::Bounds interval_of(record::MapDefinition const& map, BuildOptions const& options) {
  auto interval = given_span(map, options);
  if (options.at) {
    interval.latest = *options.at;
    interval.earliest = std::min(interval.earliest, interval.latest);
  }
  return interval;
}

/// The instant shown, where the run asks for one.
std::optional<record::Instant> moment_of(BuildOptions const& options) {
  if (options.at) return options.at;
  if (options.during && options.during->latest.is_finite()) return options.during->latest;
  return {};
}

/// How the sources line cites a work: its label; else "Family (year)", or the title where it has no
/// author.
std::string short_citation(record::Source const& source, std::string const& lang) {
  // A Chinese map gives Chinese works their own names.
  bool const is_han = !source.title.empty() && base::to_utf32(source.title).front() >= 0x2E80;
  bool const plain = source.label.by_tag.contains("und") && !(lang.starts_with("zh") && is_han);
  if (source.label.has(lang) || plain) {
    return source.label.in(lang);
  }
  std::string name = source.author;
  if (auto const comma = name.find_first_of(",;"); comma != std::string::npos) name.erase(comma);
  if (name.empty()) name = source.title;
  auto const year = source.issued.substr(0, 4);
  if (year.empty()) return name;
  return base::filled(base::message("sources.work", lang), {{"author", name}, {"year", year}});
}

/// Works that more of what is shown rests on come first; the note has room for some of them and
/// says how many more there are.
void collect_sources(Builder& builder) {
  constexpr std::size_t most = 9;
  auto const& lang = builder.languages.tag;
  struct Work {
    std::string text;
    int uses;
  };
  std::vector<Work> works;
  for (auto const& source : builder.records().sources) {
    auto const it = builder.sources_shown.find(source.id);
    if (it == builder.sources_shown.end()) continue;
    // Data sets are credited by their layers; notes of our own are no works.
    if (source.type == "document" || source.type == "dataset") continue;
    auto const text = short_citation(source, lang);
    auto const same = std::ranges::find(works, text, &Work::text);
    if (same != works.end()) {
      same->uses += it->second;
    } else if (!text.empty()) {
      works.push_back({text, it->second});
    }
  }
  std::ranges::stable_sort(works, std::ranges::greater{}, &Work::uses);
  std::string line;
  for (std::size_t i = 0; i < works.size() && i < most; ++i) {
    if (i > 0) line += base::message("list.separator", lang);
    line += works[i].text;
  }
  if (works.size() > most) {
    auto const more = works.size() - most;
    line += base::message("list.separator", lang);
    line += base::filled(base::plural_message("sources.more", more, lang),
                         {{"count", std::to_string(more)}});
  }
  if (!line.empty()) {
    line += base::message("sentence.end", lang);
    builder.scene.source_lines.push_back(line);
  }
  std::set<std::string> credits;
  for (auto const& layer : builder.data.layers) {
    auto const& credit = layer.reference->attribution.in(lang, builder.languages.fallbacks);
    if (!credit.empty() && credits.insert(credit).second) {
      builder.scene.source_lines.push_back(credit);
    }
  }
}

/// The events of the strip and of the date plate get the numbers that they have on this view; the
/// strip was made before it was known.
void number_happenings(Builder& builder) {
  auto& scene = builder.scene;
  if (!scene.timeline && scene.happenings.empty()) return;
  auto const numbers = numbers_of(builder, builder.whole);
  auto const set = [&](Happening& happening) {
    auto const it =
        happening.is_movement ? numbers.end() : numbers.find(happening.record.substr(7));
    happening.number = it == numbers.end() ? 0 : it->second;
  };
  for (auto& happening : scene.happenings) set(happening);
  if (!scene.timeline) return;
  for (auto& lane : scene.timeline->lanes) {
    for (auto& phase : lane.phases) set(phase.what);
  }
}

/// How the strip of time is read, for the note below the map.
void add_time_notes(Scene& scene, std::string const& lang) {
  if (!scene.timeline) return;
  auto const add = [&](char const* id) {
    scene.source_lines.emplace_back(base::message(id, lang));
  };
  if (scene.timeline->has_estimates) add("timeline.slanted");
  if (scene.timeline->scale.stretches().size() > 1) add("timeline.breaks");
}

/// Sentence for readers who cannot see the map: what it shows, when, how many events and moves.
std::string description_of(Builder const& builder) {
  auto const& map = builder.map;
  auto const& languages = builder.languages;
  auto const& given = map.description.in(languages.tag, languages.fallbacks);
  if (!given.empty()) return given;
  std::string text = map.title.in(languages.tag, languages.fallbacks);
  if (text.empty()) text = map.id;
  std::string events;
  for (auto const& entry : builder.scene.key) {
    if (!events.empty()) events += base::message("list.separator", languages.tag);
    events += base::filled(
        base::message("description.event", languages.tag),
        {{"number", std::to_string(entry.number)}, {"date", entry.date}, {"title", entry.text}});
  }
  if (events.empty()) return text + std::string(base::message("sentence.end", languages.tag));
  return base::filled(base::message("description.events", languages.tag),
                      {{"title", text}, {"events", events}});
}

struct BuiltMap {
  Scene scene;
  MapView view;
  std::map<std::string, int> numbers;
};

BuiltMap build_map(Inputs const& inputs, record::MapDefinition const& map,
                   BuildOptions const& options, base::Diagnostics& diagnostics, int depth,
                   std::map<std::string, int> const& numbers);

void add_insets(Inputs const& inputs, record::MapDefinition const& map, BuildOptions const& options,
                base::Diagnostics& diagnostics, int depth, BuiltMap& built) {
  if (depth >= base::limits::max_inset_depth) return;
  for (auto const& reference : map.insets) {
    auto const inset = inset_definition(inputs.project, map, reference);
    if (!inset) continue;
    auto child = build_map(inputs, *inset, options, diagnostics, depth + 1, built.numbers);
    add_inset(built.scene, built.view, reference, std::move(child.scene), child.view);
  }
}

record::FurnitureItem const* item_of(record::MapDefinition const& map, std::string_view kind) {
  auto const it = std::ranges::find(map.furniture, kind, &record::FurnitureItem::kind);
  return it == map.furniture.end() ? nullptr : &*it;
}

/// What the map's furniture of time needs to know, found before the frame is: the strip takes its
/// height from it.
struct MapTime {
  std::optional<Timeline> timeline;
  std::vector<Happening> happenings;
  double strip_height_mm = 0;
};

/// A strip of a frame leaves two thirds of it to the map: it gives up rows, then itself.
void fit_strip(MapTime& time, record::MapDefinition const& map, style::Style const& style,
               base::Diagnostics& diagnostics) {
  double const most_mm = 0.34 * map.page_height_mm;
  auto const is_too_high = [&] { return height_mm(*time.timeline, style.furniture) > most_mm; };
  for (int rows = 2; rows > 0 && is_too_high(); --rows) {
    for (auto& lane : time.timeline->lanes) {
      pack_rows(lane, time.timeline->scale, rows, time.timeline->left_out);
    }
  }
  if (!is_too_high()) return;
  time.timeline.reset();
  diagnostics.warn({},
                   "map " + map.id + ": no room for the timeline in a frame of " +
                       base::to_text(map.page_width_mm, 0) + " by " +
                       base::to_text(map.page_height_mm, 0) + " mm: it is left out",
                   "a larger --size, or fewer lanes");
}

MapTime time_of(Inputs const& inputs, record::MapDefinition const& map, style::Style const& style,
                BuildOptions const& options, base::Diagnostics& diagnostics) {
  MapTime out;
  auto const* strip = item_of(map, "timeline");
  auto const* plate = item_of(map, "date");
  if (strip == nullptr && plate == nullptr) return out;
  auto const view = MapView::make(inputs.project, map, frame_of(map, style.furniture, false));
  MapData const no_data;
  Builder builder(inputs, map, style, no_data, view, diagnostics);
  builder.languages = {options.lang, inputs.project.languages};
  builder.scene.ground = style.furniture.paper;
  builder.interval = interval_of(map, options);
  builder.whole = span_of(map, options);
  builder.context.scale = view.scale();
  builder.context.lang = style::Value(options.lang);
  builder.run = options.run;
  if (plate != nullptr) {
    out.happenings = happenings_of(builder, builder.whole, second_language(*plate));
  }
  if (strip != nullptr) out.timeline = make_timeline(builder, *strip);
  if (out.timeline && options.run && !strip->placement.height) {
    fit_strip(out, map, style, diagnostics);
  }
  if (out.timeline) {
    constexpr int most_named = 12;
    int count = 0;
    std::string names;
    for (auto const& record : out.timeline->left_out) {
      // Movements are on the map; on the strip they fill what room there is.
      if (!record.starts_with("events.")) continue;
      if (++count <= most_named) names += (names.empty() ? "" : ", ") + record;
    }
    if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
    if (!names.empty()) {
      diagnostics.warn({}, "map " + map.id + ": no row of the timeline is free for " + names,
                       "give it further lanes, or select fewer events");
    }
    auto const& height = strip->placement.height;
    out.strip_height_mm = height ? height->to_mm(1) : height_mm(*out.timeline, style.furniture);
  }
  return out;
}

BuiltMap build_map(Inputs const& inputs, record::MapDefinition const& map,
                   BuildOptions const& options, base::Diagnostics& diagnostics, int depth,
                   std::map<std::string, int> const& numbers) {
  auto basis = prepare_map(inputs, map, options, depth > 0, diagnostics);
  Builder builder(inputs, map, basis.style, basis.data, basis.view, diagnostics);
  builder.is_inset = depth > 0;
  builder.numbers = numbers;
  builder.detail_areas = details_of(inputs, map, basis.view, depth);
  start_map(builder, options);
  for (auto const* layer : drawn_layers(builder)) draw_layer(builder, *layer);
  finish_map(builder, basis);
  BuiltMap built{std::move(builder.scene), std::move(basis.view), std::move(builder.numbers)};
  add_insets(inputs, map, options, diagnostics, depth, built);
  return built;
}

}  // namespace

MapView view_of(Inputs const& inputs, record::MapDefinition const& map, BuildOptions const& options,
                draw::Box const& frame) {
  auto seen = map;
  if (options.run && seen.view.scale && frame.height_mm() > 0) {
    double const needed = options.run->ground_height_mm / frame.height_mm();
    *seen.view.scale = std::max(*seen.view.scale, needed);
  }
  return MapView::make(inputs.project, seen, frame);
}

MapBasis prepare_map(Inputs const& inputs, record::MapDefinition const& map,
                     BuildOptions const& options, bool is_inset, base::Diagnostics& diagnostics) {
  auto const& name = options.style.empty() ? map.style : options.style;
  auto style = style::read_style(name, inputs.style_folders, options.lang, diagnostics);
  read_ahead(inputs, map, style);
  auto time = is_inset ? MapTime{} : time_of(inputs, map, style, options, diagnostics);
  auto frame = frame_of(map, style.furniture, is_inset);
  auto const strip = draw::Box::of(frame.min_x_mm, frame.max_y_mm - time.strip_height_mm,
                                   frame.width_mm(), time.strip_height_mm);
  frame.max_y_mm = strip.min_y_mm;
  auto view = view_of(inputs, map, options, frame);
  auto data = read_map_data(inputs, map, style, view, diagnostics);
  return {std::move(style),         std::move(view), std::move(data),
          std::move(time.timeline), strip,           std::move(time.happenings)};
}

MapBasis prepare_map(Inputs const& inputs, record::MapDefinition const& map,
                     BuildOptions const& options, MapBasis const* own,
                     base::Diagnostics& diagnostics) {
  if (own == nullptr) return prepare_map(inputs, map, options, false, diagnostics);
  auto view = view_of(inputs, map, options, own->view.frame());
  auto data = read_map_data(inputs, map, own->style, view, diagnostics);
  return {own->style, std::move(view), std::move(data), own->timeline, own->strip, own->happenings};
}

void start_map(Builder& builder, BuildOptions const& options) {
  auto const& records = builder.records();
  auto const& map = builder.map;
  auto const& view = builder.view;
  builder.languages = {options.lang, builder.inputs.project.languages};
  builder.interval = interval_of(map, options);
  builder.span = options.run ? options.run->span : builder.interval;
  builder.moment = moment_of(options);
  builder.run = options.run;
  builder.whole = span_of(map, options);
  auto const last = builder.interval.latest;
  builder.now = states_at(records, last, builder.interval.earliest);
  // What was held just before the map's time begins.
  auto const first = builder.interval.earliest;
  builder.before =
      states_at(records, first.is_finite() ? record::Instant{first.seconds - 1} : first);
  builder.context.scale = view.scale();
  builder.context.zoom = style::zoom_of_scale(view.scale());
  builder.context.lang = style::Value(options.lang);
  if (builder.moment) {
    builder.units_now = units_at(records, *builder.moment);
    builder.context.time = style::Value(record::to_text(*builder.moment, true));
  }
  auto& scene = builder.scene;
  scene.map = map.id;
  scene.lang = options.lang;
  scene.title = map.title;
  scene.subtitle = map.subtitle;
  scene.page_width_mm = map.page_width_mm;
  scene.page_height_mm = map.page_height_mm;
  scene.frame = view.frame();
  scene.look = builder.style.furniture;
  scene.tick_style = builder.style.furniture.tick;
  scene.ground = builder.style.furniture.paper;
  scene.furniture = map.furniture;
  scene.scale_units = builder.inputs.project.scale_units;
  scene.facts = {view.scale(), view.projection().name(), view.north_rad(), view.center()};
  scene.moment = options.at;
  scene.when = map.when;
  if (options.run) scene.run = options.run->instants;
}

std::vector<style::StyleLayer const*> drawn_layers(Builder const& builder) {
  std::vector<style::StyleLayer const*> layers;
  double const scale = builder.view.scale();
  for (auto const& layer : builder.style.layers) {
    if (scale >= layer.scale_min && scale < layer.scale_max) layers.push_back(&layer);
  }
  return layers;
}

bool draws_records(style::StyleLayer const& layer) {
  using enum style::LayerType;
  return layer.type == place || layer.type == unit || layer.type == event ||
         layer.type == movement || layer.type == bombardment || layer.type == callout;
}

void draw_layer(Builder& builder, style::StyleLayer const& layer) {
  using style::LayerType;
  switch (layer.type) {
    case LayerType::background:
    case LayerType::hillshade:
    case LayerType::fill:
    case LayerType::line:
    case LayerType::wall:
    case LayerType::water_lining:
    case LayerType::texture:
    case LayerType::vignette:
      return draw_ground(builder, layer);
    case LayerType::hachure:
    case LayerType::contour:
    case LayerType::hypsometric:
      return draw_relief_lines(builder, layer);
    case LayerType::neatline:
      return draw_neatline(builder, layer);
    case LayerType::symbol:
      return draw_symbols(builder, layer);
    case LayerType::place:
      return draw_places(builder, layer);
    case LayerType::unit:
      return draw_units(builder, layer);
    case LayerType::event:
      return draw_events(builder, layer);
    case LayerType::movement:
      return draw_movements(builder, layer);
    case LayerType::bombardment:
      return draw_bombardments(builder, layer);
    case LayerType::front:
      return draw_fronts(builder, layer);
    case LayerType::graticule:
      return draw_graticule(builder, layer);
    case LayerType::callout:
      return draw_callouts(builder, layer);
  }
}

void finish_map(Builder& builder, MapBasis const& basis) {
  auto& scene = builder.scene;
  scene.timeline = basis.timeline;
  scene.timeline_box = basis.strip;
  scene.happenings = basis.happenings;
  if (item_of(builder.map, "order-of-battle") != nullptr && !builder.is_inset) {
    scene.order_of_battle = order_of_battle(builder);
  }
  collect_sources(builder);
  number_happenings(builder);
  add_time_notes(scene, builder.languages.tag);
  builder.scene.description = description_of(builder);
}

Inputs ordered(Inputs const& inputs) {
  // What is painted first must not hang on the order of rows: records go by id, events by their
  // time and only then by their rows.
  auto out = inputs;
  auto& records = out.project.records;
  std::ranges::sort(records.places, {}, &record::Place::id);
  std::ranges::sort(records.units, {}, &record::Unit::id);
  std::ranges::sort(records.movements, {}, &record::Movement::id);
  std::ranges::sort(records.sources, {}, &record::Source::id);
  std::ranges::stable_sort(records.events, {}, [](record::Event const& event) {
    return event.when ? record::outer(*event.when).earliest : record::Instant::min();
  });
  return out;
}

record::MapDefinition fitted_to(Inputs const& inputs, record::MapDefinition const& map,
                                BuildOptions const& options) {
  if (options.style.empty() || options.style == map.style) return map;
  // Problems of either style are told where it is drawn.
  base::Diagnostics unheard;
  auto const frame_in = [&](std::string const& style) {
    auto const look = style::read_style(style, inputs.style_folders, options.lang, unheard);
    return frame_of(map, look.furniture, false);
  };
  auto const written_for = frame_in(map.style);
  auto const frame = frame_in(options.style);
  double const x_share = frame.width_mm() / written_for.width_mm();
  double const y_share = frame.height_mm() / written_for.height_mm();
  auto const fit = [&](record::Placement& placement) {
    for (auto* length : {&placement.x, &placement.width}) {
      if (*length) (*length)->value *= x_share;
    }
    for (auto* length : {&placement.y, &placement.height}) {
      if (*length) (*length)->value *= y_share;
    }
  };
  auto out = map;
  for (auto& item : out.furniture) fit(item.placement);
  for (auto& inset : out.insets) {
    if (auto const* definition = inputs.project.map(inset.map)) {
      auto& placement = inset.placement;
      bool const has_width = placement.width.has_value();
      if (!has_width) placement.width = base::Length::mm(definition->page_width_mm);
      if (!has_width && !placement.height) {
        placement.height = base::Length::mm(definition->page_height_mm);
      }
    }
    fit(inset.placement);
  }
  return out;
}

Scene build_scene(Inputs const& inputs, record::MapDefinition const& map,
                  BuildOptions const& options, base::Diagnostics& diagnostics) {
  auto const fitted = fitted_to(inputs, map, options);
  return build_map(ordered(inputs), fitted, options, diagnostics, 0, {}).scene;
}

}  // namespace hachure::scene
