#include "base/length.hpp"

#include <cmath>

#include "base/number.hpp"

namespace hachure::base {

std::optional<Length> parse_length(std::string_view text) {
  struct Unit {
    std::string_view suffix;
    Length one;
  };
  // Longest suffixes first, so that "mm" is not read as metres.
  static constexpr Unit units[] = {
      {"mm", Length::mm(1)},      {"cm", Length::mm(10)}, {"km", Length::ground_m(1000)},
      {"pt", Length::pt(1)},      {"px", Length::px(1)},  {"in", Length::mm(25.4)},
      {"m", Length::ground_m(1)},
  };
  for (auto const& unit : units) {
    if (!text.ends_with(unit.suffix)) continue;
    auto const number = parse_number(text.substr(0, text.size() - unit.suffix.size()));
    if (!number || !std::isfinite(*number * unit.one.value)) return {};
    return Length{*number * unit.one.value, unit.one.frame};
  }
  auto const number = parse_number(text);
  if (!number) return {};
  return Length::px(*number);
}

}  // namespace hachure::base
