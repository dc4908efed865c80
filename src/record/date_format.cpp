#include "record/date_format.hpp"

#include <unicode/calendar.h>
#include <unicode/dtitvfmt.h>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/listformatter.h>
#include <unicode/smpdtfmt.h>

#include <array>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace hachure::record {

namespace {

using Precision = EdtfDate::Precision;

/// A phrase around a date, `@`; of a day where the language then takes an article or a case.
struct Phrase {
  std::string_view of_any;
  std::string_view of_day;
};

struct Words {
  std::string_view tag;
  Phrase about;
  Phrase doubtful;
  Phrase both;
  Phrase from;
  Phrase until;
  std::string_view decade;                  ///< `@` is its first year
  std::string_view century;                 ///< `@` is its ordinal number
  std::array<std::string_view, 4> seasons;  ///< spring first; `@` is the year
};

constexpr std::array<Words, 6> languages{{
    {"en",
     {"c. @", "c. @"},
     {"@?", "@?"},
     {"c. @?", "c. @?"},
     {"from @", "from @"},
     {"until @", "until @"},
     "@s",
     "@ century",
     {"spring @", "summer @", "autumn @", "winter @"}},
    {"fr",
     {"vers @", "vers le @"},
     {"@ ?", "@ ?"},
     {"vers @ ?", "vers le @ ?"},
     {"à partir de @", "à partir du @"},
     {"jusqu’à @", "jusqu’au @"},
     "années @",
     "@ siècle",
     {"printemps @", "été @", "automne @", "hiver @"}},
    {"de",
     {"um @", "um den @"},
     {"@ (?)", "@ (?)"},
     {"um @ (?)", "um den @ (?)"},
     {"ab @", "ab dem @"},
     {"bis @", "bis zum @"},
     "@er Jahre",
     "@ Jahrhundert",
     {"Frühjahr @", "Sommer @", "Herbst @", "Winter @"}},
    {"zh-Hant",
     {"約@", "約@"},
     {"@（?）", "@（?）"},
     {"約@（?）", "約@（?）"},
     {"@起", "@起"},
     {"至@", "至@"},
     "@年代",
     "@世紀",
     {"@春", "@夏", "@秋", "@冬"}},
    {"zh-Hans",
     {"约@", "约@"},
     {"@（?）", "@（?）"},
     {"约@（?）", "约@（?）"},
     {"@起", "@起"},
     {"至@", "至@"},
     "@年代",
     "@世纪",
     {"@春", "@夏", "@秋", "@冬"}},
    {"",
     {"@~", "@~"},
     {"@?", "@?"},
     {"@%", "@%"},
     {"@/..", "@/.."},
     {"../@", "../@"},
     "@s",
     "@. c.",
     {"@-21", "@-22", "@-23", "@-24"}},
}};

std::string filled(std::string_view pattern, std::string_view date) {
  std::string text(pattern);
  text.replace(text.find('@'), 1, date);
  return text;
}

std::string language_of(std::string_view tag) {
  auto const lower = base::to_lower(tag.substr(0, tag.find('-')));
  if (lower != "zh") return lower;
  auto const rest = base::to_lower(tag);
  bool const simplified =
      rest.find("hans") != std::string::npos || rest.ends_with("-cn") || rest.ends_with("-sg");
  bool const traditional = rest.find("hant") != std::string::npos || rest.ends_with("-tw") ||
                           rest.ends_with("-hk") || rest.ends_with("-mo");
  return simplified || !traditional ? "zh-Hans" : "zh-Hant";
}

Words const& words_of(std::string_view tag) {
  auto const language = language_of(tag);
  for (auto const& words : languages) {
    if (words.tag == language) return words;
  }
  return languages.back();
}

void check(UErrorCode status, std::string const& what) {
  if (U_SUCCESS(status)) return;
  throw base::Error(base::Fault::environment, {}, "ICU cannot " + what + ": " + u_errorName(status),
                    "install the data of ICU");
}

icu::Locale locale_of(std::string_view tag) {
  // CLDR's bare `en` is American; books on wars that crossed oceans write the day first.
  if (tag == "en") return icu::Locale("en", "GB");
  UErrorCode status = U_ZERO_ERROR;
  auto locale =
      icu::Locale::forLanguageTag({tag.data(), static_cast<std::int32_t>(tag.size())}, status);
  return U_FAILURE(status) || locale.isBogus() ? icu::Locale::getRoot() : locale;
}

/// A Gregorian calendar without zone that never turns Julian.
std::unique_ptr<icu::Calendar> calendar_of(icu::Locale const& locale) {
  UErrorCode status = U_ZERO_ERROR;
  auto calendar = std::make_unique<icu::GregorianCalendar>(icu::TimeZone::createTimeZone("GMT"),
                                                           locale, status);
  check(status, "make a calendar");
  calendar->setGregorianChange(-8.64e15, status);
  check(status, "make a calendar");
  return calendar;
}

/// What formats are cached by: a skeleton of ICU.
std::string skeleton_of(DateForm const& form, bool with_era) {
  auto const precision = form.precision;
  char const* const month = form.short_month ? "MMM" : "MMMM";
  if (form.only_last && precision == Precision::month) return form.short_month ? "LLL" : "LLLL";
  if (form.only_last && precision == Precision::day) return "d";
  std::string text;
  if (form.with_year || precision <= Precision::year) text += with_era ? "Gy" : "y";
  if (precision >= Precision::month) text += month;
  if (precision >= Precision::day) text += "d";
  if (precision >= Precision::minute) text += "Hm";
  if (precision == Precision::second) text += "s";
  return text;
}

double milliseconds(Instant at) {
  return static_cast<double>(at.seconds) * 1000.0;
}

/// The text with plain spaces for CLDR's thin and narrow ones, which many map fonts lack.
std::string utf8(icu::UnicodeString text) {
  text.findAndReplace(icu::UnicodeString(u'\u2009'), icu::UnicodeString(u' '));
  text.findAndReplace(icu::UnicodeString(u'\u202F'), icu::UnicodeString(u'\u00A0'));
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool has_era(Instant at) {
  return to_civil(at).year < 1;
}

/// A year alone as digits: CLDR appends 年 in Chinese, which words such as 年代 do not want.
std::string plain_year(std::int64_t year) {
  return std::to_string(year < 0 ? -year : year);
}

std::string roman(int value) {
  constexpr std::array<std::pair<int, std::string_view>, 9> signs{{{100, "C"},
                                                                   {90, "XC"},
                                                                   {50, "L"},
                                                                   {40, "XL"},
                                                                   {10, "X"},
                                                                   {9, "IX"},
                                                                   {5, "V"},
                                                                   {4, "IV"},
                                                                   {1, "I"}}};
  std::string text;
  for (auto const& [worth, sign] : signs) {
    while (value >= worth) {
      text += sign;
      value -= worth;
    }
  }
  return text;
}

/// `19th`, `XIXe`, `19.`, `19`.
std::string ordinal(int value, std::string_view language) {
  if (language == "fr") return value == 1 ? "Ier" : roman(value) + "e";
  auto const digits = std::to_string(value);
  if (language == "de") return digits + ".";
  if (language != "en") return digits;
  bool const teen = value % 100 / 10 == 1;
  return digits + (teen              ? "th"
                   : value % 10 == 1 ? "st"
                   : value % 10 == 2 ? "nd"
                   : value % 10 == 3 ? "rd"
                                     : "th");
}

/// The digits that a year's X leave: 3 for 185X and the decade 185, 2 for 18XX and the century 18.
std::size_t known_digits(EdtfDate const& date) {
  return std::min(date.year.find('X'), date.year.size());
}

bool is_round_period(EdtfDate const& date) {
  auto const known = known_digits(date);
  bool const only_x = date.year.find_first_not_of('X', known) == std::string::npos;
  bool const of_years = date.precision <= Precision::year && !date.negative && !date.long_year;
  return of_years && only_x && (known == 2 || known == 3);
}

std::string period_text(EdtfDate const& date, std::string_view tag) {
  auto const& words = words_of(tag);
  auto const known = known_digits(date);
  int value = 0;
  for (char const c : date.year.substr(0, known)) value = value * 10 + (c - '0');
  if (known == 3) return filled(words.decade, std::to_string(value * 10));
  return filled(words.century, ordinal(value + 1, language_of(tag)));
}

bool has_x(EdtfDate const& date) {
  return (date.year + date.month + date.day).find('X') != std::string::npos;
}

/// The date without its unknown day or month, when only they are unknown: 1857-12-XX is December.
EdtfDate without_unknown_end(EdtfDate date) {
  if (date.day == "XX") {
    date.day.clear();
    date.precision = Precision::month;
  }
  if (date.day.empty() && date.month == "XX") {
    date.month.clear();
    date.precision = Precision::year;
  }
  return date;
}

Edtf single(EdtfDate const& date) {
  EdtfEnd const end{EdtfEnd::Kind::date, date};
  return Edtf(Edtf::Kind::date, {{end, end, false}}, 0);
}

std::string season_text(EdtfDate const& date, std::string_view tag) {
  auto const& words = words_of(tag);
  auto const number = (date.month[0] - '0') * 10 + (date.month[1] - '0');
  auto const bounds = outer(single(date));
  if (number > 32) return format_range(bounds.earliest, bounds.latest, Precision::month, tag);
  auto const year = to_civil(bounds.earliest).year;
  bool const chinese = words.tag.starts_with("zh");
  auto text = plain_year(year) + (chinese ? "年" : "");
  // A winter belongs to two years: 1857/58, as far as the century is the same.
  if (to_civil(bounds.latest).year != year && !chinese && year > 0) {
    auto const next = std::to_string(year + 1);
    text += "/" + (year % 100 == 99 || next.size() < 2 ? next : next.substr(next.size() - 2));
  }
  return filled(words.seasons[static_cast<std::size_t>((number - 21) % 4)], text);
}

std::string_view of(Phrase const& phrase, Precision precision) {
  return precision >= Precision::day ? phrase.of_day : phrase.of_any;
}

/// The marks of a whole date; words do not tell which component is in doubt.
Qualification doubt_of(EdtfDate const& date) {
  Qualification doubt{false, date.significant_digits != 0};
  for (auto const& part : date.qualification) {
    doubt.uncertain |= part.uncertain;
    doubt.approximate |= part.approximate;
  }
  return doubt;
}

std::string with_doubt(std::string const& text, Qualification const& doubt, Precision precision,
                       std::string_view tag) {
  auto const& words = words_of(tag);
  if (!doubt.any()) return text;
  auto const& phrase = doubt.uncertain && doubt.approximate ? words.both
                       : doubt.uncertain                    ? words.doubtful
                                                            : words.about;
  return filled(of(phrase, precision), text);
}

std::string one_date(EdtfDate const& written, std::string_view tag) {
  auto const date = without_unknown_end(written);
  auto doubt = doubt_of(date);
  auto const precision = date.precision;
  if (is_round_period(date)) return with_doubt(period_text(date, tag), doubt, precision, tag);
  auto const bounds = outer(single(date));
  if (!bounds.earliest.is_finite()) return print(single(date));
  if (precision == Precision::season && !has_x(date)) {
    return with_doubt(season_text(date, tag), doubt, precision, tag);
  }
  if (has_x(date) || precision < Precision::year || precision == Precision::season) {
    doubt.approximate = true;
    auto const shown = precision == Precision::day ? Precision::day : Precision::year;
    return with_doubt(format_range(bounds.earliest, bounds.latest, shown, tag), doubt, shown, tag);
  }
  return with_doubt(format_instant(bounds.earliest, precision, tag), doubt, precision, tag);
}

bool is_plain(EdtfEnd const& end) {
  return end.kind == EdtfEnd::Kind::date && !has_x(end.date) && !doubt_of(end.date).any() &&
         end.date.precision >= Precision::year && end.date.precision != Precision::season &&
         !end.date.long_year;
}

std::string range_text(EdtfMember const& member, std::string_view tag) {
  using Kind = EdtfEnd::Kind;
  auto const& words = words_of(tag);
  auto const& first = member.first;
  auto const& last = member.last;
  if (is_plain(first) && is_plain(last) && first.date.precision == last.date.precision) {
    return format_range(outer(single(first.date)).earliest, outer(single(last.date)).earliest,
                        first.date.precision, tag);
  }
  if (first.kind == Kind::date && last.kind == Kind::open) {
    return filled(of(words.from, first.date.precision), one_date(first.date, tag));
  }
  if (first.kind == Kind::open && last.kind == Kind::date) {
    return filled(of(words.until, last.date.precision), one_date(last.date, tag));
  }
  auto const end_text = [tag](EdtfEnd const& end) {
    if (end.kind == Kind::date) return one_date(end.date, tag);
    return std::string(end.kind == Kind::open ? "…" : "?");
  };
  return end_text(first) + " – " + end_text(last);
}

std::string joined(std::vector<std::string> const& texts, bool any_of, std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::ListFormatter> const lists(icu::ListFormatter::createInstance(
      locale_of(tag), any_of ? ULISTFMT_TYPE_OR : ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, status));
  check(status, "join a list");
  std::vector<icu::UnicodeString> items;
  for (auto const& text : texts) items.push_back(icu::UnicodeString::fromUTF8(text));
  icu::UnicodeString out;
  lists->format(items.data(), static_cast<std::int32_t>(items.size()), out, status);
  check(status, "join a list");
  return utf8(out);
}

/// Formats of one tag and skeleton. Making one takes ICU milliseconds, and a run of frames asks for
/// the same few thousands of times; they keep state while they format, so each thread has its own.
struct Formats {
  std::unique_ptr<icu::Calendar> from;
  std::unique_ptr<icu::Calendar> to;
  std::unique_ptr<icu::SimpleDateFormat> instant;
  std::unique_ptr<icu::DateIntervalFormat> range;
};

Formats make_formats(std::string const& tag, std::string const& fields) {
  auto const skeleton = icu::UnicodeString::fromUTF8(fields);
  auto const locale = locale_of(tag);
  UErrorCode status = U_ZERO_ERROR;
  Formats formats{calendar_of(locale), calendar_of(locale), nullptr, nullptr};
  std::unique_ptr<icu::DateTimePatternGenerator> const patterns(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  check(status, "find date patterns");
  auto const pattern = patterns->getBestPattern(skeleton, status);
  formats.instant = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
  formats.range.reset(icu::DateIntervalFormat::createInstance(skeleton, locale, status));
  check(status, "make a date format");
  formats.instant->adoptCalendar(calendar_of(locale).release());
  return formats;
}

Formats& formats_for(std::string_view tag, std::string const& skeleton) {
  thread_local std::map<std::pair<std::string, std::string>, Formats> cache;
  std::pair<std::string, std::string> const key(tag, skeleton);
  auto found = cache.find(key);
  if (found == cache.end()) {
    found = cache.emplace(key, make_formats(std::string(tag), skeleton)).first;
  }
  return found->second;
}

std::string formatted(Instant at, std::string_view tag, std::string const& skeleton) {
  icu::UnicodeString out;
  formats_for(tag, skeleton).instant->format(milliseconds(at), out);
  auto text = utf8(out);
  // CLDR cuts two months of four letters; English printers do not.
  if (language_of(tag) == "en" && skeleton.find("MMMM") == std::string::npos) {
    for (std::string_view const month : {"Jun", "Jul"}) {
      auto const at_month = text.find(month);
      if (at_month != std::string::npos) text.insert(at_month + 3, month == "Jun" ? "e" : "y");
    }
  }
  return text;
}

}  // namespace

std::string format_instant(Instant at, DateForm const& form, std::string_view tag) {
  return formatted(at, tag, skeleton_of(form, has_era(at)));
}

std::string format_time(Instant at, std::string_view tag) {
  return formatted(at, tag, "Hm");
}

std::string format_weekday(Instant at, std::string_view tag) {
  return formatted(at, tag, "EEEE");
}

std::string format_range(Instant first, Instant last, DateForm const& form, std::string_view tag) {
  // CLDR 42 writes ranges of years in Chinese with one 年 or none.
  auto const precision = form.precision;
  if (precision == Precision::year && language_of(tag).starts_with("zh")) {
    auto const from = format_instant(first, precision, tag);
    auto const to = format_instant(last, precision, tag);
    return from == to ? from : from + "至" + to;
  }
  auto& formats = formats_for(tag, skeleton_of(form, has_era(first) || has_era(last)));
  UErrorCode status = U_ZERO_ERROR;
  formats.from->setTime(milliseconds(first), status);
  formats.to->setTime(milliseconds(last), status);
  icu::UnicodeString out;
  icu::FieldPosition position;
  formats.range->format(*formats.from, *formats.to, out, position, status);
  check(status, "format a range of dates");
  return utf8(out);
}

std::string format_date(Edtf const& date, std::string_view tag) {
  auto const& members = date.members();
  if (date.kind() == Edtf::Kind::date) return one_date(members.front().first.date, tag);
  if (date.kind() == Edtf::Kind::interval) return range_text(members.front(), tag);
  std::vector<std::string> texts;
  for (auto const& member : members) {
    texts.push_back(member.is_range ? range_text(member, tag) : one_date(member.first.date, tag));
  }
  return joined(texts, date.kind() == Edtf::Kind::one_of, tag);
}

}  // namespace hachure::record
