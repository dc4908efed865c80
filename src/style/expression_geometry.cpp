#include "style/expression_parse.hpp"

namespace hachure::style {

std::vector<Form> const& geometry_forms() {
  static std::vector<Form> const forms;
  return forms;
}

}  // namespace hachure::style
