// The short form of dates, for labels, flags and keys. English and Chinese have house forms that
// are shorter than CLDR's (June and July whole, no spaces about the dash, 至 only for open ends);
// other languages are ICU's.
#include <array>

#include "base/message.hpp"
#include "record/date_format.hpp"

namespace hachure::record {

namespace {

using Precision = EdtfDate::Precision;

constexpr std::array<std::string_view, 12> months_en{"Jan",  "Feb", "Mar",  "Apr", "May", "June",
                                                     "July", "Aug", "Sept", "Oct", "Nov", "Dec"};

/// One end of what is written.
struct Part {
  Civil civil;
  Instant at;
  Precision precision;

  bool has_month() const { return precision >= Precision::month; }
  bool has_day() const { return precision >= Precision::day; }
  bool has_time() const { return precision >= Precision::minute; }
};

/// Which fields of a Part are written; of those that it has.
struct Fields {
  bool year = true;
  bool month = true;
  bool day = true;
};

/// Words about a date; `@` is the date. Before a day some languages put an article.
struct Words {
  std::string_view language, about, uncertain, until_day, until, from_day, from, time;
};

constexpr std::array words_of_languages = {
    Words{"en", "c. @", "@?", "until @", "until @", "@ on", "@ on", ", "},
    Words{"fr", "v. @", "@ ?", "jusqu’au @", "jusqu’en @", "dès le @", "dès @", ", "},
    Words{"de", "ca. @", "@ (?)", "bis @", "bis @", "ab @", "ab @", ", "},
    Words{"zh-Hant", "約@", "@?", "至@", "至@", "@起", "@起", " "},
    Words{"zh-Hans", "约@", "@?", "至@", "至@", "@起", "@起", " "},
    Words{"", "@~", "@?", "../@", "../@", "@/..", "@/..", " "},
};

Words const& words_of(std::string const& language) {
  for (auto const& words : words_of_languages) {
    if (words.language == language) return words;
  }
  return words_of_languages.back();
}

std::string about(std::string_view pattern, std::string_view date) {
  std::string text(pattern);
  text.replace(text.find('@'), 1, date);
  return text;
}

/// Precision of what is known: `1857-12-XX` is a month.
Precision known_precision(EdtfDate const& date) {
  auto const is_unknown = [](std::string const& digits) { return digits.find('X') != digits.npos; };
  if (date.precision <= Precision::season) return date.precision;
  if (is_unknown(date.year) || is_unknown(date.month)) return Precision::year;
  return date.precision >= Precision::day && is_unknown(date.day) ? Precision::month
                                                                  : date.precision;
}

Part part_of(EdtfEnd const& end, Instant at) {
  return {to_civil(at), at, known_precision(end.date)};
}

std::string chinese(Part const& p, Fields fields) {
  std::string text;
  if (fields.year) text += std::to_string(p.civil.year) + "年";
  if (fields.month && p.has_month()) text += std::to_string(p.civil.month) + "月";
  if (fields.day && p.has_day()) text += std::to_string(p.civil.day) + "日";
  return text;
}

std::string english(Part const& p, Fields fields) {
  std::string text;
  if (fields.day && p.has_day()) text += std::to_string(p.civil.day);
  if (fields.month && p.has_month()) {
    text += (text.empty() ? "" : " ") +
            std::string(months_en[static_cast<std::size_t>(p.civil.month - 1)]);
  }
  if (fields.year) text += (text.empty() ? "" : " ") + std::to_string(p.civil.year);
  return text;
}

/// The finest unit that a short date writes before its time.
Precision date_precision(Part const& p) {
  if (p.has_day()) return Precision::day;
  return p.has_month() ? Precision::month : Precision::year;
}

/// Writes dates of one language.
class Writer {
 public:
  explicit Writer(std::string_view tag) : tag_(tag), language_(base::language_of(tag)) {}

  bool is_chinese() const { return language_.starts_with("zh"); }
  bool is_english() const { return language_ == "en"; }
  Words const& words() const { return words_of(language_); }

  std::string one(Part const& p, bool year) const {
    if (is_chinese()) return chinese(p, {year, true, true});
    if (is_english()) return english(p, {year, true, true});
    return format_instant(p.at, {date_precision(p), true, year}, tag_);
  }

  std::string span(Part const& from, Part const& to, bool year) const {
    bool const same_year = from.civil.year == to.civil.year;
    bool const coarse = !from.has_month() || !to.has_month();
    if (coarse && same_year) return one(from, true);
    if (!is_chinese() && !is_english()) return foreign_span(from, to, year || !same_year || coarse);
    if (coarse || !same_year) return one(from, true) + "–" + one(to, true);
    bool const same_month = from.civil.month == to.civil.month && from.has_day() && to.has_day();
    if (is_chinese()) {
      auto const first = chinese(from, {year, true, !same_month});
      return same_month ? first + std::to_string(from.civil.day) + "–" +
                              std::to_string(to.civil.day) + "日"
                        : first + "–" + chinese(to, {false, true, true});
    }
    auto const first =
        same_month ? std::to_string(from.civil.day) : english(from, {false, true, true});
    return first + "–" + english(to, {year, true, true});
  }

 private:
  /// ICU joins ends of one precision; others are written out.
  std::string foreign_span(Part const& from, Part const& to, bool year) const {
    if (date_precision(from) == date_precision(to)) {
      return format_range(from.at, to.at, {date_precision(from), true, year}, tag_);
    }
    return one(from, year) + " – " + one(to, year);
  }

  std::string_view tag_;
  std::string language_;
};

bool is_same_day(Civil const& a, Civil const& b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string format_date_short(Edtf const& date, std::string_view tag, bool with_year) {
  auto const bounds = outer(date);
  // An open end is described by the other one.
  bool const has_start = bounds.earliest.is_finite();
  bool const has_end = bounds.latest.is_finite();
  if (!has_start && !has_end) return "?";
  auto const& first = date.members().front().first;
  auto const& last = date.members().back().last;
  auto const from = has_start ? part_of(first, bounds.earliest) : part_of(last, bounds.latest);
  auto const to = has_end ? part_of(last, bounds.latest) : part_of(first, bounds.earliest);
  bool const same_day = is_same_day(from.civil, to.civil);
  // `185X` spans years although it is written as one date.
  bool const is_span = (date.kind() != Edtf::Kind::date || from.civil.year != to.civil.year) &&
                       !same_day && has_start && has_end;
  Writer const writer(tag);
  auto const& words = writer.words();
  // A plain date, or an interval within a day: the day once. A year alone is never left out.
  bool const coarse = from.precision <= Precision::season;
  auto text = is_span ? writer.span(from, to, with_year) : writer.one(from, with_year || coarse);
  if (same_day && from.has_time()) {
    text +=
        std::string(words.time) + two_digits(from.civil.hour) + ":" + two_digits(from.civil.minute);
  }
  if (date.is_open_start()) text = about(from.has_day() ? words.until_day : words.until, text);
  if (date.is_open_end()) text = about(from.has_day() ? words.from_day : words.from, text);
  if (date.is_approximate()) text = about(words.about, text);
  if (date.is_uncertain()) text = about(words.uncertain, text);
  return text;
}

}  // namespace hachure::record
