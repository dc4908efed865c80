#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace hachure::base {

/// One problem found while reading or laying out.
struct Problem {
  enum class Severity { warning, error };
  Severity severity = Severity::error;
  Fault fault = Fault::input;
  Origin origin;
  std::string message;
  std::string hint;

  bool operator==(Problem const&) const = default;
};

/// `origin: message` and an indented `hint:` line; warnings are prefixed `warning: ` before the
/// message.
std::string to_string(Problem const& problem);

/// Collects every problem of a run in the order found, so that a user sees all of them at once.
class Diagnostics {
 public:
  /// Adds an error; the run goes on reading but writes nothing.
  void error(Origin origin, std::string message, std::string hint = {}, Fault fault = Fault::input);
  /// Adds a warning; the run succeeds unless `--strict`.
  void warn(Origin origin, std::string message, std::string hint = {});
  /// Adds what an exception says, as an error.
  void add(Error const& error);
  /// Appends all of `other`.
  void append(Diagnostics const& other);

  std::vector<Problem> const& problems() const { return problems_; }
  bool has_errors() const;
  bool has_warnings() const;
  /// Throws one Error if there are errors: its text holds all of them, its fault is the gravest
  /// (defect over environment over usage over input). Never more than limits::max_problems lines.
  void raise_errors() const;

 private:
  std::vector<Problem> problems_;
};

/// The entry of `known` nearest to `word` by edit distance (optimal string alignment), or empty if
/// none is within a third of its length: for "did you mean" hints.
std::string near_miss(std::string const& word, std::vector<std::string> const& known);

/// `did you mean "x"?` for a near miss, else `one of: a, b, c` (at most 12 of them).
std::string hint_of(std::string const& word, std::vector<std::string> const& known);

}  // namespace hachure::base
