#include "record/record.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace hachure::record {

namespace {

struct CertaintyWord {
  std::string_view word;
  Certainty certainty;
};
constexpr std::array certainty_words = {
    CertaintyWord{"certain", Certainty::certain},
    CertaintyWord{"probable", Certainty::probable},
    CertaintyWord{"approximate", Certainty::approximate},
    CertaintyWord{"uncertain", Certainty::uncertain},
    CertaintyWord{"conjectural", Certainty::conjectural},
    CertaintyWord{"planned", Certainty::planned},
};

template <class Record>
Record const* find_by_id(std::vector<Record> const& records, std::string_view id) {
  auto const it = std::ranges::find(records, id, &Record::id);
  return it == records.end() ? nullptr : &*it;
}

}  // namespace

std::string_view to_string(Certainty certainty) {
  for (auto const& row : certainty_words) {
    if (row.certainty == certainty) return row.word;
  }
  return {};
}

std::optional<Certainty> parse_certainty(std::string_view word) {
  auto const it = std::ranges::find(certainty_words, word, &CertaintyWord::word);
  if (it == certainty_words.end()) return {};
  return it->certainty;
}

std::vector<std::string> certainty_names() {
  std::vector<std::string> names;
  for (auto const& row : certainty_words) names.emplace_back(row.word);
  return names;
}

std::string const& RecordBase::map_name(std::string_view tag,
                                        std::vector<std::string> const& fallbacks) const {
  // A full title in the language goes before a short one in another.
  bool const full = !short_title.has(tag) && (short_title.empty() || title.has(tag));
  return full ? title.in(tag, fallbacks) : short_title.in(tag, fallbacks);
}

Side const* Records::side(std::string_view id) const {
  return find_by_id(sides, id);
}
Place const* Records::place(std::string_view id) const {
  return find_by_id(places, id);
}
Unit const* Records::unit(std::string_view id) const {
  return find_by_id(units, id);
}
Event const* Records::event(std::string_view id) const {
  return find_by_id(events, id);
}
Movement const* Records::movement(std::string_view id) const {
  return find_by_id(movements, id);
}
Source const* Records::source(std::string_view id) const {
  return find_by_id(sources, id);
}

}  // namespace hachure::record
