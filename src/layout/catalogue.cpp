#include "layout/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace hachure::layout {

namespace {

/// Subjects in the order of the sheet; what is not among them comes last, under its own name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> subjects = {{
    {"actions", "Actions and movements"},
    {"units", "Units of the horse-and-musket age"},
    {"ships", "Ships, seen from above"},
    {"works", "Works"},
    {"places", "Places"},
    {"nato", "NATO APP-6"},
    {"furniture", "Furniture"},
}};

constexpr double page_mm = 210;
constexpr double margin_mm = 10;
constexpr int columns = 8;
constexpr double cell_mm = (page_mm - 2 * margin_mm) / columns;
constexpr double symbol_mm = 8;
constexpr double row_mm = 15.5;

struct Entry {
  std::string id;
  style::Symbol symbol;
};

std::size_t rank_of(std::string const& subject) {
  auto const it =
      std::ranges::find(subjects, subject, &std::pair<std::string_view, std::string_view>::first);
  return static_cast<std::size_t>(it - subjects.begin());
}

std::string heading_of(std::string const& subject) {
  auto const rank = rank_of(subject);
  if (rank < subjects.size()) return std::string(subjects[rank].second);
  return subject.empty() ? "Others" : subject;
}

class Sheet {
 public:
  Sheet(style::Style const& style, Shaper const& shaper) : style_(style), shaper_(shaper) {
    drawing_.width_mm = page_mm;
    drawing_.background = style.furniture.panel;
    drawing_.title = "Symbols of Hachure";
  }

  void title(std::string const& text) {
    auto const shaped = set(text, style_.furniture.title);
    y_mm_ += shaped.cap_height_mm;
    drawing_.root.children.push_back({shaped.placed({margin_mm, y_mm_})});
    y_mm_ += 3.5;
  }

  void heading(std::string const& text) {
    auto const shaped = set(text, style_.furniture.heading);
    y_mm_ += 4 + shaped.cap_height_mm;
    drawing_.root.children.push_back({shaped.placed({margin_mm, y_mm_})});
    y_mm_ += 1.4;
    draw::Shape rule;
    rule.path.move_to({margin_mm, y_mm_});
    rule.path.line_to({page_mm - margin_mm, y_mm_});
    draw::Stroke stroke;
    stroke.color = style_.furniture.rule;
    stroke.width_mm = style_.furniture.rule_width_mm;
    rule.stroke = stroke;
    drawing_.root.children.push_back({std::move(rule)});
    y_mm_ += 1.6;
  }

  void row(std::vector<Entry const*> const& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      double const x = margin_mm + (static_cast<double>(i) + 0.5) * cell_mm;
      put(*entries[i], x);
    }
    y_mm_ += row_mm;
  }

  draw::Drawing take() {
    drawing_.height_mm = std::ceil(y_mm_ + margin_mm * 0.6);
    return std::move(drawing_);
  }

 private:
  ShapedText set(std::string const& text, TextStyle const& style) const {
    return shaper_.shape(text, style, "en");
  }

  void put(Entry const& entry, double x) {
    draw::Picture picture;
    picture.title = entry.symbol.title;
    picture.source = entry.symbol.picture;
    auto const& box = entry.symbol.picture->view_box;
    picture.anchor = {x, y_mm_ + symbol_mm / 2};
    picture.anchor_in_view = box.center();
    picture.scale = symbol_mm / std::max(box.width_mm(), box.height_mm());
    drawing_.root.children.push_back({std::move(picture)});
    auto style = style_.furniture.small;
    auto shaped = set(entry.id, style);
    // Long ids are set smaller, never cut.
    double const room = cell_mm - 1;
    if (shaped.logical.width_mm() > room) {
      style.size_mm *= room / shaped.logical.width_mm();
      shaped = set(entry.id, style);
    }
    drawing_.root.children.push_back(
        {shaped.placed({x - shaped.logical.width_mm() / 2, y_mm_ + symbol_mm + 3})});
  }

  style::Style const& style_;
  Shaper const& shaper_;
  draw::Drawing drawing_;
  double y_mm_ = margin_mm;
};

}  // namespace

draw::Drawing symbol_sheet(style::SymbolCatalogue& symbols, style::Style const& style,
                           style::SymbolColors const& colors, Shaper const& shaper) {
  std::map<std::pair<std::size_t, std::string>, std::vector<Entry>> groups;
  for (auto const& id : symbols.ids()) {
    auto const symbol = symbols.find(id, colors);
    if (!symbol) continue;
    groups[{rank_of(symbol->subject), symbol->subject}].push_back({id, *symbol});
  }
  Sheet sheet(style, shaper);
  sheet.title("Symbols");
  for (auto const& [key, entries] : groups) {
    sheet.heading(heading_of(key.second));
    for (std::size_t i = 0; i < entries.size(); i += columns) {
      std::vector<Entry const*> row;
      for (std::size_t k = i; k < std::min(entries.size(), i + columns); ++k) {
        row.push_back(&entries[k]);
      }
      sheet.row(row);
    }
  }
  return sheet.take();
}

}  // namespace hachure::layout
