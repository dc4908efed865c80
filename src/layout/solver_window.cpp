#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "layout/solver_search.hpp"

namespace hachure::layout {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// One way to settle a label of the window.
struct State {
  int candidate = -1;
  /// Under Rule::place_all: nothing may hit it. Under Rule::no_overlap always true.
  bool free = true;
  Cost cost = 0;
};

/// A cost for every combination of states of some labels; the last of the scope counts fastest.
struct Table {
  std::vector<int> scope;
  std::vector<Cost> values;
};

/// A table as it is read while one label is eliminated.
struct Reader {
  Cost const* cell = nullptr;
  std::ptrdiff_t own_stride = 0;
  std::vector<std::ptrdiff_t> strides;  ///< per label of the new scope
};

/// How an eliminated label answers to the states of its scope.
struct Answer {
  int label = 0;
  std::vector<int> scope;
  std::vector<std::uint8_t> state;
};

class Elimination {
 public:
  Elimination(Assignment const& assignment, Window const& window)
      : assignment_(assignment), net_(assignment.network()), window_(window) {
    for (std::size_t k = 0; k < window.labels.size(); ++k) {
      places_.push_back({window.labels[k], static_cast<int>(k)});
    }
    std::sort(places_.begin(), places_.end());
  }

  std::optional<WindowChoice> run(Dice* dice) {
    for (int label : window_.labels) {
      states_.push_back(states_of(label));
      if (states_.back().empty() || states_.back().size() > 255) return std::nullopt;
      if (dice) shuffle(states_.back(), *dice);
    }
    connect_window();
    if (!eliminate_all()) return std::nullopt;
    return trace_back();
  }

 private:
  int size() const { return static_cast<int>(window_.labels.size()); }
  std::int64_t domain(int x) const { return static_cast<std::int64_t>(states_[at(x)].size()); }

  /// Position of a label in the window, or -1.
  int place_of(int label) const {
    auto const it = std::lower_bound(places_.begin(), places_.end(), std::pair{label, -1});
    return it != places_.end() && it->first == label ? it->second : -1;
  }

  static void shuffle(std::vector<State>& states, Dice& dice) {
    for (int k = static_cast<int>(states.size()) - 1; k > 0; --k) {
      std::swap(states[at(k)], states[at(dice.below(k + 1))]);
    }
  }

  /// What surrounds the window when it is empty, as far as candidate `v` feels it.
  struct Outside {
    bool hit = false;  ///< by a label that stays
    Cost harm = 0;     ///< to labels that stay, and soft conflicts with them
  };

  Outside outside_of(int v) const {
    Outside out;
    for (int u : net_.hard(v)) {
      if (!assignment_.is_chosen(u) || place_of(net_.label_of[at(u)]) >= 0) continue;
      out.hit = true;
      if (net_.rule == Rule::place_all && !is_hit_outside(u)) {
        out.harm += net_.drop[at(net_.label_of[at(u)])];
      }
    }
    auto const soft = net_.soft(v);
    auto const weights = net_.soft_weights(v);
    for (std::size_t k = 0; k < soft.size(); ++k) {
      int const u = soft[k];
      if (assignment_.is_chosen(u) && place_of(net_.label_of[at(u)]) < 0) out.harm += weights[k];
    }
    return out;
  }

  bool is_hit_outside(int u) const {
    if (assignment_.hits(u) == 0) return false;
    return std::ranges::any_of(net_.hard(u), [&](int w) {
      return assignment_.is_chosen(w) && place_of(net_.label_of[at(w)]) < 0;
    });
  }

  std::vector<State> states_of(int label) const {
    std::vector<State> states;
    Cost const drop = net_.drop[at(label)];
    for (int v = net_.first[at(label)]; v < net_.first[at(label) + 1]; ++v) {
      Outside const out = outside_of(v);
      Cost const cost = net_.cost[at(v)] + out.harm;
      if (net_.rule == Rule::no_overlap) {
        if (!out.hit) states.push_back({v, true, cost});
        continue;
      }
      if (!out.hit) states.push_back({v, true, cost});
      // Nothing is in its way in the whole network: it need not be hit.
      if (out.hit || !net_.hard(v).empty()) states.push_back({v, false, cost + drop});
    }
    if (net_.rule == Rule::no_overlap) states.push_back({-1, true, drop});
    return states;
  }

  void connect_window() {
    linked_.resize(at(size()));
    for (int x = 0; x < size(); ++x) {
      for (int label : net_.neighbours(window_.labels[at(x)])) {
        int const y = place_of(label);
        if (y >= 0) linked_[at(x)].push_back(y);
      }
      std::sort(linked_[at(x)].begin(), linked_[at(x)].end());
    }
    pairs_ = linked_;
  }

  /// Entries of the table that eliminating `x` makes, or more than the limit.
  std::int64_t table_size(int x) const {
    std::int64_t entries = 1;
    for (int y : linked_[at(x)]) {
      entries *= domain(y);
      if (entries > window_.max_table) return window_.max_table + 1;
    }
    return entries;
  }

  bool eliminate_all() {
    std::set<std::pair<std::int64_t, int>> order;
    std::vector<std::int64_t> key(at(size()));
    for (int x = 0; x < size(); ++x) {
      key[at(x)] = table_size(x);
      order.insert({key[at(x)], x});
    }
    gone_.assign(at(size()), 0);
    while (!order.empty()) {
      auto const [entries, x] = *order.begin();
      order.erase(order.begin());
      work_ += entries * domain(x);
      if (entries > window_.max_table || work_ > window_.max_work) return false;
      eliminate(x, entries);
      for (int y : answers_.back().scope) {
        order.erase({key[at(y)], y});
        key[at(y)] = table_size(y);
        order.insert({key[at(y)], y});
      }
    }
    return true;
  }

  Table pair_table(int x, int y) const {
    std::size_t const width = states_[at(y)].size();
    Table table{{x, y}, std::vector<Cost>(states_[at(x)].size() * width, 0)};
    int const other = window_.labels[at(y)];
    for (std::size_t a = 0; a < states_[at(x)].size(); ++a) {
      State const& sa = states_[at(x)][a];
      if (sa.candidate < 0) continue;
      for (std::size_t b = 0; b < width; ++b) {
        State const& sb = states_[at(y)][b];
        if (sb.candidate < 0 || (!sa.free && !sb.free)) continue;
        auto const hard = net_.hard(sa.candidate);
        if (std::binary_search(hard.begin(), hard.end(), sb.candidate)) {
          table.values[a * width + b] = impossible;
        }
      }
      auto const soft = net_.soft(sa.candidate);
      auto const weights = net_.soft_weights(sa.candidate);
      for (std::size_t k = 0; k < soft.size(); ++k) {
        if (net_.label_of[at(soft[k])] != other) continue;
        for (std::size_t b = 0; b < width; ++b) {
          if (states_[at(y)][b].candidate == soft[k]) table.values[a * width + b] += weights[k];
        }
      }
    }
    return table;
  }

  Reader reader(Table const& table, int x, std::vector<int> const& scope) const {
    Reader r;
    r.cell = table.values.data();
    r.strides.assign(scope.size(), 0);
    std::ptrdiff_t stride = 1;
    for (std::size_t k = table.scope.size(); k-- > 0;) {
      int const y = table.scope[k];
      if (y == x) {
        r.own_stride = stride;
      } else {
        auto const it = std::lower_bound(scope.begin(), scope.end(), y);
        r.strides[static_cast<std::size_t>(it - scope.begin())] = stride;
      }
      stride *= static_cast<std::ptrdiff_t>(domain(y));
    }
    return r;
  }

  void eliminate(int x, std::int64_t entries) {
    std::vector<int> const scope = linked_[at(x)];
    std::vector<Table> used;
    for (int y : pairs_[at(x)]) {
      if (!gone_[at(y)]) used.push_back(pair_table(x, y));
    }
    std::erase_if(tables_, [&](Table& t) {
      if (!std::binary_search(t.scope.begin(), t.scope.end(), x)) return false;
      used.push_back(std::move(t));
      return true;
    });
    std::vector<Reader> readers;
    for (Table const& t : used) readers.push_back(reader(t, x, scope));
    Table made{scope, std::vector<Cost>(static_cast<std::size_t>(entries))};
    Answer answer{x, scope, std::vector<std::uint8_t>(static_cast<std::size_t>(entries))};
    fill(x, readers, made, answer);
    if (scope.empty()) {
      base_ += made.values[0];
    } else {
      tables_.push_back(std::move(made));
    }
    answers_.push_back(std::move(answer));
    gone_[at(x)] = 1;
    unlink(x, scope);
  }

  void fill(int x, std::vector<Reader>& readers, Table& made, Answer& answer) const {
    std::vector<State> const& own = states_[at(x)];
    std::vector<std::int64_t> digits(made.scope.size(), 0);
    for (std::size_t entry = 0; entry < made.values.size(); ++entry) {
      Cost best = impossible;
      std::size_t best_state = 0;
      for (std::size_t s = 0; s < own.size(); ++s) {
        Cost sum = own[s].cost;
        for (Reader const& r : readers)
          sum += r.cell[static_cast<std::ptrdiff_t>(s) * r.own_stride];
        if (sum < best) {
          best = sum;
          best_state = s;
        }
      }
      made.values[entry] = best;
      answer.state[entry] = static_cast<std::uint8_t>(best_state);
      for (std::size_t d = digits.size(); d-- > 0;) {
        bool const wraps = ++digits[d] == domain(made.scope[d]);
        std::ptrdiff_t const move =
            wraps ? -static_cast<std::ptrdiff_t>(domain(made.scope[d]) - 1) : 1;
        for (Reader& r : readers) r.cell += move * r.strides[d];
        if (!wraps) break;
        digits[d] = 0;
      }
    }
  }

  void unlink(int x, std::vector<int> const& scope) {
    for (int y : scope) {
      std::vector<int> joined;
      std::set_union(linked_[at(y)].begin(), linked_[at(y)].end(), scope.begin(), scope.end(),
                     std::back_inserter(joined));
      std::erase_if(joined, [&](int z) { return z == x || z == y; });
      linked_[at(y)] = std::move(joined);
    }
  }

  std::optional<WindowChoice> trace_back() const {
    if (base_ >= impossible) return std::nullopt;
    WindowChoice choice;
    choice.work = work_;
    choice.chosen.assign(at(size()), -1);
    std::vector<std::size_t> state(at(size()), 0);
    for (std::size_t k = answers_.size(); k-- > 0;) {
      Answer const& a = answers_[k];
      std::size_t entry = 0;
      for (int y : a.scope) entry = entry * states_[at(y)].size() + state[at(y)];
      state[at(a.label)] = a.state[entry];
      choice.chosen[at(a.label)] = states_[at(a.label)][a.state[entry]].candidate;
    }
    return choice;
  }

  Assignment const& assignment_;
  Network const& net_;
  Window const& window_;
  std::vector<std::pair<int, int>> places_;  ///< label and its position in the window, sorted
  std::vector<std::vector<State>> states_;
  std::vector<std::vector<int>> pairs_;   ///< conflicts within the window, as given
  std::vector<std::vector<int>> linked_;  ///< the same with what elimination adds, sorted
  std::vector<std::uint8_t> gone_;
  std::vector<Table> tables_;
  std::vector<Answer> answers_;
  Cost base_ = 0;
  std::int64_t work_ = 0;
};

}  // namespace

std::optional<WindowChoice> solve_window(Assignment const& assignment, Window const& window,
                                         Dice* dice) {
  return Elimination(assignment, window).run(dice);
}

}  // namespace hachure::layout
