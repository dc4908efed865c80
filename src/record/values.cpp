#include "record/values.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "record/columns.hpp"
#include "record/wkt.hpp"

namespace hachure::record {

std::string word_of(Node const* node) {
  return node != nullptr && node->is_scalar() ? node->text : std::string();
}

std::vector<std::string> words_of(Node const* node) {
  if (node == nullptr) return {};
  if (node->is_scalar()) return {node->text};
  std::vector<std::string> words;
  if (!node->is_list()) return words;
  for (auto const& item : node->items) {
    if (item.is_scalar()) words.push_back(item.text);
  }
  return words;
}

base::LangText text_of(Node const* node, std::string const& default_tag) {
  base::LangText text;
  if (node == nullptr) return text;
  if (node->is_scalar()) text.by_tag[default_tag] = node->text;
  if (!node->is_map()) return text;
  for (auto const& item : node->items) {
    auto const tag = parse_language_tag(item.key);
    if (tag && item.is_scalar()) text.by_tag[*tag] = item.text;
  }
  return text;
}

std::optional<double> number_of(Node const* node) {
  if (node == nullptr || !node->is_scalar() || node->quoted) return {};
  return base::parse_number(node->text);
}

std::optional<double> scale_of(Node const* node) {
  if (node == nullptr || !node->is_scalar()) return {};
  std::string_view text = node->text;
  if (text.starts_with("1:")) text.remove_prefix(2);
  return base::parse_number(text);
}

std::optional<base::Length> page_length_of(Node const* node) {
  if (node == nullptr || !node->is_scalar()) return {};
  // A bare number is px to a style, and a mistake in a project.
  if (base::parse_number(node->text)) return {};
  auto const length = base::parse_length(node->text);
  if (!length || length->frame != base::Length::Frame::page) return {};
  return length;
}

namespace {

std::optional<std::vector<double>> numbers_of(Node const* node, std::size_t count) {
  if (node == nullptr || !node->is_list() || node->items.size() != count) return {};
  std::vector<double> numbers;
  for (auto const& item : node->items) {
    auto const number = number_of(&item);
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

std::optional<geo::LonLat> position_of(Node const* node) {
  auto const numbers = numbers_of(node, 2);
  if (!numbers) return {};
  return geo::LonLat{(*numbers)[0], (*numbers)[1]};
}

std::optional<geo::LonLatBox> box_of(Node const* node) {
  auto const n = numbers_of(node, 4);
  if (!n) return {};
  return geo::LonLatBox{(*n)[0], (*n)[1], (*n)[2], (*n)[3]};
}

std::vector<FurnitureEntry> furniture_of(Node const* node) {
  std::vector<FurnitureEntry> entries;
  if (node == nullptr) return entries;
  if (node->is_scalar()) entries.push_back({node->text, node->line, nullptr});
  for (auto const& item : node->items) {
    if (node->is_map()) {
      entries.push_back({item.key, item.key_line, item.is_null() ? nullptr : &item});
    } else if (item.is_scalar()) {
      entries.push_back({item.text, item.line, nullptr});
    } else if (item.is_map()) {
      for (auto const& part : item.items) {
        entries.push_back({part.key, part.key_line, part.is_null() ? nullptr : &part});
      }
    }
  }
  return entries;
}

}  // namespace hachure::record
