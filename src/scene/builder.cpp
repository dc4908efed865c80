#include "scene/builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "style/color.hpp"
#include "style/filter.hpp"

namespace hachure::scene {

namespace {

using draw::Color;

/// Simple case mapping of Latin letters, accents included; other scripts are left as they are.
bool is_of_han(std::string_view tag) {
  return tag.starts_with("zh") || tag.starts_with("ja") || tag.starts_with("ko");
}

/// Language of a part of a label that is plainly not in that of the map: Chinese beside Latin on
/// an English map has the glyphs of the project's own Chinese. Empty: the language of the map.
std::string language_of_part(std::string const& text, Languages const& languages) {
  if (is_of_han(languages.tag)) return {};
  auto const wide = base::to_utf32(text);
  bool const has_han = std::ranges::any_of(wide, [](char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
  });
  if (!has_han) return {};
  auto const it = std::ranges::find_if(languages.fallbacks, is_of_han);
  return it == languages.fallbacks.end() ? std::string() : *it;
}

std::string transformed(std::string const& text, std::string const& how) {
  if (how != "uppercase" && how != "lowercase") return text;
  std::u32string out = base::to_utf32(text);
  bool const up = how == "uppercase";
  for (auto& c : out) {
    if (up && c >= U'a' && c <= U'z') c -= 32;
    if (!up && c >= U'A' && c <= U'Z') c += 32;
    if (up && c >= U'\u00E0' && c <= U'\u00FE' && c != U'\u00F7') c -= 32;
    if (!up && c >= U'\u00C0' && c <= U'\u00DE' && c != U'\u00D7') c += 32;
  }
  return base::to_utf8(out);
}

}  // namespace

SceneLayer& Builder::layer_of(style::StyleLayer const& layer) {
  auto const [it, added] = layer_index.emplace(layer.group, scene.layers.size());
  if (added) {
    auto label = layer.group;
    std::ranges::replace(label, '-', ' ');
    scene.layers.push_back({layer.group, label, {}, {}});
  }
  return scene.layers[it->second];
}

void Builder::add(style::StyleLayer const& layer, draw::Node node) {
  auto& target = layer_of(layer);
  style::Look const look(layer, context);
  if (SceneLayer::Yield const yield{
          look.flag("knocked-out"),
          layer.type == style::LayerType::fill || layer.type == style::LayerType::front,
          look.mm("furniture-fade")};
      yield.to_text || yield.fade_mm > 0) {
    target.yields[target.nodes.size()] = yield;
  }
  target.nodes.push_back(std::move(node));
}

bool Builder::takes(style::StyleLayer const& layer, style::Feature const& feature) {
  context.feature = &feature;
  return !layer.filter || layer.filter->passes(context);
}

Color Builder::side_color(std::string const& side_id) const {
  auto const* side = records().side(side_id);
  if (side == nullptr || side->color.empty()) return style.furniture.ink;
  return style::parse_color(side->color).value_or(style.furniture.ink);
}

void Builder::add_side(style::Feature& feature, std::string const& side_id) const {
  auto const color = side_color(side_id);
  feature.set("side-color", style::Value(style::to_hex(color)));
  auto const* side = records().side(side_id);
  auto light = draw::mixed(color, scene.ground, 0.35);
  if (side != nullptr && !side->light.empty()) {
    light = style::parse_color(side->light).value_or(light);
  }
  feature.set("side-light-color", style::Value(style::to_hex(light)));
  feature.set("side-tint-color",
              style::Value(style::to_hex(draw::mixed(color, scene.ground, 0.8))));
  feature.set("side-dark-color",
              style::Value(style::to_hex(draw::mixed(color, {0, 0, 0, 1}, 0.7))));
  feature.set("side-cue", style::Value(side ? side->cue : std::string()));
  feature.set("side-name", style::Value(side ? side->map_name(languages.tag, languages.fallbacks)
                                             : std::string()));
}

void Builder::add_age(style::Feature& feature, std::optional<record::Edtf> const& when) const {
  if (!when || !span.earliest.is_finite() || !span.latest.is_finite()) return;
  auto const at = record::outer(*when).earliest;
  if (!at.is_finite()) return;
  feature.set("years-matter", style::Value(years_matter()));
  constexpr std::int64_t few_days_s = 4 * 86400;
  feature.set("days-matter",
              style::Value(span.latest.seconds - span.earliest.seconds <= few_days_s));
  double const length = static_cast<double>(span.latest.seconds - span.earliest.seconds);
  double const t =
      length > 0 ? static_cast<double>(at.seconds - span.earliest.seconds) / length : 1;
  feature.set("age", style::Value(1 - std::clamp(t, 0.0, 1.0)));
}

Life Builder::add_life(style::Feature& feature, std::optional<record::Edtf> const& when) {
  Life life;
  if (moment) life = life_at(when, *moment);
  auto const phase = life.phase == Life::Phase::before    ? "before"
                     : life.phase == Life::Phase::running ? "running"
                                                          : "after";
  // What is over is over for certain.
  bool const possible =
      life.phase == Life::Phase::running && life.presence == record::Presence::possible;
  feature.set("phase", style::Value(std::string(phase)));
  feature.set("presence", style::Value(std::string(possible ? "possible" : "certain")));
  context.progress = life.progress;
  if (moment) note_phase(life);
  return life;
}

double Builder::duration_s(style::StyleLayer const& layer, style::Look const& look,
                           std::string const& property) {
  auto const value = look.value(property);
  if (value.is_null()) return std::numeric_limits<double>::infinity();
  if (auto const steps = value.to_number(); steps && value.kind() == style::Value::Kind::number) {
    return *steps * static_cast<double>(run->step_s);
  }
  try {
    auto const duration = record::parse_duration(value.to_string());
    constexpr double month_s = 30.44 * 86400;
    return static_cast<double>(duration.months) * month_s + static_cast<double>(duration.seconds);
  } catch (base::Error const& error) {
    if (missing_symbols_.insert(layer.id + "." + property).second) {
      auto origin = layer.origin;
      origin.field = property;
      diagnostics.error(origin, error.message(), error.hint());
    }
    return 0;
  }
}

namespace {

/// Whether a property of the layer asks for the instant or the progress of a record.
bool asks_for_time(style::StyleLayer const& layer) {
  auto const bits = static_cast<std::uint32_t>(style::Input::time) |
                    static_cast<std::uint32_t>(style::Input::progress);
  return std::ranges::any_of(layer.properties,
                             [&](auto const& p) { return (p.second.inputs() & bits) != 0; });
}

}  // namespace

void Builder::draw_kept(style::StyleLayer const& layer, std::string const& record,
                        std::string const& state, std::function<void()> const& draw) {
  if (memo == nullptr) return draw();
  auto const now_s = static_cast<double>(moment->seconds);
  auto& kept = memo->drawn[layer.id + "/" + record];
  bool const holds = kept.nodes && kept.steady.holds(now_s) && kept.state == state;
  if (!holds) {
    auto& group = layer_of(layer);
    group.nodes.clear();
    scene.labels.clear();
    steady_ = {-ever_s, ever_s};
    if (asks_for_time(layer)) steady_ = {};
    draw();
    kept = {state,
            steady_,
            layer_index[layer.group],
            std::make_shared<std::vector<draw::Node> const>(std::move(group.nodes)),
            {}};
    for (auto& label : scene.labels) {
      kept.labels.push_back(std::make_shared<LabelRequest const>(std::move(label)));
    }
    group.nodes.clear();
    scene.labels.clear();
    scene.obstacles.clear();
    scene.key.clear();
  }
  pieces.push_back(&kept);
}

double Builder::life_opacity(style::StyleLayer const& layer, style::Look const& look,
                             Life const& life) {
  if (!moment) return 1;
  bool const possible =
      life.phase == Life::Phase::running && life.presence == record::Presence::possible;
  double opacity = possible ? std::clamp(look.number("possible-opacity"), 0.0, 1.0) : 1;
  double const rest = std::clamp(look.number("life-rest"), 0.0, 1.0);
  // A single instant has no run to rise and fade over: what is past is at rest.
  if (!run) return life.phase == Life::Phase::after ? rest : opacity;
  LifeCycle cycle;
  cycle.rise_s = duration_s(layer, look, "life-rise");
  cycle.plateau_s = duration_s(layer, look, "life-plateau");
  cycle.decay_s = duration_s(layer, look, "life-decay");
  cycle.rest = rest;
  cycle.fade_s = duration_s(layer, look, "life-fade");
  note_cycle(life, cycle);
  return opacity * opacity_at(life, cycle);
}

void Builder::narrow_steadiness(double from_s, double to_s) {
  steady_.from_s = std::max(steady_.from_s, from_s);
  steady_.to_s = std::min(steady_.to_s, to_s);
}

void Builder::note_phase(Life const& life) {
  auto const now_s = static_cast<double>(moment->seconds);
  switch (life.phase) {
    case Life::Phase::before:
      return narrow_steadiness(-ever_s, now_s - life.since_start_s - 1);
    case Life::Phase::running:
      return narrow_steadiness(life.certain_from_s, life.certain_to_s);
    case Life::Phase::after:
      return narrow_steadiness(now_s - life.since_end_s + 1, ever_s);
  }
}

void Builder::note_cycle(Life const& life, LifeCycle const& cycle) {
  auto const now_s = static_cast<double>(moment->seconds);
  double const risen_s = now_s - life.since_start_s + cycle.rise_s;
  double const plateau_end_s = now_s - life.since_end_s + cycle.plateau_s;
  double const at_rest_s = plateau_end_s + cycle.decay_s;
  double const gone_s = at_rest_s + cycle.fade_s;
  if (now_s >= gone_s) return narrow_steadiness(gone_s, ever_s);
  if (now_s >= at_rest_s && !std::isfinite(cycle.fade_s)) {
    return narrow_steadiness(at_rest_s, ever_s);
  }
  if (now_s >= risen_s && now_s <= plateau_end_s) {
    return narrow_steadiness(risen_s, plateau_end_s);
  }
  if (life.phase != Life::Phase::before) never_steady();
}

style::SymbolColors Builder::colors_for(std::string const& side_id, style::Look const& look) const {
  style::SymbolColors colors;
  colors.side = look.color_or("icon-color", side_color(side_id));
  colors.side_light =
      look.color_or("icon-light-color", draw::mixed(colors.side, scene.ground, 0.3));
  colors.second = look.color_or("icon-second-color", style.furniture.ink);
  colors.paper = style.furniture.panel;
  colors.ink = look.color_or("icon-ink-color", style.furniture.ink);
  colors.side_cue = style::symbol_cue(look.text("icon-cue"));
  colors.second_cue = style::symbol_cue(look.text("icon-second-cue"));
  return colors;
}

std::optional<draw::Picture> Builder::picture(std::string const& symbol,
                                              style::SymbolColors const& colors, draw::Point at,
                                              double size_mm, double bearing_deg,
                                              style::StyleLayer const& layer) {
  if (symbol.empty() || size_mm <= 0) return {};
  std::optional<style::Symbol> found;
  try {
    found = inputs.symbols->find(symbol, colors);
  } catch (base::Error const& error) {
    if (missing_symbols_.insert(symbol).second) diagnostics.add(error);
    return {};
  }
  if (!found) {
    if (missing_symbols_.insert(symbol).second) {
      diagnostics.error(layer.origin, "no symbol \"" + symbol + "\"",
                        base::hint_of(symbol, inputs.symbols->ids()));
    }
    return {};
  }
  draw::Picture picture;
  picture.title = found->title;
  picture.source = found->picture;
  picture.anchor = at;
  picture.anchor_in_view = found->anchor;
  auto const& box = found->picture->view_box;
  picture.scale = size_mm / std::max(box.width_mm(), box.height_mm());
  if (found->heading_deg) {
    constexpr double degree_rad = 3.14159265358979323846 / 180;
    picture.angle_rad = (bearing_deg - *found->heading_deg) * degree_rad;
  }
  return picture;
}

draw::Box Builder::box_of(draw::Picture const& picture) {
  draw::Box box;
  auto const& v = picture.source->view_box;
  // Drawings keep a margin inside their view box: 11 of 12 units are ink at most.
  double const inset = 0.04 * v.width_mm();
  for (double const x : {v.min_x_mm + inset, v.max_x_mm - inset}) {
    for (double const y : {v.min_y_mm + inset, v.max_y_mm - inset}) {
      box.add(picture.anchor +
              draw::turned((draw::Point{x, y} - picture.anchor_in_view) * picture.scale,
                           picture.angle_rad));
    }
  }
  return box;
}

std::vector<style::TextSpan> Builder::spans(style::Look const& look, std::string const& field,
                                            std::string const& prefix) {
  auto const value = look.value(field);
  style::TextStyle base_style;
  auto const own = [&](std::string const& name, char const* fallback) {
    auto const full = prefix + name;
    return look.has(full) ? full : std::string(fallback);
  };
  base_style.fonts = look.texts(own("font", "text-font"));
  if (base_style.fonts.empty()) base_style.fonts = style.furniture.body.fonts;
  base_style.size_mm = look.mm(own("text-size", "text-size"));
  if (prefix == "text-") base_style.size_mm = look.mm("text-size");
  base_style.color =
      look.color_or(prefix == "text-" ? "text-color" : prefix + "text-color", style.furniture.ink);
  if (prefix == "text-") {
    base_style.letter_spacing_em = look.number("text-letter-spacing");
    base_style.features = look.text("text-features");
  }
  base_style.han_scale = look.has("text-han-scale") ? look.number("text-han-scale") : 0.92;
  auto const how = prefix == "text-" ? look.text("text-transform") : std::string("none");
  std::vector<style::TextSpan> out;
  if (value.kind() == style::Value::Kind::formatted) {
    for (auto const& section : value.as_sections()) {
      if (section.text.empty()) continue;
      auto text_style = base_style;
      if (section.scale) text_style.size_mm *= *section.scale;
      if (section.color) text_style.color = *section.color;
      if (section.font) text_style.fonts = base::split_list(*section.font, ',');
      text_style.lang = section.lang ? *section.lang : language_of_part(section.text, languages);
      out.push_back({transformed(section.text, how), text_style});
    }
  } else if (!value.is_null()) {
    auto const text = value.to_string();
    base_style.lang = language_of_part(text, languages);
    if (!text.empty()) out.push_back({transformed(text, how), base_style});
  }
  return out;
}

style::Value const* Builder::property(char const* name) const {
  return context.feature ? context.feature->find(name, style::Key(name).hash) : nullptr;
}

void Builder::set_short_form(LabelRequest& request, style::Look const& look) {
  double const size_mm = request.spans.front().style.size_mm;
  double const least_mm = look.mm("text-size-min");
  if (least_mm > 0 && size_mm > 0) request.least_size = std::min(1.0, least_mm / size_mm);
  if (look.has("text-field-short")) {
    request.short_spans = spans(look, "text-field-short", "text-");
    return;
  }
  auto const* short_name = property("abbreviation");
  if (short_name == nullptr || request.name.empty()) return;
  auto const how = look.text("text-transform");
  auto const name = transformed(request.name, how);
  auto out = request.spans;
  bool found = false;
  for (auto& part : out) {
    auto const at = part.text.find(name);
    if (at == std::string::npos) continue;
    part.text.replace(at, name.size(), transformed(short_name->to_string(), how));
    found = true;
  }
  if (found && out != request.spans) request.short_spans = std::move(out);
}

void Builder::set_class(LabelRequest& request) {
  auto const* given = property("label_class");
  if (given == nullptr || given->is_null()) return;
  auto const word = given->to_string();
  if (word == "never") {
    request.spans.clear();
  } else if (word == "must" || word == "may") {
    request.required = word == "must";
  } else if (!word.empty() && refused_classes_.insert(request.record).second) {
    diagnostics.error({}, request.record + ": label_class: \"" + word + "\" is no class of labels",
                      base::hint_of(word, {"must", "may", "never"}));
  }
}

LabelRequest Builder::label(style::StyleLayer const& layer, style::Look const& look,
                            std::string const& record) {
  LabelRequest request;
  request.spans = spans(look, "text-field", "text-");
  if (request.spans.empty()) return request;
  request.id = record + "@" + layer.id;
  request.record = record;
  request.layer = layer.id;
  request.group = layer.group;
  if (auto const* name =
          context.feature ? context.feature->find("name", style::Key("name").hash) : nullptr) {
    request.name = name->to_string();
  }
  request.lang = languages.tag;
  request.line_height = look.number("text-line-height");
  request.max_width_mm = look.number("text-max-width") * request.spans.front().style.size_mm;
  request.anchors = look.texts("text-variable-anchor");
  request.gap_mm = look.mm("text-radial-offset");
  request.angle_rad = look.number("text-rotate") * 3.14159265358979323846 / 180;
  request.vertical = look.text("text-writing-mode") == "vertical";
  request.sort_key = look.number("symbol-sort-key");
  auto const ground = look.text("text-ground");
  request.ground = ground == "water"  ? LabelGround::water
                   : ground == "land" ? LabelGround::land
                                      : LabelGround::any;
  request.required = look.flag("text-required");
  request.leader = look.flag("text-leader");
  request.may_be_number = look.flag("text-number");
  set_short_form(request, look);
  set_class(request);
  request.repeat_mm = look.mm("symbol-spacing");
  request.line_offset_mm = look.mm("text-offset-line");
  request.spread_em = std::max(0.0, look.number("text-spread"));
  request.ruby_spans = spans(look, "text-ruby", "text-");
  for (auto& part : request.ruby_spans) {
    part.style.size_mm *= std::clamp(look.number("text-ruby-size"), 0.1, 2.0);
    part.style.letter_spacing_em = 0;
  }
  if (auto const color = look.color("text-halo-color")) {
    request.halo = draw::Halo{*color, look.mm("text-halo-width")};
  }
  request.knockout_mm = look.mm("text-knockout");
  return request;
}

void Builder::add_legend(style::StyleLayer const& layer, style::Feature const& feature,
                         std::vector<draw::Node> sample) {
  if (sample.empty()) return;
  base::LangText text = layer.legend;
  if (layer.legend_field) {
    context.feature = &feature;
    auto const value = layer.legend_field->evaluate(context);
    if (value.is_null() || value.to_string().empty()) return;
    text.by_tag = {{languages.tag, value.to_string()}};
  }
  if (text.empty()) return;
  auto const key = layer.id + "/" + text.in(languages.tag, languages.fallbacks);
  if (!legend_keys.insert(key).second) return;
  auto const order = std::ranges::find(style.layers, layer.id, &style::StyleLayer::id);
  scene.legend.push_back(
      {key, std::move(text), std::move(sample), static_cast<double>(order - style.layers.begin())});
}

void Builder::cite(record::RecordBase const& record) {
  for (auto const& citation : record.sources) ++sources_shown[citation.source];
}

bool Builder::selected(std::string const& table, std::string const& id,
                       style::Feature const& feature) {
  auto const it = map.select.find(table);
  if (it == map.select.end()) return true;
  auto const& selection = it->second;
  if (std::ranges::find(selection.except, id) != selection.except.end()) return false;
  bool const listed = std::ranges::find(selection.ids, id) != selection.ids.end();
  if (listed) return true;
  if (selection.filter.empty()) return selection.ids.empty();
  auto const [filter, added] = filters_.try_emplace(table);
  if (added) {
    auto origin = map.origin;
    origin.field = "maps." + map.id + ".select." + table;
    filter->second =
        style::Filter::compile(nlohmann::json::parse(selection.filter), origin, diagnostics);
  }
  context.feature = &feature;
  return filter->second && filter->second->passes(context);
}

bool Builder::in_time(std::optional<record::Edtf> const& when) const {
  return !when || record::overlaps(*when, interval);
}

bool Builder::in_detail(draw::Point at) const {
  return std::ranges::any_of(detail_areas, [&](draw::Path const& area) {
    bool within = false;
    for (auto const& ring : area.flattened(0.1)) {
      for (std::size_t i = 1; i < ring.size(); ++i) {
        auto const a = ring[i - 1];
        auto const b = ring[i];
        if ((a.y_mm > at.y_mm) != (b.y_mm > at.y_mm) &&
            at.x_mm < (b.x_mm - a.x_mm) * (at.y_mm - a.y_mm) / (b.y_mm - a.y_mm) + a.x_mm) {
          within = !within;
        }
      }
    }
    return within;
  });
}

bool Builder::years_matter() const {
  if (!span.earliest.is_finite() || !span.latest.is_finite()) return true;
  return record::to_civil(span.earliest).year != record::to_civil(span.latest).year;
}

void Builder::count(style::StyleLayer const& layer, std::size_t features, std::size_t drawn) {
  scene.counts.push_back({layer.id, features, drawn});
}

std::optional<geo::LonLat> position_of(record::Place const& place) {
  if (place.at) return place.at;
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&place.geometry)) {
    if (!points->at.empty()) return points->at.front();
  }
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&place.geometry)) {
    if (!lines->at.empty() && !lines->at.front().empty()) {
      return lines->at.front()[lines->at.front().size() / 2];
    }
  }
  return {};
}

std::optional<geo::LonLat> position_of(record::Event const& event, record::Records const& records) {
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&event.geometry)) {
    if (!points->at.empty()) return points->at.front();
  }
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&event.geometry)) {
    if (!lines->at.empty() && !lines->at.front().empty()) {
      return lines->at.front()[lines->at.front().size() / 2];
    }
  }
  for (auto const* ids : {&event.places, &event.to, &event.from}) {
    for (auto const& id : *ids) {
      auto const* place = records.place(id);
      if (place == nullptr) continue;
      if (auto const at = position_of(*place)) return at;
    }
  }
  return {};
}

}  // namespace hachure::scene
