#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hachure::record {

/// A value of a YAML or JSON document with the line where it stands. Aliases are expanded.
struct Node {
  enum class Type { null, scalar, list, map };

  Type type = Type::null;
  bool quoted = false;      ///< a scalar that is surely a string
  std::string text;         ///< of a scalar
  std::vector<Node> items;  ///< of a list, or the values of a map in the order of the file
  std::string key;          ///< the name of this value in its map, else empty
  int line = 0;             ///< 1-based line of the value
  int key_line = 0;         ///< line of the key; the value's own in lists

  bool is_null() const { return type == Type::null; }
  bool is_scalar() const { return type == Type::scalar; }
  bool is_list() const { return type == Type::list; }
  bool is_map() const { return type == Type::map; }

  /// The value under `name` in a map, or null.
  Node const* find(std::string_view name) const;
};

/// How a message names a value: `"text"` (cut after 60 bytes, at a character), `a list`, `a map`,
/// `an empty value`.
std::string describe(Node const& node);

/// `text` in quotes as messages show it, cut after 60 bytes.
std::string quote(std::string_view text);

/// The value as JSON text without spaces. Scalars that are not quoted become numbers, `true`,
/// `false` or `null` where they read so.
std::string to_json(Node const& node);

}  // namespace hachure::record
