#include "style/color.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/number.hpp"
#include "base/text.hpp"

namespace hachure::style {

namespace {

struct NamedColor {
  std::string_view name;
  unsigned rgb;
};

// CSS Color Module Level 4, section 6.1; sorted by name for the binary search.
constexpr NamedColor named_colors[] = {
    {"aliceblue", 0xf0f8ff},
    {"antiquewhite", 0xfaebd7},
    {"aqua", 0x00ffff},
    {"aquamarine", 0x7fffd4},
    {"azure", 0xf0ffff},
    {"beige", 0xf5f5dc},
    {"bisque", 0xffe4c4},
    {"black", 0x000000},
    {"blanchedalmond", 0xffebcd},
    {"blue", 0x0000ff},
    {"blueviolet", 0x8a2be2},
    {"brown", 0xa52a2a},
    {"burlywood", 0xdeb887},
    {"cadetblue", 0x5f9ea0},
    {"chartreuse", 0x7fff00},
    {"chocolate", 0xd2691e},
    {"coral", 0xff7f50},
    {"cornflowerblue", 0x6495ed},
    {"cornsilk", 0xfff8dc},
    {"crimson", 0xdc143c},
    {"cyan", 0x00ffff},
    {"darkblue", 0x00008b},
    {"darkcyan", 0x008b8b},
    {"darkgoldenrod", 0xb8860b},
    {"darkgray", 0xa9a9a9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xa9a9a9},
    {"darkkhaki", 0xbdb76b},
    {"darkmagenta", 0x8b008b},
    {"darkolivegreen", 0x556b2f},
    {"darkorange", 0xff8c00},
    {"darkorchid", 0x9932cc},
    {"darkred", 0x8b0000},
    {"darksalmon", 0xe9967a},
    {"darkseagreen", 0x8fbc8f},
    {"darkslateblue", 0x483d8b},
    {"darkslategray", 0x2f4f4f},
    {"darkslategrey", 0x2f4f4f},
    {"darkturquoise", 0x00ced1},
    {"darkviolet", 0x9400d3},
    {"deeppink", 0xff1493},
    {"deepskyblue", 0x00bfff},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1e90ff},
    {"firebrick", 0xb22222},
    {"floralwhite", 0xfffaf0},
    {"forestgreen", 0x228b22},
    {"fuchsia", 0xff00ff},
    {"gainsboro", 0xdcdcdc},
    {"ghostwhite", 0xf8f8ff},
    {"gold", 0xffd700},
    {"goldenrod", 0xdaa520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xadff2f},
    {"grey", 0x808080},
    {"honeydew", 0xf0fff0},
    {"hotpink", 0xff69b4},
    {"indianred", 0xcd5c5c},
    {"indigo", 0x4b0082},
    {"ivory", 0xfffff0},
    {"khaki", 0xf0e68c},
    {"lavender", 0xe6e6fa},
    {"lavenderblush", 0xfff0f5},
    {"lawngreen", 0x7cfc00},
    {"lemonchiffon", 0xfffacd},
    {"lightblue", 0xadd8e6},
    {"lightcoral", 0xf08080},
    {"lightcyan", 0xe0ffff},
    {"lightgoldenrodyellow", 0xfafad2},
    {"lightgray", 0xd3d3d3},
    {"lightgreen", 0x90ee90},
    {"lightgrey", 0xd3d3d3},
    {"lightpink", 0xffb6c1},
    {"lightsalmon", 0xffa07a},
    {"lightseagreen", 0x20b2aa},
    {"lightskyblue", 0x87cefa},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xb0c4de},
    {"lightyellow", 0xffffe0},
    {"lime", 0x00ff00},
    {"limegreen", 0x32cd32},
    {"linen", 0xfaf0e6},
    {"magenta", 0xff00ff},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66cdaa},
    {"mediumblue", 0x0000cd},
    {"mediumorchid", 0xba55d3},
    {"mediumpurple", 0x9370db},
    {"mediumseagreen", 0x3cb371},
    {"mediumslateblue", 0x7b68ee},
    {"mediumspringgreen", 0x00fa9a},
    {"mediumturquoise", 0x48d1cc},
    {"mediumvioletred", 0xc71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xf5fffa},
    {"mistyrose", 0xffe4e1},
    {"moccasin", 0xffe4b5},
    {"navajowhite", 0xffdead},
    {"navy", 0x000080},
    {"oldlace", 0xfdf5e6},
    {"olive", 0x808000},
    {"olivedrab", 0x6b8e23},
    {"orange", 0xffa500},
    {"orangered", 0xff4500},
    {"orchid", 0xda70d6},
    {"palegoldenrod", 0xeee8aa},
    {"palegreen", 0x98fb98},
    {"paleturquoise", 0xafeeee},
    {"palevioletred", 0xdb7093},
    {"papayawhip", 0xffefd5},
    {"peachpuff", 0xffdab9},
    {"peru", 0xcd853f},
    {"pink", 0xffc0cb},
    {"plum", 0xdda0dd},
    {"powderblue", 0xb0e0e6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xff0000},
    {"rosybrown", 0xbc8f8f},
    {"royalblue", 0x4169e1},
    {"saddlebrown", 0x8b4513},
    {"salmon", 0xfa8072},
    {"sandybrown", 0xf4a460},
    {"seagreen", 0x2e8b57},
    {"seashell", 0xfff5ee},
    {"sienna", 0xa0522d},
    {"silver", 0xc0c0c0},
    {"skyblue", 0x87ceeb},
    {"slateblue", 0x6a5acd},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xfffafa},
    {"springgreen", 0x00ff7f},
    {"steelblue", 0x4682b4},
    {"tan", 0xd2b48c},
    {"teal", 0x008080},
    {"thistle", 0xd8bfd8},
    {"tomato", 0xff6347},
    {"turquoise", 0x40e0d0},
    {"violet", 0xee82ee},
    {"wheat", 0xf5deb3},
    {"white", 0xffffff},
    {"whitesmoke", 0xf5f5f5},
    {"yellow", 0xffff00},
    {"yellowgreen", 0x9acd32},
};

Color from_bytes(unsigned rgb) {
  return {((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0, 1.0};
}

std::optional<Color> parse_named(std::string_view name) {
  auto const* found = std::ranges::lower_bound(named_colors, name, {}, &NamedColor::name);
  if (found == std::end(named_colors) || found->name != name) return {};
  return from_bytes(found->rgb);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<Color> parse_hex(std::string_view digits) {
  bool const is_short = digits.size() == 3 || digits.size() == 4;
  if (!is_short && digits.size() != 6 && digits.size() != 8) return {};
  std::size_t const step = is_short ? 1 : 2;
  std::array<double, 4> channels{0, 0, 0, 1};
  for (std::size_t i = 0; i * step < digits.size(); ++i) {
    int const high = hex_digit(digits[i * step]);
    int const low = hex_digit(digits[i * step + step - 1]);
    if (high < 0 || low < 0) return {};
    channels[i] = (high * 16 + low) / 255.0;
  }
  return Color{channels[0], channels[1], channels[2], channels[3]};
}

/// One argument of a colour function: a number and what stood behind it.
struct Argument {
  double value = 0;
  bool is_percent = false;
  bool is_degrees = false;
};

/// Reader of `name(a, b, c[, d])` or `name(a b c[ / d])`.
class Arguments {
 public:
  explicit Arguments(std::string_view text) : rest_(text) {}

  /// The three or four arguments; nothing when separators are mixed or anything else stands there.
  std::optional<std::vector<Argument>> read() {
    std::vector<Argument> all;
    char separator = 0;
    for (;;) {
      auto const argument = read_one();
      if (!argument || all.size() == 4) return {};
      all.push_back(*argument);
      bool const had_space = skip_spaces();
      if (take(')')) break;
      if (take(',')) {
        if (separator == ' ' || (separator == 0 && all.size() != 1)) return {};
        separator = ',';
        skip_spaces();
      } else if (take('/')) {
        if (all.size() != 3 || separator != ' ') return {};
        skip_spaces();
      } else {
        if (!had_space || separator == ',' || all.size() >= 3) return {};
        separator = ' ';
      }
    }
    if (!rest_.empty() || all.size() < 3) return {};
    return all;
  }

 private:
  bool skip_spaces() {
    auto const before = rest_.size();
    while (!rest_.empty() &&
           (rest_.front() == ' ' || (rest_.front() >= 9 && rest_.front() <= 13))) {
      rest_.remove_prefix(1);
    }
    return rest_.size() != before;
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<Argument> read_one() {
    skip_spaces();
    std::size_t length = 0;
    while (length < rest_.size() &&
           std::string_view("0123456789e.+-").find(rest_[length]) != std::string_view::npos) {
      ++length;
    }
    auto const value = base::parse_number(rest_.substr(0, length));
    if (!value) return {};
    Argument argument{*value, false, false};
    rest_.remove_prefix(length);
    if (take('%')) {
      argument.is_percent = true;
    } else if (rest_.starts_with("deg")) {
      rest_.remove_prefix(3);
      argument.is_degrees = true;
    }
    return argument;
  }

  std::string_view rest_;
};

double alpha_of(std::vector<Argument> const& arguments) {
  if (arguments.size() < 4) return 1;
  auto const& alpha = arguments[3];
  return std::clamp(alpha.is_percent ? alpha.value / 100 : alpha.value, 0.0, 1.0);
}

std::optional<Color> parse_rgb(std::vector<Argument> const& arguments) {
  bool const percent = arguments[0].is_percent;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].is_degrees) return {};
    if (i < 3 && arguments[i].is_percent != percent) return {};
  }
  double const full = percent ? 100.0 : 255.0;
  auto const channel = [&](std::size_t i) {
    return std::clamp(arguments[i].value / full, 0.0, 1.0);
  };
  return Color{channel(0), channel(1), channel(2), alpha_of(arguments)};
}

/// CSS Color Module Level 4, section 7.1, sample code.
std::optional<Color> parse_hsl(std::vector<Argument> const& arguments) {
  if (arguments[0].is_percent || !arguments[1].is_percent || !arguments[2].is_percent) return {};
  if (arguments.size() == 4 && arguments[3].is_degrees) return {};
  double hue = std::fmod(arguments[0].value, 360.0);
  if (hue < 0) hue += 360;
  double const saturation = std::clamp(arguments[1].value, 0.0, 100.0) / 100;
  double const lightness = std::clamp(arguments[2].value, 0.0, 100.0) / 100;
  auto const channel = [&](double n) {
    double const k = std::fmod(n + hue / 30, 12.0);
    double const a = saturation * std::min(lightness, 1 - lightness);
    return lightness - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
  };
  return Color{channel(0), channel(8), channel(4), alpha_of(arguments)};
}

/// L* 0..100, a*, b* at the white point D50.
struct Lab {
  double l, a, b;
};

/// Hue in degrees (not a number for greys), chroma, L*.
struct Hcl {
  double h, c, l;
};

// White point D50 and the break of the CIE curve, as in d3-color.
constexpr double white_x = 0.96422;
constexpr double white_y = 1;
constexpr double white_z = 0.82521;
constexpr double t0 = 4.0 / 29;
constexpr double t1 = 6.0 / 29;
constexpr double t2 = 3 * t1 * t1;
constexpr double t3 = t1 * t1 * t1;
constexpr double degree = std::numbers::pi / 180;

double to_linear(double x) {
  return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
}

double from_linear(double x) {
  x = x <= 0.00304 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
  return std::clamp(x, 0.0, 1.0);
}

double xyz_to_lab(double t) {
  return t > t3 ? std::cbrt(t) : t / t2 + t0;
}
double lab_to_xyz(double t) {
  return t > t1 ? t * t * t : t2 * (t - t0);
}

Lab to_lab(Color const& color) {
  double const r = to_linear(color.r);
  double const g = to_linear(color.g);
  double const b = to_linear(color.b);
  double const y = xyz_to_lab((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / white_y);
  double x = y;
  double z = y;
  // Greys stay exactly grey: the matrix rows do not sum to the white point to the last digit.
  if (color.r != color.g || color.g != color.b) {
    x = xyz_to_lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white_x);
    z = xyz_to_lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white_z);
  }
  return {std::max(0.0, 116 * y - 16), 500 * (x - y), 200 * (y - z)};
}

Color from_lab(Lab const& lab, double alpha) {
  double const fy = (lab.l + 16) / 116;
  double const x = white_x * lab_to_xyz(std::isnan(lab.a) ? fy : fy + lab.a / 500);
  double const y = white_y * lab_to_xyz(fy);
  double const z = white_z * lab_to_xyz(std::isnan(lab.b) ? fy : fy - lab.b / 200);
  return {from_linear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
          from_linear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
          from_linear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), alpha};
}

Hcl to_hcl(Color const& color) {
  auto const lab = to_lab(color);
  double const chroma = std::hypot(lab.a, lab.b);
  double hue = std::numeric_limits<double>::quiet_NaN();
  if (std::round(chroma * 10000) != 0) {
    hue = std::fmod(std::atan2(lab.b, lab.a) / degree + 360, 360);
  }
  return {hue, chroma, lab.l};
}

Color from_hcl(Hcl const& hcl, double alpha) {
  double const hue = std::isnan(hcl.h) ? 0 : hcl.h * degree;
  return from_lab({hcl.l, std::cos(hue) * hcl.c, std::sin(hue) * hcl.c}, alpha);
}

double between(double from, double to, double share) {
  return from + share * (to - from);
}

Color mix_hcl(Color const& from, Color const& to, double share) {
  auto const a = to_hcl(from);
  auto const b = to_hcl(to);
  double hue = std::numeric_limits<double>::quiet_NaN();
  double chroma = between(a.c, b.c, share);
  if (!std::isnan(a.h) && !std::isnan(b.h)) {
    double turn = b.h - a.h;
    if (turn > 180) turn -= 360;
    if (turn < -180) turn += 360;
    hue = a.h + share * turn;
  } else if (!std::isnan(a.h)) {
    hue = a.h;
    if (b.l == 1 || b.l == 0) chroma = a.c;
  } else if (!std::isnan(b.h)) {
    hue = b.h;
    if (a.l == 1 || a.l == 0) chroma = b.c;
  }
  return from_hcl({hue, chroma, between(a.l, b.l, share)}, between(from.a, to.a, share));
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
  auto const lower = base::to_lower(base::trim(text));
  std::string_view const view = lower;
  if (view.starts_with('#')) return parse_hex(view.substr(1));
  if (view == "transparent") return Color{0, 0, 0, 0};
  auto const open = view.find('(');
  if (open == std::string_view::npos) return parse_named(view);
  auto const name = view.substr(0, open);
  bool const is_rgb = name == "rgb" || name == "rgba";
  if (!is_rgb && name != "hsl" && name != "hsla") return {};
  auto const arguments = Arguments(view.substr(open + 1)).read();
  if (!arguments) return {};
  return is_rgb ? parse_rgb(*arguments) : parse_hsl(*arguments);
}

std::string to_text(Color const& color) {
  auto const channel = [](double c) { return base::to_text(std::floor(c * 255 + 0.5), 0); };
  return "rgba(" + channel(color.r) + "," + channel(color.g) + "," + channel(color.b) + "," +
         base::to_exact_text(color.a) + ")";
}

std::string to_hex(Color const& color) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text = "#";
  for (double const channel : {color.r, color.g, color.b}) {
    auto const v = std::lround(std::clamp(channel, 0.0, 1.0) * 255);
    text += digits[v / 16];
    text += digits[v % 16];
  }
  return text;
}

Color mix(Color const& from, Color const& to, double share, ColorSpace space) {
  switch (space) {
    case ColorSpace::rgb:
      return {between(from.r, to.r, share), between(from.g, to.g, share),
              between(from.b, to.b, share), between(from.a, to.a, share)};
    case ColorSpace::lab: {
      auto const a = to_lab(from);
      auto const b = to_lab(to);
      return from_lab(
          {between(a.l, b.l, share), between(a.a, b.a, share), between(a.b, b.b, share)},
          between(from.a, to.a, share));
    }
    case ColorSpace::hcl:
      return mix_hcl(from, to, share);
  }
  return from;
}

}  // namespace hachure::style
