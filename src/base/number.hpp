#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hachure::base {

/// Decimal text of `value` rounded to `decimals` places, without trailing zeros, exponent or
/// locale; minus zero is "0". The one way by which numbers leave the program.
/// @pre value is finite and |value| < 1e15
std::string to_text(double value, int decimals = 3);

/// Appends to_text(value, decimals) to `out`; for writers that build long strings.
void append_number(std::string& out, double value, int decimals = 3);

/// Shortest text that reads back as the same double (for JSON and dumps).
std::string to_exact_text(double value);

/// The whole of `text` as a decimal number (point, optional exponent), locale-free; spaces around
/// it are ignored. Nothing for anything else, also for inf and nan.
std::optional<double> parse_number(std::string_view text);

/// The whole of `text` as an integer, or nothing.
std::optional<long long> parse_integer(std::string_view text);

}  // namespace hachure::base
