#include "layout/layout.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <tuple>

#include "base/number.hpp"
#include "draw/prefix.hpp"
#include "layout/date_plate.hpp"
#include "layout/font_packages.hpp"
#include "layout/furniture.hpp"
#include "layout/knockout.hpp"
#include "layout/passage.hpp"
#include "layout/place.hpp"
#include "layout/stage_layout.hpp"
#include "layout/timeline.hpp"

namespace hachure::layout {

namespace {

using draw::Box;
using draw::Group;
using draw::GroupRole;
using draw::Node;
using draw::Point;
using scene::Scene;

draw::Stroke line(draw::Color color, double width_mm) {
  draw::Stroke stroke;
  stroke.color = color;
  stroke.width_mm = width_mm;
  stroke.join = draw::LineJoin::miter;
  return stroke;
}

void shift_points(std::vector<Point>& points, Point by) {
  for (auto& p : points) p = p + by;
}

/// What the layout of a page and of its insets share.
struct PageTools {
  Shaper const& shaper;
  base::Diagnostics& diagnostics;
  FrozenPlacement const* previous;  ///< of this map; may be null
  /// Of a view of a run: where furniture stands, and labels. Null or empty otherwise.
  StageHints const* hints = nullptr;
  scene::Stage const* stage = nullptr;  ///< that view
};

/// A map laid out about its own page origin.
struct MapLayout {
  Group group;
  std::vector<PlacedLabel> labels;
  std::vector<MissingText> missing;
  FrozenPlacement placement;
};

MapLayout lay_out_map(Scene const& scene, PageTools const& tools, bool is_inset);
/// The view of a run that the tools have; its labels are told to `told`.
StageLayout lay_out_view(PageTools const& tools, bool is_inset, MapLayout& told);

// --- labels --------------------------------------------------------------------------------------

/// Leader line, its foot and the box of a callout.
void add_callout(Group& group, scene::LabelRequest::Callout const& look,
                 LabelCandidate const& chosen) {
  if (!chosen.leader.empty() && look.leader_width_mm > 0) {
    draw::Shape leader;
    leader.path.add_polyline(chosen.leader, false);
    leader.stroke = line(look.leader, look.leader_width_mm);
    group.children.push_back({std::move(leader)});
  }
  if (!chosen.leader.empty() && look.foot_mm > 0) {
    draw::Shape foot;
    foot.path.add_circle(chosen.leader.back(), look.foot_mm / 2);
    foot.fill = draw::Fill{look.leader, draw::FillRule::nonzero};
    group.children.push_back({std::move(foot)});
  }
  if (!look.fill && look.outline_width_mm <= 0) return;
  draw::Shape box;
  box.path.add_box(chosen.tab);
  if (look.fill) box.fill = draw::Fill{*look.fill, draw::FillRule::nonzero};
  if (look.outline_width_mm > 0) box.stroke = line(look.outline, look.outline_width_mm);
  group.children.push_back({std::move(box)});
}

Group label_group(Placement const& placement) {
  auto const& request = *placement.request;
  auto const& chosen = *placement.chosen;
  Group group;
  group.id = request.id;
  group.role = GroupRole::record;
  group.opacity = request.opacity * placement.opacity;
  if (request.callout) add_callout(group, *request.callout, chosen);
  if (!chosen.leader.empty() && !request.flag && !request.callout) {
    draw::Shape leader;
    leader.path.add_polyline(chosen.leader, false);
    auto const color = request.badge           ? request.badge->ring
                       : request.spans.empty() ? draw::Color{}
                                               : request.spans.front().style.color;
    leader.stroke = line(color, 0.09);
    group.children.push_back({std::move(leader)});
  }
  if (request.flag) {
    draw::Shape staff;
    staff.path.add_polyline(chosen.leader, false);
    staff.stroke = line(request.flag->staff, 0.21);
    draw::Shape foot;
    foot.path.add_circle(chosen.leader.front(), 0.34);
    foot.fill = draw::Fill{request.flag->staff, draw::FillRule::nonzero};
    draw::Shape tab;
    tab.path.add_box(chosen.tab);
    tab.fill = draw::Fill{request.flag->tab, draw::FillRule::nonzero};
    tab.stroke = line({1, 1, 1, 1}, 0.18);
    group.children.push_back({std::move(staff)});
    group.children.push_back({std::move(foot)});
    group.children.push_back({std::move(tab)});
  }
  if (request.badge) {
    auto const& badge = *request.badge;
    if (badge.icon) {
      auto icon = *badge.icon;
      icon.anchor = {chosen.tab.min_x_mm + badge.icon_size_mm / 2,
                     (chosen.tab.min_y_mm + chosen.tab.max_y_mm) / 2};
      group.children.push_back({std::move(icon)});
    }
    if (badge.diameter_mm > 0) {
      draw::Shape ring;
      ring.path.add_circle(chosen.badge_center, badge.diameter_mm / 2);
      ring.fill = draw::Fill{badge.fill, draw::FillRule::nonzero};
      ring.stroke = line(badge.ring, badge.ring_width_mm);
      group.children.push_back({std::move(ring)});
    }
  }
  if (!chosen.text.runs.empty()) {
    auto text = chosen.text;
    // The group carries the id; a text of its own would repeat it.
    text.id.clear();
    group.children.push_back({std::move(text)});
  }
  return group;
}

PlacedLabel report_of(Placement const& placement) {
  PlacedLabel out;
  auto const& request = *placement.request;
  for (auto const& span : request.spans) out.text += span.text;
  out.record = request.record;
  out.reason = placement.reason;
  out.required = request.required;
  out.placed = placement.chosen.has_value();
  if (placement.chosen) {
    out.curved = placement.chosen->text.curved;
    out.form = placement.chosen->form;
    if (placement.chosen->text.text != out.text) out.set = placement.chosen->text.text;
    out.outline = placement.chosen->outline;
    for (auto const& p : out.outline) out.box.add(p);
  }
  return out;
}

/// Labels in one group per drawing layer, halos of all before the letters of any being the
/// painters' matter: labels never come nearer to each other than their halos reach.
std::vector<Node> label_layers(std::vector<Placement> const& placements) {
  std::vector<Group> groups;
  for (auto const& placement : placements) {
    if (!placement.chosen) continue;
    auto const id = "names." + placement.request->group;
    auto it = std::ranges::find(groups, id, &Group::id);
    if (it == groups.end()) {
      Group group;
      group.id = id;
      group.role = GroupRole::layer;
      group.label = "names: " + placement.request->group;
      groups.push_back(std::move(group));
      it = groups.end() - 1;
    }
    it->children.push_back({label_group(placement)});
  }
  std::vector<Node> nodes;
  for (auto& group : groups) nodes.push_back({std::move(group)});
  return nodes;
}

// --- frame ---------------------------------------------------------------------------------------

/// Degrees at the frame, inside it beside their ticks; those under furniture or in a corner are
/// left out.
Group tick_labels(Scene const& scene, std::vector<Panel> const& panels, Shaper const& shaper,
                  std::vector<Box>& taken) {
  Group group;
  group.id = "graticule-figures";
  group.role = GroupRole::layer;
  group.label = "graticule figures";
  auto const inner = scene.frame;
  for (auto const& tick : scene.ticks) {
    auto const text = shaper.shape(tick.text, scene.tick_style, scene.lang);
    if (text.empty()) continue;
    bool const outside = scene.tick_distance_mm > 0;
    auto const ink = text.ink;
    // Outside the frame there is room for figures at the sides only if they run along it.
    bool const turned = outside && (tick.edge == 1 || tick.edge == 3);
    double const half_x = (turned ? ink.height_mm() : ink.width_mm()) / 2;
    double const half_y = (turned ? ink.width_mm() : ink.height_mm()) / 2;
    double const inwards = outside ? -scene.tick_distance_mm : 1.5;
    double const sign = outside ? -1 : 1;
    Point center = tick.at;
    if (tick.edge == 0) center.y_mm += inwards + sign * half_y;
    if (tick.edge == 2) center.y_mm -= inwards + sign * half_y;
    if (tick.edge == 1) center.x_mm -= inwards + sign * half_x;
    if (tick.edge == 3) center.x_mm += inwards + sign * half_x;
    Box const box{center.x_mm - half_x, center.y_mm - half_y, center.x_mm + half_x,
                  center.y_mm + half_y};
    bool const hidden =
        (!outside && !inner.grown(-0.5).contains(box)) ||
        (!outside && std::ranges::any_of(
                         panels, [&](Panel const& p) { return p.box.grown(0.4).overlaps(box); })) ||
        std::ranges::any_of(taken, [&](Box const& b) { return b.overlaps(box); });
    if (hidden) continue;
    taken.push_back(box.grown(0.4));
    constexpr double quarter_rad = 1.57079632679489661923;
    double const angle_rad = turned ? -quarter_rad : 0;
    auto placed = text.placed(center - draw::turned(ink.center(), angle_rad), angle_rad);
    if (!outside) placed.halo = draw::Halo{scene.ground, 0.28};
    group.children.push_back({std::move(placed)});
  }
  return group;
}

/// Box of an inset's extent on the map, drawn thin; the box of a locator likewise.
Group extent_boxes(Scene const& scene) {
  Group group;
  group.id = "inset-extents";
  group.role = GroupRole::layer;
  group.label = "inset extents";
  for (auto const& inset : scene.insets) {
    if (inset.extent.empty()) continue;
    draw::Shape shape;
    shape.path.add_polyline(inset.extent, true);
    shape.stroke = line(scene.look.extent_color, scene.look.extent_width_mm);
    group.children.push_back({std::move(shape)});
  }
  return group;
}

Group neatline(Scene const& scene, bool is_inset) {
  Group group;
  group.id = "neatline";
  group.role = GroupRole::furniture;
  auto const& look = scene.look;
  if (!scene.border.empty()) {
    group.children = scene.border;
    return group;
  }
  draw::Shape inner;
  inner.path.add_box(scene.frame);
  inner.stroke = line(look.rule, is_inset ? look.rule_width_mm : look.neatline_width_mm);
  group.children.push_back({std::move(inner)});
  if (!is_inset && look.neatline_gap_mm > 0) {
    draw::Shape outer;
    outer.path.add_box(scene.frame.grown(look.neatline_gap_mm));
    outer.stroke = line(look.rule, look.rule_width_mm);
    group.children.push_back({std::move(outer)});
  }
  return group;
}

// --- the page ------------------------------------------------------------------------------------

/// Insets as panels; their labels are kept with positions of the inset's own page.
struct InsetLayouts {
  std::vector<Panel> panels;
  std::vector<MapLayout> layouts;
  std::vector<StageInset> of_run;  ///< the same where the page is one of a run
};

/// The ground and the furniture of a map of a run; what moves on it is not the layout's.
Group still_group(StageLayout const& layout) {
  Group group;
  group.children = layout.page.drawing.root.children;
  group.children.insert(group.children.end(), layout.above.begin(), layout.above.end());
  return group;
}

InsetLayouts lay_out_insets(Scene const& scene, PageTools const& tools) {
  InsetLayouts out;
  std::size_t index = 0;
  for (auto const& inset : scene.insets) {
    if (!inset.scene) continue;
    FrozenPlacement previous;
    if (tools.previous != nullptr) previous = tools.previous->within(inset.scene->map + "/");
    PageTools own{tools.shaper, tools.diagnostics, tools.previous == nullptr ? nullptr : &previous};
    MapLayout layout;
    if (tools.stage != nullptr) {
      own.stage = tools.stage->insets()[index++].get();
      auto of_run = std::make_shared<StageLayout>(lay_out_view(own, true, layout));
      layout.group = still_group(*of_run);
      out.of_run.push_back({of_run, own.stage, {}, inset.scene->map + "."});
    } else {
      layout = lay_out_map(*inset.scene, own, true);
    }
    Panel panel{.id = "inset." + inset.scene->map,
                .title = inset.scene->title.in(scene.lang),
                .nodes = {},
                .placement = inset.placement,
                .box = {}};
    panel.width_mm = inset.scene->page_width_mm;
    panel.height_mm = inset.scene->page_height_mm;
    prefix_ids(layout.group, inset.scene->map + ".");
    panel.nodes.push_back({std::move(layout.group)});
    layout.group = {};
    out.panels.push_back(std::move(panel));
    out.layouts.push_back(std::move(layout));
  }
  return out;
}

void adopt_labels(MapLayout& page, MapLayout& inset, Panel const& panel,
                  std::string const& parent_map) {
  Point const by{panel.box.min_x_mm, panel.box.min_y_mm};
  auto const path = parent_map + "/" + panel.id.substr(6) + "/";
  for (auto& label : inset.labels) {
    label.record = path + label.record;
    shift_points(label.outline, by);
    if (!label.box.empty()) {
      label.box = {label.box.min_x_mm + by.x_mm, label.box.min_y_mm + by.y_mm,
                   label.box.max_x_mm + by.x_mm, label.box.max_y_mm + by.y_mm};
    }
    page.labels.push_back(std::move(label));
  }
  for (auto& label : inset.placement.labels) {
    label.id = panel.id.substr(6) + "/" + label.id;
    page.placement.labels.push_back(std::move(label));
  }
  for (auto& missing : inset.missing) {
    missing.record = path + missing.record;
    page.missing.push_back(std::move(missing));
  }
}

/// Furniture and labels of a map where they stand.
struct Arrangement {
  std::vector<Panel> panels;  ///< those of insets last, without their nodes
  Group ticks;
  LabelPlacements labels;
  FurnitureProblems problems;
  base::Diagnostics diagnostics;
};

/// Whether the project leaves the panel's place to the program.
bool is_free(Panel const& panel) {
  auto const& placement = panel.placement;
  return placement.at.empty() && !placement.x && !placement.y;
}

/// Panels without a place of their own stand where another view of the run has them: at the edges
/// that they were nearer to, for their size may differ.
void keep_places(std::vector<Panel>& panels, Box const& frame,
                 std::vector<PanelPlace> const& places) {
  for (auto& panel : panels) {
    auto const place = std::ranges::find(places, panel.id, &PanelPlace::id);
    if (!is_free(panel) || place == places.end()) continue;
    auto const& box = place->box;
    auto const middle = frame.center();
    bool const is_right = box.center().x_mm > middle.x_mm;
    bool const is_low = box.center().y_mm > middle.y_mm;
    double const x = is_right ? box.max_x_mm - panel.width_mm : box.min_x_mm;
    double const y = is_low ? box.max_y_mm - panel.height_mm : box.min_y_mm;
    panel.placement.x = base::Length::mm(x - frame.min_x_mm);
    panel.placement.y = base::Length::mm(y - frame.min_y_mm);
  }
}

Arrangement arrange(Scene const& scene, InsetLayouts const& insets, PageTools const& tools) {
  Arrangement out;
  out.panels = make_panels(scene, tools.shaper, out.problems);
  for (auto const& inset : insets.panels) {
    out.panels.push_back(inset);
    out.panels.back().nodes.clear();
  }
  if (tools.hints != nullptr && tools.hints->panels != nullptr) {
    keep_places(out.panels, scene.frame, *tools.hints->panels);
  }
  place_panels(out.panels, scene, out.diagnostics);
  std::vector<Box> taken;
  for (auto const& panel : out.panels) taken.push_back(panel.box);
  out.ticks = tick_labels(scene, out.panels, tools.shaper, taken);
  if (tools.hints != nullptr && tools.hints->passage != nullptr) {
    out.labels = carried_labels(scene, tools.stage->view(), *tools.hints->passage);
  } else {
    out.labels = place_labels(scene, taken, tools.shaper, tools.previous);
  }
  return out;
}

/// Gives numbers of the key to the labels that were set as one, by rows of the page; false when
/// there are none.
bool give_numbers(Scene& scene, LabelPlacements const& placed) {
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < placed.labels.size(); ++i) {
    auto const& chosen = placed.labels[i].chosen;
    if (chosen && chosen->form == LabelForm::number && scene.labels[i].number == 0) {
      waiting.push_back(i);
    }
  }
  constexpr double row_mm = 20;
  std::ranges::sort(waiting, {}, [&](std::size_t i) {
    auto const& label = scene.labels[i];
    return std::tuple(std::floor(label.anchor.y_mm / row_mm), label.anchor.x_mm, label.id);
  });
  int last = 0;
  for (auto const& entry : scene.key) last = std::max(last, entry.number);
  for (auto const i : waiting) {
    auto& label = scene.labels[i];
    label.number = ++last;
    scene::KeyEntry entry;
    entry.number = label.number;
    entry.record = label.record;
    for (auto const& span : label.spans) entry.text += span.text;
    std::ranges::replace(entry.text, '\n', ' ');
    entry.color = label.spans.front().style.color;
    scene.key.push_back(std::move(entry));
  }
  return !waiting.empty();
}

/// Arranges anew as long as labels become numbers, whose entries make the key larger.
Arrangement arrange_with_key(Scene& scene, InsetLayouts const& insets, PageTools const& tools,
                             bool is_inset) {
  auto const no_more_numbers = [&] {
    for (auto& label : scene.labels) label.may_be_number = false;
  };
  // An inset's numbers would have to be in the key of its page.
  bool const has_key = std::ranges::any_of(
      scene.furniture, [](auto const& item) { return item.kind == "event-key"; });
  if (is_inset || !has_key) no_more_numbers();
  constexpr int rounds = 3;
  for (int round = 0; round < rounds; ++round) {
    auto arrangement = arrange(scene, insets, tools);
    if (!give_numbers(scene, arrangement.labels)) return arrangement;
  }
  no_more_numbers();
  return arrange(scene, insets, tools);
}

/// What is on a map's page beside its drawing layers.
struct MapParts {
  Scene scene;  ///< as laid out; placements point to its requests
  LabelPlacements placed;
  std::vector<Panel> panels;
  std::vector<MapLayout> insets;   ///< of the last panels
  std::vector<StageInset> of_run;  ///< the same in a run
  Group ticks;
  std::optional<Group> note;
  std::shared_ptr<Timeline const> strip;
  FurnitureProblems problems;
};

/// Places furniture, insets and labels of `scene`. The address of the result's scene is kept by its
/// placements: it is not moved after that.
std::unique_ptr<MapParts> make_parts(Scene const& scene, PageTools const& tools, bool is_inset) {
  auto parts = std::make_unique<MapParts>();
  parts->scene = scene;
  if (tools.hints != nullptr && tools.hints->legend != nullptr) {
    parts->scene.legend = *tools.hints->legend;
  }
  auto& look = parts->scene.look;
  if (is_inset) {
    look.title = look.inset_title;
    look.padding_mm = std::min(look.padding_mm, 1.6);
    look.title_rule_mm = 0;
  }
  auto insets = lay_out_insets(parts->scene, tools);
  auto arrangement = arrange_with_key(parts->scene, insets, tools, is_inset);
  tools.diagnostics.append(arrangement.diagnostics);
  parts->panels = std::move(arrangement.panels);
  auto const first_inset = parts->panels.size() - insets.panels.size();
  for (std::size_t i = 0; i < insets.panels.size(); ++i) {
    parts->panels[first_inset + i].nodes = std::move(insets.panels[i].nodes);
  }
  parts->insets = std::move(insets.layouts);
  parts->of_run = std::move(insets.of_run);
  for (std::size_t i = 0; i < parts->of_run.size(); ++i) {
    auto const& box = parts->panels[first_inset + i].box;
    parts->of_run[i].at = {box.min_x_mm, box.min_y_mm};
  }
  parts->ticks = std::move(arrangement.ticks);
  parts->placed = std::move(arrangement.labels);
  parts->problems = std::move(arrangement.problems);
  for (auto const& [text, hint] : parts->problems.warnings) tools.diagnostics.warn({}, text, hint);
  if (parts->scene.timeline) {
    parts->strip = std::make_shared<Timeline const>(parts->scene, tools.shaper, parts->problems);
  }
  parts->note = sources_note(parts->scene, tools.shaper, parts->problems, tools.diagnostics);
  return parts;
}

/// Says of every label what became of it; a required one without a place is a warning.
void report_labels(MapParts const& parts, PageTools const& tools, MapLayout& out) {
  auto& diagnostics = tools.diagnostics;
  for (auto const& placement : parts.placed.labels) {
    if (placement.chosen) {
      out.placement.labels.push_back(frozen(*placement.request, *placement.chosen));
      auto& label = out.placement.labels.back();
      auto const* before = tools.previous ? tools.previous->find(label.id) : nullptr;
      label.pinned = before != nullptr && before->pinned && before->text == label.text;
    }
    out.labels.push_back(report_of(placement));
    if (!placement.chosen && placement.request->required && placement.reason != "off-page") {
      diagnostics.warn({}, "map " + parts.scene.map + ": no room for \"" + out.labels.back().text +
                               "\" (" + placement.request->record + ")");
    }
  }
  for (auto const& [record, glyph] : parts.placed.missing) {
    out.missing.push_back({record, glyph.text, glyph.code_point});
  }
  for (auto const& glyph : parts.problems.missing) {
    out.missing.push_back({"furniture", glyph.text, glyph.code_point});
  }
}

/// What the letters of the placed labels keep free of line work. Ground that many frames share is
/// cut by names that are there in all of them.
Knockout knockout_of(MapParts const& parts, bool is_shared) {
  Knockout knockout(parts.scene.frame);
  for (auto const& placement : parts.placed.labels) {
    if (!placement.chosen || placement.request->knockout_mm <= 0) continue;
    if (is_shared && placement.request->life) continue;
    auto const& chosen = *placement.chosen;
    double const reach = placement.request->knockout_mm;
    if (!chosen.text.runs.empty()) knockout.add(chosen.text, reach);
    if (placement.request->badge && placement.request->badge->diameter_mm > 0) {
      knockout.add_disc(chosen.badge_center, placement.request->badge->diameter_mm / 2 + reach);
    }
  }
  return knockout;
}

void give_way(scene::SceneLayer& layer, Knockout const& knockout,
              std::vector<Panel> const& panels) {
  std::vector<Box> boxes;
  for (auto const& panel : panels) boxes.push_back(panel.box);
  for (auto const& [index, yield] : layer.yields) {
    auto& node = layer.nodes[index];
    if (yield.fade_mm > 0) fade_towards(node, boxes, yield.fade_mm);
    if (yield.to_text) knockout.cut(node, yield.tint);
  }
}

/// The first `count` drawing layers as groups, clipped to the map's frame.
/// @param is_shared the group is painted once for many frames
Group map_group(MapParts& parts, std::size_t count, bool is_shared) {
  auto& scene = parts.scene;
  auto const knockout = knockout_of(parts, is_shared);
  Group map;
  map.id = "map";
  map.clip.emplace();
  map.clip->add_box(scene.frame);
  for (std::size_t i = 0; i < count; ++i) {
    auto& layer = scene.layers[i];
    Group group;
    group.id = layer.id;
    group.role = GroupRole::layer;
    group.label = layer.label;
    give_way(layer, knockout, parts.panels);
    group.children = std::move(layer.nodes);
    map.children.push_back({std::move(group)});
  }
  return map;
}

/// Panels, neatline and sources note; the labels of insets are adopted by `out`.
std::vector<Node> furniture_nodes(MapParts& parts, bool is_inset, MapLayout& out) {
  std::vector<Node> nodes;
  auto const first_inset = parts.panels.size() - parts.insets.size();
  for (std::size_t i = 0; i < parts.panels.size(); ++i) {
    nodes.push_back({draw_panel(parts.panels[i], parts.scene)});
    if (i >= first_inset) {
      adopt_labels(out, parts.insets[i - first_inset], parts.panels[i], parts.scene.map);
    }
  }
  nodes.push_back({neatline(parts.scene, is_inset)});
  if (parts.strip) {
    auto const& box = parts.scene.timeline_box;
    // In a run of frames the rest of it is drawn for each.
    bool const in_run = !parts.scene.run.empty();
    Node node{in_run ? parts.strip->still() : parts.strip->at(parts.scene.moment)};
    shift(node, {box.min_x_mm, box.min_y_mm});
    nodes.push_back(std::move(node));
  }
  if (parts.note) nodes.push_back({std::move(*parts.note)});
  return nodes;
}

MapLayout lay_out_map(Scene const& scene, PageTools const& tools, bool is_inset) {
  auto const parts = make_parts(scene, tools, is_inset);
  MapLayout out;
  report_labels(*parts, tools, out);
  auto map = map_group(*parts, parts->scene.layers.size(), false);
  map.children.push_back({extent_boxes(parts->scene)});
  for (auto& node : label_layers(parts->placed.labels)) map.children.push_back(std::move(node));
  bool const ticks_outside = parts->scene.tick_distance_mm > 0;
  if (!ticks_outside) map.children.push_back({std::move(parts->ticks)});
  out.group.children.push_back({std::move(map)});
  if (ticks_outside) out.group.children.push_back({std::move(parts->ticks)});
  for (auto& node : furniture_nodes(*parts, is_inset, out)) {
    out.group.children.push_back(std::move(node));
  }
  return out;
}

void collect_fonts(Group const& group, std::set<std::string>& fonts) {
  for (auto const& child : group.children) {
    if (auto const* inner = std::get_if<Group>(&child.value)) collect_fonts(*inner, fonts);
    if (auto const* text = std::get_if<draw::Text>(&child.value)) {
      for (auto const& run : text->runs) fonts.insert(run.face->names().postscript_name);
    }
  }
}

/// The page of a scene without anything on it.
draw::Drawing blank_page(Scene const& scene) {
  draw::Drawing drawing;
  drawing.width_mm = scene.page_width_mm;
  drawing.height_mm = scene.page_height_mm;
  drawing.background = scene.look.paper;
  drawing.lang = scene.lang;
  drawing.title = scene.title.in(scene.lang);
  drawing.description = scene.description;
  return drawing;
}

/// What is said of a page once its map is laid out.
void tell(PageLayout& page, MapLayout& map) {
  page.labels = std::move(map.labels);
  page.missing = std::move(map.missing);
  page.placement = std::move(map.placement);
  page.placement.sort();
  std::set<std::string> fonts;
  collect_fonts(page.drawing.root, fonts);
  page.fonts.assign(fonts.begin(), fonts.end());
}

StageLabel stage_label(Placement const& placement, scene::Stage const& stage) {
  StageLabel label;
  label.request = std::make_shared<scene::LabelRequest const>(*placement.request);
  label.is_static = stage.is_static(*placement.request);
  label.opacity = placement.opacity;
  if (!placement.chosen) return label;
  label.chosen = placement.chosen;
  label.node = std::make_shared<Node const>(Node{label_group(placement)});
  Box ink;
  for (auto const& p : placement.chosen->outline) ink.add(p);
  if (!ink.empty()) {
    label.ground_at = ink.center();
    label.ground = stage.view().to_lonlat(label.ground_at);
  }
  return label;
}

StageLayout lay_out_view(PageTools const& tools, bool is_inset, MapLayout& told) {
  auto const& stage = *tools.stage;
  auto const parts = make_parts(stage.whole(), tools, is_inset);
  StageLayout out;
  report_labels(*parts, tools, told);
  for (auto const& placement : parts->placed.labels) {
    out.labels.push_back(stage_label(placement, stage));
  }
  for (auto const& panel : parts->panels) out.panels.push_back({panel.id, panel.box});
  auto& scene = parts->scene;
  out.frame = scene.frame;
  if (parts->strip) {
    out.strip = parts->strip;
    out.strip_at = {scene.timeline_box.min_x_mm, scene.timeline_box.min_y_mm};
  }
  auto const item = std::ranges::find(scene.furniture, "date", &record::FurnitureItem::kind);
  auto const panel = std::ranges::find(parts->panels, "date", &Panel::id);
  if (item != scene.furniture.end() && panel != parts->panels.end()) {
    // The panel keeps its ground; what it says is of each frame.
    panel->nodes.clear();
    out.plate = std::make_shared<DatePlate const>(scene, *item, tools.shaper, parts->problems);
    out.plate_at = {panel->box.min_x_mm, panel->box.min_y_mm};
  }
  for (auto const& layer : scene.layers) out.groups.push_back({layer.id, layer.label});
  Group over;
  over.id = "frame-marks";
  over.clip.emplace();
  over.clip->add_box(scene.frame);
  over.children.push_back({extent_boxes(scene)});
  bool const ticks_outside = scene.tick_distance_mm > 0;
  if (!ticks_outside) over.children.push_back({std::move(parts->ticks)});
  out.page.drawing = blank_page(scene);
  auto& root = out.page.drawing.root;
  root.id = scene.map;
  root.children.push_back({map_group(*parts, stage.ground_layers(), true)});
  out.above.push_back({std::move(over)});
  if (ticks_outside) out.above.push_back({std::move(parts->ticks)});
  for (auto& node : furniture_nodes(*parts, is_inset, told)) {
    out.above.push_back(std::move(node));
  }
  out.insets = std::move(parts->of_run);
  return out;
}

}  // namespace

PageLayout lay_out(Scene const& scene, Shaper const& shaper, base::Diagnostics& diagnostics,
                   FrozenPlacement const* previous) {
  auto map = lay_out_map(scene, {shaper, diagnostics, previous}, false);
  PageLayout page;
  page.drawing = blank_page(scene);
  page.drawing.root = std::move(map.group);
  page.drawing.root.id = scene.map;
  tell(page, map);
  return page;
}

StageLayout lay_out_stage(scene::Stage const& stage, Shaper const& shaper,
                          base::Diagnostics& diagnostics, StageHints const& hints) {
  MapLayout told;
  auto out = lay_out_view({shaper, diagnostics, hints.labels, &hints, &stage}, false, told);
  tell(out.page, told);
  return out;
}

std::vector<Node> StageLayout::plates_at(record::Instant instant) const {
  std::vector<Node> nodes;
  auto const add = [&](Group group, Point at) {
    Node node{std::move(group)};
    shift(node, at);
    nodes.push_back(std::move(node));
  };
  if (strip) add(strip->moving(instant), strip_at);
  if (plate) add(plate->at(instant), plate_at);
  return nodes;
}

void move_label(LabelCandidate& chosen, Point by) {
  chosen.text.origin = chosen.text.origin + by;
  shift_points(chosen.leader, by);
  shift_points(chosen.outline, by);
  chosen.badge_center = chosen.badge_center + by;
  if (!chosen.tab.empty()) {
    chosen.tab = {chosen.tab.min_x_mm + by.x_mm, chosen.tab.min_y_mm + by.y_mm,
                  chosen.tab.max_x_mm + by.x_mm, chosen.tab.max_y_mm + by.y_mm};
  }
}

Node moved_label(StageLabel const& planned, scene::LabelRequest const& request,
                 Shaper const& shaper) {
  Placement placement;
  placement.request = &request;
  placement.chosen = planned.chosen;
  placement.opacity = planned.opacity;
  auto& chosen = *placement.chosen;
  auto const by = request.anchor - planned.request->anchor;
  if (request.spans != planned.request->spans && !request.flag && !request.badge) {
    // Another text on the same side of its symbol: its near edge stays.
    ParagraphStyle paragraph;
    paragraph.lang = request.lang;
    paragraph.line_height = request.line_height;
    if (chosen.form == LabelForm::broken) paragraph.width_mm = request.max_width_mm;
    auto const shaped = shaper.shape(request.spans, paragraph);
    Box box;
    for (auto const& p : chosen.outline) box.add(p);
    auto const center = box.center();
    auto const anchor = planned.request->anchor;
    auto const ink = shaped.ink;
    double const dx = center.x_mm > anchor.x_mm + ink.width_mm() / 4 ? box.min_x_mm - ink.min_x_mm
                      : center.x_mm < anchor.x_mm - ink.width_mm() / 4
                          ? box.max_x_mm - ink.max_x_mm
                          : center.x_mm - ink.center().x_mm;
    double const dy = center.y_mm - ink.center().y_mm;
    chosen.text = shaped.placed({dx, dy});
    chosen.text.halo = request.halo;
  }
  move_label(chosen, by);
  return {label_group(placement)};
}

void check_fonts(Shaper const& shaper, std::vector<std::string> const& fonts,
                 std::string const& style, base::Diagnostics& diagnostics) {
  for (auto const& font : fonts) {
    if (shaper.has_font(font)) continue;
    diagnostics.error({}, "style " + style + ": no font \"" + font + "\" is installed",
                      font_hint(font, shaper.families()), base::Fault::environment);
  }
}

}  // namespace hachure::layout
