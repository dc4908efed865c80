#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "style/expression.hpp"

/// Inside of the expression language: the tree that is evaluated. Not for users of `style`.
namespace hachure::style {

class Node;
using NodePtr = std::unique_ptr<Node>;

/// One evaluation: the context, the variables bound so far, and the reason if it failed.
struct State {
  /// A variable of `let`, evaluated when first asked for.
  struct Slot {
    Value value;
    Value const* at = nullptr;
  };

  EvalContext const& context;
  Slot* slots = nullptr;
  bool wants_reason = false;
  EvaluationFailure failure = {};

  /// Notes why `node` failed. `message` is called only when someone will read it. Gives the null
  /// pointer by which eval() tells of a failure.
  template <class Message>
  Value const* fail(Node const& node, Message&& message);
};

/// What every node is made from.
struct NodeParts {
  Type type;
  std::string key;
  std::vector<NodePtr> children;
};

/// A node of a compiled expression; its children are evaluated by it.
class Node {
 public:
  /// What find_zoom_curve has to know of a node.
  enum class Role { other, let, coalesce, curve, zoom };

  explicit Node(NodeParts parts) : parts_(std::move(parts)) {}
  virtual ~Node() = default;
  Node(Node const&) = delete;
  Node& operator=(Node const&) = delete;

  /// The value of the node: either `&scratch`, which it has filled, or something that outlives the
  /// evaluation (a constant, a property of the feature). Null pointer: failed, see State::fail.
  virtual Value const* eval(State& state, Value& scratch) const = 0;
  /// eval() for nodes whose value is a number; false: failed.
  virtual bool number(State& state, double& out) const;
  /// eval() for nodes whose value is a boolean; false: failed.
  virtual bool boolean(State& state, bool& out) const;

  /// The constant of a literal, else null pointer.
  virtual Value const* literal() const { return nullptr; }
  /// Whether it may be evaluated at once when its children are literals and it reads no input.
  virtual bool is_foldable() const { return true; }
  /// Bits of Input that it reads itself.
  virtual std::uint32_t own_inputs() const { return 0; }
  virtual Role role() const { return Role::other; }
  /// The property read by a literal name, or null pointer.
  virtual std::string const* property_name() const { return nullptr; }

  Type const& type() const { return parts_.type; }
  std::string const& key() const { return parts_.key; }
  std::vector<NodePtr> const& children() const { return parts_.children; }
  Node const& child(std::size_t i) const { return *parts_.children[i]; }

 protected:
  /// eval() of child `i` that must be a text; null pointer: failed.
  std::string const* text(State& state, std::size_t i, Value& scratch) const;
  void set_type(Type type) { parts_.type = std::move(type); }
  void add_child(NodePtr node) { parts_.children.push_back(std::move(node)); }

 private:
  NodeParts parts_;
};

template <class Message>
Value const* State::fail(Node const& node, Message&& message) {
  if (wants_reason) failure = {node.key(), message()};
  return nullptr;
}

/// A node whose value is computed by number(): eval() boxes it.
class NumberNode : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const final;
  bool number(State& state, double& out) const override = 0;
};

/// A node whose value is computed by boolean(): eval() boxes it.
class BooleanNode : public Node {
 public:
  using Node::Node;
  Value const* eval(State& state, Value& scratch) const final;
  bool boolean(State& state, bool& out) const override = 0;
};

/// A constant.
class LiteralNode final : public Node {
 public:
  LiteralNode(Type type, std::string key, Value value)
      : Node({std::move(type), std::move(key), {}}), value_(std::move(value)) {}
  Value const* eval(State&, Value&) const override { return &value_; }
  Value const* literal() const override { return &value_; }
  bool number(State& state, double& out) const override {
    if (!value_.is_number()) return Node::number(state, out);
    out = value_.as_number();
    return true;
  }

 private:
  Value value_;
};

/// `["number", a, b, ...]` and the assertions that the type checker inserts: the first value of the
/// node's type.
NodePtr make_assertion(Type type, std::string key, std::vector<NodePtr> children);
/// `["to-color", a, b, ...]` and the conversions that the type checker inserts.
/// @param keeps_null whether null passes unchanged (within `coalesce`)
NodePtr make_coercion(Type type, std::string key, std::vector<NodePtr> children,
                      bool keeps_null = false);

/// The literal of a coercion to `length` at compile time, or null pointer where `value` has no
/// length; lengths on the ground become a node that reads the scale.
NodePtr make_length_literal(std::string key, Value const& value);

}  // namespace hachure::style
