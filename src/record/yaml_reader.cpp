#include "record/yaml_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "base/limits.hpp"

namespace hachure::record {

namespace {

using base::Error;
using base::Fault;
using base::Origin;

Origin at_line(std::string const& file, int line) {
  return {.file = file, .line = line, .place = {}, .field = {}};
}

std::size_t count_nodes(Node const& node) {
  std::size_t count = 1;
  for (auto const& item : node.items) count += count_nodes(item);
  return count;
}

int depth_of(Node const& node) {
  int depth = 0;
  for (auto const& item : node.items) depth = std::max(depth, depth_of(item));
  return depth + 1;
}

/// Builds the tree from the parser's events. Limits are checked while it grows, so that a small
/// file which expands to gigabytes stops early.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string file, base::Diagnostics& diagnostics)
      : file_(std::move(file)), diagnostics_(diagnostics) {}

  void OnDocumentStart(YAML::Mark const&) override {}
  void OnDocumentEnd() override {}

  void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    place({Node::Type::null, false, {}, {}, {}, line_of(mark), 0}, anchor, 1);
  }

  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                std::string const& value) override {
    bool const quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    if (!quoted && value.empty()) return OnNull(mark, anchor);
    place({Node::Type::scalar, quoted, value, {}, {}, line_of(mark), 0}, anchor, 1);
  }

  void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    auto const it = std::ranges::find(anchors_, anchor, &Anchor::id);
    if (it == anchors_.end()) {
      throw Error(Fault::input, at_line(file_, line_of(mark)), "an alias refers to its own value");
    }
    if (levels_.size() + static_cast<std::size_t>(it->depth) > base::limits::max_yaml_depth) {
      fail_depth(line_of(mark));
    }
    count(it->nodes, line_of(mark));
    Node copy = it->node;
    copy.line = line_of(mark);
    place(std::move(copy), 0, 0);
  }

  void OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Type::list, line_of(mark), anchor);
  }
  void OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Type::map, line_of(mark), anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

  Node take() { return std::move(root_); }

 private:
  struct Level {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    std::string key;
    int key_line = 0;
    std::vector<std::string> keys;  // sorted
  };
  struct Anchor {
    YAML::anchor_t id;
    Node node;
    std::size_t nodes;
    int depth;
  };

  static int line_of(YAML::Mark const& mark) { return mark.line + 1; }

  [[noreturn]] void fail_depth(int line) const {
    throw Error(Fault::input, at_line(file_, line),
                "is nested deeper than the limit of " +
                    std::to_string(base::limits::max_yaml_depth) + " levels");
  }

  void count(std::size_t nodes, int line) {
    count_ += nodes;
    if (count_ <= base::limits::max_yaml_nodes) return;
    throw Error(Fault::input, at_line(file_, line),
                "holds more than " + std::to_string(base::limits::max_yaml_nodes) +
                    " values once its aliases are expanded");
  }

  void open(Node::Type type, int line, YAML::anchor_t anchor) {
    count(1, line);
    if (levels_.size() >= base::limits::max_yaml_depth) fail_depth(line);
    if (!levels_.empty() && levels_.back().node.is_map() && !levels_.back().has_key) {
      throw Error(Fault::input, at_line(file_, line), "a key is a list or a map",
                  "keys are plain words");
    }
    Level level;
    level.node.type = type;
    level.node.line = line;
    level.anchor = anchor;
    levels_.push_back(std::move(level));
  }

  void close() {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    place(std::move(level.node), level.anchor, 0);
  }

  void place(Node node, YAML::anchor_t anchor, std::size_t nodes) {
    if (nodes > 0) count(nodes, node.line);
    if (anchor != 0) {
      // Anchors keep a copy; their copies count, or a file of nothing but anchors is a bomb too.
      auto const size = count_nodes(node);
      count(size, node.line);
      anchors_.push_back({anchor, node, size, depth_of(node)});
    }
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& level = levels_.back();
    if (level.node.is_list()) {
      node.key_line = node.line;
      level.node.items.push_back(std::move(node));
    } else if (!level.has_key) {
      take_key(level, std::move(node));
    } else {
      place_value(level, std::move(node));
    }
  }

  void take_key(Level& level, Node node) {
    if (!node.is_scalar()) {
      throw Error(Fault::input, at_line(file_, node.line), "a key is " + describe(node),
                  "keys are plain words");
    }
    level.has_key = true;
    level.key = std::move(node.text);
    level.key_line = node.line;
  }

  void place_value(Level& level, Node node) {
    level.has_key = false;
    auto const it = std::ranges::lower_bound(level.keys, level.key);
    if (it != level.keys.end() && *it == level.key) {
      diagnostics_.error(at_line(file_, level.key_line),
                         "the key " + quote(level.key) + " is given twice");
      return;
    }
    level.keys.insert(it, level.key);
    node.key = std::move(level.key);
    node.key_line = level.key_line;
    level.node.items.push_back(std::move(node));
  }

  std::string file_;
  base::Diagnostics& diagnostics_;
  std::vector<Level> levels_;
  std::vector<Anchor> anchors_;
  Node root_;
  std::size_t count_ = 0;
};

}  // namespace

bool check_utf8(std::string_view text, std::string const& file, base::Diagnostics& diagnostics) {
  auto const bad = base::find_invalid_utf8(text);
  if (bad == std::string_view::npos) return true;
  static constexpr char digits[] = "0123456789ABCDEF";
  auto const byte = static_cast<unsigned char>(text[bad]);
  auto const before = text.substr(0, bad);
  auto const line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  diagnostics.error(
      at_line(file, line),
      std::string("byte 0x") + digits[byte >> 4] + digits[byte & 15] + " is not UTF-8",
      "save the file as UTF-8");
  return false;
}

namespace {

/// The usual reason why a file that looks right is not YAML: a tab before the first word of a line,
/// here of line `at` or the one before it, where the parser stumbles.
std::string tab_hint(std::string_view text, std::size_t at) {
  std::size_t line = 1;
  for (std::size_t begin = 0; begin < text.size() && line <= at; ++line) {
    auto const end = std::min(text.find('\n', begin), text.size());
    auto const indent = text.substr(begin, end - begin);
    auto const word = std::min(indent.find_first_not_of(" \t"), indent.size());
    if (line + 1 >= at && indent.substr(0, word).find('\t') != indent.npos) {
      return "line " + std::to_string(line) + " begins with a tab: indent with spaces";
    }
    begin = end + 1;
  }
  return {};
}

}  // namespace

std::optional<Node> read_yaml(std::string_view text, std::string const& file,
                              base::Diagnostics& diagnostics) {
  if (text.size() > base::limits::max_yaml_bytes) {
    diagnostics.error(at_line(file, 0), "is " + std::to_string(text.size()) +
                                            " bytes; the limit is " +
                                            std::to_string(base::limits::max_yaml_bytes));
    return {};
  }
  if (!check_utf8(text, file, diagnostics)) return {};
  std::istringstream stream{std::string(text)};
  try {
    TreeBuilder builder(file, diagnostics);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      diagnostics.error(at_line(file, 0), "is empty");
      return {};
    }
    Node root = builder.take();
    TreeBuilder rest(file, diagnostics);
    if (parser.HandleNextDocument(rest)) {
      diagnostics.error(at_line(file, rest.take().line), "a second document begins",
                        "keep one document in a file");
      return {};
    }
    return root;
  } catch (Error const& error) {
    diagnostics.add(error);
  } catch (YAML::Exception const& error) {
    int const line = error.mark.is_null() ? 0 : error.mark.line + 1;
    diagnostics.error(at_line(file, line), "is not YAML: " + error.msg,
                      tab_hint(text, static_cast<std::size_t>(line)));
  }
  return {};
}

}  // namespace hachure::record
