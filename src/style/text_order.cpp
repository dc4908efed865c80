#include "style/text_order.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace hachure::style {

namespace {

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

icu::Locale locale_of(std::string const& tag, char const* otherwise) {
  if (tag.empty()) return icu::Locale(otherwise);
  UErrorCode status = U_ZERO_ERROR;
  auto const locale = icu::Locale::forLanguageTag(piece(tag), status);
  return U_SUCCESS(status) && !locale.isBogus() ? locale : icu::Locale(otherwise);
}

class IcuOrder final : public TextOrder {
 public:
  IcuOrder(std::unique_ptr<icu::Collator> collator, std::string locale)
      : collator_(std::move(collator)), locale_(std::move(locale)) {}

  int compare(std::string_view a, std::string_view b) const override {
    UErrorCode status = U_ZERO_ERROR;
    return collator_->compareUTF8(piece(a), piece(b), status);
  }
  std::string locale() const override { return locale_; }

 private:
  std::unique_ptr<icu::Collator> collator_;
  std::string locale_;
};

/// The order by bytes, should ICU have no data at all.
class ByteOrder final : public TextOrder {
 public:
  int compare(std::string_view a, std::string_view b) const override { return a.compare(b); }
  std::string locale() const override { return "und"; }
};

std::string tag_of(icu::Locale const& locale) {
  UErrorCode status = U_ZERO_ERROR;
  auto const tag = locale.toLanguageTag<std::string>(status);
  return U_SUCCESS(status) ? tag : std::string("und");
}

int decimals_of(std::string const& currency) {
  UErrorCode status = U_ZERO_ERROR;
  auto code = icu::UnicodeString::fromUTF8(piece(currency));
  auto const decimals = ucurr_getDefaultFractionDigits(code.getTerminatedBuffer(), &status);
  return U_SUCCESS(status) ? decimals : 2;
}

}  // namespace

std::shared_ptr<TextOrder const> TextOrder::make(std::string const& locale, bool case_sensitive,
                                                 bool diacritic_sensitive) {
  auto const plain = locale_of(locale, "en");
  auto wanted = plain;
  UErrorCode status = U_ZERO_ERROR;
  // The search order tells some letters from digraphs differently: German a-umlaut is `ae`.
  wanted.setKeywordValue("collation", "search", status);
  status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(wanted, status));
  if (U_FAILURE(status) || !collator) return std::make_shared<ByteOrder const>();
  using icu::Collator;
  collator->setStrength(diacritic_sensitive
                            ? (case_sensitive ? Collator::TERTIARY : Collator::SECONDARY)
                            : Collator::PRIMARY);
  if (case_sensitive && !diacritic_sensitive) {
    collator->setAttribute(UCOL_CASE_LEVEL, UCOL_ON, status);
  }
  return std::make_shared<IcuOrder const>(std::move(collator), tag_of(plain));
}

std::optional<std::string> format_number(double value, NumberStyle const& style) {
  constexpr int most_digits = 20;  // of Intl.NumberFormat
  UErrorCode status = U_ZERO_ERROR;
  auto formatter = icu::number::NumberFormatter::withLocale(locale_of(style.locale, "en"))
                       .roundingMode(UNUM_ROUND_HALFUP);
  if (!style.currency.empty()) {
    icu::CurrencyUnit const currency(
        icu::UnicodeString::fromUTF8(piece(style.currency)).getTerminatedBuffer(), status);
    if (U_FAILURE(status)) return {};
    formatter = formatter.unit(currency);
  } else if (!style.unit.empty()) {
    auto const unit = icu::MeasureUnit::forIdentifier(piece(style.unit), status);
    if (U_FAILURE(status)) return {};
    formatter = formatter.unit(unit).unitWidth(UNUM_UNIT_WIDTH_SHORT);
  }
  bool const has_decimals = style.least_decimals || style.most_decimals;
  if (has_decimals || style.currency.empty()) {
    // Defaults of ECMA-402: 0 to 3 decimals, of money as many as the currency has.
    int const usual_least = style.currency.empty() ? 0 : decimals_of(style.currency);
    int const usual_most = style.currency.empty() ? 3 : usual_least;
    int least = style.least_decimals.value_or(
        std::min(usual_least, style.most_decimals.value_or(usual_least)));
    int most = style.most_decimals.value_or(std::max(usual_most, least));
    if (least < 0 || most > most_digits || least > most) return {};
    formatter = formatter.precision(icu::number::Precision::minMaxFraction(least, most));
  }
  auto const formatted = formatter.formatDouble(value, status);
  if (U_FAILURE(status)) return {};
  std::string text;
  formatted.toString(status).toUTF8String(text);
  if (U_FAILURE(status)) return {};
  return text;
}

std::string to_upper_text(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(piece(text)).toUpper(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

std::string to_lower_text(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(piece(text)).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

}  // namespace hachure::style
