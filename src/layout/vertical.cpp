#include "layout/vertical.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace hachure::layout {

namespace {

using draw::Point;

constexpr double quarter_turn_rad = 3.14159265358979323846 / 2;
// Top of the ideographic em box above the baseline: `idtp` of the BASE table in the fonts of
// Chinese, 880 of 1000 (OpenType specification, BASE, default of CJK fonts).
constexpr double em_box_top = 0.88;
// Middle of capitals above the baseline where a face does not say.
constexpr double capital_height = 0.7;

/// Glyphs that move as one: a cluster of one run.
struct Cluster {
  draw::GlyphRun* run = nullptr;
  std::size_t begin = 0;  ///< glyphs of the run
  std::size_t end = 0;
  double at_mm = 0;  ///< start on the line
  double advance_mm = 0;
  char32_t first = 0;

  std::span<draw::Glyph> glyphs() const {
    return std::span(run->glyphs).subspan(begin, end - begin);
  }
};

char32_t code_point_of(std::string const& text, std::size_t byte) {
  auto const rest = base::to_utf32(std::string_view(text).substr(byte, 4));
  return rest.empty() ? U'\0' : rest.front();
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::vector<Cluster> clusters_of(ShapedText& shaped, ShapedLine const& line) {
  std::vector<Cluster> out;
  for (auto r = line.first_run; r < line.end_run; ++r) {
    auto& run = shaped.runs[r];
    for (std::size_t g = 0; g < run.glyphs.size();) {
      Cluster cluster{&run,  g,
                      g + 1, run.glyphs[g].at.x_mm,
                      0,     code_point_of(shaped.text, run.glyphs[g].text_begin)};
      while (cluster.end < run.glyphs.size() &&
             run.glyphs[cluster.end].text_begin == run.glyphs[g].text_begin) {
        ++cluster.end;
      }
      g = cluster.end;
      out.push_back(cluster);
    }
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    double const next = i + 1 < out.size() ? out[i + 1].at_mm : line.left_mm + line.width_mm;
    out[i].advance_mm = next - out[i].at_mm;
  }
  return out;
}

/// Sets the clusters of one line one below the other.
class Column {
 public:
  Column(double x_mm, double baseline_mm) : x_mm_(x_mm), baseline_mm_(baseline_mm) {}

  /// Returns the length of the column.
  double set(std::span<Cluster const> clusters) {
    for (std::size_t i = 0; i < clusters.size();) {
      auto const figures = figures_at(clusters, i);
      if (figures > 0) {
        set_abreast(clusters.subspan(i, figures));
        i += figures;
      } else if (is_upright_in_columns(clusters[i].first)) {
        set_upright(clusters[i++]);
      } else {
        set_sideways(clusters[i++]);
      }
    }
    return y_mm_;
  }

 private:
  /// Number of clusters from `i` that are a short number of their own.
  static std::size_t figures_at(std::span<Cluster const> clusters, std::size_t i) {
    constexpr std::size_t most = 3;
    auto const is_sideways = [&](std::size_t k) {
      return k < clusters.size() && !is_upright_in_columns(clusters[k].first) &&
             clusters[k].first != U' ';
    };
    if (i > 0 && is_sideways(i - 1)) return 0;
    std::size_t count = 0;
    while (i + count < clusters.size() && is_digit(clusters[i + count].first)) ++count;
    return count <= most && !is_sideways(i + count) ? count : 0;
  }

  void set_upright(Cluster const& cluster) {
    double const top = em_box_top * cluster.run->size_mm;
    for (auto& glyph : cluster.glyphs()) {
      auto const own = glyph.at - Point{cluster.at_mm, baseline_mm_};
      glyph.at = Point{x_mm_ - cluster.advance_mm / 2, y_mm_ + top} + own;
    }
    y_mm_ += cluster.advance_mm;
  }

  void set_sideways(Cluster const& cluster) {
    double cap = cluster.run->face->metrics().cap_height;
    if (cap <= 0) cap = capital_height;
    double const below = cap * cluster.run->size_mm / 2;
    for (auto& glyph : cluster.glyphs()) {
      auto const own = glyph.at - Point{cluster.at_mm, baseline_mm_};
      glyph.at = Point{x_mm_ - below, y_mm_} + draw::turned(own, quarter_turn_rad);
      glyph.angle_rad = quarter_turn_rad;
    }
    y_mm_ += cluster.advance_mm;
  }

  /// Figures side by side in one cell.
  void set_abreast(std::span<Cluster const> clusters) {
    double const width = clusters.back().at_mm + clusters.back().advance_mm - clusters[0].at_mm;
    double const size = clusters[0].run->size_mm;
    double cap = clusters[0].run->face->metrics().cap_height;
    if (cap <= 0) cap = capital_height;
    // The cell is as high as one of Han at this size, whose top is at its own scale.
    double const baseline = y_mm_ + (size + cap * size) / 2;
    for (auto const& cluster : clusters) {
      for (auto& glyph : cluster.glyphs()) {
        auto const own = glyph.at - Point{clusters[0].at_mm, baseline_mm_};
        glyph.at = Point{x_mm_ - width / 2, baseline} + own;
      }
    }
    y_mm_ += size;
  }

  double x_mm_;
  double y_mm_ = 0;
  double baseline_mm_;
};

}  // namespace

bool is_upright_in_columns(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x303F) ||
         (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3100 && c <= 0x31EF) ||
         (c >= 0x3200 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE10 && c <= 0xFE1F) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

void set_in_columns(ShapedText& shaped, double pitch_mm) {
  if (std::ranges::any_of(shaped.runs, &draw::GlyphRun::right_to_left)) return;
  double x = 0;
  double longest = 0;
  for (auto& line : shaped.lines) {
    Column column(x, line.baseline_mm);
    double const length = column.set(clusters_of(shaped, line));
    line = {x, 0, length, line.first_run, line.end_run};
    longest = std::max(longest, length);
    x -= pitch_mm;
  }
  for (auto& run : shaped.runs) run.vertical = true;
  shaped.vertical = true;
  shaped.length_mm = longest;
}

}  // namespace hachure::layout
