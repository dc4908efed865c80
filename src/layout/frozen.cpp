#include "layout/frozen.hpp"

#include <algorithm>

namespace hachure::layout {

FrozenLabel const* FrozenPlacement::find(std::string_view id) const {
  auto const it = std::ranges::lower_bound(labels, id, {}, &FrozenLabel::id);
  return it == labels.end() || it->id != id ? nullptr : &*it;
}

FrozenPlacement FrozenPlacement::within(std::string_view prefix) const {
  FrozenPlacement out;
  for (auto const& label : labels) {
    if (!label.id.starts_with(prefix)) continue;
    out.labels.push_back(label);
    out.labels.back().id.erase(0, prefix.size());
  }
  out.sort();
  return out;
}

void FrozenPlacement::sort() {
  std::ranges::stable_sort(labels, {}, &FrozenLabel::id);
}

}  // namespace hachure::layout
