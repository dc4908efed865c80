#include "style/json_member.hpp"

#include <nlohmann/json.hpp>

namespace hachure::style {

std::string text_at(nlohmann::json const& node, char const* key) {
  auto const it = node.find(key);
  return it != node.end() && it->is_string() ? it->get<std::string>() : std::string();
}

double number_at(nlohmann::json const& node, char const* key, double otherwise) {
  auto const it = node.find(key);
  return it != node.end() && it->is_number() ? it->get<double>() : otherwise;
}

}  // namespace hachure::style
