#include "render/xml.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"
#include "base/text.hpp"

namespace hachure::render {

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (char const c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += attribute ? "&#10;" : "\n";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
  }
}

std::string hex(std::uint64_t value, int digits) {
  std::string out(static_cast<std::size_t>(digits), '0');
  for (auto it = out.rbegin(); it != out.rend(); ++it, value >>= 4) {
    *it = "0123456789abcdef"[value & 15];
  }
  return out;
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_escaped(out, value, true);
  out += '"';
}

void append_attributes(std::string& out, Attributes const& attributes) {
  for (auto const& [name, value] : attributes) append_attribute(out, name, value);
}

std::string text_of(double value) {
  return base::to_text(value, 3);
}

std::string degrees(double angle_rad) {
  return text_of(angle_rad * 180 / std::numbers::pi);
}

std::string hex_color(draw::Color const& color) {
  auto const byte = [](double v) {
    return static_cast<unsigned>(std::lround(std::clamp(v, 0.0, 1.0) * 255));
  };
  unsigned const r = byte(color.r);
  unsigned const g = byte(color.g);
  unsigned const b = byte(color.b);
  if (r % 17 == 0 && g % 17 == 0 && b % 17 == 0) {
    return "#" + hex((r / 17) << 8 | (g / 17) << 4 | b / 17, 3);
  }
  return "#" + hex(r << 16 | g << 8 | b, 6);
}

void add_paint(Attributes& out, std::string_view name, std::string_view opacity_name,
               draw::Color const& color) {
  out.emplace_back(name, hex_color(color));
  if (color.a < 1) out.emplace_back(opacity_name, text_of(color.a));
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    auto const byte = [&](std::size_t k) {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
    };
    unsigned const triple = byte(0) << 16 | byte(1) << 8 | byte(2);
    out += digits[triple >> 18];
    out += digits[triple >> 12 & 63];
    out += i + 1 < bytes.size() ? digits[triple >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? digits[triple & 63] : '=';
  }
  return out;
}

}  // namespace hachure::render
