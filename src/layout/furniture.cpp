#include "layout/furniture.hpp"

#include <unicode/numberformatter.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/message.hpp"
#include "base/number.hpp"
#include "layout/date_plate.hpp"
#include "layout/occupancy.hpp"
#include "layout/order_of_battle.hpp"

namespace hachure::layout {

namespace {

using base::message;
using draw::Box;
using draw::Node;
using draw::Point;
using record::FurnitureItem;
using scene::Scene;

/// Sets text for furniture and gathers what is missing.
class Setter {
 public:
  Setter(Scene const& scene, Shaper const& shaper, FurnitureProblems& problems)
      : scene_(scene), shaper_(shaper), problems_(problems) {}

  ShapedText set(std::string const& text, TextStyle const& style,
                 std::optional<double> width = {}) {
    return set(std::vector<TextSpan>{{text, style}}, width, scene_.lang);
  }
  ShapedText set(std::vector<TextSpan> const& spans, std::optional<double> width,
                 std::string const& lang, Align align = Align::start) {
    ParagraphStyle paragraph;
    paragraph.lang = lang;
    paragraph.align = align;
    paragraph.width_mm = width;
    paragraph.line_height = lang.starts_with("zh") ? 1.36 : 1.24;
    auto shaped = shaper_.shape(spans, paragraph);
    problems_.missing.insert(problems_.missing.end(), shaped.missing.begin(), shaped.missing.end());
    return shaped;
  }

 private:
  Scene const& scene_;
  Shaper const& shaper_;
  FurnitureProblems& problems_;
};

double height_of(ShapedText const& text) {
  return text.lines.empty() ? 0
                            : text.cap_height_mm + text.lines.back().baseline_mm + text.descent_mm;
}

FurnitureItem const* item_of(Scene const& scene, std::string_view kind) {
  auto const it = std::ranges::find(scene.furniture, kind, &FurnitureItem::kind);
  return it == scene.furniture.end() ? nullptr : &*it;
}

std::string option(FurnitureItem const& item, std::string const& key,
                   std::string const& otherwise = {}) {
  auto const it = item.options.find(key);
  return it == item.options.end() ? otherwise : it->second;
}

// --- title ---------------------------------------------------------------------------------------

/// A rule that swells towards its middle, as printers set it under titles.
draw::Shape swelled_rule(Point left, double length_mm, draw::Color ink) {
  constexpr double half_mm = 0.3;
  constexpr double edge_mm = 0.05;
  double const quarter = length_mm / 4;
  draw::Shape rule;
  auto const at = [&](double x, double y) { return left + Point{x, y}; };
  rule.path.move_to(at(0, -edge_mm));
  rule.path.cubic_to(at(quarter, -edge_mm), at(quarter, -half_mm), at(2 * quarter, -half_mm));
  rule.path.cubic_to(at(3 * quarter, -half_mm), at(3 * quarter, -edge_mm), at(length_mm, -edge_mm));
  rule.path.line_to(at(length_mm, edge_mm));
  rule.path.cubic_to(at(3 * quarter, edge_mm), at(3 * quarter, half_mm), at(2 * quarter, half_mm));
  rule.path.cubic_to(at(quarter, half_mm), at(quarter, edge_mm), at(0, edge_mm));
  rule.path.close();
  rule.fill = draw::Fill{ink, draw::FillRule::nonzero};
  return rule;
}

Panel title_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  Panel panel{.id = "title", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  double const pad = look.padding_mm;
  std::optional<double> wrap;
  if (item.placement.width) wrap = item.placement.width->to_mm(1) - 2 * pad;
  double y = pad;
  double widest = 0;
  struct Line {
    ShapedText text;
    double y_mm;
  };
  std::vector<Line> lines;
  auto const put = [&](std::string const& text, TextStyle const& style, std::string const& lang,
                       double gap) {
    if (text.empty()) return;
    auto const align = look.title_centred && wrap ? Align::center : Align::start;
    auto shaped = setter.set({{text, style}}, wrap, lang, align);
    y += gap + shaped.cap_height_mm;
    widest = std::max(widest, shaped.logical.width_mm());
    double const below = shaped.lines.back().baseline_mm + shaped.descent_mm * 0.4;
    lines.push_back({std::move(shaped), y});
    y += below;
  };
  put(scene.title.in(scene.lang), look.title, scene.lang, 0);
  put(scene.subtitle.in(scene.lang), look.subtitle, scene.lang, 1.6);
  double const rule_y = y + 1.9;
  bool const ruled = look.title_rule_mm > 0;
  if (ruled) y = rule_y + 0.9;
  // A second language under the first, as on bilingual plates.
  if (auto const second = option(item, "second"); !second.empty() && second != scene.lang) {
    if (scene.title.has(second)) {
      auto style = look.subtitle;
      put(scene.title.in(second) +
              (scene.subtitle.has(second) ? "　" + scene.subtitle.in(second) : std::string()),
          style, second, 1.8);
    }
  }
  double const width = wrap.value_or(widest);
  for (auto const& line : lines) {
    double const x = look.title_centred ? (width - line.text.logical.width_mm()) / 2 : 0;
    panel.nodes.push_back({line.text.placed({pad + x, line.y_mm})});
  }
  if (ruled) {
    double const length = std::min(look.title_rule_mm, width);
    double const left = pad + (look.title_centred ? (width - length) / 2 : 0);
    panel.nodes.push_back({swelled_rule({left, rule_y}, length, look.ink)});
  }
  panel.title = scene.title.in(scene.lang);
  panel.width_mm = wrap ? *wrap + 2 * pad : widest + 2 * pad;
  panel.height_mm = y + pad * 0.9;
  if (item.placement.height) panel.height_mm = item.placement.height->to_mm(1);
  return panel;
}

// --- legend --------------------------------------------------------------------------------------

/// The entries one after the other in one row, or as many as they need, without a heading.
Panel slim_legend_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  Panel panel{.id = "legend", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  double const pad = look.padding_mm;
  panel.title = std::string(message("legend", scene.lang));
  auto entries = scene.legend;
  std::ranges::stable_sort(entries, [](auto const& a, auto const& b) { return a.sort > b.sort; });
  constexpr double gap_mm = 1.2;
  // Heads of arrows are taller than the rows of a list, where they stand apart by their text.
  double row_mm = look.row_mm * 1.25;
  for (auto const& entry : entries) row_mm = std::max(row_mm, entry.height_mm + look.row_mm * 0.3);
  double const right =
      (item.placement.width ? item.placement.width->to_mm(1) : scene.frame.width_mm() * 0.62) - pad;
  double x = pad;
  double y = pad * 0.4;
  double widest = 0;
  for (auto& entry : entries) {
    auto const text = setter.set(entry.text.in(scene.lang, {"en"}), look.body);
    // A sample of a sign needs less than one of an arrow.
    bool const is_sign = std::ranges::all_of(entry.sample, [](draw::Node const& node) {
      return std::holds_alternative<draw::Picture>(node.value);
    });
    double const sample_mm = is_sign ? 5.5 : 10;
    double const width = sample_mm + gap_mm + text.logical.width_mm();
    if (x > pad && x + width > right) {
      x = pad;
      y += row_mm;
    }
    double const middle = y + row_mm / 2;
    for (auto& sample : entry.sample) {
      shift(sample, {x + sample_mm / 2, middle});
      panel.nodes.push_back(std::move(sample));
    }
    panel.nodes.push_back(
        {text.placed({x + sample_mm + gap_mm, middle + text.x_height_mm * 0.62})});
    x += width + 3 * gap_mm;
    widest = std::max(widest, x - 3 * gap_mm);
  }
  panel.width_mm = widest + pad;
  panel.height_mm = y + row_mm + pad * 0.4;
  return panel;
}

Panel legend_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  if (scene.look.legend_slim) return slim_legend_panel(scene, item, setter);
  Panel panel{.id = "legend", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  double const pad = look.padding_mm;
  constexpr double sample_mm = 10;
  panel.title = std::string(message("legend", scene.lang));
  auto entries = scene.legend;
  // Order of reading: actions before ground, i.e. what is painted last comes first.
  std::ranges::stable_sort(entries, [](auto const& a, auto const& b) { return a.sort > b.sort; });
  int const columns = std::max(1, item.placement.columns.value_or(1));
  auto const heading = setter.set(panel.title, look.heading);
  double const top = pad + heading.cap_height_mm;
  panel.nodes.push_back({heading.placed({pad, top})});
  double const given = item.placement.width ? item.placement.width->to_mm(1)
                                            : scene.frame.width_mm() * 0.45 * columns;
  double const room = (given - 2 * pad - 4 * (columns - 1)) / columns - sample_mm - 1.6;
  struct Row {
    ShapedText text;
    double height;
  };
  std::vector<Row> rows;
  double widest = 0;
  double total = 0;
  for (auto const& entry : entries) {
    auto text = setter.set(entry.text.in(scene.lang, {"en"}), look.body, room);
    widest = std::max(widest, text.logical.width_mm());
    double const height =
        std::max({look.row_mm, height_of(text) + 1.1, entry.height_mm + look.row_mm * 0.3});
    total += height;
    rows.push_back({std::move(text), height});
  }
  if (item.placement.height && !rows.empty()) {
    // A height that was given is kept as far as rows stay apart.
    double const over = top + 1.2 + total / columns + look.row_mm * 0.25 + pad * 0.6 -
                        item.placement.height->to_mm(1);
    double const in_column = std::ceil(static_cast<double>(rows.size()) / columns);
    double const less = std::clamp(over / in_column + (columns > 1 ? 0.25 : 0.0), 0.0, 0.9);
    for (auto& row : rows) row.height -= less;
    total -= less * static_cast<double>(rows.size());
  }
  double const column_mm = sample_mm + 1.6 + widest;
  double const share = total / columns;
  double x = pad;
  double y = top + 1.2;
  double lowest = y;
  double filled = 0;
  int column = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (column + 1 < columns && filled + rows[i].height / 2 > share * (column + 1)) {
      ++column;
      x += column_mm + 4;
      y = top + 1.2;
    }
    filled += rows[i].height;
    double const middle = y + rows[i].height * 0.55;
    for (auto sample : entries[i].sample) {
      shift(sample, {x + sample_mm / 2, middle});
      panel.nodes.push_back(std::move(sample));
    }
    auto const& text = rows[i].text;
    double const block = text.lines.empty() ? 0 : text.lines.back().baseline_mm;
    panel.nodes.push_back(
        {text.placed({x + sample_mm + 1.6, middle - block / 2 + text.x_height_mm * 0.62})});
    y += rows[i].height;
    lowest = std::max(lowest, y);
  }
  panel.width_mm = std::max(2 * pad + column_mm * columns + 4 * (columns - 1),
                            2 * pad + heading.logical.width_mm());
  panel.height_mm = lowest + look.row_mm * 0.25 + pad * 0.6;
  if (item.placement.width) panel.width_mm = item.placement.width->to_mm(1);
  if (item.placement.height) panel.height_mm = item.placement.height->to_mm(1);
  return panel;
}

// --- event key -----------------------------------------------------------------------------------

Panel key_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  Panel panel{.id = "event-key", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  double const pad = look.padding_mm;
  panel.title = std::string(message("events", scene.lang));
  double const width =
      item.placement.width ? item.placement.width->to_mm(1) : scene.frame.width_mm() * 0.6;
  int const columns =
      std::max(1, item.placement.columns.value_or(static_cast<int>((width - pad) / 48)));
  constexpr double gutter = 4;
  constexpr double ring = 2.7;
  double const column_mm = (width - 2 * pad - gutter * (columns - 1)) / columns;
  auto const heading = setter.set(panel.title, look.heading);
  double const top = pad + heading.cap_height_mm;
  panel.nodes.push_back({heading.placed({pad, top})});
  struct Row {
    ShapedText text;
    ShapedText number;
    double height;
  };
  std::vector<Row> rows;
  double total = 0;
  auto bold = look.body;
  bold.fonts = look.figure.fonts;
  std::string const gap(message("heading.gap", scene.lang));
  for (auto const& entry : scene.key) {
    std::vector<TextSpan> spans{{entry.date, bold}, {gap + entry.text, look.body}};
    if (entry.date.empty()) spans = {{entry.text, look.body}};
    Row row{setter.set(spans, column_mm - ring - 1.8, scene.lang), {}, 0};
    auto figure = look.figure;
    figure.color = entry.color;
    figure.size_mm *= entry.number > 9 ? 0.9 : 0.95;
    row.number = setter.set(std::to_string(entry.number), figure);
    row.height = std::max(ring + 0.4, height_of(row.text)) + 1.25;
    total += row.height;
    rows.push_back(std::move(row));
  }
  if (item.placement.height && !rows.empty()) {
    // A height that was given is kept as far as rows stay apart.
    constexpr double closest_mm = 0.75;
    double const over = top + 2.6 + total / columns - item.placement.height->to_mm(1);
    double const in_column = std::ceil(static_cast<double>(rows.size()) / columns);
    double const less = std::clamp(over / in_column, 0.0, closest_mm);
    for (auto& row : rows) row.height -= less;
    total -= less * static_cast<double>(rows.size());
  }
  // Columns of about equal height: a row goes to the next column when this one has had its share.
  double const share = total / columns;
  double x = pad;
  double y = top + 2.6;
  double filled = 0;
  double lowest = y;
  int column = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const& row = rows[i];
    if (column + 1 < columns && filled + row.height / 2 > share * (column + 1)) {
      ++column;
      x += column_mm + gutter;
      y = top + 2.6;
    }
    filled += row.height;
    Point const center{x + ring / 2, y + ring / 2 - 0.35};
    // The number of a name stands on the map without a ring, and so it does here.
    if (!scene.key[i].date.empty()) {
      draw::Shape circle;
      circle.path.add_circle(center, ring / 2);
      draw::Stroke stroke;
      stroke.color = scene.key[i].color;
      stroke.width_mm = 0.28;
      circle.stroke = stroke;
      circle.fill = draw::Fill{look.panel, draw::FillRule::nonzero};
      panel.nodes.push_back({std::move(circle)});
    }
    auto const ink = row.number.ink.center();
    panel.nodes.push_back({row.number.placed(center - ink)});
    panel.nodes.push_back({row.text.placed({x + ring + 1.6, y + row.text.cap_height_mm})});
    y += row.height;
    lowest = std::max(lowest, y);
  }
  panel.width_mm = width;
  panel.height_mm = lowest + pad * 0.5;
  if (item.placement.height) panel.height_mm = item.placement.height->to_mm(1);
  return panel;
}

// --- scale ---------------------------------------------------------------------------------------

struct BarUnit {
  std::string label;
  double metres;
};

std::optional<BarUnit> unit_of(Scene const& scene, std::string const& id) {
  static constexpr std::array<std::pair<std::string_view, double>, 5> known{
      {{"km", 1000}, {"m", 1}, {"mi", 1609.344}, {"nmi", 1852}, {"yd", 0.9144}}};
  for (auto const& unit : scene.scale_units) {
    if (unit.id == id) return BarUnit{unit.name.in(scene.lang, {"en"}), unit.metres};
  }
  for (auto const& [name, metres] : known) {
    if (name == id) return BarUnit{std::string(message(name, scene.lang)), metres};
  }
  return {};
}

/// A number with its thousands apart as readers of the language have them.
std::string grouped(double value, std::string const& lang) {
  UErrorCode status = U_ZERO_ERROR;
  auto const locale = icu::Locale::forLanguageTag(lang, status);
  std::string out;
  auto const text = icu::number::NumberFormatter::withLocale(U_SUCCESS(status) ? locale : "en")
                        .precision(icu::number::Precision::maxFraction(3))
                        .formatDouble(value, status)
                        .toString(status);
  if (U_FAILURE(status)) return base::to_text(value, 3);
  return text.toUTF8String(out);
}

std::string scale_text(double scale, std::string const& lang) {
  // Rounded to three figures: a projected scale is true at the centre only.
  double const power = std::pow(10, std::floor(std::log10(scale)) - 2);
  return "1 : " + grouped(std::round(scale / power) * power, lang);
}

/// A bar of alternating fields starting at 0, figures above, the unit at its end. Returns its
/// height.
double add_bar(std::vector<Node>& nodes, double x, double y, BarUnit const& unit,
               Scene const& scene, double max_mm, Setter& setter, double& widest) {
  auto const& look = scene.look;
  double const count = bar_length_units(unit.metres, scene.facts.scale, max_mm);
  double const length = count * unit.metres * 1000 / scene.facts.scale;
  double const leading = count / std::pow(10, std::floor(std::log10(count) + 1e-9));
  int const fields = leading > 4.5 ? 5 : 2;
  constexpr double bar_height = 0.75;
  auto const figures_y = y + look.small.size_mm * 0.72;
  double const top = figures_y + 0.65;
  draw::Stroke line;
  line.color = look.ink;
  line.width_mm = 0.123;
  for (int i = 0; i < fields; ++i) {
    draw::Shape field;
    field.path.add_box(Box::of(x + length * i / fields, top, length / fields, bar_height));
    field.fill = draw::Fill{i % 2 == 0 ? look.ink : look.panel, draw::FillRule::nonzero};
    field.stroke = line;
    nodes.push_back({std::move(field)});
  }
  double last_right = -1e9;
  for (int i = 0; i <= fields; ++i) {
    auto const text = setter.set(grouped(count * i / fields, scene.lang), look.small);
    double const left = x + length * i / fields - text.logical.width_mm() / 2;
    if (left < last_right + 0.6 && i < fields) continue;
    nodes.push_back({text.placed({left, figures_y})});
    last_right = left + text.logical.width_mm();
  }
  auto const name = setter.set(unit.label, look.small);
  double const name_x = std::max(x + length + 1.3, last_right + 0.8);
  nodes.push_back({name.placed({name_x, top + bar_height})});
  widest = std::max(widest, name_x - x + name.logical.width_mm());
  return top + bar_height + 0.5 - y;
}

Panel scale_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  Panel panel{.id = "scale-bar", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  panel.framed = option(item, "frame", look.scale_frame ? "box" : "none") != "none";
  double const pad = 1.6;
  double const max_mm = item.placement.width ? std::max(10.0, item.placement.width->to_mm(1) - 12)
                                             : std::min(38.0, scene.frame.width_mm() * 0.3);
  double y = pad;
  double widest = 0;
  auto const ratio = setter.set(scale_text(scene.facts.scale, scene.lang), look.figure);
  panel.nodes.push_back({ratio.placed({pad, y + ratio.cap_height_mm})});
  y += ratio.cap_height_mm + 1.5;
  widest = ratio.logical.width_mm();
  for (auto const& id : base::split_list(option(item, "units", "km,mi"), ',')) {
    if (auto const unit = unit_of(scene, id)) {
      y += add_bar(panel.nodes, pad + 0.8, y, *unit, scene, max_mm, setter, widest) + 0.9;
    }
  }
  panel.title = scale_text(scene.facts.scale, scene.lang);
  panel.width_mm = widest + 2 * pad + 1;
  panel.height_mm = y + pad * 0.4;
  return panel;
}

Panel north_panel(Scene const& scene, FurnitureItem const& item, Setter& setter) {
  Panel panel{
      .id = "north-arrow", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  panel.framed = false;
  auto const& look = scene.look;
  double const height = item.placement.height ? item.placement.height->to_mm(1) : 9;
  auto const letter = setter.set(std::string(message("north", scene.lang)), look.figure);
  double const half = std::max(letter.logical.width_mm() / 2 + 0.6, 2.0);
  double const letter_space = letter.cap_height_mm + 0.7;
  // The arrow turns with north; the letter stands beyond its tip.
  Point const center{half, letter_space + (height - letter_space) / 2};
  double const arm = (height - letter_space) / 2;
  auto const at = [&](double x, double y) {
    return center + draw::turned({x * arm, y * arm}, scene.facts.north_rad);
  };
  draw::Shape shaft;
  std::vector<Point> const line{at(0, 1), at(0, -0.55)};
  shaft.path.add_polyline(line, false);
  draw::Stroke stroke;
  stroke.color = look.ink;
  stroke.width_mm = 0.2;
  shaft.stroke = stroke;
  panel.nodes.push_back({std::move(shaft)});
  draw::Shape head;
  std::vector<Point> const arrow{at(0, -1), at(0.24, -0.4), at(0, -0.52), at(-0.24, -0.4)};
  head.path.add_polyline(arrow, true);
  head.fill = draw::Fill{look.ink, draw::FillRule::nonzero};
  panel.nodes.push_back({std::move(head)});
  auto const tip =
      center + draw::turned({0, -arm - 0.7 - letter.cap_height_mm / 2}, scene.facts.north_rad);
  auto const ink = letter.ink.center();
  panel.nodes.push_back({letter.placed(tip - ink)});
  panel.title = std::string(message("north", scene.lang));
  panel.width_mm = 2 * half;
  panel.height_mm = height;
  return panel;
}

// --- placing -------------------------------------------------------------------------------------

struct Dock {
  bool left, right, top, bottom;
};

Dock dock_of(std::string const& at) {
  return {at.find("left") != std::string::npos, at.find("right") != std::string::npos,
          at.find("top") != std::string::npos, at.find("bottom") != std::string::npos};
}

double gap_of(Panel const& panel) {
  return panel.framed ? 0 : 2.2;
}

Box box_in(Panel const& panel, Box const& frame, double x, double y) {
  return Box::of(frame.min_x_mm + x, frame.min_y_mm + y, panel.width_mm, panel.height_mm);
}

bool collides(Box const& box, std::vector<Panel> const& panels, Panel const* self) {
  return std::ranges::any_of(panels, [&](Panel const& other) {
    return &other != self && !other.box.empty() && other.box.grown(-0.3).overlaps(box);
  });
}

/// Docked positions from a corner: flush first, then stacked along the vertical, then the
/// horizontal side.
bool place_docked(Panel& panel, std::vector<Panel> const& panels, Box const& frame) {
  auto const dock = dock_of(panel.placement.at);
  double const gap = gap_of(panel);
  double const free_x = frame.width_mm() - panel.width_mm;
  double const free_y = frame.height_mm() - panel.height_mm;
  double const x = dock.left ? gap : dock.right ? free_x - gap : free_x / 2;
  double const y = dock.top ? gap : dock.bottom ? free_y - gap : free_y / 2;
  panel.box = box_in(panel, frame, x, y);
  if (!collides(panel.box, panels, &panel)) return true;
  std::vector<std::pair<double, Box>> options;
  for (auto const& other : panels) {
    if (&other == &panel || other.box.empty()) continue;
    double const air = panel.framed && other.framed ? 0 : 1.6;
    double const below = other.box.max_y_mm - frame.min_y_mm + air;
    double const above = other.box.min_y_mm - frame.min_y_mm - panel.height_mm - air;
    double const right = other.box.max_x_mm - frame.min_x_mm + air;
    double const left = other.box.min_x_mm - frame.min_x_mm - panel.width_mm - air;
    for (auto const& [px, py] :
         {Point{x, dock.bottom ? above : below}, Point{dock.right ? left : right, y}}) {
      auto const box = box_in(panel, frame, px, py);
      if (!frame.grown(0.01).contains(box) || collides(box, panels, &panel)) continue;
      options.emplace_back(std::hypot(px - x, py - y), box);
    }
  }
  if (options.empty()) return false;
  panel.box = std::ranges::min_element(options, {}, [](auto const& o) { return o.first; })->second;
  return true;
}

/// Where the panel hides least: along the edges of the frame and of other panels, on a 2 mm grid.
void place_free(Panel& panel, std::vector<Panel> const& panels, Box const& frame,
                Occupancy const& ink) {
  double const gap = gap_of(panel);
  double best_cost = std::numeric_limits<double>::infinity();
  // Where nothing is free, the corner opposite to the title; the overlap is reported.
  Box best = box_in(panel, frame, std::max(0.0, frame.width_mm() - panel.width_mm - gap),
                    std::max(0.0, frame.height_mm() - panel.height_mm - gap));
  double const free_x = frame.width_mm() - panel.width_mm - gap;
  double const free_y = frame.height_mm() - panel.height_mm - gap;
  std::vector<double> xs{gap, free_x};
  std::vector<double> ys{gap, free_y};
  for (auto const& other : panels) {
    if (&other == &panel || other.box.empty()) continue;
    double const air = panel.framed && other.framed ? 0 : 1.6;
    xs.push_back(other.box.max_x_mm - frame.min_x_mm + air);
    xs.push_back(other.box.min_x_mm - frame.min_x_mm - panel.width_mm - air);
    ys.push_back(other.box.max_y_mm - frame.min_y_mm + air);
    ys.push_back(other.box.min_y_mm - frame.min_y_mm - panel.height_mm - air);
  }
  auto const consider = [&](double x, double y, double extra) {
    auto const box = box_in(panel, frame, x, y);
    if (!frame.grown(0.01).contains(box) || collides(box, panels, &panel)) return;
    double const cost = 8 * ink.hard_mm2(box) + ink.soft(box) + extra;
    if (cost < best_cost - 1e-9) best_cost = cost, best = box;
  };
  for (double const x : xs) {
    for (double const y : ys) consider(x, y, 0);
  }
  if (panel.id == "title" && best_cost < std::numeric_limits<double>::infinity()) {
    panel.box = best;
    return;
  }
  // Along an edge, away from a corner: a little worse.
  for (double y = gap; y <= free_y; y += 2) {
    for (double const x : {gap, free_x}) consider(x, y, 6);
  }
  for (double x = gap; x <= free_x; x += 2) {
    for (double const y : {gap, free_y}) consider(x, y, 6);
  }
  panel.box = best;
}

Occupancy ink_of(Scene const& scene) {
  Occupancy ink(scene.frame, 1.0);
  for (auto const& obstacle : scene.obstacles) {
    if (obstacle.is_line) {
      // A panel may hide part of a road, but not of what no label may stand on either.
      double const weight = obstacle.weight >= 1 ? obstacle.weight : obstacle.weight * 0.5;
      ink.add_lines(obstacle.area, std::max(0.5, obstacle.half_width_mm), weight);
    } else {
      ink.add_area(obstacle.area, obstacle.weight);
    }
  }
  for (auto const& label : scene.labels) {
    auto const at = label.anchor;
    if (label.lines.empty()) {
      ink.add_box(Box::of(at.x_mm - 3, at.y_mm - 2, 6, 4), label.sort_key < 3 ? 1 : 0.6);
    }
  }
  for (auto const& inset : scene.insets) {
    draw::Path outline;
    outline.add_polyline(inset.extent, true);
    ink.add_area(outline, 0.5);
  }
  ink.finish();
  return ink;
}

}  // namespace

void shift(Node& node, Point by) {
  auto const shift_path = [&](draw::Path& path) { path = path.transformed(1, 0, by); };
  if (auto* group = std::get_if<draw::Group>(&node.value)) {
    if (group->clip) shift_path(*group->clip);
    for (auto& child : group->children) shift(child, by);
  } else if (auto* shape = std::get_if<draw::Shape>(&node.value)) {
    shift_path(shape->path);
  } else if (auto* text = std::get_if<draw::Text>(&node.value)) {
    text->origin = text->origin + by;
  } else if (auto* image = std::get_if<draw::Image>(&node.value)) {
    image->box = {image->box.min_x_mm + by.x_mm, image->box.min_y_mm + by.y_mm,
                  image->box.max_x_mm + by.x_mm, image->box.max_y_mm + by.y_mm};
  } else if (auto* picture = std::get_if<draw::Picture>(&node.value)) {
    picture->anchor = picture->anchor + by;
  }
}

double bar_length_units(double unit_m, double scale, double max_mm) {
  double const max_units = max_mm / 1000 * scale / unit_m;
  double const power = std::pow(10, std::floor(std::log10(max_units)));
  for (double const factor : {5.0, 2.0, 1.0}) {
    if (factor * power <= max_units * (1 + 1e-9)) return factor * power;
  }
  return power;
}

namespace {

Panel date_panel(Scene const& scene, FurnitureItem const& item, Shaper const& shaper,
                 FurnitureProblems& problems) {
  DatePlate const plate(scene, item, shaper, problems);
  auto group = scene.moment ? plate.at(*scene.moment) : plate.at_rest();
  Panel panel{.id = "date",
              .title = group.title,
              .nodes = std::move(group.children),
              .placement = item.placement,
              .box = {}};
  panel.width_mm = plate.width_mm();
  panel.height_mm = plate.height_mm();
  return panel;
}

/// What a small frame does without, the first to go first.
constexpr std::array<std::string_view, 4> dispensable{"event-key", "north-arrow", "legend",
                                                      "scale-bar"};

void leave_out(std::vector<Panel>& panels, std::string_view id, Scene const& scene,
               base::Diagnostics& diagnostics) {
  if (std::erase_if(panels, [&](Panel const& panel) { return panel.id == id; }) == 0) return;
  diagnostics.warn({},
                   "map " + scene.map + ": no room for " + std::string(id) + " in a frame of " +
                       base::to_text(scene.page_width_mm, 0) + " by " +
                       base::to_text(scene.page_height_mm, 0) + " mm: it is left out",
                   "a larger --size, or a style with smaller furniture");
}

/// A frame that moves on shows the map first: its furniture covers two fifths of it at most.
void leave_out_what_crowds(std::vector<Panel>& panels, Scene const& scene,
                           base::Diagnostics& diagnostics) {
  double const room_mm2 = scene.frame.width_mm() * scene.frame.height_mm() * 0.42;
  for (auto const id : dispensable) {
    double covered_mm2 = 0;
    for (auto const& panel : panels) covered_mm2 += panel.width_mm * panel.height_mm;
    if (covered_mm2 <= room_mm2) return;
    leave_out(panels, id, scene, diagnostics);
  }
}

/// What found no place of its own in a frame is not drawn over the rest.
void leave_out_what_overlaps(std::vector<Panel>& panels, Scene const& scene,
                             base::Diagnostics& diagnostics) {
  for (auto const id : dispensable) {
    auto const it = std::ranges::find(panels, id, &Panel::id);
    if (it != panels.end() && collides(it->box, panels, &*it)) {
      leave_out(panels, id, scene, diagnostics);
    }
  }
}

}  // namespace

std::vector<Panel> make_panels(Scene const& scene, Shaper const& shaper,
                               FurnitureProblems& problems) {
  Setter setter(scene, shaper, problems);
  std::vector<Panel> panels;
  if (auto const* item = item_of(scene, "title"))
    panels.push_back(title_panel(scene, *item, setter));
  if (auto const* item = item_of(scene, "date");
      item && (scene.moment || scene.when || !scene.run.empty())) {
    panels.push_back(date_panel(scene, *item, shaper, problems));
  }
  if (auto const* item = item_of(scene, "event-key"); item && !scene.key.empty()) {
    panels.push_back(key_panel(scene, *item, setter));
  }
  if (auto const* item = item_of(scene, "order-of-battle");
      item && scene.order_of_battle && !scene.order_of_battle->sides.empty()) {
    panels.push_back(order_of_battle_panel(scene, *item, shaper, problems));
  }
  if (auto const* item = item_of(scene, "legend"); item && !scene.legend.empty()) {
    panels.push_back(legend_panel(scene, *item, setter));
  }
  if (auto const* item = item_of(scene, "scale-bar")) {
    panels.push_back(scale_panel(scene, *item, setter));
  }
  if (auto const* item = item_of(scene, "north-arrow")) {
    panels.push_back(north_panel(scene, *item, setter));
  }
  return panels;
}

std::optional<draw::Group> sources_note(Scene const& scene, Shaper const& shaper,
                                        FurnitureProblems& problems,
                                        base::Diagnostics& diagnostics) {
  if (item_of(scene, "sources") == nullptr || scene.source_lines.empty()) return {};
  Setter setter(scene, shaper, problems);
  auto const& look = scene.look;
  auto bold = look.sources;
  bold.fonts = look.figure.fonts;
  std::vector<TextSpan> spans{{std::string(message("sources", scene.lang)) +
                                   std::string(message("heading.gap", scene.lang)),
                               bold}};
  // Below the neatline, and below degrees that stand outside it.
  double edge_mm = look.neatline_width_mm / 2;
  if (scene.tick_distance_mm > 0) {
    edge_mm = scene.tick_distance_mm + 0.75 * scene.tick_style.size_mm;
  }
  double const strip_mm = scene.timeline ? scene.timeline_box.height_mm() : 0;
  double const top = scene.frame.max_y_mm + strip_mm + edge_mm + 1.1;
  auto const fits = [&](ShapedText const& text) {
    return top + height_of(text) <= scene.page_height_mm - 1;
  };
  std::string note;
  for (auto const& line : scene.source_lines) {
    note = note.empty() ? line
                        : base::filled(message("sentence.join", scene.lang),
                                       {{"first", note}, {"second", line}});
  }
  spans.push_back({note, look.sources});
  auto shaped = setter.set(spans, scene.frame.width_mm(), scene.lang);
  bool const is_of_a_run = !scene.run.empty();
  if (is_of_a_run && !fits(shaped)) {
    // A film has its works in the closing titles; the credits of its ground stay in the picture.
    std::string credits;
    for (std::size_t i = 1; i < scene.source_lines.size(); ++i) {
      auto const longer =
          credits.empty() ? scene.source_lines[i]
                          : base::filled(message("sentence.join", scene.lang),
                                         {{"first", credits}, {"second", scene.source_lines[i]}});
      if (!credits.empty() && !fits(setter.set(longer, look.sources, scene.frame.width_mm())))
        break;
      credits = longer;
    }
    shaped = setter.set(credits, look.sources, scene.frame.width_mm());
    diagnostics.warn({},
                     "map " + scene.map + ": no room for the works cited below a frame of " +
                         base::to_text(scene.page_width_mm, 0) + " by " +
                         base::to_text(scene.page_height_mm, 0) + " mm: credits alone are printed",
                     "raise furniture.sources-height in the style, or a larger --size");
  }
  if (!fits(shaped)) {
    diagnostics.warn({},
                     "map " + scene.map + ": the sources note needs " +
                         base::to_text(height_of(shaped), 1) + " mm and runs off the page",
                     "raise furniture.sources-height in the style, or cite fewer works");
  }
  draw::Group group;
  group.id = "sources";
  group.role = draw::GroupRole::furniture;
  group.title = std::string(message("sources", scene.lang));
  group.children.push_back({shaped.placed({scene.frame.min_x_mm, top + shaped.cap_height_mm})});
  return group;
}

void place_panels(std::vector<Panel>& panels, Scene const& scene, base::Diagnostics& diagnostics) {
  auto const& frame = scene.frame;
  bool const is_of_a_run = !scene.run.empty();
  if (is_of_a_run) leave_out_what_crowds(panels, scene, diagnostics);
  for (auto& panel : panels) {
    if (panel.placement.x || panel.placement.y) {
      auto const x = panel.placement.x ? panel.placement.x->to_mm(1) : 0;
      auto const y = panel.placement.y ? panel.placement.y->to_mm(1) : 0;
      panel.box = box_in(panel, frame, x, y);
    }
  }
  for (auto& panel : panels) {
    if (panel.box.empty() && !panel.placement.at.empty()) {
      if (!place_docked(panel, panels, frame)) panel.box = {};
    }
  }
  auto const ink = ink_of(scene);
  // The largest first: small pieces find room between them.
  std::vector<Panel*> rest;
  for (auto& panel : panels) {
    if (panel.box.empty()) rest.push_back(&panel);
  }
  std::ranges::stable_sort(rest, [](Panel const* a, Panel const* b) {
    // The title has the first choice, and its own corner.
    if ((a->id == "title") != (b->id == "title")) return a->id == "title";
    return a->width_mm * a->height_mm > b->width_mm * b->height_mm;
  });
  for (auto* panel : rest) place_free(*panel, panels, frame, ink);
  if (is_of_a_run) leave_out_what_overlaps(panels, scene, diagnostics);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (!panels[i].box.grown(-0.3).overlaps(panels[k].box)) continue;
      diagnostics.warn({}, "map " + scene.map + ": " + panels[i].id + " lies over " + panels[k].id,
                       "give one of them another place, fewer columns, or the map a larger page");
    }
  }
  for (auto const& panel : panels) {
    if (frame.grown(0.3).contains(panel.box)) continue;
    diagnostics.warn({},
                     "map " + scene.map + ": " + panel.id + " of " +
                         base::to_text(panel.width_mm, 1) + " by " +
                         base::to_text(panel.height_mm, 1) + " mm does not fit into the frame",
                     "give it a width and columns, select fewer records, or a larger page");
  }
}

draw::Group draw_panel(Panel const& panel, Scene const& scene) {
  auto const& look = scene.look;
  draw::Group group;
  group.id = panel.id;
  group.role = draw::GroupRole::furniture;
  group.label = panel.id;
  group.title = panel.title;
  if (panel.framed) {
    draw::Shape ground;
    ground.path.add_box(panel.box);
    ground.fill = draw::Fill{look.panel, draw::FillRule::nonzero};
    draw::Stroke rule;
    rule.color = look.rule;
    rule.width_mm = look.rule_width_mm;
    ground.stroke = rule;
    group.children.push_back({std::move(ground)});
  }
  for (auto node : panel.nodes) {
    shift(node, {panel.box.min_x_mm, panel.box.min_y_mm});
    group.children.push_back(std::move(node));
  }
  return group;
}

}  // namespace hachure::layout
