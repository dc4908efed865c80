#pragma once

#include <string>
#include <string_view>

#include "record/edtf.hpp"

namespace hachure::record {

/// Dates as a reader of a map expects them, in the language of a BCP-47 tag: order and names by ICU
/// (CLDR), Gregorian throughout (no Julian dates before 1582), 24 hours, years before 1 with their
/// era. `en` is written day first, as in the history books (`28 December 1857`); `en-US` is not.
/// Tags that ICU does not know get its root locale.

/// `28 December 1857`, `1857年12月28日`; a part of a day with its time, `28 December 1857, 05:30`.
/// @pre precision is year, month, day, minute or second, and at.is_finite()
std::string format_instant(Instant at, EdtfDate::Precision precision, std::string_view tag);

/// `28–29 December 1857`, `1857年12月28日至29日`; what both ends share is written once, where the
/// language does so.
/// @pre as format_instant, first <= last
std::string format_range(Instant first, Instant last, EdtfDate::Precision precision,
                         std::string_view tag);

/// Any date of a record: `c. 1857`, `1857?`, `1850s`, `19th century`, `winter 1857`, `from 1857`,
/// `1856 or 1858`, `28 December 1857 – ?`. Words of doubt are known in English, French, German,
/// traditional and simplified Chinese; other languages get the signs of EDTF. A date that names no
/// one day, month or year otherwise is written as the range it may lie in, as approximate.
std::string format_date(Edtf const& date, std::string_view tag);

}  // namespace hachure::record
