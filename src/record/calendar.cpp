#include "record/calendar.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "record/qing_months.hpp"

namespace hachure::record {

namespace {

struct Era {
  std::u32string_view name;  ///< traditional
  std::u32string_view simplified;
  int first_year;  ///< Gregorian year of its first year
  int years;
};

constexpr std::array<Era, 10> eras{{{U"順治", U"顺治", 1644, 18},
                                    {U"康熙", U"康熙", 1662, 61},
                                    {U"雍正", U"雍正", 1723, 13},
                                    {U"乾隆", U"乾隆", 1736, 60},
                                    {U"嘉慶", U"嘉庆", 1796, 25},
                                    {U"道光", U"道光", 1821, 30},
                                    {U"咸豐", U"咸丰", 1851, 11},
                                    {U"同治", U"同治", 1862, 13},
                                    {U"光緒", U"光绪", 1875, 34},
                                    {U"宣統", U"宣统", 1909, 3}}};

constexpr std::u32string_view stems = U"甲乙丙丁戊己庚辛壬癸";
constexpr std::u32string_view branches = U"子丑寅卯辰巳午未申酉戌亥";
constexpr std::u32string_view digits = U"〇一二三四五六七八九";
constexpr std::string_view julian_prefix = "julian:";
constexpr std::int64_t day_seconds = 86'400;

/// Why a text is not a date; `hint` may be empty.
struct Refusal {
  std::string reason;
  std::string hint;
};

[[noreturn]] void refuse(std::string reason, std::string hint = {}) {
  throw Refusal{std::move(reason), std::move(hint)};
}

std::string utf8(std::u32string_view text) {
  return base::to_utf8(text);
}

/// Days since 1970-01-01; midnights are whole multiples of a day, so nothing is rounded.
std::int64_t day_number(std::int64_t year, int month, int day) {
  return Instant::from_civil(year, month, day).seconds / day_seconds;
}

// --- The Qing calendar ---------------------------------------------------------------------------

QingYear const& qing_year(int year) {
  return qing_years[static_cast<std::size_t>(year - qing_first_year)];
}

int month_count(QingYear const& year) {
  return year.leap_month == 0 ? 12 : 13;
}

int month_length(QingYear const& year, int index) {
  return (year.long_months >> index & 1) != 0 ? 30 : 29;
}

/// Position in its year of a month; a leap month comes after the month of its number.
int month_index(QingYear const& year, int month, bool leap) {
  bool const after_leap = year.leap_month != 0 && (month > year.leap_month || leap);
  return month - 1 + (after_leap ? 1 : 0);
}

std::int64_t first_day_of(int year, int index) {
  auto const& table = qing_year(year);
  auto day = day_number(year, table.first_month, table.first_day);
  for (int i = 0; i < index; ++i) day += month_length(table, i);
  return day;
}

Era const& era_of(ReignDate const& date) {
  return eras[static_cast<std::size_t>(date.era)];
}

int gregorian_year(ReignDate const& date) {
  return era_of(date).first_year + date.year - 1;
}

std::string sexagenary(std::int64_t index) {
  auto const i = static_cast<std::size_t>((index % 60 + 60) % 60);
  return utf8(std::u32string{stems[i % 10], branches[i % 12]});
}

/// 1644 is 甲申, the 21st name of the cycle.
std::int64_t cycle_of_year(int year) {
  return year - 4;
}

/// 1970-01-01 is 辛巳, the 18th name of the cycle (index 17).
std::int64_t cycle_of_day(std::int64_t day) {
  return day + 17;
}

// --- Reading reign dates -------------------------------------------------------------------------

/// Variant and simplified characters as the one form that the reader knows.
char32_t folded(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 20> variants{
      {{U'顺', U'順'}, {U'庆', U'慶'}, {U'丰', U'豐'}, {U'豊', U'豐'}, {U'绪', U'緒'},
       {U'緖', U'緒'}, {U'统', U'統'}, {U'闰', U'閏'}, {U'腊', U'臘'}, {U'蜡', U'臘'},
       {U'歲', U'年'}, {U'岁', U'年'}, {U'號', U'日'}, {U'号', U'日'}, {U'零', U'〇'},
       {U'○', U'〇'},  {U'念', U'廿'}, {U'卄', U'廿'}, {U'丗', U'卅'}, {U'両', U'二'}}};
  if (c >= 0xFF10 && c <= 0xFF19) return c - 0xFF10 + U'0';
  auto const found = std::ranges::find(variants, c, &std::pair<char32_t, char32_t>::first);
  return found == variants.end() ? c : found->second;
}

class ReignReader {
 public:
  explicit ReignReader(std::string_view text) {
    for (auto const c : base::to_utf32(text)) {
      if (c != U' ' && c != 0x3000 && c != U'\t' && c != 0xA0) text_.push_back(folded(c));
    }
    rest_ = text_;
  }

  ReignDate read() {
    for (std::u32string_view const dynasty : {U"大清", U"清朝", U"清代", U"清"}) {
      if (accept(dynasty)) break;
    }
    read_era();
    read_year();
    if (!rest_.empty()) read_month();
    if (!rest_.empty()) read_day();
    if (!rest_.empty()) refuse("unexpected \"" + utf8(rest_) + "\"");
    return date_;
  }

 private:
  bool accept(std::u32string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  /// A number of Chinese or ASCII digits, 1 to 99; nothing if none comes next.
  std::optional<int> take_number() {
    int value = 0;
    std::size_t taken = 0;
    while (taken < rest_.size() && rest_[taken] >= U'0' && rest_[taken] <= U'9' && taken < 3) {
      value = value * 10 + static_cast<int>(rest_[taken++] - U'0');
    }
    if (taken == 0) value = take_chinese(taken);
    if (taken == 0) return std::nullopt;
    rest_.remove_prefix(taken);
    return value;
  }

  /// 十三, 二十, 廿三, 卅, 五 and positional 二一; a 十 ends what stands before it.
  int take_chinese(std::size_t& taken) const {
    int tens = 0;
    int ones = 0;
    for (; taken < rest_.size(); ++taken) {
      auto const c = rest_[taken];
      if (c == U'十' && tens == 0) {
        tens = ones == 0 ? 1 : ones;
        ones = 0;
      } else if ((c == U'廿' || c == U'卅') && taken == 0) {
        tens = c == U'廿' ? 2 : 3;
      } else if (c == U'十' && taken == 1 && (rest_[0] == U'廿' || rest_[0] == U'卅')) {
        continue;
      } else if (auto const digit = digits.find(c); digit != std::u32string_view::npos) {
        if (ones != 0 && tens == 0) tens = std::exchange(ones, 0);
        if (ones != 0) break;
        ones = static_cast<int>(digit);
      } else {
        break;
      }
    }
    return tens * 10 + ones;
  }

  /// Index in the cycle of sixty of a name that comes next, or nothing.
  std::optional<int> take_sexagenary() {
    if (rest_.size() < 2) return std::nullopt;
    auto const stem = stems.find(rest_[0]);
    auto const branch = branches.find(rest_[1]);
    if (stem == std::u32string_view::npos || branch == std::u32string_view::npos) {
      return std::nullopt;
    }
    if (stem % 2 != branch % 2) {
      refuse("\"" + utf8(rest_.substr(0, 2)) + "\" is not in the cycle of sixty");
    }
    rest_.remove_prefix(2);
    int index = static_cast<int>(stem);
    while (index % 12 != static_cast<int>(branch)) index += 10;
    return index;
  }

  void read_era() {
    for (std::size_t i = 0; i < eras.size(); ++i) {
      if (!accept(eras[i].name)) continue;
      date_.era = static_cast<int>(i);
      return;
    }
    std::string names;
    for (auto const& era : eras) names += (names.empty() ? "" : " ") + utf8(era.name);
    refuse("it does not begin with an era of the Qing", "eras: " + names);
  }

  std::string era_name() const { return utf8(era_of(date_).name); }

  void read_year() {
    if (auto const cycle = take_sexagenary()) {
      accept(U"年");
      find_year(*cycle);
      return;
    }
    auto const number = accept(U"元") ? std::optional(1) : take_number();
    if (!number) refuse("no year after " + era_name());
    date_.year = *number;
    if (date_.year < 1 || date_.year > era_of(date_).years) {
      refuse("year " + std::to_string(date_.year),
             era_name() + " has " + std::to_string(era_of(date_).years) + " years");
    }
    if (!accept(U"年")) refuse("no 年 after the year");
    accept(U"年");  // 歲次 and 歲 before the name of the year are folded to 年
    accept(U"次");
    if (auto const cycle = take_sexagenary()) {
      accept(U"年");
      auto const actual = ganzhi_of_year(date_);
      if (sexagenary(*cycle) != actual) {
        refuse(era_name() + " " + std::to_string(date_.year) + " is not " + sexagenary(*cycle),
               "it is " + actual);
      }
    }
  }

  void find_year(int cycle) {
    std::string found;
    int count = 0;
    for (int year = 1; year <= era_of(date_).years; ++year) {
      auto candidate = date_;
      candidate.year = year;
      if (ganzhi_of_year(candidate) != sexagenary(cycle)) continue;
      found += (count == 0 ? "" : " or ") + print(candidate);
      if (++count == 1) date_.year = year;
    }
    if (count == 0) refuse(era_name() + " has no year " + sexagenary(cycle));
    if (count > 1) refuse(era_name() + " has two years " + sexagenary(cycle), "write " + found);
  }

  void read_month() {
    date_.leap = accept(U"閏");
    if (accept(U"正月") || accept(U"端月") || accept(U"元月")) {
      date_.month = 1;
    } else if (accept(U"冬月") || accept(U"仲冬月") || accept(U"子月")) {
      date_.month = 11;
    } else if (accept(U"臘月") || accept(U"丑月")) {
      date_.month = 12;
    } else {
      auto const number = take_number();
      if (!number) refuse("no month in \"" + utf8(rest_) + "\"");
      date_.month = *number;
      if (!accept(U"月")) refuse("no 月 after the month");
    }
    if (date_.month < 1 || date_.month > 12) refuse("month " + std::to_string(date_.month));
    auto const& year = qing_year(gregorian_year(date_));
    if (!date_.leap || year.leap_month == date_.month) return;
    auto of_year = date_;
    of_year.month = 0;
    of_year.leap = false;
    auto actual = date_;
    actual.month = year.leap_month;
    refuse("no leap month " + std::to_string(date_.month) + " in " + print(of_year),
           year.leap_month == 0 ? "the year has no leap month" : "write " + print(actual));
  }

  int length() const {
    auto const& year = qing_year(gregorian_year(date_));
    return month_length(year, month_index(year, date_.month, date_.leap));
  }

  void read_day() {
    auto const& year = qing_year(gregorian_year(date_));
    auto const first =
        first_day_of(gregorian_year(date_), month_index(year, date_.month, date_.leap));
    if (auto const cycle = take_sexagenary()) {
      for (int day = 1; day <= length(); ++day) {
        if ((cycle_of_day(first + day - 1) - *cycle) % 60 == 0) date_.day = day;
      }
      if (date_.day == 0) refuse("no day " + sexagenary(*cycle) + " in " + print(date_));
      accept(U"日");
      return;
    }
    if (accept(U"朔")) {
      date_.day = 1;
    } else if (accept(U"晦")) {
      date_.day = length();
    } else {
      accept(U"初");
      auto const number = take_number();
      if (!number) refuse("no day in \"" + utf8(rest_) + "\"");
      auto of_month = date_;
      if (*number < 1 || *number > length()) {
        refuse("day " + std::to_string(*number),
               print(of_month) + " has " + std::to_string(length()) + " days");
      }
      date_.day = *number;
    }
    accept(U"日");
    if (auto const cycle = take_sexagenary()) {
      accept(U"日");
      auto const actual = sexagenary(cycle_of_day(first + date_.day - 1));
      if (actual != sexagenary(*cycle)) {
        refuse(print(date_) + " is not " + sexagenary(*cycle), "it is " + actual);
      }
    }
  }

  std::u32string text_;
  std::u32string_view rest_;
  ReignDate date_;
};

[[noreturn]] void raise(std::string_view text, Refusal const& refusal) {
  auto shown = base::to_utf32(text.substr(0, 400));
  if (shown.size() > 80) shown.resize(80);
  throw base::Error(
      base::Fault::input, {}, "\"" + base::to_utf8(shown) + "\" is not a date: " + refusal.reason,
      refusal.hint.empty() ? "write 咸豐七年十一月十三日 or julian:1752-09-02" : refusal.hint);
}

std::u32string chinese_number(int value) {
  std::u32string text;
  if (value >= 20) text += digits[static_cast<std::size_t>(value / 10)];
  if (value >= 10) text += U'十';
  if (value % 10 != 0) text += digits[static_cast<std::size_t>(value % 10)];
  return text;
}

// --- The Julian calendar -------------------------------------------------------------------------

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

int julian_month_length(std::int64_t year, int month) {
  return month == 2 ? (year % 4 == 0 ? 29 : 28) : days_in_month(2001, month);
}

/// Days since 1970-01-01 (Gregorian) of a Julian day; the years begin in March to end with the leap
/// day. Julian 1 March of year 0 is 719,470 days before.
std::int64_t julian_day_number(std::int64_t year, int month, int day) {
  auto const y = year - (month <= 2 ? 1 : 0);
  auto const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return floor_div(y * 1461, 4) + day_of_year - 719'470;
}

/// `1752-09-02`, `1752-09` or `1752`, also negative years, as the extent of its days.
Bounds read_julian(std::string_view text) {
  bool const negative = text.starts_with('-');
  auto rest = text.substr(negative ? 1 : 0);
  std::array<int, 3> parts{0, 0, 0};
  std::size_t count = 0;
  for (std::size_t const width : {4, 2, 2}) {
    auto const part = rest.substr(0, width);
    bool const digits_only = part.size() == width &&
                             std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits_only) refuse("unexpected \"" + std::string(rest) + "\"", "write julian:1752-09-02");
    for (char const c : part) parts[count] = parts[count] * 10 + (c - '0');
    ++count;
    rest.remove_prefix(width);
    if (rest.empty()) break;
    if (rest.front() != '-' || count == 3) {
      refuse("unexpected \"" + std::string(rest) + "\"", "write julian:1752-09-02");
    }
    rest.remove_prefix(1);
  }
  auto const year = negative ? -parts[0] : parts[0];
  auto const first_month = count > 1 ? parts[1] : 1;
  auto const last_month = count > 1 ? parts[1] : 12;
  if (first_month < 1 || first_month > 12) refuse("month " + std::to_string(first_month));
  auto const length = julian_month_length(year, last_month);
  if (count == 3 && (parts[2] < 1 || parts[2] > length)) {
    refuse("day " + std::to_string(parts[2]),
           "the month has " + std::to_string(length) + " days in the Julian calendar");
  }
  auto const first = julian_day_number(year, first_month, count == 3 ? parts[2] : 1);
  auto const last = julian_day_number(year, last_month, count == 3 ? parts[2] : length);
  return {{first * day_seconds}, {(last + 1) * day_seconds - 1}};
}

// --- Everything ----------------------------------------------------------------------------------

bool is_chinese(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || c == U'〇';
}

/// One date of another calendar as EDTF text; a month or year as the interval of its days.
std::pair<std::string, std::string> ends_in_edtf(std::string_view text, bool julian) {
  std::string mark;
  if (!text.empty() && (text.back() == '?' || text.back() == '~' || text.back() == '%')) {
    mark = text.back();
    text.remove_suffix(1);
  }
  text = base::trim(text);
  auto const extent = julian ? read_julian(text) : extent_of(ReignReader(text).read());
  return {to_text(extent.earliest, false) + mark, to_text(extent.latest, false) + mark};
}

/// EDTF for a text in which at least one end is of another calendar. `julian:` in front of the
/// first end is meant for both.
std::string to_edtf_text(std::string_view text) {
  auto const slash = text.find('/');
  bool julian = false;
  auto const strip_prefix = [&julian](std::string_view part) {
    part = base::trim(part);
    if (!part.starts_with(julian_prefix)) return part;
    julian = true;
    return base::trim(part.substr(julian_prefix.size()));
  };
  if (slash == std::string_view::npos) {
    auto const part = strip_prefix(text);
    auto const [first, last] = ends_in_edtf(part, julian);
    return first == last ? first : first + "/" + last;
  }
  auto const end = [&](std::string_view whole, bool first) {
    auto const part = strip_prefix(whole);
    bool const chinese = is_other_calendar(part);
    if (part.empty() || part == ".." || (!julian && !chinese)) return std::string(part);
    auto const ends = ends_in_edtf(part, !chinese);
    return first ? ends.first : ends.second;
  };
  auto const first = end(text.substr(0, slash), true);
  return first + "/" + end(text.substr(slash + 1), false);
}

template <typename Print>
std::string span_text(Bounds const& bounds, Print const& print_day) {
  auto const first = bounds.earliest.is_finite() ? print_day(bounds.earliest) : std::string();
  auto const last = bounds.latest.is_finite() ? print_day(bounds.latest) : std::string();
  if (bounds.earliest.is_finite() && bounds.latest.is_finite() && first == last) return first;
  auto const open = [](Instant at, bool unknown) { return at.is_finite() || unknown ? "" : ".."; };
  return first + open(bounds.earliest, bounds.earliest_unknown) + "/" + last +
         open(bounds.latest, bounds.latest_unknown);
}

}  // namespace

ReignDate parse_reign(std::string_view text) {
  try {
    return ReignReader(text).read();
  } catch (Refusal const& refusal) {
    raise(text, refusal);
  }
}

Bounds extent_of(ReignDate const& date) {
  auto const year = gregorian_year(date);
  auto const& table = qing_year(year);
  auto const first_index = date.month == 0 ? 0 : month_index(table, date.month, date.leap);
  auto const last_index = date.month == 0 ? month_count(table) - 1 : first_index;
  auto const first = first_day_of(year, first_index) + (date.day == 0 ? 0 : date.day - 1);
  auto const last =
      date.day != 0 ? first : first_day_of(year, last_index) + month_length(table, last_index) - 1;
  return {{first * day_seconds}, {(last + 1) * day_seconds - 1}};
}

std::optional<ReignDate> to_reign(std::int64_t year, int month, int day) {
  constexpr int last_year = qing_first_year + static_cast<int>(qing_years.size()) - 1;
  if (year < qing_first_year || year > last_year + 1) return std::nullopt;
  auto const wanted = day_number(year, month, day);
  auto chinese_year = std::min(static_cast<int>(year), last_year);
  if (wanted < first_day_of(chinese_year, 0)) --chinese_year;
  if (chinese_year < qing_first_year) return std::nullopt;
  auto const& table = qing_year(chinese_year);
  auto rest = static_cast<int>(wanted - first_day_of(chinese_year, 0));
  int index = 0;
  while (index < month_count(table) && rest >= month_length(table, index)) {
    rest -= month_length(table, index++);
  }
  if (index == month_count(table)) return std::nullopt;
  ReignDate date;
  while (chinese_year >= era_of(date).first_year + era_of(date).years) ++date.era;
  date.year = chinese_year - era_of(date).first_year + 1;
  bool const past_leap = table.leap_month != 0 && index >= table.leap_month;
  date.leap = past_leap && index == table.leap_month;
  date.month = index + (past_leap ? 0 : 1);
  date.day = rest + 1;
  return date;
}

std::string print(ReignDate const& date, Script script) {
  bool const simplified = script == Script::simplified;
  std::u32string text(simplified ? era_of(date).simplified : era_of(date).name);
  text += date.year == 1 ? U"元" : chinese_number(date.year);
  text += U'年';
  if (date.month != 0) {
    if (date.leap) text += simplified ? U'闰' : U'閏';
    text += date.month == 1 ? U"正" : chinese_number(date.month);
    text += U'月';
  }
  if (date.day != 0) text += chinese_number(date.day) + U'日';
  return utf8(text);
}

std::string ganzhi_of_year(ReignDate const& date) {
  return sexagenary(cycle_of_year(gregorian_year(date)));
}

std::string ganzhi_of_day(std::int64_t year, int month, int day) {
  return sexagenary(cycle_of_day(day_number(year, month, day)));
}

Instant from_julian(std::int64_t year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > julian_month_length(year, month)) {
    throw base::Error(base::Fault::input, {}, "no such day in the Julian calendar");
  }
  return {julian_day_number(year, month, day) * day_seconds};
}

Civil to_julian(Instant at) {
  auto civil = to_civil(at);
  auto const days = floor_div(at.seconds, day_seconds) + 719'470;
  auto const cycle = floor_div(days, 1461);
  auto const day_of_cycle = static_cast<int>(days - cycle * 1461);
  auto const year_of_cycle = std::min(day_of_cycle / 365, 3);
  auto const day_of_year = day_of_cycle - year_of_cycle * 365;
  auto const shifted_month = (5 * day_of_year + 2) / 153;
  civil.month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  civil.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  civil.year = cycle * 4 + year_of_cycle + (civil.month <= 2 ? 1 : 0);
  return civil;
}

bool is_other_calendar(std::string_view text) {
  if (text.find(julian_prefix) != std::string_view::npos) return true;
  // Chinese dates of the common calendar (1857年12月28日) are slips in EDTF, not reign dates.
  auto const wide = base::to_utf32(text);
  auto const first =
      std::ranges::find_if(wide, [](char32_t c) { return c != U' ' && c != 0x3000; });
  if (first == wide.end()) return false;
  auto const slash = std::ranges::find(wide, U'/');
  auto const after = slash == wide.end() ? wide.end() : slash + 1;
  return is_chinese(*first) || (after != wide.end() && is_chinese(*after));
}

Edtf parse_any(std::string_view text) {
  if (!is_other_calendar(text)) return parse_edtf(text);
  try {
    auto const edtf = to_edtf_text(text);
    try {
      return parse_edtf(edtf);
    } catch (base::Error const& error) {
      auto const& message = error.message();
      auto const reason = message.rfind(" is not a date: ");
      refuse(reason == std::string::npos ? message : message.substr(reason + 16), error.hint());
    }
  } catch (Refusal const& refusal) {
    raise(text, refusal);
  }
}

DateReport describe_any(std::string_view text) {
  DateReport report;
  try {
    report = describe(print(parse_any(text)));
  } catch (base::Error const& error) {
    report.error = error.message();
    report.hint = error.hint();
  }
  report.input = text;
  return report;
}

CalendarTexts calendar_texts(Edtf const& date, Script script) {
  auto const bounds = outer(date);
  CalendarTexts texts;
  texts.gregorian = span_text(bounds, [](Instant at) { return to_text(at, false); });
  texts.julian = span_text(bounds, [](Instant at) { return to_text(to_julian(at), false); });
  bool inside = true;
  auto const chinese = span_text(bounds, [&inside, script](Instant at) {
    auto const civil = to_civil(at);
    auto const reign = to_reign(civil.year, civil.month, civil.day);
    inside &= reign.has_value();
    return reign ? print(*reign, script) : std::string();
  });
  if (inside && (bounds.earliest.is_finite() || bounds.latest.is_finite())) texts.chinese = chinese;
  return texts;
}

}  // namespace hachure::record
