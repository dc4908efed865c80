#pragma once

#include <set>
#include <string>
#include <string_view>

namespace hachure::render {

/// How the nodes of a Drawing are named in the markup.
enum class SvgNames {
  ids,     ///< ids, made unique on the page
  records  ///< `data-record`, which several states of a record may share; no ids
};

/// The markup written so far, and the ids given in it.
class SvgOut {
 public:
  explicit SvgOut(SvgNames names) : names_(names) {}

  std::string text;  ///< what has been written

  SvgNames names() const { return names_; }
  /// Appends the indentation and `<name`.
  void open(std::string_view name, int depth);
  void close_group(int depth);
  /// Appends an element that holds escaped text; nothing if there is none.
  void element(std::string_view name, std::string_view content);
  /// Appends ` id="..."` to the tag being written, or ` data-record="..."`; nothing if it is empty.
  void add_name(std::string const& wanted);
  /// An id for `wanted` that no other has.
  std::string unique_id(std::string const& wanted);
  /// Keeps an id from being given.
  void reserve(std::string const& id) { ids_.insert(id); }

 private:
  SvgNames names_;
  std::set<std::string> ids_;
};

}  // namespace hachure::render
