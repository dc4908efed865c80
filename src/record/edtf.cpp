#include "record/edtf.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "record/edtf_slips.hpp"

namespace hachure::record {

namespace {

using Precision = EdtfDate::Precision;

/// A year list of some hundred entries is the longest date anyone has; more is not a date.
constexpr std::size_t max_text_bytes = 4096;
constexpr std::int64_t no_scale_year = 1'000'000'000'000;  ///< saturates Instant::from_civil

/// Why a text is not a date; `hint` may be empty.
struct Fault {
  std::string reason;
  std::string hint;
};

std::string quoted(std::string_view text) {
  auto shown = base::to_utf32(text.substr(0, 400));
  if (shown.size() > 80) {
    shown.resize(80);
    shown += U'…';
  }
  std::ranges::replace_if(
      shown, [](char32_t c) { return c < 0x20 || c == 0x7f; }, U'\uFFFD');
  return "\"" + base::to_utf8(shown) + "\"";
}

[[noreturn]] void fail(std::string reason, std::string hint = {}) {
  throw Fault{std::move(reason), std::move(hint)};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_pattern(std::string_view text) {
  return text.find('X') != std::string_view::npos;
}

int number(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

std::string two_digits(int value) {
  return std::string(value < 10 ? "0" : "") + std::to_string(value);
}

/// Whether `value` written with the pattern's width has the pattern's digits.
bool matches(std::string_view pattern, std::int64_t value) {
  for (auto i = pattern.size(); i-- > 0; value /= 10) {
    if (pattern[i] != 'X' && pattern[i] - '0' != value % 10) return false;
  }
  return value == 0;
}

// --- Reading -------------------------------------------------------------------------------------

/// Reads one text from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool accept(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool accept(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  /// The digits, and X if wanted, that come next.
  std::string_view take_digits(bool with_x) {
    std::size_t count = 0;
    while (count < rest_.size() && (is_digit(rest_[count]) || (with_x && rest_[count] == 'X'))) {
      ++count;
    }
    auto const digits = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return digits;
  }
  Qualification take_qualifier() {
    auto const is_mark = [](char c) { return c == '?' || c == '~' || c == '%'; };
    if (!is_mark(peek())) return {};
    char const mark = rest_.front();
    rest_.remove_prefix(1);
    if (is_mark(peek())) fail("two qualifiers in a row", "% is ? and ~ at once");
    return {mark != '~', mark != '?'};
  }
  [[noreturn]] void fail_here() const {
    if (rest_.empty()) fail("it ends too early");
    fail("unexpected " + quoted(rest_));
  }

 private:
  std::string_view rest_;
};

void qualify(Qualification& part, Qualification const& mark) {
  part.uncertain |= mark.uncertain;
  part.approximate |= mark.approximate;
}

/// Reads single dates and remembers what the canonical form cannot tell.
class DateReader {
 public:
  explicit DateReader(Reader& in) : in_(in) {}

  EdtfDate read() {
    read_prefix(0);
    if (in_.peek() == 'Y') {
      read_long_year();
      read_suffix(0);
      return std::move(date_);
    }
    read_year();
    read_suffix(0);
    if (date_.precision != Precision::year || date_.significant_digits != 0) return done();
    if (!in_.accept('-')) return done();
    read_month();
    if (date_.precision == Precision::season || !in_.accept('-')) return done();
    read_day();
    if (in_.accept('T')) {
      if (suffix_.any()) fail("a qualifier before the time", "write it at the end");
      read_time();
    }
    return done();
  }
  bool had_prefix() const { return had_prefix_; }

 private:
  EdtfDate done() { return std::move(date_); }

  void read_prefix(std::size_t part) {
    prefix_ = in_.take_qualifier();
    had_prefix_ |= prefix_.any();
    qualify(date_.qualification[part], prefix_);
  }
  /// A suffix holds for its component and all before it.
  void read_suffix(std::size_t part) {
    auto const mark = in_.take_qualifier();
    if ((mark.uncertain && prefix_.uncertain) || (mark.approximate && prefix_.approximate)) {
      fail("the same qualifier before and after", "write one of them");
    }
    prefix_ = {};
    suffix_ = mark;
    for (std::size_t i = 0; i <= part; ++i) qualify(date_.qualification[i], mark);
  }

  void read_long_year() {
    if (had_prefix_) fail("a qualifier before Y", "write it after the year: Y170000002~");
    in_.accept('Y');
    date_.long_year = true;
    date_.negative = in_.accept('-');
    date_.year = in_.take_digits(false);
    if (date_.year.empty()) in_.fail_here();
    if (date_.year.front() == '0') fail("a year after Y begins with a zero");
    if (in_.accept('E')) {
      auto const exponent = in_.take_digits(false);
      if (exponent.empty()) in_.fail_here();
      if (exponent.size() > 3) fail("exponent " + std::string(exponent));
      date_.exponent = number(exponent);
    } else if (date_.year.size() < 5) {
      fail("Y is for years of more than four digits",
           "write " + std::string(date_.negative ? "-" : "") +
               std::string(4 - date_.year.size(), '0') + date_.year);
    }
    read_significant_digits(date_.year.size() +
                            static_cast<std::size_t>(date_.exponent.value_or(0)));
  }

  void read_significant_digits(std::size_t most) {
    if (!in_.accept('S')) return;
    auto const count = in_.take_digits(false);
    if (count.empty()) in_.fail_here();
    if (count.front() == '0' || count.size() > 4 ||
        static_cast<std::size_t>(number(count)) > most) {
      fail(std::string(count) + " significant digits");
    }
    date_.significant_digits = number(count);
  }

  void read_year() {
    date_.negative = in_.accept('-');
    date_.year = in_.take_digits(true);
    auto const size = date_.year.size();
    auto const sign = std::string(date_.negative ? "-" : "");
    if (size == 0) {
      if (in_.done()) in_.fail_here();
      fail("it does not begin with a year");
    }
    if (size == 1) fail("a year of one digit", "write 000" + date_.year);
    if (size > 4) {
      fail("a year of " + std::to_string(size) + " digits",
           date_.year.front() == '0' || is_pattern(date_.year)
               ? ""
               : "write Y" + sign + date_.year + " for a year that long");
    }
    if (size < 4 && is_pattern(date_.year)) {
      fail("a year of " + std::to_string(size) + " digits",
           "write " + sign + date_.year + std::string(4 - size, 'X'));
    }
    if (date_.negative && date_.year.find_first_not_of('0') == std::string::npos) {
      fail("there is no year " + sign + date_.year, "year 0 (1 BC) is 0000");
    }
    date_.precision = size == 4   ? Precision::year
                      : size == 3 ? Precision::decade
                                  : Precision::century;
    if (size == 4 && !is_pattern(date_.year)) read_significant_digits(4);
  }

  std::string read_two_digits(std::string const& name) {
    std::string digits(in_.take_digits(true));
    if (digits.empty()) in_.fail_here();
    if (digits.size() == 2) return digits;
    fail(name + " " + digits, digits.size() == 1 ? "write two digits: 0" + digits : "");
  }

  void read_month() {
    read_prefix(1);
    date_.month = read_two_digits("month");
    auto const value = is_pattern(date_.month) ? 0 : number(date_.month);
    bool const is_season = value >= 21 && value <= 41;
    bool exists = is_season;
    for (int month = 1; month <= 12; ++month) exists |= matches(date_.month, month);
    if (!exists) fail("month " + date_.month);
    date_.precision = is_season ? Precision::season : Precision::month;
    read_suffix(1);
    if (is_season && in_.peek() == '-') fail("a season has no days");
  }

  void read_day() {
    read_prefix(2);
    date_.day = read_two_digits("day");
    bool exists = false;
    for (int day = 1; day <= 31; ++day) exists |= matches(date_.day, day);
    if (!exists) fail("day " + date_.day);
    date_.precision = Precision::day;
    read_suffix(2);
  }

  int read_time_part(std::string const& name, int most) {
    auto const digits = in_.take_digits(false);
    if (digits.empty()) in_.fail_here();
    if (digits.size() != 2) {
      fail(name + " " + std::string(digits), digits.size() == 1 ? "write two digits" : "");
    }
    if (number(digits) > most) {
      fail(name + " " + std::string(digits),
           name == "hour" ? "hours are 00 to 23" : name + "s are 00 to 59");
    }
    return number(digits);
  }

  void read_time() {
    if (is_pattern(date_.year + date_.month + date_.day)) {
      fail("a time on a day that is not known");
    }
    date_.hour = read_time_part("hour", 24);
    if (in_.done()) fail("a time without minutes", "write T" + two_digits(date_.hour) + ":00");
    if (!in_.accept(':')) in_.fail_here();
    date_.minute = read_time_part("minute", 59);
    date_.precision = Precision::minute;
    if (in_.accept(':')) {
      date_.second = read_time_part("second", 59);
      date_.precision = Precision::second;
      if (in_.accept('.')) {
        date_.fraction = in_.take_digits(false);
        if (date_.fraction.empty()) in_.fail_here();
      }
    }
    bool const past_midnight = date_.minute != 0 || date_.second != 0 ||
                               date_.fraction.find_first_not_of('0') != std::string::npos;
    if (date_.hour == 24 && past_midnight) fail("hour 24", "24:00:00 is the end of the day");
    read_zone();
    read_suffix(2);
  }

  /// `Z`, `+hh`, `+hhmm` or `+hh:mm` from -12:00 to +14:00, the zones that exist.
  void read_zone() {
    if (in_.accept('Z')) {
      date_.zone = "Z";
      return;
    }
    char const sign = in_.peek();
    if (sign != '+' && sign != '-') return;
    in_.accept(sign);
    std::string digits(in_.take_digits(false));
    if (digits.size() == 2 && in_.accept(':')) {
      auto const minutes = in_.take_digits(false);
      if (minutes.size() != 2) fail("zone " + (sign + digits) + ":" + std::string(minutes));
      digits += minutes;
    }
    bool const hours_only = digits.size() == 2;
    if (!hours_only && digits.size() != 4) fail("zone " + (sign + digits));
    auto const hours = digits.substr(0, 2);
    auto const minutes = hours_only ? std::string("00") : digits.substr(2);
    date_.zone = sign + hours + (hours_only ? "" : ":" + minutes);
    auto const shift = number(hours) * 60 + number(minutes);
    if (number(minutes) > 59 || shift > (sign == '-' ? 12 : 14) * 60 ||
        (shift == 0 && sign == '-')) {
      fail("zone " + date_.zone, "zones are -12:00 to +14:00");
    }
  }

  Reader& in_;
  EdtfDate date_;
  Qualification prefix_;  ///< of the component that is being read
  Qualification suffix_;  ///< of the component that was read last
  bool had_prefix_ = false;
};

// --- Extents -------------------------------------------------------------------------------------

Instant start_of_month(std::int64_t year, int month) {
  // Months past December are those of the next year: winters, and ends of ranges of months.
  return Instant::from_civil(year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
}

Instant before(Instant instant) {
  return instant.is_finite() ? Instant{instant.seconds - 1} : instant;
}
Instant after(Instant instant) {
  return instant.is_finite() ? Instant{instant.seconds + 1} : instant;
}

Bounds months_extent(std::int64_t year, int first_month, int count) {
  return {start_of_month(year, first_month), before(start_of_month(year, first_month + count))};
}

Bounds season_extent(std::int64_t year, int season) {
  if (season >= 40) return months_extent(year, season == 40 ? 1 : 7, 6);
  if (season >= 37) return months_extent(year, (season - 37) * 4 + 1, 4);
  if (season >= 33) return months_extent(year, (season - 33) * 3 + 1, 3);
  // 21-24 (no hemisphere given) are read as the northern 25-28; 29-32 are the southern seasons.
  bool const southern = season >= 29;
  auto const quarter = (season - 21) % 4;
  return months_extent(
      year, southern ? std::array{9, 12, 3, 6}[static_cast<std::size_t>(quarter)] : quarter * 3 + 3,
      3);
}

Bounds day_extent(EdtfDate const& date, std::int64_t year, int month, int day) {
  switch (date.precision) {
    case Precision::minute:
    case Precision::second: {
      auto const at = Instant::from_civil(year, month, day, date.hour, date.minute, date.second);
      return {at, at};
    }
    default:
      return {Instant::from_civil(year, month, day),
              before(Instant::from_civil(year, month, day + 1))};
  }
}

/// The extent of the first or last month or day of `year` that the date's pattern allows.
std::optional<Bounds> extent_in_year(EdtfDate const& date, std::int64_t year, bool last) {
  if (date.precision < Precision::season) return months_extent(year, 1, 12);
  if (date.precision == Precision::season) return season_extent(year, number(date.month));
  for (int i = 1; i <= 12; ++i) {
    auto const month = last ? 13 - i : i;
    if (!matches(date.month, month)) continue;
    if (date.precision == Precision::month) return months_extent(year, month, 1);
    auto const length = days_in_month(year, month);
    for (int j = 1; j <= length; ++j) {
      auto const day = last ? length + 1 - j : j;
      if (matches(date.day, day)) return day_extent(date, year, month, day);
    }
  }
  return std::nullopt;
}

/// The number that a year of digits, exponent and sign is; beyond the time scale it saturates.
std::int64_t year_value(EdtfDate const& date) {
  std::int64_t value = 0;
  auto const add_digit = [&value](int digit) {
    value = std::min(value * 10 + digit, no_scale_year);
  };
  for (char const c : date.year) add_digit(c - '0');
  for (int i = 0; i < date.exponent.value_or(0) && value < no_scale_year; ++i) add_digit(0);
  return date.negative ? -value : value;
}

/// Fills the X of a year with the digits of `filling`, the leftmost X with its highest digit.
std::int64_t filled_year(EdtfDate const& date, int filling) {
  auto digits = date.year;
  for (auto i = digits.size(); i-- > 0;) {
    if (digits[i] != 'X') continue;
    digits[i] = static_cast<char>('0' + filling % 10);
    filling /= 10;
  }
  return date.negative ? -number(digits) : number(digits);
}

/// The extent of the earliest or latest reading of a date, or nothing if there is no such day.
std::optional<Bounds> reading(EdtfDate const& date, bool last) {
  if (date.precision == Precision::century || date.precision == Precision::decade) {
    // A shorter text is the digits that all its years share, before year 0 as well as after.
    auto years = date;
    years.precision = Precision::year;
    years.year.resize(4, 'X');
    auto const first = reading(years, false);
    auto const final = reading(years, true);
    if (first && final) return Bounds{first->earliest, final->latest};
    return std::nullopt;
  }
  if (!is_pattern(date.year)) return extent_in_year(date, year_value(date), last);
  int fillings = 1;
  for (char const c : date.year) fillings *= c == 'X' ? 10 : 1;
  bool const downwards = last != date.negative;
  for (int i = 0; i < fillings; ++i) {
    auto const year = filled_year(date, downwards ? fillings - 1 - i : i);
    if (date.negative && year == 0) continue;
    if (auto const extent = extent_in_year(date, year, last)) return extent;
  }
  return std::nullopt;
}

Bounds outer_of(EdtfDate const& date) {
  auto const first = reading(date, false);
  auto const last = reading(date, true);
  return first && last ? Bounds{first->earliest, last->latest} : Bounds{};
}

std::size_t part_count(EdtfDate const& date) {
  return date.precision <= Precision::year ? 1 : date.precision <= Precision::month ? 2 : 3;
}

bool is_qualified(EdtfDate const& date) {
  return std::ranges::any_of(date.qualification, &Qualification::any);
}

/// How many components from the year on all have the flag: the reach of a canonical suffix.
std::size_t suffix_reach(EdtfDate const& date, bool Qualification::*flag) {
  std::size_t reach = 0;
  while (reach < part_count(date) && date.qualification[reach].*flag) ++reach;
  return reach;
}

/// The coarsest component that carries a mark of its own in the canonical text: a date with it lies
/// anywhere in that unit.
std::size_t marked_part(EdtfDate const& date) {
  auto marked = part_count(date) - 1;
  for (auto const flag : {&Qualification::uncertain, &Qualification::approximate}) {
    auto const reach = suffix_reach(date, flag);
    if (reach > 0) marked = std::min(marked, reach - 1);
    for (auto i = reach; i < part_count(date); ++i) {
      if (date.qualification[i].*flag) marked = std::min(marked, i);
    }
  }
  return marked;
}

/// Where a qualified end of an interval may lie.
Bounds marked_extent(EdtfDate date) {
  auto const part = marked_part(date);
  if (part < 2 && date.precision > Precision::month) {
    date.precision = Precision::month;
    date.day.clear();
  }
  if (part < 1 && date.precision > Precision::year) {
    date.precision = Precision::year;
    date.month.clear();
  }
  return outer_of(date);
}

/// Whether the true date may lie beside the one that is written.
bool has_shaky_extent(EdtfDate const& date) {
  return is_qualified(date) || date.significant_digits != 0;
}

std::optional<Bounds> inner_of(EdtfDate const& date) {
  if (has_shaky_extent(date)) return std::nullopt;
  auto const first = reading(date, false);
  if (!first || first != reading(date, true)) return std::nullopt;
  return first;
}

Instant certain_start(EdtfEnd const& end) {
  if (end.kind != EdtfEnd::Kind::date) return Instant::min();
  if (has_shaky_extent(end.date)) return after(marked_extent(end.date).latest);
  auto const last = reading(end.date, true);
  return last ? last->earliest : Instant::max();
}

Instant certain_end(EdtfEnd const& end) {
  if (end.kind != EdtfEnd::Kind::date) return Instant::max();
  if (has_shaky_extent(end.date)) return before(marked_extent(end.date).earliest);
  auto const first = reading(end.date, false);
  return first ? first->latest : Instant::min();
}

Bounds outer_of(EdtfMember const& member) {
  using Kind = EdtfEnd::Kind;
  Bounds bounds{Instant::min(), Instant::max(), member.first.kind == Kind::unknown,
                member.last.kind == Kind::unknown};
  if (member.first.kind == Kind::date) bounds.earliest = outer_of(member.first.date).earliest;
  if (member.last.kind == Kind::date) bounds.latest = outer_of(member.last.date).latest;
  return bounds;
}

std::optional<Bounds> inner_of(EdtfMember const& member) {
  using Kind = EdtfEnd::Kind;
  if (!member.is_range) return inner_of(member.first.date);
  if (member.first.kind == Kind::unknown || member.last.kind == Kind::unknown) {
    auto const& known = member.first.kind == Kind::unknown ? member.last : member.first;
    return known.kind == Kind::date ? inner_of(known.date) : std::nullopt;
  }
  Bounds const bounds{certain_start(member.first), certain_end(member.last)};
  if (bounds.earliest > bounds.latest) return std::nullopt;
  return bounds;
}

/// What all members share; a range in a one-of set is a choice of its own and shares nothing.
std::optional<Bounds> shared_extent(std::vector<EdtfMember> const& members) {
  Bounds shared{Instant::min(), Instant::max()};
  for (auto const& member : members) {
    auto const bounds = member.is_range ? std::nullopt : inner_of(member);
    if (!bounds) return std::nullopt;
    shared.earliest = std::max(shared.earliest, bounds->earliest);
    shared.latest = std::min(shared.latest, bounds->latest);
  }
  if (shared.earliest > shared.latest) return std::nullopt;
  return shared;
}

/// The certain parts of all members as one extent, or nothing if there are gaps between them.
std::optional<Bounds> joined_extent(std::vector<EdtfMember> const& members) {
  std::vector<Bounds> parts;
  for (auto const& member : members) {
    if (auto const bounds = inner_of(member)) parts.push_back(*bounds);
  }
  if (parts.empty()) return std::nullopt;
  std::ranges::sort(parts, {}, &Bounds::earliest);
  auto joined = parts.front();
  for (auto const& part : parts) {
    if (part.earliest > after(joined.latest)) return std::nullopt;
    joined.latest = std::max(joined.latest, part.latest);
  }
  return joined;
}

Bounds hull(std::vector<EdtfMember> const& members) {
  auto bounds = outer_of(members.front());
  for (auto const& member : members) {
    auto const other = outer_of(member);
    bounds.earliest = std::min(bounds.earliest, other.earliest);
    bounds.latest = std::max(bounds.latest, other.latest);
  }
  return bounds;
}

/// Whether an instant has the known digits of a date with unspecified ones.
bool fits_pattern(EdtfDate const& date, Instant instant) {
  if (!is_pattern(date.year + date.month + date.day) || date.precision == Precision::season) {
    return true;
  }
  auto const civil = to_civil(instant);
  if (!matches(date.year, civil.year < 0 ? -civil.year : civil.year)) return false;
  if (!date.month.empty() && !matches(date.month, civil.month)) return false;
  return date.day.empty() || matches(date.day, civil.day);
}

bool contains(Bounds const& bounds, Instant instant) {
  return bounds.earliest <= instant && instant <= bounds.latest;
}

Presence presence_of(EdtfMember const& member, Instant instant) {
  if (!contains(outer_of(member), instant)) return Presence::absent;
  if (!member.is_range && !fits_pattern(member.first.date, instant)) return Presence::absent;
  auto const certain = inner_of(member);
  return certain && contains(*certain, instant) ? Presence::certain : Presence::possible;
}

// --- Levels --------------------------------------------------------------------------------------

/// Whether the X are the rightmost ones that level 1 knows: 198X, 19XX, XXXX, 1985-XX,
/// 1985-04-XX...
bool is_simple_pattern(EdtfDate const& date) {
  auto const known = date.year.find('X');
  if (known != std::string::npos) {
    bool const all = known == 0;
    if (known == 1 || date.year.find_first_not_of('X', known) != std::string::npos) return false;
    if (!all && !date.month.empty()) return false;
    if (all && !date.month.empty() && date.month != "XX") return false;
  }
  if (is_pattern(date.month) && (date.month != "XX" || (!date.day.empty() && date.day != "XX"))) {
    return false;
  }
  return !is_pattern(date.day) || date.day == "XX";
}

int level_of(EdtfDate const& date) {
  int level = date.negative || date.long_year ? 1 : 0;
  auto const need = [&level](int least) { level = std::max(level, least); };
  bool const pattern = is_pattern(date.year + date.month + date.day);
  if (date.exponent || date.significant_digits != 0) need(2);
  if (date.precision == Precision::decade) need(2);
  if (date.precision == Precision::season) need(number(date.month) <= 24 && !pattern ? 1 : 2);
  if (pattern) need(is_simple_pattern(date) ? 1 : 2);
  if (is_qualified(date)) {
    bool whole = true;
    for (std::size_t i = 1; i < part_count(date); ++i) {
      whole &= date.qualification[i] == date.qualification[0];
    }
    bool const plain = date.precision == Precision::year || date.precision == Precision::month ||
                       date.precision == Precision::day;
    need(whole && plain && !pattern && !date.long_year && date.significant_digits == 0 ? 1 : 2);
  }
  return level;
}

int level_of(Edtf::Kind kind, std::vector<EdtfMember> const& members) {
  if (kind == Edtf::Kind::one_of || kind == Edtf::Kind::all_of) return 2;
  int level = 0;
  for (auto const* end : {&members.front().first, &members.front().last}) {
    if (end->kind != EdtfEnd::Kind::date) {
      level = std::max(level, 1);
      continue;
    }
    auto const& date = end->date;
    bool const pattern = is_pattern(date.year + date.month + date.day);
    level = std::max(level, kind == Edtf::Kind::interval && pattern ? 2 : level_of(date));
  }
  return level;
}

// --- Whole texts ---------------------------------------------------------------------------------

struct Parsed {
  Edtf::Kind kind = Edtf::Kind::date;
  std::vector<EdtfMember> members;
  bool had_prefix = false;
};

EdtfDate read_date(Reader& in, bool& had_prefix) {
  DateReader reader(in);
  auto date = reader.read();
  had_prefix |= reader.had_prefix();
  return date;
}

std::string month_text(Instant instant) {
  return to_text(instant, false).substr(0, 7);
}

/// Ends of intervals and ranges are dates of level 0 with qualifiers and X; not more.
void check_end(EdtfDate const& date, bool in_interval) {
  if (date.precision == Precision::century || date.precision == Precision::decade) {
    fail("a year of " + std::to_string(date.year.size()) + " digits", "write all four digits");
  }
  if (!in_interval) return;
  if (date.long_year) fail("a year with Y as the end of an interval", "write .. for an open end");
  if (date.precision == Precision::season && !is_pattern(date.year)) {
    auto const extent = outer_of(date);
    fail("a season as the end of an interval",
         "write its months: " + month_text(extent.earliest) + " to " + month_text(extent.latest));
  }
  if (date.precision == Precision::season) fail("a season as the end of an interval");
}

EdtfEnd read_interval_end(std::string_view text, bool& had_prefix) {
  if (text.empty()) return {EdtfEnd::Kind::unknown, {}};
  if (text == "..") return {EdtfEnd::Kind::open, {}};
  Reader in(text);
  EdtfEnd end{EdtfEnd::Kind::date, read_date(in, had_prefix)};
  if (!in.done()) in.fail_here();
  check_end(end.date, true);
  return end;
}

Parsed read_interval(std::string_view text) {
  Parsed parsed{Edtf::Kind::interval, {}, false};
  auto const slash = text.find('/');
  if (text.find('/', slash + 1) != std::string_view::npos) fail("more than one /");
  EdtfMember member;
  member.is_range = true;
  member.first = read_interval_end(text.substr(0, slash), parsed.had_prefix);
  member.last = read_interval_end(text.substr(slash + 1), parsed.had_prefix);
  parsed.members.push_back(std::move(member));
  return parsed;
}

EdtfMember read_member(Reader& in, bool& had_prefix) {
  EdtfMember member;
  member.first.kind = EdtfEnd::Kind::open;
  if (!in.accept("..")) {
    member.first = {EdtfEnd::Kind::date, read_date(in, had_prefix)};
    check_end(member.first.date, false);
    member.last = member.first;
    if (!in.accept("..")) return member;
  }
  member.is_range = true;
  member.last = {EdtfEnd::Kind::open, {}};
  bool const at_end = in.peek() == ',' || in.peek() == ']' || in.peek() == '}';
  if (at_end && member.first.kind == EdtfEnd::Kind::date) return member;
  member.last = {EdtfEnd::Kind::date, read_date(in, had_prefix)};
  check_end(member.last.date, false);
  return member;
}

Parsed read_set(std::string_view text) {
  bool const one_of = text.front() == '[';
  Parsed parsed{one_of ? Edtf::Kind::one_of : Edtf::Kind::all_of, {}, false};
  char const closing = one_of ? ']' : '}';
  if (text.size() < 2 || text.back() != closing) {
    fail(std::string("no ") + closing + " at the end",
         "write [1857,1858] for one of the dates, {1857,1858} for all of them");
  }
  Reader in(text.substr(1));
  do {
    while (in.accept(' ')) {
    }
    parsed.members.push_back(read_member(in, parsed.had_prefix));
  } while (in.accept(','));
  if (!in.accept(closing) || !in.done()) in.fail_here();
  return parsed;
}

Parsed read_text(std::string_view text) {
  if (text.empty()) fail("it is empty");
  if (text.size() > max_text_bytes) fail("longer than 4096 bytes");
  if (text.front() == ' ' || text.back() == ' ') fail("spaces around it");
  if (text.front() == '[' || text.front() == '{') return read_set(text);
  if (text.find('/') != std::string_view::npos) return read_interval(text);
  Parsed parsed;
  Reader in(text);
  EdtfEnd const end{EdtfEnd::Kind::date, read_date(in, parsed.had_prefix)};
  if (!in.done()) in.fail_here();
  parsed.members.push_back({end, end, false});
  return parsed;
}

void check_exists(EdtfDate const& date) {
  if (reading(date, false)) return;
  if (is_pattern(date.year + date.month + date.day)) fail("no day of the calendar fits");
  auto const year = year_value(date);
  auto const month = number(date.month);
  constexpr std::array<std::string_view, 12> names{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
  fail("day " + date.day, std::string(names[static_cast<std::size_t>(month - 1)]) + " " +
                              std::to_string(year) + " has " +
                              std::to_string(days_in_month(year, month)) + " days");
}

void check_member(EdtfMember const& member) {
  using Kind = EdtfEnd::Kind;
  if (member.first.kind == Kind::date) check_exists(member.first.date);
  if (!member.is_range) return;
  if (member.last.kind == Kind::date) check_exists(member.last.date);
  if (member.first.kind != Kind::date || member.last.kind != Kind::date) return;
  auto const bounds = outer_of(member);
  if (bounds.latest < bounds.earliest) {
    fail("it ends before it begins", "write the earlier date first");
  }
}

/// The parsed text, or a throw of the most helpful error.
Edtf parse_whole(std::string_view text) {
  auto parsed = read_text(text);
  for (auto const& member : parsed.members) check_member(member);
  return Edtf(parsed.kind, std::move(parsed.members), parsed.had_prefix ? 2 : 0);
}

bool is_date(std::string_view text) {
  try {
    parse_whole(text);
    return true;
  } catch (Fault const&) {
    return false;
  }
}

std::string hint_for(std::string_view text, Fault const& fault) {
  std::string meant;
  for (auto const& suggestion : suggest_edtf(text)) {
    if (!is_date(suggestion)) continue;
    meant += (meant.empty() ? "write " : " or ") + suggestion;
  }
  if (!meant.empty()) return meant;
  if (text.starts_with("julian:") || text.find("年") != std::string_view::npos) {
    return "records hold Gregorian dates; hachure date gives the one for this";
  }
  return fault.hint.empty() ? "write 1857, 1857-12 or 1857-12-28" : fault.hint;
}

// --- Printing ------------------------------------------------------------------------------------

std::string mark_text(bool uncertain, bool approximate) {
  return uncertain && approximate ? "%" : uncertain ? "?" : approximate ? "~" : "";
}

std::string time_text(EdtfDate const& date) {
  if (date.precision < Precision::minute) return {};
  auto text = "T" + two_digits(date.hour) + ":" + two_digits(date.minute);
  if (date.precision == Precision::second) text += ":" + two_digits(date.second);
  if (!date.fraction.empty()) text += "." + date.fraction;
  return text + date.zone;
}

std::string print_date(EdtfDate const& date) {
  std::string year =
      std::string(date.long_year ? "Y" : "") + (date.negative ? "-" : "") + date.year;
  if (date.exponent) year += "E" + std::to_string(*date.exponent);
  if (date.significant_digits != 0) year += "S" + std::to_string(date.significant_digits);
  std::array<std::string, 3> const parts{year, date.month, date.day + time_text(date)};
  auto const uncertain = suffix_reach(date, &Qualification::uncertain);
  auto const approximate = suffix_reach(date, &Qualification::approximate);
  std::string text;
  for (std::size_t i = 0; i < part_count(date); ++i) {
    auto const& flags = date.qualification[i];
    text += i == 0 ? "" : "-";
    text += mark_text(i >= uncertain && flags.uncertain, i >= approximate && flags.approximate);
    text += parts[i];
    text += mark_text(i + 1 == uncertain, i + 1 == approximate);
  }
  return text;
}

std::string print_end(EdtfEnd const& end, std::string_view open) {
  if (end.kind == EdtfEnd::Kind::unknown) return {};
  return end.kind == EdtfEnd::Kind::open ? std::string(open) : print_date(end.date);
}

/// The text of a bound as precise as the ends that reach it were written.
std::string bound_text(Edtf const& date, Instant bound, bool start) {
  bool with_time = false;
  for (auto const& member : date.members()) {
    auto const& end = start ? member.first : member.last;
    if (end.kind != EdtfEnd::Kind::date) continue;
    auto const own = outer_of(end.date);
    if ((start ? own.earliest : own.latest) == bound) {
      with_time |= end.date.precision >= Precision::minute;
    }
  }
  return to_text(bound, with_time);
}

template <typename Test>
bool any_date(std::vector<EdtfMember> const& members, Test test) {
  return std::ranges::any_of(members, [&test](EdtfMember const& member) {
    auto const holds = [&test](EdtfEnd const& end) {
      return end.kind == EdtfEnd::Kind::date && test(end.date);
    };
    return holds(member.first) || holds(member.last);
  });
}

}  // namespace

Edtf::Edtf() {
  EdtfEnd end;
  end.date.year = "1970";
  members_ = {{end, end, false}};
  outer_ = outer_of(members_.front());
  inner_ = outer_;
}

Edtf::Edtf(Kind kind, std::vector<EdtfMember> members, int least_level)
    : kind_(kind), members_(std::move(members)) {
  level_ = std::max(least_level, level_of(kind_, members_));
  outer_ = hull(members_);
  switch (kind_) {
    case Kind::date:
    case Kind::interval:
      inner_ = inner_of(members_.front());
      break;
    case Kind::one_of:
      inner_ = shared_extent(members_);
      break;
    case Kind::all_of:
      inner_ = joined_extent(members_);
      break;
  }
}

bool Edtf::is_uncertain() const {
  return any_date(members_, [](EdtfDate const& date) {
    return std::ranges::any_of(date.qualification, &Qualification::uncertain);
  });
}

bool Edtf::is_approximate() const {
  return any_date(members_, [](EdtfDate const& date) {
    return std::ranges::any_of(date.qualification, &Qualification::approximate);
  });
}

std::vector<std::string> Edtf::qualifiers() const {
  std::vector<std::string> names;
  if (is_uncertain()) names.emplace_back("uncertain");
  if (is_approximate()) names.emplace_back("approximate");
  return names;
}

bool Edtf::has_time() const {
  return any_date(members_,
                  [](EdtfDate const& date) { return date.precision >= Precision::minute; });
}

bool Edtf::is_open_start() const {
  return std::ranges::any_of(members_, [](EdtfMember const& member) {
    return member.is_range && member.first.kind == EdtfEnd::Kind::open;
  });
}

bool Edtf::is_open_end() const {
  return std::ranges::any_of(members_, [](EdtfMember const& member) {
    return member.is_range && member.last.kind == EdtfEnd::Kind::open;
  });
}

Edtf parse_edtf(std::string_view text) {
  try {
    return parse_whole(text);
  } catch (Fault const& fault) {
    throw base::Error(base::Fault::input, {}, quoted(text) + " is not a date: " + fault.reason,
                      hint_for(text, fault));
  }
}

std::string print(Edtf const& date) {
  auto const& members = date.members();
  if (date.kind() == Edtf::Kind::date) return print_date(members.front().first.date);
  if (date.kind() == Edtf::Kind::interval) {
    return print_end(members.front().first, "..") + "/" + print_end(members.front().last, "..");
  }
  bool const one_of = date.kind() == Edtf::Kind::one_of;
  std::string text = one_of ? "[" : "{";
  for (auto const& member : members) {
    text += text.size() > 1 ? "," : "";
    text += print_end(member.first, "");
    if (member.is_range) text += ".." + print_end(member.last, "");
  }
  return text + (one_of ? "]" : "}");
}

Bounds outer(Edtf const& date) {
  return date.outer_;
}

std::optional<Bounds> inner(Edtf const& date) {
  return date.inner_;
}

Presence presence(Edtf const& date, Instant instant) {
  if (!contains(outer(date), instant)) return Presence::absent;
  auto best = Presence::absent;
  for (auto const& member : date.members()) best = std::max(best, presence_of(member, instant));
  if (date.kind() != Edtf::Kind::one_of || best == Presence::absent) return best;
  auto const shared = inner(date);
  return shared && contains(*shared, instant) ? Presence::certain : Presence::possible;
}

bool overlaps(Edtf const& date, Bounds const& extent) {
  return std::ranges::any_of(date.members(), [&extent](EdtfMember const& member) {
    auto const own = outer_of(member);
    return own.earliest <= extent.latest && extent.earliest <= own.latest;
  });
}

DateReport describe(std::string_view text) {
  DateReport report;
  report.input = text;
  try {
    auto const date = parse_edtf(text);
    auto const bounds = outer(date);
    report.valid = true;
    report.level = date.level();
    if (!bounds.earliest_unknown) report.earliest = bound_text(date, bounds.earliest, true);
    if (!bounds.latest_unknown) report.latest = bound_text(date, bounds.latest, false);
    report.qualifiers = date.qualifiers();
    report.canonical = print(date);
  } catch (base::Error const& error) {
    report.error = error.message();
    report.hint = error.hint();
  }
  return report;
}

}  // namespace hachure::record
