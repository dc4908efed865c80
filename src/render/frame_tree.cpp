#include "render/frame_tree.hpp"

#include <algorithm>
#include <optional>

#include "render/xml.hpp"

namespace hachure::render {

namespace {

/// Frames from first to last, both included.
using Span = std::pair<std::size_t, std::size_t>;

void add_frame(std::vector<Span>& shown, std::size_t frame) {
  if (!shown.empty() && shown.back().second + 1 == frame) {
    shown.back().second = frame;
  } else if (shown.empty() || shown.back().second != frame) {
    shown.emplace_back(frame, frame);
  }
}

std::string text_of_frames(std::vector<Span> const& shown) {
  std::string out;
  for (auto const& [first, last] : shown) {
    if (!out.empty()) out += ',';
    out += std::to_string(first);
    if (last > first) out += '-' + std::to_string(last);
  }
  return out;
}

}  // namespace

/// An element, or a group of elements, of the tree.
struct FrameTree::Part {
  std::size_t text = 0;  ///< index into texts_; unused in the root
  bool is_group = false;
  std::size_t order = 0;  ///< position among its siblings
  std::vector<Span> shown;
  std::vector<std::unique_ptr<Part>> children;
  std::map<std::size_t, std::vector<Part*>> by_text;  ///< children of one text, in their order
};

/// A child of the group that is being added.
struct FrameTree::Item {
  std::size_t text = 0;
  draw::Group const* group = nullptr;  ///< null for an element
  Part* part = nullptr;                ///< what it was matched to
};

FrameTree::FrameTree(SvgBody& body) : body_(body), root_(std::make_unique<Part>()) {
  root_->is_group = true;
}

FrameTree::~FrameTree() = default;

std::vector<FrameTree::Item> FrameTree::items_of(draw::Group const& group, int depth) {
  std::vector<Item> items;
  for (auto const& child : group.children) {
    auto const* inner = std::get_if<draw::Group>(&child.value);
    if (inner != nullptr && inner->children.empty()) continue;
    // A group's line end comes with its children.
    auto text = inner != nullptr ? body_.opening(*inner, depth) : body_.element(child, depth);
    if (text.empty()) continue;
    items.push_back(item_of(std::move(text), inner));
  }
  return items;
}

FrameTree::Item FrameTree::item_of(std::string text, draw::Group const* group) {
  auto const [entry, added] = number_of_.try_emplace(std::move(text), texts_.size());
  if (added) texts_.push_back(&entry->first);
  return {entry->second, group, nullptr};
}

namespace {

/// Indices of `chains` form a longest run that rises in order; see the class.
struct Link {
  std::size_t item;
  std::size_t order;
  std::optional<std::size_t> before;  ///< index of the link that it continues
};

}  // namespace

void FrameTree::merge(Part& into, std::vector<Item> items, int depth) {
  // Longest common subsequence: ends[k] is the link that ends a run of k + 1 at the lowest order.
  std::vector<Link> links;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto const same = into.by_text.find(items[i].text);
    if (same == into.by_text.end()) continue;
    for (auto it = same->second.rbegin(); it != same->second.rend(); ++it) {
      if ((*it)->is_group != (items[i].group != nullptr)) continue;
      auto const order = (*it)->order;
      auto const at = std::ranges::lower_bound(ends, order, {},
                                               [&](std::size_t link) { return links[link].order; });
      auto const before =
          at == ends.begin() ? std::optional<std::size_t>() : std::optional(*(at - 1));
      links.push_back({i, order, before});
      if (at == ends.end()) {
        ends.push_back(links.size() - 1);
      } else {
        *at = links.size() - 1;
      }
    }
  }
  for (auto link = ends.empty() ? std::optional<std::size_t>() : std::optional(ends.back()); link;
       link = links[*link].before) {
    items[links[*link].item].part = into.children[links[*link].order].get();
  }

  // What is new goes before the next that was there: after all that was there between the two.
  std::vector<std::unique_ptr<Part>> children;
  std::size_t taken = 0;
  std::vector<Item*> fresh;
  auto const place_fresh = [&] {
    for (auto* item : fresh) {
      auto part = std::make_unique<Part>();
      part->text = item->text;
      part->is_group = item->group != nullptr;
      item->part = part.get();
      children.push_back(std::move(part));
    }
    fresh.clear();
  };
  for (auto& item : items) {
    if (item.part == nullptr) {
      fresh.push_back(&item);
      continue;
    }
    while (taken < item.part->order) children.push_back(std::move(into.children[taken++]));
    place_fresh();
    children.push_back(std::move(into.children[taken++]));
  }
  while (taken < into.children.size()) children.push_back(std::move(into.children[taken++]));
  place_fresh();
  into.children = std::move(children);
  for (std::size_t i = 0; i < into.children.size(); ++i) into.children[i]->order = i;
  for (auto const& item : items) {
    if (!item.part->shown.empty()) continue;  // was there
    auto& same = into.by_text[item.text];
    same.insert(std::ranges::upper_bound(same, item.part->order, {}, &Part::order), item.part);
  }

  for (auto const& item : items) {
    add_frame(item.part->shown, frames_);
    if (item.group == nullptr) continue;
    merge(*item.part, items_of(*item.group, depth + 1), depth + 1);
  }
}

void FrameTree::add(draw::Group const& frame) {
  if (frame.clip || frame.opacity < 1) {
    merge(*root_, {item_of(body_.opening(frame, 1), &frame)}, 1);
  } else {
    merge(*root_, items_of(frame, 1), 1);
  }
  add_frame(root_->shown, frames_);
  ++frames_;
}

void FrameTree::write(std::string& out, Part const& part, int depth) const {
  out += *texts_[part.text];
  if (!part.is_group) return;
  write_children(out, part, depth + 1);
  out.append(static_cast<std::size_t>(depth), ' ');
  out += "</g>\n";
}

void FrameTree::write_children(std::string& out, Part const& part, int depth) const {
  auto const& children = part.children;
  for (std::size_t begin = 0, end = 0; begin < children.size(); begin = end) {
    auto const& shown = children[begin]->shown;
    while (end < children.size() && children[end]->shown == shown) ++end;
    bool const always = shown == part.shown;
    std::string attributes;
    if (!always) {
      append_attribute(attributes, "data-f", text_of_frames(shown));
      if (shown.back().second + 1 < frames_) append_attribute(attributes, "display", "none");
    }
    bool const wraps = !always && end - begin > 1;
    if (wraps) out.append(static_cast<std::size_t>(depth), ' ').append("<g" + attributes + ">\n");
    for (auto i = begin; i < end; ++i) {
      auto const from = out.size();
      write(out, *children[i], depth);
      if (always || wraps) continue;
      // Behind the name of the element.
      auto const name = out.find('<', from);
      out.insert(out.find_first_of(" />", name), attributes);
    }
    if (wraps) out.append(static_cast<std::size_t>(depth), ' ').append("</g>\n");
  }
}

std::string FrameTree::markup() const {
  std::string out;
  write_children(out, *root_, 1);
  return out;
}

std::size_t FrameTree::parts() const {
  auto const count = [](auto const& self, Part const& part) -> std::size_t {
    std::size_t sum = part.children.size();
    for (auto const& child : part.children) sum += self(self, *child);
    return sum;
  };
  return count(count, *root_);
}

}  // namespace hachure::render
