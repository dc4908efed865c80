#include "record/wkt.hpp"

#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "record/node.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Fault;
using Line = std::vector<geo::LonLat>;

class WktParser {
 public:
  explicit WktParser(std::string_view text) : text_(text) {}

  geo::Geometry parse() {
    auto word = base::to_lower(read_word());
    if (word == "srid") {
      expect('=');
      if (read_number() != 4326) fail("is in another reference system than 4326");
      expect(';');
      word = base::to_lower(read_word());
    }
    auto geometry = parse_tagged(word);
    skip_spaces();
    if (at_ != text_.size()) fail("has text after its end");
    return geometry;
  }

 private:
  [[noreturn]] void fail(std::string const& what) const {
    throw Error(Fault::input, {},
                quote(text_) + " is not WKT: " + what + " at character " + std::to_string(at_ + 1),
                "write e.g. POINT (113.26 23.13) or LINESTRING (113.2 23.1, 113.3 23.2)");
  }

  void skip_spaces() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool take(char c) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail(std::string("expected \"") + c + "\"");
  }

  std::string_view read_word() {
    skip_spaces();
    auto const start = at_;
    while (at_ < text_.size() &&
           ((text_[at_] >= 'a' && text_[at_] <= 'z') || (text_[at_] >= 'A' && text_[at_] <= 'Z'))) {
      ++at_;
    }
    return text_.substr(start, at_ - start);
  }

  bool take_word(std::string_view word) {
    auto const start = at_;
    if (base::to_lower(read_word()) == word) return true;
    at_ = start;
    return false;
  }

  double read_number() {
    skip_spaces();
    double value = 0;
    if (at_ < text_.size() && text_[at_] == '+') ++at_;
    auto const* begin = text_.data() + at_;
    auto const [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) fail("expected a number");
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  geo::LonLat read_position() {
    geo::LonLat position{.lon_deg = read_number(), .lat_deg = read_number()};
    // Height and measure are of no use on a map.
    for (int extra = 0; extra < 2; ++extra) {
      skip_spaces();
      if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != ')') read_number();
    }
    if (auto const problem = position_problem(position); !problem.empty()) {
      throw Error(Fault::input, {}, problem, position_hint(position));
    }
    return position;
  }

  /// `( item , item ... )`
  template <class Item>
  auto read_list(Item item) {
    std::vector<decltype(item())> list;
    expect('(');
    do {
      list.push_back(item());
    } while (take(','));
    expect(')');
    return list;
  }

  Line read_line() {
    auto line = read_list([this] { return read_position(); });
    if (line.size() < 2) fail("a line needs two points");
    return line;
  }

  Line read_ring() {
    auto ring = read_line();
    if (!(ring.front() == ring.back())) fail("a ring does not end where it begins");
    if (ring.size() < 4) fail("a ring needs four points");
    return ring;
  }

  std::vector<Line> read_polygon() {
    return read_list([this] { return read_ring(); });
  }

  geo::Geometry parse_tagged(std::string const& word) {
    for (std::string_view const dimensions : {"zm", "z", "m"}) {
      if (take_word(dimensions)) break;
    }
    bool const empty = take_word("empty");
    if (word == "point") {
      if (empty) return {};
      expect('(');
      auto const position = read_position();
      expect(')');
      return geo::Points<geo::LonLat>{{position}};
    }
    if (word == "multipoint") {
      if (empty) return {};
      return geo::Points<geo::LonLat>{read_list([this] {
        bool const inner = take('(');
        auto const position = read_position();
        if (inner) expect(')');
        return position;
      })};
    }
    if (word == "linestring") {
      if (empty) return {};
      return geo::Lines<geo::LonLat>{{read_line()}};
    }
    if (word == "multilinestring") {
      if (empty) return {};
      return geo::Lines<geo::LonLat>{read_list([this] { return read_line(); })};
    }
    if (word == "polygon") {
      if (empty) return {};
      return geo::Polygons<geo::LonLat>{{read_polygon()}};
    }
    if (word == "multipolygon") {
      if (empty) return {};
      return geo::Polygons<geo::LonLat>{read_list([this] { return read_polygon(); })};
    }
    at_ = 0;
    fail("no geometry of that name");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

geo::LonLat const* find_bad(Line const& line) {
  for (auto const& position : line) {
    if (!position_problem(position).empty()) return &position;
  }
  return nullptr;
}

geo::LonLat const* find_bad(std::vector<Line> const& lines) {
  for (auto const& line : lines) {
    if (auto const* bad = find_bad(line)) return bad;
  }
  return nullptr;
}

}  // namespace

geo::Geometry parse_wkt(std::string_view text) {
  return WktParser(text).parse();
}

std::string position_problem(geo::LonLat p) {
  // Written so that NaN fails.
  if (!(p.lon_deg >= -180 && p.lon_deg <= 180)) {
    return "longitude " + base::to_exact_text(p.lon_deg) + " is not within -180 and 180";
  }
  if (!(p.lat_deg >= -90 && p.lat_deg <= 90)) {
    return "latitude " + base::to_exact_text(p.lat_deg) + " is not within -90 and 90";
  }
  return {};
}

std::string position_hint(geo::LonLat p) {
  bool const swapped = p.lon_deg >= -90 && p.lon_deg <= 90 && p.lat_deg >= -180 && p.lat_deg <= 180;
  if (swapped) return "longitude and latitude look swapped: longitude comes first";
  if (p.lon_deg > 180 && p.lon_deg <= 360) {
    return "write " + base::to_exact_text(p.lon_deg - 360) + " for a place west of Greenwich";
  }
  bool const metres = std::abs(p.lon_deg) > 360 || std::abs(p.lat_deg) > 360;
  return metres ? "positions are degrees of WGS 84, not metres of a projection" : "";
}

geo::LonLat const* find_bad_position(geo::Geometry const& geometry) {
  if (auto const* points = std::get_if<geo::Points<geo::LonLat>>(&geometry)) {
    return find_bad(points->at);
  }
  if (auto const* lines = std::get_if<geo::Lines<geo::LonLat>>(&geometry)) {
    return find_bad(lines->at);
  }
  if (auto const* polygons = std::get_if<geo::Polygons<geo::LonLat>>(&geometry)) {
    for (auto const& polygon : polygons->at) {
      if (auto const* bad = find_bad(polygon)) return bad;
    }
  }
  return nullptr;
}

}  // namespace hachure::record
