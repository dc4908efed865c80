#include "layout/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>

#include "base/number.hpp"
#include "base/parallel.hpp"
#include "draw/dump.hpp"
#include "draw/prefix.hpp"
#include "layout/furniture.hpp"

namespace hachure::layout {

namespace {

using draw::Box;
using draw::Group;
using draw::Node;
using draw::Point;
using scene::Scene;

constexpr double gutter_x_mm = 4;
constexpr double widest_gutter_mm = 12;  ///< where the page is wider than the maps need
constexpr double gutter_y_mm = 3.2;
constexpr double below_caption_mm = 1.2;
constexpr double around_key_mm = 4;  ///< between the grid, the legend and what stands beside it
/// A cell may be so much wider or narrower than the map: views are widened, never stretched.
constexpr double most_widened = 1.2;
constexpr double smallest_map_mm = 15;

/// The sheet as a map without a map: its furniture is made by the functions that make a map's.
Scene sheet_scene(Scene const& whole, double width_mm, double height_mm) {
  Scene scene;
  scene.map = whole.map;
  scene.lang = whole.lang;
  scene.title = whole.title;
  scene.subtitle = whole.subtitle;
  scene.legend = whole.legend;
  scene.key = whole.key;
  scene.facts = whole.facts;
  scene.scale_units = whole.scale_units;
  scene.source_lines = whole.source_lines;
  scene.look = whole.look;
  scene.page_width_mm = width_mm;
  scene.page_height_mm = height_mm;
  double const m = scene.look.margin_mm;
  scene.frame = {m, m, width_mm - m, height_mm - m};
  return scene;
}

/// A piece of furniture of the sheet, unframed; nothing where the map has none of its kind.
std::optional<Panel> make_panel(Scene const& scene, Scene const& whole, std::string_view kind,
                                Shaper const& shaper, FurnitureProblems& problems,
                                std::optional<int> columns = {}) {
  auto const item = std::ranges::find(whole.furniture, kind, &record::FurnitureItem::kind);
  if (item == whole.furniture.end()) return {};
  auto only = scene;
  only.furniture = {*item};
  only.furniture.front().placement = {};
  only.furniture.front().placement.columns = columns;
  auto panels = make_panels(only, shaper, problems);
  if (panels.empty()) return {};
  panels.front().framed = false;
  return std::move(panels.front());
}

/// The legend with the scale bar and the arrow, ready to be placed as one block.
struct Key {
  std::vector<Panel> panels;  ///< boxes from the block's top left corner
  double width_mm = 0;
  double height_mm = 0;
};

/// Panels carry their own padding; set side by side, the text of the first begins at the block's
/// edge.
struct KeyPieces {
  std::vector<Panel> legends;  ///< by columns: 1, 2, 3 ...
  std::vector<Panel> rest;     ///< scale bar, north arrow
  double pad_mm = 0;
};

void put(Key& key, Panel panel, double x_mm, double y_mm) {
  panel.box = Box::of(x_mm, y_mm, panel.width_mm, panel.height_mm);
  key.width_mm = std::max(key.width_mm, panel.box.max_x_mm);
  key.height_mm = std::max(key.height_mm, panel.box.max_y_mm);
  key.panels.push_back(std::move(panel));
}

/// A strip: the legend in as many columns as the width has room for, the rest at its right end.
std::optional<Key> strip(KeyPieces const& pieces, double width_mm) {
  double rest_mm = 0;
  for (auto const& panel : pieces.rest) rest_mm += panel.width_mm + around_key_mm / 2;
  Key key;
  Panel const* best = nullptr;
  for (auto const& legend : pieces.legends) {
    if (legend.width_mm - pieces.pad_mm > width_mm - rest_mm) continue;
    if (best == nullptr || legend.height_mm < best->height_mm - 0.01) best = &legend;
  }
  if (best == nullptr && !pieces.legends.empty()) return {};
  if (best != nullptr) put(key, *best, -pieces.pad_mm, -pieces.pad_mm);
  double x = width_mm - rest_mm + around_key_mm / 2;
  for (auto const& panel : pieces.rest) {
    put(key, panel, x, 0);
    x += panel.width_mm + around_key_mm / 2;
  }
  key.width_mm = width_mm;
  return key;
}

/// A block no wider and no higher than this: the legend over the rest, or nothing if it is too
/// large.
std::optional<Key> block(KeyPieces const& pieces, double width_mm, double height_mm) {
  for (auto const& legend : pieces.legends) {
    Key key;
    put(key, legend, -pieces.pad_mm, -pieces.pad_mm);
    double x = 0;
    double const below = key.height_mm + around_key_mm / 4;
    for (auto const& panel : pieces.rest) {
      put(key, panel, x, below);
      x += panel.width_mm + around_key_mm / 2;
    }
    if (key.width_mm <= width_mm && key.height_mm <= height_mm) return key;
  }
  return {};
}

KeyPieces key_pieces(Scene const& scene, Scene const& whole, Shaper const& shaper,
                     FurnitureProblems& problems) {
  KeyPieces pieces;
  pieces.pad_mm = scene.look.padding_mm;
  int const most = std::clamp(static_cast<int>(scene.legend.size()), 1, 8);
  for (int columns = 1; columns <= most && !scene.legend.empty(); ++columns) {
    auto legend = make_panel(scene, whole, "legend", shaper, problems, columns);
    if (!legend) break;
    pieces.legends.push_back(std::move(*legend));
  }
  for (auto const* kind : {"scale-bar", "north-arrow"}) {
    if (auto panel = make_panel(scene, whole, kind, shaper, problems)) {
      pieces.rest.push_back(std::move(*panel));
    }
  }
  return pieces;
}

/// What stands around the grid, in millimetres of height.
struct Surround {
  double title_mm = 0;
  double caption_mm = 0;  ///< with the gap below it
  double events_mm = 0;   ///< the numbered key with the gap above it
  double sources_mm = 0;
};

/// The key of the numbers in the cells, as wide as this.
std::optional<Panel> events_panel(Scene const& scene, Scene const& whole, double width_mm,
                                  Shaper const& shaper, FurnitureProblems& problems) {
  auto const item = std::ranges::find(whole.furniture, "event-key", &record::FurnitureItem::kind);
  if (item == whole.furniture.end() || scene.key.empty()) return {};
  auto only = scene;
  only.furniture = {*item};
  only.furniture.front().placement = {};
  only.furniture.front().placement.width = base::Length::mm(width_mm + 2 * scene.look.padding_mm);
  auto panels = make_panels(only, shaper, problems);
  panels.front().framed = false;
  return std::move(panels.front());
}

double note_height(Scene const& scene, Scene const& whole, Shaper const& shaper) {
  auto measured = scene;
  measured.furniture = whole.furniture;
  FurnitureProblems problems;
  base::Diagnostics unheard;
  auto const note = sources_note(measured, shaper, problems, unheard);
  if (!note) return 0;
  auto const box = draw::ink_box(Node{*note});
  return box.empty() ? 0 : box.max_y_mm - scene.frame.max_y_mm;
}

Surround surround_of(Scene const& scene, Scene const& whole, Shaper const& shaper) {
  Surround out;
  FurnitureProblems problems;
  if (auto const title = make_panel(scene, whole, "title", shaper, problems)) {
    out.title_mm = title->height_mm - 1.9 * scene.look.padding_mm + around_key_mm;
  }
  out.caption_mm =
      shaper.shape("0", scene.look.heading, scene.lang).cap_height_mm + below_caption_mm;
  if (auto const events = events_panel(scene, whole, scene.frame.width_mm(), shaper, problems)) {
    out.events_mm = events->height_mm - scene.look.padding_mm + around_key_mm;
  }
  out.sources_mm = note_height(scene, whole, shaper);
  return out;
}

/// One way to divide the page.
struct Division {
  int columns = 1;
  int rows = 1;
  double map_width_mm = 0;
  double map_height_mm = 0;
  double reach = 0;  ///< size of the map against its own page
  double gutter_mm = 0;

  double width_mm() const { return columns * map_width_mm + (columns - 1) * gutter_mm; }
  double height_mm(double caption_mm) const {
    return rows * (map_height_mm + caption_mm) + (rows - 1) * gutter_y_mm;
  }
};

/// The largest maps of a grid in a room.
Division divided(int columns, int rows, double width_mm, double height_mm, double caption_mm,
                 Scene const& whole) {
  Division out;
  out.columns = columns;
  out.rows = rows;
  double const w = (width_mm - gutter_x_mm * (columns - 1)) / columns;
  double const h = (height_mm - gutter_y_mm * (rows - 1)) / rows - caption_mm;
  if (w <= 0 || h <= 0) return out;
  double const aspect = whole.frame.width_mm() / whole.frame.height_mm();
  out.map_width_mm = std::min(w, h * aspect * most_widened);
  out.map_height_mm = std::min(h, w / aspect * most_widened);
  out.reach = std::min(out.map_width_mm / whole.frame.width_mm(),
                       out.map_height_mm / whole.frame.height_mm());
  // Width that the maps leave over goes between them.
  if (columns > 1) {
    out.gutter_mm =
        std::min((width_mm - columns * out.map_width_mm) / (columns - 1), widest_gutter_mm);
  }
  return out;
}

/// A division with a place for the key.
struct Arrangement {
  Division division;
  SheetPlan::KeyPlace place = SheetPlan::KeyPlace::below;
  Box key_room;  ///< from the top left corner of the grid
};

/// Tries the ways to place a grid of some columns and the key in a room.
class Arranger {
 public:
  Arranger(int cells, Scene const& scene, Scene const& whole, Surround const& surround,
           KeyPieces const& pieces)
      : cells_(cells),
        whole_(whole),
        pieces_(pieces),
        caption_mm_(surround.caption_mm),
        width_mm_(scene.frame.width_mm()),
        height_mm_(scene.frame.height_mm() - surround.title_mm - surround.events_mm -
                   surround.sources_mm) {}

  Arrangement best() {
    for (int columns = 1; columns <= cells_; ++columns) {
      int const rows = (cells_ + columns - 1) / columns;
      // Columns that no row fills are no columns.
      if ((cells_ + rows - 1) / rows < columns) continue;
      below(columns, rows);
      if (pieces_.legends.empty() && pieces_.rest.empty()) continue;
      beside(columns, rows);
      in_grid(columns, rows);
    }
    return best_;
  }

 private:
  int cells_;
  Scene const& whole_;
  KeyPieces const& pieces_;
  double caption_mm_;
  double width_mm_;
  double height_mm_;
  Arrangement best_;

  Division divide(int columns, int rows, double width_mm, double height_mm) const {
    return divided(columns, rows, width_mm, height_mm, caption_mm_, whole_);
  }
  void offer(Arrangement const& arrangement, double bonus) {
    if (arrangement.division.reach > best_.division.reach * bonus) best_ = arrangement;
  }

  void below(int columns, int rows) {
    auto const key = strip(pieces_, width_mm_);
    if (!key) return;
    double const key_mm = key->height_mm > 0 ? key->height_mm + around_key_mm : 0;
    auto const division = divide(columns, rows, width_mm_, height_mm_ - key_mm);
    double const top = division.height_mm(caption_mm_) + around_key_mm;
    offer({division, SheetPlan::KeyPlace::below, Box::of(0, top, width_mm_, key->height_mm)},
          1.001);
  }

  void beside(int columns, int rows) {
    for (auto const& legend : pieces_.legends) {
      double rest_mm = 0;
      for (auto const& panel : pieces_.rest) rest_mm += panel.width_mm + around_key_mm / 2;
      double const key_mm = std::max(legend.width_mm - pieces_.pad_mm, rest_mm);
      double const gap_mm = 1.5 * around_key_mm;
      auto const division = divide(columns, rows, width_mm_ - key_mm - gap_mm, height_mm_);
      double const grid_mm = division.height_mm(caption_mm_);
      if (!block(pieces_, key_mm, grid_mm)) continue;
      offer({division, SheetPlan::KeyPlace::beside,
             Box::of(division.width_mm() + gap_mm, caption_mm_, key_mm, grid_mm - caption_mm_)},
            1.02);
    }
  }

  void in_grid(int columns, int rows) {
    auto const division = divide(columns, rows, width_mm_, height_mm_);
    int const empty = columns * rows - cells_;
    if (empty == 0) return;
    double const pitch_mm = division.map_width_mm + division.gutter_mm;
    Box const room = Box::of((columns - empty) * pitch_mm,
                             division.height_mm(caption_mm_) - division.map_height_mm,
                             empty * pitch_mm - division.gutter_mm, division.map_height_mm);
    // A legend in a hole is better than a hole.
    if (block(pieces_, room.width_mm(), room.height_mm())) {
      offer({division, SheetPlan::KeyPlace::in_grid, room}, 0.999);
    }
  }
};

/// The cells' legends as one: entries of a key once, in the order of the whole.
std::vector<scene::LegendEntry> united_legend(std::vector<SheetCell> const& cells,
                                              Scene const& whole) {
  std::set<std::string> shown;
  for (auto const& cell : cells) {
    for (auto const& entry : cell.scene.legend) shown.insert(entry.key);
  }
  std::vector<scene::LegendEntry> out;
  for (auto const& entry : whole.legend) {
    if (shown.erase(entry.key) > 0) out.push_back(entry);
  }
  for (auto const& cell : cells) {
    for (auto const& entry : cell.scene.legend) {
      if (shown.erase(entry.key) > 0) out.push_back(entry);
    }
  }
  return out;
}

/// The cells' keys as one, by number. Numbers go by time, so cells that show more and more agree.
std::vector<scene::KeyEntry> united_key(std::vector<SheetCell> const& cells) {
  std::vector<scene::KeyEntry> out;
  for (auto const& cell : cells) {
    for (auto const& entry : cell.scene.key) {
      bool const known = std::ranges::any_of(out, [&](scene::KeyEntry const& e) {
        return e.number == entry.number && e.record == entry.record;
      });
      if (!known) out.push_back(entry);
    }
  }
  std::ranges::stable_sort(out, {}, &scene::KeyEntry::number);
  return out;
}

/// The scene of a cell as it is laid out: a thin frame, no label that must be there, no dates of
/// paths.
Scene plain_cell(Scene scene) {
  scene.look.neatline_gap_mm = 0;
  scene.look.neatline_width_mm = scene.look.rule_width_mm;
  scene.look.paper.a = 0;
  scene.furniture.clear();
  scene.insets.clear();
  // The cell's caption is its date; the tabs on the paths would be larger than what they date.
  std::erase_if(scene.labels, [](scene::LabelRequest const& label) {
    return label.placement == scene::LabelPlacement::flag;
  });
  for (auto& label : scene.labels) label.required = false;
  return scene;
}

/// Lays out every cell, those before the last with its names where the last one has them: it shows
/// the most.
std::vector<PageLayout> lay_out_cells(std::vector<SheetCell> const& cells, int jobs,
                                      base::Diagnostics& diagnostics) {
  std::vector<PageLayout> out(cells.size());
  std::vector<base::Diagnostics> said(cells.size());
  auto const last = cells.size() - 1;
  out[last] = lay_out(plain_cell(cells[last].scene), Shaper(), said[last]);
  std::vector<std::unique_ptr<Shaper>> shapers(static_cast<std::size_t>(jobs));
  base::for_each_index(last, jobs, [&](std::size_t index, std::size_t worker) {
    if (!shapers[worker]) shapers[worker] = std::make_unique<Shaper>();
    out[index] = lay_out(plain_cell(cells[index].scene), *shapers[worker], said[index],
                         &out[last].placement);
  });
  for (auto const& of_cell : said) diagnostics.append(of_cell);
  return out;
}

/// Puts the sheet together.
class Composer {
 public:
  Composer(SheetPlan const& plan, std::vector<SheetCell> const& cells, Scene const& whole,
           base::Diagnostics& diagnostics)
      : plan_(plan),
        cells_(cells),
        whole_(whole),
        diagnostics_(diagnostics),
        scene_(sheet_scene(whole, plan.page_width_mm, plan.page_height_mm)) {
    scene_.facts = cells.front().scene.facts;
  }

  PageLayout run(int jobs) {
    begin();
    title();
    auto layouts = lay_out_cells(cells_, jobs, diagnostics_);
    for (std::size_t i = 0; i < layouts.size(); ++i) cell(layouts[i], i);
    note_below(events(key()));
    for (auto const& glyph : problems_.missing) {
      page_.missing.push_back({"furniture", glyph.text, glyph.code_point});
    }
    page_.fonts.assign(fonts_.begin(), fonts_.end());
    return std::move(page_);
  }

 private:
  SheetPlan const& plan_;
  std::vector<SheetCell> const& cells_;
  Scene const& whole_;
  base::Diagnostics& diagnostics_;
  Scene scene_;
  Shaper shaper_;
  FurnitureProblems problems_;
  PageLayout page_;
  std::set<std::string> fonts_;

  Group& root() { return page_.drawing.root; }

  void begin() {
    auto& drawing = page_.drawing;
    drawing.width_mm = plan_.page_width_mm;
    drawing.height_mm = plan_.page_height_mm;
    drawing.background = scene_.look.paper;
    drawing.lang = scene_.lang;
    drawing.title = scene_.title.in(scene_.lang);
    drawing.description = whole_.description;
    drawing.root.id = scene_.map;
  }

  void use_fonts(Group const& group) {
    for (auto const& child : group.children) {
      if (auto const* inner = std::get_if<Group>(&child.value)) use_fonts(*inner);
      if (auto const* text = std::get_if<draw::Text>(&child.value)) {
        for (auto const& run : text->runs) fonts_.insert(run.face->names().postscript_name);
      }
    }
  }
  void add(Group group) {
    use_fonts(group);
    root().children.push_back({std::move(group)});
  }

  void title() {
    auto panel = make_panel(scene_, whole_, "title", shaper_, problems_);
    if (!panel) return;
    double const pad = scene_.look.padding_mm;
    panel->box = Box::of(plan_.content.min_x_mm - pad, scene_.frame.min_y_mm - pad, panel->width_mm,
                         panel->height_mm);
    add(draw_panel(*panel, scene_));
  }

  void cell(PageLayout& layout, std::size_t index) {
    auto const& cell = cells_[index];
    auto const& box = plan_.maps[index];
    auto const number = std::to_string(index + 1);
    // A panel is the furniture's way to put a drawing somewhere.
    Panel panel{.id = "cell-" + number,
                .title = cell.caption,
                .framed = false,
                .nodes = {},
                .placement = {},
                .box = {}};
    auto map = std::move(layout.drawing.root);
    prefix_ids(map, "cell-" + number + ".");
    panel.nodes.push_back({std::move(map)});
    Point const by{box.min_x_mm - cell.scene.frame.min_x_mm,
                   box.min_y_mm - cell.scene.frame.min_y_mm};
    panel.box = {by.x_mm, by.y_mm, by.x_mm + cell.scene.page_width_mm,
                 by.y_mm + cell.scene.page_height_mm};
    auto group = draw_panel(panel, scene_);
    auto const caption = shaper_.shape(cell.caption, scene_.look.heading, scene_.lang);
    problems_.missing.insert(problems_.missing.end(), caption.missing.begin(),
                             caption.missing.end());
    group.children.push_back({caption.placed({box.min_x_mm, box.min_y_mm - below_caption_mm})});
    add(std::move(group));
    tell(layout, by, whole_.map + "/" + number + "/");
  }

  void tell(PageLayout& layout, Point by, std::string const& path) {
    for (auto& label : layout.labels) {
      label.record = path + label.record;
      for (auto& p : label.outline) p = p + by;
      if (!label.box.empty()) {
        label.box = {label.box.min_x_mm + by.x_mm, label.box.min_y_mm + by.y_mm,
                     label.box.max_x_mm + by.x_mm, label.box.max_y_mm + by.y_mm};
      }
      page_.labels.push_back(std::move(label));
    }
    for (auto& missing : layout.missing) {
      missing.record = path + missing.record;
      page_.missing.push_back(std::move(missing));
    }
  }

  /// Legend and scale; returns the lowest edge of what has been drawn.
  double key() {
    auto const& content = plan_.content;
    auto const pieces = key_pieces(scene_, whole_, shaper_, problems_);
    if (pieces.legends.empty() && pieces.rest.empty()) return content.max_y_mm;
    auto const& room = plan_.key_room;
    bool const is_below = plan_.key_place == SheetPlan::KeyPlace::below;
    constexpr double rounding_mm = 1e-6;
    auto key = is_below
                   ? strip(pieces, room.width_mm())
                   : block(pieces, room.width_mm() + rounding_mm, room.height_mm() + rounding_mm);
    if (!key) {
      diagnostics_.warn({}, "map " + scene_.map + ": the legend of the sheet has no room",
                        "a larger page, or fewer layers with a legend");
      return content.max_y_mm;
    }
    for (auto& panel : key->panels) {
      panel.box = Box::of(room.min_x_mm + panel.box.min_x_mm, room.min_y_mm + panel.box.min_y_mm,
                          panel.width_mm, panel.height_mm);
      add(draw_panel(panel, scene_));
    }
    return is_below ? room.min_y_mm + key->height_mm : content.max_y_mm;
  }

  /// The numbered key under what ends at `bottom_mm`; returns the lowest edge.
  double events(double bottom_mm) {
    auto const& content = plan_.content;
    auto panel = events_panel(scene_, whole_, content.width_mm(), shaper_, problems_);
    if (!panel) return bottom_mm;
    double const pad = scene_.look.padding_mm;
    panel->box = Box::of(content.min_x_mm - pad, bottom_mm + around_key_mm - pad, panel->width_mm,
                         panel->height_mm);
    add(draw_panel(*panel, scene_));
    return panel->box.max_y_mm;
  }

  /// The sources under what ends at `bottom_mm`.
  void note_below(double bottom_mm) {
    auto below = scene_;
    below.furniture = whole_.furniture;
    below.frame = plan_.content;
    below.frame.max_y_mm = bottom_mm;
    if (auto note = sources_note(below, shaper_, problems_, diagnostics_)) add(std::move(*note));
  }
};

}  // namespace

SheetPlan plan_sheet(SheetRequest const& request, Scene const& whole, Shaper const& shaper) {
  auto const scene = sheet_scene(whole, request.page_width_mm, request.page_height_mm);
  auto const surround = surround_of(scene, whole, shaper);
  FurnitureProblems problems;
  auto const pieces = key_pieces(scene, whole, shaper, problems);
  int const cells = static_cast<int>(std::max<std::size_t>(1, request.cells));
  auto const [best, key_place, key_room] = Arranger(cells, scene, whole, surround, pieces).best();
  if (std::min(best.map_width_mm, best.map_height_mm) < smallest_map_mm) {
    throw base::Error(base::Fault::input, {},
                      "a sheet of " + std::to_string(cells) + " maps does not fit a page of " +
                          base::to_text(request.page_width_mm, 1) + " by " +
                          base::to_text(request.page_height_mm, 1) + " mm",
                      "ask for fewer dates, or a larger page");
  }
  SheetPlan plan;
  plan.page_width_mm = request.page_width_mm;
  plan.page_height_mm = request.page_height_mm;
  plan.columns = best.columns;
  plan.rows = best.rows;
  plan.key_place = key_place;
  plan.reduction = 1 / best.reach;
  Point const corner{scene.frame.min_x_mm, scene.frame.min_y_mm + surround.title_mm};
  plan.content = Box::of(corner.x_mm, corner.y_mm, scene.frame.width_mm(),
                         best.height_mm(surround.caption_mm));
  plan.key_room = Box::of(corner.x_mm + key_room.min_x_mm, corner.y_mm + key_room.min_y_mm,
                          key_room.width_mm(), key_room.height_mm());
  double const pitch_y = best.map_height_mm + surround.caption_mm + gutter_y_mm;
  for (int i = 0; i < cells; ++i) {
    int const row = i / best.columns;
    int const column = i % best.columns;
    plan.maps.push_back(Box::of(corner.x_mm + column * (best.map_width_mm + best.gutter_mm),
                                corner.y_mm + row * pitch_y + surround.caption_mm,
                                best.map_width_mm, best.map_height_mm));
  }
  return plan;
}

Scene with_what_is_shown(Scene const& whole, std::vector<SheetCell> const& cells) {
  auto out = whole;
  out.legend = united_legend(cells, whole);
  out.key = united_key(cells);
  return out;
}

PageLayout lay_out_sheet(SheetPlan const& plan, std::vector<SheetCell> const& cells,
                         Scene const& whole, int jobs, base::Diagnostics& diagnostics) {
  return Composer(plan, cells, whole, diagnostics).run(jobs);
}

}  // namespace hachure::layout
