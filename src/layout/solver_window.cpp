#include <algorithm>
#include <iterator>
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

/// One label to eliminate, the labels its table is over, and the entries of that table.
struct Step {
  int label = 0;
  std::int64_t entries = 0;
  std::vector<int> scope;
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
    if (!plan()) return std::nullopt;
    gone_.assign(at(size()), 0);
    for (Step const& step : steps_) eliminate(step);
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

  bool is_admitted(int label, int v) const {
    return !window_.among || std::ranges::any_of(*window_.among, [&](std::vector<int> const& p) {
      return p[at(label)] == v;
    });
  }

  std::vector<State> states_of(int label) const {
    std::vector<State> states;
    Cost const drop = net_.drop[at(label)];
    for (int v = net_.first[at(label)]; v < net_.first[at(label) + 1]; ++v) {
      if (!is_admitted(label, v)) continue;
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

  /// Fixes the order, least table first, before any table is filled: most refusals cost nothing.
  bool plan() {
    std::set<std::pair<std::int64_t, int>> order;
    std::vector<std::int64_t> key(at(size()));
    for (int x = 0; x < size(); ++x) {
      key[at(x)] = table_size(x);
      order.insert({key[at(x)], x});
    }
    while (!order.empty()) {
      auto const [entries, x] = *order.begin();
      order.erase(order.begin());
      work_ += entries * domain(x);
      if (entries > window_.max_table || work_ > window_.max_work) return false;
      steps_.push_back({x, entries, linked_[at(x)]});
      for (int y : steps_.back().scope) {
        order.erase({key[at(y)], y});
        unlink(x, y, steps_.back().scope);
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

  void eliminate(Step const& step) {
    int const x = step.label;
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
    for (Table const& t : used) readers.push_back(reader(t, x, step.scope));
    auto const entries = static_cast<std::size_t>(step.entries);
    Table made{step.scope, std::vector<Cost>(entries)};
    answers_.push_back(std::vector<std::uint8_t>(entries));
    fill(x, readers, made, answers_.back());
    if (step.scope.empty()) {
      base_ += made.values[0];
    } else {
      tables_.push_back(std::move(made));
    }
    gone_[at(x)] = 1;
  }

  // A row is what the last label of the scope varies; rows keep the innermost loop simple enough
  // for the compiler to vectorise.
  void fill(int x, std::vector<Reader>& readers, Table& made, std::vector<std::uint8_t>& answer) {
    std::vector<State> const& own = states_[at(x)];
    std::size_t const depth = made.scope.empty() ? 0 : made.scope.size() - 1;
    auto const width =
        made.scope.empty() ? std::size_t{1} : static_cast<std::size_t>(domain(made.scope[depth]));
    std::vector<std::int64_t> digits(depth, 0);
    std::vector<Cost> sums(width);
    for (std::size_t row = 0; row < made.values.size(); row += width) {
      std::fill_n(made.values.begin() + static_cast<std::ptrdiff_t>(row), width, impossible);
      for (std::size_t s = 0; s < own.size(); ++s) {
        std::fill(sums.begin(), sums.end(), own[s].cost);
        for (Reader const& r : readers) add_row(r, s, depth, sums);
        for (std::size_t k = 0; k < width; ++k) {
          if (sums[k] >= made.values[row + k]) continue;
          made.values[row + k] = sums[k];
          answer[row + k] = static_cast<std::uint8_t>(s);
        }
      }
      advance(made.scope, digits, readers);
    }
  }

  static void add_row(Reader const& r, std::size_t state, std::size_t depth,
                      std::vector<Cost>& sums) {
    Cost const* cell = r.cell + static_cast<std::ptrdiff_t>(state) * r.own_stride;
    std::ptrdiff_t const stride = r.strides.empty() ? 0 : r.strides[depth];
    std::size_t const width = sums.size();
    if (stride == 0) {
      for (std::size_t k = 0; k < width; ++k) sums[k] += *cell;
    } else if (stride == 1) {
      for (std::size_t k = 0; k < width; ++k) sums[k] += cell[k];
    } else {
      for (std::size_t k = 0; k < width; ++k, cell += stride) sums[k] += *cell;
    }
  }

  void advance(std::vector<int> const& scope, std::vector<std::int64_t>& digits,
               std::vector<Reader>& readers) const {
    for (std::size_t d = digits.size(); d-- > 0;) {
      std::int64_t const last = domain(scope[d]) - 1;
      bool const wraps = digits[d] == last;
      auto const move = static_cast<std::ptrdiff_t>(wraps ? -last : 1);
      for (Reader& r : readers) r.cell += move * r.strides[d];
      digits[d] = wraps ? 0 : digits[d] + 1;
      if (!wraps) return;
    }
  }

  void unlink(int x, int y, std::vector<int> const& scope) {
    std::vector<int> joined;
    std::set_union(linked_[at(y)].begin(), linked_[at(y)].end(), scope.begin(), scope.end(),
                   std::back_inserter(joined));
    std::erase_if(joined, [&](int z) { return z == x || z == y; });
    linked_[at(y)] = std::move(joined);
  }

  std::optional<WindowChoice> trace_back() const {
    if (base_ >= impossible) return std::nullopt;
    WindowChoice choice;
    choice.work = work_;
    choice.chosen.assign(at(size()), -1);
    std::vector<std::size_t> state(at(size()), 0);
    for (std::size_t k = steps_.size(); k-- > 0;) {
      std::size_t entry = 0;
      for (int y : steps_[k].scope) entry = entry * states_[at(y)].size() + state[at(y)];
      int const x = steps_[k].label;
      state[at(x)] = answers_[k][entry];
      choice.chosen[at(x)] = states_[at(x)][state[at(x)]].candidate;
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
  std::vector<Step> steps_;
  std::vector<std::vector<std::uint8_t>> answers_;  ///< per step the best state, along its table
  Cost base_ = 0;
  std::int64_t work_ = 0;
};

}  // namespace

std::optional<WindowChoice> solve_window(Assignment const& assignment, Window const& window,
                                         Dice* dice) {
  return Elimination(assignment, window).run(dice);
}

}  // namespace hachure::layout
