#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "layout/forms.hpp"

namespace hachure::layout {

/// Where a label stood in an earlier layout of its page.
struct FrozenLabel {
  std::string id;      ///< scene::LabelRequest::id; within an inset after `<inset map>/`
  std::string text;    ///< as set then; a record whose text is another one is placed anew
  draw::Point offset;  ///< page mm from the request's anchor to the middle of the label's outline
  bool curved = false;
  bool pinned = false;  ///< set by hand: stands there whatever is in its way but other such labels
  LabelForm form = LabelForm::full;
  Align align = Align::start;  ///< of its lines

  bool operator==(FrozenLabel const&) const = default;
};

/// The labels placed on one page, by id; those left out are not in it.
struct FrozenPlacement {
  std::vector<FrozenLabel> labels;

  /// The label of that id, or null.
  FrozenLabel const* find(std::string_view id) const;
  /// Those whose id starts with `prefix`, without it: the placement of an inset.
  FrozenPlacement within(std::string_view prefix) const;
  /// Brings the labels into the order that find() needs.
  void sort();

  bool operator==(FrozenPlacement const&) const = default;
};

}  // namespace hachure::layout
