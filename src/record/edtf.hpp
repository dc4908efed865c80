#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/instant.hpp"

/// Dates of records: the Extended Date/Time Format, levels 0, 1 and 2 whole.
/// Sources: ISO 8601-2:2019; Library of Congress, "Extended Date/Time Format (EDTF) Specification",
/// 4 February 2019. Where they are silent, what the published implementations agree on.
///
/// Accepted beyond the Library of Congress text: times of minute precision (`T05:30`), fractions of
/// a second, qualified date-times (`1857-12-28T09:00~`), dates with times in intervals and sets,
/// centuries (`18`) and decades (`185`) of ISO 8601-2, qualified seasons (`1857-24~`).
/// Refused, as by the published implementations: seasons and `Y` years as ends of an interval.
namespace hachure::record {

/// `?` uncertain, `~` approximate, `%` both.
struct Qualification {
  bool uncertain = false;
  bool approximate = false;

  bool any() const { return uncertain || approximate; }
  bool operator==(Qualification const&) const = default;
};

/// One date or date-time as written, with its unspecified digits (`X`) and qualifications.
struct EdtfDate {
  enum class Precision { century, decade, year, season, month, day, minute, second };

  Precision precision = Precision::year;
  bool negative = false;        ///< a year before year 0
  bool long_year = false;       ///< written with `Y`
  std::string year;             ///< digits and X without sign: 2 for a century, 3 for a decade
  std::optional<int> exponent;  ///< `Y17E7` has 7
  int significant_digits = 0;   ///< `1950S2` has 2, 0 if not given
  std::string month;            ///< two digits or X; 21 to 41 is a season; empty if not given
  std::string day;              ///< two digits or X; empty if not given
  int hour = 0;                 ///< 24 only as 24:00:00
  int minute = 0;               ///< 0 to 59
  int second = 0;               ///< 0 to 59
  std::string fraction;         ///< digits after the point of the seconds; kept, not counted
  std::string zone;             ///< `Z`, `+05:30`, `-04` or empty; kept, never applied
  /// Of year, month or season, and day (with its time).
  std::array<Qualification, 3> qualification;

  bool operator==(EdtfDate const&) const = default;
};

/// One end of an interval or range.
struct EdtfEnd {
  enum class Kind {
    date,
    open,     ///< `..`: no limit
    unknown,  ///< empty: there is a limit, nobody knows it
  };
  Kind kind = Kind::date;
  EdtfDate date;

  bool operator==(EdtfEnd const&) const = default;
};

/// A date (`is_range` false, `last` equal to `first`) or a range from `first` to `last`.
struct EdtfMember {
  EdtfEnd first;
  EdtfEnd last;
  bool is_range = false;

  bool operator==(EdtfMember const&) const = default;
};

/// An extent of time; both ends belong to it. `latest` is the last second of the day, month or
/// year.
struct Bounds {
  Instant earliest;
  Instant latest;
  bool earliest_unknown = false;  ///< earliest is Instant::min() because nobody knows it
  bool latest_unknown = false;    ///< latest is Instant::max() because nobody knows it

  bool operator==(Bounds const&) const = default;
};

/// Whether a record is there at an instant (DESIGN.md 3.2).
enum class Presence {
  absent,    ///< outside the outer bounds, or in a gap of a set
  possible,  ///< some reading of the date holds, not all
  certain,   ///< every reading holds
};

/// A parsed date of a record. A value; made by parse_edtf.
class Edtf {
 public:
  enum class Kind {
    date,      ///< one date or date-time
    interval,  ///< `from/to`
    one_of,    ///< `[..]`: one of its members
    all_of,    ///< `{..}`: all of its members
  };

  /// The year 1970; only so that structs can hold an Edtf.
  Edtf();
  /// Computes bounds, and the level, which is at least `least_level`.
  /// @pre at least one member, each with a reading and none ending before it begins (parse_edtf)
  Edtf(Kind kind, std::vector<EdtfMember> members, int least_level);

  Kind kind() const { return kind_; }
  /// One member for a date or an interval, in the order written for a set.
  std::vector<EdtfMember> const& members() const { return members_; }
  /// The lowest EDTF level that has all of its features: 0, 1 or 2. Prefixed qualifiers count for
  /// level 2 even where the canonical form is of level 1.
  int level() const { return level_; }
  bool is_uncertain() const;    ///< a `?` or `%` anywhere
  bool is_approximate() const;  ///< a `~` or `%` anywhere
  /// `uncertain` and `approximate`, those that occur, in this order.
  std::vector<std::string> qualifiers() const;
  bool has_time() const;
  bool is_interval() const { return kind_ == Kind::interval; }
  bool is_open_start() const;  ///< an interval or set that starts with `..`
  bool is_open_end() const;    ///< an interval or set that ends with `..`

  /// Two dates are equal when their canonical texts are.
  bool operator==(Edtf const& other) const {
    return kind_ == other.kind_ && members_ == other.members_;
  }

 private:
  friend Bounds outer(Edtf const& date);
  friend std::optional<Bounds> inner(Edtf const& date);

  Kind kind_ = Kind::date;
  std::vector<EdtfMember> members_;
  int level_ = 0;
  Bounds outer_;
  std::optional<Bounds> inner_;
};

/// Reads one EDTF text, whole, without spaces around it.
/// @throws Error input: `"1857-13-28" is not a date: month 13`, with a hint that, for the ways
/// people
///         write dates (`28/12/1857`, `c. 1857`, `Dec 1857`, `1857-1858`), gives the EDTF for it
Edtf parse_edtf(std::string_view text);

/// The canonical text: qualifiers as suffix wherever they reach back to the year, sets without
/// spaces, zones as `+hh:mm`. parse_edtf(print(x)) == x.
std::string print(Edtf const& date);

/// The possible extent: earliest start to latest end over all readings. Open and unknown ends are
/// Instant::min() and max(). Qualifiers and significant digits do not widen it: nothing says by how
/// much. Seasons: spring March to May and so on, winter December to February of the next year
/// (21-28; 29-32 are the southern ones, 33-41 quarters, four-month and half years).
Bounds outer(Edtf const& date);

/// The certain extent, what every reading shares, or nothing.
/// - A date without qualifiers: all of its day, month or year. With a qualifier, significant
/// digits,
///   or unspecified digits that leave more than one reading: nothing.
/// - An interval: from the start of its latest start to the end of its earliest end. A qualified
/// end
///   lies anywhere in the coarsest unit that has a mark of its own (the day of `1857-12-28~`, the
///   month of `1857-~12-28`, the year of `1857?-12-28`), so that unit is left out. An unknown end
///   leaves the other end's own extent.
/// - `[]`: what all members share. `{}`: the certain parts, when they touch each other; presence()
///   knows the gaps.
std::optional<Bounds> inner(Edtf const& date);

/// Presence at `instant`: outer and inner bounds, but exact for sets and unspecified digits
/// (`1857-XX-28` is absent on the 27th of each month).
Presence presence(Edtf const& date, Instant instant);

/// Whether the date is possible at some instant of `extent`.
bool overlaps(Edtf const& date, Bounds const& extent);

/// What a text means, as `hachure date --json` prints it.
struct DateReport {
  std::string input;
  bool valid = false;
  int level = 0;
  std::optional<std::string>
      earliest;                       ///< `YYYY-MM-DD`, with a time as `YYYY-MM-DDThh:mm:ss` if
                                      ///< that end is written with one, `-inf`; nothing if unknown
  std::optional<std::string> latest;  ///< likewise, `inf` when open
  std::vector<std::string> qualifiers;  ///< `uncertain`, `approximate`
  std::string canonical;                ///< empty if invalid
  std::string error;                    ///< message without hint, empty if valid
  std::string hint;
};

/// Never throws for a bad date: the report holds the error.
DateReport describe(std::string_view text);

}  // namespace hachure::record
