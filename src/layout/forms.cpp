#include "layout/forms.hpp"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "layout/ruby.hpp"

namespace hachure::layout {

namespace {

// Costs beside those of positions (0 to 1.3 round a symbol, 3.6 and more with a leader line where
// there are other forms): what is cut or small comes before a leader line, a number before a long
// one, and everything before a name left out.
constexpr double cost_of_two_lines = 0.35;
constexpr double cost_of_long_line = 0.9;
constexpr double cost_of_more_lines = 0.25;
constexpr double cost_of_shorter = 2.0;
constexpr double cost_of_smaller = 2.4;
constexpr double cost_of_smallest = 2.8;
constexpr double cost_of_number = 4.2;

/// A place where a line may end.
struct Break {
  std::size_t end = 0;   ///< byte after the last one of the line, without the space
  std::size_t next = 0;  ///< first byte of the next line
  double left_mm = 0;    ///< where the next line starts in the text on one line
  double right_mm = 0;   ///< where this line ends
  bool poor = false;     ///< after a short word
};

/// Advance positions of bytes along a text on one line.
class Positions {
 public:
  explicit Positions(ShapedText const& shaped) : at_(shaped.text.size() + 1, shaped_end(shaped)) {
    for (auto const& run : shaped.runs) {
      for (auto const& glyph : run.glyphs) {
        auto& at = at_[std::min<std::size_t>(glyph.text_begin, shaped.text.size())];
        at = std::min(at, glyph.at.x_mm);
      }
    }
    // A byte within a cluster or without ink stands where the next one does.
    for (std::size_t i = at_.size() - 1; i-- > 0;) at_[i] = std::min(at_[i], at_[i + 1]);
  }

  double operator[](std::size_t byte) const { return at_[byte]; }

 private:
  static double shaped_end(ShapedText const& shaped) { return shaped.logical.max_x_mm; }
  std::vector<double> at_;
};

bool is_left_to_right(ShapedText const& shaped) {
  return std::ranges::none_of(shaped.runs, &draw::GlyphRun::right_to_left);
}

std::vector<Break> breaks_of(ShapedText const& shaped) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> const iterator(icu::BreakIterator::createLineInstance(
      icu::Locale::forLanguageTag(shaped.lang, status), status));
  if (U_FAILURE(status)) return {};
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, shaped.text.data(), static_cast<std::int64_t>(shaped.text.size()), &status);
  iterator->setText(&text, status);
  std::vector<Break> out;
  Positions const positions(shaped);
  std::size_t word = 0;
  for (auto at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next()) {
    auto const next = static_cast<std::size_t>(at);
    if (next >= shaped.text.size()) break;
    Break found;
    found.next = next;
    found.end = next;
    while (found.end > word && shaped.text[found.end - 1] == ' ') --found.end;
    found.left_mm = positions[next];
    found.right_mm = positions[found.end];
    // "Mouth of / the River" reads better than "Mouth of the / River" is even.
    found.poor = found.end < next && (found.end - word <= 3 || shaped.text.size() - next <= 3);
    // Nor do names part at their hyphens where they have spaces.
    found.poor = found.poor || (found.end > 0 && shaped.text[found.end - 1] == '-');
    out.push_back(found);
    word = next;
  }
  utext_close(&text);
  return out;
}

/// The breaks of `lines` lines whose widest is least.
std::vector<Break> best_breaks(std::vector<Break> const& breaks, double width_mm, int lines,
                               double em_mm) {
  // Breaks are few: names, not paragraphs. least[k][i]: widest line when line k ends at break i.
  auto const count = breaks.size();
  auto const line_count = static_cast<std::size_t>(lines);
  constexpr double never = std::numeric_limits<double>::infinity();
  std::vector<std::vector<double>> least(line_count, std::vector<double>(count, never));
  std::vector<std::vector<std::size_t>> from(line_count, std::vector<std::size_t>(count, 0));
  auto const penalty = [&](Break const& b) { return b.poor ? 0.8 * em_mm : 0.0; };
  for (std::size_t i = 0; i < count; ++i) {
    least[0][i] = breaks[i].right_mm + penalty(breaks[i]);
  }
  for (std::size_t k = 1; k + 1 < line_count; ++k) {
    for (std::size_t i = k; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        double const w =
            std::max(least[k - 1][j], breaks[i].right_mm - breaks[j].left_mm) + penalty(breaks[i]);
        if (w < least[k][i]) {
          least[k][i] = w;
          from[k][i] = j;
        }
      }
    }
  }
  std::size_t best = count;
  double best_width = never;
  for (std::size_t i = 0; i < count; ++i) {
    double const w = std::max(least[line_count - 2][i], width_mm - breaks[i].left_mm);
    if (w < best_width) {
      best_width = w;
      best = i;
    }
  }
  if (best == count) return {};
  std::vector<Break> out;
  for (std::size_t k = line_count - 1; k-- > 0;) {
    out.push_back(breaks[best]);
    if (k > 0) best = from[k][best];
  }
  std::ranges::reverse(out);
  return out;
}

class FormMaker {
 public:
  FormMaker(scene::LabelRequest const& request, Shaper const& shaper)
      : request_(request), shaper_(shaper) {}

  std::vector<ShapedForm> make() {
    if (request_.number > 0) {
      add_number();
      return std::move(forms_);
    }
    if (request_.placement == scene::LabelPlacement::callout) {
      add_paragraphs();
      return std::move(forms_);
    }
    auto const& full = add(LabelForm::full, 0, request_.spans).text();
    if (full.runs.empty()) return std::move(forms_);
    if (may_break()) add_broken(full);
    if (request_.placement == scene::LabelPlacement::flag) return std::move(forms_);
    if (!request_.short_spans.empty()) {
      add(LabelForm::shorter, cost_of_shorter, request_.short_spans);
    }
    if (request_.least_size < 1) add_smaller();
    if (request_.may_be_number) add_number();
    return std::move(forms_);
  }

 private:
  bool may_break() const {
    // A reading stands over a text of one line.
    return request_.ruby_spans.empty() && request_.max_width_mm > 0 &&
           (request_.placement == scene::LabelPlacement::point ||
            request_.placement == scene::LabelPlacement::area);
  }

  ShapedForm& add(LabelForm form, double cost, std::vector<TextSpan> const& spans) {
    ParagraphStyle paragraph;
    paragraph.lang = request_.lang;
    paragraph.line_height = request_.line_height;
    ShapedForm out;
    out.form = form;
    out.cost = cost;
    bool const on_line = request_.placement == scene::LabelPlacement::line;
    paragraph.vertical = request_.vertical && !on_line;
    out.by_align[0] = shaper_.shape(spans, paragraph);
    if (form != LabelForm::number) add_ruby(out.by_align[0], spans);
    if (request_.vertical && !request_.lines.empty()) {
      paragraph.vertical = true;
      out.column = shaper_.shape(spans, paragraph);
      if (!out.column->vertical) out.column.reset();
    }
    // Names of areas and lines stand in the middle of what they name; so do their lines of text.
    if (out.by_align[0].lines.size() > 1) {
      bool const centred = request_.placement != scene::LabelPlacement::point;
      for (auto const align : {Align::center, Align::end}) {
        out.by_align[static_cast<std::size_t>(align)] = out.by_align[0].aligned(align);
      }
      if (centred) out.by_align[0] = out.by_align[static_cast<std::size_t>(Align::center)];
    }
    forms_.push_back(std::move(out));
    return forms_.back();
  }

  /// The reading of a text that is not on a line of the map, at the text's own share of size.
  void add_ruby(ShapedText& shaped, std::vector<TextSpan> const& spans) const {
    if (request_.ruby_spans.empty() || request_.placement == scene::LabelPlacement::line) return;
    double const share = spans.front().style.size_mm / request_.spans.front().style.size_mm;
    shaped = with_ruby(std::move(shaped), sized(request_.ruby_spans, share), shaper_);
  }

  /// The text on one horizontal line.
  ShapedText on_one_line(std::vector<TextSpan> const& spans) const {
    ParagraphStyle paragraph;
    paragraph.lang = request_.lang;
    return shaper_.shape(spans, paragraph);
  }

  void add_broken(ShapedText const& shaped) {
    // A copy: `shaped` lies in forms_, which grows.
    auto const full = shaped.vertical ? on_one_line(request_.spans) : shaped;
    double const width = full.logical.width_mm();
    if (width > request_.max_width_mm) {
      // Too long for one line: the broken form is the normal one, the long one a last resort.
      int const lines = static_cast<int>(std::ceil(width / request_.max_width_mm));
      bool const broken = add_lines(LabelForm::broken, full, lines, 0);
      add_lines(LabelForm::broken_more, full, lines + 1, cost_of_more_lines);
      if (broken) forms_.front().cost = cost_of_long_line;
    } else if (width > request_.max_width_mm * 0.62) {
      add_lines(LabelForm::broken, full, 2, cost_of_two_lines);
    }
  }

  bool add_lines(LabelForm form, ShapedText const& full, int lines, double cost) {
    constexpr int most_lines = 5;
    auto const spans = broken_evenly(request_.spans, full, std::min(lines, most_lines));
    if (!spans) return false;
    auto const& broken = add(form, cost, *spans).text();
    // A short word on a line of its own saves no room.
    if (broken.length_mm < 0.8 * full.length_mm) return true;
    forms_.pop_back();
    return false;
  }

  static std::vector<TextSpan> sized(std::vector<TextSpan> spans, double share) {
    for (auto& span : spans) span.style.size_mm *= share;
    return spans;
  }

  /// The text of a callout at three widths, each no wider than its number of lines needs.
  void add_paragraphs() {
    struct Shape {
      LabelForm form;
      double share;
      double cost;
    };
    std::size_t last_lines = 0;
    for (auto const& [form, share, cost] : {Shape{LabelForm::full, 1.0, 0},
                                            {LabelForm::broken, 0.7, 0.3},
                                            {LabelForm::broken_more, 1.45, 0.4}}) {
      ParagraphStyle paragraph;
      paragraph.lang = request_.lang;
      paragraph.line_height = request_.line_height;
      if (request_.max_width_mm > 0) paragraph.width_mm = share * request_.max_width_mm;
      ShapedForm out;
      out.form = form;
      out.cost = cost;
      out.by_align[0] = shaper_.shape(request_.spans, paragraph);
      auto const lines = out.by_align[0].lines.size();
      if (lines == last_lines) continue;
      if (form == LabelForm::full) last_lines = lines;
      if (lines > 1 && paragraph.width_mm) out.by_align[0] = evened(paragraph, lines);
      forms_.push_back(std::move(out));
      if (request_.max_width_mm <= 0) return;
    }
  }

  /// The paragraph at the least width at which it has no more lines.
  ShapedText evened(ParagraphStyle paragraph, std::size_t lines) const {
    double low = *paragraph.width_mm / 2;
    double high = *paragraph.width_mm;
    for (int i = 0; i < 5; ++i) {
      paragraph.width_mm = (low + high) / 2;
      auto const tried = shaper_.shape(request_.spans, paragraph);
      bool const fits = tried.lines.size() <= lines && tried.length_mm <= high;
      (fits ? high : low) = *paragraph.width_mm;
    }
    paragraph.width_mm = high;
    return shaper_.shape(request_.spans, paragraph);
  }

  void add_smaller() {
    double const least = request_.least_size;
    // Steps of less than a tenth are seen by nobody.
    if (least < 0.9) {
      add(LabelForm::smaller, cost_of_smaller, sized(request_.spans, (1 + least) / 2));
    }
    auto const spans = sized(request_.spans, least);
    auto full = add(LabelForm::smallest, cost_of_smallest, spans).text();
    if (full.vertical) full = on_one_line(spans);
    if (!may_break() || full.logical.width_mm() <= 0.5 * request_.max_width_mm) return;
    if (auto const broken = broken_evenly(spans, full, 2)) {
      add(LabelForm::smallest_broken, cost_of_smallest + cost_of_two_lines, *broken);
    }
  }

  void add_number() {
    // Before it has a number, room for one of two figures.
    auto const text = request_.number > 0 ? std::to_string(request_.number) : std::string("88");
    add(LabelForm::number, request_.number > 0 ? 0 : cost_of_number,
        {{text, request_.spans.front().style}});
  }

  scene::LabelRequest const& request_;
  Shaper const& shaper_;
  std::vector<ShapedForm> forms_;
};

}  // namespace

std::string_view to_string(LabelForm form) {
  switch (form) {
    case LabelForm::full:
      return "full";
    case LabelForm::broken:
    case LabelForm::broken_more:
      return "broken";
    case LabelForm::shorter:
      return "shorter";
    case LabelForm::smaller:
    case LabelForm::smallest:
    case LabelForm::smallest_broken:
      return "smaller";
    case LabelForm::number:
      return "number";
    case LabelForm::spread:
      return "spread";
  }
  return "full";
}

draw::Box optical_box(ShapedText const& shaped) {
  auto box = shaped.ink;
  if (box.empty() || shaped.vertical) return box;
  box.min_y_mm = std::min(box.min_y_mm, -shaped.x_height_mm);
  return box;
}

std::vector<ShapedForm> forms_of(scene::LabelRequest const& request, Shaper const& shaper) {
  return FormMaker(request, shaper).make();
}

std::optional<std::vector<TextSpan>> broken_evenly(std::vector<TextSpan> const& spans,
                                                   ShapedText const& shaped, int lines) {
  if (lines < 2 || shaped.lines.size() != 1 || !is_left_to_right(shaped)) return {};
  auto const possible = breaks_of(shaped);
  if (possible.size() + 1 < static_cast<std::size_t>(lines)) return {};
  double const em_mm = spans.front().style.size_mm;
  auto const breaks = best_breaks(possible, shaped.logical.width_mm(), lines, em_mm);
  if (breaks.empty()) return {};
  auto out = spans;
  // From the end, so that earlier bytes keep their places.
  for (auto it = breaks.rbegin(); it != breaks.rend(); ++it) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      auto const size = spans[i].text.size();
      // The space at the break may lie in the span before the one that begins the next line.
      auto const low = std::max(begin, it->end);
      auto const high = std::min(begin + size, it->next);
      if (low < high) out[i].text.erase(low - begin, high - low);
      if (it->end >= begin && it->end < begin + size) {
        auto const at = it->end - begin;
        out[i].text = out[i].text.substr(0, at) + '\n' + out[i].text.substr(at);
      }
      begin += size;
    }
  }
  return out;
}

}  // namespace hachure::layout
