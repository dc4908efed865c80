#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "style/value.hpp"

/// What the expression language needs of Unicode's locale data (ICU): the order of texts, numbers
/// as a language writes them, upper and lower case.
namespace hachure::style {

/// A language-aware order of texts; may be used by several threads.
class TextOrder {
 public:
  /// The order for a locale (a BCP-47 tag; unknown ones fall back to the root order), as
  /// `Intl.Collator` with usage `search` makes it: sensitivity base, accent, case or variant from
  /// the two switches.
  static std::shared_ptr<TextOrder const> make(std::string const& locale, bool case_sensitive,
                                               bool diacritic_sensitive);
  virtual ~TextOrder() = default;
  /// Less than, equal to or greater than zero as `a` is before, the same as or after `b`.
  virtual int compare(std::string_view a, std::string_view b) const = 0;
  /// The tag of the locale that is used.
  virtual std::string locale() const = 0;
};

/// How `["number-format", ...]` writes a number.
struct NumberStyle {
  std::string locale;    ///< BCP-47 tag; empty means `en`
  std::string currency;  ///< ISO 4217 code or empty
  std::string unit;      ///< CLDR unit such as `meter`, `kilometer-per-hour`, or empty
  std::optional<int> least_decimals;
  std::optional<int> most_decimals;
};

/// `value` as the language writes it (grouping, decimal sign, currency or short unit), as
/// `Intl.NumberFormat`. Nothing where currency, unit or decimals are not valid.
std::optional<std::string> format_number(double value, NumberStyle const& style);

/// `text` in upper or lower case by the rules of Unicode without a language.
std::string to_upper_text(std::string_view text);
std::string to_lower_text(std::string_view text);

}  // namespace hachure::style
