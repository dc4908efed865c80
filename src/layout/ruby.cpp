#include "layout/ruby.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "layout/vertical.hpp"

namespace hachure::layout {

namespace {

using draw::Point;

constexpr double quarter_turn_rad = 3.14159265358979323846 / 2;
// Between the ink of the text and that of the reading, in ems of the reading.
constexpr double gap_em = 0.18;
// Least distance of two readings side by side.
constexpr double word_gap_em = 0.3;

/// A cluster of the text: where it starts along the line and how far it goes.
struct Cell {
  std::size_t run = 0;
  std::size_t begin = 0;  ///< glyphs of the run
  std::size_t end = 0;
  double at_mm = 0;
  double advance_mm = 0;
};

std::vector<Cell> cells_of(ShapedText const& shaped) {
  std::vector<Cell> out;
  for (std::size_t r = 0; r < shaped.runs.size(); ++r) {
    auto const& glyphs = shaped.runs[r].glyphs;
    for (std::size_t g = 0; g < glyphs.size();) {
      Cell cell{r, g, g + 1, 0, 0};
      while (cell.end < glyphs.size() && glyphs[cell.end].text_begin == glyphs[g].text_begin) {
        ++cell.end;
      }
      g = cell.end;
      out.push_back(cell);
    }
  }
  // Upright glyphs of a column hang from its top, so that cells are shares of its length.
  auto const count = static_cast<double>(out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (shaped.vertical) {
      out[i].at_mm = shaped.length_mm * static_cast<double>(i) / count;
      out[i].advance_mm = shaped.length_mm / count;
      continue;
    }
    out[i].at_mm = shaped.runs[out[i].run].glyphs[out[i].begin].at.x_mm;
  }
  if (shaped.vertical) return out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    double const next = i + 1 < out.size() ? out[i + 1].at_mm : shaped.logical.max_x_mm;
    out[i].advance_mm = next - out[i].at_mm;
  }
  return out;
}

bool all_han(ShapedText const& shaped, std::vector<Cell> const& cells) {
  return std::ranges::all_of(cells, [&](Cell const& cell) {
    auto const& glyph = shaped.runs[cell.run].glyphs[cell.begin];
    auto const rest = base::to_utf32(std::string_view(shaped.text).substr(glyph.text_begin, 4));
    return !rest.empty() && is_upright_in_columns(rest.front());
  });
}

/// The words of a reading.
std::vector<TextSpan> words_of(std::vector<TextSpan> const& reading) {
  std::vector<TextSpan> out;
  for (auto const& span : reading) {
    for (std::size_t at = 0; at < span.text.size();) {
      auto const end = std::min(span.text.find_first_of(" \n", at), span.text.size());
      if (end > at) out.push_back({span.text.substr(at, end - at), span.style});
      at = end + 1;
    }
  }
  return out;
}

class RubySetter {
 public:
  RubySetter(ShapedText base, Shaper const& shaper) : out_(std::move(base)), shaper_(shaper) {}

  ShapedText set(std::vector<TextSpan> const& reading) {
    auto cells = cells_of(out_);
    auto const words = words_of(reading);
    if (cells.empty() || words.empty()) return std::move(out_);
    beside_mm_ = out_.vertical ? out_.ink.max_x_mm : out_.ink.min_y_mm;
    if (words.size() == cells.size() && words.size() > 1 && all_han(out_, cells)) {
      over_each(cells, words);
    } else {
      auto const shaped = shape(reading);
      below_mm_ = std::max(0.0, shaped.ink.max_y_mm);
      add(shaped, out_.length_mm / 2);
    }
    out_.ink = {};
    for (auto const& run : out_.runs) {
      for (auto const& glyph : run.glyphs) {
        if (auto const box = ink_of(run, glyph); !box.empty()) out_.ink.add(box);
      }
    }
    out_.logical.add(out_.ink);
    return std::move(out_);
  }

 private:
  ShapedText shape(std::vector<TextSpan> const& spans) const {
    ParagraphStyle paragraph;
    paragraph.lang = out_.lang;
    return shaper_.shape(spans, paragraph);
  }

  void over_each(std::vector<Cell>& cells, std::vector<TextSpan> const& words) {
    std::vector<ShapedText> shaped;
    for (auto const& word : words) {
      shaped.push_back(shape({word}));
      below_mm_ = std::max(below_mm_, shaped.back().ink.max_y_mm);
    }
    double shift = 0;
    std::vector<double> middles;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double const needed = shaped[i].length_mm + word_gap_em * words[i].style.size_mm;
      double const extra = std::max(0.0, needed - cells[i].advance_mm);
      move(cells[i], shift + extra / 2);
      middles.push_back(cells[i].at_mm + shift + (cells[i].advance_mm + extra) / 2);
      shift += extra;
    }
    if (shift > 0) split_runs(cells);
    out_.length_mm += shift;
    if (out_.vertical) {
      out_.logical.max_y_mm += shift;
    } else {
      out_.logical.max_x_mm += shift;
    }
    out_.lines.front().width_mm += shift;
    for (std::size_t i = 0; i < cells.size(); ++i) add(shaped[i], middles[i]);
  }

  void move(Cell const& cell, double by_mm) {
    auto& glyphs = out_.runs[cell.run].glyphs;
    for (auto g = cell.begin; g < cell.end; ++g) {
      (out_.vertical ? glyphs[g].at.y_mm : glyphs[g].at.x_mm) += by_mm;
    }
  }

  /// A run for each character: painters of live text set a run as one word.
  void split_runs(std::vector<Cell> const& cells) {
    std::vector<draw::GlyphRun> runs;
    for (auto const& cell : cells) {
      auto const& whole = out_.runs[cell.run];
      draw::GlyphRun run = whole;
      run.glyphs.assign(whole.glyphs.begin() + static_cast<std::ptrdiff_t>(cell.begin),
                        whole.glyphs.begin() + static_cast<std::ptrdiff_t>(cell.end));
      run.text_begin = run.glyphs.front().text_begin;
      run.text_end = run.glyphs.front().text_end;
      runs.push_back(std::move(run));
    }
    out_.runs = std::move(runs);
    out_.lines.front().first_run = 0;
    out_.lines.front().end_run = out_.runs.size();
  }

  /// Adds a word of the reading, its middle at `middle_mm` along the text.
  void add(ShapedText const& word, double middle_mm) {
    if (word.runs.empty()) return;
    double const size = word.runs.front().size_mm;
    double const gap = gap_em * size;
    bool const down = out_.vertical;
    double const clear = gap + below_mm_;
    Point const at = down ? Point{beside_mm_ + clear, middle_mm - word.length_mm / 2}
                          : Point{middle_mm - word.length_mm / 2, beside_mm_ - clear};
    out_.text += reading_begun_ ? ' ' : '\n';
    reading_begun_ = true;
    auto const begin = static_cast<std::uint32_t>(out_.text.size());
    out_.text += word.text;
    for (auto run : word.runs) {
      run.text_begin += begin;
      run.text_end += begin;
      run.vertical = down;
      for (auto& glyph : run.glyphs) {
        glyph.text_begin += begin;
        glyph.text_end += begin;
        double const angle = down ? quarter_turn_rad : 0;
        glyph.at = at + draw::turned(glyph.at, angle);
        glyph.angle_rad = angle;
      }
      out_.runs.push_back(std::move(run));
    }
    out_.missing.insert(out_.missing.end(), word.missing.begin(), word.missing.end());
  }

  ShapedText out_;
  Shaper const& shaper_;
  double beside_mm_ = 0;  ///< edge of the text's ink that faces the reading
  double below_mm_ = 0;   ///< descenders of the reading, whose words share a baseline
  bool reading_begun_ = false;
};

}  // namespace

ShapedText with_ruby(ShapedText base, std::vector<TextSpan> const& reading, Shaper const& shaper) {
  if (base.lines.size() != 1 || base.runs.empty()) return base;
  return RubySetter(std::move(base), shaper).set(reading);
}

}  // namespace hachure::layout
