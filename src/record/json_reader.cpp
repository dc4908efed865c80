#include "record/json_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "record/yaml_reader.hpp"

namespace hachure::record {

namespace {

using base::Origin;

/// Where the lexer stands. It reads one byte past a number, so the line before that is kept too.
struct Position {
  int line = 1;
  int line_before = 1;
};

/// Input iterator over bytes that counts lines as the lexer takes them.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  CountingIterator(char const* at, Position* position) : at_(at), position_(position) {}
  char const& operator*() const { return *at_; }
  CountingIterator& operator++() {
    position_->line_before = position_->line;
    if (*at_ == '\n') ++position_->line;
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    auto const old = *this;
    ++*this;
    return old;
  }
  bool operator==(CountingIterator const& other) const { return at_ == other.at_; }
  bool operator!=(CountingIterator const& other) const { return at_ != other.at_; }

 private:
  char const* at_;
  Position* position_;
};

/// Builds the tree from the events of nlohmann's SAX parser, which give no positions themselves.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string const& file, Position const& position, base::Diagnostics& diagnostics)
      : file_(file), position_(position), diagnostics_(diagnostics) {}

  bool null() override { return place({Node::Type::null, false, {}, {}, {}, position_.line, 0}); }
  bool boolean(bool value) override {
    return scalar(value ? "true" : "false", false, position_.line);
  }
  bool number_integer(std::int64_t value) override {
    return scalar(std::to_string(value), false, position_.line_before);
  }
  bool number_unsigned(std::uint64_t value) override {
    return scalar(std::to_string(value), false, position_.line_before);
  }
  bool number_float(double, std::string const& text) override {
    return scalar(text, false, position_.line_before);
  }
  bool string(std::string& text) override { return scalar(text, true, position_.line); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Node::Type::map); }
  bool start_array(std::size_t) override { return open(Node::Type::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& text) override {
    auto& level = levels_.back();
    level.key = text;
    level.key_line = position_.line;
    return true;
  }

  bool parse_error(std::size_t, std::string const&,
                   nlohmann::json::exception const& error) override {
    // The text is "[json.exception.parse_error.101] parse error at line 3, column 5: <what>".
    std::string what = error.what();
    if (auto const colon = what.find(": "); colon != std::string::npos) what.erase(0, colon + 2);
    if (auto const dash = what.find(" - "); dash != std::string::npos) what.erase(0, dash + 3);
    diagnostics_.error(origin(position_.line), "is not JSON: " + what);
    return false;
  }

  Node take() { return std::move(root_); }

 private:
  struct Level {
    Node node;
    std::string key;
    int key_line = 0;
    std::vector<std::string> keys;  // sorted
  };

  Origin origin(int line) const { return {.file = file_, .line = line, .place = {}, .field = {}}; }

  bool scalar(std::string text, bool quoted, int line) {
    return place({Node::Type::scalar, quoted, std::move(text), {}, {}, line, 0});
  }

  bool open(Node::Type type) {
    if (levels_.size() >= base::limits::max_yaml_depth) {
      diagnostics_.error(origin(position_.line), "is nested deeper than the limit of " +
                                                     std::to_string(base::limits::max_yaml_depth) +
                                                     " levels");
      return false;
    }
    levels_.emplace_back();
    levels_.back().node.type = type;
    levels_.back().node.line = position_.line;
    return true;
  }

  bool close() {
    Node node = std::move(levels_.back().node);
    levels_.pop_back();
    return place(std::move(node));
  }

  bool place(Node node) {
    if (++count_ > max_json_nodes) {
      diagnostics_.error(origin(position_.line),
                         "holds more than " + std::to_string(max_json_nodes) + " values",
                         "convert it to a GeoPackage");
      return false;
    }
    node.key_line = node.line;
    if (levels_.empty()) {
      root_ = std::move(node);
      return true;
    }
    auto& level = levels_.back();
    if (level.node.is_list()) {
      level.node.items.push_back(std::move(node));
      return true;
    }
    auto const it = std::ranges::lower_bound(level.keys, level.key);
    if (it != level.keys.end() && *it == level.key) {
      diagnostics_.error(origin(level.key_line), "the key " + quote(level.key) + " is given twice");
      return true;
    }
    level.keys.insert(it, level.key);
    node.key = level.key;
    node.key_line = level.key_line;
    level.node.items.push_back(std::move(node));
    return true;
  }

  std::string const& file_;
  Position const& position_;
  base::Diagnostics& diagnostics_;
  std::vector<Level> levels_;
  Node root_;
  std::size_t count_ = 0;
};

}  // namespace

std::optional<Node> read_json(std::string_view text, std::string const& file,
                              base::Diagnostics& diagnostics) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!check_utf8(text, file, diagnostics)) return {};
  Position position;
  TreeBuilder builder(file, position, diagnostics);
  CountingIterator const begin(text.data(), &position);
  CountingIterator const end(text.data() + text.size(), &position);
  if (!nlohmann::json::sax_parse(begin, end, &builder)) return {};
  return builder.take();
}

}  // namespace hachure::record
