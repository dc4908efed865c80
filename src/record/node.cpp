#include "record/node.hpp"

#include <algorithm>

#include "base/number.hpp"

namespace hachure::record {

namespace {

constexpr std::size_t longest_quote_bytes = 60;

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_json(std::string& out, Node const& node) {
  switch (node.type) {
    case Node::Type::null:
      out += "null";
      return;
    case Node::Type::scalar:
      if (!node.quoted) {
        if (node.text == "true" || node.text == "false") {
          out += node.text;
          return;
        }
        if (auto const number = base::parse_number(node.text)) {
          out += base::to_exact_text(*number);
          return;
        }
      }
      append_json_string(out, node.text);
      return;
    case Node::Type::list:
    case Node::Type::map:
      break;
  }
  out += node.is_list() ? '[' : '{';
  bool first = true;
  for (auto const& item : node.items) {
    if (!first) out += ',';
    first = false;
    if (node.is_map()) {
      append_json_string(out, item.key);
      out += ':';
    }
    append_json(out, item);
  }
  out += node.is_list() ? ']' : '}';
}

}  // namespace

Node const* Node::find(std::string_view name) const {
  if (type != Type::map) return nullptr;
  auto const it = std::ranges::find(items, name, &Node::key);
  return it == items.end() ? nullptr : &*it;
}

std::string quote(std::string_view text) {
  if (text.size() <= longest_quote_bytes) return "\"" + std::string(text) + "\"";
  auto end = longest_quote_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return "\"" + std::string(text.substr(0, end)) + "...\"";
}

std::string describe(Node const& node) {
  switch (node.type) {
    case Node::Type::null:
      return "an empty value";
    case Node::Type::scalar:
      return quote(node.text);
    case Node::Type::list:
      return "a list";
    case Node::Type::map:
      return "a map";
  }
  return {};
}

std::string to_json(Node const& node) {
  std::string out;
  append_json(out, node);
  return out;
}

}  // namespace hachure::record
