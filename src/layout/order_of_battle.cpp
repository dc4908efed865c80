#include "layout/order_of_battle.hpp"

#include <algorithm>
#include <cmath>

#include "base/message.hpp"
#include "base/number.hpp"

namespace hachure::layout {

namespace {

using base::message;
using draw::Node;
using draw::Point;
using scene::OrderOfBattle;
using scene::Scene;

constexpr double least_type_mm = 5 * 25.4 / 72;
constexpr double gutter_mm = 5;
constexpr double indent_mm = 2.6;
constexpr double sign_mm = 5.2;

/// Figures in groups of three, as the language writes them.
std::string grouped(double value, std::string const& lang) {
  std::string digits = base::to_text(std::round(value), 0);
  bool const has_commas = lang.starts_with("en") || lang.starts_with("zh");
  for (auto at = static_cast<long>(digits.size()) - 3; at > 0; at -= 3) {
    if (digits.size() <= 4 && !has_commas) break;
    digits.insert(static_cast<std::size_t>(at), has_commas ? "," : "\u00A0");
  }
  return digits;
}

/// A line of the panel before it is set.
struct Line {
  OrderOfBattle::Side const* side = nullptr;  ///< of the heading of a side
  OrderOfBattle::Row const* row = nullptr;
};

/// The lines of the panel, set in one size for one width of column.
class Setting {
 public:
  struct Set {
    Line line;
    ShapedText text;
    ShapedText figures;
    double height_mm = 0;
  };

  Setting(Scene const& scene, Shaper const& shaper, double scale)
      : scene_(scene), shaper_(shaper), scale_(scale) {}

  std::vector<Set> set(std::vector<Line> const& lines, double column_mm) {
    std::vector<Set> out;
    double figures_mm = 0;
    for (auto const& line : lines) {
      Set set{line, {}, shape({{figures_of(line), style(scene_.look.body)}}, {}), 0};
      figures_mm = std::max(figures_mm, set.figures.logical.width_mm());
      out.push_back(std::move(set));
    }
    for (auto& set : out) {
      double const room = column_mm - left_mm(set.line) - figures_mm - 1.5;
      set.text = shape(words_of(set.line), std::max(room, 8.0));
      double const block = set.text.lines.empty() ? 0 : set.text.lines.back().baseline_mm;
      double const row = scene_.look.row_mm * scale_;
      bool const is_head = set.line.side != nullptr;
      set.height_mm = std::max(row, block + row * 0.85) + (is_head ? 0.25 * row : 0);
      // The echelon stands over the sign of its kind.
      if (!is_head && set.line.row->echelon_sign) set.height_mm += 0.28 * row;
    }
    return out;
  }

  /// Width that no line would have to be broken for.
  double natural_mm(std::vector<Line> const& lines) {
    double widest = 0;
    double figures_mm = 0;
    for (auto const& line : lines) {
      widest = std::max(widest, left_mm(line) + shape(words_of(line), {}).logical.width_mm());
      figures_mm = std::max(
          figures_mm, shape({{figures_of(line), style(scene_.look.body)}}, {}).logical.width_mm());
    }
    return widest + figures_mm + 2;
  }

  double left_mm(Line const& line) const {
    return line.side != nullptr ? sign_mm * scale_ + 0.6
                                : (sign_mm + indent_mm * line.row->depth) * scale_ + 0.6;
  }

  TextStyle style(TextStyle out) const {
    out.size_mm *= scale_;
    return out;
  }

  ShapedText shape(std::vector<TextSpan> const& spans, std::optional<double> width_mm) {
    ParagraphStyle paragraph;
    paragraph.lang = scene_.lang;
    paragraph.width_mm = width_mm;
    paragraph.line_height = scene_.lang.starts_with("zh") ? 1.3 : 1.18;
    auto shaped = shaper_.shape(spans, paragraph);
    missing.insert(missing.end(), shaped.missing.begin(), shaped.missing.end());
    return shaped;
  }

  std::vector<MissingGlyph> missing;

 private:
  std::vector<TextSpan> words_of(Line const& line) const {
    auto bold = style(scene_.look.body);
    bold.fonts = scene_.look.figure.fonts;
    if (line.side != nullptr) return {{line.side->name, style(scene_.look.heading)}};
    std::vector<TextSpan> spans{{line.row->name, bold}};
    if (!line.row->commander.empty()) {
      spans.push_back({std::string(message("heading.gap", scene_.lang)) + line.row->commander,
                       style(scene_.look.body)});
    }
    return spans;
  }

  std::string figures_of(Line const& line) const {
    auto const& lang = scene_.lang;
    if (line.side != nullptr) {
      return line.side->strength ? grouped(*line.side->strength, lang) : std::string();
    }
    auto const& row = *line.row;
    std::string text;
    if (row.strength) text = grouped(*row.strength, lang);
    auto const lost = row.losses ? "\u2212" + grouped(*row.losses, lang) : row.losses_text;
    if (!lost.empty()) text += (text.empty() ? "(" : " (") + lost + ")";
    return text;
  }

  Scene const& scene_;
  Shaper const& shaper_;
  double scale_;
};

std::vector<Line> lines_of(OrderOfBattle const& order) {
  std::vector<Line> lines;
  for (auto const& side : order.sides) {
    lines.push_back({&side, nullptr});
    for (auto const& row : side.rows) lines.push_back({nullptr, &row});
  }
  return lines;
}

/// Where each line goes: column and distance from the top.
struct Columns {
  std::vector<std::pair<int, double>> at;
  double height_mm = 0;
};

/// Columns of about equal height. A side stays whole where its end or its beginning is near the
/// place of a break; its heading keeps its first unit beside it.
Columns columns_of(std::vector<Setting::Set> const& lines, int columns) {
  double total = 0;
  for (auto const& line : lines) total += line.height_mm;
  double const share = total / columns;
  double const near = 0.3 * share;
  auto const to_next_head = [&](std::size_t from) {
    double height = 0;
    for (std::size_t i = from; i < lines.size(); ++i) {
      if (lines[i].line.side != nullptr) return height;
      height += lines[i].height_mm;
    }
    return 2 * total;
  };
  Columns out;
  int column = 0;
  double y = 0;
  double filled = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    bool const is_head = lines[i].line.side != nullptr;
    bool const follows_head = i > 0 && lines[i - 1].line.side != nullptr;
    double const left = share * (column + 1) - filled;
    bool const is_full = is_head ? left < near : left < lines[i].height_mm / 2;
    bool const waits = follows_head || (!is_head && to_next_head(i) < near);
    if (column + 1 < columns && y > 0 && is_full && !waits) {
      ++column;
      y = 0;
    }
    out.at.emplace_back(column, y);
    y += lines[i].height_mm;
    filled += lines[i].height_mm;
    out.height_mm = std::max(out.height_mm, y);
  }
  return out;
}

draw::Shape bar(OrderOfBattle::Side const& side, Point middle, double width_mm) {
  draw::Shape shape;
  shape.path.add_box(draw::Box::of(middle.x_mm - width_mm / 2, middle.y_mm - width_mm * 0.27,
                                   width_mm, width_mm * 0.54));
  draw::Stroke edge;
  edge.color = side.color;
  edge.width_mm = 0.25;
  shape.stroke = edge;
  if (side.cue != "hollow") shape.fill = draw::Fill{side.color, draw::FillRule::nonzero};
  return shape;
}

/// A light line along the bar of a side whose second cue it is.
void add_bar(std::vector<Node>& nodes, OrderOfBattle::Side const& side, Point middle,
             double width_mm, draw::Color const& paper) {
  nodes.push_back({bar(side, middle, width_mm)});
  if (side.cue != "line") return;
  draw::Shape line;
  std::vector<Point> const points{{middle.x_mm - width_mm / 2, middle.y_mm},
                                  {middle.x_mm + width_mm / 2, middle.y_mm}};
  line.path.add_polyline(points, false);
  draw::Stroke stroke;
  stroke.color = paper;
  stroke.width_mm = width_mm * 0.16;
  line.stroke = stroke;
  nodes.push_back({std::move(line)});
}

void add_sign(std::vector<Node>& nodes, OrderOfBattle::Row const& row,
              OrderOfBattle::Side const& side, Point middle, double scale,
              draw::Color const& paper) {
  if (row.sign) {
    auto picture = *row.sign;
    picture.anchor = middle;
    picture.scale *= scale;
    picture.title.clear();
    nodes.push_back({std::move(picture)});
  } else {
    add_bar(nodes, side, middle, 3 * scale, paper);
  }
  if (!row.echelon_sign) return;
  auto echelon = *row.echelon_sign;
  echelon.anchor = middle + Point{0, -1.75 * scale};
  echelon.scale *= scale;
  echelon.title.clear();
  nodes.push_back({std::move(echelon)});
}

/// A way to set the panel, and how high it becomes.
struct Attempt {
  double scale = 1;
  int columns = 1;
  double column_mm = 0;
  std::vector<Setting::Set> lines;
  Columns places;
  std::vector<MissingGlyph> missing;
};

class Fitter {
 public:
  Fitter(Scene const& scene, record::FurnitureItem const& item, Shaper const& shaper)
      : scene_(scene), item_(item), shaper_(shaper) {}

  double top_mm(double scale) const { return scene_.look.padding_mm + 4.6 * scale; }

  double height_mm(Attempt const& attempt) const {
    return top_mm(attempt.scale) + attempt.places.height_mm + scene_.look.padding_mm * 0.7;
  }
  double width_mm(Attempt const& attempt) const {
    auto const& given = item_.placement.width;
    if (given) return given->to_mm(1);
    return 2 * scene_.look.padding_mm + attempt.columns * attempt.column_mm +
           (attempt.columns - 1) * gutter_mm;
  }
  double room_mm() const {
    auto const& given = item_.placement.height;
    return given ? given->to_mm(1) : scene_.frame.height_mm();
  }

  Attempt attempt(std::vector<Line> const& lines, int columns, double scale) const {
    Setting setting(scene_, shaper_, scale);
    Attempt out{scale, columns, 0, {}, {}, {}};
    auto const& given = item_.placement.width;
    double const widest = std::min(74.0, scene_.frame.width_mm() / columns - gutter_mm);
    out.column_mm =
        given ? (given->to_mm(1) - 2 * scene_.look.padding_mm - gutter_mm * (columns - 1)) / columns
              : std::min(setting.natural_mm(lines), widest);
    out.lines = setting.set(lines, out.column_mm);
    out.places = columns_of(out.lines, columns);
    out.missing = std::move(setting.missing);
    return out;
  }

  /// The first that fits, of wider and then of smaller ones; the smallest if none does.
  Attempt fitted(std::vector<Line> const& lines) const {
    int const least = std::max(1, item_.placement.columns.value_or(1));
    int const most = item_.placement.columns ? least : 3;
    Attempt last;
    for (double const scale : {1.0, 0.92, 0.86}) {
      double const type = scene_.look.body.size_mm * scale;
      if (scale < 1 && type < least_type_mm) break;
      for (int columns = least; columns <= most; ++columns) {
        // A column narrower than this breaks every name.
        constexpr double narrowest_mm = 34;
        auto next = attempt(lines, columns, scale);
        if (columns > least && next.column_mm < narrowest_mm) break;
        last = std::move(next);
        if (height_mm(last) <= room_mm() + 1e-6) return last;
      }
    }
    return last;
  }

 private:
  Scene const& scene_;
  record::FurnitureItem const& item_;
  Shaper const& shaper_;
};

/// Leaves out the lowest units, from the end, until the rest fits.
Attempt shortened(Fitter const& fitter, std::vector<Line> lines,
                  std::vector<std::string>& left_out) {
  auto attempt = fitter.fitted(lines);
  while (fitter.height_mm(attempt) > fitter.room_mm() + 1e-6) {
    int deepest = 0;
    for (auto const& line : lines) {
      if (line.row != nullptr) deepest = std::max(deepest, line.row->depth);
    }
    auto const last = std::find_if(lines.rbegin(), lines.rend(), [&](Line const& line) {
      return line.row != nullptr && line.row->depth == deepest;
    });
    if (last == lines.rend()) break;
    left_out.push_back(last->row->name);
    lines.erase(std::next(last).base());
    attempt = fitter.attempt(lines, attempt.columns, attempt.scale);
  }
  std::ranges::reverse(left_out);
  return attempt;
}

std::string caption_of(Scene const& scene) {
  auto const& order = *scene.order_of_battle;
  bool strengths = false;
  bool losses = false;
  for (auto const& side : order.sides) {
    for (auto const& row : side.rows) {
      strengths = strengths || row.strength.has_value();
      losses = losses || row.losses.has_value() || !row.losses_text.empty();
    }
  }
  if (!strengths && !losses) return {};
  auto const id = losses ? "order.strengths-losses" : "order.strengths";
  if (order.date.empty()) return std::string(message("order.strengths-undated", scene.lang));
  return base::filled(message(id, scene.lang), {{"date", order.date}});
}

}  // namespace

Panel order_of_battle_panel(Scene const& scene, record::FurnitureItem const& item,
                            Shaper const& shaper, FurnitureProblems& problems) {
  Panel panel{
      .id = "order-of-battle", .title = {}, .nodes = {}, .placement = item.placement, .box = {}};
  auto const& look = scene.look;
  panel.title = std::string(message("order", scene.lang));
  Fitter const fitter(scene, item, shaper);
  std::vector<std::string> left_out;
  auto const attempt = shortened(fitter, lines_of(*scene.order_of_battle), left_out);
  double const scale = attempt.scale;
  Setting setting(scene, shaper, scale);
  double const pad = look.padding_mm;
  auto const heading = setting.shape({{panel.title, setting.style(look.heading)}}, {});
  panel.nodes.push_back({heading.placed({pad, pad + heading.cap_height_mm})});
  panel.width_mm = std::max(fitter.width_mm(attempt), heading.logical.width_mm() + 2 * pad);
  if (auto const caption = caption_of(scene); !caption.empty()) {
    auto const text = setting.shape({{caption, setting.style(look.small)}}, {});
    double const wanted = heading.logical.width_mm() + text.logical.width_mm() + 3 * pad;
    if (!item.placement.width) panel.width_mm = std::max(panel.width_mm, wanted);
    if (wanted <= panel.width_mm + 1e-6) {
      double const x = panel.width_mm - pad - text.logical.width_mm();
      panel.nodes.push_back({text.placed({x, pad + heading.cap_height_mm})});
    }
  }
  double const column_mm =
      (panel.width_mm - 2 * pad - gutter_mm * (attempt.columns - 1)) / attempt.columns;
  OrderOfBattle::Side const* side = nullptr;
  for (std::size_t i = 0; i < attempt.lines.size(); ++i) {
    auto const& set = attempt.lines[i];
    auto const [column, down] = attempt.places.at[i];
    double const x = pad + column * (column_mm + gutter_mm);
    double const baseline = fitter.top_mm(scale) + down + set.height_mm -
                            (set.text.lines.empty() ? 0 : set.text.lines.back().baseline_mm) -
                            look.row_mm * scale * 0.3;
    double const middle = baseline - set.text.x_height_mm * 0.55;
    if (set.line.side != nullptr) side = set.line.side;
    double const sign_x = x + setting.left_mm(set.line) - 0.6 - sign_mm * scale / 2;
    if (set.line.side != nullptr) {
      add_bar(panel.nodes, *side, {sign_x, middle}, 4 * scale, look.panel);
    } else {
      add_sign(panel.nodes, *set.line.row, *side, {sign_x, middle}, scale, look.panel);
    }
    panel.nodes.push_back({set.text.placed({x + setting.left_mm(set.line), baseline})});
    double const right = x + column_mm - set.figures.logical.width_mm();
    if (!set.figures.empty()) panel.nodes.push_back({set.figures.placed({right, baseline})});
  }
  panel.height_mm =
      item.placement.height ? item.placement.height->to_mm(1) : fitter.height_mm(attempt);
  auto& missing = problems.missing;
  missing.insert(missing.end(), attempt.missing.begin(), attempt.missing.end());
  missing.insert(missing.end(), setting.missing.begin(), setting.missing.end());
  if (!left_out.empty()) {
    std::string names;
    for (auto const& name : left_out) names += (names.empty() ? "" : ", ") + name;
    problems.warnings.emplace_back(
        "map " + scene.map + ": the order of battle has no room for " + names,
        "give it more height or columns, or fewer units");
  }
  return panel;
}

}  // namespace hachure::layout
