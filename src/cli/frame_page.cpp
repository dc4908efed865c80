#include "cli/frame_page.hpp"

#include <algorithm>
#include <set>

#include "record/date_format.hpp"
#include "render/html.hpp"
#include "scene/features.hpp"
#include "style/color.hpp"

namespace hachure::cli {

namespace {

/// The moving parts of a frame in groups by drawing layer, then the labels.
draw::Group moving_group(layout::StageLayout const& layout, FrameContent const& content) {
  draw::Group moving;
  moving.clip.emplace();
  moving.clip->add_box(layout.frame);
  auto const& pieces = content.parts.pieces;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto const& [id, label] = layout.groups[content.groups[i]];
    if (i == 0 || content.groups[i] != content.groups[i - 1]) {
      draw::Group layer;
      layer.id = id;
      layer.label = label;
      layer.role = draw::GroupRole::layer;
      moving.children.push_back({std::move(layer)});
    }
    auto& layer = std::get<draw::Group>(moving.children.back().value);
    layer.children.insert(layer.children.end(), pieces[i]->begin(), pieces[i]->end());
  }
  draw::Group names;
  names.id = "names";
  names.role = draw::GroupRole::layer;
  for (auto const* labels : {&content.parts.passing, &content.parts.standing}) {
    for (auto const& label : *labels) {
      names.children.insert(names.children.end(), label->begin(), label->end());
    }
  }
  moving.children.push_back({std::move(names)});
  return moving;
}

draw::Group group_of(std::vector<draw::Node> nodes) {
  draw::Group group;
  group.children = std::move(nodes);
  return group;
}

render::HtmlSource source_of(record::Records const& records, record::Citation const& citation) {
  auto const* source = records.source(citation.source);
  if (source == nullptr) return {citation.source, {}};
  std::string text = source->author;
  if (!source->title.empty()) text += (text.empty() ? "" : ", ") + source->title;
  if (!source->issued.empty()) text += " (" + source->issued + ")";
  if (!citation.locator.empty()) text += ", " + citation.locator;
  return {text.empty() ? citation.source : text, source->url};
}

/// The row of an event in the list, or nothing when no frame shows it.
std::optional<render::HtmlEvent> row_of(record::Event const& event, FramePlan const& plan,
                                        record::Project const& project,
                                        std::pair<std::size_t, std::size_t> range) {
  if (!event.when) return {};
  auto const bounds = record::outer(*event.when);
  auto const begin = plan.instants.begin() + static_cast<std::ptrdiff_t>(range.first);
  auto const end = plan.instants.begin() + static_cast<std::ptrdiff_t>(range.second);
  auto const first = std::lower_bound(begin, end, bounds.earliest);
  if (first == end || bounds.latest < *begin) return {};
  auto const after = std::upper_bound(first, end, bounds.latest);
  render::HtmlEvent row;
  auto const& languages = project.languages;
  row.record = "events." + event.id;
  row.date = scene::date_text(*event.when, plan.lang);
  row.title = event.title.in(plan.lang, languages);
  row.note = event.note.in(plan.lang, languages);
  if (auto const* side = project.records.side(event.side)) {
    row.side = side->map_name(plan.lang, languages);
    row.color = style::parse_color(side->color).value_or(draw::Color{});
  }
  for (auto const& citation : event.sources) {
    row.sources.push_back(source_of(project.records, citation));
  }
  row.first_frame = static_cast<std::size_t>(first - begin);
  row.last_frame = static_cast<std::size_t>(std::max(first, after - 1) - begin);
  return row;
}

}  // namespace

std::string page_of_frames(FrameMaker& maker, FramePlan const& plan, record::Project const& project,
                           std::pair<std::size_t, std::size_t> range, double frames_per_second) {
  auto const& layout = maker.layout();
  auto stage = layout.page.drawing;
  stage.author = project.author.in(plan.lang, project.languages);
  stage.rights = project.rights.in(plan.lang, project.languages);
  render::PaintOptions options;
  options.text = render::PaintOptions::TextMode::outlines;
  render::HtmlWriter page(stage, group_of(layout.above), options);
  for (auto index = range.first; index < range.second; ++index) {
    auto const content = maker.content(index, 0);
    render::HtmlFrame frame;
    frame.label = caption_of_frame(plan, index);
    frame.iso = date_of_frame(plan, index);
    frame.seconds = 1 / frames_per_second;
    frame.moving = moving_group(layout, content);
    frame.overlay = group_of(content.parts.plates);
    page.add(frame);
  }
  std::vector<record::Event const*> events;
  for (auto const& event : project.records.events) {
    if (event.when) events.push_back(&event);
  }
  std::ranges::stable_sort(
      events, {}, [](record::Event const* event) { return record::outer(*event->when).earliest; });
  std::vector<render::HtmlEvent> rows;
  for (auto const* event : events) {
    auto row = row_of(*event, plan, project, range);
    if (!row) continue;
    // The map has numbers at its events; the list is their key.
    auto const& key = maker.stage().whole().key;
    auto const entry = std::ranges::find(key, row->record, &scene::KeyEntry::record);
    if (entry != key.end()) row->number = entry->number;
    rows.push_back(std::move(*row));
  }
  return page.finish(rows);
}

}  // namespace hachure::cli
