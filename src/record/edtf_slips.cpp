#include "record/edtf_slips.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace hachure::record {

namespace {

using Texts = std::vector<std::string>;

/// Longer texts are not a mistyped date.
constexpr std::size_t max_slip_bytes = 100;

struct NamedNumber {
  std::string_view name;  ///< lower case; months match by any prefix of three letters or more
  int number;
};

constexpr std::array<NamedNumber, 33> month_names{
    {{"january", 1},   {"february", 2},  {"march", 3},     {"april", 4},     {"may", 5},
     {"june", 6},      {"july", 7},      {"august", 8},    {"september", 9}, {"october", 10},
     {"november", 11}, {"december", 12}, {"janvier", 1},   {"février", 2},   {"mars", 3},
     {"avril", 4},     {"mai", 5},       {"juin", 6},      {"juillet", 7},   {"août", 8},
     {"septembre", 9}, {"octobre", 10},  {"novembre", 11}, {"décembre", 12}, {"januar", 1},
     {"jänner", 1},    {"februar", 2},   {"märz", 3},      {"juni", 6},      {"juli", 7},
     {"oktober", 10},  {"dezember", 12}, {"aout", 8}}};

constexpr std::array<NamedNumber, 14> season_names{{{"spring", 21},
                                                    {"summer", 22},
                                                    {"autumn", 23},
                                                    {"fall", 23},
                                                    {"winter", 24},
                                                    {"printemps", 21},
                                                    {"été", 22},
                                                    {"automne", 23},
                                                    {"hiver", 24},
                                                    {"frühling", 21},
                                                    {"frühjahr", 21},
                                                    {"sommer", 22},
                                                    {"herbst", 23},
                                                    {"winterzeit", 24}}};

constexpr std::array<std::string_view, 15> about_words{
    "circa",   "about", "around",  "approximately", "approx",
    "roughly", "vers",  "environ", "ungefähr",      "etwa",
    "um",      "ca",    "c",       "about the",     "~"};
constexpr std::array<std::string_view, 6> doubt_words{"possibly", "probably",  "perhaps",
                                                      "maybe",    "uncertain", "?"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

int number(std::string_view digits) {
  int value = 0;
  for (char const c : digits.substr(0, 8)) value = value * 10 + (c - '0');
  return value;
}

std::string padded(int value, std::size_t width) {
  auto const text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// ASCII for full-width forms, one dash and one space for the many, Chinese date words as dashes.
std::string plain(std::string_view text) {
  std::u32string out;
  for (auto c : base::to_utf32(text)) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) c = c == 0x2010 || c == 0x2212 ? U'-' : U'–';
    if (c == 0xA0 || c == 0x3000 || c == 0x2009 || c == 0x202F || c == U'\t') c = U' ';
    if (c == U'年' || c == U'月') c = U'-';
    if (c == U'日' || (c == U' ' && (out.empty() || out.back() == U' '))) continue;
    out.push_back(c);
  }
  while (!out.empty() && (out.back() == U' ' || out.back() == U'-')) out.pop_back();
  return base::to_utf8(out);
}

/// Parts of `text` between any of `separators`, without empty ones.
Texts split(std::string_view text, std::string_view separators) {
  Texts parts(1);
  for (char const c : text) {
    if (separators.find(c) == std::string_view::npos) {
      parts.back() += c;
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::optional<int> month_number(std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  for (auto const& [name, month] : month_names) {
    if (name.starts_with(word)) return month;
  }
  return word == "sept" ? std::optional(9) : std::nullopt;
}

std::optional<int> season_number(std::string_view word) {
  auto const found = std::ranges::find(season_names, word, &NamedNumber::name);
  return found == season_names.end() ? std::nullopt : std::optional(found->number);
}

/// `28th` and `1er` without their ending.
std::string without_ordinal(std::string const& word) {
  auto const digits = word.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos) return word;
  constexpr std::array<std::string_view, 5> endings{"st", "nd", "rd", "th", "er"};
  auto const ending = std::string_view(word).substr(digits);
  return std::ranges::find(endings, ending) == endings.end() ? word : word.substr(0, digits);
}

std::string joined(int year, int month, int day) {
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

/// Dates of three numbers: year first or last; both orders of day and month where both exist.
Texts from_three(Texts const& words) {
  auto const a = number(words[0]);
  auto const b = number(words[1]);
  auto const c = number(words[2]);
  auto const is_day = [](int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  };
  Texts found;
  if (words[0].size() == 4) {
    if (is_day(b, c)) found.push_back(joined(a, b, c));
  } else if (words[2].size() == 4 || words[2].size() == 3) {
    if (is_day(b, a)) found.push_back(joined(c, b, a));
    if (is_day(a, b) && a != b) found.push_back(joined(c, a, b));
  }
  return found;
}

/// Dates of one number: a year, eight digits, a decade or century with its word.
Texts from_one(std::string const& word) {
  if (all_digits(word)) {
    if (word.size() == 8)
      return {word.substr(0, 4) + "-" + word.substr(4, 2) + "-" + word.substr(6)};
    if (word.size() <= 4) return {padded(number(word), 4)};
    return {"Y" + word};
  }
  auto stem = word;
  while (!stem.empty() && (stem.back() == 's' || stem.back() == '\'')) stem.pop_back();
  if (stem != word && all_digits(stem) && stem.size() == 4 && stem.back() == '0') {
    return {stem.substr(0, stem.ends_with("00") ? 2 : 3) + (stem.ends_with("00") ? "XX" : "X")};
  }
  return {};
}

/// The words of one date, without those that only join; era and time of day are taken out.
struct Words {
  Texts numbers;
  std::optional<int> month;
  std::optional<int> season;
  std::string time;
  bool before_christ = false;
  bool century = false;
  bool unknown_word = false;
  bool month_first = false;
};

void sort_word(Words& words, std::string const& word) {
  constexpr std::array<std::string_view, 9> joining{"of", "the", "in",  "on",  "de",
                                                    "le", "am",  "den", "year"};
  auto const plain_word = without_ordinal(word);
  if (std::ranges::find(joining, word) != joining.end() || word == "ad" || word == "ce") return;
  if (word == "bc" || word == "bce") {
    words.before_christ = true;
  } else if (word == "century" || word == "siècle" || word == "jahrhundert") {
    words.century = true;
  } else if (word.find(':') != std::string::npos) {
    words.unknown_word |= !words.time.empty();
    words.time = word.find(':') == 1 ? "0" + word : word;
  } else if (auto const month = month_number(word); month && !words.month) {
    words.month = month;
    words.month_first = words.numbers.empty();
  } else if (auto const season = season_number(word)) {
    words.season = season;
  } else if (is_digit(plain_word.front())) {
    words.numbers.push_back(plain_word);
  } else {
    words.unknown_word = true;
  }
}

Texts with_month(Words const& words) {
  auto const& numbers = words.numbers;
  if (!std::ranges::all_of(numbers, all_digits)) return {};
  if (numbers.size() == 1) return {padded(number(numbers[0]), 4) + "-" + padded(*words.month, 2)};
  if (numbers.size() != 2) return {};
  bool const year_first = numbers[0].size() > 2;
  auto const& year = numbers[year_first ? 0 : 1];
  auto const& day = numbers[year_first ? 1 : 0];
  if (year.size() < 3) return {};
  return {joined(number(year), *words.month, number(day))};
}

/// Readings of a text that names one date without doubt about it.
Texts simple_date(std::string_view text) {
  Words words;
  for (auto const& word : split(text, " ,./-()t")) {
    // The letter t only separates in `1857-12-28t05:00`; words that hold one are read below.
    if (word.find_first_not_of("0123456789:") != std::string::npos) {
      words = {};
      for (auto const& whole : split(text, " ,./-()")) sort_word(words, whole);
      break;
    }
    sort_word(words, word);
  }
  auto const& numbers = words.numbers;
  if (words.unknown_word || numbers.empty()) return {};
  Texts found;
  if (words.before_christ) {
    if (numbers.size() == 1 && all_digits(numbers[0]) && number(numbers[0]) > 0) {
      auto const year = number(numbers[0]) - 1;
      found = {(year > 0 ? "-" : "") + padded(year, 4)};
    }
  } else if (words.century) {
    if (numbers.size() == 1 && all_digits(numbers[0]) && number(numbers[0]) > 0) {
      found = {padded(number(numbers[0]) - 1, 2) + "XX"};
    }
  } else if (words.month) {
    found = with_month(words);
  } else if (words.season) {
    if (numbers.size() == 1) found = {numbers[0] + "-" + std::to_string(*words.season)};
  } else if (numbers.size() == 3 && std::ranges::all_of(numbers, all_digits)) {
    found = from_three(numbers);
  } else if (numbers.size() == 2 && std::ranges::all_of(numbers, all_digits)) {
    bool const year_first = numbers[0].size() > 2;
    auto const year = number(numbers[year_first ? 0 : 1]);
    auto const month = number(numbers[year_first ? 1 : 0]);
    if (month >= 1 && month <= 12) found = {padded(year, 4) + "-" + padded(month, 2)};
  } else if (numbers.size() == 1) {
    found = from_one(numbers[0]);
  }
  for (auto& date : found) date += words.time.empty() ? "" : "T" + words.time;
  return found;
}

/// The rest of `text` after one of `words` and what separates it, or nothing.
template <std::size_t N>
std::optional<std::string_view> after_word(std::string_view text,
                                           std::array<std::string_view, N> const& words) {
  for (auto const word : words) {
    if (!text.starts_with(word)) continue;
    auto rest = text.substr(word.size());
    bool const ends = !rest.empty() && (rest.front() == ' ' || rest.front() == '.' ||
                                        rest.front() == '-' || is_digit(rest.front()));
    if (!ends) continue;
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '.')) rest.remove_prefix(1);
    return rest;
  }
  return std::nullopt;
}

/// Readings of one date, with the words and marks of doubt as qualifiers.
Texts one_date(std::string_view text) {
  std::string mark;
  text = base::trim(text);
  if (auto const rest = after_word(text, about_words)) {
    mark = "~";
    text = *rest;
  } else if (auto const maybe = after_word(text, doubt_words)) {
    mark = "?";
    text = *maybe;
  }
  while (!text.empty() && (text.back() == '?' || text.back() == '~' || text.back() == '%')) {
    mark = mark.empty() || mark[0] == text.back() ? std::string(1, text.back()) : "%";
    text = base::trim(text.substr(0, text.size() - 1));
  }
  auto dates = simple_date(text);
  for (auto& date : dates) date += mark;
  return dates;
}

/// Every pair of readings of two texts with words between and around them.
void add_pairs(Texts& out, Texts const& first, Texts const& last, std::string_view before,
               std::string_view between, std::string_view after) {
  for (std::size_t i = 0; i < std::max(first.size(), last.size()); ++i) {
    if (first.empty() || last.empty()) return;
    out.push_back(std::string(before) + first[std::min(i, first.size() - 1)] +
                  std::string(between) + last[std::min(i, last.size() - 1)] + std::string(after));
  }
}

/// The second date of `1857-12-28/29`, `1857-12-28/12-29` and `1857-10/12`, which repeats the front
/// of the first; empty for others.
std::string completed(std::string_view left, std::string_view right) {
  auto const is_plain = [](std::string_view text) {
    return text.find_first_not_of("0123456789-") == std::string_view::npos;
  };
  if (!is_plain(left) || !is_plain(right) || left.size() < 7) return {};
  bool const is_end = right.size() == 2 || (right.size() == 5 && right[2] == '-');
  if (!is_end || left.size() <= right.size()) return {};
  return std::string(left.substr(0, left.size() - right.size())) + std::string(right);
}

/// `A - B`, `A to B`, `A–B`, `1857-1858`, `1857/58`, with the words that may stand before.
void add_ranges(Texts& out, std::string text) {
  for (std::string_view const lead : {"between ", "from ", "von ", "de ", "entre "}) {
    if (text.starts_with(lead)) text.erase(0, lead.size());
  }
  for (std::string_view const joint : {" - ", "–", "--", "—", " to ", " until ", " till ",
                                       " through ", " bis ", " and ", "...", "..", " / ", "/"}) {
    auto const at = text.find(joint);
    if (at == std::string::npos) continue;
    auto const left = std::string_view(text).substr(0, at);
    auto right = std::string(base::trim(std::string_view(text).substr(at + joint.size())));
    if (right == "open" || right == "present" || right == "now") {
      add_pairs(out, one_date(left), {""}, "", "/..", "");
      return;
    }
    if (right == "unknown") {
      add_pairs(out, one_date(left), {""}, "", "/", "");
      return;
    }
    if (left == "unknown" || left == "open") {
      add_pairs(out, {""}, one_date(right), left == "open" ? ".." : "", "/", "");
      return;
    }
    bool const abbreviated = all_digits(left) && left.size() == 4 && all_digits(right) &&
                             right.size() == 2 && joint != " and ";
    if (abbreviated) right = std::string(left.substr(0, 2)) + right;
    if (auto const full = completed(left, right); !full.empty()) right = full;
    auto const size = out.size();
    add_pairs(out, one_date(left), one_date(right), "", "/", "");
    if (out.size() > size) return;
  }
  // 1857-1858: a range of years; 1857-58 is one only beyond the months.
  auto const years = split(text, "-");
  if (years.size() == 2 && all_digits(years[0]) && all_digits(years[1]) && years[0].size() == 4) {
    if (years[1].size() == 4) out.push_back(years[0] + "/" + years[1]);
    if (years[1].size() == 2 && number(years[1]) > 41) {
      out.push_back(years[0] + "/" + years[0].substr(0, 2) + years[1]);
    }
  }
}

void add_limits(Texts& out, std::string_view text) {
  constexpr std::array<std::string_view, 4> before{"before", "avant", "vor", "by"};
  constexpr std::array<std::string_view, 3> after{"after", "après", "nach"};
  constexpr std::array<std::string_view, 3> since{"since", "from", "seit"};
  constexpr std::array<std::string_view, 3> until{"until", "till", "bis"};
  if (auto const rest = after_word(text, before))
    add_pairs(out, {""}, one_date(*rest), "[..", "", "]");
  if (auto const rest = after_word(text, after))
    add_pairs(out, one_date(*rest), {""}, "[", "..", "]");
  if (auto const rest = after_word(text, since))
    add_pairs(out, one_date(*rest), {""}, "", "/..", "");
  if (auto const rest = after_word(text, until))
    add_pairs(out, {""}, one_date(*rest), "../", "", "");
}

/// `1857, 1858` and `1857 or 1858`.
void add_lists(Texts& out, std::string text) {
  bool one_of = false;
  for (std::string_view const word : {" or ", " oder ", " ou "}) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
      text.replace(at, word.size(), ";");
      one_of = true;
    }
  }
  auto parts = split(text, ";");
  if (parts.size() == 1) parts = split(text, ",");
  if (parts.size() < 2) return;
  std::string list;
  for (auto const& part : parts) {
    auto const dates = one_date(part);
    if (dates.empty() || dates.front().size() < 4) return;
    list += (list.empty() ? "" : ",") + dates.front();
  }
  out.push_back("[" + list + "]");
  if (!one_of) out.push_back("{" + list + "}");
}

/// `text` with the letters of EDTF as capitals and u for X, as the format's drafts had it.
std::string recapitalised(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == ' ') continue;
    out += c == 'x' || c == 'u' || c == '*' ? 'X'
           : c >= 'a' && c <= 'z'           ? static_cast<char>(c - 'a' + 'A')
                                            : c;
  }
  return out;
}

}  // namespace

std::vector<std::string> suggest_edtf(std::string_view text) {
  if (text.size() > max_slip_bytes) return {};
  auto const cleaned = plain(text);
  auto const lower = base::to_lower(cleaned);
  Texts out;
  if (auto const recased = recapitalised(cleaned); recased != text) out.push_back(recased);
  auto const single = one_date(lower);
  out.insert(out.end(), single.begin(), single.end());
  if (single.empty()) {
    add_ranges(out, lower);
    add_limits(out, lower);
    add_lists(out, lower);
  }
  Texts unique;
  for (auto& suggestion : out) {
    if (std::ranges::find(unique, suggestion) == unique.end() && suggestion != text) {
      unique.push_back(std::move(suggestion));
    }
  }
  return unique;
}

}  // namespace hachure::record
