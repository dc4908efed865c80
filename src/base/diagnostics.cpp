#include "base/diagnostics.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace hachure::base {

std::string to_string(Problem const& problem) {
  std::string text = to_string(problem.origin);
  if (!text.empty()) text += ": ";
  if (problem.severity == Problem::Severity::warning) text += "warning: ";
  text += problem.message;
  if (!problem.hint.empty()) text += "\n  hint: " + problem.hint;
  return text;
}

void Diagnostics::error(Origin origin, std::string message, std::string hint, Fault fault) {
  problems_.push_back(
      {Problem::Severity::error, fault, std::move(origin), std::move(message), std::move(hint)});
}

void Diagnostics::warn(Origin origin, std::string message, std::string hint) {
  problems_.push_back({Problem::Severity::warning, Fault::input, std::move(origin),
                       std::move(message), std::move(hint)});
}

void Diagnostics::add(Error const& error) {
  problems_.push_back(
      {Problem::Severity::error, error.fault(), error.origin(), error.message(), error.hint()});
}

void Diagnostics::append(Diagnostics const& other) {
  problems_.insert(problems_.end(), other.problems_.begin(), other.problems_.end());
}

bool Diagnostics::has_errors() const {
  return std::ranges::any_of(
      problems_, [](Problem const& p) { return p.severity == Problem::Severity::error; });
}

bool Diagnostics::has_warnings() const {
  return std::ranges::any_of(
      problems_, [](Problem const& p) { return p.severity == Problem::Severity::warning; });
}

void Diagnostics::raise_errors() const {
  if (!has_errors()) return;
  std::string text;
  Fault worst = Fault::input;
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (auto const& problem : problems_) {
    if (problem.severity != Problem::Severity::error) continue;
    worst = std::max(worst, problem.fault,
                     [](Fault a, Fault b) { return exit_status(a) < exit_status(b); });
    if (shown++ >= limits::max_problems) {
      ++hidden;
      continue;
    }
    if (!text.empty()) text += '\n';
    text += to_string(problem);
  }
  if (hidden > 0) text += "\n" + std::to_string(hidden) + " more problems not shown";
  throw Error(worst, {}, text);
}

namespace {

std::size_t edit_distance(std::string const& a, std::string const& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const cost = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string near_miss(std::string const& word, std::vector<std::string> const& known) {
  // A word longer than any key of ours is never a slip of the pen for one of them, and one letter
  // is no slip for another.
  if (word.size() < 2 || word.size() > limits::max_key_length) return {};
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (auto const& candidate : known) {
    if (candidate.size() > limits::max_key_length) continue;
    auto const distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string hint_of(std::string const& word, std::vector<std::string> const& known) {
  if (auto const near = near_miss(word, known); !near.empty()) {
    return "did you mean \"" + near + "\"?";
  }
  if (known.empty()) return {};
  std::string text = "one of: ";
  for (std::size_t i = 0; i < known.size() && i < 12; ++i) text += (i ? ", " : "") + known[i];
  if (known.size() > 12) text += ", ...";
  return text;
}

}  // namespace hachure::base
