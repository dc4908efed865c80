#include "draw/prefix.hpp"

namespace hachure::draw {

void prefix_ids(Group& group, std::string const& prefix) {
  if (!group.id.empty()) group.id = prefix + group.id;
  for (auto& child : group.children) {
    if (auto* inner = std::get_if<Group>(&child.value)) {
      prefix_ids(*inner, prefix);
    } else {
      std::visit(
          [&](auto& node) {
            if constexpr (requires { node.id; }) {
              if (!node.id.empty()) node.id = prefix + node.id;
            }
          },
          child.value);
    }
  }
}

}  // namespace hachure::draw
